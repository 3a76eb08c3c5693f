package store

import (
	"fmt"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// auditedIndicator is all that an indicator says, in a form that JSON holds
// whole.
func auditedIndicator(in indicator.Indicator) any {
	v := versionOf(placed{Indicator: in}, momentOf(in.UpdatedAt))
	texts := []string{in.Code, in.Plan, in.Task}
	for _, value := range []interface{ String() string }{
		v.Unit, v.StartsOn, v.DueOn, v.TermEndsOn,
	} {
		texts = append(texts, value.String())
	}
	for _, optional := range []*decimal{v.TargetValue, v.TargetHigh, v.Baseline} {
		if optional == nil {
			texts = append(texts, "null")
			continue
		}
		texts = append(texts, optional.String())
	}
	for _, p := range in.Curve {
		texts = append(texts, p.On.String(), p.Percent.String())
	}
	in.Target, in.Baseline, in.Curve = indicator.Target{Comparator: in.Target.Comparator}, nil, nil
	return []any{texts, in}
}

// auditedPlan is what a plan says; its text stands by its hash.
func auditedPlan(p indicator.Plan, ins []indicator.Indicator) any {
	dates := []string{p.IssuedOn.String(), p.StartsOn.String(), p.DueOn.String()}
	p.Document.Text, p.Document.Original = "", nil
	indicators := make([]any, len(ins))
	for i, in := range ins {
		indicators[i] = auditedIndicator(in)
	}
	return []any{dates, p, indicators}
}

// auditedNow is the current version of an indicator, as auditedIndicator gives
// it; nil when there is none.
func auditedNow(tx *gorm.DB, code string) (any, error) {
	found, err := findIndicators(tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Where("i.code = ?", code))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ins, err := withAgencies(tx, found)
	if err != nil {
		return nil, err
	}
	return auditedIndicator(ins[0]), nil
}

// auditedStates are the versions and states of a plan's indicators.
func auditedStates(found []foundIndicator) any {
	states := make(map[string]string, len(found))
	for _, f := range found {
		states[f.Code] = fmt.Sprintf("%d %s", f.Version.Version, f.Version.State)
	}
	return states
}
