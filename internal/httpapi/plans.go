package httpapi

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// PlanReader is what plans need of the store.
type PlanReader interface {
	Plans(ctx context.Context, selected indicator.PlanSelection, page indicator.Page) ([]indicator.Plan, int64, error)
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// Document takes the version of the plan, 0 for the current one.
	Document(ctx context.Context, plan string, version int) (indicator.Document, error)
	Tasks(ctx context.Context, plan string, selected indicator.TaskSelection, page indicator.Page) ([]indicator.Task, int64, error)
}

// importPlan
//
// @Summary     导入计划 · Import a plan
// @Description 发送计划文件（UTF-8 或 GB18030 文本、Word docx、HTML、带文字的 PDF），读出篇章、任务、单位与指标，在一个事务里全部保存；读出的指标为待审核（draft），`confirm=true` 则直接确认，没有写明数值、由文意推定的（规则 implied）除外；`dry_run=true` 只返回结果、不保存。
// @Description
// @Description Send the plan's file: text in UTF-8 or GB18030, Word docx, HTML, or PDF that holds text. Sections, tasks, agencies and indicators are read from it and stored in one transaction. The indicators are drafts until they are reviewed, or confirmed at once with `confirm=true`, but for targets that no figure states (rule `implied`); `dry_run=true` shows the result and stores nothing.
// @Tags        plans
// @ID          importPlan
// @Security    BearerAuth
// @Accept      plain,html,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,mpfd
// @Produce     json,application/problem+json
// @Param       code      query string true  "计划代码：小写字母、数字、连字符 · plan code: lower-case letters, digits, hyphens" example(donghe-2024)
// @Param       starts_on query string false "计划期起始日，默认按文本 · first day of the term; by default what the text says" format(date) example(2024-01-01)
// @Param       due_on    query string false "计划期截止日，默认按文本 · last day of the term; by default what the text says" format(date) example(2024-12-31)
// @Param       jurisdiction query string false "辖区，默认按发文机关，其次按标题 · jurisdiction; by default that of the issuer, else of the title" maxLength(1000) example(东河市)
// @Param       confirm   query bool   false "直接确认写明数值的指标 · confirm the indicators that a figure states at once" example(false)
// @Param       dry_run   query bool   false "只看结果，不保存 · show the result, store nothing" example(true)
// @Param       document  body  string true  "计划文件，最大 16 MiB · the plan's file, at most 16 MiB" example(东河市2024年重点工作任务)
// @Success     200 {object} v1.PlanImport "试读结果，未保存 · dry run, nothing stored"
// @Success     201 {object} v1.PlanImport "已保存 · stored"
// @Header      201 {string} Location "计划的地址 · address of the plan"
// @Failure     400 {object} v1.Problem "请求无法读取 · cannot be read: empty_body, invalid_encoding, invalid_parameter, malformed_request, unknown_field, duplicate_field"
// @Failure     409 {object} v1.Problem "代码已被使用 · the code is taken: plan_exists"
// @Failure     422 {object} v1.Problem "内容不能成立 · cannot stand: invalid_value, invalid_date, required_field, empty_document, unreadable_file"
// @Router      /api/v1/plans [post]
func (s *server) importPlan(c echo.Context) error {
	p := query(c, "code", "starts_on", "due_on", "jurisdiction", "confirm", "dry_run")
	file := tracker.PlanFile{
		Code: p.text("code"), StartsOn: p.date("starts_on"), DueOn: p.date("due_on"),
		Jurisdiction: p.text("jurisdiction"),
		Confirm:      p.flag("confirm"), DryRun: p.flag("dry_run"),
	}
	if p.err != nil {
		return p.err
	}
	var err error
	if file.Data, file.MediaType, err = s.receiveDocument(c); err != nil {
		return err
	}
	imported, err := s.Service.ImportPlan(c.Request().Context(), file)
	if err != nil {
		return err
	}
	answer := v1.PlanImport{
		Stored: !file.DryRun, Plan: wirePlan(imported.Plan),
		Tasks: each(imported.Plan.Tasks, wireTask), Indicators: each(imported.Indicators, wireIndicator),
		AgencyMatches: each(imported.Matches, wireMatch),
	}
	if file.DryRun {
		return c.JSON(http.StatusOK, answer)
	}
	c.Response().Header().Set(echo.HeaderLocation, "/api/v1/plans/"+url.PathEscape(file.Code))
	return c.JSON(http.StatusCreated, answer)
}

