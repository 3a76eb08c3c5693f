package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/store"
)

var togetherBehaviours = []together{
	{"two stores: each goes on from what the other has stored", togetherRevisions},
	{"two stores: an indicator that one changed or rejected is not what it was to the other", togetherChanges},
	{"two stores: what one retracted counts no more to the other", togetherRetracts},
	{"two stores: the same reports at the same time are stored once, and every receipt says so", togetherAtOnce},
	{"two stores: senders of a batch that was undone are still to be met", togetherUndoneReporters},
	{"two stores: senders that nobody has met keep their own names, whoever else comes at the same time", togetherNewReporters},
}

func togetherRevisions(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	for i, s := range []*store.Store{a, a, b, b, a, b, a} {
		m := appended(t, s, increment(in.Code, "2023-09", fmt.Sprint(i)))
		equal(t, "revision", m.Revision, i+1)
	}
	for _, s := range []*store.Store{a, b} {
		equal(t, "what counts", newest(t, s, in.Code)[0].Value.String(), "6")
		equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
	}
	_, _, err := Report(t.Context(), b, increment(in.Code, "2023-Q3", "1"))
	refused(t, err, fault.PeriodOverlap, "/period")
}

func togetherChanges(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	appended(t, b, increment(in.Code, "2023-09", "1"))
	must(a.UpdateIndicator(t.Context(), in))(t)
	_, _, err := b.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-10", "1"), Version: 1}, indicator.Idempotency{})
	refused(t, err, fault.PreconditionFailed, "/indicator")

	appended(t, b, increment(in.Code, "2023-10", "1"))

	// b has looked for the next indicator before there is one, and at it before
	// it is rejected.
	_, _, err = Report(t.Context(), b, increment("p-1-2", "2023-11", "1"))
	refused(t, err, fault.UnknownIndicator, "/indicator")
	next := withIndicator(t, a, "乙")
	equal(t, "code", next.Code, "p-1-2")
	_, _, err = b.Submit(t.Context(), indicator.Row{Measurement: increment(next.Code, "2023-11", "1"), Version: 9}, indicator.Idempotency{})
	refused(t, err, fault.PreconditionFailed, "/indicator")
	next.State = indicator.Rejected
	must(a.UpdateIndicator(t.Context(), next))(t)
	_, _, err = Report(t.Context(), b, increment(next.Code, "2023-11", "1"))
	refused(t, err, fault.IndicatorNotConfirmed, "/indicator")
}

func togetherRetracts(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	appended(t, a, increment(in.Code, "2023-09", "1"))
	second := appended(t, b, increment(in.Code, "2023-09", "2"))
	appended(t, a, increment(in.Code, "2023-10", "1"))
	must(b.Retract(t.Context(), second.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	receipt, _, err := a.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-11", "1")}, indicator.Idempotency{})
	var periods []string
	for _, m := range must(receipt, err)(t).Current {
		periods = append(periods, m.Period.String())
	}
	equal(t, "what counts", periods, []string{"2023-10", "2023-11"})
	equal(t, "as a revision", appended(t, a, increment(in.Code, "2023-09", "3")).Revision, 4)
}

func togetherAtOnce(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	codes := []string{withIndicator(t, a, "甲").Code, withIndicator(t, a, "乙").Code, withIndicator(t, a, "丙").Code}
	const reports, clients = 120, 8
	var stored, unchanged atomic.Int64
	var ids [reports][clients]int64
	atOnce(clients, func(client int) {
		s := []*store.Store{a, b}[client%2]
		for n := range reports {
			of := dayAfter("2022-12-31", 1+n/len(codes))
			m, outcome, err := Report(t.Context(), s, sourced(codes[n%len(codes)], of, fmt.Sprint(n), fmt.Sprint("s", n)))
			ids[n][client] = m.ID
			switch {
			case err != nil:
				t.Errorf("report %d: %v", n, err)
			case outcome == indicator.Unchanged:
				unchanged.Add(1)
			default:
				stored.Add(1)
			}
		}
	})
	equal(t, "stored and unchanged", []int64{stored.Load(), unchanged.Load()}, []int64{reports, reports * (clients - 1)})
	for n := range ids {
		if len(slices.Compact(ids[n][:])) != 1 {
			t.Errorf("report %d has the receipts %v", n, ids[n])
		}
	}
	equal(t, "audit", len(must(b.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

// togetherNewReporters has many senders that nobody has met yet, in batches and with
// single reports, on both processes at once.
func togetherNewReporters(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	const senders, each = 32, 8
	want := map[string]indicator.Reporter{}
	for sender := range senders {
		for n := range each {
			want[fmt.Sprint("r", sender, "-", n)] = indicator.Reporter{Agency: fmt.Sprint("局", sender%5), Key: fmt.Sprint("k", sender, "-", n), Name: "名"}
		}
	}
	atOnce(senders, func(sender int) {
		s := []*store.Store{a, b}[sender/2%2]
		for n := range each {
			source := fmt.Sprint("r", sender, "-", n)
			m := sourced(in.Code, dayAfter("2022-12-31", 1+sender*each+n), "1", source)
			m.ReportedBy = want[source]
			row := indicator.Row{Measurement: m}
			var err error
			if sender%2 == 0 {
				_, _, err = s.Submit(t.Context(), row, indicator.Idempotency{})
			} else if w, opened := s.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{}); opened == nil {
				err = errors.Join(w.Write(t.Context(), []indicator.Row{row}), closed(w.Close(t.Context())))
				w.Discard()
			} else {
				err = opened
			}
			if err != nil {
				t.Errorf("%s: %v", source, err)
			}
		}
	})
	found := map[string]indicator.Reporter{}
	for _, m := range listed(t, b, in.Code) {
		found[m.SourceID] = m.ReportedBy
	}
	equal(t, "who reported", found, want)
	equal(t, "audit", len(must(b.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
	stranger := sourced(in.Code, dayAfter("2022-12-31", 1), "2", "x")
	stranger.ReportedBy = indicator.Reporter{Agency: "局9", Key: "k"}
	_, _, err := a.Submit(t.Context(), indicator.Row{Measurement: stranger}, indicator.Idempotency{})
	refused(t, err, fault.ReportedByAnother, "/replaces")
}

// togetherUndoneReporters undoes a batch in one transaction after two portions, each with
// a sender that nobody has met. Who reports afterwards is who it was, in every process.
func togetherUndoneReporters(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	by := func(of, agency string) indicator.Measurement {
		m := increment(in.Code, of, "1")
		m.ReportedBy = indicator.Reporter{Agency: agency, Key: "k-" + agency, Name: "名"}
		return m
	}
	w := must(a.OpenBatch(t.Context(), indicator.Atomic, false, indicator.Idempotency{}))(t)
	for _, portion := range [][]indicator.Row{rowsOf(by("2023-01", "甲局")), rowsOf(by("2023-02", "乙局")), rowsOf(by("2023-03", "丙局"))} {
		if err := w.Write(t.Context(), portion); err != nil {
			t.Fatal(err)
		}
	}
	w.Discard()
	appended(t, a, by("2023-01", "甲局"))
	appended(t, b, by("2023-02", "丁局"))
	appended(t, a, by("2023-03", "丙局"))
	for _, s := range []*store.Store{a, b} {
		var who []string
		for _, m := range listed(t, s, in.Code) {
			who = append(who, m.Period.String()+m.ReportedBy.Agency)
		}
		equal(t, "who reported", who, []string{"2023-01甲局", "2023-02丁局", "2023-03丙局"})
	}
	equal(t, "audit", len(must(b.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func closed(_ indicator.Batch, err error) error { return err }
