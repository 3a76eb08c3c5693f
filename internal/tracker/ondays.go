package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// ProgressOnDays is an indicator with its progress on several days.
type ProgressOnDays struct {
	Indicator indicator.Indicator
	Results   []progress.Result
	// Last is the latest period that is reported; zero for none.
	Last indicator.Period
}

// OnDays gives a page of the confirmed indicators of plans, in the order of the plans, as known at a
// settled moment, each with its progress, cautions too, on the days that a function gives for it.
// The reports of a page are read once for all days. next is the position of the following page, 0
// at the end.
func (s *Service) OnDays(ctx context.Context, plans []string, asOf time.Time, page indicator.Page, days func(indicator.Indicator) []indicator.Date) (list []ProgressOnDays, next int64, err error) {
	q := indicator.Query{Selection: indicator.Selection{Plans: plans}, States: []indicator.State{indicator.Confirmed}, AsOf: asOf, DutiesAt: asOf, Page: page}
	ins, next, err := s.figures.Indicators(ctx, access.Visibility(ctx), q)
	if err != nil {
		return nil, 0, err
	}
	reports, profile, err := s.knownAt(ctx, ins, Moment{AsOf: asOf})
	if err != nil {
		return nil, 0, err
	}
	list = make([]ProgressOnDays, len(ins))
	for i, in := range ins {
		list[i].Indicator = in
		for _, day := range days(in) {
			list[i].Results = append(list[i].Results, progress.Brief(in, reports[in.Code], day, profile.Profile))
		}
		for _, m := range reports[in.Code] {
			if list[i].Last.IsZero() || m.Period.End().After(list[i].Last.End()) {
				list[i].Last = m.Period
			}
		}
	}
	return list, next, nil
}
