package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// HistoryReader is what the history of an indicator needs of the store.
type HistoryReader interface {
	Measurement(ctx context.Context, id int64) (indicator.Measurement, error)
	// Successor is the revision that took the place of a measurement; zero for the newest.
	Successor(ctx context.Context, m indicator.Measurement) (indicator.Measurement, error)
	Measurements(ctx context.Context, code string, selected indicator.MeasurementSelection, asOf time.Time, page indicator.Page) ([]indicator.Measurement, int64, error)
}

// recordMeasurement
//
// @Summary     报送实绩 · Report a measurement
// @Description 报送某指标一个报告期的实绩，返回保存的记录和报告期末的进度。只有已确认的指标接收实绩，否则 409 indicator_not_confirmed。同一指标、报告期、口径再次报送即为更正（新的修订号）；source_id 是报送方自己的编号：相同编号的相同内容返回 200 unchanged，不重复计数，内容不同即为更正；已被更正或撤回的内容以原编号再次送达时不恢复，返回 200 superseded 和现行记录；同一编号不能改报另一报告期。其他单位报送的实绩不会被无意取代：409 reported_by_another，须在 replaces 中写明该实绩的 id。% 和 ‰ 的率可改报分子 numerator 与分母 denominator，由其精确计算。没有数据时以 missing（not_available 暂缺、not_applicable 不适用）代替数值，并在 note 写明原因：视为已报，不作数值；provisional 表示初步数。尚未开始的报告期不接收。指标可写本服务的代码 indicator，或报送方自己的 external_code。带 Idempotency-Key 的请求重发时得到与首次相同的答复。dry_run=true 试报：照常核对与评判，只答复将会如何，不保存，也不能带 Idempotency-Key。
// @Description
// @Description Reports one period of one indicator, and answers with the stored record and the progress at the end of the period. Only confirmed indicators take measurements, others answer 409 indicator_not_confirmed. Reporting the same indicator, period and basis again is a correction (a new revision). The source_id is the sender's own key: the same content under it answers 200 unchanged and counts once, other content is a revision, and another period is refused. What was corrected or taken back and comes again under its source_id is not brought back: 200 superseded, with what stands now. What another agency reported is not replaced by chance: 409 reported_by_another, unless replaces names its id. A share in % or ‰ may be reported as numerator and denominator, which are computed with exactly. Where there is no figure, missing says so instead of a value, with the reason as the note: it counts as reported and never as a value; provisional marks a figure that a final one will replace. A period that has not begun is refused. The indicator is named by our code, or by the sender's own in external_code. A request repeated with its Idempotency-Key gets the first answer again. With dry_run=true the report is checked and judged as ever, the answer says what would become of it, and nothing is stored; it takes no Idempotency-Key.
// @Tags        measurements
// @ID          recordMeasurement
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       measurement body v1.MeasurementRequest true "实绩 · the measurement"
// @Param       dry_run query bool false "试报：只检查，不保存 · check and store nothing"
// @Param       Idempotency-Key header string false "请求的幂等键，24 小时内重发得到相同答复 · repeat the request with it within 24 hours to get the same answer"
// @Success     200 {object} v1.MeasurementReceipt "内容未变或已被取代，未保存；或为试报 · unchanged, stored before; or superseded: nothing was stored; or a dry run"
// @Success     201 {object} v1.MeasurementReceipt "已保存 · stored"
// @Header      201 {string} Location "该条实绩 · the measurement"
// @Failure     403 {object} v1.Problem "不是本密钥单位的指标，角色无权报送，或来自其他网站的页面 · not an indicator of the key's agencies, not its role, or sent by a page of another site: forbidden, cross_origin"
// @Failure     409 {object} v1.Problem "与已保存的冲突 · conflicts with what is stored: period_overlap, indicator_not_confirmed, source_id_taken, reported_by_another, superseded, period_locked, idempotency_key_in_use"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, invalid_number, number_too_long, invalid_period, period_outside_term, period_in_future, implausible, unknown_unit, unit_mismatch, basis_mismatch, unknown_indicator, idempotency_key_reused"
// @Router      /api/v1/measurements [post]
func (s *server) recordMeasurement(c echo.Context) error {
	p := query(c, "dry_run")
	dryRun := p.flag("dry_run")
	if p.err != nil {
		return p.err
	}
	if dryRun && c.Request().Header.Get(headerKey) != "" {
		return fault.Newf(fault.InvalidParameter, "试报不保存任何内容，请勿带 %[1]s", "a dry run stores nothing: leave %[1]s out", headerKey).At("dry_run")
	}
	body, err := s.readJSON(c)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return fault.Newf(fault.WrongType, "这里一次报送一条，应为 JSON 对象 {…}；多条请发送到 %[1]s", "one report is expected here, a JSON object {…}; send several to %[1]s", batchRoute)
	}
	var req v1.MeasurementRequest
	if err := intake.Decode(body, &req); err != nil {
		return err
	}
	if err := firstFault(
		func() error { return plainCode("/indicator", req.Indicator) },
		func() error { return plainCode("/external_code", req.ExternalCode) },
	); err != nil {
		return err
	}
	if dryRun {
		tried, err := s.Service.Try(c.Request().Context(), intake.ReportOf(req))
		if err != nil {
			return err
		}
		return answerTrial(c, tried)
	}
	key, release, err := s.claim(c, body)
	if err != nil {
		return err
	}
	defer release()
	recorded, err := s.Service.RecordOnce(c.Request().Context(), intake.ReportOf(req), key)
	if err != nil {
		return s.noteRefusal(err)
	}
	return answerReport(c, recorded)
}

