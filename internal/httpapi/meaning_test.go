package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// patchOf changes an indicator of the seed, whichever version it has.
func (a *api) patchOf(code, body string) answer {
	a.t.Helper()
	return a.send("PATCH", "/api/v1/indicators/"+code, body, "Content-Type", "application/json", "If-Match", "*")
}

// meaning is what an answer says of direction, course, over, each and the basis
// that an omitted one means.
func meaning(in v1.Indicator) string {
	return fmt.Sprintf("%s %s, %s %s, %s, %s, %s", in.Direction, in.DirectionBy, in.Course, in.CourseBy, value(in.Over), value(in.Each), in.DefaultBasis)
}

// newOf is the request for an indicator with more fields.
func newOf(kind, target, more string) string {
	return fmt.Sprintf(`{"plan":"donghe-2023","task":"1","name":"某数","kind":%q,"target":%s%s}`, kind, target, more)
}

const (
	exactly = `{"comparator":"eq","value":20,"unit":"个"}`
	atLeast = `{"comparator":"ge","value":20,"unit":"个"}`
	range5  = `{"comparator":"eq","value":5,"value_high":5.5,"unit":"%"}`
	rate5   = `{"comparator":"eq","value":5,"unit":"%"}`
)

func TestCreatedIndicatorsSayWhatTheirTargetMeans(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a floor", newOf("cumulative", atLeast, `,"course":"accrue"`), "increase comparator, accrue person, null, null, total"},
		{"a ceiling", newOf("cumulative", strings.Replace(exactly, "eq", "le", 1), ``), "decrease comparator, hold comparator, null, null, total"},
		{"a direction that a person gives", newOf("cumulative", exactly, `,"direction":"increase"`), "increase person, accrue assumed, null, null, total"},
		{"the other one", newOf("ratio", rate5, `,"direction":"decrease"`), "decrease person, hold baseline, null, null, total"},
		{"the side of a baseline", newOf("cumulative", exactly, `,"baseline":30`), "decrease baseline, accrue baseline, null, null, total"},
		{"a course that a person gives", newOf("ratio", rate5, `,"direction":"increase","course":"accrue"`), "increase person, accrue person, null, null, total"},
		{"a range", newOf("ratio", range5, `,"direction":"within"`), "within person, hold person, null, null, total"},
		{"a range of which one end is to be reached", newOf("ratio", range5, `,"direction":"increase"`), "increase person, hold assumed, null, null, total"},
		{"growth", newOf("growth", rate5, `,"direction":"increase"`), "increase person, hold kind, year, null, total"},
		{"growth over the term", newOf("growth", rate5, `,"direction":"increase","over":"term"`), "increase person, accrue kind, term, null, total"},
		{"growth on average", newOf("growth", rate5, `,"direction":"increase","over":"average"`), "increase person, hold kind, average, null, increment"},
		{"growth on average of totals", newOf("growth", rate5, `,"direction":"increase","over":"average","default_basis":"total"`), "increase person, hold kind, average, null, total"},
		{"so many each quarter", newOf("increment", atLeast, `,"each":"quarter"`), "increase comparator, accrue kind, null, quarter, increment"},
		{"so many each week", newOf("increment", atLeast, `,"each":"week","frequency":"week","default_basis":"total"`), "increase comparator, accrue kind, null, week, total"},
		{"what is null", newOf("increment", atLeast, `,"direction":null,"course":null,"over":null,"each":null`), "increase comparator, accrue kind, null, null, increment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			made := read[v1.Indicator](a.post("/api/v1/indicators", c.body).want(201))
			if got := meaning(made); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			kept := read[v1.Indicator](a.get("/api/v1/indicators/" + made.Code).want(200))
			if got := meaning(kept); got != c.want {
				t.Errorf("kept %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestCreatedIndicatorsAreRefusedWordsThatDoNotFit(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, c := range []struct {
		name, body string
		status     int
		code, at   string
	}{
		{"an unknown direction", newOf("cumulative", exactly, `,"direction":"up"`), 422, "invalid_value", "/direction"},
		{"an empty direction", newOf("cumulative", exactly, `,"direction":""`), 422, "invalid_value", "/direction"},
		{"a direction of the wrong type", newOf("cumulative", exactly, `,"direction":1`), 400, "wrong_type", "/direction"},
		{"within of what is no range", newOf("cumulative", exactly, `,"direction":"within"`), 422, "invalid_value", "/direction"},
		{"a direction against the comparator", newOf("cumulative", atLeast, `,"direction":"decrease"`), 422, "invalid_value", "/direction"},
		{"a direction against the baseline", newOf("cumulative", exactly, `,"direction":"increase","baseline":30`), 422, "invalid_value", "/direction"},
		{"an unknown course", newOf("cumulative", exactly, `,"course":"run"`), 422, "invalid_value", "/course"},
		{"a ceiling that is reached bit by bit", newOf("cumulative", strings.Replace(exactly, "eq", "le", 1), `,"course":"accrue"`), 422, "invalid_value", "/course"},
		{"an unknown span of growth", newOf("growth", rate5, `,"over":"decade"`), 422, "invalid_value", "/over"},
		{"a span where nothing grows", newOf("cumulative", exactly, `,"over":"year"`), 422, "invalid_value", "/over"},
		{"an unknown period", newOf("increment", exactly, `,"each":"fortnight"`), 422, "invalid_value", "/each"},
		{"a level for each period", newOf("cumulative", exactly, `,"each":"month"`), 422, "invalid_value", "/each"},
		{"reports that are longer than the period", newOf("increment", exactly, `,"each":"month","frequency":"quarter"`), 422, "invalid_value", "/frequency"},
		{"a curve beside a target for each period", newOf("increment", exactly, `,"each":"month","curve":[{"on":"2023-06-30","percent":40}]`), 422, "invalid_value", "/curve"},
		{"an unknown basis", newOf("increment", exactly, `,"default_basis":"often"`), 422, "invalid_value", "/default_basis"},
		{"a basis that is null", newOf("increment", exactly, `,"default_basis":null`), 400, "wrong_type", "/default_basis"},
		{"what settles a direction", newOf("increment", exactly, `,"direction_by":"person"`), 400, "unknown_field", "/direction_by"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			a.post("/api/v1/indicators", c.body).wantProblem(c.status, c.code, c.at)
		})
	}
	a.t = t
	if n := len(read[v1.IndicatorPage](a.get("/api/v1/indicators").want(200)).Items); n != 5 {
		t.Errorf("%d indicators, 5 before", n)
	}
}

// The seed's 2-2 is a ratio of 75.4 %, of which nothing says which way is better
// nor whether it is held.
const ratio = "donghe-2023-2-2"

func TestAPersonSettlesWhatWasAssumed(t *testing.T) {
	steps := []struct{ name, body, want string }{
		{"nothing", `{}`, "increase assumed, hold assumed, null, null, total"},
		{"the direction that was assumed", `{"direction":"increase"}`, "increase person, hold assumed, null, null, total"},
		{"the same again", `{"direction":"increase"}`, "increase person, hold assumed, null, null, total"},
		{"the course that was assumed", `{"course":"hold"}`, "increase person, hold person, null, null, total"},
		{"another field alone", `{"name":"水土保持"}`, "increase person, hold person, null, null, total"},
		{"the course back to the rules", `{"course":null}`, "increase person, hold assumed, null, null, total"},
		{"the other direction, which comes down from nowhere", `{"direction":"decrease"}`, "decrease person, hold baseline, null, null, total"},
		{"the direction back to the rules", `{"direction":null}`, "increase assumed, hold assumed, null, null, total"},
		{"both at once", `{"direction":"increase","course":"accrue"}`, "increase person, accrue person, null, null, total"},
		{"a range with two limits", fmt.Sprintf(`{"target":%s,"direction":"within","course":null}`, range5), "within person, hold person, null, null, total"},
		{"the basis of an omitted one", `{"default_basis":"total"}`, "within person, hold person, null, null, total"},
	}
	a := newAPI(t)
	a.seed()
	version := 1
	for i, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			a.t = t
			in := read[v1.Indicator](a.patchOf(ratio, step.body).want(200))
			if got := meaning(in); got != step.want {
				t.Errorf("got  %s\nwant %s", got, step.want)
			}
			same := i == 0 || i == 2 || i == len(steps)-1
			if !same {
				version++
			}
			if in.Version != version {
				t.Errorf("version %d, want %d", in.Version, version)
			}
			if got := meaning(read[v1.Indicator](a.get("/api/v1/indicators/" + ratio).want(200))); got != step.want {
				t.Errorf("kept %s\nwant %s", got, step.want)
			}
		})
	}
}

