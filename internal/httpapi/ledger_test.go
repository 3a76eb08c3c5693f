package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const batchPath = "/api/v1/measurements/batch"

// outcomesOf are the outcomes of a batch's receipts, refusals with their code
// and field.
func outcomesOf(receipts []v1.RowReceipt) string {
	var all []string
	for i, r := range receipts {
		if r.Row != int64(i+1) {
			all = append(all, fmt.Sprintf("(row %d)", r.Row))
		}
		text := r.Outcome
		if r.Field != nil {
			text += " " + *r.Code + *r.Field
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestBatchForms(t *testing.T) {
	english := "indicator,period,value,basis,source_id\ndonghe-2023-1-1,2023-08,10,increment,a\ndonghe-2023-1-1,2024-01,1,,b\n,,,,\ndonghe-2023-1-1,2023-08,10,,a\n"
	chinese := "指标代码,报告期,实绩,口径,来源编号\ndonghe-2023-1-1,2023-08,10,本期,a\ndonghe-2023-1-1,2024-01,1,,b\ndonghe-2023-1-1,2023-08,10,本期,a\n"
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().String(chinese)
	if err != nil {
		t.Fatal(err)
	}
	rows := []string{
		`{"indicator":"donghe-2023-1-1","period":"2023-08","value":10,"source_id":"a"}`,
		`{"indicator":"donghe-2023-1-1","period":"2024-01","value":1,"source_id":"b"}`,
		`{"indicator":"donghe-2023-1-1","period":"2023-08","value":10,"source_id":"a"}`,
	}
	for name, c := range map[string]struct{ mediaType, body string }{
		"a JSON array":                   {"application/json", "[" + strings.Join(rows, ",\n") + "]"},
		"NDJSON, the last line open":     {"application/x-ndjson", strings.Join(rows, "\n\n")},
		"CSV with English headings":      {"text/csv", english},
		"CSV with a byte-order mark":     {"text/csv; charset=utf-8", "\ufeff" + chinese},
		"CSV in GB18030, not said":       {"text/csv", gb18030},
		"CSV in GB18030, as it is said":  {"text/csv; charset=GB18030", gb18030},
		"CSV with carriage returns, too": {"text/csv", strings.ReplaceAll(chinese, "\n", "\r\n")},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			resp := a.send("POST", batchPath, c.body, "Content-Type", c.mediaType).want(200)
			got := read[v1.BatchReceipts](resp)
			if want := "stored, refused period_outside_term/period, unchanged"; outcomesOf(got.Receipts) != want {
				t.Fatalf("%s, want %s", outcomesOf(got.Receipts), want)
			}
			if *got.Receipts[0].ID != *got.Receipts[2].ID || got.Batch.Rows != 3 || got.Batch.Refused != 1 || *got.Batch.ID != resp.header.Get("Batch-Id") {
				t.Errorf("%s", resp.body)
			}
			again := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + *got.Batch.ID + "/receipts?limit=2").want(200))
			if outcomesOf(again.Items) != "stored, refused period_outside_term/period" || again.NextCursor == nil {
				t.Errorf("again %+v", again)
			}
			if b := read[v1.Batch](a.get("/api/v1/measurements/batches/" + *got.Batch.ID).want(200)); b.State != "done" || b.Stored != 1 {
				t.Errorf("batch %+v", b)
			}
		})
	}
}

func TestBatchAnswersNDJSONWhenAsked(t *testing.T) {
	a := newAPI(t)
	a.seed()
	body := `{"indicator":"donghe-2023-1-1","period":"2023-08","value":10}` + "\nrubbish\n" + `{"indicator":"donghe-2023-1-1","period":"2023-08","value":10,"colour":1}`
	resp := a.send("POST", batchPath, body, "Content-Type", "application/x-ndjson", "Accept", "application/x-ndjson", "Accept-Language", "en").want(200)
	lines := strings.Split(strings.TrimSpace(string(resp.body)), "\n")
	if len(lines) != 3 || resp.header.Get("Content-Type") != "application/x-ndjson" {
		t.Fatalf("%s", resp.body)
	}
	var receipts []v1.RowReceipt
	for _, line := range lines {
		var r v1.RowReceipt
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, r)
	}
	if got := outcomesOf(receipts); got != "stored, refused malformed_request, refused unknown_field/colour" {
		t.Error(got)
	}
	if *receipts[2].Detail != "there is no field /colour" {
		t.Errorf("detail %s", *receipts[2].Detail)
	}
}

