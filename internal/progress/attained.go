package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// attainedOn is the end of the period with which an accruing target was attained
// and from which on it stayed so, and whether that period began after the due
// date. The actual value must attain it now.
func (a *actual) attainedOn(in indicator.Indicator, g goal, p Profile) (on indicator.Date, late bool) {
	if in.Each != "" {
		return a.each[len(a.each)-1].period.End(), false
	}
	if in.Kind == indicator.Increment && a.value != nil && len(a.used) == len(a.fit) && len(a.overlapping) == 0 {
		return a.addedUpOn(in, g, p)
	}
	values := a.history(in, g, p)
	return a.attainedSince(in, func(n int) bool { return values[n-1] != nil && g.attained(values[n-1], p) })
}

// addedUpOn is attainedOn for increments that nothing replaces: what is taken off
// the sum one after another need not be added up anew.
func (a *actual) addedUpOn(in indicator.Indicator, g goal, p Profile) (on indicator.Date, late bool) {
	left, sum := len(a.fit), new(big.Rat).Set(a.value)
	return a.attainedSince(in, func(n int) bool {
		for ; left > n; left-- {
			sum.Sub(sum, a.fit[left-1].exact())
		}
		return g.attained(sum, p)
	})
}

// attainedSince goes back over the reports while the target is attained by the
// first n of them, and returns the end of the period with which that begins, and
// whether it began after the due date.
func (a *actual) attainedSince(in indicator.Indicator, attained func(n int) bool) (on indicator.Date, late bool) {
	last := a.fit[len(a.fit)-1]
	found, ends := last.Period, last.ends
	for n := len(a.fit); n > 0 && attained(n); {
		last := a.fit[n-1]
		found, ends = last.Period, last.ends
		for ; n > 0 && a.fit[n-1].ends == ends; n-- {
			if a.fit[n-1].Period.Start().Before(found.Start()) { // the longest period that ends then
				found = a.fit[n-1].Period
			}
		}
	}
	return ends, found.Start().After(in.DueOn)
}

// history is the actual value after each of the reports, which are by recency.
func (a *actual) history(in indicator.Indicator, g goal, p Profile) []*big.Rat {
	values := make([]*big.Rat, len(a.fit))
	var sum *big.Rat           // of increments, for a kind that adds up
	var reached indicator.Date // end of the latest total
	for i, r := range a.fit {
		switch {
		case in.GrowsByYears():
			part := actual{fit: a.fit[:i+1]}
			part.compound(in, g, p)
			values[i] = part.value
			continue
		case in.Kind != indicator.Increment || r.Basis == indicator.Total:
			sum, reached = r.exact(), r.ends
		case r.Period.Start().After(reached):
			if sum == nil {
				sum = new(big.Rat)
			}
			sum = new(big.Rat).Add(sum, r.exact())
		}
		values[i] = sum
	}
	return values
}
