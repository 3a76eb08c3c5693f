package oversight

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// NoticeAction is what somebody does with notices, with agencies by their names.
type NoticeAction struct {
	loop.NoticeStep
	Lead         string
	Participants []string
	Urgency      loop.Urgency // gives the date of a notice that is issued without one
	Parts        []NoticePart // of a split
}

// NoticePart is what one agency gets of a notice that is split. What is empty is as in the whole.
type NoticePart struct {
	Lead         string
	Participants []string
	Title        string
	Asked        string
	DueOn        string
}

// IssueNotice issues a notice (督办单) in a plan, with the next number of the year.
func (s *Service) IssueNotice(ctx context.Context, plan string, a NoticeAction) (n loop.Notice, err error) {
	if _, err := s.plans.Plan(ctx, plan); err != nil {
		if fault.Is(err, fault.NotFound) {
			err = fault.Newf(fault.UnknownPlan, "没有计划“%s”", "there is no plan “%s”", plan).At("/plan")
		}
		return n, err
	}
	step := a.NoticeStep
	today := s.figures.Today()
	step.On = today.String()
	if step.Level == "" {
		step.Level = loop.LevelBlue
	}
	if a.Urgency != "" {
		if _, err := indicator.ParseWord(string(a.Urgency), loop.Urgencies); err != nil {
			return n, fault.At(err, "/urgency")
		}
	}
	if step.DueOn == "" {
		profile, _, err := s.figures.ProfileAt(ctx, s.now())
		if err != nil {
			return n, err
		}
		step.DueOn = today.AddDays(profile.Loop.Notices.Days.Of(a.Urgency)).String()
	}
	if err := step.CheckIssue(); err != nil {
		return n, err
	}
	if step.Lead, step.Participants, err = s.parties(ctx, plan, "", a.Lead, a.Participants); err != nil {
		return n, err
	}
	if err := s.checkMatters(ctx, plan, step); err != nil {
		return n, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		n, err = issue(b, plan, step)
		return err
	})
	return n, err
}

// issue stores a notice under the next number of its plan and year that is free.
func issue(b loop.Book, plan string, step loop.NoticeStep) (n loop.Notice, err error) {
	newest, err := b.Threads(loop.ThreadQuery{Kind: loop.KindNotice, Plan: plan, Limit: 1})
	if err != nil {
		return n, err
	}
	year, last := step.On[:4], 0
	if len(newest) > 0 {
		before, err := loop.FoldNotice(newest[0])
		if err != nil {
			return n, err
		}
		if count, same := strings.CutPrefix(before.Number, year+"-"); same {
			if last, err = strconv.Atoi(count); err != nil {
				return n, fault.Newf(fault.Internal, "督办单编号 %s 无法识别", "the number %s of a notice cannot be read", before.Number).Because(err)
			}
		}
	}
	for { // where the newest is of another year, the first numbers of this one may be taken
		last++
		step.Number = fmt.Sprintf("%s-%03d", year, last)
		e, added, err := b.Append(0, loop.Draft{
			Kind: loop.KindNotice, Type: loop.NoticeIssued, Plan: plan, About: step.About(), Agency: step.Lead.ID, Content: loop.Content(step),
			Once: "notice:number:" + plan + ":" + step.Number,
		})
		if err != nil {
			return n, err
		}
		if added {
			return loop.FoldNotice(loop.Thread{e})
		}
	}
}

// parties finds the agencies that a notice names, in the jurisdiction of its plan.
func (s *Service) parties(ctx context.Context, plan, at, lead string, others []string) (*loop.Party, []loop.Party, error) {
	if lead == "" {
		return nil, nil, fault.Required(at + "/lead_agency")
	}
	if len(others) > loop.MaxParties {
		return nil, nil, fault.Newf(fault.InvalidValue, "最多 %d 个", "at most %d", loop.MaxParties).At(at + "/participating_agencies")
	}
	first, err := s.party(ctx, plan, at+"/lead_agency", lead)
	if err != nil {
		return nil, nil, err
	}
	all := []loop.Party{first}
	for i, name := range others {
		field := fmt.Sprintf("%s/participating_agencies/%d", at, i)
		p, err := s.party(ctx, plan, field, name)
		if err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(all, func(o loop.Party) bool { return o.ID == p.ID }) {
			return nil, nil, fault.Newf(fault.InvalidValue, "“%s”已在其中", "“%s” is named already", name).At(field)
		}
		all = append(all, p)
	}
	return &first, all[1:], nil
}

