package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestTextThatNoDatabaseCanLookForIsRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()

	t.Run("in a parameter", func(t *testing.T) {
		a.t = t
		for _, text := range []string{"%00", "%ff", "a%0Ab", "%C2%85", strings.Repeat("a", 60000), strings.Repeat("%E6%A1%A9", 201)} {
			for _, name := range []string{"q", "plan", "task", "agency"} {
				a.get("/api/v1/indicators?"+name+"="+text).wantProblem(400, "invalid_parameter", name)
				a.get("/api/v1/progress?"+name+"="+text).wantProblem(400, "invalid_parameter", name)
			}
		}
		a.get("/api/v1/indicators?q=" + strings.Repeat("%E6%A1%A9", 200)).want(200)
	})

	t.Run("in an address", func(t *testing.T) {
		a.t = t
		for _, name := range []string{"%00", "%ff", "a%7Fb", strings.Repeat("a", 201)} {
			a.get("/api/v1/plans/"+name).wantProblem(404, "not_found", "")
			a.get("/api/v1/indicators/"+name+"/progress").wantProblem(404, "not_found", "")
			a.send("PATCH", "/api/v1/indicators/"+name, `{}`, "Content-Type", "application/json", "If-Match", `"1"`).wantProblem(404, "not_found", "")
		}
	})

	t.Run("in a body", func(t *testing.T) {
		a.t = t
		for _, code := range []string{`a\u0000b`, `a\nb`, strings.Repeat("a", 201)} {
			a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"%s","period":"2023-09","value":1}`, code)).wantProblem(422, "invalid_value", "/indicator")
			for _, field := range []string{"plan", "task"} {
				body := strings.Replace(`{"plan":"donghe-2023","task":"1","name":"站","kind":"cumulative","target":{"comparator":"ge","value":1,"unit":"座"}}`,
					fmt.Sprintf(`"%s":"%s"`, field, map[string]string{"plan": "donghe-2023", "task": "1"}[field]), fmt.Sprintf(`"%s":"%s"`, field, code), 1)
				a.post("/api/v1/indicators", body).wantProblem(422, "invalid_value", "/"+field)
			}
		}
	})
}

func TestFiguresBeyondADatabaseAreRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, section := range []string{"-1", "2147483648", "99999999999", "99999999999999999999"} {
		a.get("/api/v1/indicators?section="+section).wantProblem(400, "invalid_parameter", "section")
	}
	a.get("/api/v1/indicators?section=0").want(200) // what stands under no section
	a.get("/api/v1/indicators?section=2147483647").want(200)
	for _, asOf := range []string{"0000-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "2900-01-01T00:00:00Z"} {
		a.get("/api/v1/indicators/donghe-2023-1-1/measurements?as_of="+asOf).wantProblem(400, "invalid_parameter", "as_of")
		a.get("/api/v1/progress?as_of="+asOf).wantProblem(400, "invalid_parameter", "as_of")
	}
	a.get("/api/v1/progress?as_of=1900-01-01T00:00:00Z").want(200)
	a.get("/api/v1/plans?limit=9223372036854775807").want(200)
	rec := httptest.NewRecorder() // the contract's validator counts no further
	huge := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/plans?limit=99999999999999999999", nil)
	huge.Header.Set("Authorization", "Bearer "+a.token)
	a.handler.ServeHTTP(rec, huge)
	if rec.Code != http.StatusOK {
		t.Errorf("a limit beyond every limit: %d %s", rec.Code, rec.Body)
	}
	a.get("/api/v1/plans?limit=-99999999999999999999").wantProblem(400, "invalid_parameter", "limit")
	a.get("/api/v1/progress?cursor="+url.QueryEscape("MSAyMDIzLTA5LTMwIDAwMDAtMDEtMDFUMDA6MDA6MDBa")).wantProblem(400, "invalid_parameter", "cursor") // year 0
}

func TestAProblemIsWholeWhateverBytesItTellsOf(t *testing.T) {
	a := newAPI(t)
	for _, path := range []string{"/api/v1/progress?on=%ff", "/api/v1/plans?%ff%fe=1", "/api/v1/plans?code=%ff"} {
		p := read[v1.Problem](a.get(path).want(400))
		if p.Code != "invalid_parameter" || p.Detail == "" || p.RequestID == "" {
			t.Errorf("%s: %+v", path, p)
		}
	}
	if p := read[v1.Problem](a.get("/api/v1/plans?%ff%fe=1")); p.Field != "\uFFFD" {
		t.Errorf("field %q", p.Field)
	}
}

func TestEscapesInAnAddressAreReadAsTheyStand(t *testing.T) {
	a := newAPI(t)
	a.seed()
	if in := read[v1.Indicator](a.get("/api/v1/indicators/donghe%2D2023-1-1").want(200)); in.Code != "donghe-2023-1-1" {
		t.Errorf("indicator %+v", in)
	}
	a.get("/api/v1/plans/donghe%2F2023").wantProblem(404, "not_found", "")
}

func TestPagesOfOtherSitesMayReadAndNotWrite(t *testing.T) {
	a := newAPI(t)
	writes := func(header ...string) answer {
		return a.send("POST", "/api/v1/plans?code=donghe-2024&dry_run=true", riverPlan, append([]string{"Content-Type", "text/plain"}, header...)...)
	}
	for _, foreign := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://elsewhere.example"}, {"Origin", "null"}} {
		writes(foreign...).wantProblem(403, "cross_origin", "")
		a.get("/api/v1/plans", foreign...).want(200)
	}
	for _, own := range [][]string{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"}, {"Origin", "http://example.com"}, nil} {
		writes(own...).want(200)
	}
	for method, path := range map[string]string{"PATCH": "/api/v1/indicators/x", "POST": "/api/v1/measurements/batch"} {
		a.send(method, path, "{}", "Content-Type", "text/plain", "Origin", "null").wantProblem(403, "cross_origin", "")
	}
}

func TestHeadAnswersAsGetWithoutTheBody(t *testing.T) {
	a := newAPI(t)
	a.seed()
	server := httptest.NewServer(a.handler)
	defer server.Close()
	for path, want := range map[string]int{"/healthz": 200, "/api/v1/plans": 200, "/swagger/": 200, "/openapi.json": 200, "/api/v1/plans/none": 404, "/api/v1/measurements/batch": 405} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+a.token)
		resp, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != want || len(body) != 0 || resp.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %d, %d bytes, %v, %v", path, resp.StatusCode, len(body), resp.Header, err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(a.log.String(), "method=HEAD") {
		t.Errorf("log: %s", a.log)
	}
}

func TestTheLogCutsAddresses(t *testing.T) {
	a := newAPI(t)
	a.get("/api/v1/plans?limit=" + strings.Repeat("1", 60000))
	if log := a.log.String(); len(log) > 2000 || !strings.Contains(log, "limit=111") {
		t.Errorf("%d bytes of log: %.300s", len(log), log)
	}
}

func TestNullStandsOnlyWhereTheContractHasIt(t *testing.T) {
	a := newAPI(t)
	a.seed()
	patch := func(body string) answer {
		return a.send("PATCH", "/api/v1/indicators/donghe-2023-1-2", body, "Content-Type", "application/json", "If-Match", "*")
	}
	for _, field := range []string{"name", "kind", "default_basis", "target", "starts_on", "due_on", "binding", "frequency", "curve", "lead_agencies"} {
		patch(fmt.Sprintf(`{"baseline":null,%q:null}`, field)).wantProblem(400, "wrong_type", "/"+field)
	}
	patch(`{"lead_agencies":["甲",null]}`).wantProblem(400, "wrong_type", "/lead_agencies/1")
	patch(`{"target":{"comparator":"ge","value":1,"value_high":null,"unit":null}}`).wantProblem(400, "wrong_type", "/target/unit")
	patch(`{"target":{"comparator":"ge","value":1,"value_high":null,"unit":"个"},"baseline":null}`).want(200)
	for _, field := range []string{"numerator", "denominator", "unit", "basis", "source_id", "note", "evidence_url", "period", "indicator"} {
		body := fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":1,%q:null}`, field)
		if field == "period" || field == "indicator" {
			body = fmt.Sprintf(`{%q:null,"value":1}`, field)
		}
		a.post("/api/v1/measurements", body).wantProblem(400, "wrong_type", "/"+field)
	}
	a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"站","kind":"cumulative","frequency":null,"target":{"comparator":"ge","value":1,"unit":"座"}}`).wantProblem(400, "wrong_type", "/frequency")
	a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"站","kind":"cumulative","baseline":null,"direction":null,"course":null,"over":null,"each":null,"target":{"comparator":"ge","value":1,"unit":"座"}}`).want(201)
}

