package progress

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// report is a measurement with its value in the target's unit.
type report struct {
	indicator.Measurement
	value *big.Rat
}

// actual is the current value of an indicator and the reports behind it.
type actual struct {
	value         *big.Rat                // in the target's unit, nil without a report
	used          []report                // by period; they made the value
	overlapping   []report                // increments that straddle the end of a total, left out
	inconvertible []indicator.Measurement // in a unit of another dimension, left out
}

// findActual returns the current value from the reports of periods that end by
// the cut-off; a zero cut-off lets none in. Of each period and basis only the
// newest revision is looked at, so a correction counts, whichever way it goes.
//
// An increment indicator (新增) is the latest total, if any, plus every
// increment of a period that begins after it; an increment that straddles the
// end of the total can be neither added nor taken as contained, and is left
// out. Every other kind stands at the report of the latest period.
func findActual(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) actual {
	var act actual
	reports := act.convert(newest(ms, cutOff), in.Target.Unit)
	if len(reports) == 0 {
		return act
	}
	if in.Kind == indicator.Increment {
		act.sum(reports)
		return act
	}
	act.used = []report{slices.MaxFunc(reports, byRecency)}
	act.value = act.used[0].value
	return act
}

// newest keeps the newest revision of each period and basis up to the cut-off.
func newest(ms []indicator.Measurement, cutOff indicator.Date) []indicator.Measurement {
	type key struct {
		period string
		basis  indicator.Basis
	}
	latest := make(map[key]indicator.Measurement, len(ms))
	for _, m := range ms {
		if m.Period.End().After(cutOff) {
			continue
		}
		k := key{m.Period.String(), m.Basis}
		old, found := latest[k]
		if !found || cmp.Or(cmp.Compare(m.Revision, old.Revision), cmp.Compare(m.ID, old.ID)) > 0 {
			latest[k] = m
		}
	}
	all := make([]indicator.Measurement, 0, len(latest))
	for _, m := range latest {
		all = append(all, m)
	}
	return all
}

// convert returns the reports in a unit, by recency; those that cannot be
// converted are set aside.
func (a *actual) convert(ms []indicator.Measurement, unit quantity.Unit) []report {
	reports := make([]report, 0, len(ms))
	for _, m := range ms {
		value, err := quantity.Convert(m.Value.Rat(), m.Unit, unit)
		if err != nil {
			a.inconvertible = append(a.inconvertible, m)
			continue
		}
		reports = append(reports, report{m, value})
	}
	slices.SortFunc(reports, byRecency)
	slices.SortFunc(a.inconvertible, func(x, y indicator.Measurement) int { return cmp.Compare(x.ID, y.ID) })
	return reports
}

// byRecency puts the report that says more about the present last: the later
// end of period, then the finer period, then a total before an increment.
func byRecency(x, y report) int {
	return cmp.Or(
		x.Period.End().DaysSince(y.Period.End()),
		x.Period.Start().DaysSince(y.Period.Start()),
		cmp.Compare(rank(x.Basis), rank(y.Basis)),
	)
}

func rank(b indicator.Basis) int {
	if b == indicator.Total {
		return 1
	}
	return 0
}

// sum adds increments to the latest total; reports are by recency.
func (a *actual) sum(reports []report) {
	var reached indicator.Date // end of the latest total
	for _, r := range slices.Backward(reports) {
		if r.Basis == indicator.Total {
			a.used = append(a.used, r)
			reached = r.Period.End()
			break
		}
	}
	for _, r := range reports {
		switch {
		case r.Basis == indicator.Total || !r.Period.End().After(reached):
		case r.Period.Start().After(reached):
			a.used = append(a.used, r)
		default:
			a.overlapping = append(a.overlapping, r)
		}
	}
	a.value = new(big.Rat)
	for _, r := range a.used {
		a.value.Add(a.value, r.value)
	}
}

// number is the value as it is shown: as it was written when one report in the
// target's own unit made it, else as decimal makes it.
func (a actual) number() quantity.Number {
	if len(a.used) == 1 && a.used[0].value.Cmp(a.used[0].Value.Rat()) == 0 {
		return a.used[0].Value
	}
	n, _ := decimal(a.value)
	return n
}

// decimal writes a value with all its digits when they end, and rounded half
// up to six places when they do not (1亩 in 平方米); it reports whether the
// writing is exact.
func decimal(r *big.Rat) (quantity.Number, bool) {
	const most, rounded = 20, 6
	if digits, exact := r.FloatPrec(); exact && digits <= most {
		return quantity.FromRat(r, digits), true
	}
	return quantity.FromRat(r, rounded), false
}

func (a actual) ids() []int64 {
	ids := make([]int64, len(a.used))
	for i, r := range a.used {
		ids[i] = r.ID
	}
	return ids
}

// covers reports whether the reports used reach over the whole of the period
// that ends at the cut-off. A total or a level speaks for everything before its
// end; increments may cover the period together, as three months do a quarter.
func (a actual) covers(cut cutOff) bool {
	next, end := cut.period.Start(), cut.period.End()
	if cut.period.IsZero() {
		next, end = cut.day, cut.day
	}
	for _, r := range a.used {
		speaksFrom := r.Period.Start()
		if r.Basis == indicator.Total {
			speaksFrom = next
		}
		if !speaksFrom.After(next) && !r.Period.End().Before(next) {
			next = r.Period.End().AddDays(1)
		}
	}
	return next.After(end)
}