func (s *Service) party(ctx context.Context, plan, field, name string) (loop.Party, error) {
	acting, err := s.plans.AnsweringFor(ctx, plan, name)
	if fault.Is(err, fault.NotFound) {
		return loop.Party{}, fault.Newf(fault.UnknownAgency, "计划的辖区内没有单位“%s”", "the jurisdiction of the plan has no agency “%s”", name).At(field)
	}
	return loop.Party{ID: acting.ID, Name: acting.Name}, err
}

// checkMatters refuses tasks and issues that the plan does not have, and indicators that are not
// confirmed ones of it: whoever reads notices must not learn of drafts.
func (s *Service) checkMatters(ctx context.Context, plan string, step loop.NoticeStep) error {
	for i, number := range step.Tasks {
		if _, err := s.plans.Task(ctx, plan, number); err != nil {
			if fault.Is(err, fault.NotFound) {
				err = fault.Newf(fault.UnknownTask, "计划没有任务 %s", "the plan has no task %s", number).At(fmt.Sprintf("/tasks/%d", i))
			}
			return err
		}
	}
	if len(step.Indicators) > 0 {
		found := map[string]bool{}
		query := indicator.Query{Selection: indicator.Selection{Plans: []string{plan}, Codes: step.Indicators}}
		_, err := s.figures.EachProgress(ctx, tracker.ProgressQuery{Query: query}, func(items []tracker.IndicatorProgress) error {
			for _, p := range items {
				found[p.Indicator.Code] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i, code := range step.Indicators {
			if !found[code] {
				return fault.Newf(fault.UnknownIndicator, "计划没有已确认的指标 %s", "the plan has no confirmed indicator %s", code).At(fmt.Sprintf("/indicators/%d", i))
			}
		}
	}
	if len(step.Issues) == 0 {
		return nil
	}
	issues, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindIssue, Plan: plan, IDs: step.Issues})
	if err != nil {
		return err
	}
	for i, id := range step.Issues {
		if !slices.ContainsFunc(issues, func(t loop.Thread) bool { return t.ID() == id }) {
			return fault.Newf(fault.InvalidValue, "计划没有问题 %d", "the plan has no issue %d", id).At(fmt.Sprintf("/issues/%d", i))
		}
	}
	return nil
}

// NoticeStanding is as whom the caller may act on a notice. A supervisor does not answer for agencies.
func NoticeStanding(ctx context.Context, n loop.Notice) loop.Standing {
	as := loop.Standing{Supervises: access.MaySupervise(ctx)}
	if p, known := access.From(ctx); known && p.May(access.Supervise) && !p.May(access.Report) {
		return as
	}
	as.Leads = access.ActsFor(ctx, n.Lead.ID)
	for _, p := range n.Participants {
		as.TakesPart = as.TakesPart || access.ActsFor(ctx, p.ID)
	}
	return as
}

// StepNotice takes a notice a step further.
func (s *Service) StepNotice(ctx context.Context, id int64, kind string, a NoticeAction) (n loop.Notice, err error) {
	found, err := s.Notice(ctx, id, time.Time{})
	if err != nil {
		return n, err
	}
	step := a.NoticeStep
	step.On = s.figures.Today().String()
	if err := found.Check(kind, step, NoticeStanding(ctx, found)); err != nil {
		return n, err // before anything is looked up for somebody who may not
	}
	var parts []loop.NoticeStep
	switch {
	case kind == loop.NoticeHandedOn:
		if step.Lead, step.Participants, err = s.parties(ctx, found.Plan, "", a.Lead, a.Participants); err != nil {
			return n, err
		}
	case a.Lead != "" || len(a.Participants) > 0:
		return n, fault.Newf(fault.InvalidValue, "%s 不用此项", "%s does not take this", kind).At("/lead_agency")
	}
	if kind == loop.NoticeSplit {
		parts, err = s.partsOf(ctx, found, step, a.Parts)
	} else if len(a.Parts) > 0 {
		err = fault.Newf(fault.InvalidValue, "%s 不用此项", "%s does not take this", kind).At("/parts")
	}
	if err != nil {
		return n, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindNotice, IDs: []int64{id}})
		if err != nil {
			return err
		}
		n, err = stepNotice(ctx, b, threads[0], kind, step, parts)
		return err
	})
	return n, err
}

