package progress

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// The model below walks over the days of a target for each period: it finds the
// periods that lie wholly within the term, and what the reports say of each.

// modelPeriods are the first and last days of the periods that lie wholly within
// the term.
func modelPeriods(in indicator.Indicator) [][2]indicator.Date {
	var all [][2]indicator.Date
	begun := indicator.Date{}
	if endsPeriod(civil(in.StartsOn).AddDate(0, 0, -1), in.Each) {
		begun = in.StartsOn
	}
	for d := in.StartsOn; !d.After(in.DueOn); d = d.AddDays(1) {
		if !endsPeriod(civil(d), in.Each) {
			continue
		}
		if !begun.IsZero() {
			all = append(all, [2]indicator.Date{begun, d})
		}
		begun = d.AddDays(1)
	}
	return all
}

// known is how much there was by the end of a day since the term began, and
// whether the reports tell of all of it: of every day since the term began, or
// since a total.
func known(in indicator.Indicator, ms []indicator.Measurement, until indicator.Date) (sum *big.Rat, told bool) {
	sum = new(big.Rat)
	next := in.StartsOn        // day of which nothing is told yet
	var covered indicator.Date // by a total
	for d := in.StartsOn; !d.After(until); d = d.AddDays(1) {
		for _, m := range ms {
			if m.Basis == indicator.Total && m.Period.End() == d {
				sum, next, covered = new(big.Rat).Set(m.Value.Rat()), d.AddDays(1), d
			}
		}
		for _, m := range ms {
			if m.Basis == indicator.ThisPeriod && m.Period.End() == d && m.Period.Start().After(covered) {
				sum.Add(sum, m.Value.Rat())
				if m.Period.Start() == next || m.Period.Start().Before(in.StartsOn) {
					next = d.AddDays(1)
				}
			}
		}
	}
	return sum, next.After(until)
}

// modelValue is what the reports say of a period, nil where they do not tell: the
// increments that cover it all, else the difference of what was reached by its
// end and before it. Where more is better, a part of it counts: the greater of
// the increments there are and of what was reached since the period began.
func modelValue(in indicator.Indicator, ms []indicator.Measurement, first, last indicator.Date) *big.Rat {
	total, inside, sum, covered := false, false, new(big.Rat), 0
	for _, m := range ms {
		if m.Period.End().Before(first) || m.Period.End().After(last) {
			continue
		}
		switch {
		case m.Basis == indicator.Total:
			total = true
		case !m.Period.Start().Before(first):
			inside = true
			sum.Add(sum, m.Value.Rat())
			covered += m.Period.End().DaysSince(m.Period.Start()) + 1
		}
	}
	if covered == last.DaysSince(first)+1 {
		return sum
	}
	before, told := known(in, ms, first.AddDays(-1))
	after, also := known(in, ms, last)
	since := after.Sub(after, before)
	growing := in.Direction != indicator.Decrease
	switch {
	case told && also && (total || inside):
		return since
	case !growing || !inside && !(told && total):
		return nil
	case !inside, told && since.Cmp(sum) > 0:
		return since
	}
	return sum
}

// drawEach draws a target for each period of a term of one year or so.
func drawEach(t *rapid.T) indicator.Indicator {
	first := day("2023-01-01").AddDays(rapid.IntRange(0, 3).Draw(t, "first") * rapid.IntRange(0, 40).Draw(t, "days"))
	due := day("2023-12-31").AddDays(-rapid.IntRange(0, 3).Draw(t, "due") * rapid.IntRange(0, 30).Draw(t, "days before"))
	in := indicator.Indicator{
		Name: "巡查次数", Binding: indicator.Committed, Kind: indicator.Increment, StartsOn: first, DueOn: due, TermEndsOn: day("2023-12-31"),
		Each: rapid.SampledFrom(indicator.Everies[:4]).Draw(t, "each"), Frequency: rapid.SampledFrom(indicator.Frequencies).Draw(t, "frequency"),
		Target: indicator.Target{
			Comparator: rapid.SampledFrom(indicator.Comparators[:5]).Draw(t, "comparator"), Value: quantity.FromInt(rapid.Int64Range(0, 12).Draw(t, "target")), Unit: quantity.MustUnit("个"),
		},
	}
	if longer(in.Frequency, in.Each) || in.Frequency == indicator.Weekly { // a week may lie in two of its periods
		in.Frequency = in.Each
	}
	in.Settle()
	if len(modelPeriods(in)) == 0 {
		in.Each, in.Frequency = indicator.Monthly, indicator.Monthly
		in.Settle()
	}
	return in
}

func longer(a, b indicator.Frequency) bool {
	return slices.Index(indicator.Frequencies, a) > slices.Index(indicator.Frequencies, b)
}

