package loop_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

func date(s string) indicator.Date {
	d, err := indicator.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func period(s string) indicator.Period {
	p, err := indicator.ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

func TestDatesOfACycle(t *testing.T) {
	october := loop.CycleSettings{Every: indicator.Monthly, Due: 5, Locks: 10, Calendar: loop.Calendar{
		Holidays: []string{"2023-10-02", "2023-10-03", "2023-10-04", "2023-10-05", "2023-10-06"}, Workdays: []string{"2023-10-07", "2023-10-08"},
	}}
	for name, c := range map[string]struct {
		settings           loop.CycleSettings
		period, there      string
		opens, due, locked string
	}{
		"weekends":                     {loop.CycleSettings{Every: indicator.Monthly, Due: 5, Locks: 10}, "2023-08", "2023-01-01", "2023-09-01", "2023-09-07", "2023-09-14"},
		"a month that ends on Sunday":  {loop.CycleSettings{Every: indicator.Monthly, Due: 1}, "2023-04", "2023-01-01", "2023-05-01", "2023-05-01", ""},
		"holidays and days in return":  {october, "2023-09", "2023-01-01", "2023-10-01", "2023-10-11", "2023-10-18"},
		"a quarter":                    {loop.CycleSettings{Every: indicator.Quarterly, Due: 3, Locks: 3}, "2023-Q1", "2023-01-01", "2023-04-01", "2023-04-05", "2023-04-05"},
		"a plan that came later":       {loop.CycleSettings{Every: indicator.Monthly, Due: 5, Locks: 10}, "2023-01", "2023-08-31", "2023-02-01", "2023-09-07", "2023-09-14"},
		"a plan that came on the last": {loop.CycleSettings{Every: indicator.Monthly, Due: 5}, "2023-08", "2023-08-31", "2023-09-01", "2023-09-07", ""},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := loop.NewCyclePlan(c.settings)
			if err != nil {
				t.Fatal(err)
			}
			got := plan.Cycle("p", period(c.period), date(c.there), loop.CycleChanges{})
			locks := ""
			if !got.Locks.IsZero() {
				locks = got.Locks.String()
			}
			if got.Opens.String() != c.opens || got.Due.String() != c.due || locks != c.locked {
				t.Errorf("opens %s, due %s, locks %s", got.Opens, got.Due, locks)
			}
		})
	}
}

// TestDaysOfWorkAgreeWithACount holds the nth day of work against counting day after day by a
// plain list.
func TestDaysOfWorkAgreeWithACount(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offset := rapid.IntRange(0, 400)
		start := date("2023-01-01")
		kinds := map[int]string{}
		var c loop.Calendar
		for _, n := range rapid.SliceOfDistinct(offset, func(n int) int { return n }).Draw(rt, "days") {
			kinds[n] = rapid.SampledFrom([]string{"free", "worked"}).Draw(rt, "kind")
			if kinds[n] == "free" {
				c.Holidays = append(c.Holidays, start.AddDays(n).String())
			} else {
				c.Workdays = append(c.Workdays, start.AddDays(n).String())
			}
		}
		ready, err := c.Ready()
		if err != nil {
			rt.Fatal(err)
		}
		from, n := offset.Draw(rt, "from"), rapid.IntRange(1, 30).Draw(rt, "n")
		at := from
		for left := n; left > 0; {
			at++
			weekday := time.Date(2023, 1, 1+at, 0, 0, 0, 0, time.UTC).Weekday()
			isFree := weekday == time.Saturday || weekday == time.Sunday
			if kinds[at] != "" {
				isFree = kinds[at] == "free"
			}
			if !isFree {
				left--
			}
		}
		if got := ready.After(start.AddDays(from), n); got != start.AddDays(at) {
			rt.Fatalf("%s, want %s", got, start.AddDays(at))
		}
	})
}

func TestSettingsOfCyclesThatCannotBeKept(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*loop.CycleSettings)
		field  string
	}{
		"days":                    {func(s *loop.CycleSettings) { s.Every = "day" }, "/cycles/every"},
		"due at once":             {func(s *loop.CycleSettings) { s.Due = 0 }, "/cycles/due_working_days"},
		"locked before it is due": {func(s *loop.CycleSettings) { s.Locks = 4 }, "/cycles/lock_working_days"},
		"a day of none":           {func(s *loop.CycleSettings) { s.Calendar.Holidays = []string{"2023-02-30"} }, "/cycles/calendar/holidays/0"},
		"a day both free and at work": {func(s *loop.CycleSettings) {
			s.Calendar = loop.Calendar{Holidays: []string{"2023-05-01"}, Workdays: []string{"2023-05-01"}}
		}, "/cycles/calendar/workdays/0"},
	} {
		s := loop.DefaultSettings()
		c.change(&s.Cycles)
		if err := s.Validate(); err == nil || fault.From(err).Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatACycleExpects(t *testing.T) {
	plan, err := loop.NewCyclePlan(loop.CycleSettings{Every: indicator.Monthly, Due: 5})
	if err != nil {
		t.Fatal(err)
	}
	in := func(f indicator.Frequency, starts, due string) indicator.Indicator {
		return indicator.Indicator{Frequency: f, StartsOn: date(starts), DueOn: date(due)}
	}
	for name, c := range map[string]struct {
		in     indicator.Indicator
		there  string
		period string
		want   bool
	}{
		"monthly":                     {in(indicator.Monthly, "2023-01-01", "2023-12-31"), "2023-01-01", "2023-05", true},
		"no frequency":                {in("", "2023-01-01", "2023-12-31"), "2023-01-01", "2023-05", true},
		"weekly":                      {in(indicator.Weekly, "2023-01-01", "2023-12-31"), "2023-01-01", "2023-09", true},
		"quarterly, within":           {in(indicator.Quarterly, "2023-01-01", "2023-12-31"), "2023-01-01", "2023-05", false},
		"quarterly, at the end":       {in(indicator.Quarterly, "2023-01-01", "2023-12-31"), "2023-01-01", "2023-06", true},
		"yearly":                      {in(indicator.Yearly, "2023-01-01", "2023-12-31"), "2023-01-01", "2023-12", true},
		"yearly, due in June":         {in(indicator.Yearly, "2023-01-01", "2023-06-30"), "2023-01-01", "2023-06", true},
		"before it begins":            {in(indicator.Monthly, "2023-07-01", "2023-12-31"), "2023-01-01", "2023-06", false},
		"after it is due":             {in(indicator.Monthly, "2023-01-01", "2023-06-15"), "2023-01-01", "2023-07", false},
		"in the month it is due":      {in(indicator.Monthly, "2023-01-01", "2023-06-15"), "2023-01-01", "2023-06", true},
		"there after it was due":      {in(indicator.Monthly, "2023-01-01", "2023-12-31"), "2023-06-08", "2023-05", false},
		"there on the day it was due": {in(indicator.Monthly, "2023-01-01", "2023-12-31"), "2023-06-07", "2023-05", true},
	} {
		cycle := plan.Cycle("p", period(c.period), date("2023-01-01"), loop.CycleChanges{})
		if got := cycle.Expects(c.in, date(c.there)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
