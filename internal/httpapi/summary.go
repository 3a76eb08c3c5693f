package httpapi

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// readPlanSummary
//
// @Summary     计划的进度汇总 · Summarise a plan's progress
// @Description 按篇章、单位、任务、状态等分组计数，给出封顶完成率的均值；联合承担的指标在各单位都计一次。合计、筛选和两维分组见 `GET /summary`。
// @Description
// @Description Counts indicators by section, agency, task, status and the like, with the mean of the capped percents; an indicator of several agencies counts for each. `GET /summary` has totals, filters and two groupings at once.
// @Tags        plans
// @ID          readPlanSummary
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan     path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       group_by query string false "分组 · grouping" extensions(x-words=tracker.Grouping) default(section) example(section)
// @Param       on       query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of    query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.Summary "汇总 · the summary"
// @Failure     400 {object} v1.Problem "参数不正确，或分组过多 · a parameter is invalid, or there would be too many groups: invalid_parameter, selection_too_large"
// @x-table   true
// @Router      /api/v1/plans/{plan}/summary [get]
func (s *server) readPlanSummary(c echo.Context) error {
	p := query(c, append(tableParams, "group_by", "on", "as_of")...)
	as := p.shape(c, nil)
	by := word(p, "group_by", tracker.Groupings)
	code := c.Param("plan")
	q := tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: indicator.Only(code)}}, At: tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}}
	if p.err != nil {
		return p.err
	}
	if by == "" {
		by = tracker.BySection
	}
	summary, err := s.summarise(c, q, nil, by)
	if err != nil {
		return err
	}
	if summary.Total.Count == 0 {
		if _, err := s.Reader.Plan(c.Request().Context(), code); err != nil {
			return err
		}
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	groups := each(summary.Groups, func(g tracker.Group) v1.SummaryGroup {
		return v1.SummaryGroup{Key: g.Keys[0].Value, Label: g.Keys[0].Label.In(lang), SummaryCounts: wireCounts(g.Counts)}
	})
	return answerRows(s, c, as, listing[v1.PlanSummaryRow]{
		name: "summary", title: fault.Text{ZH: "进度汇总", EN: "Summary of progress"},
		read: func(context.Context) ([]v1.PlanSummaryRow, string, error) {
			return each(groups, func(g v1.SummaryGroup) v1.PlanSummaryRow {
				return v1.PlanSummaryRow{Plan: code, GroupBy: string(by), SummaryGroup: g}
			}), "", nil
		},
		page: func([]v1.PlanSummaryRow, *string) any {
			return v1.Summary{Plan: code, On: summary.At.On.String(), AsOf: moment(summary.At.AsOf), GroupBy: string(by), Groups: groups}
		},
		about: func() tabular.About { return momentOf(summary.At) },
	})
}

// readSummary
//
// @Summary     进度汇总 · Summarise progress
// @Description 对任意范围内已确认的指标，按计划、篇章、单位、角色、任务、类型、状态、完成时限所在月份中的一至两维分组（不写则只有合计）：各状态的个数、已满一个报告期与最新期已报的个数、两种均值及其个数、差距最大的五个。按单位或角色分组时，联合承担的指标在各单位都计一次，合计只计一次（`counted_once`）；指明 `agency` 时，角色指该单位的角色。分组最多 2000 个，超过则 400 `selection_too_large`。
// @Description
// @Description Of the confirmed indicators of any selection, by one or two of plan, section, agency, role, task, kind, status and month of the due date (left out: the total only): counts by status, of how many a period is over and the last one reported, both means and what they are over, the five furthest behind. By agency or role an indicator of several agencies counts in the groups of each, and once in the total (`counted_once`); with `agency`, a role is that of this agency. There are at most 2000 groups, else it is 400 `selection_too_large`.
// @Tags        progress
// @ID          readSummary
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       group_by query []string false "分组，一至两个不同的维度，以逗号分隔 · one or two different groupings, separated by commas" extensions(x-words=tracker.Grouping) collectionFormat(csv)
// @Param       selection query indicator.Selection false "筛选 · selection"
// @Param       filter query progress.Filter false "按进度筛选 · selection by figures"
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       sort query []string false "组的排序键，- 为从大到小，依次用于相同者，无值的在最后；两维分组时在第一维的每一组内排序。gap 为组内最小的 due_gap，percent 为 mean_percent · sort keys of the groups, - for the largest first, each among equals of those before it, undefined last; with two groupings, within each key of the first. gap is the least due_gap in the group, percent is mean_percent" Enums(gap, -gap, percent, -percent, count, -count) collectionFormat(csv)
// @Success     200 {object} v1.SelectionSummary "汇总 · the summary"
// @Failure     400 {object} v1.Problem "参数不正确，或分组过多 · a parameter is invalid, or there would be too many groups: invalid_parameter, selection_too_large"
// @Failure     422 {object} v1.Problem "没有这个计划、任务、指标、辖区、单位或计量单位 · there is no such plan, task, indicator, jurisdiction, agency or unit: unknown_plan, unknown_task, unknown_indicator, unknown_jurisdiction, unknown_agency, unknown_unit"
// @x-table   true
// @Router      /api/v1/summary [get]
func (s *server) readSummary(c echo.Context) error {
	p, q := s.queryProgress(c, append(tableParams, "group_by", "sort")...)
	as := p.shape(c, nil)
	by := p.groupings()
	order := sortKeys(p, tracker.GroupSortsBy, func(by tracker.GroupSortBy, down bool) tracker.GroupSort {
		return tracker.GroupSort{By: by, Down: down}
	})
	if len(order) > 0 && len(by) == 0 {
		p.fail("sort", "没有分组（group_by），无从排序", "without group_by there are no groups to sort")
	}
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), q.Query.Selection); err != nil {
		return err
	}
	summary, err := s.summarise(c, q, order, by...)
	if err != nil {
		return err
	}
	if summary.Total.Count == 0 {
		if err := s.checkNothing(c.Request().Context(), q.Query.Selection); err != nil {
			return err
		}
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	answer := v1.SelectionSummary{
		On: summary.At.On.String(), AsOf: moment(summary.At.AsOf), ProfileVersion: summary.Profile, Rules: progress.Rules,
		GroupBy: each(by, func(g tracker.Grouping) string { return string(g) }), Total: wireFigures(summary.Total, lang),
		CountedOnce: tracker.CountsOnce(by...), Ungrouped: summary.Ungrouped,
		Groups: each(summary.Groups, func(g tracker.Group) v1.FiguresGroup {
			return v1.FiguresGroup{
				Keys: each(g.Keys, func(k tracker.Key) v1.GroupKey {
					return v1.GroupKey{Key: k.Value, Label: k.Label.In(lang), Plan: k.Plan, Jurisdiction: k.Jurisdiction}
				}),
				SummaryFigures: wireFigures(g.Counts, lang),
			}
		}),
	}
	return answerRows(s, c, as, listing[v1.SummaryRow]{
		name: "summary", title: fault.Text{ZH: "进度汇总", EN: "Summary of progress"},
		read: func(context.Context) ([]v1.SummaryRow, string, error) { return summaryRows(answer), "", nil },
		page: func([]v1.SummaryRow, *string) any { return answer },
		about: func() tabular.About {
			return tabular.About{On: answer.On, AsOf: answer.AsOf, Profile: strconv.Itoa(answer.ProfileVersion)}
		},
	})
}

