package progress

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// drawWithout draws reports that an indicator could have, half of them of the weeks
// before a day, some without a figure and some provisional, in one or more revisions.
func drawWithout(t *rapid.T, in indicator.Indicator, on indicator.Date, frequencies ...indicator.Frequency) []indicator.Measurement {
	var ms []indicator.Measurement
	for range rapid.IntRange(0, 20).Draw(t, "reports") {
		day := in.StartsOn.AddDays(rapid.IntRange(-20, in.TermEndsOn.DaysSince(in.StartsOn)+20).Draw(t, "day"))
		if rapid.Bool().Draw(t, "lately") {
			day = on.AddDays(-rapid.IntRange(0, 40).Draw(t, "days before"))
		}
		m := indicator.Measurement{
			ID: int64(len(ms) + 1), Period: indicator.PeriodOf(rapid.SampledFrom(frequencies).Draw(t, "frequency"), day),
			Basis: rapid.SampledFrom(indicator.Bases).Draw(t, "basis"), Revision: 1, Value: drawNumber(t, "value"), Unit: in.Target.Unit,
			Provisional: rapid.IntRange(0, 3).Draw(t, "provisional") == 0,
		}
		for _, other := range ms {
			if other.Period == m.Period && other.Basis == m.Basis {
				m.Revision = max(m.Revision, other.Revision+1)
			}
		}
		if rapid.IntRange(0, 2).Draw(t, "figure") == 0 {
			m.Missing = rapid.SampledFrom(indicator.Missings).Draw(t, "missing")
			m.Value, m.Unit, m.Provisional, m.Note = quantity.Number{}, quantity.Unit{}, false, "x"
		}
		ms = append(ms, m)
	}
	return ms
}

// standing are the newest revisions.
func standing(ms []indicator.Measurement) []indicator.Measurement {
	return slices.DeleteFunc(slices.Clone(ms), func(m indicator.Measurement) bool {
		return slices.ContainsFunc(ms, func(n indicator.Measurement) bool {
			return n.Period == m.Period && n.Basis == m.Basis && n.Revision > m.Revision
		})
	})
}

// Whatever is reported to have no figure: every figure, the attainment and the status
// are those of the figures that stand, as if nothing else had been reported.
func TestAReportWithoutAFigureIsNeverAValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawRuled(t, indicator.Kinds...)
		on := in.StartsOn.AddDays(rapid.IntRange(-5, in.TermEndsOn.DaysSince(in.StartsOn)+40).Draw(t, "on"))
		ms := drawWithout(t, in, on, indicator.Frequencies...)
		figures := slices.DeleteFunc(standing(ms), func(m indicator.Measurement) bool { return !m.IsFigure() })
		got, want := Compute(in, ms, on, DefaultProfile()), Compute(in, figures, on, DefaultProfile())
		if got.Reason == NoFigure { // which says of no report but these that it was made
			got.Reason = NoMeasurement
		}
		alone := cmpopts.IgnoreFields(Result{}, "ReportMissing", "Cautions", "CautionDetails", "Explanation.Steps")
		if diff := cmp.Diff(want, got, alone, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
			t.Fatalf("(-figures alone +all):\n%s\n%+v", diff, ms)
		}
		about := func(r Result) []Caution {
			return slices.DeleteFunc(slices.Clone(r.Cautions), func(c Caution) bool { return c == FigureMissing || c == GapInSeries })
		}
		if !slices.Equal(about(got), about(want)) {
			t.Fatalf("cautions %v, of the figures alone %v", got.Cautions, want.Cautions)
		}
	})
}

// A report counts as reported, whether it has a figure or says that there is none.
func TestAReportWithoutAFigureCountsAsReported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawRuled(t, indicator.Increment, indicator.Cumulative, indicator.Ratio)
		if in.Each == "" {
			in.Frequency = indicator.Monthly
		}
		on := in.StartsOn.AddDays(rapid.IntRange(-5, in.TermEndsOn.DaysSince(in.StartsOn)+40).Draw(t, "on"))
		ms := drawWithout(t, in, on, indicator.Monthly) // of one length, so that a figure in its place would overlap none
		filled := slices.Clone(ms)
		for i := range filled {
			if m := &filled[i]; !m.IsFigure() {
				m.Missing, m.Value, m.Unit = "", quantity.FromInt(1), in.Target.Unit
			}
		}
		got, want := Brief(in, ms, on, DefaultProfile()), Brief(in, filled, on, DefaultProfile())
		if got.ReportMissing != want.ReportMissing {
			t.Fatalf("report missing %v, with figures %v: %+v", got.ReportMissing, want.ReportMissing, ms)
		}
		if gap := slices.Contains(got.Cautions, GapInSeries); gap != slices.Contains(want.Cautions, GapInSeries) {
			t.Fatalf("cautions %v, with figures %v: %+v", got.Cautions, want.Cautions, ms)
		}
	})
}

// A sum lacks the months that are not available and not in a later total; what rests on
// a provisional figure says so. The model looks at each month.
func TestWhatASumLacksAndRestsOnAgreesWithTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawIndicator(t, indicator.Increment)
		in.Settle()
		on := drawDay(t)
		ms := drawWithout(t, in, on, indicator.Monthly)
		var lacks, provisional, any bool
		total := 0
		at := map[int]map[indicator.Basis]indicator.Measurement{}
		for _, m := range standing(ms) {
			month := int(m.Period.Start().Month())
			if m.Period.Start().Year() != 2023 || m.Period.End().After(on) {
				continue
			}
			if at[month] == nil {
				at[month] = map[indicator.Basis]indicator.Measurement{}
			}
			at[month][m.Basis] = m
			if m.IsFigure() {
				any = true
				if m.Basis == indicator.Total {
					total = max(total, month)
				}
			}
		}
		for month, by := range at {
			increment, hasIncrement := by[indicator.ThisPeriod]
			counted := hasIncrement && increment.IsFigure()
			for _, m := range by {
				lacks = lacks || m.Missing == indicator.NotAvailable && month > total && !counted
			}
			provisional = provisional || counted && increment.Provisional && month > total || month == total && by[indicator.Total].Provisional
		}
		r := Compute(in, ms, on, DefaultProfile())
		if slices.Contains(r.Cautions, FigureMissing) != lacks || r.Provisional != (any && provisional) {
			t.Fatalf("on %s: cautions %v, provisional %v; the model: %v, %v\n%+v", on, r.Cautions, r.Provisional, lacks, provisional, ms)
		}
	})
}

// A profile refuses no report for saying that there is no figure, but for the period
// that it leaves out.
func TestRefusalOfAReportWithoutAFigure(t *testing.T) {
	in := chargers()
	in.Settle()
	p := DefaultProfile()
	p.Refused = AboutReports
	report := func(period string) error {
		m := reported(2, period, indicator.ThisPeriod, "1", "个")
		m.Missing, m.Value, m.Unit = indicator.NotAvailable, quantity.Number{}, quantity.Unit{}
		return Refusal(in, []indicator.Measurement{reported(1, "2023-01", indicator.ThisPeriod, "5", "个")}, m, p)
	}
	if err := report("2023-02"); err != nil {
		t.Errorf("the next month: %v", err)
	}
	if err := report("2023-03"); !fault.Is(err, fault.Implausible) || fault.From(err).Field != "/period" {
		t.Errorf("the month after: %v", err)
	}
}
