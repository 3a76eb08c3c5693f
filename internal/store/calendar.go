package store

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// calendarRow is a row of the table calendars; moments are microseconds, 0 for none.
type calendarRow struct {
	ID        int64
	AgencyID  int64
	Digest    string
	Created   int64 `gorm:"column:created_at"`
	CreatedBy string
	RevokedAt int64
}

// TableName implements gorm's schema.Tabler.
func (calendarRow) TableName() string { return "calendars" }

// KeepCalendar gives an agency a calendar feed that is known by a digest; one that it had ends.
func (s *Store) KeepCalendar(ctx context.Context, agency int64, digest string) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		if _, err := endCalendars(tx, agency, now.UnixMicro()); err != nil {
			return err
		}
		row := calendarRow{AgencyID: agency, Digest: digest, Created: now.UnixMicro(), CreatedBy: indicator.ActorFrom(ctx).Key}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.Record(ctx, tx, "calendar.created", strconv.FormatInt(agency, 10), nil, map[string]any{"agency": agency, "calendar": row.ID})
	})
}

// RevokeCalendar ends the calendar feed of an agency. It fails with fault.NotFound where there
// is none.
func (s *Store) RevokeCalendar(ctx context.Context, agency int64) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		ended, err := endCalendars(tx, agency, now.UnixMicro())
		if err != nil {
			return err
		}
		if ended == 0 {
			return database.NotFound(kindCalendar, strconv.FormatInt(agency, 10))
		}
		return s.Record(ctx, tx, "calendar.revoked", strconv.FormatInt(agency, 10), map[string]any{"agency": agency}, nil)
	})
}

var kindCalendar = fault.Text{ZH: "日历订阅", EN: "calendar feed"}

func endCalendars(tx *gorm.DB, agency, at int64) (int64, error) {
	done := tx.Model(&calendarRow{}).Where("agency_id = ? AND revoked_at = 0", agency).UpdateColumn("revoked_at", at)
	return done.RowsAffected, done.Error
}

// CalendarAgency is the agency whose feed is known by a digest. It fails with fault.NotFound,
// also for a feed that was revoked.
func (s *Store) CalendarAgency(ctx context.Context, digest string) (int64, error) {
	var row calendarRow
	err := s.db.Read.WithContext(ctx).Where("digest = ? AND revoked_at = 0", digest).Take(&row).Error
	if err != nil {
		return 0, s.db.Translate(ctx, database.OnMissing(err, fault.Newf(fault.NotFound, "没有这个日历订阅，或已撤销", "there is no such calendar feed, or it was revoked")))
	}
	return row.AgencyID, nil
}