func TestABodyThatIsCompressedIsNotSupported(t *testing.T) {
	a := newAPI(t)
	a.seed()
	contentType, body := form(t, map[string]string{"document": riverPlan})
	a.post("/api/v1/measurements", "\x1f\x8b", "Content-Encoding", "gzip").wantProblem(415, "unsupported_media_type", "")
	a.send("POST", "/api/v1/plans?code=x", "\x1f\x8b", "Content-Type", plain, "Content-Encoding", "gzip").wantProblem(415, "unsupported_media_type", "")
	a.send("POST", "/api/v1/plans?code=x", body, "Content-Type", contentType, "Content-Encoding", "br").wantProblem(415, "unsupported_media_type", "")
	a.post("/api/v1/measurements", piles, "Content-Encoding", "identity").want(201)
}

func TestEveryListOfFiltersRefusesWordsThatAreNone(t *testing.T) {
	a := newAPI(t)
	a.seed()
	p := a.get("/api/v1/progress?status=bogus").wantProblem(400, "invalid_parameter", "status")
	if !strings.Contains(p.Detail, "at_risk") || !strings.Contains(p.Detail, "no_data") {
		t.Errorf("the statuses are not named: %s", p.Detail)
	}
	for _, status := range []string{"attained", "missed", "no_data", "on_track", "at_risk", "behind", ""} {
		a.get("/api/v1/progress?status=" + status).want(200)
	}
}

func TestListsFollowThePlan(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"站","kind":"cumulative","target":{"comparator":"ge","value":1,"unit":"座"}}`).want(201)
	want := []string{"1-1", "1-2", "1-3", "2-1", "2-2", "2-3"}
	var got []string
	for path := "/api/v1/indicators?limit=2"; path != ""; {
		resp := a.get(path).want(200)
		for _, in := range read[v1.IndicatorPage](resp).Items {
			got = append(got, strings.TrimPrefix(in.Code, "donghe-2023-"))
		}
		path = strings.TrimSuffix(strings.TrimPrefix(resp.header.Get("Link"), "<"), `>; rel="next"`)
	}
	if !slices.Equal(got, want) {
		t.Errorf("indicators %v", got)
	}
	got = nil
	for _, p := range read[v1.ProgressPage](a.get("/api/v1/progress?sort=code").want(200)).Items {
		got = append(got, strings.TrimPrefix(p.Indicator, "donghe-2023-"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("progress %v", got)
	}
}
