package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

// readAssessmentScheme
//
// @Summary     考核方案 · Read the scheme of a plan
// @Description 本计划在该时刻的考核方案；未设定时为默认方案，version 为 0。 The plan's scheme at the moment; the default one, with version 0, until another is set.
// @Tags        assessment
// @ID          readAssessmentScheme
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan  path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       as_of query string false "此刻的方案，可为时刻，或日期（至该日终了，今天即现在） · the scheme of this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.AssessmentScheme "方案 · the scheme"
// @Router      /api/v1/plans/{plan}/assessment/scheme [get]
func (s *server) readAssessmentScheme(c echo.Context) error {
	p := query(c, "as_of")
	asOf, plan, ctx := s.asOf(p), c.Param("plan"), c.Request().Context()
	if p.err != nil {
		return p.err
	}
	if err := s.Service.CheckKnown(ctx, asOf); err != nil {
		return err
	}
	if _, err := s.Reader.Plan(ctx, plan); err != nil {
		return err
	}
	scheme, err := s.Oversight.AssessmentScheme(ctx, plan, asOf)
	if err != nil {
		return err
	}
	return answerScheme(c, plan, scheme)
}

// setAssessmentScheme
//
// @Summary     设定考核方案 · Set the scheme of a plan
// @Description 成为本计划考核方案的下一版；未写的成员按默认方案，与现行版本相同则不变。以往各版保留，`as_of` 早于此时仍按当时的方案。
// @Description
// @Description Makes this the next version of the plan's scheme; members that are left out are those of the default scheme, and one that says the same changes nothing. Earlier versions are kept: `as_of` before goes by the one of then.
// @Tags        assessment
// @ID          setAssessmentScheme
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       scheme body v1.AssessmentSchemeInput true "考核方案 · the scheme"
// @Success     200 {object} v1.AssessmentScheme "方案 · the scheme"
// @Failure     422 {object} v1.Problem "方案不能成立 · the scheme cannot stand: required_field, invalid_value, invalid_number"
// @Router      /api/v1/plans/{plan}/assessment/scheme [put]
func (s *server) setAssessmentScheme(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	scheme, err := s.readScheme(c)
	if err != nil {
		return err
	}
	set, err := s.Oversight.SetAssessmentScheme(c.Request().Context(), c.Param("plan"), scheme)
	if err != nil {
		return err
	}
	return answerScheme(c, c.Param("plan"), set)
}

func answerScheme(c echo.Context, plan string, scheme oversight.AssessmentScheme) error {
	text, err := scheme.Scheme.JSON()
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.AssessmentScheme{
		Plan: plan, Version: scheme.Version, Since: momentOrNull(scheme.Since), By: textOrNull(scheme.By), Scheme: json.RawMessage(text),
	})
}

// listAssessmentEntries
//
// @Summary     评议、加减分与一票否决 · List what was entered by hand
// @Description 人工录入的评议、加分、扣分和一票否决，新的在前，已撤回的也在内。 Opinions, bonuses, deductions and vetoes entered by hand, the newest first, with those that were taken back.
// @Tags        assessment
// @ID          listAssessmentEntries
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       as_of  query string false "按此刻已知的，可为时刻，或日期（至该日终了，今天即现在） · as known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.AssessmentEntryPage "一页 · one page"
// @x-table   true
// @Router      /api/v1/plans/{plan}/assessment/entries [get]
func (s *server) listAssessmentEntries(c echo.Context) error {
	p := query(c, append(tableParams, "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	page, asOf, plan := p.pageOf(as), s.asOf(p), c.Param("plan")
	if p.err != nil {
		return p.err
	}
	if err := s.Service.CheckKnown(c.Request().Context(), asOf); err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.AssessmentEntry]{
		name: "assessment-entries", title: fault.Text{ZH: "评议与加减分", EN: "Entries by hand"},
		read: pages(&page, func(ctx context.Context) ([]oversight.EnteredByHand, int64, error) {
			return s.Oversight.AssessmentEntries(ctx, plan, asOf, page)
		}, wireEntry),
	})
}

// enterAssessment
//
// @Summary     录入评议、加减分或一票否决 · Enter an opinion, a bonus, a deduction or a veto
// @Description 写明由谁给出和理由；只增不改，录错的撤回后重录。 With who gave it and why; it is never changed: one that is wrong is taken back and entered anew.
// @Tags        assessment
// @ID          enterAssessment
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan  path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       entry body v1.AssessmentEntryRequest true "录入内容 · what is entered"
// @Success     201 {object} v1.AssessmentEntry "已录入 · what was entered"
// @Failure     422 {object} v1.Problem "不能成立 · it cannot stand: required_field, invalid_value, invalid_number, invalid_date, unknown_agency"
// @Router      /api/v1/plans/{plan}/assessment/entries [post]
func (s *server) enterAssessment(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.AssessmentEntryRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	e := oversight.AssessmentEntry{Kind: assessment.EntryKind(req.What), Agency: req.Agency, By: req.By, Reason: req.Reason}
	var err error
	if e.Points, err = readNumber("/points", req.Points); err != nil {
		return err
	}
	if req.On != "" {
		if e.On, err = indicator.ParseDate(req.On); err != nil {
			return fault.At(err, "/on")
		}
	}
	made, err := s.Oversight.EnterAssessment(c.Request().Context(), c.Param("plan"), e)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, wireEntry(made))
}

// withdrawAssessmentEntry
//
// @Summary     撤回录入 · Take an entry back
// @Description 自此不再计分，记录保留；写明理由。 It counts no more from then on, and stays in the record, with the reason.
// @Tags        assessment
// @ID          withdrawAssessmentEntry
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       id     path string true "编号 · id" example(9)
// @Param       reason body v1.AssessmentWithdrawal true "理由 · the reason"
// @Success     200 {object} v1.AssessmentEntry "已撤回 · the entry as it is then"
// @Failure     409 {object} v1.Problem "此前已撤回 · it was taken back before: superseded"
// @Failure     422 {object} v1.Problem "没有写明理由 · without a reason: required_field, invalid_value"
// @Router      /api/v1/plans/{plan}/assessment/entries/{id}/withdraw [post]
func (s *server) withdrawAssessmentEntry(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.AssessmentWithdrawal
	if err := s.decode(c, &req); err != nil {
		return err
	}
	id, err := assessmentInPath(c)
	if err != nil {
		return err
	}
	entry, err := s.Oversight.WithdrawEntry(c.Request().Context(), c.Param("plan"), id, req.Reason)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireEntry(entry))
}
