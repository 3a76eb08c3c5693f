package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// batchOf writes a batch of chunks of the sizes given; every seventh row is of
// an indicator that there is not.
func batchOf(t *testing.T, s *store.Store, code string, sizes ...int) indicator.Batch {
	t.Helper()
	w, err := s.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	row := 0
	for _, size := range sizes {
		chunk := make([]indicator.Row, size)
		for i := range chunk {
			if row++; row%7 == 0 {
				chunk[i].Measurement = reportOf("p-9-9", "")
				continue
			}
			chunk[i].Measurement = reportOf(code, fmt.Sprint(row))
		}
		if err := w.Write(t.Context(), chunk); err != nil {
			t.Fatal(err)
		}
	}
	b, err := w.Close(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBatchReceiptsPages(t *testing.T) {
	s := opened(t, newFile(t))
	sizes := []int{1, 5, 13, 1, 30}
	const rows = 50
	b := batchOf(t, s, filled(t, s), sizes...)
	whole, next, err := s.BatchReceipts(t.Context(), b.ID, indicator.Page{})
	if err != nil || next != 0 || len(whole) != rows {
		t.Fatalf("%d receipts, next %d, %v", len(whole), next, err)
	}
	t.Run("number the rows from one, refused ones with them", func(t *testing.T) {
		for i, r := range whole {
			if r.Row != int64(i+1) || (r.Outcome == indicator.Refused) != (r.Row%7 == 0) || (r.Refusal != nil) != (r.Row%7 == 0) {
				t.Errorf("receipt %d: %+v", i, r)
			}
		}
	})
	t.Run("are the whole list cut anywhere, whatever chunks it was written in", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			limit := rapid.IntRange(1, rows+5).Draw(rt, "limit")
			after := rapid.IntRange(0, rows+5).Draw(rt, "after")
			page, next, err := s.BatchReceipts(t.Context(), b.ID, indicator.Page{After: int64(after), Limit: limit})
			from := min(after, rows)
			to := min(from+limit, rows)
			want := int64(to)
			if to == rows {
				want = 0
			}
			if err != nil || next != want || len(page) != to-from {
				rt.Fatalf("%d receipts, next %d, %v; want %d, next %d", len(page), next, err, to-from, want)
			}
			for i, r := range page {
				if r.Row != whole[from+i].Row || r.Measurement.ID != whole[from+i].Measurement.ID {
					rt.Fatalf("row %d: %+v, want %+v", from+i+1, r, whole[from+i])
				}
			}
		})
	})
	t.Run("of a batch that there is not are not found", func(t *testing.T) {
		if _, _, err := s.BatchReceipts(t.Context(), "none", indicator.Page{}); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
	t.Run("end early when the visitor has seen enough", func(t *testing.T) {
		w, err := s.OpenBatch(t.Context(), indicator.Atomic, true, indicator.Idempotency{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		if err := w.Write(t.Context(), make([]indicator.Row, 3)); err != nil {
			t.Fatal(err)
		}
		enough, seen := errors.New("enough"), 0
		if err := w.Receipts(func(int64, indicator.Receipt) error { seen++; return enough }); !errors.Is(err, enough) || seen != 1 {
			t.Errorf("%d seen, %v", seen, err)
		}
	})
}

func TestABatchCutShort(t *testing.T) {
	for _, c := range []struct {
		mode indicator.Mode
		name string
		kept int
	}{
		{indicator.Partial, "keeps the chunks of a partial one, still running", 2},
		{indicator.Atomic, "keeps nothing of an atomic one", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := opened(t, newFile(t))
			code := filled(t, s)
			w, err := s.OpenBatch(t.Context(), c.mode, false, indicator.Idempotency{})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(t.Context(), []indicator.Row{{Measurement: monthOf(code, 10)}, {Measurement: monthOf(code, 11)}}); err != nil {
				t.Fatal(err)
			}
			gone, cancel := context.WithCancel(t.Context())
			cancel()
			if err := w.Write(gone, []indicator.Row{{Measurement: reportOf(code, "c")}}); !fault.Is(err, fault.Timeout) {
				t.Errorf("after the request was abandoned: %v", err)
			}
			w.Discard()
			w.Discard()
			if n := len(stored(t, s, code)); n != 1+c.kept {
				t.Errorf("%d stored, want %d", n, 1+c.kept)
			}
			append1(t, s, code) // the writer is free
			if _, found := verified(t, s, ""); found != "" {
				t.Error(found)
			}
		})
	}
}

func TestIdempotencyExpires(t *testing.T) {
	now := time.Date(2023, 7, 1, 0, 0, 0, 0, time.UTC)
	s, err := store.Open(t.Context(), newFile(t), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	code := filled(t, s)
	expires := now.Add(time.Hour)
	submit := func(note, payload string) (indicator.Receipt, *indicator.Answered, error) {
		key := indicator.Idempotency{Scope: "k", Fingerprint: []byte(payload), ExpiresAt: expires}
		return s.Submit(t.Context(), indicator.Row{Measurement: reportOf(code, note)}, key)
	}
	if _, replay, err := submit("first", "1"); err != nil || replay != nil {
		t.Fatal(replay, err)
	}
	for _, c := range []struct {
		name     string
		at       time.Time
		payload  string
		replayed string
		code     fault.Code
	}{
		{"gives the same answer to its last moment", expires.Add(-time.Microsecond), "1", "first", ""},
		{"refuses another payload to its last moment", expires.Add(-time.Microsecond), "2", "", fault.KeyReused},
		{"takes a request anew, of any payload, from then on", expires, "2", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			now = c.at
			if now.Equal(expires) {
				if n, err := s.ForgetAnswers(t.Context()); err != nil || n != 1 {
					t.Errorf("%d forgotten, %v", n, err)
				}
				expires = expires.Add(time.Hour)
			}
			_, replay, err := submit("again", c.payload)
			switch {
			case c.code != "":
				if !fault.Is(err, c.code) {
					t.Errorf("%v, want %s", err, c.code)
				}
			case err != nil:
				t.Error(err)
			case c.replayed == "" && replay != nil || c.replayed != "" && (replay == nil || replay.Receipt.Measurement.Note != c.replayed):
				t.Errorf("answered with %+v", replay)
			}
		})
	}
}

// TestAnswersOfEarlierReleases takes up keys as the releases left them that kept an
// answer's bytes.
func TestAnswersOfEarlierReleases(t *testing.T) {
	s := opened(t, newFile(t))
	filled(t, s)
	kept := func(scope string, status int, header, answer string) indicator.Idempotency {
		t.Helper()
		key := indicator.Idempotency{Scope: scope, Fingerprint: []byte{1}, ExpiresAt: time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC)}
		_, err := s.Writer().ExecContext(t.Context(), `INSERT INTO idempotency_keys (scope, fingerprint, status, header, answer, expires_at)
			VALUES (?, ?, ?, ?, ?, ?)`, scope, key.Fingerprint, status, header, []byte(answer), "2999-01-01T00:00:00.000000Z")
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	t.Run("gives a batch again", func(t *testing.T) {
		key := kept("a batch", 200, "MSHC7", "")
		if got, err := s.Replay(t.Context(), key); err != nil || got == nil || got.Batch != "MSHC7" {
			t.Errorf("%+v, %v", got, err)
		}
		key.Fingerprint = []byte{2}
		if _, err := s.Replay(t.Context(), key); !fault.Is(err, fault.KeyReused) {
			t.Errorf("%v", err)
		}
	})
	t.Run("takes no report for another whose bytes were kept", func(t *testing.T) {
		for _, status := range []int{200, 201} {
			got, err := s.Replay(t.Context(), kept(strconv.Itoa(status), status, "/there", `{"outcome":"stored"}`))
			if f := fault.From(err); got != nil || !fault.Is(err, fault.KeyReused) || !strings.Contains(f.Detail.EN, "earlier release") {
				t.Errorf("%+v, %v", got, err)
			}
		}
	})
}

func TestBackupRestores(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	b := batchOf(t, s, code, 20)
	dir := t.TempDir()
	t.Run("everything: reports, batches, audit and the numbers that come next", func(t *testing.T) {
		file := filepath.Join(dir, "whole.db")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		restored := opened(t, file)
		same := func(a, b indicator.Measurement) bool {
			return a.ID == b.ID && a.Note == b.Note && a.Revision == b.Revision && a.RecordedAt.Equal(b.RecordedAt)
		}
		if want, got := stored(t, s, code), stored(t, restored, code); !slices.EqualFunc(want, got, same) {
			t.Errorf("%d reports, want %d", len(got), len(want))
		}
		if list, _, err := restored.BatchReceipts(t.Context(), b.ID, indicator.Page{}); err != nil || len(list) != 20 {
			t.Errorf("%d receipts, %v", len(list), err)
		}
		before, _ := verified(t, s, "")
		if after, found := verified(t, restored, fmt.Sprintf("%x", before.Hash)); found != "" || after.Entries != before.Entries {
			t.Errorf("%d entries, want %d: %s", after.Entries, before.Entries, found)
		}
		last := stored(t, s, code)
		m, _, err := storetest.Report(t.Context(), restored, reportOf(code, "next"))
		if err != nil || m.ID != last[len(last)-1].ID+1 {
			t.Errorf("the next is %d, %v", m.ID, err)
		}
	})
	t.Run("to a whole file while writers write", func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		wait := send(ctx, s, noted(code, 200))
		file := filepath.Join(dir, "live.db")
		err := s.Backup(t.Context(), file)
		wait()
		stop()
		if err != nil {
			t.Fatal(err)
		}
		if _, found := verified(t, opened(t, file), ""); found != "" {
			t.Error(found)
		}
	})
	t.Run("over the part that a copy cut short left behind", func(t *testing.T) {
		file := filepath.Join(dir, "again.db")
		if err := os.WriteFile(file+".part", []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(file + ".part"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the part is still there: %v", err)
		}
	})
	t.Run("nothing into a directory that is not there, and says so", func(t *testing.T) {
		err := s.Backup(t.Context(), filepath.Join(dir, "none", "copy.db"))
		if f := fault.From(err); f == nil || strings.Contains(f.Detail.EN, "SQL") {
			t.Errorf("%v", err)
		}
	})
}
