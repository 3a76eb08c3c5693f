package httpapi_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// riverAmended has another number in task 1, a new task 2, and the charging
// piles in task 4.
const riverAmended = `东河市2024年重点工作任务（调整）
一、产业发展
1.壮大企业。新增高新技术企业36家以上（牵头单位：市科技局，参与单位：市工信局）。
2.培育外贸。新增外贸企业12家（牵头单位：市商务局）。
3.深化服务。持续改善营商环境（牵头单位：市行政审批局）。
二、民生改善
4.完善充电设施。6月底前新增公共充电桩221个（牵头单位：市工信局）。
`

const amendPath = "/api/v1/plans/donghe-2024/amendment"

// confirmed is a service that holds riverPlan confirmed, as donghe-2024.
func confirmed(t *testing.T) *api {
	t.Helper()
	a := newAPI(t)
	a.setClock(afterTheTerm)
	a.send("POST", "/api/v1/plans?code=donghe-2024&confirm=true", riverPlan, "Content-Type", plain).want(201)
	return a
}

func (a *api) amend(query, text string) answer {
	a.t.Helper()
	return a.send("POST", amendPath+query, text, "Content-Type", plain)
}

// apply compares a text and confirms the difference.
func (a *api) apply(text string) v1.Amendment {
	a.t.Helper()
	token := *read[v1.Amendment](a.amend("", text).want(200)).Token
	return read[v1.Amendment](a.amend("?confirm="+url.QueryEscape(token), text).want(200))
}

