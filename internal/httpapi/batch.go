package httpapi

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/scratch"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// BatchReader is what batches need of the store.
type BatchReader interface {
	Batch(ctx context.Context, id string) (indicator.Batch, error)
	BatchReceipts(ctx context.Context, id string, page indicator.Page) ([]indicator.RowReceipt, int64, error)
	VisitReceipts(ctx context.Context, id string, visit func(row int64, r indicator.Receipt) error) error
}

const (
	batchRoute  = "/api/v1/measurements/batch"
	headerBatch = "Batch-Id"
	// headerUnread names the sheets of a workbook that were not read, percent-encoded.
	headerUnread = "Unread-Sheets"
	// maxBatch bounds the body of a batch, in bytes.
	maxBatch = 1 << 30
)

// takesItsTime excepts batches from the time limit of other requests: they may
// last while they move.
func takesItsTime(c echo.Context) bool { return c.Path() == batchRoute }

// recordBatch
//
// @Summary     批量报送 · Report many measurements
// @Description 请求体为 JSON 数组、NDJSON（每行一条）、CSV（UTF-8 或 GB18030，中文或英文表头）或 .xlsx 工作簿（如按单位下载的模板），工作簿按所示数值读取，读全部带表头的可见工作表，其余列在 unread_sheets。逐行答复，次序与请求一致，注明工作表、行号、指标代码与所用外部代码：stored、revised、unchanged、superseded、refused（附 code 与 field），可疑之处列在 cautions。mode=partial（默认）时每行独立，已答复即已保存；mode=atomic 时全部保存或全部不保存，有一行不被接受即整批 422；mode=atomic 与 dry_run 在请求体传完之后才核对，最多 1,000,000 行。请求体最大 1 GiB，只要平均每秒不少于 1 KiB 即可慢慢传送。同一指标、报告期、口径在一批中只能报一次，后一行不被接受（duplicate_in_batch）。dry_run=true 只检查不保存。逐行答复可凭 Batch-Id 再次读取。中断后以同一 Idempotency-Key 重发相同各行，从已保存的行之后继续，每行只计一次。Accept: application/x-ndjson 得到 NDJSON。
// @Description
// @Description The body is a JSON array, NDJSON, CSV (UTF-8 or GB18030, Chinese or English headings) or an .xlsx workbook such as the template of an agency. A workbook is read for what its cells show, on every visible sheet that has the headings; the others are named in unread_sheets. Every row gets a receipt with its sheet, line, indicator and the external code that named it, in the order of the request: stored, revised, unchanged, superseded, refused (with code and field); what is doubtful about it is in cautions. With mode=partial (the default) every row stands for itself; with mode=atomic all are stored or none, and one refused row answers 422. With mode=atomic and dry_run rows are judged once the body has come whole, and are at most 1,000,000. The body is at most 1 GiB and may take its time while it brings 1 KiB a second. A batch reports each period and basis of an indicator once: a later row is refused with duplicate_in_batch. dry_run=true checks and stores nothing. Receipts can be read again by the Batch-Id. After a break, the same rows under the same Idempotency-Key go on after those that are stored, so that each counts once. Accept: application/x-ndjson gets them as NDJSON.
// @Tags        measurements
// @ID          recordBatch
// @Security    BearerAuth
// @Accept      json,application/x-ndjson,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
// @Produce     json,application/x-ndjson,application/problem+json
// @Param       rows    body  []v1.MeasurementRequest true "各行实绩；工作簿用 GET /api/v1/agencies/{agency}/template.xlsx 下载的模板填写 · the rows; for a workbook fill in the one that GET /api/v1/agencies/{agency}/template.xlsx gives"
// @Param       mode    query string false "atomic 全部或全不；partial 逐行 · all or none, or each for itself" enums(atomic,partial) default(partial)
// @Param       dry_run query bool   false "只检查，不保存 · check and store nothing"
// @Param       ignore_columns query []string false "不读的列：表头，无表头的列写列标，如 F；可重复或以逗号分隔，用于 CSV 与工作簿 · columns of CSV and workbooks to pass over, by their headings or, without one, by their letters; repeated or separated by commas" collectionFormat(multi)
// @Param       Idempotency-Key header string false "请求的幂等键，24 小时内重发得到相同答复 · repeat the request with it within 24 hours to get the same answer"
// @Success     200 {object} v1.BatchReceipts "逐行答复 · a receipt for each row"
// @Header      200 {string} Batch-Id "批次编号，可据以再次读取逐行答复 · id by which the receipts can be read again"
// @Header      200 {string} Unread-Sheets "未读的工作表（隐藏或没有表头），百分号编码 · sheets that were not read, percent-encoded"
// @Failure     403 {object} v1.Problem "不是本密钥单位的指标，角色无权报送，或来自其他网站的页面 · not an indicator of the key's agencies, not its role, or sent by a page of another site: forbidden, cross_origin"
// @Failure     409 {object} v1.Problem "同一幂等键的请求正在处理 · the key is in use: idempotency_key_in_use"
// @Failure     422 {object} v1.Problem "整批未保存 · nothing was stored: batch_refused, empty_batch, required_field, unreadable_file, idempotency_key_reused"
// @Router      /api/v1/measurements/batch [post]
func (s *server) recordBatch(c echo.Context) error {
	p := queryOf(c, []string{"ignore_columns"}, "mode", "dry_run")
	how := tracker.Intake{Mode: word(p, "mode", indicator.Modes), DryRun: p.flag("dry_run")}
	if p.err != nil {
		return p.err
	}
	if how.Mode == "" {
		how.Mode = indicator.Partial
	}
	key, release, err := s.claim(c, nil)
	if err != nil {
		return err
	}
	defer release()
	body := newStream(c)
	ctx, files := scratch.With(c.Request().Context())
	defer files.Close()
	whole := func() ([]byte, error) { return body.fingerprint(c.Request().URL.RawQuery) }
	if b, found, err := s.Service.RepeatedBatch(ctx, key, whole); found || err != nil {
		return s.repeatBatch(c, b, err)
	}
	how.Key = key
	rows, giveBack, err := s.openRows(ctx, c, body, p.words("ignore_columns"), &how)
	defer giveBack()
	if err != nil {
		return err
	}
	if how.Again == nil {
		ctx = context.WithoutCancel(ctx) // what has come is stored, though its sender goes away
	}
	b, w, err := s.Service.ImportBatch(ctx, rows, how)
	if w != nil {
		defer w.Discard()
		if !how.DryRun {
			c.Response().Header().Set(headerBatch, b.ID)
		}
	}
	if err != nil {
		return err
	}
	b.Unread = intake.UnreadSheets(rows)
	if err := s.Service.SaveIdempotentBatch(ctx, key, whole, b); err != nil {
		return err
	}
	giveBack() // who reads the answer slowly holds no body
	return s.answerBatch(c, b, w.Receipts)
}