func TestEachAndOverAreChangedAndCleared(t *testing.T) {
	const piles = "donghe-2023-1-1"
	a := newAPI(t)
	a.seed()
	for _, step := range []struct{ name, code, body, want string }{
		{"a target for each month", piles, `{"each":"month"}`, "increase assumed, accrue kind, null, month, increment"},
		{"another field alone", piles, `{"name":"充电桩"}`, "increase assumed, accrue kind, null, month, increment"},
		{"one of the whole term", piles, `{"each":null}`, "increase assumed, accrue kind, null, null, increment"},
		{"the basis stays when the kind changes", piles, `{"kind":"cumulative"}`, "increase assumed, accrue assumed, null, null, increment"},
		{"and is changed alone", piles, `{"default_basis":"total"}`, "increase assumed, accrue assumed, null, null, total"},
		{"growth", ratio, `{"kind":"growth"}`, "increase assumed, hold kind, year, null, total"},
		{"over the term", ratio, `{"over":"term"}`, "increase assumed, accrue kind, term, null, total"},
		{"on average, of a year each", ratio, `{"over":"average","frequency":"year"}`, "increase assumed, hold kind, average, null, increment"},
		{"on average, of totals", ratio, `{"default_basis":"total"}`, "increase assumed, hold kind, average, null, total"},
		{"over again by the rules", ratio, `{"over":null}`, "increase assumed, hold kind, year, null, total"},
		{"no growth any more", ratio, `{"kind":"ratio"}`, "increase assumed, hold assumed, null, null, total"},
	} {
		t.Run(step.name, func(t *testing.T) {
			a.t = t
			in := read[v1.Indicator](a.patchOf(step.code, step.body).want(200))
			kept := read[v1.Indicator](a.get("/api/v1/indicators/" + step.code).want(200))
			if got, again := meaning(in), meaning(kept); got != step.want || again != step.want {
				t.Errorf("got  %s\nkept %s\nwant %s", got, again, step.want)
			}
		})
	}
}

func TestChangesAreRefusedWordsThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		name, body string
		status     int
		code, at   string
	}{
		{"an unknown direction", `{"direction":"up"}`, 422, "invalid_value", "/direction"},
		{"an empty direction", `{"direction":""}`, 422, "invalid_value", "/direction"},
		{"a direction of the wrong type", `{"direction":["increase"]}`, 400, "wrong_type", "/direction"},
		{"within of what is no range", `{"direction":"within"}`, 422, "invalid_value", "/direction"},
		{"a direction against the comparator given with it", `{"direction":"increase","target":{"comparator":"le","value":70,"unit":"%"}}`, 422, "invalid_value", "/direction"},
		{"a direction against the baseline given with it", `{"direction":"decrease","baseline":60}`, 422, "invalid_value", "/direction"},
		{"a range that is kept and reached bit by bit", fmt.Sprintf(`{"target":%s,"direction":"within","course":"accrue"}`, range5), 422, "invalid_value", "/course"},
		{"a baseline of a range with two limits", fmt.Sprintf(`{"target":%s,"direction":"within","baseline":3}`, range5), 422, "invalid_value", "/baseline"},
		{"an unknown course", `{"course":"run"}`, 422, "invalid_value", "/course"},
		{"a span where nothing grows", `{"over":"average"}`, 422, "invalid_value", "/over"},
		{"an unknown span", `{"kind":"growth","over":"decade"}`, 422, "invalid_value", "/over"},
		{"a share of each period", `{"each":"month"}`, 422, "invalid_value", "/each"},
		{"a day as a period", `{"kind":"increment","each":"day"}`, 422, "invalid_value", "/each"},
		{"an unknown basis", `{"default_basis":"often"}`, 422, "invalid_value", "/default_basis"},
		{"a basis that every report would be refused for", `{"default_basis":"increment"}`, 422, "invalid_value", "/default_basis"},
		{"an average that is reported by the month", `{"kind":"growth","over":"average","frequency":"month"}`, 422, "invalid_value", "/frequency"},
		{"a target for each period that is held", `{"kind":"increment","each":"month","course":"hold"}`, 422, "invalid_value", "/course"},
		{"an empty basis", `{"default_basis":""}`, 422, "invalid_value", "/default_basis"},
		{"an unknown frequency", `{"frequency":"fortnight"}`, 422, "invalid_value", "/frequency"},
		{"what settles a course", `{"course_by":"person"}`, 400, "unknown_field", "/course_by"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			a.patchOf(ratio, c.body).wantProblem(c.status, c.code, c.at)
			if in := read[v1.Indicator](a.get("/api/v1/indicators/" + ratio).want(200)); in.Version != 1 {
				t.Errorf("version %d", in.Version)
			}
		})
	}
}

