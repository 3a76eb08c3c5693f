package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// deliveryRow is a row of the table deliveries; moments are microseconds, 0 for none.
type deliveryRow struct {
	ID          int64
	WebhookID   int64
	Event       string
	Type        string
	Subject     string
	Seq         int64
	Body        string
	State       string
	Attempts    int
	Created     int64 `gorm:"column:created_at"`
	TriedFrom   int64
	NextAt      int64
	LeasedUntil int64
	Lease       string
	LastStatus  int
	LastError   string
	DeliveredAt int64
}

// TableName implements gorm's schema.Tabler.
func (deliveryRow) TableName() string { return "deliveries" }

func (r deliveryRow) delivery() loop.Delivery {
	return loop.Delivery{
		ID: r.ID, Event: r.Event, Type: r.Type, Subject: r.Subject, Seq: r.Seq, Body: r.Body, State: loop.DeliveryState(r.State), Attempts: r.Attempts,
		CreatedAt: instantOf(r.Created), TriedFrom: instantOf(r.TriedFrom), NextAt: instantOf(r.NextAt),
		LastStatus: r.LastStatus, LastError: r.LastError, DeliveredAt: instantOf(r.DeliveredAt),
	}
}

// LaggingWebhooks are those that are not disabled and that something happened for, or has
// become due for, by a moment.
func (s *Store) LaggingWebhooks(ctx context.Context, now time.Time) ([]loop.Lagging, error) {
	var rows []struct {
		Row    webhookRow `gorm:"embedded"`
		Behind bool
		Due    int
	}
	err := s.db.Read.WithContext(ctx).Raw(`SELECT * FROM (SELECT w.*,
			(w.measurement_cursor < l.measurement_id OR w.loop_cursor < l.loop_event OR w.status_cursor < h.last) AS behind,
			(SELECT COUNT(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending' AND d.next_at <= ? AND d.leased_until <= ?) AS due
		FROM webhooks w, ledger l, status_change_head h WHERE l.id = 1 AND h.id = 1 AND w.disabled_at = 0) x WHERE behind OR due > 0 ORDER BY id`,
		now.UnixMicro(), now.UnixMicro()).Scan(&rows).Error
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	list := make([]loop.Lagging, len(rows))
	for i, r := range rows {
		list[i] = loop.Lagging{Webhook: r.Row.webhook(), Behind: r.Behind, Due: r.Due}
	}
	return list, nil
}

// Dispatch reads what happened after the cursors of a webhook, some more than limit entries at
// most, lets a function make deliveries of it, stores them with their numbers within their
// subjects and moves the cursors, in one transaction. Nothing is read while most deliveries of
// the webhook are pending: what happens waits in the logs. It says how many entries it went past.
func (s *Store) Dispatch(ctx context.Context, webhook int64, limit, most int, compose func(loop.Webhook, loop.Occurrence, int64) (loop.Delivery, bool)) (passed int, err error) {
	err = s.InTx(ctx, func(tx *gorm.DB) error {
		row, err := s.lockedWebhook(tx, "id = ? AND disabled_at = 0", webhook)
		if err != nil {
			return orGone(err) // disabled or deleted meanwhile
		}
		var pending int64
		if err := tx.Model(&deliveryRow{}).Where("webhook_id = ? AND state = 'pending'", row.ID).Count(&pending).Error; err != nil || pending >= int64(most) {
			return err
		}
		all, after, err := s.Occurrences(tx, row.cursors(), limit)
		if err != nil {
			return err
		}
		if len(all) == 0 { // what a log ends with may have been taken away
			return nil
		}
		if err := s.keepDeliveries(tx, row, all, compose); err != nil {
			return err
		}
		passed = len(all)
		return tx.Model(&webhookRow{}).Where("id = ?", row.ID).
			UpdateColumns(map[string]any{"measurement_cursor": after.Measurement, "loop_cursor": after.Loop, "status_cursor": after.Status}).Error
	})
	return passed, err
}

