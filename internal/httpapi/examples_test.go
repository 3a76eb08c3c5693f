package httpapi_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/demo"
)

// inExample is what tests have to know of the databases with the example plan: the token of
// the administrator, and the moment after all that was done.
var inExample struct {
	token string
	now   time.Time
}

// newExampleAPI is a service with the example plan and its year of reports.
func newExampleAPI(t *testing.T) *api {
	t.Helper()
	database := newExampleDatabase(t)
	a := openAPI(t, database, inExample.now, rand.Text)
	t.Cleanup(a.close)
	a.token = inExample.token
	return a
}

// fillWithExample makes a database of newExampleAPI. The key is the same in each.
func fillWithExample(t *testing.T, database string) {
	t.Helper()
	letter := 'A'
	a := openAPI(t, database, time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC), func() string {
		letter++
		return strings.Repeat(string(letter), len(rand.Text()))
	})
	defer a.close()
	_, a.token = a.key(access.Admin)
	a.loadDemo()
	inExample.token, inExample.now = a.token, a.now
}

// loadDemo fills the service with the example plan and its year of reports.
func (a *api) loadDemo() {
	a.t.Helper()
	a.setClock(time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC))
	a.send("POST", "/api/v1/plans?confirm=true&code="+demo.PlanCode, string(demo.PlanText()), "Content-Type", plain).want(201)
	reports, err := demo.Measurements()
	if err != nil {
		a.t.Fatal(err)
	}
	if err := a.db.AppendMeasurements(a.t.Context(), reports); err != nil {
		a.t.Fatal(err)
	}
	if _, err := a.db.CreateKey(a.t.Context(), access.Key{ID: "k3v7q2mxw4ab", Name: "例", Role: access.Reporter, Agencies: []string{"市工信局"}, Jurisdiction: "青州市"}); err != nil {
		a.t.Fatal(err)
	}
}

// TestExamplesWorkWhenTried sends every operation as the Swagger page fills it
// in: its parameters' examples and the example of its body.
func TestExamplesWorkWhenTried(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		for method, op := range doc.Paths.Value(path).Operations() {
			t.Run(op.OperationID, func(t *testing.T) {
				a := newExampleAPI(t)
				r := a.exampleRequest(method, path, op)
				resp := a.ask(r)
				if resp.status < http.StatusOK || resp.status >= http.StatusMultipleChoices {
					t.Errorf("%s %s\n%s\nanswers %d: %s", method, r.target, r.body, resp.status, resp.body)
				}
			})
		}
	}
}

// TestBodiesOfTextWorkWhenTried sends the examples of bodies that are neither JSON nor a plan.
func TestBodiesOfTextWorkWhenTried(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody == nil {
				continue
			}
			for media, body := range op.RequestBody.Value.Content {
				text, ok := body.Example.(string)
				if !ok || media == "text/plain" {
					continue
				}
				tried++
				t.Run(op.OperationID+" "+media, func(t *testing.T) {
					a := newExampleAPI(t)
					r := a.exampleRequest(method, path, op)
					r.body, r.header = text, append(r.header, "Content-Type", media)
					if resp := a.ask(r).want(http.StatusOK); strings.Contains(string(resp.body), `"outcome":"refused"`) {
						t.Errorf("a row is refused: %s", resp.body)
					}
				})
			}
		}
	}
	if tried < 3 {
		t.Errorf("there are %d examples of such bodies", tried)
	}
}

// request is one that a test is about to send.
type request struct {
	method, target, body string
	header               []string
}

func (a *api) ask(r request) answer {
	a.t.Helper()
	return a.send(r.method, r.target, r.body, r.header...)
}

