package projection_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/projection"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// piles is an increment of 120 by the end of 2023, reported monthly.
func piles(change ...func(*indicator.Indicator)) indicator.Indicator {
	in := indicator.Indicator{
		Code: "a-1-1", Name: "新增充电桩数", Kind: indicator.Increment, Frequency: indicator.Monthly, Direction: indicator.Increase, DirectionBy: indicator.ByText,
		StartsOn: day("2023-01-01"), DueOn: day("2023-12-31"), TermEndsOn: day("2023-12-31"),
		Target: target("120", "个"),
	}
	for _, c := range change {
		c(&in)
	}
	if in.TermEndsOn.Before(in.DueOn) {
		in.TermEndsOn = in.DueOn
	}
	in.Settle()
	return in
}

func target(value, unit string) indicator.Target {
	return indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit)}
}

func day(s string) indicator.Date {
	d, err := indicator.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// reported reads 2023-01=9, one after the other; = is this period alone, : in total, and ! for none.
func reported(in indicator.Indicator, texts ...string) []indicator.Measurement {
	var ms []indicator.Measurement
	for i, text := range texts {
		m := indicator.Measurement{ID: int64(i + 1), Revision: 1, Basis: indicator.ThisPeriod, Unit: in.Target.Unit}
		period, value, ok := strings.Cut(text, "=")
		if !ok {
			m.Basis = indicator.Total
			period, value, _ = strings.Cut(text, ":")
		}
		var err error
		if m.Period, err = indicator.ParsePeriod(period); err != nil {
			panic(err)
		}
		if value == "!" {
			m.Missing = indicator.NotAvailable
		} else {
			m.Value = quantity.MustNumber(value)
		}
		ms = append(ms, m)
	}
	return ms
}

// days reads one a day.
func days(from, to string) []string {
	var all []string
	for d := day(from); !d.After(day(to)); d = d.AddDays(1) {
		all = append(all, d.String()+"=1")
	}
	return all
}

func of(in indicator.Indicator, on string, texts ...string) projection.Projection {
	return projection.Of(in, reported(in, texts...), day(on), progress.DefaultProfile())
}

func told(p projection.Projection) string {
	if p.Refused != "" {
		return string(p.Refused)
	}
	percent := func(v projection.Value) string {
		if v.Percent == nil {
			return "-"
		}
		return v.Percent.String()
	}
	return fmt.Sprintf("%s %s (%s) %s (%s) %s (%s) %s", p.Method, p.Low.Value, percent(p.Low), p.Expected.Value, percent(p.Expected),
		p.High.Value, percent(p.High), p.AttainedOn)
}

// The figures were worked by hand from the formulas of docs/series.md.
func TestProjectionsByHand(t *testing.T) {
	twoYears := func(in *indicator.Indicator) {
		in.StartsOn, in.Frequency = day("2022-01-01"), indicator.Quarterly
	}
	cases := []struct {
		name    string
		in      indicator.Indicator
		on      string
		reports []string
		want    string
	}{
		// r = 10; s² = (4+0+4)/2 = 4, W = 9: half = √(4 × (9 + 81/3)) × 1.886 = 12 × 1.886 = 22.632; the slope is 2,
		// and Σ(x − 1) over the places 3 to 11 is 54, so that the drift is 108.
		{"a rising run rate", piles(), "2023-03-31", []string{"2023-01=8", "2023-02=10", "2023-03=12"}, "run_rate 97 (80.83) 120 (100.00) 251 (209.17) 2023-12-31"},
		{"a falling one", piles(), "2023-03-31", []string{"2023-01=12", "2023-02=10", "2023-03=8"}, "run_rate 30 (25.00) 120 (100.00) 143 (119.17) 2023-12-31"},
		{"one without chance", piles(), "2023-03-31", []string{"2023-01=8", "2023-02=8", "2023-03=8"}, "run_rate 96 (80.00) 96 (80.00) 96 (80.00) 2024-03-31"},
		{"totals say the same", piles(), "2023-03-31", []string{"2023-01:8", "2023-02:16", "2023-03:24"}, "run_rate 96 (80.00) 96 (80.00) 96 (80.00) 2024-03-31"},
		{"a month that nobody reported yet is still to come", piles(), "2023-05-31", []string{"2023-01=8", "2023-02=8", "2023-03=8"}, "run_rate 96 (80.00) 96 (80.00) 96 (80.00) 2024-03-31"},
		{"what only rises does not fall", piles(), "2023-03-31", []string{"2023-01=30", "2023-02=2", "2023-03=1"}, "run_rate 33 (27.50) 132 (110.00) 319 (265.83) 2023-11-30"},
		{
			"a due date in the middle of a month has half of it", piles(func(in *indicator.Indicator) { in.DueOn = day("2023-06-15") }), "2023-03-31",
			[]string{"2023-01=8", "2023-02=8", "2023-03=8"}, "run_rate 44 (36.67) 44 (36.67) 44 (36.67) ",
		},
		{
			"weeks stay weeks", piles(func(in *indicator.Indicator) { in.StartsOn, in.Frequency = day("2023-01-02"), indicator.Weekly }), "2023-01-22",
			[]string{"2023-W01=2", "2023-W02=2", "2023-W03=2"}, "run_rate 104 (86.67) 104 (86.67) 104 (86.67) 2024-02-25",
		},
		{
			"days are taken by months", piles(func(in *indicator.Indicator) {
				in.Frequency, in.StartsOn, in.DueOn = indicator.Daily, day("2023-02-01"), day("2023-06-30")
			}), "2023-05-10",
			days("2023-02-01", "2023-05-10"), "run_rate 143 (119.17) 148 (123.33) 159 (132.50) 2023-06-30",
		},
		{
			"and is when the target is attained", piles(func(in *indicator.Indicator) { in.DueOn, in.Target = day("2023-06-15"), target("44", "个") }), "2023-03-31",
			[]string{"2023-01=8", "2023-02=8", "2023-03=8"}, "run_rate 44 (100.00) 44 (100.00) 44 (100.00) 2023-06-15",
		},
		{
			"after it the rest of the month comes first", piles(func(in *indicator.Indicator) { in.DueOn, in.Target = day("2023-06-15"), target("48", "个") }), "2023-03-31",
			[]string{"2023-01=8", "2023-02=8", "2023-03=8"}, "run_rate 44 (91.67) 44 (91.67) 44 (91.67) 2023-06-30",
		},
		{
			"a curve of its own: half of it brought 30", piles(func(in *indicator.Indicator) {
				in.Curve = []indicator.CurvePoint{{On: day("2023-01-31"), Percent: quantity.FromInt(10)}, {On: day("2023-02-28"), Percent: quantity.FromInt(20)}, {On: day("2023-03-31"), Percent: quantity.FromInt(50)}}
			}), "2023-03-31", []string{"2023-01=6", "2023-02=6", "2023-03=18"}, "curve 60 (50.00) 60 (50.00) 60 (50.00) ",
		},
		{
			"seasons of the year before, half as much again", piles(twoYears), "2023-09-30",
			[]string{"2022-Q1=2", "2022-Q2=10", "2022-Q3=4", "2022-Q4=40", "2023-Q1=3", "2023-Q2=15", "2023-Q3=6"}, "seasonal 140 (116.67) 140 (116.67) 140 (116.67) 2023-12-31",
		},
		{
			"a stock from its baseline", piles(func(in *indicator.Indicator) {
				base := quantity.FromInt(1000)
				in.Kind, in.Baseline, in.Course, in.Target = indicator.Cumulative, &base, indicator.Accrue, target("1200", "个")
			}), "2023-03-31", []string{"2023-01:1010", "2023-02:1020", "2023-03:1030"}, "run_rate 1120 (60.00) 1120 (60.00) 1120 (60.00) 2024-08-31",
		},
		{
			"a share is not above everything", piles(func(in *indicator.Indicator) {
				in.Kind, in.Course, in.CourseBy, in.Target = indicator.Ratio, indicator.Accrue, indicator.ByPerson, target("100", "%")
			}), "2023-04-30", []string{"2023-01:40", "2023-02:60", "2023-03:75", "2023-04:90"}, "run_rate 90.00 (90.00) 100.00 (100.00) 100.00 (100.00) 2023-05-31",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := told(of(c.in, c.on, c.reports...)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatIsNotProjectedSaysWhy(t *testing.T) {
	three := []string{"2023-01=8", "2023-02=10", "2023-03=12"}
	cases := []struct {
		name    string
		in      indicator.Indicator
		on      string
		reports []string
		want    projection.Refusal
		says    string
	}{
		{"two reports", piles(), "2023-03-31", three[:2], projection.TooFewReports, "there are 2 whole periods"},
		{"none", piles(), "2023-03-31", nil, projection.TooFewReports, "there are 0 whole periods"},
		{"a gap", piles(), "2023-06-30", []string{"2023-01=8", "2023-02=8", "2023-03=8", "2023-05=8", "2023-06=8"}, projection.GapInSeries, "2023-04"},
		{"a figure that is missing", piles(), "2023-05-31", []string{"2023-01=8", "2023-02=8", "2023-03=!", "2023-04=8", "2023-05=8"}, projection.GapInSeries, "2023-03"},
		{"one total for two months", piles(), "2023-04-30", []string{"2023-01:8", "2023-03:24", "2023-04:32"}, projection.GapInSeries, "2023-03"},
		{"attained", piles(), "2023-03-31", []string{"2023-01=8", "2023-02=112", "2023-03=1"}, projection.Attained, "2023-02-28"},
		{"the due date", piles(), "2023-12-31", three, projection.TermOver, "2023-12-31"},
		{"no value yet", piles(func(in *indicator.Indicator) { in.Target.Waits = true }), "2023-03-31", three, projection.TargetWaits, "waits"},
		{"growth", piles(func(in *indicator.Indicator) { in.Kind, in.Target = indicator.Growth, target("8", "%") }), "2023-03-31", nil, projection.IsGrowth, "growth"},
		{"a ceiling", piles(func(in *indicator.Indicator) { in.Target.Comparator = indicator.AtMost }), "2023-03-31", three, projection.Holds, "holds"},
		{"each quarter", piles(func(in *indicator.Indicator) { in.Each = indicator.Quarterly }), "2023-03-31", three, projection.ForEach, "each period"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := of(c.in, c.on, c.reports...)
			if got.Refused != c.want || !strings.Contains(got.Why.EN, c.says) || got.Why.ZH == "" {
				t.Errorf("%q: %+v, want %q and %q", got.Refused, got.Why, c.want, c.says)
			}
			if got.Method != "" || got.Low.Percent != nil || got.Periods != 0 {
				t.Errorf("refused, and yet %+v", got)
			}
		})
	}
}

// TestNeitherOrderNorOldRevisionsMatter holds projections of the same knowledge against each other, and
// the range against what is expected.
func TestNeitherOrderNorOldRevisionsMatter(t *testing.T) {
	p := progress.DefaultProfile()
	for i := range 300 {
		d := draw(3, i)
		known := d.reports[:d.known]
		want := projection.Of(d.in, known, d.on, p)
		if want.Low.Value.Cmp(want.Expected.Value) > 0 || want.Expected.Value.Cmp(want.High.Value) > 0 {
			t.Fatalf("history %d: %s", i, told(want))
		}
		r := rand.New(rand.NewPCG(4, uint64(i)))
		mixed := slices.Clone(known)
		for k := range known {
			if r.IntN(3) == 0 {
				old := known[k]
				old.ID, old.Value = 1000+old.ID, quantity.FromInt(r.Int64N(1000))
				mixed[k].Revision = 2
				mixed = append(mixed, old)
			}
		}
		r.Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
		if diff := cmp.Diff(told(want), told(projection.Of(d.in, mixed, d.on, p))); diff != "" {
			t.Fatalf("history %d: %s", i, diff)
		}
	}
}
