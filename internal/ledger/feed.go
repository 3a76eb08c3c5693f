package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Feed lists measurements and retractions of every indicator after a position,
// in the order in which they became visible. Ids are given under the lock that
// writers hold to their end, so a reader that goes on from the last id it has
// seen misses none and sees none twice, whoever writes in the meantime.
//
// Of the measurements it lists those that are selected and that agencies among reporters sent.
// next is the id of the last row, or page.After when there is none; more says
// whether further rows were there.
func (l *Ledger) Feed(ctx context.Context, s indicator.FeedSelection, by Reporters, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error) {
	var c conditions
	anyOf(&c, "i.plan", s.Plans)
	anyOf(&c, "i.code", s.Codes)
	c.of(s.MeasurementSelection, by)
	return l.listed(ctx, &c, page)
}

// listed are the measurements that conditions leave, after a position.
func (l *Ledger) listed(ctx context.Context, c *conditions, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error) {
	c.and("m.id > ?", page.After)
	query := `SELECT i.code, ` + measurementColumns + `
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id` + joinReporter + `WHERE 1 = 1` + c.sql.String() + ` ORDER BY m.id`
	if page.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", page.Limit+1)
	}
	rows, err := l.db.Reader().QueryContext(ctx, query, c.args...)
	if err != nil {
		return nil, 0, false, l.db.Translate(ctx, err)
	}
	if ms, err = scanFeed(rows); err != nil {
		return nil, 0, false, l.db.Translate(ctx, err)
	}
	if page.Limit > 0 && len(ms) > page.Limit {
		ms, more = ms[:page.Limit], true
	}
	next = page.After
	if len(ms) > 0 {
		next = ms[len(ms)-1].ID
	}
	return ms, next, more, nil
}

func scanFeed(rows *sql.Rows) (ms []indicator.Measurement, err error) {
	err = database.EachRow(rows, func() error {
		var code string
		r, err := scanMeasurement(rows, &code)
		if err == nil {
			ms = append(ms, r.measurement(code))
		}
		return err
	})
	return ms, err
}

// Replaced returns, by the ids of revisions, the measurements whose place these took. A first
// report took nobody's.
func (l *Ledger) Replaced(ctx context.Context, revisions []int64) (map[int64]indicator.Measurement, error) {
	replaced := make(map[int64]indicator.Measurement, len(revisions))
	for part := range slices.Chunk(revisions, database.ChunkSize) {
		rows, err := l.db.Read.WithContext(ctx).Raw(`SELECT n.id, i.code, `+measurementColumns+`
			FROM measurements n JOIN measurements m ON m.indicator_id = n.indicator_id AND m.period = n.period AND m.basis = n.basis
			 AND m.revision = n.revision - 1
			JOIN indicators i ON i.id = m.indicator_id`+joinReporter+`WHERE n.id IN ?`, part).Rows()
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
		if err := scanReplaced(rows, replaced); err != nil {
			return nil, l.db.Translate(ctx, err)
		}
	}
	return replaced, nil
}

func scanReplaced(rows *sql.Rows, into map[int64]indicator.Measurement) error {
	return database.EachRow(rows, func() error {
		var by int64
		var code string
		r, err := scanMeasurement(rows, &by, &code)
		if err == nil {
			into[by] = r.measurement(code)
		}
		return err
	})
}

// AgenciesOf returns the agencies that sent measurements, as they were called then, by the ids
// of these; a measurement of nobody's is left out.
func (l *Ledger) AgenciesOf(ctx context.Context, measurements []int64) (map[int64]string, error) {
	by := make(map[int64]string, len(measurements))
	for part := range slices.Chunk(measurements, database.ChunkSize) {
		var rows []struct {
			ID     int64
			Agency string
		}
		err := l.db.Read.WithContext(ctx).Table("measurements AS m").Select("m.id, r.agency").Joins(joinReporter).
			Where("m.id IN ? AND r.agency <> ''", part).Find(&rows).Error
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
		for _, r := range rows {
			by[r.ID] = r.Agency
		}
	}
	return by, nil
}
