package access

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Store is the storage of keys that the ring needs.
type Store interface {
	// CreateKey stores a new key and returns it with its moment of creation.
	CreateKey(ctx context.Context, k Key) (Key, error)
	// Key returns one key, or fails with fault.NotFound.
	Key(ctx context.Context, id string) (Key, error)
	// Keys lists keys in the order of creation.
	Keys(ctx context.Context, page indicator.Page) ([]Key, int64, error)
	// RotateKey gives an active key another digest; the one it has stays good
	// until the moment given. It fails with fault.NotFound and, for a key that
	// is not active, with fault.KeyInactive.
	RotateKey(ctx context.Context, id, digest string, previousUntil time.Time) (Key, error)
	// RevokeKey ends a key for good; one that is revoked stays as it is.
	RevokeKey(ctx context.Context, id string) (Key, error)
	// NarrowKey leaves a key those of its agencies that a jurisdiction has.
	NarrowKey(ctx context.Context, id, jurisdiction string) (Key, error)
	// TouchKeys notes when keys were last used.
	TouchKeys(ctx context.Context, used map[string]time.Time) error
	// Setting returns the value of a setting, which becomes initial when there
	// is none yet; of several that ask at once all get the same.
	Setting(ctx context.Context, name, initial string) (string, error)
	// CreateSession stores a session, and removes those that are over.
	CreateSession(ctx context.Context, s Session) error
	// Session returns one session, or fails with fault.NotFound.
	Session(ctx context.Context, id string) (Session, error)
	// EndSession removes a session; one that is not there is no error.
	EndSession(ctx context.Context, id string) error
}

// trustedFor is how long a key that was read is taken as it was: the longest
// that another process's revocation goes unnoticed.
const trustedFor = 3 * time.Second

// MaxGrace bounds how long a rotated key's old token stays good.
const MaxGrace = 30 * 24 * time.Hour

// Keyring makes keys and verifies tokens. It is safe for concurrent use.
type Keyring struct {
	store  Store
	now    func() time.Time
	text   func() string
	secret []byte

	mu    sync.RWMutex
	known map[string]*seen // only keys that exist, so no larger than their table
	// changes counts what was forgotten: what was read from the store before the last of these
	// may be a key as it was before the change, and is not kept.
	changes int
}

// seen is a key as it was read at a moment, and when its token was last shown.
type seen struct {
	key  Key
	read time.Time
	used atomic.Int64 // Unix microseconds; 0 when not since it was last noted
}

// Names of settings.
const (
	settingSecret = "key_secret"
	settingMark   = "key_secret_mark"
)

// NewKeyring returns the ring over a store. The server's secret is the one given or,
// when that is empty, a random one that the store keeps. text gives random
// texts as crypto/rand.Text does.
//
// A secret of less than 32 bytes, and one that is not the one that the keys in
// the store were made with, is refused with fault.InvalidParameter.
func NewKeyring(ctx context.Context, store Store, secret string, now func() time.Time, text func() string) (*Keyring, error) {
	if secret == "" {
		kept, err := store.Setting(ctx, settingSecret, text()+text())
		if err != nil {
			return nil, err
		}
		secret = kept
	}
	if len(secret) < 32 {
		return nil, fault.Newf(fault.InvalidParameter, "密钥密码至少 32 字节", "the key secret must have at least 32 bytes").At("key-secret")
	}
	mark := digest([]byte(secret), settingMark)
	known, err := store.Setting(ctx, settingMark, mark)
	if err != nil {
		return nil, err
	}
	if !same(known, mark) {
		return nil, fault.Newf(fault.InvalidParameter,
			"数据库中的密钥是用另一个密钥密码生成的；请使用原来的 --key-secret（TRACKER_KEY_SECRET）",
			"the keys in the database were made with another secret; give the --key-secret (TRACKER_KEY_SECRET) they were made with").At("key-secret")
	}
	return &Keyring{store: store, now: now, text: text, secret: []byte(secret), known: map[string]*seen{}}, nil
}

// Create makes a key of the name, role, agencies and expiry given, and returns
// it with the token, which cannot be had again.
func (r *Keyring) Create(ctx context.Context, k Key) (created Key, token string, err error) {
	if err := k.check(r.now()); err != nil {
		return Key{}, "", err
	}
	k.ID, token = newToken(tokenPrefix, "", r.text)
	k.Digest = digest(r.secret, token)
	k.CreatedBy = indicator.ActorFrom(ctx).Key
	if created, err = r.store.CreateKey(ctx, k); err != nil {
		return Key{}, "", err
	}
	return created, token, nil
}

// List returns a page of keys in the order of creation, and the position of the
// next page, 0 at the end.
func (r *Keyring) List(ctx context.Context, page indicator.Page) ([]Key, int64, error) {
	return r.store.Keys(ctx, page)
}

// Rotate gives a key another token. The old one stays good for the grace, which
// is 0 to MaxGrace; one that was rotated out before ends at once.
func (r *Keyring) Rotate(ctx context.Context, id string, grace time.Duration) (rotated Key, token string, err error) {
	if grace < 0 || grace > MaxGrace {
		return Key{}, "", fault.Newf(fault.InvalidParameter,
			"旧密钥的宽限期为 0 至 %d 小时", "the old token can stay good for 0 to %d hours", int(MaxGrace.Hours())).At("grace_hours")
	}
	_, token = newToken(tokenPrefix, id, r.text)
	rotated, err = r.store.RotateKey(ctx, id, digest(r.secret, token), r.now().Add(grace))
	if err != nil {
		return Key{}, "", err
	}
	r.forget(id)
	return rotated, token, nil
}

