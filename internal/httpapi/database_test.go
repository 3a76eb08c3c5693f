package httpapi_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/indicator-tracker/tracker/internal/database"
)

// newDatabase names an empty database for one test: an SQLite file or, where
// TRACKER_TEST_POSTGRES is the postgres:// address of a database for tests, a
// schema of it that is dropped at the end.
func newDatabase(t *testing.T) string {
	t.Helper()
	server := os.Getenv("TRACKER_TEST_POSTGRES")
	if server == "" {
		return filepath.Join(t.TempDir(), "tracker.db")
	}
	schema := "t_" + strings.ToLower(rand.Text())
	execute(t.Context(), t, server, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(context.Background(), t, server, "DROP SCHEMA "+schema+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	if _, _, err := database.Migrate(t.Context(), address.String()); err != nil {
		t.Fatal(err)
	}
	return address.String()
}

func execute(ctx context.Context, t *testing.T, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		t.Fatal(err)
	}
}
