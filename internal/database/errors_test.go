package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestTranslate(t *testing.T) {
	lite, pg := &DB{engine: &sqliteEngine{}}, &DB{engine: &postgresEngine{}}
	conflict := fault.New(fault.PlanExists, fault.PlanExists.Title()).At("code")
	wrapped := func(err error) error { return fmt.Errorf("in a transaction: %w", err) }
	for _, c := range []struct {
		name string
		s    *DB
		err  error
		want fault.Code
	}{
		{"a fault passes", lite, wrapped(conflict), fault.PlanExists},
		{"a deadline", pg, wrapped(context.DeadlineExceeded), fault.Timeout},
		{"an abandoned request", lite, context.Canceled, fault.Timeout},
		{"SQLite busy", lite, wrapped(sqlite3.Error{Code: sqlite3.ErrBusy}), fault.Unavailable},
		{"SQLite disk full", lite, sqlite3.Error{Code: sqlite3.ErrFull}, fault.Unavailable},
		{"SQLite constraint", lite, sqlite3.Error{Code: sqlite3.ErrConstraint}, fault.Internal},
		{"PostgreSQL deadlock", pg, wrapped(&pgconn.PgError{Code: "40P01"}), fault.Unavailable},
		{"PostgreSQL serialization", pg, &pgconn.PgError{Code: "40001"}, fault.Unavailable},
		{"PostgreSQL shutting down", pg, &pgconn.PgError{Code: "57P01"}, fault.Unavailable},
		{"PostgreSQL out of connections", pg, &pgconn.PgError{Code: "53300"}, fault.Unavailable},
		{"PostgreSQL standby", pg, &pgconn.PgError{Code: "25006"}, fault.Unavailable},
		{"PostgreSQL check", pg, &pgconn.PgError{Code: "23514"}, fault.Internal},
		{"PostgreSQL without a state", pg, &pgconn.PgError{}, fault.Internal},
		{"a broken connection", pg, driver.ErrBadConn, fault.Unavailable},
		{"a network error", pg, wrapped(&net.OpError{Op: "read", Err: errors.New("reset")}), fault.Unavailable},
		{"anything else", lite, errors.New("near SELECT: syntax error"), fault.Internal},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.s.Translate(t.Context(), c.err)
			f := fault.From(got)
			if !fault.Is(got, c.want) || !errors.Is(got, c.err) {
				t.Fatalf("%v, want %s that keeps its cause", got, c.want)
			}
			if f != conflict && f.Detail != c.want.Title() {
				t.Errorf("public text %q", f.Detail.EN)
			}
		})
	}
}

func TestPatiently(t *testing.T) {
	busy := fmt.Errorf("ping: %w", sqlite3.Error{Code: sqlite3.ErrBusy})
	broken := sqlite3.Error{Code: sqlite3.ErrNotADB}
	for _, c := range []struct {
		name    string
		answers []error
		want    error
	}{
		{"returns at once when nothing is in the way", []error{nil}, nil},
		{"calls again while the file is busy", []error{busy, busy, nil}, nil},
		{"tells what went wrong after it was busy", []error{busy, broken}, broken},
		{"does not wait for other failures", []error{broken}, broken},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls := 0
			err := patiently(t.Context(), func(context.Context) error {
				calls++
				return c.answers[calls-1]
			})
			if !errors.Is(err, c.want) || calls != len(c.answers) {
				t.Errorf("%v after %d calls, want %v after %d", err, calls, c.want, len(c.answers))
			}
		})
	}
	t.Run("gives up when the request is abandoned", func(t *testing.T) {
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := patiently(gone, func(context.Context) error { return busy }); !errors.Is(err, busy) {
			t.Errorf("%v, want %v", err, busy)
		}
	})
}

func TestEngineForRefuses(t *testing.T) {
	for _, database := range []string{"", ":memory:", "file:tracker.db", "mysql://localhost/x", "postgres://127.0.0.1:notaport/x"} {
		t.Run(database, func(t *testing.T) {
			_, err := engineFor(database)
			if f := fault.From(err); f == nil || f.Code != fault.InvalidParameter || f.Field != "database" {
				t.Errorf("%v, want an invalid parameter", err)
			}
		})
	}
}

func TestEngineForChooses(t *testing.T) {
	for database, want := range map[string]string{
		"tracker.db": "*database.sqliteEngine", "/var/lib/t.db": "*database.sqliteEngine",
		"postgres://127.0.0.1/x": "*database.postgresEngine", "postgresql://127.0.0.1/x": "*database.postgresEngine",
	} {
		if e, err := engineFor(database); err != nil || fmt.Sprintf("%T", e) != want {
			t.Errorf("%s: %T, %v", database, e, err)
		}
	}
}
