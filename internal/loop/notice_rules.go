package loop

import (
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// RuledStep is what a rule does to a notice.
type RuledStep struct {
	Notice int64
	Draft  Draft
}

// NoticeRules are the reminders and escalations that are due on a day for notices as they stand.
// What was done already comes again with the same Once, so that storing it does nothing. Where days
// were left out, only the last reminder of each side is sent, and every escalation is made.
func NoticeRules(s NoticeSettings, notices []Notice, on indicator.Date) (steps []RuledStep) {
	if s.Off {
		return nil
	}
	for _, n := range notices {
		if !n.Awaits() || on.Before(n.IssuedOn) {
			continue
		}
		steps = append(steps, n.reminders(s, on)...)
		steps = append(steps, n.escalations(s, on)...)
	}
	return steps
}

func (n Notice) reminders(s NoticeSettings, on indicator.Date) (steps []RuledStep) {
	before, after := slices.Clone(s.RemindBefore), slices.Clone(s.RemindAfter)
	slices.Sort(before)
	slices.Sort(after)
	slices.Reverse(after)
	if !on.After(n.DueOn) {
		for _, d := range before {
			if day := n.DueOn.AddDays(-d); !on.Before(day) && day.After(n.IssuedOn) {
				return []RuledStep{n.ruled(NoticeRemindedBefore, fmt.Sprint(d), on, "")}
			}
		}
	}
	for _, d := range after {
		if !on.Before(n.DueOn.AddDays(d)) {
			return []RuledStep{n.ruled(NoticeRemindedAfter, fmt.Sprint(d), on, "")}
		}
	}
	return nil
}

func (n Notice) escalations(s NoticeSettings, on indicator.Date) (steps []RuledStep) {
	level := n.Level
	for _, to := range []struct {
		level Level
		days  int
	}{{LevelYellow, s.YellowAfter}, {LevelRed, s.RedAfter}} {
		if to.days > 0 && to.level.Above(level) && !on.Before(n.DueOn.AddDays(to.days)) {
			steps = append(steps, n.ruled(NoticeEscalated, string(to.level), on, to.level))
			level = to.level
		}
	}
	return steps
}

func (n Notice) ruled(kind, which string, on indicator.Date, level Level) RuledStep {
	return RuledStep{Notice: n.ID, Draft: Draft{
		Kind: KindNotice, Type: kind, Plan: n.Plan, About: NoticeStep{Tasks: n.Tasks, Indicators: n.Indicators}.About(), Agency: n.Lead.ID,
		Content: Content(NoticeStep{On: on.String(), DueOn: n.DueOn.String(), Level: level, Rule: true}),
		Once:    fmt.Sprintf("notice:%d:%s:%s:%s", n.ID, kind, which, n.DueOn),
	}}
}
