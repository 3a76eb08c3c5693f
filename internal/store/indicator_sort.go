package store

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// sortedIndicator is an indicator with what its place in a list is made of.
type sortedIndicator struct {
	Found  foundIndicator `gorm:"embedded"`
	PlanAt int64
	TaskAt int64
}

const sortedColumns = foundColumns + ", p.id AS plan_at, COALESCE(k.id, t.id) AS task_at"

// indicatorOrder is a column that indicators are sorted by, with how a cursor holds its values.
type indicatorOrder struct {
	expr  string
	value func(sortedIndicator) string
	read  func(string) (any, error)
}

func readNumber(s string) (any, error) { return strconv.ParseInt(s, 10, 64) }

func readText(s string) (any, error) { return s, nil }

// placeOrder is the order of the plans, which decides among equals.
var placeOrder = []indicatorOrder{
	{"p.id", func(r sortedIndicator) string { return strconv.FormatInt(r.PlanAt, 10) }, readNumber},
	{"COALESCE(k.id, t.id)", func(r sortedIndicator) string { return strconv.FormatInt(r.TaskAt, 10) }, readNumber},
	{"i.id", func(r sortedIndicator) string { return strconv.FormatInt(r.Found.ID, 10) }, readNumber},
}

// indicatorOrders are the columns of each sort key. Each has a value in every row.
var indicatorOrders = map[indicator.SortBy][]indicatorOrder{
	indicator.ByPlace: placeOrder,
	indicator.ByName:  {{"v.name", func(r sortedIndicator) string { return r.Found.Version.Name }, readText}},
	indicator.ByDueOn: {{"v.due_on", func(r sortedIndicator) string { return r.Found.Version.DueOn.String() }, func(s string) (any, error) {
		day, err := indicator.ParseDate(s)
		return database.Day{Date: day}, err
	}}},
	indicator.ByUpdated: {{"v.updated_at", func(r sortedIndicator) string { return progress.MomentKey(r.Found.Version.Updated.Time) }, func(s string) (any, error) {
		at, err := strconv.ParseInt(s, 10, 64)
		return database.MomentOf(time.UnixMicro(at)), err
	}}},
}

// SortedIndicators is Indicators in another order: by the sort keys of the query, and among equals
// in the order of the plans. It goes on after a place in that order, "" for the beginning, and next
// is the place of the last row, "" at the end. It fails with fault.InvalidParameter at "cursor"
// where a place is none.
func (s *Store) SortedIndicators(ctx context.Context, visible indicator.Visibility, q indicator.Query, after string) (ins []indicator.Indicator, next string, err error) {
	var columns []indicatorOrder
	var keys keyset
	for _, key := range append(q.Sort[:len(q.Sort):len(q.Sort)], indicator.SortKey{By: indicator.ByPlace}) {
		for _, c := range indicatorOrders[key.By] {
			columns, keys = append(columns, c), append(keys, sortColumn{expr: c.expr, down: key.Down})
		}
	}
	tx := s.db.Read.WithContext(ctx)
	selected, err := s.selectedIndicators(tx, visible, q)
	if err != nil {
		return nil, "", s.db.Translate(ctx, err)
	}
	var place []string
	if after != "" {
		texts, values, err := placeOf(columns, after)
		if err != nil {
			return nil, "", err
		}
		selected, place = keys.after(selected, values), texts
	}
	order, position := standingSort(q.Sort, place)
	ids, narrowed, err := s.narrow(tx, visible, q, order, position)
	if err != nil {
		return nil, "", s.db.Translate(ctx, err)
	}
	sorted := keys.order()
	if narrowed {
		selected = selected.Where("i.id IN ?", ids)
		sorted = strings.ReplaceAll(sorted, "p.id", "p.id + 0") // as in placeOfFew
	}
	var rows []sortedIndicator
	if err := database.Limit(selected.Order(sorted), q.Page).Select(sortedColumns).Find(&rows).Error; err != nil {
		return nil, "", s.db.Translate(ctx, err)
	}
	if q.Page.Limit > 0 && len(rows) > q.Page.Limit {
		rows = rows[:q.Page.Limit]
		last := make([]string, len(columns))
		for i, c := range columns {
			last[i] = c.value(rows[len(rows)-1])
		}
		place, err := json.Marshal(last)
		if err != nil {
			return nil, "", err
		}
		next = string(place)
	}
	found := make([]foundIndicator, len(rows))
	for i, r := range rows {
		found[i] = r.Found
	}
	ins, err = s.withAgencies(tx, found, q.AsOf)
	return ins, next, s.db.Translate(ctx, err)
}

// placeOf reads the texts that a place holds, and the values of columns that they stand for.
func placeOf(columns []indicatorOrder, place string) (texts []string, values []any, err error) {
	bad := func(err error) error {
		return fault.Newf(fault.InvalidParameter, "游标无效，请使用上一页返回的 next_cursor", "the cursor is not valid; use the next_cursor of the page before").At("cursor").Because(err)
	}
	if err := json.Unmarshal([]byte(place), &texts); err != nil || len(texts) != len(columns) {
		return nil, nil, bad(err)
	}
	values = make([]any, len(columns))
	for i, c := range columns {
		if values[i], err = c.read(texts[i]); err != nil {
			return nil, nil, bad(err)
		}
	}
	return texts, values, nil
}
