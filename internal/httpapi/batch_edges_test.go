package httpapi_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

func TestBatchRowsStandForThemselves(t *testing.T) {
	row := func(fields string) string { return `{"indicator":"donghe-2023-1-1","period":"2023-08"` + fields + `}` }
	for _, c := range []struct{ name, row, want string }{
		{"a row without a value", row(``), "refused required_field/value"},
		{"a value that is null", row(`,"value":null`), "refused wrong_type/value"},
		{"a value that is true", row(`,"value":true`), "refused wrong_type/value"},
		{"a value in words", row(`,"value":"十"`), "refused invalid_number/value"},
		{"a value as text", row(`,"value":"10"`), "stored"},
		{"a unit of another dimension", row(`,"value":1,"unit":"吨"`), "refused unit_mismatch/unit"},
		{"a basis that there is not", row(`,"value":1,"basis":"often"`), "refused invalid_value/basis"},
		{"a field twice", row(`,"value":1,"value":2`), "refused duplicate_field/value"},
		{"a period that is none", strings.Replace(row(`,"value":1`), "2023-08", "2023-13", 1), "refused invalid_period/period"},
		{"an indicator that there is not", strings.Replace(row(`,"value":1`), "donghe", "xihe", 1), "refused unknown_indicator/indicator"},
		{"a list", `[]`, "refused wrong_type"},
		{"null", `null`, "refused wrong_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			good := strings.Replace(row(`,"value":5`), "2023-08", "2023-07", 1)
			got := read[v1.BatchReceipts](a.send("POST", batchPath, c.row+"\n"+good, "Content-Type", intake.NDJSON).want(200))
			if outcomes := outcomesOf(got.Receipts); outcomes != c.want+", stored" {
				t.Errorf("got %s, want %s, stored", outcomes, c.want)
			}
			if b := got.Batch; b.Rows != 2 || b.Stored+b.Refused != 2 {
				t.Errorf("batch %+v", b)
			}
		})
	}
}

// cutOff sends a batch over a real connection that breaks off after a part of
// the body, once rows of it are stored, and waits until the service is done with it.
func (a *api) cutOff(part string, header ...string) {
	a.t.Helper()
	served := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(served)
		a.handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	body, out := io.Pipe()
	go func() {
		_, _ = io.WriteString(out, part)
		for stored := 0; stored == 0; time.Sleep(time.Millisecond) {
			ms, _, _, err := a.db.Feed(a.t.Context(), indicator.FeedSelection{}, indicator.Page{Limit: 1})
			if stored = len(ms); err != nil {
				break
			}
		}
		_ = out.CloseWithError(errors.New("the line is dead"))
	}()
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, server.URL+batchPath, body)
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if resp, err := server.Client().Do(req); err == nil {
		_ = resp.Body.Close()
		a.t.Errorf("answered with %s", resp.Status)
	}
	<-served
}

