package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

func (a *api) raise(body string) v1.Issue {
	a.t.Helper()
	return read[v1.Issue](a.post("/api/v1/issues", body).want(201))
}

func (a *api) issues(query string) (ids []string) {
	a.t.Helper()
	for _, i := range read[v1.IssuePage](a.get("/api/v1/issues" + query).want(200)).Items {
		ids = append(ids, i.ID)
	}
	return ids
}

// actAs lets a caller with a role ask until the test lets somebody else.
func (a *api) actAs(role access.Role, agencies ...string) {
	_, a.token = a.key(role, agencies...)
}

func TestTheWayOfAnIssue(t *testing.T) {
	a := newAPI(t)
	a.seed()
	admin := a.token
	a.actAs(access.Reporter, "市工信局")
	raised := a.raise(`{"indicator":"donghe-2023-1-1","title":"点位用地未落实","text":"6处点位涉及绿地"}`)
	if raised.State != "raised" || raised.Agency != "市工信局" || raised.DueOn != "2023-10-27" || raised.Cause != "other" || raised.ByRule {
		t.Fatalf("%+v", raised)
	}
	if got := strings.Join(raised.Next, " "); got != "coordinating resolving resolved commented" {
		t.Errorf("the owner may go on with %s", got)
	}
	step := func(status int, body string) v1.Issue {
		t.Helper()
		resp := a.post("/api/v1/issues/"+raised.ID+"/events", body).want(status)
		if status != 200 {
			return v1.Issue{}
		}
		return read[v1.Issue](resp)
	}
	step(200, `{"type":"coordinating"}`)
	step(409, `{"type":"coordinating"}`)
	step(422, `{"type":"resolved"}`)
	step(403, `{"type":"closed","text":"已办"}`)
	if i := step(200, `{"type":"resolved","text":"用地已批"}`); i.State != "resolved" || *i.ResolvedOn != "2023-10-08" {
		t.Errorf("%+v", i)
	}
	a.actAs(access.Reporter, "市交通局")
	step(403, `{"type":"commented","text":"与本单位无关"}`)
	a.actAs(access.Supervisor)
	step(200, `{"type":"sent_back","text":"缺批复文件"}`)
	before := a.now
	a.setClock(a.now.Add(time.Hour))
	step(200, `{"type":"assigned","agency":"市交通局","text":"涉及公路用地"}`)
	step(409, `{"type":"assigned","agency":"市交通局","text":"再次"}`)
	step(422, `{"type":"assigned","agency":"没有的局","text":"x"}`)
	step(200, `{"type":"dated","due_on":"2023-11-30","text":"等待规划调整"}`)
	step(200, `{"type":"escalated","level":"serious","text":"影响全年目标"}`)
	a.actAs(access.Reporter, "市交通局")
	step(200, `{"type":"resolved","text":"已落实"}`)
	a.actAs(access.Supervisor)
	done := step(200, `{"type":"closed"}`)
	if done.Open || done.Agency != "市交通局" || done.DueOn != "2023-11-30" || done.Level != "serious" || *done.ClosedOn != "2023-10-08" {
		t.Errorf("%+v", done)
	}
	var history []string
	for _, e := range done.History {
		history = append(history, e.Type+" by "+e.By)
	}
	if got := strings.Join(history, ", "); got != "raised by reporter, coordinating by reporter, resolved by reporter, sent_back by supervisor, assigned by supervisor, "+
		"dated by supervisor, escalated by supervisor, resolved by reporter, closed by supervisor" {
		t.Errorf("the history is %s", got)
	}
	a.token = admin
	then := read[v1.Issue](a.get("/api/v1/issues/" + raised.ID + "?on=2023-10-30&as_of=" + url.QueryEscape(before.Format(time.RFC3339Nano))).want(200))
	if then.State != "resolving" || then.Agency != "市工信局" || !then.Overdue || then.DaysOverdue != 3 || len(then.History) != 4 {
		t.Errorf("as it was: %+v", then)
	}
	if i := step(200, `{"type":"reopened","text":"用地又有变化","due_on":"2023-12-15"}`); i.State != "raised" || i.ClosedOn != nil || i.DueOn != "2023-12-15" {
		t.Errorf("reopened: %+v", i)
	}
}

