package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// IndicatorReader is what indicators need of the store.
type IndicatorReader interface {
	Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error)
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// SortedIndicators sorts by the keys of the query, after a place in that order.
	SortedIndicators(ctx context.Context, visible indicator.Visibility, q indicator.Query, after string) ([]indicator.Indicator, string, error)
	// AgenciesChanged is the last moment at which anything happened to agencies.
	AgenciesChanged(ctx context.Context) (time.Time, error)
}

// createIndicator
//
// @Summary     新建指标 · Create an indicator
// @Description 给某项任务手工添加一个指标；未写明的起止日期、单位取自计划与任务，未写明的方向与进程由目标得出；`source` 标注计划现行文本中的原句，随指标保存。
// @Description
// @Description Adds an indicator to a task by hand; term and agencies that are left out come from the plan and the task, direction and course from the target. `source` marks the sentence of the plan's current text, which is kept with it.
// @Tags        indicators
// @ID          createIndicator
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       indicator body v1.CreateIndicatorRequest true "指标 · the indicator"
// @Success     201 {object} v1.Indicator "已建立 · created"
// @Header      201 {string} Location "指标的地址 · address of the indicator"
// @Header      201 {string} ETag "版本 · version"
// @Failure     409 {object} v1.Problem "代码已存在，或外部代码已对应另一指标 · the code exists, or an external code means another indicator: indicator_exists, external_code_taken"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, invalid_number, number_too_long, invalid_date, unknown_unit, unknown_plan, unknown_task"
// @Router      /api/v1/indicators [post]
func (s *server) createIndicator(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.CreateIndicatorRequest
	if err := s.decode(c, &req, nullable...); err != nil {
		return err
	}
	in, err := newIndicator(req)
	if err != nil {
		return err
	}
	created, err := s.Service.CreateIndicator(c.Request().Context(), in)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, "/api/v1/indicators/"+url.PathEscape(created.Code))
	return answerIndicator(c, http.StatusCreated, created)
}

// nullable are the fields of an indicator that a request may give as
// null.
var nullable = []string{
	"/baseline", "/direction", "/course", "/over", "/each", "/target/value", "/target/value_high", "/target/reference",
}

func versionTag(in indicator.Indicator) string { return fmt.Sprintf(`"%d"`, in.Version) }

func answerIndicator(c echo.Context, status int, in indicator.Indicator) error {
	tagExactly(c, versionTag(in))
	return c.JSON(status, wireIndicator(in))
}

// listIndicators
//
// @Summary     指标列表 · List indicators
// @Description 按计划、篇章、任务、单位、类型、状态、方向的依据或文字筛选，按计划、任务在原文中的先后排列，同一任务内按编号；已停用（withdrawn）的只在指明该状态时列出。 Filtered by plan, section, task, agency, kind, state, what settled the direction, or text, in the order of the plans and of their tasks, and within a task by number; withdrawn ones are listed only when that state is asked for.
// @Tags        indicators
// @ID          listIndicators
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query indicator.Selection false "筛选 · selection"
// @Param       states query indicator.StateSelection false "状态 · state"
// @Param       as_of   query string false "按此刻的版本和单位，可为时刻，或日期（至该日终了，今天即现在） · versions and agencies as they were at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       sort    query []string false "排序键，- 为从大到小，依次用于相同者；不写则按计划、任务先后 · sort keys, - for the largest first, each among equals of those before it; the order of the plans when left out" Enums(code, -code, name, -name, due_on, -due_on, updated_at, -updated_at) collectionFormat(csv)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit   query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor  query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.IndicatorPage "一页指标 · one page of indicators"
// @Failure     422 {object} v1.Problem "没有这个计划、任务、指标、辖区、单位或计量单位 · there is no such plan, task, indicator, jurisdiction, agency or unit: unknown_plan, unknown_task, unknown_indicator, unknown_jurisdiction, unknown_agency, unknown_unit"
// @x-table   true
// @Router      /api/v1/indicators [get]
func (s *server) listIndicators(c echo.Context) error {
	var q indicator.Query
	var state indicator.StateSelection
	p := querySelecting(c, []any{&q.Selection, &state}, append(tableParams, "as_of", "sort", "fields", "limit", "cursor")...)
	as := p.shape(c, nil)
	q.AsOf, q.States, q.Sort = s.asOf(p), state.States, sortKeys(p, indicator.SortKeys, func(by indicator.SortBy, down bool) indicator.SortKey { return indicator.SortKey{By: by, Down: down} })
	var after string
	if len(q.Sort) == 0 {
		q.Page = p.pageOf(as)
	} else {
		q.Page.Limit, after = as.size(p.limit()), p.sortedAfter()
	}
	fields := fieldsOf[v1.Indicator](p)
	if len(q.States) == 0 {
		q.States = []indicator.State{indicator.Draft, indicator.Confirmed, indicator.Rejected}
	}
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), q.Selection); err != nil {
		return err
	}
	if err := s.Service.CheckKnown(c.Request().Context(), q.AsOf); err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.Indicator]{
		name: "indicators", title: fault.Text{ZH: "指标", EN: "Indicators"}, fields: fields,
		read: func(ctx context.Context) ([]v1.Indicator, string, error) {
			first := q.Page.After == 0 && after == ""
			ins, next, err := s.pageOfIndicators(ctx, &q, &after)
			if err == nil && len(ins) == 0 && first {
				err = s.checkNothing(ctx, q.Selection)
			}
			if next != "" && len(q.Sort) > 0 {
				next = sortedState(c, next)
			}
			return each(ins, wireIndicator), next, err
		},
	})
}

