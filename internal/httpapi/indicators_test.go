package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestCreateIndicator(t *testing.T) {
	a := newAPI(t)
	a.seed()
	whole := `{"plan":"donghe-2023","task":"1","name":"充电站数","kind":"cumulative","target":{"comparator":"ge","value":"12.50","unit":"座"}}`

	t.Run("gives a code and takes term and agencies from the task", func(t *testing.T) {
		a.t = t
		resp := a.post("/api/v1/indicators", whole).want(201)
		in := read[v1.Indicator](resp)
		if in.Code != "donghe-2023-1-3" || in.DueOn != "2023-12-31" || in.LeadAgencies[0] != "市工信局" || *in.Target.Value != "12.50" || in.Source != nil || in.Direction != "increase" {
			t.Errorf("created %+v", in)
		}
		if resp.header.Get("Location") != "/api/v1/indicators/donghe-2023-1-3" || resp.header.Get("ETag") != `"1"` {
			t.Errorf("headers %v", resp.header)
		}
	})

	t.Run("reads a ceiling as less is better", func(t *testing.T) {
		a.t = t
		in := read[v1.Indicator](a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"失业率","kind":"ratio","target":{"comparator":"le","value":5.5,"unit":"%"},"lead_agencies":[],"curve":[{"on":"2023-06-30","percent":40}],"baseline":6}`).want(201))
		if in.Direction != "decrease" || len(in.LeadAgencies) != 0 || in.Curve[0].Percent != "40" || *in.Baseline != "6" {
			t.Errorf("created %+v", in)
		}
	})

	refused := []struct {
		name, from, to string
		status         int
		code, field    string
	}{
		{"an unknown plan", "donghe-2023", "nowhere", 422, "unknown_plan", "/plan"},
		{"an unknown task", `"task":"1"`, `"task":"99"`, 422, "unknown_task", "/task"},
		{"no name", `"name":"充电站数",`, ``, 422, "required_field", "/name"},
		{"an unknown kind", "cumulative", "sum", 422, "invalid_value", "/kind"},
		{"no value", `"value":"12.50",`, ``, 422, "required_field", "/target/value"},
		{"a value that is none", `"12.50"`, `"twelve"`, 422, "invalid_number", "/target/value"},
		{"an unknown comparator", `"ge"`, `">="`, 422, "invalid_value", "/target/comparator"},
		{"no unit", `,"unit":"座"`, ``, 422, "required_field", "/target/unit"},
		{"a code of its own", `{"plan"`, `{"code":"mine","plan"`, 400, "unknown_field", "/code"},
		{"a version of its own", `{"plan"`, `{"version":7,"plan"`, 400, "unknown_field", "/version"},
		{"a deadline before the term", `{"plan"`, `{"due_on":"2022-01-01","plan"`, 422, "invalid_date", "/due_on"},
		{"a date that is none", `{"plan"`, `{"due_on":"soon","plan"`, 422, "invalid_date", "/due_on"},
		{"a range upside down", `"unit"`, `"value_high":3,"unit"`, 422, "invalid_value", "/target/comparator"},
		{"a curve without dates", `{"plan"`, `{"curve":[{"percent":1}],"plan"`, 422, "required_field", "/curve/0/on"},
		{"a curve over 100", `{"plan"`, `{"curve":[{"on":"2023-03-01","percent":101}],"plan"`, 422, "invalid_value", "/curve/0/percent"},
	}
	for _, c := range refused {
		t.Run("refuses "+c.name, func(t *testing.T) {
			a.t = t
			before := len(read[v1.IndicatorPage](a.get("/api/v1/indicators").want(200)).Items)
			a.post("/api/v1/indicators", strings.Replace(whole, c.from, c.to, 1)).wantProblem(c.status, c.code, c.field)
			if after := len(read[v1.IndicatorPage](a.get("/api/v1/indicators").want(200)).Items); after != before {
				t.Errorf("%d indicators, %d before", after, before)
			}
		})
	}
}

func TestListIndicators(t *testing.T) {
	a := newAPI(t)
	a.seed()
	cases := []struct{ name, query, want string }{
		{"all", "", "1-1 1-2 2-1 2-2 2-3"},
		{"a kind", "?kind=increment", "1-1 2-3"},
		{"an agency in any role", "?agency=市交通局", "1-1 1-2"},
		{"an agency that leads", "?agency=市交通局&role=lead", ""},
		{"part of a name", "?q=播种", "2-1"},
		{"a wildcard is a letter like any other", "?q=%25", "2-2"},
		{"a task and a kind", "?plan=donghe-2023&task=2&kind=ratio", "2-2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			var got []string
			for _, in := range read[v1.IndicatorPage](a.get("/api/v1/indicators" + c.query).want(200)).Items {
				got = append(got, strings.TrimPrefix(in.Code, "donghe-2023-"))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %q", got, c.want)
			}
		})
	}
	t.Run("refuses an unknown kind", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/indicators?kind=sum").wantProblem(400, "invalid_parameter", "kind")
	})
}

func TestPatchIndicator(t *testing.T) {
	const path = "/api/v1/indicators/donghe-2023-1-1"
	patch := func(a *api, body, version string) answer {
		a.t.Helper()
		header := []string{"Content-Type", "application/json"}
		if version != "" {
			header = append(header, "If-Match", version)
		}
		return a.send("PATCH", path, body, header...)
	}

	t.Run("changes what is given, leaves the rest, and moves the version on", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		etag := a.get(path).want(200).header.Get("ETag")
		resp := patch(a, `{"kind":"cumulative","baseline":1000,"frequency":"quarter","target":{"comparator":"gt","value":1235,"unit":"个"}}`, etag).want(200)
		in := read[v1.Indicator](resp)
		if *in.Baseline != "1000" || in.Frequency != "quarter" || *in.Target.Value != "1235" || in.Name != "新增公共充电桩数" || in.Version != 2 || resp.header.Get("ETag") != `"2"` {
			t.Errorf("changed %+v", in)
		}
		in = read[v1.Indicator](patch(a, `{"baseline":null}`, `"2"`).want(200))
		if in.Baseline != nil || in.Frequency != "quarter" {
			t.Errorf("cleared %+v", in)
		}
	})

	t.Run("a later deadline stretches the term", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		a.setClock(afterTheTerm)
		in := read[v1.Indicator](patch(a, `{"due_on":"2024-06-30"}`, `"1"`).want(200))
		if in.TermEndsOn != "2024-06-30" {
			t.Errorf("changed %+v", in)
		}
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2024-03","value":1}`).want(201)
	})

	t.Run("of two who read the same version the second is refused", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		patch(a, `{"name":"甲"}`, `"1"`).want(200)
		patch(a, `{"name":"乙"}`, `"1"`).wantProblem(412, "precondition_failed", "")
		if in := read[v1.Indicator](a.get(path).want(200)); in.Name != "甲" {
			t.Errorf("name %q", in.Name)
		}
	})

	t.Run("refuses a change without the version, or with what is no version", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		patch(a, `{"name":"甲"}`, "").wantProblem(428, "precondition_required", "If-Match")
		patch(a, `{"name":"甲"}`, `W/"x"`).wantProblem(412, "precondition_failed", "If-Match")
		a.send("PATCH", "/api/v1/indicators/none", `{}`, "Content-Type", "application/json", "If-Match", `"1"`).wantProblem(404, "not_found", "")
	})

	t.Run("takes a weak ETag for its version, and of a list any that matches", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		for i, header := range []string{`W/"1"`, `"1", "2"`, `"x,3", W/"3"`, `W/"9" ,"4",`, `"a", *`} {
			if in := read[v1.Indicator](patch(a, fmt.Sprintf(`{"name":"甲%d"}`, i), header).want(200)); in.Version != i+2 {
				t.Errorf("If-Match: %s made %+v", header, in)
			}
		}
		for _, header := range []string{`W/"5"`, `"4", "5"`, `"7", "8"`} {
			patch(a, `{"name":"乙"}`, header).wantProblem(412, "precondition_failed", "")
		}
		for _, header := range []string{`W/"0"`, `"a", "b"`, `"5,6"`} {
			patch(a, `{"name":"乙"}`, header).wantProblem(412, "precondition_failed", "If-Match")
		}
		patch(a, `{"name":"乙"}`, ` , `).wantProblem(428, "precondition_required", "If-Match")
	})

	t.Run("makes no version of a change that changes nothing", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		for _, body := range []string{
			`{}`, `{"name":"新增公共充电桩数"}`, `{"baseline":null,"curve":[]}`, `{"lead_agencies":["市工信局"]}`,
			`{"target":{"comparator":"eq","value":"221","unit":"个"},"due_on":"2023-12-31"}`,
		} {
			if in := read[v1.Indicator](patch(a, body, `"1"`).want(200)); in.Version != 1 || *in.UpdatedAt != *in.CreatedAt {
				t.Errorf("%s made %+v", body, in)
			}
		}
		for i, body := range []string{`{"target":{"comparator":"eq","value":"221.0","unit":"个"}}`, `{"lead_agencies":[]}`, `{"curve":[{"on":"2023-06-30","percent":40}]}`} {
			if in := read[v1.Indicator](patch(a, body, `*`).want(200)); in.Version != i+2 {
				t.Errorf("%s made %+v", body, in)
			}
		}
	})

	t.Run("takes * for whichever version is current", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		patch(a, `{"name":"甲"}`, `*`).want(200)
		if in := read[v1.Indicator](patch(a, `{"name":"乙"}`, `*`).want(200)); in.Version != 3 || in.Name != "乙" {
			t.Errorf("changed %+v", in)
		}
		a.send("PATCH", "/api/v1/indicators/none", `{}`, "Content-Type", "application/json", "If-Match", `*`).wantProblem(404, "not_found", "")
	})

	refused := []struct{ name, body, code, field string }{
		{"read-only fields", `{"code":"x"}`, "unknown_field", "/code"},
		{"another plan", `{"plan":"x"}`, "unknown_field", "/plan"},
		{"an unknown binding", `{"binding":"maybe"}`, "invalid_value", "/binding"},
		{"an empty name", `{"name":""}`, "required_field", "/name"},
		{"a baseline that is none", `{"baseline":"many"}`, "invalid_number", "/baseline"},
		{"a baseline of the wrong type", `{"baseline":[]}`, "wrong_type", "/baseline"},
		{"an agency listed twice", `{"lead_agencies":["甲","甲"]}`, "invalid_value", "/lead_agencies/1"},
	}
	for _, c := range refused {
		t.Run("refuses "+c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			status := 422
			if c.code == "unknown_field" || c.code == "wrong_type" {
				status = 400
			}
			patch(a, c.body, `"1"`).wantProblem(status, c.code, c.field)
			if in := read[v1.Indicator](a.get(path).want(200)); in.Version != 1 {
				t.Errorf("version %d", in.Version)
			}
		})
	}
}
