package tracker

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Comparison is the progress that indicators had at a moment, which is settled, by code.
type Comparison struct {
	At   Moment
	Then map[string]IndicatorProgress
}

// Compare gives the progress that indicators had at another moment. One that was not known
// then, or not confirmed, has none.
func (s *Service) Compare(ctx context.Context, items []IndicatorProgress, at Moment) (Comparison, error) {
	at, err := s.settle(ctx, at)
	c := Comparison{At: at, Then: map[string]IndicatorProgress{}}
	if fault.Is(err, fault.InvalidParameter) {
		return c, fault.From(err).At("compare_as_of")
	}
	if err != nil || len(items) == 0 {
		return c, err
	}
	codes := make([]string, len(items))
	for i, item := range items {
		codes[i] = item.Indicator.Code
	}
	query := indicator.Query{Selection: indicator.Selection{Codes: codes}, States: []indicator.State{indicator.Confirmed}}
	ins, err := s.figures.IndicatorsAsOf(ctx, access.Visibility(ctx), query, at.AsOf)
	if err != nil {
		return c, err
	}
	all, err := s.progressOfAll(ctx, ins, at, progress.Brief)
	for _, p := range all {
		c.Then[p.Indicator.Code] = p
	}
	return c, err
}
