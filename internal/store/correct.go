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
	return s.InTx(ctx, func(tx *gorm.DB) error {
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

// reportsOfOthers counts, by agency, what stands of the reports on a plan's indicators that
// agencies of another jurisdiction than the plan's sent.
const reportsOfOthers = `SELECT r.agency_id, COUNT(*) AS reports
  FROM measurements m JOIN indicators i ON i.id = m.indicator_id
  JOIN reporters r ON r.id = m.reporter_id JOIN agency_names n ON n.id = r.agency_id
 WHERE i.plan = ? AND n.jurisdiction <> ? AND m.retracts = 0
   AND m.revision = (SELECT MAX(o.revision) FROM measurements o
                      WHERE o.indicator_id = m.indicator_id AND o.period = m.period AND o.basis = m.basis)
 GROUP BY r.agency_id ORDER BY r.agency_id`

// ReportsOfOthers returns which agencies of another jurisdiction than a plan's sent what
// stands on its indicators, by what they are called now, and how many reports of each
// stand. It fails with fault.NotFound.
func (s *Store) ReportsOfOthers(ctx context.Context, plan string) ([]indicator.AgencyReports, error) {
	tx := s.db.Read.WithContext(ctx)
	place, err := jurisdictionOf(tx, plan)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	var rows []struct {
		AgencyID int64
		Reports  int
	}
	if err := tx.Raw(reportsOfOthers, plan, place).Scan(&rows).Error; err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	var ids []int64
	counts := map[int64]int{}
	for _, r := range rows {
		agency := view.Agency(r.AgencyID)
		ids = append(ids, agency)
		counts[agency] += r.Reports
	}
	ids = distinct(ids)
	refs, err := view.refs(tx, ids)
	others := make([]indicator.AgencyReports, len(ids))
	for i, id := range ids {
		others[i] = indicator.AgencyReports{AgencyRef: refs[id], Reports: counts[id]}
	}
	return others, s.db.Translate(ctx, err)
}

// wholePlan is the current version of a plan with all that its document says beside
// indicators, and the document.
func (s *Store) wholePlan(tx *gorm.DB, code string) (indicator.Plan, error) {
	found, err := findPlans(tx.Table("plans AS p").Joins(planCurrent).Where("p.code = ?", code))
	if err != nil {
		return indicator.Plan{}, err
	}
	p := found[0].plan()
	if err := addContents(tx, &p, found[0].Version.Parts); err != nil {
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
