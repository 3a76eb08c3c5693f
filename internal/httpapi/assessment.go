package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// serveAssessments serves what is about assessments.
func (s *server) serveAssessments(v1 *echo.Group) {
	v1.GET("/plans/:plan/assessment", s.readAssessment)
	v1.POST("/plans/:plan/assessment/trial", s.tryAssessment)
	v1.GET("/plans/:plan/assessment/scheme", s.readAssessmentScheme)
	v1.PUT("/plans/:plan/assessment/scheme", s.setAssessmentScheme)
	v1.GET("/plans/:plan/assessment/entries", s.listAssessmentEntries)
	v1.POST("/plans/:plan/assessment/entries", s.enterAssessment)
	v1.POST("/plans/:plan/assessment/entries/:id/withdraw", s.withdrawAssessmentEntry)
	v1.POST("/plans/:plan/assessments", s.freezeAssessment)
	v1.GET("/plans/:plan/assessments", s.listFrozenAssessments)
	v1.GET("/plans/:plan/assessments/:id", s.readFrozenAssessment)
	v1.GET("/plans/:plan/assessments/:id/difference", s.readAssessmentDifference)
}

// readAssessment
//
// @Summary     计划的考核得分 · Assess the agencies of a plan
// @Description 按本计划的考核方案，在任一评判日期和时刻计算各单位得分、组内名次和等级，并写明由何而来；`explain=true` 细到指标和实绩编号。所有数字按打印的两位小数计算，总分等于各项之和。计算很大的计划可能超过请求时限，请用命令行 `tracker assess`。
// @Description
// @Description Scores, ranks within groups and grades of the agencies by the plan's scheme, at any date and moment, with what they were made of; `explain=true` goes down to indicators and measurement ids. All is reckoned with figures as printed, and a total is the sum of what is printed. A very large plan may take longer than a request may: `tracker assess` on the command line has an hour.
// @Tags        assessment
// @ID          readAssessment
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan    path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-12-31)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       agency  query string false "只要这一单位：名称、别名或编号 · this agency alone: a name or an id" maxLength(100) example(市工信局)
// @Param       explain query bool   false "逐项说明，细到指标和实绩 · with single terms, down to indicators and measurements" example(true)
// @Success     200 {object} v1.Assessment "得分 · the scores"
// @Failure     400 {object} v1.Problem "参数不正确，或须说明的指标过多 · a parameter is invalid, or too many indicators would have to be explained: invalid_parameter, selection_too_large"
// @Failure     422 {object} v1.Problem "本计划没有该单位 · the plan has no such agency: unknown_agency"
// @x-table   true
// @Router      /api/v1/plans/{plan}/assessment [get]
func (s *server) readAssessment(c echo.Context) error {
	p, q := s.assessmentQuery(c)
	as := p.shape(c, nil)
	if p.err != nil {
		return p.err
	}
	return s.answerAssessment(c, as, q)
}

// tryAssessment
//
// @Summary     试算考核方案 · Try another scheme
// @Description 按请求体中的方案计算得分，不保存任何内容；方案未写的成员按默认方案。 The scores by the scheme in the body; nothing is stored. Members that the scheme leaves out are those of the default scheme.
// @Tags        assessment
// @ID          tryAssessment
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan    path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-12-31)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       agency  query string false "只要这一单位：名称、别名或编号 · this agency alone: a name or an id" maxLength(100) example(市工信局)
// @Param       explain query bool   false "逐项说明，细到指标和实绩 · with single terms, down to indicators and measurements" example(true)
// @Param       scheme  body v1.AssessmentSchemeInput true "考核方案 · the scheme"
// @Success     200 {object} v1.Assessment "得分 · the scores"
// @Failure     400 {object} v1.Problem "参数不正确，或须说明的指标过多 · a parameter is invalid, or too many indicators would have to be explained: invalid_parameter, selection_too_large"
// @Failure     422 {object} v1.Problem "方案不能成立，或本计划没有该单位 · the scheme cannot stand, or the plan has no such agency: required_field, invalid_value, invalid_number, unknown_agency"
// @Router      /api/v1/plans/{plan}/assessment/trial [post]
func (s *server) tryAssessment(c echo.Context) error {
	p := query(c, "on", "as_of", "agency", "explain")
	q := oversight.AssessmentQuery{
		Plan: c.Param("plan"), At: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}, Agency: p.text("agency"), Explain: p.text("explain") != "" && p.flag("explain"),
	}
	if p.err != nil {
		return p.err
	}
	scheme, err := s.readScheme(c)
	if err != nil {
		return err
	}
	q.Scheme = &scheme
	return s.answerAssessment(c, shape{}, q)
}

