package httpapi

import (
	"context"
	"math/big"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// serveRegister serves what is kept about the tasks of a plan.
func (s *server) serveRegister(v1 *echo.Group) {
	v1.GET("/plans/:plan/register", s.readRegister)
	v1.GET("/plans/:plan/updates", s.listUpdates)
	v1.POST("/plans/:plan/tasks/:number/updates", s.writeUpdate)
	v1.GET("/plans/:plan/milestones", s.listMilestones)
	v1.POST("/plans/:plan/tasks/:number/milestones", s.setMilestone)
	v1.POST("/milestones/:id/events", s.stepMilestone)
}

// readRegister
//
// @Summary     工作台账 · Read the register of a plan
// @Description 计划的全部任务，包括没有数字的任务：灯、指标的完成率与序时进度、节点、最近进展、未办结的问题与督办单、下一时限。灯取各指标与节点中最差的；两者皆无，按牵头单位的自评。
// @Description
// @Description All tasks of a plan, those without numbers too: light, percent and pace of the indicators, milestones, the latest update, open issues and notices, the next date. The light is the worst of those of indicators and milestones; where a task has neither, it is what the lead agency itself says.
// @Tags        loop
// @ID          readRegister
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       selection query indicator.TaskSelection false "筛选 · selection"
// @Param       light  query []string false "灯，任一 · light, any of" Enums(red, yellow, grey, green) collectionFormat(csv)
// @Param       on     query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.RegisterPage "一页台账 · one page of the register"
// @Failure     422 {object} v1.Problem "没有所写的名称 · nothing has a name that was given: unknown_agency"
// @x-table   true
// @Router      /api/v1/plans/{plan}/register [get]
func (s *server) readRegister(c echo.Context) error {
	q := oversight.RegisterQuery{Plan: c.Param("plan")}
	p := querySelecting(c, []any{&q.Selection}, append(tableParams, "light", "on", "as_of", "fields", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.RegisterRow](p)
	first := pinned{at: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}, page: indicator.Page{Limit: as.size(p.limit())}}
	for _, l := range p.words("light") {
		light, err := indicator.ParseWord(l, loop.Lights)
		p.keep("light", err)
		q.Lights = append(q.Lights, light)
	}
	p.pinnedCursor(&first)
	q.At, q.Settled, q.Page = first.at, first.settled, first.page
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), indicator.Selection{Agencies: q.Selection.Agencies}); err != nil {
		return err
	}
	lang := languageOf(c)
	return answerRows(s, c, as, listing[v1.RegisterRow]{
		name: "register-" + q.Plan, title: fault.Text{ZH: "工作台账", EN: "Register"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.RegisterRow, next string, err error) {
			page, err := s.Oversight.Register(ctx, q)
			if err != nil {
				return nil, "", err
			}
			q.At, q.Settled, q.Page.After = page.At, true, page.Next // all pages are of the moment of the first
			if page.Next != 0 {
				next = pinnedState(page.At, page.Next)
			}
			return each(page.Rows, func(r oversight.RegisterRow) v1.RegisterRow { return wireRegisterRow(q.Plan, r, page.At, lang) }), next, nil
		},
		about: func() tabular.About { return tabular.About{On: q.At.On.String(), AsOf: moment(q.At.AsOf)} },
	})
}

func wireRegisterRow(plan string, r oversight.RegisterRow, at tracker.Moment, lang string) v1.RegisterRow {
	w := v1.RegisterRow{
		Plan: plan, Task: r.Task.Number, Section: r.Task.Section, SectionHeading: textOrNull(r.Heading), Title: r.Task.Title,
		LeadAgencies: list(r.Task.LeadAgencies), ParticipatingAgencies: list(r.Task.ParticipatingAgencies),
		Light: string(r.Light), LightLabel: r.Light.Label().In(lang), LightBy: each(r.LightBy, func(s oversight.LightSource) string { return string(s) }),
		Indicators:         each(r.Indicators, func(f oversight.RegisterFigure) v1.RegisterFigure { return wireRegisterFigure(f, lang) }),
		ProposedMilestones: each(r.Proposed, wirePlanMilestone),
		Issues:             wireMatters(r.Issues), Notices: wireMatters(r.Notices),
		NextOn: dateOrNull(r.NextOn), NextDue: wordOrNull(r.Next), On: at.On.String(), AsOf: moment(at.AsOf),
	}
	if m := r.Milestones; m.Total > 0 {
		w.Milestones = &v1.MilestoneProgress{
			Total: m.Total, Due: m.Due, Done: m.Done, Late: m.Late, Overdue: m.Overdue, Percent: rounded(m.Percent), Pace: rounded(m.Pace),
		}
		if m.Next != nil {
			w.Milestones.NextOn, w.Milestones.Next = dateOrNull(m.Next.DueOn), &m.Next.Title
		}
	}
	if r.Update != nil {
		u := r.Update.Newest()
		w.Update = &v1.RegisterUpdate{Period: u.Period, Agency: u.Agency, Assessed: wordOrNull(u.Assessed), Text: u.Text, WrittenAt: moment(u.At)}
	}
	return w
}

// rounded is a percent as it is printed.
func rounded(r *big.Rat) v1.Number { return v1.Number(quantity.FromRat(r, 2).String()) }

func wireRegisterFigure(f oversight.RegisterFigure, lang string) v1.RegisterFigure {
	r := f.Result
	label := r.Label.In(lang)
	shown := label
	if r.Percent != nil {
		shown = fault.Say("%s%%，%s", "%s%%, %s", r.Percent, label).In(lang)
	}
	return v1.RegisterFigure{
		Code: f.Indicator.Code, Name: f.Indicator.Name, Percent: numberOrNull(r.Percent), Pace: v1.Number(r.Pace.String()), Gap: numberOrNull(r.Gap), DueGap: numberOrNull(r.DueGap),
		Status: string(r.Status), Label: label, Light: string(f.Light), DueOn: f.Indicator.DueOn.String(), Shown: shown,
	}
}

func wireMatters(m oversight.OpenMatters) v1.OpenMatters {
	return v1.OpenMatters{Open: m.Open, Overdue: m.Overdue, IDs: each(m.IDs, wireID), Level: textOrNull(m.Level)}
}