// exampleRequest is an operation filled in by its examples, over the example plan, which is made to
// hold what they name by ids that are given by chance.
func (a *api) exampleRequest(method, path string, op *openapi3.Operation) request {
	a.t.Helper()
	target, header := fillParameters(a.t, path, op)
	if strings.Contains(path, "/batches/") { // whose ids are given by chance
		made := a.post("/api/v1/measurements/batch", `[{"period":"2023-09"}]`).want(http.StatusOK).header.Get("Batch-Id")
		target = strings.ReplaceAll(target, "MSHC7DCWCDEYCBTMPTVQ2ZXVTY", made)
	}
	if strings.Contains(path, "/issues/{id}") {
		made := read[v1.Issue](a.post("/api/v1/issues", `{"indicator":"qingzhou-2023-14-1","title":"点位用地未落实"}`).want(http.StatusCreated))
		target = strings.Replace(target, "/issues/17", "/issues/"+made.ID, 1)
	}
	if strings.Contains(path, "/milestones/{id}") {
		made := read[v1.Milestone](a.post("/api/v1/plans/qingzhou-2023/tasks/31/milestones", `{"title":"完成主体工程","due_on":"2023-10-31"}`).want(http.StatusCreated))
		target = strings.Replace(target, "/42/", "/"+made.ID+"/", 1)
	}
	if strings.Contains(path, "/notices/{id}") {
		made := read[v1.Notice](a.post("/api/v1/notices", `{"plan":"qingzhou-2023","title":"督办","asked":"答复","lead_agency":"市工信局","tasks":["14"]}`).want(http.StatusCreated))
		target = strings.Replace(target, "/57", "/"+made.ID, 1)
	}
	if alias, found := strings.CutSuffix(target, "/cancel"); found {
		a.post(alias+"/aliases", `{"name":"工信"}`).want(http.StatusOK)
	}
	target = a.withAssessment(path, target)
	target = a.exampleWebhook(method, target)
	body, contentType := exampleBody(a.t, op)
	if contentType != "" {
		header = append(header, "Content-Type", contentType)
	}
	return request{method, target, body, header}
}

// withAssessment makes the record of assessments that an address names by an id.
func (a *api) withAssessment(path, target string) string {
	for part, made := range map[string][2]string{
		"/assessment/entries/{id}": {"/assessment/entries/9", `{"what":"veto","agency":"市工信局","by":"市政府","reason":"事故"}`},
		"/assessments/{id}":        {"/assessments/31", `{"title":"结果"}`},
	} {
		if strings.Contains(path, part) {
			list, _, _ := strings.Cut(part, "/{id}")
			record := read[struct{ ID string }](a.post("/api/v1/plans/qingzhou-2023"+list, made[1], "Content-Type", "application/json").want(http.StatusCreated))
			target = strings.Replace(target, made[0], list+"/"+record.ID, 1)
		}
	}
	return target
}

func fillParameters(t *testing.T, path string, op *openapi3.Operation) (target string, header []string) {
	t.Helper()
	query := url.Values{}
	for _, ref := range op.Parameters {
		p := ref.Value
		if p.Example == nil {
			if p.Required {
				t.Errorf("the required parameter %s has no example", p.Name)
			}
			continue
		}
		if list, ok := p.Example.([]any); ok && p.In == openapi3.ParameterInQuery {
			for _, one := range list {
				query.Add(p.Name, fmt.Sprint(one))
			}
			continue
		}
		example, ok := p.Example.(string)
		if !ok {
			raw, err := json.Marshal(p.Example)
			if err != nil {
				t.Fatal(err)
			}
			example = string(raw)
		}
		switch p.In {
		case openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(example))
		case openapi3.ParameterInQuery:
			query.Set(p.Name, example)
		case openapi3.ParameterInHeader:
			header = append(header, p.Name, example)
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return path, header
}

func exampleBody(t *testing.T, op *openapi3.Operation) (body, contentType string) {
	t.Helper()
	if op.RequestBody == nil {
		return "", ""
	}
	content := op.RequestBody.Value.Content
	if media := content.Get("text/plain"); media != nil {
		return media.Example.(string), "text/plain"
	}
	example := content.Get("application/json").Example
	if example == nil {
		t.Error("the body has no example")
	}
	raw, err := json.Marshal(example)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), "application/json"
}
