package httpapi

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AuditReader is what the audit log needs of the store.
type AuditReader interface {
	Audit(ctx context.Context, q indicator.AuditQuery) ([]indicator.AuditEntry, int64, error)
	// AuditHead is read in one snapshot.
	AuditHead(ctx context.Context) (indicator.AuditHead, error)
}

// FeedReader is what the change feed needs of the store.
type FeedReader interface {
	// Feed lists what was stored after a position, in the order of commits.
	Feed(ctx context.Context, selected indicator.FeedSelection, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error)
	// Replaced returns, by the ids of revisions, the measurements whose place these took.
	Replaced(ctx context.Context, revisions []int64) (map[int64]indicator.Measurement, error)
}

// readFeed
//
// @Summary     变更流 · Read the change feed
// @Description 按提交先后列出全部指标的实绩与撤回。首次不带 updated_after，之后带上一次的 next_cursor；读到末尾后仍用它继续轮询。写入进行中读取也不漏不重。
// @Description
// @Description Measurements and retractions of all indicators in the order of their commits. Leave updated_after out at first, then pass the next_cursor of the answer before, also after the end. Nothing is missed or repeated while others write.
// @Tags        measurements
// @ID          readMeasurementFeed
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       selection query indicator.FeedSelection false "筛选 · selection"
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       updated_after query string false "上一次的 next_cursor · next_cursor of the answer before"
// @Param       limit         query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Success     200 {object} v1.MeasurementFeed "一页变更 · one page of changes"
// @Failure     422 {object} v1.Problem "没有所写的名称 · nothing has a name that was given: unknown_plan, unknown_indicator, unknown_agency"
// @x-table   "sdmx"
// @Router      /api/v1/measurements [get]
func (s *server) readFeed(c echo.Context) error {
	var selected indicator.FeedSelection
	p := querySelecting(c, []any{&selected}, append(tableParams, "updated_after", "fields", "limit")...)
	as := p.shape(c, measurementStructure)
	page := indicator.Page{After: p.position("updated_after"), Limit: as.size(p.limit())}
	fields := fieldsOf[v1.Measurement](p)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), indicator.Selection{Plans: selected.Plans, Codes: selected.Codes, Agencies: selected.Agencies}); err != nil {
		return err
	}
	var more bool
	describe := s.measurementRows(c, selected.MeasurementSelection, fields)
	return answerRows(s, c, as, listing[v1.Measurement]{
		name: "measurements", title: fault.Text{ZH: "实绩", EN: "Measurements"}, fields: fields, optional: describe.optional(),
		read: func(ctx context.Context) (rows []v1.Measurement, next string, err error) {
			ms, after, has, err := s.feed.Feed(ctx, selected, page)
			page.After, more = after, has
			if has && as.table != "" {
				next = positionState(after)
			}
			if err == nil {
				rows, err = describe.rows(ctx, ms)
			}
			return rows, next, err
		},
		page: func(rows []v1.Measurement, _ *string) any {
			cursor := base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(page.After, 10)))
			return struct { // v1.MeasurementFeed, with some of its fields
				Items      any    `json:"items"`
				NextCursor string `json:"next_cursor"`
				HasMore    bool   `json:"has_more"`
			}{withFields(fields, rows), cursor, more}
		},
		after: "updated_after",
	})
}

// position reads a cursor that holds a position; 0 when there is none.
func (p *params) position(name string) int64 {
	s := p.text(name)
	if s == "" {
		return 0
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		var at int64
		if at, err = strconv.ParseInt(string(raw), 10, 64); err == nil && at >= 0 {
			return at
		}
	}
	p.fail(name, "游标无效，请使用上一次返回的 next_cursor", "the cursor is not valid; use the next_cursor of the answer before")
	return 0
}

