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
	*indicator.Measurement
	converted *big.Rat       // nil when Value is exact and in the target's unit
	ends      indicator.Date // last day of the period within the term
}

// exact is the value in the target's unit.
func (r report) exact() *big.Rat {
	if r.converted != nil {
		return r.converted
	}
	return r.Value.Rat()
}

// actual is the current value of an indicator and the reports behind it.
type actual struct {
	value       *big.Rat // in the target's unit, nil without a report
	shown       quantity.Number
	fit         []report  // by recency; all that can count
	used        []report  // by period; they made the value
	overlapping []report  // increments that straddle the end of a total, left out
	leftOut     []omitted // by ID; reports that cannot count at all
	without     []report  // by recency; reports that could count and say that there is no figure

	growth *compounded // how a growth over several years came about, else nil
	each   []metPeriod // of a target for each period, those that are over
}

// omitted is a report that cannot count, and why.
type omitted struct {
	*indicator.Measurement
	why fault.Text
}

// findActual returns the current value from the reports of periods that end by
// the cut-off; a zero cut-off lets none in. Of each period and basis only the
// newest revision is looked at, so a correction counts, whichever way it goes.
//
// An increment indicator (新增) is the latest total, if any, plus every
// increment of a period that begins after it; an increment that straddles the
// end of the total can be neither added nor taken as contained, and is left
// out. Growth over several years compounds, see compound; a target for each
// period counts those that met it, see countMet. Everything else stands at the
// report of the latest period.
//
// A report that there is no figure is never a value: what it replaces counts no
// more, and the value is made of the others as if nothing had been reported.
//
// An indicator may be changed after its reports came in. Reports of periods
// before the term, increments of a kind that is reported as a level, and units
// that cannot be converted are then left out, and the working says so.
func findActual(in indicator.Indicator, g goal, p Profile, ms []indicator.Measurement, cutOff indicator.Date) actual {
	var act actual
	reports := act.fitting(in, newest(in, ms, cutOff))
	act.fit = reports
	switch {
	case len(reports) == 0:
	case in.Each != "":
		act.countMet(in, g, p, cutOff)
	case in.Kind == indicator.Increment:
		act.sum(reports)
		act.total(in.Target.Unit)
	case in.GrowsByYears():
		act.compound(in, g, p)
	default:
		act.used = reports[len(reports)-1:]
		act.total(in.Target.Unit)
	}
	return act
}

// newestUnit is the unit of the figure that says most about the present, none
// without a figure. Which unit that is decides which reports count together.
func newestUnit(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) quantity.Unit {
	latest := slices.DeleteFunc(newest(in, ms, cutOff), func(r report) bool { return !r.IsFigure() })
	if len(latest) == 0 {
		return quantity.Unit{}
	}
	return slices.MaxFunc(latest, byRecency).Unit
}

// newest keeps the newest revision of each period and basis up to the cut-off.
func newest(in indicator.Indicator, ms []indicator.Measurement, cutOff indicator.Date) []report {
	latest, last := make([]report, 0, len(ms)), lastDay(in)
	for i := range ms {
		m := &ms[i]
		ends := m.Period.End()
		if ends.After(last) {
			ends = last
		}
		if ends.After(cutOff) || m.Period.Start().After(cutOff) {
			continue
		}
		latest = append(latest, report{Measurement: m, ends: ends})
	}
	slices.SortFunc(latest, byKey)
	return slices.CompactFunc(latest, func(x, y report) bool { return x.Period == y.Period && x.Basis == y.Basis })
}

// byKey puts revisions of the same period and basis together, the newest first.
func byKey(x, y report) int {
	if days := x.Period.Start().DaysSince(y.Period.Start()); days != 0 { // as a rule
		return days
	}
	return cmp.Or(
		x.Period.End().DaysSince(y.Period.End()),
		cmp.Compare(x.Basis, y.Basis),
		cmp.Compare(y.Revision, x.Revision),
		cmp.Compare(y.ID, x.ID),
	)
}

