package storetest

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var planBehaviours = []behaviour{
	{"plan: reads back what was imported", planReadBack},
	{"plan: keeps what a text does not say as absent", planAbsent},
	{"plan: tells a version without shares from one that does not say", planParts},
	{"plan: refuses a code that is taken and keeps the first plan", planTaken},
	{"plan: leaves nothing of an import that fails half way", planRollback},
	{"plan: refuses two tasks or sections with one number", planDuplicates},
	{"plan: refuses text that a database cannot keep", planUnstorable},
	{"plan: says that there is no such plan or task", planMissing},
	{"plan: gives imported indicators their codes", planCodes},
	{"plan: lists plans and tasks in order, page by page", planPages},
	{"agency: counts tasks by role and current indicators", agencyCounts},
	{"agency: leaves out a name that no current record has", agencyGone},
}

func planReadBack(t *testing.T, s *store.Store) {
	want := samplePlan("p")
	withPlan(t, s, "p")

	got := must(s.Plan(t.Context(), "p"))(t)
	if got.CreatedAt.Location() != time.UTC || got.CreatedAt.IsZero() || got.CreatedAt.Nanosecond()%1000 != 0 {
		t.Errorf("created at %v, want whole microseconds in UTC", got.CreatedAt)
	}
	head := want
	head.CreatedAt, head.UpdatedAt, head.Tasks = got.CreatedAt, got.CreatedAt, nil
	head.Document.Text, head.Document.Original = "", nil
	equal(t, "plan", got, head)

	equal(t, "document", must(s.Document(t.Context(), "p", 0))(t), want.Document)
	tasks, _, err := s.Tasks(t.Context(), "p", indicator.TaskSelection{}, indicator.Page{})
	want.Tasks = tasksWithIDs(t, s, want.Tasks)
	equal(t, "tasks", must(tasks, err)(t), want.Tasks)
	equal(t, "task", must(s.Task(t.Context(), "p", "1"))(t), want.Tasks[0])
}

func planAbsent(t *testing.T, s *store.Store) {
	p := indicator.Plan{Code: "bare", StartsOn: day("2023-01-01"), DueOn: day("2023-12-31"), Version: 1}
	if err := s.CreatePlan(t.Context(), p, nil); err != nil {
		t.Fatal(err)
	}
	got := must(s.Plan(t.Context(), "bare"))(t)
	p.CreatedAt, p.UpdatedAt = got.CreatedAt, got.UpdatedAt
	equal(t, "plan", got, p)
	equal(t, "document", must(s.Document(t.Context(), "bare", 0))(t), indicator.Document{})
	tasks, _, err := s.Tasks(t.Context(), "bare", indicator.TaskSelection{}, indicator.Page{})
	equal(t, "tasks", must(tasks, err)(t), []indicator.Task{})
}

func planParts(t *testing.T, s *store.Store) {
	for code, parts := range map[string][]indicator.PlanPart{"unknown": nil, "none": {}, "some": sampleParts()} {
		p := samplePlan(code)
		p.Parts = parts
		if err := s.CreatePlan(t.Context(), p, nil); err != nil {
			t.Fatal(err)
		}
		kept := func(when string) {
			t.Helper()
			got := must(s.Plan(t.Context(), code))(t)
			equal(t, when+" "+code, got.Parts, parts)
			if (got.Parts == nil) != (parts == nil) {
				t.Errorf("%s %s: %#v, want %#v", when, code, got.Parts, parts)
			}
		}
		kept("imported")
		if err := s.CorrectJurisdiction(t.Context(), code, "他县"); err != nil {
			t.Fatal(err)
		}
		kept("corrected")
	}
}

func planTaken(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	other := samplePlan("p")
	other.Title = "另一份"
	refused(t, s.CreatePlan(t.Context(), other, nil), fault.PlanExists, "code")
	equal(t, "title", must(s.Plan(t.Context(), "p"))(t).Title, samplePlan("p").Title)
}

func planRollback(t *testing.T, s *store.Store) {
	ins := []indicator.Indicator{sampleIndicator("p", "1", "好"), sampleIndicator("p", "99", "坏")}
	refused(t, s.CreatePlan(t.Context(), samplePlan("p"), ins), fault.UnknownTask, "/task")

	_, err := s.Plan(t.Context(), "p")
	refused(t, err, fault.NotFound, "")
	_, err = s.Task(t.Context(), "p", "1")
	refused(t, err, fault.NotFound, "")
	found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	equal(t, "indicators", must(found, err)(t), []indicator.Indicator{})
	agencies, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Jurisdiction: "", Page: indicator.Page{}})
	equal(t, "agencies", must(agencies, err)(t), []indicator.Agency{})
	withPlan(t, s, "p")
}

func planDuplicates(t *testing.T, s *store.Store) {
	tasks := samplePlan("p")
	tasks.Tasks[1].Number = "1"
	refused(t, s.CreatePlan(t.Context(), tasks, nil), fault.InvalidValue, "/tasks")
	sections := samplePlan("p")
	sections.Sections[1].Number = 1
	refused(t, s.CreatePlan(t.Context(), sections, nil), fault.InvalidValue, "/sections")
}

