package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// continuation is what ties a batch to its idempotency key, and to the request
// with that key that began it.
type continuation struct {
	key     indicator.Idempotency // zero without one
	content []byte                // hash over the rows so far
	takenUp bool                  // from an earlier request
	stored  int64                 // rows that it stored
	known   []byte                // hash over them
	passed  int64                 // rows of them that came again
}

// follow takes rows into the hash.
func (c *continuation) follow(rows []indicator.Row) {
	if c.key.Scope == "" {
		return
	}
	for _, r := range rows {
		sum := sha256.Sum256(append(bytes.Clone(c.content), r.Content...))
		c.content = sum[:]
	}
}

// errKeyInUse is about a key under which another process is storing rows.
var errKeyInUse = fault.Newf(fault.KeyInUse,
	"同一 Idempotency-Key 的请求正在处理，请稍后重发", "a request with this Idempotency-Key is being processed; send it again in a moment")

// takeUp makes the batch the one that a request with the key began, if there was
// one, with the receipts of the rows that it stored.
func (b *batch) takeUp(ctx context.Context) error {
	var known []byte
	begun, err := scanBatch(b.ledger.db.Reader().QueryRowContext(ctx, "SELECT k.fingerprint, "+batchColumns+
		" FROM idempotency_keys k JOIN batches b ON b.id = k.header WHERE k.scope = $1 AND k.status = $2 AND k.expires_at > $3",
		b.resume.key.Scope, statusBegun, database.MomentOf(b.ledger.db.Now())), &known)
	switch {
	case database.IsMissing(err):
		return nil
	case err != nil:
		return err
	case begun.Mode != b.info.Mode:
		return errKeyReused
	}
	b.info = begun
	b.resume.takenUp, b.resume.stored, b.resume.known = true, begun.Tally.Rows, known
	if begun.Mode == indicator.Partial {
		b.info.State = indicator.BatchRunning
	}
	return b.spoolStored(ctx)
}

// spoolStored puts the receipts of the rows that are stored into the file, and notes
// what they report, by what was stored and not by what their codes mean now.
func (b *batch) spoolStored(ctx context.Context) error {
	rows, err := b.ledger.db.Reader().QueryContext(ctx, `SELECT rows, receipts FROM batch_receipts
		WHERE batch = $1 AND first_row <= $2 ORDER BY first_row`, b.info.ID, b.resume.stored)
	if err != nil {
		return err
	}
	defer rows.Close()
	var reported []reportedBy
	for before := int64(0); rows.Next(); {
		var n int
		var packed []byte
		if err := rows.Scan(&n, &packed); err != nil {
			return err
		}
		if err := b.spoolChunk(packed, n); err != nil {
			return err
		}
		err := eachReceipt(packed, func(i int64, r indicator.Receipt) error {
			if r.Outcome != indicator.Refused && r.Outcome != indicator.Superseded {
				b.seen.turnTo(before+i+1, r.Origin)
				reported = append(reported, reportedBy{r.Measurement.ID, b.seen.now})
			}
			return nil
		})
		before += int64(n)
		if err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for part := range slices.Chunk(reported, database.ChunkSize) {
		if err := b.seeStored(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

// reportedBy is a measurement and the row of the batch that reports it.
type reportedBy struct {
	id  int64
	row whence
}

// reportedKey is what a row of the batch reports of an indicator.
type reportedKey struct {
	key
	row whence
}

// seeStored notes the keys of measurements, as if their rows had been judged now.
func (b *batch) seeStored(ctx context.Context, list []reportedBy) error {
	keys, err := b.keysOf(ctx, list)
	if err != nil {
		return err
	}
	query, args := b.ledger.queries.targets(slices.Collect(maps.Keys(keys)))
	rows, err := b.ledger.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	var found []*target
	err = eachTarget(rows, func(t *target, _ bool) error {
		found = append(found, t)
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range found {
		if t.state == nil {
			if t.state, err = readState(ctx, b.ledger.db.Reader(), t.id, t.code); err != nil {
				return err
			}
		}
		for _, k := range keys[t.code] {
			if place, reported := t.state.places[k.key]; reported {
				b.seen.now = k.row
				b.seen.add(t.id, place)
			}
		}
	}
	return nil
}

// keysOf finds what measurements report, by indicator.
func (b *batch) keysOf(ctx context.Context, list []reportedBy) (map[string][]reportedKey, error) {
	marks, args, by := make([]string, len(list)), make([]any, len(list)), make(map[int64]whence, len(list))
	for i, r := range list {
		marks[i], args[i] = "$"+strconv.Itoa(i+1), r.id
		if _, known := by[r.id]; !known {
			by[r.id] = r.row
		}
	}
	keys := map[string][]reportedKey{}
	err := database.Each(ctx, b.ledger.db.Reader(), `SELECT m.id, i.code, m.period, m.basis FROM measurements m
		JOIN indicators i ON i.id = m.indicator_id WHERE m.id IN (`+strings.Join(marks, ", ")+")", args, func(rows *sql.Rows) error {
		var id int64
		var code string
		var p database.Period
		var basis indicator.Basis
		err := rows.Scan(&id, &code, &p, &basis)
		keys[code] = append(keys[code], reportedKey{key{p.Period, basis}, by[id]})
		return err
	})
	return keys, err
}

// passOver leaves out the rows that are stored already, and makes sure that they
// are those. The rows after them are new; an atomic batch has none.
func (b *batch) passOver(rows []indicator.Row) ([]indicator.Row, error) {
	c := &b.resume
	if !c.takenUp {
		return rows, nil
	}
	n := min(int64(len(rows)), c.stored-c.passed)
	c.follow(rows[:n])
	c.passed += n
	if n > 0 && c.passed == c.stored && !bytes.Equal(c.content, c.known) {
		return nil, errKeyReused
	}
	if rows = rows[n:]; len(rows) > 0 && b.info.Mode == indicator.Atomic {
		return nil, errKeyReused
	}
	return rows, nil
}

// holdKey notes under the batch's key how far it has come. It fails with
// fault.KeyInUse when that is not from where this request went on: then another one
// has stored rows since, and theirs must not be stored twice.
func (w *ledgerTx) holdKey(b *batch, content []byte) error {
	key := b.resume.key
	if key.Scope == "" {
		return nil
	}
	var found []byte
	err := w.conn.Tx.QueryRowContext(w.ctx, "SELECT fingerprint FROM idempotency_keys WHERE scope = $1 AND expires_at > $2",
		key.Scope, database.MomentOf(w.ledger.db.Now())).Scan(&found)
	switch {
	case database.IsMissing(err):
	case err != nil:
		return err
	case !bytes.Equal(found, content):
		return errKeyInUse
	}
	_, err = w.conn.Tx.ExecContext(w.ctx, `INSERT INTO idempotency_keys (scope, fingerprint, status, header, answer, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
			header = excluded.header, answer = excluded.answer, expires_at = excluded.expires_at`,
		key.Scope, orEmpty(b.resume.content), statusBegun, b.info.ID, []byte{}, database.MomentOf(key.ExpiresAt))
	return err
}
