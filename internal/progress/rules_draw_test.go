package progress

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// The draws below make every indicator that the service would take: settled and
// checked, of every kind, course, direction, range, time and frequency.

// unitsOf are units that fit a kind: single and many things, areas and money,
// shares and points.
var unitsOf = map[indicator.Kind][]string{
	indicator.Increment:  {"个", "万人", "百台", "亿元", "亩"},
	indicator.Cumulative: {"个", "万户", "亿株", "公里", "亿元"},
	indicator.Ratio:      {"%", "‰"},
	indicator.Growth:     {"%", "‰", "个百分点"},
}

// singles is how many single things are one of a unit; nothing for what is not
// counted one by one.
var singles = map[string]int64{"个": 1, "百台": 100, "万人": 10000, "万户": 10000, "亿株": 100000000}

// perHead is a figure that does not come whole, in whatever unit.
const perHead = "人均公共图书馆藏书量"

// termDates are the first day, the due date and the last day of plans of one
// year, of five, of parts of years, and with a due date before the plan's end.
var termDates = [][3]string{
	{"2023-01-01", "2023-12-31", "2023-12-31"}, {"2021-01-01", "2025-12-31", "2025-12-31"}, {"2023-03-15", "2023-11-10", "2023-12-31"},
	{"2023-01-01", "2023-06-30", "2023-12-31"}, {"2023-01-01", "2023-08-15", "2024-06-30"}, {"2022-10-01", "2023-02-28", "2023-02-28"},
}

