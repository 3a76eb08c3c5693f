package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// indicatorRow is what never changes about an indicator, and the number of its
// current version.
type indicatorRow struct {
	ID      int64
	Code    string
	Plan    string
	Version int
	Created database.Moment `gorm:"column:created_at"`
}

// TableName implements gorm's schema.Tabler.
func (indicatorRow) TableName() string { return "indicators" }

// versionRow is everything about an indicator that can change.
type versionRow struct {
	IndicatorID   int64
	Version       int
	TaskID        int64
	Section       int
	Name          string
	Kind          indicator.Kind
	Direction     indicator.Direction
	DirectionBy   indicator.Settled
	Course        indicator.Course
	CourseBy      indicator.Settled
	Over          indicator.Over      `gorm:"column:growth_over"`
	Each          indicator.Frequency `gorm:"column:each_period"`
	DefaultBasis  indicator.Basis
	Comparator    indicator.Comparator
	TargetValue   *database.Decimal // NULL while the target waits
	TargetHigh    *database.Decimal
	Unit          database.Unit
	Reference     string `gorm:"column:target_reference"`
	Baseline      *database.Decimal
	StartsOn      database.Day
	DueOn         database.Day
	TermEndsOn    database.Day
	Binding       indicator.Binding
	Frequency     indicator.Frequency
	State         indicator.State
	Confidence    indicator.Confidence
	Curve         curve
	SourceVersion int
	SourceStart   int
	SourceEnd     int
	SourceQuote   string
	SourceRule    string
	Page          int    `gorm:"column:source_page"`
	Paragraph     int    `gorm:"column:source_paragraph"`
	Search        string // what a text search looks in, see folded
	ExternalCodes database.ExternalCodes
	Updated       database.Moment `gorm:"column:updated_at"`
}

// TableName implements gorm's schema.Tabler.
func (versionRow) TableName() string { return "indicator_versions" }

type indicatorAgencyRow struct {
	IndicatorID int64
	Version     int
	Assignment  assignment `gorm:"embedded"`
}

// TableName implements gorm's schema.Tabler.
func (indicatorAgencyRow) TableName() string { return "indicator_agencies" }

// folded makes texts comparable without regard to case. It is done here, for
// the engines disagree on case beyond ASCII.
func folded(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

// placed is an indicator with its row and that of its task.
type placed struct {
	id, task int64
	indicator.Indicator
}

func targetValue(t indicator.Target) *database.Decimal {
	if t.Waits {
		return nil
	}
	return &database.Decimal{Number: t.Value}
}

// target is the target of a version, the inverse of what versionOf keeps.
func (v versionRow) target() indicator.Target {
	return targetOf(v.Comparator, v.TargetValue, v.TargetHigh, v.Unit, v.Reference)
}

// targetOf is a target from its columns.
func targetOf(comparator indicator.Comparator, value, high *database.Decimal, unit database.Unit, reference string) indicator.Target {
	t := indicator.Target{
		Comparator: comparator, ValueHigh: high.OrNil(), Unit: unit.Unit,
		Reference: reference, Waits: value == nil,
	}
	if value != nil {
		t.Value = value.Number
	}
	return t
}

func versionOf(in placed, updated database.Moment) versionRow {
	return versionRow{
		IndicatorID: in.id, Version: in.Version, TaskID: in.task, Section: in.Section, Name: in.Name, Kind: in.Kind,
		Direction: in.Direction, DirectionBy: in.DirectionBy, Course: in.Course, CourseBy: in.CourseBy,
		Over: in.Over, Each: in.Each, DefaultBasis: in.DefaultBasis,
		Comparator: in.Target.Comparator, TargetValue: targetValue(in.Target), Reference: in.Target.Reference,
		TargetHigh: database.DecimalOf(in.Target.ValueHigh), Unit: database.Unit{Unit: in.Target.Unit}, Baseline: database.DecimalOf(in.Baseline),
		StartsOn: database.Day{Date: in.StartsOn}, DueOn: database.Day{Date: in.DueOn}, TermEndsOn: database.Day{Date: in.TermEndsOn},
		Binding: in.Binding, Frequency: in.Frequency, State: in.State, Confidence: in.Confidence, Curve: in.Curve,
		SourceVersion: in.Source.Version, SourceStart: in.Source.Start, SourceEnd: in.Source.End, SourceQuote: in.Source.Quote, SourceRule: in.Source.Rule,
		Page: in.Source.Page, Paragraph: in.Source.Paragraph,
		Search: folded(in.Name, in.Code, in.Source.Quote), ExternalCodes: in.ExternalCodes, Updated: updated,
	}
}

// CreateIndicator stores a new indicator as its version 1 and returns it. An
// empty code becomes the next free "<plan>-<task>-<n>".
//
// It fails with fault.IndicatorExists at "/code" when the code is taken, with
// fault.UnknownTask at "/task" when the plan has no such task, and with
// fault.ExternalCodeTaken below "/external_codes". An external code passes to it
// from an indicator that yields it.
func (s *Store) CreateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error) {
	var stored []indicator.Indicator
	err := s.InTx(ctx, func(tx *gorm.DB) (err error) {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		if err := s.yieldCodes(ctx, tx, in, now); err != nil {
			return err
		}
		if stored, err = s.insertIndicators(tx, []indicator.Indicator{in}, now); err != nil {
			return err
		}
		return s.Record(ctx, tx, "indicator.created", stored[0].Code, nil, auditedIndicator(stored[0]))
	})
	if err != nil {
		return indicator.Indicator{}, err
	}
	return stored[0], nil
}

