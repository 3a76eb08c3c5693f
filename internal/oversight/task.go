package oversight

import (
	"context"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Plans are what the loop needs to know of plans and their tasks.
type Plans interface {
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// PlanAsOf is the version of the plan that was current at a moment.
	PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error)
	Task(ctx context.Context, plan, number string) (indicator.Task, error)
	// TasksOfVersion lists the tasks of a version of a plan in its order.
	TasksOfVersion(ctx context.Context, plan string, version int, selected indicator.TaskSelection, page indicator.Page) ([]indicator.Task, int64, error)
	// AnsweringFor returns the agency that has the duties of the one with a name in the
	// jurisdiction of a plan, or fails with fault.NotFound.
	AnsweringFor(ctx context.Context, plan, name string) (indicator.Acting, error)
}

// leadOf is the lead agency of a task that the caller acts for, by its place among them: the one
// with the name given, else the only one that is the caller's. It fails with fault.Forbidden where
// the caller acts for none of them, and at "/agency" where it has to be said which is meant, or the
// one given is not the lead.
func (s *Service) leadOf(ctx context.Context, task indicator.Task, given string) (id int64, name string, err error) {
	var mine []int
	for i, lead := range task.LeadAgencyIDs {
		if access.ActsFor(ctx, lead) {
			mine = append(mine, i)
		}
	}
	if len(mine) == 0 {
		return 0, "", fault.Newf(fault.Forbidden, "任务 %s 由%s牵头，本密钥的单位不能填写", "the task %s is led by %s: the agencies of this key cannot write about it",
			task.Number, names(task.LeadAgencies))
	}
	if given != "" {
		acting, err := s.plans.AnsweringFor(ctx, task.Plan, given)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return 0, "", err
		}
		mine = slices.DeleteFunc(mine, func(i int) bool {
			return task.LeadAgencies[i] != given && !slices.Contains(acting.AnswersFor, task.LeadAgencyIDs[i])
		})
		if len(mine) == 0 {
			return 0, "", fault.Newf(fault.InvalidValue, "任务 %s 由%s牵头，其中没有可由本密钥代表的“%s”", "the task %s is led by %s, of which this key does not act for “%s”",
				task.Number, names(task.LeadAgencies), given).At("/agency")
		}
	}
	if len(mine) > 1 {
		return 0, "", fault.Newf(fault.RequiredField, "任务 %s 有多个牵头单位（%s），请在 agency 中写明是哪一个", "several agencies lead the task %s (%s): say in agency which of them writes",
			task.Number, names(task.LeadAgencies)).At("/agency")
	}
	return task.LeadAgencyIDs[mine[0]], task.LeadAgencies[mine[0]], nil
}

func names(list []string) string {
	text := ""
	for i, n := range list {
		if i > 0 {
			text += "、"
		}
		text += n
	}
	return text
}

// planAt is a plan as it was known at a settled moment.
func (s *Service) planAt(ctx context.Context, code string, asOf time.Time) (indicator.Plan, error) {
	plan, err := s.plans.PlanAsOf(ctx, code, asOf)
	if fault.Is(err, fault.NotFound) {
		if _, now := s.plans.Plan(ctx, code); now == nil {
			return plan, fault.Newf(fault.NotFound, "计划 %s 在 %s 尚未导入", "the plan %s was not there yet at %s", code, asOf.UTC().Format(time.RFC3339))
		}
	}
	return plan, err
}

// settleKnowledge makes sure that what was known at a moment stays so, and gives the moment whose
// knowledge is used: that of now where none is asked for.
func (s *Service) settleKnowledge(ctx context.Context, asOf time.Time) (tracker.Moment, error) {
	return s.figures.Settle(ctx, tracker.Moment{AsOf: asOf})
}
