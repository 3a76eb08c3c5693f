package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// silentPlan promises a rank and a coverage without a figure, and steps by a date.
const silentPlan = `东河市2024年重点工作任务
一、民生改善
1.完善服务。新增驿站8处，推动便民服务点全覆盖，群众满意度进入全省前20名（牵头单位：市民政局）。
2.建设文化馆。3月底前完成初步设计批复，6月底前开工建设（牵头单位：市文旅局）。
`

// silentAmended has another rank, and the second step later.
const silentAmended = `东河市2024年重点工作任务
一、民生改善
1.完善服务。新增驿站8处，推动便民服务点全覆盖，群众满意度进入全省前15名，校园欺凌事件零发生（牵头单位：市民政局）。
2.建设文化馆。3月底前完成初步设计批复，9月底前开工建设（牵头单位：市文旅局）。
`

// promised is a service that holds silentPlan, confirmed at once, as donghe-2024.
func promised(t *testing.T) *api {
	t.Helper()
	a := newAPI(t)
	a.setClock(time.Date(2024, 5, 6, 2, 0, 0, 0, time.UTC))
	imported := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=donghe-2024&confirm=true", silentPlan, "Content-Type", plain).want(201))
	if imported.Plan.Review != (v1.Review{Draft: 2, Confirmed: 1}) {
		t.Fatalf("%+v", imported.Plan.Review)
	}
	return a
}

func TestAnImpliedRankIsReviewedAndReported(t *testing.T) {
	a := promised(t)
	if got := a.states(); got != "1-1 confirmed, 1-2 draft, 1-3 draft" {
		t.Fatal(got)
	}
	rank := read[v1.Indicator](a.get("/api/v1/indicators/donghe-2024-1-3").want(200))
	if rank.Source.Rule != "implied" || rank.Confidence != "low" || rank.Target.Comparator != "le" || *rank.Target.Value != "20" || rank.Target.Unit != "位" || rank.Course != "hold" || rank.Direction != "decrease" || rank.Kind != "cumulative" {
		t.Errorf("%+v, source %+v", rank, rank.Source)
	}
	report := `{"indicator":"donghe-2024-1-3","period":"2024-04","value":15}`
	a.post("/api/v1/measurements", report).wantProblem(409, "indicator_not_confirmed", "/indicator")
	a.post(reviewPath, `{"confirm":["donghe-2024-1-3"],"reject":["donghe-2024-1-2"]}`).want(200)
	a.post("/api/v1/measurements", report).want(201)
	met := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-1-3/progress?on=2024-04-30").want(200))
	if met.Percent == nil || *met.Percent != "100.00" || met.Status != "on_track" {
		t.Errorf("rank 15 of the first 20 is %v, %s", met.Percent, met.Status)
	}
	if end := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-1-3/progress?on=2024-12-31").want(200)); end.Status != "attained" {
		t.Errorf("at its due date it is %s", end.Status)
	}
	a.post("/api/v1/measurements", `{"indicator":"donghe-2024-1-3","period":"2024-03","value":26}`).want(201)
	if missed := read[v1.Progress](a.get("/api/v1/indicators/donghe-2024-1-3/progress?on=2024-03-31").want(200)); missed.Percent == nil || *missed.Percent == "100.00" || missed.Status == "on_track" {
		t.Errorf("rank 26 of the first 20 is %v, %s", missed.Percent, missed.Status)
	}
}

