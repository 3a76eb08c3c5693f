package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tabular"
)

// tables are the lists, summaries and series that are had in any format, and whether that
// is SDMX-CSV too.
var tables = map[string]bool{
	"/api/v1/plans?": false, "/api/v1/plans/donghe-2023/tasks?": false, "/api/v1/indicators?": false, "/api/v1/agencies?": false,
	"/api/v1/progress?on=2023-09-30&": true, "/api/v1/series?on=2023-09-30&": true, "/api/v1/indicators/donghe-2023-1-1/series?on=2023-09-30&": true,
	"/api/v1/measurements?": true, "/api/v1/indicators/donghe-2023-1-1/measurements?": true,
	"/api/v1/summary?group_by=agency,status&": false, "/api/v1/summary?": false, "/api/v1/plans/donghe-2023/summary?": false,
	"/api/v1/audit?": false, "/api/v1/keys?": false,
	"/api/v1/plans/donghe-2023/register?on=2023-09-30&": false, "/api/v1/plans/donghe-2023/updates?": false, "/api/v1/plans/donghe-2023/milestones?": false,
	"/api/v1/plans/donghe-2023/cycles?": false, "/api/v1/plans/donghe-2023/cycles/2023-09?": false, "/api/v1/plans/donghe-2023/cycles/2023-09?group_by=indicator&": false,
	"/api/v1/issues?": false, "/api/v1/notices?": false, "/api/v1/runs?": false, "/api/v1/webhooks?": false,
	"/api/v1/plans/donghe-2023/assessment?": false, "/api/v1/plans/donghe-2023/assessments?": false, "/api/v1/plans/donghe-2023/assessment/entries?": false,
}

func (a *api) seedTables() {
	a.t.Helper()
	a.seed()
	a.report("donghe-2023-1-1", `"period":"2023-01","value":10,"basis":"increment"`, `"period":"2023-02","value":15,"basis":"increment","provisional":true`)
	a.report("donghe-2023-1-1", `"period":"2023-03","missing":"not_available","note":"系统升级"`)
	a.post(taskOne+"/updates", `{"period":"2023-09","text":"完成选址"}`).want(201)
	a.post(taskTwo+"/milestones", `{"title":"完成整地","due_on":"2023-03-31"}`).want(201)
	a.post("/api/v1/issues", `{"indicator":"donghe-2023-1-1","title":"用地未批"}`).want(201)
	a.post("/api/v1/notices", theNotice).want(201)
	a.post("/api/v1/plans/donghe-2023/assessment/entries", `{"what":"bonus","agency":"市工信局","points":1,"by":"市政府","reason":"表彰"}`).want(201)
	a.post("/api/v1/plans/donghe-2023/assessments", `{"title":"结果"}`).want(201)
	if _, err := a.oversight().RunUntil(a.t.Context(), oversight.RunRequest{Worker: "test"}); err != nil {
		a.t.Fatal(err)
	}
}

func records(t *testing.T, data []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return all
}

func TestListsAnswerInEveryFormat(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	for path, sdmx := range tables {
		for _, f := range tabular.Formats {
			got := a.get(path + "format=" + string(f))
			if f == tabular.SDMXCSV && !sdmx {
				got.wantProblem(400, "invalid_parameter", "format")
				continue
			}
			got.want(200)
			if media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";"); media != f.MediaType() {
				t.Errorf("%s as %s: Content-Type %s", path, f, got.header.Get("Content-Type"))
			}
			if name := got.header.Get("Content-Disposition"); !strings.HasPrefix(name, "attachment; filename=") || !strings.HasSuffix(name, f.Extension()+`"`) {
				t.Errorf("%s as %s: Content-Disposition %s", path, f, name)
			}
			if vary := strings.Join(got.header.Values("Vary"), ","); !strings.Contains(vary, "Accept,") || !strings.Contains(vary, "Accept-Language") {
				t.Errorf("%s as %s: Vary %s", path, f, vary)
			}
			accepted := a.get(strings.TrimSuffix(path, "&"), "Accept", f.MediaType()).want(200)
			if f != tabular.XLSX && !bytes.Equal(accepted.body, got.body) && !strings.Contains(path, "audit") && !strings.Contains(path, "keys") {
				t.Errorf("%s as %s is another by Accept:\n%s\n%s", path, f, got.body, accepted.body)
			}
			if head := a.send(http.MethodHead, path+"format="+string(f), ""); head.header.Get("Content-Type") != got.header.Get("Content-Type") || head.status != 200 {
				t.Errorf("HEAD %s as %s: %d, %s", path, f, head.status, head.header.Get("Content-Type"))
			}
		}
	}
}

