package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/store"
)

var sessionBehaviours = []behaviour{
	{"session: gives back what was stored, until it is ended", sessionRoundTrip},
	{"session: those that are over are removed, and of a key the oldest beyond a hundred", sessionsBounded},
}

func sessionAt(id, key string, created time.Time) access.Session {
	return access.Session{ID: id, Key: key, Digest: "d-" + id, KeyDigest: "k-" + id, CreatedAt: created, ExpiresAt: created.Add(time.Hour)}
}

var sessionsBegan = time.Date(2023, 8, 1, 0, 0, 0, 5000, time.UTC)

func begun(t *testing.T, s *store.Store, sessions ...access.Session) {
	t.Helper()
	for _, session := range sessions {
		if err := s.CreateSession(t.Context(), session); err != nil {
			t.Fatal(err)
		}
	}
}

func sessionRoundTrip(t *testing.T, s *store.Store) {
	kept := sessionAt("a", "k", sessionsBegan)
	begun(t, s, kept, sessionAt("b", "k", sessionsBegan))
	equal(t, "read", must(s.Session(t.Context(), "a"))(t), kept)
	for range 2 {
		if err := s.EndSession(t.Context(), "b"); err != nil {
			t.Error(err)
		}
	}
	_, err := s.Session(t.Context(), "b")
	refused(t, err, fault.NotFound, "")
	equal(t, "the other", must(s.Session(t.Context(), "a"))(t), kept)
}

func sessionsBounded(t *testing.T, s *store.Store) {
	begun(t, s, sessionAt("over", "other", sessionsBegan.Add(-time.Hour)), sessionAt("running", "other", sessionsBegan.Add(-time.Minute)))
	for i := range 101 {
		begun(t, s, sessionAt(fmt.Sprint("s", i), "k", sessionsBegan.Add(time.Duration(i)*time.Second)))
	}
	for id, there := range map[string]bool{"over": false, "running": true, "s0": false, "s1": true, "s100": true} {
		_, err := s.Session(t.Context(), id)
		if there && err != nil || !there && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
}
