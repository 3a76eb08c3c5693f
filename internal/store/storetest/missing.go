package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var missingBehaviours = []behaviour{
	{"missing: reads back what figure a report is or lacks, however it was stored and is read", statusReadBack},
	{"missing: takes and gives its place as figures do", statusRevised},
	{"missing: is repeated only for the same cause and reason, and a figure by what it was", statusRepeated},
	{"missing: is kept through a retraction, and does not come back by itself", statusRetracted},
	{"missing: overlaps nothing until there is a figure", statusOverlaps},
	{"missing: is taken in by no total, and stands for its agency", statusReplaces},
	{"missing: of hundreds stored together each keeps its own", statusMany},
	{"missing: of two rows of a batch that say the same the second is unchanged", statusInBatch},
}

// without is a report without its figure.
func without(m indicator.Measurement, missing indicator.Missing, reason string) indicator.Measurement {
	m.Missing, m.Note = missing, reason
	m.Value, m.Unit, m.Share = quantity.Number{}, quantity.Unit{}, nil
	return m
}

func provisional(m indicator.Measurement) indicator.Measurement {
	m.Provisional = true
	return m
}

func statusReadBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	single := without(sourced(in.Code, "2023-07", "1", "a"), indicator.NotAvailable, "系统检修")
	receipt, _, err := s.Submit(t.Context(), indicator.Row{Measurement: single}, indicator.Idempotency{})
	first := must(receipt, err)(t).Measurement
	equal(t, "inputs", receipt.Current[0].Missing, indicator.NotAvailable)
	rows := rowsOf(
		without(increment(in.Code, "2023-08", "1"), indicator.NotApplicable, "当月无任务"),
		provisional(increment(in.Code, "2023-09", "0")),
		provisional(shared(increment(in.Code, "2023-10", "66.67"), "2", "3")),
		increment(in.Code, "2023-11", "3"),
	)
	rows[2].Measurement.ReportedBy = indicator.Reporter{Agency: "甲局", Key: "a", Name: "甲"}
	all := []indicator.Measurement{first}
	for _, r := range must(s.Append(t.Context(), rows, indicator.Atomic))(t) {
		all = append(all, r.Measurement)
	}
	for i, m := range all[1:] {
		want := rows[i].Measurement
		equal(t, "returned", []any{m.Missing, m.Provisional, m.Value, m.Unit, m.Note}, []any{want.Missing, want.Provisional, want.Value, want.Unit, want.Note})
	}
	equal(t, "listed", listed(t, s, in.Code), all)
	feed, _, _, err := s.Feed(t.Context(), indicator.FeedSelection{}, indicator.Page{})
	equal(t, "feed", must(feed, err)(t), all)
	equal(t, "alone", must(s.Measurement(t.Context(), first.ID))(t), first)
	for _, at := range []time.Time{{}, all[len(all)-1].RecordedAt} {
		for i, m := range must(s.Current(t.Context(), []string{in.Code}, at))(t)[in.Code] {
			equal(t, "what counts", []any{m.Missing, m.Provisional, m.Value, m.Unit}, []any{all[i].Missing, all[i].Provisional, all[i].Value, all[i].Unit})
		}
	}
	equal(t, "as of the first", must(s.Current(t.Context(), []string{in.Code}, first.RecordedAt))(t)[in.Code][0].Missing, indicator.NotAvailable)
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

// outcomesOf reports one after another, each with the outcome or code that is expected.
func outcomesOf(t *testing.T, s *store.Store, reports []statusStep) {
	t.Helper()
	for i, r := range reports {
		_, outcome, err := Report(t.Context(), s, r.m)
		if r.code != "" {
			equal(t, fmt.Sprint("report ", i), fault.Is(err, r.code), true)
			continue
		}
		equal(t, fmt.Sprint("report ", i), must(outcome, err)(t), r.outcome)
	}
}

type statusStep struct {
	m       indicator.Measurement
	outcome indicator.Outcome
	code    fault.Code
}

func statusRevised(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := increment(in.Code, "2023-09", "5")
	outcomesOf(t, s, []statusStep{
		{m: without(report, indicator.NotAvailable, "x"), outcome: indicator.Stored},
		{m: report, outcome: indicator.Revised},
		{m: without(report, indicator.NotApplicable, "x"), outcome: indicator.Revised},
		{m: provisional(report), outcome: indicator.Revised},
		{m: report, outcome: indicator.Revised},
	})
	equal(t, "newest", newest(t, s, in.Code)[0].Revision, 5)
}

