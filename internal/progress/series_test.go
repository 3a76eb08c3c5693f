package progress

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func dayOf(s string) indicator.Date {
	if s == "" {
		return indicator.Date{}
	}
	d, err := indicator.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestPeriodsOfASeries(t *testing.T) {
	cases := []struct{ name, starts, due, term, step, from, to, on, want string }{
		{"the whole term", "2023-01-01", "2023-04-30", "", "month", "", "", "2023-12-31", "2023-01 2023-02 2023-03 2023-04"},
		{"up to the day", "2023-01-01", "2023-12-31", "", "month", "", "", "2023-02-28", "2023-01 2023-02"},
		{"not one that nothing counts of yet", "2023-01-01", "2023-12-31", "", "month", "", "", "2023-03-30", "2023-01 2023-02"},
		{"one of which a part counts", "2023-01-01", "2023-12-31", "", "quarter", "", "", "2023-05-15", "2023-Q1 2023-Q2"},
		{"and not before it does", "2023-01-01", "2023-12-31", "", "quarter", "", "", "2023-04-29", "2023-Q1"},
		{"a first day in the middle", "2023-03-15", "2023-05-31", "", "month", "", "", "2023-12-31", "2023-03 2023-04 2023-05"},
		{"a last day in the middle", "2023-01-01", "2023-02-15", "", "month", "", "", "2023-02-15", "2023-01 2023-02"},
		{"a due date in the middle of a longer plan", "2023-01-01", "2023-02-15", "2023-03-31", "month", "", "", "2023-02-15", "2023-01 2023-02"},
		{"from a day and to a day", "2023-01-01", "2023-12-31", "", "month", "2023-02-28", "2023-04-01", "2023-12-31", "2023-02 2023-03 2023-04"},
		{"outside the term", "2023-01-01", "2023-12-31", "", "month", "2024-01-01", "", "2024-12-31", ""},
		{"before the term", "2023-01-01", "2023-12-31", "", "month", "", "", "2022-12-31", ""},
		{"weeks", "2023-01-02", "2023-12-31", "", "week", "2023-12-20", "", "2024-01-31", "2023-W51 2023-W52"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := chargers()
			in.StartsOn, in.DueOn, in.TermEndsOn = dayOf(c.starts), dayOf(c.due), dayOf(c.due)
			if c.term != "" {
				in.TermEndsOn = dayOf(c.term)
			}
			var got []string
			for _, p := range Periods(in, indicator.Frequency(c.step), dayOf(c.from), dayOf(c.to), dayOf(c.on)) {
				got = append(got, p.String())
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s, want %s", s, c.want)
			}
		})
	}
}

// TestAmountsAddUp draws sums reported in every way and holds the amounts of all steps against
// what was drawn.
func TestAmountsAddUp(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		var ms []indicator.Measurement
		drawn := map[string]int64{} // by month, quarter and year
		total := int64(0)
		for month := 1; month <= 12; month++ {
			name := fmt.Sprintf("2023-%02d", month)
			v := r.Int64N(50)
			total += v
			drawn[name], drawn["2023"] = v, total
			drawn[fmt.Sprintf("2023-Q%d", (month+2)/3)] += v
			m := reported(int64(month), name, indicator.ThisPeriod, fmt.Sprint(v), "个")
			if r.IntN(2) == 0 {
				m = reported(int64(month), name, indicator.Total, fmt.Sprint(total), "个")
			}
			ms = append(ms, m)
		}
		r.Shuffle(len(ms), func(a, b int) { ms[a], ms[b] = ms[b], ms[a] })
		in := chargers()
		s := NewSeries(in, ms, yearEnd, DefaultProfile())
		for _, step := range []indicator.Frequency{indicator.Monthly, indicator.Quarterly, indicator.Yearly} {
			for _, p := range Periods(in, step, indicator.Date{}, indicator.Date{}, yearEnd) {
				got := s.Of(p)
				if got.Amount == nil || got.Amount.RatString() != fmt.Sprint(drawn[p.String()]) {
					t.Fatalf("seed %d: %s comes to %v, want %d", seed, p, got.Amount, drawn[p.String()])
				}
			}
		}
	}
}

