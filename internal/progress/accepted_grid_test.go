package progress

import (
	"fmt"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// settings walks over every combination of kind, comparator or range, time,
// direction, course, what settled them, target, baseline and curve that the
// service takes, whether or not it is what Settle makes of it.
func settings(visit func(indicator.Indicator)) {
	for _, in := range settingKinds() {
		in.Name, in.Binding, in.Frequency, in.DefaultBasis = "指标", indicator.Committed, indicator.Monthly, indicator.Total
		in.StartsOn, in.DueOn, in.TermEndsOn = day("2022-01-01"), day("2023-06-15"), day("2023-12-31")
		if in.Kind == indicator.Growth { // of whole years
			in.DueOn, in.Frequency = in.TermEndsOn, indicator.Yearly
		}
		for _, value := range []int64{-4, 0, 4} {
			for n := range len(indicator.Comparators) + 1 {
				in.Target.Value, in.Target.ValueHigh, in.Target.Comparator = quantity.FromInt(value), nil, indicator.Equal
				if n < len(indicator.Comparators) {
					in.Target.Comparator = indicator.Comparators[n]
				} else {
					in.Target.ValueHigh = bound(fmt.Sprint(value + 4))
				}
				for _, b := range []string{"", "-8", "-4", "0", "2", "4", "9"} {
					if in.Baseline = nil; b != "" {
						in.Baseline = bound(b)
					}
					words(in, visit)
				}
			}
		}
	}
}

// settingKinds are the kinds, with what only some of them have.
func settingKinds() []indicator.Indicator {
	unit := func(kind indicator.Kind) indicator.Target {
		return indicator.Target{Unit: quantity.MustUnit(unitsOf[kind][0])}
	}
	all := []indicator.Indicator{
		{Kind: indicator.Increment, Target: unit(indicator.Increment)}, {Kind: indicator.Increment, Each: indicator.Quarterly, Target: unit(indicator.Increment)},
		{Kind: indicator.Cumulative, Target: unit(indicator.Cumulative)}, {Kind: indicator.Ratio, Target: unit(indicator.Ratio)},
	}
	for _, over := range indicator.Overs {
		all = append(all, indicator.Indicator{Kind: indicator.Growth, Over: over, Target: unit(indicator.Growth)})
	}
	return all
}

func words(in indicator.Indicator, visit func(indicator.Indicator)) {
	for _, in.Direction = range indicator.Directions {
		for _, in.DirectionBy = range []indicator.Settled{indicator.ByPerson, indicator.ByComparator, indicator.Assumed} {
			for _, in.Course = range indicator.Courses {
				for _, in.CourseBy = range []indicator.Settled{indicator.ByPerson, indicator.ByText} {
					in.Curve = nil
					visit(in)
					in.Curve = []indicator.CurvePoint{{On: day("2022-12-31"), Percent: quantity.FromInt(40)}}
					visit(in)
				}
			}
		}
	}
}

// What the service takes is computed, whatever was reported: no combination
// panics or lacks a verdict.
func TestWhatIsAcceptedIsComputed(t *testing.T) {
	reports := map[indicator.Kind][]indicator.Measurement{}
	for _, kind := range indicator.Kinds {
		unit := unitsOf[kind][0]
		reports[kind] = []indicator.Measurement{
			reported(1, "2022", indicator.ThisPeriod, "-3", unit), reported(2, "2022", indicator.Total, "3", unit),
			reported(3, "2023-05", indicator.ThisPeriod, "0", unit), reported(4, "2023-06", indicator.Total, "-250", unit), reported(5, "2023", indicator.ThisPeriod, "5", unit),
		}
		if kind == indicator.Growth { // everything is gone, and more
			reports[kind][3] = reported(4, "2023", indicator.Total, "-250", unit)
		}
	}
	taken := 0
	settings(func(in indicator.Indicator) {
		if in.Check() != nil {
			return
		}
		taken++
		ms := reports[in.Kind][taken%3:]
		on := []indicator.Date{day("2021-12-31"), day("2022-12-31"), day("2023-06-15"), day("2024-01-01")}[taken%4]
		defer func() {
			if why := recover(); why != nil {
				t.Fatalf("%+v on %s: %v", in, on, why)
			}
		}()
		checkBonds(t, in, on, Compute(in, ms, on, DefaultProfile()))
	})
	if taken < 18000 {
		t.Errorf("only %d settings are taken", taken)
	}
}

// checkBonds holds the figures of a result to each other.
func checkBonds(t *testing.T, in indicator.Indicator, on indicator.Date, r Result) {
	t.Helper()
	var wrong string
	switch {
	case r.Status == "" || r.Label.ZH == "" || len(r.Explanation.Steps) < 3:
		wrong = "no verdict"
	case (r.Percent == nil) != (r.Reason != ""):
		wrong = "a percent and a reason, or neither"
	case r.Attained != (r.Status == Attained):
		wrong = "attained is not the status"
	case r.Late && (!r.Attained || r.DaysLate <= 0), r.AttainedOn.IsZero() == (r.Attained && r.AmountDue != nil):
		wrong = "late or attained on without being attained"
	case r.Percent == nil && r.DueGap != nil, r.AmountDue == nil && r.Shortfall != nil:
		wrong = "a gap without a percent, or a shortfall of nothing due"
	case r.DaysLeft != in.DueOn.DaysSince(on), r.Status == Missed && r.DaysLate != on.DaysSince(in.DueOn):
		wrong = "days"
	case len(r.Cautions) != len(r.CautionDetails):
		wrong = "cautions"
	}
	if wrong != "" {
		t.Fatalf("%s: %+v on %s: %+v", wrong, in, on, r)
	}
}
