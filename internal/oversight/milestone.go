package oversight

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// mostMilestones is how many milestones a task may have.
const mostMilestones = 100

// SetMilestone makes a milestone of a task. Setting one with the title and the day of another of
// the task gives that and stores nothing.
func (s *Service) SetMilestone(ctx context.Context, plan, task string, step loop.MilestoneStep) (m loop.Milestone, stored bool, err error) {
	if err := step.Validate(); err != nil {
		return m, false, err
	}
	t, err := s.plans.Task(ctx, plan, task)
	if err != nil {
		return m, false, err
	}
	about := loop.AboutTask(t.Number)
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindMilestone, Plan: plan, About: about})
		if err != nil {
			return err
		}
		all, err := foldMilestones(threads)
		if err != nil {
			return err
		}
		same := slices.IndexFunc(all, func(o loop.Milestone) bool { return o.Title == step.Title && o.DueOn.String() == step.DueOn })
		switch {
		case same >= 0:
			m = all[same]
			return nil
		case len(all) >= mostMilestones:
			return fault.Newf(fault.InvalidValue, "一项任务最多 %d 个节点", "a task has at most %d milestones", mostMilestones).At("/title")
		}
		e, _, err := b.Append(0, loop.Draft{Kind: loop.KindMilestone, Type: loop.MilestoneSet, Plan: plan, About: about, Content: loop.Content(step)})
		if err != nil {
			return err
		}
		stored = true
		m, err = loop.FoldMilestone(loop.Thread{e})
		return err
	})
	return m, stored, err
}

// foldMilestones are those of threads that were not removed, by their days.
func foldMilestones(threads []loop.Thread) (all []loop.Milestone, err error) {
	for _, t := range threads {
		m, err := loop.FoldMilestone(t)
		if err != nil {
			return nil, err
		}
		if !m.Removed {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b loop.Milestone) int {
		if a.DueOn != b.DueOn {
			if a.DueOn.Before(b.DueOn) {
				return -1
			}
			return 1
		}
		return int(a.ID - b.ID)
	})
	return all, nil
}

// StepMilestone takes a milestone a step further. Lead agencies of its task say that it is done, or
// that this was wrong; only supervisors change and remove it.
func (s *Service) StepMilestone(ctx context.Context, id int64, kind string, step loop.MilestoneStep) (m loop.Milestone, err error) {
	found, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindMilestone, IDs: []int64{id}})
	if err != nil {
		return m, err
	}
	if len(found) == 0 {
		return m, fault.Newf(fault.NotFound, "没有节点 %s", "there is no milestone %s", strconv.FormatInt(id, 10))
	}
	t, err := s.plans.Task(ctx, found[0][0].Plan, loop.TaskOf(found[0][0].About))
	if err != nil {
		return m, err
	}
	if !access.MaySupervise(ctx) {
		if kind != loop.MilestoneDone && kind != loop.MilestoneReopened {
			return m, fault.Newf(fault.Forbidden, "只有督查人员可以变更或删除节点", "only supervisors change or remove milestones").At("/type")
		}
		if _, _, err := s.leadOf(ctx, t, ""); err != nil && !fault.Is(err, fault.RequiredField) {
			return m, err
		}
	}
	today := s.figures.Today()
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindMilestone, IDs: []int64{id}})
		if err != nil {
			return err
		}
		if m, err = loop.FoldMilestone(threads[0]); err != nil {
			return err
		}
		if err := m.CheckStep(kind, step, today); err != nil {
			return err
		}
		e, _, err := b.Append(id, loop.Draft{Kind: loop.KindMilestone, Type: kind, Plan: m.Plan, About: loop.AboutTask(m.Task), Content: loop.Content(step)})
		if err != nil {
			return err
		}
		m, err = loop.FoldMilestone(append(threads[0], e))
		return err
	})
	return m, err
}

// Milestones are those of a plan, or of one of its tasks, as known at a moment, by task and day.
func (s *Service) Milestones(ctx context.Context, plan, task string, asOf time.Time, page indicator.Page) (list []loop.Milestone, next int64, err error) {
	at, err := s.settleKnowledge(ctx, asOf)
	if err != nil {
		return nil, 0, err
	}
	if _, err := s.planAt(ctx, plan, at.AsOf); err != nil {
		return nil, 0, err
	}
	q := loop.ThreadQuery{Kind: loop.KindMilestone, Plan: plan, AsOf: at.AsOf, After: page.After, Oldest: true, Limit: page.Limit + 1}
	if task != "" {
		q.About = loop.AboutTask(task)
	}
	threads, err := s.events.LoopThreads(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	if len(threads) > page.Limit {
		threads = threads[:page.Limit]
		next = threads[len(threads)-1].ID()
	}
	for _, t := range threads {
		m, err := loop.FoldMilestone(t)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, m)
	}
	return list, next, nil
}
