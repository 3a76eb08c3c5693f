package loop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Watched is an indicator that rules look at.
type Watched struct {
	Plan       string
	Indicator  string // code
	Name       string
	Agency     int64 // the lead
	AgencyName string
	DueOn      indicator.Date
}

// CycleFigures are how an indicator stood in a cycle.
type CycleFigures struct {
	IssueFigure
	// From is the first day on which the cycle is judged.
	From indicator.Date
}

// IssueDraft is a step of an issue that a rule takes; Thread is 0 for a new one.
type IssueDraft struct {
	Thread int64
	Kind   IssueStepKind
	Agency int64
	Once   string
	Step   IssueStep
}

// Draft is the event of the step, about an indicator or a task of a plan.
func (d IssueDraft) Draft(plan, about string) Draft {
	return Draft{Kind: KindIssue, Type: string(d.Kind), Plan: plan, About: about, Agency: d.Agency, Content: Content(d.Step), Once: d.Once}
}

// Decide says what rules do on a day about an indicator: what they raise, propose to close and take
// back. The figures are those of the cycles that are judged by then, the newest first, and the issues all
// that the indicator has had, the oldest first.
//
// Something is raised where it has stood in as many cycles running as its rule says and no issue
// with its cause is open. After one was closed, by whomever, only a cycle that is judged later than
// that day raises the next, and an indicator is missed once for a due day. What a rule has raised, it
// proposes to close when the newest cycle is free of the cause, and takes the proposal back when it
// no longer is. Where a person has not followed a proposal, only a later cycle makes another. Rules
// close nothing, leave alone what a person has raised, and raise nothing long after the due day.
func (s IssueSettings) Decide(on indicator.Date, w Watched, cycles []CycleFigures, issues []Issue, workdays WorkdaysAfter) (drafts []IssueDraft) {
	if len(cycles) == 0 {
		return nil
	}
	for _, r := range s.Rules {
		open := OpenWithCause(issues, r.Cause)
		switch {
		case open == nil && on.DaysSince(w.DueOn) <= s.AfterTerm:
			if d, ok := r.raise(on, w, cycles, issues, workdays); ok {
				drafts = append(drafts, d)
			}
		case open != nil && open.Rule:
			if d, ok := r.propose(on, *open, cycles[0]); ok {
				drafts = append(drafts, d)
			}
		}
	}
	return drafts
}

// stands reports whether the cause of the rule is there in a cycle.
func (r IssueRule) stands(c CycleFigures) bool {
	switch r.Cause {
	case CauseBehind:
		return slices.Contains(r.Statuses, c.Status)
	case CauseMissed:
		return c.Status == "missed"
	case CauseNotReported:
		return c.Missing
	}
	return len(c.Cautions) > 0
}

// holds are the figures that the rule speaks by; none where it does not speak.
func (r IssueRule) holds(cycles []CycleFigures) (by []IssueFigure) {
	if len(cycles) < r.Cycles {
		return nil
	}
	same := cycles[0].Cautions
	for _, c := range cycles[:r.Cycles] {
		if !r.stands(c) {
			return nil
		}
		same = slices.DeleteFunc(slices.Clone(same), func(code string) bool { return !slices.Contains(c.Cautions, code) })
		by = append(by, c.IssueFigure)
	}
	if r.Cause == CauseCaution && len(same) == 0 {
		return nil
	}
	return by
}

func (r IssueRule) raise(on indicator.Date, w Watched, cycles []CycleFigures, issues []Issue, workdays WorkdaysAfter) (d IssueDraft, ok bool) {
	by := r.holds(cycles)
	if by == nil {
		return d, false
	}
	once, term := fmt.Sprintf("issue:%s:%s:%s", w.Indicator, r.Cause, by[0].Period), ""
	if r.Cause == CauseMissed {
		term = w.DueOn.String()
		once = fmt.Sprintf("issue:%s:%s:due:%s", w.Indicator, r.Cause, term)
	}
	for _, i := range issues {
		if i.Cause == r.Cause && (!cycles[0].From.After(i.ClosedOn) || r.Cause == CauseMissed && (i.term == term || i.term == "")) {
			return d, false
		}
	}
	title, text := r.words(w, by)
	return IssueDraft{Kind: StepRaised, Agency: w.Agency, Once: once, Step: IssueStep{
		On: on.String(), Title: title, Text: text, Cause: r.Cause, Agency: w.AgencyName, DueOn: workdays(on, r.DueWorkingDays).String(), Level: r.Level,
		Rule: true, Cycle: by[0].Period, Term: term, By: by,
	}}, true
}