// insertIndicators stores new indicators in order, in the tasks of their plans'
// current versions, and returns them with what the store gives them.
func (s *Store) insertIndicators(tx *gorm.DB, ins []indicator.Indicator, now database.Moment) ([]indicator.Indicator, error) {
	codes, tasks := newCodes(tx), newTaskFinder(tx)
	stored := make([]indicator.Indicator, len(ins))
	rows := make([]placed, len(ins))
	for i, in := range ins {
		task, err := tasks.find(in.Plan, in.Task)
		if err != nil {
			return nil, err
		}
		if in.Code == "" {
			if in.Code, err = codes.next(in.Plan, in.Task); err != nil {
				return nil, err
			}
		}
		in.Version, in.CreatedAt, in.UpdatedAt = 1, now.Time, now.Time
		row := indicatorRow{Code: in.Code, Plan: in.Plan, Version: 1, Created: now}
		if err := tx.Create(&row).Error; err != nil {
			return nil, database.OnDuplicate(err, fault.Newf(fault.IndicatorExists,
				"指标代码 %s 已被使用", "the indicator code %s is taken", in.Code).At("/code"))
		}
		stored[i], rows[i] = in, placed{row.ID, task, in}
	}
	if err := s.insertVersions(tx, rows, now); err != nil {
		return nil, err
	}
	for i, row := range rows {
		stored[i] = row.Indicator
	}
	return stored, nil
}

// taskFinder finds the rows of tasks in the current versions of plans.
type taskFinder struct {
	tx     *gorm.DB
	byPlan map[string]map[string]int64
}

func newTaskFinder(tx *gorm.DB) taskFinder { return taskFinder{tx, map[string]map[string]int64{}} }

func (f taskFinder) find(plan, task string) (int64, error) {
	if _, known := f.byPlan[plan]; !known {
		var current planRow
		err := f.tx.Select("version").Where("code = ?", plan).Take(&current).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return 0, err
		}
		if f.byPlan[plan], err = taskIDs(f.tx, plan, current.Version); err != nil {
			return 0, err
		}
	}
	id, ok := f.byPlan[plan][task]
	if !ok {
		return 0, fault.Newf(fault.UnknownTask, "计划 %s 没有任务 %s", "the plan %s has no task %s", plan, task).At("/task")
	}
	return id, nil
}

// insertVersions stores the version that each indicator carries, with its
// agencies, and notes in it which those are.
func (s *Store) insertVersions(tx *gorm.DB, ins []placed, updated database.Moment) error {
	view, err := s.viewIn(tx)
	if err != nil {
		return err
	}
	agencies, names := newAgencyFinder(tx, view, updated), map[string][]string{}
	for _, in := range ins {
		names[in.Plan] = slices.Concat(names[in.Plan], in.LeadAgencies, in.ParticipatingAgencies)
	}
	for plan := range names {
		if _, err := agencies.find(plan, names[plan]); err != nil {
			return err
		}
	}
	versions := make([]versionRow, len(ins))
	var listed []indicatorAgencyRow
	for i, in := range ins {
		versions[i] = versionOf(in, updated)
		ids, err := agencies.find(in.Plan, nil)
		if err != nil {
			return err
		}
		ins[i].LeadAgencyIDs, ins[i].ParticipatingAgencyIDs = view.Agencies(idsOf(ids, in.LeadAgencies)), view.Agencies(idsOf(ids, in.ParticipatingAgencies))
		for _, st := range assignments(ids, in.LeadAgencies, in.ParticipatingAgencies) {
			listed = append(listed, indicatorAgencyRow{in.id, in.Version, st})
		}
	}
	if err := insertAll(tx, versions); err != nil {
		return err
	}
	if err := insertAll(tx, listed); err != nil {
		return err
	}
	for _, v := range versions {
		ledger.IndicatorRecord.Touch(tx, v.IndicatorID, v.Version)
	}
	return indexCodes(tx, ins)
}