// drawEachReports draws reports of the target's periods or finer ones, as the
// service takes them: increments, totals or both, with some left out.
func drawEachReports(t *rapid.T, in indicator.Indicator) []indicator.Measurement {
	var finer []indicator.Frequency
	for _, f := range []indicator.Frequency{indicator.Weekly, indicator.Monthly, indicator.Quarterly, indicator.HalfYearly} {
		if !longer(f, in.Each) {
			finer = append(finer, f)
		}
	}
	lost := rapid.SampledFrom([]int{0, 1, 3}).Draw(t, "of ten lost")
	totals := rapid.SampledFrom([]int{0, 3, 10}).Draw(t, "of ten in total")
	var ms []indicator.Measurement
	for period := indicator.PeriodOf(in.Each, in.StartsOn); !period.Start().After(in.TermEndsOn); period = period.Next() {
		freq := rapid.SampledFrom(finer).Draw(t, "reported by")
		for p := indicator.PeriodOf(freq, period.Start()); !p.Start().After(period.End()); p = p.Next() {
			if rapid.IntRange(0, 9).Draw(t, "lost") < lost {
				continue
			}
			m := indicator.Measurement{
				ID: int64(len(ms) + 1), Revision: 1, Period: p, Basis: indicator.ThisPeriod, Unit: in.Target.Unit,
				Value: quantity.FromInt(rapid.Int64Range(0, 12).Draw(t, "value")),
			}
			if rapid.IntRange(0, 9).Draw(t, "in total") < totals {
				m.Basis, m.Value = indicator.Total, quantity.FromInt(rapid.Int64Range(0, 90).Draw(t, "total"))
			}
			if m.CheckFor(in) == nil && indicator.CheckOverlap(ms, m) == nil {
				ms = append(ms, m)
			}
		}
	}
	return ms
}

func TestEachPeriodAgreesWithTheModel(t *testing.T) {
	met, unknown := 0, 0
	for range 6 {
		rapid.Check(t, func(t *rapid.T) {
			in := drawEach(t)
			if err := in.Check(); err != nil {
				t.Fatalf("%v: %+v", err, in)
			}
			ms, on := drawEachReports(t, in), drawOn(t, in)
			cut, any := modelCutOff(in, on, false)
			if in.Target.Comparator == indicator.AtMost || in.Target.Comparator == indicator.LessThan || in.Direction == indicator.Decrease {
				cut, any = modelCutOff(in, on, true)
			}
			var over, good int64
			var counts []indicator.Measurement
			for _, m := range ms {
				if any && !civil(m.Period.End()).After(cut) {
					counts = append(counts, m)
				}
			}
			periods := modelPeriods(in)
			for _, p := range periods {
				if !any || civil(p[1]).After(cut) {
					break
				}
				over++
				value := modelValue(in, counts, p[0], p[1])
				if value == nil {
					unknown++
				} else if order := value.Cmp(in.Target.Value.Rat()); in.Target.Comparator != indicator.Equal && meets(in.Target.Comparator, order) ||
					in.Target.Comparator == indicator.Equal && (order >= 0) != (in.Direction == indicator.Decrease && order != 0) {
					good++
				}
			}
			met += int(good)
			r := Compute(in, ms, on, DefaultProfile())
			compareEach(t, r, ms, counts, cut, good, over, int64(len(periods)))
		})
	}
	if met < 200 || unknown < 20 {
		t.Errorf("only %d periods met their target, %d were unknown", met, unknown)
	}
}

func compareEach(t *rapid.T, r Result, ms, counts []indicator.Measurement, cut time.Time, good, over, all int64) {
	pace := big.NewRat(100*over, all)
	if r.Pace.String() != rounded(pace) || r.Unit.String() != "期" {
		t.Fatalf("pace %s, unit %s; %d of %d periods are over on %s", r.Pace, r.Unit, over, all, cut.Format(time.DateOnly))
	}
	if len(counts) == 0 {
		if r.Actual != nil || r.Percent != nil {
			t.Fatalf("A is %v without a report", r.Actual)
		}
		return
	}
	if r.Actual == nil || r.Actual.Rat().Cmp(big.NewRat(good, 1)) != 0 || r.Percent.String() != rounded(big.NewRat(100*good, all)) {
		t.Fatalf("A %v, percent %v; the model says %d of %d up to %s\n%v\n%s", r.Actual, r.Percent, good, all, cut.Format(time.DateOnly), told(ms), steps(r))
	}
	if r.AmountDue.Rat().Cmp(big.NewRat(over, 1)) != 0 || r.Attained != (good == all) {
		t.Fatalf("due %s, attained %v; %d are over, %d of %d met", r.AmountDue, r.Attained, over, good, all)
	}
}

// told is what a failure shows of reports.
func told(ms []indicator.Measurement) []string {
	all := make([]string, len(ms))
	for i, m := range ms {
		all[i] = m.Period.String() + " " + string(m.Basis) + " " + m.Value.String() + m.Unit.String()
	}
	return all
}