// answerReport answers a report, or a request that repeats one, with its receipt.
func answerReport(c echo.Context, r tracker.Recorded) error {
	h := c.Response().Header()
	if r.Replayed {
		h.Set(headerReplayed, "true")
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	if receiptStatus(r) == http.StatusCreated {
		h.Set(echo.HeaderLocation, "/api/v1/measurements/"+wireID(r.Measurement.ID))
	}
	return c.JSON(receiptStatus(r), wireReceipt(r, lang, seesKeys(c)))
}

// answerTrial answers a dry run with the receipt that the report would have.
func answerTrial(c echo.Context, r tracker.Recorded) error {
	lang := languageOf(c)
	markLanguage(c, lang)
	receipt := wireReceipt(r, lang, seesKeys(c))
	receipt.DryRun = true
	if r.Measurement.ID == 0 {
		receipt.Measurement.ID = ""
	}
	return c.JSON(http.StatusOK, receipt)
}

func receiptStatus(r tracker.Recorded) int {
	if r.Outcome == indicator.Stored || r.Outcome == indicator.Revised {
		return http.StatusCreated
	}
	return http.StatusOK
}

func wireReceipt(r tracker.Recorded, lang string, keys bool) v1.MeasurementReceipt {
	return v1.MeasurementReceipt{
		Outcome:      string(r.Outcome),
		Measurement:  wireMeasurement(r.Measurement, keys),
		Stands:       r.Measurement.Retracts == 0,
		Detail:       remark(indicator.Receipt{Outcome: r.Outcome, Measurement: r.Measurement, Vacant: r.Measurement.Retracts != 0}, lang),
		ExternalCode: externalOrNull(r.External),
		Progress:     wireProgress(r.Progress, lang, false),
	}
}

// remark is what a receipt says beside its outcome, nil for nothing.
func remark(r indicator.Receipt, lang string) *string {
	text := r.Remark().In(lang)
	if text == "" {
		return nil
	}
	return &text
}

// seesKeys reports whether the caller may learn the ids of keys.
func seesKeys(c echo.Context) bool {
	p, _ := access.From(c.Request().Context())
	return p.May(access.Administer)
}

// readMeasurement
//
// @Summary     一条实绩 · Read a measurement
// @Description 一条实绩或撤回记录：现在是否有效，被哪一修订取代，属于哪个指标。谁能看到指标，谁就能看到其实绩。
// @Description
// @Description One measurement or retraction: whether it stands now, which revision took its place, and its indicator. Whoever may see the indicator may see it.
// @Tags        measurements
// @ID          readMeasurement
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "实绩编号 · id of the measurement" example(412)
// @Success     200 {object} v1.MeasurementRecord "实绩 · the measurement"
// @Router      /api/v1/measurements/{id} [get]
func (s *server) readMeasurement(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	if c.Request().URL.Path == batchRoute { // which is posted to
		c.Response().Header().Set(echo.HeaderAllow, "OPTIONS, POST")
		return echo.ErrMethodNotAllowed
	}
	id, err := measurementID(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	m, err := s.history.Measurement(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return noMeasurement()
	}
	if err != nil {
		return err
	}
	_, err = s.indicators.Indicator(ctx, access.Visibility(ctx), m.Indicator)
	if fault.Is(err, fault.NotFound) {
		return noMeasurement()
	}
	if err != nil {
		return err
	}
	next, err := s.history.Successor(ctx, m)
	if err != nil {
		return err
	}
	record := v1.MeasurementRecord{
		Measurement: wireMeasurement(m, seesKeys(c)), Stands: next.ID == 0 && m.Retracts == 0,
		IndicatorURL: "/api/v1/indicators/" + url.PathEscape(m.Indicator),
	}
	if next.ID != 0 {
		record.ReplacedBy = &v1.MeasurementReplacement{ID: wireID(next.ID), Revision: next.Revision, Retraction: next.Retracts != 0}
	}
	return c.JSON(http.StatusOK, record)
}

// measurementID is the id in the path.
func measurementID(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return 0, noMeasurement()
	}
	return id, nil
}

func noMeasurement() error {
	return fault.Newf(fault.NotFound, "没有这条实绩", "there is no such measurement")
}

// listMeasurements
//
// @Summary     指标的实绩 · List an indicator's measurements
// @Description 全部修订，按保存先后；`as_of` 只看当时已有的。 All revisions in the order they were stored; `as_of` shows those known then.
// @Tags        measurements
// @ID          listMeasurements
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       code   path  string true  "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Param       selection query indicator.MeasurementSelection false "筛选 · selection"
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.MeasurementPage "一页实绩 · one page of measurements"
// @x-table   "sdmx"
// @Router      /api/v1/indicators/{code}/measurements [get]
func (s *server) listMeasurements(c echo.Context) error {
	var selected indicator.MeasurementSelection
	p := querySelecting(c, []any{&selected}, append(tableParams, "as_of", "fields", "limit", "cursor")...)
	as := p.shape(c, measurementStructure)
	asOf, fields, page := s.asOf(p), fieldsOf[v1.Measurement](p), p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	if err := s.checkNames(c.Request().Context(), indicator.Selection{Agencies: selected.Agencies}); err != nil {
		return err
	}
	if err := s.Service.CheckKnown(c.Request().Context(), asOf); err != nil {
		return err
	}
	code := c.Param("code")
	if _, err := s.visible(c); err != nil {
		return err
	}
	describe := s.measurementRows(c, selected, fields)
	return answerRows(s, c, as, listing[v1.Measurement]{
		name: "measurements", title: fault.Text{ZH: "指标的实绩", EN: "Measurements of an indicator"}, fields: fields, optional: describe.optional(),
		read: func(ctx context.Context) (rows []v1.Measurement, next string, err error) {
			ms, after, err := s.history.Measurements(ctx, code, selected, asOf, page)
			page.After = after
			if err == nil {
				rows, err = describe.rows(ctx, ms)
			}
			return rows, positionState(after), err
		},
	})
}
