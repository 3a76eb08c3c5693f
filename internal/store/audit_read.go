package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

const auditColumns = `seq, at, actor_key, actor_name, from_address, request_id, action, target, first_id, last_id, before_hash, after_hash, records_hash, hash`

func scanAudit(rows *sql.Rows) (e indicator.AuditEntry, err error) {
	var at moment
	err = rows.Scan(&e.Seq, &at, &e.Actor.Key, &e.Actor.Name, &e.Actor.From, &e.Actor.RequestID,
		&e.Action, &e.Target, &e.FirstID, &e.LastID, &e.Before, &e.After, &e.Records, &e.Hash)
	e.At = at.Time
	return e, err
}

// targetIs looks in the two indexes for what a target's entries can be in.
const targetIs = `seq IN (
	SELECT seq FROM audit_log WHERE target = $%[1]d AND action NOT LIKE 'measurement.%%'
	UNION ALL
	SELECT a.seq FROM indicators i JOIN measurements m ON m.indicator_id = i.id
	  JOIN audit_log a ON a.first_id = m.id AND a.action LIKE 'measurement.%%' WHERE i.code = $%[1]d)`

// Audit lists entries of the audit log in their order. next is the position of
// the following page, 0 at the end.
func (s *Store) Audit(ctx context.Context, q indicator.AuditQuery) (entries []indicator.AuditEntry, next int64, err error) {
	where, args := []string{"seq > $1"}, []any{q.Page.After}
	filter := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	for column, value := range map[string]string{"actor_key": q.ActorKey, "action": q.Action} {
		if value != "" {
			filter(column+" = $%d", value)
		}
	}
	if q.Target != "" {
		filter(targetIs, q.Target)
	}
	if !q.From.IsZero() {
		filter("at >= $%d", momentOf(q.From))
	}
	if !q.To.IsZero() {
		filter("at < $%d", momentOf(q.To))
	}
	query := "SELECT " + auditColumns + " FROM audit_log WHERE " + strings.Join(where, " AND ") + " ORDER BY seq"
	if q.Page.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", q.Page.Limit+1)
	}
	rows, err := s.reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	err = eachRow(rows, func() error {
		e, err := scanAudit(rows)
		entries = append(entries, e)
		return err
	})
	if err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	entries, next = cut(entries, q.Page, func(e indicator.AuditEntry) int64 { return e.Seq })
	return entries, next, nil
}
