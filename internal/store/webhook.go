package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// webhookRow is a row of the table webhooks; moments are microseconds, 0 for none.
type webhookRow struct {
	ID                int64
	Code              string
	URL               string
	Description       string
	Events            string
	Plans             string
	Format            string
	Secret            string
	PreviousSecret    string
	PreviousUntil     int64
	RobotSecret       string
	Created           int64 `gorm:"column:created_at"`
	CreatedBy         string
	DisabledAt        int64
	DisabledReason    string
	FailingSince      int64
	MeasurementCursor int64
	LoopCursor        int64
	StatusCursor      int64
}

// TableName implements gorm's schema.Tabler.
func (webhookRow) TableName() string { return "webhooks" }

func (r webhookRow) webhook() loop.Webhook {
	return loop.Webhook{
		ID: r.ID, Code: r.Code, URL: r.URL, Description: r.Description, Events: parted(r.Events), Plans: parted(r.Plans), Format: loop.Format(r.Format),
		Secret: r.Secret, Previous: r.PreviousSecret, PreviousUntil: instantOf(r.PreviousUntil), RobotSecret: r.RobotSecret,
		CreatedAt: instantOf(r.Created), CreatedBy: r.CreatedBy, DisabledAt: instantOf(r.DisabledAt), DisabledWhy: r.DisabledReason, FailingSince: instantOf(r.FailingSince),
	}
}

// set gives the row what a webhook says, but for its cursors.
func (r *webhookRow) set(w loop.Webhook) {
	r.Code, r.URL, r.Description, r.Events, r.Plans, r.Format = w.Code, w.URL, w.Description, strings.Join(w.Events, ","), strings.Join(w.Plans, ","), string(w.Format)
	r.Secret, r.PreviousSecret, r.PreviousUntil, r.RobotSecret = w.Secret, w.Previous, microOf(w.PreviousUntil), w.RobotSecret
	r.DisabledAt, r.DisabledReason, r.FailingSince = microOf(w.DisabledAt), w.DisabledWhy, microOf(w.FailingSince)
}

func parted(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// instantOf is the moment of microseconds since 1970, zero for 0.
func instantOf(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

func microOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// auditedWebhook is what the audit log hashes of a webhook: not what signs.
func auditedWebhook(w loop.Webhook) any {
	w.Secret, w.Previous, w.RobotSecret = "", "", ""
	return w
}

var kindWebhook = fault.Text{ZH: "推送", EN: "webhook"}

// CreateWebhook stores a webhook, which is told of what happens from now on. It fails with
// fault.InvalidValue where most are there already.
func (s *Store) CreateWebhook(ctx context.Context, w loop.Webhook, most int) (loop.Webhook, error) {
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		var there int64
		if err := tx.Model(&webhookRow{}).Count(&there).Error; err != nil {
			return err
		}
		if there >= int64(most) {
			return fault.Newf(fault.InvalidValue, "推送地址最多 %d 个，请先删除不用的", "there may be %d webhooks: delete one that is not used", most).At("/url")
		}
		row := webhookRow{Created: now.UnixMicro(), CreatedBy: indicator.ActorFrom(ctx).Key}
		row.set(w)
		if err := cursorsNow(tx, &row); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		w = row.webhook()
		return s.Record(ctx, tx, "webhook.created", w.Code, nil, auditedWebhook(w))
	})
	return w, err
}

// cursorsNow puts the cursors at the ends of the logs.
func cursorsNow(tx *gorm.DB, row *webhookRow) error {
	return tx.Raw("SELECT l.measurement_id, l.loop_event, h.last FROM ledger l, status_change_head h WHERE l.id = 1 AND h.id = 1").
		Row().Scan(&row.MeasurementCursor, &row.LoopCursor, &row.StatusCursor)
}

// Webhooks lists webhooks in the order of creation; next is the position of the following page,
// 0 at the end.
func (s *Store) Webhooks(ctx context.Context, page indicator.Page) (list []loop.Webhook, next int64, err error) {
	var rows []webhookRow
	if err := database.PageBy(s.db.Read.WithContext(ctx), "id", page).Find(&rows).Error; err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	rows, next = database.Cut(rows, page, func(r webhookRow) int64 { return r.ID })
	for _, r := range rows {
		list = append(list, r.webhook())
	}
	return list, next, nil
}

// Webhook returns one. It fails with fault.NotFound.
func (s *Store) Webhook(ctx context.Context, code string) (loop.Webhook, error) {
	row, err := webhookBy(s.db.Read.WithContext(ctx), code)
	if err != nil {
		return loop.Webhook{}, s.db.Translate(ctx, err)
	}
	return row.webhook(), nil
}

func webhookBy(tx *gorm.DB, code string) (row webhookRow, err error) {
	err = tx.Where("code = ?", code).Take(&row).Error
	return row, database.OnMissing(err, database.NotFound(kindWebhook, code))
}

// ChangeWebhook lets a function change a webhook and records that as an action. Where skip is
// true it is told of nothing that happened before now. It fails with fault.NotFound, and as the
// function does.
func (s *Store) ChangeWebhook(ctx context.Context, code, action string, skip bool, change func(*loop.Webhook) error) (loop.Webhook, error) {
	var changed loop.Webhook
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.LockLedger(tx); err != nil {
			return err
		}
		row, err := s.lockedWebhook(tx, "code = ?", code)
		if err != nil {
			return database.OnMissing(err, database.NotFound(kindWebhook, code))
		}
		before := row.webhook()
		changed = row.webhook()
		if err := change(&changed); err != nil {
			return err
		}
		row.set(changed)
		if skip {
			if err := cursorsNow(tx, &row); err != nil {
				return err
			}
		}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		return s.Record(ctx, tx, action, code, auditedWebhook(before), auditedWebhook(changed))
	})
	return changed, err
}

// lockedWebhook reads a webhook and keeps other transactions from changing it.
func (s *Store) lockedWebhook(tx *gorm.DB, where string, args ...any) (row webhookRow, err error) {
	found := tx.Raw("SELECT * FROM webhooks WHERE "+where+s.db.ForUpdate(), args...).Scan(&row)
	if found.Error == nil && found.RowsAffected == 0 {
		return row, gorm.ErrRecordNotFound
	}
	return row, found.Error
}

// DeleteWebhook removes a webhook with its deliveries. It fails with fault.NotFound.
func (s *Store) DeleteWebhook(ctx context.Context, code string) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.LockLedger(tx); err != nil {
			return err
		}
		row, err := webhookBy(tx, code)
		if err != nil {
			return err
		}
		for _, table := range []string{"deliveries", "webhook_subjects"} {
			if err := tx.Exec("DELETE FROM "+table+" WHERE webhook_id = ?", row.ID).Error; err != nil {
				return err
			}
		}
		if err := tx.Delete(&webhookRow{}, row.ID).Error; err != nil {
			return err
		}
		return s.Record(ctx, tx, "webhook.deleted", code, auditedWebhook(row.webhook()), nil)
	})
}

func (r webhookRow) cursors() ledger.Cursors {
	return ledger.Cursors{Measurement: r.MeasurementCursor, Loop: r.LoopCursor, Status: r.StatusCursor}
}
