package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// CorrectJurisdiction makes a plan one of another jurisdiction, whose agencies its names
// mean from then on: its next version, with the same text, and the next version of each
// of its indicators. What was reported stays as it is, with who reported it. A plan that
// is of the jurisdiction already stays as it is. It fails with fault.NotFound.
func (s *Store) CorrectJurisdiction(ctx context.Context, plan, jurisdiction string) error {
	return s.db.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		current, err := lockPlanIndicators(tx, plan)
		if err != nil {
			return err
		}
		p, err := s.wholePlan(tx, plan)
		if err != nil || p.Jurisdiction == jurisdiction {
			return err
		}
		before := []any{p.Jurisdiction, auditedStates(current)}
		p.Jurisdiction = jurisdiction
		p.Version++
		if err := advancePlan(tx, p); err != nil {
			return err
		}
		if err := s.insertPlanVersion(tx, p, now); err != nil {
			return err
		}
		ins, err := s.withAgencies(tx, current, time.Time{})
		if err != nil {
			return err
		}
		if err := s.replaceIndicators(tx, current, ins, now); err != nil {
			return err
		}
		if current, err = lockPlanIndicators(tx, plan); err != nil {
			return err
		}
		return s.Record(ctx, tx, "plan.jurisdiction_corrected", plan, before, []any{jurisdiction, auditedStates(current)})
	})
}

// wholePlan is the current version of a plan with all that its document says beside
// indicators, and the document.
func (s *Store) wholePlan(tx *gorm.DB, code string) (indicator.Plan, error) {
	found, err := findPlans(tx.Table("plans AS p").Joins(planCurrent).Where("p.code = ?", code))
	if err != nil {
		return indicator.Plan{}, err
	}
	p := found[0].plan()
	if err := addParts(tx, &p); err != nil {
		return p, err
	}
	var doc documentRow
	if err := tx.Where("plan = ? AND version = ?", code, p.Version).Take(&doc).Error; err != nil {
		return p, err
	}
	p.Document.Text, p.Document.Original = doc.Text, doc.Original
	var rows []taskRow
	if err := tx.Where("plan = ? AND version = ?", code, p.Version).Order("id").Find(&rows).Error; err != nil {
		return p, err
	}
	p.Tasks, err = s.tasksOf(tx, rows)
	return p, err
}
