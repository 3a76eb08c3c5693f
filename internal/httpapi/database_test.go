package httpapi_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/indicator-tracker/tracker/internal/store"
)

// newDatabase names an empty database for one test: an SQLite file or, where
// TRACKER_TEST_POSTGRES is the postgres:// address of a server for tests, a copy of a
// database with the schema, which is dropped at the end.
func newDatabase(t *testing.T) string {
	t.Helper()
	server := os.Getenv("TRACKER_TEST_POSTGRES")
	if server == "" {
		return filepath.Join(t.TempDir(), "tracker.db")
	}
	original, err := withSchema()
	if err != nil {
		t.Fatal(err)
	}
	name := "t_" + strings.ToLower(rand.Text())
	execute(t.Context(), t, server, "CREATE DATABASE "+name+" TEMPLATE "+original)
	t.Cleanup(func() { execute(context.Background(), t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	return onServer(server, name)
}

// withSchema names a database that has the schema, which is made once: migrating one for
// each test would take most of the time of the tests.
var withSchema = sync.OnceValues(func() (string, error) {
	server := os.Getenv("TRACKER_TEST_POSTGRES")
	schemaCopied = "t_" + strings.ToLower(rand.Text())
	if err := run(context.Background(), server, "CREATE DATABASE "+schemaCopied); err != nil {
		return "", err
	}
	_, _, err := store.Migrate(context.Background(), onServer(server, schemaCopied))
	return schemaCopied, err
})

// schemaCopied is the name of that database, empty while there is none.
var schemaCopied string

func TestMain(m *testing.M) {
	code := m.Run()
	if schemaCopied != "" {
		if err := run(context.Background(), os.Getenv("TRACKER_TEST_POSTGRES"), "DROP DATABASE "+schemaCopied+" WITH (FORCE)"); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// onServer is the address of another database of a server.
func onServer(server, name string) string {
	address, err := url.Parse(server)
	if err != nil {
		return server // which the tests then cannot open either
	}
	address.Path = "/" + name
	return address.String()
}

func run(ctx context.Context, server, statement string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

func execute(ctx context.Context, t *testing.T, server, statement string) {
	t.Helper()
	if err := run(ctx, server, statement); err != nil {
		t.Fatal(err)
	}
}
