package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/statement"
)

// Evidence is the storage of what statements are made of.
type Evidence interface {
	// Evidence returns what the progress of an indicator rests on, as known at a moment.
	Evidence(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Evidence, error)
}

// StatementFacts are what the statement of an indicator at a moment is made of, for whoever
// may see its progress. All of it is as known at one moment of the ledger, which nothing
// that is stored meanwhile changes.
func (s *Service) StatementFacts(ctx context.Context, code string, at Moment) (statement.Facts, error) {
	in, at, err := s.known(ctx, code, at)
	if err != nil {
		return statement.Facts{}, err
	}
	f := statement.Facts{On: at.On, AsOf: at.AsOf, Indicator: in}
	if f.Plan, err = s.store.PlanAsOf(ctx, in.Plan, at.AsOf); err != nil {
		return f, err
	}
	if f.Evidence, err = s.store.Evidence(ctx, in, at.AsOf); err != nil {
		return f, err
	}
	profile, err := s.profileAt(ctx, at.AsOf)
	f.Profile, f.ProfileVersion = profile.Profile, profile.version
	return f, err
}
