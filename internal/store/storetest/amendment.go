package storetest

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var amendmentBehaviours = []behaviour{
	{"amendment: replaces the plan and keeps the older version readable", amendPlan},
	{"amendment: adds, changes, moves and withdraws at one moment", amendIndicators},
	{"amendment: lists in the order of the newer text, and of the older one as of then", amendOrder},
	{"amendment: gives no code again that ever stood in the task", amendCodes},
	{"amendment: leaves an indicator it does not name in its version", amendUntouched},
	{"amendment: refuses a plan or indicators other than it was made for", amendStale},
	{"amendment: leaves nothing of one that fails half way", amendRollback},
	{"amendment: keeps the unit's dimension once something was reported", amendDimension},
	{"amendment: gives a measured indicator that waits its unit and value", amendGivesUnit},
	{"amendment: a withdrawn indicator takes no reports and no changes", amendWithdrawn},
	{"amendment: counts agencies where they stand now", amendAgencies},
}

// amended is samplePlan as its second version: the first task is gone, the
// others have moved up.
func amended() indicator.Plan {
	p := samplePlan("p")
	p.Title, p.DueOn, p.Version = "示范县年度安排（调整）", day("2024-03-31"), 2
	p.Document.SHA256, p.Document.Text, p.Document.Original = "11ee", "调整稿", []byte("调整稿")
	p.Document.Characters = 3
	p.Sections = []indicator.Section{{Number: 1, Heading: "一、治水", Start: 0, End: 2}}
	p.Tasks = []indicator.Task{
		{Plan: "p", Number: "1", Section: 1, Title: "养护桥梁", LeadAgencies: []string{"路政局"}, End: 1},
		{Plan: "p", Number: "2", Section: 1, Title: "清淤河道", Start: 1, End: 2},
	}
	p.Warnings = nil
	p.Milestones = []indicator.PlanMilestone{{Task: "2", Title: "完成清淤", DueOn: day("2024-03-31"), Start: 1, End: 2, Quote: "整"}}
	p.Parts = p.Parts[1:2]
	return p
}

// amendment is an amendment of the plan p as it stands.
func amendment(t *testing.T, s *store.Store, added, changed []indicator.Indicator) indicator.Amendment {
	t.Helper()
	all, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}}})
	known := map[string]int{}
	for _, in := range must(all, err)(t) {
		known[in.Code] = in.Version
	}
	return indicator.Amendment{Plan: amended(), Known: known, Added: added, Changed: changed}
}

func amend(t *testing.T, s *store.Store, a indicator.Amendment) {
	t.Helper()
	if err := s.AmendPlan(t.Context(), a); err != nil {
		t.Fatal(err)
	}
}

func amendPlan(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	before := must(s.Plan(t.Context(), "p"))(t)
	amend(t, s, amendment(t, s, nil, nil))

	want := amended()
	after := must(s.Plan(t.Context(), "p"))(t)
	if !after.UpdatedAt.After(before.UpdatedAt) {
		t.Errorf("updated at %v, before at %v", after.UpdatedAt, before.UpdatedAt)
	}
	tasks, _, err := s.Tasks(t.Context(), "p", indicator.TaskSelection{}, indicator.Page{})
	equal(t, "tasks", must(tasks, err)(t), tasksWithIDs(t, s, want.Tasks))
	_, err = s.Task(t.Context(), "p", "3")
	refused(t, err, fault.NotFound, "")
	equal(t, "document", must(s.Document(t.Context(), "p", 0))(t), want.Document)
	equal(t, "document 2", must(s.Document(t.Context(), "p", 2))(t), want.Document)
	equal(t, "document 1", must(s.Document(t.Context(), "p", 1))(t), samplePlan("p").Document)
	for _, version := range []int{3, -1} {
		_, err = s.Document(t.Context(), "p", version)
		refused(t, err, fault.NotFound, "")
	}
	want.Tasks, want.Document.Text, want.Document.Original = nil, "", nil
	want.CreatedAt, want.UpdatedAt = before.CreatedAt, after.UpdatedAt
	equal(t, "plan", after, want)
	plans, _, err := s.Plans(t.Context(), indicator.PlanSelection{}, indicator.Page{})
	equal(t, "in the list", must(plans, err)(t)[0].Title, want.Title)

	equal(t, "then", must(s.PlanAsOf(t.Context(), "p", before.UpdatedAt))(t), before)
	equal(t, "now", must(s.PlanAsOf(t.Context(), "p", after.UpdatedAt))(t), after)
	_, err = s.PlanAsOf(t.Context(), "p", before.UpdatedAt.AddDate(0, 0, -1))
	refused(t, err, fault.NotFound, "")
}

