package board

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// assessmentPage is the view of the scores of a plan.
type assessmentPage struct {
	Assessment v1.Assessment
	Groups     []scoreGroup
	// Explained are the scores with what they were made of; none unless one agency is asked for.
	Explained []v1.AgencyScore
	Agency    string
	Frozen    []v1.FrozenAssessmentHead
	Entries   []entryRow
	Names     []string
	Forms     []form
	Clock     url.Values
	Downloads downloads
}

// scoreGroup are agencies that are ranked among themselves.
type scoreGroup struct {
	Name  string
	Parts []v1.AssessmentPart // of the first, for their names
	Rows  []scoreRow
}

// scoreRow is the score of an agency; Address is what explains it.
type scoreRow struct {
	v1.AgencyScore
	Address string
}

// entryRow is what was entered by hand, with what may be done about it.
type entryRow struct {
	v1.AssessmentEntry
	Forms []form
}

// entryKinds are what can be entered by hand.
var entryKinds = []string{"opinion", "bonus", "deduction", "veto"}

// EntryKind is what was entered, in words.
func (v *visit) EntryKind(code string) string { return loop.EntryLabel(code).In(v.Lang) }

// causeKinds are what may make a result another.
var causeKinds = map[string]fault.Text{
	"report": {ZH: "新报", EN: "report"}, "correction": {ZH: "更正", EN: "correction"}, "retraction": {ZH: "撤回", EN: "retraction"},
	"indicator": {ZH: "指标变更", EN: "indicator changed"}, "entered": {ZH: "录入", EN: "entered"}, "withdrawn": {ZH: "撤回录入", EN: "entry withdrawn"},
}

// CauseKind is what was recorded since, in words.
func (v *visit) CauseKind(code string) string { return causeKinds[code].In(v.Lang) }

// Says is a text of an assessment in the language of the page.
func (v *visit) Says(text any) string {
	switch t := text.(type) {
	case v1.AssessmentText:
		return v.T(t.ZH, t.EN)
	case *v1.AssessmentText:
		if t != nil {
			return v.T(t.ZH, t.EN)
		}
	}
	return ""
}

// Reweighted is what a part of a score counts where that is not its weight in the scheme, for other parts cannot be
// scored; empty where it is.
func (v *visit) Reweighted(p v1.AssessmentPart) string {
	if p.Counted == nil {
		return ""
	}
	counted, ok := ratOf(string(*p.Counted))
	weight, is := ratOf(string(p.Weight))
	if !ok || !is || counted.Cmp(weight) == 0 {
		return ""
	}
	return string(*p.Counted)
}

// NothingDue says that no report of any of the agencies was due: what has no figure counts 0 then, by the scheme, and a
// grade of that means nothing yet.
func (p assessmentPage) NothingDue() bool {
	reports := func(part v1.AssessmentPart) bool { return part.Part == "reporting" && part.Points != nil }
	scored := func(s v1.AgencyScore) bool { return slices.ContainsFunc(s.Parts, reports) }
	weighs := func(s v1.AgencyScore) bool {
		return slices.ContainsFunc(s.Parts, func(part v1.AssessmentPart) bool { return part.Part == "reporting" })
	}
	return slices.ContainsFunc(p.Assessment.Items, weighs) && !slices.ContainsFunc(p.Assessment.Items, scored)
}

func showAssessment(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "assessment"
	plan := v.Plan.Code
	content := assessmentPage{Agency: v.r.URL.Query().Get("agency"), Clock: url.Values{}}
	query := v.clocks()
	if content.Agency != "" {
		query.Set("agency", content.Agency)
		query.Set("explain", "true")
		content.Clock.Set("agency", content.Agency)
	}
	var frozen v1.FrozenAssessmentPage
	var entries v1.AssessmentEntryPage
	err := together(
		func() error { return v.get(&content.Assessment, query, "plans", plan, "assessment") },
		func() error { return v.get(&frozen, url.Values{"limit": {"100"}}, "plans", plan, "assessments") },
		func() error {
			return v.get(&entries, url.Values{"limit": {"100"}}, "plans", plan, "assessment", "entries")
		},
		func() (err error) { content.Names, err = v.names(); return err },
	)
	if err != nil {
		return err
	}
	content.Frozen = frozen.Items
	content.Groups = v.scoreGroups(content.Assessment.Items, "plans", plan, "assessment")
	if content.Agency != "" {
		content.Explained = content.Assessment.Items
	}
	for _, e := range entries.Items {
		content.Entries = append(content.Entries, entryRow{AssessmentEntry: e})
	}
	if v.acts("supervise") {
		v.assessmentForms(&content)
	}
	query.Del("explain")
	content.Downloads = v.downloads(query, content.Assessment.On, content.Assessment.AsOf, "plans", plan, "assessment")
	v.board.write(v, http.StatusOK, "assessment", v.T("考核", "Assessment")+" · "+v.Plan.Title, content)
	return nil
}

// scoreGroups are scores by group, each leading to its explanation below a page.
func (v *visit) scoreGroups(items []v1.AgencyScore, page ...string) []scoreGroup {
	var groups []scoreGroup
	for _, item := range items {
		if len(groups) == 0 || groups[len(groups)-1].Name != item.Group {
			groups = append(groups, scoreGroup{Name: item.Group, Parts: item.Parts})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, scoreRow{item, v.linkWith(url.Values{"agency": {item.Agency.Name}}, page...) + "#explained"})
	}
	return groups
}

