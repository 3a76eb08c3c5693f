package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// mostSessions is how many sessions a key has at a time; the oldest give way.
const mostSessions = 100

type sessionRow struct {
	Code      string `gorm:"primaryKey"`
	KeyCode   string
	Digest    string
	KeyDigest string
	Created   database.Moment `gorm:"column:created_at"`
	ExpiresAt database.Moment
}

// TableName implements gorm's schema.Tabler.
func (sessionRow) TableName() string { return "sessions" }

// CreateSession stores a session, and removes those that are over and, of its key, the oldest
// beyond mostSessions.
func (s *Store) CreateSession(ctx context.Context, session access.Session) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("expires_at <= ?", database.MomentOf(session.CreatedAt)).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		newest := tx.Model(&sessionRow{}).Select("code").Where("key_code = ?", session.Key).
			Order("created_at DESC, code DESC").Limit(mostSessions - 1)
		err := tx.Where("key_code = ? AND code NOT IN (?)", session.Key, newest).Delete(&sessionRow{}).Error
		if err != nil {
			return err
		}
		return tx.Create(&sessionRow{
			Code: session.ID, KeyCode: session.Key, Digest: session.Digest, KeyDigest: session.KeyDigest,
			Created: database.MomentOf(session.CreatedAt), ExpiresAt: database.MomentOf(session.ExpiresAt),
		}).Error
	})
}

// Session returns one session, or fails with fault.NotFound.
func (s *Store) Session(ctx context.Context, id string) (access.Session, error) {
	var row sessionRow
	if err := s.db.Read.WithContext(ctx).Where("code = ?", id).Take(&row).Error; err != nil {
		return access.Session{}, s.db.Translate(ctx, database.OnMissing(err, database.NotFound(kindSession, id)))
	}
	return access.Session{
		ID: row.Code, Key: row.KeyCode, Digest: row.Digest, KeyDigest: row.KeyDigest,
		CreatedAt: row.Created.Time, ExpiresAt: row.ExpiresAt.Time,
	}, nil
}

var kindSession = fault.Text{ZH: "会话", EN: "session"}

// EndSession removes a session; one that is not there is no error.
func (s *Store) EndSession(ctx context.Context, id string) error {
	return s.InTx(ctx, func(tx *gorm.DB) error { return tx.Where("code = ?", id).Delete(&sessionRow{}).Error })
}
