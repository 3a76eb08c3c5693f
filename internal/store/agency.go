package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// agencyNameRow is a name in a jurisdiction. Which agency it means, the events say.
type agencyNameRow struct {
	ID           int64
	Jurisdiction string
	Name         string
}

// TableName implements gorm's schema.Tabler.
func (agencyNameRow) TableName() string { return "agency_names" }

// agencyView is what the ledger knows of agencies, with what it takes to name them.
type agencyView struct{ ledger.AgencyView }

// viewAt is what names mean at a moment, or now when that is zero, as a transaction of
// gorm's sees it before it adds any events.
func (s *Store) viewAt(tx *gorm.DB, asOf time.Time) (agencyView, error) {
	view, err := s.Ledger.AgencyView(tx.Statement.Context, tx.Statement.ConnPool, asOf)
	return agencyView{view}, err
}

// viewIn is viewAt of now.
func (s *Store) viewIn(tx *gorm.DB) (agencyView, error) { return s.viewAt(tx, time.Time{}) }

// assignment is the name of an agency with its place in a list of a record.
type assignment struct {
	Role    indicator.Role
	Ordinal int
	NameID  int64
}

// assignments turns the two lists of a record into rows.
func assignments(ids map[string]int64, lead, participating []string) []assignment {
	var rows []assignment
	for i, name := range lead {
		rows = append(rows, assignment{indicator.Lead, i, ids[name]})
	}
	for i, name := range participating {
		rows = append(rows, assignment{indicator.Participating, i, ids[name]})
	}
	return rows
}

// agencyFinder finds the names that plans call agencies, each within the jurisdiction
// of its plan.
type agencyFinder struct {
	tx      *gorm.DB
	view    agencyView
	now     database.Moment
	placeOf map[string]string           // jurisdiction of a plan
	known   map[string]map[string]int64 // ids of names, by jurisdiction
}

func newAgencyFinder(tx *gorm.DB, view agencyView, now database.Moment) agencyFinder {
	return agencyFinder{tx, view, now, map[string]string{}, map[string]map[string]int64{}}
}

// find gives every name in a plan its id, adding those that are new with proposals of
// what else they may be called, and returns all that is known of the plan's jurisdiction.
func (f agencyFinder) find(plan string, names []string) (map[string]int64, error) {
	place, known := f.placeOf[plan]
	if !known {
		var err error
		if place, err = jurisdictionOf(f.tx, plan); err != nil {
			return nil, err
		}
		f.placeOf[plan] = place
	}
	if f.known[place] == nil {
		f.known[place] = map[string]int64{}
	}
	unknown := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return f.known[place][name] != 0 })
	fresh, err := addNames(f.tx, place, unknown, f.known[place])
	if err != nil || len(fresh) == 0 {
		return f.known[place], err
	}
	return f.known[place], proposeMatches(f.tx, f.view, plan, place, fresh, f.now)
}

// addNames notes the ids of names in a jurisdiction, adding those that are new, which it
// returns in the order they are given.
func addNames(tx *gorm.DB, jurisdiction string, names []string, ids map[string]int64) (fresh []string, err error) {
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	added := map[string]bool{}
	for part := range slices.Chunk(slices.Compact(sorted), database.ChunkSize) {
		if err := namesIn(tx, jurisdiction, part, ids); err != nil {
			return nil, err
		}
		var rows []agencyNameRow
		for _, name := range part {
			if ids[name] == 0 {
				rows = append(rows, agencyNameRow{Jurisdiction: jurisdiction, Name: name})
				added[name] = true
			}
		}
		if len(rows) == 0 {
			continue
		}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error; err != nil {
			return nil, err
		}
		if err := namesIn(tx, jurisdiction, part, ids); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		if added[name] {
			ledger.AgencyNameRecord.Touch(tx, ids[name])
			added[name] = false
			fresh = append(fresh, name)
		}
	}
	return fresh, nil
}

// namesIn notes the ids of those of the names that a jurisdiction has.
func namesIn(tx *gorm.DB, jurisdiction string, names []string, ids map[string]int64) error {
	var found []agencyNameRow
	err := tx.Where("jurisdiction = ? AND name IN ?", jurisdiction, names).Find(&found).Error
	for _, r := range found {
		ids[r.Name] = r.ID
	}
	return err
}

// namesByID reads names by their ids.
func namesByID(tx *gorm.DB, ids []int64) (map[int64]agencyNameRow, error) {
	byID := make(map[int64]agencyNameRow, len(ids))
	for part := range slices.Chunk(ids, database.ChunkSize) {
		var rows []agencyNameRow
		if err := tx.Where("id IN ?", part).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			byID[r.ID] = r
		}
	}
	return byID, nil
}

