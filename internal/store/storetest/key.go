package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var keyBehaviours = []behaviour{
	{"key: gives back what was stored", keyRoundTrip},
	{"key: says that there is none", keyMissing},
	{"key: lists in the order of creation, page by page", keyPages},
	{"key: rotation keeps the digest before until the moment given", keyRotated},
	{"key: neither an expired nor a revoked key can be rotated", keyInactive},
	{"key: revoking twice keeps the first moment", keyRevoked},
	{"key: the last use only moves forward", keyTouched},
	{"key: an id is given once", keyTwice},
	{"setting: all that ask at once get the same", settingShared},
}

func sampleKey(id string) access.Key {
	return access.Key{ID: id, Name: "路政系统 'x'", Role: access.Reporter, Agencies: []string{"路政局", "河务局"}, Digest: "d-" + id, CreatedBy: "local"}
}

func withKey(t *testing.T, s *store.Store, k access.Key) access.Key {
	t.Helper()
	return must(s.CreateKey(t.Context(), k))(t)
}

func keyRoundTrip(t *testing.T, s *store.Store) {
	k := sampleKey("a")
	k.ExpiresAt = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	made := withKey(t, s, k)
	if made.CreatedAt.IsZero() {
		t.Error("no moment of creation")
	}
	k.CreatedAt = made.CreatedAt
	equal(t, "made", made, k)
	equal(t, "read", must(s.Key(t.Context(), "a"))(t), k)
	admin := withKey(t, s, access.Key{ID: "b", Name: "n", Role: access.Admin, Digest: "e"})
	equal(t, "without agencies", must(s.Key(t.Context(), "b"))(t), admin)
}

func keyMissing(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	_, err := s.Key(t.Context(), "A")
	refused(t, err, fault.NotFound, "")
	_, err = s.RotateKey(t.Context(), "b", "x", time.Now())
	refused(t, err, fault.NotFound, "")
	_, err = s.RevokeKey(t.Context(), "b")
	refused(t, err, fault.NotFound, "")
	if err := s.TouchKeys(t.Context(), map[string]time.Time{"b": time.Now()}); err != nil {
		t.Error(err)
	}
	if k := must(s.Key(t.Context(), "a"))(t); k.Digest != "d-a" || !k.RevokedAt.IsZero() || !k.LastUsedAt.IsZero() {
		t.Errorf("another key changed: %+v", k)
	}
}

func keyPages(t *testing.T, s *store.Store) {
	for i := range 5 {
		withKey(t, s, sampleKey(fmt.Sprint(9-i)))
	}
	var ids []string
	page := indicator.Page{Limit: 2}
	for {
		keys, next, err := s.Keys(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			ids = append(ids, k.ID)
			equal(t, "agencies", k.Agencies, []string{"路政局", "河务局"})
		}
		if page.After = next; next == 0 {
			break
		}
	}
	equal(t, "ids", ids, []string{"9", "8", "7", "6", "5"})
}

func keyRotated(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	withKey(t, s, sampleKey("b"))
	until := time.Date(2023, 8, 1, 0, 0, 0, 5000, time.UTC)
	must(s.RotateKey(t.Context(), "a", "second", until.Add(-time.Hour)))(t)
	rotated := must(s.RotateKey(t.Context(), "a", "third", until))(t)
	if rotated.Digest != "third" || rotated.PreviousDigest != "second" || !rotated.PreviousUntil.Equal(until) {
		t.Errorf("rotated %+v", rotated)
	}
	equal(t, "read", must(s.Key(t.Context(), "a"))(t), rotated)
	if other := must(s.Key(t.Context(), "b"))(t); other.Digest != "d-b" || other.PreviousDigest != "" {
		t.Errorf("another key was rotated: %+v", other)
	}
}

func keyInactive(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("revoked"))
	must(s.RevokeKey(t.Context(), "revoked"))(t)
	old := sampleKey("expired")
	old.ExpiresAt = time.Date(2023, 7, 1, 0, 0, 0, 0, time.UTC) // in the night before the ticking clock began
	withKey(t, s, old)
	for _, id := range []string{"revoked", "expired"} {
		_, err := s.RotateKey(t.Context(), id, "x", time.Now())
		refused(t, err, fault.KeyInactive, "")
		if k := must(s.Key(t.Context(), id))(t); k.Digest != "d-"+id {
			t.Errorf("%s was rotated: %+v", id, k)
		}
	}
}

func keyRevoked(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	first := must(s.RevokeKey(t.Context(), "a"))(t)
	if first.RevokedAt.IsZero() {
		t.Error("not revoked")
	}
	equal(t, "again", must(s.RevokeKey(t.Context(), "a"))(t), first)
}

func keyTouched(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	withKey(t, s, sampleKey("b"))
	at := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	for _, moment := range []time.Time{at, at.Add(time.Minute), at.Add(-time.Minute)} {
		if err := s.TouchKeys(t.Context(), map[string]time.Time{"a": moment}); err != nil {
			t.Fatal(err)
		}
	}
	if k := must(s.Key(t.Context(), "a"))(t); !k.LastUsedAt.Equal(at.Add(time.Minute)) {
		t.Errorf("last used %s", k.LastUsedAt)
	}
	if k := must(s.Key(t.Context(), "b"))(t); !k.LastUsedAt.IsZero() {
		t.Errorf("another key was touched at %s", k.LastUsedAt)
	}
}

func keyTwice(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	_, err := s.CreateKey(t.Context(), sampleKey("a"))
	refused(t, err, fault.Internal, "")
	equal(t, "agencies", must(s.Key(t.Context(), "a"))(t).Agencies, []string{"路政局", "河务局"})
}

func settingShared(t *testing.T, s *store.Store) {
	got := make([]string, 8)
	atOnce(len(got), func(i int) {
		value, err := s.Setting(t.Context(), "secret", fmt.Sprint(i))
		if err != nil {
			t.Error(err)
		}
		got[i] = value
	})
	for _, value := range got {
		if value == "" || value != got[0] {
			t.Errorf("settings %q", got)
		}
	}
	equal(t, "another", must(s.Setting(t.Context(), "other", "y"))(t), "y")
}
