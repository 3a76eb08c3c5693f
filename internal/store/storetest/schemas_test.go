package storetest

import (
	"maps"
	"os"
	"regexp"
	"testing"
)

func postgresServer(t *testing.T) string {
	t.Helper()
	address := os.Getenv("TRACKER_TEST_POSTGRES")
	if address == "" {
		t.Skip("TRACKER_TEST_POSTGRES is not set: give it the postgres:// address of a database for tests")
	}
	return address
}

// known is a pool of one schema, which is dropped at the end.
func known(t *testing.T, server string) (*Schemas, *schema) {
	t.Helper()
	s := must(newMigrated(t, server, nil))(t)
	l := &Schemas{free: []*schema{s}}
	t.Cleanup(func() {
		if l.take() != nil {
			must(0, s.drop())(t)
		}
	})
	return l, s
}

func contentsOf(t *testing.T, s *schema) contents {
	t.Helper()
	return must(s.contents(t.Context()))(t)
}

// moments are when each migration was done.
var moments = regexp.MustCompile(`"tstamp":"[^"]+"`)

func TestASchemaIsLentAgainAsMigrated(t *testing.T) {
	server := postgresServer(t)
	l, s := known(t, server)
	before := contentsOf(t, s)
	if len(before.rows) < 3 || len(before.shape) < 1000 || len(before.sequences) < 100 {
		t.Fatalf("not all is seen of a schema: %+v", before)
	}
	t.Run("to one", func(t *testing.T) {
		a := open(t, l.Migrated(t, server), Ticking())
		waitsDryRun(t, a, a)
		dirty := contentsOf(t, s)
		if len(dirty.rows) < 15 || dirty.sequences == before.sequences {
			t.Errorf("%d tables have rows, and the sequences are %s: too little to take away", len(dirty.rows), dirty.sequences)
		}
	})
	if l.take() != s {
		t.Fatal("it was not taken back")
	}
	equal(t, "a schema that was lent", contentsOf(t, s), before)

	_, other := known(t, server)
	after, fresh := contentsOf(t, s), contentsOf(t, other)
	for _, c := range []contents{after, fresh} {
		maps.DeleteFunc(c.rows, func(table, _ string) bool {
			c.rows[table] = moments.ReplaceAllString(c.rows[table], "")
			return false
		})
	}
	equal(t, "beside one that is new", after, fresh)
	must(0, s.drop())(t)
}

func TestASchemaThatChangedInMoreThanRowsIsLentToNobody(t *testing.T) {
	server := postgresServer(t)
	l, s := known(t, server)
	for _, change := range []string{
		"ALTER TABLE measurements DISABLE TRIGGER measurements_keep",
		"ALTER TABLE measurements ADD COLUMN x TEXT",
		"ALTER TABLE measurements ALTER COLUMN note SET DEFAULT 'x'",
		"CREATE INDEX x ON measurements (note)",
		"CREATE TABLE y (z TEXT)",
		"CREATE FUNCTION x() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'",
	} {
		s.made = must(s.catalog(t.Context()))(t)
		_ = must(s.admin.Exec(t.Context(), change))(t)
		if s.reset() == nil {
			t.Errorf("%s: it is taken for what it was", change)
		}
	}
	s.made = must(s.catalog(t.Context()))(t)
	t.Run("to one", func(t *testing.T) {
		l.Migrated(t, server)
		_ = must(s.admin.Exec(t.Context(), "DROP TRIGGER measurements_keep ON measurements"))(t)
	})
	if l.take() != nil {
		t.Error("it is lent again")
	}
}
