package store_test

import (
	"io"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// withSetting is an address whose sessions have a setting of their own.
func withSetting(t *testing.T, address, name, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set(name, value)
	u.RawQuery = query.Encode()
	return u.String()
}

func TestPostgresAProcessThatStopsHoldsNobodyBackForLong(t *testing.T) {
	database := migrated(t, storetest.EmptySchema(t, postgresServer(t)))
	const idle = "idle_in_transaction_session_timeout"
	t.Run("between two statements", func(t *testing.T) {
		stopped := opened(t, withSetting(t, database, idle, "500ms"))
		other := opened(t, database)
		code := filled(t, other)
		before := len(stored(t, other, code))
		w, err := stopped.OpenBatch(t.Context(), indicator.Atomic, false, indicator.Idempotency{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		rows := []indicator.Row{{Measurement: monthOf(code, 10)}}
		if err := w.Write(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		append1(t, other, code) // while the first writes nothing more
		if _, err := w.Close(t.Context()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("the one that stopped: %v, want it unavailable", err)
		}
		if n := len(stored(t, other, code)); n != before+1 {
			t.Errorf("%d stored, want %d", n, before+1)
		}
		append1(t, stopped, code)
		if _, found := verified(t, other, ""); found != "" {
			t.Error(found)
		}
	})
	t.Run("in the middle of sending rows", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes a while, as long as a process may be slow")
		}
		other := opened(t, database)
		conn, err := pgx.Connect(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(t.Context()) }() // it was ended
		if _, err := conn.Exec(t.Context(), "BEGIN; SELECT 1 FROM ledger WHERE id = 1 FOR UPDATE"); err != nil {
			t.Fatal(err)
		}
		rows, never := io.Pipe()
		defer never.Close()
		ended := make(chan error, 1)
		go func() {
			_, err := conn.PgConn().CopyFrom(t.Context(), rows, "COPY reporters FROM STDIN")
			ended <- err
		}()
		w, err := other.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		if err := w.Write(t.Context(), make([]indicator.Row, 1)); err != nil {
			t.Errorf("one who waits for it: %v", err)
		}
		_ = never.Close()
		if <-ended == nil {
			t.Error("it goes on")
		}
	})
}

func TestPostgresWaitsForWhatWillPass(t *testing.T) {
	s := opened(t, migrated(t, storetest.EmptySchema(t, postgresServer(t))))
	code := filled(t, s)
	for _, state := range []string{"25P03", "25P04", "40001", "53100", "55000", "55006", "55P03", "57014", "57P01", "58030"} {
		execute(t, s, "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '"+state+"'; END $$")
		execute(t, s, "CREATE TRIGGER fail BEFORE INSERT ON measurements EXECUTE FUNCTION fail()")
		if _, _, err := storetest.Report(t.Context(), s, reportOf(code, "")); !fault.Is(err, fault.Unavailable) {
			t.Errorf("SQLSTATE %s: %v, want it unavailable", state, err)
		}
		execute(t, s, "DROP TRIGGER fail ON measurements")
	}
	append1(t, s, code)
	if n := len(stored(t, s, code)); n != 2 {
		t.Errorf("%d stored", n)
	}
}

// TestPostgresOpensWhileOthersHoldTheLedger revokes keys while a batch holds the ledger, by
// processes that end at once, as the command line does.
func TestPostgresOpensWhileOthersHoldTheLedger(t *testing.T) {
	database := migrated(t, storetest.EmptySchema(t, postgresServer(t)))
	s := opened(t, database)
	code := filled(t, s)
	names := []string{"a", "b", "c"}
	for _, name := range names {
		if _, err := s.CreateKey(t.Context(), access.Key{ID: name, Name: name, Role: access.Admin, Digest: "d-" + name}); err != nil {
			t.Fatal(err)
		}
	}
	w, err := s.OpenBatch(t.Context(), indicator.Atomic, false, indicator.Idempotency{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	if err := w.Write(t.Context(), []indicator.Row{{Measurement: monthOf(code, 10)}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		other := opened(t, database)
		if k, err := other.RevokeKey(t.Context(), name); err != nil || k.RevokedAt.IsZero() {
			t.Errorf("%s: %+v, %v", name, k, err)
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}
	if b, err := w.Close(t.Context()); err != nil || b.Tally.Stored != 1 {
		t.Fatalf("the batch: %+v, %v", b.Tally, err)
	}
	late := opened(t, database) // which chains what the others have left
	entries, _, err := late.Audit(t.Context(), indicator.AuditQuery{Action: "key.revoked"})
	if err != nil || len(entries) != len(names) {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	if v, err := late.Verify(t.Context(), store.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}

// TestSQLiteFileThatWasReplaced is about a file that is no longer the one in its place:
// what is written to it nobody will find.
func TestSQLiteFileThatWasReplaced(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	code := filled(t, s)
	if err := s.Backup(t.Context(), file+".copy"); err != nil {
		t.Fatal(err)
	}
	for _, move := range [][2]string{{file, file + ".old"}, {file + ".copy", file}} {
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
	_, _, reported := storetest.Report(t.Context(), s, reportOf(code, "lost"))
	_, changed := s.CreateIndicator(t.Context(), indicator.Indicator{Plan: "p", Task: "1", Name: "里程二", State: indicator.Confirmed})
	w, err := s.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	batch := w.Write(t.Context(), []indicator.Row{{Measurement: monthOf(code, 10)}})
	for what, err := range map[string]error{"a report": reported, "an indicator": changed, "a batch": batch, "readiness": s.Ready(t.Context())} {
		if f := fault.From(err); f == nil || f.Code != fault.Unavailable || !strings.Contains(f.Unwrap().Error(), "replaced") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, move := range [][2]string{{file, file + ".copy"}, {file + ".old", file}} {
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
	append1(t, s, code)
	if n := len(stored(t, s, code)); n != 2 {
		t.Errorf("%d stored in the file that is back", n)
	}
}
