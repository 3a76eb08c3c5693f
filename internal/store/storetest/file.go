package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/indicator-tracker/tracker/internal/ledger"
)

// migrated is a database file as it is before anything is written to it. To migrate takes
// longer than most tests, so it is done once.
var migrated = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "tracker-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "tracker.db")
	if _, _, err := ledger.Migrate(context.Background(), file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// File is an SQLite database that is made once and copied for each test.
type File struct {
	// Fill writes what every test is to find in its copy, given the path of the migrated file.
	Fill func(t *testing.T, database string)

	once    sync.Once
	content []byte
}

// Copy makes a database of the test, which is there until its end, and returns its path.
func (f *File) Copy(t *testing.T) string {
	t.Helper()
	f.once.Do(func() {
		file := MigratedFile(t)
		f.Fill(t, file)
		f.content = must(os.ReadFile(file))(t)
	})
	if f.content == nil {
		t.Fatal("the database to copy could not be made")
	}
	file := filepath.Join(t.TempDir(), "tracker.db")
	must(0, os.WriteFile(file, f.content, 0o600))(t)
	return file
}

// MigratedFile makes an SQLite database of the test, which is there until its end, and returns
// its path.
func MigratedFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tracker.db")
	must(0, os.WriteFile(file, must(migrated())(t), 0o600))(t)
	return file
}
