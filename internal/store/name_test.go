package store_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

func TestShownNamesADatabaseWithoutItsSecrets(t *testing.T) {
	for address, want := range map[string]string{
		"data/tracker.db": "data/tracker.db",
		"postgres://tracker:secret@db.example:5432/plans?sslmode=require":     "postgres://db.example/plans",
		"postgres://tracker@db.example/plans?password=secret&sslmode=disable": "postgres://db.example/plans",
		"postgres://tracker:secret@/plans?host=db.example&sslmode=disable":    "postgres://db.example/plans",
		"postgresql://tracker:secret@db.example:port/plans":                   "postgresql://",
	} {
		if got := database.Shown(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}

func TestAbsent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tracker.db")
	if !database.Absent(path) {
		t.Error("a file that is not there is said to be")
	}
	opened(t, path)
	if database.Absent(path) || database.Absent("postgres://db.example/plans") {
		t.Error("said to be absent")
	}
}

func TestSQLiteLeavesTheFileOfAnotherProgramAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "photos.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE photos (id INTEGER PRIMARY KEY AUTOINCREMENT)"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, storetest.Ticking()); !fault.Is(err, fault.InvalidParameter) || !strings.Contains(err.Error(), "photos") {
		t.Errorf("%v, want the table named", err)
	}
	if _, _, err := ledger.Migrate(t.Context(), path); !fault.Is(err, fault.InvalidParameter) {
		t.Errorf("migrate: %v", err)
	}
	var tables int
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite%'").Scan(&tables); err != nil || tables != 1 {
		t.Errorf("%d tables, %v", tables, err)
	}
}
