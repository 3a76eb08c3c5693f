package httpapi_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// groupsOf writes the groups of a summary in a line: keys and counts.
func groupsOf(s v1.SelectionSummary) string {
	var list []string
	for _, g := range s.Groups {
		var keys []string
		for _, k := range g.Keys {
			keys = append(keys, k.Key)
		}
		list = append(list, fmt.Sprintf("%s=%d", strings.Join(keys, "/"), g.Count))
	}
	return strings.Join(list, " ")
}

func TestSummaryOfASelection(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", piles).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-1","period":"2023-09","value":88.32}`).want(201)
	const september = "/api/v1/summary?on=2023-09-30"
	agency := "&agency=" + url.QueryEscape("市交通局")

	for name, c := range map[string]struct{ query, groups string }{
		"by one":                            {"&group_by=plan", "donghe-2023=5"},
		"by two, in the order of the first": {"&group_by=task,status", "1/on_track=1 1/no_data=1 2/no_data=2 2/attained=1"},
		"by agency, with those of several":  {"&group_by=agency", "市工信局=2 市交通局=2 市农业农村局=3"},
		"by agency and role":                {"&group_by=agency,role", "市工信局/lead=2 市交通局/participating=2 市农业农村局/lead=3"},
		"by role, of any agency":            {"&group_by=role", "lead=5 participating=2"},
		"by role, of the agency asked for":  {"&group_by=role" + agency, "participating=2"},
		"by agency, with those who share":   {"&group_by=agency" + agency, "市工信局=2 市交通局=2"},
		"by kind, of a status":              {"&group_by=kind&status=no_data", "cumulative=1 ratio=1 increment=1"},
		"by month":                          {"&group_by=month", "2023-12=5"},
		"the furthest behind first":         {"&group_by=kind&sort=gap", "increment=2 cumulative=2 ratio=1"},
		"what has no gap comes last":        {"&group_by=kind&sort=-gap", "cumulative=2 increment=2 ratio=1"},
		"the smallest first":                {"&group_by=kind&sort=count,percent", "ratio=1 increment=2 cumulative=2"},
		"sorted within the first key":       {"&group_by=task,status&sort=-count", "1/on_track=1 1/no_data=1 2/no_data=2 2/attained=1"},
		"sorted within the first key, up":   {"&group_by=task,status&sort=count", "1/on_track=1 1/no_data=1 2/attained=1 2/no_data=2"},
		"the total only":                    {"", ""},
		"nothing":                           {"&q=" + url.QueryEscape("没有的") + "&group_by=status", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			if got := groupsOf(read[v1.SelectionSummary](a.get(september + c.query).want(200))); got != c.groups {
				t.Errorf("got %s, want %s", got, c.groups)
			}
		})
	}

	t.Run("says what the figures are over, and who is worst", func(t *testing.T) {
		a.t = t
		s := read[v1.SelectionSummary](a.get(september + "&group_by=agency,status").want(200))
		total := s.Total
		if total.Count != 5 || total.Expected != 5 || total.Reported != 2 || total.Defined != 2 || *total.MeanPercent != "88.01" || *total.MeanPercentAll != "35.20" {
			t.Errorf("total %+v", total)
		}
		if len(total.Worst) != 2 || total.Worst[0].Indicator != "donghe-2023-1-1" || total.Worst[0].Status != "on_track" {
			t.Errorf("worst %+v", total.Worst)
		}
		if s.CountedOnce || s.On != "2023-09-30" || s.Rules != 1 || strings.Join(s.GroupBy, " ") != "agency status" {
			t.Errorf("%+v", s)
		}
		if k := s.Groups[0].Keys; k[0].Jurisdiction != "东河市" || k[0].Label != "市工信局" || k[1].Key != "on_track" || k[1].Label != "达序时" {
			t.Errorf("keys %+v", k)
		}
	})

	t.Run("the summary of a plan says the same, as it always did", func(t *testing.T) {
		a.t = t
		for _, by := range []string{"section", "agency", "task", "status"} {
			var was []string
			for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30&group_by=" + by).want(200)).Groups {
				was = append(was, fmt.Sprintf("%s=%d", g.Key, g.Count))
			}
			if now := groupsOf(read[v1.SelectionSummary](a.get(september + "&plan=donghe-2023&group_by=" + by).want(200))); now != strings.Join(was, " ") {
				t.Errorf("by %s: %s, of the plan %v", by, now, was)
			}
		}
	})

	t.Run("is answered again to the byte, whatever came since", func(t *testing.T) {
		a.t = t
		first := a.get("/api/v1/summary?group_by=agency,status").want(200)
		at := read[v1.SelectionSummary](first)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-3","period":"2023-09","value":1}`).want(201)
		a.toAgency("东河市", "市工信局", "rename", `{"name":"市数据局","from":"2023-10-01"}`).want(200)
		again := "/api/v1/summary?group_by=agency,status&on=" + at.On + "&as_of=" + url.QueryEscape(at.AsOf)
		if got := a.get(again).want(200); string(got.body) != string(first.body) {
			t.Errorf("%s\nwas\n%s", got.body, first.body)
		}
		if now := a.get("/api/v1/summary?group_by=agency,status").want(200); string(now.body) == string(first.body) {
			t.Error("nothing changed meanwhile")
		}
	})

	t.Run("refuses what it cannot use, and names that nothing has", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/summary?group_by=colour").wantProblem(400, "invalid_parameter", "group_by")
		a.get("/api/v1/summary?group_by=kind,kind").wantProblem(400, "invalid_parameter", "group_by")
		a.get("/api/v1/summary?group_by=kind,task,status").wantProblem(400, "invalid_parameter", "group_by")
		a.get("/api/v1/summary?group_by=kind&group_by=task").wantProblem(400, "invalid_parameter", "group_by")
		a.get("/api/v1/summary?status=late").wantProblem(400, "invalid_parameter", "status")
		a.get("/api/v1/summary?sort=gap").wantProblem(400, "invalid_parameter", "sort")
		a.get("/api/v1/summary?group_by=kind&sort=name").wantProblem(400, "invalid_parameter", "sort")
		a.get("/api/v1/summary?as_of=2200-01-01T00:00:00Z").wantProblem(400, "invalid_parameter", "as_of")
		a.get("/api/v1/summary?plan=donghe").wantProblem(422, "unknown_plan", "plan")
		a.get("/api/v1/summary?agency=nobody").wantProblem(422, "unknown_agency", "agency")
	})
}

