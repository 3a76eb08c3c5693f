package httpapi_test

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/statement"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var keep = flag.Bool("keep", false, "keep the statements of cases that testdata/statements has none of")

// keptStatements is where statements are kept for every later build to verify.
const keptStatements = "../../testdata/statements"

// statementCase is an indicator with what was reported of it, and the date judged.
type statementCase struct {
	name      string
	indicator string   // what it is beside its plan, task and name; empty for one of the seed
	code      string   // of one of the seed
	reports   []string // without the indicator
	on        string
	status    string
}

// statementCases reach what figures are made of.
var statementCases = []statementCase{
	{name: "accrue", code: "donghe-2023-1-1", on: "2023-09-30", status: "on_track", reports: []string{
		`"period":"2023-03","value":40,"basis":"total","source_id":"gxj-3","note":"一季度"`, `"period":"2023-04","value":"20.0","evidence_url":"https://data.example.gov.cn/4"`,
		`"period":"2023-09","value":108`, `"period":"2023-08","value":1`, `"period":"2023-08","value":2,"note":"更正"`,
	}},
	{name: "no-data", code: "donghe-2023-2-3", on: "2023-06-30", status: "no_data"},
	{name: "missed-without-data", code: "donghe-2023-2-3", on: "2024-02-01", status: "missed"},
	{name: "other-unit", code: "donghe-2023-2-1", on: "2023-09-30", status: "attained", reports: []string{`"period":"2023-09","value":29440,"unit":"公顷"`}},
	{name: "exact-not-attained", code: "donghe-2023-1-2", on: "2023-12-31", status: "on_track", reports: []string{`"period":"2023-12","value":30000`}},
	{name: "hold", on: "2023-09-30", status: "on_track", reports: []string{`"period":"2023-09","value":92.5`},
		indicator: `"kind":"ratio","course":"hold","direction":"increase","target":{"comparator":"ge","value":90,"unit":"%"}`},
	{name: "ceiling", on: "2023-12-31", status: "attained", reports: []string{`"period":"2023-12","value":4,"basis":"total"`},
		indicator: `"kind":"increment","direction":"decrease","target":{"comparator":"le","value":10,"unit":"起"}`},
	{name: "zero-target", on: "2023-09-30", status: "behind", reports: []string{`"period":"2023-09","value":1`},
		indicator: `"kind":"increment","target":{"comparator":"eq","value":0,"unit":"起"}`},
	{name: "range-within", on: "2023-09-30", status: "on_track", reports: []string{`"period":"2023-09","value":"5.40"`},
		indicator: `"kind":"ratio","direction":"within","target":{"comparator":"eq","value":5,"value_high":6,"unit":"%"}`},
	{name: "range-growth", on: "2023-12-31", status: "attained", reports: []string{`"period":"2023-12","value":6`},
		indicator: `"kind":"growth","direction":"increase","target":{"comparator":"eq","value":5,"value_high":5.5,"unit":"%"}`},
	{name: "growth-fall", on: "2023-09-30", status: "on_track", reports: []string{`"period":"2023-09","value":-4.2`},
		indicator: `"kind":"growth","direction":"decrease","target":{"comparator":"ge","value":-4,"unit":"%"}`},
	{name: "growth-term", on: "2022-12-31", status: "on_track", reports: []string{`"period":"2021","value":-3`, `"period":"2022","value":-2.8`},
		indicator: `"kind":"growth","over":"term","default_basis":"increment","starts_on":"2021-01-01","due_on":"2025-12-31","frequency":"year","target":{"comparator":"eq","value":-13.5,"unit":"%"}`},
	{name: "growth-average", on: "2022-12-31", status: "at_risk", reports: []string{`"period":"2021","value":9`, `"period":"2022","value":3`},
		indicator: `"kind":"growth","over":"average","starts_on":"2021-01-01","due_on":"2025-12-31","target":{"comparator":"eq","value":6,"unit":"%"}`},
	{name: "growth-year-missing", on: "2023-12-31", status: "not_computable", reports: []string{`"period":"2021","value":9`, `"period":"2023","value":3`},
		indicator: `"kind":"growth","over":"average","starts_on":"2021-01-01","due_on":"2025-12-31","target":{"comparator":"eq","value":6,"unit":"%"}`},
	{name: "share", on: "2023-09-30", status: "behind", reports: []string{`"period":"2023-09","numerator":1,"denominator":"3.0","unit":"%"`},
		indicator: `"kind":"ratio","direction":"increase","target":{"comparator":"ge","value":70,"unit":"%"},"baseline":10`},
	{name: "missing-and-provisional", on: "2023-09-30", status: "behind", reports: []string{
		`"period":"2023-07","value":50,"provisional":true`, `"period":"2023-08","missing":"not_available","note":"系统检修"`, `"period":"2023-09","missing":"not_applicable","note":"当月无任务"`,
	}, indicator: `"kind":"increment","target":{"comparator":"ge","value":200,"unit":"个"}`},
	{name: "curve", on: "2023-09-30", status: "at_risk", reports: []string{`"period":"2023-09","value":85`},
		indicator: `"kind":"cumulative","target":{"comparator":"eq","value":100,"unit":"个"},"baseline":0,"curve":[{"on":"2023-06-30","percent":20},{"on":"2023-09-30","percent":90},{"on":"2023-12-31","percent":100}]`},
	{name: "each-quarter", on: "2023-09-30", status: "behind", reports: []string{`"period":"2023-Q1","value":21`, `"period":"2023-Q2","value":19`, `"period":"2023-09","value":25`},
		indicator: `"kind":"increment","each":"quarter","target":{"comparator":"ge","value":20,"unit":"次"}`},
	{name: "late", on: "2023-09-30", status: "attained", reports: []string{`"period":"2023-06","value":8`, `"period":"2023-08","value":2`},
		indicator: `"kind":"increment","due_on":"2023-06-30","target":{"comparator":"ge","value":10,"unit":"处"}`},
	{name: "about", on: "2023-12-31", status: "attained", reports: []string{`"period":"2023-12","value":"9.60","basis":"total"`},
		indicator: `"kind":"increment","target":{"comparator":"approx","value":10,"unit":"万人"}`},
	{name: "waits", on: "2023-09-30", status: "not_computable", reports: []string{`"period":"2023-09","value":42.5,"unit":"%"`},
		indicator: `"kind":"ratio","target":{"comparator":"gt","reference":"全省平均水平"}`},
	{name: "index-without-unit", on: "2023-10-04", status: "on_track", reports: []string{`"period":"2023-W39","value":28.1`},
		indicator: `"kind":"cumulative","direction":"decrease","frequency":"week","target":{"comparator":"le","value":30,"unit":""}`},
	{name: "looks-total", on: "2023-06-30", status: "attained", reports: []string{
		`"period":"2023-01","value":10`, `"period":"2023-02","value":20`, `"period":"2023-03","value":31`, `"period":"2023-04","value":39`, `"period":"2023-05","value":52`, `"period":"2023-06","value":60.5`,
	}, indicator: `"kind":"increment","target":{"comparator":"eq","value":120,"unit":"个"}`},
}

