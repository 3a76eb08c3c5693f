package tracker

import (
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/projection"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Bounds of what one answer holds, for each period is judged by itself.
const (
	mostPeriods     = 400  // of one indicator: more than a year of days
	mostPeriodsPage = 2000 // of all indicators of a page
)

// SeriesAsked says which part of a series is wanted.
type SeriesAsked struct {
	Step      indicator.Frequency // empty, or shorter than the indicator's own: that
	From, To  indicator.Date      // periods that share a day with these; zero for no bound
	Projected bool
}

// IndicatorSeries is what was reported of an indicator, period by period, at a moment.
type IndicatorSeries struct {
	Indicator indicator.Indicator
	At        Moment
	Profile   int // version of the profile that judged
	Step      indicator.Frequency
	Unit      quantity.Unit // of amounts
	Periods   []SeriesPeriod
	// Projection to the due date; nil unless asked for.
	Projection *projection.Projection
}

// SeriesPeriod is a period with the progress at its end.
type SeriesPeriod struct {
	progress.Period
	Progress progress.Result
	YearAgo  *YearAgo // nil where the series has no such period
}

// YearAgo (上年同期) is the same period of the year before.
type YearAgo struct {
	progress.Period
	Change *quantity.Number // two decimals; nil where there is none
	Points bool             // Change is in percentage points, else in percent
}

// Series reads one indicator period by period, of any state. It fails with
// fault.SelectionTooLarge at "from" when there are more than mostPeriods.
func (s *Service) Series(ctx context.Context, code string, asked SeriesAsked, at Moment) (IndicatorSeries, error) {
	in, at, err := s.known(ctx, code, at)
	if err != nil {
		return IndicatorSeries{}, err
	}
	all, err := s.seriesOf(ctx, []indicator.Indicator{in}, asked, at)
	if err != nil {
		return IndicatorSeries{}, err
	}
	return all[0], nil
}

// SeriesList is a part of a list of series, at one settled moment.
type SeriesList struct {
	At    Moment
	Items []IndicatorSeries
	Next  *progress.SortPosition // after which the following part begins, nil at the end
}

// SeriesOfMany reads the confirmed indicators that a query selects, in the order of the
// plans, a page of them. It fails with fault.UnknownIndicator at "indicator" when a code is
// none of a confirmed indicator's, and with fault.SelectionTooLarge where there are more than
// mostPeriodsPage periods, or mostPeriods of one.
func (s *Service) SeriesOfMany(ctx context.Context, q ProgressQuery, asked SeriesAsked) (SeriesList, error) {
	q, err := s.settled(ctx, q)
	if err != nil {
		return SeriesList{}, err
	}
	if err := s.checkCodes(ctx, q); err != nil {
		return SeriesList{}, err
	}
	q.Query.AsOf, q.Query.Page.Limit = q.At.AsOf, q.Limit
	if q.After != nil {
		q.Query.Page.After = q.After.Place.Indicator
	}
	placed, next, err := s.figures.Placed(ctx, access.Visibility(ctx), q.Query)
	if err != nil {
		return SeriesList{}, err
	}
	ins := make([]indicator.Indicator, len(placed))
	for i, p := range placed {
		ins[i] = p.Indicator
	}
	list := SeriesList{At: q.At}
	if next != 0 {
		list.Next = &progress.SortPosition{Place: placed[len(placed)-1].Place}
	}
	list.Items, err = s.seriesOf(ctx, ins, asked, q.At)
	return list, err
}

// checkCodes refuses codes that are none of a confirmed indicator's that a settled query selects.
func (s *Service) checkCodes(ctx context.Context, q ProgressQuery) error {
	if len(q.Query.Codes) == 0 || q.After != nil {
		return nil
	}
	ins, err := s.figures.IndicatorsAsOf(ctx, access.Visibility(ctx), q.Query, q.At.AsOf)
	if err != nil {
		return err
	}
	for _, code := range q.Query.Codes {
		if !slices.ContainsFunc(ins, func(in indicator.Indicator) bool { return in.Code == code }) {
			return fault.Newf(fault.UnknownIndicator,
				"所选范围内没有已确认的指标 %s", "there is no confirmed indicator %s in the selection", code).At("indicator")
		}
	}
	return nil
}

// seriesOf reads indicators at a settled moment.
func (s *Service) seriesOf(ctx context.Context, ins []indicator.Indicator, asked SeriesAsked, at Moment) ([]IndicatorSeries, error) {
	periods, err := periodsOf(ins, asked, at.On)
	if err != nil {
		return nil, err
	}
	reports, profile, err := s.knownAt(ctx, ins, at)
	if err != nil {
		return nil, err
	}
	all := make([]IndicatorSeries, len(ins))
	for i, in := range ins {
		series := progress.NewSeries(in, reports[in.Code], at.On, profile.Profile)
		all[i] = IndicatorSeries{
			Indicator: in, At: at, Profile: profile.version, Step: progress.Step(in, asked.Step), Unit: series.Unit(),
			Periods: make([]SeriesPeriod, len(periods[i])),
		}
		for k, p := range periods[i] {
			if err := ctx.Err(); err != nil { // of thousands of reports, each takes a millisecond
				return nil, err
			}
			all[i].Periods[k] = periodOf(series, p)
		}
		if asked.Projected {
			ahead := projection.Of(in, reports[in.Code], at.On, profile.Profile)
			all[i].Projection = &ahead
		}
	}
	return all, nil
}

// periodsOf are the periods of each indicator, which are few enough.
func periodsOf(ins []indicator.Indicator, asked SeriesAsked, on indicator.Date) ([][]indicator.Period, error) {
	all, sum := make([][]indicator.Period, len(ins)), 0
	for i, in := range ins {
		all[i] = progress.Periods(in, progress.Step(in, asked.Step), asked.From, asked.To, on)
		if n := len(all[i]); n > mostPeriods {
			return nil, fault.Newf(fault.SelectionTooLarge,
				"指标 %[1]s 有 %[2]d 期，一次最多 %[3]d 期：请用 from、to 缩短范围，或用更长的 step",
				"the indicator %[1]s has %[2]d periods, and an answer at most %[3]d: narrow it by from and to, or take a longer step", in.Code, n, mostPeriods).At("from")
		}
		sum += len(all[i])
	}
	if sum > mostPeriodsPage {
		return nil, fault.Newf(fault.SelectionTooLarge,
			"本页 %[1]d 个指标共 %[2]d 期，一页最多 %[3]d 期：请减小 limit，用 from、to 缩短范围，或用更长的 step",
			"the %[1]d indicators of this page have %[2]d periods, and a page at most %[3]d: ask for a smaller limit, narrow it by from and to, or take a longer step",
			len(ins), sum, mostPeriodsPage).At("limit")
	}
	return all, nil
}

func periodOf(series progress.Series, p indicator.Period) SeriesPeriod {
	out := SeriesPeriod{Period: series.Of(p)}
	out.Progress = series.Judge(out.Period)
	before, ok := series.YearBefore(out.Period)
	if !ok {
		return out
	}
	out.YearAgo = &YearAgo{Period: before}
	if change, points, ok := series.Change(out.Amount, before.Amount); ok {
		out.YearAgo.Change, out.YearAgo.Points = &change, points
	}
	return out
}
