package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

type keyRow struct {
	ID             int64
	Code           string
	Name           string
	Role           access.Role
	Digest         string
	PreviousDigest string
	PreviousUntil  *database.Moment
	Created        database.Moment `gorm:"column:created_at"`
	CreatedBy      string
	ExpiresAt      *database.Moment
	RevokedAt      *database.Moment
	LastUsedAt     *database.Moment
	Namespace      string
}

// TableName implements gorm's schema.Tabler.
func (keyRow) TableName() string { return "access_keys" }

func (r keyRow) key() access.Key {
	return access.Key{
		ID: r.Code, Name: r.Name, Role: r.Role, CreatedAt: r.Created.Time, CreatedBy: r.CreatedBy,
		ExpiresAt: r.ExpiresAt.OrZero(), RevokedAt: r.RevokedAt.OrZero(), LastUsedAt: r.LastUsedAt.OrZero(),
		Digest: r.Digest, PreviousDigest: r.PreviousDigest, PreviousUntil: r.PreviousUntil.OrZero(),
		Namespace: r.Namespace,
	}
}

type keyAgencyRow struct {
	KeyID    int64
	Ordinal  int
	AgencyID int64
}

// TableName implements gorm's schema.Tabler.
func (keyAgencyRow) TableName() string { return "access_key_agencies" }

// CreateKey stores a new key, bound to the agencies that its names mean, and returns
// it with its moment of creation. Within the key's jurisdiction an agency that is new
// is added. Without one every name must mean one agency: a name that nobody has is
// fault.RequiredField, and one that several have is fault.AmbiguousAgency, both at
// "/jurisdiction".
func (s *Store) CreateKey(ctx context.Context, k access.Key) (access.Key, error) {
	var created access.Key
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.LockLedger(tx); err != nil {
			return err
		}
		row := keyRow{
			Code: k.ID, Name: k.Name, Role: k.Role, Digest: k.Digest, PreviousDigest: k.PreviousDigest,
			PreviousUntil: database.MomentOrNull(k.PreviousUntil), Created: database.MomentOf(s.db.Now()), CreatedBy: k.CreatedBy,
			ExpiresAt: database.MomentOrNull(k.ExpiresAt), RevokedAt: database.MomentOrNull(k.RevokedAt), LastUsedAt: database.MomentOrNull(k.LastUsedAt),
			Namespace: k.Namespace,
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		view, err := s.viewIn(tx)
		if err != nil {
			return err
		}
		ids, err := meantBy(tx, view, k)
		if err != nil {
			return err
		}
		agencies := make([]keyAgencyRow, len(ids))
		for i, id := range ids {
			agencies[i] = keyAgencyRow{row.ID, i, id}
		}
		if err := insertAll(tx, agencies); err != nil {
			return err
		}
		if created, err = s.keyBy(tx, k.ID); err != nil {
			return err
		}
		ledger.KeyRecord.Touch(tx, k.ID)
		return s.Record(ctx, tx, "key.created", k.ID, nil, auditedKey(created))
	})
	if err != nil {
		return access.Key{}, err
	}
	return created, nil
}

// meantBy are the agencies that the names of a new key mean, each once.
func meantBy(tx *gorm.DB, view agencyView, k access.Key) ([]int64, error) {
	ids := map[string]int64{}
	if k.Jurisdiction != "" {
		_, err := addNames(tx, k.Jurisdiction, k.Agencies, ids)
		return distinct(view.Agencies(idsOf(ids, k.Agencies))), err
	}
	for _, name := range k.Agencies {
		var named []agencyNameRow
		if err := tx.Where("name = ?", name).Order("id").Find(&named).Error; err != nil {
			return nil, err
		}
		switch len(named) {
		case 0:
			return nil, fault.Newf(fault.RequiredField, "还没有单位“%s”，请写明辖区",
				"there is no agency %q yet: give its jurisdiction", name).At("/jurisdiction")
		case 1:
			ids[name] = named[0].ID
		default:
			places := make([]string, len(named))
			for i, a := range named {
				places[i] = a.Jurisdiction
			}
			return nil, indicator.AmbiguousAgency(name, places).At("/jurisdiction")
		}
	}
	return distinct(view.Agencies(idsOf(ids, k.Agencies))), nil
}

