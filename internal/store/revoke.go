package store

import (
	"context"
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
			return s.lengthen(ctx, tx.Statement.ConnPool, entry)
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
		entries, last, err := unchained(ctx, q)
		if err != nil || len(entries) == 0 {
			return err
		}
		if err := s.lengthen(ctx, q, entries...); err != nil {
			return err
		}
		_, err = q.ExecContext(ctx, "DELETE FROM unchained_entries WHERE id <= $1", last)
		return err
	})
}

// unchained are the entries that wait, and the number of the last.
func unchained(ctx context.Context, q querier) (entries []indicator.AuditEntry, last int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash
		FROM unchained_entries ORDER BY id`)
	if err != nil {
		return nil, 0, err
	}
	err = eachRow(rows, func() error {
		var e indicator.AuditEntry
		var at moment
		err := rows.Scan(&last, &at, &e.Actor.Key, &e.Actor.Name, &e.Actor.From, &e.Actor.RequestID, &e.Action, &e.Target, &e.Before, &e.After)
		e.At = at.Time
		entries = append(entries, e)
		return err
	})
	return entries, last, err
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
