package ledger

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AppendMeasurements stores reports in their order in one transaction: all of
// them, or none. It fails as Append does.
func (l *Ledger) AppendMeasurements(ctx context.Context, ms []indicator.Measurement) error {
	rows := make([]indicator.Row, len(ms))
	for i, m := range ms {
		rows[i].Measurement = m
	}
	_, err := l.Append(ctx, rows, indicator.Atomic)
	return err
}