func (s *Store) keepDeliveries(tx *gorm.DB, row webhookRow, all []loop.Occurrence, compose func(loop.Webhook, loop.Occurrence, int64) (loop.Delivery, bool)) error {
	w := row.webhook()
	now := s.db.Now().UnixMicro()
	var wanted []loop.Occurrence
	var subjects []string
	for _, o := range all {
		if d, ok := compose(w, o, 0); ok {
			wanted = append(wanted, o)
			subjects = append(subjects, d.Subject)
		}
	}
	seqs, err := seqsOf(tx, row.ID, subjects)
	if err != nil {
		return err
	}
	rows := make([]deliveryRow, len(wanted))
	for i, o := range wanted {
		seqs[subjects[i]]++
		d, _ := compose(w, o, seqs[subjects[i]])
		rows[i] = deliveryRow{
			WebhookID: row.ID, Event: d.Event, Type: d.Type, Subject: d.Subject, Seq: d.Seq, Body: d.Body,
			State: string(loop.Pending), Created: now, NextAt: now,
		}
	}
	if err := insertAll(tx, rows); err != nil {
		return err
	}
	slices.Sort(subjects)
	for part := range slices.Chunk(slices.Compact(subjects), database.ChunkSize/3) {
		var values string
		var args []any
		for i, subject := range part {
			if i > 0 {
				values += ", "
			}
			values += "(?, ?, ?)"
			args = append(args, row.ID, subject, seqs[subject])
		}
		err := tx.Exec("INSERT INTO webhook_subjects (webhook_id, subject, seq) VALUES "+values+" ON CONFLICT (webhook_id, subject) DO UPDATE SET seq = excluded.seq", args...).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// seqsOf are the last numbers of subjects.
func seqsOf(tx *gorm.DB, webhook int64, subjects []string) (map[string]int64, error) {
	seqs := map[string]int64{}
	for part := range slices.Chunk(subjects, database.ChunkSize) {
		var rows []struct {
			Subject string
			Seq     int64
		}
		if err := tx.Raw("SELECT subject, seq FROM webhook_subjects WHERE webhook_id = ? AND subject IN ?", webhook, part).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			seqs[r.Subject] = r.Seq
		}
	}
	return seqs, nil
}

// ClaimDeliveries gives a sender, under a lease that ends at a moment, deliveries of a webhook
// that are due, the first of each subject that is not delivered only.
func (s *Store) ClaimDeliveries(ctx context.Context, webhook int64, now, until time.Time, lease string, limit int) ([]loop.Delivery, error) {
	var rows []deliveryRow
	skip := ""
	if s.db.IsPostgres() {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		return tx.Raw(`UPDATE deliveries SET leased_until = ?, lease = ? WHERE id IN (
				SELECT d.id FROM deliveries d WHERE d.webhook_id = ? AND d.state = 'pending' AND d.next_at <= ? AND d.leased_until <= ?
				AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.webhook_id = d.webhook_id AND e.subject = d.subject AND e.state = 'pending' AND e.id < d.id)
				ORDER BY d.id LIMIT ?`+skip+`) RETURNING *`,
			until.UnixMicro(), lease, webhook, now.UnixMicro(), now.UnixMicro(), limit).Scan(&rows).Error
	})
	list := make([]loop.Delivery, len(rows))
	for i, r := range rows {
		list[i] = r.delivery()
	}
	return list, err
}

