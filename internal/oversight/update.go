package oversight

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// Update (进展情况) is what a lead agency wrote about a task for a period, with what it wrote before.
type Update struct {
	Thread    int64
	Plan      string
	Task      string
	AgencyID  int64
	Revisions []UpdateRevision // the newest last; never empty
}

// UpdateRevision is one writing of an update.
type UpdateRevision struct {
	loop.Update
	Number int // from 1
	At     time.Time
	By     indicator.Actor
}

// Newest is how the update reads now.
func (u Update) Newest() UpdateRevision { return u.Revisions[len(u.Revisions)-1] }

// WriteUpdate stores what a lead agency says of a task for a period: as a further revision where it
// has written about that period before. Where it says the same again, nothing is stored and written
// is false. The agency may be left out where the caller acts for one lead agency only.
func (s *Service) WriteUpdate(ctx context.Context, plan, task string, u loop.Update) (update Update, written bool, err error) {
	if err := u.Validate(); err != nil {
		return Update{}, false, err
	}
	t, err := s.plans.Task(ctx, plan, task)
	if err != nil {
		return Update{}, false, err
	}
	p, err := s.plans.Plan(ctx, plan)
	if err != nil {
		return Update{}, false, err
	}
	if err := s.checkPeriod(p, u.Period); err != nil {
		return Update{}, false, err
	}
	agency, name, err := s.leadOf(ctx, t, u.Agency)
	if err != nil {
		return Update{}, false, err
	}
	u.Agency = name
	about := loop.AboutTask(task)
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindUpdate, Plan: plan, About: about})
		if err != nil {
			return err
		}
		var thread loop.Thread
		for _, t := range threads {
			first, err := loop.UpdateOf(t[0])
			if err != nil {
				return err
			}
			if first.Period == u.Period && t[0].Agency == agency {
				thread = t
			}
		}
		at := int64(0)
		if thread != nil {
			last, err := loop.UpdateOf(thread[len(thread)-1])
			if err != nil {
				return err
			}
			if last.Same(u) {
				update, err = foldUpdate(thread)
				return err
			}
			at = thread.ID()
		}
		e, _, err := b.Append(at, loop.Draft{Kind: loop.KindUpdate, Type: loop.UpdateWritten, Plan: plan, About: about, Agency: agency, Content: loop.Content(u)})
		if err != nil {
			return err
		}
		written = true
		update, err = foldUpdate(append(thread, e))
		return err
	})
	return update, written, err
}

// Updates lists what was written about the tasks of a plan, as known at a moment, the newest threads
// first. next is the id before which the following page begins, 0 at the end.
func (s *Service) Updates(ctx context.Context, plan, task, period string, asOf time.Time, page indicator.Page) (list []Update, next int64, err error) {
	at, err := s.settleKnowledge(ctx, asOf)
	if err != nil {
		return nil, 0, err
	}
	if _, err := s.planAt(ctx, plan, at.AsOf); err != nil {
		return nil, 0, err
	}
	q := loop.ThreadQuery{Kind: loop.KindUpdate, Plan: plan, AsOf: at.AsOf, Before: page.After, Limit: page.Limit + 1}
	if task != "" {
		q.About = loop.AboutTask(task)
	}
	for looked := 0; ; {
		threads, err := s.events.LoopThreads(ctx, q)
		if err != nil {
			return nil, 0, err
		}
		for _, t := range threads {
			if len(list) == page.Limit {
				return list, q.Before, nil
			}
			u, err := foldUpdate(t)
			if err != nil {
				return nil, 0, err
			}
			if q.Before = t.ID(); period == "" || u.Newest().Period == period {
				list = append(list, u)
			}
		}
		if len(threads) < q.Limit {
			return list, 0, nil
		}
		if looked += len(threads); looked > mostLooked {
			return list, q.Before, nil
		}
	}
}

// checkPeriod refuses a period that has not begun or is none of the plan's term.
func (s *Service) checkPeriod(p indicator.Plan, period string) error {
	of, err := indicator.ParsePeriod(period)
	switch today := s.figures.Today(); {
	case err != nil:
		return fault.At(err, "/period")
	case of.Start().After(today):
		return fault.Newf(fault.PeriodInFuture, "报告期 %s 自 %s 起，今天是 %s", "the period %s begins on %s and today is %s", of, of.Start(), today).At("/period")
	case of.End().Before(p.StartsOn) || of.Start().After(p.DueOn):
		return fault.Newf(fault.PeriodOutsideTerm, "报告期 %s 不在计划期 %s 至 %s 内", "the period %s is outside the plan's term, %s to %s", of, p.StartsOn, p.DueOn).At("/period")
	}
	return nil
}

// mostLooked is how many threads one page of a list looks at, so that a page that finds little ends
// early and its cursor goes on.
const mostLooked = 5000

func foldUpdate(t loop.Thread) (Update, error) {
	u := Update{Thread: t.ID(), Plan: t[0].Plan, Task: loop.TaskOf(t[0].About), AgencyID: t[0].Agency}
	for _, e := range t {
		written, err := loop.UpdateOf(e)
		if err != nil {
			return u, err
		}
		u.Revisions = append(u.Revisions, UpdateRevision{Update: written, Number: e.Seq, At: e.At, By: e.By})
	}
	return u, nil
}