func statusRepeated(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := sourced(in.Code, "2023-09", "5", "a")
	outcomesOf(t, s, []statusStep{
		{m: without(report, indicator.NotAvailable, "x"), outcome: indicator.Stored},
		{m: without(report, indicator.NotAvailable, "x"), outcome: indicator.Unchanged},
		{m: without(report, indicator.NotAvailable, "y"), outcome: indicator.Revised},
		{m: without(report, indicator.NotApplicable, "y"), outcome: indicator.Revised},
		{m: provisional(report), outcome: indicator.Revised},
		{m: provisional(report), outcome: indicator.Unchanged},
		{m: report, outcome: indicator.Revised}, // the same number is final now
		{m: report, outcome: indicator.Unchanged},
		{m: sourced(in.Code, "2023-09", "0", "b"), outcome: indicator.Revised},
		{m: report, outcome: indicator.Superseded},
		{m: without(report, indicator.NotAvailable, "x"), outcome: indicator.Superseded}, // as it was at first
		{m: without(sourced(in.Code, "2023-10", "1", "a"), indicator.NotAvailable, "x"), code: fault.SourceIDTaken},
	})
}

func statusRetracted(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := without(sourced(in.Code, "2023-09", "5", "a"), indicator.NotAvailable, "x")
	stored := appended(t, s, report)
	done := must(s.Retract(t.Context(), stored.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	equal(t, "taken back", []any{done.Measurement.Missing, done.Measurement.Note}, []any{indicator.NotAvailable, "误报"})
	equal(t, "read", must(s.Measurement(t.Context(), done.Measurement.ID))(t), done.Measurement)
	equal(t, "what counts", len(newest(t, s, in.Code)), 0)
	outcomesOf(t, s, []statusStep{
		{m: report, outcome: indicator.Superseded},
		{m: without(sourced(in.Code, "2023-09", "5", "a"), indicator.NotApplicable, "x"), outcome: indicator.Revised},
	})
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func statusOverlaps(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	month, quarter := increment(in.Code, "2023-08", "5"), increment(in.Code, "2023-Q3", "20")
	outcomesOf(t, s, []statusStep{
		{m: without(month, indicator.NotAvailable, "x"), outcome: indicator.Stored},
		{m: quarter, outcome: indicator.Stored},
		{m: month, code: fault.PeriodOverlap}, // the quarter counts its days now
		{m: without(quarter, indicator.NotAvailable, "x"), outcome: indicator.Revised},
		{m: month, outcome: indicator.Revised},
		{m: quarter, code: fault.PeriodOverlap},
		{m: without(quarter, indicator.NotApplicable, "x"), outcome: indicator.Revised},
	})
}

func statusReplaces(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	by := func(agency string, m indicator.Measurement) indicator.Measurement {
		m.ReportedBy = indicator.Reporter{Agency: agency, Key: agency}
		return m
	}
	total := increment(in.Code, "2023-09", "50")
	total.Basis = indicator.Total
	outcomesOf(t, s, []statusStep{
		{m: by("甲局", without(increment(in.Code, "2023-08", "5"), indicator.NotAvailable, "x")), outcome: indicator.Stored},
		{m: by("乙局", increment(in.Code, "2023-08", "5")), code: fault.ReportedByAnother},
		{m: by("乙局", total), outcome: indicator.Stored}, // there is no figure that it would take in
		{m: by("甲局", increment(in.Code, "2023-08", "5")), outcome: indicator.Revised},
		{m: by("甲局", without(total, indicator.NotAvailable, "x")), code: fault.ReportedByAnother},
		{m: by("乙局", without(total, indicator.NotAvailable, "x")), outcome: indicator.Revised},
	})
	later := increment(in.Code, "2023-10", "60")
	later.Basis = indicator.Total
	outcomesOf(t, s, []statusStep{
		{m: by("乙局", without(later, indicator.NotAvailable, "x")), outcome: indicator.Stored},
		{m: by("丙局", later), code: fault.ReportedByAnother},
		{m: by("乙局", later), code: fault.ReportedByAnother}, // August is in no total that has a figure
	})
}

// statusMany stores enough rows for the engine's way of many.
func statusMany(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := make([]indicator.Row, 600)
	for i := range rows {
		m := increment(in.Code, "2023-09", fmt.Sprint(i))
		switch i % 4 {
		case 0:
			m = without(m, indicator.Missings[i/4%2], fmt.Sprint(i))
		case 1:
			m = provisional(m)
		}
		rows[i].Measurement = m
	}
	must(s.Append(t.Context(), rows, indicator.Partial))(t)
	for i, m := range listed(t, s, in.Code) {
		want := rows[i].Measurement
		equal(t, fmt.Sprint("row ", i), []any{m.Missing, m.Provisional, m.Value, m.Unit}, []any{want.Missing, want.Provisional, want.Value, want.Unit})
	}
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func statusInBatch(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := increment(in.Code, "2023-09", "5")
	w := must(s.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{}))(t)
	defer w.Discard()
	if err := w.Write(t.Context(), rowsOf(
		without(report, indicator.NotAvailable, "x"), without(report, indicator.NotAvailable, "x"), without(report, indicator.NotApplicable, "x"), report,
	)); err != nil {
		t.Fatal(err)
	}
	b := must(w.Close(t.Context()))(t)
	equal(t, "rows", []int64{b.Tally.Stored, b.Tally.Unchanged, b.Tally.Refused}, []int64{1, 1, 2})
}
