package oversight

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// IssueNames are what issues need to know of indicators and agencies.
type IssueNames interface {
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// AgenciesNamed returns the agencies that have a name now, in one jurisdiction or, with "", in any.
	AgenciesNamed(ctx context.Context, jurisdiction, name string) ([]indicator.Acting, error)
}

// IssueQuery asks for a page of issues, the newest first.
type IssueQuery struct {
	Selection loop.IssueSelection
	At        tracker.Moment
	Settled   bool           // At is that of an earlier page
	Page      indicator.Page // After is the id before which the page begins
}

// IssuePage is a page of issues at one settled moment.
type IssuePage struct {
	At   tracker.Moment
	Rows []IssueRow
	Next int64 // the id before which the following page begins, 0 at the end
}

// IssueRow is an issue on a day, with the steps that the caller may take next.
type IssueRow struct {
	loop.Issue
	On   indicator.Date
	AsOf time.Time
	Next []loop.IssueStepKind
}

func issueRow(ctx context.Context, i loop.Issue, at tracker.Moment) IssueRow {
	return IssueRow{Issue: i, On: at.On, AsOf: at.AsOf, Next: i.Next(access.ActsFor(ctx, i.Agency), access.MaySupervise(ctx))}
}

// Issues lists issues as known at a moment and judged on a day, the newest first; those about an
// indicator that the caller may not learn of are left out. A page may have fewer rows than it holds,
// where few of those looked at are meant.
func (s *Service) Issues(ctx context.Context, q IssueQuery) (page IssuePage, err error) {
	if !q.Settled {
		if q.At, err = s.figures.Settle(ctx, q.At); err != nil {
			return page, err
		}
	}
	page.At = q.At
	owners, err := s.answeredFor(ctx, q.Selection.Agencies)
	if err != nil {
		return page, err
	}
	tq := loop.ThreadQuery{Kind: loop.KindIssue, Plans: q.Selection.Plans, Abouts: aboutsOf(q.Selection), AsOf: q.At.AsOf, Before: q.Page.After, Limit: issuesTogether}
	for looked := 0; looked < mostLooked; looked += issuesTogether {
		threads, err := s.events.LoopThreads(ctx, tq)
		if err != nil {
			return page, err
		}
		issues, err := s.visibleIssues(ctx, threads, q.At.AsOf)
		if err != nil {
			return page, err
		}
		for _, i := range issues {
			if !q.keeps(i, owners) {
				continue
			}
			if len(page.Rows) == q.Page.Limit {
				page.Next = page.Rows[len(page.Rows)-1].ID
				return page, nil
			}
			page.Rows = append(page.Rows, issueRow(ctx, i, q.At))
		}
		if len(threads) < issuesTogether {
			page.Next = 0
			return page, nil
		}
		tq.Before = threads[len(threads)-1].ID()
		page.Next = tq.Before
	}
	return page, nil
}

// issuesTogether is how many issues are read at a time.
const issuesTogether = 500

func aboutsOf(q loop.IssueSelection) (about []string) {
	for _, code := range q.Indicators {
		about = append(about, loop.AboutIndicator(code))
	}
	for _, number := range q.Tasks {
		about = append(about, loop.AboutTask(number))
	}
	return about
}

// answeredFor are the ids under which records name what agencies answer for; nil without names.
func (s *Service) answeredFor(ctx context.Context, names []string) (ids []int64, err error) {
	for _, name := range names {
		acting, err := s.issueNames.AgenciesNamed(ctx, "", name)
		if err != nil {
			return nil, err
		}
		for _, a := range acting {
			ids = append(ids, a.AnswersFor...)
		}
	}
	return ids, nil
}

func (q IssueQuery) keeps(i loop.Issue, owners []int64) bool {
	w := q.Selection
	return (len(w.States) == 0 || slices.Contains(w.States, i.State)) &&
		(len(w.Causes) == 0 || slices.Contains(w.Causes, i.Cause)) &&
		(w.Open == nil || *w.Open == i.IsOpen()) &&
		(w.Overdue == nil || *w.Overdue == i.Overdue(q.At.On)) &&
		(len(w.Agencies) == 0 || slices.Contains(owners, i.Agency))
}

// visibleIssues folds threads and leaves out those about an indicator that the caller may not learn of.
func (s *Service) visibleIssues(ctx context.Context, threads []loop.Thread, asOf time.Time) (list []loop.Issue, err error) {
	visible := access.Visibility(ctx)
	var codes []string
	for _, t := range threads {
		i, err := loop.FoldIssue(t)
		if err != nil {
			return nil, err
		}
		if list = append(list, i); i.Indicator != "" && !slices.Contains(codes, i.Indicator) {
			codes = append(codes, i.Indicator)
		}
	}
	if visible.All() || len(codes) == 0 {
		return list, nil
	}
	ins, _, err := s.issueNames.Indicators(ctx, visible, indicator.Query{Selection: indicator.Selection{Codes: codes}, AsOf: asOf})
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(ins))
	for _, in := range ins {
		seen[in.Code] = true
	}
	return slices.DeleteFunc(list, func(i loop.Issue) bool { return i.Indicator != "" && !seen[i.Indicator] }), nil
}