// underAProfile gives the database a profile of its own, whose days begin in Shanghai.
func (a *api) underAProfile() {
	a.t.Helper()
	profile := progress.DefaultProfile()
	profile.Name, profile.Tolerance = "容差", quantity.MustNumber("0.05")
	place, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		a.t.Fatal(err)
	}
	service := tracker.New(a.db, a.clock, place, progress.DefaultProfile())
	if _, err := service.UseProfile(a.t.Context(), &profile, place, false); err != nil {
		a.t.Fatal(err)
	}
}

// stage makes a case's indicator, sends its reports with a key of its leading agency, and
// returns where its statement is.
func (c statementCase) stage(a *api) (path string) {
	a.t.Helper()
	code := c.code
	if code == "" {
		made := a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"`+c.name+`",`+c.indicator+`}`).want(201)
		code = read[v1.Indicator](made).Code
	}
	_, lead := a.key(access.Reporter, "市工信局")
	if strings.HasPrefix(code, "donghe-2023-2") {
		_, lead = a.key(access.Reporter, "市农业农村局")
	}
	for _, report := range c.reports {
		a.as(lead, `{"indicator":"`+code+`",`+report+`}`).want(201)
	}
	return "/api/v1/indicators/" + code + "/statement?on=" + c.on
}

// trusted are the keys that verify statements of the tests.
func trusted(t *testing.T) []signing.PublicKey { return []signing.PublicKey{signingKey(t).Public()} }

// holds verifies a statement as anybody with the public key would.
func holds(t *testing.T, text []byte) statement.Verified {
	t.Helper()
	v, err := statement.Verify(text, trusted(t))
	if err != nil || len(v.Findings) > 0 {
		t.Fatalf("%v %v in %s", err, v.Findings, text)
	}
	return v
}

// kept keeps a statement for later builds, where that is asked for and there is none yet.
func kept(t *testing.T, name string, text []byte) {
	t.Helper()
	file := filepath.Join(keptStatements, name+".json")
	_, err := os.Stat(file)
	if err == nil {
		return
	}
	if !*keep {
		t.Errorf("%s is not kept: run this test with -keep", file)
		return
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestStatementsOfEveryCase holds that what the service states is derived again from the
// statement alone, and is what it says of the progress.
func TestStatementsOfEveryCase(t *testing.T) {
	for _, c := range statementCases {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			a.underAProfile()
			a.setClock(afterTheTerm)
			path := c.stage(a)
			text := a.get(path).want(200).body
			v := holds(t, text)
			if got := v.Statement.Progress.Status; got != c.status {
				t.Errorf("status %s, want %s\n%s", got, c.status, text)
			}
			holdToProgress(t, a, path, v.Statement)
			kept(t, c.name, text)
		})
	}
}

// holdToProgress holds a statement to the progress that the service answers with.
func holdToProgress(t *testing.T, a *api, path string, s v1.Statement) {
	t.Helper()
	p := read[v1.Progress](a.get(strings.Replace(path, "/statement", "/progress", 1) + "&explain=true&as_of=" + url.QueryEscape(s.AsOf)).want(200))
	text := func(n *v1.Number) string {
		if n == nil {
			return "null"
		}
		return string(*n)
	}
	stated := func(n *string) string {
		if n == nil {
			return "null"
		}
		return *n
	}
	working := make([]string, len(s.Progress.Working))
	for i, step := range s.Progress.Working {
		working[i] = step.ZH
	}
	for name, pair := range map[string][2]string{
		"percent": {text(p.Percent), stated(s.Progress.Percent)},
		"gap":     {text(p.Gap), stated(s.Progress.Gap)},
		"due gap": {text(p.DueGap), stated(s.Progress.DueGap)},
		"pace":    {string(p.Pace), s.Progress.Pace},
		"status":  {p.Status + p.Label + p.Color, s.Progress.Status + s.Progress.Label.ZH + s.Progress.Color},
		"working": {strings.Join(p.Explain.Steps, "\n"), strings.Join(working, "\n")},
		"counted": {strings.Join(p.Explain.Measurements, " "), strings.Join(s.Progress.Counted, " ")},
		"moment":  {p.AsOf, s.AsOf},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: the progress is %s, the statement says %s", name, pair[0], pair[1])
		}
	}
}

// TestStatementsOfTheExamplePlan verifies one for every indicator of the plan.
func TestStatementsOfTheExamplePlan(t *testing.T) {
	a := newExampleAPI(t)
	a.underAProfile()
	keepThese := []string{"qingzhou-2023-14-1", "qingzhou-2023-19-3", "qingzhou-2023-40-3"}
	for _, in := range read[v1.IndicatorPage](a.get("/api/v1/indicators?limit=500&plan=" + demo.PlanCode).want(200)).Items {
		path := "/api/v1/indicators/" + in.Code + "/statement?on=2023-09-30"
		text := a.get(path).want(200).body
		v := holds(t, text)
		holdToProgress(t, a, path, v.Statement)
		for _, code := range keepThese {
			if in.Code == code {
				kept(t, code, text)
			}
		}
	}
}
