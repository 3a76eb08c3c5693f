package board

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// registerPage is the view of a page of the register.
type registerPage struct {
	Filters   filters
	Rows      []registerRow
	Counts    []lightCount
	Total     int
	Names     []string
	On, AsOf  string
	Next      string
	Downloads downloads
}

// registerRow is a task as it is shown; Label is that of its light.
type registerRow struct {
	v1.RegisterRow
	Label string
}

// lightCount is how many of the tasks have a light.
type lightCount struct {
	Light, Label string
	Count        int
	Address      string
}

// LightSource says what a light was taken from.
func (v *visit) LightSource(code string) string { return loop.LightSourceLabel(code).In(v.Lang) }

// NextDue says what is due next.
func (v *visit) NextDue(code string) string { return loop.NextDueLabel(code).In(v.Lang) }

func (v *visit) registerFilters() filters {
	sections := []choice{{Label: v.T("全部", "all")}}
	for _, s := range v.Plan.Sections {
		sections = append(sections, choice{Value: strconv.Itoa(s.Number), Label: s.Heading})
	}
	return v.filtersOf([]field{
		{Name: "section", Label: v.T("篇章", "Section"), Kind: "choice", Choices: sections},
		v.agencyField("agency", v.T("单位", "Agency"), false),
		{Name: "light", Label: v.T("灯", "Light"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.Lights)},
		{Name: "q", Label: v.T("查找", "Find"), Kind: "text"},
	}, "role", "task")
}

func showRegister(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "register"
	plan := v.Plan.Code
	content := registerPage{Filters: v.registerFilters(), On: v.day()}
	var page v1.RegisterPage
	err := together(
		func() error {
			return v.get(&page, v.paged(content.Filters, "limit", mostTasks), "plans", plan, "register")
		},
		func() (err error) { content.Names, err = v.names(); return err },
		func() error { return v.countLights(&content) },
	)
	if err != nil {
		return err
	}
	content.Rows = registerRows(page.Items)
	if slices.ContainsFunc(page.Items, func(row v1.RegisterRow) bool { return row.Notices.Open > 0 }) {
		if err := v.number(); err != nil {
			return err
		}
	}
	if len(page.Items) > 0 {
		content.On, content.AsOf = page.Items[0].On, page.Items[0].AsOf
	}
	content.Next = v.next(content.Filters, page.NextCursor, "plans", plan, "register")
	content.Downloads = v.downloads(content.Filters.asked(), content.On, content.AsOf, "plans", plan, "register")
	v.board.write(v, http.StatusOK, "register", v.T("工作台账", "Register")+" · "+v.Plan.Title, content)
	return nil
}

func registerRows(items []v1.RegisterRow) []registerRow {
	rows := make([]registerRow, len(items))
	for i, item := range items {
		rows[i] = registerRow{item, item.LightLabel}
	}
	return rows
}

// mostTasks is how many tasks a page shows: those of most plans, so that a register is printed whole.
const mostTasks = "200"

// mostCounted is how many tasks are counted by their lights; those of a longer list are not.
const mostCounted = "500"

// countLights counts the lights of the tasks that the other filters select.
func (v *visit) countLights(content *registerPage) error {
	query := content.Filters.asked("limit", mostCounted, "fields", "light")
	query.Del("light")
	var all v1.RegisterPage
	if err := v.get(&all, query, "plans", v.Plan.Code, "register"); err != nil || all.NextCursor != nil {
		return err
	}
	content.Total = len(all.Items)
	for _, light := range loop.Lights {
		of := content.Filters.asked("light", string(light))
		count := lightCount{Light: string(light), Label: light.Label().In(v.Lang), Address: v.linkWith(of, "plans", v.Plan.Code, "register")}
		for _, row := range all.Items {
			if row.Light == string(light) {
				count.Count++
			}
		}
		content.Counts = append(content.Counts, count)
	}
	return nil
}

// taskPage is the view of a task.
type taskPage struct {
	Row        registerRow
	Updates    []v1.Update
	UpdatesOf  string // address of the earlier ones; empty for none
	Milestones []milestoneRow
	// Proposed are the dated steps of the plan's text, to be taken over.
	Proposed []proposedMilestone
	// Shares are what tables of the task hand out to places.
	Shares  []share
	Issues  []v1.Issue
	Notices []v1.Notice
	Names   []string
	Forms   []form
	// RaiseAt and AskAt are where an issue is raised and a notice issued about the task; empty for
	// readers who may not.
	RaiseAt, AskAt string
	// UpdateTable and MilestoneTable are what was written, and the milestones.
	UpdateTable, MilestoneTable downloads
}