func TestTablesHoldTheRowsOfTheList(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	const path = "/api/v1/progress?on=2023-09-30"
	page := read[v1.ProgressPage](a.get(path).want(200))
	table := records(t, a.get(path+"&format=csv").want(200).body)
	at := map[string]int{}
	for i, name := range table[0] {
		at[name] = i
	}
	if len(table) != 1+len(page.Items) {
		t.Fatalf("%d rows of %d", len(table)-1, len(page.Items))
	}
	for i, item := range page.Items {
		row := table[1+i]
		percent, actual := "", ""
		if item.Percent != nil {
			percent = string(*item.Percent)
		}
		if item.Actual != nil {
			actual = string(item.Actual.Value)
		}
		if row[at["indicator"]] != item.Indicator || row[at["percent"]] != percent || row[at["actual_value"]] != actual || row[at["pace"]] != string(item.Pace) || row[at["status"]] != item.Status {
			t.Errorf("%v is not %+v", row, item)
		}
	}
	var lines int
	for _, line := range bytes.Split(bytes.TrimSpace(a.get(path+"&format=ndjson").body), []byte("\n")) {
		var item v1.Progress
		if err := json.Unmarshal(line, &item); err != nil || item.Indicator != page.Items[lines].Indicator {
			t.Errorf("line %d is %s, %v", lines, line, err)
		}
		lines++
	}
	book, err := excelize.OpenReader(bytes.NewReader(a.get(path + "&format=xlsx&headings=zh").body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	cells, err := book.GetRows("数据")
	if err != nil || len(cells) != 1+len(page.Items) || cells[0][0] != "指标代码" || cells[1][1] != page.Items[0].Name {
		t.Errorf("the workbook has %q, %v", cells, err)
	}
	about, err := book.GetRows("说明")
	if err != nil || !strings.Contains(fmt.Sprint(about), "2023-09-30") || !strings.Contains(fmt.Sprint(about), "[筛选 on 2023-09-30]") {
		t.Errorf("说明 says %q, %v", about, err)
	}
	data := a.get(path + "&format=parquet").body
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil || file.NumRows() != int64(len(page.Items)) {
		t.Errorf("Parquet has %v rows, %v", file, err)
	}
	t.Run("with the fields asked for", func(t *testing.T) {
		some := records(t, a.get(path+"&format=csv&fields=percent,indicator,actual").want(200).body)
		if got := strings.Join(some[0], " "); got != "indicator actual_value actual_unit percent" {
			t.Errorf("columns %s", got)
		}
	})
	t.Run("with a name that says what it is", func(t *testing.T) {
		if got := a.get(path + "&format=csv").header.Get("Content-Disposition"); got != `attachment; filename="progress-2023-09-30.csv"` {
			t.Errorf("Content-Disposition %s", got)
		}
	})
}

func TestFormatIsChosenByParameterThenAccept(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	const path = "/api/v1/progress?on=2023-09-30"
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "application/json"},
		{"", "*/*", "application/json"},
		{"", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"},
		{"", "text/csv", "text/csv"},
		{"", "text/*", "text/csv"},
		{"", "text/csv;charset=utf-8", "text/csv"},
		{"", "application/json;q=0.5, text/csv", "text/csv"},
		{"", "text/csv;q=0.5, application/json", "application/json"},
		{"", "text/csv, */*", "text/csv"},
		{"", "text/csv;q=0, */*", "application/json"},
		{"", "application/x-parquet", "application/vnd.apache.parquet"},
		{"", "application/vnd.sdmx.data+csv;version=2.0.0", "application/vnd.sdmx.data+csv"},
		{"", "application/vnd.ms-excel", "text/csv"},
		{"&format=json", "text/csv", "application/json"},
		{"&format=csv", "application/json", "text/csv"},
		{"&format=csv", "image/png", "text/csv"},
	} {
		var header []string
		if c.accept != "" {
			header = []string{"Accept", c.accept}
		}
		got := a.get(path+c.query, header...).want(200)
		if media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";"); media != c.want {
			t.Errorf("Accept %q, %s: %s, want %s", c.accept, c.query, media, c.want)
		}
	}
	for _, accept := range []string{"image/png", "application/vnd.sdmx.data+csv;version=1.0.0", "text/csv;q=0"} {
		if p := a.get(path, "Accept", accept).wantProblem(406, "not_acceptable", ""); !strings.Contains(p.Detail, "ndjson, csv, xlsx, parquet, sdmx-csv") {
			t.Errorf("Accept %q: %s", accept, p.Detail)
		}
	}
	if p := a.get(path+"&format=docx").wantProblem(400, "invalid_parameter", "format"); !strings.Contains(p.Detail, "json, ndjson, csv, xlsx, parquet, sdmx-csv") {
		t.Errorf("format=docx: %s", p.Detail)
	}
	a.get(path+"&format=csv&headings=de").wantProblem(400, "invalid_parameter", "headings")
	a.get(path+"&format=csv&bom=yes").wantProblem(400, "invalid_parameter", "bom")
}

