package oversight

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// threadPortion is how many threads are held at a time by what reads any number of them.
const threadPortion = 500

// everyThread gives the threads of a kind of a plan as known at a moment, the oldest first.
func (s *Service) everyThread(ctx context.Context, kind loop.Kind, plan string, at tracker.Moment, use func(loop.Thread) error) error {
	q := loop.ThreadQuery{Kind: kind, Plan: plan, AsOf: at.AsOf, Oldest: true, Limit: threadPortion}
	for {
		threads, err := s.events.LoopThreads(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range threads {
			if err := use(t); err != nil {
				return err
			}
			q.After = t.ID()
		}
		if len(threads) < threadPortion {
			return nil
		}
	}
}

// matterMoment is the moment whose events count for a day judged: its last one, or that whose
// knowledge is used, where that is earlier. What was raised later is not of that day.
func (s *Service) matterMoment(ctx context.Context, at tracker.Moment) (tracker.Moment, error) {
	profile, _, err := s.figures.ProfileAt(ctx, at.AsOf)
	if err != nil {
		return at, err
	}
	if end := endOf(at.On, profile.Place); end.Before(at.AsOf) {
		at.AsOf = end
	}
	return at, nil
}

// endOf is the last moment of a day in a place.
func endOf(day indicator.Date, place *time.Location) time.Time {
	next := day.AddDays(1)
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, place).Add(-time.Microsecond)
}

// matterCounts are the issues and notices of agencies and the milestones of the tasks that they lead or
// take part in, on a day and as known at a moment, by the ids of agencies.
func (s *Service) matterCounts(ctx context.Context, plan string, at tracker.Moment) (map[int64]MatterCounts, error) {
	by := map[int64]MatterCounts{}
	then, err := s.matterMoment(ctx, at)
	if err != nil {
		return nil, err
	}
	err = s.everyThread(ctx, loop.KindIssue, plan, then, func(t loop.Thread) error {
		i, err := loop.FoldIssue(t)
		if err != nil || !i.IsOpen() {
			return err
		}
		c := by[i.Agency]
		c.Issues.Open++
		if i.Overdue(at.On) {
			c.Issues.Overdue++
		}
		by[i.Agency] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = s.everyThread(ctx, loop.KindNotice, plan, then, func(t loop.Thread) error {
		n, err := loop.FoldNotice(t)
		if level := n.RecordLevel(); err == nil && level != "" && n.State != loop.StateDivided {
			late := 0
			if n.DaysLate(at.On) > 0 {
				late = 1
			}
			c := by[n.Lead.ID]
			c.Notices = append(c.Notices, assessment.Notices{Level: string(level), Count: 1, Late: late})
			by[n.Lead.ID] = c
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return by, s.addMilestoneCounts(ctx, plan, at, by)
}

func (s *Service) addMilestoneCounts(ctx context.Context, plan string, at tracker.Moment, by map[int64]MatterCounts) error {
	ofTask := map[string]assessment.Milestones{}
	err := s.everyThread(ctx, loop.KindMilestone, plan, at, func(t loop.Thread) error {
		m, err := loop.FoldMilestone(t)
		if err != nil || m.Removed || m.DueOn.After(at.On) {
			return err
		}
		c := ofTask[m.Task]
		c.Due++
		if m.DoneBy(at.On) {
			c.Done++
		}
		ofTask[m.Task] = c
		return nil
	})
	if err != nil || len(ofTask) == 0 {
		return err
	}
	p, err := s.planAt(ctx, plan, at.AsOf)
	if err != nil {
		return err
	}
	for page := (indicator.Page{Limit: threadPortion}); ; {
		tasks, next, err := s.plans.TasksOfVersion(ctx, plan, p.Version, indicator.TaskSelection{}, page)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if counts, ok := ofTask[t.Number]; ok {
				addToRole(by, t.LeadAgencyIDs, indicator.Lead, counts)
				addToRole(by, t.ParticipatingAgencyIDs, indicator.Participating, counts)
			}
		}
		if page.After = next; next == 0 {
			return nil
		}
	}
}

func addToRole(by map[int64]MatterCounts, agencies []int64, role indicator.Role, m assessment.Milestones) {
	for _, id := range agencies {
		c := by[id]
		if c.Milestones == nil {
			c.Milestones = map[indicator.Role]assessment.Milestones{}
		}
		was := c.Milestones[role]
		c.Milestones[role] = assessment.Milestones{Due: was.Due + m.Due, Done: was.Done + m.Done}
		by[id] = c
	}
}
