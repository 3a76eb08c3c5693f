package httpapi_test

import (
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
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/demo"
)

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
				a := newAPI(t)
				a.loadDemo()
				target, header := fillParameters(t, path, op)
				if strings.Contains(path, "/batches/") { // whose ids are given by chance
					made := a.post("/api/v1/measurements/batch", `[{"period":"2023-09"}]`).want(http.StatusOK).header.Get("Batch-Id")
					target = strings.ReplaceAll(target, "MSHC7DCWCDEYCBTMPTVQ2ZXVTY", made)
				}
				if alias, found := strings.CutSuffix(target, "/cancel"); found {
					a.post(alias+"/aliases", `{"name":"工信"}`).want(http.StatusOK)
				}
				body, contentType := exampleBody(t, op)
				if contentType != "" {
					header = append(header, "Content-Type", contentType)
				}
				resp := a.send(method, target, body, header...)
				if resp.status < http.StatusOK || resp.status >= http.StatusMultipleChoices {
					t.Errorf("%s %s\n%s\nanswers %d: %s", method, target, body, resp.status, resp.body)
				}
			})
		}
	}
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
	raw, err := json.Marshal(exampleOf(content.Get("application/json").Schema.Value))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), "application/json"
}

// exampleOf puts an example together from those of the fields.
func exampleOf(s *openapi3.Schema) any {
	switch {
	case s.Example != nil:
		return s.Example
	case len(s.AllOf) == 1:
		return exampleOf(s.AllOf[0].Value)
	case s.Type.Is("array"):
		if item := exampleOf(s.Items.Value); item != nil {
			return []any{item}
		}
		return []any{}
	case s.Type.Is("object"):
		fields := map[string]any{}
		for name, field := range s.Properties {
			if example := exampleOf(field.Value); example != nil {
				fields[name] = example
			}
		}
		return fields
	}
	return nil
}