// Issue is one issue as known at a moment and judged on a day.
func (s *Service) Issue(ctx context.Context, id int64, at tracker.Moment) (IssueRow, error) {
	at, err := s.figures.Settle(ctx, at)
	if err != nil {
		return IssueRow{}, err
	}
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindIssue, IDs: []int64{id}, AsOf: at.AsOf})
	if err != nil {
		return IssueRow{}, err
	}
	found, err := s.visibleIssues(ctx, threads, at.AsOf)
	if err != nil {
		return IssueRow{}, err
	}
	if len(found) == 0 {
		return IssueRow{}, fault.Newf(fault.NotFound, "没有问题 %s", "there is no issue %s", strconv.FormatInt(id, 10))
	}
	return issueRow(ctx, found[0], at), nil
}

// RaisedIssue is what a person raises.
type RaisedIssue struct {
	Indicator string // code; else Plan and Task
	Plan      string
	Task      string
	Cause     loop.IssueCause // other when empty
	Title     string
	Text      string
	Agency    string          // a name of the owner; the lead when empty
	DueOn     string          // so many working days as the profile says when empty
	Level     loop.IssueLevel // ordinary when empty
}

// concerned are what an issue is about and whom it concerns, the leads first.
type concerned struct {
	plan, about string
	names       []string
	ids         []int64
	leads       int
}

// concerns finds what an issue shall be about. Faults name the field by JSON pointer.
func (s *Service) concerns(ctx context.Context, r RaisedIssue) (c concerned, err error) {
	switch {
	case r.Indicator != "" && r.Task != "":
		return c, fault.Newf(fault.InvalidValue, "indicator 与 task 只写其一", "give indicator or task, not both").At("/task")
	case r.Indicator != "":
		found, _, err := s.issueNames.Indicators(ctx, access.Visibility(ctx), indicator.Query{Selection: indicator.Selection{Codes: []string{r.Indicator}}})
		if err != nil {
			return c, err
		}
		if len(found) == 0 {
			return c, fault.New(fault.UnknownIndicator, indicator.Unknown(r.Indicator).Detail).At("/indicator")
		}
		in := found[0]
		if r.Plan != "" && r.Plan != in.Plan {
			err = fault.Newf(fault.InvalidValue, "指标 %s 属于计划 %s", "the indicator %s is one of the plan %s", in.Code, in.Plan).At("/plan")
		}
		return concerned{
			in.Plan, loop.AboutIndicator(in.Code), slices.Concat(in.LeadAgencies, in.ParticipatingAgencies),
			slices.Concat(in.LeadAgencyIDs, in.ParticipatingAgencyIDs), len(in.LeadAgencyIDs),
		}, err
	case r.Task == "":
		return c, fault.Required("/indicator")
	case r.Plan == "":
		return c, fault.Required("/plan")
	}
	t, err := s.plans.Task(ctx, r.Plan, r.Task)
	if fault.Is(err, fault.NotFound) {
		return c, fault.New(fault.UnknownTask, fault.From(err).Detail).At("/task")
	}
	return concerned{
		r.Plan, loop.AboutTask(t.Number), slices.Concat(t.LeadAgencies, t.ParticipatingAgencies),
		slices.Concat(t.LeadAgencyIDs, t.ParticipatingAgencyIDs), len(t.LeadAgencyIDs),
	}, err
}

// owner is the agency whose matter an issue shall be: the one named, else the first lead. Callers who do
// not supervise name one that has a part in it.
func (s *Service) owner(ctx context.Context, c concerned, named string) (id int64, name string, err error) {
	if named == "" {
		if c.leads == 0 {
			return 0, "", fault.Required("/agency")
		}
		return c.ids[0], c.names[0], nil
	}
	acting, err := s.plans.AnsweringFor(ctx, c.plan, named)
	if fault.Is(err, fault.NotFound) {
		return 0, "", fault.New(fault.UnknownAgency, fault.From(err).Detail).At("/agency")
	}
	if err != nil {
		return 0, "", err
	}
	if !access.MaySupervise(ctx) && !slices.ContainsFunc(c.ids, func(id int64) bool { return slices.Contains(acting.AnswersFor, id) }) {
		return 0, "", fault.Newf(fault.Forbidden, "“%s”不承担此事项；只有督查人员可以另指单位", "“%s” has no part in this: only supervisors give it to others", named).At("/agency")
	}
	return acting.ID, acting.Name, nil
}

