package access_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// drawer is a store that counts its reads and can be made to fail.
type drawer struct {
	mu       sync.Mutex
	keys     map[string]access.Key
	sessions map[string]access.Session
	settings map[string]string
	reads    int
	touched  []map[string]time.Time
	err      error
	clock    func() time.Time
	onRead   func() // called after a key was read, before it is handed over
}

func (d *drawer) CreateKey(_ context.Context, k access.Key) (access.Key, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keys[k.ID] = k
	return k, d.err
}

func (d *drawer) NarrowKey(_ context.Context, id, jurisdiction string) (access.Key, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.keys[id]
	k.Bind(acting(indicator.AgencyRef{ID: 7, Jurisdiction: jurisdiction, Name: k.Agencies[0]}))
	d.keys[id] = k
	return k, d.err
}

func (d *drawer) Key(_ context.Context, id string) (access.Key, error) {
	d.mu.Lock()
	d.reads++
	k, ok := d.keys[id]
	onRead := d.onRead
	d.onRead = nil
	d.mu.Unlock()
	if onRead != nil {
		onRead()
	}
	if !ok && d.err == nil {
		return k, fault.Newf(fault.NotFound, "没有", "none")
	}
	return k, d.err
}

func (d *drawer) Keys(context.Context, indicator.Page) ([]access.Key, int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []access.Key
	for _, k := range d.keys {
		all = append(all, k)
	}
	return all, 0, d.err
}

func (d *drawer) RotateKey(_ context.Context, id, digest string, until time.Time) (access.Key, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.keys[id]
	k.PreviousDigest, k.PreviousUntil, k.Digest = k.Digest, until, digest
	d.keys[id] = k
	return k, d.err
}

func (d *drawer) RevokeKey(_ context.Context, id string) (access.Key, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.keys[id]
	k.RevokedAt = d.clock()
	d.keys[id] = k
	return k, d.err
}

func (d *drawer) TouchKeys(_ context.Context, used map[string]time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.touched = append(d.touched, used)
	return d.err
}

func (d *drawer) CreateSession(_ context.Context, s access.Session) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions[s.ID] = s
	return d.err
}

func (d *drawer) Session(_ context.Context, id string) (access.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.sessions[id]
	if !ok && d.err == nil {
		return s, fault.Newf(fault.NotFound, "没有", "none")
	}
	return s, d.err
}

func (d *drawer) EndSession(_ context.Context, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.sessions, id)
	return d.err
}

func (d *drawer) Setting(_ context.Context, name, initial string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.settings[name]; !ok {
		d.settings[name] = initial
	}
	return d.settings[name], d.err
}

// bench is a ring over a drawer, with a clock that the test sets.
type bench struct {
	*drawer
	ring *access.Keyring
	now  time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{now: time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)}
	b.drawer = &drawer{keys: map[string]access.Key{}, sessions: map[string]access.Session{}, settings: map[string]string{}, clock: func() time.Time { return b.now }}
	b.ring = b.another(t, "")
	return b
}

