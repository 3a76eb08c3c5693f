package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// standingPlace is the order of the plans, in which all comes that is equal otherwise.
const standingPlace = "s.plan_id, s.task_place, s.indicator_id"

// joinStanding adds what a standing is of. The standing speaks for the current version.
const joinStanding = `LEFT JOIN indicators i ON i.id = s.indicator_id
	LEFT JOIN indicator_versions v ON v.indicator_id = s.indicator_id AND v.version = s.version
	LEFT JOIN tasks t ON t.id = v.task_id`

// standingColumns are the columns of what it is of that a standing has itself.
var standingColumns = columns{
	"i.id": "s.indicator_id", "v.indicator_id": "s.indicator_id", "v.version": "s.version", "i.plan": "s.plan", "t.number": "s.task",
	"v.section": "s.section", "v.state": "s.state", "v.kind": "s.kind", "v.unit": "s.unit", "v.due_on": "s.due_on",
}

// Standings reads a page of standings, at one moment of the database.
func (s *Store) Standings(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery) (page progress.StandingPage, err error) {
	err = s.db.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		page.Unsettled, err = unsettled(tx, q)
		if err != nil {
			return err
		}
		if page.Unknown = len(page.Unsettled) > q.MostUnsettled; page.Unknown {
			page.Unsettled = nil
			return nil
		}
		page.Rows, err = s.firstStandings(tx, visible, q, page.Unsettled)
		return err
	}, s.db.Snapshot())
	return page, s.db.Translate(ctx, err)
}

