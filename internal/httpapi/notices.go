package httpapi

import (
	"context"
	"fmt"
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

// serveNotices serves notices and the bulletin.
func (s *server) serveNotices(v1 *echo.Group) {
	v1.GET("/notices", s.listNotices)
	v1.POST("/notices", s.issueNotice)
	v1.GET("/notices/:id", s.readNotice)
	v1.GET("/notices/:id/print", s.printNotice)
	v1.POST("/notices/:id/events", s.stepNotice)
	v1.GET("/plans/:plan/bulletin", s.readBulletin)
	v1.GET("/plans/:plan/bulletin/print", s.printBulletin)
	v1.GET("/plans/:plan/bulletin/document", s.documentBulletin)
}

// issueNotice
//
// @Summary     下发督办单 · Issue a notice
// @Description 由督查人员下发，按计划和年度编号；须写明任务、指标或问题至少一项，指标须已确认。不写时限则按紧急程度取配置的常用期限。
// @Description
// @Description Issued by a supervisor and numbered within the plan and the year, about one task, confirmed indicator or issue at least. Without a date the profile's usual time of the urgency counts.
// @Tags        loop
// @ID          issueNotice
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       notice body v1.NoticeRequest true "督办单 · the notice"
// @Success     201 {object} v1.Notice "已下发 · issued"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date, unknown_plan, unknown_agency, unknown_task, unknown_indicator"
// @Router      /api/v1/notices [post]
func (s *server) issueNotice(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.NoticeRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	if req.Plan == "" {
		return fault.Required("/plan")
	}
	a := oversight.NoticeAction{
		NoticeStep: loop.NoticeStep{
			Title: req.Title, Text: req.Text, Asked: req.Asked, Level: loop.Level(req.Level), DueOn: req.DueOn, Tasks: req.Tasks, Indicators: req.Indicators,
		},
		Urgency: loop.Urgency(req.Urgency), Lead: req.LeadAgency, Participants: req.ParticipatingAgencies,
	}
	for i, text := range req.Issues {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return fault.Newf(fault.InvalidValue, "不是问题的编号", "not the id of an issue").At(fmt.Sprintf("/issues/%d", i))
		}
		a.Issues = append(a.Issues, id)
	}
	n, err := s.Oversight.IssueNotice(c.Request().Context(), req.Plan, a)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, wireNotice(c.Request().Context(), languageOf(c), s.Service.Today())(n))
}