func TestAnIndicatorHasOneOpenIssueOfACause(t *testing.T) {
	a := newAPI(t)
	a.seed()
	first := a.raise(`{"indicator":"donghe-2023-1-1","cause":"behind","title":"进度慢"}`)
	again := a.post("/api/v1/issues", `{"indicator":"donghe-2023-1-1","cause":"behind","title":"进度仍慢"}`).wantProblem(409, "issue_open", "/cause")
	if !strings.Contains(again.Detail, first.ID) {
		t.Errorf("the refusal does not name the open one: %s", again.Detail)
	}
	a.raise(`{"indicator":"donghe-2023-1-2","cause":"behind","title":"另一指标"}`)
	a.raise(`{"indicator":"donghe-2023-1-1","cause":"missed","title":"另一原因"}`)
	a.raise(`{"indicator":"donghe-2023-1-1","title":"其他"}`)
	a.raise(`{"indicator":"donghe-2023-1-1","title":"其他之二"}`)
	a.post("/api/v1/issues/"+first.ID+"/events", `{"type":"closed","text":"已赶上"}`).want(200)
	a.raise(`{"indicator":"donghe-2023-1-1","cause":"behind","title":"又慢"}`)
	a.post("/api/v1/issues/"+first.ID+"/events", `{"type":"reopened","text":"误销"}`).wantProblem(409, "issue_open", "/cause")
}

func TestIssuesThatCannotBeRaised(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, c := range []struct{ body, code, field string }{
		{`{"title":"x"}`, "required_field", "/indicator"},
		{`{"task":"1","title":"x"}`, "required_field", "/plan"},
		{`{"indicator":"donghe-2023-1-1"}`, "required_field", "/title"},
		{`{"indicator":"donghe-2023-9-9","title":"x"}`, "unknown_indicator", "/indicator"},
		{`{"plan":"donghe-2023","task":"99","title":"x"}`, "unknown_task", "/task"},
		{`{"indicator":"donghe-2023-1-1","task":"1","title":"x"}`, "invalid_value", "/task"},
		{`{"indicator":"donghe-2023-1-1","plan":"other","title":"x"}`, "invalid_value", "/plan"},
		{`{"indicator":"donghe-2023-1-1","title":"x","cause":"slow"}`, "invalid_value", "/cause"},
		{`{"indicator":"donghe-2023-1-1","title":"x","level":"red"}`, "invalid_value", "/level"},
		{`{"indicator":"donghe-2023-1-1","title":"x","due_on":"2023-10-07"}`, "invalid_value", "/due_on"},
		{`{"indicator":"donghe-2023-1-1","title":"x","due_on":"明天"}`, "invalid_date", "/due_on"},
		{`{"indicator":"donghe-2023-1-1","title":"x","agency":"没有的局"}`, "unknown_agency", "/agency"},
		{`{"indicator":"donghe-2023-1-1","title":"` + strings.Repeat("长", 201) + `"}`, "invalid_value", "/title"},
	} {
		a.post("/api/v1/issues", c.body).wantProblem(422, c.code, c.field)
	}
	a.actAs(access.Reporter, "市工信局")
	a.post("/api/v1/issues", `{"indicator":"donghe-2023-1-1","title":"x","agency":"市农业农村局"}`).wantProblem(403, "forbidden", "/agency")
	a.post("/api/v1/issues/999/events", `{"type":"commented","text":"x"}`).wantProblem(404, "not_found", "")
}

