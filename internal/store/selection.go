package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// resolved are the ids of all names that mean the agencies of a query; nil when it asks for
// none.
func (v agencyView) resolved(tx *gorm.DB, q indicator.Query) ([]int64, error) {
	if len(q.Agencies) == 0 {
		return q.AgencyIDs, nil
	}
	return v.standingFor(tx, q.Jurisdictions, q.Agencies)
}

// standingFor are the ids of all names that mean an agency that has any of some names.
func (v agencyView) standingFor(tx *gorm.DB, jurisdictions, names []string) ([]int64, error) {
	agencies, err := v.named(tx, jurisdictions, names)
	ids := []int64{} // not nil: what nobody is called, selects nothing
	for _, id := range agencies {
		ids = append(ids, v.StandsFor(id)...)
	}
	return ids, err
}

// columns says where columns of i, v and t stand in another table that has some of them.
type columns map[string]string

func (c columns) at(column string) string {
	if elsewhere, has := c[column]; has {
		return elsewhere
	}
	return column
}

// filter narrows a selection of i, v and t to what a query asks for. Names of agencies are
// those that it was resolved to. Columns stand where in says.
func filter(tx *gorm.DB, in columns, q indicator.Query) *gorm.DB {
	s := q.Selection
	tx = anyOf(tx, in.at("i.id"), q.IDs)
	tx = anyOf(tx, in.at("i.plan"), s.Plans)
	tx = anyOf(tx, in.at("v.section"), s.Sections)
	tx = anyOf(tx, in.at("t.number"), s.Tasks)
	tx = anyOf(tx, in.at("i.code"), s.Codes)
	tx = ofJurisdictions(tx, in, s.Jurisdictions, q.AsOf)
	tx = ofAgencies(tx, in, q.AgencyIDs, s.Roles)
	tx = anyOf(tx, in.at("v.kind"), s.Kinds)
	tx = anyOf(tx, in.at("v.unit"), s.Units)
	tx = anyOf(tx, in.at("v.binding"), s.Bindings)
	tx = anyOf(tx, in.at("v.direction"), s.Directions)
	tx = anyOf(tx, in.at("v.direction_by"), s.DirectionsBy)
	tx = anyOf(tx, in.at("v.course"), s.Courses)
	tx = anyOf(tx, in.at("v.frequency"), s.Frequencies)
	tx = anyOf(tx, in.at("v.confidence"), s.Confidences)
	tx = anyOf(tx, in.at("v.state"), q.States)
	tx = withinDays(tx, in.at("v.due_on"), s.DueFrom, s.DueTo)
	if !s.UpdatedSince.IsZero() {
		tx = tx.Where("v.updated_at > ?", database.MomentOf(s.UpdatedSince))
	}
	if s.Text != "" {
		tx = tx.Where(hasText, database.Containing(folded(s.Text)))
	}
	return filterExternal(tx, in, q)
}

const hasText = "v.search LIKE ? ESCAPE '" + database.LikeEscape + "'"

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
func ofJurisdictions(tx *gorm.DB, in columns, jurisdictions []string, asOf time.Time) *gorm.DB {
	if len(jurisdictions) == 0 {
		return tx
	}
	join, args := planCurrent, []any{}
	if !asOf.IsZero() {
		join, args = planAsOf, []any{database.MomentOf(asOf)}
	}
	return tx.Where(in.at("i.plan")+" IN (SELECT p.code FROM plans p "+join+" WHERE v.jurisdiction IN ?)", append(args, jurisdictions)...)
}

// ofAgencies narrows a selection of v to where one of some names stands, in one of some roles;
// nil names are any.
func ofAgencies(tx *gorm.DB, in columns, names []int64, roles []indicator.Role) *gorm.DB {
	if names == nil {
		return tx
	}
	named, args := "SELECT x.indicator_id, x.version FROM indicator_agencies x WHERE x.name_id IN ?", []any{names}
	if len(roles) > 0 {
		named, args = named+" AND x.role IN ?", append(args, roles)
	}
	return tx.Where("("+in.at("v.indicator_id")+", "+in.at("v.version")+") IN ("+named+")", args...)
}

