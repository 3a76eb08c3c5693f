package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// TemplateReader is what the template of an agency needs of the store.
type TemplateReader interface {
	// AgenciesNamed takes a jurisdiction, or "" for all.
	AgenciesNamed(ctx context.Context, jurisdiction, name string) ([]indicator.Acting, error)
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// Current returns by indicator the newest reports of every period and basis.
	Current(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error)
}

// readTemplate
//
// @Summary     单位填报模板 · An agency's workbook to fill in
// @Description 该单位牵头或参与的指标，每行一个，报告期、计量单位、口径、来源编号已填好（报告期长短和口径依最近一期实绩，尚无实绩的依指标），并列出上次实绩；没有数据的选缺失标记并写明原因，初步数可注明；填上实绩后原样发送到 /measurements/batch；未填的行不计，同一文件重发不重复计。
// @Description
// @Description One row for each indicator that the agency leads or takes part in, with period, unit, basis and source_id filled in (length of the period and basis as the latest report has them, else as the indicator does), and what was reported last; there are columns for why a figure is missing and whether it is provisional. Fill in the values and post the file as it is to /measurements/batch; rows without a value are passed over, and the same file sent again is unchanged.
// @Tags        agencies
// @ID          readTemplate
// @Security    BearerAuth
// @Produce     application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/problem+json
// @Param       agency path  string true  "单位名称 · name of the agency" example(市工信局)
// @Param       plan   query string false "计划代码 · plan code" example(qingzhou-2023)
// @Param       jurisdiction query string false "辖区；同名单位在几个辖区都有、又不是本密钥的单位时须写明 · jurisdiction, where several have an agency of the name and none of them is the key's" example(青州市)
// @Param       on     query string false "填报此日之前最后一个完整报告期，默认今天 · report the last whole period before this day, by default today" format(date)
// @Success     200 {file} file "工作簿 · the workbook"
// @Failure     404 {object} v1.Problem "该单位没有指标 · the agency has no indicator: not_found"
// @Failure     422 {object} v1.Problem "同名单位在几个辖区都有 · several jurisdictions have an agency of the name: ambiguous_agency"
// @Router      /api/v1/agencies/{agency}/template.xlsx [get]
func (s *server) readTemplate(c echo.Context) error {
	p := query(c, "plan", "jurisdiction", "on")
	q := indicator.Query{Selection: indicator.Selection{Plans: indicator.Only(p.text("plan")), Jurisdictions: indicator.Only(p.text("jurisdiction"))}, States: []indicator.State{indicator.Confirmed}}
	on := p.date("on")
	if p.err != nil {
		return p.err
	}
	agency := c.Param("agency")
	if on.IsZero() {
		on = s.Service.Today()
	}
	ins, acting, err := s.ofOneAgency(c.Request().Context(), agency, p.text("jurisdiction"), q)
	if err != nil {
		return err
	}
	if len(ins) == 0 {
		return fault.Newf(fault.NotFound, "没有单位“%s”的指标", "there is no indicator of the agency %q", agency)
	}
	reports, err := s.templates.Current(c.Request().Context(), each(ins, func(in indicator.Indicator) string { return in.Code }), time.Time{})
	if err != nil {
		return err
	}
	form := intake.Form{Agency: agency, AgencyID: acting.ID, Lines: make([]intake.Line, len(ins))}
	for i, in := range ins {
		form.Lines[i] = lineFor(in, reports[in.Code], on)
		if in.LedBy(acting.AnswersFor) {
			form.Lines[i].Role = indicator.Lead
		}
	}
	var file bytes.Buffer
	if err := intake.WriteTemplate(&file, form, languageOf(c)); err != nil {
		return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, "attachment; filename=template.xlsx; filename*=UTF-8''"+url.PathEscape(agency+".xlsx"))
	return c.Blob(http.StatusOK, intake.Workbook, file.Bytes())
}

// ofOneAgency lists the indicators of the agency that a name means, with the agency: the
// caller's own where it has one of that name. It fails with
// fault.AmbiguousAgency at "jurisdiction" where several that have the name have indicators.
func (s *server) ofOneAgency(ctx context.Context, name, jurisdiction string, q indicator.Query) (ins []indicator.Indicator, acting indicator.Acting, err error) {
	named, err := s.templates.AgenciesNamed(ctx, jurisdiction, name)
	if err != nil {
		return nil, acting, err
	}
	caller, _ := access.From(ctx)
	if own := slices.DeleteFunc(slices.Clone(named), func(a indicator.Acting) bool {
		return !slices.ContainsFunc(caller.Acting, func(mine indicator.Acting) bool { return mine.ID == a.ID })
	}); len(own) > 0 {
		named = own
	}
	var places []string
	for _, a := range named {
		q.AgencyIDs = append([]int64{}, a.AnswersFor...)
		of, _, err := s.templates.Indicators(ctx, access.Visibility(ctx), q)
		if err != nil {
			return nil, acting, err
		}
		if len(of) > 0 {
			ins, acting = of, a
			places = append(places, a.Jurisdiction)
		}
		if len(places) > indicator.MostShown {
			break
		}
	}
	if len(places) < 2 {
		return ins, acting, nil
	}
	return nil, acting, indicator.AmbiguousAgency(name, places).At("jurisdiction")
}

// lineFor is what is to be reported of an indicator on a day: the last whole period,
// as long and on the basis that its latest figure has, so that what is filled in
// goes on from what there is. Without a figure the indicator itself says both.
func lineFor(in indicator.Indicator, reports []indicator.Measurement, on indicator.Date) intake.Line {
	l := intake.Line{Indicator: in, Role: indicator.Participating, Basis: in.DefaultBasis}
	frequency := in.Frequency
	for i, m := range reports {
		if !m.IsFigure() {
			continue
		}
		if l.Last == nil || m.Period.End().After(l.Last.Period.End()) || m.Period.End() == l.Last.Period.End() && m.ID > l.Last.ID {
			l.Last = &reports[i]
		}
	}
	if l.Last != nil {
		frequency, l.Basis = l.Last.Period.Frequency(), l.Last.Basis
	}
	l.Period = lastWhole(in, frequency, on)
	return l
}

// lastWhole is the last period of an indicator that has ended before a day,
// within its term; the first one when none has.
func lastWhole(in indicator.Indicator, frequency indicator.Frequency, on indicator.Date) indicator.Period {
	if on.After(in.TermEndsOn) {
		on = in.TermEndsOn.AddDays(1)
	}
	p := indicator.PeriodOf(frequency, on)
	if !p.End().Before(on) {
		p = indicator.PeriodOf(frequency, p.Start().AddDays(-1))
	}
	if p.Start().Before(in.StartsOn) {
		p = indicator.PeriodOf(frequency, in.StartsOn)
	}
	return p
}