// fitting returns the figures that can count, in the target's unit and by
// recency; the other reports are set aside.
func (a *actual) fitting(in indicator.Indicator, latest []report) []report {
	reports := latest[:0]
	for _, r := range latest {
		var err error
		if r.IsFigure() && (r.Unit != in.Target.Unit || r.Share != nil) {
			r.converted, err = quantity.Convert(r.Exact(), r.Unit, in.Target.Unit)
		}
		switch {
		case r.Period.End().Before(in.StartsOn):
			a.leave(r, "该报告期在起始日期 %s 之前", "the period is over before the first day, %s", in.StartsOn)
		case r.Basis == indicator.ThisPeriod && in.Kind != indicator.Increment && !(in.GrowsByYears() && r.Period.Frequency() == indicator.Yearly):
			a.leave(r, "本期数不是期末水平", "an increment is no level at the end of a period")
		case !r.IsFigure():
			a.without = append(a.without, r)
		case err != nil:
			a.leave(r, "计量单位不能换算为“%s”", "the unit cannot be converted to %s", in.Target.Unit)
		case in.GrowsByYears() && !in.Target.Unit.IsPoints() && !r.AboveNothing():
			a.leave(r, "增速不高于 −100%%", "a rate of growth is above −100%%")
		default:
			reports = append(reports, r)
		}
	}
	if !slices.IsSortedFunc(reports, byRecency) {
		slices.SortFunc(reports, byRecency)
	}
	slices.SortFunc(a.without, byRecency)
	slices.SortFunc(a.leftOut, func(x, y omitted) int { return cmp.Compare(x.ID, y.ID) })
	return reports
}

func (a *actual) leave(r report, zh, en string, args ...any) {
	a.leftOut = append(a.leftOut, omitted{r.Measurement, fault.Say(zh, en, args...)})
}

// byRecency puts the report that says more about the present last: the later
// end of period, then the finer period, then a total before an increment.
func byRecency(x, y report) int {
	if days := x.ends.DaysSince(y.ends); days != 0 { // as a rule
		return days
	}
	return cmp.Or(
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
	if !slices.ContainsFunc(reports, func(r report) bool { return r.Basis == indicator.Total }) {
		a.used = slices.Clip(reports)
		return
	}
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
}

// total makes the value of the reports used. It is shown as it was written when
// one report in the target's own unit made it, else as decimal makes it.
func (a *actual) total(unit quantity.Unit) {
	if len(a.used) == 1 && a.used[0].Unit == unit {
		a.shown, a.value = a.used[0].Value, a.used[0].exact()
		return
	}
	values := make([]quantity.Number, 0, len(a.used))
	for _, r := range a.used {
		if r.converted == nil {
			values = append(values, r.Value)
		}
	}
	if len(values) == len(a.used) {
		a.shown = quantity.Sum(values...)
		a.value = a.shown.Rat()
		return
	}
	a.value = new(big.Rat)
	for _, r := range a.used {
		a.value.Add(a.value, r.exact())
	}
	a.shown, _ = decimal(a.value)
}

// decimal writes a value with all its digits when they end, however many. One
// whose digits do not end (1亩 in 平方米) is rounded half up to six places, or to
// as many as show six digits of it when it is small, so that it never looks
// like 0. It reports whether the writing is exact.
func decimal(r *big.Rat) (quantity.Number, bool) {
	if r.IsInt() {
		return quantity.FromRat(r, 0), true
	}
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

// covers reports whether the figures used, and the reports that there is none, reach
// over the whole of the period that the cut-off falls in, up to the cut-off and
// within the term.
func (a actual) covers(in indicator.Indicator, cut cutOff) bool {
	first := cut.period.Start()
	if first.Before(in.StartsOn) {
		first = in.StartsOn
	}
	figures := a.used
	if a.growth != nil && a.growth.missing != 0 { // no figure is used, for one is lacking before others
		figures = a.fit
	}
	return uncovered(a.reported(figures), first).After(cut.day)
}