func TestADirectionIsHeldAgainstTheBaselineInTheNewUnit(t *testing.T) {
	a := newAPI(t)
	a.seed()
	made := read[v1.Indicator](a.post("/api/v1/indicators", newOf("cumulative", exactly, `,"baseline":10`)).want(201))
	const thousands = `{"target":{"comparator":"eq","value":0.002,"unit":"万个"},"direction":%q}`
	a.patchOf(made.Code, fmt.Sprintf(thousands, "decrease")).wantProblem(422, "invalid_value", "/direction")
	in := read[v1.Indicator](a.patchOf(made.Code, fmt.Sprintf(thousands, "increase")).want(200))
	if *in.Baseline != "0.001" || in.Direction != "increase" || in.DirectionBy != "baseline" {
		t.Errorf("%+v", in)
	}
	a.post("/api/v1/measurements", `{"indicator":"`+made.Code+`","period":"2023-09","value":0.0015,"unit":"万个"}`).want(201)
	a.patchOf(made.Code, `{"target":{"comparator":"eq","value":2,"unit":"吨"},"direction":"increase"}`).wantProblem(422, "unit_mismatch", "/target/unit")
}

func TestAnIndexHasNoUnit(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const index = `{"plan":"donghe-2023","task":"2","name":"居民恩格尔系数","kind":"cumulative","target":{"comparator":"le","value":28.5%s}}`
	a.post("/api/v1/indicators", fmt.Sprintf(index, "")).wantProblem(422, "required_field", "/target/unit")
	made := a.post("/api/v1/indicators", fmt.Sprintf(index, `,"unit":""`)).want(201)
	code := read[v1.Indicator](made).Code
	if !strings.Contains(string(made.body), `"value":28.5,"value_high":null,"unit":""`) {
		t.Errorf("created %s", made.body)
	}
	a.patchOf(code, `{"target":{"comparator":"le","value":28}}`).wantProblem(422, "required_field", "/target/unit")
	a.patchOf(code, `{"target":{"comparator":"le","value":28,"unit":"个"}}`).want(200) // nothing is reported in another unit
	a.patchOf(code, `{"target":{"comparator":"le","value":28,"unit":""}}`).want(200)
	report := `{"indicator":"` + code + `","period":"2023-09","value":27.4%s}`
	stored := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(report, ``)).want(201))
	if m, p := stored.Measurement, stored.Progress; m.Unit != "" || *m.Value != "27.4" || p.Actual == nil || p.Actual.Unit != "" || p.Target.Unit != "" {
		t.Errorf("stored %+v", stored)
	}
	a.patchOf(code, `{"target":{"comparator":"le","value":28,"unit":"个"}}`).wantProblem(422, "unit_mismatch", "/target/unit")
	a.post("/api/v1/measurements", fmt.Sprintf(report, `,"unit":"%"`)).wantProblem(422, "unit_mismatch", "/unit")
	kept := a.get("/api/v1/indicators/" + code + "/measurements").want(200)
	if !strings.Contains(string(kept.body), `"unit":""`) {
		t.Errorf("kept %s", kept.body)
	}
}

