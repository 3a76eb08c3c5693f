package storetest

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var batchBehaviours = []behaviour{
	{"batch: partial stores what it can and keeps the receipts", batchPartial},
	{"batch: atomic stores all rows or, with one refused, none", batchAtomic},
	{"batch: a dry run stores nothing and says what would be", batchDryRun},
	{"batch: thousands of rows of many chunks, receipts page by page", batchLarge},
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
	w := must(s.OpenBatch(t.Context(), mode, dryRun))(t)
	defer w.Discard()
	for _, chunk := range chunks {
		if err := w.Write(t.Context(), chunk); err != nil {
			t.Fatal(err)
		}
	}
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
	want := []string{"1 stored 1", "2 refused unknown_indicator/indicator", "3 unchanged 1", "4 revised 2", "5 refused period_overlap/period"}
	equal(t, "receipts", lines, want)
	equal(t, "tally", b.Tally, indicator.Tally{Rows: 5, Stored: 1, Revised: 1, Unchanged: 1, Refused: 2})
	equal(t, "read again", again(t, s, b.ID, 2), want)
	found := must(s.Batch(t.Context(), b.ID))(t)
	equal(t, "state", found.State, indicator.BatchDone)
	equal(t, "counted", found.Tally, b.Tally)
	equal(t, "history", len(listed(t, s, in.Code)), 2)
	_, err := s.Batch(t.Context(), "none")
	refused(t, err, fault.NotFound, "")
	equal(t, "audit", len(must(s.VerifyAudit(t.Context(), ""))(t).Fault), 0)
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

	b, lines = taken(t, s, indicator.Atomic, false, good, rowsOf(increment(in.Code, "2023-09", "2")))
	equal(t, "receipts", lines, []string{"1 stored 1", "2 stored 1", "3 revised 2"})
	equal(t, "state", b.State, indicator.BatchDone)
	equal(t, "all stored", len(listed(t, s, in.Code)), 3)
	equal(t, "read again", again(t, s, b.ID, 10), lines)
	equal(t, "audit", len(must(s.VerifyAudit(t.Context(), ""))(t).Fault), 0)
}

func batchDryRun(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	b, lines := taken(t, s, indicator.Partial, true, rowsOf(increment(in.Code, "2023-09", "1")), rowsOf(increment(in.Code, "2023-09", "2"), increment("p-9-9", "2023-09", "1")))
	equal(t, "receipts", lines, []string{"1 stored 1", "2 revised 2", "3 refused unknown_indicator/indicator"})
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
		m := sourced([]string{in.Code, other.Code}[i%2], fmt.Sprintf("2023-%02d", 1+i%12), fmt.Sprintf("%d.50", i), fmt.Sprintf("s%d", i))
		chunks[len(chunks)-1] = append(chunks[len(chunks)-1], indicator.Row{Measurement: m})
	}
	b, lines := taken(t, s, indicator.Partial, false, chunks...)
	equal(t, "tally", b.Tally, indicator.Tally{Rows: n, Stored: 12, Revised: n - 12})
	equal(t, "read again", again(t, s, b.ID, 700), lines)
	equal(t, "first digits", listed(t, s, in.Code)[0].Value.String(), "0.50")
	equal(t, "feed", len(readFeed(t, s, 0, 500)), n)
	b, _ = taken(t, s, indicator.Atomic, false, chunks...)
	equal(t, "the same once more", b.Tally, indicator.Tally{Rows: n, Unchanged: n})
	equal(t, "audit", len(must(s.VerifyAudit(t.Context(), ""))(t).Fault), 0)
}

func batchRace(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	const senders, reports = 16, 40
	var stored, unchanged atomic.Int64
	atOnce(senders, func(sender int) {
		for i := range reports {
			m := sourced(in.Code, fmt.Sprintf("2023-%02d", 1+i%12), "1", fmt.Sprintf("s%d", (i*7+sender)%reports))
			m.Period = period(fmt.Sprintf("2023-%02d", 1+(i*7+sender)%reports%12))
			got, outcome, err := s.AppendMeasurement(t.Context(), m)
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