// pageOfIndicators reads a page, in the order of the plans or sorted, and moves on to the next:
// the position, or the place in the order.
func (s *server) pageOfIndicators(ctx context.Context, q *indicator.Query, after *string) (ins []indicator.Indicator, next string, err error) {
	if len(q.Sort) == 0 {
		ins, q.Page.After, err = s.indicators.Indicators(ctx, access.Visibility(ctx), *q)
		return ins, positionState(q.Page.After), err
	}
	ins, *after, err = s.indicators.SortedIndicators(ctx, access.Visibility(ctx), *q, *after)
	return ins, *after, err
}

// readIndicator
//
// @Summary     指标 · Read an indicator
// @Description 目标、单位、时限、责任单位与原文出处。 Target, unit, deadline, agencies and the plan's own words.
// @Tags        indicators
// @ID          readIndicator
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       code path string true "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Success     200 {object} v1.Indicator "指标 · the indicator"
// @Header      200 {string} ETag "版本，供 If-Match · version, for If-Match"
// @Router      /api/v1/indicators/{code} [get]
func (s *server) readIndicator(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	in, err := s.visible(c)
	if err != nil {
		return err
	}
	if isKnown(c, versionTag(in)) {
		// A version names agencies by what they were called, and their ids follow mergers.
		changed, err := s.indicators.AgenciesChanged(c.Request().Context())
		if err != nil {
			return err
		}
		if !changed.After(in.UpdatedAt) {
			c.Response().Header().Set("ETag", versionTag(in))
			return c.NoContent(http.StatusNotModified)
		}
	}
	return answerIndicator(c, http.StatusOK, in)
}

// visible reads the indicator in the path, which is not there for a caller who
// may not learn of it.
func (s *server) visible(c echo.Context) (indicator.Indicator, error) {
	ctx := c.Request().Context()
	return s.indicators.Indicator(ctx, access.Visibility(ctx), c.Param("code"))
}

// patchIndicator
//
// @Summary     修改指标 · Change an indicator
// @Description 未写的字段不变；写明 `direction` 或 `course` 即为人工确定，为 null 则交回规则；`state` 确认、驳回或退回待审核，已有实绩的不能驳回（409）；`If-Match` 须为读到的 ETag，期间他人改过则 412，`*` 表示不论版本；旧版本保留，`as_of` 仍按旧版本作答；内容未变则不产生新版本。
// @Description
// @Description Fields left out stay as they are. A `direction` or `course` that is given is settled by a person, and null gives it back to the rules. `state` confirms, rejects or puts back to draft; an indicator with measurements can only stay confirmed (409). `If-Match` carries the ETag that was read: 412 if someone changed it since; `*` stands for any version. Old versions are kept, so `as_of` still answers by them; a change that changes nothing makes no new version.
// @Tags        indicators
// @ID          patchIndicator
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       code     path   string true "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Param       If-Match header string true "读到的 ETag，可列多个，其一相符即可 · the ETag that was read, or a list of which one must match" example("1")
// @Param       change   body   v1.PatchIndicatorRequest true "要改的字段 · the fields to change"
// @Success     200 {object} v1.Indicator "修改后的指标 · the indicator as changed"
// @Header      200 {string} ETag "新版本 · new version"
// @Failure     409 {object} v1.Problem "已有实绩、已停用，或外部代码已对应另一指标 · has measurements, is withdrawn, or an external code means another indicator: indicator_has_measurements, indicator_withdrawn, external_code_taken"
// @Failure     412 {object} v1.Problem "版本已变 · changed since it was read: precondition_failed"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, invalid_number, number_too_long, invalid_date, unknown_unit, unit_mismatch"
// @Failure     428 {object} v1.Problem "缺少 If-Match · If-Match is missing: precondition_required"
// @Router      /api/v1/indicators/{code} [patch]
func (s *server) patchIndicator(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	versions, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req v1.PatchIndicatorRequest
	if err := s.decode(c, &req, nullable...); err != nil {
		return err
	}
	changed, err := s.changeIndicator(c.Request().Context(), c.Param("code"), versions, func(in *indicator.Indicator) error {
		return applyPatch(in, req)
	})
	if err != nil {
		return err
	}
	return answerIndicator(c, http.StatusOK, changed)
}
