package httpapi_test

import (
	"os"
	"testing"

	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

var (
	schemas storetest.Schemas

	// Those in which the example plan and its year of reports are.
	exampleSchemas = storetest.Schemas{Fill: fillWithExample}
	exampleFile    = storetest.File{Fill: fillWithExample}
)

func TestMain(m *testing.M) { os.Exit(storetest.RunTests(m, &schemas, &exampleSchemas)) }

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

// newExampleDatabase is newDatabase with the example plan and its year of reports in it.
func newExampleDatabase(t *testing.T) string {
	t.Helper()
	if server := os.Getenv("TRACKER_TEST_POSTGRES"); server != "" {
		return exampleSchemas.Migrated(t, server)
	}
	return exampleFile.Copy(t)
}
