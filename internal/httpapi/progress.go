package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// readProgress
//
// @Summary     指标的进度 · Read an indicator's progress
// @Description 某日的完成率、序时进度、差距与状态；`explain=true` 附计算依据。`on` 是评判日期，`as_of` 是当时已知的数据。
// @Description
// @Description Percent of target, pace, gap and status at a date; `explain=true` adds the working. `on` is the date judged, `as_of` the moment whose knowledge is used.
// @Tags        progress
// @ID          readProgress
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       code    path  string true  "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       explain query bool   false "附计算依据 · add the working" example(true)
// @Success     200 {object} v1.ProgressRow "进度 · the progress"
// @Router      /api/v1/indicators/{code}/progress [get]
func (s *server) readProgress(c echo.Context) error {
	p := query(c, "on", "as_of", "explain")
	at := tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	explain := p.flag("explain")
	if p.err != nil {
		return p.err
	}
	read := s.Service.Progress
	if explain {
		read = s.Service.ExplainedProgress
	}
	found, err := read(c.Request().Context(), c.Param("code"), at)
	if err != nil {
		return err
	}
	rows, err := s.Service.Rows(c.Request().Context(), []tracker.IndicatorProgress{found})
	if err != nil {
		return err
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(http.StatusOK, wireProgressRow(rows[0], lang, explain))
}

// listProgress
//
// @Summary     多个指标的进度 · Read the progress of many indicators
// @Description 只含已确认的指标，按计划、篇章、任务、单位、状态或文字筛选并排序，`sort=code` 按计划、任务在原文中的先后，同一任务内按编号；各页取同一日期、同一时刻的数据。
// @Description
// @Description Confirmed indicators, filtered by plan, section, task, agency, status or text, and sorted, by `sort=code` in the order of the plans and of their tasks and within a task by number; all pages share one date and one moment.
// @Tags        progress
// @ID          listProgress
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query indicator.Selection false "筛选 · selection"
// @Param       filter query progress.Filter false "按进度筛选 · selection by figures"
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       explain query bool   false "附计算依据 · add the working" example(false)
// @Param       compare_on query string false "附此日的进度（then），默认同 on · add the progress on this date as then, on by default" format(date) example(2023-06-30)
// @Param       compare_as_of query string false "附按此刻已知数据的进度（then），写法同 as_of，默认同 as_of · add the progress with what was known at this moment as then, written as as_of is, as_of by default" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       sort    query []string false "排序键，- 为从大到小，依次用于相同者，无值的在最后；status 以最差的在前，gap 为 due_gap，target 须有一个 unit · sort keys, - for the largest first, each among equals of those before it, undefined last; status has the worst first, gap is due_gap, target asks for one unit" Enums(code, -code, name, -name, percent, -percent, gap, -gap, target, -target, due_on, -due_on, days_left, -days_left, status, -status, last_report, -last_report, updated_at, -updated_at) collectionFormat(csv)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit   query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor  query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.ProgressPage "一页进度 · one page of progress"
// @Failure     422 {object} v1.Problem "没有这个计划、任务、指标、辖区、单位或计量单位 · there is no such plan, task, indicator, jurisdiction, agency or unit: unknown_plan, unknown_task, unknown_indicator, unknown_jurisdiction, unknown_agency, unknown_unit"
// @x-table   "sdmx"
// @Router      /api/v1/progress [get]
func (s *server) listProgress(c echo.Context) error {
	p, q := s.queryProgress(c, append(tableParams, "compare_on", "compare_as_of", "explain", "sort", "fields", "limit", "cursor")...)
	as := p.shape(c, progressStructure)
	q.Sort = sortKeys(p, progress.SortsBy, func(by progress.SortBy, down bool) progress.SortKey { return progress.SortKey{By: by, Down: down} })
	q.Explain = p.flag("explain")
	compare := s.compared(p)
	fields := fieldsOf[v1.ProgressRow](p)
	q.Limit = as.size(p.limit())
	p.progressCursor(&q)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), q.Query.Selection); err != nil {
		return err
	}
	lang := languageOf(c)
	profile := ""
	list := listing[v1.ProgressRow]{
		name: "progress", title: fault.Text{ZH: "指标进度", EN: "Progress of indicators"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.ProgressRow, next string, err error) {
			found, err := s.Service.ProgressPage(ctx, q)
			if err == nil && len(found.Items) == 0 && found.Next == nil && q.After == nil {
				err = s.checkNothing(ctx, q.Query.Selection)
			}
			if err != nil {
				return nil, "", err
			}
			if len(found.Items) > 0 {
				profile = strconv.Itoa(found.Items[0].Profile)
			}
			if found.Next != nil {
				next = progressState(*found.Next, found.At, q.Sort)
			}
			q.At, q.Settled, q.After = found.At, true, found.Next // all pages are of the moment of the first
			then, err := compare.of(ctx, found)
			if err != nil {
				return nil, "", err
			}
			described, err := s.Service.Rows(ctx, found.Items)
			return each(described, func(p tracker.ProgressRow) v1.ProgressRow {
				row := wireProgressRow(p, lang, q.Explain)
				if known, has := then[row.Indicator]; has {
					row.Then = wireThen(known, lang)
				}
				return row
			}), next, err
		},
		about: func() tabular.About {
			about := momentOf(q.At)
			about.Profile = profile
			return about
		},
	}
	if q.Explain {
		list.optional = append(list.optional, "explain")
	}
	if compare != nil {
		list.optional = append(list.optional, "then")
	}
	return answerRows(s, c, as, list)
}