func TestBatchCutOffGoesOnUnderItsKey(t *testing.T) {
	a := newAPI(t)
	const n, days = 10_500, 280 // more than are stored together; days that have begun
	text := "西山市2023年重点工作\n一、产业\n"
	for task := range n/days + 1 {
		text += fmt.Sprintf("%d.壮大企业。新增企业30家（牵头单位：市科技局）。\n", task+1)
	}
	a.send("POST", "/api/v1/plans?code=xishan-2023&confirm=true", text, "Content-Type", "text/plain; charset=utf-8").want(201)
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"indicator":"xishan-2023-%d-1","period":"%s","value":%d}`, 1+i/days, indicator.DateOf(2023, 1, 1).AddDays(i%days), i)
	}
	rows[1] = "rubbish"
	body := strings.Join(rows, "\n") + "\n"
	header := []string{"Content-Type", intake.NDJSON, "Idempotency-Key", "september"}
	count := func() int {
		ms, _, _, err := a.db.Feed(a.t.Context(), indicator.FeedSelection{}, indicator.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return len(ms)
	}
	a.cutOff(body[:len(body)-100], header...)
	if got := count(); got == 0 || got >= n-1 {
		t.Fatalf("%d stored before it broke off", got)
	}

	a.send("POST", batchPath, strings.Replace(body, `"value":0}`, `"value":7}`, 1), header...).wantProblem(422, "idempotency_key_reused", "")
	first := a.send("POST", batchPath, body, header...).want(200)
	got := read[v1.BatchReceipts](first)
	want := "stored, refused malformed_request" + strings.Repeat(", stored", 9)
	if outcomes := outcomesOf(got.Receipts[:11]); outcomes != want {
		t.Errorf("got %s, want %s", outcomes, want)
	}
	if b := got.Batch; len(got.Receipts) != n || b.Rows != n || b.Stored != n-1 || b.State != "done" || count() != n-1 {
		t.Errorf("%d receipts, %+v, %d stored", len(got.Receipts), b, count())
	}
	again := a.send("POST", batchPath, body, header...).want(200)
	if again.header.Get("Idempotency-Replayed") != "true" || !bytes.Equal(first.body, again.body) || count() != n-1 {
		t.Errorf("then %s, %d stored", again.header, count())
	}
	page := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + *got.Batch.ID + "/receipts?limit=11").want(200))
	if outcomes := outcomesOf(page.Items); outcomes != want {
		t.Errorf("read again %s", outcomes)
	}
}

func TestBatchReceiptsCanBeReadAgainByPages(t *testing.T) {
	a := newAPI(t)
	a.seed()
	var rows []string
	for month := 1; month <= 5; month++ {
		rows = append(rows, fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-%02d","value":%d}`, month, month))
	}
	rows[2] = `{"indicator":"donghe-2023-1-1","period":"2023-03","value":"x"}`
	batch := *read[v1.BatchReceipts](a.send("POST", batchPath, strings.Join(rows, "\n"), "Content-Type", intake.NDJSON).want(200)).Batch.ID
	receipts := "/api/v1/measurements/batches/" + batch + "/receipts"
	t.Run("to their end", func(t *testing.T) {
		a.t = t
		var all []v1.RowReceipt
		for path := receipts + "?limit=2"; path != ""; {
			resp := a.get(path).want(200)
			all = append(all, read[v1.RowReceiptPage](resp).Items...)
			path = strings.TrimSuffix(strings.TrimPrefix(resp.header.Get("Link"), "<"), `>; rel="next"`)
		}
		if got := outcomesOf(all); got != "stored, stored, refused invalid_number/value, stored, stored" {
			t.Error(got)
		}
	})
	t.Run("in the language of the reader", func(t *testing.T) {
		a.t = t
		details := map[string]string{}
		for _, lang := range []string{"zh", "en"} {
			details[lang] = *read[v1.RowReceiptPage](a.get(receipts, "Accept-Language", lang).want(200)).Items[2].Detail
		}
		if details["zh"] == details["en"] || details["en"] == "" || strings.ContainsFunc(details["en"], func(r rune) bool { return r > 0x4e00 && r < 0x9fff }) {
			t.Errorf("details %q", details)
		}
	})
	t.Run("by its sender and by admins, and by nobody else", func(t *testing.T) {
		a.t = t
		_, mine := a.key(access.Reporter, "市工信局")
		_, other := a.key(access.Reporter, "市工信局")
		sent := a.post(batchPath, "["+rows[0]+"]", "Authorization", "Bearer "+mine).want(200)
		path := "/api/v1/measurements/batches/" + sent.header.Get("Batch-Id")
		for _, p := range []string{path, path + "/receipts"} {
			a.get(p, "Authorization", "Bearer "+mine).want(200)
			a.get(p).want(200)
			a.get(p, "Authorization", "Bearer "+other).wantProblem(404, "not_found", "")
		}
	})
	t.Run("not from a cursor that is none", func(t *testing.T) {
		a.t = t
		a.get(receipts+"?cursor=x").wantProblem(400, "invalid_parameter", "cursor")
		a.get(receipts+"?page=2").wantProblem(400, "invalid_parameter", "page")
	})
}

