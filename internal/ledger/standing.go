package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

var standingsTable = &database.Table{Name: "standings", Columns: []database.Column{
	{Name: "indicator_id", Kind: database.Int64},
	{Name: "version", Kind: database.Int32},
	{Name: "plan", Kind: database.Text},
	{Name: "plan_id", Kind: database.Int64},
	{Name: "task_place", Kind: database.Int64},
	{Name: "section", Kind: database.Int32},
	{Name: "task", Kind: database.Text},
	{Name: "state", Kind: database.Text},
	{Name: "kind", Kind: database.Text},
	{Name: "unit", Kind: database.Text},
	{Name: "due_on", Kind: database.Date},
	{Name: "status", Kind: database.Text},
	{Name: "percent_key", Kind: database.Text},
	{Name: "gap_key", Kind: database.Text},
	{Name: "target_key", Kind: database.Text},
	{Name: "last_report_key", Kind: database.Text},
	{Name: "updated_key", Kind: database.Text},
	{Name: "report_missing", Kind: database.Int32},
	{Name: "provisional", Kind: database.Int32},
	{Name: "cautions", Kind: database.Text},
	{Name: "tally", Kind: database.Text},
	{Name: "since", Kind: database.Int64},
	{Name: "good_from", Kind: database.Date},
	{Name: "good_until", Kind: database.Date},
}}

func init() { //nolint:gochecknoinits // the clause follows from the columns
	set := make([]string, 0, len(standingsTable.Columns))
	for _, c := range standingsTable.Columns[1:] {
		set = append(set, c.Name+" = excluded."+c.Name)
	}
	standingsTable.OnTaken = "ON CONFLICT (indicator_id) DO UPDATE SET " + strings.Join(set, ", ")
}

// standingValues are the columns of a standing, in the order of its table.
func standingValues(s indicator.Standing) []any {
	return []any{
		s.ID, int64(s.Version), s.Plan, s.Place.Plan, s.Place.Task, int64(s.Section), s.Task,
		string(s.State), string(s.Kind), s.Target.Unit.String(), s.DueOn.String(),
		s.Status, s.PercentKey, s.GapKey, s.TargetKey, s.LastReportKey, s.UpdatedKey, flag(s.ReportMissing), flag(s.Provisional), cautionList(s.Cautions), s.Tally,
		s.Since.UnixMicro(), s.GoodFrom.String(), s.GoodUntil.String(),
	}
}

func cautionList(cautions []string) string {
	if len(cautions) == 0 {
		return ""
	}
	return "," + strings.Join(cautions, ",") + ","
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// KeepStandings stores standings, and takes the marks from their indicators. One of which more
// has become known since it was looked at, or which another process has made meanwhile, is
// left as it is: whoever was slow must not put an older one in the place of a newer.
func (l *Ledger) KeepStandings(ctx context.Context, standings []indicator.Standing) error {
	if len(standings) == 0 {
		return nil
	}
	slices.SortFunc(standings, func(a, b indicator.Standing) int { return int(a.ID - b.ID) }) // so that two processes cannot wait for each other
	ctx, cancel := l.db.Bounded(ctx, groupTimeout)
	defer cancel()
	conn, err := l.db.BeginWrite(ctx)
	if err != nil {
		return l.db.Translate(ctx, err)
	}
	kept := false
	defer func() {
		if !kept {
			conn.Abandon()
		}
	}()
	if err := l.keepStandings(l.db.Running(ctx), conn, standings); err != nil {
		return l.db.Translate(ctx, err)
	}
	if err := conn.Commit(ctx); err != nil {
		return l.db.Translate(ctx, err)
	}
	kept = true
	return nil
}

func (l *Ledger) keepStandings(ctx context.Context, conn database.Conn, standings []indicator.Standing) error {
	ids := make([]int64, len(standings))
	for i, s := range standings {
		ids[i] = s.ID
	}
	marks, made, args := l.queries.standings(ids)
	marked, err := momentsOf(ctx, conn, marks, args)
	if err != nil {
		return err
	}
	before, err := momentsOf(ctx, conn, made, args)
	if err != nil {
		return err
	}
	var rows [][]any
	var fresh []int64
	var coming []indicator.Standing
	for _, s := range standings {
		mark, hasMark := marked[s.ID]
		switch {
		case s.Marked && hasMark && mark == s.Since.UnixMicro():
			fresh = append(fresh, s.ID)
		case !s.Marked && !hasMark && before[s.ID] == s.Since.UnixMicro():
		default:
			continue
		}
		rows, coming = append(rows, standingValues(s)), append(coming, s)
	}
	if len(rows) == 0 {
		return nil
	}
	if err := l.noteChanges(ctx, conn, coming); err != nil {
		return err
	}
	if err := conn.Insert(ctx, standingsTable, len(rows), slices.Values(rows)); err != nil {
		return err
	}
	query, args := l.queries.freshen(fresh)
	return conn.Exec(ctx, query, args...)
}

// momentsOf are the moments that a query gives beside ids.
func momentsOf(ctx context.Context, conn database.Conn, query string, args []any) (map[int64]int64, error) {
	moments := map[int64]int64{}
	err := conn.Each(ctx, query, args, func(rows *sql.Rows) error {
		var id, moment int64
		err := rows.Scan(&id, &moment)
		moments[id] = moment
		return err
	})
	return moments, err
}

// DifferingStandings names, of standings as they should be, the columns in which those that
// are kept are otherwise, by the ids of the indicators. What has been marked to be made anew
// meanwhile differs in nothing.
func (l *Ledger) DifferingStandings(ctx context.Context, wanted []indicator.Standing) (map[int64][]string, error) {
	differing := map[int64][]string{}
	columns := make([]string, len(standingsTable.Columns))
	for i, c := range standingsTable.Columns {
		columns[i] = "s." + c.Name
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM standings s WHERE s.indicator_id = $1 AND NOT EXISTS (SELECT 1 FROM stale_standings x WHERE x.indicator_id = s.indicator_id)"
	for _, w := range wanted {
		should := standingValues(w)
		err := database.Each(ctx, l.db.Reader(), query, []any{w.ID}, func(rows *sql.Rows) error {
			kept, places := make([]any, len(should)), make([]any, len(should))
			for i := range kept {
				places[i] = &kept[i]
			}
			if err := rows.Scan(places...); err != nil {
				return err
			}
			for i, value := range should {
				if columnValue(kept[i]) != columnValue(value) {
					differing[w.ID] = append(differing[w.ID], standingsTable.Columns[i].Name)
				}
			}
			return nil
		})
		if err != nil {
			return nil, l.db.Translate(ctx, err)
		}
	}
	return differing, nil
}

// columnValue is a value of a column as both engines give it, days as texts.
func columnValue(value any) string {
	if text, ok := value.([]byte); ok {
		return string(text)
	}
	if day, ok := value.(time.Time); ok {
		return day.Format(time.DateOnly)
	}
	return fmt.Sprint(value)
}