func TestIndicatorsAreListedByWhatSettledTheirDirection(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.patchOf("donghe-2023-1-1", `{"direction":"increase"}`).want(200)
	for by, want := range map[string]string{
		"assumed": "2-2 2-3", "comparator": "1-2 2-1", "person": "1-1", "text": "", "baseline": "", "kind": "",
		"assumed&kind=increment": "2-3", "comparator&task=1": "1-2",
	} {
		var got []string
		for _, in := range read[v1.IndicatorPage](a.get("/api/v1/indicators?direction_by=" + by).want(200)).Items {
			got = append(got, strings.TrimPrefix(in.Code, "donghe-2023-"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", by, got, want)
		}
	}
	a.get("/api/v1/indicators?direction_by=chance").wantProblem(400, "invalid_parameter", "direction_by")
}

func TestTemplateSaysWhatATargetMeans(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.patchOf("donghe-2023-1-1", `{"each":"week","frequency":"week","direction":"increase"}`).want(200)
	a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"单位能耗","kind":"growth","over":"average","frequency":"year","target":{"comparator":"ge","value":4,"unit":"%"},"direction":"decrease"}`).want(201)
	rows := a.sheetOf("市工信局", "?on=2023-09-20")
	cell := func(row int, heading string) string { return rows[row][slices.Index(rows[0], heading)] }
	for _, c := range []struct {
		row           int
		heading, want string
	}{
		{1, "目标要求", "达到"}, {1, "目标", "221个"}, {1, "方向", "越高越好"}, {1, "进程", "逐步达到"}, {1, "考核期", "每周"}, {1, "报告期", "2023-W37"},
		{3, "目标要求", "不超过"}, {3, "目标", "−4%"}, {3, "方向", "越低越好"}, {3, "进程", "始终保持"}, {3, "考核期", "年均"}, {3, "报告期", "2023"},
	} {
		if got := cell(c.row, c.heading); got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.heading, got, c.want)
		}
	}
}

// A person said that less is better. No other change takes that back without
// saying so.
func TestAPersonsDirectionIsNotLostToAnotherChange(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.patchOf(ratio, `{"direction":"decrease"}`).want(200)
	for _, body := range []string{`{"baseline":60}`, `{"target":{"comparator":"ge","value":75.4,"unit":"%"}}`} {
		a.patchOf(ratio, body).wantProblem(422, "invalid_value", "/direction")
	}
	in := read[v1.Indicator](a.get("/api/v1/indicators/" + ratio).want(200))
	if got := meaning(in); got != "decrease person, hold baseline, null, null, total" {
		t.Errorf("kept %s", got)
	}
	in = read[v1.Indicator](a.patchOf(ratio, `{"baseline":60,"direction":null}`).want(200))
	if got := meaning(in); got != "increase baseline, accrue baseline, null, null, total" {
		t.Errorf("got %s", got)
	}
}

// The rate of a year and the growth since the base are reported alike: what is
// reported must not turn from one into the other.
func TestReportsAreNotRereadOverAnotherTime(t *testing.T) {
	a := newAPI(t)
	a.seed()
	in := read[v1.Indicator](a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"某数","kind":"growth","frequency":"year","target":{"comparator":"ge","value":6,"unit":"%"}}`).want(201))
	m := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023-09","value":6}`, in.Code)).want(201)).Measurement
	for _, over := range []string{"term", "average"} {
		a.patchOf(in.Code, fmt.Sprintf(`{"over":%q}`, over)).wantProblem(409, "indicator_has_measurements", "/over")
	}
	a.patchOf(in.Code, `{"name":"某增速"}`).want(200)
	a.send("DELETE", "/api/v1/measurements/"+m.ID+"?reason=x", "").want(200)
	a.patchOf(in.Code, `{"over":"average"}`).want(200)
}