func TestHeadingsAndByteOrderMark(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	const path = "/api/v1/plans?format=csv"
	first := func(query string, header ...string) string {
		return string(a.get(path+query, header...).want(200).body[:9])
	}
	for _, c := range []struct {
		query  string
		header []string
		want   string
	}{
		{"", nil, "code,titl"},
		{"", []string{"Accept-Language", "zh-CN"}, "计划代"},
		{"", []string{"Accept-Language", "en"}, "code,titl"},
		{"&headings=names", []string{"Accept-Language", "zh-CN"}, "code,titl"},
		{"&headings=en", nil, "Code,Titl"},
		{"&headings=zh&bom=true", nil, "\ufeff计划"},
	} {
		if got := first(c.query, c.header...); got != c.want {
			t.Errorf("%s %q begins with %q, want %q", c.query, c.header, got, c.want)
		}
	}
	zh, names := string(a.get("/api/v1/indicators?format=csv&headings=zh").body), string(a.get("/api/v1/indicators?format=csv").body)
	if !strings.Contains(zh, ",增量,") || strings.Contains(zh, ",increment,") || !strings.Contains(names, ",increment,") {
		t.Errorf("kinds below Chinese headings and below names:\n%.600s\n%.600s", zh, names)
	}
	if got := string(a.get("/api/v1/plans", "Accept", "application/vnd.ms-excel").body[:7]); got != "\ufeffcode" {
		t.Errorf("Excel gets %q", got)
	}
}

