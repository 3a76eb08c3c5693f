package loop

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// shelf keeps issues in memory, as a book does in a database.
type shelf struct {
	threads []Thread
	once    map[string]bool
	events  int64
}

func (s *shelf) append(thread int64, d Draft) {
	if d.Once != "" && s.once[d.Once] {
		return
	}
	s.once[d.Once] = true
	s.events++
	e := Event{ID: s.events, Thread: thread, Draft: d, At: time.Unix(s.events, 0)}
	if thread == 0 {
		e.Thread, e.Seq = e.ID, 1
		s.threads = append(s.threads, Thread{e})
		return
	}
	at := slices.IndexFunc(s.threads, func(t Thread) bool { return t.ID() == thread })
	e.Seq = len(s.threads[at]) + 1
	s.threads[at] = append(s.threads[at], e)
}

func (s *shelf) issues(t interface{ Fatal(...any) }) (all []Issue) {
	for _, thread := range s.threads {
		i, err := FoldIssue(thread)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}

// plain is what a rule should have come to about a cause, by counting.
type plain struct {
	streak   int // cycles in a row that the cause stands
	raised   int
	open     bool
	byRule   bool
	proposed bool
	closedAt indicator.Date
	// asked is the cycle of the last proposal, deaf that of one which a person did not follow.
	asked, deaf string
}

// run is what the rule does on a day, by the plain words of its documentation.
func (p *plain) run(k int, newest CycleFigures) {
	switch {
	case !p.open && p.streak >= k && (p.closedAt.IsZero() || newest.From.After(p.closedAt)):
		p.open, p.byRule, p.proposed, p.asked, p.deaf = true, true, false, "", ""
		p.raised++
	case !p.open || !p.byRule:
	case p.streak == 0 && !p.proposed && p.deaf != newest.Period:
		p.proposed, p.asked = true, newest.Period
	case p.streak > 0 && p.proposed:
		p.proposed, p.deaf = false, ""
	}
}

func TestRulesDoWhatTheirWordsSay(t *testing.T) {
	causes := []IssueCause{CauseBehind, CauseNotReported, CauseCaution}
	rapid.Check(t, func(t *rapid.T) {
		s := defaultIssues().Behind("behind")
		for i := range s.Rules {
			if s.Rules[i].Cause != CauseMissed {
				s.Rules[i].Cycles = rapid.IntRange(1, 4).Draw(t, "cycles")
			}
		}
		w := Watched{Plan: "p", Indicator: "p-1-1", Name: "站点", Agency: 7, AgencyName: "市工信局", DueOn: indicator.DateOf(2024, 12, 31)}
		book, model := &shelf{once: map[string]bool{}}, map[IssueCause]*plain{}
		for _, c := range causes {
			model[c] = &plain{}
		}
		var cycles []CycleFigures
		for m := range rapid.IntRange(1, 11).Draw(t, "months") {
			period := indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2024, time.Month(m+1), 1))
			f := CycleFigures{IssueFigure: IssueFigure{Period: period.String(), On: period.End().String(), Status: "on_track"}, From: period.End().AddDays(8)}
			stands := map[IssueCause]bool{}
			for _, c := range causes {
				if stands[c] = rapid.Bool().Draw(t, string(c)); stands[c] {
					model[c].streak++
				} else {
					model[c].streak = 0
				}
			}
			if stands[CauseBehind] {
				f.Status = "behind"
			}
			if f.Missing = stands[CauseNotReported]; stands[CauseCaution] {
				f.Cautions = []string{"magnitude"}
			}
			cycles = slices.Insert(cycles, 0, f)
			for day := f.From; day.Before(f.From.AddDays(20)); day = day.AddDays(rapid.IntRange(1, 10).Draw(t, "days")) {
				for range rapid.IntRange(1, 2).Draw(t, "how often the day is run") {
					for _, d := range s.Decide(day, w, cycles, book.issues(t), WorkingDays{}.After) {
						book.append(d.Thread, d.Draft(w.Plan, AboutIndicator(w.Indicator)))
					}
					for _, c := range causes {
						rule := s.Rules[slices.IndexFunc(s.Rules, func(r IssueRule) bool { return r.Cause == c })]
						model[c].run(rule.Cycles, f)
					}
				}
				act(t, book, model[rapid.SampledFrom(causes).Draw(t, "cause")], causes, model, day)
				check(t, book, causes, model)
			}
		}
	})
}

