package ledger

import (
	"database/sql"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"

	"github.com/indicator-tracker/tracker/internal/database"
)

// batchFigures is a batch with what its receipts and its audit entries say of it.
type batchFigures struct {
	id, state   string
	said, count indicator.Tally
	audited     int64 // measurements that entries of it speak of
	first, last int64 // of those
	stray       int64 // a measurement that a receipt names beside them, 0 for none
}

// batches holds the tally of each batch against its receipts and its audit entries.
func (v *verifier) batches() error {
	const of = " FROM audit_log a WHERE a.target = 'batch:' || b.id AND a.action NOT LIKE 'measurement.%')"
	var b batchFigures
	err := database.Each(v.ctx, v.q, `SELECT b.id, b.state, b.rows, b.stored, b.revised, b.unchanged, b.refused, b.superseded,
		(SELECT COALESCE(SUM(a.last_id - a.first_id + 1), 0)`+of+`, (SELECT COALESCE(MIN(a.first_id), 0)`+of+`, (SELECT COALESCE(MAX(a.last_id), 0)`+of+`, r.receipts
		FROM batches b LEFT JOIN batch_receipts r ON r.batch = b.id ORDER BY b.id, r.first_row`, nil, func(rows *sql.Rows) error {
		var next batchFigures
		var packed []byte
		if err := rows.Scan(&next.id, &next.state, &next.said.Rows, &next.said.Stored, &next.said.Revised, &next.said.Unchanged, &next.said.Refused,
			&next.said.Superseded, &next.audited, &next.first, &next.last, &packed); err != nil {
			return err
		}
		if next.id != b.id {
			v.batch(b)
			b = next
		}
		if err := eachReceipt(packed, func(_ int64, r indicator.Receipt) error {
			b.take(r)
			return nil
		}); err != nil {
			v.Find("batch", b.id, "批次 %s 的回执无法读取", "receipts of the batch %s cannot be read", b.id)
		}
		return nil
	})
	v.batch(b)
	if err != nil {
		return err
	}
	return v.batchEntries()
}

// batchEntries finds entries of batches that are not there, or are said to be another
// sender's or refused, though their rows are stored.
func (v *verifier) batchEntries() error {
	return database.Each(v.ctx, v.q, `SELECT DISTINCT a.target, b.id IS NULL FROM audit_log a LEFT JOIN batches b ON a.target = 'batch:' || b.id
		WHERE a.target LIKE 'batch:%' AND (b.id IS NULL OR a.actor_key <> b.actor_key OR b.state = $1) ORDER BY a.target`,
		[]any{string(indicator.BatchRefused)}, func(rows *sql.Rows) error {
			var target string
			var gone bool
			err := rows.Scan(&target, &gone)
			id := strings.TrimPrefix(target, "batch:")
			if gone {
				v.Find("batch", id, "批次 %s 被删除", "the batch %s was removed", id)
			} else {
				v.Find("batch", id, "批次 %s 的报送者或状态与审计不符", "the sender or the state of the batch %s is not what the audit log says", id)
			}
			return err
		})
}

func (b *batchFigures) take(r indicator.Receipt) {
	b.count.Count(r.Outcome)
	written := r.Outcome == indicator.Stored || r.Outcome == indicator.Revised
	if written && (r.Measurement.ID < b.first || r.Measurement.ID > b.last) {
		b.stray = r.Measurement.ID
	}
}

func (v *verifier) batch(b batchFigures) {
	refused := b.state == string(indicator.BatchRefused) // its receipts say what would have been stored
	switch {
	case b.said.Rows != b.count.Rows, !refused && b.said != b.count:
		v.Find("batch", b.id, "批次 %s 的计数与回执不符", "the tally of the batch %s is not that of its receipts", b.id)
	case b.said.Stored+b.said.Revised != b.audited:
		v.Find("batch", b.id, "批次 %s 的计数与审计不符", "the tally of the batch %s is not what the audit log says", b.id)
	case !refused && b.stray != 0:
		v.Find("batch", b.id, "批次 %s 的回执指向其外的实绩 %d", "a receipt of the batch %s names the measurement %d, which is not of it", b.id, b.stray)
	}
}
