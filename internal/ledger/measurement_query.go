package ledger

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// endOfTime is later than every moment recorded.
var endOfTime = database.Moment{Time: time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC)}

// knownAt is the moment whose knowledge is asked for; a zero time asks for all
// there is.
func knownAt(asOf time.Time) database.Moment {
	if asOf.IsZero() {
		return endOfTime
	}
	return database.MomentOf(asOf)
}

// Measurements lists the revisions of an indicator's reports that were known at
// a moment (zero: now), are selected and were sent by agencies among reporters, in the order they
// were stored. next is the position of
// the following page, 0 at the end. It fails with fault.NotFound when there is
// no such indicator.
func (l *Ledger) Measurements(ctx context.Context, code string, s indicator.MeasurementSelection, by Reporters, asOf time.Time, page indicator.Page) (ms []indicator.Measurement, next int64, err error) {
	tx := l.db.Read.WithContext(ctx)
	var owner struct{ ID int64 }
	if err := tx.Table("indicators").Select("id").Where("code = ?", code).Take(&owner).Error; err != nil {
		return nil, 0, l.db.Translate(ctx, database.OnMissing(err, indicator.Unknown(code)))
	}
	var c conditions
	c.and("m.indicator_id = ?", owner.ID)
	if !asOf.IsZero() {
		c.and("m.recorded_at <= ?", database.MomentOf(asOf))
	}
	c.of(s, by)
	ms, next, more, err := l.listed(ctx, &c, page)
	if !more {
		next = 0
	}
	return ms, next, err
}

// Joins that find the newest revision known at a moment, or among the reports up to
// one, by going back from the last one, so that older revisions cost nothing. Every
// period and basis has a first revision, which stands for it.
const (
	joinKnownAt = joinFirst + "o.recorded_at <= ?" + joinLast
	joinUpTo    = joinFirst + "o.id <= ?" + joinLast

	joinFirst = `JOIN measurements f ON f.indicator_id = i.id AND f.revision = 1
	JOIN measurements m ON m.id =
	(SELECT o.id FROM measurements o
	  WHERE o.indicator_id = f.indicator_id AND o.period = f.period AND o.basis = f.basis AND `
	joinLast = `
	  ORDER BY o.revision DESC LIMIT 1)`
)

// MeasurementsOf returns, by indicator code, the newest revision known at a
// moment (zero: now) of every period and basis, in the order the periods end.
// What was retracted by then is left out, and so are codes without a report.
func (l *Ledger) MeasurementsOf(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error) {
	all := make(map[string][]indicator.Measurement, len(codes))
	for part := range slices.Chunk(codes, database.ChunkSize) {
		if err := newestOf(l.db.Read.WithContext(ctx), part, joinKnownAt, knownAt(asOf), all); err != nil {
			return nil, l.db.Translate(ctx, err)
		}
	}
	return all, nil
}

// newestOf reads the newest revisions that one of the joins above finds.
func newestOf(tx *gorm.DB, codes []string, join string, bound any, into map[string][]indicator.Measurement) error {
	var rows []struct {
		Code        string
		Measurement measurementRow `gorm:"embedded"`
	}
	err := tx.Table("indicators AS i").Select("i.code, m.*, "+reporterColumns).
		Joins(join, bound).Joins(joinReporter).
		Where("i.code IN ? AND m.retracts = 0", codes).Order("i.id, m.id").Find(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		into[r.Code] = append(into[r.Code], r.Measurement.measurement(r.Code))
	}
	for _, ms := range into {
		slices.SortFunc(ms, byEnd)
	}
	return nil
}

// StandingOf is what stands of the reports of an indicator, as a transaction sees it.
func StandingOf(tx *gorm.DB, code string) ([]indicator.Measurement, error) {
	reported := map[string][]indicator.Measurement{}
	err := newestOf(tx, []string{code}, joinKnownAt, knownAt(time.Time{}), reported)
	return reported[code], err
}

// IsMeasured reports whether anything was ever reported for the indicator of a row.
func IsMeasured(tx *gorm.DB, id int64) (bool, error) {
	var first []int64
	err := tx.Model(&measurementRow{}).Where("indicator_id = ?", id).Limit(1).Pluck("id", &first).Error
	return len(first) > 0, err
}

// Current returns what MeasurementsOf does, but for source ids, notes, evidence and
// who sent them, which progress has no use for. For knowledge not older than the
// newest report it reads one small row for each indicator, however many
// revisions there are.
func (l *Ledger) Current(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error) {
	all := make(map[string][]indicator.Measurement, len(codes))
	var older []string // that need their history
	for part := range slices.Chunk(codes, database.ChunkSize) {
		query, args := l.queries.targets(part)
		rows, err := l.db.Reader().QueryContext(ctx, query, args...)
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
		err = eachTarget(rows, func(t *target, reported bool) error {
			if t.state == nil {
				if reported {
					older = append(older, t.code)
				}
				return nil
			}
			now := t.state.snapshot()
			if !asOf.IsZero() && now.newest() > database.Micro(asOf).UnixMicro() {
				older = append(older, t.code)
				return nil
			}
			if ms := now.current(t.code); len(ms) > 0 {
				all[t.code] = ms
			}
			return nil
		})
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
	}
	if len(older) == 0 {
		return all, nil
	}
	then, err := l.MeasurementsOf(ctx, older, asOf)
	for code, ms := range then {
		all[code] = ms
	}
	return all, err
}