func amendIndicators(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	gone := withIndicator(t, s, "甲")
	moved := must(s.CreateIndicator(t.Context(), sampleIndicator("p", "3", "乙")))(t)
	report := appended(t, s, increment(moved.Code, "2023-09", "1"))
	withdrawn := gone
	withdrawn.State = indicator.Withdrawn
	change := moved
	change.Task, change.Section, change.Target.Value = "2", 1, quantity.MustNumber("80.5")
	change.Source = indicator.Source{Version: 2, Start: 1, End: 2, Quote: "整", Rule: "bare"}
	added := sampleIndicator("p", "1", "丙")
	added.Code = "p-1-2"
	amend(t, s, amendment(t, s, []indicator.Indicator{added}, []indicator.Indicator{withdrawn, change}))

	all, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}}})
	must(all, err)(t)
	at := must(s.Plan(t.Context(), "p"))(t).UpdatedAt
	withdrawn.Version, withdrawn.UpdatedAt = 2, at
	change.Version, change.UpdatedAt = 2, at
	added.Version, added.CreatedAt, added.UpdatedAt = 1, at, at
	equal(t, "now", all, []indicator.Indicator{withdrawn, withIDs(t, s, added), change})
	equal(t, "then", must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, report.RecordedAt))(t), []indicator.Indicator{gone, moved})
	then := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Tasks: []string{"3"}}}, report.RecordedAt))(t)
	equal(t, "by its task of then", names(then), []string{"乙"})
	now, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Tasks: []string{"2"}}})
	equal(t, "by its task of now", names(must(now, err)(t)), []string{"乙"})
	equal(t, "its measurements", newest(t, s, moved.Code), []indicator.Measurement{report})
	appended(t, s, increment(moved.Code, "2023-10", "2"))
}

func amendOrder(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	must(s.CreateIndicator(t.Context(), sampleIndicator("p", "2", "甲")))(t)
	first := must(s.CreateIndicator(t.Context(), sampleIndicator("p", "1", "乙")))(t)
	withPlan(t, s, "q")
	other := must(s.CreateIndicator(t.Context(), sampleIndicator("q", "1", "丙")))(t)
	amend(t, s, amendment(t, s, nil, []indicator.Indicator{first})) // it gets a row of the newer tasks
	inOrder := []string{"乙", "甲", "丙"}
	whole, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	equal(t, "one with a newer version", names(must(whole, err)(t)), inOrder)

	swap := amendment(t, s, nil, nil)
	swap.Plan.Version = 3
	swap.Plan.Tasks[0].Number, swap.Plan.Tasks[1].Number = "2", "1"
	amend(t, s, swap)
	var paged []string
	for q := (indicator.Query{Page: indicator.Page{Limit: 1}}); ; {
		found, next, err := s.Indicators(t.Context(), indicator.AllVisible(), q)
		paged = append(paged, names(must(found, err)(t))...)
		if next == 0 {
			break
		}
		q.Page.After = next
	}
	equal(t, "when their tasks change places", paged, []string{"甲", "乙", "丙"})
	then := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, other.UpdatedAt))(t)
	equal(t, "then", names(then), inOrder)
}

func amendCodes(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	moved := must(s.CreateIndicator(t.Context(), sampleIndicator("p", "3", "甲")))(t)
	moved.Task = "2"
	equal(t, "beforehand", must(s.NewCodes(t.Context(), "p", []string{"3", "1", "3", "9"}))(t), []string{"p-3-2", "p-1-1", "p-3-3", "p-9-1"})
	a := amendment(t, s, nil, []indicator.Indicator{moved})
	a.Plan.Tasks = append(a.Plan.Tasks, indicator.Task{Plan: "p", Number: "3", Title: "新任务"})
	amend(t, s, a)
	equal(t, "afterwards", must(s.CreateIndicator(t.Context(), sampleIndicator("p", "3", "乙")))(t).Code, "p-3-2")
	_, err := s.CreateIndicator(t.Context(), sampleIndicator("p", "4", "丙"))
	refused(t, err, fault.UnknownTask, "/task")
}

