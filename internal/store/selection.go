package store

import (
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// resolved are the ids of all names that mean the agencies of a query; nil when it asks for
// none.
func (v agencyView) resolved(tx *gorm.DB, q indicator.Query) ([]int64, error) {
	if len(q.Agencies) == 0 {
		return q.AgencyIDs, nil
	}
	agencies, err := v.named(tx, q.Jurisdictions, q.Agencies)
	ids := []int64{} // not nil: what nobody is called, selects nothing
	for _, id := range agencies {
		ids = append(ids, v.StandsFor(id)...)
	}
	return ids, err
}

// filter narrows a selection of i, v and t to what a query asks for. Names of agencies are
// those that it was resolved to.
func filter(tx *gorm.DB, q indicator.Query) *gorm.DB {
	s := q.Selection
	tx = anyOf(tx, "i.plan", s.Plans)
	tx = anyOf(tx, "v.section", s.Sections)
	tx = anyOf(tx, "t.number", s.Tasks)
	tx = anyOf(tx, "i.code", s.Codes)
	tx = ofJurisdictions(tx, s.Jurisdictions, q.AsOf)
	tx = ofAgencies(tx, q.AgencyIDs, s.Roles)
	tx = anyOf(tx, "v.kind", s.Kinds)
	tx = anyOf(tx, "v.unit", s.Units)
	tx = anyOf(tx, "v.binding", s.Bindings)
	tx = anyOf(tx, "v.direction", s.Directions)
	tx = anyOf(tx, "v.direction_by", s.DirectionsBy)
	tx = anyOf(tx, "v.course", s.Courses)
	tx = anyOf(tx, "v.frequency", s.Frequencies)
	tx = anyOf(tx, "v.confidence", s.Confidences)
	tx = anyOf(tx, "v.state", q.States)
	tx = withinDays(tx, "v.due_on", s.DueFrom, s.DueTo)
	if !s.UpdatedSince.IsZero() {
		tx = tx.Where("v.updated_at > ?", database.MomentOf(s.UpdatedSince))
	}
	if s.Text != "" {
		tx = tx.Where("v.search LIKE ? ESCAPE '"+database.LikeEscape+"'", database.Containing(folded(s.Text)))
	}
	return filterExternal(tx, q)
}

// anyOf narrows a selection to rows of which a column has one of some values; none select all.
func anyOf[V any](tx *gorm.DB, column string, values []V) *gorm.DB {
	if len(values) == 0 {
		return tx
	}
	return tx.Where(column+" IN ?", values)
}

// withinDays narrows a selection to rows of which a column of days is within bounds; a zero day is
// none.
func withinDays(tx *gorm.DB, column string, from, to indicator.Date) *gorm.DB {
	if !from.IsZero() {
		tx = tx.Where(column+" >= ?", database.Day{Date: from})
	}
	if !to.IsZero() {
		tx = tx.Where(column+" <= ?", database.Day{Date: to})
	}
	return tx
}

// ofJurisdictions narrows a selection of i to plans that are, or were at a moment, of some
// jurisdictions; none are any.
func ofJurisdictions(tx *gorm.DB, jurisdictions []string, asOf time.Time) *gorm.DB {
	if len(jurisdictions) == 0 {
		return tx
	}
	join, args := planCurrent, []any{}
	if !asOf.IsZero() {
		join, args = planAsOf, []any{database.MomentOf(asOf)}
	}
	return tx.Where("i.plan IN (SELECT p.code FROM plans p "+join+" WHERE v.jurisdiction IN ?)", append(args, jurisdictions)...)
}

// ofAgencies narrows a selection of v to where one of some names stands, in one of some roles;
// nil names are any.
func ofAgencies(tx *gorm.DB, names []int64, roles []indicator.Role) *gorm.DB {
	if names == nil {
		return tx
	}
	named, args := "SELECT x.indicator_id, x.version FROM indicator_agencies x WHERE x.name_id IN ?", []any{names}
	if len(roles) > 0 {
		named, args = named+" AND x.role IN ?", append(args, roles)
	}
	return tx.Where("(v.indicator_id, v.version) IN ("+named+")", args...)
}

// filterExternal narrows a selection of i and v to indicators that codes of other systems
// mean now or, where the query has a moment, meant then.
func filterExternal(tx *gorm.DB, q indicator.Query) *gorm.DB {
	if !q.AsOf.IsZero() {
		return hadExternal(tx, q.ExternalCodes, q.Namespaces)
	}
	const meant = "i.id IN (SELECT x.indicator_id FROM external_codes x WHERE "
	switch {
	case len(q.ExternalCodes) > 0 && q.Namespaces != nil:
		return tx.Where(meant+"x.namespace IN ? AND x.code IN ?)", q.Namespaces, q.ExternalCodes)
	case len(q.ExternalCodes) > 0:
		return tx.Where(meant+"x.code IN ?)", q.ExternalCodes)
	case q.Namespaces != nil:
		return tx.Where(meant+"x.namespace IN ?)", q.Namespaces)
	case len(q.External) == 0:
		return tx
	}
	either := tx.Session(&gorm.Session{NewDB: true})
	for namespace, codes := range byNamespace(q.External) {
		either = either.Or(meant+"x.namespace = ? AND x.code IN ?)", namespace, codes)
	}
	return tx.Where(either)
}

// hadExternal narrows a selection of v to versions that had any of some codes in any of some
// namespaces; no codes are any, and so are no namespaces.
func hadExternal(tx *gorm.DB, codes, namespaces []string) *gorm.DB {
	var parts []string
	switch {
	case len(codes) > 0 && namespaces != nil:
		for _, namespace := range namespaces {
			for _, code := range codes {
				parts = append(parts, "["+written(namespace)+","+written(code)+"]")
			}
		}
	case len(codes) > 0:
		for _, code := range codes {
			parts = append(parts, ","+written(code)+"]")
		}
	case namespaces != nil:
		for _, namespace := range namespaces {
			parts = append(parts, "["+written(namespace)+",")
		}
	default:
		return tx
	}
	either := tx.Session(&gorm.Session{NewDB: true})
	for _, part := range parts { // no text can hold what is looked for: quotes in it are escaped
		either = either.Or("replace(v.external_codes, ?, '') <> v.external_codes", part)
	}
	return tx.Where(either)
}