// receiveDocument takes the file from the body, or from the only file of a form.
func (s *server) receiveDocument(c echo.Context) (data []byte, mediaType string, err error) {
	contentType := c.Request().Header.Get(echo.HeaderContentType)
	if kind, _, err := mime.ParseMediaType(contentType); err != nil || kind != echo.MIMEMultipartForm {
		data, err := s.readBody(c, maxDocument, s.turns.plans)
		return data, contentType, err
	}
	if err := wantNoCoding(c.Request()); err != nil {
		return nil, "", err
	}
	if c.Request().ContentLength > maxDocument {
		return nil, "", tooLarge(maxDocument)
	}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxDocument)
	form, err := c.Request().MultipartReader()
	if err != nil {
		return nil, "", badForm(err)
	}
	part, err := form.NextPart()
	if err != nil {
		return nil, "", badForm(err)
	}
	if part.FormName() != "document" {
		return nil, "", unknownPart(part)
	}
	if data, err = s.whole(c, part, s.turns.plans); err != nil {
		return nil, "", badForm(err)
	}
	switch extra, err := form.NextPart(); {
	case errors.Is(err, io.EOF):
		return data, part.Header.Get(echo.HeaderContentType), nil
	case err != nil:
		return nil, "", badForm(err)
	case extra.FormName() != "document":
		return nil, "", unknownPart(extra)
	}
	return nil, "", fault.Newf(fault.DuplicateField, "一次只能导入一个文件", "one file can be imported at a time").At("/document")
}

func unknownPart(part *multipart.Part) error {
	return fault.Newf(fault.UnknownField, "表单只有一个文件字段 document", "the form has one field, the file document").At("/" + part.FormName())
}

func badForm(err error) error {
	var known *fault.Fault
	if errors.As(err, &known) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return tooLarge(tooBig.Limit)
	}
	return fault.Newf(fault.MalformedRequest, "表单没有传完或格式不正确", "the form did not arrive whole or is malformed").Because(err)
}

// listPlans
//
// @Summary     计划列表 · List plans
// @Description 按导入先后列出，不含篇章与提示。 In the order of import, without their sections and warnings.
// @Tags        plans
// @ID          listPlans
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query indicator.PlanSelection false "筛选 · selection"
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.PlanPage "一页计划 · one page of plans"
// @Failure     422 {object} v1.Problem "没有所写的名称 · nothing has a name that was given: unknown_plan, unknown_jurisdiction"
// @x-table   true
// @Router      /api/v1/plans [get]
func (s *server) listPlans(c echo.Context) error {
	var selected indicator.PlanSelection
	p := querySelecting(c, []any{&selected}, append(tableParams, "fields", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields, page := fieldsOf[v1.PlanHead](p), p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), indicator.Selection{Plans: selected.Codes, Jurisdictions: selected.Jurisdictions}); err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.PlanHead]{
		name: "plans", title: fault.Text{ZH: "计划", EN: "Plans"}, fields: fields,
		read: pages(&page, func(ctx context.Context) ([]indicator.Plan, int64, error) {
			plans, next, err := s.plans.Plans(ctx, selected, page)
			return hideCounts(ctx, plans...), next, err
		}, wirePlanHead),
	})
}

// hideCounts leaves the counts of what the caller may not learn of out of plans.
func hideCounts(ctx context.Context, plans ...indicator.Plan) []indicator.Plan {
	if !access.Visibility(ctx).All() {
		for i := range plans {
			plans[i].Review.Draft, plans[i].Review.Rejected, plans[i].Review.Matches = 0, 0, 0
		}
	}
	return plans
}

