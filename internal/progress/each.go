package progress

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// metPeriod is one period of a target that holds for each, and how it went.
type metPeriod struct {
	period indicator.Period
	told   *big.Rat // what the reports tell of it, nil for nothing
	value  *big.Rat // that, where the target can be held against it
	part   bool     // the reports tell of a part of the period, which made at least the value
	met    bool
	// What the first report says that there is no figure of a part of the period;
	// empty without such a report.
	missing indicator.Missing
}

// eachUnit is what periods are counted in.
var eachUnit = quantity.MustUnit("期")

// countMet counts the periods of a target for each period (每季度20个) that are
// over by the cut-off and met it.
func (a *actual) countMet(in indicator.Indicator, one goal, p Profile, cutOff indicator.Date) {
	a.used = a.fit
	if one.rule == ruleWaits {
		return
	}
	met, rest := int64(0), a.fit
	for _, each := range in.WholeEach() {
		if each.End().After(cutOff) {
			break
		}
		rest = rest[endingBefore(rest, each.Start()):]
		own := rest[:endingBefore(rest, each.End().AddDays(1))]
		done := metPeriod{period: each}
		done.told, done.part = a.within(in, each, own)
		done.value = done.told
		if i := slices.IndexFunc(a.without, func(r report) bool { return each.Holds(r.Period) }); i >= 0 {
			done.missing = a.without[i].Missing
		}
		if done.part && !one.growsInto(p) {
			done.value = nil
		}
		done.met = done.value != nil && one.attained(done.value, p)
		if done.met {
			met++
		}
		a.each = append(a.each, done)
	}
	a.value = big.NewRat(met, 1)
	a.shown = quantity.FromInt(met)
}

// endingBefore is how many of the reports, which are by recency, end before a day.
func endingBefore(reports []report, day indicator.Date) int {
	n, _ := slices.BinarySearchFunc(reports, day, func(r report, day indicator.Date) int { return r.ends.DaysSince(day) })
	return n
}

// within is what the reports that end in a period say of it: the sum of the
// increments that cover it, else the difference of what was reached at its end
// and before it. Where they tell of a part of the period, it is the most that
// they are sure of, and part is true; it is nil where they tell of nothing.
func (a *actual) within(in indicator.Indicator, p indicator.Period, own []report) (value *big.Rat, part bool) {
	if len(own) == 0 {
		return nil, false
	}
	sum, inside, totals, next := new(big.Rat), false, false, p.Start()
	for _, r := range own {
		switch {
		case r.Basis == indicator.Total:
			totals = true
		case p.Holds(r.Period):
			sum.Add(sum, r.exact())
			inside = true
			if !r.Period.Start().After(next) {
				next = r.Period.End().AddDays(1)
			}
		}
	}
	if next.After(p.End()) {
		return sum, false
	}
	if base, known := a.reached(in, p.Start().AddDays(-1)); known && (totals || inside) {
		at, whole := a.reached(in, endWithin(in, p))
		if at.Sub(at, base); whole || !inside || at.Cmp(sum) > 0 {
			return at, !whole
		}
	}
	if !inside {
		return nil, false
	}
	return sum, true
}

// reached is the sum since the term began up to a day; known reports whether the
// reports cover all of that time.
func (a *actual) reached(in indicator.Indicator, day indicator.Date) (sum *big.Rat, known bool) {
	var part actual
	part.sum(a.fit[:endingBefore(a.fit, day.AddDays(1))])
	sum = new(big.Rat)
	next := in.StartsOn
	for _, r := range part.used {
		sum.Add(sum, r.exact())
		if r.Basis == indicator.Total || !r.Period.Start().After(next) {
			next = r.ends.AddDays(1)
		}
	}
	return sum, next.After(day)
}

// ofPeriods is the target of all periods, each of which must be met.
func ofPeriods(n int) goal {
	return goal{comparator: indicator.AtLeast, target: big.NewRat(int64(n), 1), rule: ruleEach}
}
