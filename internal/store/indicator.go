package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// indicatorRow is what never changes about an indicator, and the number of its
// current version.
type indicatorRow struct {
	ID      int64
	Code    string
	Plan    string
	Task    string
	Section int
	Version int
	Created moment `gorm:"column:created_at"`
}

// TableName implements gorm's schema.Tabler.
func (indicatorRow) TableName() string { return "indicators" }

// versionRow is everything about an indicator that can change.
type versionRow struct {
	IndicatorID int64
	Version     int
	Name        string
	Kind        indicator.Kind
	Direction   indicator.Direction
	Comparator  indicator.Comparator
	TargetValue decimal
	TargetHigh  *decimal
	Unit        unit
	Baseline    *decimal
	StartsOn    day
	DueOn       day
	TermEndsOn  day
	Binding     indicator.Binding
	Frequency   indicator.Frequency
	Curve       curve
	SourceStart int
	SourceEnd   int
	SourceQuote string
	SourceRule  string
	Search      string // what a text search looks in, see folded
	Updated     moment `gorm:"column:updated_at"`
}

// TableName implements gorm's schema.Tabler.
func (versionRow) TableName() string { return "indicator_versions" }

type indicatorAgencyRow struct {
	IndicatorID int64
	Version     int
	Standing    standing `gorm:"embedded"`
}

// TableName implements gorm's schema.Tabler.
func (indicatorAgencyRow) TableName() string { return "indicator_agencies" }

// folded makes texts comparable without regard to case. It is done here, for
// the engines disagree on case beyond ASCII.
func folded(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

func versionOf(id int64, in indicator.Indicator, updated moment) versionRow {
	return versionRow{
		IndicatorID: id, Version: in.Version, Name: in.Name, Kind: in.Kind, Direction: in.Direction,
		Comparator: in.Target.Comparator, TargetValue: decimal{in.Target.Value},
		TargetHigh: decimalOf(in.Target.ValueHigh), Unit: unit{in.Target.Unit}, Baseline: decimalOf(in.Baseline),
		StartsOn: day{in.StartsOn}, DueOn: day{in.DueOn}, TermEndsOn: day{in.TermEndsOn},
		Binding: in.Binding, Frequency: in.Frequency, Curve: in.Curve,
		SourceStart: in.Source.Start, SourceEnd: in.Source.End, SourceQuote: in.Source.Quote, SourceRule: in.Source.Rule,
		Search: folded(in.Name, in.Code, in.Source.Quote), Updated: updated,
	}
}

// CreateIndicator stores a new indicator as its version 1 and returns it. An
// empty code becomes the next free "<plan>-<task>-<n>".
//
// It fails with fault.IndicatorExists at "/code" when the code is taken, and
// with fault.UnknownTask at "/task" when the plan has no such task.
func (s *Store) CreateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error) {
	var stored []indicator.Indicator
	err := s.inTx(ctx, func(tx *gorm.DB) (err error) {
		if err := s.alone(tx); err != nil {
			return err
		}
		if stored, err = s.insertIndicators(tx, []indicator.Indicator{in}); err != nil {
			return err
		}
		return s.record(ctx, tx, "indicator.created", stored[0].Code, nil, auditedIndicator(stored[0]))
	})
	if err != nil {
		return indicator.Indicator{}, err
	}
	return stored[0], nil
}

// insertIndicators stores new indicators in order and returns them with what
// the store gives them.
func (s *Store) insertIndicators(tx *gorm.DB, ins []indicator.Indicator) ([]indicator.Indicator, error) {
	now := momentOf(s.now())
	codes := newCodes(tx)
	stored := make([]indicator.Indicator, len(ins))
	ids := make([]int64, len(ins))
	for i, in := range ins {
		if in.Code == "" {
			code, err := codes.next(in.Plan, in.Task)
			if err != nil {
				return nil, err
			}
			in.Code = code
		}
		in.Version, in.CreatedAt, in.UpdatedAt = 1, now.Time, now.Time
		row := indicatorRow{Code: in.Code, Plan: in.Plan, Task: in.Task, Section: in.Section, Version: 1, Created: now}
		if err := tx.Create(&row).Error; err != nil {
			return nil, refusedIndicator(err, in)
		}
		stored[i], ids[i] = in, row.ID
	}
	return stored, insertVersions(tx, ids, stored, now)
}

func refusedIndicator(err error, in indicator.Indicator) error {
	err = onOrphan(err, fault.Newf(fault.UnknownTask,
		"计划 %s 没有任务 %s", "the plan %s has no task %s", in.Plan, in.Task).At("/task"))
	return onDuplicate(err, fault.Newf(fault.IndicatorExists,
		"指标代码 %s 已被使用", "the indicator code %s is taken", in.Code).At("/code"))
}

// insertVersions stores the version that each indicator carries, with its
// agencies.
func insertVersions(tx *gorm.DB, ids []int64, ins []indicator.Indicator, updated moment) error {
	var names []string
	for _, in := range ins {
		names = append(append(names, in.LeadAgencies...), in.ParticipatingAgencies...)
	}
	agencies, err := agencyIDs(tx, names)
	if err != nil {
		return err
	}
	versions := make([]versionRow, len(ins))
	var listed []indicatorAgencyRow
	for i, in := range ins {
		versions[i] = versionOf(ids[i], in, updated)
		for _, st := range standings(agencies, in.LeadAgencies, in.ParticipatingAgencies) {
			listed = append(listed, indicatorAgencyRow{ids[i], in.Version, st})
		}
	}
	if err := insertAll(tx, versions); err != nil {
		return err
	}
	return insertAll(tx, listed)
}

// UpdateIndicator replaces the version that the indicator carries by a new one
// and returns it. Code, plan, task, section and CreatedAt stay what they were at
// creation. The version replaced stays readable through IndicatorsAsOf.
//
// It fails with fault.NotFound, and with fault.PreconditionFailed when another
// version is current.
func (s *Store) UpdateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error) {
	err := s.inTx(ctx, func(tx *gorm.DB) error {
		if err := s.alone(tx); err != nil {
			return err
		}
		replaced, err := auditedNow(tx, in.Code)
		if err != nil {
			return err
		}
		changed := tx.Model(&indicatorRow{}).Where("code = ? AND version = ?", in.Code, in.Version).
			UpdateColumn("version", in.Version+1)
		if changed.Error != nil {
			return changed.Error
		}
		var row indicatorRow
		if err := tx.Where("code = ?", in.Code).Take(&row).Error; err != nil {
			return onMissing(err, notFound(kindIndicator, in.Code))
		}
		if changed.RowsAffected == 0 {
			return fault.Newf(fault.PreconditionFailed,
				"当前版本为 %d，请求针对版本 %d，请重新读取后再改",
				"the current version is %d, the request is for %d: read it again", row.Version, in.Version)
		}
		now := momentOf(s.now())
		in.Plan, in.Task, in.Section, in.CreatedAt = row.Plan, row.Task, row.Section, row.Created.Time
		in.Version, in.UpdatedAt = row.Version, now.Time
		if err := insertVersions(tx, []int64{row.ID}, []indicator.Indicator{in}, now); err != nil {
			return err
		}
		return s.record(ctx, tx, "indicator.changed", in.Code, replaced, auditedIndicator(in))
	})
	if err != nil {
		return indicator.Indicator{}, err
	}
	return in, nil
}
