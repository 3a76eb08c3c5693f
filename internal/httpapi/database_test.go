package httpapi_test

import (
	"os"
	"testing"

	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

var schemas storetest.Schemas

func TestMain(m *testing.M) { os.Exit(schemas.Run(m)) }

// newDatabase names a database for one test in which nothing is: an SQLite file or,
// where TRACKER_TEST_POSTGRES is the postgres:// address of a database for tests, a
// schema of it.
func newDatabase(t *testing.T) string {
	t.Helper()
	if server := os.Getenv("TRACKER_TEST_POSTGRES"); server != "" {
		return schemas.Migrated(t, server)
	}
	return storetest.MigratedFile(t)
}
