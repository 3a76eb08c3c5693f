package store_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestAKeyChangesTogetherWithItsEntry(t *testing.T) {
	s := opened(t, newFile(t))
	known, err := s.CreateKey(t.Context(), access.Key{ID: "a", Name: "n", Role: access.Admin, Digest: "d"})
	if err != nil {
		t.Fatal(err)
	}
	execute(t, s, "CREATE TRIGGER full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'full'); END")
	unchanged := func(t *testing.T, err error) {
		t.Helper()
		if err == nil {
			t.Error("it was done without an entry")
		}
		if _, err := s.Key(t.Context(), "b"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the other key: %v", err)
		}
		if k, err := s.Key(t.Context(), "a"); err != nil || k.Digest != known.Digest || !k.RevokedAt.IsZero() {
			t.Errorf("%+v, %v", k, err)
		}
	}
	t.Run("when it is made", func(t *testing.T) {
		_, err := s.CreateKey(t.Context(), access.Key{ID: "b", Name: "n", Role: access.Admin, Digest: "d"})
		unchanged(t, err)
	})
	t.Run("when it is rotated", func(t *testing.T) {
		_, err := s.RotateKey(t.Context(), "a", "e", known.CreatedAt)
		unchanged(t, err)
	})
	t.Run("when it is revoked", func(t *testing.T) {
		_, err := s.RevokeKey(t.Context(), "a")
		unchanged(t, err)
	})
}
