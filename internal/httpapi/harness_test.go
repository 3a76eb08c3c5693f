package httpapi_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tabular"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// api is a service over a real database, with a clock the test sets. Every
// answer is held against the contract.
type api struct {
	t        *testing.T
	handler  http.Handler
	db       *store.Store
	log      *bytes.Buffer
	keys     *access.Keyring
	database string
	token    string // shown with every request unless a test shows another

	mu     sync.Mutex
	now    time.Time
	breaks int // after how many more readings the store's clock panics; never when zero
}

func newAPI(t *testing.T) *api {
	t.Helper()
	a := openAPI(t, newDatabase(t), time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC), rand.Text)
	t.Cleanup(a.close)
	_, a.token = a.key(access.Admin)
	a.setClock(time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC))
	return a
}

// openAPI is a service over a database at a moment, whose keys are made of texts.
func openAPI(t *testing.T, database string, now time.Time, text func() string) *api {
	t.Helper()
	a := &api{t: t, now: now, log: &bytes.Buffer{}, database: database}
	db, err := store.Open(t.Context(), a.database, a.storeClock)
	if err != nil {
		t.Fatal(err)
	}
	a.db = db
	if a.keys, err = access.NewKeyring(t.Context(), db, "", a.clock, text); err != nil {
		t.Fatal(err)
	}
	a.handler = a.over(db)
	return a
}

func (a *api) close() {
	if err := a.db.Close(); err != nil {
		a.t.Error(err)
	}
}

// over builds the handler with a reader of the test's choice.
func (a *api) over(reader httpapi.Reader) http.Handler {
	return a.with(func(o *httpapi.Options) { o.Reader = reader })
}

// with builds the handler with options of the test's choice.
func (a *api) with(change func(*httpapi.Options)) http.Handler {
	o := httpapi.Options{
		Reader:    a.db,
		Service:   a.service(),
		Oversight: a.oversight(),
		Delivery:  a.delivery(),
		Log:       a.logger(),
		Keys:      a.keys,
		Signing:   signingKey(a.t),
		Version:   "test",
		Assistants: func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
		},
	}
	change(&o)
	return httpapi.New(o)
}

func (a *api) service() *tracker.Service {
	return tracker.New(a.db, a.clock, time.UTC, progress.DefaultProfile())
}

func (a *api) oversight() *oversight.Service { return oversight.New(a.db, a.service(), a.clock) }

// delivery reaches no address of this machine.
func (a *api) delivery() *delivery.Service {
	return delivery.New(a.db, delivery.NewClient(delivery.Policy{}, time.Second), delivery.Policy{}, a.clock)
}

func (a *api) logger() *slog.Logger { return slog.New(slog.NewTextHandler(a.log, nil)) }

// key makes a key, of agencies of 东河市, and returns it with its token.
func (a *api) key(role access.Role, agencies ...string) (access.Key, string) {
	a.t.Helper()
	if len(agencies) == 0 {
		return a.keyOf("", role)
	}
	return a.keyOf("东河市", role, agencies...)
}

// keyOf makes a key of agencies of a jurisdiction.
func (a *api) keyOf(jurisdiction string, role access.Role, agencies ...string) (access.Key, string) {
	a.t.Helper()
	made, token, err := a.keys.Create(a.t.Context(), access.Key{Name: string(role), Role: role, Agencies: agencies, Jurisdiction: jurisdiction})
	if err != nil {
		a.t.Fatal(err)
	}
	return made, token
}

func (a *api) clock() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = a.now.Add(time.Millisecond)
	return a.now
}

// storeClock is the clock of the store, which can be made to panic.
func (a *api) storeClock() time.Time {
	a.mu.Lock()
	a.breaks--
	broken := a.breaks == 0
	a.mu.Unlock()
	if broken {
		panic("secret: the clock stopped")
	}
	return a.clock()
}

// breakStore makes the store's clock panic once, when it is read for the nth time
// from now.
func (a *api) breakStore(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.breaks = n
}

// afterTheTerm is a moment at which every period of a plan of 2024 is over.
var afterTheTerm = time.Date(2025, 1, 8, 2, 0, 0, 0, time.UTC)

func (a *api) setClock(at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = at
}

// answer is a response with its body read.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
}

func (a *api) get(path string, header ...string) answer {
	a.t.Helper()
	return a.send(http.MethodGet, path, "", header...)
}

func (a *api) post(path, body string, header ...string) answer {
	a.t.Helper()
	return a.send(http.MethodPost, path, body, append([]string{"Content-Type", "application/json"}, header...)...)
}

// send makes a request with header names and values in turn, and checks the
// answer against the contract when the route is in it.
func (a *api) send(method, path, body string, header ...string) answer {
	a.t.Helper()
	req := httptest.NewRequestWithContext(a.t.Context(), method, path, strings.NewReader(body))
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	a.handler.ServeHTTP(rec, req)
	resp := answer{t: a.t, status: rec.Code, header: rec.Header(), body: rec.Body.Bytes()}
	holdToContract(a.t, req, body, resp)
	return resp
}

func (r answer) want(status int) answer {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	return r
}

