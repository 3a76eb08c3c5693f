package access

import (
	"context"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// SessionLength is how long a session lasts: a working day.
const SessionLength = 12 * time.Hour

// SessionPrefix begins the token of a session, as tokenPrefix does that of a key.
const SessionPrefix = "trs_"

// Session lets a browser act as a key without holding it. It ends at its time, when it is ended,
// and when the token that it was begun with no longer opens the key.
type Session struct {
	ID  string
	Key string
	// Digest is that of the session's own token, KeyDigest that of the key's token it was begun with.
	Digest, KeyDigest    string
	CreatedAt, ExpiresAt time.Time
}

// BeginSession begins a session of the key whose token this is, and returns the token of the session,
// which Verify takes like that of a key. It fails as Verify does, and with fault.Unauthorized for the token of a session.
func (r *Keyring) BeginSession(ctx context.Context, keyToken string) (Session, string, error) {
	caller, err := r.verifyKey(ctx, keyToken)
	if err != nil {
		return Session{}, "", err
	}
	id, token := newToken(SessionPrefix, "", r.text)
	now := r.now()
	s := Session{
		ID: id, Key: caller.Key, Digest: digest(r.secret, token), KeyDigest: digest(r.secret, keyToken),
		CreatedAt: now, ExpiresAt: now.Add(SessionLength),
	}
	if err := r.store.CreateSession(ctx, s); err != nil {
		return Session{}, "", err
	}
	return s, token, nil
}

// EndSession ends the session whose token this is. One that is not there has ended already.
func (r *Keyring) EndSession(ctx context.Context, token string) error {
	id, ok := idOf(SessionPrefix, token)
	if !ok {
		return nil
	}
	s, err := r.store.Session(ctx, id)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	case !same(s.Digest, digest(r.secret, token)):
		return nil
	}
	return r.store.EndSession(ctx, id)
}

// verifySession finds whose session a token is of.
func (r *Keyring) verifySession(ctx context.Context, token string) (Principal, error) {
	id, ok := idOf(SessionPrefix, token)
	if !ok {
		return Principal{}, refused()
	}
	shown := digest(r.secret, token)
	session, err := r.store.Session(ctx, id)
	switch {
	case fault.Is(err, fault.NotFound):
		return Principal{}, refused()
	case err != nil:
		return Principal{}, err
	case !same(session.Digest, shown) || !r.now().Before(session.ExpiresAt):
		return Principal{}, refused()
	}
	return r.opens(ctx, session.Key, session.KeyDigest)
}

// isSession reports whether a token has the beginning of a session's.
func isSession(token string) bool { return strings.HasPrefix(token, SessionPrefix) }