// words are the title and the text of what the rule raises, in Chinese, as issues of people are.
func (r IssueRule) words(w Watched, by []IssueFigure) (title, text string) {
	title = fmt.Sprintf("%s：%s", clipped(w.Name, MaxTitle-20), r.Cause.Label().ZH)
	periods := make([]string, len(by))
	for i, f := range by {
		periods[len(by)-1-i] = f.Period
	}
	switch list, f := strings.Join(periods, "、"), by[0]; r.Cause {
	case CauseBehind:
		text = fmt.Sprintf("连续 %d 期进度滞后（%s）：完成率 %s%%，序时进度 %s%%，差距 %s 个百分点。", len(by), list, f.Percent, f.Pace, f.Gap)
	case CauseMissed:
		text = fmt.Sprintf("已过完成时限 %s，未达到目标：%s", w.DueOn, percentOr(f))
	case CauseNotReported:
		text = fmt.Sprintf("连续 %d 期未报送（%s）。", len(by), list)
		if f.LastReport != "" {
			text += "最近一次报送为 " + f.LastReport + "。"
		}
	default:
		text = fmt.Sprintf("%s 的数据存疑，尚未更正：%s。", list, strings.Join(f.Cautions, "、"))
	}
	return title, text
}

func percentOr(f IssueFigure) string {
	if f.Percent == "" {
		return "完成率无法计算。"
	}
	return "完成率 " + f.Percent + "%。"
}

func clipped(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// propose is what the rule does about an issue that it has raised.
func (r IssueRule) propose(on indicator.Date, open Issue, newest CycleFigures) (d IssueDraft, ok bool) {
	d = IssueDraft{Thread: open.ID, Step: IssueStep{On: on.String(), Rule: true, Cycle: newest.Period, By: []IssueFigure{newest.IssueFigure}}}
	switch gone := !r.stands(newest); {
	case gone && !open.Proposed && open.declined != newest.Period:
		d.Kind, d.Step.Text = StepProposed, recovered(r.Cause, newest.IssueFigure).ZH
	case !gone && open.Proposed:
		d.Kind, d.Step.Text = StepWithdrawn, fmt.Sprintf("%s 又出现“%s”，撤回销号建议。", newest.Period, r.Cause.Label().ZH)
	default:
		return d, false
	}
	d.Once = fmt.Sprintf("issue:%d:%s:%s", open.ID, d.Kind, on)
	return d, true
}

// recovered says by which figures a cause is gone.
func recovered(cause IssueCause, f IssueFigure) fault.Text {
	switch cause {
	case CauseNotReported:
		return fault.Say("%s 已报送，建议销号。", "%s is reported: to be closed.", f.Period)
	case CauseCaution:
		return fault.Say("%s 的数据已无疑点，建议销号。", "nothing about the figures of %s is doubtful any more: to be closed.", f.Period)
	}
	if f.Gap == "" {
		return fault.Say("%s 的状态为 %s，建议销号。", "in %s the status is %s: to be closed.", f.Period, f.Status)
	}
	return fault.Say("%s 的状态为 %s，完成率 %s%%，差距 %s 个百分点，建议销号。", "in %s the status is %s at %s%%, a gap of %s points: to be closed.", f.Period, f.Status, f.Percent, f.Gap)
}

// Escalate raises the level of an issue that is overdue on a day; false where nothing is to be done.
// A level is reached once for a due day, so that what was escalated by hand stays as it is, and what is
// proposed to be closed waits for a person.
func (s IssueSettings) Escalate(on indicator.Date, i Issue) (d IssueDraft, ok bool) {
	if i.Proposed {
		return d, false
	}
	days, level := i.DaysOverdue(on), i.Level
	for _, e := range s.Escalation {
		if days >= e.Days && e.Level.Above(level) {
			level = e.Level
		}
	}
	if level == i.Level {
		return d, false
	}
	return IssueDraft{
		Thread: i.ID, Kind: StepEscalated, Once: fmt.Sprintf("issue:%d:escalated:%s:%s", i.ID, level, i.DueOn),
		Step: IssueStep{On: on.String(), Rule: true, Level: level, Text: fmt.Sprintf("逾期 %d 天（时限 %s），升级为“%s”。", days, i.DueOn, level.Label().ZH)},
	}, true
}