// TestSDMXIsWhatItsStructureSays holds every column of SDMX-CSV against the data structure
// definition, and every code against its codelist.
func TestSDMXIsWhatItsStructureSays(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	a.loadDemo()
	resp := a.get("/api/v1/sdmx/structure").want(200)
	if got := resp.header.Get("Content-Type"); got != tabular.StructureMediaType {
		t.Errorf("Content-Type %s", got)
	}
	structures := structuresOf(t, resp.body)
	for path, flow := range map[string]string{
		"/api/v1/progress?on=2023-09-30&": "PROGRESS", "/api/v1/series?on=2023-09-30&": "SERIES", "/api/v1/measurements?": "MEASUREMENTS",
		"/api/v1/indicators/donghe-2023-1-1/measurements?": "MEASUREMENTS", "/api/v1/indicators/donghe-2023-1-1/series?": "SERIES",
	} {
		table := records(t, a.get(path+"format=sdmx-csv").want(200).body)
		if strings.Join(table[0][:3], ",") != "STRUCTURE,STRUCTURE_ID,ACTION" || len(table) < 3 {
			t.Fatalf("%s begins with %q and has %d lines", path, table[0], len(table))
		}
		of := structures[flow]
		if len(table[0])-3 != len(of) {
			t.Errorf("%s has %d components, the structure %d", path, len(table[0])-3, len(of))
		}
		keys := map[string]bool{}
		for _, line := range table[1:] {
			if line[0] != "dataflow" || line[1] != "TRACKER:"+flow+"(1.0.0)" || line[2] != "I" {
				t.Fatalf("%s: %q", path, line[:3])
			}
			var key []string
			for i, value := range line[3:] {
				name := table[0][3+i]
				component, ok := of[name]
				if !ok {
					t.Fatalf("%s: %s is not in the structure", path, name)
				}
				if component.key {
					key = append(key, value)
				}
				if component.key && value == "" {
					t.Errorf("%s: %s is empty in %q", path, name, line)
				}
				if component.codes != nil && value != "" && !component.codes[value] {
					t.Errorf("%s: %s is %q, which is not in its codelist", path, name, value)
				}
			}
			if joined := strings.Join(key, "|"); keys[joined] {
				t.Errorf("%s: two observations have the key %s", path, joined)
			} else {
				keys[joined] = true
			}
		}
	}
}

type component struct {
	key   bool
	codes map[string]bool
}

func structuresOf(t *testing.T, message []byte) map[string]map[string]component {
	t.Helper()
	type part struct {
		ID                  string
		ConceptIdentity     string
		LocalRepresentation struct {
			Enumeration string
			Format      *struct{ DataType string }
		}
	}
	var m struct {
		Data struct {
			Codelists []struct {
				ID    string
				Codes []struct {
					ID    string
					Names map[string]string
				}
			}
			ConceptSchemes []struct{ Concepts []struct{ ID string } }
			DataStructures []struct {
				ID                      string
				DataStructureComponents struct {
					DimensionList struct {
						Dimensions    []part
						TimeDimension part
					}
					MeasureList   struct{ Measures []part }
					AttributeList struct{ Attributes []part }
				}
			}
			Dataflows []struct{ ID, Structure string }
		}
	}
	if err := json.Unmarshal(message, &m); err != nil {
		t.Fatal(err)
	}
	codes, concepts := map[string]map[string]bool{}, map[string]bool{}
	for _, list := range m.Data.Codelists {
		codes[list.ID] = map[string]bool{}
		for _, code := range list.Codes {
			if codes[list.ID][code.ID] || code.Names["zh"] == "" || code.Names["en"] == "" {
				t.Errorf("%s has the code %+v", list.ID, code)
			}
			codes[list.ID][code.ID] = true
		}
	}
	for _, c := range m.Data.ConceptSchemes[0].Concepts {
		concepts[c.ID] = true
	}
	structures := map[string]map[string]component{}
	for _, s := range m.Data.DataStructures {
		of := map[string]component{}
		add := func(p part, key bool) {
			c := component{key: key}
			if list := p.LocalRepresentation.Enumeration; list != "" {
				name, _, _ := strings.Cut(strings.TrimPrefix(list, "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=TRACKER:"), "(")
				if c.codes = codes[name]; c.codes == nil {
					t.Errorf("%s of %s has the codelist %s", p.ID, s.ID, list)
				}
			} else if p.LocalRepresentation.Format == nil {
				t.Errorf("%s of %s has no representation", p.ID, s.ID)
			}
			if !concepts[p.ID] || !strings.HasSuffix(p.ConceptIdentity, ")."+p.ID) {
				t.Errorf("%s of %s is the concept %s", p.ID, s.ID, p.ConceptIdentity)
			}
			of[p.ID] = c
		}
		for _, p := range s.DataStructureComponents.DimensionList.Dimensions {
			add(p, true)
		}
		add(s.DataStructureComponents.DimensionList.TimeDimension, true)
		for _, p := range s.DataStructureComponents.MeasureList.Measures {
			add(p, false)
		}
		for _, p := range s.DataStructureComponents.AttributeList.Attributes {
			add(p, false)
		}
		structures[s.ID] = of
	}
	for _, f := range m.Data.Dataflows {
		if structures[f.ID] == nil || !strings.HasSuffix(f.Structure, "DataStructure=TRACKER:"+f.ID+"(1.0.0)") {
			t.Errorf("dataflow %+v", f)
		}
	}
	return structures
}