func TestAnAmendmentKeepsImpliedAimsApart(t *testing.T) {
	a := promised(t)
	a.post(reviewPath, `{"confirm":["donghe-2024-1-3"],"reject":["donghe-2024-1-2"]}`).want(200)
	d := a.apply(silentAmended)
	if got := titlesOf(d.Milestones); got != "2 完成初步设计批复 2024-03-31, 2 文化馆开工建设 2024-09-30" {
		t.Errorf("the newer text names %s", got)
	}
	if len(d.Added) != 1 || d.Added[0].Name != "校园欺凌事件数" || len(d.Changed) != 1 || d.Changed[0].Indicator != "donghe-2024-1-3" || len(d.Removed) != 0 {
		t.Errorf("%+v", d)
	}
	if got := a.states(); got != "1-1 confirmed, 1-2 rejected, 1-3 confirmed, 1-4 draft" {
		t.Error(got)
	}
	if rank := read[v1.Indicator](a.get("/api/v1/indicators/donghe-2024-1-3").want(200)); *rank.Target.Value != "15" {
		t.Errorf("%+v", rank.Target)
	}
}

func titlesOf(named []v1.PlanMilestone) string {
	var all []string
	for _, m := range named {
		all = append(all, m.Task+" "+m.Title+" "+m.DueOn)
	}
	return strings.Join(all, ", ")
}

// proposedTo are the steps that the register proposes for task 2.
func (a *api) proposedTo(query string) string {
	a.t.Helper()
	rows := read[v1.RegisterPage](a.get("/api/v1/plans/donghe-2024/register?task=2" + query).want(200)).Items
	if len(rows) != 1 {
		a.t.Fatalf("%+v", rows)
	}
	return titlesOf(rows[0].ProposedMilestones)
}

func TestDatedStepsAreKeptAndTakenOver(t *testing.T) {
	a := promised(t)
	const both = "2 完成初步设计批复 2024-03-31, 2 文化馆开工建设 2024-06-30"
	plan := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200))
	if got := titlesOf(plan.Milestones); got != both {
		t.Errorf("the plan has %s", got)
	}
	text := []rune(silentPlan)
	for _, m := range plan.Milestones {
		if got := string(text[m.Source.Start:m.Source.End]); got != m.Source.Quote {
			t.Errorf("%q at %q", m.Source.Quote, got)
		}
	}
	if got := a.proposedTo(""); got != both {
		t.Errorf("the register proposes %s", got)
	}
	then := "&as_of=" + url.QueryEscape(a.clock().UTC().Format(time.RFC3339Nano))
	set := read[v1.Milestone](a.post("/api/v1/plans/donghe-2024/tasks/2/milestones", `{"title":"完成初步设计批复","due_on":"2024-03-31"}`).want(201))
	if got := a.proposedTo(""); got != "2 文化馆开工建设 2024-06-30" {
		t.Errorf("with one taken over it proposes %s", got)
	}
	if got := a.proposedTo(then); got != both {
		t.Errorf("then it proposed %s", got)
	}
	a.post("/api/v1/milestones/"+set.ID+"/events", `{"type":"removed","reason":"并入项目台账"}`).want(200)
	a.post("/api/v1/plans/donghe-2024/tasks/2/milestones", `{"title":"开工建设","due_on":"2024-06-30"}`).want(201)
	if got := a.proposedTo(""); got != "" {
		t.Errorf("what was removed, and what was set under a shorter title, is proposed again: %s", got)
	}

	a.apply(silentAmended)
	if got := titlesOf(read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200)).Milestones); got != "2 完成初步设计批复 2024-03-31, 2 文化馆开工建设 2024-09-30" {
		t.Errorf("the amended plan has %s", got)
	}
	if got := a.proposedTo(""); got != "2 文化馆开工建设 2024-09-30" {
		t.Errorf("after the amendment the register proposes %s", got)
	}
	if got := a.proposedTo(then); got != both {
		t.Errorf("then it proposed %s", got)
	}
}

func TestARegisterAsATableNamesTheSteps(t *testing.T) {
	a := promised(t)
	table := string(a.get("/api/v1/plans/donghe-2024/register?format=csv&fields=task,proposed_milestones").want(200).body)
	if lines := strings.Split(strings.TrimSpace(table), "\n"); len(lines) != 3 || !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "文化馆开工建设（2024-06-30）") }) {
		t.Errorf("%s", table)
	}
}
