package storetest

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var batchBehaviours = []behaviour{
	{"batch: partial stores what it can and keeps the receipts", batchPartial},
	{"batch: atomic stores all rows or, with one refused, none", batchAtomic},
	{"batch: a dry run stores nothing and says what would be", batchDryRun},
	{"batch: thousands of rows of many chunks, receipts page by page", batchLarge},
	{"batch: under its key it goes on after the rows that it stored", batchGoesOn},
	{"batch: stored whole and not answered, it is answered under its key", batchUnanswered},
	{"batch: other rows under its key are refused, and nothing is stored", batchOtherRows},
	{"batch: of two requests with its key at a time one stores rows", batchKeyAtOnce},
	{"batch: under a key that has expired it is another", batchKeyExpired},
	{"batch: many senders of the same rows store each once, every receipt right", batchRace},
}

func rowsOf(ms ...indicator.Measurement) []indicator.Row {
	rows := make([]indicator.Row, len(ms))
	for i, m := range ms {
		rows[i].Measurement = m
	}
	return rows
}

// taken writes chunks as one batch.
func taken(t *testing.T, s *store.Store, mode indicator.Mode, dryRun bool, chunks ...[]indicator.Row) (indicator.Batch, []string) {
	t.Helper()
	return ended(t, opened(t, s, mode, dryRun, indicator.Idempotency{}, chunks...))
}