// summaryRows are the groups of a summary, or its total where nothing is grouped.
func summaryRows(of v1.SelectionSummary) []v1.SummaryRow {
	if len(of.GroupBy) == 0 {
		return []v1.SummaryRow{{SummaryFigures: of.Total}}
	}
	return each(of.Groups, func(g v1.FiguresGroup) v1.SummaryRow {
		row := v1.SummaryRow{Key: g.Keys[0].Key, Label: g.Keys[0].Label, SummaryFigures: g.SummaryFigures}
		if len(g.Keys) > 1 {
			row.SecondKey, row.SecondLabel = g.Keys[1].Key, g.Keys[1].Label
		}
		for _, k := range g.Keys {
			row.Plan, row.Jurisdiction = cmp.Or(row.Plan, k.Plan), cmp.Or(row.Jurisdiction, k.Jurisdiction)
		}
		return row
	})
}

// groupings reads the dimensions of a summary.
func (p *params) groupings() (by []tracker.Grouping) {
	for _, w := range p.words("group_by") {
		g, err := indicator.ParseWord(w, tracker.Groupings)
		p.keep("group_by", err)
		by = append(by, g)
	}
	return by
}

// summarise makes a summary in its turn.
func (s *server) summarise(c echo.Context, q tracker.ProgressQuery, order []tracker.GroupSort, by ...tracker.Grouping) (tracker.Summary, error) {
	if err := s.turns.await(c, s.turns.summaries); err != nil {
		return tracker.Summary{}, err
	}
	return s.Service.Summary(c.Request().Context(), q, order, by...)
}

func wireCounts(f tracker.Counts) v1.SummaryCounts {
	counts := make([]v1.StatusCount, 0, len(f.Statuses))
	for _, status := range slices.Sorted(maps.Keys(f.Statuses)) {
		counts = append(counts, v1.StatusCount{Status: string(status), Count: f.Statuses[status]})
	}
	return v1.SummaryCounts{
		Count: f.Count, Defined: f.Defined, WithoutFigure: f.WithoutFigure, Statuses: counts,
		MeanPercent: numberOrNull(f.MeanPercent), MeanPercentAll: numberOrNull(f.MeanPercentAll), CountedAll: f.CountedAll,
	}
}

func wireFigures(f tracker.Counts, lang string) v1.SummaryFigures {
	return v1.SummaryFigures{
		SummaryCounts: wireCounts(f), Expected: f.Expected, Reported: f.Reported,
		Worst: each(f.Worst, func(w tracker.Worst) v1.WorstIndicator {
			return v1.WorstIndicator{
				Indicator: w.Code, Name: w.Name, Percent: numberOrNull(w.Percent), DueGap: v1.Number(w.DueGap.String()),
				Status: string(w.Status), Label: w.Label.In(lang),
			}
		}),
	}
}
