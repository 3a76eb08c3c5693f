package progress

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// report is a measurement with its value in the target's unit.
type report struct {
	indicator.Measurement
	value *big.Rat
	ends  indicator.Date // last day of the period within the term
}

// actual is the current value of an indicator and the reports behind it.
type actual struct {
	value       *big.Rat  // in the target's unit, nil without a report
	used        []report  // by period; they made the value
	overlapping []report  // increments that straddle the end of a total, left out
	leftOut     []omitted // by ID; reports that cannot count at all
}

// omitted is a report that cannot count, and why.
type omitted struct {
	indicator.Measurement
	why fault.Text
}

// findActual returns the current value from the reports of periods that end by
// the cut-off; a zero cut-off lets none in. Of each period and basis only the
// newest revision is looked at, so a correction counts, whichever way it goes.
//
// An increment indicator (新增) is the latest total, if any, plus every
// increment of a period that begins after it; an increment that straddles the
// end of the total can be neither added nor taken as contained, and is left
// out. Every other kind stands at the report of the latest period.
//
// An indicator may be changed after its reports came in. Reports of periods
// before the term, increments of a kind that is reported as a level, and units
// that cannot be converted are then left out, and the working says so.
func findActual(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) actual {
	var act actual
	reports := act.fitting(in, newest(in, ms, cutOff))
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

// newestUnit is the unit of the report that says most about the present, none
// without a report. Which unit that is decides which reports count together.
func newestUnit(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) quantity.Unit {
	var latest report
	for _, m := range newest(in, ms, cutOff) {
		if r := (report{Measurement: m, ends: endWithin(in, m.Period)}); latest.Unit.IsZero() || byRecency(r, latest) > 0 {
			latest = r
		}
	}
	return latest.Unit
}

// newest keeps the newest revision of each period and basis up to the cut-off.
func newest(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) []indicator.Measurement {
	type key struct {
		period string
		basis  indicator.Basis
	}
	latest := make(map[key]indicator.Measurement, len(ms))
	for _, m := range ms {
		if endWithin(in, m.Period).After(cutOff) || m.Period.Start().After(cutOff) {
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

// fitting returns the reports that can count, in the target's unit and by
// recency; the others are set aside.
func (a *actual) fitting(in indicator.Indicator, ms []indicator.Measurement) []report {
	reports := make([]report, 0, len(ms))
	for _, m := range ms {
		value, err := quantity.Convert(m.Value.Rat(), m.Unit, in.Target.Unit)
		switch {
		case m.Period.End().Before(in.StartsOn):
			a.leave(m, "该报告期在起始日期 %s 之前", "the period is over before the first day, %s", in.StartsOn)
		case in.Kind != indicator.Increment && m.Basis == indicator.ThisPeriod:
			a.leave(m, "本期数不是期末水平", "an increment is no level at the end of a period")
		case err != nil:
			a.leave(m, "计量单位不能换算为“%s”", "the unit cannot be converted to %s", in.Target.Unit)
		default:
			reports = append(reports, report{m, value, endWithin(in, m.Period)})
		}
	}
	slices.SortFunc(reports, byRecency)
	slices.SortFunc(a.leftOut, func(x, y omitted) int { return cmp.Compare(x.ID, y.ID) })
	return reports
}

func (a *actual) leave(m indicator.Measurement, zh, en string, args ...any) {
	a.leftOut = append(a.leftOut, omitted{m, fault.Say(zh, en, args...)})
}

// byRecency puts the report that says more about the present last: the later
// end of period, then the finer period, then a total before an increment.
func byRecency(x, y report) int {
	return cmp.Or(
		x.ends.DaysSince(y.ends),
		x.Period.Start().DaysSince(y.Period.Start()),
		y.Period.End().DaysSince(x.Period.End()),
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
			reached = r.ends
			break
		}
	}
	for _, r := range reports {
		switch {
		case r.Basis == indicator.Total || !r.ends.After(reached):
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

// decimal writes a value with all its digits when they end, however many. One
// whose digits do not end (1亩 in 平方米) is rounded half up to six places, or to
// as many as show six digits of it when it is small, so that it never looks
// like 0. It reports whether the writing is exact.
func decimal(r *big.Rat) (quantity.Number, bool) {
	if digits, exact := r.FloatPrec(); exact {
		return quantity.FromRat(r, digits), true
	}
	places := 6
	tenth := big.NewRat(1, 10)
	for x := new(big.Rat).Abs(r); x.Cmp(tenth) < 0; x.Quo(x, tenth) {
		places++
	}
	return quantity.FromRat(r, places), false
}

func (a actual) ids() []int64 {
	ids := make([]int64, len(a.used))
	for i, r := range a.used {
		ids[i] = r.ID
	}
	return ids
}

// covers reports whether the reports used reach over the whole of the period
// that the cut-off falls in, up to the cut-off and within the term. A total or a
// level speaks for everything before its end; increments may cover the period
// together, as three months do a quarter.
func (a actual) covers(in indicator.Indicator, cut cutOff) bool {
	next := cut.period.Start()
	if next.Before(in.StartsOn) {
		next = in.StartsOn
	}
	for _, r := range a.used {
		speaksFrom := r.Period.Start()
		if r.Basis == indicator.Total {
			speaksFrom = next
		}
		if !speaksFrom.After(next) && !r.ends.Before(next) {
			next = r.ends.AddDays(1)
		}
	}
	return next.After(cut.day)
}