// many is a feed of a number of measurements. Beyond some pages it fails or waits.
type many struct {
	httpapi.Reader
	rows  int64
	pages atomic.Int64
	page  func(ctx context.Context, n int64) error
}

func (m *many) Feed(ctx context.Context, _ indicator.FeedSelection, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error) {
	if m.page != nil {
		if err := m.page(ctx, m.pages.Add(1)); err != nil {
			return nil, 0, false, err
		}
	}
	value, err := quantity.ParseNumber("168.50")
	if err != nil {
		return nil, 0, false, err
	}
	period, err := indicator.ParsePeriod("2023-09")
	if err != nil {
		return nil, 0, false, err
	}
	for next = page.After; next < m.rows && len(ms) < page.Limit; {
		next++
		ms = append(ms, indicator.Measurement{ID: next, Indicator: "donghe-2023-1-1", Period: period, Value: value, Basis: indicator.ThisPeriod, Revision: 1, Note: strings.Repeat("甲", 20)})
	}
	return ms, next, next < m.rows, nil
}

func TestTablesHaveAllPages(t *testing.T) {
	a := newAPI(t)
	a.handler = a.over(&many{Reader: a.db, rows: 1234})
	if got := len(records(t, a.get("/api/v1/measurements?format=csv").want(200).body)); got != 1235 {
		t.Errorf("%d lines, want 1235", got)
	}
	limited := a.get("/api/v1/measurements?format=csv&limit=7").want(200)
	if got := len(records(t, limited.body)); got != 8 {
		t.Errorf("%d lines with limit=7", got)
	}
	if link := limited.header.Get("Link"); !strings.Contains(link, "updated_after=") || !strings.Contains(link, "format=csv") {
		t.Errorf("Link %s", link)
	}
	if page := read[v1.MeasurementFeed](a.get("/api/v1/measurements").want(200)); len(page.Items) != 50 || !page.HasMore {
		t.Errorf("%d items, more %v", len(page.Items), page.HasMore)
	}
}

func TestAPartIsNotTakenForTheWhole(t *testing.T) {
	a := newAPI(t)
	reader := &many{Reader: a.db, rows: 5000, page: func(_ context.Context, n int64) error {
		if n > 3 {
			return errors.New("the database is gone")
		}
		return nil
	}}
	srv := httptest.NewServer(a.over(reader))
	defer srv.Close()
	for _, f := range tabular.Formats {
		for _, encoding := range []string{"gzip", "identity"} {
			reader.pages.Store(0)
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/api/v1/measurements?format="+string(f), nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+a.token)
			req.Header.Set("Accept-Encoding", encoding)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				continue // nothing had been sent
			}
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK && err == nil {
				t.Errorf("%s, %s: the part looks whole", f, encoding)
			}
		}
	}
	if !strings.Contains(a.log.String(), "table cut off") || !strings.Contains(a.log.String(), "the database is gone") {
		t.Errorf("the log says nothing of it: %s", a.log)
	}
}

func TestWhatBeginsWithAFaultIsAProblem(t *testing.T) {
	a := newAPI(t)
	a.handler = a.over(&many{Reader: a.db, page: func(context.Context, int64) error { return errors.New("the database is gone") }})
	a.get("/api/v1/measurements?format=xlsx").wantProblem(500, "internal", "")
}

