package board

import (
	"net/http"
	"net/url"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// issueList is the view of the issues of a plan.
type issueList struct {
	matters
	Items []v1.Issue
}

func (v *visit) issueFilters() filters {
	return v.filtersOf([]field{
		{Name: "state", Label: v.T("状态", "State"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.IssueStates)},
		{Name: "open", Label: v.T("销号", "Closed"), Kind: "choice", Choices: append(v.yesOrAny(v.T("未销号", "open")), choice{Value: "false", Label: v.T("已销号", "closed")})},
		{Name: "overdue", Label: v.T("逾期", "Overdue"), Kind: "choice", Choices: v.yesOrAny(v.T("逾期的", "overdue"))},
		v.agencyField("agency", v.T("责任单位", "Owner"), false),
		{Name: "cause", Label: v.T("原因", "Cause"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.IssueCauses)},
	}, "task", "indicator")
}

func showIssues(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "issues"
	plan := v.Plan.Code
	content := issueList{matters: matters{Filters: v.issueFilters(), On: v.day()}}
	var page v1.IssuePage
	err := together(
		func() error { return v.get(&page, v.paged(content.Filters, "plan", plan), "issues") },
		func() (err error) { content.Names, err = v.names(); return err },
	)
	if err != nil {
		return err
	}
	content.Items = page.Items
	if len(page.Items) > 0 {
		content.On, content.AsOf = page.Items[0].On, page.Items[0].AsOf
	}
	if v.acts("take_part") {
		content.Forms = []form{v.raiseForm()}
	}
	content.Quick = v.quick(content.Filters, "issues", v.T("未销号", "open"), "open=true", v.T("逾期", "overdue"), "overdue=true")
	content.Next = v.next(content.Filters, page.NextCursor, "plans", plan, "issues")
	content.Downloads = v.downloads(content.Filters.asked("plan", plan), content.On, content.AsOf, "issues")
	v.board.write(v, http.StatusOK, "issues", v.T("问题", "Issues")+" · "+v.Plan.Title, content)
	return nil
}

// raiseForm raises an issue, about what the address of the page names.
func (v *visit) raiseForm() form {
	sent := v.r.URL.Query()
	f := v.formOf("raise", v.T("提出问题", "Raise an issue"),
		field{Name: "indicator", Label: v.T("指标代码", "Code of the indicator"), Value: sent.Get("indicator"), Hint: v.T("就指标提出", "about an indicator")},
		field{Name: "task", Label: v.T("任务编号", "Number of the task"), Value: sent.Get("task"), Hint: v.T("或就任务提出，二者填一", "or about a task: one of the two")},
		field{Name: "title", Label: v.T("标题", "Title"), Required: true},
		field{Name: "text", Label: v.T("情况", "What it is"), Kind: "area"},
		field{Name: "cause", Label: v.T("原因", "Cause"), Kind: "choice", Choices: choicesOf(v, v.T("其他", "other"), loop.IssueCauses[:len(loop.IssueCauses)-1])},
		field{Name: "level", Label: v.T("级别", "Level"), Kind: "choice", Choices: choicesOf(v, "", loop.IssueLevels)},
		field{Name: "agency", Label: v.T("责任单位", "Owner"), Kind: "agency", Hint: v.T("默认为牵头单位", "the lead when empty")},
		field{Name: "due_on", Label: v.T("时限", "Due"), Kind: "date", Hint: v.T("默认按规则", "by the profile when empty")},
	)
	f.Open = f.Open || sent.Has("task") || sent.Has("indicator")
	return f
}

func raiseIssue(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	plan := v.r.PathValue("plan")
	request := v1.IssueRequest{
		Indicator: v.posted("indicator"), Task: v.posted("task"), Cause: v.posted("cause"), Title: v.posted("title"), Text: v.posted("text"),
		Agency: v.posted("agency"), DueOn: v.posted("due_on"), Level: v.posted("level"),
	}
	if request.Indicator == "" {
		request.Plan = plan
	}
	var raised v1.Issue
	if err := v.send(http.MethodPost, request, &raised, nil, nil, "issues"); err != nil {
		return v.again(err, showIssues)
	}
	return v.done("raised", "issues", raised.ID)
}

// issuePage is the view of an issue.
type issuePage struct {
	Issue v1.Issue
	// About is the task or indicator in words.
	About string
	// Labels are those of statuses.
	Labels map[string]string
	Names  []string
	Forms  []form
	AskAt  string
}

// judged are figures with the labels of statuses.
type judged struct {
	Rows   []v1.IssueFigure
	Labels map[string]string
}

// Judged are figures as they are shown.
func (p issuePage) Judged(rows []v1.IssueFigure) judged { return judged{rows, p.Labels} }

func showIssue(v *visit) error {
	var content issuePage
	if err := v.get(&content.Issue, v.clocks(), "issues", v.r.PathValue("id")); err != nil {
		return err
	}
	v.Section = "issues"
	i := content.Issue
	content.Labels = map[string]string{}
	if err := v.meetPlan(i.Plan); err != nil {
		return err
	}
	err := together(
		func() (err error) { content.About, err = v.about(i.Indicator, i.Task); return err },
		func() (err error) { content.Names, err = v.names(); return err },
		func() error {
			marks, err := v.statusMarks(0)
			for _, m := range marks {
				content.Labels[m.Status] = m.Label
			}
			return err
		},
	)
	if err != nil {
		return err
	}
	if v.AsOf == "" {
		for _, step := range i.Next {
			content.Forms = append(content.Forms, v.issueForm(i, loop.IssueStepKind(step)))
		}
	}
	if v.acts("supervise") && i.Open {
		content.AskAt = v.linkWith(url.Values{"issue": {i.ID}, "lead_agency": {i.Agency}}, "plans", i.Plan, "notices") + "#forms"
	}
	v.board.write(v, http.StatusOK, "issue", i.Title, content)
	return nil
}

// about is the name of an indicator or the title of a task.
func (v *visit) about(indicator, task *string) (string, error) {
	switch {
	case indicator != nil:
		var in v1.Indicator
		err := without(v.get(&in, nil, "indicators", *indicator))
		return in.Name, err
	case task != nil:
		var tasks v1.TaskPage
		err := without(v.get(&tasks, url.Values{"task": {*task}}, "plans", v.Plan.Code, "tasks"))
		if err != nil || len(tasks.Items) == 0 {
			return "", err
		}
		return tasks.Items[0].Title, nil
	}
	return "", nil
}

// issueForm is that of a step of an issue.
func (v *visit) issueForm(i v1.Issue, kind loop.IssueStepKind) form {
	text := v.textField(true)
	var fields []field
	switch kind {
	case loop.StepCoordinating, loop.StepResolving:
		text.Required = false
	case loop.StepClosed:
		text.Required = i.State != string(loop.IssueResolved) && !i.ResolutionProposed
	case loop.StepAssigned:
		fields = append(fields, v.agencyField("agency", v.T("转交给", "Hand on to"), true))
	case loop.StepDated:
		fields = append(fields, v.dueField(true))
	case loop.StepReopened:
		fields = append(fields, v.dueField(false))
	case loop.StepEscalated:
		above := slices.DeleteFunc(slices.Clone(loop.IssueLevels), func(l loop.IssueLevel) bool { return !l.Above(loop.IssueLevel(i.Level)) })
		fields = append(fields, field{Name: "level", Label: v.T("级别", "Level"), Kind: "choice", Required: true, Choices: choicesOf(v, "", above)})
	}
	return v.formOf(string(kind), v.verb(string(kind), kind.Label().In(v.Lang)), append(fields, text)...)
}

func stepIssue(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err := v.send(http.MethodPost, v1.IssueEventRequest{
		Type: v.posted("form"), Text: v.posted("text"), Agency: v.posted("agency"), DueOn: v.posted("due_on"), Level: v.posted("level"),
	}, nil, nil, nil, "issues", id, "events")
	if err != nil {
		return v.again(err, showIssue)
	}
	return v.done("saved", "issues", id)
}
