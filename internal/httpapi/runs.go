package httpapi

import (
	"context"
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

// listRuns
//
// @Summary     日常处理的进度 · List the daily runs
// @Description 每天由规则所做的：到了哪一步、查看了多少、新增了什么，新的在前；一页最多 31 次。 What was done by rule each day: which step it has come to, what it has looked at and what came of it, the newest first; a page has 31 at most.
// @Tags        loop
// @ID          listRuns
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 31 · rows a page, at most 31" minimum(1) default(31) example(31)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.RunPage "一页处理 · one page of runs"
// @x-table   true
// @Router      /api/v1/runs [get]
func (s *server) listRuns(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields, page, asOf := fieldsOf[v1.Run](p), p.pageOf(as), s.asOf(p)
	page.Limit = min(page.Limit, oversight.MostMadeUp)
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.Run]{
		name: "runs", title: fault.Text{ZH: "日常处理", EN: "Daily runs"}, fields: fields,
		read: pages(&page, func(ctx context.Context) ([]loop.Run, int64, error) {
			return s.Oversight.Runs(ctx, asOf, indicator.Page{After: page.After, Limit: page.Limit})
		}, wireRun),
	})
}

func wireRun(r loop.Run) v1.Run {
	w := v1.Run{
		ID: wireID(r.ID), On: r.On.String(), AsOf: moment(r.AsOf), FinishedAt: momentOrNull(r.Finished), MovedAt: moment(r.LastAt), Taken: r.Taken,
		Appended: r.Appended(), Steps: each(r.Steps, wireRunStep),
		Plans: each(r.Plans, func(p loop.PlanCount) v1.RunPlan {
			return v1.RunPlan{Plan: p.Plan, Looked: p.Looked, Appended: p.Appended}
		}),
	}
	for _, step := range r.Steps {
		w.Looked += step.Looked
	}
	return w
}

func wireRunStep(s loop.RunStepProgress) v1.RunStep {
	return v1.RunStep{
		Name: s.Name, Done: s.Done, Portions: s.Portions, Looked: s.Looked,
		Appended: each(slices.Sorted(maps.Keys(s.Appended)), func(kind string) v1.RunCount { return v1.RunCount{Type: kind, Count: s.Appended[kind]} }),
	}
}