// openRows opens the rows of a batch. Those that are judged all or none, dry runs and
// workbooks are read once they have come whole, workbooks when it is their turn; other
// rows are read as they come. release gives back what they take, whatever the error.
func (s *server) openRows(
	ctx context.Context, c echo.Context, body io.Reader, ignored []string, how *tracker.Intake,
) (rows tracker.Rows, release func(), err error) {
	release = func() {}
	media := c.Request().Header.Get(echo.HeaderContentType)
	book, again := intake.IsWorkbook(media), how.Mode == indicator.Atomic || how.DryRun
	if !book && !again {
		rows, err = intake.Open(ctx, media, body, ignored...)
		return rows, release, err
	}
	if book {
		body = io.LimitReader(body, intake.MaxWorkbook+1)
	}
	spooled, err := spoolBody(ctx, body, &s.spooled)
	if err != nil {
		return nil, release, err
	}
	release = sync.OnceFunc(spooled.close)
	if book {
		if err := s.turns.await(c, s.turns.workbooks); err != nil {
			return nil, release, err
		}
	}
	read := func() (tracker.Rows, error) {
		if err := spooled.rewind(); err != nil {
			return nil, err
		}
		return intake.Open(ctx, media, spooled.file, ignored...)
	}
	if again {
		how.Again = read
	}
	rows, err = read()
	return rows, release, err
}

// repeatBatch answers with a batch that was answered before under the same key.
func (s *server) repeatBatch(c echo.Context, b indicator.Batch, err error) error {
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(headerReplayed, "true")
	h.Set(headerBatch, b.ID)
	ctx := c.Request().Context()
	return s.answerBatch(c, b, func(visit func(int64, indicator.Receipt) error) error {
		return s.batches.VisitReceipts(ctx, b.ID, visit)
	})
}

