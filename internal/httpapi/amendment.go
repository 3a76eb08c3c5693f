package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// amendPlan
//
// @Summary     计划调整 · Amend a plan
// @Description 发送调整后的计划文件，格式与导入相同。不带 `confirm` 时只比对、不保存，返回新增、删除、修改、移动的指标、逐段对照的两份文本（`texts`）和 `token`；以 `confirm` 带上 token 再次发送同一文本，即在一个事务里按该差异生效。比对之后计划、指标或文本有变动则 412。指标代码不变，实绩随指标保留；删除的指标停用（withdrawn）。旧文本与旧目标仍可查阅，`as_of` 早于调整时按旧目标作答。文本与现行文本相同则差异为空，`confirm` 不起作用。
// @Description
// @Description Send the newer text, as a file of any form that an import takes. Without `confirm` it is compared and nothing is stored: the answer lists the indicators added, removed, changed and moved, both texts paragraph by paragraph (`texts`), and a `token`. The same text with the token as `confirm` applies exactly that difference in one transaction; 412 when the plan, its indicators or the text is no longer what was compared. Codes never change and measurements stay with their indicators; removed indicators are withdrawn. The older text and targets stay readable, and `as_of` before the amendment answers by them. The text that the plan has already makes an empty difference, and `confirm` does nothing.
// @Tags        plans
// @ID          amendPlan
// @Security    BearerAuth
// @Accept      plain,html,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,mpfd
// @Produce     json,application/problem+json
// @Param       plan      path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       starts_on query string false "计划期起始日，默认按文本，文本未写则不变 · first day of the term; by default what the text says, else as it is" format(date) example(2023-01-01)
// @Param       due_on    query string false "计划期截止日，默认按文本，文本未写则不变 · last day of the term; by default what the text says, else as it is" format(date) example(2023-12-31)
// @Param       confirm   query string false "比对得到的 token · the token of the comparison"
// @Param       document  body  string true  "调整后的文件，最大 16 MiB · the newer file, at most 16 MiB" example(青州市2023年重点工作任务（调整）)
// @Success     200 {object} v1.Amendment "差异 · the difference"
// @Failure     400 {object} v1.Problem "请求无法读取 · cannot be read: empty_body, invalid_encoding, invalid_parameter, malformed_request"
// @Failure     412 {object} v1.Problem "比对之后已有变动 · changed since the comparison: precondition_failed"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: invalid_date, empty_document, unreadable_file"
// @Router      /api/v1/plans/{plan}/amendment [post]
func (s *server) amendPlan(c echo.Context) error {
	p := query(c, "starts_on", "due_on", "confirm")
	file := tracker.PlanFile{Code: c.Param("plan"), StartsOn: p.date("starts_on"), DueOn: p.date("due_on")}
	if p.err != nil {
		return p.err
	}
	var err error
	if file.Data, file.MediaType, err = s.receiveDocument(c); err != nil {
		return err
	}
	a, err := s.Service.AmendPlan(c.Request().Context(), file, p.text("confirm"))
	if err != nil {
		return err
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(http.StatusOK, wireAmendment(a, lang))
}

func wireAmendment(a tracker.Amendment, lang string) v1.Amendment {
	d := a.Diff
	return v1.Amendment{
		Plan: a.From.Code, Applied: a.Applied, Token: textOrNull(a.Token),
		From:   v1.PlanVersion{Version: a.From.Version, SHA256: a.From.Document.SHA256},
		To:     v1.PlanVersion{Version: a.To.Version, SHA256: a.To.Document.SHA256},
		Fields: each(a.Fields(), wireFieldChange),
		Added:  each(d.Added, wireAdded),
		Removed: each(d.Removed, func(r amendment.Removal) v1.AmendmentRemoved {
			return wireRemoved(r, d.Added, lang)
		}),
		Changed: each(d.Changed, wireChanged), Moved: each(d.Moved, wireMoved), Unchanged: d.Unchanged,
		Texts: wireTexts(a.Texts), Warnings: each(a.To.Warnings, wireWarning), Milestones: each(a.To.Milestones, wirePlanMilestone), Parts: wireParts(a.To.Parts),
	}
}

func wireTexts(x *amendment.Texts) *v1.AmendmentTexts {
	if x == nil {
		return nil
	}
	return &v1.AmendmentTexts{
		Changes: each(x.Rows, func(r amendment.Row) v1.TextChange { return v1.TextChange(r) }),
		More:    x.More, Unchanged: x.Unchanged,
	}
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func wireFieldChange(f amendment.FieldChange) v1.FieldChange {
	return v1.FieldChange{Field: f.Field, Before: textOrNull(f.Before), After: textOrNull(f.After)}
}

func wireAdded(a amendment.Addition) v1.AmendmentAdded {
	in := a.Indicator
	return v1.AmendmentAdded{
		Indicator: in.Code, Name: in.Name, Task: in.Task, Target: wireTarget(in.Target),
		Direction: string(in.Direction), DirectionBy: string(in.DirectionBy),
		Course: string(in.Course), CourseBy: string(in.CourseBy), Over: wordOrNull(in.Over), Each: wordOrNull(in.Each),
		DueOn: in.DueOn.String(), Quote: in.Source.Quote, Replaces: textOrNull(a.Replaces),
	}
}

func wireRemoved(r amendment.Removal, added []amendment.Addition, lang string) v1.AmendmentRemoved {
	in := r.Indicator
	w := v1.AmendmentRemoved{
		Indicator: in.Code, Name: in.Name, Task: in.Task, Target: wireTarget(in.Target),
		State: string(in.State), Quote: in.Source.Quote,
	}
	if r.Successor >= 0 {
		successor := added[r.Successor].Indicator
		w.ReplacedBy, w.Note = &successor.Code, r.Why(successor).In(lang)
	}
	return w
}

func wireChanged(ch amendment.Change) v1.AmendmentChanged {
	return v1.AmendmentChanged{
		Indicator: ch.Before.Code, Name: ch.After.Name, State: string(ch.After.State), Fields: each(ch.Fields, wireFieldChange),
		QuoteBefore: ch.Before.Source.Quote, QuoteAfter: ch.After.Source.Quote,
	}
}

func wireMoved(m amendment.Move) v1.AmendmentMoved {
	return v1.AmendmentMoved{
		Indicator: m.Before.Code, Name: m.After.Name,
		From: v1.TaskLocation{Task: m.Before.Task, Section: m.Before.Section},
		To:   v1.TaskLocation{Task: m.After.Task, Section: m.After.Section},
	}
}