func TestBatchModes(t *testing.T) {
	good := `{"indicator":"donghe-2023-1-1","period":"2023-08","value":10}`
	a := newAPI(t)
	a.seed()
	count := func() int {
		return len(read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200)).Items)
	}
	t.Run("a dry run says what would be and stores nothing", func(t *testing.T) {
		a.t = t
		got := read[v1.BatchReceipts](a.post(batchPath+"?dry_run=true", "["+good+","+good+"]").want(200))
		if outcomesOf(got.Receipts) != "stored, unchanged" || got.Batch.ID != nil || !got.Batch.DryRun || count() != 0 {
			t.Errorf("%+v, %d stored", got, count())
		}
	})
	t.Run("atomic with a refused row stores nothing, and the receipts say which", func(t *testing.T) {
		a.t = t
		resp := a.post(batchPath+"?mode=atomic", `[`+good+`,{"indicator":"donghe-2023-1-1","period":"2023-09","value":1,"unit":"吨"}]`)
		resp.wantProblem(422, "batch_refused", "/1/unit")
		page := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + resp.header.Get("Batch-Id") + "/receipts").want(200))
		if outcomesOf(page.Items) != "not_stored, refused unit_mismatch/unit" || count() != 0 {
			t.Errorf("%s, %d stored", outcomesOf(page.Items), count())
		}
	})
	t.Run("atomic with good rows stores all", func(t *testing.T) {
		a.t = t
		a.post(batchPath+"?mode=atomic", "["+good+","+strings.Replace(good, "08", "07", 1)+"]").want(200)
		if count() != 2 {
			t.Errorf("%d stored", count())
		}
	})
	t.Run("what cannot be read to its end keeps what came before, unless atomic", func(t *testing.T) {
		a.t = t
		a.post(batchPath+"?mode=atomic", "["+good+",").wantProblem(400, "malformed_request", "")
		if count() != 2 {
			t.Errorf("atomic: %d stored", count())
		}
		resp := a.post(batchPath, "["+good+",")
		resp.wantProblem(400, "malformed_request", "")
		if b := read[v1.Batch](a.get("/api/v1/measurements/batches/" + resp.header.Get("Batch-Id")).want(200)); b.Revised != 1 || count() != 3 {
			t.Errorf("partial: %+v, %d stored", b, count())
		}
	})
	t.Run("what is no batch is refused", func(t *testing.T) {
		a.t = t
		for body, code := range map[string]string{"": "empty_body", "{}": "wrong_type"} {
			resp := a.post(batchPath, body)
			resp.wantProblem(400, code, "")
			if id := resp.header.Get("Batch-Id"); id != "" {
				t.Errorf("%q makes the batch %s", body, id)
			}
		}
		a.post(batchPath, "["+good+"] x").wantProblem(400, "trailing_data", "")
		a.post(batchPath+"?mode=all", "[]").wantProblem(400, "invalid_parameter", "mode")
		a.send("POST", batchPath, "x", "Content-Type", "text/plain").wantProblem(415, "unsupported_media_type", "")
		a.send("POST", batchPath, "指标代码,报告期,颜色\n", "Content-Type", "text/csv").wantProblem(400, "unknown_field", "")
		a.send("POST", batchPath, "指标代码,报告期\n", "Content-Type", "text/csv").wantProblem(422, "required_field", "")
		a.send("POST", batchPath, "PK", "Content-Type", intake.Workbook).wantProblem(422, "unreadable_file", "")
		a.get("/api/v1/measurements/batches/none").wantProblem(404, "not_found", "")
	})
}

// answeredBefore is a store in which an earlier release kept an answer's bytes.
type answeredBefore struct {
	*store.Store
	kept *indicator.Answer
}

func (s answeredBefore) Replay(context.Context, indicator.Idempotency) (*indicator.Answered, error) {
	return &indicator.Answered{Kept: s.kept}, nil
}

