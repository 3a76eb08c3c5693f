package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AppendMeasurements stores reports in their order in one transaction: all of
// them, or none. Each is treated as by AppendMeasurement; the first that is
// refused fails the whole with its fault, below its place in the list ("/3").
func (s *Store) AppendMeasurements(ctx context.Context, ms []indicator.Measurement) error {
	return s.inTx(ctx, func(tx *gorm.DB) error {
		for i, m := range ms {
			if _, _, err := s.appendMeasurement(tx, m); err != nil {
				return fault.At(err, fmt.Sprintf("/%d", i))
			}
		}
		return nil
	})
}
