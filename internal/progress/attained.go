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
	values := a.history(in, g, p)
	found := a.fit[len(a.fit)-1].Period
	ends := a.fit[len(a.fit)-1].ends
	for n := len(a.fit); n > 0; {
		value, last := values[n-1], a.fit[n-1]
		if value == nil || !g.attained(value, p) {
			break
		}
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
