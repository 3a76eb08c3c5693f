package oversight

import (
	"context"
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// tellCycles is the step of a run that tells, once each, that cycles were due, which agencies are late
// and that cycles have locked by their day. Those of the last MostMadeUp days are looked at, so that none
// is lost where days were left out.
func (s *Service) tellCycles(ctx context.Context, run *Run) (appended int, err error) {
	for _, p := range run.Plans {
		at := tracker.Moment{On: run.On, AsOf: run.AsOf}
		c, err := s.cyclesOf(ctx, p.Code, at, true)
		if err != nil {
			return appended, err
		}
		for _, cycle := range c.list {
			drafts, err := s.toldOf(ctx, c, cycle)
			if err != nil {
				return appended, err
			}
			added, err := s.appendTold(ctx, run, cycle, drafts)
			if appended += added; err != nil {
				return appended, err
			}
		}
	}
	return appended, nil
}

// isNews reports whether a day is over, and not for long.
func isNews(day, on indicator.Date) bool {
	return !day.IsZero() && on.After(day) && on.DaysSince(day) <= MostMadeUp
}

// toldOf is what there is to tell of a cycle on a day, unless it was told.
func (s *Service) toldOf(ctx context.Context, c cycles, cycle loop.Cycle) (drafts []loop.Draft, err error) {
	once := func(what string, day indicator.Date) string {
		return fmt.Sprintf("cycle:%s:%s:%s:%s", c.plan.Code, cycle.Period, what, day)
	}
	told := func(text string) bool {
		return slices.ContainsFunc(cycle.History, func(e loop.Event) bool { return e.Once == text })
	}
	if key := once(loop.CycleDue, cycle.Due); isNews(cycle.Due, c.at.On) && !told(key) {
		_, list, err := s.countByAgency(ctx, c, cycle)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, loop.Draft{Type: loop.CycleDue, Content: loop.Content(loop.CycleStep{Rule: true, DueOn: cycle.Due.String()}), Once: key})
		for _, a := range list {
			if a.Missing > 0 && a.ID != 0 {
				step := loop.CycleStep{Rule: true, Agency: a.Name, Missing: a.Missing, Expected: a.Expected}
				drafts = append(drafts, loop.Draft{
					Type: loop.CycleAgencyLate, Agency: a.ID, Content: loop.Content(step), Once: once(fmt.Sprintf("late:%d", a.ID), cycle.Due),
				})
			}
		}
	}
	byHand := cycle.Locked || cycle.Reopened
	if key := once(loop.CycleLocked, cycle.Locks); !byHand && isNews(cycle.Locks, c.at.On) && !told(key) {
		drafts = append(drafts, loop.Draft{Type: loop.CycleLocked, Content: loop.Content(loop.CycleStep{Rule: true, LocksOn: cycle.Locks.String()}), Once: key})
	}
	return drafts, nil
}

// appendTold stores what is told of a cycle, in its thread.
func (s *Service) appendTold(ctx context.Context, run *Run, cycle loop.Cycle, drafts []loop.Draft) (appended int, err error) {
	if len(drafts) == 0 {
		return 0, nil
	}
	err = run.Write(ctx, func(b loop.Book) error {
		appended = 0
		about := loop.AboutPeriod(cycle.Period)
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindCycle, Plan: cycle.Plan, About: about})
		if err != nil {
			return err
		}
		thread := int64(0)
		if len(threads) > 0 {
			thread = threads[0].ID()
		}
		for _, d := range drafts {
			d.Kind, d.Plan, d.About = loop.KindCycle, cycle.Plan, about
			e, added, err := b.Append(thread, d)
			if err != nil {
				return err
			}
			if added {
				appended++
				thread = e.Thread
			}
		}
		return nil
	})
	return appended, err
}

// remindOfNotices is the step of a run that reminds of notices and raises their level.
func (s *Service) remindOfNotices(ctx context.Context, run *Run) (appended int, err error) {
	profile, _, err := s.figures.ProfileAt(ctx, run.AsOf)
	if err != nil || profile.Loop.Notices.Off {
		return 0, err
	}
	for after, more := int64(0), true; more; {
		added := 0
		err := run.Write(ctx, func(b loop.Book) error {
			threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindNotice, After: after, Oldest: true, Limit: threadPortion})
			if err != nil {
				return err
			}
			if more = len(threads) == threadPortion; len(threads) > 0 {
				after = threads[len(threads)-1].ID()
			}
			added, err = applyNoticeRules(b, profile.Loop.Notices, threads, run.On)
			return err
		})
		if err != nil {
			return appended, err
		}
		appended += added
	}
	return appended, nil
}
