package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var figuresBehaviours = []behaviour{
	{"share: reads back its two figures, however it was stored and is read", shareReadBack},
	{"share: is repeated only by the same two figures", shareRepeats},
	{"share: is kept through a retraction, and reported anew without one", shareRetracted},
	{"share: of hundreds stored together each keeps its own, or none", shareMany},
	{"index: has no unit, in its target and in its reports", indexWithoutUnit},
	{"week: is a period like the others, in the order of days", weekOrder},
	{"week: is refused where it would be counted twice", weekOverlaps},
}

func shared(m indicator.Measurement, numerator, denominator string) indicator.Measurement {
	m.Share = &indicator.Share{Numerator: quantity.MustNumber(numerator), Denominator: quantity.MustNumber(denominator)}
	return m
}

func shareReadBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	single := shared(sourced(in.Code, "2023-07", "66.67", "a"), "2.00", "3")
	receipt, _, err := s.Submit(t.Context(), indicator.Row{Measurement: single}, indicator.Idempotency{})
	first := must(receipt, err)(t).Measurement
	equal(t, "returned", first.Share, single.Share)
	equal(t, "inputs", receipt.Current[0].Share, single.Share)

	rows := rowsOf(
		shared(increment(in.Code, "2023-08", "0"), "0", "90071992547409931.5"),
		increment(in.Code, "2023-09", "1"),
		shared(increment(in.Code, "2023-10", "-33.33"), "-1", "3"),
	)
	all := []indicator.Measurement{first}
	for _, r := range must(s.Append(t.Context(), rows, indicator.Atomic))(t) {
		all = append(all, r.Measurement)
	}
	for i, m := range all[1:] {
		equal(t, "returned", m.Share, rows[i].Measurement.Share)
	}
	equal(t, "listed", listed(t, s, in.Code), all)
	equal(t, "newest", newest(t, s, in.Code), all)
	feed, _, _, err := s.Feed(t.Context(), indicator.FeedSelection{}, indicator.Page{})
	equal(t, "feed", must(feed, err)(t), all)
	equal(t, "alone", must(s.Measurement(t.Context(), first.ID))(t), first)
	for i, m := range must(s.Current(t.Context(), []string{in.Code}, time.Time{}))(t)[in.Code] {
		equal(t, "what counts", m.Share, all[i].Share)
	}
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func shareRepeats(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := sourced(in.Code, "2023-09", "66.67", "a")
	for i, c := range []struct {
		m       indicator.Measurement
		outcome indicator.Outcome
	}{
		{shared(report, "2", "3"), indicator.Stored},
		{shared(report, "2.0", "3"), indicator.Unchanged},
		{shared(report, "4", "6"), indicator.Revised}, // the same part of another whole
		{shared(report, "4", "5.9999"), indicator.Revised},
		{report, indicator.Revised},
		{report, indicator.Unchanged},
		{shared(report, "2", "3"), indicator.Revised},
	} {
		_, outcome, err := Report(t.Context(), s, c.m)
		equal(t, fmt.Sprint("report ", i), must(outcome, err)(t), c.outcome)
	}
}

func shareRetracted(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := shared(increment(in.Code, "2023-09", "66.67"), "2", "3")
	stored := appended(t, s, report)
	done := must(s.Retract(t.Context(), stored.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	equal(t, "taken back", done.Measurement.Share, report.Share)
	equal(t, "read", must(s.Measurement(t.Context(), done.Measurement.ID))(t), done.Measurement)
	again := appended(t, s, increment(in.Code, "2023-09", "66.67"))
	equal(t, "without", newest(t, s, in.Code), []indicator.Measurement{again})
	equal(t, "as of then", must(s.Current(t.Context(), []string{in.Code}, stored.RecordedAt))(t)[in.Code][0].Share, report.Share)
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

// shareMany stores enough rows for the engine's way of many.
func shareMany(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := make([]indicator.Row, 600)
	for i := range rows {
		m := increment(in.Code, "2023-09", fmt.Sprint(i))
		if i%3 > 0 {
			m = shared(m, digits[i%len(digits)], fmt.Sprintf("%d.%d", 1+i, i%7))
		}
		rows[i].Measurement = m
	}
	must(s.Append(t.Context(), rows, indicator.Partial))(t)
	for i, m := range listed(t, s, in.Code) {
		equal(t, fmt.Sprint("row ", i), m.Share, rows[i].Measurement.Share)
	}
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func indexWithoutUnit(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := sampleIndicator("p", "1", "恩格尔系数")
	in.Target.Unit = quantity.Unit{}
	in = must(s.CreateIndicator(t.Context(), in))(t)
	equal(t, "read", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	changed := in
	changed.Target.Value = quantity.MustNumber("0.28")
	equal(t, "changed", must(s.UpdateIndicator(t.Context(), changed))(t).Target, changed.Target)

	report := increment(in.Code, "2023-09", "0.30")
	report.Unit = quantity.Unit{}
	want := appended(t, s, report)
	equal(t, "stored", want.Unit, quantity.Unit{})
	many := must(s.Append(t.Context(), rowsOf(report, report), indicator.Partial))(t)
	for _, ms := range [][]indicator.Measurement{
		newest(t, s, in.Code), must(s.Current(t.Context(), []string{in.Code}, time.Time{}))(t)[in.Code],
	} {
		equal(t, "what counts", ms, []indicator.Measurement{many[1].Measurement})
	}
	equal(t, "unchanged by its unit", listed(t, s, in.Code)[0], want)
	equal(t, "audit", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func periodsOf(ms []indicator.Measurement) []string {
	var all []string
	for _, m := range ms {
		all = append(all, m.Period.String())
	}
	return all
}

// weekOrder reports periods whose order as texts is not that of their ends.
func weekOrder(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	want := []string{"2022-W52", "2023-W01", "2023-01-09", "2023-W05", "2023-02", "2023-W38", "2023-Q3", "2023-W52", "2024-W01"}
	for _, of := range slices.Backward(want) {
		m := increment(in.Code, of, "1")
		m.Basis = indicator.Total
		appended(t, s, m)
	}
	equal(t, "newest", periodsOf(newest(t, s, in.Code)), want)
	equal(t, "what counts", periodsOf(must(s.Current(t.Context(), []string{in.Code}, time.Time{}))(t)[in.Code]), want)
	revised := increment(in.Code, "2023-W01", "2")
	revised.Basis = indicator.Total
	equal(t, "revision", appended(t, s, revised).Revision, 2)
}

func weekOverlaps(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	appended(t, s, increment(in.Code, "2023-W35", "1")) // 28 August to 3 September
	for _, of := range []string{"2023-08", "2023-09", "2023-09-03", "2023-H2"} {
		_, _, err := Report(t.Context(), s, increment(in.Code, of, "1"))
		refused(t, err, fault.PeriodOverlap, "/period")
	}
	for _, of := range []string{"2023-W34", "2023-W36", "2023-08-20", "2023-09-11"} {
		appended(t, s, increment(in.Code, of, "1"))
	}
}
