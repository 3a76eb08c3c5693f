package ledger

import (
	"slices"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
)

// stale are the indicators that a transaction changed in what their standings follow from,
// beside reports.
type stale struct {
	indicators []any // by id
	plans      []any // by code: all of each, for their tasks may have other places
}

// add notes that a record was written.
func (s *stale) add(k *RecordKind, at []any) {
	switch k {
	case IndicatorRecord:
		s.indicators = append(s.indicators, at[0])
	case PlanRecord:
		s.plans = append(s.plans, at[0])
	}
}

// mark marks them, at the moment of the transaction.
func (s *stale) mark(tx *gorm.DB) error {
	for part := range slices.Chunk(s.indicators, database.ChunkSize) {
		if err := markStale(tx, "i.id IN ?", part); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(s.plans, database.ChunkSize) {
		if err := markStale(tx, "i.plan IN ?", part); err != nil {
			return err
		}
	}
	return nil
}

// markStale lets the standings of indicators be made anew. The ledger stands at the moment
// of the change that asks for it.
func markStale(tx *gorm.DB, which string, args ...any) error {
	return tx.Exec("INSERT INTO stale_standings (indicator_id, since) SELECT i.id, l.moment FROM indicators i, ledger l WHERE l.id = 1 AND "+which+
		" ORDER BY i.id ON CONFLICT (indicator_id) DO UPDATE SET since = excluded.since", args...).Error
}