// another is a ring of another process over the same store.
func (b *bench) another(t *testing.T, secret string) *access.Keyring {
	t.Helper()
	ring, err := access.NewKeyring(t.Context(), b, secret, b.clock, texts())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// texts gives another text of 26 base32 characters each time.
func texts() func() string {
	n := 0
	return func() string {
		n++
		return strings.NewReplacer("0", "A", "1", "B", "8", "H", "9", "I").Replace(fmt.Sprintf("%08d%018d", n*7919, n))
	}
}

func (b *bench) create(t *testing.T, k access.Key) (access.Key, string) {
	t.Helper()
	if k.Name == "" {
		k.Name = "n"
	}
	made, token, err := b.ring.Create(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	return made, token
}

func verifies(t *testing.T, ring *access.Keyring, token string) {
	t.Helper()
	if _, err := ring.Verify(t.Context(), token); err != nil {
		t.Errorf("%v", err)
	}
}

// BenchmarkVerify measures what the key of a request costs once it is known.
func BenchmarkVerify(b *testing.B) {
	d := &drawer{keys: map[string]access.Key{}, sessions: map[string]access.Session{}, settings: map[string]string{}, clock: time.Now}
	ring, err := access.NewKeyring(b.Context(), d, "", time.Now, rand.Text)
	if err != nil {
		b.Fatal(err)
	}
	_, token, err := ring.Create(b.Context(), access.Key{Name: "n", Role: access.Admin})
	if err != nil {
		b.Fatal(err)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := ring.Verify(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func refuses(t *testing.T, ring *access.Keyring, token string) {
	t.Helper()
	if _, err := ring.Verify(t.Context(), token); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("%v, want unauthorized", err)
	}
}

func TestVerify(t *testing.T) {
	t.Run("tells whose token it is", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Name: "市工信局系统", Role: access.Reporter, Agencies: []string{"市工信局"}})
		p, err := b.ring.Verify(t.Context(), token)
		if err != nil || p.Key != made.ID || p.Name != "市工信局系统" || p.Role != access.Reporter || len(p.Agencies) != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		if !strings.HasPrefix(token, "trk_"+made.ID+"_") {
			t.Errorf("token %s of key %s", token, made.ID)
		}
	})
	t.Run("keeps nothing of which the token could be made", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Role: access.Admin})
		secret := token[len(token)-52:]
		if text := fmt.Sprintf("%+v", b.keys); strings.Contains(text, secret) || strings.Contains(text, secret[:26]) {
			t.Errorf("stored %s", text)
		}
		if len(made.Digest) != 64 {
			t.Errorf("digest %q", made.Digest)
		}
	})
	t.Run("says the same of every token that is not good", func(t *testing.T) {
		b := newBench(t)
		_, good := b.create(t, access.Key{Role: access.Admin})
		_, expired := b.create(t, access.Key{Role: access.Admin, ExpiresAt: b.now.Add(time.Second)})
		gone, revoked := b.create(t, access.Key{Role: access.Admin})
		if _, err := b.ring.Revoke(t.Context(), gone.ID); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(time.Second)
		var said []string
		for _, token := range []string{
			"", "x", "trk_", good + "A", good[:len(good)-1] + "7", strings.ToUpper(good), " " + good,
			"trk_aaaaaaaaaaaa_" + good[len(good)-52:], expired, revoked,
		} {
			_, err := b.ring.Verify(t.Context(), token)
			said = append(said, fmt.Sprint(err))
		}
		for _, text := range said {
			if text != said[0] || !strings.Contains(text, "unauthorized") {
				t.Errorf("said %q and %q", text, said[0])
			}
		}
		verifies(t, b.ring, good)
	})
	t.Run("a token of one key does not open another", func(t *testing.T) {
		b := newBench(t)
		one, first := b.create(t, access.Key{Role: access.Analyst})
		two, _ := b.create(t, access.Key{Role: access.Admin})
		refuses(t, b.ring, strings.Replace(first, one.ID, two.ID, 1))
	})
	t.Run("reads a key once in three seconds, and sees another process's revocation after them", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Role: access.Admin})
		for range 100 {
			verifies(t, b.ring, token)
		}
		if b.reads != 1 {
			t.Errorf("%d reads", b.reads)
		}
		if _, err := b.another(t, "").Revoke(t.Context(), made.ID); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(3 * time.Second)
		refuses(t, b.ring, token)
	})
	t.Run("takes the new token of a key that another process rotated at once", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Role: access.Admin})
		verifies(t, b.ring, token)
		_, rotated, err := b.another(t, "").Rotate(t.Context(), made.ID, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		verifies(t, b.ring, rotated)
		verifies(t, b.ring, token)
	})
	t.Run("sees its own revocation at once", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Role: access.Admin})
		verifies(t, b.ring, token)
		if _, err := b.ring.Revoke(t.Context(), made.ID); err != nil {
			t.Fatal(err)
		}
		refuses(t, b.ring, token)
	})
	t.Run("lets nobody in while the store is away, but those it knows", func(t *testing.T) {
		b := newBench(t)
		_, known := b.create(t, access.Key{Role: access.Admin})
		_, other := b.create(t, access.Key{Role: access.Admin})
		verifies(t, b.ring, known)
		b.err = fault.Newf(fault.Unavailable, "甲", "a")
		verifies(t, b.ring, known)
		if _, err := b.ring.Verify(t.Context(), other); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v", err)
		}
		b.now = b.now.Add(time.Minute)
		if _, err := b.ring.Verify(t.Context(), known); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v", err)
		}
	})
	t.Run("reads again after the clock was set back", func(t *testing.T) {
		b := newBench(t)
		made, token := b.create(t, access.Key{Role: access.Admin})
		verifies(t, b.ring, token)
		if _, err := b.another(t, "").Revoke(t.Context(), made.ID); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(-time.Hour)
		refuses(t, b.ring, token)
	})
}

