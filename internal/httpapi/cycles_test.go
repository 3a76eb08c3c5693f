package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/progress"
)

const septemberCycle = "/api/v1/plans/donghe-2023/cycles/2023-09"

// lockedAPI is a service whose cycles lock on the tenth day of work, with the plan there since
// January and the clock at a day of October.
func lockedAPI(t *testing.T, on int) *api {
	t.Helper()
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 5, 0, 0, 0, 0, time.UTC))
	a.seed()
	profile := progress.DefaultProfile()
	profile.Loop.Cycles.Locks = 10
	if _, err := a.service().UseProfile(t.Context(), &profile, time.UTC, true); err != nil {
		t.Fatal(err)
	}
	a.handler = a.over(a.db)
	a.october(on)
	return a
}

func (a *api) october(day int) { a.setClock(time.Date(2023, 10, day, 2, 0, 0, 0, time.UTC)) }

func TestALockedCycleTakesNothingWithoutAnException(t *testing.T) {
	a := lockedAPI(t, 9)
	const body = `{"indicator":"donghe-2023-1-1","period":"2023-09","value":%d,"basis":"total","agency":"市工信局","source_id":"s"}`
	first := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(body, 160), "Idempotency-Key", "once").want(201))
	admin := a.token
	_, lead := a.key(access.Reporter, "市工信局")
	_, other := a.key(access.Reporter, "市交通局")

	a.october(14) // the 13th is the 10th day of work
	refused := func() {
		t.Helper()
		a.post("/api/v1/measurements", fmt.Sprintf(body, 161)).wantProblem(409, "period_locked", "/period")
		a.post("/api/v1/measurements?dry_run=true", fmt.Sprintf(body, 161)).wantProblem(409, "period_locked", "/period")
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-08","value":30001}`).wantProblem(409, "period_locked", "/period")
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09-30","value":30001}`).wantProblem(409, "period_locked", "/period")
		a.send("DELETE", "/api/v1/measurements/"+first.Measurement.ID+"?reason=x&agency="+url.QueryEscape("市工信局"), "").wantProblem(409, "period_locked", "/period")
		batch := read[v1.BatchReceipts](a.post("/api/v1/measurements/batch", "["+fmt.Sprintf(body, 162)+"]").want(200)).Receipts
		if batch[0].Code == nil || *batch[0].Code != "period_locked" || *batch[0].Field != "/period" {
			t.Errorf("a batch: %+v", batch)
		}
	}
	refused()
	again := a.post("/api/v1/measurements", fmt.Sprintf(body, 160)).want(200)
	if !strings.Contains(string(again.body), `"unchanged"`) {
		t.Errorf("what is sent again: %s", again.body)
	}
	a.post("/api/v1/measurements", fmt.Sprintf(body, 160), "Idempotency-Key", "once").want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-10-12","value":30001}`).want(201)

	_, super := a.key(access.Supervisor)
	a.token = super
	granted := read[v1.Cycle](a.post(septemberCycle+"/exceptions", `{"agency":"市工信局","until":"2023-10-20","reason":"系统迁移"}`).want(201))
	a.token = other
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":30002}`).wantProblem(409, "period_locked", "/period")
	a.token = lead
	a.post("/api/v1/measurements", fmt.Sprintf(body, 170)).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-08","value":30002}`).wantProblem(409, "period_locked", "/period")
	a.token = super
	a.post(septemberCycle+"/events", `{"type":"exception_withdrawn","exception":"`+granted.Exceptions[0].ID+`","reason":"已补齐"}`).want(200)
	a.post(septemberCycle+"/events", `{"type":"exception_withdrawn","exception":"`+granted.Exceptions[0].ID+`","reason":"已补齐"}`).wantProblem(409, "wrong_state", "/exception")
	a.token = lead
	a.post("/api/v1/measurements", fmt.Sprintf(body, 171)).wantProblem(409, "period_locked", "/period")
	a.token = super
	a.post(septemberCycle+"/exceptions", `{"agency":"市工信局","until":"2023-10-20","reason":"再次补录"}`).want(201)
	a.october(21)
	a.token = lead
	a.post("/api/v1/measurements", fmt.Sprintf(body, 171)).wantProblem(409, "period_locked", "/period")

	a.token = super
	a.post(septemberCycle+"/events", `{"type":"reopened","reason":"审计调整"}`).want(200)
	a.token = admin
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":30002}`).want(201)
	a.token = super
	a.post(septemberCycle+"/events", `{"type":"locked","reason":"审计结束"}`).want(200)
	a.post(septemberCycle+"/events", `{"type":"locked","reason":"审计结束"}`).wantProblem(409, "wrong_state", "/type")
	a.token = admin
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":30003}`).wantProblem(409, "period_locked", "/period")
	a.token = super
	moved := read[v1.Cycle](a.post(septemberCycle+"/events", `{"type":"dated","locks_on":"2023-10-31","reason":"延期"}`).want(200))
	if moved.State != "overdue" || *moved.LocksOn != "2023-10-31" || len(moved.History) != 6 {
		t.Errorf("%+v", moved)
	}
	a.token = admin
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":30003}`).want(201)
}

