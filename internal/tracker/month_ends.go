package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// DatedProgress are the figures of an indicator on several days, as known at one moment.
type DatedProgress struct {
	Indicator indicator.Indicator
	// Results are those of the days that were asked for, in their order.
	Results []progress.Result
	// Reports are the newest revisions of its periods.
	Reports []indicator.Measurement
}

// PlanFigures are what the figures of a whole plan need of the store.
type PlanFigures interface {
	// PlanIndicators returns the ids of the indicators of a plan after one, rising, at most so many.
	PlanIndicators(ctx context.Context, plan string, after int64, limit int) ([]int64, error)
}

// EachProgressOn gives the figures, without cautions, of the confirmed indicators of a plan on each of some
// days, which rise, some at a time in the order in which they were made, until use fails. The indicators and
// agencies are those of a settled moment. Reports are read once for all days. In the order of the plan
// each page would cost more, the larger the plan is.
func (s *Service) EachProgressOn(ctx context.Context, plan string, at Moment, days []indicator.Date, use func([]DatedProgress) error) error {
	duties, err := s.dutiesAt(ctx, at)
	if err != nil {
		return err
	}
	q := indicator.Query{States: []indicator.State{indicator.Confirmed}, AsOf: at.AsOf, DutiesAt: duties}
	for after := int64(0); ; {
		ids, err := s.plans.PlanIndicators(ctx, plan, after, pageOfProgress)
		if err != nil || len(ids) == 0 {
			return err
		}
		after, q.IDs = ids[len(ids)-1], ids
		ins, _, err := s.figures.Indicators(ctx, access.Visibility(ctx), q)
		if err != nil {
			return err
		}
		reports, profile, err := s.knownAt(ctx, ins, at)
		if err != nil {
			return err
		}
		page := make([]DatedProgress, len(ins))
		for i, in := range ins {
			page[i] = DatedProgress{Indicator: in, Results: resultsOn(in, reports[in.Code], days, profile.Profile), Reports: reports[in.Code]}
		}
		if err := use(page); err != nil {
			return err
		}
	}
}

// resultsOn are the figures of an indicator on days that rise. A day that the result of the one
// before is good for has the same.
func resultsOn(in indicator.Indicator, reports []indicator.Measurement, days []indicator.Date, profile progress.Profile) []progress.Result {
	results := make([]progress.Result, len(days))
	for i, day := range days {
		if i > 0 && !day.After(results[i-1].GoodUntil) {
			results[i] = results[i-1]
			continue
		}
		results[i] = progress.Figures(in, reports, day, profile)
	}
	return results
}

// DutiesAt is the moment whose names and duties of agencies go with a day judged: its last one.
func (s *Service) DutiesAt(ctx context.Context, at Moment) (time.Time, error) {
	return s.dutiesAt(ctx, at)
}