func amendUntouched(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	amend(t, s, amendment(t, s, nil, nil))
	equal(t, "indicator", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	in.Name = "甲改"
	equal(t, "changed later", must(s.UpdateIndicator(t.Context(), in))(t).Task, "1")
}

func amendStale(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	a := amendment(t, s, nil, nil)
	must(s.UpdateIndicator(t.Context(), in))(t)
	refused(t, s.AmendPlan(t.Context(), a), fault.PreconditionFailed, "") // an indicator was changed
	a = amendment(t, s, nil, nil)
	withIndicator(t, s, "乙")
	refused(t, s.AmendPlan(t.Context(), a), fault.PreconditionFailed, "") // one was added
	a = amendment(t, s, nil, nil)
	amend(t, s, a)
	refused(t, s.AmendPlan(t.Context(), a), fault.PreconditionFailed, "") // the plan was amended
	equal(t, "version", must(s.Plan(t.Context(), "p"))(t).Version, 2)
	a.Plan.Code = "none"
	refused(t, s.AmendPlan(t.Context(), a), fault.NotFound, "")
}

func amendRollback(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	before := must(s.Plan(t.Context(), "p"))(t)
	change := in
	change.Name = "甲改"
	taken, orphan := sampleIndicator("p", "1", "乙"), sampleIndicator("p", "99", "丙")
	taken.Code, orphan.Code = in.Code, "p-99-1"
	refused(t, s.AmendPlan(t.Context(), amendment(t, s, []indicator.Indicator{taken}, []indicator.Indicator{change})), fault.PreconditionFailed, "")
	refused(t, s.AmendPlan(t.Context(), amendment(t, s, []indicator.Indicator{orphan}, []indicator.Indicator{change})), fault.UnknownTask, "/task")
	unstorable := amendment(t, s, nil, nil)
	unstorable.Plan.Document.Text = "a\x00b"
	refused(t, s.AmendPlan(t.Context(), unstorable), fault.InvalidEncoding, "")
	equal(t, "plan", must(s.Plan(t.Context(), "p"))(t), before)
	equal(t, "indicator", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	_, err := s.Document(t.Context(), "p", 2)
	refused(t, err, fault.NotFound, "")
}

func amendGivesUnit(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	waiting := sampleIndicator("p", "1", "甲")
	waiting.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全省平均水平", Waits: true}
	waiting.Baseline = nil
	in := must(s.CreateIndicator(t.Context(), waiting))(t)
	appended(t, s, increment(in.Code, "2023-09", "1"))
	in.Target = indicator.Target{Comparator: indicator.MoreThan, Value: quantity.MustNumber("9"), Unit: quantity.MustUnit("公里")}
	if err := s.AmendPlan(t.Context(), amendment(t, s, nil, []indicator.Indicator{in})); err != nil {
		t.Fatal(err)
	}
	equal(t, "target", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t).Target, in.Target)
}

func amendDimension(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, free := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	appended(t, s, increment(in.Code, "2023-09", "1"))
	in.Target.Unit, free.Target.Unit = quantity.MustUnit("座"), quantity.MustUnit("座")
	refused(t, s.AmendPlan(t.Context(), amendment(t, s, nil, []indicator.Indicator{free, in})), fault.PreconditionFailed, "")
	in.Target.Unit = quantity.MustUnit("万米")
	amend(t, s, amendment(t, s, nil, []indicator.Indicator{free, in}))
	equal(t, "unit", must(s.Indicator(t.Context(), indicator.AllVisible(), free.Code))(t).Target.Unit.String(), "座")
}

func amendWithdrawn(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := must(s.CreateIndicator(t.Context(), sampleIndicator("p", "3", "甲")))(t)
	report := appended(t, s, increment(in.Code, "2023-09", "1"))
	in.State = indicator.Withdrawn
	amend(t, s, amendment(t, s, nil, []indicator.Indicator{in}))
	in = must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t)
	equal(t, "stands in the task of then, which the plan no longer has", in.Task, "3")

	_, _, err := Report(t.Context(), s, increment(in.Code, "2023-10", "1"))
	refused(t, err, fault.IndicatorNotConfirmed, "/indicator")
	_, err = s.Retract(t.Context(), report.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{})
	refused(t, err, fault.IndicatorWithdrawn, "")
	equal(t, "measurements", listed(t, s, in.Code), []indicator.Measurement{report})
	back := in
	back.State = indicator.Confirmed
	_, err = s.UpdateIndicator(t.Context(), back)
	refused(t, err, fault.IndicatorWithdrawn, "")
	_, err = s.ReviewPlan(t.Context(), "p", indicator.Decision{Confirm: []string{in.Code}})
	refused(t, err, fault.IndicatorWithdrawn, "/confirm/0")
	equal(t, "the rest", must(s.ReviewPlan(t.Context(), "p", indicator.Decision{ConfirmRest: true}))(t), []string{})
	equal(t, "kept", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
}

func amendAgencies(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	in.State = indicator.Withdrawn
	amend(t, s, amendment(t, s, nil, []indicator.Indicator{in}))
	agencies, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Jurisdiction: "", Page: indicator.Page{}})
	equal(t, "agencies", must(agencies, err)(t), []indicator.Agency{{
		AgencyRef: indicator.AgencyRef{ID: agencyID(t, s, "示范县", "路政局"), Jurisdiction: "示范县", Name: "路政局"}, LeadTasks: 1,
	}})
}
