package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/indicator-tracker/tracker/internal/ledger"
)

// Schemas lends migrated schemas of a PostgreSQL database to the tests of a process,
// each to one test at a time. To migrate takes longer than most tests, so a schema
// that comes back is made as it was and lent again. The zero value is ready for use.
type Schemas struct {
	// Fill writes what every test is to find in its schema, given the address that works in
	// it; nil for nothing.
	Fill func(t *testing.T, database string)

	mu   sync.Mutex
	free []*schema
}

// schema is a migrated schema and what it was when no test had written to it.
type schema struct {
	name    string
	address string
	admin   *pgx.Conn // works in it
	fresh   contents
	made    string // its catalog
}

// contents is all of a schema that a test may change.
type contents struct {
	shape     string            // its tables, indexes, constraints, triggers and functions, as SQL has them
	rows      map[string]string // of each table that has some, as a JSON list
	sequences string            // a JSON object of the last values, null where there was none
}

// EmptySchema makes a schema of the database at server, dropped at the end of the
// test, and returns the address that works in it.
func EmptySchema(t *testing.T, server string) string {
	t.Helper()
	s := must(newSchema(server))(t)
	t.Cleanup(func() { must(0, s.drop())(t) })
	return s.address
}

// Migrated lends a schema of the database at server until the end of the test, and
// returns the address that works in it. The test may write what it likes there, from as
// many connections as it likes; it does not see whether a commit reached the disk.
func (l *Schemas) Migrated(t *testing.T, server string) string {
	t.Helper()
	s := l.take()
	if s == nil {
		s = must(newMigrated(t, server, l.Fill))(t)
	}
	t.Cleanup(func() {
		// The test changed more than rows or left something running, or the user that tests
		// connect as is no superuser, whom triggers do not hold.
		if s.reset() != nil {
			must(0, s.drop())(t)
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.free = append(l.free, s)
	})
	return s.address
}

func (l *Schemas) take() *schema {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.free) == 0 {
		return nil
	}
	s := l.free[len(l.free)-1]
	l.free = l.free[:len(l.free)-1]
	return s
}

// RunTests runs the tests of a package, drops the schemas at their end and returns the
// status that the process exits with.
func RunTests(m *testing.M, lent ...*Schemas) int {
	status := m.Run()
	for _, l := range lent {
		for s := l.take(); s != nil; s = l.take() {
			if err := s.drop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				status = max(status, 1)
			}
		}
	}
	return status
}

func newSchema(server string) (*schema, error) {
	name := "t_" + strings.ToLower(rand.Text())
	address, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	query := address.Query()
	query.Set("search_path", name)
	query.Set("application_name", name) // its connections are told by it
	address.RawQuery = query.Encode()
	config, err := pgx.ParseConfig(address.String())
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["lock_timeout"] = "30s"
	ctx := context.Background()
	admin, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if _, err := admin.Exec(ctx, "CREATE SCHEMA "+name); err != nil {
		return nil, errors.Join(err, admin.Close(ctx))
	}
	return &schema{name: name, address: address.String(), admin: admin}, nil
}

func newMigrated(t *testing.T, server string, fill func(*testing.T, string)) (*schema, error) {
	s, err := newSchema(server)
	if err != nil {
		return nil, err
	}
	s.address += "&synchronous_commit=off"
	ctx := context.Background()
	if _, _, err := ledger.Migrate(ctx, s.address); err != nil {
		return nil, errors.Join(err, s.drop())
	}
	if fill != nil {
		fill(t, s.address)
	}
	if s.fresh, err = s.contents(ctx); err == nil {
		s.made, err = s.catalog(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.drop())
	}
	return s, nil
}

func (s *schema) drop() error {
	ctx := context.Background()
	_, err := s.admin.Exec(ctx, "DROP SCHEMA "+s.name+" CASCADE")
	return errors.Join(err, s.admin.Close(ctx))
}

// reset makes the contents what they were, or fails.
func (s *schema) reset() error {
	ctx := context.Background()
	if err := s.alone(ctx); err != nil {
		return err
	}
	catalog, err := s.catalog(ctx)
	if err != nil {
		return err
	}
	if catalog != s.made {
		return errors.New("the schema is made otherwise than it was")
	}
	return pgx.BeginFunc(ctx, s.admin, func(tx pgx.Tx) error { return s.empty(ctx, tx) })
}

// alone waits until no other connection works in the schema: the server ends what a
// closed one had still sent.
func (s *schema) alone(ctx context.Context) error {
	const tries, pause = 1000, 5 * time.Millisecond
	const others = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()"
	for range tries {
		var n int
		if err := s.admin.QueryRow(ctx, others, s.name).Scan(&n); err != nil || n == 0 {
			return err
		}
		time.Sleep(pause)
	}
	return errors.New("a connection is still open")
}

