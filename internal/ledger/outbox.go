package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// Cursors are the places up to which the logs were read.
type Cursors struct{ Measurement, Loop, Status int64 }

// Occurrences are the entries of all logs after cursors, in the order of their moments, some more
// than limit at most, and the cursors after them. Entries of one log are never given before
// others of it with lower ids, and none is left out: see Feed. Where one log has more than was
// read, the others are given up to the moment of its last, so that a status is told after the
// report that it follows from.
func (l *Ledger) Occurrences(tx *gorm.DB, after Cursors, limit int) ([]loop.Occurrence, Cursors, error) {
	ctx, q := tx.Statement.Context, tx.Statement.ConnPool
	reports, err := reportsAfter(ctx, q, after.Measurement, limit)
	if err != nil {
		return nil, after, err
	}
	events, err := eventsAfter(ctx, tx, after.Loop, limit)
	if err != nil {
		return nil, after, err
	}
	changes, err := changesAfter(ctx, q, after.Status, limit)
	if err != nil {
		return nil, after, err
	}
	var until time.Time // zero for no bound
	for _, log := range [][]loop.Occurrence{reports, events, changes} {
		if len(log) == limit {
			if last := log[len(log)-1].At; until.IsZero() || last.Before(until) {
				until = last
			}
		}
	}
	var all []loop.Occurrence
	for _, log := range [][]loop.Occurrence{reports, events, changes} {
		for _, o := range log {
			if !until.IsZero() && o.At.After(until) {
				break // and with it what comes after it in its log
			}
			all = append(all, o)
			switch o.Log {
			case loop.MeasurementLog:
				after.Measurement = o.ID
			case loop.EventLog:
				after.Loop = o.ID
			case loop.StatusLog:
				after.Status = o.ID
			}
		}
	}
	slices.SortStableFunc(all, func(a, b loop.Occurrence) int { return a.At.Compare(b.At) })
	return all, after, nil
}

// hidden is a condition of the database for an indicator's version that not everybody may see.
func hidden() string {
	states := make([]string, len(indicator.Published))
	for i, s := range indicator.Published {
		states[i] = "'" + string(s) + "'"
	}
	return "v.state NOT IN (" + strings.Join(states, ", ") + ")"
}

func reportsAfter(ctx context.Context, q database.Querier, after int64, limit int) (list []loop.Occurrence, err error) {
	query := `SELECT i.code, i.plan, ` + hidden() + `, ` + measurementColumns + `
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id
		JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version` + joinReporter +
		fmt.Sprintf(`WHERE m.id > $1 ORDER BY m.id LIMIT %d`, limit)
	err = database.Each(ctx, q, query, []any{after}, func(rows *sql.Rows) error {
		var o loop.Occurrence
		r, err := scanMeasurement(rows, &o.Indicator, &o.Plan, &o.Hidden)
		if err != nil {
			return err
		}
		m := r.measurement(o.Indicator)
		o.Log, o.ID, o.At, o.Measurement = loop.MeasurementLog, m.ID, m.RecordedAt, &m
		list = append(list, o)
		return nil
	})
	return list, err
}

