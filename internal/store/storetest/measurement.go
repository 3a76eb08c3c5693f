package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var measurementBehaviours = []behaviour{
	{"measurement: reads back what was stored", measurementReadBack},
	{"measurement: keeps the digits of the value", measurementDigits},
	{"measurement: counts revisions by period and basis", measurementRevisions},
	{"measurement: stores a repeated report once", measurementRepeated},
	{"measurement: stores a report that differs in anything as a revision", measurementDiffers},
	{"measurement: refuses an unknown indicator", measurementOrphan},
	{"measurement: refuses a period that would be counted twice", measurementOverlap},
	{"measurement: stores a list whole and in order, or nothing of it", measurementList},
	{"measurement: keeps every digit and text of hundreds stored together", measurementManyReadBack},
	{"measurement: numbers the revisions of many writers without a gap", measurementAtOnce},
	{"measurement: accepts one of many overlapping periods at a time", measurementOverlapAtOnce},
	{"measurement: stores a repeated report once for many at a time", measurementRepeatedAtOnce},
}

func measurementReadBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	want := increment(in.Code, "2023-Q3", "12.30")
	want.Unit = quantity.MustUnit("万公里")
	want.SourceID, want.Note, want.EvidenceURL = "lz-1", "一行\n二行", "https://example.org/a?b=c"
	stored, outcome, err := Report(t.Context(), s, want)
	must(stored, err)(t)

	equal(t, "outcome", outcome, indicator.Stored)
	if stored.ID <= 0 || !stored.RecordedAt.After(in.CreatedAt) || stored.RecordedAt.Nanosecond()%1000 != 0 {
		t.Errorf("id %d, recorded at %v", stored.ID, stored.RecordedAt)
	}
	want.ID, want.Revision, want.RecordedAt = stored.ID, 1, stored.RecordedAt
	equal(t, "returned", stored, want)
	equal(t, "listed", listed(t, s, in.Code), []indicator.Measurement{want})
	equal(t, "newest", newest(t, s, in.Code), []indicator.Measurement{want})
}

func measurementDigits(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	for i, written := range digits {
		appended(t, s, increment(in.Code, "2023-09", written))
		all := listed(t, s, in.Code)
		equal(t, "listed", all[i].Value.String(), written)
		equal(t, "newest", newest(t, s, in.Code)[0].Value.String(), written)
	}
}

// measurementManyReadBack stores enough rows for the engine's way of many.
func measurementManyReadBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	written := slices.Concat(digits, []string{
		"-0.5", "9999", "10000", "-99990000", "100000000.00", "12345.00006", "0.00010", "0.0000", "-1.23456789",
		"12345678901234567890.12345678901234567890",
	})
	const n = 700
	rows := make([]indicator.Row, n)
	for i := range rows {
		m := increment(in.Code, []string{"2022-12", "2023-Q3", "2024-01-31", "2021-H2", "2020"}[i%5], written[i%len(written)])
		m.Unit = quantity.MustUnit([]string{"公里", "万公里"}[i%2])
		m.SourceID, m.Note, m.EvidenceURL = fmt.Sprintf("县-%d", i), strings.Repeat("注\n", i), "https://example.org/"+strings.Repeat("a", i%7)
		rows[i].Measurement = m
	}
	receipts := must(s.Append(t.Context(), rows, indicator.Partial))(t)
	want := make([]indicator.Measurement, n)
	for i, r := range receipts {
		want[i] = rows[i].Measurement
		want[i].ID, want[i].Revision, want[i].RecordedAt = r.Measurement.ID, 1+i/5, r.Measurement.RecordedAt
		equal(t, "returned", r.Measurement, want[i])
	}
	equal(t, "listed", listed(t, s, in.Code), want)
}

func measurementRevisions(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	total := increment(in.Code, "2023-09", "1")
	total.Basis = indicator.Total
	var id int64
	for _, c := range []struct {
		m        indicator.Measurement
		revision int
		outcome  indicator.Outcome
	}{
		{increment(in.Code, "2023-09", "1"), 1, indicator.Stored},
		{increment(in.Code, "2023-09", "2"), 2, indicator.Revised},
		{increment(in.Code, "2023-10", "1"), 1, indicator.Stored},
		{total, 1, indicator.Stored},
		{increment(other.Code, "2023-09", "1"), 1, indicator.Stored},
		{increment(in.Code, "2023-09", "2"), 3, indicator.Revised}, // without a source id nothing repeats
		{total, 2, indicator.Revised},
	} {
		stored, outcome, err := Report(t.Context(), s, c.m)
		equal(t, "revision", must(stored, err)(t).Revision, c.revision)
		equal(t, "outcome", outcome, c.outcome)
		if stored.ID <= id {
			t.Errorf("id %d after %d", stored.ID, id)
		}
		id = stored.ID
	}
}

func measurementRepeated(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	m := increment(in.Code, "2023-09", "75.40")
	m.SourceID = "lz-1"
	first := appended(t, s, m)
	m.Value = quantity.MustNumber("75.4") // the same number, written otherwise
	again, outcome, err := Report(t.Context(), s, m)
	equal(t, "returned", must(again, err)(t), first)
	equal(t, "outcome", outcome, indicator.Unchanged)

	m.Value = quantity.MustNumber("80")
	appended(t, s, m)
	m.Value = quantity.MustNumber("75.4") // back again: the newest one is another now
	back, outcome, err := Report(t.Context(), s, m)
	equal(t, "revision", must(back, err)(t).Revision, 3)
	equal(t, "outcome", outcome, indicator.Revised)
	equal(t, "how many", len(listed(t, s, in.Code)), 3)
}