// act lets a person do something about one of the causes.
func act(t *rapid.T, book *shelf, p *plain, causes []IssueCause, model map[IssueCause]*plain, on indicator.Date) {
	cause := causes[slices.IndexFunc(causes, func(c IssueCause) bool { return model[c] == p })]
	issues := book.issues(t)
	last := -1
	for i := range issues {
		if issues[i].Cause == cause {
			last = i
		}
	}
	step := func(kind IssueStepKind) {
		book.append(issues[last].ID, Draft{Kind: KindIssue, Type: string(kind), Content: Content(IssueStep{On: on.String(), Text: "说明"})})
	}
	switch rapid.IntRange(0, 5).Draw(t, "what a person does") {
	case 0:
		if p.open {
			step(StepClosed)
			p.open, p.proposed, p.closedAt = false, false, on
		}
	case 1:
		if p.open && issues[last].State != IssueResolved {
			step(StepResolved)
		}
	case 2:
		if p.open && issues[last].State == IssueResolved {
			step(StepSentBack)
			p.proposed, p.deaf = false, p.asked
		}
	case 3:
		if !p.open && last >= 0 {
			step(StepReopened)
			p.open, p.byRule, p.closedAt, p.deaf = true, issues[last].Rule, indicator.Date{}, p.asked
		}
	case 4:
		if !p.open {
			book.append(0, Draft{Kind: KindIssue, Type: string(StepRaised), Plan: "p", About: AboutIndicator("p-1-1"), Content: Content(IssueStep{
				On: on.String(), Title: "问题", Cause: cause, Level: LevelOrdinary, DueOn: on.AddDays(10).String(),
			})})
			p.open, p.byRule, p.proposed, p.asked, p.deaf = true, false, false, "", ""
		}
	}
}

// check holds what is stored against the model.
func check(t *rapid.T, book *shelf, causes []IssueCause, model map[IssueCause]*plain) {
	for _, c := range causes {
		open, raised, proposed := 0, 0, false
		for _, i := range book.issues(t) {
			if i.Cause != c {
				continue
			}
			if i.Rule {
				raised++
			}
			if i.IsOpen() {
				open++
				proposed = i.Proposed
			}
			for _, e := range i.History {
				if e.Step.Rule && (IssueStepKind(e.Type) == StepClosed || IssueStepKind(e.Type) == StepReopened) {
					t.Fatalf("a rule has taken the step %s", e.Type)
				}
			}
		}
		want := model[c]
		if open > 1 || open == 1 != want.open || raised != want.raised || proposed != want.proposed {
			t.Fatalf("%s: %d open, %d raised by rule, proposed %v; the words say %+v", c, open, raised, proposed, *want)
		}
	}
}

func TestWhatIsNextIsWhatMayBeDone(t *testing.T) {
	today := indicator.DateOf(2024, 3, 1)
	payloads := map[IssueStepKind]IssueStep{
		StepAssigned: {Text: "说明", Agency: "市交通局"}, StepDated: {Text: "说明"}, StepEscalated: {Text: "说明"},
	}
	rapid.Check(t, func(t *rapid.T) {
		book := &shelf{once: map[string]bool{}}
		book.append(0, Draft{Kind: KindIssue, Type: string(StepRaised), Agency: 7, Content: Content(IssueStep{
			On: today.String(), Title: "问题", Cause: CauseOther, Level: LevelOrdinary, DueOn: today.String(), Agency: "市工信局",
		})})
		for n := range 20 {
			i := book.issues(t)[0]
			kind := rapid.SampledFrom(IssueSteps).Draw(t, "step")
			step, special := payloads[kind]
			if !special {
				step = IssueStep{Text: "说明"}
			}
			switch kind {
			case StepDated:
				step.DueOn = today.AddDays(n + 1).String()
			case StepEscalated:
				at := min(slices.Index(IssueLevels, i.Level)+1, len(IssueLevels)-1)
				step.Level = IssueLevels[at]
			}
			err := i.CheckStep(kind, step, today)
			if err != nil && !fault.Is(err, fault.WrongState) {
				t.Fatalf("%s from %s: %v", kind, i.State, err)
			}
			if offered := slices.Contains(i.Next(true, true), kind); offered != (err == nil) {
				t.Fatalf("%s from %s is offered: %v, and then: %v", kind, i.State, offered, err)
			}
			for _, k := range i.Next(true, false) {
				if k.OnlySupervisors() {
					t.Fatalf("%s is offered to an agency", k)
				}
			}
			if err == nil {
				step.On = today.AddDays(n).String()
				book.append(i.ID, Draft{Kind: KindIssue, Type: string(kind), Agency: 8, Content: Content(step)})
			}
		}
		if i := book.issues(t)[0]; i.IsOpen() == !i.ClosedOn.IsZero() {
			t.Fatalf("%s, closed on %s", i.State, i.ClosedOn)
		}
	})
}

