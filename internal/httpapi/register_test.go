package httpapi_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

const (
	theRegister = "/api/v1/plans/donghe-2023/register"
	taskOne     = "/api/v1/plans/donghe-2023/tasks/1"
	taskTwo     = "/api/v1/plans/donghe-2023/tasks/2"
)

func (a *api) register(query string) []v1.RegisterRow {
	a.t.Helper()
	return read[v1.RegisterPage](a.get(theRegister + query).want(200)).Items
}

func TestTheRegisterHasEveryTaskWithTheWorstLight(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":170,"basis":"total"}`).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":30001}`).want(201)
	rows := a.register("?on=2023-09-30")
	if len(rows) != 2 || rows[0].Task != "1" || rows[1].Task != "2" {
		t.Fatalf("%+v", rows)
	}
	one := rows[0]
	worst := map[string]bool{}
	for _, f := range one.Indicators {
		p := read[v1.ProgressRow](a.get("/api/v1/indicators/" + f.Code + "/progress?on=2023-09-30").want(200))
		if p.Percent == nil != (f.Percent == nil) || f.Percent != nil && *p.Percent != *f.Percent || p.Pace != f.Pace || p.Label != f.Label {
			t.Errorf("%s: the register has %+v, its progress %v at pace %v, %s", f.Code, f, p.Percent, p.Pace, p.Label)
		}
		worst[f.Light] = true
	}
	for _, light := range []string{"red", "yellow", "grey", "green"} {
		if worst[light] {
			if one.Light != light {
				t.Errorf("the light is %s, and the worst %s", one.Light, light)
			}
			break
		}
	}
	if rows[1].Light != "grey" || strings.Join(rows[1].LightBy, " ") != "indicators" {
		t.Errorf("a task of which nothing is reported has the light %s by %v", rows[1].Light, rows[1].LightBy)
	}
	if got := a.register("?on=2023-09-30&light=grey"); len(got) != 1 || got[0].Task != "2" {
		t.Errorf("with a grey light: %+v", got)
	}
	if got := a.register("?on=2023-09-30&agency=" + url.QueryEscape("市农业农村局")); len(got) != 1 || got[0].Task != "2" {
		t.Errorf("of one agency: %+v", got)
	}
	first := read[v1.RegisterPage](a.get(theRegister + "?on=2023-09-30&limit=1").want(200))
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-2","period":"2023-09","value":75.4}`).want(201)
	second := read[v1.RegisterPage](a.get(theRegister + "?on=2023-09-30&limit=1&cursor=" + *first.NextCursor).want(200))
	if second.Items[0].AsOf != first.Items[0].AsOf || second.Items[0].Indicators[1].Percent != nil {
		t.Errorf("the second page is of another moment: %+v", second.Items[0])
	}
}

func TestUpdatesKeepEveryRevision(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.setClock(time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC))
	a.post(taskOne+"/updates", `{"period":"2023-09","text":"完成选址","assessed":"on_schedule","evidence":["https://oa.example.org/1"]}`).want(201)
	before := a.clock()
	again := read[v1.Update](a.post(taskOne+"/updates", `{"period":"2023-09","text":"完成选址","assessed":"on_schedule","evidence":["https://oa.example.org/1"]}`).want(200))
	if again.Revision != 1 {
		t.Errorf("said again it is revision %d", again.Revision)
	}
	revised := read[v1.Update](a.post(taskOne+"/updates", `{"period":"2023-09","text":"完成选址和招标","assessed":"delayed"}`).want(201))
	if revised.Revision != 2 || len(revised.Earlier) != 1 || revised.Earlier[0].Text != "完成选址" || revised.Agency != "市工信局" {
		t.Errorf("%+v", revised)
	}
	a.post(taskOne+"/updates", `{"period":"2023-08","text":"补记八月"}`).want(201)
	if u := a.register("?on=2023-09-30")[0].Update; u == nil || u.Period != "2023-09" || u.Text != "完成选址和招标" {
		t.Errorf("the register shows %+v", u)
	}
	then := a.register("?on=2023-09-30&as_of=" + url.QueryEscape(before.UTC().Format(time.RFC3339Nano)))
	if u := then[0].Update; u == nil || u.Text != "完成选址" {
		t.Errorf("then it showed %+v", u)
	}
	list := read[v1.UpdatePage](a.get("/api/v1/plans/donghe-2023/updates?task=1&period=2023-09").want(200)).Items
	if len(list) != 1 || list[0].ID != revised.ID {
		t.Errorf("%+v", list)
	}

	for name, c := range map[string]struct{ body, code, field string }{
		"no text":            {`{"period":"2023-09","text":"  "}`, "required_field", "/text"},
		"no such period":     {`{"period":"2023-13","text":"x"}`, "invalid_period", "/period"},
		"a period to come":   {`{"period":"2023-11","text":"x"}`, "period_in_future", "/period"},
		"before the plan":    {`{"period":"2022-11","text":"x"}`, "period_outside_term", "/period"},
		"no such word":       {`{"period":"2023-09","text":"x","assessed":"fine"}`, "invalid_value", "/assessed"},
		"no address":         {`{"period":"2023-09","text":"x","evidence":["oa"]}`, "invalid_value", "/evidence/0"},
		"another's agency":   {`{"period":"2023-09","text":"x","agency":"市农业农村局"}`, "invalid_value", "/agency"},
		"characters of none": {`{"period":"2023-09","text":"x\u0001"}`, "invalid_value", "/text"},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			a.post(taskOne+"/updates", c.body).wantProblem(422, c.code, c.field)
		})
	}
	a.t = t
	a.post("/api/v1/plans/donghe-2023/tasks/77/updates", `{"period":"2023-09","text":"x"}`).wantProblem(404, "not_found", "")
}