// readPlan
//
// @Summary     计划 · Read a plan
// @Description 篇章、文档摘要、读取时的提示、文本所列的节点与分解到各地的指标，以及审核情况。 Sections, the document's digest, the warnings of its reading, the dated steps and the shares of places that its text has, and how far its review is.
// @Tags        plans
// @ID          readPlan
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan path string true "计划代码 · plan code" example(qingzhou-2023)
// @Success     200 {object} v1.Plan "计划 · the plan"
// @Router      /api/v1/plans/{plan} [get]
func (s *server) readPlan(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	plan, err := s.plans.Plan(c.Request().Context(), c.Param("plan"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wirePlan(hideCounts(c.Request().Context(), plan)[0]))
}

// correctJurisdiction
//
// @Summary     更正计划的辖区 · Correct a plan's jurisdiction
// @Description 导入时辖区有误的计划改属另一辖区：文本不变，计划及其指标各进一版，单位名称自此指该辖区的单位，原辖区单位的密钥不随之转移；已报实绩照旧，报送单位不变，此后的更正须以 `replaces` 指明；仍属别处单位的实绩在 `reports_of_others` 中列出。已属该辖区则不变。
// @Description
// @Description Makes a plan that was imported under a wrong place one of another jurisdiction. The text stays; the plan and each of its indicators get their next version, whose names mean the agencies of that jurisdiction. Keys of the agencies of before do not follow. What was reported stays, and as who reported it, so a correction of it names it in `replaces`; `reports_of_others` counts what agencies of another place sent. A plan that is of the jurisdiction stays as it is.
// @Tags        plans
// @ID          correctJurisdiction
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan         path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       jurisdiction body v1.JurisdictionRequest true "辖区 · jurisdiction"
// @Success     200 {object} v1.Plan "更正后的计划 · the plan as corrected"
// @Failure     422 {object} v1.Problem "辖区不能成立 · cannot be a jurisdiction: required_field, invalid_value"
// @Router      /api/v1/plans/{plan}/jurisdiction [put]
func (s *server) correctJurisdiction(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.JurisdictionRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	plan, others, err := s.Service.CorrectJurisdiction(c.Request().Context(), c.Param("plan"), req.Jurisdiction)
	if err != nil {
		return err
	}
	corrected := wirePlan(plan)
	for _, o := range others {
		corrected.ReportsOfOthers = append(corrected.ReportsOfOthers, v1.AgencyReports{Agency: wireAgencyRef(o.AgencyRef), Reports: o.Reports})
	}
	return c.JSON(http.StatusOK, corrected)
}

// listTasks
//
// @Summary     计划的任务 · List a plan's tasks
// @Description 全部任务，包括没有数字的任务，按原文顺序。 All tasks, those without a number too, in the order of the plan.
// @Tags        plans
// @ID          listTasks
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       selection query indicator.TaskSelection false "筛选 · selection"
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Failure     422 {object} v1.Problem "没有所写的名称 · nothing has a name that was given: unknown_agency"
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(100)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.TaskPage "一页任务 · one page of tasks"
// @x-table   true
// @Router      /api/v1/plans/{plan}/tasks [get]
func (s *server) listTasks(c echo.Context) error {
	var selected indicator.TaskSelection
	p := querySelecting(c, []any{&selected}, append(tableParams, "fields", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields, page := fieldsOf[v1.Task](p), p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), indicator.Selection{Agencies: selected.Agencies}); err != nil {
		return err
	}
	code := c.Param("plan")
	if _, err := s.plans.Plan(c.Request().Context(), code); err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.Task]{
		name: "tasks", title: fault.Text{ZH: "任务", EN: "Tasks"}, fields: fields,
		read: pages(&page, func(ctx context.Context) ([]indicator.Task, int64, error) {
			return s.plans.Tasks(ctx, code, selected, page)
		}, wireTask),
	})
}

// readDocument
//
// @Summary     计划原文 · Read a plan's document
// @Description `form=text`（默认）返回解码后的文本，`source.start` 与 `end` 即其码点位置；`form=original` 返回原文件；`version` 取调整前的版本。
// @Description
// @Description `form=text` (default) is the decoded text that `source.start` and `end` count code points of; `form=original` is the file as it was received; `version` names an older version of an amended plan.
// @Tags        plans
// @ID          readDocument
// @Security    BearerAuth
// @Produce     plain,html,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/problem+json
// @Param       plan path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       form query string false "文本或原文件 · text or original file" Enums(text, original) default(text) example(text)
// @Param       version query int false "计划的版本，默认现行版 · the plan's version, the current one by default" minimum(1) example(1)
// @Success     200 {string} string "原文 · the document"
// @Router      /api/v1/plans/{plan}/document [get]
func (s *server) readDocument(c echo.Context) error {
	p := query(c, "form", "version")
	version := p.number("version")
	form := word(p, "form", []string{"text", "original"})
	if p.err != nil {
		return p.err
	}
	doc, err := s.plans.Document(c.Request().Context(), c.Param("plan"), version)
	if err != nil {
		return err
	}
	if form == "original" {
		c.Response().Header().Set(echo.HeaderContentDisposition, "attachment")
		return c.Blob(http.StatusOK, originalType(doc), doc.Original)
	}
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(doc.Text))
}

// originalType is the media type of a file as it was received, with the charset
// that it was read in where the file itself cannot say.
func originalType(doc indicator.Document) string {
	const byteOrderMark = "\uFEFF"
	switch {
	case doc.MediaType != echo.MIMETextPlain:
		return doc.MediaType
	case strings.TrimPrefix(string(doc.Original), byteOrderMark) == doc.Text:
		return "text/plain; charset=utf-8"
	}
	return "text/plain; charset=gb18030"
}