func TestMissedIsRaisedOnceForADueDay(t *testing.T) {
	s, due := defaultIssues(), indicator.DateOf(2024, 3, 31)
	book := &shelf{once: map[string]bool{}}
	run := func(on, due indicator.Date, period string) {
		f := CycleFigures{IssueFigure: IssueFigure{Period: period, Status: "missed"}, From: on}
		for _, d := range s.Decide(on, Watched{Indicator: "a", DueOn: due}, []CycleFigures{f}, book.issues(t), WorkingDays{}.After) {
			book.append(d.Thread, d.Draft("p", AboutIndicator("a")))
		}
	}
	run(due.AddDays(8), due, "2024-03")
	book.append(1, Draft{Kind: KindIssue, Type: string(StepClosed), Content: Content(IssueStep{On: due.AddDays(9).String()})})
	run(due.AddDays(40), due, "2024-04")
	if n := len(book.threads); n != 1 {
		t.Errorf("missed is raised %d times for one due day", n)
	}
	moved := indicator.DateOf(2024, 6, 30)
	run(moved.AddDays(8), moved, "2024-06")
	run(moved.AddDays(s.AfterTerm+1), moved, "2024-09")
	if n := len(book.threads); n != 2 {
		t.Errorf("with the day moved it is raised %d times in all, want 2", n)
	}
	late := &shelf{once: map[string]bool{}}
	book = late
	run(due.AddDays(s.AfterTerm+1), due, "2024-06")
	if len(late.threads) != 0 {
		t.Error("an issue is raised long after the due day")
	}
}

func TestEscalation(t *testing.T) {
	s, due := defaultIssues(), indicator.DateOf(2024, 3, 15)
	for _, c := range []struct {
		name  string
		state IssueState
		level IssueLevel
		asked bool
		days  int
		want  IssueLevel
	}{
		{"on its day", IssueRaised, LevelOrdinary, false, 0, ""},
		{"a day after", IssueRaised, LevelOrdinary, false, 1, LevelSerious},
		{"a day after, raised so", IssueRaised, LevelSerious, false, 1, ""},
		{"two levels at once, where runs were missed", IssueResolving, LevelOrdinary, false, 15, LevelGrave},
		{"higher by hand", IssueRaised, LevelGrave, false, 20, ""},
		{"resolved", IssueResolved, LevelOrdinary, false, 20, ""},
		{"closed", IssueClosed, LevelOrdinary, false, 20, ""},
		{"proposed to be closed", IssueRaised, LevelOrdinary, true, 20, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, ok := s.Escalate(due.AddDays(c.days), Issue{ID: 3, State: c.state, Level: c.level, DueOn: due, Proposed: c.asked})
			if ok != (c.want != "") || d.Step.Level != c.want {
				t.Errorf("%v, %q, want %q", ok, d.Step.Level, c.want)
			}
		})
	}
}

