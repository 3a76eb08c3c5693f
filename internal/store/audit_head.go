package store

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AuditHead is where the audit chain ends, with what is stored then.
func (s *Store) AuditHead(ctx context.Context) (indicator.AuditHead, error) {
	h, err := auditHead(ctx, s.reader())
	return h, s.translate(ctx, err)
}

// auditHead asks once, so that all of the head is of one snapshot.
func auditHead(ctx context.Context, q querier) (h indicator.AuditHead, err error) {
	var moment int64
	err = q.QueryRowContext(ctx, `SELECT audit_seq, audit_hash, moment, measurement_id,
		(SELECT COUNT(*) FROM plans), (SELECT COUNT(*) FROM indicators) FROM ledger WHERE id = 1`).
		Scan(&h.Seq, &h.Hash, &moment, &h.LastMeasurement, &h.Plans, &h.Indicators)
	h.Moment = time.UnixMicro(moment).UTC()
	return h, err
}
