package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const auditColumns = `seq, at, actor_key, actor_name, from_address, request_id, action, target, first_id, last_id, before_hash, after_hash, hash`

func scanAudit(rows *sql.Rows) (e indicator.AuditEntry, err error) {
	var at moment
	err = rows.Scan(&e.Seq, &at, &e.Actor.Key, &e.Actor.Name, &e.Actor.From, &e.Actor.RequestID,
		&e.Action, &e.Target, &e.FirstID, &e.LastID, &e.Before, &e.After, &e.Hash)
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

// Verification is what a look through the audit chain found.
type Verification struct {
	Entries      int64
	Measurements int64
	Hash         []byte       // of the last entry: written down elsewhere, it shows later that nothing before was changed
	Fault        []fault.Text // what is wrong, the first findings of each kind; empty when all is whole
}

const mostFindings = 20

func (v *Verification) find(zh, en string, args ...any) {
	if len(v.Fault) < mostFindings {
		v.Fault = append(v.Fault, fault.Say(zh, en, args...))
	}
}

// VerifyAudit reads the whole audit log in one snapshot and checks that every
// entry is there, in its place and unaltered, that the chain ends where the
// ledger says, and that the measurements each entry speaks of are those stored.
// A hash in hex that an earlier look gave must be in the chain still: with it
// even a chain that was made anew from some entry on is found out.
func (s *Store) VerifyAudit(ctx context.Context, earlier string) (Verification, error) {
	tx, err := s.reader().BeginTx(ctx, &sql.TxOptions{Isolation: s.engine.snapshotIsolation(), ReadOnly: true})
	if err != nil {
		return Verification{}, s.translate(ctx, err)
	}
	defer func() { _ = tx.Rollback() }()
	v, err := verify(ctx, tx, earlier)
	return v, s.translate(ctx, err)
}

func verify(ctx context.Context, q querier, earlier string) (Verification, error) {
	var v Verification
	var head ledger
	err := q.QueryRowContext(ctx, "SELECT measurement_id, audit_seq, audit_hash FROM ledger WHERE id = 1").
		Scan(&head.measurementID, &head.auditSeq, &head.auditHash)
	if err != nil {
		return v, err
	}
	seen := earlier == ""
	var covered int64 // last measurement an entry speaks of
	for {
		page, err := auditPage(ctx, q, v.Entries)
		if err != nil {
			return v, err
		}
		for _, e := range page {
			v.check(e)
			seen = seen || hex.EncodeToString(e.Hash) == earlier
			if e.FirstID > 0 {
				if err := v.checkRows(ctx, q, e, &covered); err != nil {
					return v, err
				}
			}
		}
		if len(page) < auditPageSize {
			break
		}
	}
	if !seen {
		v.find("散列 %s 不在审计链中：它之前的内容被改动过", "the hash %s is not in the chain: what came before it was changed", earlier)
	}
	if v.Entries != head.auditSeq || !bytes.Equal(v.Hash, head.auditHash) {
		v.find("审计链末尾应为第 %d 条，实为第 %d 条或内容不符", "the chain should end with entry %d; it ends with %d, or with another content", head.auditSeq, v.Entries)
	}
	var last int64
	if err := q.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM measurements").Scan(&last); err != nil {
		return v, err
	}
	if last > covered && covered > 0 || last > head.measurementID {
		v.find("实绩 %d 之后有未记入审计的记录", "there are measurements after %d that no entry speaks of", covered)
	}
	return v, nil
}

const auditPageSize = 1000

func auditPage(ctx context.Context, q querier, after int64) (page []indicator.AuditEntry, err error) {
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT %d", auditColumns, auditPageSize), after)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func() error {
		e, err := scanAudit(rows)
		page = append(page, e)
		return err
	})
	return page, err
}

// check holds an entry against the one before.
func (v *Verification) check(e indicator.AuditEntry) {
	if e.Seq != v.Entries+1 {
		v.find("缺少第 %d 至 %d 条", "the entries %d to %d are missing", v.Entries+1, e.Seq-1)
	}
	if !bytes.Equal(link(v.Hash, e), e.Hash) {
		v.find("第 %d 条被改动，或其前一条被改动、移走或调换", "entry %d was altered, or the one before it was altered, removed or moved", e.Seq)
	}
	v.Entries, v.Hash = e.Seq, e.Hash
}

// checkRows holds the measurements that an entry speaks of against its hash.
func (v *Verification) checkRows(ctx context.Context, q querier, e indicator.AuditEntry, covered *int64) error {
	if *covered > 0 && e.FirstID != *covered+1 {
		v.find("第 %d 条之前的实绩没有记入审计", "the measurements before entry %d are not spoken of", e.Seq)
	}
	*covered = e.LastID
	sum := sha256.New()
	var single [sha256.Size]byte
	var found int64
	rows, err := q.QueryContext(ctx, `SELECT i.code, `+measurementColumns+`
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id`+joinReporter+`WHERE m.id BETWEEN $1 AND $2 ORDER BY m.id`, e.FirstID, e.LastID)
	if err != nil {
		return err
	}
	err = eachRow(rows, func() error {
		var code string
		r, err := scanMeasurement(rows, &code)
		if err != nil {
			return err
		}
		single = r.measurement(code).Hash()
		sum.Write(single[:])
		found++
		return nil
	})
	if err != nil {
		return err
	}
	v.Measurements += found
	after := sum.Sum(nil)
	if strings.HasPrefix(e.Action, "measurement.") {
		after = single[:]
	}
	if found != e.LastID-e.FirstID+1 || !bytes.Equal(after, e.After) {
		v.find("第 %d 条所记的实绩 %d—%d 被改动或删除", "the measurements %[2]d to %[3]d of entry %[1]d were altered or removed", e.Seq, e.FirstID, e.LastID)
	}
	return nil
}