func value(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

func TestAmendPlan(t *testing.T) {
	t.Run("shows what a newer text would do, and stores nothing", func(t *testing.T) {
		a := confirmed(t)
		before := a.get("/api/v1/plans/donghe-2024").want(200).body
		d := read[v1.Amendment](a.amend("", riverAmended).want(200))
		if d.Applied || d.Token == nil || d.From.Version != 1 || d.To.Version != 2 || d.From.SHA256 == d.To.SHA256 || d.Unchanged != 0 {
			t.Errorf("%+v", d)
		}
		if len(d.Added) != 1 || d.Added[0].Indicator != "donghe-2024-2-1" || *d.Added[0].Target.Value != "12" || !strings.Contains(d.Added[0].Quote, "12家") {
			t.Errorf("added %+v", d.Added)
		}
		if x := d.Added[0]; x.Direction != "increase" || x.DirectionBy == "" || x.Course != "accrue" || x.CourseBy != "kind" || x.Over != nil || x.Each != nil {
			t.Errorf("added %+v", x)
		}
		c := d.Changed[0]
		if len(d.Changed) != 1 || c.Indicator != "donghe-2024-1-1" || !strings.Contains(c.QuoteBefore, "30家") || !strings.Contains(c.QuoteAfter, "36家") {
			t.Errorf("changed %+v", d.Changed)
		}
		if f := c.Fields; len(f) != 1 || f[0].Field != "/target/value" || value(f[0].Before) != "30" || value(f[0].After) != "36" {
			t.Errorf("fields %+v", f)
		}
		if m := d.Moved; len(m) != 1 || m[0].Indicator != "donghe-2024-3-1" || m[0].From.Task != "3" || m[0].To.Task != "4" {
			t.Errorf("moved %+v", m)
		}
		if f := d.Fields; len(f) != 1 || f[0].Field != "/title" || value(f[0].After) != "东河市2024年重点工作任务（调整）" {
			t.Errorf("fields of the plan %+v", f)
		}
		if x := d.Texts; x == nil || len(x.Changes) != 5 || x.More != 0 || x.Unchanged != 0 {
			t.Errorf("texts %+v", x)
		} else if c := x.Changes[1]; c.Unchanged != 1 || !strings.Contains(value(c.Before), "30家") || !strings.Contains(value(c.After), "36家") {
			t.Errorf("changed paragraph %+v", c)
		} else if c := x.Changes[2]; c.Before != nil || !strings.Contains(value(c.After), "培育外贸") {
			t.Errorf("added paragraph %+v", c)
		}
		if same := read[v1.Amendment](a.amend("", riverPlan).want(200)); same.Texts != nil {
			t.Errorf("texts of the same text %+v", same.Texts)
		}
		if long := read[v1.Amendment](a.amend("", riverAmended+strings.Repeat("\n", 100_001)).want(200)); long.Texts != nil || long.Token == nil {
			t.Errorf("texts of a text of too many lines %+v", long.Texts)
		}
		if after := a.get("/api/v1/plans/donghe-2024").want(200).body; !bytes.Equal(before, after) {
			t.Errorf("the plan is %s now", after)
		}
	})

	t.Run("applies what was confirmed; measurements, codes and the older text stay", func(t *testing.T) {
		a := confirmed(t)
		a.setClock(afterTheTerm.AddDate(0, 0, 1))
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-1-1","period":"2024-06","value":18,"basis":"total"}`).want(201)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-3-1","period":"2024-06","value":221,"basis":"total"}`).want(201)
		then := "&as_of=" + a.clock().UTC().Format(time.RFC3339Nano)
		if d := a.apply(riverAmended); !d.Applied || len(d.Added)+len(d.Changed)+len(d.Moved) != 3 {
			t.Errorf("%+v", d)
		}
		plan := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200))
		if plan.Version != 2 || plan.Review != (v1.Review{Confirmed: 3}) || *plan.UpdatedAt <= *plan.CreatedAt {
			t.Errorf("plan %+v", plan)
		}
		tasks := read[v1.TaskPage](a.get("/api/v1/plans/donghe-2024/tasks").want(200)).Items
		if len(tasks) != 4 || tasks[1].Title != "培育外贸" {
			t.Errorf("tasks %+v", tasks)
		}
		for path, want := range map[string]string{"": riverAmended, "?version=2": riverAmended, "?version=1": riverPlan} {
			if got := a.get("/api/v1/plans/donghe-2024/document" + path).want(200).body; string(got) != want {
				t.Errorf("document%s: %s", path, got)
			}
		}
		a.get("/api/v1/plans/donghe-2024/document?version=3").wantProblem(404, "not_found", "")
		for path, want := range map[string]string{"1-1": "50.00", "3-1": "100.00"} {
			if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-" + path + "/progress?on=2024-06-30").want(200)); string(*p.Percent) != want {
				t.Errorf("%s: %s", path, *p.Percent)
			}
		}
		if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-1-1/progress?on=2024-06-30" + then).want(200)); *p.Percent != "60.00" || *p.Target.Value != "30" {
			t.Errorf("as of then %s of %s", *p.Percent, *p.Target.Value)
		}
		in := read[v1.Indicator](a.get("/api/v1/indicators/donghe-2024-3-1").want(200))
		text := []rune(riverAmended)
		if in.Task != "4" || in.Source.DocumentVersion != 2 || string(text[in.Source.Start:in.Source.End]) != in.Source.Quote {
			t.Errorf("%+v, source %+v", in, in.Source)
		}
	})

	t.Run("withdraws what the text no longer has", func(t *testing.T) {
		a := confirmed(t)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-3-1","period":"2024-01","value":9}`).want(201)
		cut, _, _ := strings.Cut(riverPlan, "二、")
		d := a.apply(cut)
		if len(d.Removed) != 1 || d.Removed[0].Indicator != "donghe-2024-3-1" || d.Removed[0].ReplacedBy != nil || d.Unchanged != 1 {
			t.Errorf("%+v", d)
		}
		if got := a.states(); got != "1-1 confirmed" {
			t.Errorf("by default %s", got)
		}
		gone := read[v1.IndicatorPage](a.get("/api/v1/indicators?state=withdrawn").want(200)).Items
		if len(gone) != 1 || gone[0].Task != "3" || gone[0].Source.DocumentVersion != 1 {
			t.Errorf("withdrawn %+v", gone)
		}
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-3-1","period":"2024-02","value":9}`).wantProblem(409, "indicator_not_confirmed", "/indicator")
		if ms := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2024-3-1/measurements").want(200)).Items; len(ms) != 1 {
			t.Errorf("measurements %+v", ms)
		}
		a.send("PATCH", "/api/v1/indicators/donghe-2024-3-1", `{"state":"confirmed"}`, "Content-Type", "application/json", "If-Match", `"2"`).wantProblem(409, "indicator_withdrawn", "")
		a.post(reviewPath, `{"confirm":["donghe-2024-3-1"]}`).wantProblem(409, "indicator_withdrawn", "/confirm/0")
	})

	t.Run("says why a unit of another dimension makes a new indicator", func(t *testing.T) {
		a := confirmed(t)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-3-1","period":"2024-01","value":9}`).want(201)
		text := strings.Replace(riverPlan, "充电桩221个", "充电桩221万千瓦", 1)
		for lang, want := range map[string]string{"zh": "量纲不同", "en": "another dimension"} {
			d := read[v1.Amendment](a.send("POST", amendPath, text, "Content-Type", plain, "Accept-Language", lang).want(200))
			if len(d.Removed) != 1 || len(d.Added) != 1 || value(d.Removed[0].ReplacedBy) != "donghe-2024-3-2" || value(d.Added[0].Replaces) != "donghe-2024-3-1" {
				t.Fatalf("%+v", d)
			}
			if !strings.Contains(d.Removed[0].Note, want) {
				t.Errorf("note %q", d.Removed[0].Note)
			}
		}
	})
}