// distinct leaves the first of those that are the same.
func distinct(ids []int64) []int64 {
	var once []int64
	for _, id := range ids {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}

// auditedKey is what a key says of itself. Neither what its tokens are known by
// nor when it was last used, which nobody writes, is part of that.
func auditedKey(k access.Key) any {
	k.Digest, k.PreviousDigest, k.LastUsedAt = "", "", time.Time{}
	return k
}

// Key returns one key. It fails with fault.NotFound.
func (s *Store) Key(ctx context.Context, id string) (access.Key, error) {
	k, err := s.keyBy(s.db.Read.WithContext(ctx), id)
	if err != nil {
		return access.Key{}, s.db.Translate(ctx, err)
	}
	return k, nil
}

func (s *Store) keyBy(tx *gorm.DB, id string) (access.Key, error) {
	var row keyRow
	if err := tx.Where("code = ?", id).Take(&row).Error; err != nil {
		return access.Key{}, database.OnMissing(err, database.NotFound(kindKey, id))
	}
	keys, err := s.keysOf(tx, []keyRow{row})
	if err != nil {
		return access.Key{}, err
	}
	return keys[0], nil
}

var kindKey = fault.Text{ZH: "密钥", EN: "key"}

// keysOf adds their agencies to the keys of some rows, as they are now.
func (s *Store) keysOf(tx *gorm.DB, rows []keyRow) ([]access.Key, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var bound []keyAgencyRow
	if err := tx.Where("key_id IN ?", ids).Order("key_id, ordinal").Find(&bound).Error; err != nil {
		return nil, err
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, err
	}
	agencies := map[int64][]int64{}
	var all []int64
	for _, b := range bound {
		agency := view.Agency(b.AgencyID)
		agencies[b.KeyID] = append(agencies[b.KeyID], agency)
		all = append(all, agency)
	}
	acting, err := view.acting(tx, distinct(all))
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]indicator.Acting, len(acting))
	for _, a := range acting {
		byID[a.ID] = a
	}
	keys := make([]access.Key, len(rows))
	for i, r := range rows {
		keys[i] = r.key()
		var of []indicator.Acting
		for _, id := range distinct(agencies[r.ID]) {
			of = append(of, byID[id])
		}
		keys[i].Bind(of)
	}
	return keys, nil
}

// Keys lists keys in the order of creation. next is the position of the
// following page, 0 at the end.
func (s *Store) Keys(ctx context.Context, page indicator.Page) (keys []access.Key, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	var rows []keyRow
	if err := database.PageBy(tx, "id", page).Find(&rows).Error; err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	rows, next = database.Cut(rows, page, func(r keyRow) int64 { return r.ID })
	if keys, err = s.keysOf(tx, rows); err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	return keys, next, nil
}

// RevokeKey ends a key for good; one that is revoked stays as it is. It waits for no
// batch: one that this process stores in one transaction gives way, and where others
// hold the ledger its entry follows into the audit chain once they let go of it. It
// fails with fault.NotFound.
func (s *Store) RevokeKey(ctx context.Context, id string) (access.Key, error) {
	var revoked access.Key
	err := s.ChangeKeySoon(ctx, func(tx *gorm.DB) (*indicator.AuditEntry, error) {
		before, err := s.keyBy(tx, id)
		if err != nil {
			return nil, err
		}
		done := tx.Model(&keyRow{}).Where("code = ? AND revoked_at IS NULL", id).UpdateColumn("revoked_at", database.MomentOf(s.db.Now()))
		if done.Error != nil {
			return nil, done.Error
		}
		if revoked, err = s.keyBy(tx, id); err != nil || done.RowsAffected == 0 {
			return nil, err
		}
		entry := s.EntryOf(ctx, "key.revoked", id, auditedKey(before), auditedKey(revoked))
		return &entry, nil
	})
	if err != nil {
		return access.Key{}, err
	}
	return revoked, nil
}

// RotateKey gives an active key another digest; the one it has stays good until
// the moment given, and the one before that no longer. It fails with
// fault.NotFound, and with fault.KeyInactive for a key that has expired or was
// revoked.
func (s *Store) RotateKey(ctx context.Context, id, digest string, previousUntil time.Time) (access.Key, error) {
	return s.changeKey(ctx, id, "key.rotated", func(k access.Key) (map[string]any, error) {
		if k.StateAt(s.db.Now()) != access.Active {
			return nil, fault.Newf(fault.KeyInactive, "密钥 %s 已过期或已吊销，请另建密钥", "the key %s has expired or was revoked: make another", id)
		}
		return map[string]any{
			"previous_digest": k.Digest, "previous_until": database.MomentOf(previousUntil), "digest": digest,
		}, nil
	})
}