func eventsAfter(ctx context.Context, tx *gorm.DB, after int64, limit int) ([]loop.Occurrence, error) {
	var rows []loopRow
	if err := tx.Session(&gorm.Session{NewDB: true, Context: ctx}).Where("id > ?", after).Order("id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	list := make([]loop.Occurrence, len(rows))
	var codes []string
	for i, r := range rows {
		e := r.event()
		list[i] = loop.Occurrence{Log: loop.EventLog, ID: e.ID, At: e.At, Plan: e.Plan, Event: &e}
		if code, ok := strings.CutPrefix(e.About, loop.AboutIndicator("")); ok {
			list[i].Indicator = code
			codes = append(codes, code)
		}
	}
	unseen := map[string]bool{}
	for part := range slices.Chunk(codes, database.ChunkSize) {
		var hiddenCodes []string
		err := tx.Session(&gorm.Session{NewDB: true, Context: ctx}).Table("indicators AS i").
			Joins("JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version").
			Where("i.code IN ? AND "+hidden(), part).Pluck("i.code", &hiddenCodes).Error
		if err != nil {
			return nil, err
		}
		for _, code := range hiddenCodes {
			unseen[code] = true
		}
	}
	for i, o := range list {
		list[i].Hidden = unseen[o.Indicator]
	}
	return list, nil
}

func changesAfter(ctx context.Context, q database.Querier, after int64, limit int) (list []loop.Occurrence, err error) {
	query := `SELECT c.id, c.at, c.plan, c.before, c.after, i.code, ` + hidden() + `
		FROM status_changes c JOIN indicators i ON i.id = c.indicator_id
		JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		WHERE c.id > $1 ORDER BY c.id` + fmt.Sprintf(" LIMIT %d", limit)
	err = database.Each(ctx, q, query, []any{after}, func(rows *sql.Rows) error {
		o := loop.Occurrence{Log: loop.StatusLog, Status: &loop.StatusChange{}}
		var at int64
		if err := rows.Scan(&o.ID, &at, &o.Plan, &o.Status.Before, &o.Status.After, &o.Indicator, &o.Hidden); err != nil {
			return err
		}
		o.At = time.UnixMicro(at).UTC()
		list = append(list, o)
		return nil
	})
	return list, err
}

// statusesOf are the statuses that standings have now, by the ids of indicators.
func (l *Ledger) statusesOf(ctx context.Context, conn database.Conn, ids []int64) (map[int64]string, error) {
	statuses := map[int64]string{}
	query, args := l.queries.statuses(ids)
	err := conn.Each(ctx, query, args, func(rows *sql.Rows) error {
		var id int64
		var status string
		err := rows.Scan(&id, &status)
		statuses[id] = status
		return err
	})
	return statuses, err
}

// noteChanges writes which of the standings that are to be stored have another status than those
// in whose place they come, where a webhook is there to be told.
func (l *Ledger) noteChanges(ctx context.Context, conn database.Conn, coming []indicator.Standing) error {
	ids := make([]int64, len(coming))
	for i, s := range coming {
		ids[i] = s.ID
	}
	before, err := l.statusesOf(ctx, conn, ids)
	if err != nil {
		return err
	}
	changed := slices.DeleteFunc(slices.Clone(coming), func(s indicator.Standing) bool {
		was, stood := before[s.ID]
		return !stood || was == s.Status
	})
	if len(changed) == 0 {
		return nil
	}
	told := false
	err = conn.Each(ctx, "SELECT id FROM webhooks LIMIT 1", nil, func(*sql.Rows) error {
		told = true
		return nil
	})
	if err != nil || !told {
		return err
	}
	if err := conn.Exec(ctx, "UPDATE status_change_head SET last = last + $1 WHERE id = 1", len(changed)); err != nil {
		return err
	}
	var last int64
	err = conn.Each(ctx, "SELECT last FROM status_change_head WHERE id = 1", nil, func(rows *sql.Rows) error { return rows.Scan(&last) })
	if err != nil {
		return err
	}
	rows := make([][]any, len(changed))
	for i, s := range changed {
		at := max(l.db.Now().UnixMicro(), s.Since.UnixMicro()) // not before the report that it follows from
		rows[i] = []any{last - int64(len(changed)-1-i), s.ID, s.Plan, before[s.ID], s.Status, at}
	}
	return conn.Insert(ctx, statusChangesTable, len(rows), slices.Values(rows))
}

var statusChangesTable = &database.Table{Name: "status_changes", Columns: []database.Column{
	{Name: "id", Kind: database.Int64},
	{Name: "indicator_id", Kind: database.Int64},
	{Name: "plan", Kind: database.Text},
	{Name: "before", Kind: database.Text},
	{Name: "after", Kind: database.Text},
	{Name: "at", Kind: database.Int64},
}}
