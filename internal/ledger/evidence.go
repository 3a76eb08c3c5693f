package ledger

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Evidence returns what the progress of a version of an indicator rests on, as known at a
// moment, read in one snapshot. A moment that the ledger has come to gives the same ever
// after, unless the entry of a revocation follows into the chain later than it was made.
func (l *Ledger) Evidence(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Evidence, error) {
	var e indicator.Evidence
	err := l.db.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		known := map[string][]indicator.Measurement{}
		if err := newestOf(tx, []string{in.Code}, joinKnownAt, database.MomentOf(asOf), known); err != nil {
			return err
		}
		e.Measurements = known[in.Code]
		q := tx.Statement.ConnPool
		err := q.QueryRowContext(ctx, "SELECT sha256 FROM plan_versions WHERE plan = $1 AND version = $2", in.Plan, in.Source.Version).Scan(&e.Document)
		if err != nil && !database.IsMissing(err) {
			return err
		}
		e.Head, err = headAt(ctx, q, asOf)
		return err
	}, l.db.Snapshot())
	return e, l.db.Translate(ctx, err)
}

// headAt is the last entry of the audit chain that was made by a moment, zero when none was.
func headAt(ctx context.Context, q database.Querier, at time.Time) (head indicator.AuditEntry, err error) {
	err = database.Each(ctx, q, "SELECT "+auditColumns+" FROM audit_log WHERE at <= $1 ORDER BY seq DESC LIMIT 1", []any{database.MomentOf(at)}, func(rows *sql.Rows) error {
		head, err = scanAudit(rows)
		return err
	})
	return head, err
}