func TestIssueSettingsThatCannotBeKept(t *testing.T) {
	for _, c := range []struct {
		field  string
		change func(*IssueSettings)
	}{
		{"/issues/rules/0/cause", func(s *IssueSettings) { s.Rules[0].Cause = CauseOther }},
		{"/issues/rules/1/cause", func(s *IssueSettings) { s.Rules[1] = s.Rules[0] }},
		{"/issues/rules/0/cycles", func(s *IssueSettings) { s.Rules[0].Cycles = 0 }},
		{"/issues/rules/0/cycles", func(s *IssueSettings) { s.Rules[0].Cycles = MaxCycles + 1 }},
		{"/issues/rules/1/cycles", func(s *IssueSettings) { s.Rules[1].Cycles = 2 }},
		{"/issues/rules/2/statuses", func(s *IssueSettings) { s.Rules[2].Statuses = []string{"behind"} }},
		{"/issues/rules/0/statuses/0", func(s *IssueSettings) { s.Rules[0].Statuses = []string{""} }},
		{"/issues/rules/0/level", func(s *IssueSettings) { s.Rules[0].Level = "red" }},
		{"/issues/rules/3/due_working_days", func(s *IssueSettings) { s.Rules[3].DueWorkingDays = 0 }},
		{"/issues/rules", func(s *IssueSettings) { s.Rules = make([]IssueRule, maxRules+1) }},
		{"/issues/escalation/1/level", func(s *IssueSettings) { s.Escalation[1].Level = LevelOrdinary }},
		{"/issues/escalation/1/days_overdue", func(s *IssueSettings) { s.Escalation[1].Days = 1 }},
		{"/issues/escalation/0/days_overdue", func(s *IssueSettings) { s.Escalation[0].Days = 0 }},
		{"/issues/due_working_days", func(s *IssueSettings) { s.DueWorkingDays = 0 }},
		{"/issues/judged_after_working_days", func(s *IssueSettings) { s.JudgedAfter = -1 }},
		{"/issues/after_term_days", func(s *IssueSettings) { s.AfterTerm = maxDays + 1 }},
	} {
		s := defaultIssues()
		c.change(&s)
		if err := s.validate("/issues"); err == nil || fault.From(err).Field != c.field {
			t.Errorf("%v, want a fault at %s", err, c.field)
		}
	}
	off := IssueSettings{DueWorkingDays: 15}
	if err := off.validate("/issues"); err != nil || off.LooksBack() != 0 {
		t.Errorf("without rules: %v", err)
	}
}

func TestStepsThatLackOrHaveTooMuch(t *testing.T) {
	today := indicator.DateOf(2024, 3, 1)
	i := Issue{State: IssueRaised, Level: LevelSerious, DueOn: today.AddDays(5), Agency: 7}
	for _, c := range []struct {
		kind  IssueStepKind
		step  IssueStep
		field string
	}{
		{"deleted", IssueStep{}, "/type"},
		{StepRaised, IssueStep{Text: "x"}, "/type"},
		{StepProposed, IssueStep{Text: "x"}, "/type"},
		{StepResolved, IssueStep{}, "/text"},
		{StepClosed, IssueStep{}, "/text"},
		{StepCommented, IssueStep{Text: " "}, "/text"},
		{StepDated, IssueStep{Text: "x"}, "/due_on"},
		{StepDated, IssueStep{DueOn: "2024-04-01"}, "/text"},
		{StepDated, IssueStep{Text: "x", DueOn: "2024-02-30"}, "/due_on"},
		{StepDated, IssueStep{Text: "x", DueOn: "2024-02-28"}, "/due_on"},
		{StepDated, IssueStep{Text: "x", DueOn: i.DueOn.String()}, "/due_on"},
		{StepAssigned, IssueStep{Text: "x"}, "/agency"},
		{StepEscalated, IssueStep{Text: "x", Level: LevelOrdinary}, "/level"},
		{StepEscalated, IssueStep{Text: "x", Level: "red"}, "/level"},
		{StepCommented, IssueStep{Text: "x", Level: LevelGrave}, "/level"},
		{StepCommented, IssueStep{Text: "x", DueOn: "2024-04-01"}, "/due_on"},
		{StepCoordinating, IssueStep{Agency: "市交通局"}, "/agency"},
	} {
		if err := i.CheckStep(c.kind, c.step, today); err == nil || fault.From(err).Field != c.field {
			t.Errorf("%s %+v: %v, want a fault at %s", c.kind, c.step, err, c.field)
		}
	}
	proposed := i
	proposed.Proposed = true
	if err := proposed.CheckStep(StepClosed, IssueStep{}, today); err != nil {
		t.Errorf("what a rule proposes to close: %v", err)
	}
}
