package loop

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// issueSteps says of each step that people take from which states it leads on, and what it needs.
var issueSteps = map[IssueStepKind]struct {
	from      []IssueState
	supervise bool // only supervisors take it
	reason    bool // it needs a text
}{
	StepCoordinating: {from: []IssueState{IssueRaised}},
	StepResolving:    {from: []IssueState{IssueRaised, IssueCoordinating}},
	StepResolved:     {from: []IssueState{IssueRaised, IssueCoordinating, IssueResolving}, reason: true},
	StepClosed:       {from: []IssueState{IssueRaised, IssueCoordinating, IssueResolving, IssueResolved}, supervise: true},
	StepSentBack:     {from: []IssueState{IssueResolved}, supervise: true, reason: true},
	StepReopened:     {from: []IssueState{IssueClosed}, supervise: true, reason: true},
	StepCommented:    {from: IssueStates, reason: true},
	StepAssigned:     {from: []IssueState{IssueRaised, IssueCoordinating, IssueResolving, IssueResolved}, supervise: true, reason: true},
	StepDated:        {from: []IssueState{IssueRaised, IssueCoordinating, IssueResolving, IssueResolved}, supervise: true, reason: true},
	StepEscalated:    {from: []IssueState{IssueRaised, IssueCoordinating, IssueResolving, IssueResolved}, supervise: true, reason: true},
}

// OnlySupervisors reports whether only supervisors take a step.
func (k IssueStepKind) OnlySupervisors() bool { return issueSteps[k].supervise }

// Next are the steps that lead on from where the issue stands, for one who may act in it, and for
// one who may supervise.
func (i Issue) Next(acts, supervises bool) (next []IssueStepKind) {
	for _, k := range IssueSteps {
		s := issueSteps[k]
		if !slices.Contains(s.from, i.State) || s.supervise && !supervises || !s.supervise && !acts {
			continue
		}
		if k == StepEscalated && i.Level == LevelGrave {
			continue
		}
		next = append(next, k)
	}
	return next
}

// CheckStep refuses a step that does not lead on from where the issue stands, or lacks what it needs
// or has what it does not take. today is the day it is taken on. Faults name the field by JSON pointer.
func (i Issue) CheckStep(kind IssueStepKind, step IssueStep, today indicator.Date) error {
	if _, err := indicator.ParseWord(string(kind), IssueSteps); err != nil {
		return fault.At(err, "/type")
	}
	needs := issueSteps[kind]
	if err := CheckText("/text", step.Text, MaxText, needs.reason || kind == StepClosed && i.State != IssueResolved && !i.Proposed); err != nil {
		return err
	}
	if err := checkTaken(kind, step); err != nil {
		return err
	}
	if !slices.Contains(needs.from, i.State) {
		return fault.Newf(fault.WrongState, "问题%[1]s，不能“%[3]s”", "the issue is %[2]s, from where %[4]q does not lead on",
			i.State.Label().ZH, i.State.Label().EN, kind.Label().ZH, kind).At("/type")
	}
	switch kind {
	case StepDated:
		return i.checkDate(step, today)
	case StepReopened:
		if step.DueOn != "" {
			return i.checkDate(step, today)
		}
	case StepEscalated:
		if _, err := indicator.ParseWord(string(step.Level), IssueLevels); err != nil {
			return fault.At(err, "/level")
		}
		if !step.Level.Above(i.Level) {
			return fault.Newf(fault.WrongState, "问题已是“%[1]s”，只能升级", "the level is %[2]q already and can only be raised", i.Level.Label().ZH, i.Level).At("/level")
		}
	}
	return nil
}

func (i Issue) checkDate(step IssueStep, today indicator.Date) error {
	due, err := indicator.ParseDate(step.DueOn)
	switch {
	case err != nil:
		return fault.At(err, "/due_on")
	case due.Before(today):
		return fault.Newf(fault.InvalidValue, "时限 %s 不能早于今天 %s", "the day %s must not be before today, %s", due, today).At("/due_on")
	case due == i.DueOn:
		return fault.Newf(fault.WrongState, "时限已是 %s", "the day is %s already", due).At("/due_on")
	}
	return nil
}

// checkTaken refuses what a step does not take, and asks for what it needs.
func checkTaken(kind IssueStepKind, step IssueStep) error {
	fields := []struct {
		name, value string
		needs, may  bool
	}{
		{"/agency", step.Agency, kind == StepAssigned, false},
		{"/due_on", step.DueOn, kind == StepDated, kind == StepReopened},
		{"/level", string(step.Level), kind == StepEscalated, false},
	}
	for _, f := range fields {
		switch {
		case f.needs && f.value == "":
			return fault.Required(f.name)
		case !f.needs && !f.may && f.value != "":
			return fault.Newf(fault.InvalidValue, "“%[1]s”不用 %[3]s，请去掉", "%[2]s takes no %[3]s: leave it out",
				kind.Label().ZH, kind, strings.TrimPrefix(f.name, "/")).At(f.name)
		}
	}
	return nil
}

// CheckRaised refuses what cannot be raised by a person. today is the day it is raised on.
func (s IssueStep) CheckRaised(today indicator.Date) error {
	if s.Cause != "" {
		if _, err := indicator.ParseWord(string(s.Cause), IssueCauses); err != nil {
			return fault.At(err, "/cause")
		}
	}
	if s.Level != "" {
		if _, err := indicator.ParseWord(string(s.Level), IssueLevels); err != nil {
			return fault.At(err, "/level")
		}
	}
	if err := CheckText("/title", s.Title, MaxTitle, true); err != nil {
		return err
	}
	if err := CheckText("/text", s.Text, MaxText, false); err != nil {
		return err
	}
	if s.DueOn == "" {
		return nil
	}
	return Issue{}.checkDate(s, today)
}

// OpenWithCause is the open issue with a cause among those of one indicator; nil for none. Of
// other causes there may be any number.
func OpenWithCause(issues []Issue, cause IssueCause) *Issue {
	if cause == CauseOther {
		return nil
	}
	at := slices.IndexFunc(issues, func(i Issue) bool { return i.Cause == cause && i.IsOpen() })
	if at < 0 {
		return nil
	}
	return &issues[at]
}

// AlreadyOpen refuses to raise or reopen an issue beside another one.
func AlreadyOpen(open Issue) error {
	return fault.Newf(fault.IssueOpen, "该指标因“%[1]s”已有未销号的问题 %[3]d，请在其中说明", "there is an open issue of this indicator with the cause %[2]q, %[3]d: add to that",
		open.Cause.Label().ZH, open.Cause, open.ID).At("/cause")
}
