package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, newFile)
}

func TestSQLiteBelow(t *testing.T) { testBelow(t, newFile) }

func newFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "tracker.db")
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

func TestSQLiteSettings(t *testing.T) {
	s := opened(t, newFile(t))
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "recursive_triggers": "1",
	}
	check := func(t *testing.T, pool *sql.DB, queryOnly string) {
		want["query_only"] = queryOnly
		size := pool.Stats().MaxOpenConnections
		for range size { // held open, so that each is another connection
			conn, err := pool.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			for pragma, value := range want {
				var got string
				if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
					t.Errorf("%s is %q, want %q; %v", pragma, got, value, err)
				}
			}
		}
	}
	t.Run("hold for the one writer", func(t *testing.T) {
		check(t, s.Writer(), "0")
		if size := s.Writer().Stats().MaxOpenConnections; size != 1 {
			t.Errorf("%d writers", size)
		}
	})
	t.Run("hold for every reader", func(t *testing.T) { check(t, s.Reader(), "1") })
	t.Run("keep readers from writing", func(t *testing.T) {
		if _, err := s.Reader().ExecContext(t.Context(), "INSERT INTO agencies (name) VALUES ('x')"); err == nil {
			t.Error("a reader wrote")
		}
	})
	t.Run("make transactions of the writer immediate", func(t *testing.T) {
		if _, err := s.Writer().ExecContext(t.Context(), "PRAGMA busy_timeout = 0"); err != nil {
			t.Fatal(err)
		}
		tx, err := s.Writer().BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		other := connected(t, "file:"+fileOf(t, s)+"?_busy_timeout=0")
		if _, err := other.ExecContext(t.Context(), "INSERT INTO agencies (name) VALUES ('x')"); err == nil {
			t.Error("another writer got in while a transaction that had only begun was open")
		}
	})
}

func fileOf(t *testing.T, s *store.Store) string {
	t.Helper()
	var seq, name, file string
	if err := s.Reader().QueryRowContext(t.Context(), "PRAGMA database_list").Scan(&seq, &name, &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSQLiteRefusesReplacedRows(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	_, err := s.Writer().ExecContext(t.Context(), "INSERT OR REPLACE INTO measurements SELECT * FROM measurements")
	if err == nil || !strings.Contains(err.Error(), "append-only") {
		t.Errorf("%v, want it refused as append-only", err)
	}
	if got := values(t, s, code); got != "0.10" {
		t.Errorf("measurements %q", got)
	}
}

func TestSQLiteKeepsAcknowledgedReportsThroughACrash(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	code := filled(t, s)
	after := newFile(t) // what the disk holds while the program still runs
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(file + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(after+suffix, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := values(t, opened(t, after), code); got != "0.10" {
		t.Errorf("measurements %q", got)
	}
}

func TestSQLitePlaces(t *testing.T) {
	t.Run("creates the directory, closed to others", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "a", "b")
		opened(t, filepath.Join(dir, "tracker.db"))
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o027 != 0 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	})
	t.Run("takes every character of a path as it stands", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "a b%20?mode=memory#c&指标.db")
		filled(t, opened(t, file))
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	})
	t.Run("opens a new file for many at a time", func(t *testing.T) {
		file := newFile(t)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				s, err := store.Open(t.Context(), file, storetest.Ticking())
				if err != nil {
					t.Error(err)
					return
				}
				_ = s.Close()
			})
		}
		wg.Wait()
	})
}

func TestSQLiteUnavailable(t *testing.T) {
	unavailable := func(t *testing.T, err error) {
		t.Helper()
		if f := fault.From(err); f == nil || f.Code != fault.Unavailable || strings.Contains(f.Detail.EN+f.Detail.ZH, "SQL") {
			t.Errorf("%v, want it unavailable without the driver's words", err)
		}
	}
	t.Run("when the file is gone", func(t *testing.T) {
		file := newFile(t)
		s := opened(t, file)
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		unavailable(t, s.Ready(t.Context()))
	})
	t.Run("when another file has taken its place", func(t *testing.T) {
		file := newFile(t)
		s := opened(t, file)
		if err := os.Rename(file, file+".old"); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		unavailable(t, s.Ready(t.Context()))
	})
	t.Run("when the file is no database", func(t *testing.T) {
		file := newFile(t)
		if err := os.WriteFile(file, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(t.Context(), file, storetest.Ticking())
		unavailable(t, err)
	})
	t.Run("when the path leads through a file", func(t *testing.T) {
		file := newFile(t)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(t.Context(), filepath.Join(file, "tracker.db"), storetest.Ticking())
		unavailable(t, err)
	})
	t.Run("when another process keeps it locked", func(t *testing.T) {
		s := opened(t, newFile(t))
		in := indicatorOf(t, s)
		if _, err := s.Writer().ExecContext(t.Context(), "PRAGMA busy_timeout = 20"); err != nil {
			t.Fatal(err)
		}
		other, err := connected(t, fileOf(t, s)).Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
			t.Fatal(err)
		}
		_, err = s.UpdateIndicator(t.Context(), in)
		unavailable(t, err)
		if _, err := s.Indicator(t.Context(), indicator.AllVisible(), in.Code); err != nil {
			t.Errorf("readers wait too: %v", err)
		}
	})
}

func TestSQLiteTimeout(t *testing.T) {
	s := opened(t, newFile(t))
	in := indicatorOf(t, s)
	tx, err := s.Writer().BeginTx(t.Context(), nil) // the one writer is taken
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.UpdateIndicator(ctx, in); !fault.Is(err, fault.Timeout) {
		t.Errorf("%v, want a timeout", err)
	}
}
