package oversight

import (
	"context"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// RegisterQuery selects rows of the register of a plan.
type RegisterQuery struct {
	Plan      string
	Selection indicator.TaskSelection
	Lights    []loop.Light // nil for all
	At        tracker.Moment
	Settled   bool // At is that of an earlier page
	Page      indicator.Page
}

// RegisterRow is a task with all that is kept about it.
type RegisterRow struct {
	Task       indicator.Task
	Heading    string // of its section
	Light      loop.Light
	LightBy    []LightSource
	Indicators []RegisterFigure
	Milestones loop.MilestoneProgress
	// Proposed are the dated steps of the plan's text for which no milestone was set.
	Proposed []indicator.PlanMilestone
	// Update is the latest; nil for none.
	Update *Update
	// Issues and Notices are those that are open, of the task and of its indicators.
	Issues  OpenMatters
	Notices OpenMatters
	// NextOn is the next day on which something is due, and Next what; zero for none.
	NextOn indicator.Date
	Next   NextDue
}

// LightSource is what a light was taken from.
type LightSource string

// The sources.
const (
	ByIndicators LightSource = "indicators"
	ByMilestones LightSource = "milestones"
	ByUpdate     LightSource = "update"
)

// NextDue is what is due next.
type NextDue string

// What may be due.
const (
	DueIndicator NextDue = "indicator"
	DueMilestone NextDue = "milestone"
	DueIssue     NextDue = "issue"
	DueNotice    NextDue = "notice"
)

// RegisterFigure is how an indicator of a task stands.
type RegisterFigure struct {
	Indicator indicator.Indicator
	Result    progress.Result
	Light     loop.Light
}

// OpenMatters counts what is open.
type OpenMatters struct {
	Open, Overdue int
	IDs           []int64
	NextOn        indicator.Date
	// Level is the highest level of what is open; empty for none.
	Level string
}

// RegisterPage is a page of a register, at one settled moment.
type RegisterPage struct {
	At   tracker.Moment
	Rows []RegisterRow
	Next int64 // position of the following page, 0 at the end
}

// registerPortion is how many tasks are made ready together.
const registerPortion = 100

// Register (工作台账) gives a page of the tasks of a plan, those without numbers too, in the order of the
// plan, as they stood on a day and were known at a moment. A page may have fewer rows than it
// holds, where a light selects few.
func (s *Service) Register(ctx context.Context, q RegisterQuery) (page RegisterPage, err error) {
	if !q.Settled {
		if q.At, err = s.figures.Settle(ctx, q.At); err != nil {
			return page, err
		}
	}
	page.At = q.At
	plan, err := s.planAt(ctx, q.Plan, q.At.AsOf)
	if err != nil {
		return page, err
	}
	headings := map[int]string{}
	for _, section := range plan.Sections {
		headings[section.Number] = section.Heading
	}
	profile, _, err := s.figures.ProfileAt(ctx, q.At.AsOf)
	if err != nil {
		return page, err
	}
	after := q.Page.After
	for looked := 0; looked < mostLooked; looked += registerPortion {
		tasks, next, err := s.plans.TasksOfVersion(ctx, plan.Code, plan.Version, q.Selection, indicator.Page{After: after, Limit: min(registerPortion, q.Page.Limit-len(page.Rows))})
		if err != nil {
			return page, err
		}
		rows, err := s.registerRows(ctx, plan, tasks, q.At, profile)
		if err != nil {
			return page, err
		}
		for _, row := range rows {
			if row.Heading = headings[row.Task.Section]; len(q.Lights) == 0 || slices.Contains(q.Lights, row.Light) {
				page.Rows = append(page.Rows, row)
			}
		}
		if after, page.Next = next, next; next == 0 || len(page.Rows) == q.Page.Limit {
			break
		}
	}
	return page, nil
}

// registerRows makes the rows of some tasks, with few questions for all of them.
func (s *Service) registerRows(ctx context.Context, plan indicator.Plan, tasks []indicator.Task, at tracker.Moment, profile progress.Profile) ([]RegisterRow, error) {
	rows := make([]RegisterRow, len(tasks))
	if len(tasks) == 0 {
		return rows, nil
	}
	byTask := make(map[string]*RegisterRow, len(tasks))
	numbers := make([]string, len(tasks))
	for i, t := range tasks {
		rows[i].Task, numbers[i] = t, t.Number
		byTask[t.Number] = &rows[i]
	}
	ofIndicator := map[string]*RegisterRow{}
	query := indicator.Query{Selection: indicator.Selection{Plans: []string{plan.Code}, Tasks: numbers}}
	_, err := s.figures.EachProgress(ctx, tracker.ProgressQuery{Query: query, At: at, Settled: true}, func(items []tracker.IndicatorProgress) error {
		for _, p := range items {
			if row := byTask[p.Indicator.Task]; row != nil {
				row.Indicators = append(row.Indicators, RegisterFigure{p.Indicator, p.Result, profile.Light(p.Result)})
				ofIndicator[p.Indicator.Code] = row
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.addMilestones(ctx, plan, byTask, at); err != nil {
		return nil, err
	}
	if err := s.addUpdates(ctx, plan.Code, byTask, at.AsOf); err != nil {
		return nil, err
	}
	then, err := s.matterMoment(ctx, at)
	if err != nil {
		return nil, err
	}
	if err := s.addIssues(ctx, plan.Code, byTask, ofIndicator, then); err != nil {
		return nil, err
	}
	if err := s.addNotices(ctx, plan.Code, byTask, ofIndicator, then); err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].settle(at.On)
	}
	return rows, nil
}

// eachThread gives the threads of a kind that are about one of some matters of a plan.
func (s *Service) eachThread(ctx context.Context, kind loop.Kind, plan string, about []string, asOf time.Time, use func(loop.Thread) error) error {
	for len(about) > 0 {
		portion := about[:min(len(about), registerPortion)]
		about = about[len(portion):]
		threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: kind, Plan: plan, Abouts: portion, AsOf: asOf, Oldest: true})
		if err != nil {
			return err
		}
		for _, t := range threads {
			if err := use(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func tasksOf(byTask map[string]*RegisterRow) (about []string) {
	for number := range byTask {
		about = append(about, loop.AboutTask(number))
	}
	return about
}

// addMilestones adds how far the milestones of tasks are, and those of the plan's text that may be
// taken over.
func (s *Service) addMilestones(ctx context.Context, plan indicator.Plan, byTask map[string]*RegisterRow, at tracker.Moment) error {
	all := map[string][]loop.Milestone{}
	err := s.eachThread(ctx, loop.KindMilestone, plan.Code, tasksOf(byTask), at.AsOf, func(t loop.Thread) error {
		m, err := loop.FoldMilestone(t)
		all[m.Task] = append(all[m.Task], m)
		return err
	})
	for number, row := range byTask {
		row.Milestones = loop.ProgressOfMilestones(all[number], at.On)
	}
	for _, named := range plan.Milestones {
		if row := byTask[named.Task]; row != nil && !loop.TakenOver(named, all[named.Task]) {
			row.Proposed = append(row.Proposed, named)
		}
	}
	return err
}

// addUpdates finds the update of each task whose period is the latest and, among those, the one that
// was written last.
func (s *Service) addUpdates(ctx context.Context, plan string, byTask map[string]*RegisterRow, asOf time.Time) error {
	return s.eachThread(ctx, loop.KindUpdate, plan, tasksOf(byTask), asOf, func(t loop.Thread) error {
		u, err := foldUpdate(t)
		if err != nil {
			return err
		}
		row := byTask[u.Task]
		if row.Update == nil || isLater(u.Newest(), row.Update.Newest()) {
			row.Update = &u
		}
		return nil
	})
}

// addIssues counts the open issues about tasks and their indicators.
func (s *Service) addIssues(ctx context.Context, plan string, byTask, ofIndicator map[string]*RegisterRow, at tracker.Moment) error {
	about := tasksOf(byTask)
	for code := range ofIndicator {
		about = append(about, loop.AboutIndicator(code))
	}
	return s.eachThread(ctx, loop.KindIssue, plan, about, at.AsOf, func(t loop.Thread) error {
		i, err := loop.FoldIssue(t)
		if err != nil || !i.IsOpen() {
			return err
		}
		row := byTask[i.Task]
		if i.Indicator != "" {
			row = ofIndicator[i.Indicator]
		}
		level := slices.Index(loop.IssueLevels, loop.IssueLevel(row.Issues.Level))
		if slices.Index(loop.IssueLevels, i.Level) > level {
			row.Issues.Level = string(i.Level)
		}
		row.Issues.add(i.ID, i.DueOn, i.Overdue(at.On), at.On)
		return nil
	})
}

// addNotices counts the open notices about tasks, their indicators and their issues. A notice may be
// about several, so that those of the plan are gone through.
func (s *Service) addNotices(ctx context.Context, plan string, byTask, ofIndicator map[string]*RegisterRow, at tracker.Moment) error {
	return s.everyThread(ctx, loop.KindNotice, plan, at, func(t loop.Thread) error {
		n, err := loop.FoldNotice(t)
		if err != nil || !n.Open() {
			return err
		}
		of := map[*RegisterRow]bool{}
		for _, task := range n.Tasks {
			of[byTask[task]] = true
		}
		for _, code := range n.Indicators {
			of[ofIndicator[code]] = true
		}
		for _, row := range byTask {
			for _, issue := range n.Issues {
				if slices.Contains(row.Issues.IDs, issue) {
					of[row] = true
				}
			}
		}
		delete(of, nil) // of other tasks
		for row := range of {
			if n.Level.Above(loop.Level(row.Notices.Level)) || row.Notices.Level == "" {
				row.Notices.Level = string(n.Level)
			}
			row.Notices.add(n.ID, n.DueOn, n.Overdue(at.On), at.On)
		}
		return nil
	})
}

// add counts a matter that is open.
func (m *OpenMatters) add(id int64, due indicator.Date, isOverdue bool, on indicator.Date) {
	m.Open++
	m.IDs = append(m.IDs, id)
	if isOverdue {
		m.Overdue++
	}
	if !due.IsZero() && !due.Before(on) && (m.NextOn.IsZero() || due.Before(m.NextOn)) {
		m.NextOn = due
	}
}

func isLater(a, b UpdateRevision) bool {
	x, errX := indicator.ParsePeriod(a.Period)
	y, errY := indicator.ParsePeriod(b.Period)
	if errX != nil || errY != nil || x.End() == y.End() {
		return a.At.After(b.At)
	}
	return x.End().After(y.End())
}

// settle decides the light and what is due next.
func (r *RegisterRow) settle(on indicator.Date) {
	for _, f := range r.Indicators {
		r.Light = loop.Worse(r.Light, f.Light)
		if due := f.Indicator.DueOn; !f.Result.Attained {
			r.due(due, on, DueIndicator)
		}
	}
	if len(r.Indicators) > 0 {
		r.LightBy = append(r.LightBy, ByIndicators)
	}
	if r.Milestones.Total > 0 {
		r.Light = loop.Worse(r.Light, r.Milestones.Light)
		r.LightBy = append(r.LightBy, ByMilestones)
		if next := r.Milestones.Next; next != nil {
			r.due(next.DueOn, on, DueMilestone)
		}
	}
	if r.Light == "" && r.Update != nil && r.Update.Newest().Assessed != "" {
		r.Light = r.Update.Newest().Assessed.Light()
		r.LightBy = append(r.LightBy, ByUpdate)
	}
	if r.Light == "" {
		r.Light = loop.Grey
	}
	r.due(r.Issues.NextOn, on, DueIssue)
	r.due(r.Notices.NextOn, on, DueNotice)
}

// due takes a day that is not over as the next one, if it is.
func (r *RegisterRow) due(day, on indicator.Date, what NextDue) {
	if !day.IsZero() && !day.Before(on) && (r.NextOn.IsZero() || day.Before(r.NextOn)) {
		r.NextOn, r.Next = day, what
	}
}
