package httpapi_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestProblems(t *testing.T) {
	a := newAPI(t)

	t.Run("speak Chinese unless English is preferred", func(t *testing.T) {
		a.t = t
		for accept, want := range map[string]string{
			"": "资源不存在", "zh-CN": "资源不存在", "fr": "资源不存在", "en;q=0.5,zh": "资源不存在", "*;;": "资源不存在",
			"en": "There is no such resource", "en-US,en;q=0.9,zh;q=0.8": "There is no such resource",
		} {
			resp := a.get("/api/v1/plans/none", "Accept-Language", accept)
			if p := resp.wantProblem(404, "not_found", ""); p.Title != want {
				t.Errorf("%q: %q", accept, p.Title)
			}
			if strings.Join(resp.header.Values("Vary"), ", ") != "Accept-Encoding, Accept-Language" || resp.header.Get("Content-Language") == "" {
				t.Errorf("%q: headers %v", accept, resp.header)
			}
		}
	})

	t.Run("answer unknown addresses and methods too", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/nothing").wantProblem(404, "not_found", "")
		a.get("/api/v2/plans").wantProblem(404, "not_found", "")
		resp := a.send("DELETE", "/api/v1/plans", "")
		resp.wantProblem(405, "method_not_allowed", "")
		if allow := resp.header.Get("Allow"); !strings.Contains(allow, "GET") || !strings.Contains(allow, "POST") {
			t.Errorf("Allow %q", allow)
		}
	})

	t.Run("carry the caller's request id when it is plain, else one of their own", func(t *testing.T) {
		a.t = t
		if p := a.get("/x", "X-Request-ID", "abc-1.2_3").wantProblem(404, "not_found", ""); p.RequestID != "abc-1.2_3" {
			t.Errorf("request id %q", p.RequestID)
		}
		for _, bad := range []string{"a b", "a\tb", strings.Repeat("a", 65), "日志"} {
			if p := a.get("/x", "X-Request-ID", bad).wantProblem(404, "not_found", ""); p.RequestID == bad {
				t.Errorf("kept %q", bad)
			}
		}
	})
}

// broken is a store that fails in a way of the test's choice.
type broken struct {
	httpapi.Reader
	err   error
	panic any
}

func (b broken) Ready(context.Context) error { return b.err }

func (b broken) Plan(context.Context, string) (indicator.Plan, error) {
	if b.panic != nil {
		panic(b.panic)
	}
	return indicator.Plan{}, b.err
}

func TestFailures(t *testing.T) {
	cases := []struct {
		name   string
		reader broken
		status int
		code   string
	}{
		{"an error nobody foresaw is a 500", broken{err: errors.New("secret: disk 7")}, 500, "internal"},
		{"a panic is a 500", broken{panic: "secret: nil map"}, 500, "internal"},
		{"a store that is away is a 503", broken{err: fault.Newf(fault.Unavailable, "甲", "a").Because(errors.New("secret"))}, 503, "unavailable"},
		{"work that took too long is a 503", broken{err: context.DeadlineExceeded}, 503, "timeout"},
	}
	for _, c := range cases {
		t.Run(c.name+", says nothing of the cause, and logs it", func(t *testing.T) {
			a := newAPI(t)
			a.handler = a.over(c.reader)
			resp := a.get("/api/v1/plans/x")
			p := resp.wantProblem(c.status, c.code, "")
			if strings.Contains(string(resp.body), "secret") {
				t.Errorf("leaks: %s", resp.body)
			}
			if log := a.log.String(); !strings.Contains(log, p.RequestID) || !strings.Contains(log, "level=ERROR") {
				t.Errorf("log: %s", log)
			}
			if retry := resp.header.Get("Retry-After"); (c.status == 503) != (retry != "") {
				t.Errorf("Retry-After %q", retry)
			}
		})
	}

	t.Run("readiness follows the store, health does not", func(t *testing.T) {
		a := newAPI(t)
		a.get("/readyz").want(200)
		a.handler = a.over(broken{err: fault.Newf(fault.Unavailable, "甲", "a")})
		a.get("/readyz").wantProblem(503, "unavailable", "")
		if h := read[v1.Health](a.get("/healthz").want(200)); h.Version != "test" {
			t.Errorf("health %+v", h)
		}
	})
}

// The documentation describes the interface and is not part of it; assistants speak a protocol
// of their own.
var undocumented = map[string]bool{
	"GET /": true, "GET /openapi.json": true, "GET /openapi.yaml": true, "GET /swagger": true, "GET /swagger/*": true,
	"POST /mcp": true, "GET /board": true, "GET /board/*": true, "POST /board/*": true, "GET /calendar/{secret}": true,
}

func TestEveryRouteIsInTheContractAndTheOtherWayRound(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			documented = append(documented, method+" "+path)
		}
	}
	var served []string
	for _, route := range httpapi.Routes() {
		if !undocumented[route] {
			served = append(served, route)
		}
	}
	sort.Strings(documented)
	sort.Strings(served)
	if strings.Join(documented, "\n") != strings.Join(served, "\n") {
		t.Errorf("documented:\n%s\nserved:\n%s", strings.Join(documented, "\n"), strings.Join(served, "\n"))
	}
}

func TestEveryOperationIsDescribedInBothLanguagesWithItsErrors(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !strings.Contains(op.Summary, " · ") || op.Description == "" || op.OperationID == "" {
				t.Errorf("%s %s: summary %q, description %q, id %q", method, path, op.Summary, op.Description, op.OperationID)
			}
			if op.Responses.Value("500") == nil {
				t.Errorf("%s %s: no 500", method, path)
			}
		}
	}
}

func TestDocumentation(t *testing.T) {
	a := newAPI(t)

	t.Run("the contract is served as JSON and YAML", func(t *testing.T) {
		for path, mediaType := range map[string]string{"/openapi.json": "application/json", "/openapi.yaml": "application/yaml"} {
			resp := a.get(path).want(200)
			if !strings.HasPrefix(resp.header.Get("Content-Type"), mediaType) || !strings.Contains(string(resp.body[:200]), "openapi") {
				t.Errorf("%s: %s %.80s", path, resp.header.Get("Content-Type"), resp.body)
			}
		}
	})

	t.Run("the page loads nothing from elsewhere", func(t *testing.T) {
		resp := a.get("/swagger/").want(200)
		csp := resp.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
			t.Errorf("policy %q", csp)
		}
		if strings.Contains(string(resp.body), "https://") {
			t.Errorf("the page names another host: %s", resp.body)
		}
	})

	t.Run("a file that the page does not have is a problem like any other", func(t *testing.T) {
		a.t = t
		for _, file := range []string{"none.js", "swagger-ui.css.gz", ".", "a/b"} {
			a.get("/swagger/"+file).wantProblem(404, "not_found", "")
		}
		a.get("/swagger/swagger-ui.css").want(200)
		a.get("/swagger/LICENSE").want(200)
	})

	t.Run("the root leads to the page", func(t *testing.T) {
		for _, path := range []string{"/", "/swagger"} {
			rec := httptest.NewRecorder()
			a.handler.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			if rec.Header().Get("Location") != "/swagger/" {
				t.Errorf("%s: %d %q", path, rec.Code, rec.Header().Get("Location"))
			}
		}
	})
}

func TestEveryCodeHasAStatus(t *testing.T) {
	for _, code := range fault.Codes() {
		if status := httpapi.Statuses()[code]; status < 400 || status > 599 {
			t.Errorf("%s: %d", code, status)
		}
	}
}
