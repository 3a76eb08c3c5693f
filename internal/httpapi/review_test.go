package httpapi_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// drafted is a service that holds riverPlan unreviewed, as donghe-2024.
func drafted(t *testing.T) *api {
	t.Helper()
	a := newAPI(t)
	a.setClock(time.Date(2024, 2, 5, 0, 0, 0, 0, time.UTC))
	a.send("POST", "/api/v1/plans?code=donghe-2024", riverPlan, "Content-Type", plain).want(201)
	return a
}

func (a *api) states() string {
	a.t.Helper()
	var all []string
	for _, in := range read[v1.IndicatorPage](a.get("/api/v1/indicators?plan=donghe-2024").want(200)).Items {
		all = append(all, strings.TrimPrefix(in.Code, "donghe-2024-")+" "+in.State)
	}
	return strings.Join(all, ", ")
}

const reviewPath = "/api/v1/plans/donghe-2024/review"

func TestImportMakesDrafts(t *testing.T) {
	t.Run("that carry what the reviewer needs", func(t *testing.T) {
		a := drafted(t)
		plan := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200))
		if plan.Review != (v1.Review{Draft: 2}) || plan.Version != 1 {
			t.Errorf("plan %+v", plan)
		}
		in := read[v1.Indicator](a.get("/api/v1/indicators/donghe-2024-3-1").want(200))
		if in.State != "draft" || in.Confidence == "" || in.Source.Rule == "" || !strings.Contains(in.Source.Quote, "221个") || in.Source.DocumentVersion != 1 {
			t.Errorf("%+v, source %+v", in, in.Source)
		}
	})

	t.Run("unless they are confirmed at once", func(t *testing.T) {
		a := newAPI(t)
		for _, c := range []struct {
			query  string
			status int
			want   v1.Review
		}{{"&dry_run=true", 200, v1.Review{Draft: 2}}, {"&dry_run=true&confirm=true", 200, v1.Review{Confirmed: 2}}, {"&confirm=true", 201, v1.Review{Confirmed: 2}}} {
			got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=donghe-2024"+c.query, riverPlan, "Content-Type", plain).want(c.status))
			if got.Plan.Review != c.want {
				t.Errorf("%s: %+v", c.query, got.Plan.Review)
			}
		}
		a.setClock(afterTheTerm)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2024-1-1","period":"2024-01","value":1}`).want(201)
	})
}

func TestReviewPlan(t *testing.T) {
	t.Run("confirms and rejects by name, and the rest on request", func(t *testing.T) {
		a := drafted(t)
		got := read[v1.ReviewResult](a.post(reviewPath, `{"reject":["donghe-2024-1-1"]}`).want(200))
		if got.Review != (v1.Review{Draft: 1, Rejected: 1}) || !slices.Equal(got.Changed, []string{"donghe-2024-1-1"}) {
			t.Errorf("%+v", got)
		}
		got = read[v1.ReviewResult](a.post(reviewPath, `{"confirm_rest":true}`).want(200))
		if got.Review != (v1.Review{Confirmed: 1, Rejected: 1}) || !slices.Equal(got.Changed, []string{"donghe-2024-3-1"}) {
			t.Errorf("%+v", got)
		}
		again := read[v1.ReviewResult](a.post(reviewPath, `{"confirm_rest":true,"confirm":["donghe-2024-3-1"]}`).want(200))
		if again.Review != got.Review || len(again.Changed) != 0 {
			t.Errorf("again %+v", again)
		}
	})

	t.Run("decides all or nothing, naming what is wrong", func(t *testing.T) {
		a := drafted(t)
		a.seed() // another plan, with indicators of its own
		refused := []struct {
			body        string
			status      int
			code, field string
		}{
			{`{"confirm":["donghe-2024-1-1","donghe-2024-9-9"]}`, 422, "unknown_indicator", "/confirm/1"},
			{`{"confirm":["donghe-2024-1-1","donghe-2023-1-1"]}`, 422, "unknown_indicator", "/confirm/1"},
			{`{"confirm":["donghe-2024-1-1"],"reject":["donghe-2024-1-1"]}`, 422, "invalid_value", "/reject/0"},
			{`{"confirm":["donghe-2024-1-1"],"confirm_all":true}`, 400, "unknown_field", "/confirm_all"},
			{`{"confirm":"donghe-2024-1-1"}`, 400, "wrong_type", "/confirm"},
			{``, 400, "empty_body", ""},
		}
		for _, c := range refused {
			a.post(reviewPath, c.body).wantProblem(c.status, c.code, c.field)
		}
		a.post("/api/v1/plans/none/review", `{}`).wantProblem(404, "not_found", "")
		a.post(reviewPath+"?dry_run=true", `{}`).wantProblem(400, "invalid_parameter", "dry_run")
		if got := a.states(); got != "1-1 draft, 3-1 draft" {
			t.Error(got)
		}
	})
}