func TestMilestonesGiveATaskAProgressOfItsOwn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, lead := a.key(access.Reporter, "市农业农村局")
	set := func(title, due string) v1.Milestone {
		return read[v1.Milestone](a.post(taskTwo+"/milestones", `{"title":"`+title+`","due_on":"`+due+`"}`).want(201))
	}
	first, second := set("完成整地", "2023-03-31"), set("完成播种", "2023-09-30")
	set("完成测产", "2023-11-30")
	a.post(taskTwo+"/milestones", `{"title":"完成整地","due_on":"2023-03-31"}`).want(200)
	events := func(m v1.Milestone, body string) answer { return a.post("/api/v1/milestones/"+m.ID+"/events", body) }

	m := a.register("?on=2023-09-30")[1].Milestones
	if m == nil || m.Total != 3 || m.Due != 2 || m.Done != 0 || m.Pace != "66.67" || m.Percent != "0.00" || *m.Next != "完成播种" {
		t.Fatalf("%+v", m)
	}
	before := a.clock()
	supervisor := a.token
	a.token = lead
	events(first, `{"type":"done","done_on":"2023-04-02","text":"验收"}`).want(200)
	events(first, `{"type":"changed","due_on":"2023-04-30","reason":"x"}`).wantProblem(403, "forbidden", "/type")
	events(first, `{"type":"done","done_on":"2023-04-02"}`).wantProblem(409, "wrong_state", "/type")
	events(second, `{"type":"done","done_on":"2023-12-02"}`).wantProblem(422, "invalid_value", "/done_on")
	events(second, `{"type":"done"}`).wantProblem(422, "required_field", "/done_on")
	a.token = supervisor
	row := a.register("?on=2023-10-08")[1]
	if m := row.Milestones; m.Done != 1 || m.Late != 1 || m.Percent != "33.33" || row.Light != "yellow" {
		t.Errorf("%+v with the light %s", m, row.Light)
	}
	events(second, `{"type":"changed","due_on":"2023-10-31"}`).wantProblem(422, "required_field", "/reason")
	events(second, `{"type":"changed","due_on":"2023-10-31","reason":"连续降雨"}`).want(200)
	if row := a.register("?on=2023-10-08")[1]; row.Milestones.Due != 1 || row.NextOn == nil || *row.NextOn != "2023-10-31" || *row.NextDue != "milestone" {
		t.Errorf("after the day was moved: %+v, next %v", row.Milestones, row.NextOn)
	}
	events(first, `{"type":"reopened","reason":"验收未通过"}`).want(200)
	events(second, `{"type":"removed","reason":"并入其他任务"}`).want(200)
	events(second, `{"type":"done","done_on":"2023-10-02"}`).wantProblem(409, "wrong_state", "")
	if m := a.register("?on=2023-10-08")[1].Milestones; m.Total != 2 || m.Done != 0 {
		t.Errorf("%+v", m)
	}
	then := a.register("?on=2023-09-30&as_of=" + url.QueryEscape(before.UTC().Format(time.RFC3339Nano)))[1].Milestones
	if *then != *m && (then.Total != m.Total || then.Done != m.Done || then.Pace != m.Pace) {
		t.Errorf("then it was %+v, now %+v", m, then)
	}
	list := read[v1.MilestonePage](a.get("/api/v1/plans/donghe-2023/milestones?task=2").want(200)).Items
	if len(list) != 3 || len(list[0].History) != 3 || !list[1].Removed {
		t.Errorf("%+v", list)
	}
	a.post("/api/v1/milestones/999/events", `{"type":"done","done_on":"2023-04-02"}`).wantProblem(404, "not_found", "")
}
