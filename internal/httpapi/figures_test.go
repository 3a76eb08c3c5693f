package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// ruleCase is a target with what was reported for it, and the parts of the answer
// on a date.
type ruleCase struct {
	name    string
	target  string   // fields of the request for the indicator
	reports []string // fields of the reports
	on      string
	want    []string
}

const (
	fiveYears = `"starts_on":"2021-01-01","due_on":"2025-12-31","frequency":"year"`
	yearly    = `"frequency":"year"`
)

// ruleCases are the cases of docs/progress.md as a client sees them.
var ruleCases = []ruleCase{
	{"growth of 6% against 5% to 5.5% has reached the end to be reached",
		`"kind":"growth","direction":"increase","target":{"comparator":"eq","value":5,"value_high":5.5,"unit":"%"}`,
		[]string{`"period":"2023-06","value":6`}, "2023-06-30",
		[]string{`"percent":109.09`, `"status":"on_track"`, `"course":"hold"`, `"direction":"increase"`}},
	{"a fall of 8.1% of 13.5% after three of five years is on pace",
		`"kind":"growth","direction":"decrease","over":"term","target":{"comparator":"eq","value":13.5,"unit":"%"},` + fiveYears,
		[]string{`"period":"2023","value":-8.1`}, "2023-12-31",
		[]string{`"percent":60.00`, `"pace":59.97`, `"status":"on_track"`, `"over":"term"`}},
	{"rates of single years compound",
		`"kind":"growth","direction":"decrease","over":"term","target":{"comparator":"eq","value":13.5,"unit":"%"},` + fiveYears,
		[]string{`"period":"2021","basis":"increment","value":-3`, `"period":"2022","basis":"increment","value":-2.8`}, "2022-12-31",
		[]string{`"actual":{"value":-5.716,"unit":"%"}`, `"percent":42.34`, `"pace":39.98`}},
	{"one good year does not attain an average",
		`"kind":"growth","direction":"increase","over":"average","target":{"comparator":"eq","value":6,"unit":"%"},` + fiveYears,
		[]string{`"period":"2021","basis":"increment","value":9`}, "2021-12-31",
		[]string{`"percent":150.00`, `"attained":false`, `"status":"on_track"`}},
	{"a missing year is said, and is no lack of data",
		`"kind":"growth","direction":"increase","over":"average","target":{"comparator":"eq","value":6,"unit":"%"},` + fiveYears,
		[]string{`"period":"2021","basis":"increment","value":9`, `"period":"2023","basis":"increment","value":9`}, "2023-12-31",
		[]string{`"percent":null`, `"reason":"year_missing"`, `"status":"not_computable"`}},
	{"40% of schools in June, of 70% by December",
		`"kind":"ratio","direction":"increase","course":"accrue","target":{"comparator":"eq","value":70,"unit":"%"}`,
		[]string{`"period":"2023-06","value":40`}, "2023-06-30",
		[]string{`"percent":57.14`, `"pace":49.59`, `"status":"on_track"`, `"cautions":["baseline_missing"]`}},
	{"the same where nothing says that it is reached bit by bit",
		`"kind":"ratio","direction":"increase","target":{"comparator":"eq","value":70,"unit":"%"}`,
		[]string{`"period":"2023-06","value":40`}, "2023-06-30",
		[]string{`"gap":-42.86`, `"status":"behind"`, `"cautions":["course_assumed"]`}},
	{"ten parks due in June and opened in August are late",
		`"kind":"increment","direction":"increase","due_on":"2023-06-30","target":{"comparator":"eq","value":10,"unit":"个"}`,
		[]string{`"period":"2023-06","value":7,"basis":"total"`, `"period":"2023-07","value":8,"basis":"total"`, `"period":"2023-08","value":10,"basis":"total"`}, "2023-08-31",
		[]string{`"status":"attained"`, `"label":"逾期完成"`, `"late":true`, `"attained_on":"2023-08-31"`, `"days_late":62`, `"days_left":-62`}},
	{"7 of 10 is on track at 74.79, for 7 are due",
		`"kind":"increment","direction":"increase","target":{"comparator":"eq","value":10,"unit":"个"}`,
		[]string{`"period":"2023-09","value":7,"basis":"total"`}, "2023-09-30",
		[]string{`"gap":-4.79`, `"amount_due":{"value":7,"unit":"个"}`, `"shortfall":{"value":0,"unit":"个"}`, `"due_gap":0.00`, `"status":"on_track"`}},
	{"a harvest is a flow and wants no baseline",
		`"kind":"increment","target":{"comparator":"ge","value":3.65,"unit":"亿斤"}`,
		[]string{`"period":"2023-06","value":1.9,"basis":"total"`}, "2023-06-30",
		[]string{`"percent":52.05`, `"cautions":[]`}},
	{"four accidents of at most ten are no attainment in January",
		`"kind":"increment","target":{"comparator":"le","value":10,"unit":"起"}`,
		[]string{`"period":"2023-01","value":4`}, "2023-01-31",
		[]string{`"percent":100.00`, `"attained":false`, `"status":"on_track"`, `"direction":"decrease"`}},
	{"an index has no unit",
		`"kind":"ratio","target":{"comparator":"le","value":30,"unit":""}`,
		[]string{`"period":"2023-12","value":28.5`}, "2023-12-31",
		[]string{`"actual":{"value":28.5,"unit":""}`, `"status":"attained"`}},
	{"a week is a period",
		`"kind":"increment","frequency":"week","target":{"comparator":"ge","value":100,"unit":"吨"}`,
		[]string{`"period":"2023-W38","value":75,"basis":"total"`}, "2023-09-24",
		[]string{`"cut_off":"2023-09-24"`, `"percent":75.00`}},
	{"what is measured says that less is better",
		`"name":"城镇调查失业率","kind":"ratio","target":{"comparator":"approx","value":5.5,"unit":"%"}`,
		[]string{`"period":"2023-06","value":9`}, "2023-06-30",
		[]string{`"direction":"decrease"`, `"percent":61.11`, `"attained":false`, `"status":"behind"`}},
	{"what nothing settles is said",
		`"name":"某项数值","kind":"cumulative","course":"accrue","baseline":10,"target":{"comparator":"eq","value":10,"unit":"吨"}`,
		[]string{`"period":"2023-06","value":9`}, "2023-06-30",
		[]string{`"reason":"baseline_equals_target"`, `"status":"not_computable"`, `"direction_assumed"`}},
	{"three accidents do not attain none",
		`"name":"重大安全事故起数","kind":"increment","target":{"comparator":"eq","value":0,"unit":"起"}`,
		[]string{`"period":"2023-06","value":3`}, "2023-06-30",
		[]string{`"percent":0.00`, `"attained":false`, `"status":"behind"`}},
	{"each quarter stands on its own",
		`"kind":"increment","each":"quarter","frequency":"quarter","target":{"comparator":"ge","value":20,"unit":"个"}`,
		[]string{`"period":"2023-Q1","value":21`, `"period":"2023-Q2","value":19`, `"period":"2023-Q3","value":25`}, "2023-09-30",
		[]string{`"actual":{"value":2,"unit":"期"}`, `"percent":50.00`, `"pace":75.00`, `"each":"quarter"`, `"status":"behind"`}},
	{"running totals without a basis",
		`"kind":"increment","direction":"increase","target":{"comparator":"eq","value":100,"unit":"个"}`,
		[]string{`"period":"2023-01","value":10`, `"period":"2023-02","value":20`, `"period":"2023-03","value":30`, `"period":"2023-04","value":40`, `"period":"2023-05","value":50`, `"period":"2023-06","value":60`}, "2023-06-30",
		[]string{`"percent":210.00`, `"cautions":["looks_total"]`, `疑为累计数误报为本期数`}},
	{"a total that falls, and one that disagrees",
		`"kind":"increment","direction":"increase","target":{"comparator":"eq","value":100,"unit":"个"}`,
		[]string{`"period":"2023-01","value":10,"basis":"total"`, `"period":"2023-02","value":8`, `"period":"2023-02","value":9,"basis":"total"`}, "2023-02-28",
		[]string{`"cautions":["total_falls","total_disagrees"]`}},
	{"万 forgotten",
		`"kind":"cumulative","direction":"increase","course":"hold","target":{"comparator":"ge","value":44.16,"unit":"万亩"}`,
		[]string{`"period":"2023-05","value":44.2`, `"period":"2023-06","value":442000`}, "2023-06-30",
		[]string{`"cautions":["magnitude"]`, `2023-06 报 442000万亩`}},
	{"three quarters of a place, and a month without a report",
		`"kind":"increment","direction":"increase","target":{"comparator":"eq","value":10,"unit":"处"}`,
		[]string{`"period":"2023-01","value":0.75`, `"period":"2023-03","value":1`}, "2023-03-31",
		[]string{`"cautions":["fraction_of_count","gap_in_series"]`}},
	{"160% of a share, as two figures",
		`"kind":"ratio","direction":"increase","course":"hold","target":{"comparator":"ge","value":95,"unit":"%"}`,
		[]string{`"period":"2023-06","numerator":8,"denominator":5`}, "2023-06-30",
		[]string{`"actual":{"value":160`, `"cautions":["over_hundred_percent"]`, `8 ÷ 5 =`}},
}

