package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type taskRow struct {
	ID       int64
	Plan     string
	Version  int
	Number   string
	Section  int
	Title    string
	StartPos int
	EndPos   int
}

// TableName implements gorm's schema.Tabler.
func (taskRow) TableName() string { return "tasks" }

type taskAgencyRow struct {
	TaskID     int64
	Assignment assignment `gorm:"embedded"`
}

// TableName implements gorm's schema.Tabler.
func (taskAgencyRow) TableName() string { return "task_agencies" }

// currentTasks narrows a selection of tasks to those of the plan's current
// version.
const currentTasks = "plan = ? AND version = (SELECT p.version FROM plans p WHERE p.code = plan)"

func (s *Store) insertTasks(tx *gorm.DB, p indicator.Plan, now database.Moment) error {
	view, err := s.viewIn(tx)
	if err != nil {
		return err
	}
	agencies := newAgencyFinder(tx, view, now)
	var names []string
	for _, t := range p.Tasks {
		names = append(append(names, t.LeadAgencies...), t.ParticipatingAgencies...)
	}
	ids, err := agencies.find(p.Code, names)
	if err != nil {
		return err
	}
	var listed []taskAgencyRow
	for _, t := range p.Tasks {
		row := taskRow{Plan: p.Code, Version: p.Version, Number: t.Number, Section: t.Section, Title: t.Title, StartPos: t.Start, EndPos: t.End}
		if err := tx.Create(&row).Error; err != nil {
			return database.OnDuplicate(err, fault.Newf(fault.InvalidValue,
				"任务编号 %s 重复", "two tasks have the number %s", t.Number).At("/tasks"))
		}
		for _, st := range assignments(ids, t.LeadAgencies, t.ParticipatingAgencies) {
			listed = append(listed, taskAgencyRow{row.ID, st})
		}
	}
	return insertAll(tx, listed)
}

// Tasks lists the tasks of a plan's current version in its order. next is the position of the
// following page, 0 at the end. It fails with fault.NotFound when there is no
// such plan.
func (s *Store) Tasks(ctx context.Context, plan string, selected indicator.TaskSelection, page indicator.Page) (tasks []indicator.Task, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	return s.tasksFrom(tx, tx.Table("tasks AS t").Where(currentTasks, plan), plan, selected, page)
}

// TasksOfVersion is Tasks of a version of the plan.
func (s *Store) TasksOfVersion(ctx context.Context, plan string, version int, selected indicator.TaskSelection, page indicator.Page) (tasks []indicator.Task, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	return s.tasksFrom(tx, tx.Table("tasks AS t").Where("plan = ? AND version = ?", plan, version), plan, selected, page)
}

func (s *Store) tasksFrom(tx, from *gorm.DB, plan string, selected indicator.TaskSelection, page indicator.Page) (tasks []indicator.Task, next int64, err error) {
	ctx := tx.Statement.Context
	var agencies []int64
	if len(selected.Agencies) > 0 {
		if agencies, err = s.agenciesOfPlan(tx, plan, selected.Agencies); err != nil {
			return nil, 0, s.db.Translate(ctx, err)
		}
	}
	var rows []taskRow
	if err := database.PageBy(filterTasks(from, selected, agencies), "t.id", page).Find(&rows).Error; err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	if len(rows) == 0 {
		if err := tx.Select("id").Where("code = ?", plan).Take(&planRow{}).Error; err != nil {
			return nil, 0, s.db.Translate(ctx, database.OnMissing(err, database.NotFound(kindPlan, plan)))
		}
	}
	rows, next = database.Cut(rows, page, func(r taskRow) int64 { return r.ID })
	if tasks, err = s.tasksOf(tx, rows); err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	return tasks, next, nil
}

// agenciesOfPlan are the ids of all names that mean agencies of a plan's jurisdiction.
func (s *Store) agenciesOfPlan(tx *gorm.DB, plan string, names []string) ([]int64, error) {
	place, err := jurisdictionOf(tx, plan)
	if err != nil {
		return nil, err
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, err
	}
	return view.standingFor(tx, indicator.Only(place), names)
}

// Task returns one task of a plan's current version. It fails with fault.NotFound.
func (s *Store) Task(ctx context.Context, plan, number string) (indicator.Task, error) {
	tx := s.db.Read.WithContext(ctx)
	var row taskRow
	if err := tx.Where(currentTasks+" AND number = ?", plan, number).Take(&row).Error; err != nil {
		return indicator.Task{}, s.db.Translate(ctx, database.OnMissing(err, database.NotFound(kindTask, plan+"-"+number)))
	}
	tasks, err := s.tasksOf(tx, []taskRow{row})
	if err != nil {
		return indicator.Task{}, s.db.Translate(ctx, err)
	}
	return tasks[0], nil
}

// taskIDs are the rows of the tasks of one version of a plan, by number.
func taskIDs(tx *gorm.DB, plan string, version int) (map[string]int64, error) {
	var rows []taskRow
	if err := tx.Select("id", "number").Where("plan = ? AND version = ?", plan, version).Find(&rows).Error; err != nil {
		return nil, err
	}
	ids := make(map[string]int64, len(rows))
	for _, r := range rows {
		ids[r.Number] = r.ID
	}
	return ids, nil
}

// tasksOf adds the agencies to task rows.
func (s *Store) tasksOf(tx *gorm.DB, rows []taskRow) ([]indicator.Task, error) {
	tasks := make([]indicator.Task, len(rows))
	byID := make(map[int64]*indicator.Task, len(rows))
	ids := make([]int64, len(rows))
	for i, r := range rows {
		tasks[i] = indicator.Task{
			Plan: r.Plan, Number: r.Number, Section: r.Section, Title: r.Title, Start: r.StartPos, End: r.EndPos,
		}
		byID[r.ID], ids[i] = &tasks[i], r.ID
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, err
	}
	err = eachAgency(tx, "task_agencies", "task_id", ids, func(a namedAgency) {
		t := byID[a.TaskID]
		if a.Role == indicator.Lead {
			t.LeadAgencies, t.LeadAgencyIDs = append(t.LeadAgencies, a.Name), append(t.LeadAgencyIDs, view.Agency(a.NameID))
		} else {
			t.ParticipatingAgencies, t.ParticipatingAgencyIDs = append(t.ParticipatingAgencies, a.Name), append(t.ParticipatingAgencyIDs, view.Agency(a.NameID))
		}
	})
	return tasks, err
}