// comparing is what rows are compared to; nil where they are not.
type comparing struct {
	service *tracker.Service
	at      tracker.Moment
	// sameOn and sameAsOf say that the date and the knowledge are those of the rows.
	sameOn, sameAsOf bool
}

func (s *server) compared(p *params) *comparing {
	c := &comparing{service: s.Service, sameOn: p.text("compare_on") == "", sameAsOf: p.text("compare_as_of") == ""}
	if c.sameOn && c.sameAsOf {
		return nil
	}
	c.at = tracker.Moment{On: p.date("compare_on"), AsOf: s.knownAt(p, "compare_as_of")}
	return c
}

// of is what the rows of a page are compared to, by code. All pages are compared to the moment
// that the first one settles.
func (c *comparing) of(ctx context.Context, page tracker.ProgressPage) (map[string]tracker.IndicatorProgress, error) {
	if c == nil {
		return nil, nil
	}
	if c.sameOn {
		c.at.On = page.At.On
	}
	if c.sameAsOf {
		c.at.AsOf = page.At.AsOf
	}
	compared, err := c.service.Compare(ctx, page.Items, c.at)
	c.at = compared.At
	return compared.Then, err
}

func wireThen(p tracker.IndicatorProgress, lang string) *v1.ThenProgress {
	r := p.Result
	return &v1.ThenProgress{
		On: r.On.String(), AsOf: moment(p.AsOf), Target: wireTarget(p.Indicator.Target), Actual: quantityOrNull(r.Actual, r.Unit.String()),
		Percent: numberOrNull(r.Percent), Pace: v1.Number(r.Pace.String()), DueGap: numberOrNull(r.DueGap),
		Status: string(r.Status), Label: r.Label.In(lang),
	}
}

// momentOf says of which moment rows are.
func momentOf(at tracker.Moment) tabular.About {
	return tabular.About{On: at.On.String(), AsOf: moment(at.AsOf)}
}

// queryProgress reads what selects the progress of many indicators, at a moment.
func (s *server) queryProgress(c echo.Context, others ...string) (*params, tracker.ProgressQuery) {
	var q tracker.ProgressQuery
	p := querySelecting(c, []any{&q.Query.Selection, &q.Filter}, append([]string{"on", "as_of"}, others...)...)
	q.At = tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	return p, q
}