// NarrowKey leaves a key those of its agencies that a jurisdiction has; an agency of
// no jurisdiction that is known becomes the one of the name there. It fails with
// fault.NotFound, and with fault.InvalidValue at "jurisdiction" where nothing is left.
func (s *Store) NarrowKey(ctx context.Context, id, jurisdiction string) (access.Key, error) {
	var narrowed access.Key
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.LockLedger(tx); err != nil {
			return err
		}
		before, err := s.keyBy(tx, id)
		if err != nil {
			return err
		}
		names := before.NamesIn(jurisdiction)
		if len(names) == 0 {
			return fault.Newf(fault.InvalidValue, "密钥 %s 没有辖区“%s”的单位", "the key %s has no agency of %q", id, jurisdiction).At("jurisdiction")
		}
		view, err := s.viewIn(tx)
		if err != nil {
			return err
		}
		agencies, err := meantBy(tx, view, access.Key{Jurisdiction: jurisdiction, Agencies: names})
		if err != nil {
			return err
		}
		bound := make([]int64, len(before.Bound))
		for i, a := range before.Bound {
			bound[i] = a.ID
		}
		if slices.Equal(bound, agencies) { // by whatever names they were given
			narrowed = before
			return nil
		}
		var row keyRow
		if err := tx.Where("code = ?", id).Take(&row).Error; err != nil {
			return err
		}
		if err := tx.Where("key_id = ?", row.ID).Delete(&keyAgencyRow{}).Error; err != nil {
			return err
		}
		kept := make([]keyAgencyRow, len(agencies))
		for i, agency := range agencies {
			kept[i] = keyAgencyRow{row.ID, i, agency}
		}
		if err := insertAll(tx, kept); err != nil {
			return err
		}
		if narrowed, err = s.keyBy(tx, id); err != nil {
			return err
		}
		ledger.KeyRecord.Touch(tx, id)
		return s.Record(ctx, tx, "key.narrowed", id, auditedKey(before), auditedKey(narrowed))
	})
	if err != nil {
		return access.Key{}, err
	}
	return narrowed, nil
}

// changeKey gives a key the columns that a function makes of it as it is,
// records that, and returns the key as it is then. Without columns nothing is
// written. It fails with fault.NotFound and as the function does.
func (s *Store) changeKey(ctx context.Context, id, action string, change func(access.Key) (map[string]any, error)) (access.Key, error) {
	var changed access.Key
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		if _, err := s.LockLedger(tx); err != nil {
			return err
		}
		before, err := s.keyBy(tx, id)
		if err != nil {
			return err
		}
		columns, err := change(before)
		if err != nil {
			return err
		}
		if changed = before; columns == nil {
			return nil
		}
		if err := tx.Model(&keyRow{}).Where("code = ?", id).UpdateColumns(columns).Error; err != nil {
			return err
		}
		if changed, err = s.keyBy(tx, id); err != nil {
			return err
		}
		ledger.KeyRecord.Touch(tx, id)
		return s.Record(ctx, tx, action, id, auditedKey(before), auditedKey(changed))
	})
	if err != nil {
		return access.Key{}, err
	}
	return changed, nil
}

// TouchKeys notes when keys were last used. A moment before the one that is
// noted changes nothing, nor does a key that is not there.
func (s *Store) TouchKeys(ctx context.Context, used map[string]time.Time) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		for _, id := range slices.Sorted(maps.Keys(used)) { // in one order, so that processes do not wait for each other in a ring
			at := database.MomentOf(used[id])
			err := tx.Model(&keyRow{}).
				Where("code = ? AND (last_used_at IS NULL OR last_used_at < ?)", id, at).
				UpdateColumn("last_used_at", at).Error
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
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&settingRow{Name: name, Value: initial}).Error
		if err != nil {
			return err
		}
		return tx.Where("name = ?", name).Take(&row).Error
	})
	return row.Value, err
}
