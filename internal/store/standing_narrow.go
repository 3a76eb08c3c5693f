package store

import (
	"slices"
	"strconv"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// mostBeside is how many indicators a list looks at beside those that standings name: what has
// changed a moment ago, or since the moment asked for.
const mostBeside = 500

// narrow finds, by standings, indicators among which a page of a list is, so that the list
// needs not be sorted whole: the first that follow a position and are selected, and all whose
// standing does not tell. It is false where those are too many, and where nothing is gained.
func (s *Store) narrow(tx *gorm.DB, visible indicator.Visibility, q indicator.Query, order progress.SortOrder, after *progress.SortPosition) (ids []int64, narrowed bool, err error) {
	if q.Page.Limit == 0 || len(q.IDs) > 0 || len(q.Codes) > 0 || len(q.External) > 0 {
		return nil, false, nil
	}
	asked := progress.StandingQuery{Query: q, Records: true, Order: order, After: after, Limit: q.Page.Limit + 1, MostUnsettled: mostBeside}
	ids, err = unsettled(tx, asked)
	if err != nil || len(ids) > mostBeside || after != nil && slices.Contains(ids, after.Place.Indicator) {
		return nil, false, err
	}
	rows, err := s.firstStandings(tx, visible, asked, ids)
	for _, r := range rows {
		ids = append(ids, r.Position.Place.Indicator)
	}
	return ids, true, err
}

// narrowPage is narrow for a list in the order of the plans that goes on after an indicator.
func (s *Store) narrowPage(tx *gorm.DB, visible indicator.Visibility, q indicator.Query) (ids []int64, narrowed bool, err error) {
	if q.Page.After == 0 {
		return s.narrow(tx, visible, q, progress.SortOrder{}, nil)
	}
	var at []struct{ PlanID, TaskPlace int64 }
	if err := tx.Table("standings").Select("plan_id, task_place").Where("indicator_id = ?", q.Page.After).Find(&at).Error; err != nil || len(at) == 0 {
		return nil, false, err
	}
	place := indicator.Place{Plan: at[0].PlanID, Task: at[0].TaskPlace, Indicator: q.Page.After}
	return s.narrow(tx, visible, q, progress.SortOrder{}, &progress.SortPosition{Place: place})
}

// standingSort is how standings are sorted by keys of a list of indicators, and where, for
// the texts of a place in that list.
func standingSort(keys []indicator.SortKey, place []string) (o progress.SortOrder, after *progress.SortPosition) {
	sorts := map[indicator.SortBy]progress.SortBy{
		indicator.ByName: progress.ByName, indicator.ByDueOn: progress.ByDueOn, indicator.ByUpdated: progress.ByUpdated,
	}
	for _, k := range keys {
		if k.By == indicator.ByPlace {
			o.PlaceDown = k.Down
			break
		}
		o.Keys = append(o.Keys, progress.SortKey{By: sorts[k.By], Down: k.Down})
	}
	if place == nil {
		return o, nil
	}
	n := len(o.Keys)
	numberOf := func(text string) int64 { // which was read before
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	}
	after = &progress.SortPosition{Values: place[:n:n], Place: indicator.Place{Plan: numberOf(place[n]), Task: numberOf(place[n+1]), Indicator: numberOf(place[n+2])}}
	return o, after
}