// answerBatch writes the receipts as they are read, one by one.
func (s *server) answerBatch(c echo.Context, b indicator.Batch, receipts func(func(int64, indicator.Receipt) error) error) error {
	lang := languageOf(c)
	markLanguage(c, lang)
	if unread := b.Unread; len(unread) > 0 {
		const most = 20 // so that the header stays of a length that proxies let pass
		c.Response().Header().Set(headerUnread, strings.Join(each(unread[:min(len(unread), most)], url.PathEscape), ", "))
	}
	vary(c.Response().Header(), "Accept")
	lines := strings.Contains(c.Request().Header.Get(echo.HeaderAccept), intake.NDJSON)
	contentType := echo.MIMEApplicationJSON
	if lines {
		contentType = intake.NDJSON
	}
	c.Response().Header().Set(echo.HeaderContentType, contentType)
	c.Response().WriteHeader(http.StatusOK)
	out := bufio.NewWriterSize(c.Response(), 64<<10)
	separator, after := "", "\n"
	if !lines {
		head, err := batchHead(b, b.Unread)
		if err != nil {
			return err
		}
		if _, err := out.WriteString(head); err != nil {
			return err
		}
		separator, after = ",\n", ""
	}
	first := true
	err := receipts(func(row int64, r indicator.Receipt) error {
		before := separator
		if first {
			before, first = "", false
		}
		text := append(out.AvailableBuffer(), before...)
		text, err := appendRow(text, indicator.RowReceipt{Row: row, Receipt: r}, lang)
		if err == nil {
			_, err = out.Write(append(text, after...))
		}
		return err
	})
	if err != nil {
		panic(http.ErrAbortHandler) // the status is sent: only a broken answer can say that it is not whole
	}
	if !lines {
		if _, err := out.WriteString("]}\n"); err != nil {
			return err
		}
	}
	return out.Flush()
}

// batchHead is the answer to a batch up to its receipts.
func batchHead(b indicator.Batch, unread []string) (string, error) {
	batch, err := json.Marshal(wireBatch(b))
	if err != nil {
		return "", err
	}
	names, err := json.Marshal(list(unread))
	return `{"batch":` + string(batch) + `,"unread_sheets":` + string(names) + `,"receipts":[`, err
}

// stream is the body of a batch. It may take its time as long as it moves, and
// its hash is known in the end.
type stream struct {
	pace

	c    echo.Context
	body io.Reader
	sum  hash.Hash
}

func newStream(c echo.Context) *stream {
	return &stream{c: c, body: http.MaxBytesReader(c.Response(), c.Request().Body, maxBatch), sum: sha256.New()}
}

func (s *stream) Read(p []byte) (int, error) {
	n, err := s.move(http.NewResponseController(s.c.Response()).SetReadDeadline, func() (int, error) { return s.body.Read(p) })
	s.sum.Write(p[:n])
	return n, unreceived(err)
}

// unreceived is the fault of a body that does not come whole.
func unreceived(err error) error {
	var tooBig *http.MaxBytesError
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return err
	case errors.As(err, &tooBig):
		return tooLarge(tooBig.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fault.Newf(fault.Timeout, "请求体传输过慢：须平均每秒至少 %d 字节，停顿不超过 %d 秒",
			"the body came too slowly: at least %d bytes a second are to come on the average, and no pause may be longer than %d s",
			leastPace, int(patience.Seconds())).Because(err)
	}
	return fault.Newf(fault.MalformedRequest, "请求体没有传完", "the request body did not arrive whole").Because(err)
}

// fingerprint reads what is left and hashes the whole.
func (s *stream) fingerprint(query string) ([]byte, error) {
	if _, err := io.Copy(io.Discard, s); err != nil {
		return nil, err
	}
	return indicator.Fingerprint([sha256.Size]byte(s.sum.Sum(nil)), query), nil
}

// readBatch
//
// @Summary     批次 · Read a batch
// @Description 批次的状态与各类行数。 How far the batch has come, with its rows counted by what became of them.
// @Tags        measurements
// @ID          readBatch
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       id path string true "批次编号 · id of the batch" example(MSHC7DCWCDEYCBTMPTVQ2ZXVTY)
// @Success     200 {object} v1.Batch "批次 · the batch"
// @Router      /api/v1/measurements/batches/{id} [get]
func (s *server) readBatch(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	b, err := s.ownBatch(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireBatch(b))
}

// ownBatch is a batch that the caller handed in, or any for one who may see those of
// others. The rest are not there.
func (s *server) ownBatch(c echo.Context) (indicator.Batch, error) {
	ctx := c.Request().Context()
	b, err := s.batches.Batch(ctx, c.Param("id"))
	if err != nil {
		return indicator.Batch{}, err
	}
	if p, known := access.From(ctx); known && !p.May(access.SeeBatches) && p.Key != b.ActorKey {
		return indicator.Batch{}, fault.Newf(fault.NotFound, "没有这个批次", "there is no such batch")
	}
	return b, nil
}