func TestIdempotencyKey(t *testing.T) {
	a := newAPI(t)
	a.seed()
	report := `{"indicator":"donghe-2023-1-1","period":"2023-09","value":20}`
	t.Run("replays the answer, byte for byte, whatever came after it", func(t *testing.T) {
		a.t = t
		post := func() answer { return a.post("/api/v1/measurements", report, "Idempotency-Key", `"k1"`).want(201) }
		first := post()
		same := func(after string) {
			t.Helper()
			again := post()
			if !bytes.Equal(first.body, again.body) || again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("Location") != first.header.Get("Location") {
				t.Errorf("after %s: first %s\nagain %s", after, first.body, again.body)
			}
		}
		same("nothing")
		if page := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200)); len(page.Items) != 1 {
			t.Errorf("stored %+v", page.Items)
		}
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":7}`).want(201)
		same("a report of an earlier period")
		revised := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", strings.Replace(report, "20}", "30}", 1)).want(201))
		same("a correction")
		a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", `{"name":"另一名称","target":{"comparator":"ge","value":40,"unit":"个"}}`, "Content-Type", "application/json", "If-Match", "*").want(200)
		same("a change of the target")
		a.send("DELETE", "/api/v1/measurements/"+revised.Measurement.ID+"?reason=x", "").want(200)
		same("a retraction")
		english := a.post("/api/v1/measurements", report, "Idempotency-Key", `"k1"`, "Accept-Language", "en").want(201)
		if english.header.Get("Content-Language") != "en" || bytes.Equal(english.body, first.body) {
			t.Errorf("in English %s", english.body)
		}
	})
	t.Run("replays the bytes that an earlier release kept", func(t *testing.T) {
		a.t = t
		kept := &indicator.Answer{Status: 201, Header: "/there", Body: a.post("/api/v1/measurements", report).want(201).body}
		handler := a.handler
		defer func() { a.handler = handler }()
		a.handler = a.with(func(o *httpapi.Options) {
			o.Service = tracker.New(answeredBefore{a.db, kept}, a.clock, time.UTC, progress.DefaultProfile())
		})
		again := a.post("/api/v1/measurements", report, "Idempotency-Key", "older").want(201)
		if !bytes.Equal(again.body, kept.Body) || again.header.Get("Location") != "/there" || again.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%v %s", again.header, again.body)
		}
	})
	t.Run("refuses another payload and a key that is none", func(t *testing.T) {
		a.t = t
		a.post("/api/v1/measurements", strings.Replace(report, "20", "21", 1), "Idempotency-Key", `"k1"`).wantProblem(422, "idempotency_key_reused", "")
		a.post("/api/v1/measurements", report, "Idempotency-Key", `""`).wantProblem(400, "invalid_parameter", "Idempotency-Key")
	})
	t.Run("replays a batch", func(t *testing.T) {
		a.t = t
		first := a.post(batchPath, "["+report+"]", "Idempotency-Key", "k2").want(200)
		again := a.post(batchPath, "["+report+"]", "Idempotency-Key", "k2").want(200)
		if first.header.Get("Batch-Id") != again.header.Get("Batch-Id") || outcomesOf(read[v1.BatchReceipts](again).Receipts) != "revised" {
			t.Errorf("first %s\nagain %s", first.body, again.body)
		}
		a.post(batchPath, "["+report+","+report+"]", "Idempotency-Key", "k2").wantProblem(422, "idempotency_key_reused", "")
	})
}