// milestoneRow is a milestone with what may be done about it.
type milestoneRow struct {
	v1.Milestone
	Forms []form
}

// proposedMilestone is a dated step of the plan's text with the form that sets it as a milestone.
type proposedMilestone struct {
	v1.PlanMilestone
	Forms []form
}

// proposed are the dated steps that a row proposes, with a filled form for those who may set them.
func (v *visit) proposed(row v1.RegisterRow) (all []proposedMilestone) {
	for i, named := range row.ProposedMilestones {
		p := proposedMilestone{PlanMilestone: named}
		if v.acts("supervise") {
			due := v.dueField(true)
			due.Value = named.DueOn
			p.Forms = []form{v.formOf("set "+strconv.Itoa(i+1), v.T("采用为节点", "Take it over"),
				field{Name: "title", Label: v.T("节点", "Milestone"), Required: true, Value: named.Title}, due)}
		}
		all = append(all, p)
	}
	return all
}

func showTask(v *visit) error {
	plan, number := v.r.PathValue("plan"), v.r.PathValue("number")
	if err := v.meetPlan(plan); err != nil {
		return err
	}
	v.Section = "register"
	var page v1.RegisterPage
	if err := v.get(&page, v.withClocks("task", number), "plans", plan, "register"); err != nil {
		return err
	}
	if len(page.Items) != 1 {
		return notFound()
	}
	content := taskPage{Row: registerRows(page.Items)[0]}
	content.Proposed = v.proposed(page.Items[0])
	var leads bool
	var milestones v1.MilestonePage
	err := together(
		func() error { return v.readUpdates(&content, number) },
		func() error {
			return v.get(&milestones, v.withClocks("task", number, "limit", "500"), "plans", plan, "milestones")
		},
		func() error { return v.readMatters(&content) },
		func() (err error) { content.Names, err = v.names(); return err },
		func() (err error) { leads, err = v.leads(number); return err },
		func() (err error) { content.Shares, err = v.sharesOfTask(number); return err },
	)
	if err != nil {
		return err
	}
	content.UpdateTable = v.downloads(url.Values{"task": {number}}, "", v.AsOf, "plans", plan, "updates")
	content.MilestoneTable = v.downloads(url.Values{"task": {number}}, content.Row.On, content.Row.AsOf, "plans", plan, "milestones")
	if leads {
		content.Forms = append(content.Forms, v.updateForm(content.Row.LeadAgencies))
	}
	if v.acts("supervise") {
		content.Forms = append(content.Forms, v.formOf("set", v.T("设置节点", "Set a milestone"),
			field{Name: "title", Label: v.T("节点", "Milestone"), Required: true}, v.dueField(true)))
		content.AskAt = v.linkWith(url.Values{"task": {number}, "lead_agency": content.Row.LeadAgencies[:min(1, len(content.Row.LeadAgencies))]}, "plans", plan, "notices") + "#forms"
	}
	if v.acts("take_part") {
		content.RaiseAt = v.linkWith(url.Values{"task": {number}}, "plans", plan, "issues") + "#forms"
	}
	for _, m := range milestones.Items {
		content.Milestones = append(content.Milestones, milestoneRow{m, v.milestoneForms(m, leads)})
	}
	v.board.write(v, http.StatusOK, "task", content.Row.Title, content)
	return nil
}

func (v *visit) readUpdates(content *taskPage, number string) error {
	query := url.Values{"task": {number}, "limit": {"20"}}
	if v.AsOf != "" {
		query.Set("as_of", v.AsOf)
	}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		query.Set("cursor", cursor)
	}
	var page v1.UpdatePage
	if err := v.get(&page, query, "plans", v.Plan.Code, "updates"); err != nil {
		return err
	}
	content.Updates = page.Items
	if page.NextCursor != nil {
		content.UpdatesOf = v.linkWith(url.Values{"cursor": {*page.NextCursor}}, "plans", v.Plan.Code, "tasks", number)
	}
	return nil
}

