package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ChangeKeySoon changes a key in a transaction that waits for no batch: one that this
// process stores in one transaction gives way, and where others hold the ledger, the audit
// entry that the change returns, whose target is the key, follows into the chain once they
// let go of it. Without an entry nothing was changed.
func (l *Ledger) ChangeKeySoon(ctx context.Context, change func(tx *gorm.DB) (*indicator.AuditEntry, error)) error {
	if l.db.OneWriter() {
		l.urgent.Add(1)
		defer l.urgent.Add(-1)
	}
	follows := false
	err := l.atOnce(ctx, func(tx *gorm.DB) error {
		locked, err := l.db.LockLedgerSoon(tx)
		if err != nil {
			return err
		}
		entry, err := change(tx)
		if err != nil || entry == nil {
			return err
		}
		if locked {
			KeyRecord.Touch(tx, entry.Target)
			return l.recordEntry(ctx, tx, *entry)
		}
		follows, entry.At = true, database.Micro(l.db.Now())
		return l.keepUnchained(ctx, tx.Statement.ConnPool, *entry)
	})
	if err == nil && follows {
		l.following.Go(func() { l.follow(context.WithoutCancel(ctx)) })
	}
	return err
}

// errGaveWay undoes a batch in one transaction for what must not wait behind it.
var errGaveWay = fault.Newf(fault.Unavailable,
	"整批让位于密钥的吊销，未保存，请重新发送", "the batch gave way to the revocation of a key and nothing of it was stored; send it again").
	Because(indicator.ErrGaveWay)

// giveWay fails with indicator.ErrGaveWay when a batch in one transaction keeps back
// something urgent.
func (l *Ledger) giveWay() error {
	if l.urgent.Load() > 0 {
		return errGaveWay
	}
	return nil
}

func (l *Ledger) keepUnchained(ctx context.Context, q database.Querier, e indicator.AuditEntry) error {
	_, err := q.ExecContext(ctx, `INSERT INTO unchained_entries (at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		l.db.Instant(e.At), e.Actor.Key, e.Actor.Name, e.Actor.From, e.Actor.RequestID, e.Action, e.Target, orEmpty(e.Before), orEmpty(e.After))
	return err
}

// follow brings entries into the chain, until it has succeeded or the store closes; then
// it is for whoever opens the database next.
func (l *Ledger) follow(ctx context.Context) {
	const pause = time.Second
	for {
		ctx, cancel := context.WithTimeout(ctx, groupTimeout)
		go func() {
			select {
			case <-l.closing:
				cancel()
			case <-ctx.Done():
			}
		}()
		err := fault.Guard(func() error { return l.chainEntries(ctx) })
		cancel()
		if err == nil {
			return
		}
		select {
		case <-l.closing:
			return
		case <-time.After(pause):
		}
	}
}

// chainWithin is how long opening waits for the ledger to chain what was left.
const chainWithin = time.Second

// chainLeft chains the entries of a process that was ended before it could. Where others
// hold the ledger, they follow once those let go of it: nobody waits to open a database.
func (l *Ledger) chainLeft(ctx context.Context) {
	soon, cancel := context.WithTimeout(ctx, chainWithin)
	defer cancel()
	if l.chainEntries(soon) != nil {
		l.following.Go(func() { l.follow(context.WithoutCancel(ctx)) })
	}
}

// chainEntries moves the entries that are not in the chain of the audit log into it.
func (l *Ledger) chainEntries(ctx context.Context) error {
	var waiting int64
	if err := l.db.Reader().QueryRowContext(ctx, "SELECT COUNT(*) FROM unchained_entries").Scan(&waiting); err != nil || waiting == 0 {
		return l.db.Translate(ctx, err)
	}
	return l.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := l.LockLedger(tx); err != nil {
			return err
		}
		q := tx.Statement.ConnPool
		entries, err := takeUnchained(ctx, q)
		if err != nil || len(entries) == 0 {
			return err
		}
		waited := make([]newEntry, len(entries))
		for i, e := range entries {
			waited[i].AuditEntry = e
			if waited[i].records, err = KeyRecord.appendRecords(ctx, q, nil, e.Target); err != nil {
				return err
			}
		}
		return l.lengthen(ctx, q, waited...)
	})
}

const actionRevoked = "key.revoked"

// followsInto is the condition of an entry that may follow into the chain: one of a
// revocation that there was.
const followsInto = `(u.action = '` + actionRevoked + `' AND u.target IN (SELECT k.code FROM access_keys k WHERE k.revoked_at IS NOT NULL))`

// takeUnchained takes the entries that wait out of their table, in their order. It reads
// what it deletes in one statement: ids become visible in any order, so that another entry
// below the last may come while this transaction runs.
func takeUnchained(ctx context.Context, q database.Querier) (entries []indicator.AuditEntry, err error) {
	type waiting struct {
		id int64
		indicator.AuditEntry
	}
	var taken []waiting
	err = database.Each(ctx, q, `DELETE FROM unchained_entries WHERE id IN (SELECT u.id FROM unchained_entries u WHERE `+followsInto+`)
		RETURNING id, at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash`, nil, func(rows *sql.Rows) error {
		var e waiting
		var at database.Moment
		err := rows.Scan(&e.id, &at, &e.Actor.Key, &e.Actor.Name, &e.Actor.From, &e.Actor.RequestID, &e.Action, &e.Target, &e.Before, &e.After)
		e.At = at.Time
		taken = append(taken, e)
		return err
	})
	slices.SortFunc(taken, func(a, b waiting) int { return cmp.Compare(a.id, b.id) })
	for _, e := range taken {
		entries = append(entries, e.AuditEntry)
	}
	return entries, err
}

// checkKey fails with fault.Unauthorized when the key that rows came with was revoked or
// has expired since they began to come. A caller without a key of the table has none to
// lose.
func (w *ledgerTx) checkKey(id string) error {
	var expires, revoked *database.Moment
	err := w.conn.Tx.QueryRowContext(w.ctx, "SELECT expires_at, revoked_at FROM access_keys WHERE code = $1", id).Scan(&expires, &revoked)
	if database.IsMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	k := access.Key{ExpiresAt: expires.OrZero(), RevokedAt: revoked.OrZero()}
	if k.StateAt(w.ledger.db.Now()) != access.Active {
		return fault.Newf(fault.Unauthorized,
			"密钥在此批次中途被吊销或过期，其后的行未保存", "the key was revoked or expired while the batch came; nothing after that is stored")
	}
	return nil
}
