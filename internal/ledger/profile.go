package ledger

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type profileRow struct {
	Version  int `gorm:"primaryKey;autoIncrement:false"`
	Content  string
	Timezone string
	Since    database.Moment
}

func (profileRow) TableName() string { return "profiles" }

// Head reads how far the ledger has come.
func (l *Ledger) Head(ctx context.Context) (indicator.LedgerHead, error) {
	var last int64
	var head indicator.LedgerHead
	err := l.db.Reader().QueryRowContext(ctx, "SELECT moment, profile FROM ledger WHERE id = 1").Scan(&last, &head.Profile)
	head.Moment = time.UnixMicro(last).UTC()
	return head, l.db.Translate(ctx, err)
}

// sealWithin is how long a seal may wait for those who write.
const sealWithin = time.Second

// Seal moves the ledger on to a moment, so that whatever is stored later has a later
// one, and knowledge of the moment stays what it is. Where those who write hold the
// ledger for longer than a second, it fails with fault.Timeout.
func (l *Ledger) Seal(ctx context.Context, at time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, sealWithin)
	defer cancel()
	_, err := l.db.Writer().ExecContext(ctx, "UPDATE ledger SET moment = $1 WHERE id = 1 AND moment < $1", at.UnixMicro())
	return l.db.Translate(ctx, err)
}

// Profiles lists all versions of the profile, the oldest first.
func (l *Ledger) Profiles(ctx context.Context) ([]indicator.ProfileVersion, error) {
	var rows []profileRow
	if err := l.db.Read.WithContext(ctx).Order("version").Find(&rows).Error; err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	list := make([]indicator.ProfileVersion, len(rows))
	for i, r := range rows {
		list[i] = indicator.ProfileVersion{Version: r.Version, Content: r.Content, Timezone: r.Timezone, Since: r.Since.Time}
	}
	return list, nil
}

// AddProfile makes a profile the newest version, which is the one after the version
// that it carries, and says so. When another version is the newest, nothing is
// stored and the answer is false.
func (l *Ledger) AddProfile(ctx context.Context, p indicator.ProfileVersion) (added bool, err error) {
	err = l.InTx(ctx, func(tx *gorm.DB) error {
		now, err := l.LockLedger(tx)
		if err != nil {
			return err
		}
		var before []profileRow
		if err := tx.Order("version DESC").Limit(1).Find(&before).Error; err != nil {
			return err
		}
		var was any
		newest := 0
		if len(before) > 0 {
			newest, was = before[0].Version, auditedProfile(before[0])
		}
		if newest != p.Version {
			return nil
		}
		row := profileRow{Version: newest + 1, Content: p.Content, Timezone: p.Timezone, Since: now}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := tx.Exec("UPDATE ledger SET profile = ? WHERE id = 1", row.Version).Error; err != nil {
			return err
		}
		if err := markStale(tx, "TRUE"); err != nil {
			return err
		}
		added = true
		profileRecord.Touch(tx, row.Version)
		return l.Record(ctx, tx, "profile.adopted", "profile", was, auditedProfile(row))
	})
	return added && err == nil, err
}

// auditedProfile is what the audit log hashes of a version of the profile.
func auditedProfile(r profileRow) any {
	return map[string]any{"version": r.Version, "content": r.Content, "timezone": r.Timezone}
}