func TestAmendmentIsRefusedWhole(t *testing.T) {
	t.Run("when anything has changed since the comparison", func(t *testing.T) {
		a := confirmed(t)
		confirm := "?confirm=" + *read[v1.Amendment](a.amend("", riverAmended).want(200)).Token
		a.amend(confirm, riverAmended+"5.另一项。新增1家。\n").wantProblem(412, "precondition_failed", "confirm")
		a.amend("?confirm=guess", riverAmended).wantProblem(412, "precondition_failed", "confirm")
		a.send("PATCH", "/api/v1/indicators/donghe-2024-1-1", `{"frequency":"quarter"}`, "Content-Type", "application/json", "If-Match", `"1"`).want(200)
		a.amend(confirm, riverAmended).wantProblem(412, "precondition_failed", "confirm")
		if plan := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200)); plan.Version != 1 {
			t.Errorf("version %d", plan.Version)
		}
	})

	t.Run("when the text or the request cannot be read", func(t *testing.T) {
		a := confirmed(t)
		a.amend("", "").wantProblem(400, "empty_body", "")
		a.amend("", " \n").wantProblem(422, "empty_document", "")
		a.amend("?code=x", riverAmended).wantProblem(400, "invalid_parameter", "code")
		a.amend("?due_on=2020-01-01", riverAmended).wantProblem(422, "invalid_date", "due_on")
		a.send("POST", amendPath, riverAmended, "Content-Type", "image/jpeg").wantProblem(415, "unsupported_media_type", "")
		a.amend("", strings.Repeat("计划", 9<<20)).wantProblem(413, "body_too_large", "")
		a.send("POST", "/api/v1/plans/none/amendment", riverAmended, "Content-Type", plain).wantProblem(404, "not_found", "")
	})
}

func TestAmendingWithTheSameText(t *testing.T) {
	a := confirmed(t)
	for _, query := range []string{"", "?confirm=anything"} {
		d := read[v1.Amendment](a.amend(query, riverPlan).want(200))
		if d.Applied || d.Token != nil || d.Unchanged != 2 || len(d.Added)+len(d.Removed)+len(d.Changed)+len(d.Moved)+len(d.Fields) != 0 || d.From != d.To {
			t.Errorf("%q: %+v", query, d)
		}
	}
	contentType, body := form(t, map[string]string{"document": riverAmended})
	first := read[v1.Amendment](a.send("POST", amendPath, body, "Content-Type", contentType).want(200))
	applied := a.apply(riverAmended)
	again := read[v1.Amendment](a.amend("?confirm="+*first.Token, riverAmended).want(200))
	if !applied.Applied || again.Applied || again.Unchanged != 3 {
		t.Errorf("the same request once more: %+v", again)
	}
}
