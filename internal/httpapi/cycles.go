package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// serveCycles serves the cycles of reporting of a plan.
func (s *server) serveCycles(v1 *echo.Group) {
	v1.GET("/plans/:plan/cycles", s.listCycles)
	v1.GET("/plans/:plan/cycles/:period", s.readCycle)
	v1.POST("/plans/:plan/cycles/:period/exceptions", s.exceptFromCycle)
	v1.POST("/plans/:plan/cycles/:period/events", s.stepCycle)
}

// listCycles
//
// @Summary     调度期列表 · List the cycles of a plan
// @Description 计划的各调度期：开始报送、截止、锁定的日期，状态，应报、按时、迟报、缺报的数目（`counts=false` 不统计）。日期由规则的工作日数得出，督查人员可以更改。
// @Description
// @Description The cycles of a plan: when reports open, are due and lock, the state, and how many reports are expected, on time, late and missing (`counts=false` leaves these out). The dates follow from the profile's days of work, and supervisors may move them.
// @Tags        loop
// @ID          listCycles
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       on     query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       counts query bool   false "统计报送，默认 true · count reports, true by default" example(true)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Success     200 {object} v1.CycleList "各调度期 · the cycles"
// @x-table   true
// @Router      /api/v1/plans/{plan}/cycles [get]
func (s *server) listCycles(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "on", "as_of", "counts")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.Cycle](p)
	at := tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	counts := p.text("counts") == "" || p.flag("counts")
	if p.err != nil {
		return p.err
	}
	lang := languageOf(c)
	return answerRows(s, c, as, listing[v1.Cycle]{
		name: "cycles-" + c.Param("plan"), title: fault.Text{ZH: "调度期", EN: "Cycles"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.Cycle, next string, err error) {
			list, settled, err := s.Oversight.Cycles(ctx, c.Param("plan"), at, counts)
			at = settled
			return each(list, func(x oversight.CountedCycle) v1.Cycle { return wireCycle(x, counts, lang) }), "", err
		},
		page:  func(rows []v1.Cycle, _ *string) any { return v1.CycleList{Items: rows} },
		about: func() tabular.About { return tabular.About{On: at.On.String(), AsOf: moment(at.AsOf)} },
	})
}

func wireCycle(c oversight.CountedCycle, counts bool, lang string) v1.Cycle {
	w := v1.Cycle{
		Plan: c.Plan, Period: c.Period.String(), OpensOn: c.Opens.String(), DueOn: c.Due.String(), LocksOn: dateOrNull(c.Locks),
		State: string(c.State), StateLabel: c.State.Label().In(lang),
		Exceptions: each(c.Exceptions, func(x loop.Exception) v1.CycleException {
			return v1.CycleException{
				ID: wireID(x.ID), Agency: x.Name, AgencyID: wireID(x.Agency), Until: x.Until.String(), Reason: x.Reason,
				GrantedAt: moment(x.At), GrantedBy: x.By, Withdrawn: x.Withdrawn,
			}
		}),
		History: []v1.CycleEvent{},
	}
	if counts {
		w.Reports = wireReportCounts(c.Reports)
	}
	for _, e := range c.History {
		step, _ := loop.CycleStepOf(e) // which was folded before
		w.History = append(w.History, v1.CycleEvent{
			Type: e.Type, At: moment(e.At), By: e.By.Name, Reason: step.Reason, DueOn: step.DueOn, LocksOn: step.LocksOn,
			Agency: step.Agency, Until: step.Until, Missing: step.Missing, Expected: step.Expected,
		})
	}
	return w
}

func wireReportCounts(r loop.Completeness) *v1.ReportCounts {
	return &v1.ReportCounts{Expected: r.Expected, OnTime: r.OnTime, Late: r.Late, Missing: r.Missing, Pending: r.Pending, Empty: r.Empty}
}

// periodInPath is the period of the cycle in the path.
func periodInPath(c echo.Context) (indicator.Period, error) {
	period, err := indicator.ParsePeriod(c.Param("period"))
	if err != nil {
		f := fault.From(err)
		return period, fault.New(fault.NotFound, f.Detail).Because(err)
	}
	return period, nil
}

