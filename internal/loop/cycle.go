package loop

import (
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// What happens to a cycle. The first five are done by people; the last two, and locking as the day
// of it is over, are told by the daily run.
const (
	CycleLocked             = "locked"
	CycleReopened           = "reopened"
	CycleDated              = "dated"
	CycleExcepted           = "excepted"
	CycleExceptionWithdrawn = "exception_withdrawn"
	CycleDue                = "due"
	CycleAgencyLate         = "agency_late"
)

var cycleStepLabels = map[string]fault.Text{
	CycleLocked: {ZH: "锁定", EN: "locked"}, CycleReopened: {ZH: "重开", EN: "reopened"}, CycleDated: {ZH: "改期", EN: "dates moved"},
	CycleExcepted: {ZH: "开例外", EN: "exception granted"}, CycleExceptionWithdrawn: {ZH: "收回例外", EN: "exception withdrawn"},
	CycleDue: {ZH: "截止", EN: "due"}, CycleAgencyLate: {ZH: "单位缺报", EN: "agency late"},
}

// CycleStepLabel is what happens to a cycle, in words.
func CycleStepLabel(step string) fault.Text { return cycleStepLabels[step] }

// CycleStep is the content of an event of a cycle.
type CycleStep struct {
	Reason  string `json:"reason,omitempty"`
	DueOn   string `json:"due_on,omitempty"`
	LocksOn string `json:"locks_on,omitempty"`
	// Agency is what the agency of an exception, or that is late, was called then.
	Agency string `json:"agency,omitempty"`
	Until  string `json:"until,omitempty"` // the last day of an exception
	// Exception is the event by which an exception was granted that is withdrawn.
	Exception int64 `json:"exception,omitempty"`
	// Rule says that the day of it came, and nobody did it.
	Rule bool `json:"rule,omitempty"`
	// Missing and Expected count the indicators of an agency that is late.
	Missing  int `json:"missing,omitempty"`
	Expected int `json:"expected,omitempty"`
}

// Exception (例外) lets an agency report for a cycle that is locked, until the end of a day.
type Exception struct {
	ID        int64
	Agency    int64
	Name      string
	Until     indicator.Date
	Reason    string
	At        time.Time
	By        string
	Withdrawn bool
}

// CycleChanges are what people have said of a cycle beside its dates.
type CycleChanges struct {
	Locked, Reopened bool           // the last of both
	DueOn, LocksOn   indicator.Date // zero for those of the profile
	Exceptions       []Exception
	History          Thread
}

// FoldCycle is what a thread comes to.
func FoldCycle(t Thread) (c CycleChanges, err error) {
	c.History = t
	for _, e := range t {
		step, err := contentOf[CycleStep](e)
		if err != nil {
			return c, err
		}
		if step.Rule {
			continue
		}
		if err := c.take(e, step); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (c *CycleChanges) take(e Event, step CycleStep) (err error) {
	switch e.Type {
	case CycleLocked:
		c.Locked, c.Reopened = true, false
	case CycleReopened:
		c.Locked, c.Reopened = false, true
	case CycleDated:
		if step.DueOn != "" {
			if c.DueOn, err = indicator.ParseDate(step.DueOn); err != nil {
				return err
			}
		}
		if step.LocksOn != "" {
			if c.LocksOn, err = indicator.ParseDate(step.LocksOn); err != nil {
				return err
			}
			c.Locked, c.Reopened = false, false
		}
	case CycleExcepted:
		until, err := indicator.ParseDate(step.Until)
		if err != nil {
			return err
		}
		c.Exceptions = append(c.Exceptions, Exception{ID: e.ID, Agency: e.Agency, Name: step.Agency, Until: until, Reason: step.Reason, At: e.At, By: e.By.Name})
	case CycleExceptionWithdrawn:
		if at := slices.IndexFunc(c.Exceptions, func(x Exception) bool { return x.ID == step.Exception }); at >= 0 {
			c.Exceptions[at].Withdrawn = true
		}
	}
	return nil
}

// CycleStepOf reads the step that an event of a cycle holds.
func CycleStepOf(e Event) (CycleStep, error) { return contentOf[CycleStep](e) }

// IsLocked reports whether nothing can be reported on a day without an exception. by is the last day
// to report by the profile, zero for none.
func (c CycleChanges) IsLocked(today, by indicator.Date) bool {
	if !c.LocksOn.IsZero() {
		by = c.LocksOn
	}
	switch {
	case c.Locked:
		return true
	case c.Reopened:
		return false
	}
	return !by.IsZero() && today.After(by)
}

// Cycle (调度期) is one period of reporting of a plan.
type Cycle struct {
	Plan   string
	Period indicator.Period
	// Opens is the day after the period. Due is the last day to report in time, and Locks the last
	// to report at all; zero where it never locks by itself.
	Opens, Due, Locks indicator.Date
	CycleChanges
}

// CycleState is how a cycle is on a day.
type CycleState string

// The states.
const (
	CycleUpcoming CycleState = "upcoming" // the period is not over
	CycleOpen     CycleState = "open"
	CycleOverdue  CycleState = "overdue" // the day it was due is over, and reports are still taken
	CycleIsLocked CycleState = "locked"
)

// Label is the state in words.
func (s CycleState) Label() fault.Text {
	return map[CycleState]fault.Text{
		CycleUpcoming: {ZH: "未开始", EN: "upcoming"}, CycleOpen: {ZH: "报送中", EN: "open"}, CycleOverdue: {ZH: "已截止", EN: "past its due day"}, CycleIsLocked: {ZH: "已锁定", EN: "locked"},
	}[s]
}

// State is how the cycle is on a day.
func (c Cycle) State(on indicator.Date) CycleState {
	switch {
	case c.IsLocked(on, c.Locks):
		return CycleIsLocked
	case on.After(c.Due):
		return CycleOverdue
	case !on.Before(c.Opens):
		return CycleOpen
	}
	return CycleUpcoming
}

// CyclePlan makes the cycles of plans by the settings of a profile.
type CyclePlan struct {
	settings CycleSettings
	days     WorkingDays
}

// NewCyclePlan makes settings ready that were validated.
func NewCyclePlan(s CycleSettings) (CyclePlan, error) {
	days, err := s.Calendar.Ready()
	return CyclePlan{s, days}, err
}

// PeriodOf is the cycle that a report of a period counts for: the one in which that ends.
func (p CyclePlan) PeriodOf(reported indicator.Period) indicator.Period {
	return indicator.PeriodOf(p.settings.Every, reported.End())
}

// LocksOn is the last day to report for a cycle of what was there from a day on; zero where it never
// locks by itself.
func (p CyclePlan) LocksOn(period indicator.Period, there indicator.Date) indicator.Date {
	if p.settings.Locks == 0 {
		return indicator.Date{}
	}
	return p.days.After(begun(period, there), p.settings.Locks)
}

// begun is the day from which days of work count: the last of the period or, where that was over
// before there was anything to report on, the first on which there was.
func begun(period indicator.Period, there indicator.Date) indicator.Date {
	if end := period.End(); !there.After(end) {
		return end
	}
	return there
}

// Cycle is the cycle of a period of a plan that was there from a day on, with what people have said of it.
func (p CyclePlan) Cycle(plan string, period indicator.Period, there indicator.Date, said CycleChanges) Cycle {
	c := Cycle{
		Plan: plan, Period: period, Opens: period.End().AddDays(1), Due: p.days.After(begun(period, there), p.settings.Due),
		Locks: p.LocksOn(period, there), CycleChanges: said,
	}
	if !said.DueOn.IsZero() {
		c.Due = said.DueOn
	}
	if !said.LocksOn.IsZero() {
		c.Locks = said.LocksOn
	}
	return c
}

// Periods are those of the cycles of a term, from the one that its first day is in to the one of its last.
func (p CyclePlan) Periods(from, to indicator.Date) (list []indicator.Period) {
	for at := indicator.PeriodOf(p.settings.Every, from); !at.Start().After(to) && len(list) < mostCycles; at = at.Next() {
		list = append(list, at)
	}
	return list
}

// mostCycles is how many cycles a plan may have: 20 years of weeks.
const mostCycles = 1100

// Validate refuses a step that a person cannot take on a day.
func (s CycleStep) Validate(kind string, c Cycle, today indicator.Date) error {
	if err := CheckText("/reason", s.Reason, MaxReason, true); err != nil {
		return err
	}
	switch kind {
	case CycleLocked:
		if c.CycleChanges.Locked {
			return fault.Newf(fault.WrongState, "调度期 %s 已锁定", "the cycle %s is locked already", c.Period).At("/type")
		}
		if c.State(today) == CycleUpcoming {
			return fault.Newf(fault.WrongState, "调度期 %s 尚未结束，不能锁定", "the cycle %s is not over: it cannot be locked", c.Period).At("/type")
		}
	case CycleReopened:
		if !c.IsLocked(today, c.Locks) {
			return fault.Newf(fault.WrongState, "调度期 %s 没有锁定", "the cycle %s is not locked", c.Period).At("/type")
		}
	case CycleDated:
		return s.validateDates(c)
	}
	return nil
}

func (s CycleStep) validateDates(c Cycle) error {
	if s.DueOn == "" && s.LocksOn == "" {
		return fault.Newf(fault.RequiredField, "请写明新的 due_on 或 locks_on", "say the new due_on or locks_on").At("/due_on")
	}
	due, locks := c.Due, c.Locks
	var err error
	if s.DueOn != "" {
		if due, err = indicator.ParseDate(s.DueOn); err != nil {
			return fault.At(err, "/due_on")
		}
	}
	if s.LocksOn != "" {
		if locks, err = indicator.ParseDate(s.LocksOn); err != nil {
			return fault.At(err, "/locks_on")
		}
	}
	if due.Before(c.Opens) {
		return fault.Newf(fault.InvalidValue, "截止日不能早于报送开始的 %s", "a cycle cannot be due before reports begin, on %s", c.Opens).At("/due_on")
	}
	if !locks.IsZero() && locks.Before(due) && s.LocksOn == "" {
		return fault.Newf(fault.InvalidValue, "截止日 %s 不能晚于锁定日 %s；请同时改锁定日 locks_on", "a cycle cannot be due, on %s, after it locks, on %s; move locks_on too", due, locks).At("/due_on")
	}
	if !locks.IsZero() && locks.Before(due) {
		return fault.Newf(fault.InvalidValue, "锁定日 %s 不能早于截止日 %s", "a cycle cannot lock, on %s, before it is due, on %s", locks, due).At("/locks_on")
	}
	return nil
}