// retractMeasurement
//
// @Summary     撤回实绩 · Retract a measurement
// @Description 撤回某条实绩的最新修订并说明原因；该报告期不再计数，历史全部保留，可再次报送。原因写在请求体或 reason 参数中。其他单位报送的实绩不会被无意撤回：409 reported_by_another，须在 agency（请求体或参数）中写明 reported_by 所示的报送单位；办公室与 admin 的密钥不必写。重复撤回返回同一条撤回记录（unchanged）。
// @Description
// @Description Takes the newest revision of a report back, with a reason in the body or as a parameter. Its period counts no more until it is reported again; nothing of the history is lost. What another agency reported is not taken back by chance: to a reporter's key it is 409 reported_by_another, unless agency (in the body or as a parameter) names the agency that reported_by shows. Retracting again answers with the same retraction (unchanged).
// @Tags        measurements
// @ID          retractMeasurement
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id         path  string true  "实绩编号 · id of the measurement" example(412)
// @Param       reason     query string false "撤回原因 · why it is taken back"
// @Param       agency     query string false "该实绩的报送单位；由其他单位报送时须写明 · who reported it, needed where that is another agency"
// @Param       retraction body  v1.RetractionRequest false "撤回原因 · why it is taken back"
// @Success     200 {object} v1.MeasurementReceipt "已撤回 · retracted"
// @Failure     400 {object} v1.Problem "请求无法读取 · cannot be read: malformed_request, trailing_data, unknown_field, duplicate_field, wrong_type, invalid_encoding, invalid_parameter"
// @Failure     403 {object} v1.Problem "不是本密钥单位的指标，角色无权报送，或来自其他网站的页面 · not an indicator of the key's agencies, not its role, or sent by a page of another site: forbidden, cross_origin"
// @Failure     409 {object} v1.Problem "已有更新的修订，或由其他单位报送 · has a newer revision, or was reported by another agency: superseded, reported_by_another, period_locked"
// @Failure     422 {object} v1.Problem "缺少原因 · no reason: required_field, invalid_value"
// @Router      /api/v1/measurements/{id} [delete]
func (s *server) retractMeasurement(c echo.Context) error {
	p := query(c, "reason", "agency")
	if p.err != nil {
		return p.err
	}
	var req v1.RetractionRequest
	if c.Request().ContentLength != 0 {
		if err := s.decode(c, &req); err != nil {
			return err
		}
	}
	reason, agency := p.either("reason", req.Reason), p.either("agency", req.Agency)
	if p.err != nil {
		return p.err
	}
	id, err := measurementID(c)
	if err != nil {
		return err
	}
	retracted, err := s.Service.Retract(c.Request().Context(), id, reason, agency)
	if err != nil {
		return err
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(http.StatusOK, wireReceipt(retracted, lang, seesKeys(c)))
}

// listAudit
//
// @Summary     审计日志 · List the audit log
// @Description 每次写入一条：谁、何时、从何处、做了什么、前后内容的散列；逐条以 SHA-256 相连，`tracker verify` 可查出任何改动、缺失与调换，包括指标、计划、单位和密钥的改动。
// @Description
// @Description One entry for each write: who, when, from where, what, and hashes of before and after, chained by SHA-256. `tracker verify` finds any altered, missing or reordered entry, and records that are not as their entries say.
// @Tags        audit
// @ID          listAudit
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       actor  query string false "密钥编号 · id of the key" example(local)
// @Param       action query string false "动作 · action" example(measurement.stored)
// @Param       target query string false "计划或指标代码，密钥编号，batch:编号 · code of a plan or indicator, id of a key, or batch:ID" example(qingzhou-2023-14-1)
// @Param       from   query string false "此刻起 · from this moment on" format(date-time)
// @Param       to     query string false "此刻之前 · before this moment" format(date-time)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.AuditPage "一页审计日志 · one page of the log"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @x-table   true
// @Router      /api/v1/audit [get]
func (s *server) listAudit(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "actor", "action", "target", "from", "to", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.AuditEntry](p)
	q := indicator.AuditQuery{
		ActorKey: p.text("actor"), Action: p.text("action"), Target: p.text("target"),
		From: p.moment("from"), To: p.moment("to"), Page: p.pageOf(as),
	}
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.AuditEntry]{
		name: "audit", title: fault.Text{ZH: "审计日志", EN: "Audit log"}, fields: fields,
		read: pages(&q.Page, func(ctx context.Context) ([]indicator.AuditEntry, int64, error) { return s.audit.Audit(ctx, q) }, wireAudit),
	})
}

// moment reads a parameter that holds a time.
func (p *params) moment(name string) time.Time {
	s := p.text(name)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		p.fail(name, "应为 RFC 3339 时刻，如 2023-10-08T02:15:00Z", "an RFC 3339 time is expected, such as 2023-10-08T02:15:00Z")
	}
	return t
}

func wireAudit(e indicator.AuditEntry) v1.AuditEntry {
	return v1.AuditEntry{
		Seq: strconv.FormatInt(e.Seq, 10), At: moment(e.At),
		Actor:  v1.AuditActor{Key: e.Actor.Key, Name: e.Actor.Name, From: e.Actor.From, RequestID: e.Actor.RequestID},
		Action: e.Action, Target: e.Target, FirstID: idOrNull(e.FirstID), LastID: idOrNull(e.LastID),
		Before: hex.EncodeToString(e.Before), After: hex.EncodeToString(e.After), Hash: hex.EncodeToString(e.Hash),
	}
}
