package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type measurementRow struct {
	ID          int64
	IndicatorID int64
	Period      period
	Basis       indicator.Basis
	Revision    int
	Value       decimal
	Unit        unit
	SourceID    string
	Note        string
	EvidenceURL string
	Recorded    moment `gorm:"column:recorded_at"`
}

// TableName implements gorm's schema.Tabler.
func (measurementRow) TableName() string { return "measurements" }

func (r measurementRow) measurement(code string) indicator.Measurement {
	return indicator.Measurement{
		ID: r.ID, Indicator: code, Period: r.Period.Period, Basis: r.Basis,
		Value: r.Value.Number, Unit: r.Unit.Unit,
		SourceID: r.SourceID, Note: r.Note, EvidenceURL: r.EvidenceURL,
		Revision: r.Revision, RecordedAt: r.Recorded.Time,
	}
}

type reportedPeriodRow struct {
	IndicatorID int64
	Period      period
	Basis       indicator.Basis
	StartsOn    day
	EndsOn      day
}

// TableName implements gorm's schema.Tabler.
func (reportedPeriodRow) TableName() string { return "reported_periods" }

// AppendMeasurement stores a report durably as the next revision of its
// indicator, period and basis, and says what became of it. ID, Revision and
// RecordedAt are given by the store. A report with a SourceID that repeats the
// newest revision, its value numerically, is not stored again: the stored one
// is returned as indicator.Unchanged.
//
// It fails with fault.UnknownIndicator at "/indicator", with
// fault.IndicatorNotConfirmed there when the indicator is not confirmed at that
// moment, and with
// fault.PeriodOverlap at "/period" by the rule of indicator.CheckOverlap.
func (s *Store) AppendMeasurement(ctx context.Context, m indicator.Measurement) (stored indicator.Measurement, outcome indicator.Outcome, err error) {
	err = s.inTx(ctx, func(tx *gorm.DB) (err error) {
		stored, outcome, err = s.appendMeasurement(tx, m)
		return err
	})
	if err != nil {
		return indicator.Measurement{}, "", err
	}
	return stored, outcome, nil
}

func (s *Store) appendMeasurement(tx *gorm.DB, m indicator.Measurement) (indicator.Measurement, indicator.Outcome, error) {
	id, err := lockConfirmed(tx, m.Indicator)
	if err != nil {
		return indicator.Measurement{}, "", err
	}
	newest, err := newestRevision(tx, id, m)
	if err != nil {
		return indicator.Measurement{}, "", err
	}
	outcome := indicator.Revised
	switch {
	case newest.Revision == 0:
		outcome = indicator.Stored
		if err := openPeriod(tx, id, m); err != nil {
			return indicator.Measurement{}, "", err
		}
	case repeats(m, newest):
		return newest, indicator.Unchanged, nil
	}
	row := measurementRow{
		IndicatorID: id, Period: period{m.Period}, Basis: m.Basis, Revision: newest.Revision + 1,
		Value: decimal{m.Value}, Unit: unit{m.Unit},
		SourceID: m.SourceID, Note: m.Note, EvidenceURL: m.EvidenceURL, Recorded: momentOf(s.now()),
	}
	if err := tx.Create(&row).Error; err != nil {
		return indicator.Measurement{}, "", err
	}
	return row.measurement(m.Indicator), outcome, nil
}

// lockConfirmed returns the row id of a confirmed indicator and holds back
// other reports and changes of it until the transaction ends. SQLite has no row
// locks and, with one writer at a time, no need of them.
func lockConfirmed(tx *gorm.DB, code string) (int64, error) {
	var row indicatorRow
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Select("id", "version").Where("code = ?", code).Take(&row).Error
	if err != nil {
		return 0, onMissing(err, fault.Newf(fault.UnknownIndicator,
			"没有指标 %s", "there is no indicator %s", code).At("/indicator"))
	}
	var current versionRow
	if err := tx.Select("state").Where("indicator_id = ? AND version = ?", row.ID, row.Version).Take(&current).Error; err != nil {
		return 0, err
	}
	return row.ID, current.State.CheckReportable(code)
}

// newestRevision returns what was last reported for the measurement's key, with
// Revision 0 when nothing was.
func newestRevision(tx *gorm.DB, id int64, m indicator.Measurement) (indicator.Measurement, error) {
	var row measurementRow
	err := tx.Where("indicator_id = ? AND period = ? AND basis = ?", id, period{m.Period}, m.Basis).
		Order("revision DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return indicator.Measurement{}, nil
	}
	return row.measurement(m.Indicator), err
}

// repeats reports whether a report says again what is stored.
func repeats(m, stored indicator.Measurement) bool {
	return m.SourceID != "" && m.SourceID == stored.SourceID &&
		m.Value.Equal(stored.Value) && m.Unit.Equal(stored.Unit) &&
		m.Note == stored.Note && m.EvidenceURL == stored.EvidenceURL
}

// openPeriod admits the first report of a period and basis, unless days would
// be counted twice. Only reports that share a day with it can do that.
func openPeriod(tx *gorm.DB, id int64, m indicator.Measurement) error {
	row := reportedPeriodRow{
		IndicatorID: id, Period: period{m.Period}, Basis: m.Basis,
		StartsOn: day{m.Period.Start()}, EndsOn: day{m.Period.End()},
	}
	var near []reportedPeriodRow
	err := tx.Where("indicator_id = ? AND starts_on <= ? AND ends_on >= ?", id, row.EndsOn, row.StartsOn).
		Order("ends_on, period").Find(&near).Error
	if err != nil {
		return err
	}
	existing := make([]indicator.Measurement, len(near))
	for i, r := range near {
		existing[i] = indicator.Measurement{Indicator: m.Indicator, Period: r.Period.Period, Basis: r.Basis}
	}
	if err := indicator.CheckOverlap(existing, m); err != nil {
		return err
	}
	return tx.Create(&row).Error
}
