package httpapi

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// serveIssues serves issues and the runs of the rules that raise them.
func (s *server) serveIssues(v1 *echo.Group) {
	v1.GET("/issues", s.listIssues)
	v1.POST("/issues", s.raiseIssue)
	v1.GET("/issues/:id", s.readIssue)
	v1.POST("/issues/:id/events", s.stepIssue)
	v1.GET("/runs", s.listRuns)
}

// listIssues
//
// @Summary     问题列表 · List issues
// @Description 由人提出或由规则提出的问题，新的在前，附全部经过、规则所据的数据和调用者可走的下一步；是否逾期按 on 判断。所选很少时，一页可能不满而仍有 next_cursor。
// @Description
// @Description Issues raised by people or by rule, the newest first, with every step, the figures that a rule spoke by and the steps that the caller may take next; what is overdue is judged on the day `on`. Where few are selected a page may hold fewer than it could, and still have a next_cursor.
// @Tags        loop
// @ID          listIssues
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query loop.IssueSelection false "筛选 · selection"
// @Param       on     query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.IssuePage "一页问题 · one page of issues"
// @Failure     422 {object} v1.Problem "没有所写的名称 · nothing has a name that was given: unknown_plan, unknown_indicator, unknown_task, unknown_agency"
// @x-table   true
// @Router      /api/v1/issues [get]
func (s *server) listIssues(c echo.Context) error {
	var q oversight.IssueQuery
	p := querySelecting(c, []any{&q.Selection}, append(tableParams, "on", "as_of", "fields", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.Issue](p)
	q.At = tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	q.Page.Limit = as.size(p.limit())
	if at, after, ok := p.momentCursor(); ok {
		q.At, q.Settled, q.Page.After = at, true, after
	}
	if p.err != nil {
		return p.err
	}
	named := indicator.Selection{Plans: q.Selection.Plans, Codes: q.Selection.Indicators, Tasks: q.Selection.Tasks, Agencies: q.Selection.Agencies}
	if err := s.checkNames(c.Request().Context(), named); err != nil {
		return err
	}
	lang := languageOf(c)
	return answerRows(s, c, as, listing[v1.Issue]{
		name: "issues", title: fault.Text{ZH: "问题", EN: "Issues"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.Issue, next string, err error) {
			page, err := s.Oversight.Issues(ctx, q)
			if err != nil {
				return nil, "", err
			}
			q.At, q.Settled, q.Page.After = page.At, true, page.Next // all pages are of the moment of the first
			return each(page.Rows, func(i oversight.IssueRow) v1.Issue { return wireIssue(i, lang) }), momentState(page.At, page.Next), nil
		},
		about: func() tabular.About { return tabular.About{On: q.At.On.String(), AsOf: moment(q.At.AsOf)} },
	})
}

// momentState is what a cursor holds of the moment of a list and of a place in it, "" at the end.
func momentState(at tracker.Moment, next int64) string {
	if next == 0 {
		return ""
	}
	return fmt.Sprintf("%s|%s|%d", at.On, at.AsOf.UTC().Format(time.RFC3339Nano), next)
}

// momentCursor reads a cursor that momentState has made; ok is false where none is given.
func (p *params) momentCursor() (at tracker.Moment, after int64, ok bool) {
	cursor := p.text("cursor")
	if cursor == "" {
		return at, 0, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), "|")
	if err != nil || len(parts) != 3 {
		p.badCursor()
		return at, 0, false
	}
	on, errOn := indicator.ParseDate(parts[0])
	asOf, errAsOf := time.Parse(time.RFC3339Nano, parts[1])
	after, errAfter := strconv.ParseInt(parts[2], 10, 64)
	if errOn != nil || errAsOf != nil || errAfter != nil || after < 1 || !isModern(asOf) {
		p.badCursor()
		return at, 0, false
	}
	return tracker.Moment{On: on, AsOf: asOf}, after, true
}

// raiseIssue
//
// @Summary     提出问题 · Raise an issue
// @Description 就一个指标，或计划的一项任务提出问题；单位只能就自己承担的提出。责任单位默认为牵头单位，时限默认按规则所定的工作日。同一指标、同一原因（other 除外）未销号的问题只能有一个。
// @Description
// @Description About an indicator, or a task of a plan; agencies raise issues about what they have a part in. The owner is the first lead, and the date as many working days away as the profile says, unless they are given. An indicator has one open issue of a cause at most, but for other.
// @Tags        loop
// @ID          raiseIssue
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       issue body v1.IssueRequest true "问题 · the issue"
// @Success     201 {object} v1.Issue "已提出 · raised"
// @Failure     409 {object} v1.Problem "同一原因已有未销号的问题 · one with this cause is open: issue_open"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date, unknown_indicator, unknown_task, unknown_agency"
// @Router      /api/v1/issues [post]
func (s *server) raiseIssue(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.IssueRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	row, err := s.Oversight.RaiseIssue(c.Request().Context(), oversight.RaisedIssue{
		Indicator: req.Indicator, Plan: req.Plan, Task: req.Task, Cause: loop.IssueCause(req.Cause), Title: req.Title, Text: req.Text,
		Agency: req.Agency, DueOn: req.DueOn, Level: loop.IssueLevel(req.Level),
	})
	if err != nil {
		return err
	}
	return s.answerIssue(c, http.StatusCreated, row)
}

