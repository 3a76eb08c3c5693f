package httpapi_test

import (
	"net/url"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestProgressIsSortedByKeysInTurn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":168}`).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-3","period":"2023-09","value":0.2}`).want(201)
	for sort, want := range map[string]string{
		"":                "1-1 1-2 2-1 2-2 2-3",
		"code":            "1-1 1-2 2-1 2-2 2-3",
		"-code":           "2-3 2-2 2-1 1-2 1-1",
		"percent":         "2-3 1-1 1-2 2-1 2-2",
		"-percent":        "1-1 2-3 1-2 2-1 2-2",
		"gap,-code":       "2-3 1-1 2-2 2-1 1-2",
		"status":          "2-3 1-1 1-2 2-1 2-2",
		"-status,-code":   "2-2 2-1 1-2 1-1 2-3",
		"last_report":     "1-1 2-3 1-2 2-1 2-2",
		"due_on,percent":  "2-3 1-1 1-2 2-1 2-2",
		"days_left,-code": "2-3 2-2 2-1 1-2 1-1",
	} {
		if got := shortCodes(a, "/api/v1/progress?on=2023-09-30&sort="+sort); got != want {
			t.Errorf("%s: %q, want %q", sort, got, want)
		}
	}
	a.patchOf("donghe-2023-1-1", `{"target":{"comparator":"ge","value":100000,"unit":"个"}}`).want(200)
	pieces := "&unit=" + url.QueryEscape("个")
	for sort, want := range map[string]string{"target": "1-2 1-1", "-target": "1-1 1-2", "-target,name" + pieces: "1-1 1-2"} { // by digits 100000 came before 30000
		if got := shortCodes(a, "/api/v1/progress?on=2023-09-30&sort="+sort+pieces); got != want {
			t.Errorf("%s: %q, want %q", sort, got, want)
		}
	}
	for _, units := range []string{"", pieces + url.QueryEscape(",万亩")} {
		a.get("/api/v1/progress?sort=target"+units).wantProblem(400, "invalid_parameter", "sort")
	}
	for _, sort := range []string{"colour", "gap,-gap", "--gap", "-"} {
		a.get("/api/v1/progress?sort="+sort).wantProblem(400, "invalid_parameter", "sort")
	}
}

func TestIndicatorsAreSortedPageByPage(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.patchOf("donghe-2023-1-2", `{"due_on":"2023-06-30"}`).want(200)
	a.patchOf("donghe-2023-2-2", `{"due_on":"2023-06-30"}`).want(200)
	for sort, want := range map[string]string{
		"-code":             "2-3 2-2 2-1 1-2 1-1",
		"due_on":            "1-2 2-2 1-1 2-1 2-3",
		"-due_on,-code":     "2-3 2-1 1-1 2-2 1-2",
		"due_on,name":       "1-2 2-2 1-1 2-3 2-1",
		"-updated_at,-code": "2-2 1-2 2-3 2-1 1-1",
	} {
		var got []string
		for path := "/api/v1/indicators?limit=2&sort=" + sort; path != ""; {
			page := read[v1.IndicatorPage](a.get(path).want(200))
			for _, in := range page.Items {
				got = append(got, strings.TrimPrefix(in.Code, "donghe-2023-"))
			}
			path = ""
			if page.NextCursor != nil {
				path = "/api/v1/indicators?limit=2&sort=" + sort + "&cursor=" + url.QueryEscape(*page.NextCursor)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", sort, got, want)
		}
	}
	page := read[v1.IndicatorPage](a.get("/api/v1/indicators?limit=2&sort=due_on").want(200))
	for _, other := range []string{"sort=-due_on", "sort=due_on,name", "sort=due_on,code", ""} {
		a.get("/api/v1/indicators?"+other+"&cursor="+*page.NextCursor).wantProblem(400, "invalid_parameter", "cursor")
	}
	plain := read[v1.IndicatorPage](a.get("/api/v1/indicators?limit=2").want(200))
	a.get("/api/v1/indicators?sort=due_on&cursor="+*plain.NextCursor).wantProblem(400, "invalid_parameter", "cursor")
	a.get("/api/v1/indicators?sort=target").wantProblem(400, "invalid_parameter", "sort")
}
