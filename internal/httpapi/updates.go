package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

// writeUpdate
//
// @Summary     填写进展情况 · Write about a task
// @Description 牵头单位按期填写任务的进展；同一单位同一期再次填写为新的修订，此前的都保留；内容相同则不变（200）。
// @Description
// @Description A lead agency says how its task goes in a period. Writing about the period again is a further revision, and all are kept; saying the same again changes nothing (200).
// @Tags        loop
// @ID          writeUpdate
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       number path string true "任务编号 · task number" example(14)
// @Param       update body v1.UpdateRequest true "进展情况 · the update"
// @Success     200 {object} v1.Update "与已有的相同 · the same as before"
// @Success     201 {object} v1.Update "已保存 · stored"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_period, period_in_future, period_outside_term"
// @Router      /api/v1/plans/{plan}/tasks/{number}/updates [post]
func (s *server) writeUpdate(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.UpdateRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	update, written, err := s.Oversight.WriteUpdate(c.Request().Context(), c.Param("plan"), c.Param("number"), loop.Update{
		Period: req.Period, Text: req.Text, Assessed: loop.Assessed(req.Assessed), Evidence: req.Evidence, Agency: req.Agency,
	})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if written {
		status = http.StatusCreated
	}
	return c.JSON(status, wireUpdate(update))
}

// listUpdates
//
// @Summary     进展情况列表 · List what was written about tasks
// @Description 最近开始填写的在前，各附此前的修订。 Those begun last first, each with its earlier revisions.
// @Tags        loop
// @ID          listUpdates
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       task   query string false "任务编号 · task number" example(14)
// @Param       period query string false "期 · period" example(2023-09)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.UpdatePage "一页进展情况 · one page of updates"
// @x-table   true
// @Router      /api/v1/plans/{plan}/updates [get]
func (s *server) listUpdates(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "task", "period", "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields, page := fieldsOf[v1.Update](p), p.pageOf(as)
	task, period, asOf := p.text("task"), p.text("period"), s.asOf(p)
	if period != "" {
		of, err := indicator.ParsePeriod(period)
		p.keep("period", err)
		period = of.String()
	}
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.Update]{
		name: "updates", title: fault.Text{ZH: "进展情况", EN: "Updates"}, fields: fields,
		read: pages(&page, func(ctx context.Context) ([]oversight.Update, int64, error) {
			return s.Oversight.Updates(ctx, c.Param("plan"), task, period, asOf, page)
		}, wireUpdate),
	})
}

func wireUpdate(u oversight.Update) v1.Update {
	newest := u.Newest()
	return v1.Update{
		ID: wireID(u.Thread), Plan: u.Plan, Task: u.Task, Period: newest.Period, Agency: newest.Agency, AgencyID: wireID(u.AgencyID),
		Assessed: wordOrNull(newest.Assessed), Text: newest.Text, Evidence: list(newest.Evidence),
		Revision: newest.Number, WrittenAt: moment(newest.At), WrittenBy: newest.By.Name,
		Earlier: each(u.Revisions[:len(u.Revisions)-1], func(r oversight.UpdateRevision) v1.UpdateRevision {
			return v1.UpdateRevision{
				Revision: r.Number, Text: r.Text, Assessed: wordOrNull(r.Assessed), Evidence: list(r.Evidence), WrittenAt: moment(r.At), WrittenBy: r.By.Name,
			}
		}),
	}
}

// setMilestone
//
// @Summary     设置节点 · Set a milestone of a task
// @Description 没有数字的任务以节点反映进度。与已有节点名称、时限都相同则不变（200）。 A task without a number shows its progress by dated steps. One with the title and the day of another changes nothing (200).
// @Tags        loop
// @ID          setMilestone
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       number path string true "任务编号 · task number" example(31)
// @Param       milestone body v1.MilestoneRequest true "节点 · the milestone"
// @Success     200 {object} v1.Milestone "已有此节点 · it is there"
// @Success     201 {object} v1.Milestone "已保存 · stored"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date"
// @Router      /api/v1/plans/{plan}/tasks/{number}/milestones [post]
func (s *server) setMilestone(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.MilestoneRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	m, stored, err := s.Oversight.SetMilestone(c.Request().Context(), c.Param("plan"), c.Param("number"), loop.MilestoneStep{Title: req.Title, DueOn: req.DueOn})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if stored {
		status = http.StatusCreated
	}
	return c.JSON(status, s.wireMilestone(s.Service.Today())(m))
}