func TestBatchOfAnAgencyReachesItsOwnIndicatorsAlone(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, token := a.key(access.Reporter, "市工信局")
	mine := `{"indicator":"donghe-2023-1-1","period":"2023-08","value":1}`
	others := strings.Replace(mine, "2023-1-1", "2023-2-3", 1)
	got := read[v1.BatchReceipts](a.post(batchPath, "["+others+","+mine+"]", "Authorization", "Bearer "+token).want(200))
	if outcomes := outcomesOf(got.Receipts); outcomes != "refused forbidden/indicator, stored" {
		t.Error(outcomes)
	}
	_, analyst := a.key(access.Analyst)
	a.post(batchPath, "["+mine+"]", "Authorization", "Bearer "+analyst).wantProblem(403, "forbidden", "")
}

func (a *api) templateOf(agency, query string, header ...string) answer {
	a.t.Helper()
	return a.get("/api/v1/agencies/"+url.PathEscape(agency)+"/template.xlsx"+query, header...).want(200)
}

// sheetOf are the rows of an agency's template.
func (a *api) sheetOf(agency, query string, header ...string) [][]string {
	t := a.t
	t.Helper()
	resp := a.templateOf(agency, query, header...)
	if got := resp.header.Get("Content-Type"); got != intake.Workbook {
		t.Errorf("media type %s", got)
	}
	_, file, err := mime.ParseMediaType(resp.header.Get("Content-Disposition"))
	if err != nil || file["filename"] != agency+".xlsx" {
		t.Errorf("file %v, %v", file, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(resp.body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("实绩")
	if err != nil {
		t.Fatal(err)
	}
	return rows[3:] // below the title and what to do
}

func TestTemplateOfAnAgency(t *testing.T) {
	a := newAPI(t)
	a.seed()
	sheet := func(t *testing.T, agency, query string, header ...string) [][]string {
		t.Helper()
		a.t = t
		return a.sheetOf(agency, query, header...)
	}
	t.Run("holds the indicators that it leads or takes part in", func(t *testing.T) {
		for agency, want := range map[string]string{"市工信局": "donghe-2023-1-1 donghe-2023-1-2", "市交通局": "donghe-2023-1-1 donghe-2023-1-2", "市农业农村局": "donghe-2023-2-1 donghe-2023-2-2 donghe-2023-2-3"} {
			var codes []string
			for _, row := range sheet(t, agency, "")[1:] {
				codes = append(codes, row[0])
			}
			if got := strings.Join(codes, " "); got != want {
				t.Errorf("%s: %s", agency, got)
			}
		}
		if lead, part := sheet(t, "市工信局", "")[1][2], sheet(t, "市交通局", "")[1][2]; lead == part {
			t.Errorf("both are %s", lead)
		}
	})
	for _, c := range []struct{ name, on, want string }{
		{"the month before the day", "2023-09-15", "2023-08"},
		{"the month that ended yesterday", "2023-09-01", "2023-08"},
		{"the last month of a term that is over", "2025-03-01", "2023-12"},
		{"the first month when none has ended", "2023-01-20", "2023-01"},
		{"the first month before the term", "2022-06-01", "2023-01"},
	} {
		t.Run("asks for "+c.name, func(t *testing.T) {
			rows := sheet(t, "市工信局", "?on="+c.on)
			if got := rows[1][slices.Index(rows[0], "报告期")]; got != c.want {
				t.Errorf("asks for %s", got)
			}
		})
	}
	t.Run("has English headings for English readers", func(t *testing.T) {
		if row := sheet(t, "市工信局", "", "Accept-Language", "en")[0]; row[0] != "indicator" || !slices.Contains(row, "value") {
			t.Errorf("headings %q", row)
		}
	})
	t.Run("refuses what it cannot be made for", func(t *testing.T) {
		a.t = t
		path := "/api/v1/agencies/" + url.PathEscape("市工信局") + "/template.xlsx"
		a.get(path+"?on=soon").wantProblem(400, "invalid_parameter", "on")
		a.get(path+"?plan=nothing").wantProblem(404, "not_found", "")
		a.get(path+"?year=2023").wantProblem(400, "invalid_parameter", "year")
	})
}