func TestRotate(t *testing.T) {
	b := newBench(t)
	made, first := b.create(t, access.Key{Role: access.Admin})
	_, second, err := b.ring.Rotate(t.Context(), made.ID, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	verifies(t, b.ring, first)
	verifies(t, b.ring, second)
	t.Run("a second rotation ends the first token at once", func(t *testing.T) {
		_, third, err := b.ring.Rotate(t.Context(), made.ID, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, b.ring, first)
		verifies(t, b.ring, second)
		verifies(t, b.ring, third)
	})
	t.Run("the old token ends with the grace", func(t *testing.T) {
		b.now = b.now.Add(time.Hour)
		refuses(t, b.ring, second)
	})
	t.Run("without grace the old token ends at once", func(t *testing.T) {
		_, last, err := b.ring.Rotate(t.Context(), made.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, newer, err := b.ring.Rotate(t.Context(), made.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, b.ring, last)
		verifies(t, b.ring, newer)
	})
	for _, grace := range []time.Duration{-time.Second, access.MaxGrace + 1} {
		if _, _, err := b.ring.Rotate(t.Context(), made.ID, grace); !fault.Is(err, fault.InvalidParameter) {
			t.Errorf("grace %s: %v", grace, err)
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	b := newBench(t)
	reporter := func(agencies ...string) access.Key {
		return access.Key{Name: "n", Role: access.Reporter, Agencies: agencies}
	}
	for name, c := range map[string]struct {
		key   access.Key
		code  fault.Code
		field string
	}{
		"no name":                {access.Key{Role: access.Admin}, fault.RequiredField, "/name"},
		"a long name":            {access.Key{Name: strings.Repeat("名", 101), Role: access.Admin}, fault.InvalidValue, "/name"},
		"a name of two lines":    {access.Key{Name: "a\nb", Role: access.Admin}, fault.InvalidValue, "/name"},
		"no role":                {access.Key{Name: "n"}, fault.InvalidValue, "/role"},
		"the role of a visitor":  {access.Key{Name: "n", Role: "visitor"}, fault.InvalidValue, "/role"},
		"a reporter of nobody":   {reporter(), fault.InvalidValue, "/agencies"},
		"an agency twice":        {reporter("甲", "甲"), fault.InvalidValue, "/agencies"},
		"an agency with a space": {reporter("甲 "), fault.InvalidValue, "/agencies"},
		"an empty agency":        {reporter(""), fault.RequiredField, "/agencies"},
		"an admin of an agency":  {access.Key{Name: "n", Role: access.Admin, Agencies: []string{"甲"}}, fault.InvalidValue, "/agencies"},
		"an admin of a place":    {access.Key{Name: "n", Role: access.Admin, Jurisdiction: "东河市"}, fault.InvalidValue, "/jurisdiction"},
		"a place that is none":   {access.Key{Name: "n", Role: access.Reporter, Agencies: []string{"甲"}, Jurisdiction: " "}, fault.InvalidValue, "/jurisdiction"},
		"a day that is over":     {access.Key{Name: "n", Role: access.Admin, ExpiresAt: b.now}, fault.InvalidValue, "/expires_on"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := b.ring.Create(t.Context(), c.key)
			if f := fault.From(err); f == nil || f.Code != c.code || f.Field != c.field {
				t.Errorf("%v, want %s at %s", err, c.code, c.field)
			}
		})
	}
	if len(b.keys) != 0 {
		t.Errorf("stored %v", b.keys)
	}
	b.create(t, reporter("甲", "乙"))
}

func TestCreateSaysWhoMadeIt(t *testing.T) {
	b := newBench(t)
	ctx := indicator.WithActor(t.Context(), indicator.Actor{Key: "boss"})
	made, _, err := b.ring.Create(ctx, access.Key{Name: "n", Role: access.Admin})
	if err != nil || made.CreatedBy != "boss" {
		t.Errorf("%+v, %v", made, err)
	}
}

func TestSecret(t *testing.T) {
	t.Run("one that the store keeps serves every process", func(t *testing.T) {
		b := newBench(t)
		_, token := b.create(t, access.Key{Role: access.Admin})
		verifies(t, b.another(t, ""), token)
	})
	t.Run("of another's making is refused in words", func(t *testing.T) {
		b := newBench(t)
		_, err := access.NewKeyring(t.Context(), b, strings.Repeat("s", 32), b.clock, texts())
		if f := fault.From(err); f == nil || f.Code != fault.InvalidParameter || !strings.Contains(f.Detail.EN, "another secret") {
			t.Errorf("%v", err)
		}
	})
	t.Run("too short is refused", func(t *testing.T) {
		b := newBench(t)
		if _, err := access.NewKeyring(t.Context(), b, "short", b.clock, texts()); !fault.Is(err, fault.InvalidParameter) {
			t.Errorf("%v", err)
		}
	})
	t.Run("given from outside is not stored", func(t *testing.T) {
		b := newBench(t)
		b.settings = map[string]string{}
		secret := strings.Repeat("s", 32)
		_, token := b.create(t, access.Key{Role: access.Admin})
		refuses(t, b.another(t, secret), token)
		if text := fmt.Sprint(b.settings); strings.Contains(text, secret) {
			t.Errorf("settings %s", text)
		}
	})
}

func TestNote(t *testing.T) {
	b := newBench(t)
	made, token := b.create(t, access.Key{Role: access.Admin})
	b.create(t, access.Key{Role: access.Admin})
	note := func() {
		t.Helper()
		if err := b.ring.Note(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	note()
	verifies(t, b.ring, token)
	b.now = b.now.Add(10 * time.Second) // the key is read again and its use not forgotten
	verifies(t, b.ring, token)
	if _, _, err := b.ring.Rotate(t.Context(), made.ID, time.Hour); err != nil {
		t.Fatal(err)
	}
	note()
	note()
	if len(b.touched) != 1 || len(b.touched[0]) != 1 || !b.touched[0][made.ID].Equal(b.now) {
		t.Errorf("touched %v", b.touched)
	}
}

func TestHasAdmin(t *testing.T) {
	b := newBench(t)
	has := func(want bool) {
		t.Helper()
		if got, err := b.ring.HasAdmin(t.Context()); got != want || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
	has(false)
	b.create(t, access.Key{Role: access.Analyst})
	has(false)
	made, _ := b.create(t, access.Key{Role: access.Admin, ExpiresAt: b.now.Add(time.Hour)})
	has(true)
	b.now = b.now.Add(time.Hour)
	has(false)
	if b.ring.StateOf(made) != access.Expired {
		t.Error("not expired")
	}
	b.err = errors.New("away")
	if _, err := b.ring.HasAdmin(t.Context()); err == nil {
		t.Error("no error")
	}
}

func TestAKeyThatIsBeingReadWhileItIsRevokedIsNotTrusted(t *testing.T) {
	b := newBench(t)
	made, token := b.create(t, access.Key{Role: access.Admin})
	b.onRead = func() {
		if _, err := b.ring.Revoke(t.Context(), made.ID); err != nil {
			t.Error(err)
		}
	}
	_, _ = b.ring.Verify(t.Context(), token) // began before the revocation, and may still pass
	refuses(t, b.ring, token)
}

func TestNarrowingCountsAtOnce(t *testing.T) {
	b := newBench(t)
	made, token := b.create(t, access.Key{Name: "n", Role: access.Reporter, Agencies: []string{"甲"}})
	if p, err := b.ring.Verify(t.Context(), token); err != nil || len(p.AnswersFor()) != 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := b.ring.Narrow(t.Context(), made.ID, " "); !fault.Is(err, fault.InvalidValue) {
		t.Errorf("a place that is none: %v", err)
	}
	if _, err := b.ring.Narrow(t.Context(), made.ID, "东河市"); err != nil {
		t.Fatal(err)
	}
	if p, err := b.ring.Verify(t.Context(), token); err != nil || !slices.Equal(p.AnswersFor(), []int64{7}) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestUnsettled(t *testing.T) {
	for name, c := range map[string]struct {
		bound []indicator.AgencyRef
		want  bool
	}{
		"none":                           {nil, false},
		"two of one place":               {[]indicator.AgencyRef{{ID: 1, Jurisdiction: "东", Name: "甲"}, {ID: 2, Jurisdiction: "东", Name: "乙"}}, false},
		"one of each place":              {[]indicator.AgencyRef{{ID: 1, Jurisdiction: "东", Name: "甲"}, {ID: 2, Jurisdiction: "西", Name: "乙"}}, false},
		"one name in two places":         {[]indicator.AgencyRef{{ID: 1, Jurisdiction: "东", Name: "甲"}, {ID: 2, Jurisdiction: "西", Name: "甲"}}, true},
		"one of a place nobody has said": {[]indicator.AgencyRef{{ID: 1, Jurisdiction: "", Name: "甲"}}, true},
	} {
		var k access.Key
		k.Bind(acting(c.bound...))
		if got := k.Unsettled(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// acting are agencies that each answer for themselves.
func acting(refs ...indicator.AgencyRef) (agencies []indicator.Acting) {
	for _, ref := range refs {
		agencies = append(agencies, indicator.Acting{AgencyRef: ref, AnswersFor: []int64{ref.ID}})
	}
	return agencies
}

func TestReportersMayReport(t *testing.T) {
	in := indicator.Indicator{Code: "p-1-1", LeadAgencies: []string{"同名局"}, LeadAgencyIDs: []int64{1},
		ParticipatingAgencies: []string{"同名局"}, ParticipatingAgencyIDs: []int64{2}}
	reporter := func(agencies ...int64) access.Principal {
		p := access.Principal{Role: access.Reporter, Agencies: []string{"同名局"}}
		for _, id := range agencies {
			p.Acting = append(p.Acting, acting(indicator.AgencyRef{ID: id, Name: "同名局"})...)
		}
		return p
	}
	for name, c := range map[string]struct {
		by   access.Principal
		want bool
	}{
		"the agency that leads":          {reporter(3, 1), true},
		"one that takes part":            {reporter(2), true},
		"another agency of the name":     {reporter(3), false},
		"no agency":                      {reporter(), false},
		"an admin":                       {access.Principal{Role: access.Admin}, true},
		"an analyst":                     {access.Principal{Role: access.Analyst, Acting: acting(indicator.AgencyRef{ID: 1})}, false},
		"a visitor":                      {access.Visitor(), false},
		"anyone where no key is asked":   {access.Anyone(), true},
		"a role that nobody knows":       {access.Principal{Role: "root", Acting: acting(indicator.AgencyRef{ID: 1})}, false},
		"a caller of whom nothing known": {access.Principal{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := access.ReporterFor(access.With(t.Context(), c.by), in, access.Given{})
			if got := err == nil; got != c.want {
				t.Errorf("%v", err)
			}
			if err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%v, want forbidden", err)
			}
		})
	}
	if _, err := access.ReporterFor(t.Context(), in, access.Given{}); err != nil {
		t.Errorf("the command line: %v", err)
	}
}

func TestRoles(t *testing.T) {
	for role, want := range map[access.Role]string{
		access.Admin: "public read see_drafts take_part report supervise manage see_batches administer", access.Reporter: "public read see_drafts take_part report",
		access.Supervisor:     "public read see_drafts take_part supervise see_batches",
		access.Analyst:        "public read see_drafts",
		access.Visitor().Role: "public read", "root": "", "": "",
	} {
		var may []string
		for _, p := range []access.Permission{access.Public, access.Read, access.SeeDrafts, access.TakePart, access.Report, access.Supervise, access.Manage, access.SeeBatches, access.Administer} {
			if role.May(p) {
				may = append(may, string(p))
			}
		}
		if got := strings.Join(may, " "); got != want {
			t.Errorf("%s may %q, want %q", role, got, want)
		}
	}
}