func TestCorrections(t *testing.T) {
	a := newAPI(t)
	a.seed()
	first := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", piles).want(201))
	a.post("/api/v1/measurements", strings.Replace(piles, "2023-09\"", "2023-10\"", 1)).wantProblem(409, "source_id_taken", "/source_id")

	a.send("DELETE", "/api/v1/measurements/"+first.Measurement.ID, "").wantProblem(422, "required_field", "/reason")
	done := read[v1.MeasurementReceipt](a.send("DELETE", "/api/v1/measurements/"+first.Measurement.ID, `{"reason":"重复统计"}`, "Content-Type", "application/json").want(200))
	if done.Outcome != "retracted" || *done.Measurement.Retracts != first.Measurement.ID || done.Measurement.Note != "重复统计" || done.Progress.Status != "no_data" {
		t.Errorf("retracted %+v", done)
	}
	again := read[v1.MeasurementReceipt](a.send("DELETE", "/api/v1/measurements/"+first.Measurement.ID+"?reason=x", "").want(200))
	if again.Outcome != "unchanged" || again.Measurement.ID != done.Measurement.ID {
		t.Errorf("again %+v", again)
	}
	was := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&as_of=" + first.Measurement.RecordedAt).want(200))
	if was.Actual == nil || was.Actual.Value != *first.Measurement.Value {
		t.Errorf("as of the report: %+v", was)
	}
	if now := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30").want(200)); now.Actual != nil {
		t.Errorf("now: %+v", now.Actual)
	}
	if sent := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", piles).want(200)); sent.Outcome != "superseded" || sent.Measurement.ID != done.Measurement.ID {
		t.Errorf("sent again %+v", sent)
	}
	second := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", strings.TrimSuffix(piles, "}")+`,"replaces":"`+done.Measurement.ID+`"}`).want(201))
	if second.Outcome != "revised" || second.Measurement.Revision != 3 {
		t.Errorf("reported again %+v", second)
	}
	a.send("DELETE", "/api/v1/measurements/"+first.Measurement.ID+"?reason=x", "").wantProblem(409, "superseded", "")
	a.send("DELETE", "/api/v1/measurements/99999?reason=x", "").wantProblem(404, "not_found", "")
	a.send("DELETE", "/api/v1/measurements/x?reason=x", "").wantProblem(404, "not_found", "")

	var kinds []string
	for path := "/api/v1/measurements?limit=2"; ; {
		page := read[v1.MeasurementFeed](a.get(path).want(200))
		for _, m := range page.Items {
			kinds = append(kinds, fmt.Sprint(m.Revision, m.Retracts != nil))
		}
		if path = "/api/v1/measurements?limit=2&updated_after=" + page.NextCursor; !page.HasMore {
			if rest := read[v1.MeasurementFeed](a.get(path).want(200)); len(rest.Items) != 0 || rest.NextCursor != page.NextCursor {
				t.Errorf("after the end %+v", rest)
			}
			break
		}
	}
	if got := strings.Join(kinds, ", "); got != "1 false, 2 true, 3 false" {
		t.Errorf("feed %s", got)
	}
	a.get("/api/v1/measurements?updated_after=x").wantProblem(400, "invalid_parameter", "updated_after")

	audit := read[v1.AuditPage](a.get("/api/v1/audit?target=donghe-2023-1-1").want(200))
	var actions []string
	for _, e := range audit.Items {
		actions = append(actions, e.Action)
		if e.Actor.Key == "" || e.Actor.RequestID == "" || len(e.Hash) != 64 {
			t.Errorf("entry %+v", e)
		}
	}
	if got := strings.Join(actions, " "); got != "measurement.stored measurement.retracted measurement.revised" {
		t.Errorf("audit %s", got)
	}
	a.get("/api/v1/audit?from=yesterday").wantProblem(400, "invalid_parameter", "from")
}

func TestTemplateCanBePostedBack(t *testing.T) {
	a := newAPI(t)
	a.seed()
	path := "/api/v1/agencies/%E5%B8%82%E5%B7%A5%E4%BF%A1%E5%B1%80/template.xlsx"
	file := a.get(path).want(200)
	post := func(body string) v1.BatchReceipts {
		return read[v1.BatchReceipts](a.send("POST", batchPath, body, "Content-Type", intake.Workbook).want(200))
	}
	a.send("POST", batchPath, string(file.body), "Content-Type", intake.Workbook).wantProblem(422, "empty_batch", "") // not filled in
	book, err := excelize.OpenReader(bytes.NewReader(file.body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("实绩")
	want := []string{
		"donghe-2023-1-1", "新增公共充电桩数", "牵头", "达到", "221个", "越高越好（推定）", "逐步达到", "全期", "2023-12-31", "", "", "2023-09", "", "", "", "个", "本期",
		"template:" + a.agencyOf("东河市", "市工信局").ID + "/donghe-2023-1-1/2023-09/increment", "市工信局",
	}
	if err != nil || len(rows) != 6 || !slices.Equal(rows[4], want) {
		t.Fatalf("%q, %v", rows, err)
	}
	for cell, value := range map[string]any{"M5": "20.50", "R5": "gxj-1", "M6": 31000} {
		if err := book.SetCellValue("实绩", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var filled bytes.Buffer
	if err := book.Write(&filled); err != nil {
		t.Fatal(err)
	}
	if got := post(filled.String()); outcomesOf(got.Receipts) != "stored, stored" {
		t.Errorf("filled in: %+v", got)
	}
	ms := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200))
	if len(ms.Items) != 1 || *ms.Items[0].Value != "20.50" || ms.Items[0].SourceID != "gxj-1" {
		t.Errorf("stored %+v", ms.Items)
	}
	english := a.get(path+"?plan=donghe-2023&on=2023-03-15", "Accept-Language", "en").want(200)
	a.send("POST", batchPath, string(english.body), "Content-Type", intake.Workbook).wantProblem(422, "empty_batch", "")
	a.get("/api/v1/agencies/none/template.xlsx").wantProblem(404, "not_found", "")
}
