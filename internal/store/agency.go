package store

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

type agencyRow struct {
	ID           int64
	Jurisdiction string
	Name         string
}

// TableName implements gorm's schema.Tabler.
func (agencyRow) TableName() string { return "agencies" }

// standing is an agency with its place in a list of a record.
type standing struct {
	Role     indicator.Role
	Ordinal  int
	AgencyID int64
}

// standings turns the two lists of a record into rows.
func standings(ids map[string]int64, lead, participating []string) []standing {
	var rows []standing
	for i, name := range lead {
		rows = append(rows, standing{indicator.Lead, i, ids[name]})
	}
	for i, name := range participating {
		rows = append(rows, standing{indicator.Participating, i, ids[name]})
	}
	return rows
}

// agencyFinder finds agencies by the names that plans call them, each within the
// jurisdiction of its plan.
type agencyFinder struct {
	tx      *gorm.DB
	placeOf map[string]string           // jurisdiction of a plan
	known   map[string]map[string]int64 // by jurisdiction and name
}

func newAgencyFinder(tx *gorm.DB) agencyFinder {
	return agencyFinder{tx, map[string]string{}, map[string]map[string]int64{}}
}

// find gives every name in a plan its agency, adding those that are new, and returns
// all that is known of the plan's jurisdiction.
func (f agencyFinder) find(plan string, names []string) (map[string]int64, error) {
	place, known := f.placeOf[plan]
	if !known {
		var row planRow
		if err := f.tx.Select("jurisdiction").Where("code = ?", plan).Take(&row).Error; err != nil {
			return nil, onMissing(err, notFound(kindPlan, plan))
		}
		place = row.Jurisdiction
		f.placeOf[plan] = place
	}
	if f.known[place] == nil {
		f.known[place] = map[string]int64{}
	}
	return f.known[place], addAgencies(f.tx, place, names, f.known[place])
}

// addAgencies notes the ids of the agencies that have the names in a jurisdiction,
// adding those that are new.
func addAgencies(tx *gorm.DB, jurisdiction string, names []string, ids map[string]int64) error {
	names = slices.Clone(names)
	slices.Sort(names)
	for part := range slices.Chunk(slices.Compact(names), chunkSize) {
		rows := make([]agencyRow, len(part))
		for i, name := range part {
			rows[i].Jurisdiction, rows[i].Name = jurisdiction, name
		}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error; err != nil {
			return err
		}
		var found []agencyRow
		if err := tx.Where("jurisdiction = ? AND name IN ?", jurisdiction, part).Find(&found).Error; err != nil {
			return err
		}
		for _, r := range found {
			ids[r.Name] = r.ID
		}
	}
	return nil
}

// idsOf are the ids of names; nil for none.
func idsOf(ids map[string]int64, names []string) []int64 {
	var of []int64
	for _, name := range names {
		of = append(of, ids[name])
	}
	return of
}

// namedAgency is an agency of a task or of a version of an indicator.
type namedAgency struct {
	TaskID      int64
	IndicatorID int64
	Version     int
	Role        indicator.Role
	AgencyID    int64
	Name        string
}

// eachAgency visits the agencies of records in the order they were listed. The
// table is task_agencies or indicator_agencies, the owner its column of ids.
func eachAgency(tx *gorm.DB, table, owner string, ids []int64, visit func(namedAgency)) error {
	for part := range slices.Chunk(ids, chunkSize) {
		var rows []namedAgency
		err := tx.Table(table+" AS x").Select("x.*, a.name").
			Joins("JOIN agencies a ON a.id = x.agency_id").
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

// agencyCounts counts where every agency stands: in the tasks of the current
// versions of plans, and in the current versions of confirmed indicators: a count
// that held drafts would tell every reader of them.
const agencyCounts = `
SELECT a.id, a.jurisdiction, a.name,
       (SELECT COUNT(DISTINCT t.task_id) FROM task_agencies t
          JOIN tasks k ON k.id = t.task_id JOIN plans p ON p.code = k.plan AND p.version = k.version
         WHERE t.agency_id = a.id AND t.role = 'lead') AS lead_tasks,
       (SELECT COUNT(DISTINCT t.task_id) FROM task_agencies t
          JOIN tasks k ON k.id = t.task_id JOIN plans p ON p.code = k.plan AND p.version = k.version
         WHERE t.agency_id = a.id AND t.role = 'participating') AS participating_tasks,
       (SELECT COUNT(DISTINCT i.id) FROM indicator_agencies x
          JOIN indicators i ON i.id = x.indicator_id AND i.version = x.version
          JOIN indicator_versions v ON v.indicator_id = x.indicator_id AND v.version = x.version
         WHERE v.state = 'confirmed' AND x.agency_id = a.id) AS indicators
  FROM agencies a`

type agencyCountRow struct {
	ID                 int64
	Jurisdiction       string
	Name               string
	LeadTasks          int
	ParticipatingTasks int
	Indicators         int
}

// Agencies lists the agencies of a jurisdiction, or with "" of all, that tasks and
// current indicators name, in the order they were first named. next is the position of the following page, 0 at
// the end.
func (s *Store) Agencies(ctx context.Context, jurisdiction string, page indicator.Page) (agencies []indicator.Agency, next int64, err error) {
	tx := s.read.WithContext(ctx)
	var rows []agencyCountRow
	query := pageBy(tx.Table("(?) AS c", tx.Raw(agencyCounts)), "c.id", page).
		Where("c.lead_tasks + c.participating_tasks + c.indicators > 0")
	if jurisdiction != "" {
		query = query.Where("c.jurisdiction = ?", jurisdiction)
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	rows, next = cut(rows, page, func(r agencyCountRow) int64 { return r.ID })
	agencies = make([]indicator.Agency, len(rows))
	for i, r := range rows {
		agencies[i] = indicator.Agency{
			ID: r.ID, Jurisdiction: r.Jurisdiction, Name: r.Name,
			LeadTasks: r.LeadTasks, ParticipatingTasks: r.ParticipatingTasks, Indicators: r.Indicators,
		}
	}
	return agencies, next, nil
}
