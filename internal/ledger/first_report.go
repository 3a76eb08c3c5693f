package ledger

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// FirstReports gives, by indicator code, what stood at a moment of what was reported for each period
// and basis, by the first revision after the last retraction: when somebody reported, whatever was
// corrected since. On is left for the caller, who knows where days begin.
func (l *Ledger) FirstReports(ctx context.Context, codes []string, asOf time.Time) (map[string][]loop.Reported, error) {
	all := make(map[string][]loop.Reported, len(codes))
	for part := range slices.Chunk(codes, database.ChunkSize) {
		args := make([]any, 0, len(part)+1)
		marks := make([]string, len(part))
		for i, code := range part {
			args, marks[i] = append(args, code), "$"+strconv.Itoa(i+1)
		}
		args = append(args, knownAt(asOf))
		of := map[firstKey]*loop.Reported{} // nil for what was retracted
		var order []firstKey
		err := database.Each(ctx, l.db.Reader(), `SELECT i.code, m.id, m.period, m.basis, m.retracts, m.recorded_at, m.value IS NULL, r.agency
			FROM indicators i JOIN measurements m ON m.indicator_id = i.id JOIN reporters r ON r.id = m.reporter_id
			WHERE i.code IN (`+strings.Join(marks, ", ")+`) AND m.recorded_at <= $`+strconv.Itoa(len(args))+` ORDER BY i.id, m.id`, args, func(rows *sql.Rows) error {
			var k firstKey
			var r loop.Reported
			var retracts int64
			var at database.Moment
			if err := rows.Scan(&k.code, &r.ID, &k.period, &k.basis, &retracts, &at, &r.Empty, &r.Agency); err != nil {
				return err
			}
			known, met := of[k]
			if !met {
				order = append(order, k)
			}
			switch {
			case retracts != 0:
				of[k] = nil
				return nil
			case known != nil:
				known.Empty = r.Empty
				return nil
			}
			var err error
			r.Period, err = indicator.ParsePeriod(k.period)
			r.At = at.Time
			of[k] = &r
			return err
		})
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
		for _, k := range order {
			if r := of[k]; r != nil {
				all[k.code] = append(all[k.code], *r)
			}
		}
	}
	return all, nil
}

type firstKey struct{ code, period, basis string }