func TestFiguresAsAClientSeesThem(t *testing.T) {
	for _, f := range ruleCases {
		t.Run(f.name, func(t *testing.T) {
			a := newAPI(t)
			a.setClock(time.Date(2026, 1, 8, 2, 0, 0, 0, time.UTC))
			a.seed()
			name := `"name":"某数",`
			if strings.Contains(f.target, `"name"`) {
				name = ""
			}
			in := read[v1.Indicator](a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1",`+name+f.target+`}`).want(201))
			for _, r := range f.reports {
				a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,%s}`, in.Code, r)).want(201)
			}
			one := a.get("/api/v1/indicators/" + in.Code + "/progress?explain=true&on=" + f.on).want(200)
			list := a.get("/api/v1/progress?explain=true&q=" + in.Code + "&on=" + f.on).want(200)
			for _, part := range append(f.want, `"rules":1`) {
				if !strings.Contains(string(one.body), part) {
					t.Errorf("%s is not in %s", part, one.body)
				}
				if !strings.Contains(string(list.body), part) {
					t.Errorf("%s is not in the list %s", part, list.body)
				}
			}
		})
	}
}

// Correcting a due date moves the first day that was derived from it, and no
// other.
func TestTheFirstDayFollowsACorrectedDueDate(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const plan = "东河市2021—2025年重点任务\n一、产业\n1.工业。到2025年，地区生产总值达到1260亿元（牵头单位：市发改局）。\n2.充电设施。2023年新增公共充电桩30个（牵头单位：市工信局）。\n"
	a.send("POST", "/api/v1/plans?code=five&confirm=true", plan, "Content-Type", plain).want(201)
	for _, c := range []struct{ code, body, want string }{
		{"five-1-1", `{"due_on":"2024-12-31"}`, "2021-01-01 2024-12-31"},
		{"five-2-1", `{"due_on":"2024-06-30"}`, "2024-01-01 2024-06-30"},
		{"five-2-1", `{"starts_on":"2024-03-01","due_on":"2024-09-30"}`, "2024-03-01 2024-09-30"},
		{"five-2-1", `{"due_on":"2025-09-30"}`, "2024-03-01 2025-09-30"},
		{"donghe-2023-1-1", `{"due_on":"2022-09-30"}`, "2022-01-01 2022-09-30"},
		{"donghe-2023-1-1", `{"due_on":"2023-09-30"}`, "2023-01-01 2023-09-30"},
	} {
		if in := read[v1.Indicator](a.patchOf(c.code, c.body).want(200)); in.StartsOn+" "+in.DueOn != c.want {
			t.Errorf("%s %s: %s to %s, want %s", c.code, c.body, in.StartsOn, in.DueOn, c.want)
		}
	}
}

func TestMeansSayWhatTheyAreOver(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-06","value":221,"basis":"total"}`).want(201)
	groups := read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?group_by=agency&on=2023-06-30").want(200)).Groups
	for _, g := range groups {
		if g.Key == "市工信局" {
			if g.Count < 2 || g.Defined != 1 || *g.MeanPercent != "100.00" || *g.MeanPercentAll == "100.00" {
				t.Errorf("%+v, mean of all %s", g, *g.MeanPercentAll)
			}
			return
		}
	}
	t.Errorf("no group of the agency: %+v", groups)
}