// readIssue
//
// @Summary     查看问题 · Read an issue
// @Description 附全部经过、规则所据的数据和调用者可走的下一步。 With every step, the figures that a rule spoke by and the steps that the caller may take next.
// @Tags        loop
// @ID          readIssue
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id    path  string true  "问题编号 · id of the issue" example(17)
// @Param       on    query string false "评判日期，默认今天 · date judged, today by default" format(date)
// @Param       as_of query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.Issue "问题 · the issue"
// @Router      /api/v1/issues/{id} [get]
func (s *server) readIssue(c echo.Context) error {
	p := query(c, "on", "as_of")
	at := tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	if p.err != nil {
		return p.err
	}
	id, err := issueInPath(c)
	if err != nil {
		return err
	}
	row, err := s.Oversight.Issue(c.Request().Context(), id, at)
	if err != nil {
		return err
	}
	return s.answerIssue(c, http.StatusOK, row)
}

// stepIssue
//
// @Summary     处理问题 · Take an issue a step further
// @Description 责任单位：coordinating 开始协调、resolving 着手解决、resolved 报已解决、commented 说明。督查人员另可：closed 销号、sent_back 退回、reopened 重新打开、assigned 转交、dated 改期、escalated 升级。每一步都留痕，写明何人何时。
// @Description
// @Description The owner agency takes the steps coordinating, resolving, resolved and commented; supervisors also closed, sent_back, reopened, assigned, dated and escalated. Each is kept with who took it and when.
// @Tags        loop
// @ID          stepIssue
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id    path string true "问题编号 · id of the issue" example(17)
// @Param       event body v1.IssueEventRequest true "步骤 · the step"
// @Success     200 {object} v1.Issue "此后的问题 · the issue as it is then"
// @Failure     409 {object} v1.Problem "当前状态不能走这一步，或同一原因已另有问题 · does not lead on from the present state, or another one with the cause is open: wrong_state, issue_open"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date, unknown_agency"
// @Router      /api/v1/issues/{id}/events [post]
func (s *server) stepIssue(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.IssueEventRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	id, err := issueInPath(c)
	if err != nil {
		return err
	}
	row, err := s.Oversight.StepIssue(c.Request().Context(), id, loop.IssueStepKind(req.Type), loop.IssueStep{
		Text: req.Text, Agency: req.Agency, DueOn: req.DueOn, Level: loop.IssueLevel(req.Level),
	})
	if err != nil {
		return err
	}
	return s.answerIssue(c, http.StatusOK, row)
}

func issueInPath(c echo.Context) (int64, error) {
	return pathID(c, fault.Text{ZH: "问题", EN: "issue"})
}

func (s *server) answerIssue(c echo.Context, status int, row oversight.IssueRow) error {
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(status, wireIssue(row, lang))
}

func wireIssue(i oversight.IssueRow, lang string) v1.Issue {
	return v1.Issue{
		ID: wireID(i.ID), Plan: i.Plan, Indicator: textOrNull(i.Indicator), Task: textOrNull(i.Task),
		Cause: string(i.Cause), CauseLabel: i.Cause.Label().In(lang), Title: i.Title, Text: i.Text, ByRule: i.Rule, RaisedBy: each(i.RaisedBy, wireIssueFigure),
		State: string(i.State), StateLabel: i.State.Label().In(lang), Open: i.IsOpen(), Level: string(i.Level), LevelLabel: i.Level.Label().In(lang),
		Agency: i.AgencyName, AgencyID: wireID(i.Agency), DueOn: i.DueOn.String(), Overdue: i.Overdue(i.On), DaysOverdue: i.DaysOverdue(i.On), Late: i.Late(),
		ResolutionProposed: i.Proposed, ProposedBy: each(i.ProposedBy, wireIssueFigure),
		RaisedAt: moment(i.RaisedAt()), UpdatedAt: moment(i.UpdatedAt()), ResolvedOn: dateOrNull(i.ResolvedOn), ClosedOn: dateOrNull(i.ClosedOn),
		History: each(i.History, func(e loop.IssueEvent) v1.IssueEvent { return wireIssueEvent(e, lang) }),
		Next:    each(i.Next, func(k loop.IssueStepKind) string { return string(k) }), On: i.On.String(), AsOf: moment(i.AsOf),
	}
}

func wireIssueEvent(e loop.IssueEvent, lang string) v1.IssueEvent {
	kind := loop.IssueStepKind(e.Type)
	return v1.IssueEvent{
		ID: wireID(e.ID), Type: e.Type, TypeLabel: kind.Label().In(lang), On: e.Step.On, At: moment(e.At), By: e.By.Name, ByRule: e.Step.Rule, Text: e.Step.Text,
		Agency: textOrNull(e.Step.Agency), DueOn: textOrNull(e.Step.DueOn), Level: wordOrNull(e.Step.Level), Figures: each(e.Step.By, wireIssueFigure),
	}
}

func wireIssueFigure(f loop.IssueFigure) v1.IssueFigure {
	return v1.IssueFigure{
		Period: f.Period, On: f.On, Status: f.Status, Percent: figureOrNull(f.Percent), Pace: figureOrNull(f.Pace), Gap: figureOrNull(f.Gap),
		Missing: f.Missing, LastReport: textOrNull(f.LastReport), Cautions: list(f.Cautions),
	}
}

// figureOrNull is a figure as a rule has kept it.
func figureOrNull(digits string) *v1.Number {
	if digits == "" {
		return nil
	}
	n := v1.Number(digits)
	return &n
}