// listReceipts
//
// @Summary     批次的逐行答复 · List the receipts of a batch
// @Description 按行号，与当时的答复相同。 By row, the same as were answered.
// @Tags        measurements
// @ID          listReceipts
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       id     path  string true  "批次编号 · id of the batch" example(MSHC7DCWCDEYCBTMPTVQ2ZXVTY)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.RowReceiptPage "一页逐行答复 · one page of receipts"
// @x-table   true
// @Router      /api/v1/measurements/batches/{id}/receipts [get]
func (s *server) listReceipts(c echo.Context) error {
	p := query(c, append(tableParams, "limit", "cursor")...)
	as := p.shape(c, nil)
	page := p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	if _, err := s.ownBatch(c); err != nil {
		return err
	}
	lang := languageOf(c)
	return answerRows(s, c, as, listing[v1.RowReceipt]{
		name: "receipts", title: fault.Text{ZH: "逐行答复", EN: "Receipts of a batch"},
		read: pages(&page, func(ctx context.Context) ([]indicator.RowReceipt, int64, error) {
			return s.batches.BatchReceipts(ctx, c.Param("id"), page)
		}, func(r indicator.RowReceipt) v1.RowReceipt { return wireRow(r, lang) }),
		language: lang,
	})
}

func wireBatch(b indicator.Batch) v1.Batch {
	t := b.Tally
	w := v1.Batch{
		ID: &b.ID, Mode: string(b.Mode), DryRun: b.DryRun, State: string(b.State),
		Rows: t.Rows, Stored: t.Stored, Revised: t.Revised, Unchanged: t.Unchanged, Superseded: t.Superseded, Refused: t.Refused,
		CreatedAt: moment(b.CreatedAt), UpdatedAt: moment(b.UpdatedAt),
	}
	if b.DryRun {
		w.ID = nil
	}
	return w
}

// appendRow writes a receipt as JSON. Those without a detail, which are nearly all
// of a long answer, need no escapes and are put together here.
func appendRow(b []byte, r indicator.RowReceipt, lang string) ([]byte, error) {
	if r.Refusal != nil || r.Outcome == indicator.Superseded {
		text, err := json.Marshal(wireRow(r, lang))
		return append(b, text...), err
	}
	b, err := appendOrigin(strconv.AppendInt(append(b, `{"row":`...), r.Row, 10), r.Origin)
	if err != nil {
		return nil, err
	}
	b = append(append(append(b, `,"outcome":"`...), r.Outcome...), `","id":`...)
	if id := r.Measurement.ID; id == 0 {
		b = append(b, `null,"revision":null`...)
	} else {
		b = append(strconv.AppendInt(append(b, '"'), id, 10), `","revision":`...)
		b = strconv.AppendInt(b, int64(r.Measurement.Revision), 10)
	}
	b = append(b, `,"code":null,"field":null,"detail":null,"cautions":[`...)
	for i, caution := range r.Cautions {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), caution...), '"')
	}
	return append(b, `]}`...), nil
}

func appendOrigin(b []byte, o indicator.Origin) ([]byte, error) {
	b, err := appendOrNull(append(b, `,"sheet":`...), o.Sheet)
	if err != nil {
		return nil, err
	}
	if b = append(b, `,"line":`...); o.Line == 0 {
		b = append(b, `null`...)
	} else {
		b = strconv.AppendInt(b, o.Line, 10)
	}
	if b, err = appendOrNull(append(b, `,"indicator":`...), o.Indicator); err != nil {
		return nil, err
	}
	if b = append(b, `,"external_code":`...); o.External.Code == "" {
		return append(b, `null`...), nil
	}
	if b, err = jsontext.AppendQuote(append(b, `{"namespace":`...), o.External.Namespace); err != nil {
		return nil, err
	}
	b, err = jsontext.AppendQuote(append(b, `,"code":`...), o.External.Code)
	return append(b, '}'), err
}

func appendOrNull(b []byte, text string) ([]byte, error) {
	if text == "" {
		return append(b, `null`...), nil
	}
	return jsontext.AppendQuote(b, text)
}

func wireRow(r indicator.RowReceipt, lang string) v1.RowReceipt {
	w := v1.RowReceipt{Row: r.Row, Outcome: string(r.Outcome), Cautions: list(r.Cautions)}
	if r.Origin.Sheet != "" {
		w.Sheet = &r.Origin.Sheet
	}
	if r.Origin.Line != 0 {
		w.Line = &r.Origin.Line
	}
	if r.Origin.Indicator != "" {
		w.Indicator = &r.Origin.Indicator
	}
	w.ExternalCode = externalOrNull(r.Origin.External)
	switch {
	case r.Refusal != nil:
		code, detail := string(r.Refusal.Code), r.Refusal.Detail.In(lang)
		w.Code, w.Field, w.Detail = &code, &r.Refusal.Field, &detail
		return w
	case r.Outcome == indicator.Superseded:
		code := string(indicator.Superseded)
		if r.Vacant {
			code = string(indicator.Retracted)
		}
		w.Code, w.Detail = &code, remark(r.Receipt, lang)
	}
	if r.Measurement.ID != 0 {
		id := strconv.FormatInt(r.Measurement.ID, 10)
		w.ID = &id
		w.Revision = &r.Measurement.Revision
	}
	return w
}