func (s *server) assessmentQuery(c echo.Context) (*params, oversight.AssessmentQuery) {
	p := query(c, append(tableParams, "on", "as_of", "agency", "explain")...)
	return p, oversight.AssessmentQuery{
		Plan: c.Param("plan"), At: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}, Agency: p.text("agency"), Explain: p.text("explain") != "" && p.flag("explain"),
	}
}

// readScheme reads a scheme in a body.
func (s *server) readScheme(c echo.Context) (assessment.Scheme, error) {
	body, err := s.readJSON(c)
	if err != nil {
		return assessment.Scheme{}, err
	}
	return assessment.ParseScheme(body)
}

// answerAssessment computes in its turn and answers.
func (s *server) answerAssessment(c echo.Context, as shape, q oversight.AssessmentQuery) error {
	if err := s.turns.await(c, s.turns.summaries); err != nil {
		return err
	}
	a, err := s.Oversight.Assess(c.Request().Context(), q)
	if err != nil {
		return tooLongToAssess(err)
	}
	answer := wireAssessment(a)
	return answerRows(s, c, as, listing[v1.AssessmentRow]{
		name: "assessment", title: fault.Text{ZH: "考核得分", EN: "Assessment"},
		read: func(context.Context) ([]v1.AssessmentRow, string, error) {
			return each(a.Results, assessmentRow), "", nil
		},
		page:  func([]v1.AssessmentRow, *string) any { return answer },
		about: func() tabular.About { return momentOf(a.At) },
	})
}

// tooLongToAssess names the way out where a request has not the time.
func tooLongToAssess(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || fault.Is(err, fault.Timeout) {
		return fault.Newf(fault.Timeout, "本计划的考核计算超过请求时限；请用命令行 tracker assess --plan …，它有一小时并显示进度",
			"the assessment of this plan takes longer than a request may: use tracker assess --plan … on the command line, which has an hour and shows its progress").Because(err)
	}
	return err
}

// freezeAssessment
//
// @Summary     考核结果定稿 · Make an assessment official
// @Description 按本计划的方案计算并永久保存为正式结果，此后不再变化；所用的日期、时刻、方案版本和规则版本都在其中。 Computes the assessment by the plan's scheme and stores it for good as an official result that never changes, with the date, the moment, the scheme and the versions it was computed by.
// @Tags        assessment
// @ID          freezeAssessment
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan   path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       result body v1.FreezeAssessmentRequest true "标题与日期 · title and date"
// @Success     201 {object} v1.FrozenAssessment "正式结果 · the official result"
// @Failure     422 {object} v1.Problem "缺少标题或日期不正确 · without a title, or the date is invalid: required_field, invalid_value, invalid_date"
// @Router      /api/v1/plans/{plan}/assessments [post]
func (s *server) freezeAssessment(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.FreezeAssessmentRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	at, err := s.frozenMoment(req)
	if err != nil {
		return err
	}
	if err := s.turns.await(c, s.turns.summaries); err != nil {
		return err
	}
	plan := c.Param("plan")
	frozen, err := s.Oversight.FreezeAssessment(c.Request().Context(), plan, req.Title, at, func(a oversight.Assessed) ([]byte, error) {
		return json.Marshal(wireAssessment(a))
	})
	if err != nil {
		return tooLongToAssess(err)
	}
	c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("/api/v1/plans/%s/assessments/%d", plan, frozen.ID))
	return c.JSON(http.StatusCreated, wireFrozen(plan, frozen))
}

