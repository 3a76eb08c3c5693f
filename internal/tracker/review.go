package tracker

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Reviewed is what a decision did.
type Reviewed struct {
	Review  indicator.Review // the counts afterwards
	Changed []string         // codes whose state is another one now, in the order of creation
}

// ReviewPlan confirms and rejects indicators of a plan, all that the decision
// names or none. Deciding again what is decided changes nothing.
func (s *Service) ReviewPlan(ctx context.Context, plan string, d indicator.Decision) (Reviewed, error) {
	changed, err := s.store.ReviewPlan(ctx, plan, d)
	if err != nil {
		return Reviewed{}, err
	}
	p, err := s.store.Plan(ctx, plan)
	if err != nil {
		return Reviewed{}, err
	}
	return Reviewed{Review: p.Review, Changed: changed}, nil
}
