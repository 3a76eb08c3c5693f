package store_test

import (
	"path/filepath"
	"testing"

	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		return opened(t, filepath.Join(t.TempDir(), "tracker.db"))
	})
}

func opened(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database, storetest.Ticking())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