// readMatters reads the issues and notices about the task and its indicators.
func (v *visit) readMatters(content *taskPage) error {
	number := content.Row.Task
	var issues v1.IssuePage
	var ofTask, ofIndicators v1.NoticePage
	about := v.withClocks("plan", v.Plan.Code, "task", number, "limit", "100")
	figures := v.withClocks("plan", v.Plan.Code, "limit", "100")
	for _, f := range content.Row.Indicators {
		about.Add("indicator", f.Code)
		figures.Add("indicator", f.Code)
	}
	err := together(
		func() error { return v.get(&issues, about, "issues") },
		func() error {
			return v.get(&ofTask, v.withClocks("plan", v.Plan.Code, "task", number, "limit", "100"), "notices")
		},
		func() error {
			if len(content.Row.Indicators) == 0 {
				return nil
			}
			return v.get(&ofIndicators, figures, "notices")
		},
	)
	if err != nil {
		return err
	}
	content.Issues, content.Notices = issues.Items, ofTask.Items
	for _, n := range ofIndicators.Items {
		if !slices.ContainsFunc(content.Notices, func(o v1.Notice) bool { return o.ID == n.ID }) {
			content.Notices = append(content.Notices, n)
		}
	}
	return nil
}

// leads says whether the reader may write about a task: for one bound to agencies, when one of
// them leads it. Which agencies have taken over duties is the service's to know.
func (v *visit) leads(number string) (bool, error) {
	if !v.acts("take_part") || len(v.Me.Agencies) == 0 {
		return v.acts("take_part"), nil
	}
	query := url.Values{"task": {number}, "role": {"lead"}, "fields": {"number"}}
	for _, a := range v.Me.Agencies {
		if a.Jurisdiction == v.Plan.Jurisdiction && a.HeldBy == nil {
			query.Add("agency", a.Name)
		}
	}
	if !query.Has("agency") {
		return false, nil
	}
	var tasks v1.TaskPage
	err := v.get(&tasks, query, "plans", v.Plan.Code, "tasks")
	return len(tasks.Items) > 0, err
}

func (v *visit) updateForm(leads []string) form {
	fields := []field{
		{Name: "period", Label: v.T("期", "Period"), Required: true, Value: v.lastMonth(v.Me.Today), Hint: v.T("如 2023-09", "such as 2023-09")},
		{Name: "assessed", Label: v.T("自评", "How it goes"), Kind: "choice", Choices: choicesOf(v, v.T("不评", "not said"), loop.Assesseds)},
		{Name: "text", Label: v.T("进展情况", "What was done"), Kind: "area", Required: true}, v.evidenceField(),
	}
	if len(leads) > 1 {
		var choices []choice
		for _, name := range leads {
			choices = append(choices, choice{Value: name, Label: name})
		}
		fields = append(fields, field{Name: "agency", Label: v.T("填写单位", "Agency"), Kind: "choice", Choices: choices})
	}
	return v.formOf("update", v.T("填写进展", "Write an update"), fields...)
}

// milestoneForms are what the reader may do about a milestone.
func (v *visit) milestoneForms(m v1.Milestone, leads bool) []form {
	var forms []form
	add := func(kind, label string, fields ...field) {
		forms = append(forms, v.formOf(kind+" "+m.ID, label, fields...))
	}
	switch {
	case m.Removed:
		return nil
	case leads && m.DoneOn == nil:
		add(loop.MilestoneDone, v.T("报完成", "Done"), field{Name: "done_on", Label: v.T("完成日", "Done on"), Kind: "date", Required: true, Value: v.Me.Today},
			v.textField(false), v.evidenceField())
	case leads:
		add(loop.MilestoneReopened, v.T("撤回完成", "Not done after all"), v.reasonField())
	}
	if v.acts("supervise") {
		add(loop.MilestoneChanged, v.T("变更", "Change"), field{Name: "title", Label: v.T("节点", "Milestone"), Hint: v.T("不改则留空", "empty as before")}, v.dueField(false), v.reasonField())
		add(loop.MilestoneRemoved, v.T("删除", "Remove"), v.reasonField())
	}
	return forms
}

// MilestoneStep is what happened to a milestone, in words.
func (v *visit) MilestoneStep(code string) string { return loop.MilestoneStepLabel(code).In(v.Lang) }