func TestListsOfIssues(t *testing.T) {
	a := newAPI(t)
	a.seed()
	behind := a.raise(`{"indicator":"donghe-2023-1-1","cause":"behind","title":"甲","due_on":"2023-10-10"}`).ID
	task := a.raise(`{"plan":"donghe-2023","task":"2","title":"乙","due_on":"2023-12-10"}`).ID
	closed := a.raise(`{"indicator":"donghe-2023-2-1","title":"丙"}`).ID
	a.post("/api/v1/issues/"+closed+"/events", `{"type":"closed","text":"误提"}`).want(200)
	for query, want := range map[string][]string{
		"":                                  {closed, task, behind},
		"?plan=donghe-2023":                 {closed, task, behind},
		"?indicator=donghe-2023-1-1":        {behind},
		"?task=2":                           {task},
		"?indicator=donghe-2023-1-1&task=2": {task, behind},
		"?agency=" + url.QueryEscape("市农业农村局"): {closed, task},
		"?state=closed":                            {closed},
		"?state=raised,closed&cause=other":         {closed, task},
		"?open=true":                               {task, behind},
		"?open=false":                              {closed},
		"?overdue=true":                            nil,
		"?overdue=true&on=2023-10-11":              {behind},
		"?overdue=false&on=2023-10-11":             {closed, task},
		"?overdue=true&on=2024-01-01&cause=behind": {behind},
		"?as_of=2023-10-07":                        nil,
	} {
		if got := a.issues(query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	page := read[v1.IssuePage](a.get("/api/v1/issues?limit=2").want(200))
	late := a.raise(`{"indicator":"donghe-2023-2-2","title":"其后"}`).ID
	next := read[v1.IssuePage](a.get("/api/v1/issues?limit=2&cursor=" + *page.NextCursor).want(200))
	if len(page.Items) != 2 || len(next.Items) != 1 || next.Items[0].ID != behind || next.NextCursor != nil {
		t.Errorf("pages of two: %+v and %+v; %s came between", page.Items, next.Items, late)
	}
	a.get("/api/v1/issues?agency=没有的局").wantProblem(422, "unknown_agency", "agency")
	a.get("/api/v1/issues?state=done").wantProblem(400, "invalid_parameter", "state")
	a.get("/api/v1/issues?cursor=MTQ").wantProblem(400, "invalid_parameter", "cursor")
	if csv := string(a.get("/api/v1/issues?format=csv&headings=zh").want(200).body); !strings.Contains(csv, "责任单位") || strings.Count(csv, "\n") < 5 {
		t.Errorf("as a table: %s", csv)
	}
}

func TestAnIssueOfADraftIsSeenByThoseWhoSeeTheDraft(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/plans?code=new", "东河市2024年重点工作任务\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n", "Content-Type", plain).want(201)
	if in := read[v1.Indicator](a.get("/api/v1/indicators/new-1-1").want(200)); in.State != "draft" {
		t.Fatalf("what is imported is %s", in.State)
	}
	hidden := a.raise(`{"indicator":"new-1-1","title":"草案的问题"}`)
	shown := a.raise(`{"indicator":"donghe-2023-1-1","title":"已公布"}`)
	a.actAs(access.Reporter, "市农业农村局")
	if got := a.issues(""); !slices.Equal(got, []string{shown.ID}) {
		t.Errorf("another agency sees %v", got)
	}
	a.get("/api/v1/issues/" + hidden.ID).want(404)
	a.actAs(access.Reporter, "市科技局")
	if got := a.issues(""); len(got) != 2 {
		t.Errorf("the lead sees %v", got)
	}
}

func TestRulesAndRunsOverHTTP(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":20,"basis":"total"}`).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":22,"basis":"total"}`).want(201)
	run := func(day indicator.Date) {
		t.Helper()
		a.setClock(time.Date(day.Year(), day.Month(), day.Day(), 3, 0, 0, 0, time.UTC))
		if _, err := a.oversight().RunUntil(t.Context(), oversight.RunRequest{Worker: "test"}); err != nil {
			t.Fatal(err)
		}
	}
	run(indicator.DateOf(2023, 10, 9))
	found := read[v1.IssuePage](a.get("/api/v1/issues?cause=behind").want(200)).Items
	if len(found) != 1 || !found[0].ByRule || found[0].State != "raised" || len(found[0].RaisedBy) != 2 || found[0].History[0].By != "" {
		t.Fatalf("%+v", found)
	}
	if by := found[0].RaisedBy[0]; by.Period != "2023-09" || string(*by.Percent) != "9.95" || by.Status != "behind" {
		t.Errorf("it speaks by %+v", by)
	}
	if got := len(read[v1.IssuePage](a.get("/api/v1/issues?cause=not_reported").want(200)).Items); got != 4 {
		t.Errorf("%d indicators were never reported, and 4 have no report", got)
	}
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-10","value":221,"basis":"total"}`).want(201)
	run(indicator.DateOf(2023, 11, 8))
	proposed := read[v1.Issue](a.get("/api/v1/issues/" + found[0].ID).want(200))
	if !proposed.ResolutionProposed || !proposed.Open || len(proposed.ProposedBy) != 1 || proposed.ProposedBy[0].Status != "attained" {
		t.Errorf("%+v", proposed)
	}
	runs := read[v1.RunPage](a.get("/api/v1/runs").want(200)).Items
	if len(runs) != 31 || runs[0].On != "2023-11-08" || runs[0].FinishedAt == nil || runs[0].Appended == 0 || runs[0].Steps[0].Looked != 5 || runs[0].Plans[0].Plan != "donghe-2023" {
		t.Errorf("%d runs, the last %+v", len(runs), runs[0])
	}
}

// TestAWebhookThatWasDisabledIsAnIssueOfItsOwn reads the issue that the service raises about one.
func TestAWebhookThatWasDisabledIsAnIssueOfItsOwn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	err := a.db.WriteLoop(t.Context(), func(b loop.Book) error {
		for range 2 { // once for each time that it begins to fail
			if _, _, err := b.Append(0, delivery.IssueOf(loop.Webhook{Code: "wh_x"}, delivery.Failing, indicator.DateOf(2023, 10, 8))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list := read[v1.IssuePage](a.get("/api/v1/issues").want(200)).Items
	if len(list) != 1 || !strings.Contains(list[0].Title, "wh_x") || list[0].State != "raised" {
		t.Fatalf("%+v", list)
	}
	a.post("/api/v1/issues/"+list[0].ID+"/events", `{"type":"closed","text":"已恢复"}`).want(200)
	a.get("/api/v1/issues/" + list[0].ID).want(200)
}
