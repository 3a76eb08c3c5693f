package progress

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// cutOff is the day up to which reports count and at which pace is judged.
type cutOff struct {
	day    indicator.Date   // zero when no period of the term is over yet
	period indicator.Period // the period that day falls in; zero with day
}

// untilJudged ends the term of an indicator that holds where it is judged: with
// the reporting period that its due date falls in. What is reported for later
// periods says nothing about what was to be kept until then.
func untilJudged(in indicator.Indicator) indicator.Date {
	if end := indicator.PeriodOf(in.Frequency, in.DueOn).End(); end.Before(in.TermEndsOn) {
		return end
	}
	return in.TermEndsOn
}

// lastDay is the last day that a report can speak of: the later of the due date
// and the end of the plan's term.
func lastDay(in indicator.Indicator) indicator.Date {
	if in.TermEndsOn.After(in.DueOn) {
		return in.TermEndsOn
	}
	return in.DueOn
}

// endWithin is the last day of a period, or of the part of it that lies in the
// term.
func endWithin(in indicator.Indicator, p indicator.Period) indicator.Date {
	end, last := p.End(), lastDay(in)
	if end.After(last) {
		return last
	}
	return end
}

// findCutOff returns the end of the last reporting period that is over on a
// day. The frequency of an indicator that names none is monthly.
//
// A period counts when it shares a day with the term, and only its part within
// the term does: a term from 03-15 with monthly reports has its first cut-off
// on 03-31, and one that ends on 06-15 its last on that day. The due date is a
// cut-off of its own once it is reached, even in the middle of a period, so a
// target due on 06-15 of a longer plan is paced at 100 from that day on. After
// the term the cut-off stays on its last day, for no period can follow.
func findCutOff(in indicator.Indicator, on indicator.Date) cutOff {
	day := on
	if last := lastDay(in); day.After(last) {
		day = last
	}
	period := indicator.PeriodOf(in.Frequency, day)
	if endWithin(in, period).After(day) {
		period = indicator.PeriodOf(in.Frequency, period.Start().AddDays(-1))
	}
	var cut cutOff
	if !period.End().Before(in.StartsOn) {
		cut = cutOff{day: endWithin(in, period), period: period}
	}
	if !on.Before(in.DueOn) && in.DueOn.After(cut.day) {
		cut = cutOff{day: in.DueOn, period: indicator.PeriodOf(in.Frequency, in.DueOn)}
	}
	return cut
}

// Forever is the last day that there is in any result, later than all that a plan names.
var Forever = indicator.DateOf(2999, time.December, 31)

// nextCutOff is the first day after another that findCutOff gives another cut-off on; the day
// after Forever where that is none. It may be too early where the cut-off stays in spite of it.
func nextCutOff(in indicator.Indicator, on indicator.Date) indicator.Date {
	day, last := on, lastDay(in)
	if !day.Before(last) {
		return Forever.AddDays(1)
	}
	if day.Before(in.StartsOn) && !in.StartsOn.After(last) {
		day = in.StartsOn // before which no period ends that shares a day with the term
	}
	period := indicator.PeriodOf(in.Frequency, day)
	next := endWithin(in, period)
	if !next.After(on) {
		next = endWithin(in, period.Next())
	}
	if on.Before(in.DueOn) && in.DueOn.Before(next) {
		return in.DueOn
	}
	return next
}

// goodUntil is the last day that the result is the same on. All of it follows from the
// cut-off, and from whether the due date is past, which nobody misses who attained the target
// or has none yet.
func (j *judgement) goodUntil(r Result) indicator.Date {
	until, due := j.nextCut.AddDays(-1), j.in.DueOn
	switch {
	case until.Before(r.On):
		return r.On
	case r.On.After(due) || r.Attained || r.Reason == TargetWaits || until.Before(due):
		return until
	}
	return due
}
