package progress

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// drawReached draws an accruing indicator whose target is within the reach of its
// reports, and due before the end of its plan.
func drawReached(t *rapid.T) indicator.Indicator {
	kind := rapid.SampledFrom(indicator.Kinds).Draw(t, "kind")
	in := indicator.Indicator{
		Name: "达到的日期", Binding: indicator.Committed, Kind: kind, Course: indicator.Accrue, CourseBy: indicator.ByText,
		Frequency: rapid.SampledFrom(indicator.Frequencies).Draw(t, "frequency"),
		StartsOn:  day("2023-01-01"), TermEndsOn: day("2023-12-20"),
		DueOn: day("2023-03-01").AddDays(rapid.IntRange(0, 290).Draw(t, "due")),
		Target: indicator.Target{
			Comparator: rapid.SampledFrom([]indicator.Comparator{indicator.AtLeast, indicator.MoreThan, indicator.Equal, indicator.About}).Draw(t, "comparator"),
			Value:      quantity.FromInt(rapid.Int64Range(1, 12).Draw(t, "target")), Unit: quantity.MustUnit(unitsOf[kind][0]),
		},
	}
	if kind == indicator.Growth {
		in.Over = indicator.OverTerm
		in.StartsOn, in.DueOn, in.TermEndsOn = day("2019-01-01"), day("2022-01-01").AddDays(rapid.IntRange(0, 364).Draw(t, "due in its year")), day("2024-12-31")
	}
	if kind == indicator.Cumulative && rapid.Bool().Draw(t, "falls") {
		b := quantity.FromInt(13)
		in.Baseline, in.Target.Comparator = &b, indicator.AtMost
	}
	if in.Target.Comparator == indicator.Equal && rapid.IntRange(0, 3).Draw(t, "range") == 0 {
		high := quantity.Sum(in.Target.Value, quantity.FromInt(3))
		in.Target.ValueHigh, in.Direction, in.DirectionBy = &high, indicator.Increase, indicator.ByPerson
	}
	return accepted(t, in)
}

// drawMixed draws reports of mixed periods and bases that the service takes, or
// took before it refused what overlaps.
func drawMixed(t *rapid.T, in indicator.Indicator) []indicator.Measurement {
	var ms []indicator.Measurement
	overlap := in.Kind == indicator.Increment && rapid.Bool().Draw(t, "overlaps")
	for range rapid.IntRange(0, 14).Draw(t, "reports") {
		freq := rapid.SampledFrom(indicator.Frequencies).Draw(t, "period of")
		if in.Kind == indicator.Growth {
			freq = indicator.Yearly
		}
		on := in.StartsOn.AddDays(rapid.IntRange(0, in.TermEndsOn.DaysSince(in.StartsOn)).Draw(t, "reported day"))
		m := indicator.Measurement{
			ID: int64(len(ms) + 1), Revision: len(ms) + 1, Period: indicator.PeriodOf(freq, on), Basis: indicator.Total,
			Value: quantity.FromInt(rapid.Int64Range(0, 14).Draw(t, "value")), Unit: in.Target.Unit,
		}
		if (in.Kind == indicator.Increment || in.Kind == indicator.Growth) && rapid.Bool().Draw(t, "this period alone") {
			m.Basis, m.Value = indicator.ThisPeriod, quantity.FromInt(rapid.Int64Range(-2, 5).Draw(t, "increment"))
		}
		if m.CheckFor(in) == nil && (overlap || indicator.CheckOverlap(ms, m) == nil) {
			ms = append(ms, m)
		}
	}
	return ms
}

// modelAttainedOn judges anew at the end of every report's period, by days so
// that none is passed over, and takes the first from which on every judgement
// says attained; late when the longest period that ends then began after the
// due date.
func modelAttainedOn(in indicator.Indicator, ms []indicator.Measurement, cut indicator.Date, p Profile) (on indicator.Date, late bool) {
	in.Frequency = indicator.Daily
	begins := map[indicator.Date]indicator.Date{}
	for _, m := range ms {
		end := m.Period.End()
		if end.After(in.TermEndsOn) {
			end = in.TermEndsOn
		}
		if first, seen := begins[end]; !end.After(cut) && (!seen || m.Period.Start().Before(first)) {
			begins[end] = m.Period.Start()
		}
	}
	ends := make([]indicator.Date, 0, len(begins))
	for end := range begins {
		ends = append(ends, end)
	}
	slices.SortFunc(ends, func(a, b indicator.Date) int { return b.DaysSince(a) })
	for _, end := range ends {
		if !Compute(in, ms, end, p).Attained {
			break
		}
		on = end
	}
	return on, begins[on].After(in.DueOn)
}

func TestAttainedOnAgreesWithJudgingAnew(t *testing.T) {
	attained, lates := 0, 0
	for range 40 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawReached(t), DefaultProfile()
			p.Tolerance = quantity.MustNumber("0.1")
			ms, on := drawMixed(t, in), drawOn(t, in)
			r := Compute(in, ms, on, p)
			if newGoal(in).holds || !r.Attained {
				if !r.AttainedOn.IsZero() || r.Late || r.DaysLate != 0 && r.Status != Missed {
					t.Fatalf("not attained, and attained on %s, late %v by %d days", r.AttainedOn, r.Late, r.DaysLate)
				}
				return
			}
			attained++
			want, late := modelAttainedOn(in, ms, r.CutOff, p)
			if r.AttainedOn != want || r.Late != late {
				t.Fatalf("%s: attained on %s, late %v; the model says %s, %v: %v", written(newJudgement(in, ms, on, p)), r.AttainedOn, r.Late, want, late, told(ms))
			}
			days := 0
			if late {
				lates++
				days = want.DaysSince(in.DueOn)
			}
			if r.DaysLate != days || r.Status != Attained || late != (r.Label == p.AttainedLate.Label) {
				t.Fatalf("late %v by %d days, %s %s", late, r.DaysLate, r.Status, r.Label.EN)
			}
		})
	}
	if attained < 100 || lates < 20 {
		t.Errorf("only %d were attained, %d of them late", attained, lates)
	}
}