func measurementDiffers(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	m := increment(in.Code, "2023-09", "1000")
	m.SourceID, m.Note, m.EvidenceURL = "lz-1", "n", "https://example.org/1"
	appended(t, s, m)
	for i, change := range []func(*indicator.Measurement){
		func(m *indicator.Measurement) { m.SourceID = "lz-2" },
		func(m *indicator.Measurement) { m.Note = "" },
		func(m *indicator.Measurement) { m.EvidenceURL = "https://example.org/2" },
		func(m *indicator.Measurement) { m.Unit = quantity.MustUnit("米") },
		func(m *indicator.Measurement) { m.Value = quantity.MustNumber("1000.1") },
	} {
		change(&m)
		stored, outcome, err := Report(t.Context(), s, m)
		equal(t, "revision", must(stored, err)(t).Revision, i+2)
		equal(t, "outcome", outcome, indicator.Revised)
	}
}

func measurementOrphan(t *testing.T, s *store.Store) {
	stored, outcome, err := Report(t.Context(), s, increment("p-9-9", "2023-09", "1"))
	refused(t, err, fault.UnknownIndicator, "/indicator")
	equal(t, "returned", stored, indicator.Measurement{})
	equal(t, "outcome", outcome, indicator.Outcome(""))
}

func measurementOverlap(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	appended(t, s, increment(in.Code, "2023-08", "1"))
	appended(t, s, increment(in.Code, "2023-08", "2"))
	total := increment(in.Code, "2023-05", "9")
	total.Basis = indicator.Total
	appended(t, s, total)

	for wide, named := range map[string]string{"2023-Q3": "2023-08", "2023-08-31": "2023-08", "2023-Q2": "2023-05"} {
		_, _, err := Report(t.Context(), s, increment(in.Code, wide, "5"))
		refused(t, err, fault.PeriodOverlap, "/period")
		if f := fault.From(err); f != nil && !strings.Contains(f.Detail.EN, named) {
			t.Errorf("%q does not name %s", f.Detail.EN, named)
		}
	}
	within := total
	within.Period = period("2023-08-15")
	_, _, err := Report(t.Context(), s, within)
	refused(t, err, fault.PeriodOverlap, "/period")

	equal(t, "how many", len(listed(t, s, in.Code)), 3)
	appended(t, s, increment(in.Code, "2023-09", "1"))
	appended(t, s, increment(other.Code, "2023-Q3", "1"))
}

func measurementList(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	list := []indicator.Measurement{
		increment(in.Code, "2023-09", "1"), increment(other.Code, "2023-09", "2"), increment(in.Code, "2023-09", "3"),
	}
	overlapping := append(slices.Clone(list), increment(in.Code, "2023-Q3", "4"))
	refused(t, s.AppendMeasurements(t.Context(), overlapping), fault.PeriodOverlap, "/3/period")
	equal(t, "after the refusal", listed(t, s, in.Code), []indicator.Measurement{})

	if err := s.AppendMeasurements(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	equal(t, "how many", len(listed(t, s, in.Code)), 2)
	equal(t, "newest", newest(t, s, in.Code)[0].Value.String(), "3")
	equal(t, "newest of the other", newest(t, s, other.Code)[0].Value.String(), "2")
}

func measurementAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	const n = 60
	atOnce(n, func(i int) {
		m := increment(in.Code, "2023-09", "1")
		m.Value = quantity.FromInt(int64(i))
		if _, _, err := Report(t.Context(), s, m); err != nil {
			t.Error(err)
		}
	})
	all := listed(t, s, in.Code)
	equal(t, "how many", len(all), n)
	for i, m := range all {
		equal(t, "revision", m.Revision, i+1)
		if i > 0 && !m.RecordedAt.After(all[i-1].RecordedAt) {
			t.Errorf("revision %d was recorded at %v, the one before at %v", m.Revision, m.RecordedAt, all[i-1].RecordedAt)
		}
	}
}

func measurementOverlapAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	overlapping := []string{"2023", "2023-H2", "2023-Q3", "2023-08", "2023-08-15"}
	var stored atomic.Int32
	atOnce(len(overlapping), func(i int) {
		_, _, err := Report(t.Context(), s, increment(in.Code, overlapping[i], "1"))
		switch {
		case err == nil:
			stored.Add(1)
		case !fault.Is(err, fault.PeriodOverlap):
			t.Error(err)
		}
	})
	equal(t, "stored", stored.Load(), int32(1))
}

func measurementRepeatedAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	m := increment(in.Code, "2023-09", "1")
	m.SourceID = "lz-1"
	var stored atomic.Int32
	atOnce(16, func(int) {
		_, outcome, err := Report(t.Context(), s, m)
		if err != nil || (outcome != indicator.Stored && outcome != indicator.Unchanged) {
			t.Error(outcome, errors.Unwrap(err))
		}
		if outcome == indicator.Stored {
			stored.Add(1)
		}
	})
	equal(t, "stored", stored.Load(), int32(1))
	equal(t, "how many", len(listed(t, s, in.Code)), 1)
}