// wantProblem checks status, code and field of an error answer.
func (r answer) wantProblem(status int, code, field string) v1.Problem {
	r.t.Helper()
	r.want(status)
	p := read[v1.Problem](r)
	if p.Code != code || p.Field != field {
		r.t.Errorf("problem %s at %q (%s), want %s at %q", p.Code, p.Field, p.Detail, code, field)
	}
	if p.RequestID == "" || p.RequestID != r.header.Get("X-Request-Id") {
		r.t.Errorf("request id %q, header %q", p.RequestID, r.header.Get("X-Request-Id"))
	}
	return p
}

func read[T any](r answer) T {
	r.t.Helper()
	var v T
	if err := json.Unmarshal(r.body, &v); err != nil {
		r.t.Fatalf("%v in %s", err, r.body)
	}
	return v
}

var contract = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	for _, media := range []string{"text/plain", "text/html", "application/pdf", docxType, intake.NDJSON, intake.CSV, intake.Workbook, tabular.Parquet.MediaType(), tabular.SDMXCSV.MediaType()} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.FileBodyDecoder)
	}
	return gorillamux.NewRouter(doc)
})

// holdToContract fails the test when an answer is not what the contract says,
// or when a request was served that the contract would refuse.
func holdToContract(t *testing.T, req *http.Request, body string, resp answer) {
	t.Helper()
	router, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	route, params, err := router.FindRoute(req)
	if err != nil {
		return // not part of the contract: unknown paths, the documentation itself
	}
	asked := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}, // the matrix of permissions looks after it
	}
	if resp.status < 300 {
		req.Body = io.NopCloser(strings.NewReader(body))
		if err := openapi3filter.ValidateRequest(req.Context(), asked); err != nil {
			t.Errorf("%s %s: served although the contract refuses it: %v", req.Method, req.URL, err)
		}
	}
	if resp.status < 300 && req.URL.Query().Has("fields") {
		return // rows have fields of those that the contract has, and no others
	}
	err = openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked,
		Status:                 resp.status,
		Header:                 resp.header,
		Body:                   io.NopCloser(bytes.NewReader(resp.body)),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		t.Errorf("%s %s: the answer is not what the contract says: %v", req.Method, req.URL, err)
	}
}

// seed stores a plan of one section, two tasks and five indicators.
func (a *api) seed() {
	a.t.Helper()
	day := func(s string) indicator.Date {
		d, err := indicator.ParseDate(s)
		if err != nil {
			a.t.Fatal(err)
		}
		return d
	}
	text := "东河市2023年重点工作\n一、产业\n1.充电设施。新增公共充电桩221个。\n2.粮食。播种面积44.16万亩以上。"
	plan := indicator.Plan{
		Code: "donghe-2023", Title: "东河市2023年重点工作", Jurisdiction: "东河市", StartsOn: day("2023-01-01"), DueOn: day("2023-12-31"),
		Document: indicator.Document{SHA256: strings.Repeat("a", 64), MediaType: "text/plain", Characters: len([]rune(text)), Text: text, Original: []byte(text)},
		Sections: []indicator.Section{{Number: 1, Heading: "一、产业", Start: 12, End: 16}},
		Tasks: []indicator.Task{
			{Plan: "donghe-2023", Number: "1", Section: 1, Title: "充电设施", LeadAgencies: []string{"市工信局"}, ParticipatingAgencies: []string{"市交通局"}, Start: 17, End: 36},
			{Plan: "donghe-2023", Number: "2", Section: 1, Title: "粮食", LeadAgencies: []string{"市农业农村局"}, Start: 37, End: 56},
		},
	}
	target := func(c indicator.Comparator, value, unit string) indicator.Target {
		return indicator.Target{Comparator: c, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit)}
	}
	value := func(t indicator.Target) string { return t.Value.String() + t.Unit.String() }
	of := func(code, task, name string, kind indicator.Kind, tg indicator.Target) indicator.Indicator {
		lead := plan.Tasks[0]
		if task == "2" {
			lead = plan.Tasks[1]
		}
		in := indicator.Indicator{
			Code: code, Plan: plan.Code, Task: task, Section: 1, Name: name, Kind: kind, Direction: indicator.Increase, Target: tg,
			StartsOn: plan.StartsOn, DueOn: plan.DueOn, TermEndsOn: plan.DueOn, Binding: indicator.Committed, Frequency: indicator.Monthly,
			State: indicator.Confirmed, Confidence: indicator.High,
			LeadAgencies: lead.LeadAgencies, ParticipatingAgencies: lead.ParticipatingAgencies,
			Source: indicator.Source{Version: 1, Start: 25, End: 35, Quote: name + value(tg), Rule: "test"}, Version: 1,
		}
		in.Settle()
		return in
	}
	ins := []indicator.Indicator{
		of("donghe-2023-1-1", "1", "新增公共充电桩数", indicator.Increment, target(indicator.Equal, "221", "个")),
		of("donghe-2023-1-2", "1", "公共充电桩总数", indicator.Cumulative, target(indicator.MoreThan, "30000", "个")),
		of("donghe-2023-2-1", "2", "粮食播种面积", indicator.Cumulative, target(indicator.AtLeast, "44.16", "万亩")),
		of("donghe-2023-2-2", "2", "水土保持率", indicator.Ratio, target(indicator.Equal, "75.4", "%")),
		of("donghe-2023-2-3", "2", "新建高标准农田", indicator.Increment, target(indicator.Equal, "1", "万亩")),
	}
	if err := a.db.CreatePlan(a.t.Context(), plan, ins); err != nil {
		a.t.Fatal(err)
	}
}
