package storetest

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

// Report stores a single report that was checked against no version of its
// indicator.
func Report(ctx context.Context, s *store.Store, m indicator.Measurement) (indicator.Measurement, indicator.Outcome, error) {
	r, _, err := s.Submit(ctx, indicator.Row{Measurement: m}, indicator.Idempotency{})
	return r.Measurement, r.Outcome, err
}
