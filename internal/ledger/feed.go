package ledger

import (
	"context"
	"database/sql"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Feed lists measurements and retractions of every indicator after a position,
// in the order in which they became visible. Ids are given under the lock that
// writers hold to their end, so a reader that goes on from the last id it has
// seen misses none and sees none twice, whoever writes in the meantime.
//
// next is the id of the last row, or page.After when there is none; more says
// whether further rows were there.
func (l *Ledger) Feed(ctx context.Context, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error) {
	query := `SELECT i.code, ` + measurementColumns + `
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id` + joinReporter + `WHERE m.id > $1 ORDER BY m.id`
	args := []any{page.After}
	if page.Limit > 0 {
		query += " LIMIT $2"
		args = append(args, page.Limit+1)
	}
	rows, err := l.db.Reader().QueryContext(ctx, query, args...)
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
