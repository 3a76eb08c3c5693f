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
// with or without data; NoData; NotComputable, when there are reports and no
// percent; and the profile's class for the exact gap to what is due. A target
// that holds is attained only at the due date's cut-off, and of the class for a
// gap of 0 or better while it is kept.
//
// A target that waits for its value has neither percent nor attainment, and is
// never Missed. While it has no unit either, its reports are read in the unit of
// the newest.
//
// A report that says that there is no figure counts as reported, for ReportMissing
// and for gaps in the series, and never as a value: figures, Attained and Status are
// those of the other reports.
//
// An indicator whose course is not settled yet is settled first.
func Compute(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return compute(in, ms, on, p, explained)
}

// Brief is Compute without the Explanation, which is most of the work.
func Brief(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return compute(in, ms, on, p, cautioned)
}

// Figures is Brief without the cautions, for those who judge many dates.
func Figures(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return compute(in, ms, on, p, figures)
}

// detail is how much of a result is made, each with what is before it.
type detail int

const (
	figures detail = iota
	cautioned
	explained
)

// judgement is everything that a result is made of, exactly.
type judgement struct {
	in      indicator.Indicator
	profile Profile
	on      indicator.Date
	goal    goal // of one period, where the target holds for each
	overall goal // what the actual value is held against
	cut     cutOff
	nextCut indicator.Date // the first day after on that has another cut-off
	actual  actual
	pace    pace
	percent *big.Rat // nil with a reason
	reason  Reason
	due     due
	kept    bool // the actual value attains the target, whether it is attained by that or not
}

func newJudgement(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) *judgement {
	if in.Course == "" || in.Direction == "" {
		in.Settle()
	}
	j := &judgement{in: in, profile: p, on: on, goal: newGoal(in)}
	judged := in
	if j.goal.holds {
		judged.TermEndsOn = untilJudged(in)
	}
	j.cut, j.nextCut = findCutOff(judged, on), nextCutOff(judged, on)
	if in.Target.Waits && in.Target.Unit.IsZero() {
		j.in.Target.Unit = newestUnit(j.in, ms, j.cut.day)
	}
	j.overall = j.goal
	if in.Each != "" && !in.Target.Waits {
		j.overall = ofPeriods(len(in.WholeEach()))
	}
	j.actual = findActual(j.in, j.goal, p, ms, j.cut.day)
	j.pace = findPace(j.in, j.goal, j.cut.day, p.PaceBy)
	a := j.actual.value
	switch {
	case len(j.actual.fit) == 0 && len(j.actual.without) > 0:
		j.reason = NoFigure
	case len(j.actual.fit) == 0:
		j.reason = NoMeasurement
	case j.actual.growth != nil && j.actual.growth.missing != 0:
		j.reason = YearMissing
	}
	switch {
	case in.Target.Waits:
		j.reason = TargetWaits
	case a != nil:
		j.percent, j.reason = j.overall.percent(a)
		j.kept = j.overall.attained(a, p)
	}
	j.due = findDue(j.in, j.overall, a, j.percent, j.pace.exact)
	return j
}

// attained reports whether the target is attained: what holds only from the due
// date's cut-off on, an average only over all the years of the term.
func (j *judgement) attained() bool {
	if !j.kept || !j.overall.holds {
		return j.kept
	}
	if c := j.actual.growth; c != nil && j.in.Over == indicator.OverAverage && c.years < c.of {
		return false
	}
	return !j.cut.day.IsZero() && !j.cut.day.Before(j.in.DueOn)
}

func compute(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile, wanted detail) Result {
	j := newJudgement(in, ms, on, p)
	r := Result{
		Rules: Rules, On: on, CutOff: j.cut.day, Unit: j.in.Target.Unit, Pace: quantity.FromRat(j.pace.exact, places),
		Attained: j.attained(), Reason: j.reason, Course: j.overall.course(), DaysLeft: in.DueOn.DaysSince(on),
	}
	if in.Each != "" {
		r.Unit = eachUnit
	}
	if j.actual.value != nil {
		r.Actual = &j.actual.shown
	}
	r.ReportMissing = !j.cut.day.IsZero() && !j.actual.covers(j.in, j.cut)
	r.Provisional = j.actual.restsOnProvisional(j.in)
	r.setPercent(j.percent)
	j.due.tell(&r)
	if r.Attained && !j.overall.holds {
		r.AttainedOn, r.Late = j.actual.attainedOn(j.in, j.overall, p)
	}
	if wanted >= cautioned {
		r.setCautions(j.cautions())
	}

	verdict := j.judge(r)
	r.Status, r.Label, r.Color = verdict.status, verdict.Label, verdict.Color
	switch {
	case r.Late:
		r.DaysLate = r.AttainedOn.DaysSince(in.DueOn)
	case r.Status == Missed:
		r.DaysLate = on.DaysSince(in.DueOn)
	}
	r.GoodUntil = j.goodUntil(r)
	if wanted < explained {
		return r
	}
	r.Explanation = Explanation{
		Rule:         string(j.overall.rule),
		Steps:        j.explain(r, verdict),
		Measurements: j.actual.ids(),
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
	capped := percent
	switch r.ExactCapped = exact; {
	case exact.Sign() < 0:
		r.ExactCapped = new(big.Rat)
		capped = quantity.FromRat(r.ExactCapped, places)
	case exact.Cmp(percentBase) > 0:
		r.ExactCapped = hundred()
		capped = quantity.FromRat(r.ExactCapped, places)
	}
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
