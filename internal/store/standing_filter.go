package store

import (
	"maps"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// MostMatches is how many standings a condition may select for a list to look among these: the
// more there are, the sooner a page of them is met in the order of the list, and sorting all
// of them would take longer.
const MostMatches = 2000

// LookAmong sets how many that is, to see that lists are the same whatever it is.
func (s *Store) LookAmong(most int) { s.mostMatches = most }

// unindexed is a column whose index the database cannot use.
func unindexed(column string) string { return "COALESCE(" + column + ", " + column + ")" }

// areMany reports whether a condition selects so many rows that its index is of no use.
func (s *Store) areMany(selected *gorm.DB) (bool, error) {
	var first []int
	err := selected.Select("1").Limit(s.mostMatches + 1).Scan(&first).Error
	return len(first) > s.mostMatches, err
}

// standingColumnsFor are standingColumns, where those by which a query selects many are
// unindexed: without statistics a database takes the first index that fits a condition, and
// sorts what it finds, rather than go through the list in its order.
func (s *Store) standingColumnsFor(tx *gorm.DB, q progress.StandingQuery) (columns, error) {
	first := progress.ByCode
	if len(q.Order.Keys) > 0 {
		first = q.Order.Keys[0].By
	}
	f := q.Filter
	in := maps.Clone(standingColumns)
	all := tx.Table("standings AS s")
	for column, of := range map[string]struct {
		given, sorts bool // the list is sorted by the index
		narrow       func(tx *gorm.DB) *gorm.DB
	}{
		"s.due_on": {!q.DueFrom.IsZero() || !q.DueTo.IsZero(), first == progress.ByDueOn || first == progress.ByDaysLeft, func(tx *gorm.DB) *gorm.DB {
			return withinDays(tx, "s.due_on", q.DueFrom, q.DueTo)
		}},
		"s.unit":        {len(q.Units) > 0, first == progress.ByTarget, func(tx *gorm.DB) *gorm.DB { return anyOf(tx, "s.unit", q.Units) }},
		"s.status":      {len(f.Statuses) > 0, first == progress.ByGap && len(f.Statuses) == 1, func(tx *gorm.DB) *gorm.DB { return anyOf(tx, "s.status", f.Statuses) }},
		"s.percent_key": {f.PercentMin != nil || f.PercentMax != nil, first == progress.ByPercent, func(tx *gorm.DB) *gorm.DB { return withinKeys(tx, "s.percent_key", f.PercentMin, f.PercentMax) }},
		"s.gap_key":     {f.GapMin != nil || f.GapMax != nil, first == progress.ByGap, func(tx *gorm.DB) *gorm.DB { return withinKeys(tx, "s.gap_key", f.GapMin, f.GapMax) }},
	} {
		if !of.given || of.sorts {
			continue
		}
		many, err := s.areMany(of.narrow(all.Session(&gorm.Session{})))
		if err != nil {
			return nil, err
		}
		if many {
			in[column] = unindexed(column)
		}
	}
	for of, column := range standingColumns {
		in[of] = in.at(column)
	}
	return in, nil
}

// standingsOfAgencies narrows a selection of s as ofAgencies does one of v.
func (s *Store) standingsOfAgencies(tx, selected *gorm.DB, names []int64, roles []indicator.Role) (*gorm.DB, error) {
	if names == nil {
		return selected, nil
	}
	if len(roles) == 0 {
		roles = indicator.Roles // which stand before the indicator in the index
	}
	of := anyOf(tx.Table("indicator_agencies AS x").Where("x.name_id IN ?", names), "x.role", roles)
	many, err := s.areMany(of.Session(&gorm.Session{}))
	if err != nil || !many {
		return ofAgencies(selected, standingColumns, names, roles), err
	}
	return selected.Where("EXISTS (?)", of.Session(&gorm.Session{}).Select("1").Where("x.indicator_id = s.indicator_id + 0 AND x.version = s.version")), nil
}

// textMatches are the indicators any version of which has a text; nil where they are many, or
// where there is no text.
func (s *Store) textMatches(tx *gorm.DB, text string) (ids []int64, err error) {
	if text == "" {
		return nil, nil
	}
	ids = []int64{}
	err = tx.Table("indicator_versions AS v").Select("v.indicator_id").Where(hasText, database.Containing(folded(text))).Limit(s.mostMatches + 1).Scan(&ids).Error
	if len(ids) > s.mostMatches {
		return nil, err
	}
	return ids, err
}