// UpdateIndicator replaces the version that the indicator carries by a new one
// and returns it. Code, plan, task, section and CreatedAt stay what they were.
// The version replaced stays readable through IndicatorsAsOf.
//
// It fails with fault.NotFound, with fault.PreconditionFailed when another
// version is current, with fault.IndicatorWithdrawn when that one is withdrawn,
// with fault.IndicatorHasMeasurements at "/state" when measurements forbid the new one,
// as indicator.CheckReread does, and with fault.ExternalCodeTaken as CreateIndicator does.
func (s *Store) UpdateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error) {
	err := s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		replaced, err := s.auditedNow(tx, in.Code)
		if err != nil {
			return err
		}
		current, err := replaceable(tx, in)
		if err != nil {
			return err
		}
		if current.State == indicator.Withdrawn {
			return indicator.WithdrawnRefusal(in.Code)
		}
		if current.State.Hides(in.State) {
			if err := refuseMeasured(tx, current.ID, in.Code); err != nil {
				return fault.At(err, "/state")
			}
		}
		if err := refuseReread(tx, current.meant(), in); err != nil {
			return err
		}
		if err := s.yieldCodes(ctx, tx, in, now); err != nil {
			return err
		}
		in.Plan, in.Task, in.Section, in.CreatedAt = current.Plan, current.Task, current.Section, current.Created.Time
		in.Version, in.UpdatedAt = in.Version+1, now.Time
		rows := []placed{{current.ID, current.TaskID, in}}
		if err := s.insertVersions(tx, rows, now); err != nil {
			return err
		}
		in = rows[0].Indicator
		return s.Record(ctx, tx, "indicator.changed", in.Code, replaced, auditedIndicator(in))
	})
	if err != nil {
		return indicator.Indicator{}, err
	}
	return in, nil
}

// currentRow is what a change needs to know of the version it replaces.
type currentRow struct {
	ID      int64
	Code    string
	Plan    string
	Task    string
	TaskID  int64
	Section int
	Version int
	State   indicator.State
	Kind    indicator.Kind
	Over    indicator.Over `gorm:"column:growth_over"`
	Unit    database.Unit
	Waits   bool            // for the value of its reference
	Starts  database.Day    `gorm:"column:starts_on"`
	Created database.Moment `gorm:"column:created_at"`
}

// meant is what the meaning of reports hangs on.
func (c currentRow) meant() indicator.Indicator {
	return indicator.Indicator{Kind: c.Kind, Over: c.Over, Target: indicator.Target{Unit: c.Unit.Unit, Waits: c.Waits}, StartsOn: c.Starts.Date}
}

const currentColumns = "i.id, i.code, i.plan, i.version, i.created_at, v.task_id, v.section, v.state, v.kind, v.growth_over, v.unit, v.target_value IS NULL AS waits, v.starts_on, t.number AS task"

// replaceable moves an indicator on from the version it carries, which holds
// back its measurements and its other changes until the transaction ends, and
// returns what it was.
func replaceable(tx *gorm.DB, in indicator.Indicator) (currentRow, error) {
	changed := tx.Model(&indicatorRow{}).Where("code = ? AND version = ?", in.Code, in.Version).
		UpdateColumn("version", in.Version+1)
	if changed.Error != nil {
		return currentRow{}, changed.Error
	}
	if changed.RowsAffected == 0 {
		return currentRow{}, refusedVersion(tx, in)
	}
	var current currentRow
	err := tx.Table("indicators AS i").Select(currentColumns).
		Joins("JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = ?", in.Version).
		Joins(joinTask).Where("i.code = ?", in.Code).Take(&current).Error
	return current, err
}

// refusedVersion says why there is nothing to replace.
func refusedVersion(tx *gorm.DB, in indicator.Indicator) error {
	var row indicatorRow
	if err := tx.Where("code = ?", in.Code).Take(&row).Error; err != nil {
		return database.OnMissing(err, indicator.Unknown(in.Code))
	}
	return fault.Newf(fault.PreconditionFailed,
		"当前版本为 %d，请求针对版本 %d，请重新读取后再改",
		"the current version is %d, the request is for %d: read it again", row.Version, in.Version)
}

// refuseReread fails as indicator.CheckReread does.
func refuseReread(tx *gorm.DB, before, after indicator.Indicator) error {
	if before.Kind == after.Kind && before.Over == after.Over && before.StartsOn == after.StartsOn && before.Target.Unit.Equal(after.Target.Unit) {
		return nil // as nearly always: nothing needs to be read
	}
	reported, err := ledger.StandingOf(tx, after.Code)
	if err != nil {
		return err
	}
	return indicator.CheckReread(before, after, reported)
}

// refuseMeasured fails with fault.IndicatorHasMeasurements when anything was
// reported for the indicator.
func refuseMeasured(tx *gorm.DB, id int64, code string) error {
	measured, err := ledger.IsMeasured(tx, id)
	if err == nil && measured {
		return indicator.HasMeasurements(code)
	}
	return err
}