// stepMilestone
//
// @Summary     节点的完成与变更 · Take a milestone a step further
// @Description 牵头单位以 done 报完成（附完成日、佐证），以 reopened 撤回；督查人员以 changed 变更名称或时限、以 removed 删除，须写明原因。每一步都留痕。
// @Description
// @Description A lead agency says that a milestone is done, with the day and evidence, or by reopened that this was wrong; supervisors change its title or day and remove it, with a reason. Every step is kept.
// @Tags        loop
// @ID          stepMilestone
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id   path string true "节点编号 · id of the milestone" example(42)
// @Param       step body v1.MilestoneStepRequest true "事项 · the step"
// @Success     200 {object} v1.Milestone "节点 · the milestone"
// @Failure     409 {object} v1.Problem "当前状态不能这样做 · not possible in this state: wrong_state"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date"
// @Router      /api/v1/milestones/{id}/events [post]
func (s *server) stepMilestone(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.MilestoneStepRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	id, err := pathID(c, fault.Text{ZH: "节点", EN: "milestone"})
	if err != nil {
		return err
	}
	kind, err := indicator.ParseWord(req.Type, []string{loop.MilestoneDone, loop.MilestoneReopened, loop.MilestoneChanged, loop.MilestoneRemoved})
	if err != nil {
		return fault.At(err, "/type")
	}
	m, err := s.Oversight.StepMilestone(c.Request().Context(), id, kind, loop.MilestoneStep{
		Title: req.Title, DueOn: req.DueOn, DoneOn: req.DoneOn, Text: req.Text, Evidence: req.Evidence, Reason: req.Reason,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.wireMilestone(s.Service.Today())(m))
}

// listMilestones
//
// @Summary     节点列表 · List milestones
// @Description 按设置先后，含已删除的，各附经过。 In the order in which they were set, removed ones too, each with what happened to it.
// @Tags        loop
// @ID          listMilestones
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       task   query string false "任务编号 · task number" example(31)
// @Param       on     query string false "是否逾期以此日为准，默认今天 · the day by which they are overdue, today by default" format(date) example(2023-09-30)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.MilestonePage "一页节点 · one page of milestones"
// @x-table   true
// @Router      /api/v1/plans/{plan}/milestones [get]
func (s *server) listMilestones(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "task", "on", "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields, page := fieldsOf[v1.Milestone](p), p.pageOf(as)
	task, on, asOf := p.text("task"), p.date("on"), s.asOf(p)
	if p.err != nil {
		return p.err
	}
	if on.IsZero() {
		on = s.Service.Today()
	}
	return answerRows(s, c, as, listing[v1.Milestone]{
		name: "milestones", title: fault.Text{ZH: "节点", EN: "Milestones"}, fields: fields,
		read: pages(&page, func(ctx context.Context) ([]loop.Milestone, int64, error) {
			return s.Oversight.Milestones(ctx, c.Param("plan"), task, asOf, page)
		}, s.wireMilestone(on)),
	})
}

// wireMilestone writes milestones as they are on a day.
func (s *server) wireMilestone(on indicator.Date) func(loop.Milestone) v1.Milestone {
	return func(m loop.Milestone) v1.Milestone {
		w := v1.Milestone{
			ID: wireID(m.ID), Plan: m.Plan, Task: m.Task, Title: m.Title, DueOn: m.DueOn.String(), DoneOn: dateOrNull(m.DoneOn),
			Removed: m.Removed, Overdue: !m.Removed && m.Overdue(on),
		}
		for _, e := range m.History {
			step, _ := loop.StepOf(e) // which was folded before
			w.History = append(w.History, v1.MilestoneStep{
				Type: e.Type, At: moment(e.At), By: e.By.Name, Title: step.Title, DueOn: step.DueOn, DoneOn: step.DoneOn,
				Reason: step.Reason, Text: step.Text, Evidence: list(step.Evidence),
			})
		}
		return w
	}
}
