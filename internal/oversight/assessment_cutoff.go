package oversight

import (
	"context"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func formatID(id int64) string { return strconv.FormatInt(id, 10) }

type tellKey struct{}

// WithProgress returns a context under which an assessment tells how many indicators it has
// counted, a page at a time.
func WithProgress(ctx context.Context, tell func(indicators int)) context.Context {
	return context.WithValue(ctx, tellKey{}, tell)
}

func told(ctx context.Context, indicators int) {
	if tell, ok := ctx.Value(tellKey{}).(func(int)); ok {
		tell(indicators)
	}
}

// cutOffDays are the ends of the months or quarters at which pace is judged, and the first day of the year
// that they are of: the calendar year of the day judged, or of the plan's last day where that is
// earlier, as far as it is within the plan's term.
func cutOffDays(plan indicator.Plan, on indicator.Date, step assessment.Step) (from indicator.Date, days []indicator.Date) {
	last := on
	if plan.DueOn.Before(last) {
		last = plan.DueOn
	}
	from = indicator.DateOf(last.Year(), time.January, 1)
	if plan.StartsOn.After(from) {
		from = plan.StartsOn
	}
	freq := indicator.Monthly
	if step == assessment.ByQuarter {
		freq = indicator.Quarterly
	}
	for p := indicator.PeriodOf(freq, from); !p.Start().After(last); p = p.Next() {
		end := p.End()
		if plan.DueOn.Before(end) {
			end = plan.DueOn
		}
		if !end.After(last) {
			days = append(days, end)
		}
	}
	return from, days
}

// eachCutOff gives the results of the days at which a further reporting period of the indicator
// was over, from a day on and up to its due date.
func eachCutOff(p *tracker.DatedProgress, from indicator.Date, use func(progress.Result)) {
	var before indicator.Date
	for _, r := range p.Results {
		if r.CutOff.IsZero() || r.CutOff.Before(from) || r.CutOff == before {
			continue
		}
		if !before.IsZero() && !before.Before(p.Indicator.DueOn) {
			return
		}
		before = r.CutOff
		use(r)
	}
}

// indicatorOf is an indicator as a score counts it. The last of its results is of the day judged.
func indicatorOf(p *tracker.DatedProgress, from indicator.Date) assessment.Indicator {
	one := assessment.Indicator{Code: p.Indicator.Code, Name: p.Indicator.Name, End: cutOffOf(p.Results[len(p.Results)-1])}
	eachCutOff(p, from, func(r progress.Result) { one.CutOffs = append(one.CutOffs, cutOffOf(r)) })
	return one
}

func cutOffOf(r progress.Result) assessment.CutOff {
	return assessment.CutOff{On: r.CutOff, Status: string(r.Status), Percent: r.Percent, Pace: r.Pace}
}