// refs are agencies by the names that they are called by, by their ids.
func (v agencyView) refs(tx *gorm.DB, agencies []int64) (map[int64]indicator.AgencyRef, error) {
	officials := make([]int64, len(agencies))
	for i, id := range agencies {
		officials[i] = v.Official(id)
	}
	names, err := namesByID(tx, officials)
	refs := make(map[int64]indicator.AgencyRef, len(agencies))
	for _, id := range agencies {
		name := names[v.Official(id)]
		refs[id] = indicator.AgencyRef{ID: id, Jurisdiction: name.Jurisdiction, Name: name.Name}
	}
	return refs, err
}

// named are the agencies that have any of some names, in any of some jurisdictions; none are
// all of them.
func (v agencyView) named(tx *gorm.DB, jurisdictions, names []string) ([]int64, error) {
	var rows []agencyNameRow
	if err := anyOf(anyOf(tx, "name", names), "jurisdiction", jurisdictions).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = v.Agency(r.ID)
	}
	return ids, nil
}

// namedAgency is an agency of a task or of a version of an indicator.
type namedAgency struct {
	TaskID      int64
	IndicatorID int64
	Version     int
	Role        indicator.Role
	NameID      int64
	Name        string
}

// eachAgency visits the agencies of records in the order they were listed. The
// table is task_agencies or indicator_agencies, the owner its column of ids.
func eachAgency(tx *gorm.DB, table, owner string, ids []int64, visit func(namedAgency)) error {
	for part := range slices.Chunk(ids, database.ChunkSize) {
		var rows []namedAgency
		err := tx.Table(table+" AS x").Select("x.*, a.name").
			Joins("JOIN agency_names a ON a.id = x.name_id").
			Where("x."+owner+" IN ?", part).Order("x." + owner + ", x.ordinal").Find(&rows).Error
		if err != nil {
			return err
		}
		for _, r := range rows {
			visit(r)
		}
	}
	return nil
}

// AgencyNames returns what agencies were called on a day, by its last moment, as known at
// another, by their ids: an agency and, where another had its duties then, that one.
func (s *Store) AgencyNames(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64][]string, error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewAt(tx, asOf)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	view.At = at
	all := slices.Clone(ids)
	for _, id := range ids {
		all = append(all, view.Holder(id))
	}
	refs, err := view.refs(tx, distinct(all))
	names := make(map[int64][]string, len(ids))
	for _, id := range ids {
		names[id] = []string{refs[id].Name}
		if by := view.Holder(id); by != id {
			names[id] = append(names[id], refs[by].Name)
		}
	}
	return names, s.db.Translate(ctx, err)
}

// agencyStanding counts where an agency stands.
type agencyStanding struct {
	AgencyID           int64
	LeadTasks          int
	ParticipatingTasks int
	Indicators         int
}

// Agencies lists the agencies that tasks and confirmed indicators name, and those to
// which or from which duties pass, in the order they were first named. What an agency
// has taken over counts for it too. Drafts do not count: that would tell every reader of
// them. next is the position of the following page, 0 at the end.
func (s *Store) Agencies(ctx context.Context, q indicator.AgencyQuery) (agencies []indicator.Agency, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewAt(tx, q.AsOf)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	names := tx
	if q.Jurisdiction != "" {
		names = names.Where("jurisdiction = ?", q.Jurisdiction)
	}
	if q.Name != "" {
		having, err := view.named(tx, indicator.Only(q.Jurisdiction), []string{q.Name})
		if err != nil {
			return nil, 0, s.db.Translate(ctx, err)
		}
		names = names.Where("id IN ?", having)
	}
	for after, more := q.Page.After, true; more; {
		var rows []agencyNameRow
		if err := names.Where("id > ?", after).Order("id").Limit(database.ChunkSize).Find(&rows).Error; err != nil {
			return nil, 0, s.db.Translate(ctx, err)
		}
		if more = len(rows) == database.ChunkSize; more {
			after = rows[database.ChunkSize-1].ID
		}
		found, err := view.listed(tx, rows, q.AsOf)
		if err != nil {
			return nil, 0, s.db.Translate(ctx, err)
		}
		agencies = append(agencies, found...)
		more = more && (q.Page.Limit <= 0 || len(agencies) <= q.Page.Limit)
	}
	agencies, next = database.Cut(agencies, q.Page, func(a indicator.Agency) int64 { return a.ID })
	return agencies, next, nil
}

// listed are those of the names that agencies have their ids from, as agencies, without
// those that nothing is known of.
func (v agencyView) listed(tx *gorm.DB, rows []agencyNameRow, asOf time.Time) ([]indicator.Agency, error) {
	var ids []int64
	for _, r := range rows {
		if v.Agency(r.ID) == r.ID {
			ids = append(ids, r.ID)
		}
	}
	counts, err := v.standings(tx, ids, asOf)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id int64) bool {
		_, passes := v.Succession(id)
		return counts[id] == agencyStanding{} && !passes && !v.Succeeds(id)
	})
	return v.whole(tx, ids, counts)
}

