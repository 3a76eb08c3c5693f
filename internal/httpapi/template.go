package httpapi

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// readTemplate
//
// @Summary     单位填报模板 · An agency's workbook to fill in
// @Description 该单位牵头或参与的指标，每行一个，报告期、计量单位、口径已填好，填上实绩后原样发送到 /measurements/batch；未填的行不计。
// @Description
// @Description One row for each indicator that the agency leads or takes part in, with period, unit and basis filled in. Fill in the values and post the file as it is to /measurements/batch; rows without a value are passed over.
// @Tags        agencies
// @ID          readTemplate
// @Security    BearerAuth
// @Produce     application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/problem+json
// @Param       agency path  string true  "单位名称 · name of the agency" example(市工信局)
// @Param       plan   query string false "计划代码 · plan code" example(qingzhou-2023)
// @Param       on     query string false "填报此日之前最后一个完整报告期，默认今天 · report the last whole period before this day, by default today" format(date)
// @Success     200 {file} file "工作簿 · the workbook"
// @Failure     404 {object} v1.Problem "该单位没有指标 · the agency has no indicator: not_found"
// @Router      /api/v1/agencies/{agency}/template.xlsx [get]
func (s *server) readTemplate(c echo.Context) error {
	p := query(c, "plan", "on")
	plan, on := p.text("plan"), p.date("on")
	if p.err != nil {
		return p.err
	}
	agency, err := url.PathUnescape(c.Param("agency"))
	if err != nil {
		agency = c.Param("agency")
	}
	if on.IsZero() {
		on = s.Service.Today()
	}
	ins, _, err := s.Reader.Indicators(c.Request().Context(), access.Sight(c.Request().Context()), indicator.Query{Plan: plan, Agency: agency, States: []indicator.State{indicator.Confirmed}})
	if err != nil {
		return err
	}
	if len(ins) == 0 {
		return fault.Newf(fault.NotFound, "没有单位“%s”的指标", "there is no indicator of the agency %q", agency)
	}
	lines := make([]intake.Line, len(ins))
	for i, in := range ins {
		lines[i] = intake.Line{Indicator: in, Role: indicator.Participating, Period: lastWhole(in, on)}
		if slices.Contains(in.LeadAgencies, agency) {
			lines[i].Role = indicator.Lead
		}
	}
	var file bytes.Buffer
	if err := intake.WriteTemplate(&file, lines, languageOf(c)); err != nil {
		return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, "attachment; filename=template.xlsx; filename*=UTF-8''"+url.PathEscape(agency+".xlsx"))
	return c.Blob(http.StatusOK, intake.Workbook, file.Bytes())
}

// lastWhole is the last period of an indicator that has ended before a day,
// within its term; the first one when none has.
func lastWhole(in indicator.Indicator, on indicator.Date) indicator.Period {
	if on.After(in.TermEndsOn) {
		on = in.TermEndsOn.AddDays(1)
	}
	p := indicator.PeriodOf(in.Frequency, on)
	if !p.End().Before(on) {
		p = indicator.PeriodOf(in.Frequency, p.Start().AddDays(-1))
	}
	if p.Start().Before(in.StartsOn) {
		p = indicator.PeriodOf(in.Frequency, in.StartsOn)
	}
	return p
}