// frozenMoment reads the day and the moment of a request.
func (s *server) frozenMoment(req v1.FreezeAssessmentRequest) (at tracker.Moment, err error) {
	if req.On != "" {
		if at.On, err = indicator.ParseDate(req.On); err != nil {
			return at, fault.At(err, "/on")
		}
	}
	p := &params{values: map[string][]string{"as_of": {req.AsOf}}}
	at.AsOf = s.asOf(p)
	var f *fault.Fault
	if errors.As(p.err, &f) {
		return at, f.At("/as_of")
	}
	return at, p.err
}

// listFrozenAssessments
//
// @Summary     正式考核结果列表 · List official assessments
// @Description 已定稿的考核结果，新的在前。 The official results of a plan, the newest first.
// @Tags        assessment
// @ID          listFrozenAssessments
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.FrozenAssessmentPage "一页 · one page"
// @x-table   true
// @Router      /api/v1/plans/{plan}/assessments [get]
func (s *server) listFrozenAssessments(c echo.Context) error {
	p := query(c, append(tableParams, "limit", "cursor")...)
	as := p.shape(c, nil)
	page, plan := p.pageOf(as), c.Param("plan")
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.FrozenAssessmentHead]{
		name: "assessments", title: fault.Text{ZH: "正式考核结果", EN: "Official assessments"},
		read: pages(&page, func(ctx context.Context) ([]oversight.FrozenAssessment, int64, error) {
			return s.Oversight.FrozenAssessments(ctx, plan, page)
		}, func(f oversight.FrozenAssessment) v1.FrozenAssessmentHead { return wireFrozenHead(plan, f) }),
	})
}

// readFrozenAssessment
//
// @Summary     正式考核结果 · Read an official assessment
// @Description 定稿时的结果，字节不变。 The result as it was made official; the bytes never change.
// @Tags        assessment
// @ID          readFrozenAssessment
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       id   path string true "编号 · id" example(31)
// @Success     200 {object} v1.FrozenAssessment "正式结果 · the official result"
// @Router      /api/v1/plans/{plan}/assessments/{id} [get]
func (s *server) readFrozenAssessment(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	id, err := assessmentInPath(c)
	if err != nil {
		return err
	}
	frozen, err := s.Oversight.FrozenAssessment(c.Request().Context(), c.Param("plan"), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireFrozen(c.Param("plan"), frozen))
}

// readAssessmentDifference
//
// @Summary     若今日重算与正式结果之差 · What would be different now
// @Description 按当时的方案和评判日期、以现在已知的数据重算，列出得分、名次或等级不同的单位，以及定稿后记入的报告、更正、撤回等可能的原因。
// @Description
// @Description Computes the result again by the scheme and for the date of then, with what is known now: the agencies whose score, rank or grade is another, and what was recorded since that may be why, such as late reports, corrections and retractions.
// @Tags        assessment
// @ID          readAssessmentDifference
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       id   path string true "编号 · id" example(31)
// @Success     200 {object} v1.AssessmentDifference "差异 · the differences"
// @Router      /api/v1/plans/{plan}/assessments/{id}/difference [get]
func (s *server) readAssessmentDifference(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	id, err := assessmentInPath(c)
	if err != nil {
		return err
	}
	if err := s.turns.await(c, s.turns.summaries); err != nil {
		return err
	}
	d, err := s.Oversight.AssessmentDifference(c.Request().Context(), c.Param("plan"), id)
	if err != nil {
		return tooLongToAssess(err)
	}
	return c.JSON(http.StatusOK, wireDifference(c.Param("plan"), d))
}

// assessmentInPath is the id of a record of assessments in the path.
func assessmentInPath(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id < 1 || strings.HasPrefix(c.Param("id"), "+") {
		return 0, fault.Newf(fault.NotFound, "没有这个考核记录编号", "there is no record of an assessment with this id")
	}
	return id, nil
}