// made is an indicator that was made by hand, with one report.
func (a *api) made(kind, target, more, report string) string {
	a.t.Helper()
	code := read[v1.Indicator](a.post("/api/v1/indicators", newOf(kind, target, more)).want(201)).Code
	if report != "" {
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,%s}`, code, report)).want(201)
	}
	return code
}

func TestTotalsKeepTheirMeaningWhateverElseChanges(t *testing.T) {
	a := newAPI(t)
	a.seed()
	t.Run("by way of another kind", func(t *testing.T) {
		a.t = t
		code := a.made("growth", `{"comparator":"ge","value":8,"unit":"%"}`, `,"over":"year"`, `"period":"2023-08","value":9`)
		a.patchOf(code, `{"kind":"ratio"}`).want(200)
		a.patchOf(code, `{"kind":"growth","over":"term"}`).wantProblem(409, "indicator_has_measurements", "/kind")
	})
	t.Run("from another first day", func(t *testing.T) {
		a.t = t
		code := a.made("increment", `{"comparator":"ge","value":100,"unit":"个"}`, ``, `"period":"2023-06","value":60,"basis":"total"`)
		a.patchOf(code, `{"starts_on":"2023-04-01"}`).wantProblem(409, "indicator_has_measurements", "/starts_on")
		a.patchOf(code, `{"starts_on":"2023-07-01"}`).want(200) // before which it is left out
	})
	t.Run("in points or in percent", func(t *testing.T) {
		a.t = t
		code := a.made("growth", `{"comparator":"ge","value":30,"unit":"%"}`, `,"over":"term"`, `"period":"2023-08","value":9`)
		a.patchOf(code, `{"target":{"comparator":"ge","value":30,"unit":"个百分点"}}`).wantProblem(409, "indicator_has_measurements", "/target/unit")
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023-09","value":2,"unit":"个百分点"}`, code)).wantProblem(422, "unit_mismatch", "/unit")
	})
}

func TestADefaultBasisThatSomebodyChoseIsKept(t *testing.T) {
	a := newAPI(t)
	a.seed()
	code := a.made("growth", `{"comparator":"ge","value":30,"unit":"%"}`, `,"over":"term","frequency":"year","default_basis":"increment"`, "")
	if in := read[v1.Indicator](a.patchOf(code, `{"over":"average"}`).want(200)); in.DefaultBasis != "increment" {
		t.Errorf("over average %s", in.DefaultBasis)
	}
	code = a.made("growth", `{"comparator":"ge","value":30,"unit":"%"}`, `,"over":"average","frequency":"year","default_basis":"total"`, "")
	if in := read[v1.Indicator](a.patchOf(code, `{"over":"term"}`).want(200)); in.DefaultBasis != "total" {
		t.Errorf("over the term %s", in.DefaultBasis)
	}
}

func TestACurveAndAPersonsHoldExcludeEachOther(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const curve = `{"curve":[{"on":"2023-06-30","percent":30}]}`
	code := a.made("ratio", `{"comparator":"ge","value":90,"unit":"%"}`, `,"course":"hold"`, `"period":"2023-03","value":45`)
	a.patchOf(code, curve).wantProblem(422, "invalid_value", "/curve")
	a.patchOf(code, `{"course":null,"curve":[{"on":"2023-06-30","percent":30}]}`).want(200)
	p := read[v1.Progress](a.get("/api/v1/indicators/" + code + "/progress?on=2023-03-31&explain=true").want(200))
	if p.Course != "accrue" || p.Pace == "100.00" {
		t.Errorf("course %s at pace %s", p.Course, p.Pace)
	}
	limit := a.made("ratio", `{"comparator":"le","value":10,"unit":"%"}`, `,"curve":[{"on":"2023-06-30","percent":30}]`, `"period":"2023-03","value":12`)
	p = read[v1.Progress](a.get("/api/v1/indicators/" + limit + "/progress?on=2023-03-31").want(200))
	if p.Course != "hold" || p.Pace != "100.00" || *p.Gap != "-16.67" || p.Status != "behind" {
		t.Errorf("a limit with a curve: %+v", p)
	}
}

func TestNothingMeetsATargetForEachPeriodThatWaits(t *testing.T) {
	a := newAPI(t)
	a.seed()
	code := a.made("increment", `{"comparator":"gt","unit":"起","reference":"去年"}`, `,"each":"month"`, `"period":"2023-01","value":50`)
	p := read[v1.Progress](a.get("/api/v1/indicators/" + code + "/progress?on=2023-03-31&explain=true").want(200))
	if p.Actual != nil || p.AmountDue != nil || p.Status != "not_computable" {
		t.Errorf("%+v", p)
	}
}