// TestAmountsThatAreNone has the periods that have no amount, or nothing to be compared with.
func TestAmountsThatAreNone(t *testing.T) {
	changed := func(change func(*indicator.Indicator)) indicator.Indicator {
		in := chargers()
		change(&in)
		in.TermEndsOn = in.DueOn
		return in
	}
	stock := changed(func(in *indicator.Indicator) { in.Kind = indicator.Cumulative })
	growth := changed(func(in *indicator.Indicator) {
		in.Kind, in.Over, in.Frequency, in.StartsOn, in.Target.Unit = indicator.Growth, indicator.OverTerm, indicator.Yearly, dayOf("2021-01-01"), quantity.MustUnit("%")
	})
	begun := changed(func(in *indicator.Indicator) { in.StartsOn, in.DueOn = dayOf("2022-03-15"), dayOf("2023-06-15") })
	cases := []struct {
		name       string
		in         indicator.Indicator
		on, period string
		ms         []indicator.Measurement
		want       string
	}{
		{"the level of a part", stock, "2023-05-31", "2023-Q2", []indicator.Measurement{reported(1, "2023-05", indicator.Total, "5", "个")}, "none"},
		{"the latest level", stock, "2023-06-30", "2023-Q2", []indicator.Measurement{reported(1, "2023-05", indicator.Total, "5", "个")}, "5"},
		{"another basis", growth, "2023-12-31", "2022", []indicator.Measurement{
			reported(1, "2021", indicator.Total, "4", "%"), reported(2, "2022", indicator.ThisPeriod, "3", "%"),
		}, "3"},
		{"the same", growth, "2023-12-31", "2022", []indicator.Measurement{
			reported(1, "2021", indicator.ThisPeriod, "4", "%"), reported(2, "2022", indicator.ThisPeriod, "3", "%"),
		}, "3 after 4"},
		{"a month that was half in the term", begun, "2023-03-31", "2023-03", []indicator.Measurement{
			reported(1, "2022-03", indicator.ThisPeriod, "4", "个"), reported(2, "2023-03", indicator.ThisPeriod, "3", "个"),
		}, "3"},
		{"the month that the term ends in", begun, "2023-06-15", "2023-06", []indicator.Measurement{
			reported(1, "2023-05", indicator.Total, "14", "个"), reported(2, "2023-06", indicator.Total, "20", "个"),
		}, "6"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := NewSeries(c.in, c.ms, dayOf(c.on), DefaultProfile())
			period, err := indicator.ParsePeriod(c.period)
			if err != nil {
				t.Fatal(err)
			}
			p, got := s.Of(period), "none"
			if p.Amount != nil {
				got = p.Amount.RatString()
			}
			if before, ok := s.YearBefore(p); ok {
				got += " after " + before.Amount.RatString()
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestLastPeriodIsTheProgressOfTheDay holds series of drawn indicators against Compute.
func TestLastPeriodIsTheProgressOfTheDay(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 6))
		in := chargers()
		in.Kind = []indicator.Kind{indicator.Increment, indicator.Cumulative}[r.IntN(2)]
		in.Course = []indicator.Course{indicator.Accrue, indicator.Hold}[r.IntN(2)]
		in.DueOn = indicator.DateOf(2023, 6, 1+r.IntN(200))
		var ms []indicator.Measurement
		for month := 1; month <= 12; month++ {
			if r.IntN(3) > 0 {
				ms = append(ms, reported(int64(month), fmt.Sprintf("2023-%02d", month), indicator.Total, fmt.Sprint(20*month), "个"))
			}
		}
		on := indicator.DateOf(2023, 1, 20+r.IntN(400))
		s := NewSeries(in, ms, on, DefaultProfile())
		periods := Periods(in, indicator.Monthly, indicator.Date{}, indicator.Date{}, on)
		if len(periods) == 0 {
			continue
		}
		last := s.Of(periods[len(periods)-1])
		got, want := s.Judge(last), Brief(in, ms, on, DefaultProfile())
		if got.CutOff != want.CutOff {
			t.Fatalf("seed %d: the last period ends with %s, the progress of %s with %s", seed, got.CutOff, on, want.CutOff)
		}
		if diff := cmp.Diff(printed(want), printed(got)); diff != "" {
			t.Fatalf("seed %d on %s: %s", seed, on, diff)
		}
	}
}

// printed are the figures of a result.
func printed(r Result) []string {
	all := []string{r.Pace.String()}
	for _, n := range []*quantity.Number{r.Actual, r.Percent, r.Gap, r.AmountDue, r.DueGap} {
		if n == nil {
			all = append(all, "none")
			continue
		}
		all = append(all, n.String())
	}
	return all
}
