package store

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/loop"
)

// Backlog is what waits in the database to be done beside requests, and how far its logs have
// come, for those who watch the service.
type Backlog struct {
	Standings         int64 // of indicators, that are to be made anew
	Pending           int64 // deliveries that have not arrived yet
	Failed            int64 // deliveries that were given up and are still kept
	Webhooks          int64 // that are told of what happens
	FailingWebhooks   int64 // of these, those whose last attempt failed
	DisabledWebhooks  int64
	LastMeasurement   int64 // its id
	LastAudit         int64 // number of the head of the audit chain
	LastLoopEvent     int64 // its id
	LastMomentSeconds int64 // when the ledger was last written to, since 1970; 0 for never
}

// Backlog counts what waits. Deliveries that ended have an index of their own, which a query names
// as that does.
func (s *Store) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	row := s.db.Reader().QueryRowContext(ctx, `SELECT
		(SELECT COUNT(*) FROM stale_standings),
		(SELECT COUNT(*) FROM deliveries WHERE state = 'pending'),
		(SELECT COUNT(*) FROM deliveries WHERE state <> 'pending' AND state = $1),
		(SELECT COUNT(*) FROM webhooks WHERE disabled_at = 0),
		(SELECT COUNT(*) FROM webhooks WHERE disabled_at = 0 AND failing_since <> 0),
		(SELECT COUNT(*) FROM webhooks WHERE disabled_at <> 0),
		measurement_id, audit_seq, loop_event, moment / 1000000 FROM ledger WHERE id = 1`, string(loop.Failed))
	err := row.Scan(&b.Standings, &b.Pending, &b.Failed, &b.Webhooks, &b.FailingWebhooks, &b.DisabledWebhooks,
		&b.LastMeasurement, &b.LastAudit, &b.LastLoopEvent, &b.LastMomentSeconds)
	return b, s.db.Translate(ctx, err)
}

// Size is how many bytes the database takes on its disk, what waits to be moved into the file
// of SQLite included.
func (s *Store) Size(ctx context.Context) (int64, error) { return s.db.Size(ctx) }

// Answers fails when the database does not answer a read. Unlike Ready it writes nothing.
func (s *Store) Answers(ctx context.Context) error { return s.db.Answers(ctx) }