// stepNotice decides and stores a step within a transaction.
func stepNotice(ctx context.Context, b loop.Book, t loop.Thread, kind string, step loop.NoticeStep, parts []loop.NoticeStep) (n loop.Notice, err error) {
	if n, err = loop.FoldNotice(t); err != nil {
		return n, err
	}
	as := NoticeStanding(ctx, n)
	if err := n.Check(kind, step, as); err != nil {
		return n, err
	}
	if kind == loop.NoticeHandedOn && step.Lead.ID == n.Lead.ID {
		return n, fault.Newf(fault.InvalidValue, "督办单已由%s承办", "the notice is with %s already", n.Lead.Name).At("/lead_agency")
	}
	step.Agency = actedFor(ctx, n, kind, as)
	for _, part := range parts {
		part.Level = n.Level
		child, err := issue(b, n.Plan, part)
		if err != nil {
			return n, err
		}
		step.Children = append(step.Children, child.ID)
	}
	agency := n.Lead.ID
	if step.Lead != nil {
		agency = step.Lead.ID
	}
	e, _, err := b.Append(n.ID, loop.Draft{Kind: loop.KindNotice, Type: kind, Plan: n.Plan, About: t[0].About, Agency: agency, Content: loop.Content(step)})
	if err != nil {
		return n, err
	}
	return loop.FoldNotice(append(slices.Clone(t), e))
}

// actedFor is the agency that the caller speaks for; empty for a supervisor.
func actedFor(ctx context.Context, n loop.Notice, kind string, as loop.Standing) string {
	switch {
	case kind == loop.NoticeSigned || kind == loop.NoticeInterim || kind == loop.NoticeReply:
		return n.Lead.Name
	case as.Supervises:
		return ""
	case as.Leads:
		return n.Lead.Name
	}
	for _, p := range n.Participants {
		if access.ActsFor(ctx, p.ID) {
			return p.Name
		}
	}
	return ""
}

// partsOf are the notices that one is split into.
func (s *Service) partsOf(ctx context.Context, n loop.Notice, step loop.NoticeStep, parts []NoticePart) (list []loop.NoticeStep, err error) {
	if len(parts) == 0 || len(parts) > loop.MaxParties {
		return nil, fault.Newf(fault.InvalidValue, "应分为 1 至 %d 件", "1 to %d parts are wanted", loop.MaxParties).At("/parts")
	}
	for i, p := range parts {
		at := fmt.Sprintf("/parts/%d", i)
		one := loop.NoticeStep{
			On: step.On, Title: p.Title, Text: n.Text, Asked: p.Asked, DueOn: p.DueOn, Tasks: n.Tasks, Indicators: n.Indicators, Issues: n.Issues,
			Parent: n.ID, Level: n.Level,
		}
		if one.Title == "" {
			one.Title = n.Title
		}
		if one.Asked == "" {
			one.Asked = n.Asked
		}
		if one.DueOn == "" {
			one.DueOn = n.DueOn.String()
		}
		if err := one.CheckIssue(); err != nil {
			f := fault.From(err)
			return nil, f.At(at + f.Field)
		}
		if one.Lead, one.Participants, err = s.parties(ctx, n.Plan, at, p.Lead, p.Participants); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}