// filterExternal narrows a selection of i and v to indicators that codes of other systems
// mean now or, where the query has a moment, meant then.
func filterExternal(tx *gorm.DB, in columns, q indicator.Query) *gorm.DB {
	if !q.AsOf.IsZero() {
		return hadExternal(tx, q.ExternalCodes, q.Namespaces)
	}
	meant := in.at("i.id") + " IN (SELECT x.indicator_id FROM external_codes x WHERE "
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

// Feed is ledger.Ledger.Feed of the agencies that the selection names.
func (s *Store) Feed(ctx context.Context, selected indicator.FeedSelection, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error) {
	by, err := s.reporters(ctx, selected.Agencies)
	if err != nil {
		return nil, 0, false, err
	}
	return s.Ledger.Feed(ctx, selected, by, page)
}

// Measurements is ledger.Ledger.Measurements of the agencies that the selection names.
func (s *Store) Measurements(ctx context.Context, code string, selected indicator.MeasurementSelection, asOf time.Time, page indicator.Page) ([]indicator.Measurement, int64, error) {
	by, err := s.reporters(ctx, selected.Agencies)
	if err != nil {
		return nil, 0, err
	}
	return s.Ledger.Measurements(ctx, code, selected, by, asOf, page)
}

// reporters are the agencies that have any of some names now, by all of their names.
func (s *Store) reporters(ctx context.Context, names []string) (ledger.Reporters, error) {
	by := ledger.Reporters{Names: names}
	if len(names) == 0 {
		return by, nil
	}
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewIn(tx)
	if err != nil {
		return by, s.db.Translate(ctx, err)
	}
	agencies, err := view.named(tx, nil, names)
	for _, agency := range agencies {
		by.IDs = append(by.IDs, view.Names(agency)...)
	}
	return by, s.db.Translate(ctx, err)
}

// filterPlans narrows a selection of plans p and their versions v.
func filterPlans(tx *gorm.DB, s indicator.PlanSelection) *gorm.DB {
	tx = anyOf(tx, "p.code", s.Codes)
	tx = anyOf(tx, "v.jurisdiction", s.Jurisdictions)
	tx = withinDays(tx, "v.due_on", s.DueFrom, s.DueTo)
	return containing(tx, s.Text, "v.title", "p.code", "v.issuer")
}

// filterTasks narrows a selection of tasks t. Names of agencies are those that it was resolved to;
// nil are any.
func filterTasks(tx *gorm.DB, s indicator.TaskSelection, agencies []int64) *gorm.DB {
	tx = anyOf(tx, "t.section", s.Sections)
	tx = anyOf(tx, "t.number", s.Numbers)
	if agencies != nil {
		named, args := "SELECT x.task_id FROM task_agencies x WHERE x.name_id IN ?", []any{agencies}
		if len(s.Roles) > 0 {
			named, args = named+" AND x.role IN ?", append(args, s.Roles)
		}
		tx = tx.Where("t.id IN ("+named+")", args...)
	}
	return containing(tx, s.Text, "t.title")
}

// containing narrows a selection to rows of which one of some columns holds a text, whatever the
// case of its ASCII letters, which is all that both engines fold alike; "" is any.
func containing(tx *gorm.DB, text string, columns ...string) *gorm.DB {
	if text == "" {
		return tx
	}
	either := tx.Session(&gorm.Session{NewDB: true})
	for _, column := range columns {
		const like = " LIKE ? ESCAPE '" + database.LikeEscape + "'"
		either = either.Or(column+like, database.Containing(text)).Or("lower("+column+")"+like, database.Containing(strings.ToLower(text)))
	}
	return tx.Where(either)
}