// firstStandings are the first of these after the position of the query.
func (s *Store) firstStandings(tx *gorm.DB, visible indicator.Visibility, q progress.StandingQuery, others []int64) (rows []progress.StandingRow, err error) {
	selected, err := s.standingsSelected(tx, visible, q, others)
	if err != nil {
		return nil, err
	}
	order := s.standingOrder(q)
	for _, part := range order.parts(q.After) {
		if len(rows) >= q.Limit {
			break
		}
		if err := readStandings(part.of(selected), order, q.Limit-len(rows), &rows); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// unsettled are the indicators whose standing does not say how they stood at a moment on a
// day, or about as many as may be and more.
func unsettled(tx *gorm.DB, q progress.StandingQuery) (ids []int64, err error) {
	query, args := "SELECT indicator_id FROM stale_standings", []any{}
	if !q.AsOf.IsZero() {
		query, args = query+" UNION ALL SELECT indicator_id FROM standings WHERE since > ?", append(args, q.AsOf.UnixMicro())
	}
	if !q.Records {
		day := database.Day{Date: q.On}
		query, args = query+` UNION ALL SELECT indicator_id FROM standings WHERE good_until < ?
			UNION ALL SELECT indicator_id FROM standings WHERE good_from > ?`, append(args, day, day)
	}
	if err := tx.Raw(query+" LIMIT ?", append(args, q.MostUnsettled+1)...).Scan(&ids).Error; err != nil {
		return nil, err
	}
	if len(ids) > q.MostUnsettled { // and there may be more
		return ids, nil
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// standingsSelected are the standings that a query selects, but for the unsettled others.
func (s *Store) standingsSelected(tx *gorm.DB, visible indicator.Visibility, q progress.StandingQuery, others []int64) (*gorm.DB, error) {
	view, err := s.viewAt(tx, q.AsOf)
	if err != nil {
		return nil, err
	}
	if !q.DutiesAt.IsZero() {
		view.At = q.DutiesAt
	}
	if q.AgencyIDs, err = view.resolved(tx, q.Query); err != nil {
		return nil, err
	}
	from := tx.Table("standings AS s").Joins(joinStanding)
	if len(others) > 0 { // conditions that tell them would lead the database to an index of theirs
		from = from.Where("s.indicator_id NOT IN ?", others)
	}
	if len(q.Plans) > 0 { // by whose ids there is an index
		from, q.Plans = from.Where("s.plan_id IN (SELECT p.id FROM plans p WHERE p.code IN ?)", q.Plans), nil
	}
	few, err := s.textMatches(tx, q.Text)
	if err != nil {
		return nil, err
	}
	if few != nil {
		from = from.Where("s.indicator_id IN ?", few)
	}
	if !q.Records {
		from, q.States = from.Where("s.state = ?", indicator.Confirmed), nil
	}
	if from, err = s.standingsOfAgencies(tx, from, q.AgencyIDs, q.Roles); err != nil {
		return nil, err
	}
	in, err := s.standingColumnsFor(tx, q)
	if err != nil {
		return nil, err
	}
	q.AgencyIDs = nil
	return filterFigures(filter(within(from, standingColumns, visible, !q.AsOf.IsZero()), in, q.Query), in, q.Filter), nil
}

// filterFigures narrows a selection of s to what a filter keeps, as its Keeps does.
func filterFigures(tx *gorm.DB, in columns, f progress.Filter) *gorm.DB {
	tx = anyOf(tx, in.at("s.status"), f.Statuses)
	tx = withinKeys(tx, in.at("s.percent_key"), f.PercentMin, f.PercentMax)
	tx = withinKeys(tx, in.at("s.gap_key"), f.GapMin, f.GapMax)
	if f.ReportMissing != nil {
		tx = tx.Where("s.report_missing = ?", number(*f.ReportMissing))
	}
	if f.Provisional != nil {
		tx = tx.Where("s.provisional = ?", number(*f.Provisional))
	}
	if len(f.Cautions) > 0 {
		any := tx.Session(&gorm.Session{NewDB: true})
		for _, c := range f.Cautions {
			any = any.Or("s.cautions LIKE ?", "%,"+string(c)+",%")
		}
		tx = tx.Where(any)
	}
	return tx
}

// withinKeys narrows a selection to rows whose key of a number is within bounds; nil is none.
func withinKeys(tx *gorm.DB, column string, low, high *quantity.Number) *gorm.DB {
	if low != nil || high != nil {
		tx = tx.Where(column + " <> ''")
	}
	if low != nil {
		tx = tx.Where(column+" >= ?", low.SortKey())
	}
	if high != nil {
		tx = tx.Where(column+" <= ?", high.SortKey())
	}
	return tx
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// standingOrder is how a page of standings is sorted.
type standingOrder struct {
	progress.SortOrder

	columns []sortedColumn
}

// sortedColumn is what standings are sorted by.
type sortedColumn struct {
	expr string
	// partial says that an empty text stands for nothing, which comes last in either direction.
	partial bool
}

func (s *Store) standingOrder(q progress.StandingQuery) standingOrder {
	name := "v.name"
	if s.db.IsPostgres() {
		name += ` COLLATE "C"` // as texts compare in SQLite and in the program
	}
	columns := map[progress.SortBy]sortedColumn{
		progress.ByName:       {name, false},
		progress.ByPercent:    {"s.percent_key", true},
		progress.ByGap:        {"s.gap_key", true},
		progress.ByTarget:     {"s.target_key", true},
		progress.ByDueOn:      {"s.due_on", false},
		progress.ByDaysLeft:   {"s.due_on", false},
		progress.ByStatus:     {severityColumn(q.Order.Severity), false},
		progress.ByLastReport: {"s.last_report_key", true},
		progress.ByUpdated:    {"s.updated_key", false},
	}
	o := standingOrder{SortOrder: q.Order}
	for _, k := range o.Keys {
		o.columns = append(o.columns, columns[k.By])
	}
	return o
}

// severityColumn is the place of a status among all. Statuses are words of lower-case letters,
// digits and underscores.
func severityColumn(statuses []progress.Status) string {
	var cases strings.Builder
	for i, status := range statuses {
		fmt.Fprintf(&cases, " WHEN '%s' THEN '%s'", strings.ReplaceAll(string(status), "'", "''"), progress.SeverityKey(i))
	}
	return "CASE s.status" + cases.String() + " ELSE '" + progress.SeverityKey(len(statuses)) + "' END"
}

// by is what rows are ordered by.
func (o standingOrder) by() string {
	var parts []string
	for i, c := range o.columns {
		if c.partial && i > 0 { // by the first one the list is parted
			parts = append(parts, "CASE WHEN "+c.expr+" = '' THEN 1 ELSE 0 END")
		}
		if o.Keys[i].Down {
			c.expr += " DESC"
		}
		parts = append(parts, c.expr)
	}
	place := standingPlace
	if o.PlaceDown {
		place = strings.ReplaceAll(place, ",", " DESC,") + " DESC"
	}
	return strings.Join(append(parts, place), ", ")
}

// listPart is a part of a list.
type listPart struct {
	where string
	args  []any
}

func (p listPart) and(where string, args ...any) listPart {
	if p.where != "" {
		where = p.where + " AND " + where
	}
	return listPart{where, slices.Concat(p.args, args)}
}

func (p listPart) of(selected *gorm.DB) *gorm.DB {
	selected = selected.Session(&gorm.Session{})
	if p.where == "" {
		return selected
	}
	return selected.Where(p.where, p.args...)
}

// parts are those of the list, or of what follows a position in it, in their order. Each is
// one range of an index on the first key, so that no page costs more than another.
func (o standingOrder) parts(after *progress.SortPosition) []listPart {
	if after == nil {
		if len(o.columns) > 0 && o.columns[0].partial {
			return []listPart{{where: o.columns[0].expr + " > ''"}, {where: o.columns[0].expr + " = ''"}}
		}
		return []listPart{{}}
	}
	var equal listPart
	var parts []listPart // the last first
	for i, c := range o.columns {
		value, beyond := after.Values[i], " > ?"
		if o.Keys[i].Down {
			beyond = " < ?"
			if c.partial {
				beyond += " AND " + c.expr + " > ''"
			}
		}
		if c.partial && value != "" {
			parts = append(parts, equal.and(c.expr+" = ''"))
		}
		if !c.partial || value != "" {
			parts = append(parts, equal.and(c.expr+beyond, value))
		}
		equal = equal.and(c.expr+" = ?", value)
	}
	p := after.Place
	beyond := " > "
	if o.PlaceDown {
		beyond = " < "
	}
	parts = append(parts, equal.and("("+standingPlace+")"+beyond+"(?, ?, ?)", p.Plan, p.Task, p.Indicator))
	slices.Reverse(parts)
	return parts
}

// readStandings reads the first of some selected standings.
func readStandings(selected *gorm.DB, o standingOrder, most int, into *[]progress.StandingRow) error {
	columns := "i.code, " + standingPlace
	for _, c := range o.columns {
		columns += ", CAST(" + c.expr + " AS TEXT)"
	}
	rows, err := selected.Select(columns).Order(o.by()).Limit(most).Rows() //nolint:rowserrcheck // EachRow does
	if err != nil {
		return err
	}
	return database.EachRow(rows, func() error {
		row := progress.StandingRow{Position: progress.SortPosition{Values: make([]string, len(o.columns))}}
		p := &row.Position.Place
		places := []any{&row.Code, &p.Plan, &p.Task, &p.Indicator}
		for i := range o.columns {
			places = append(places, &row.Position.Values[i])
		}
		err := rows.Scan(places...)
		*into = append(*into, row)
		return err
	})
}