// A target attained late is attained: the group is not called by what its first one is.
func TestGroupsOfAStatusAreCalledByTheStatus(t *testing.T) {
	a := newAPI(t)
	a.seed()
	in := read[v1.Indicator](a.post("/api/v1/indicators",
		`{"plan":"donghe-2023","task":"1","name":"某数","kind":"increment","due_on":"2023-06-30","target":{"comparator":"ge","value":5,"unit":"个"}}`).want(201))
	a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023-08","value":5}`, in.Code)).want(201)
	s := read[v1.SelectionSummary](a.get("/api/v1/summary?group_by=status&status=attained&on=2023-09-30").want(200))
	if len(s.Groups) != 1 || s.Groups[0].Keys[0].Label != "已达标" || s.Groups[0].Worst[0].Label != "逾期完成" {
		t.Errorf("%+v", s.Groups)
	}
}

func TestASummaryOfTooManyGroupsIsRefused(t *testing.T) {
	a := newAPI(t)
	day := indicator.DateOf
	plan := indicator.Plan{
		Code: "wide", Title: "wide", Jurisdiction: "东河市", StartsOn: day(2023, 1, 1), DueOn: day(2023, 12, 31),
		Document: indicator.Document{SHA256: strings.Repeat("a", 64), MediaType: "text/plain", Characters: 1, Text: "x", Original: []byte("x")},
		Sections: []indicator.Section{{Number: 1, Heading: "一"}, {Number: 2, Heading: "二"}},
	}
	var ins []indicator.Indicator
	for i := range 2001 {
		task := indicator.Task{Plan: "wide", Number: fmt.Sprint(i + 1), Section: 1 + i/2000, Title: "任务"}
		plan.Tasks = append(plan.Tasks, task)
		in := indicator.Indicator{
			Code: fmt.Sprintf("wide-%d", i+1), Plan: "wide", Task: task.Number, Section: task.Section, Name: "个数", Kind: indicator.Increment,
			Direction: indicator.Increase, Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.FromInt(9), Unit: quantity.MustUnit("个")}, StartsOn: plan.StartsOn, DueOn: plan.DueOn, TermEndsOn: plan.DueOn,
			Binding: indicator.Committed, Frequency: indicator.Monthly, State: indicator.Confirmed, Confidence: indicator.High, Version: 1,
			Source: indicator.Source{Version: 1, Quote: "个数", Rule: "test"},
		}
		in.Settle()
		ins = append(ins, in)
	}
	a.setClock(time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC))
	if err := a.db.CreatePlan(t.Context(), plan, ins); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/summary?group_by=task", "/api/v1/summary?group_by=kind,task", "/api/v1/plans/wide/summary?group_by=task"} {
		p := a.get(path, "Accept-Language", "en").wantProblem(400, "selection_too_large", "group_by")
		if !strings.Contains(p.Detail, "narrow") {
			t.Errorf("%s: %s", path, p.Detail)
		}
	}
	if s := read[v1.SelectionSummary](a.get("/api/v1/summary?group_by=task&section=1").want(200)); len(s.Groups) != 2000 || s.Total.Count != 2000 {
		t.Errorf("%d groups of %d", len(s.Groups), s.Total.Count)
	}
	if s := read[v1.SelectionSummary](a.get("/api/v1/summary?group_by=kind").want(200)); s.Total.Count != 2001 || s.Groups[0].Count != 2001 {
		t.Errorf("%+v", s)
	}
	if s := read[v1.SelectionSummary](a.get("/api/v1/summary?group_by=agency").want(200)); s.Ungrouped != 2001 || len(s.Groups) != 0 {
		t.Errorf("%d ungrouped", s.Ungrouped)
	}
}

func TestASummaryTakesItsTurn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	release := a.holdTurns()
	for _, path := range []string{"/api/v1/summary", "/api/v1/plans/donghe-2023/summary"} {
		if got := a.get(path); got.header.Get("Retry-After") == "" {
			t.Errorf("%s: %v", path, got.header)
		} else {
			got.wantProblem(503, "overloaded", "")
		}
	}
	a.get("/api/v1/indicators").want(200)
	release()
	for range 9 { // turns are given back
		a.get("/api/v1/summary").want(200)
		a.get("/api/v1/summary?status=late").want(400)
	}
}
