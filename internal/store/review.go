package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// countReview counts the current versions of plans' indicators by state, and the open
// proposals about their agencies.
func (s *Store) countReview(tx *gorm.DB, plans []string) (map[string]indicator.Review, error) {
	counts := make(map[string]indicator.Review, len(plans))
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(plans, chunkSize) {
		var rows []struct {
			Plan  string
			State indicator.State
			N     int
		}
		err := tx.Table("indicators AS i").Joins(joinCurrent).Where("i.plan IN ?", part).
			Select("i.plan, v.state, COUNT(*) AS n").Group("i.plan, v.state").Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			review := counts[r.Plan]
			review.Add(r.State, r.N)
			counts[r.Plan] = review
		}
		matches, err := storedMatches(tx, part...)
		if err != nil {
			return nil, err
		}
		for _, m := range distinctOpen(matches, view) {
			if m.state(view) == indicator.MatchOpen {
				review := counts[m.Match.Plan]
				review.Matches++
				counts[m.Match.Plan] = review
			}
		}
	}
	return counts, nil
}

// ReviewPlan carries out a decision about indicators of a plan, all of it or
// nothing, and returns the codes whose state it changed, in the order of
// creation. An indicator that has the state already stays as it is.
//
// It fails with fault.NotFound when there is no such plan, and otherwise below
// the place of a code ("/confirm/3"): with fault.UnknownIndicator when the plan
// has no such indicator, with fault.InvalidValue when the code is listed twice,
// with fault.IndicatorWithdrawn, and with fault.IndicatorHasMeasurements when
// measurements forbid a rejection.
func (s *Store) ReviewPlan(ctx context.Context, plan string, d indicator.Decision) (changed []string, err error) {
	err = s.inTx(ctx, func(tx *gorm.DB) (err error) {
		now, err := s.alone(tx)
		if err != nil {
			return err
		}
		current, err := lockPlanIndicators(tx, plan)
		if err != nil {
			return err
		}
		wanted, err := decide(tx, plan, current, d)
		if err != nil {
			return err
		}
		before := auditedStates(current)
		if changed, err = s.setStates(tx, current, wanted, now); err != nil || len(changed) == 0 {
			return err
		}
		return s.record(ctx, tx, "plan.reviewed", plan, before, wanted)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// lockPlanIndicators reads the current versions of all indicators of a plan and
// holds back reports and changes of them until the transaction ends.
func lockPlanIndicators(tx *gorm.DB, plan string) ([]foundIndicator, error) {
	if err := tx.Select("id").Where("code = ?", plan).Take(&planRow{}).Error; err != nil {
		return nil, onMissing(err, notFound(kindPlan, plan))
	}
	var locked []indicatorRow
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Where("plan = ?", plan).Order("id").Find(&locked).Error
	if err != nil {
		return nil, err
	}
	return findIndicators(tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Where("i.plan = ?", plan).Order("i.id"))
}

// decide turns a decision into the state that each code shall have.
func decide(tx *gorm.DB, plan string, current []foundIndicator, d indicator.Decision) (map[string]indicator.State, error) {
	byCode := make(map[string]foundIndicator, len(current))
	for _, f := range current {
		byCode[f.Code] = f
	}
	wanted := map[string]indicator.State{}
	take := func(list string, codes []string, state indicator.State) error {
		for i, code := range codes {
			err := checkDecision(tx, plan, byCode, wanted, code, state)
			if err != nil {
				return fault.At(err, fmt.Sprintf("/%s/%d", list, i))
			}
			wanted[code] = state
		}
		return nil
	}
	if err := take("confirm", d.Confirm, indicator.Confirmed); err != nil {
		return nil, err
	}
	if err := take("reject", d.Reject, indicator.Rejected); err != nil {
		return nil, err
	}
	for _, f := range current {
		if _, named := wanted[f.Code]; d.ConfirmRest && !named && f.Version.State == indicator.Draft {
			wanted[f.Code] = indicator.Confirmed
		}
	}
	return wanted, nil
}

func checkDecision(tx *gorm.DB, plan string, byCode map[string]foundIndicator, wanted map[string]indicator.State, code string, state indicator.State) error {
	f, ok := byCode[code]
	_, twice := wanted[code]
	switch {
	case !ok:
		return fault.Newf(fault.UnknownIndicator, "计划 %s 没有指标 %s", "the plan %s has no indicator %s", plan, code)
	case twice:
		return fault.Newf(fault.InvalidValue, "指标 %s 重复出现", "the indicator %s is listed twice", code)
	case f.Version.State == indicator.Withdrawn:
		return indicator.WithdrawnRefusal(code)
	case f.Version.State.Hides(state):
		return refuseMeasured(tx, f.ID, code)
	}
	return nil
}

// setStates gives the indicators whose state is another one a new version.
func (s *Store) setStates(tx *gorm.DB, current []foundIndicator, wanted map[string]indicator.State, now moment) ([]string, error) {
	current = slices.DeleteFunc(current, func(f foundIndicator) bool {
		state, named := wanted[f.Code]
		return !named || state == f.Version.State
	})
	ins, err := s.withAgencies(tx, current, time.Time{})
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(ins))
	rows := make([]placed, len(ins))
	for i, in := range ins {
		in.State, in.Version = wanted[in.Code], in.Version+1
		err := tx.Model(&indicatorRow{}).Where("id = ?", current[i].ID).UpdateColumn("version", in.Version).Error
		if err != nil {
			return nil, err
		}
		codes[i], rows[i] = in.Code, placed{current[i].ID, current[i].Version.TaskID, in}
	}
	return codes, s.insertVersions(tx, rows, now)
}
