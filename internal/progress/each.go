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
	value  *big.Rat // nil when the reports do not tell it
	met    bool
}

// eachUnit is what periods are counted in.
var eachUnit = quantity.MustUnit("期")

// countMet counts the periods of a target for each period (每季度20个) that are
// over by the cut-off and met it.
func (a *actual) countMet(in indicator.Indicator, one goal, p Profile, cutOff indicator.Date) {
	a.used = a.fit
	met, rest := int64(0), a.fit
	for _, each := range in.WholeEach() {
		if each.End().After(cutOff) {
			break
		}
		rest = rest[endingBefore(rest, each.Start()):]
		own := rest[:endingBefore(rest, each.End().AddDays(1))]
		done := metPeriod{period: each, value: a.within(in, each, own)}
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

// within is what the reports that end in a period say of it: the sum of its
// increments or, where one is a total, the difference of the totals at its end
// and before it. It is nil without a report, and where the total before it is
// not known.
func (a *actual) within(in indicator.Indicator, p indicator.Period, own []report) *big.Rat {
	sum, total := new(big.Rat), false
	for _, r := range own {
		total = total || r.Basis == indicator.Total
		if r.Basis == indicator.ThisPeriod && p.Holds(r.Period) {
			sum.Add(sum, r.exact())
		}
	}
	switch {
	case len(own) == 0:
		return nil
	case !total:
		return sum
	}
	before := p.Start().AddDays(-1)
	base, known := a.reached(before)
	if !known && p.Start().After(in.StartsOn) {
		return nil
	}
	at, _ := a.reached(p.End())
	return at.Sub(at, base)
}

// reached is the sum since the term began up to a day; known reports whether a
// report ends on that very day.
func (a *actual) reached(day indicator.Date) (sum *big.Rat, known bool) {
	var part actual
	until := a.fit[:endingBefore(a.fit, day.AddDays(1))]
	known = len(until) > 0 && until[len(until)-1].ends == day
	part.sum(until)
	sum = new(big.Rat)
	for _, r := range part.used {
		sum.Add(sum, r.exact())
	}
	return sum, known
}

// ofPeriods is the target of all periods, each of which must be met.
func ofPeriods(n int) goal {
	return goal{comparator: indicator.AtLeast, target: big.NewRat(int64(n), 1), rule: ruleEach}
}
