package board

import (
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// shareChanged is a share of a place that one of two texts has otherwise, or alone.
type shareChanged struct {
	Task, Name, Area, DueOn string
	// Before and After are targets in words; empty where a text has none.
	Before, After string
}

// compareShares shows the shares of the newer text beside what the indicators will be, and which of
// them the older text has otherwise.
func (v *visit) compareShares(content *amendmentPage) error {
	compared := content.Compared
	plan := v.r.PathValue("plan")
	if err := v.meetPlan(plan); err != nil {
		return err
	}
	ins, err := v.indicatorsOf(plan)
	if err != nil {
		return err
	}
	amended := v.Plan
	amended.Parts = compared.Parts
	content.Shares = v.shares(amended, amendedIndicators(ins, *compared))
	if content.SharesUnknown = v.Plan.Parts == nil && len(compared.Parts) > 0; !content.SharesUnknown {
		content.SharesChanged = v.sharesChanged(v.Plan.Parts, compared.Parts)
	}
	return nil
}

// amendedIndicators are the indicators of a plan as a comparison leaves them, so far as shares are
// held against them.
func amendedIndicators(ins []v1.Indicator, compared v1.Amendment) []v1.Indicator {
	at := make(map[string]*v1.Indicator, len(ins))
	for i := range ins {
		at[ins[i].Code] = &ins[i]
	}
	for _, changed := range compared.Changed {
		if in := at[changed.Indicator]; in != nil {
			for _, f := range changed.Fields {
				takeField(in, f)
			}
		}
	}
	for _, moved := range compared.Moved {
		if in := at[moved.Indicator]; in != nil {
			in.Task = moved.To.Task
		}
	}
	ins = slices.DeleteFunc(ins, func(in v1.Indicator) bool {
		return slices.ContainsFunc(compared.Removed, func(r v1.AmendmentRemoved) bool { return r.Indicator == in.Code })
	})
	for _, added := range compared.Added {
		ins = append(ins, v1.Indicator{Code: added.Indicator, Name: added.Name, Task: added.Task, Target: added.Target, DueOn: added.DueOn})
	}
	return ins
}

// takeField gives an indicator what a field of it becomes.
func takeField(in *v1.Indicator, change v1.FieldChange) {
	figure := func() *v1.Number {
		if change.After == nil {
			return nil
		}
		n := v1.Number(*change.After)
		return &n
	}
	switch change.Field {
	case "/name":
		in.Name = textOf(change.After)
	case "/due_on":
		in.DueOn = textOf(change.After)
	case "/target/comparator":
		in.Target.Comparator = textOf(change.After)
	case "/target/value":
		in.Target.Value = figure()
	case "/target/value_high":
		in.Target.ValueHigh = figure()
	case "/target/unit":
		in.Target.Unit = textOf(change.After)
	}
}

// sharesChanged pairs the shares that only one of two texts has. They are told by what they say, for
// a task may have got another number.
func (v *visit) sharesChanged(before, after []v1.PlanPart) (all []shareChanged) {
	old := v.sharesBeside(before, after)
	for _, p := range v.sharesBeside(after, before) {
		c := shareChanged{Task: p.Task, Name: p.Name, Area: p.Area, DueOn: p.DueOn, After: v.Target(p.Target)}
		if i := slices.IndexFunc(old, func(o v1.PlanPart) bool { return o.Name == p.Name && o.Area == p.Area && o.DueOn == p.DueOn }); i >= 0 {
			c.Before = v.Target(old[i].Target)
			old = slices.Delete(old, i, i+1)
		}
		all = append(all, c)
	}
	for _, p := range old {
		all = append(all, shareChanged{Task: p.Task, Name: p.Name, Area: p.Area, DueOn: p.DueOn, Before: v.Target(p.Target)})
	}
	return all
}

// sharesBeside are the shares that others do not have.
func (v *visit) sharesBeside(parts, others []v1.PlanPart) (beside []v1.PlanPart) {
	said := func(p v1.PlanPart) [5]string {
		return [...]string{p.Name, p.Area, textOf(p.PartOf), v.Target(p.Target), p.DueOn}
	}
	known := make(map[[5]string]bool, len(others))
	for _, o := range others {
		known[said(o)] = true
	}
	for _, p := range parts {
		if !known[said(p)] {
			beside = append(beside, p)
		}
	}
	return beside
}
