package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/projection"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// spans are the parameters that say which part of a series is wanted.
var spans = []string{"from", "to", "step", "projection", "on", "as_of"}

func (s *server) seriesAsked(p *params) (tracker.SeriesAsked, tracker.Moment) {
	asked := tracker.SeriesAsked{
		From: p.date("from"), To: p.date("to"), Step: word(p, "step", indicator.Frequencies), Projected: p.flag("projection"),
	}
	if !asked.To.IsZero() && asked.To.Before(asked.From) {
		p.fail("to", "to 不能早于 from", "to must not be before from")
	}
	return asked, tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
}

// readSeries
//
// @Summary     指标的分期数据与推算 · Read an indicator's series and projection
// @Description 计划期内逐期列出：报送值（最新修订）、当期值、累计实际值、完成率、序时进度、差距、状态、上年同期；没有报送的报告期也列出。`projection=true` 附到期推算：方法、80% 区间、预计达标日期，或不作推算的原因。一次最多 400 期。
// @Description
// @Description Period by period of the term: what was reported (newest revisions), what the period comes to, the running value, percent, pace, gap, status, the same period of the year before; periods without a report are there too. `projection=true` adds where it will stand on the due date: the method, an 80% range, the date of attainment, or why that cannot be said. At most 400 periods in one answer.
// @Tags        progress
// @ID          readSeries
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       code    path  string true  "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Param       from    query string false "只含与此日及以后有交集的报告期 · only periods that reach this day" format(date) example(2023-01-01)
// @Param       to      query string false "只含此日及以前开始的报告期 · only periods that begin by this day" format(date) example(2023-12-31)
// @Param       step    query string false "期长，默认且不短于指标的报送频率 · length of the periods; the indicator's frequency by default and at least" extensions(x-words=indicator.Frequency) example(month)
// @Param       projection query bool false "附到期推算 · add the projection" example(true)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.Series "分期数据 · the series"
// @Failure     400 {object} v1.Problem "查询参数不正确，或期数过多 · a parameter is wrong, or the periods are too many: invalid_parameter, selection_too_large"
// @x-table   "sdmx"
// @Router      /api/v1/indicators/{code}/series [get]
func (s *server) readSeries(c echo.Context) error {
	p := query(c, append(tableParams, spans...)...)
	as := p.shape(c, seriesStructure)
	asked, at := s.seriesAsked(p)
	if p.err != nil {
		return p.err
	}
	found, err := s.Service.Series(c.Request().Context(), c.Param("code"), asked, at)
	if err != nil {
		return err
	}
	lang := languageOf(c)
	if as.table == "" {
		markLanguage(c, lang)
		return c.JSON(http.StatusOK, wireSeries(found, lang))
	}
	return answerRows(s, c, as, seriesTable(lang, nil, func(context.Context) ([]v1.Series, string, error) {
		return []v1.Series{wireSeries(found, lang)}, "", nil
	}))
}

// listSeries
//
// @Summary     多个指标的分期数据 · Read the series of many indicators
// @Description 只含已确认的指标，按代码（`indicator` 可重复或以逗号分隔）、计划、篇章、任务、单位或文字选取，按计划、任务在原文中的先后；各页取同一日期、同一时刻的数据。一页最多 2000 期，一个指标最多 400 期。
// @Description
// @Description Confirmed indicators, by code (`indicator` may be repeated, or hold several separated by commas), plan, section, task, agency or text, in the order of the plans and of their tasks; all pages share one date and one moment. At most 2000 periods a page, and 400 of one indicator.
// @Tags        progress
// @ID          listSeries
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query indicator.Selection false "筛选 · selection"
// @Param       from    query string false "只含与此日及以后有交集的报告期 · only periods that reach this day" format(date) example(2023-01-01)
// @Param       to      query string false "只含此日及以前开始的报告期 · only periods that begin by this day" format(date) example(2023-12-31)
// @Param       step    query string false "期长，默认且不短于指标的报送频率 · length of the periods; the indicator's frequency by default and at least" extensions(x-words=indicator.Frequency) example(quarter)
// @Param       projection query bool false "附到期推算 · add the projection" example(false)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit   query int    false "每页指标数，最大 500 · indicators a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor  query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.SeriesPage "一页分期数据 · one page of series"
// @Failure     400 {object} v1.Problem "查询参数不正确，或期数过多 · a parameter is wrong, or the periods are too many: invalid_parameter, selection_too_large"
// @Failure     422 {object} v1.Problem "没有这个计划、任务、指标、辖区、单位或计量单位 · there is no such plan, task, indicator, jurisdiction, agency or unit: unknown_plan, unknown_task, unknown_indicator, unknown_jurisdiction, unknown_agency, unknown_unit"
// @x-table   "sdmx"
// @Router      /api/v1/series [get]
func (s *server) listSeries(c echo.Context) error {
	var q tracker.ProgressQuery
	p := querySelecting(c, []any{&q.Query.Selection}, slices.Concat(tableParams, []string{"fields", "limit", "cursor"}, spans)...)
	as := p.shape(c, seriesStructure)
	var asked tracker.SeriesAsked
	asked, q.At = s.seriesAsked(p)
	q.Limit = as.size(p.limit())
	p.progressCursor(&q)
	var fields fieldSet
	if as.table == "" {
		fields = fieldsOf[v1.Series](p)
	} else {
		fields = fieldsOf[v1.SeriesRow](p)
	}
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), q.Query.Selection); err != nil {
		return err
	}
	lang := languageOf(c)
	read := func(ctx context.Context) (series []v1.Series, next string, err error) {
		found, err := s.Service.SeriesOfMany(ctx, q, asked)
		if err == nil && len(found.Items) == 0 && q.After == nil {
			err = s.checkNothing(ctx, q.Query.Selection)
		}
		if err != nil {
			return nil, "", err
		}
		if found.Next != nil {
			next = progressState(*found.Next, found.At, nil)
		}
		q.At, q.Settled, q.After = found.At, true, found.Next // all pages are of the moment of the first
		return each(found.Items, func(x tracker.IndicatorSeries) v1.Series { return wireSeries(x, lang) }), next, nil
	}
	if as.table == "" {
		return answerRows(s, c, as, listing[v1.Series]{read: read, fields: fields, language: lang})
	}
	return answerRows(s, c, as, seriesTable(lang, fields, read))
}