func TestHowCompleteACycleIs(t *testing.T) {
	a := lockedAPI(t, 5)
	report := func(body string) v1.MeasurementReceipt {
		t.Helper()
		got := a.post("/api/v1/measurements", body)
		if got.status >= 300 {
			t.Fatalf("%s", got.body)
		}
		return read[v1.MeasurementReceipt](got)
	}
	report(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":160,"basis":"total"}`)
	taken := report(`{"indicator":"donghe-2023-2-2","period":"2023-09","value":70}`)
	report(`{"indicator":"donghe-2023-2-3","period":"2023-09","missing":"not_available","note":"待核"}`)
	early := a.clock()
	a.october(12) // the 6th was the 5th day of work
	report(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":165,"basis":"total"}`)
	report(`{"indicator":"donghe-2023-1-2","period":"2023-09","value":30001}`)
	a.send("DELETE", "/api/v1/measurements/"+taken.Measurement.ID+"?reason=x", "").want(200)

	cycle := read[v1.CycleRowPage](a.get(septemberCycle + "?on=2023-10-12").want(200))
	all := v1.ReportCounts{Expected: 5, OnTime: 2, Late: 1, Missing: 2, Empty: 1}
	if *cycle.Cycle.Reports != all || cycle.Cycle.DueOn != "2023-10-06" || *cycle.Cycle.LocksOn != "2023-10-13" || cycle.Cycle.State != "overdue" {
		t.Errorf("%+v of %+v", *cycle.Cycle.Reports, cycle.Cycle)
	}
	if len(cycle.Items) != 2 || *cycle.Items[0].Agency != "市农业农村局" || *cycle.Items[0].Reports != (v1.ReportCounts{Expected: 3, OnTime: 1, Missing: 2, Empty: 1}) {
		t.Errorf("by agency: %+v", cycle.Items)
	}
	states := map[string]string{}
	for after := ""; ; {
		page := read[v1.CycleRowPage](a.get(septemberCycle + "?group_by=indicator&on=2023-10-12&limit=2" + after).want(200))
		for _, row := range page.Items {
			states[*row.Indicator] = *row.State
		}
		if page.NextCursor == nil {
			break
		}
		after = "&cursor=" + *page.NextCursor
	}
	if got := fmt.Sprint(states); got != "map[donghe-2023-1-1:on_time donghe-2023-1-2:late donghe-2023-2-1:missing donghe-2023-2-2:missing donghe-2023-2-3:on_time]" {
		t.Error(got)
	}
	missing := read[v1.CycleRowPage](a.get(septemberCycle + "?group_by=indicator&state=missing&on=2023-10-12").want(200)).Items
	if len(missing) != 2 || missing[0].Report != nil {
		t.Errorf("%+v", missing)
	}
	then := read[v1.CycleRowPage](a.get(septemberCycle + "?on=2023-10-05&as_of=" + url.QueryEscape(early.Format(time.RFC3339Nano))).want(200)).Cycle
	if *then.Reports != (v1.ReportCounts{Expected: 5, OnTime: 3, Pending: 2, Empty: 1}) || then.State != "open" {
		t.Errorf("on the 5th: %+v, %s", *then.Reports, then.State)
	}
	list := read[v1.CycleList](a.get("/api/v1/plans/donghe-2023/cycles?on=2023-10-12").want(200)).Items
	if len(list) != 12 || *list[8].Reports != all || list[9].State != "upcoming" || list[0].State != "locked" {
		t.Errorf("%d cycles, the ninth %+v, the first %s", len(list), list[8].Reports, list[0].State)
	}
	a.get("/api/v1/plans/donghe-2023/cycles/2024-01").wantProblem(http.StatusNotFound, "not_found", "")
	a.get("/api/v1/plans/donghe-2023/cycles/soon").wantProblem(http.StatusNotFound, "not_found", "")
	a.get(septemberCycle+"?state=missing").wantProblem(400, "invalid_parameter", "state")
	a.post(septemberCycle+"/exceptions", `{"agency":"无此局","until":"2023-10-20","reason":"x"}`).wantProblem(422, "unknown_agency", "/agency")
	a.post(septemberCycle+"/exceptions", `{"agency":"市工信局","until":"2023-10-01","reason":"x"}`).wantProblem(422, "invalid_value", "/until")
	a.post(septemberCycle+"/exceptions", `{"agency":"市工信局","until":"2023-10-20","reason":" "}`).wantProblem(422, "required_field", "/reason")
	a.post(septemberCycle+"/events", `{"type":"dated","reason":"x"}`).wantProblem(422, "required_field", "/due_on")
	a.post(septemberCycle+"/events", `{"type":"dated","due_on":"2023-09-20","reason":"x"}`).wantProblem(422, "invalid_value", "/due_on")
	a.post(septemberCycle+"/events", `{"type":"dated","locks_on":"2023-10-02","reason":"x"}`).wantProblem(422, "invalid_value", "/locks_on")
}