// opened begins a batch and writes chunks of it.
func opened(t *testing.T, s *store.Store, mode indicator.Mode, dryRun bool, key indicator.Idempotency, chunks ...[]indicator.Row) indicator.BatchWriter {
	t.Helper()
	w := must(s.OpenBatch(t.Context(), mode, dryRun, key))(t)
	t.Cleanup(w.Discard)
	for _, chunk := range chunks {
		if err := w.Write(t.Context(), chunk); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// ended closes a batch.
func ended(t *testing.T, w indicator.BatchWriter) (indicator.Batch, []string) {
	t.Helper()
	defer w.Discard()
	b := must(w.Close(t.Context()))(t)
	var lines []string
	err := w.Receipts(func(row int64, r indicator.Receipt) error {
		lines = append(lines, line(row, r))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, lines
}

func line(row int64, r indicator.Receipt) string {
	if r.Refusal != nil {
		return fmt.Sprintf("%d %s %s%s", row, r.Outcome, r.Refusal.Code, r.Refusal.Field)
	}
	return fmt.Sprintf("%d %s %d", row, r.Outcome, r.Measurement.Revision)
}

// again reads the receipts of a batch from the store, some at a time.
func again(t *testing.T, s *store.Store, id string, limit int) (lines []string) {
	t.Helper()
	for after := int64(0); ; {
		page, next, err := s.BatchReceipts(t.Context(), id, indicator.Page{After: after, Limit: limit})
		for _, r := range must(page, err)(t) {
			lines = append(lines, line(r.Row, r.Receipt))
		}
		if after = next; next == 0 {
			return lines
		}
	}
}

func batchPartial(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	b, lines := taken(t, s, indicator.Partial, false,
		rowsOf(sourced(in.Code, "2023-09", "1", "a"), increment("p-9-9", "2023-09", "1")),
		rowsOf(sourced(in.Code, "2023-09", "1", "a"), sourced(in.Code, "2023-09", "2", "a"), increment(in.Code, "2023-Q3", "1")))
	want := []string{"1 stored 1", "2 refused unknown_indicator/indicator", "3 unchanged 1", "4 refused duplicate_in_batch/period", "5 refused period_overlap/period"}
	equal(t, "receipts", lines, want)
	equal(t, "tally", b.Tally, indicator.Tally{Rows: 5, Stored: 1, Unchanged: 1, Refused: 3})
	equal(t, "read again", again(t, s, b.ID, 2), want)
	found := must(s.Batch(t.Context(), b.ID))(t)
	equal(t, "state", found.State, indicator.BatchDone)
	equal(t, "counted", found.Tally, b.Tally)
	equal(t, "history", len(listed(t, s, in.Code)), 1)
	_, err := s.Batch(t.Context(), "none")
	refused(t, err, fault.NotFound, "")
	equal(t, "audit", len(must(s.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}

func batchAtomic(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	good, bad := rowsOf(increment(in.Code, "2023-09", "1"), increment(in.Code, "2023-10", "1")), rowsOf(increment("p-9-9", "2023-09", "1"))
	b, lines := taken(t, s, indicator.Atomic, false, good, bad)
	want := []string{"1 not_stored 0", "2 not_stored 0", "3 refused unknown_indicator/indicator"}
	equal(t, "receipts", lines, want)
	equal(t, "state", b.State, indicator.BatchRefused)
	equal(t, "read again", again(t, s, b.ID, 10), want)
	equal(t, "nothing stored", len(listed(t, s, in.Code)), 0)

	b, lines = taken(t, s, indicator.Atomic, false, good, rowsOf(increment(in.Code, "2023-11", "2")))
	equal(t, "receipts", lines, []string{"1 stored 1", "2 stored 1", "3 stored 1"})
	equal(t, "state", b.State, indicator.BatchDone)
	equal(t, "all stored", len(listed(t, s, in.Code)), 3)
	equal(t, "read again", again(t, s, b.ID, 10), lines)
	equal(t, "audit", len(must(s.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}

func batchDryRun(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	b, lines := taken(t, s, indicator.Partial, true, rowsOf(increment(in.Code, "2023-09", "1")), rowsOf(increment(in.Code, "2023-09", "2"), increment("p-9-9", "2023-09", "1")))
	equal(t, "receipts", lines, []string{"1 stored 1", "2 refused duplicate_in_batch/period", "3 refused unknown_indicator/indicator"})
	equal(t, "nothing stored", len(listed(t, s, in.Code)), 0)
	_, err := s.Batch(t.Context(), b.ID)
	refused(t, err, fault.NotFound, "")
	appended(t, s, increment(in.Code, "2023-09", "3")) // the writer is free again
}

func batchLarge(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	const n, chunk = 3000, 1100 // more than a COPY takes, in chunks of their own
	var chunks [][]indicator.Row
	for i := range n {
		if i%chunk == 0 {
			chunks = append(chunks, nil)
		}
		m := sourced([]string{in.Code, other.Code}[i%2], dayAfter("2018-12-31", 1+i/2), fmt.Sprintf("%d.50", i), fmt.Sprintf("s%d", i))
		chunks[len(chunks)-1] = append(chunks[len(chunks)-1], indicator.Row{Measurement: m})
	}
	b, lines := taken(t, s, indicator.Partial, false, chunks...)
	equal(t, "tally", b.Tally, indicator.Tally{Rows: n, Stored: n})
	equal(t, "read again", again(t, s, b.ID, 700), lines)
	equal(t, "first digits", listed(t, s, in.Code)[0].Value.String(), "0.50")
	equal(t, "feed", len(readFeed(t, s, 0, 500)), n)
	b, _ = taken(t, s, indicator.Atomic, false, chunks...)
	equal(t, "the same once more", b.Tally, indicator.Tally{Rows: n, Unchanged: n})
	equal(t, "audit", len(must(s.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}

// dayAfter is the day some days after another.
func dayAfter(day string, days int) string {
	return period(day).Start().AddDays(days).String()
}

// keyed are rows with the hash of their content, as a batch with a key needs them.
func keyed(ms ...indicator.Measurement) []indicator.Row {
	rows := rowsOf(ms...)
	for i, m := range ms {
		sum := sha256.Sum256([]byte(m.Indicator + m.Period.String() + m.Value.String()))
		rows[i].Content = sum[:]
	}
	return rows
}

// monthly are five rows without a source_id, one of which is refused.
func monthly(code string) []indicator.Row {
	return keyed(increment(code, "2023-01", "1"), increment("p-9-9", "2023-02", "2"), increment(code, "2023-03", "3"),
		increment(code, "2023-04", "4"), increment(code, "2023-05", "5"))
}

func batchGoesOn(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := monthly(in.Code)
	k := key("k", "")
	part, _ := ended(t, opened(t, s, indicator.Partial, false, k, rows[:1])) // the body broke off
	opened(t, s, indicator.Partial, false, k, rows[:1], rows[1:3]).Discard() // the process was killed
	found := must(s.Batch(t.Context(), part.ID))(t)
	equal(t, "state", found.State, indicator.BatchRunning)
	equal(t, "rows so far", found.Tally.Rows, int64(3))
	equal(t, "updated since", found.UpdatedAt.After(part.UpdatedAt), true)
	equal(t, "no answer", must(s.Replay(t.Context(), key("k", "any")))(t) == nil, true)
	opened(t, s, indicator.Partial, false, k, rows[:2]).Discard() // broken off before there was anything new
	opened(t, s, indicator.Partial, false, k, rows[:2], rows[2:4]).Discard()

	b, lines := ended(t, opened(t, s, indicator.Partial, false, k, rows))
	want := []string{"1 stored 1", "2 refused unknown_indicator/indicator", "3 stored 1", "4 stored 1", "5 stored 1"}
	equal(t, "receipts", lines, want)
	equal(t, "batch", b.ID, part.ID)
	equal(t, "tally", b.Tally, indicator.Tally{Rows: 5, Stored: 4, Refused: 1})
	equal(t, "state", b.State, indicator.BatchDone)
	equal(t, "read again", again(t, s, b.ID, 2), want)
	equal(t, "history", len(listed(t, s, in.Code)), 4)
	equal(t, "found", must(s.Batch(t.Context(), b.ID))(t), b)

	_, lines = taken(t, s, indicator.Partial, false, rows) // without the key they are corrections
	equal(t, "without the key", lines[0], "1 revised 2")
	_, lines = ended(t, opened(t, s, indicator.Partial, false, key("l", ""), rows))
	equal(t, "under another key", lines[0], "1 revised 3")
	equal(t, "audit", len(must(s.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}

func batchUnanswered(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	for i, mode := range indicator.Modes {
		in := withIndicator(t, s, string(mode))
		rows := monthly(in.Code)[2:]
		k := key(string(mode), "")
		first, lines := ended(t, opened(t, s, mode, false, k, rows[:1], rows[1:]))
		b, repeated := ended(t, opened(t, s, mode, false, k, rows))
		equal(t, "receipts", repeated, lines)
		equal(t, "batch", b.ID, first.ID)
		equal(t, "state", b.State, indicator.BatchDone)
		equal(t, "tally", b.Tally, first.Tally)
		equal(t, "as it can be read", must(s.Batch(t.Context(), b.ID))(t), b)
		equal(t, "read again", again(t, s, b.ID, 10), lines)
		equal(t, "history", len(listed(t, s, in.Code)), 3)

		if err := s.KeepBatch(t.Context(), key(string(mode), "whole"), b.ID); err != nil {
			t.Fatal(err)
		}
		equal(t, "answer", must(s.Replay(t.Context(), key(string(mode), "whole")))(t).Batch, b.ID)
		equal(t, "feed", len(readFeed(t, s, 0, 10)), 3*(i+1))
	}
}

func batchOtherRows(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := monthly(in.Code)
	opened(t, s, indicator.Partial, false, key("partial", ""), rows[:3]).Discard()
	ended(t, opened(t, s, indicator.Atomic, false, key("atomic", ""), rows[3:4]))
	altered := keyed(increment(in.Code, "2023-01", "7"), rows[1].Measurement, rows[2].Measurement, rows[4].Measurement)
	for name, c := range map[string]struct {
		key  string
		mode indicator.Mode
		rows []indicator.Row
	}{
		"another value":              {"partial", indicator.Partial, altered},
		"another order":              {"partial", indicator.Partial, []indicator.Row{rows[2], rows[1], rows[0], rows[4]}},
		"fewer rows":                 {"partial", indicator.Partial, rows[:2]},
		"none":                       {"partial", indicator.Partial, nil},
		"another mode":               {"partial", indicator.Atomic, rows},
		"more rows of an atomic one": {"atomic", indicator.Atomic, rows[3:]},
		"other rows of it":           {"atomic", indicator.Atomic, rows[4:]},
	} {
		w, err := s.OpenBatch(t.Context(), c.mode, false, key(c.key, ""))
		if err == nil {
			if err = w.Write(t.Context(), c.rows); err == nil {
				_, err = w.Close(t.Context())
			}
			w.Discard()
		}
		if !fault.Is(err, fault.KeyReused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	equal(t, "history", len(listed(t, s, in.Code)), 3)
	_, lines := ended(t, opened(t, s, indicator.Partial, false, key("partial", ""), rows))
	equal(t, "the right rows", lines[3:], []string{"4 revised 2", "5 stored 1"})
}

func batchKeyAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := monthly(in.Code)
	one, two := opened(t, s, indicator.Partial, false, key("k", "")), opened(t, s, indicator.Partial, false, key("k", ""))
	must(0, one.Write(t.Context(), rows[:1]))(t)
	refused(t, two.Write(t.Context(), rows[:1]), fault.KeyInUse, "")

	two = opened(t, s, indicator.Partial, false, key("k", ""), rows[:1])
	must(0, one.Write(t.Context(), rows[1:2]))(t)
	refused(t, two.Write(t.Context(), rows[1:2]), fault.KeyInUse, "")
	_, lines := ended(t, one)
	equal(t, "receipts", lines, []string{"1 stored 1", "2 refused unknown_indicator/indicator"})

	late := opened(t, s, indicator.Partial, false, key("k", ""), rows[:2])
	must(0, s.KeepBatch(t.Context(), key("k", "whole"), "b"))(t)
	refused(t, late.Write(t.Context(), rows[2:]), fault.KeyInUse, "")
	equal(t, "history", len(listed(t, s, in.Code)), 1)

	first, second := opened(t, s, indicator.Atomic, false, key("l", "")), opened(t, s, indicator.Atomic, false, key("l", ""))
	must(0, first.Write(t.Context(), rows[2:]))(t)
	ended(t, first)
	must(0, second.Write(t.Context(), rows[2:]))(t)
	_, err := second.Close(t.Context())
	refused(t, err, fault.KeyInUse, "")
	equal(t, "history", len(listed(t, s, in.Code)), 4)
}

func batchKeyExpired(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := monthly(in.Code)
	k := key("k", "")
	k.ExpiresAt = time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC) // before the ticking clock began
	opened(t, s, indicator.Partial, false, k, rows[:1]).Discard()
	_, lines := ended(t, opened(t, s, indicator.Partial, false, k, rows))
	equal(t, "receipts", lines[:1], []string{"1 revised 2"})
	equal(t, "forgotten", must(s.ForgetAnswers(t.Context()))(t), int64(1))
}

func batchRace(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	const senders, reports = 16, 40
	var stored, unchanged atomic.Int64
	atOnce(senders, func(sender int) {
		for i := range reports {
			n := (i*7 + sender) % reports
			m := sourced(in.Code, dayAfter("2022-12-31", 1+n), "1", fmt.Sprintf("s%d", n))
			got, outcome, err := Report(t.Context(), s, m)
			switch {
			case err != nil:
				t.Error(err)
			case got.SourceID != m.SourceID:
				t.Errorf("the receipt of %s is of %s", m.SourceID, got.SourceID)
			case outcome == indicator.Unchanged:
				unchanged.Add(1)
			default:
				stored.Add(1)
			}
		}
	})
	equal(t, "stored", stored.Load(), int64(reports))
	equal(t, "unchanged", unchanged.Load(), int64((senders-1)*reports))
	var sources []string
	for _, m := range listed(t, s, in.Code) {
		sources = append(sources, m.SourceID)
	}
	if len(sources) != reports || strings.Count(" "+strings.Join(sources, " ")+" ", " s7 ") != 1 {
		t.Errorf("stored %v", sources)
	}
}
