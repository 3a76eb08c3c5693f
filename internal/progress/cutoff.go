package progress

import "github.com/indicator-tracker/tracker/internal/indicator"

// cutOff is the day up to which reports count and at which pace is judged.
type cutOff struct {
	day    indicator.Date   // zero when no period of the term is over yet
	period indicator.Period // the last whole period up to day; zero when the term holds none
}

// findCutOff returns the end of the last whole reporting period on or before a
// day. The frequency of an indicator that names none is monthly.
//
// A period is whole when it begins on or after the first day of the term and
// ends by its last: a term from 03-15 with monthly reports has its first
// cut-off on 04-30. The due date and the last day of the term are cut-offs of
// their own once they are reached, even in the middle of a period, so a target
// due on 06-15 is paced at 100 from that day on. After the term the cut-off
// stays on the term's last day, for no period can follow.
func findCutOff(in indicator.Indicator, on indicator.Date) cutOff {
	last := in.DueOn
	if in.TermEndsOn.After(last) {
		last = in.TermEndsOn
	}
	day := on
	if day.After(last) {
		day = last
	}
	var cut cutOff
	period := indicator.PeriodOf(in.Frequency, day)
	if period.End().After(day) {
		period = indicator.PeriodOf(in.Frequency, period.Start().AddDays(-1))
	}
	if !period.Start().Before(in.StartsOn) {
		cut = cutOff{day: period.End(), period: period}
	}
	for _, mark := range []indicator.Date{in.DueOn, last} {
		if !on.Before(mark) && mark.After(cut.day) {
			cut.day = mark
		}
	}
	return cut
}