// KeepTried stores what became of an attempt, unless the lease under which it was made is
// another's by now. Disabling the webhook is recorded; disabled says that this did it.
func (s *Store) KeepTried(ctx context.Context, webhook loop.Webhook, t loop.Tried) (disabled bool, err error) {
	err = s.InTx(ctx, func(tx *gorm.DB) error {
		if t.Disable != "" {
			if _, err := s.LockLedger(tx); err != nil { // before the webhook, as everywhere
				return err
			}
		}
		columns := map[string]any{
			"state": string(t.State), "attempts": gorm.Expr("attempts + 1"), "next_at": microOf(t.NextAt), "leased_until": 0, "lease": "",
			"last_status": t.Status, "last_error": t.Error, "tried_from": gorm.Expr("CASE WHEN tried_from = 0 THEN ? ELSE tried_from END", t.At.UnixMicro()),
		}
		if t.State == loop.Delivered {
			columns["delivered_at"] = t.At.UnixMicro()
		}
		done := tx.Model(&deliveryRow{}).Where("id = ? AND lease = ?", t.Delivery.ID, t.Lease).UpdateColumns(columns)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		if t.State == loop.Delivered {
			return tx.Exec("UPDATE webhooks SET failing_since = 0 WHERE id = ? AND failing_since <> 0", webhook.ID).Error
		}
		if err := tx.Exec("UPDATE webhooks SET failing_since = ? WHERE id = ? AND failing_since = 0", t.At.UnixMicro(), webhook.ID).Error; err != nil || t.Disable == "" {
			return err
		}
		row, err := s.lockedWebhook(tx, "id = ? AND disabled_at = 0", webhook.ID)
		if err != nil {
			return orGone(err)
		}
		before := row.webhook()
		row.DisabledAt, row.DisabledReason = t.At.UnixMicro(), t.Disable
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		disabled = true
		return s.Record(ctx, tx, "webhook.disabled", row.Code, auditedWebhook(before), auditedWebhook(row.webhook()))
	})
	return disabled && err == nil, err
}

// orGone is nil for a webhook that is not there any more.
func orGone(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	return err
}

// Deliveries lists the deliveries of a webhook in a state, or all when it is empty, the newest
// first. It fails with fault.NotFound.
func (s *Store) Deliveries(ctx context.Context, code string, state loop.DeliveryState, page indicator.Page) (list []loop.Delivery, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	row, err := webhookBy(tx, code)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	found := tx.Where("webhook_id = ?", row.ID).Order("id DESC")
	if state != "" {
		found = found.Where("state = ?", string(state))
	}
	if page.After > 0 {
		found = found.Where("id < ?", page.After)
	}
	var rows []deliveryRow
	if err := database.Limit(found, page).Find(&rows).Error; err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	rows, next = database.Cut(rows, page, func(r deliveryRow) int64 { return r.ID })
	for _, r := range rows {
		list = append(list, r.delivery())
	}
	return list, next, nil
}

// Redeliver has a delivery of a webhook sent again, at once. It fails with fault.NotFound.
func (s *Store) Redeliver(ctx context.Context, code string, id int64) (loop.Delivery, error) {
	var again deliveryRow
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		row, err := webhookBy(tx, code)
		if err != nil {
			return err
		}
		done := tx.Model(&deliveryRow{}).Where("id = ? AND webhook_id = ?", id, row.ID).
			UpdateColumns(map[string]any{"state": string(loop.Pending), "attempts": 0, "tried_from": 0, "next_at": s.db.Now().UnixMicro()})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return database.NotFound(fault.Text{ZH: "投递", EN: "delivery"}, fmt.Sprint(id))
		}
		if err := tx.Take(&again, id).Error; err != nil {
			return err
		}
		return s.Record(ctx, tx, "webhook.redelivered", code, nil, map[string]any{"delivery": id})
	})
	return again.delivery(), err
}

// PruneDeliveries drops, at most so many of each, deliveries that ended and changes of statuses
// that every webhook has gone past, or that are older than a moment.
func (s *Store) PruneDeliveries(ctx context.Context, before time.Time, limit int) (int64, error) {
	var dropped int64
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		done := tx.Exec("DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE state <> 'pending' AND created_at < ? ORDER BY id LIMIT ?)", before.UnixMicro(), limit)
		if done.Error != nil {
			return done.Error
		}
		dropped = done.RowsAffected
		var least sql.NullInt64
		if err := tx.Raw("SELECT MIN(status_cursor) FROM webhooks").Row().Scan(&least); err != nil {
			return err
		}
		query, args := "at < ?", []any{before.UnixMicro()}
		if least.Valid {
			query, args = "id <= ? OR at < ?", []any{least.Int64, before.UnixMicro()}
		}
		done = tx.Exec("DELETE FROM status_changes WHERE id IN (SELECT id FROM status_changes WHERE "+query+" ORDER BY id LIMIT ?)", append(args, limit)...)
		dropped += done.RowsAffected
		return done.Error
	})
	return dropped, err
}
