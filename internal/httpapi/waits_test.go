package httpapi_test

import (
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

const relativePlan = `东河市2024年重点工作任务
一、民生改善
1.办好托育。普惠率高于全省平均水平（牵头单位：市卫健委）。
2.治理河湖。臭氧浓度低于上年水平（牵头单位：市生态环境局）。
`

// waiting imports relativePlan confirmed.
func waiting(t *testing.T) *api {
	t.Helper()
	a := newAPI(t)
	a.setClock(afterTheTerm)
	a.send("POST", "/api/v1/plans?code=r&confirm=true", relativePlan, "Content-Type", plain).want(201)
	return a
}

func (a *api) patch(code, version, body string) answer {
	a.t.Helper()
	return a.send("PATCH", "/api/v1/indicators/"+code, body, "Content-Type", "application/json", "If-Match", `"`+version+`"`)
}

func TestTargetsThatWait(t *testing.T) {
	t.Run("have a reference and no value", func(t *testing.T) {
		a := waiting(t)
		got := read[v1.Indicator](a.get("/api/v1/indicators/r-1-1").want(200))
		if tg := got.Target; tg.Value != nil || tg.Reference == nil || *tg.Reference != "全省平均水平" || tg.Comparator != "gt" || tg.Unit != "%" {
			t.Errorf("target %+v", tg)
		}
	})

	t.Run("take measurements and have no percent, after the due date too", func(t *testing.T) {
		a := waiting(t)
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"r-1-1","period":"2024-06","value":61.5}`).want(201))
		if p := got.Progress; p.Percent != nil || *p.Reason != "target_waits" || p.Status != "not_computable" || p.Actual.Value != "61.5" || p.Actual.Unit != "%" {
			t.Errorf("progress %+v", p)
		}
		p := read[v1.Progress](a.get("/api/v1/indicators/r-1-1/progress?on=2025-06-30&explain=true").want(200))
		if p.Status != "not_computable" || *p.Reason != "target_waits" || p.Target.Value != nil || len(p.Explain.Steps) == 0 {
			t.Errorf("progress %+v", p)
		}
		a.get("/api/v1/plans/r/summary?on=2024-12-31").want(200)
		a.get("/api/v1/progress?plan=r&sort=percent").want(200)
	})

	t.Run("without a unit ask for that of the measurement", func(t *testing.T) {
		a := waiting(t)
		a.post("/api/v1/measurements", `{"indicator":"r-2-1","period":"2024-06","value":158}`).wantProblem(422, "required_field", "/unit")
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"r-2-1","period":"2024-06","value":158,"unit":"微克/立方米"}`).want(201))
		if got.Progress.Actual.Unit != "微克/立方米" || got.Progress.Target.Unit != "" {
			t.Errorf("progress %+v", got.Progress)
		}
	})

	t.Run("are computed from the value on, and keep the reference", func(t *testing.T) {
		a := waiting(t)
		a.post("/api/v1/measurements", `{"indicator":"r-2-1","period":"2024-12","value":158,"unit":"微克/立方米"}`).want(201)
		before := "&as_of=" + a.clock().UTC().Format("2006-01-02T15:04:05.000000Z")
		in := read[v1.Indicator](a.patch("r-2-1", "1", `{"target":{"comparator":"lt","value":160,"unit":"微克/立方米"}}`).want(200))
		if *in.Target.Value != "160" || *in.Target.Reference != "上年水平" {
			t.Errorf("target %+v", in.Target)
		}
		p := read[v1.Progress](a.get("/api/v1/indicators/r-2-1/progress?on=2024-12-31").want(200))
		if p.Status != "attained" || p.Reason != nil {
			t.Errorf("progress %+v", p)
		}
		then := read[v1.Progress](a.get("/api/v1/indicators/r-2-1/progress?on=2024-12-31" + before).want(200))
		if *then.Reason != "target_waits" || then.Target.Value != nil {
			t.Errorf("as of then %+v", then)
		}
	})

	t.Run("go on waiting through a change of something else, and may wait again", func(t *testing.T) {
		a := waiting(t)
		in := read[v1.Indicator](a.patch("r-1-1", "1", `{"target":{"comparator":"ge","value":null,"unit":"%"}}`).want(200))
		if in.Target.Value != nil || in.Target.Comparator != "ge" || *in.Target.Reference != "全省平均水平" {
			t.Errorf("target %+v", in.Target)
		}
		a.patch("r-1-1", "2", `{"target":{"comparator":"ge","value":60,"unit":"%","reference":null}}`).want(200)
		a.patch("r-1-1", "3", `{"target":{"comparator":"ge","unit":"%"}}`).wantProblem(422, "required_field", "/target/value")
		in = read[v1.Indicator](a.patch("r-1-1", "3", `{"target":{"comparator":"ge","unit":"%","reference":"全国平均水平"}}`).want(200))
		if in.Target.Value != nil || *in.Target.Reference != "全国平均水平" {
			t.Errorf("target %+v", in.Target)
		}
	})

	t.Run("can be made by hand, and a reference can be taken away", func(t *testing.T) {
		a := waiting(t)
		const whole = `{"plan":"r","task":"1","name":"托位数","kind":"cumulative","target":{"comparator":"ge","reference":"国家目标"}}`
		in := read[v1.Indicator](a.post("/api/v1/indicators", whole).want(201))
		if in.Target.Value != nil || in.Target.Unit != "" {
			t.Errorf("target %+v", in.Target)
		}
		in = read[v1.Indicator](a.patch(in.Code, "1", `{"target":{"comparator":"ge","value":900,"unit":"个","reference":""}}`).want(200))
		if in.Target.Reference != nil {
			t.Errorf("target %+v", in.Target)
		}
		a.patch("r-1-1", "1", `{"target":{"comparator":"ge","value":1,"unit":"吨"}}`).want(200) // nothing is reported in another unit
	})
}
