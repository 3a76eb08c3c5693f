package loop

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// IssueSettings are what a profile says of issues.
type IssueSettings struct {
	// Rules raise issues; none are raised by rule when there are none.
	Rules []IssueRule `json:"rules"`
	// Escalation raises the level of what is overdue.
	Escalation []IssueEscalation `json:"escalation"`
	// DueWorkingDays is how long there is for what a person raises without a date.
	DueWorkingDays int `json:"due_working_days"`
	// JudgedAfter is how many working days after its end a cycle is judged, so that reports
	// may come in.
	JudgedAfter int `json:"judged_after_working_days"`
	// AfterTerm is for how many days after the end of a plan rules still raise issues of it.
	AfterTerm int `json:"after_term_days"`
}

// IssueRule raises an issue when something has stood for some cycles in a row.
type IssueRule struct {
	Cause  IssueCause `json:"cause"`
	Cycles int        `json:"cycles"`
	// Statuses are those that count as behind; the last class of the profile when empty.
	Statuses       []string   `json:"statuses,omitempty"`
	Level          IssueLevel `json:"level"`
	DueWorkingDays int        `json:"due_working_days"`
}

// IssueEscalation gives what is overdue by some days a level.
type IssueEscalation struct {
	Level IssueLevel `json:"level"`
	Days  int        `json:"days_overdue"`
}

// Bounds of settings.
const (
	MaxCycles      = 12 // that a rule looks back
	maxRules       = 10
	maxStatuses    = 20
	maxWorkingDays = 250
	maxDays        = 3660
)

func defaultIssues() IssueSettings {
	return IssueSettings{
		Rules: []IssueRule{
			{Cause: CauseBehind, Cycles: 2, Level: LevelOrdinary, DueWorkingDays: 15},
			{Cause: CauseMissed, Cycles: 1, Level: LevelSerious, DueWorkingDays: 15},
			{Cause: CauseNotReported, Cycles: 2, Level: LevelOrdinary, DueWorkingDays: 5},
			{Cause: CauseCaution, Cycles: 1, Level: LevelOrdinary, DueWorkingDays: 5},
		},
		Escalation:     []IssueEscalation{{LevelSerious, 1}, {LevelGrave, 15}},
		DueWorkingDays: 15, JudgedAfter: 5, AfterTerm: 92,
	}
}

func (s IssueSettings) validate(at string) error {
	if len(s.Rules) > maxRules {
		return fault.Newf(fault.InvalidValue, "最多 %d 条规则", "at most %d rules", maxRules).At(at + "/rules")
	}
	seen := map[IssueCause]bool{}
	for n, r := range s.Rules {
		field := fmt.Sprintf("%s/rules/%d", at, n)
		if err := r.validate(field); err != nil {
			return err
		}
		if seen[r.Cause] {
			return fault.Newf(fault.InvalidValue, "“%s”已有一条规则", "there is a rule for %q already", r.Cause).At(field + "/cause")
		}
		seen[r.Cause] = true
	}
	if len(s.Escalation) > len(IssueLevels) {
		return fault.Newf(fault.InvalidValue, "最多 %d 级", "at most %d levels", len(IssueLevels)).At(at + "/escalation")
	}
	for n, e := range s.Escalation {
		if err := s.validateEscalation(n, e, fmt.Sprintf("%s/escalation/%d", at, n)); err != nil {
			return err
		}
	}
	for _, d := range []struct {
		name            string
		n, least, bound int
	}{{"due_working_days", s.DueWorkingDays, 1, maxWorkingDays}, {"judged_after_working_days", s.JudgedAfter, 0, maxWorkingDays}, {"after_term_days", s.AfterTerm, 0, maxDays}} {
		if err := within(at+"/"+d.name, d.n, d.least, d.bound); err != nil {
			return err
		}
	}
	return nil
}

func (s IssueSettings) validateEscalation(n int, e IssueEscalation, field string) error {
	if _, err := indicator.ParseWord(string(e.Level), IssueLevels); err != nil {
		return fault.At(err, field+"/level")
	}
	if err := within(field+"/days_overdue", e.Days, 1, maxDays); err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	before := s.Escalation[n-1]
	switch {
	case !e.Level.Above(before.Level):
		return fault.Newf(fault.InvalidValue, "应高于前一级 %s", "must be above the level before, %s", before.Level).At(field + "/level")
	case e.Days <= before.Days:
		return fault.Newf(fault.InvalidValue, "应大于前一级的 %d 天", "must be more than the %d days of the level before", before.Days).At(field + "/days_overdue")
	}
	return nil
}

func (r IssueRule) validate(at string) error {
	if _, err := indicator.ParseWord(string(r.Cause), IssueCauses[:len(IssueCauses)-1]); err != nil {
		return fault.At(err, at+"/cause")
	}
	most := MaxCycles
	if r.Cause == CauseMissed {
		most = 1
	}
	if err := within(at+"/cycles", r.Cycles, 1, most); err != nil {
		return err
	}
	if len(r.Statuses) > maxStatuses || len(r.Statuses) > 0 && r.Cause != CauseBehind {
		return fault.Newf(fault.InvalidValue, "只有 behind 可写 statuses，最多 %d 个", "only behind has statuses, at most %d", maxStatuses).At(at + "/statuses")
	}
	for i, s := range r.Statuses {
		if err := CheckText(fmt.Sprintf("%s/statuses/%d", at, i), s, 40, true); err != nil {
			return err
		}
	}
	if _, err := indicator.ParseWord(string(r.Level), IssueLevels); err != nil {
		return fault.At(err, at+"/level")
	}
	return within(at+"/due_working_days", r.DueWorkingDays, 1, maxWorkingDays)
}

func within(field string, n, least, most int) error {
	if n < least || n > most {
		return fault.Newf(fault.InvalidValue, "应为 %d 至 %d 的整数", "a whole number from %d to %d is expected", least, most).At(field)
	}
	return nil
}

// Behind gives the statuses that count as behind where the rule names none.
func (s IssueSettings) Behind(last string) IssueSettings {
	rules := make([]IssueRule, len(s.Rules))
	copy(rules, s.Rules)
	for i, r := range rules {
		if r.Cause == CauseBehind && len(r.Statuses) == 0 {
			rules[i].Statuses = []string{last}
		}
	}
	s.Rules = rules
	return s
}

// LooksBack is the most cycles that one of the rules looks at; 0 without rules.
func (s IssueSettings) LooksBack() (most int) {
	for _, r := range s.Rules {
		most = max(most, r.Cycles)
	}
	return most
}

// WorkdaysAfter gives the day that is some working days after another.
type WorkdaysAfter func(day indicator.Date, n int) indicator.Date
