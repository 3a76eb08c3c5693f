package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Evidence returns what the progress of a version of an indicator rests on, as known at a
// moment, read in one snapshot. A moment that the ledger has come to gives the same ever
// after, unless the entry of a revocation follows into the chain later than it was made.
func (s *Store) Evidence(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Evidence, error) {
	var e indicator.Evidence
	err := s.read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		known := map[string][]indicator.Measurement{}
		if err := newestOf(tx, []string{in.Code}, joinKnownAt, momentOf(asOf), known); err != nil {
			return err
		}
		e.Measurements = known[in.Code]
		q := tx.Statement.ConnPool
		err := q.QueryRowContext(ctx, "SELECT sha256 FROM plan_versions WHERE plan = $1 AND version = $2", in.Plan, in.Source.Version).Scan(&e.Document)
		if err != nil && !missing(err) {
			return err
		}
		e.Head, err = headAt(ctx, q, asOf)
		return err
	}, &sql.TxOptions{Isolation: s.engine.snapshotIsolation(), ReadOnly: true})
	return e, s.translate(ctx, err)
}

// headAt is the last entry of the audit chain that was made by a moment, zero when none was.
func headAt(ctx context.Context, q querier, at time.Time) (head indicator.AuditEntry, err error) {
	rows, err := q.QueryContext(ctx, "SELECT "+auditColumns+" FROM audit_log WHERE at <= $1 ORDER BY seq DESC LIMIT 1", momentOf(at))
	if err != nil {
		return head, err
	}
	err = eachRow(rows, func() (err error) {
		head, err = scanAudit(rows)
		return err
	})
	return head, err
}
