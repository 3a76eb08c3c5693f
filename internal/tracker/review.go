package tracker

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// PlanReviews are what reviewing a plan needs of the store.
type PlanReviews interface {
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// ReviewPlan carries out a decision about a plan's indicators and returns
	// the codes whose state it changed.
	ReviewPlan(ctx context.Context, plan string, d indicator.Decision) ([]string, error)
}

// Reviewed is what a decision did.
type Reviewed struct {
	Review  indicator.Review // the counts afterwards
	Changed []string         // codes whose state is another one now, in the order of creation
}

// ReviewPlan confirms and rejects indicators of a plan, all that the decision
// names or none. Deciding again what is decided changes nothing.
func (s *Service) ReviewPlan(ctx context.Context, plan string, d indicator.Decision) (Reviewed, error) {
	changed, err := s.reviews.ReviewPlan(ctx, plan, d)
	if err != nil {
		return Reviewed{}, err
	}
	p, err := s.reviews.Plan(ctx, plan)
	if err != nil {
		return Reviewed{}, err
	}
	return Reviewed{Review: p.Review, Changed: changed}, nil
}
