package access_test

import (
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
)

func (b *bench) begin(t *testing.T, key string) string {
	t.Helper()
	_, token, err := b.ring.BeginSession(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestASessionActsAsItsKeyUntilItEnds(t *testing.T) {
	t.Run("as its key", func(t *testing.T) {
		b := newBench(t)
		key, token := b.create(t, access.Key{Role: access.Supervisor})
		session := b.begin(t, token)
		if session == token || !strings.HasPrefix(session, "trs_") {
			t.Errorf("the session shows the token of the key: %s", session)
		}
		caller, err := b.another(t, "").Verify(t.Context(), session)
		if err != nil || caller.Key != key.ID || caller.Role != access.Supervisor {
			t.Errorf("%+v %v", caller, err)
		}
	})
	ends := map[string]func(t *testing.T, b *bench, key access.Key, session string){
		"at its time": func(_ *testing.T, b *bench, _ access.Key, _ string) { b.now = b.now.Add(access.SessionLength) },
		"signed out": func(t *testing.T, b *bench, _ access.Key, session string) {
			if err := b.ring.EndSession(t.Context(), session); err != nil {
				t.Error(err)
			}
		},
		"its key revoked": func(t *testing.T, b *bench, key access.Key, _ string) {
			if _, err := b.ring.Revoke(t.Context(), key.ID); err != nil {
				t.Error(err)
			}
		},
		"its key's token replaced": func(t *testing.T, b *bench, key access.Key, _ string) {
			if _, _, err := b.ring.Rotate(t.Context(), key.ID, 0); err != nil {
				t.Error(err)
			}
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			key, token := b.create(t, access.Key{Role: access.Analyst})
			session, other := b.begin(t, token), b.begin(t, token)
			b.now = b.now.Add(access.SessionLength - time.Second)
			verifies(t, b.ring, session)
			end(t, b, key, session)
			refuses(t, b.ring, session)
			if name == "signed out" {
				verifies(t, b.ring, other)
			}
		})
	}
	t.Run("the token before stays good for its grace", func(t *testing.T) {
		b := newBench(t)
		key, token := b.create(t, access.Key{Role: access.Analyst})
		session := b.begin(t, token)
		if _, _, err := b.ring.Rotate(t.Context(), key.ID, time.Hour); err != nil {
			t.Fatal(err)
		}
		verifies(t, b.ring, session)
		b.now = b.now.Add(time.Hour)
		refuses(t, b.ring, session)
	})
}

func TestOnlyAKeyBeginsASession(t *testing.T) {
	b := newBench(t)
	_, token := b.create(t, access.Key{Role: access.Admin})
	session := b.begin(t, token)
	flipped := token[:len(token)-1] + map[bool]string{true: "B", false: "A"}[token[len(token)-1] == 'A']
	for name, shown := range map[string]string{"a session": session, "nothing": "", "a key's token with another end": flipped, "words": "trk_x"} {
		if _, _, err := b.ring.BeginSession(t.Context(), shown); !fault.Is(err, fault.Unauthorized) {
			t.Errorf("%s began one: %v", name, err)
		}
	}
}

func TestAStrangersTokenEndsNoSession(t *testing.T) {
	b := newBench(t)
	_, token := b.create(t, access.Key{Role: access.Admin})
	session := b.begin(t, token)
	other := session[:len(session)-1] + map[bool]string{true: "B", false: "A"}[session[len(session)-1] == 'A']
	if err := b.ring.EndSession(t.Context(), other); err != nil {
		t.Error(err)
	}
	refuses(t, b.ring, other)
	verifies(t, b.ring, session)
}