// whole are agencies with all that is known of them.
func (v agencyView) whole(tx *gorm.DB, ids []int64, counts map[int64]agencyStanding) ([]indicator.Agency, error) {
	wanted := slices.Clone(ids)
	var others []int64
	for _, id := range ids {
		if e, found := v.Succession(id); found {
			wanted = append(wanted, v.Agency(e.ObjectID))
		}
		others = append(others, v.Names(id)...)
	}
	refs, err := v.refs(tx, wanted)
	if err != nil {
		return nil, err
	}
	texts, err := namesByID(tx, others)
	if err != nil {
		return nil, err
	}
	agencies := make([]indicator.Agency, len(ids))
	for i, id := range ids {
		n := counts[id]
		a := indicator.Agency{AgencyRef: refs[id], LeadTasks: n.LeadTasks, ParticipatingTasks: n.ParticipatingTasks, Indicators: n.Indicators}
		names := v.Names(id)
		slices.Sort(names)
		for _, name := range names {
			if name != v.Official(id) {
				a.Aliases = append(a.Aliases, texts[name].Name)
			}
		}
		if e, found := v.Succession(id); found {
			a.Until, a.Successor = e.FromOn.Date.AddDays(-1), refs[v.Agency(e.ObjectID)]
		}
		agencies[i] = a
	}
	return agencies, nil
}

// The tasks and the confirmed indicators that count for agencies: of the versions that
// are current, or were at a moment.
const (
	countedTasks = `SELECT g.agency_id, COUNT(DISTINCT CASE WHEN x.role = 'lead' THEN x.task_id END) AS lead_tasks,
	       COUNT(DISTINCT CASE WHEN x.role = 'participating' THEN x.task_id END) AS participating_tasks
	  FROM meant g JOIN task_agencies x ON x.name_id = g.name_id
	  JOIN tasks t ON t.id = x.task_id JOIN plans p ON p.code = t.plan
	 WHERE t.version = %s GROUP BY g.agency_id`
	countedIndicators = `SELECT g.agency_id, COUNT(DISTINCT i.id) AS indicators
	  FROM meant g JOIN indicator_agencies x ON x.name_id = g.name_id
	  JOIN indicators i ON i.id = x.indicator_id
	  JOIN indicator_versions v ON v.indicator_id = x.indicator_id AND v.version = x.version
	 WHERE v.state = 'confirmed' AND v.version = %s GROUP BY g.agency_id`
	planVersionAt      = "(SELECT MAX(w.version) FROM plan_versions w WHERE w.plan = p.code AND w.updated_at <= ?)"
	indicatorVersionAt = "(SELECT MAX(w.version) FROM indicator_versions w WHERE w.indicator_id = i.id AND w.updated_at <= ?)"
)

// standings count where agencies stand.
func (v agencyView) standings(tx *gorm.DB, ids []int64, asOf time.Time) (map[int64]agencyStanding, error) {
	counts := make(map[int64]agencyStanding, len(ids))
	var pairs []string
	for _, id := range ids {
		for _, name := range v.StandsFor(id) {
			pairs = append(pairs, fmt.Sprintf("(%d, %d)", id, name))
		}
	}
	if len(pairs) == 0 {
		return counts, nil
	}
	meant := "WITH meant (agency_id, name_id) AS (VALUES " + strings.Join(pairs, ", ") + ") "
	planVersion, version, args := "p.version", "i.version", []any{}
	if !asOf.IsZero() {
		planVersion, version, args = planVersionAt, indicatorVersionAt, []any{database.MomentOf(asOf)}
	}
	var tasks, indicators []agencyStanding
	if err := tx.Raw(meant+fmt.Sprintf(countedTasks, planVersion), args...).Scan(&tasks).Error; err != nil {
		return nil, err
	}
	for _, n := range tasks {
		counts[n.AgencyID] = n
	}
	if err := tx.Raw(meant+fmt.Sprintf(countedIndicators, version), args...).Scan(&indicators).Error; err != nil {
		return nil, err
	}
	for _, n := range indicators {
		all := counts[n.AgencyID]
		all.AgencyID, all.Indicators = n.AgencyID, n.Indicators
		counts[n.AgencyID] = all
	}
	return counts, nil
}

// idsOf are the ids of names; nil for none.
func idsOf(ids map[string]int64, names []string) []int64 {
	var of []int64
	for _, name := range names {
		of = append(of, ids[name])
	}
	return of
}