func day(s string) indicator.Date {
	d, err := indicator.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// drawNumber draws a number below or above 0 or 0 itself: whole, with decimals,
// or very long.
func drawNumber(t *rapid.T, label string) quantity.Number {
	switch rapid.IntRange(0, 9).Draw(t, label+" form") {
	case 0:
		return quantity.FromInt(0)
	case 1:
		return quantity.MustNumber(rapid.SampledFrom([]string{
			"0.0000000000000000000000000000000000001", "1234567890123456789012345678901234567.891", "-99999999999999999999.5", "2147483647", "-2147483648", "9223372036854775807",
		}).Draw(t, label+" of many digits"))
	case 2, 3, 4:
		return quantity.FromRat(big.NewRat(rapid.Int64Range(-3000, 3000).Draw(t, label+" in hundredths"), 100), 2)
	default:
		return quantity.FromInt(rapid.Int64Range(-25, 40).Draw(t, label))
	}
}

// drawRuled draws an indicator that stands under the rules: what the service
// refuses is taken back piece by piece.
func drawRuled(t *rapid.T, kinds ...indicator.Kind) indicator.Indicator {
	in := indicator.Indicator{
		Name: rapid.SampledFrom([]string{"指标", "指标", "指标", perHead}).Draw(t, "name"), Binding: indicator.Committed, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
		Frequency: rapid.SampledFrom(indicator.Frequencies).Draw(t, "frequency"),
	}
	dates := rapid.SampledFrom(termDates).Draw(t, "term")
	in.StartsOn, in.DueOn, in.TermEndsOn = day(dates[0]), day(dates[1]), day(dates[2])
	in.Target = indicator.Target{
		Comparator: rapid.SampledFrom(indicator.Comparators).Draw(t, "comparator"),
		Value:      drawNumber(t, "target"), Unit: quantity.MustUnit(rapid.SampledFrom(unitsOf[in.Kind]).Draw(t, "unit")),
	}
	if rapid.IntRange(0, 3).Draw(t, "range") == 0 {
		width := quantity.FromRat(big.NewRat(rapid.Int64Range(1, 2000).Draw(t, "width"), 100), 2)
		high := quantity.Sum(in.Target.Value, width)
		in.Target.Comparator, in.Target.ValueHigh = indicator.Equal, &high
	}
	if rapid.Bool().Draw(t, "has baseline") {
		b := drawNumber(t, "baseline")
		in.Baseline = &b
	}
	if in.Kind == indicator.Growth {
		in.Over = rapid.SampledFrom(indicator.Overs).Draw(t, "over")
	}
	if in.Kind == indicator.Increment && rapid.IntRange(0, 3).Draw(t, "is each") == 0 {
		in.Each = rapid.SampledFrom(indicator.Everies).Draw(t, "each")
	}
	if rapid.IntRange(0, 4).Draw(t, "has curve") == 0 {
		in.Curve = drawCurve(t, in)
	}
	if in.Over == indicator.OverAverage { // of whole years
		in.StartsOn, in.DueOn, in.TermEndsOn, in.Frequency, in.Curve = day("2021-01-01"), day("2025-12-31"), day("2025-12-31"), indicator.Yearly, nil
	}
	in.Direction = rapid.SampledFrom([]indicator.Direction{"", indicator.Increase, indicator.Decrease, indicator.Within}).Draw(t, "direction")
	in.DirectionBy = rapid.SampledFrom([]indicator.Settled{"", indicator.ByPerson, indicator.ByText}).Draw(t, "direction by")
	in.Course = rapid.SampledFrom([]indicator.Course{"", indicator.Accrue, indicator.Hold}).Draw(t, "course")
	in.CourseBy = rapid.SampledFrom([]indicator.Settled{"", indicator.ByPerson, indicator.ByText}).Draw(t, "course by")
	return accepted(t, in)
}

func drawCurve(t *rapid.T, in indicator.Indicator) []indicator.CurvePoint {
	var points []indicator.CurvePoint
	at, percent := -1, int64(0)
	for range rapid.IntRange(1, 3).Draw(t, "points") {
		at += rapid.IntRange(1, 150).Draw(t, "days")
		percent = min(percent+rapid.Int64Range(0, 6000).Draw(t, "hundredths"), 10000)
		if on := in.StartsOn.AddDays(at); !on.After(in.DueOn) {
			points = append(points, indicator.CurvePoint{On: on, Percent: quantity.FromRat(big.NewRat(percent, 100), 2)})
		}
	}
	return points
}

// accepted settles an indicator and takes back what the service refuses.
func accepted(t *rapid.T, in indicator.Indicator) indicator.Indicator {
	takeBack := []func(*indicator.Indicator){
		func(*indicator.Indicator) {},
		func(in *indicator.Indicator) { in.Course, in.CourseBy = "", "" },
		func(in *indicator.Indicator) { in.Baseline = nil },
		func(in *indicator.Indicator) { in.Curve = nil },
		func(in *indicator.Indicator) { in.Each = "" },
		func(in *indicator.Indicator) { in.Direction, in.DirectionBy = "", "" },
	}
	var err error
	for _, without := range takeBack {
		without(&in)
		settled := in
		settled.Settle()
		if err = settled.Check(); err == nil {
			return settled
		}
	}
	t.Fatalf("refused whatever is taken back: %v: %+v", err, in)
	return in
}

// drawProfile draws a profile, for a tolerance and both clocks.
func drawProfile(t *rapid.T) Profile {
	p := DefaultProfile()
	p.PaceBy = rapid.SampledFrom([]PaceBy{ByDays, ByMonths}).Draw(t, "clock")
	p.Tolerance = quantity.MustNumber(rapid.SampledFrom([]string{"0", "0.05", "0.5"}).Draw(t, "tolerance"))
	return p
}

// drawOn draws a day from before the first to after the last of the term.
func drawOn(t *rapid.T, in indicator.Indicator) indicator.Date {
	switch rapid.IntRange(0, 4).Draw(t, "day at") {
	case 0:
		return in.DueOn
	case 1:
		return in.TermEndsOn
	}
	return in.StartsOn.AddDays(rapid.IntRange(-3, in.TermEndsOn.DaysSince(in.StartsOn)+40).Draw(t, "day"))
}

// atCutOff is a report of a total or level as at the cut-off of a day.
func atCutOff(t *rapid.T, in indicator.Indicator, cutOff indicator.Date, value quantity.Number) []indicator.Measurement {
	period := indicator.PeriodOf(indicator.Daily, cutOff)
	if in.Over == indicator.OverAverage {
		period = indicator.PeriodOf(indicator.Yearly, cutOff)
	}
	m := indicator.Measurement{ID: 1, Revision: 1, Period: period, Basis: indicator.Total, Value: value, Unit: in.Target.Unit}
	if err := m.CheckFor(in); err != nil {
		t.Fatalf("%v: %+v", err, m)
	}
	return []indicator.Measurement{m}
}

// better is 1 when x is better than y, as the indicator's direction says; of two
// limits, when x is nearer.
func betterFor(in indicator.Indicator, x, y *big.Rat) int {
	switch in.Direction {
	case indicator.Decrease:
		return y.Cmp(x)
	case indicator.Within:
		return beyond(in, y).Cmp(beyond(in, x))
	}
	return x.Cmp(y)
}

// beyond is how far a value is outside two limits.
func beyond(in indicator.Indicator, x *big.Rat) *big.Rat {
	t := in.SignedTarget()
	low, high := t.Value.Rat(), t.ValueHigh.Rat()
	switch {
	case x.Cmp(low) < 0:
		return low.Sub(low, x)
	case x.Cmp(high) > 0:
		return high.Sub(x, high)
	}
	return new(big.Rat)
}

// TestWhatIsAcceptedIsDrawn holds the draws to what they promise: no kind, course
// or direction is left out.
func TestWhatIsAcceptedIsDrawn(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			in := drawRuled(t, indicator.Kinds...)
			runs := in.Course == indicator.Accrue || len(in.Curve) > 0
			for _, word := range []string{string(in.Kind) + "/" + string(in.Course), string(in.Direction), string(in.Over), string(in.CourseBy)} {
				seen[word]++
			}
			if runs && in.Baseline != nil && in.Target.ValueHigh != nil {
				seen["range from a baseline"]++
			}
			if in.Each != "" {
				seen["each"]++
			}
		}
	})
	for _, word := range []string{
		"increment/accrue", "increment/hold", "cumulative/accrue", "cumulative/hold", "ratio/accrue", "ratio/hold", "growth/accrue", "growth/hold",
		"increase", "decrease", "within", "year", "average", "term", "person", "text", "assumed", "each", "range from a baseline",
	} {
		if seen[word] < 10 {
			t.Errorf("%s is drawn %d times", word, seen[word])
		}
	}
}
