package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// endOfTime is later than every moment recorded.
var endOfTime = moment{time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC)}

// knownAt is the moment whose knowledge is asked for; a zero time asks for all
// there is.
func knownAt(asOf time.Time) moment {
	if asOf.IsZero() {
		return endOfTime
	}
	return momentOf(asOf)
}

// Measurements lists every revision of an indicator's reports that was known at
// a moment (zero: now), in the order they were stored. next is the position of
// the following page, 0 at the end. It fails with fault.NotFound when there is
// no such indicator.
func (s *Store) Measurements(ctx context.Context, code string, asOf time.Time, page indicator.Page) (ms []indicator.Measurement, next int64, err error) {
	tx := s.read.WithContext(ctx)
	var owner indicatorRow
	if err := tx.Select("id").Where("code = ?", code).Take(&owner).Error; err != nil {
		return nil, 0, s.translate(ctx, onMissing(err, indicator.Unknown(code)))
	}
	var rows []measurementRow
	query := pageBy(tx.Where("indicator_id = ? AND recorded_at <= ?", owner.ID, knownAt(asOf)), "id", page)
	if err := query.Find(&rows).Error; err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	rows, next = cut(rows, page, func(r measurementRow) int64 { return r.ID })
	ms = make([]indicator.Measurement, len(rows))
	for i, r := range rows {
		ms[i] = r.measurement(code)
	}
	return ms, next, nil
}

// joinNewest finds the newest revision known at a moment by going back from the
// last one, so that older revisions cost nothing.
const joinNewest = `JOIN measurements m ON m.id =
	(SELECT o.id FROM measurements o
	  WHERE o.indicator_id = p.indicator_id AND o.period = p.period AND o.basis = p.basis AND o.recorded_at <= ?
	  ORDER BY o.revision DESC LIMIT 1)`

// MeasurementsOf returns, by indicator code, the newest revision known at a
// moment (zero: now) of every period and basis, in the order the periods end.
// Codes without a report have no entry.
func (s *Store) MeasurementsOf(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error) {
	all := make(map[string][]indicator.Measurement, len(codes))
	for part := range slices.Chunk(codes, chunkSize) {
		if err := newestOf(s.read.WithContext(ctx), part, knownAt(asOf), all); err != nil {
			return nil, s.translate(ctx, err)
		}
	}
	return all, nil
}

func newestOf(tx *gorm.DB, codes []string, known moment, into map[string][]indicator.Measurement) error {
	var rows []struct {
		Code        string
		Measurement measurementRow `gorm:"embedded"`
	}
	err := tx.Table("indicators AS i").Select("i.code, m.*").
		Joins("JOIN reported_periods p ON p.indicator_id = i.id").
		Joins(joinNewest, known).
		Where("i.code IN ?", codes).Order("i.id, p.ends_on, m.id").Find(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		into[r.Code] = append(into[r.Code], r.Measurement.measurement(r.Code))
	}
	return nil
}