// RaiseIssue raises an issue about an indicator or a task. Agencies raise those about what they have a
// part in. It fails with fault.IssueOpen where one with the same named cause is open.
func (s *Service) RaiseIssue(ctx context.Context, r RaisedIssue) (IssueRow, error) {
	today := s.figures.Today()
	step := loop.IssueStep{
		On: today.String(), Title: r.Title, Text: r.Text, Cause: cmp.Or(r.Cause, loop.CauseOther), DueOn: r.DueOn, Level: cmp.Or(r.Level, loop.LevelOrdinary),
	}
	if err := step.CheckRaised(today); err != nil {
		return IssueRow{}, err
	}
	c, err := s.concerns(ctx, r)
	if err != nil {
		return IssueRow{}, err
	}
	if !access.ActsFor(ctx, c.ids...) {
		return IssueRow{}, fault.Newf(fault.Forbidden, "此事项由%s承担，本密钥的单位不能提出问题", "this is a matter of %s: the agencies of this key cannot raise an issue about it", names(c.names))
	}
	agency, name, err := s.owner(ctx, c, r.Agency)
	if err != nil {
		return IssueRow{}, err
	}
	if step.Agency = name; step.DueOn == "" {
		at, err := s.settleKnowledge(ctx, time.Time{})
		if err != nil {
			return IssueRow{}, err
		}
		profile, _, err := s.figures.ProfileAt(ctx, at.AsOf)
		if err != nil {
			return IssueRow{}, err
		}
		workdays, err := profile.Loop.Cycles.Calendar.Ready()
		if err != nil {
			return IssueRow{}, err
		}
		step.DueOn = workdays.After(today, profile.Loop.Issues.DueWorkingDays).String()
	}
	var i loop.Issue
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		if err := checkNoneOpen(b, c.plan, c.about, step.Cause); err != nil {
			return err
		}
		d := loop.IssueDraft{Kind: loop.StepRaised, Agency: agency, Step: step}
		e, _, err := b.Append(0, d.Draft(c.plan, c.about))
		if err != nil {
			return err
		}
		i, err = loop.FoldIssue(loop.Thread{e})
		return err
	})
	if err != nil {
		return IssueRow{}, err
	}
	return issueRow(ctx, i, tracker.Moment{On: today, AsOf: i.UpdatedAt()}), nil
}

// checkNoneOpen refuses a second open issue with a cause about the same.
func checkNoneOpen(b loop.Book, plan, about string, cause loop.IssueCause) error {
	if cause == loop.CauseOther {
		return nil
	}
	threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindIssue, Plan: plan, About: about})
	if err != nil {
		return err
	}
	for _, t := range threads {
		i, err := loop.FoldIssue(t)
		if err != nil {
			return err
		}
		if open := loop.OpenWithCause([]loop.Issue{i}, cause); open != nil {
			return loop.AlreadyOpen(*open)
		}
	}
	return nil
}

// StepIssue takes an issue a step further. Its owner agency coordinates, resolves and comments; all
// else is for supervisors.
func (s *Service) StepIssue(ctx context.Context, id int64, kind loop.IssueStepKind, step loop.IssueStep) (IssueRow, error) {
	row, err := s.Issue(ctx, id, tracker.Moment{})
	if err != nil {
		return row, err
	}
	if _, err := indicator.ParseWord(string(kind), loop.IssueSteps); err != nil {
		return row, fault.At(err, "/type")
	}
	if err := checkMayStep(ctx, kind, row.Issue); err != nil {
		return row, err
	}
	agency := int64(0)
	if kind == loop.StepAssigned && step.Agency != "" {
		if agency, step.Agency, err = s.owner(ctx, concerned{plan: row.Plan}, step.Agency); err != nil {
			return row, err
		}
	}
	today := s.figures.Today()
	step.On = today.String()
	var i loop.Issue
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindIssue, IDs: []int64{id}})
		if err != nil {
			return err
		}
		if i, err = loop.FoldIssue(threads[0]); err != nil {
			return err
		}
		if err := checkMayStep(ctx, kind, i); err != nil { // it may have been handed on since
			return err
		}
		if err := i.CheckStep(kind, step, today); err != nil {
			return err
		}
		if kind == loop.StepAssigned && agency == i.Agency {
			return fault.Newf(fault.WrongState, "已由“%s”负责", "it is a matter of “%s” already", i.AgencyName).At("/agency")
		}
		if kind == loop.StepReopened {
			if err := checkNoneOpen(b, i.Plan, threads[0][0].About, i.Cause); err != nil {
				return err
			}
		}
		d := loop.IssueDraft{Kind: kind, Agency: cmp.Or(agency, i.Agency), Step: step}
		e, _, err := b.Append(id, d.Draft(i.Plan, threads[0][0].About))
		if err != nil {
			return err
		}
		i, err = loop.FoldIssue(append(threads[0], e))
		return err
	})
	if err != nil {
		return row, err
	}
	return issueRow(ctx, i, tracker.Moment{On: today, AsOf: i.UpdatedAt()}), nil
}

// checkMayStep refuses a step that the caller may not take: most are those of the owner agency, and some of
// supervisors alone.
func checkMayStep(ctx context.Context, kind loop.IssueStepKind, i loop.Issue) error {
	switch {
	case access.MaySupervise(ctx):
	case kind.OnlySupervisors():
		return fault.Newf(fault.Forbidden, "“%s”限督查人员", "only supervisors take the step %[2]q", kind.Label().ZH, kind).At("/type")
	case !access.ActsFor(ctx, i.Agency):
		return fault.Newf(fault.Forbidden, "问题由“%s”负责，本密钥的单位不能处理", "the issue is a matter of “%s”: the agencies of this key cannot act in it", i.AgencyName)
	}
	return nil
}
