package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// shortCodes are the codes of a list of indicators or of progress, without their plan.
func shortCodes(a *api, path string) string {
	a.t.Helper()
	var codes []string
	if strings.HasPrefix(path, "/api/v1/indicators") {
		for _, in := range read[v1.IndicatorPage](a.get(path).want(200)).Items {
			codes = append(codes, strings.TrimPrefix(in.Code, "donghe-2023-"))
		}
	} else {
		for _, p := range read[v1.ProgressPage](a.get(path).want(200)).Items {
			codes = append(codes, strings.TrimPrefix(p.Indicator, "donghe-2023-"))
		}
	}
	return strings.Join(codes, " ")
}

func TestFiltersTakeAnyOfSeveralValues(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for query, want := range map[string]string{
		"":                              "1-1 1-2 2-1 2-2 2-3",
		"kind=increment,ratio":          "1-1 2-2 2-3",
		"task=1，2&kind=increment,ratio": "1-1 2-2 2-3",
		"kind=increment&kind=ratio":     "1-1 2-2 2-3",
		"kind=increment,ratio&task=2":   "2-2 2-3",
		"kind=&plan=":                   "1-1 1-2 2-1 2-2 2-3",
		"task=1&task=2&unit=个":          "1-1 1-2",
		"unit=个,%25":                    "1-1 1-2 2-2",
		"indicator=donghe-2023-1-1":     "1-1",
		"agency=市工信局,市农业农村局&role=lead":       "1-1 1-2 2-1 2-2 2-3",
		"agency=市交通局&role=lead":              "",
		"course=hold":                        "2-2",
		"direction=decrease":                 "",
		"frequency=month,year":               "1-1 1-2 2-1 2-2 2-3",
		"confidence=low":                     "",
		"binding=binding":                    "1-1 1-2 2-1 2-2 2-3",
		"due_from=2023-12-31":                "1-1 1-2 2-1 2-2 2-3",
		"due_from=2024-01-01":                "",
		"due_to=2023-12-30":                  "",
		"updated_since=2023-10-08T01:00:00Z": "1-1 1-2 2-1 2-2 2-3",
		"updated_since=2023-10-08T03:00:00Z": "",
	} {
		for _, list := range []string{"/api/v1/indicators?", "/api/v1/progress?"} {
			if got := shortCodes(a, list+query); got != want {
				t.Errorf("%s%s: %q, want %q", list, query, got, want)
			}
		}
	}
}

func TestProgressIsFilteredByItsFigures(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":168}`).want(201) // 76.02, 1.36
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-3","period":"2023-09","value":0.2,"provisional":true}`).want(201)
	const on = "/api/v1/progress?on=2023-09-30&"
	for query, want := range map[string]string{
		"percent_min=76.02":                "1-1",
		"percent_min=76.03":                "",
		"percent_max=20":                   "2-3",
		"percent_min=20&percent_max=76.02": "1-1 2-3",
		"gap_max=1.35":                     "2-3",
		"gap_min=1.36&gap_max=1.36":        "1-1",
		"report_missing=true":              "1-2 2-1 2-2",
		"report_missing=false":             "1-1 2-3",
		"provisional=true":                 "2-3",
		"status=on_track,no_data&task=1":   "1-1 1-2",
		"caution=gap_in_series,sign":       "",
	} {
		if got := shortCodes(a, on+query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestFiltersThatCannotBeAreRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	var many []string
	for i := range 101 {
		many = append(many, fmt.Sprint(i))
	}
	for query, field := range map[string]string{
		"due_from=2024-01-01&due_to=2023-12-31": "due_to",
		"percent_min=2&percent_max=1.99":        "percent_max",
		"gap_min=1&gap_max=-1":                  "gap_max",
		"kind=increment,bogus":                  "kind",
		"section=1,x":                           "section",
		"section=-1":                            "section",
		"percent_min=ten":                       "percent_min",
		"report_missing=yes":                    "report_missing",
		"due_from=2023-13-01":                   "due_from",
		"updated_since=yesterday":               "updated_since",
		"role=lead":                             "role",
		"q=a&q=b":                               "q",
		"caution=none":                          "caution",
		"status=on_track,none":                  "status",
		"state=draft":                           "state",
		"task=" + strings.Join(many, ","):       "task",
	} {
		a.get("/api/v1/progress?"+query).wantProblem(400, "invalid_parameter", field)
	}
	a.get("/api/v1/progress?task=" + strings.Join(many[1:], ",")).want(200)
	if p := a.get("/api/v1/indicators?colour=red").wantProblem(400, "invalid_parameter", "colour"); !strings.Contains(p.Detail, "due_from") {
		t.Error(p.Detail)
	}
}