// empty takes out all rows and puts in those that there were. The triggers that keep
// rows from going rest meanwhile. A truncated table gets new files for itself and each
// index, which takes longer than to delete a few rows.
func (s *schema) empty(ctx context.Context, tx pgx.Tx) error {
	const written = `SELECT format(CASE WHEN size > 256 * 1024 THEN 'TRUNCATE %I CASCADE' ELSE 'DELETE FROM %I' END, relname)
		FROM (SELECT relname, pg_relation_size(oid) AS size FROM pg_class
			WHERE relnamespace = CURRENT_SCHEMA()::regnamespace AND relkind = 'r') AS tables
		WHERE size > 0`
	statements, err := texts(ctx, tx, written)
	if err != nil {
		return err
	}
	statements = append([]string{"SET LOCAL session_replication_role = replica"}, statements...)
	if _, err := tx.Exec(ctx, strings.Join(statements, "; ")); err != nil {
		return err
	}
	for table, rows := range s.fresh.rows {
		restore := "INSERT INTO " + table + " OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::" + table + ", $1::json)"
		if _, err := tx.Exec(ctx, restore, rows); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `SELECT setval(quote_ident(sequencename)::regclass, COALESCE(was, start_value), was IS NOT NULL)
		FROM (SELECT *, ($1::json ->> sequencename)::bigint AS was FROM pg_sequences WHERE schemaname = CURRENT_SCHEMA()) AS s
		WHERE last_value IS DISTINCT FROM was`, s.fresh.sequences)
	return err
}

// catalog is another once anything but rows was changed: it tells which transactions
// wrote the rows that describe the schema.
func (s *schema) catalog(ctx context.Context) (digest string, err error) {
	const described = `WITH of AS (SELECT oid, relname FROM pg_class WHERE relnamespace = CURRENT_SCHEMA()::regnamespace)
		SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
			SELECT oid || relname AS part FROM of
			UNION ALL SELECT attrelid || '.' || attnum || '.' || a.xmin FROM pg_attribute a JOIN of ON of.oid = attrelid
			UNION ALL SELECT a.oid || '.' || a.xmin FROM pg_attrdef a JOIN of ON of.oid = adrelid
			UNION ALL SELECT g.oid || '.' || g.xmin FROM pg_trigger g JOIN of ON of.oid = tgrelid
			UNION ALL SELECT oid || '.' || xmin FROM pg_constraint WHERE connamespace = CURRENT_SCHEMA()::regnamespace
			UNION ALL SELECT oid || '.' || xmin FROM pg_proc WHERE pronamespace = CURRENT_SCHEMA()::regnamespace
		) AS parts`
	err = s.admin.QueryRow(ctx, described).Scan(&digest)
	return digest, err
}

func (s *schema) contents(ctx context.Context) (contents, error) {
	c := contents{rows: map[string]string{}}
	shape, err := texts(ctx, s.admin, shapeOf)
	if err != nil {
		return c, err
	}
	c.shape = strings.Join(shape, "\n")
	const last = "SELECT COALESCE(json_object_agg(sequencename, last_value ORDER BY sequencename), '{}')::text FROM pg_sequences WHERE schemaname = CURRENT_SCHEMA()"
	if err := s.admin.QueryRow(ctx, last).Scan(&c.sequences); err != nil {
		return c, err
	}
	tables, err := texts(ctx, s.admin, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = CURRENT_SCHEMA()")
	if err != nil || len(tables) == 0 {
		return c, err
	}
	var parts []string
	for _, table := range tables {
		parts = append(parts, "SELECT '"+table+"', json_agg(x)::text FROM "+table+" AS x HAVING COUNT(*) > 0")
	}
	rows, err := s.admin.Query(ctx, strings.Join(parts, " UNION ALL "))
	if err != nil {
		return c, err
	}
	var table, list string
	_, err = pgx.ForEachRow(rows, []any{&table, &list}, func() error {
		c.rows[table] = list
		return nil
	})
	return c, err
}

// shapeOf lists what a schema is made of, without its name and without the names that
// the server makes up.
const shapeOf = `SELECT replace(part, CURRENT_SCHEMA() || '.', '') AS part FROM (
	SELECT format('%s %s %s %s %s %s', c.relkind, c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) AS part
		FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE c.relnamespace = CURRENT_SCHEMA()::regnamespace AND c.relkind <> 't'
	UNION ALL SELECT format('default of %s %s: %s', adrelid::regclass, adnum, pg_get_expr(adbin, adrelid))
		FROM pg_attrdef JOIN pg_class c ON c.oid = adrelid WHERE c.relnamespace = CURRENT_SCHEMA()::regnamespace
	UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = CURRENT_SCHEMA()
	UNION ALL SELECT format('%s of %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
		FROM pg_constraint WHERE connamespace = CURRENT_SCHEMA()::regnamespace
	UNION ALL SELECT format('trigger of %s, %s: %s', tgrelid::regclass, tgenabled, CASE WHEN tgisinternal THEN '' ELSE pg_get_triggerdef(g.oid) END)
		FROM pg_trigger g JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = CURRENT_SCHEMA()::regnamespace
	UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = CURRENT_SCHEMA()::regnamespace AND prokind IN ('f', 'p')
) AS parts ORDER BY part`

// querier is a connection or a transaction.
type querier interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
}

// texts are the rows of a query of one column.
func texts(ctx context.Context, q querier, query string) ([]string, error) {
	rows, err := q.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