// assessmentForms are what a supervisor may do: make the result official, and enter what no figure says.
func (v *visit) assessmentForms(content *assessmentPage) {
	var kinds []choice
	for _, k := range entryKinds {
		kinds = append(kinds, choice{Value: k, Label: v.EntryKind(k)})
	}
	content.Forms = []form{
		v.formOf("freeze", v.T("定稿为正式结果", "Make it official"),
			field{Name: "title", Label: v.T("标题", "Title"), Required: true},
			field{Name: "on", Label: v.T("评判日期", "Date judged"), Kind: "date", Value: v.On, Hint: v.T("默认今天", "today when empty")},
			field{Name: "as_of", Label: v.T("按此日已知", "As known on"), Kind: "date", Hint: v.T("默认现在；定稿后不再变化", "now when empty; an official result never changes")}),
		v.formOf("enter", v.T("录入评议、加减分、否决", "Enter an opinion, points or a veto"),
			field{Name: "what", Label: v.T("类别", "What"), Kind: "choice", Choices: kinds},
			v.agencyField("agency", v.T("单位", "Agency"), true),
			field{Name: "points", Label: v.T("分数", "Points"), Hint: v.T("评议满分 100；否决不填", "an opinion is out of 100; a veto has none")},
			field{Name: "by", Label: v.T("由谁给出", "Given by"), Required: true}, v.reasonField(),
			field{Name: "on", Label: v.T("起算日", "Counts from"), Kind: "date", Hint: v.T("默认今天", "today when empty")}),
	}
	for i, e := range content.Entries {
		if e.WithdrawnAt == nil {
			content.Entries[i].Forms = []form{v.formOf("withdraw "+e.ID, v.T("撤回", "Withdraw"), v.reasonField())}
		}
	}
}

func stepAssessment(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	path := []string{"plans", v.r.PathValue("plan")}
	kind, entry, _ := strings.Cut(v.posted("form"), " ")
	var err error
	switch kind {
	case "freeze":
		var frozen v1.FrozenAssessmentHead
		err = v.send(http.MethodPost, v1.FreezeAssessmentRequest{Title: v.posted("title"), On: v.posted("on"), AsOf: v.posted("as_of")}, &frozen, nil, nil,
			append(path, "assessments")...)
		if err == nil {
			return v.done("official", append(path, "assessments", frozen.ID)...)
		}
	case "enter":
		err = v.send(http.MethodPost, v.enteredAssessment(), nil, nil, nil, append(path, "assessment", "entries")...)
	default:
		err = v.send(http.MethodPost, v1.AssessmentWithdrawal{Reason: v.posted("reason")}, nil, nil, nil, append(path, "assessment", "entries", entry, "withdraw")...)
	}
	if err != nil {
		return v.again(err, showAssessment)
	}
	return v.done("saved", append(path, "assessment")...)
}

// enteredAssessment is what a form enters by hand. Points go on as the digits that were written.
func (v *visit) enteredAssessment() v1.AssessmentEntryRequest {
	entered := v1.AssessmentEntryRequest{What: v.posted("what"), Agency: v.posted("agency"), By: v.posted("by"), Reason: v.posted("reason"), On: v.posted("on")}
	if points := v1.NumberInput(v.posted("points")); points != "" {
		entered.Points = &points
	}
	return entered
}

// frozenPage is the view of an official result, and of what would be different now.
type frozenPage struct {
	Head      v1.FrozenAssessmentHead
	Result    v1.Assessment
	Groups    []scoreGroup
	Explained []v1.AgencyScore
	Agency    string
	// Difference is nil where it takes too long to find out.
	Difference *v1.AssessmentDifference
	// Grades are the grades in words.
	Grades map[string]string
}

// Grade is a grade in words; a dash for none.
func (p frozenPage) Grade(code *string) string {
	if code == nil {
		return "—"
	}
	if label := p.Grades[*code]; label != "" {
		return label
	}
	return *code
}

func showFrozenAssessment(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "assessment"
	path := []string{"plans", v.Plan.Code, "assessments", v.r.PathValue("id")}
	content := frozenPage{Agency: v.r.URL.Query().Get("agency"), Grades: map[string]string{}}
	var frozen v1.FrozenAssessment
	err := together(
		func() error { return v.get(&frozen, nil, path...) },
		func() error {
			var d v1.AssessmentDifference
			err := v.get(&d, nil, append(path, "difference")...)
			if err == nil {
				content.Difference = &d
			}
			if isProblem(err, http.StatusServiceUnavailable) {
				return nil
			}
			return err
		},
	)
	if err != nil {
		return err
	}
	content.Head = frozen.FrozenAssessmentHead
	if err := json.Unmarshal(frozen.Result, &content.Result); err != nil {
		return err
	}
	content.Groups = v.scoreGroups(content.Result.Items, path...)
	for _, item := range content.Result.Items {
		if item.Grade != nil {
			content.Grades[*item.Grade] = v.Says(item.Label)
		}
		if item.Agency.Name == content.Agency {
			content.Explained = append(content.Explained, item)
		}
	}
	v.board.write(v, http.StatusOK, "frozen", content.Head.Title, content)
	return nil
}

// Role is the part that an agency has in an indicator, in words.
func (v *visit) Role(code string) string { return indicator.Role(code).Label().In(v.Lang) }
