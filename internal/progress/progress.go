// Package progress says how far an indicator is at a date, and why. It is a
// pure function of the indicator, its measurements, the date and a profile:
// nothing is stored, no clock is read, and no float64 is involved.
package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// places is how many decimals percents, paces and gaps are printed with.
const places = 2

// Compute returns the progress of an indicator on a date, from measurements of
// that indicator in any order, superseded revisions included; the profile must
// be valid.
//
// Percent and Pace are rounded half up to two decimals, and Gap is the
// difference of the two as printed, so that a reader who subtracts them finds
// the same (76.02 − 74.79 = 1.23). Attained and Status are judged on exact
// values: 29999 of 30000 prints 100.00 and is not attained.
//
// Status is the first that fits of Attained; Missed, when the due date is past,
// with or without data; NoData, also when the percent is undefined; and the
// profile's class for the exact gap.
//
// A target that waits for its value has neither percent nor attainment and is
// NoData at any date. While it has no unit either, its reports are read in the
// unit of the newest.
func Compute(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return compute(in, ms, on, p, true)
}

// Brief is Compute without the Explanation, which is most of the work.
func Brief(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return compute(in, ms, on, p, false)
}

func compute(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile, explained bool) Result {
	cut := findCutOff(in, on)
	if in.Target.Unit.IsZero() {
		in.Target.Unit = newestUnit(in, ms, cut.day)
	}
	act := findActual(in, ms, cut.day)
	g := newGoal(in)
	pc := findPace(in, g, cut.day, p.PaceBy)

	r := Result{On: on, CutOff: cut.day, Unit: in.Target.Unit, Pace: quantity.FromRat(pc.exact, places)}
	r.ReportMissing = !cut.day.IsZero() && !act.covers(in, cut)
	var percent *big.Rat
	if act.value == nil {
		r.Reason = NoMeasurement
	} else {
		r.Actual = &act.shown
	}
	switch {
	case in.Target.Waits:
		r.Reason = TargetWaits
	case act.value != nil:
		percent, r.Reason = g.percent(act.value)
		r.Attained = g.attained(act.value, p)
	}
	r.Cautions = cautions(in, g, act, percent)
	r.setPercent(percent)

	verdict := p.judge(r, in.DueOn, gap(percent, pc.exact))
	r.Status, r.Label, r.Color = verdict.status, verdict.Label, verdict.Color
	if !explained {
		return r
	}
	r.Explanation = Explanation{
		Rule:         string(g.rule),
		Steps:        explain(in, r, cut, act, g, pc, verdict),
		Measurements: act.ids(),
		Source:       in.Source,
	}
	return r
}

// setPercent prints the exact percent, in full and within 0 to 100, and the
// gap to the pace printed before.
func (r *Result) setPercent(exact *big.Rat) {
	if exact == nil {
		return
	}
	percent := quantity.FromRat(exact, places)
	r.ExactCapped = within(exact, new(big.Rat), hundred())
	capped := quantity.FromRat(r.ExactCapped, places)
	printed := percent.Minus(r.Pace)
	r.Percent, r.PercentCapped, r.Gap = &percent, &capped, &printed
}

// gap is percent − pace, nil without a percent.
func gap(percent, pace *big.Rat) *big.Rat {
	if percent == nil {
		return nil
	}
	return new(big.Rat).Sub(percent, pace)
}

func hundred() *big.Rat { return big.NewRat(100, 1) }

func within(x, low, high *big.Rat) *big.Rat {
	switch {
	case x.Cmp(low) < 0:
		return low
	case x.Cmp(high) > 0:
		return high
	}
	return x
}

// cautions lists what a reader must know about the percent, if there is one.
func cautions(in indicator.Indicator, g goal, act actual, percent *big.Rat) []Caution {
	var all []Caution
	if percent != nil && in.Kind == indicator.Cumulative && g.rule == ruleRatio {
		all = append(all, BaselineMissing)
	}
	if len(act.overlapping) > 0 {
		all = append(all, IncrementOverlapsTotal)
	}
	return all
}
