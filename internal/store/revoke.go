package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// RevokeKey ends a key for good; one that is revoked stays as it is. It waits for no
// batch: one that this process stores in one transaction gives way, and where others
// hold the ledger its entry follows into the audit chain once they let go of it. It
// fails with fault.NotFound.
func (s *Store) RevokeKey(ctx context.Context, id string) (access.Key, error) {
	if s.engine.oneWriter() {
		s.urgent.Add(1)
		defer s.urgent.Add(-1)
	}
	var revoked access.Key
	follows := false
	err := s.atOnce(ctx, func(tx *gorm.DB) error {
		alone, err := s.engine.lockLedgerSoon(tx)
		if err != nil {
			return err
		}
		before, err := s.keyBy(tx, id)
		if err != nil {
			return err
		}
		done := tx.Model(&keyRow{}).Where("code = ? AND revoked_at IS NULL", id).UpdateColumn("revoked_at", momentOf(s.now()))
		if done.Error != nil {
			return done.Error
		}
		if revoked, err = s.keyBy(tx, id); err != nil || done.RowsAffected == 0 {
			return err
		}
		entry := s.entryOf(ctx, "key.revoked", id, auditedKey(before), auditedKey(revoked))
		if alone {
			keyRecord.touch(tx, id)
			return s.recordEntry(ctx, tx, entry)
		}
		follows, entry.At = true, micro(s.now())
		return s.keepUnchained(ctx, tx.Statement.ConnPool, entry)
	})
	if err != nil {
		return access.Key{}, err
	}
	if follows {
		s.following.Go(func() { s.follow(context.WithoutCancel(ctx)) })
	}
	return revoked, nil
}

func (s *Store) keepUnchained(ctx context.Context, q querier, e indicator.AuditEntry) error {
	_, err := q.ExecContext(ctx, `INSERT INTO unchained_entries (at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		s.engine.moment(e.At), e.Actor.Key, e.Actor.Name, e.Actor.From, e.Actor.RequestID, e.Action, e.Target, orEmpty(e.Before), orEmpty(e.After))
	return err
}

// follow brings entries into the chain, until it has succeeded or the store closes; then
// it is for whoever opens the database next.
func (s *Store) follow(ctx context.Context) {
	const pause = time.Second
	for {
		ctx, cancel := context.WithTimeout(ctx, groupTimeout)
		go func() {
			select {
			case <-s.closing:
				cancel()
			case <-ctx.Done():
			}
		}()
		err := fault.Guard(func() error { return s.chainEntries(ctx) })
		cancel()
		if err == nil {
			return
		}
		select {
		case <-s.closing:
			return
		case <-time.After(pause):
		}
	}
}

// chainWithin is how long opening waits for the ledger to chain what was left.
const chainWithin = time.Second

// chainLeft chains the entries of a process that was ended before it could. Where others
// hold the ledger, they follow once those let go of it: nobody waits to open a database.
func (s *Store) chainLeft(ctx context.Context) {
	soon, cancel := context.WithTimeout(ctx, chainWithin)
	defer cancel()
	if s.chainEntries(soon) != nil {
		s.following.Go(func() { s.follow(context.WithoutCancel(ctx)) })
	}
}

// chainEntries moves the entries that are not in the chain of the audit log into it.
func (s *Store) chainEntries(ctx context.Context) error {
	var waiting int64
	if err := s.reader().QueryRowContext(ctx, "SELECT COUNT(*) FROM unchained_entries").Scan(&waiting); err != nil || waiting == 0 {
		return s.translate(ctx, err)
	}
	return s.inTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.alone(tx); err != nil {
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
			if waited[i].records, err = keyRecord.appendRecords(ctx, q, nil, e.Target); err != nil {
				return err
			}
		}
		return s.lengthen(ctx, q, waited...)
	})
}

// takeUnchained takes the entries that wait out of their table, in their order. It reads
// what it deletes in one statement: ids become visible in any order, so that another entry
// below the last may come while this transaction runs.
func takeUnchained(ctx context.Context, q querier) (entries []indicator.AuditEntry, err error) {
	rows, err := q.QueryContext(ctx, `DELETE FROM unchained_entries
		RETURNING id, at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash`)
	if err != nil {
		return nil, err
	}
	type waiting struct {
		id int64
		indicator.AuditEntry
	}
	var taken []waiting
	err = eachRow(rows, func() error {
		var e waiting
		var at moment
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
func (w *writing) checkKey(id string) error {
	var expires, revoked *moment
	err := w.conn.tx.QueryRowContext(w.ctx, "SELECT expires_at, revoked_at FROM access_keys WHERE code = $1", id).Scan(&expires, &revoked)
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	k := access.Key{ExpiresAt: timeOf(expires), RevokedAt: timeOf(revoked)}
	if k.StateAt(w.store.now()) != access.Active {
		return fault.Newf(fault.Unauthorized,
			"密钥在此批次中途被吊销或过期，其后的行未保存", "the key was revoked or expired while the batch came; nothing after that is stored")
	}
	return nil
}
