package loop

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// What happens to a milestone.
const (
	MilestoneSet      = "set"
	MilestoneChanged  = "changed"
	MilestoneDone     = "done"
	MilestoneReopened = "reopened"
	MilestoneRemoved  = "removed"
)

var milestoneStepLabels = map[string]fault.Text{
	MilestoneSet: {ZH: "设置", EN: "set"}, MilestoneChanged: {ZH: "变更", EN: "changed"}, MilestoneDone: {ZH: "完成", EN: "done"},
	MilestoneReopened: {ZH: "撤回完成", EN: "reopened"}, MilestoneRemoved: {ZH: "删除", EN: "removed"},
}

// MilestoneStepLabel is what happens to a milestone, in words.
func MilestoneStepLabel(step string) fault.Text { return milestoneStepLabels[step] }

// MilestoneStep is the content of an event of a milestone: its title and day where it is set or
// changed, the day it was done with text and evidence, and the reason for changing, reopening or
// removing it.
type MilestoneStep struct {
	Title    string   `json:"title,omitempty"`
	DueOn    string   `json:"due_on,omitempty"`
	DoneOn   string   `json:"done_on,omitempty"`
	Text     string   `json:"text,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	Reason   string   `json:"reason,omitempty"`
}

// Milestone (节点) is a dated step of a task.
type Milestone struct {
	ID      int64
	Plan    string
	Task    string
	Title   string
	DueOn   indicator.Date
	DoneOn  indicator.Date // zero while it is not done
	Removed bool
	History Thread
	// UpdatedAt is the moment of the last event.
	UpdatedAt time.Time
}

// Overdue reports whether the milestone is not done although its day is over.
func (m Milestone) Overdue(on indicator.Date) bool { return !m.DoneBy(on) && on.After(m.DueOn) }

// DoneBy reports whether it was done by the end of a day.
func (m Milestone) DoneBy(on indicator.Date) bool { return !m.DoneOn.IsZero() && !m.DoneOn.After(on) }

// FoldMilestone is what a thread comes to.
func FoldMilestone(t Thread) (Milestone, error) {
	m := Milestone{ID: t.ID(), Plan: t[0].Plan, Task: TaskOf(t[0].About), History: t, UpdatedAt: t[len(t)-1].At}
	for _, e := range t {
		step, err := contentOf[MilestoneStep](e)
		if err != nil {
			return m, err
		}
		switch e.Type {
		case MilestoneSet, MilestoneChanged:
			if step.Title != "" {
				m.Title = step.Title
			}
			if step.DueOn != "" {
				if m.DueOn, err = indicator.ParseDate(step.DueOn); err != nil {
					return m, err
				}
			}
		case MilestoneDone:
			if m.DoneOn, err = indicator.ParseDate(step.DoneOn); err != nil {
				return m, err
			}
		case MilestoneReopened:
			m.DoneOn = indicator.Date{}
		case MilestoneRemoved:
			m.Removed = true
		}
	}
	return m, nil
}

// StepOf reads the step that an event of a milestone holds.
func StepOf(e Event) (MilestoneStep, error) { return contentOf[MilestoneStep](e) }

// TakenOver reports whether a milestone was set for a dated step of the plan's text: on its day,
// under its title or one that says more or less of it. One that was removed since counts too, for
// somebody decided so.
func TakenOver(named indicator.PlanMilestone, of []Milestone) bool {
	return slices.ContainsFunc(of, func(m Milestone) bool {
		set, err := contentOf[MilestoneStep](m.History[0])
		return err == nil && set.DueOn == named.DueOn.String() && (strings.Contains(set.Title, named.Title) || strings.Contains(named.Title, set.Title))
	})
}

// CheckStep refuses a step that the milestone cannot take now, on a day.
func (m Milestone) CheckStep(kind string, step MilestoneStep, today indicator.Date) error {
	done := !m.DoneOn.IsZero()
	switch {
	case m.Removed:
		return fault.Newf(fault.WrongState, "节点 %d 已删除", "the milestone %d was removed", m.ID)
	case kind == MilestoneDone && done:
		return fault.Newf(fault.WrongState, "节点 %d 已于 %s 完成；如有误，先以 reopened 撤回", "the milestone %d was done on %s; if that is wrong, reopen it first", m.ID, m.DoneOn).At("/type")
	case kind == MilestoneReopened && !done:
		return fault.Newf(fault.WrongState, "节点 %d 尚未完成，无可撤回", "the milestone %d is not done: there is nothing to reopen", m.ID).At("/type")
	}
	return step.validate(kind, today)
}

// Validate refuses the step that sets a milestone.
func (s MilestoneStep) Validate() error { return s.validate(MilestoneSet, indicator.Date{}) }

func (s MilestoneStep) validate(kind string, today indicator.Date) error {
	if err := s.checkFields(kind); err != nil {
		return err
	}
	if err := CheckText("/title", s.Title, MaxTitle, kind == MilestoneSet); err != nil {
		return err
	}
	if err := s.checkDays(kind, today); err != nil {
		return err
	}
	if kind == MilestoneChanged && s.Title == "" && s.DueOn == "" {
		return fault.Newf(fault.RequiredField, "请写明新的 title 或 due_on", "say the new title or due_on").At("/due_on")
	}
	if err := CheckText("/reason", s.Reason, MaxReason, slices.Contains([]string{MilestoneChanged, MilestoneReopened, MilestoneRemoved}, kind)); err != nil {
		return err
	}
	if err := CheckText("/text", s.Text, MaxText, false); err != nil {
		return err
	}
	return CheckEvidence("/evidence", s.Evidence)
}

// checkFields refuses what says nothing with a kind of step.
func (s MilestoneStep) checkFields(kind string) error {
	titled := kind == MilestoneSet || kind == MilestoneChanged
	for _, f := range []struct {
		field string
		given bool
	}{
		{"/title", s.Title != "" && !titled},
		{"/due_on", s.DueOn != "" && !titled},
		{"/done_on", s.DoneOn != "" && kind != MilestoneDone},
		{"/text", s.Text != "" && kind != MilestoneDone},
		{"/evidence", len(s.Evidence) > 0 && kind != MilestoneDone},
		{"/reason", s.Reason != "" && (kind == MilestoneSet || kind == MilestoneDone)},
	} {
		if f.given {
			return fault.Newf(fault.InvalidValue, "%s 不用此项", "%s does not take this", kind).At(f.field)
		}
	}
	return nil
}

func (s MilestoneStep) checkDays(kind string, today indicator.Date) error {
	if kind == MilestoneSet && s.DueOn == "" {
		return fault.Required("/due_on")
	}
	if s.DueOn != "" {
		if _, err := indicator.ParseDate(s.DueOn); err != nil {
			return fault.At(err, "/due_on")
		}
	}
	if kind != MilestoneDone {
		return nil
	}
	if s.DoneOn == "" {
		return fault.Required("/done_on")
	}
	done, err := indicator.ParseDate(s.DoneOn)
	if err == nil && done.After(today) {
		err = fault.Newf(fault.InvalidValue, "完成日 %s 还没有到，今天是 %s", "the day of completion, %s, is still to come: today is %s", done, today)
	}
	return fault.At(err, "/done_on")
}

// MilestoneProgress is how far the milestones of a task are on a day: done of all is the percent,
// due of all the pace. A milestone counts as due on its day.
type MilestoneProgress struct {
	Total, Due, Done, Late int
	// Overdue are those that are not done although their day is over.
	Overdue int
	// Next is the first that is neither done nor over; nil for none.
	Next *Milestone
	// Percent and Pace are 100 times done and due of total; nil without milestones.
	Percent, Pace *big.Rat
	Light         Light // empty without milestones
}

// ProgressOfMilestones is that of those that were not removed.
func ProgressOfMilestones(all []Milestone, on indicator.Date) (p MilestoneProgress) {
	var last indicator.Date
	for _, m := range all {
		if m.Removed {
			continue
		}
		p.Total++
		if !m.DueOn.After(on) {
			p.Due++
		}
		if m.DueOn.After(last) {
			last = m.DueOn
		}
		switch {
		case m.DoneBy(on):
			p.Done++
			if m.DoneOn.After(m.DueOn) {
				p.Late++
			}
			continue
		case m.Overdue(on):
			p.Overdue++
			continue
		}
		if p.Next == nil || m.DueOn.Before(p.Next.DueOn) {
			p.Next = &m
		}
	}
	if p.Total == 0 {
		return p
	}
	p.Percent, p.Pace = big.NewRat(int64(100*p.Done), int64(p.Total)), big.NewRat(int64(100*p.Due), int64(p.Total))
	switch {
	case p.Overdue > 0 && on.After(last):
		p.Light = Red
	case p.Overdue > 0:
		p.Light = Yellow
	default:
		p.Light = Green
	}
	return p
}
