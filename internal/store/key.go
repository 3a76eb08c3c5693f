package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type keyRow struct {
	ID             int64
	Code           string
	Name           string
	Role           access.Role
	Digest         string
	PreviousDigest string
	PreviousUntil  *moment
	Created        moment `gorm:"column:created_at"`
	CreatedBy      string
	ExpiresAt      *moment
	RevokedAt      *moment
	LastUsedAt     *moment
}

// TableName implements gorm's schema.Tabler.
func (keyRow) TableName() string { return "access_keys" }

func (r keyRow) key() access.Key {
	return access.Key{
		ID: r.Code, Name: r.Name, Role: r.Role, CreatedAt: r.Created.Time, CreatedBy: r.CreatedBy,
		ExpiresAt: timeOf(r.ExpiresAt), RevokedAt: timeOf(r.RevokedAt), LastUsedAt: timeOf(r.LastUsedAt),
		Digest: r.Digest, PreviousDigest: r.PreviousDigest, PreviousUntil: timeOf(r.PreviousUntil),
	}
}

type keyAgencyRow struct {
	KeyID   int64
	Ordinal int
	Agency  string
}

// TableName implements gorm's schema.Tabler.
func (keyAgencyRow) TableName() string { return "access_key_agencies" }

// momentOrNull keeps the zero time as NULL; timeOf is its inverse.
func momentOrNull(t time.Time) *moment {
	if t.IsZero() {
		return nil
	}
	m := momentOf(t)
	return &m
}

func timeOf(m *moment) time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.Time
}

// CreateKey stores a new key and returns it with its moment of creation.
func (s *Store) CreateKey(ctx context.Context, k access.Key) (access.Key, error) {
	err := s.inTx(ctx, func(tx *gorm.DB) error {
		row := keyRow{
			Code: k.ID, Name: k.Name, Role: k.Role, Digest: k.Digest, PreviousDigest: k.PreviousDigest,
			PreviousUntil: momentOrNull(k.PreviousUntil), Created: momentOf(s.now()), CreatedBy: k.CreatedBy,
			ExpiresAt: momentOrNull(k.ExpiresAt), RevokedAt: momentOrNull(k.RevokedAt), LastUsedAt: momentOrNull(k.LastUsedAt),
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		agencies := make([]keyAgencyRow, len(k.Agencies))
		for i, name := range k.Agencies {
			agencies[i] = keyAgencyRow{row.ID, i, name}
		}
		kept := row.key()
		kept.Agencies = k.Agencies
		k = kept
		return insertAll(tx, agencies)
	})
	if err != nil {
		return access.Key{}, err
	}
	return k, nil
}

// Key returns one key. It fails with fault.NotFound.
func (s *Store) Key(ctx context.Context, id string) (access.Key, error) {
	k, err := keyBy(s.read.WithContext(ctx), id)
	if err != nil {
		return access.Key{}, s.translate(ctx, err)
	}
	return k, nil
}

func keyBy(tx *gorm.DB, id string) (access.Key, error) {
	var row keyRow
	if err := tx.Where("code = ?", id).Take(&row).Error; err != nil {
		return access.Key{}, onMissing(err, notFound(kindKey, id))
	}
	keys, err := keysOf(tx, []keyRow{row})
	if err != nil {
		return access.Key{}, err
	}
	return keys[0], nil
}

var kindKey = fault.Text{ZH: "密钥", EN: "key"}

// keysOf adds their agencies to the keys of some rows.
func keysOf(tx *gorm.DB, rows []keyRow) ([]access.Key, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var agencies []keyAgencyRow
	if err := tx.Where("key_id IN ?", ids).Order("key_id, ordinal").Find(&agencies).Error; err != nil {
		return nil, err
	}
	named := map[int64][]string{}
	for _, a := range agencies {
		named[a.KeyID] = append(named[a.KeyID], a.Agency)
	}
	keys := make([]access.Key, len(rows))
	for i, r := range rows {
		keys[i] = r.key()
		keys[i].Agencies = named[r.ID]
	}
	return keys, nil
}

// Keys lists keys in the order of creation. next is the position of the
// following page, 0 at the end.
func (s *Store) Keys(ctx context.Context, page indicator.Page) (keys []access.Key, next int64, err error) {
	tx := s.read.WithContext(ctx)
	var rows []keyRow
	if err := pageBy(tx, "id", page).Find(&rows).Error; err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	rows, next = cut(rows, page, func(r keyRow) int64 { return r.ID })
	if keys, err = keysOf(tx, rows); err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	return keys, next, nil
}

// RotateKey gives an active key another digest; the one it has stays good until
// the moment given, and the one before that no longer. It fails with
// fault.NotFound, and with fault.KeyInactive for a key that has expired or was
// revoked.
func (s *Store) RotateKey(ctx context.Context, id, digest string, previousUntil time.Time) (access.Key, error) {
	var rotated access.Key
	err := s.inTx(ctx, func(tx *gorm.DB) error {
		changed := tx.Model(&keyRow{}).
			Where("code = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", id, momentOf(s.now())).
			UpdateColumns(map[string]any{
				"previous_digest": gorm.Expr("digest"), "previous_until": momentOf(previousUntil), "digest": digest,
			})
		if changed.Error != nil {
			return changed.Error
		}
		var err error
		if rotated, err = keyBy(tx, id); err != nil {
			return err
		}
		if changed.RowsAffected == 0 {
			return fault.Newf(fault.KeyInactive, "密钥 %s 已过期或已吊销，请另建密钥", "the key %s has expired or was revoked: make another", id)
		}
		return nil
	})
	if err != nil {
		return access.Key{}, err
	}
	return rotated, nil
}

// RevokeKey ends a key for good; one that is revoked stays as it is. It fails
// with fault.NotFound.
func (s *Store) RevokeKey(ctx context.Context, id string) (access.Key, error) {
	var revoked access.Key
	err := s.inTx(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&keyRow{}).Where("code = ? AND revoked_at IS NULL", id).
			UpdateColumn("revoked_at", momentOf(s.now())).Error
		if err != nil {
			return err
		}
		revoked, err = keyBy(tx, id)
		return err
	})
	if err != nil {
		return access.Key{}, err
	}
	return revoked, nil
}

// TouchKeys notes when keys were last used. A moment before the one that is
// noted changes nothing, nor does a key that is not there.
func (s *Store) TouchKeys(ctx context.Context, used map[string]time.Time) error {
	return s.inTx(ctx, func(tx *gorm.DB) error {
		for id, at := range used {
			err := tx.Model(&keyRow{}).
				Where("code = ? AND (last_used_at IS NULL OR last_used_at < ?)", id, momentOf(at)).
				UpdateColumn("last_used_at", momentOf(at)).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type settingRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

// TableName implements gorm's schema.Tabler.
func (settingRow) TableName() string { return "settings" }

// Setting returns the value of a setting, which becomes initial when there is
// none yet. Of several that ask at once all get the same.
func (s *Store) Setting(ctx context.Context, name, initial string) (string, error) {
	var row settingRow
	err := s.inTx(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&settingRow{Name: name, Value: initial}).Error
		if err != nil {
			return err
		}
		return tx.Where("name = ?", name).Take(&row).Error
	})
	return row.Value, err
}
