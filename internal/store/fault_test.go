package store_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// tampered changes rows below the triggers that keep them, and looks whether
// the verification finds it.
func tampered(t *testing.T, s *store.Store, drop string) {
	exec := func(query string) {
		t.Helper()
		if _, err := s.Writer().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	verified := func() (ledger.Verification, string) {
		t.Helper()
		v, err := s.Verify(t.Context(), ledger.VerifyOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, f := range v.Findings {
			text.WriteString(f.Says.EN + "; ")
		}
		return v, text.String()
	}
	code := filled(t, s)
	append1(t, s, code)
	append1(t, s, code)
	if v, found := verified(); found != "" || v.Entries != 6 || v.Measurements != 3 {
		t.Fatalf("before: %+v %s", v, found)
	}
	for _, statement := range strings.Split(drop, ";") {
		exec(statement)
	}
	for _, c := range []struct{ what, do, undo, want string }{
		{"an altered entry", "UPDATE audit_log SET actor_name = 'x' WHERE seq = 4", "UPDATE audit_log SET actor_name = '' WHERE seq = 4", "entry 4 was altered"},
		{"an altered measurement", "UPDATE measurements SET note = 'x' WHERE id = 2", "UPDATE measurements SET note = '' WHERE id = 2", "measurements 2 to 2 of entry 5"},
		{"a chain cut at its end", "DELETE FROM audit_log WHERE seq = 6", "", "should end with entry 6"},
		{"a missing entry", "DELETE FROM audit_log WHERE seq = 2", "", "entries 2 to 2 are missing"},
	} {
		exec(c.do)
		if _, found := verified(); !strings.Contains(found, c.want) {
			t.Errorf("%s: found %q", c.what, found)
		}
		if c.undo != "" {
			exec(c.undo)
		}
	}
}

func swapped(t *testing.T, s *store.Store) {
	for _, query := range []string{
		"UPDATE audit_log SET seq = -4 WHERE seq = 4", "UPDATE audit_log SET seq = 4 WHERE seq = 5", "UPDATE audit_log SET seq = 5 WHERE seq = -4",
	} {
		if _, err := s.Writer().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	if v, err := s.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) == 0 {
		t.Errorf("reordered entries were not found: %+v, %v", v, err)
	}
}

const dropSQLite = "DROP TRIGGER audit_log_keep_update; DROP TRIGGER audit_log_keep_delete; DROP TRIGGER measurements_keep_update"

func TestSQLiteAuditFindsTampering(t *testing.T) {
	tampered(t, opened(t, newFile(t)), dropSQLite)
	s := opened(t, newFile(t))
	code := filled(t, s)
	append1(t, s, code)
	if _, err := s.Writer().ExecContext(t.Context(), dropSQLite); err != nil {
		t.Fatal(err)
	}
	swapped(t, s)
	v, err := s.Verify(t.Context(), ledger.VerifyOptions{Earlier: strings.Repeat("0", 64)})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(v.Findings, func(f ledger.Finding) bool { return strings.Contains(f.Says.EN, "not in the chain") }) {
		t.Errorf("a hash that is not in the chain: %+v", v.Findings)
	}
}

func TestPostgresAuditFindsTampering(t *testing.T) {
	s := opened(t, migrated(t, storetest.EmptySchema(t, postgresServer(t))))
	tampered(t, s, "DROP TRIGGER audit_log_keep ON audit_log; DROP TRIGGER measurements_keep ON measurements")
}

// struck makes the database refuse writes, and mended lets it again; in between
// nothing is acknowledged and readiness is false.
func struck(t *testing.T, s *store.Store, code string, strike, mend func()) {
	t.Helper()
	strike()
	// Small reports may find room that was left; a few must not.
	var err error
	acknowledged := 0
	for range 400 {
		if _, _, err = storetest.Report(t.Context(), s, reportOf(code, strings.Repeat("记", 600))); err != nil {
			break
		}
		acknowledged++
	}
	f := fault.From(err)
	if f == nil || f.Code != fault.Unavailable {
		t.Errorf("a write while struck: %v", err)
	}
	if err := s.Ready(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("readiness while struck: %v", err)
	}
	mend()
	ready, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	for s.Ready(ready) != nil && ready.Err() == nil {
		time.Sleep(20 * time.Millisecond)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatalf("readiness after: %v", err)
	}
	if _, _, err := storetest.Report(t.Context(), s, reportOf(code, "")); err != nil {
		t.Fatalf("a write after: %v", err)
	}
	ms, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil || len(ms) != acknowledged+2 {
		t.Errorf("%d reports stored, %d acknowledged, %v", len(ms), acknowledged+2, err)
	}
	if v, err := s.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}

func reportOf(code, note string) indicator.Measurement {
	return indicator.Measurement{
		Indicator: code, Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1)), Basis: indicator.ThisPeriod,
		Value: quantity.MustNumber("0.10"), Unit: quantity.MustUnit("公里"), Note: note,
	}
}