// Revoke ends a key for good.
func (r *Keyring) Revoke(ctx context.Context, id string) (Key, error) {
	revoked, err := r.store.RevokeKey(ctx, id)
	if err == nil {
		r.forget(id)
	}
	return revoked, err
}

// Narrow leaves a key those of its agencies that a jurisdiction has. It fails with
// fault.InvalidValue at "jurisdiction" where there are none.
func (r *Keyring) Narrow(ctx context.Context, id, jurisdiction string) (Key, error) {
	if err := indicator.CheckJurisdiction("jurisdiction", jurisdiction); err != nil {
		return Key{}, err
	}
	narrowed, err := r.store.NarrowKey(ctx, id, jurisdiction)
	if err == nil {
		r.forget(id)
	}
	return narrowed, err
}

// HasAdmin reports whether any key can be used to make others.
func (r *Keyring) HasAdmin(ctx context.Context) (bool, error) {
	keys, _, err := r.store.Keys(ctx, indicator.Page{})
	now := r.now()
	for _, k := range keys {
		if k.Role.May(Administer) && k.StateAt(now) == Active {
			return true, nil
		}
	}
	return false, err
}

// StateOf is the state of a key now.
func (r *Keyring) StateOf(k Key) State { return k.StateAt(r.now()) }

// Verify finds whose token this is, of a key or of a session. It fails with
// fault.Unauthorized, and says the same of a token that nobody has, one that has
// expired and one that was revoked.
func (r *Keyring) Verify(ctx context.Context, token string) (Principal, error) {
	if isSession(token) {
		return r.verifySession(ctx, token)
	}
	return r.verifyKey(ctx, token)
}

func (r *Keyring) verifyKey(ctx context.Context, token string) (Principal, error) {
	id, ok := idOf(tokenPrefix, token)
	if !ok {
		return Principal{}, refused()
	}
	return r.opens(ctx, id, digest(r.secret, token))
}

// opens finds whether a token of this digest opens a key.
func (r *Keyring) opens(ctx context.Context, id, shown string) (Principal, error) {
	if s := r.trusted(id); s != nil && s.key.accepts(shown, r.now()) {
		return r.use(s), nil
	}
	// What another process made of the key since it was read counts for the
	// one who shows a token that was good or is new.
	s, err := r.read(ctx, id)
	if fault.Is(err, fault.NotFound) {
		s, err = &seen{key: Key{Digest: digest(r.secret, "")}}, nil // takes as long as a key that exists
	}
	if err != nil {
		return Principal{}, err
	}
	if !s.key.accepts(shown, r.now()) {
		return Principal{}, refused()
	}
	return r.use(s), nil
}

// use notes that a key's token was shown.
func (r *Keyring) use(s *seen) Principal {
	s.used.Store(r.now().UnixMicro())
	return s.key.principal()
}

func refused() error {
	return fault.Newf(fault.Unauthorized, "密钥无效、已过期或已吊销", "the key is not known, has expired or was revoked")
}

// trusted returns a key that was read not long ago, nil when it was not.
func (r *Keyring) trusted(id string) *seen {
	r.mu.RLock()
	s := r.known[id]
	r.mu.RUnlock()
	if s == nil {
		return nil
	}
	if age := r.now().Sub(s.read); age < 0 || age >= trustedFor {
		return nil
	}
	return s
}

// read reads a key from the store.
func (r *Keyring) read(ctx context.Context, id string) (*seen, error) {
	now := r.now()
	r.mu.RLock()
	changes := r.changes
	r.mu.RUnlock()
	key, err := r.store.Key(ctx, id)
	if err != nil {
		return nil, err
	}
	fresh := &seen{key: key, read: now}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changes != changes {
		fresh.read = time.Time{}
	}
	if before := r.known[id]; before != nil {
		fresh.used.Store(before.used.Load())
	}
	r.known[id] = fresh
	return fresh, nil
}

// forget makes the next verification read the key again.
func (r *Keyring) forget(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes++
	if s := r.known[id]; s != nil {
		stale := &seen{key: s.key}
		stale.used.Store(s.used.Load())
		r.known[id] = stale
	}
}

// ForgetAll makes the next verification of each key read it again: what happens to
// agencies changes what their keys may do.
func (r *Keyring) ForgetAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes++
	for id, s := range r.known {
		stale := &seen{key: s.key}
		stale.used.Store(s.used.Load())
		r.known[id] = stale
	}
}

// Note stores when keys were last used, for those that were since it was called
// before. Verify never waits for that.
func (r *Keyring) Note(ctx context.Context) error {
	used := map[string]time.Time{}
	r.mu.RLock()
	for id, s := range r.known {
		if at := s.used.Swap(0); at != 0 {
			used[id] = time.UnixMicro(at)
		}
	}
	r.mu.RUnlock()
	if len(used) == 0 {
		return nil
	}
	return r.store.TouchKeys(ctx, used)
}