// seriesTable are the periods of series as rows of a table.
func seriesTable(lang string, fields fieldSet, read func(context.Context) ([]v1.Series, string, error)) listing[v1.SeriesRow] {
	var first v1.Series
	return listing[v1.SeriesRow]{
		name: "series", title: fault.Text{ZH: "指标分期数据", EN: "Series of indicators"}, fields: fields, language: lang,
		read: func(ctx context.Context) ([]v1.SeriesRow, string, error) {
			all, next, err := read(ctx)
			if err != nil {
				return nil, "", err
			}
			if first.On == "" && len(all) > 0 {
				first = all[0]
			}
			var rows []v1.SeriesRow
			for _, x := range all {
				for _, period := range x.Periods {
					rows = append(rows, v1.SeriesRow{Indicator: x.Indicator, Name: x.Name, Kind: x.Kind, Step: x.Step, Target: x.Target, DueOn: x.DueOn, SeriesPeriod: period})
				}
			}
			return rows, next, nil
		},
		about: func() tabular.About {
			return tabular.About{On: first.On, AsOf: first.AsOf, Profile: strconv.Itoa(first.ProfileVersion)}
		},
	}
}

func wireSeries(x tracker.IndicatorSeries, lang string) v1.Series {
	in := x.Indicator
	w := v1.Series{
		Indicator: in.Code, Name: in.Name, Kind: string(in.Kind), On: x.At.On.String(), AsOf: moment(x.At.AsOf),
		Rules: progress.Rules, ProfileVersion: x.Profile, Step: string(x.Step),
		Target: wireTarget(in.Target), Baseline: quantityOrNull(in.Baseline, in.Target.Unit.String()), DueOn: in.DueOn.String(),
		Periods: each(x.Periods, func(p tracker.SeriesPeriod) v1.SeriesPeriod { return wireSeriesPeriod(p, x.Unit, lang) }),
	}
	if x.Projection != nil {
		w.Projection = wireProjection(*x.Projection, lang)
	}
	return w
}

func wireSeriesPeriod(p tracker.SeriesPeriod, unit quantity.Unit, lang string) v1.SeriesPeriod {
	r := p.Progress
	w := v1.SeriesPeriod{
		Period: p.Period.Period.String(), On: r.On.String(), Over: p.Over, Reports: each(p.Reports, wireSeriesReport),
		Amount: quantityOrNull(progress.Written(p.Amount), unit.String()), Revisions: p.Revisions(), Revised: p.Revisions() > 0,
		Actual: quantityOrNull(r.Actual, r.Unit.String()), Percent: numberOrNull(r.Percent), Pace: v1.Number(r.Pace.String()),
		Gap: numberOrNull(r.Gap), AmountDue: quantityOrNull(r.AmountDue, r.Unit.String()), DueGap: numberOrNull(r.DueGap),
		Status: string(r.Status), Label: r.Label.In(lang), Color: r.Color, Reason: wordOrNull(r.Reason),
		ReportMissing: r.ReportMissing, Provisional: r.Provisional,
	}
	if y := p.YearAgo; y != nil {
		w.YearAgo = &v1.YearAgo{
			Period: y.Period.Period.String(), Amount: *quantityOrNull(progress.Written(y.Amount), unit.String()),
			Change: numberOrNull(y.Change), ChangeIn: "percent",
		}
		if y.Points {
			w.YearAgo.ChangeIn = "points"
		}
	}
	return w
}

func wireSeriesReport(m indicator.Measurement) v1.SeriesReport {
	w := v1.SeriesReport{
		ID: strconv.FormatInt(m.ID, 10), Period: m.Period.String(), Basis: string(m.Basis), Unit: m.Unit.String(),
		Missing: wordOrNull(m.Missing), Provisional: m.Provisional, Revision: m.Revision,
	}
	if m.IsFigure() {
		w.Value = numberOrNull(&m.Value)
	}
	return w
}

func wireProjection(x projection.Projection, lang string) *v1.Projection {
	w := &v1.Projection{DueOn: x.Deadline.String(), RangePercent: projection.Percentage, AttainedOn: dateOrNull(x.AttainedOn)}
	if x.Refused != "" {
		w.Refused, w.Text = wordOrNull(x.Refused), x.Why.In(lang)
		return w
	}
	value := func(v projection.Value) *v1.ProjectedValue {
		return &v1.ProjectedValue{Value: v1.Number(v.Value.String()), Unit: x.Unit.String(), Percent: numberOrNull(v.Percent)}
	}
	w.Method, w.Low, w.Expected, w.High = wordOrNull(x.Method), value(x.Low), value(x.Expected), value(x.High)
	w.From, w.To = textOrNull(x.From.String()), textOrNull(x.To.String())
	w.PeriodsUsed, w.PeriodsAhead, w.Text = x.Periods, x.Remaining, x.Basis.In(lang)
	return w
}