// monthOf is a report of another month.
func monthOf(code string, month time.Month) indicator.Measurement {
	m := reportOf(code, "")
	m.Period = indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, month, 1))
	return m
}

func TestSQLiteFullDisk(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	pragma := func(query string) {
		t.Helper()
		if _, err := s.Writer().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	struck(t, s, code,
		func() { pragma("PRAGMA max_page_count = 1") }, // SQLite takes the pages in use for the least
		func() { pragma("PRAGMA max_page_count = 1000000") })
}

func TestSQLiteReadOnly(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	set := func(on string) {
		t.Helper()
		if _, err := s.Writer().ExecContext(t.Context(), "PRAGMA query_only = "+on); err != nil {
			t.Fatal(err)
		}
	}
	struck(t, s, code, func() { set("1") }, func() { set("0") })
}

func TestSQLiteLocked(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	code := filled(t, s)
	if _, err := s.Writer().ExecContext(t.Context(), "PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	conn, err := connected(t, "file:"+file).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	struck(t, s, code, func() { exec("BEGIN EXCLUSIVE") }, func() { exec("ROLLBACK") })
}

func TestPostgresConnectionsCutOff(t *testing.T) {
	server := postgresServer(t)
	s := opened(t, migrated(t, storetest.EmptySchema(t, server)))
	code := filled(t, s)
	var pid int
	if err := s.Writer().QueryRowContext(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		t.Fatal(err)
	}
	other := connected(t, server)
	if _, err := other.ExecContext(t.Context(), "SELECT pg_terminate_backend($1)", pid); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		_, _, err := storetest.Report(t.Context(), s, reportOf(code, ""))
		if err == nil {
			break
		}
		if !fault.Is(err, fault.Unavailable) || time.Now().After(deadline) {
			t.Fatalf("a write after the connections were cut off: %v", err)
		}
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if v, err := s.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}

func TestBackup(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	append1(t, s, code) // after the copy
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is readable by others: %v, %v", info.Mode(), err)
	}
	restored := opened(t, copied)
	if got := values(t, restored, code); got != "0.10" {
		t.Errorf("restored %q", got)
	}
	if v, err := restored.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 || v.Measurements != 1 {
		t.Errorf("audit of the copy: %+v, %v", v, err)
	}
	append1(t, restored, code)
	if err := s.Backup(t.Context(), copied); !fault.Is(err, fault.InvalidParameter) {
		t.Errorf("over a file that exists: %v", err)
	}
}

func TestPostgresBackupPointsToItsTools(t *testing.T) {
	s := opened(t, migrated(t, storetest.EmptySchema(t, postgresServer(t))))
	err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "copy"))
	if f := fault.From(err); f == nil || !strings.Contains(f.Detail.EN, "pg_dump") {
		t.Errorf("%v", err)
	}
}

func TestAFullQueueIsAnsweredAtOnce(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	tx, err := s.Writer().BeginTx(t.Context(), nil) // the one writer is taken
	if err != nil {
		t.Fatal(err)
	}
	answers := make(chan error, 10_000)
	const sent = 6000
	for range sent {
		go func() {
			_, _, err := storetest.Report(t.Context(), s, reportOf(code, ""))
			answers <- err
		}()
	}
	refused := 0
	for refused == 0 {
		select {
		case err := <-answers:
			if !fault.Is(err, fault.Unavailable) {
				t.Fatalf("while nothing can be written: %v", err)
			}
			refused++
		case <-time.After(10 * time.Second):
			t.Fatal("everything waits and nothing is refused")
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	stored := 0
	for range sent - refused {
		if <-answers == nil {
			stored++
		}
	}
	ms, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil || len(ms) != stored+1 || stored < 1000 {
		t.Errorf("%d stored, %d acknowledged, %v", len(ms), stored+1, err)
	}
}

func TestASubmissionWhoseContextEndsIsNotStored(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	tx, err := s.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	first := make(chan error)
	go func() { // taken by the writer, who waits for the connection
		_, _, err := storetest.Report(t.Context(), s, reportOf(code, "first"))
		first <- err
	}()
	time.Sleep(50 * time.Millisecond)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := storetest.Report(short, s, reportOf(code, "second")); !fault.Is(err, fault.Timeout) {
		t.Errorf("%v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
	append1(t, s, code)
	ms, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil || len(ms) != 3 {
		t.Errorf("%d stored, %v", len(ms), err)
	}
}
