package httpapi_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestListsHaveOnlyTheFieldsAskedFor(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", piles).want(201)
	for path, want := range map[string]string{
		"/api/v1/progress?indicator=donghe-2023-2-2&fields=percent,indicator,explain": `{"items":[{"indicator":"donghe-2023-2-2","percent":null,"explain":null}],"next_cursor":null}`,
		"/api/v1/indicators?task=1&limit=1&fields=name&fields=code":                   `{"items":[{"code":"donghe-2023-1-1","name":"新增公共充电桩数"}],"next_cursor":"`,
		"/api/v1/plans?fields=code":                                                   `{"items":[{"code":"donghe-2023"}],"next_cursor":null}`,
		"/api/v1/plans/donghe-2023/tasks?fields=number，title":                         `{"items":[{"number":"1","title":"充电设施"},{"number":"2","title":"粮食"}],"next_cursor":null}`,
		"/api/v1/measurements?fields=value":                                           `{"items":[{"value":168}],"next_cursor":"`,
		"/api/v1/indicators/donghe-2023-1-1/measurements?fields=value,unit":           `{"items":[{"value":168,"unit":"个"}],"next_cursor":null}`,
		"/api/v1/series?indicator=donghe-2023-1-1&fields=step":                        `{"items":[{"step":"month"}],"next_cursor":null}`,
		"/api/v1/agencies?fields=name&limit=1":                                        `{"items":[{"name":"`,
	} {
		if got := string(a.get(path).want(200).body); !strings.HasPrefix(strings.TrimSpace(got), want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	for _, list := range []string{"progress", "indicators", "plans", "plans/donghe-2023/tasks", "measurements", "series", "agencies", "audit"} {
		a.get("/api/v1/"+list+"?fields=bogus").wantProblem(400, "invalid_parameter", "fields")
	}
}

// TestFieldsSayWhatRowsSay holds each field, asked for alone, against the whole row.
func TestFieldsSayWhatRowsSay(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", piles).want(201)
	type rows struct {
		Items []map[string]json.RawMessage `json:"items"`
	}
	for _, list := range []string{"/api/v1/progress?", "/api/v1/indicators?", "/api/v1/measurements?"} {
		for name, whole := range read[rows](a.get(list + "limit=1").want(200)).Items[0] {
			one := read[rows](a.get(list + "limit=1&fields=" + name).want(200)).Items[0]
			if len(one) != 1 || string(one[name]) != string(whole) && name != "as_of" {
				t.Errorf("%s %s: %s, want %s", list, name, one, whole)
			}
		}
	}
}

func TestMeasurementsAreFiltered(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, report := range []string{
		`{"indicator":"donghe-2023-1-1","period":"2023-06","value":1}`,
		`{"indicator":"donghe-2023-1-1","period":"2023-Q3","value":2,"provisional":true}`,
		`{"indicator":"donghe-2023-1-1","period":"2023-06","value":3}`,
		`{"indicator":"donghe-2023-2-3","period":"2023-W27","value":4}`,
		`{"indicator":"donghe-2023-2-3","period":"2023-07-31","value":5}`,
		`{"indicator":"donghe-2023-2-2","period":"2023-08","missing":"not_available","note":"缺"}`,
	} {
		a.post("/api/v1/measurements", report).want(201)
	}
	values := func(path string) string {
		var got []string
		for _, m := range read[struct {
			Items []struct {
				Period string `json:"period"`
			} `json:"items"`
		}](a.get(path).want(200)).Items {
			got = append(got, m.Period)
		}
		return strings.Join(got, " ")
	}
	for query, want := range map[string]string{
		"": "2023-06 2023-Q3 2023-06 2023-W27 2023-07-31 2023-08",
		"plan=donghe-2023&indicator=donghe-2023-2-3,donghe-2023-2-2": "2023-W27 2023-07-31 2023-08",
		"period_from=2023-07-01&period_to=2023-09-30":                "2023-Q3 2023-W27 2023-07-31 2023-08",
		"period_from=2023-07-01&period_to=2023-09-29":                "2023-W27 2023-07-31 2023-08",
		"period_from=2023-07-02":                                     "2023-W27 2023-07-31 2023-08",
		"period_from=2023-07-04":                                     "2023-07-31 2023-08",
		"period_to=2023-06-30":                                       "2023-06 2023-06",
		"period_to=2023-06-29":                                       "",
		"revised=true":                                               "2023-06",
		"revised=false&period_to=2023-06-30":                         "2023-06",
		"missing=not_available":                                      "2023-08",
		"missing=not_applicable":                                     "",
		"provisional=true":                                           "2023-Q3",
		"provisional=false":                                          "2023-06 2023-06 2023-W27 2023-07-31 2023-08",
		"recorded_from=2024-01-01T00:00:00Z":                         "",
		"recorded_to=2022-01-01T00:00:00Z":                           "",
	} {
		if got := values("/api/v1/measurements?" + query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	const history = "/api/v1/indicators/donghe-2023-1-1/measurements?"
	if got := values(history + "revised=true"); got != "2023-06" {
		t.Error(got)
	}
	if got := values(history + "period_from=2023-07-01"); got != "2023-Q3" {
		t.Error(got)
	}
	a.get("/api/v1/measurements?period_from=2023-07-01&period_to=2023-06-30").wantProblem(400, "invalid_parameter", "period_to")
	a.get("/api/v1/measurements?agency=市没有局").wantProblem(422, "unknown_agency", "agency")
	a.get("/api/v1/measurements?plan=none").wantProblem(422, "unknown_plan", "plan")
}

func TestPlansAndTasksAreFiltered(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for path, want := range map[string]string{
		"/api/v1/plans?fields=code&q=重点":                                      "donghe-2023",
		"/api/v1/plans?fields=code&q=DONGHE&jurisdiction=东河市":                 "donghe-2023",
		"/api/v1/plans?fields=code&due_from=2024-01-01":                       "",
		"/api/v1/plans/donghe-2023/tasks?fields=number&agency=市交通局":           `"1"`,
		"/api/v1/plans/donghe-2023/tasks?fields=number&agency=市交通局&role=lead": "",
		"/api/v1/plans/donghe-2023/tasks?fields=number&q=粮":                   `"2"`,
		"/api/v1/plans/donghe-2023/tasks?fields=number&section=2":             "",
	} {
		got := string(a.get(path).want(200).body)
		if want == "" && !strings.Contains(got, `"items":[]`) || !strings.Contains(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
}
