package oversight

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// AgendaDay is a day by which an agency has something to do.
type AgendaDay struct {
	ID      string // stable: the same matter has the same
	On      indicator.Date
	Title   string
	Changed time.Time // when the matter last changed
}

// agendaBack is for how many days what is over stays on an agenda.
const agendaBack = 31

// Agenda gives the days by which agencies, by the ids under which records name them, have something to
// do: cycles of plans in which they lead a task, milestones of these tasks, notices and issues.
func (s *Service) Agenda(ctx context.Context, agencies []int64) (days []AgendaDay, err error) {
	at, err := s.figures.Settle(ctx, tracker.Moment{})
	if err != nil {
		return nil, err
	}
	mine := func(id int64) bool { return slices.Contains(agencies, id) }
	plans, err := s.plansKnown(ctx, at.AsOf)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		if at.On.After(p.DueOn.AddDays(2*agendaBack)) || p.StartsOn.After(at.On.AddDays(366)) {
			continue
		}
		of, err := s.agendaOfPlan(ctx, p, at, mine)
		if err != nil {
			return nil, err
		}
		days = append(days, of...)
	}
	err = s.everyThread(ctx, loop.KindNotice, "", at, func(t loop.Thread) error {
		n, err := loop.FoldNotice(t)
		if err == nil && n.Awaits() && mine(n.Lead.ID) {
			days = append(days, AgendaDay{fmt.Sprintf("notice-%d", n.ID), n.DueOn, fmt.Sprintf("督办单 %s（%s）：%s", n.Number, n.Level.Label().ZH, n.Title), t[len(t)-1].At})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return days, s.everyThread(ctx, loop.KindIssue, "", at, func(t loop.Thread) error {
		i, err := loop.FoldIssue(t)
		if err == nil && i.IsOpen() && !i.DueOn.IsZero() && mine(i.Agency) {
			days = append(days, AgendaDay{fmt.Sprintf("issue-%d", i.ID), i.DueOn, "问题：" + i.Title, t[len(t)-1].At})
		}
		return err
	})
}

// agendaOfPlan are the days of a plan, none where nothing in it is led by those who are asked for.
func (s *Service) agendaOfPlan(ctx context.Context, p indicator.Plan, at tracker.Moment, mine func(int64) bool) (days []AgendaDay, err error) {
	led := map[string]bool{}
	for page := (indicator.Page{Limit: threadPortion}); ; {
		tasks, next, err := s.plans.TasksOfVersion(ctx, p.Code, p.Version, indicator.TaskSelection{}, page)
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			if slices.ContainsFunc(t.LeadAgencyIDs, mine) {
				led[t.Number] = true
			}
		}
		if page.After = next; next == 0 {
			break
		}
	}
	if len(led) == 0 {
		return nil, nil
	}
	c, err := s.cyclesOf(ctx, p.Code, at, true)
	if err != nil {
		return nil, err
	}
	for _, cycle := range c.list {
		if at.On.DaysSince(cycle.Due) > agendaBack {
			continue
		}
		changed := p.CreatedAt
		if n := len(cycle.History); n > 0 {
			changed = cycle.History[n-1].At
		}
		days = append(days, AgendaDay{
			fmt.Sprintf("cycle-%s-%s", p.Code, cycle.Period), cycle.Due, fmt.Sprintf("%s：报送 %s 期截止", p.Title, cycle.Period), changed,
		})
	}
	return days, s.everyThread(ctx, loop.KindMilestone, p.Code, at, func(t loop.Thread) error {
		m, err := loop.FoldMilestone(t)
		if err == nil && led[m.Task] && !m.Removed && m.DoneOn.IsZero() {
			days = append(days, AgendaDay{fmt.Sprintf("milestone-%d", m.ID), m.DueOn, fmt.Sprintf("任务 %s 节点：%s", m.Task, m.Title), m.UpdatedAt})
		}
		return err
	})
}
