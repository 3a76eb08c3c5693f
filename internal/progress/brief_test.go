package progress

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// exactly compares results to the last digit as written.
var exactly = cmp.Options{
	cmp.Comparer(func(a, b *big.Rat) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 }),
	cmp.Comparer(func(a, b quantity.Number) bool { return a == b }),
	cmp.Comparer(func(a, b indicator.Date) bool { return a == b }),
}

// drawJudged draws what a result is made of, out of all that the other draws make.
func drawJudged(t *rapid.T) (in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) {
	switch rapid.IntRange(0, 4).Draw(t, "drawn as") {
	case 0:
		in, ms, on = anyCase(t)
		return in, ms, on, drawProfile(t)
	case 1:
		var sent indicator.Measurement
		in, ms, sent = drawDoubtful(t)
		ms = append(ms, sent)
	case 2:
		in = drawEach(t)
		ms = drawEachReports(t, in)
	case 3:
		in = drawReached(t)
		ms = drawMixed(t, in)
	default:
		in = drawRuled(t, indicator.Kinds...)
		on = drawOn(t, in)
		ms = drawWithout(t, in, on, indicator.Frequencies...)
	}
	if on.IsZero() {
		on = drawOn(t, in)
	}
	if rapid.IntRange(0, 9).Draw(t, "waits") == 0 {
		in.Target.Waits, in.Target.Reference = true, "全省平均水平"
	}
	return in, ms, on, drawProfile(t)
}

// In brief, a result says the same as with its working, and without its cautions too.
func TestABriefResultLacksOnlyTheWorking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			in, ms, on, p := drawJudged(t)
			whole := Compute(in, ms, on, p)
			whole.Explanation = Explanation{}
			if diff := cmp.Diff(whole, Brief(in, ms, on, p), exactly); diff != "" {
				t.Fatalf("in brief: %s", diff)
			}
			whole.Cautions, whole.CautionDetails = nil, nil
			if diff := cmp.Diff(whole, Figures(in, ms, on, p), exactly); diff != "" {
				t.Fatalf("without cautions: %s", diff)
			}
		}
	})
}

// What a result is said to be good for, it is: on each day until then the same is computed.
func TestAResultIsTheSameUntilTheDayItIsGoodFor(t *testing.T) {
	const most = 35 // days looked at from either end
	seen := map[string]int{}
	check := func(t *rapid.T) {
		in, ms, on, p := drawJudged(t)
		if rapid.Bool().Draw(t, "near the due date") {
			on = in.DueOn.AddDays(rapid.IntRange(-20, 5).Draw(t, "days from it"))
		}
		r := Figures(in, ms, on, p)
		if r.GoodUntil.Before(on) {
			t.Fatalf("on %s it is good until %s", on, r.GoodUntil)
		}
		until := r.GoodUntil
		if last := on.AddDays(400); until.After(last) {
			until = last
			seen["long"]++
		} else if next := Figures(in, ms, until.AddDays(1), p); next.CutOff != r.CutOff || next.Status != r.Status {
			seen["changes then"]++
		}
		for at := on; !at.After(until); at = at.AddDays(1) {
			if at.DaysSince(on) > most && until.DaysSince(at) > most {
				continue
			}
			then := Figures(in, ms, at, p)
			then.On, then.DaysLeft, then.DaysLate = r.On, r.DaysLeft, r.DaysLate
			if !cmp.Equal(r, then, exactly) {
				t.Fatalf("of %s, good until %s, on %s: %s", on, r.GoodUntil, at, cmp.Diff(r, then, exactly))
			}
		}
		whole, last := Brief(in, ms, on, p), Brief(in, ms, until, p)
		last.On, last.DaysLeft, last.DaysLate = whole.On, whole.DaysLeft, whole.DaysLate
		if diff := cmp.Diff(whole, last, exactly); diff != "" {
			t.Fatalf("of %s, good until %s: %s", on, r.GoodUntil, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 8 {
			check(t)
		}
	})
	if seen["long"] < 30 || seen["changes then"] < 100 {
		t.Errorf("hardly looked at: %v", seen)
	}
}

func TestHowLongAResultIsGood(t *testing.T) {
	september := reported(9, "2023-09", indicator.Total, "130", "个")
	done := reported(9, "2023-09", indicator.Total, "300", "个")
	for _, c := range []struct {
		name, on, until string
		change          func(*indicator.Indicator)
		ms              []indicator.Measurement
	}{
		{name: "a month is over", on: "2023-09-30", until: "2023-10-30", ms: []indicator.Measurement{september}},
		{name: "in the middle of a month", on: "2023-10-08", until: "2023-10-30", ms: []indicator.Measurement{september}},
		{name: "the last day of the old cut-off", on: "2023-10-30", until: "2023-10-30"},
		{name: "before the term", on: "2022-11-05", until: "2023-01-30"},
		{name: "the due date, of what is not attained", on: "2023-12-31", until: "2023-12-31", ms: []indicator.Measurement{september}},
		{name: "the due date, of what is attained", on: "2023-12-31", until: "2999-12-31", ms: []indicator.Measurement{done}},
		{name: "past the term", on: "2024-01-01", until: "2999-12-31"},
		{name: "a year is one period", on: "2023-02-01", until: "2023-12-30", change: func(in *indicator.Indicator) { in.Frequency = indicator.Yearly }},
		{name: "due within a month", on: "2023-06-01", until: "2023-06-14", change: func(in *indicator.Indicator) { in.DueOn = day("2023-06-15") }},
		{name: "due within a month, and missed", on: "2023-06-16", until: "2023-06-29", change: func(in *indicator.Indicator) { in.DueOn = day("2023-06-15") }},
		{name: "due before the plan's end", on: "2023-12-31", until: "2999-12-31", change: func(in *indicator.Indicator) { in.DueOn = day("2023-06-15") }},
		{name: "weeks", on: "2023-09-14", until: "2023-09-16", change: func(in *indicator.Indicator) { in.Frequency = indicator.Weekly }},
		{name: "days", on: "2023-09-14", until: "2023-09-14", change: func(in *indicator.Indicator) { in.Frequency = indicator.Daily }},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := chargers()
			if c.change != nil {
				c.change(&in)
			}
			if got := Figures(in, c.ms, day(c.on), DefaultProfile()).GoodUntil; got != day(c.until) {
				t.Errorf("good until %s, not %s", got, c.until)
			}
		})
	}
}

// No result is judged again for nothing: it is good at least to the end of the period in hand,
// or up to its due date.
func TestAResultIsGoodForThePeriodInHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, ms, on, p := drawJudged(t)
		hand := indicator.PeriodOf(in.Frequency, on)
		least := endWithin(in, hand).AddDays(-1)
		if on.Before(in.DueOn) && in.DueOn.AddDays(-1).Before(least) {
			least = in.DueOn.AddDays(-1)
		}
		if on == in.DueOn { // the day after which it is missed
			return
		}
		if r := Figures(in, ms, on, p); r.GoodUntil.Before(least) {
			t.Fatalf("on %s good until %s only, not %s", on, r.GoodUntil, least)
		}
	})
}