// readCycle
//
// @Summary     一个调度期的报送情况 · How complete the reports of a cycle are
// @Description `group_by=agency`（默认）按牵头单位统计，缺报多的在前；`group_by=indicator` 逐项列出，附计入的实绩，`state` 可只看缺报等。某期首次报送的时刻决定是否按时，撤回后重报以重报为准；注明没有数值的也算已报。
// @Description
// @Description By `group_by=agency` (default) lead agencies are counted, those with the most missing first; `group_by=indicator` lists the indicators with the report that counts, of a `state` where one is given. What was reported first for a period decides whether it was on time, after a retraction what came then; a report that there is no figure counts as reported.
// @Tags        loop
// @ID          readCycle
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan     path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       period   path  string true  "调度期 · period" example(2023-09)
// @Param       group_by query string false "统计方式 · grouping" Enums(agency, indicator) default(agency) example(agency)
// @Param       state    query []string false "报送状态，任一，与 group_by=indicator 同用 · states of reports, any of, with group_by=indicator" Enums(on_time, late, missing, pending) collectionFormat(csv)
// @Param       on       query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-10-31)
// @Param       as_of    query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields   query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit    query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor   query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.CycleRowPage "报送情况 · what became of the reports"
// @x-table   true
// @Router      /api/v1/plans/{plan}/cycles/{period} [get]
func (s *server) readCycle(c echo.Context) error {
	p := queryOf(c, []string{"fields", "state"}, append(tableParams, "group_by", "on", "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.CycleRow](p)
	q := pinned{at: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}, page: indicator.Page{Limit: as.size(p.limit())}}
	p.pinnedCursor(&q)
	by := word(p, "group_by", []string{"agency", "indicator"})
	var states []loop.ReportState
	for _, w := range p.words("state") {
		state, err := indicator.ParseWord(w, loop.ReportStates)
		p.keep("state", err)
		states = append(states, state)
	}
	if len(states) > 0 && by != "indicator" {
		p.fail("state", "state 须与 group_by=indicator 同用", "state goes with group_by=indicator")
	}
	period, err := periodInPath(c)
	if p.err != nil {
		return p.err
	}
	if err != nil {
		return err
	}
	lang, plan := languageOf(c), c.Param("plan")
	var cycle v1.Cycle
	list := listing[v1.CycleRow]{
		name: "cycle-" + plan, title: fault.Text{ZH: "报送情况", EN: "Reports of a cycle"}, fields: fields, language: lang,
		about: func() tabular.About { return tabular.About{On: q.at.On.String(), AsOf: moment(q.at.AsOf)} },
		page: func(rows []v1.CycleRow, cursor *string) any {
			return v1.CycleRowPage{Cycle: cycle, Items: rows, NextCursor: cursor}
		},
	}
	list.read = func(ctx context.Context) (rows []v1.CycleRow, next string, err error) {
		found, agencies, at, err := s.Oversight.CycleByAgency(ctx, plan, period, q.at)
		q.at, cycle = at, wireCycle(found, true, lang)
		return each(agencies, func(a oversight.AgencyCompleteness) v1.CycleRow { return wireAgencyRow(plan, period, a) }), "", err
	}
	if by == "indicator" {
		list.read = func(ctx context.Context) (rows []v1.CycleRow, next string, err error) {
			found, after, at, err := s.Oversight.CycleByIndicator(ctx, plan, period, q.at, q.settled, states, q.page)
			if err != nil {
				return nil, "", err
			}
			q.at, q.settled, q.page.After = at, true, after
			if after != 0 {
				next = pinnedState(at, after)
			}
			of, err := s.Oversight.Cycle(ctx, plan, period, at)
			cycle = wireCycle(of, false, lang)
			return each(found, func(r oversight.IndicatorReport) v1.CycleRow { return wireReportRow(plan, period, r, lang) }), next, err
		}
	}
	return answerRows(s, c, as, list)
}

func wireAgencyRow(plan string, period indicator.Period, a oversight.AgencyCompleteness) v1.CycleRow {
	row := v1.CycleRow{Plan: plan, Period: period.String(), Agency: &a.Name, HeldBy: textOrNull(a.HeldBy), Reports: wireReportCounts(a.Completeness), LeadAgencies: []string{}}
	if a.ID != 0 {
		id := wireID(a.ID)
		row.AgencyID = &id
	}
	return row
}

func wireReportRow(plan string, period indicator.Period, r oversight.IndicatorReport, lang string) v1.CycleRow {
	state, label := string(r.State), r.State.Label().In(lang)
	row := v1.CycleRow{
		Plan: plan, Period: period.String(), Indicator: &r.Indicator.Code, Name: &r.Indicator.Name, LeadAgencies: list(r.Indicator.LeadAgencies),
		State: &state, StateLabel: &label,
	}
	if c := r.Counted; c != nil {
		row.Report = &v1.CountedReport{ID: wireID(c.ID), Period: c.Period.String(), RecordedAt: moment(c.At), Agency: textOrNull(c.Agency), Empty: c.Empty}
	}
	return row
}

// exceptFromCycle
//
// @Summary     锁定期的例外 · Let an agency report for a locked cycle
// @Description 调度期锁定后，获准的单位在 `until` 当日终了前仍可报送、更正、撤回该期的实绩；须写明原因。 After a cycle has locked, the agency may report, correct and retract for it until the end of the day `until`; a reason is wanted.
// @Tags        loop
// @ID          exceptFromCycle
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan      path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       period    path string true "调度期 · period" example(2023-09)
// @Param       exception body v1.ExceptionRequest true "例外 · the exception"
// @Success     201 {object} v1.Cycle "调度期 · the cycle"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date, unknown_agency"
// @Router      /api/v1/plans/{plan}/cycles/{period}/exceptions [post]
func (s *server) exceptFromCycle(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	period, err := periodInPath(c)
	if err != nil {
		return err
	}
	var req v1.ExceptionRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	cycle, err := s.Oversight.Except(c.Request().Context(), c.Param("plan"), period, req.Agency, req.Until, req.Reason)
	if err != nil {
		return err
	}
	return s.answerCycle(c, http.StatusCreated, cycle)
}

func (s *server) answerCycle(c echo.Context, status int, cycle oversight.CountedCycle) error {
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(status, wireCycle(cycle, false, lang))
}

// stepCycle
//
// @Summary     锁定、重开、改期 · Lock a cycle, open it again, or move its dates
// @Description `locked` 提前锁定，`reopened` 重开，`dated` 改截止或锁定日期（改锁定日期后按新日期锁定），`exception_withdrawn` 收回例外；都须写明原因。
// @Description
// @Description `locked` locks a cycle at once, `reopened` opens it again, `dated` moves the day it is due or locks (it then locks by that day), `exception_withdrawn` takes an exception back; each with a reason.
// @Tags        loop
// @ID          stepCycle
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       period path string true "调度期 · period" example(2023-09)
// @Param       step   body v1.CycleStepRequest true "事项 · the step"
// @Success     200 {object} v1.Cycle "调度期 · the cycle"
// @Failure     409 {object} v1.Problem "当前状态不能这样做 · not possible in this state: wrong_state"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date"
// @Router      /api/v1/plans/{plan}/cycles/{period}/events [post]
func (s *server) stepCycle(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	period, err := periodInPath(c)
	if err != nil {
		return err
	}
	var req v1.CycleStepRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	kind, err := indicator.ParseWord(req.Type, []string{loop.CycleLocked, loop.CycleReopened, loop.CycleDated, loop.CycleExceptionWithdrawn})
	if err != nil {
		return fault.At(err, "/type")
	}
	step := loop.CycleStep{Reason: req.Reason, DueOn: req.DueOn, LocksOn: req.LocksOn}
	if kind == loop.CycleExceptionWithdrawn && req.Exception == "" {
		return fault.Required("/exception")
	}
	if req.Exception != "" {
		if step.Exception, err = strconv.ParseInt(req.Exception, 10, 64); err != nil {
			return fault.Newf(fault.InvalidValue, "应为例外的编号", "the id of an exception is expected").At("/exception")
		}
	}
	cycle, err := s.Oversight.StepCycle(c.Request().Context(), c.Param("plan"), period, kind, step)
	if err != nil {
		return err
	}
	return s.answerCycle(c, http.StatusOK, cycle)
}