func planUnstorable(t *testing.T, s *store.Store) {
	for _, text := range []string{"a\x00b", "a\xffb"} {
		p := samplePlan("p")
		p.Document.Text = text
		refused(t, s.CreatePlan(t.Context(), p, nil), fault.InvalidEncoding, "")
	}
}

func planMissing(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	_, err := s.Plan(t.Context(), "q")
	refused(t, err, fault.NotFound, "")
	_, err = s.Document(t.Context(), "q", 0)
	refused(t, err, fault.NotFound, "")
	_, _, err = s.Tasks(t.Context(), "q", indicator.TaskSelection{}, indicator.Page{})
	refused(t, err, fault.NotFound, "")
	_, err = s.Task(t.Context(), "p", "9")
	refused(t, err, fault.NotFound, "")
}

func planCodes(t *testing.T, s *store.Store) {
	given := sampleIndicator("p", "1", "乙")
	given.Code = "p-1-2"
	ins := []indicator.Indicator{sampleIndicator("p", "1", "甲"), given, sampleIndicator("p", "1", "丙"), sampleIndicator("p", "3", "丁")}
	if err := s.CreatePlan(t.Context(), samplePlan("p"), ins); err != nil {
		t.Fatal(err)
	}
	found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}}})
	var got []string
	for _, in := range must(found, err)(t) {
		got = append(got, in.Name+" "+in.Code)
	}
	equal(t, "codes", got, []string{"甲 p-1-1", "乙 p-1-2", "丙 p-1-3", "丁 p-3-1"})
}

func planPages(t *testing.T, s *store.Store) {
	var want []string
	for _, code := range []string{"c", "a", "b"} {
		withPlan(t, s, code)
		want = append(want, code)
	}
	var got []string
	for page := (indicator.Page{Limit: 2}); ; {
		plans, next, err := s.Plans(t.Context(), indicator.PlanSelection{}, page)
		for _, p := range must(plans, err)(t) {
			got = append(got, p.Code)
			equal(t, "title", p.Title, samplePlan("").Title)
		}
		if next == 0 {
			break
		}
		page.After = next
	}
	equal(t, "plans", got, want)

	first, next, err := s.Tasks(t.Context(), "a", indicator.TaskSelection{}, indicator.Page{Limit: 3})
	if len(must(first, err)(t)) != 3 || next != 0 {
		t.Errorf("%d tasks, next %d; a page that holds all of them is the last", len(first), next)
	}
	first, next, err = s.Tasks(t.Context(), "a", indicator.TaskSelection{}, indicator.Page{Limit: 1})
	equal(t, "first task", must(first, err)(t)[0].Number, "1")
	rest, end, err := s.Tasks(t.Context(), "a", indicator.TaskSelection{}, indicator.Page{After: next})
	equal(t, "rest", must(rest, err)(t), tasksWithIDs(t, s, samplePlan("a").Tasks[1:]))
	equal(t, "end", end, int64(0))
}

func agencyCounts(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	withIndicator(t, s, "甲")
	twice := sampleIndicator("p", "1", "乙") // one agency in both roles is one indicator
	twice.ParticipatingAgencies = []string{"路政局"}
	must(s.CreateIndicator(t.Context(), twice))(t)

	want := []indicator.Agency{
		{AgencyRef: indicator.AgencyRef{Name: "河务局"}, LeadTasks: 2, ParticipatingTasks: 2, Indicators: 1},
		{AgencyRef: indicator.AgencyRef{Name: "财务局"}, LeadTasks: 2, Indicators: 2},
		{AgencyRef: indicator.AgencyRef{Name: "路政局"}, LeadTasks: 2, Indicators: 2},
	}
	got := map[string]indicator.Agency{}
	for page := (indicator.Page{Limit: 1}); ; {
		agencies, next, err := s.Agencies(t.Context(), indicator.AgencyQuery{Page: page})
		for _, a := range must(agencies, err)(t) {
			got[a.Name] = a
		}
		if next == 0 {
			break
		}
		page.After = next
	}
	equal(t, "how many", len(got), len(want))
	for _, a := range want {
		a.ID, a.Jurisdiction = agencyID(t, s, "示范县", a.Name), "示范县"
		equal(t, a.Name, got[a.Name], a)
	}
}

func agencyGone(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := sampleIndicator("p", "1", "甲")
	in.LeadAgencies = []string{"临时办"}
	in = must(s.CreateIndicator(t.Context(), in))(t)
	in.LeadAgencies = []string{"路政局"}
	must(s.UpdateIndicator(t.Context(), in))(t)

	agencies, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Jurisdiction: "", Page: indicator.Page{}})
	for _, a := range must(agencies, err)(t) {
		if a.Name == "临时办" {
			t.Errorf("%+v is listed", a)
		}
	}
	equal(t, "how many", len(agencies), 3)
}
