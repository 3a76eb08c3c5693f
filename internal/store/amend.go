package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// AmendPlan stores the next version of a plan with what it does to the
// indicators, or nothing at all. The jurisdiction stays as it is. Added indicators need their codes; changed ones
// carry the version they replace and the task they stand in from now on.
//
// It fails with fault.NotFound, with fault.PreconditionFailed when the plan or
// any of its indicators is not as the amendment was made for, and otherwise as
// CreatePlan does.
func (s *Store) AmendPlan(ctx context.Context, a indicator.Amendment) error {
	if err := checkText(a.Plan); err != nil {
		return err
	}
	return s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		current, err := lockPlanIndicators(tx, a.Plan.Code)
		if err != nil {
			return err
		}
		if err := checkKnown(current, a); err != nil {
			return err
		}
		if a.Plan.Jurisdiction, err = jurisdictionOf(tx, a.Plan.Code); err != nil {
			return err
		}
		if err := advancePlan(tx, a.Plan); err != nil {
			return err
		}
		if err := s.insertPlanVersion(tx, a.Plan, now); err != nil {
			return err
		}
		if err := s.replaceIndicators(tx, current, a.Changed, now); err != nil {
			return err
		}
		before := auditedStates(current)
		added, err := s.insertIndicators(tx, a.Added, now)
		switch {
		case fault.Is(err, fault.IndicatorExists):
			return superseded()
		case err != nil:
			return err
		}
		return s.Record(ctx, tx, "plan.amended", a.Plan.Code, before, auditedPlan(a.Plan, append(added, a.Changed...)))
	})
}

func superseded() *fault.Fault {
	return fault.Newf(fault.PreconditionFailed,
		"计划或其指标在比对之后已有变动，请重新比对", "the plan or one of its indicators has changed since the comparison: compare again")
}

// checkKnown refuses an indicator that is newer than the amendment, or changed.
func checkKnown(current []foundIndicator, a indicator.Amendment) error {
	for _, f := range current {
		if a.Known[f.Code] != f.Version.Version {
			return superseded()
		}
	}
	return nil
}

// advancePlan moves a plan on to the version it carries.
func advancePlan(tx *gorm.DB, p indicator.Plan) error {
	moved := tx.Model(&planRow{}).Where("code = ? AND version = ?", p.Code, p.Version-1).UpdateColumn("version", p.Version)
	if moved.Error == nil && moved.RowsAffected == 0 {
		return superseded()
	}
	return moved.Error
}

// replaceIndicators gives indicators of a plan their next versions. A withdrawn
// one stays in the task it was last in; a unit of another dimension is refused
// while reports stand, retracted ones not counted, as the comparison counts them.
func (s *Store) replaceIndicators(tx *gorm.DB, current []foundIndicator, changed []indicator.Indicator, now database.Moment) error {
	byCode := make(map[string]foundIndicator, len(current))
	for _, f := range current {
		byCode[f.Code] = f
	}
	tasks := newTaskFinder(tx)
	rows := make([]placed, len(changed))
	for i, in := range changed {
		was := byCode[in.Code]
		task := was.Version.TaskID
		if in.State != indicator.Withdrawn {
			var err error
			if task, err = tasks.find(in.Plan, in.Task); err != nil {
				return err
			}
		}
		if !was.Version.target().Accepts(in.Target.Unit) {
			reported, err := ledger.StandingOf(tx, in.Code)
			if err != nil {
				return err
			}
			if len(reported) > 0 {
				return superseded()
			}
		}
		in.Version++
		err := tx.Model(&indicatorRow{}).Where("id = ?", was.ID).UpdateColumn("version", in.Version).Error
		if err != nil {
			return err
		}
		rows[i] = placed{was.ID, task, in}
	}
	return s.insertVersions(tx, rows, now)
}
