package store

import (
	"context"
	"slices"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// mostNames is among how many names those near to one are looked for: of more, those whose
// length is nearest.
const mostNames = 5000

// names are all names of a kind that a reader may learn of, as a column of a query: of the plans
// and in the jurisdictions that a selection names, where that kind belongs to one.
func (s *Store) names(tx *gorm.DB, visible indicator.Visibility, of indicator.NameOf, in indicator.Selection) (from *gorm.DB, column string) {
	current := func() *gorm.DB {
		from := within(tx.Table("indicators AS i").Joins(joinCurrent), nil, visible, false)
		return anyOf(from, "i.plan", in.Plans)
	}
	switch of {
	case indicator.NameOfPlan:
		return tx.Table("plans AS p"), "p.code"
	case indicator.NameOfJurisdiction:
		return tx.Table("plans AS p").Joins(planCurrent), "v.jurisdiction"
	case indicator.NameOfTask:
		return anyOf(tx.Table("plans AS p").Joins("JOIN tasks t ON t.plan = p.code AND t.version = p.version"), "p.code", in.Plans), "t.number"
	case indicator.NameOfIndicator:
		return current(), "i.code"
	case indicator.NameOfUnit:
		return current(), "v.unit"
	}
	return anyOf(tx.Table("agency_names AS a"), "a.jurisdiction", in.Jurisdictions), "a.name"
}

// MissingNames returns those of some names that nothing has. Of agencies it passes the names that
// drafts alone have.
func (s *Store) MissingNames(ctx context.Context, visible indicator.Visibility, of indicator.NameOf, names []string, in indicator.Selection) ([]string, error) {
	from, column := s.names(s.db.Read.WithContext(ctx), visible, of, in)
	var known []string
	err := from.Where(column+" IN ?", names).Distinct().Pluck(column, &known).Error
	missing := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(known, name) })
	return missing, s.db.Translate(ctx, err)
}

// NamesLike returns names among which those near to one can be: no more than mostNames, those of
// its own length first. A code of an indicator has to begin like it.
func (s *Store) NamesLike(ctx context.Context, visible indicator.Visibility, of indicator.NameOf, name string, in indicator.Selection) ([]string, error) {
	from, column := s.names(s.db.Read.WithContext(ctx), visible, of, in)
	if of == indicator.NameOfIndicator { // of which there may be any number
		runes := []rune(name)
		from = from.Where(column+" LIKE ? ESCAPE '"+database.LikeEscape+"'", database.StartingWith(string(runes[:(len(runes)+1)/2])))
	}
	var names []string
	nearest := clause.Expr{SQL: "ABS(length(" + column + ") - ?), " + column, Vars: []any{utf8.RuneCountInString(name)}}
	err := from.Select(column + " AS name").Group(column).Clauses(clause.OrderBy{Expression: nearest}).Limit(mostNames).Find(&names).Error
	return names, s.db.Translate(ctx, err)
}