func TestACutConnectionEndsTheWork(t *testing.T) {
	a := newAPI(t)
	ended := make(chan struct{})
	handler := a.over(&many{Reader: a.db, rows: 1 << 40, page: func(ctx context.Context, n int64) error {
		if n > 2 { // the pages after these take until the reader is gone
			<-ctx.Done()
		}
		return ctx.Err()
	}})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		handler.ServeHTTP(w, r)
	}))
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL+"/api/v1/measurements?format=csv", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadFull(resp.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("the work goes on without its reader")
	}
}

// TestATableThatMovesOutlivesTheTimeOfARequest holds that each page has the time of a request,
// and the table as many as it has pages.
func TestATableThatMovesOutlivesTheTimeOfARequest(t *testing.T) {
	a := newAPI(t)
	a.handler = a.with(func(o *httpapi.Options) {
		o.Timeout = time.Second
		o.Reader = &many{Reader: a.db, rows: 3000, page: func(ctx context.Context, _ int64) error {
			select {
			case <-time.After(300 * time.Millisecond):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
	})
	if got := len(records(t, a.get("/api/v1/measurements?format=csv").want(200).body)); got != 3001 {
		t.Errorf("%d lines", got)
	}
}

func TestTablesWaitInALineOfTheirOwn(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	reader := &many{Reader: a.db, rows: 1234}
	handler, hold := httpapi.WithExports(httpapi.Options{Reader: reader, Service: a.service(), Oversight: a.oversight(), Log: a.logger(), Keys: a.keys, Version: "test", Timeout: time.Minute}, time.Millisecond)
	a.handler = handler
	release := hold()
	a.get("/api/v1/measurements?format=csv").wantProblem(503, "overloaded", "")
	a.get("/api/v1/measurements?format=csv&limit=100").want(200)
	a.get("/api/v1/progress?format=xlsx").want(200)
	a.get("/api/v1/measurements").want(200)
	release()
	a.get("/api/v1/measurements?format=csv").want(200)
	a.get("/api/v1/measurements?format=csv").want(200)
}

func TestLongTextIsCompressed(t *testing.T) {
	a := newAPI(t)
	a.seedTables()
	a.handler = a.over(&many{Reader: a.db, rows: 400})
	plain := a.get("/api/v1/measurements?limit=400").want(200)
	zipped := func(path string) *httptest.ResponseRecorder {
		return a.through(a.handler, http.MethodGet, path, "", "Accept-Encoding", "gzip")
	}
	for path, want := range map[string]string{
		"/api/v1/measurements?limit=400": "gzip", "/api/v1/measurements?limit=400&format=csv": "gzip", "/api/v1/measurements?limit=400&format=ndjson": "gzip",
		"/api/v1/measurements?limit=400&format=xlsx": "", "/api/v1/measurements?limit=400&format=parquet": "", "/api/v1/measurements?limit=1": "",
		"/api/v1/indicators/donghe-2023-1-1": "",
	} {
		got := zipped(path)
		if coding := got.Header().Get("Content-Encoding"); coding != want || !strings.Contains(strings.Join(got.Header().Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%s: Content-Encoding %q, want %q; Vary %q", path, coding, want, got.Header().Values("Vary"))
		}
		if got.Header().Get("No-Gzip-Compression") != "" {
			t.Errorf("%s shows a header that is not for readers", path)
		}
	}
	unzip, err := gzip.NewReader(bytes.NewReader(zipped("/api/v1/measurements?limit=400").Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if whole, err := io.ReadAll(unzip); err != nil || !bytes.Equal(whole, plain.body) {
		t.Errorf("%d bytes of %d, %v", len(whole), len(plain.body), err)
	}
	if tag := zipped("/api/v1/indicators/donghe-2023-1-1").Header().Get("ETag"); !strings.HasPrefix(tag, `"`) {
		t.Errorf("ETag %s", tag)
	}
}