// stepNotice
//
// @Summary     督办单的签收、答复与审核 · Take a notice a step further
// @Description 承办单位：signed 签收、interim 中期答复、reply 答复；参与单位可 comment 留言；督查人员：accepted 销号、sent_back 退回、escalated 升级、date_moved 延期、handed_on 转办、split 分办、withdrawn 撤销。每一步都留痕，回答中的 next 是接着可办的事项。
// @Description
// @Description The agency that has it signs and replies, participants comment, supervisors do the rest: accept, send back, escalate, move the date, hand on, split, withdraw. Every step is kept; next in the answer is what the caller may do then.
// @Tags        loop
// @ID          stepNotice
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id    path string true "督办单编号 · id of the notice" example(57)
// @Param       event body v1.NoticeEventRequest true "事项 · the step"
// @Success     200 {object} v1.Notice "督办单 · the notice"
// @Failure     409 {object} v1.Problem "当前状态不能这样做 · not possible in this state: wrong_state"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: required_field, invalid_value, invalid_date, unknown_agency"
// @Router      /api/v1/notices/{id}/events [post]
func (s *server) stepNotice(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.NoticeEventRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	id, err := pathID(c, noticeWord)
	if err != nil {
		return err
	}
	kind, err := indicator.ParseWord(req.Type, loop.NoticeSteps)
	if err != nil {
		return fault.At(err, "/type")
	}
	n, err := s.Oversight.StepNotice(c.Request().Context(), id, kind, oversight.NoticeAction{
		NoticeStep: loop.NoticeStep{Text: req.Text, Evidence: req.Evidence, Reason: req.Reason, Level: loop.Level(req.Level), DueOn: req.DueOn},
		Lead:       req.LeadAgency, Participants: req.ParticipatingAgencies,
		Parts: each(req.Parts, func(p v1.NoticePart) oversight.NoticePart {
			return oversight.NoticePart{Lead: p.LeadAgency, Participants: p.ParticipatingAgencies, Title: p.Title, Asked: p.Asked, DueOn: p.DueOn}
		}),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireNotice(c.Request().Context(), languageOf(c), s.Service.Today())(n))
}

var noticeWord = fault.Text{ZH: "督办单", EN: "notice"}

// readNotice
//
// @Summary     督办单 · Read a notice
// @Description 督办单的内容、级别、时限、签收与答复经过，以及当前可做的事。 What a notice asks and by when, its level, how it was signed for and answered, and what the caller may do next.
// @Tags        loop
// @ID          readNotice
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id    path  string true  "督办单编号 · id of the notice" example(57)
// @Param       on    query string false "评判日期，默认今天 · date judged, today by default" format(date)
// @Param       as_of query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.Notice "督办单 · the notice"
// @Router      /api/v1/notices/{id} [get]
func (s *server) readNotice(c echo.Context) error {
	n, at, err := s.noticeAsked(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireNotice(c.Request().Context(), languageOf(c), at.On)(n))
}

func (s *server) noticeAsked(c echo.Context) (n loop.Notice, at tracker.Moment, err error) {
	p := query(c, "on", "as_of")
	at = tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	if p.err != nil {
		return n, at, p.err
	}
	id, err := pathID(c, noticeWord)
	if err != nil {
		return n, at, err
	}
	return s.Oversight.NoticeAt(c.Request().Context(), id, at)
}

// listNotices
//
// @Summary     督办单列表 · List notices
// @Description 最近下发的在前。 Those issued last first.
// @Tags        loop
// @ID          listNotices
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan      query []string false "计划代码，任一 · plan code, any of" collectionFormat(csv)
// @Param       agency    query string   false "承办或参与的单位 · an agency that leads or takes part"
// @Param       level     query []string false "等级，任一 · level, any of" Enums(blue, yellow, red) collectionFormat(csv)
// @Param       state     query []string false "状态，任一 · state, any of" Enums(issued, signed, replied, sent_back, accepted, divided, withdrawn) collectionFormat(csv)
// @Param       overdue   query string   false "是否逾期 · whether it is overdue" Enums(true, false)
// @Param       indicator query []string false "指标代码，任一 · indicator code, any of" collectionFormat(csv)
// @Param       task      query []string false "任务编号，任一 · task number, any of" collectionFormat(csv)
// @Param       on        query string   false "评判日期，默认今天 · date judged, today by default" format(date)
// @Param       as_of     query string   false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields    query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit     query int      false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor    query string   false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.NoticePage "一页督办单 · one page of notices"
// @x-table   true
// @Router      /api/v1/notices [get]
func (s *server) listNotices(c echo.Context) error {
	p := queryOf(c, []string{"plan", "level", "state", "indicator", "task", "fields"}, append(tableParams, "agency", "overdue", "on", "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.Notice](p)
	first := pinned{at: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}, page: indicator.Page{Limit: as.size(p.limit())}}
	p.pinnedCursor(&first)
	q := oversight.NoticeQuery{
		Agency: p.text("agency"), Tasks: p.words("task"), Indicators: p.words("indicator"), At: first.at, Settled: first.settled, Page: first.page,
	}
	if plans := p.words("plan"); len(plans) > 0 {
		q.Plans = plans
	}
	for _, w := range p.words("level") {
		level, err := indicator.ParseWord(w, loop.Levels)
		p.keep("level", err)
		q.Levels = append(q.Levels, level)
	}
	for _, w := range p.words("state") {
		state, err := indicator.ParseWord(w, loop.NoticeStates)
		p.keep("state", err)
		q.States = append(q.States, state)
	}
	if p.text("overdue") != "" {
		overdue := p.flag("overdue")
		q.Overdue = &overdue
	}
	if p.err != nil {
		return p.err
	}
	lang := languageOf(c)
	return answerRows(s, c, as, listing[v1.Notice]{
		name: "notices", title: fault.Text{ZH: "督办单", EN: "Notices"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.Notice, next string, err error) {
			page, err := s.Oversight.Notices(ctx, q)
			if err != nil {
				return nil, "", err
			}
			q.At, q.Settled, q.Page.After = page.At, true, page.Next
			if page.Next != 0 {
				next = pinnedState(page.At, page.Next)
			}
			return each(page.Items, wireNotice(ctx, lang, page.At.On)), next, nil
		},
		about: func() tabular.About { return tabular.About{On: q.At.On.String(), AsOf: moment(q.At.AsOf)} },
	})
}

// wireNotice writes notices as they are on a day, with what the caller may do.
func wireNotice(ctx context.Context, lang string, on indicator.Date) func(loop.Notice) v1.Notice {
	return func(n loop.Notice) v1.Notice {
		late := n.DaysLate(on)
		w := v1.Notice{
			ID: wireID(n.ID), Plan: n.Plan, Number: n.Number, Title: n.Title, Text: n.Text, Asked: n.Asked,
			Level: string(n.Level), HighestLevel: string(n.Level), RecordLevel: wordOrNull(n.RecordLevel()), LevelLabel: n.Level.Label().In(lang),
			State: string(n.State), StateLabel: n.State.Label().In(lang), LeadAgency: n.Lead.Name, LeadAgencyID: wireID(n.Lead.ID),
			ParticipatingAgencies: each(n.Participants, func(p loop.Party) string { return p.Name }),
			Tasks:                 list(n.Tasks), Indicators: list(n.Indicators), Issues: each(n.Issues, wireID),
			IssuedOn: n.IssuedOn.String(), DueOn: n.DueOn.String(), FirstDueOn: n.FirstDueOn.String(),
			SignedOn: dateOrNull(n.SignedOn), RepliedOn: dateOrNull(n.RepliedOn), ClosedOn: dateOrNull(n.ClosedOn),
			Overdue: n.Overdue(on), Late: late > 0, DaysLate: late, Children: each(n.Children, wireID),
			Next: list(n.Next(oversight.NoticeStanding(ctx, n))), History: each(n.History, wireNoticeEvent), On: on.String(),
		}
		if n.Parent != 0 {
			parent := wireID(n.Parent)
			w.Parent = &parent
		}
		return w
	}
}

func wireNoticeEvent(e loop.NoticeEvent) v1.NoticeEvent {
	w := v1.NoticeEvent{
		Type: e.Type, At: moment(e.At), On: e.On, By: e.By.Name, Rule: e.Rule, Agency: e.Agency, Text: e.Text, Evidence: list(e.Evidence),
		Reason: e.Reason, Level: string(e.Level), DueOn: e.DueOn,
	}
	if e.Lead != nil {
		w.Agency = e.Lead.Name
	}
	return w
}