func TestOnlyConfirmedIndicatorsCount(t *testing.T) {
	a := drafted(t)
	report := `{"indicator":"donghe-2024-1-1","period":"2024-01","value":3}`

	t.Run("a report for a draft says what to do, in both languages", func(t *testing.T) {
		a.t = t
		zh := a.post("/api/v1/measurements", report).wantProblem(409, "indicator_not_confirmed", "/indicator")
		en := a.post("/api/v1/measurements", report, "Accept-Language", "en").wantProblem(409, "indicator_not_confirmed", "/indicator")
		if !strings.Contains(zh.Detail, "请先确认") || !strings.Contains(en.Detail, "confirm it first") || !strings.Contains(en.Detail, "tracker plan review") {
			t.Errorf("%q, %q", zh.Detail, en.Detail)
		}
	})

	t.Run("the progress of a draft may be read one by one, and is in no list", func(t *testing.T) {
		a.t = t
		if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-1-1/progress").want(200)); p.Status != "no_data" {
			t.Errorf("status %s", p.Status)
		}
		if list := read[v1.ProgressPage](a.get("/api/v1/progress").want(200)); len(list.Items) != 0 {
			t.Errorf("listed %+v", list.Items)
		}
		if s := read[v1.Summary](a.get("/api/v1/plans/donghe-2024/summary").want(200)); len(s.Groups) != 0 {
			t.Errorf("summary %+v", s.Groups)
		}
	})

	t.Run("confirmed, it takes measurements, and then cannot be rejected", func(t *testing.T) {
		a.t = t
		patch := func(body, version string) answer {
			return a.send("PATCH", "/api/v1/indicators/donghe-2024-1-1", body, "Content-Type", "application/json", "If-Match", version)
		}
		in := read[v1.Indicator](patch(`{"state":"confirmed","name":"高新技术企业"}`, `"1"`).want(200))
		if in.State != "confirmed" || in.Name != "高新技术企业" || in.Version != 2 {
			t.Errorf("%+v", in)
		}
		a.post("/api/v1/measurements", report).want(201)
		patch(`{"state":"rejected"}`, `"2"`).wantProblem(409, "indicator_has_measurements", "/state")
		patch(`{"state":"draft"}`, `"2"`).wantProblem(409, "indicator_has_measurements", "/state")
		patch(`{"state":"withdrawn"}`, `"2"`).wantProblem(422, "invalid_value", "/state")
		patch(`{"state":"approved"}`, `"2"`).wantProblem(422, "invalid_value", "/state")
		a.post(reviewPath, `{"confirm_rest":true,"reject":["donghe-2024-1-1"]}`).wantProblem(409, "indicator_has_measurements", "/reject/0")
		if got := a.states(); got != "1-1 confirmed, 3-1 draft" {
			t.Error(got)
		}
		if list := read[v1.ProgressPage](a.get("/api/v1/progress").want(200)); len(list.Items) != 1 {
			t.Errorf("listed %+v", list.Items)
		}
	})

	t.Run("lists filter by state", func(t *testing.T) {
		a.t = t
		for state, want := range map[string]int{"draft": 1, "confirmed": 1, "rejected": 0, "withdrawn": 0} {
			if got := read[v1.IndicatorPage](a.get("/api/v1/indicators?state=" + state).want(200)).Items; len(got) != want {
				t.Errorf("%s: %d", state, len(got))
			}
		}
		a.get("/api/v1/indicators?state=new").wantProblem(400, "invalid_parameter", "state")
	})
}
