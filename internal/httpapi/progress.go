package httpapi

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
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
// @Param       as_of   query string false "按此刻已知的数据 · with what was known at this moment" format(date-time)
// @Param       explain query bool   false "附计算依据 · add the working" example(true)
// @Success     200 {object} v1.ProgressRow "进度 · the progress"
// @Router      /api/v1/indicators/{code}/progress [get]
func (s *server) readProgress(c echo.Context) error {
	p := query(c, "on", "as_of", "explain")
	at := tracker.Moment{On: p.date("on"), AsOf: p.asOf()}
	explain := p.flag("explain")
	if p.err != nil {
		return p.err
	}
	found, err := s.Service.Progress(c.Request().Context(), c.Param("code"), at)
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
// @Param       as_of   query string false "按此刻已知的数据 · with what was known at this moment" format(date-time)
// @Param       explain query bool   false "附计算依据 · add the working" example(false)
// @Param       sort    query []string false "排序键，- 为从大到小，依次用于相同者，无值的在最后；status 以最差的在前，gap 为 due_gap · sort keys, - for the largest first, each among equals of those before it, undefined last; status has the worst first, gap is due_gap" Enums(code, -code, name, -name, percent, -percent, gap, -gap, due_on, -due_on, days_left, -days_left, status, -status, last_report, -last_report, updated_at, -updated_at) collectionFormat(csv)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit   query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor  query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.ProgressPage "一页进度 · one page of progress"
// @Failure     422 {object} v1.Problem "没有这个计划、任务、指标、辖区、单位或计量单位 · there is no such plan, task, indicator, jurisdiction, agency or unit: unknown_plan, unknown_task, unknown_indicator, unknown_jurisdiction, unknown_agency, unknown_unit"
// @x-table   "sdmx"
// @Router      /api/v1/progress [get]
func (s *server) listProgress(c echo.Context) error {
	p, q := queryProgress(c, append(tableParams, "explain", "sort", "fields", "limit", "cursor")...)
	as := p.shape(c, progressStructure)
	q.Sort = sortKeys(p, tracker.SortFigures, func(by tracker.SortBy, down bool) tracker.SortKey { return tracker.SortKey{By: by, Down: down} })
	explain, fields, limit := p.flag("explain"), fieldsOf[v1.ProgressRow](p), as.size(p.limit())
	from := p.progressCursor(&q)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), q.Query.Selection); err != nil {
		return err
	}
	if err := s.awaitReading(c, q.Query.Plans); err != nil {
		return err
	}
	found, err := s.Service.ProgressOfMany(c.Request().Context(), q)
	if err != nil {
		return err
	}
	if len(found.Items) == 0 {
		if err := s.checkNothing(c.Request().Context(), q.Query.Selection); err != nil {
			return err
		}
	}
	lang := languageOf(c)
	list := listing[v1.ProgressRow]{
		name: "progress", title: fault.Text{ZH: "指标进度", EN: "Progress of indicators"}, fields: fields, language: lang,
		read: func(ctx context.Context) (rows []v1.ProgressRow, next string, err error) {
			from = min(from, len(found.Items))
			to := min(from+limit, len(found.Items))
			described, err := s.Service.Rows(ctx, found.Items[from:to])
			if err != nil {
				return nil, "", err
			}
			if from = to; to < len(found.Items) {
				next = progressState(to, found.At)
			}
			return each(described, func(p tracker.ProgressRow) v1.ProgressRow { return wireProgressRow(p, lang, explain) }), next, nil
		},
		about: func() tabular.About {
			about := momentOf(found.At)
			if len(found.Items) > 0 {
				about.Profile = strconv.Itoa(found.Items[0].Profile)
			}
			return about
		},
	}
	if explain {
		list.optional = []string{"explain"}
	}
	return answerRows(s, c, as, list)
}

// momentOf says of which moment rows are.
func momentOf(at tracker.Moment) tabular.About {
	return tabular.About{On: at.On.String(), AsOf: moment(at.AsOf)}
}

// queryProgress reads what selects the progress of many indicators, at a moment.
func queryProgress(c echo.Context, others ...string) (*params, tracker.ProgressQuery) {
	var q tracker.ProgressQuery
	p := querySelecting(c, []any{&q.Query.Selection, &q.Filter}, append([]string{"on", "as_of"}, others...)...)
	q.At = tracker.Moment{On: p.date("on"), AsOf: p.asOf()}
	return p, q
}

// A cursor of progress holds how far the reader is and the settled moment: the
// same moment reproduces the same list, so pages neither skip nor repeat while
// reports come in.
func progressState(from int, at tracker.Moment) string {
	return strconv.Itoa(from) + " " + at.On.String() + " " + at.AsOf.UTC().Format(time.RFC3339Nano)
}

func (p *params) progressCursor(q *tracker.ProgressQuery) (from int) {
	cursor := p.text("cursor")
	if cursor == "" {
		return 0
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), " ")
	if err != nil || len(parts) != 3 {
		p.badCursor()
		return 0
	}
	from, errFrom := strconv.Atoi(parts[0])
	on, errOn := indicator.ParseDate(parts[1])
	asOf, errAsOf := time.Parse(time.RFC3339Nano, parts[2])
	if errFrom != nil || errOn != nil || errAsOf != nil || from < 1 || !isModern(asOf) {
		p.badCursor()
		return 0
	}
	q.At, q.Settled = tracker.Moment{On: on, AsOf: asOf}, true
	return from
}
