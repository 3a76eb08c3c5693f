package board

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// noticeList is the view of the notices of a plan.
type noticeList struct {
	matters
	Items []v1.Notice
}

// NoticeStep is what happened to a notice, in words.
func (v *visit) NoticeStep(code string) string { return loop.NoticeStepLabel(code).In(v.Lang) }

func showNotices(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "notices"
	plan := v.Plan.Code
	content := noticeList{matters: matters{On: v.day(), Filters: v.filtersOf([]field{
		{Name: "state", Label: v.T("状态", "State"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.NoticeStates)},
		{Name: "level", Label: v.T("等级", "Level"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.Levels)},
		{Name: "overdue", Label: v.T("逾期", "Overdue"), Kind: "choice", Choices: v.yesOrAny(v.T("逾期的", "overdue"))},
		v.agencyField("agency", v.T("单位", "Agency"), false),
	}, "task", "indicator")}}
	var page v1.NoticePage
	err := together(
		func() error { return v.get(&page, v.paged(content.Filters, "plan", plan), "notices") },
		func() (err error) { content.Names, err = v.names(); return err },
	)
	if err != nil {
		return err
	}
	content.Items, content.AsOf = page.Items, v.AsOf
	var about []string
	for _, n := range page.Items {
		about = append(about, n.Indicators...)
	}
	if err := v.call(about); err != nil {
		return err
	}
	if v.acts("supervise") {
		content.Forms = []form{v.noticeForm()}
	}
	content.Quick = v.quick(content.Filters, "notices", v.T("逾期", "overdue"), "overdue=true", v.T("待审核", "to be judged"), "state=replied", v.T("待签收", "to be signed for"), "state=issued")
	content.Next = v.next(content.Filters, page.NextCursor, "plans", plan, "notices")
	content.Downloads = v.downloads(content.Filters.asked("plan", plan), content.On, content.AsOf, "notices")
	v.board.write(v, http.StatusOK, "notices", v.T("督办", "Notices")+" · "+v.Plan.Title, content)
	return nil
}

// usualTimes are how long a notice without a date has.
func (v *visit) usualTimes() []choice {
	return []choice{
		{Label: v.T("不用，另写时限", "not used: the date is given")}, {Value: string(loop.Urgent), Label: v.T("特急", "urgent")},
		{Value: string(loop.Ordinary), Label: v.T("一般", "ordinary")}, {Value: string(loop.Difficult), Label: v.T("疑难", "difficult")},
	}
}

// noticeForm issues a notice, about what the address of the page names.
func (v *visit) noticeForm() form {
	sent := v.r.URL.Query()
	each := v.T("每行一个，或以顿号、逗号分开", "one a line, or with commas between")
	given := func(name string) string { return strings.Join(sent[name], "\n") }
	f := v.formOf("issue", v.T("下发督办单", "Issue a notice"),
		field{Name: "title", Label: v.T("标题", "Title"), Required: true},
		field{Name: "text", Label: v.T("情况", "How it stands"), Kind: "area"},
		field{Name: "asked", Label: v.T("要求", "What is asked"), Kind: "area", Required: true},
		field{Name: "level", Label: v.T("等级", "Level"), Kind: "choice", Choices: choicesOf(v, "", loop.Levels)},
		field{Name: "lead_agency", Label: v.T("承办单位", "Agency"), Kind: "agency", Required: true, Value: sent.Get("lead_agency")},
		field{Name: "participating_agencies", Label: v.T("参与单位", "Participating"), Kind: "lines", Hint: each},
		v.dueField(false),
		field{Name: "urgency", Label: v.T("常用期限", "Usual time"), Kind: "choice", Choices: v.usualTimes(), Hint: v.T("没有写时限时", "where no date is given")},
		field{Name: "tasks", Label: v.T("任务编号", "Numbers of tasks"), Kind: "lines", Value: given("task"), Hint: each + v.T("；任务、指标、问题至少一项", "; one task, indicator or issue at least")},
		field{Name: "indicators", Label: v.T("指标代码", "Codes of indicators"), Kind: "lines", Value: given("indicator"), Hint: each},
		field{Name: "issues", Label: v.T("问题编号", "Ids of issues"), Kind: "lines", Value: given("issue"), Hint: each},
	)
	f.Open = f.Open || sent.Has("lead_agency")
	return f
}

func issueNotice(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	var issued v1.Notice
	err := v.send(http.MethodPost, v1.NoticeRequest{
		Plan: v.r.PathValue("plan"), Title: v.posted("title"), Text: v.posted("text"), Asked: v.posted("asked"), Level: v.posted("level"),
		DueOn: v.posted("due_on"), Urgency: v.posted("urgency"), LeadAgency: v.posted("lead_agency"), ParticipatingAgencies: v.listed("participating_agencies"),
		Tasks: v.listed("tasks"), Indicators: v.listed("indicators"), Issues: v.listed("issues"),
	}, &issued, nil, nil, "notices")
	if err != nil {
		return v.again(err, showNotices)
	}
	return v.done("issued", "notices", issued.ID)
}

// listed are what was sent in a field, on lines or with commas between; an id may be written as #17.
func (v *visit) listed(name string) []string {
	var all []string
	for _, line := range v.lines(name) {
		for _, one := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
			if one = strings.TrimPrefix(strings.TrimSpace(one), "#"); one != "" {
				all = append(all, one)
			}
		}
	}
	return all
}

// noticePage is the view of a notice.
type noticePage struct {
	Notice   v1.Notice
	On, AsOf string
	Names    []string
	Forms    []form
	Print    string
}

func showNotice(v *visit) error {
	content := noticePage{AsOf: v.AsOf}
	id := v.r.PathValue("id")
	if err := v.get(&content.Notice, v.clocks(), "notices", id); err != nil {
		return err
	}
	v.Section = "notices"
	n := content.Notice
	content.On = n.On
	if err := v.meetPlan(n.Plan); err != nil {
		return err
	}
	var err error
	if content.Names, err = v.names(); err != nil {
		return err
	}
	if err := v.call(n.Indicators); err != nil {
		return err
	}
	if n.Parent != nil || len(n.Children) > 0 {
		if err := v.number(); err != nil {
			return err
		}
	}
	if v.AsOf == "" {
		for _, step := range n.Next {
			content.Forms = append(content.Forms, v.noticeStepForm(n, step))
		}
	}
	content.Print = "/board/data/notices/" + url.PathEscape(n.ID) + "/print"
	if clocks := v.clocks(); len(clocks) > 0 {
		content.Print += "?" + clocks.Encode()
	}
	v.board.write(v, http.StatusOK, "notice", n.Number+" "+n.Title, content)
	return nil
}

// number asks for the numbers of the plan's newest notices, so that a page names them as papers do.
func (v *visit) number() error {
	var page v1.NoticePage
	if err := without(v.get(&page, v.withClocks("plan", v.Plan.Code, "fields", "id,number", "limit", "500"), "notices")); err != nil {
		return err
	}
	v.numbers = map[string]string{}
	for _, n := range page.Items {
		v.numbers[n.ID] = n.Number
	}
	return nil
}

// NumberOf is the number of a notice; its id where it is not known.
func (v *visit) NumberOf(id string) string { return cmp.Or(v.numbers[id], "#"+id) }

// noticeStepForm is that of a step of a notice.
func (v *visit) noticeStepForm(n v1.Notice, kind string) form {
	var fields []field
	switch kind {
	case loop.NoticeSigned, loop.NoticeAccepted:
		fields = []field{v.textField(false)}
	case loop.NoticeInterim, loop.NoticeReply, loop.NoticeComment:
		fields = []field{v.textField(true), v.evidenceField()}
	case loop.NoticeEscalated:
		above := slices.DeleteFunc(slices.Clone(loop.Levels), func(l loop.Level) bool { return !l.Above(loop.Level(n.Level)) })
		fields = []field{{Name: "level", Label: v.T("等级", "Level"), Kind: "choice", Required: true, Choices: choicesOf(v, "", above)}, v.reasonField()}
	case loop.NoticeDateMoved:
		fields = []field{v.dueField(true), v.reasonField()}
	case loop.NoticeHandedOn:
		fields = []field{
			v.agencyField("lead_agency", v.T("转给", "Hand on to"), true),
			{Name: "participating_agencies", Label: v.T("参与单位", "Participating"), Kind: "lines", Hint: v.T("每行一个", "one a line")}, v.reasonField(),
		}
	case loop.NoticeSplit:
		fields = []field{{
			Name: "parts", Label: v.T("分给", "Parts"), Kind: "lines", Required: true,
			Hint: v.T("每行一个单位；要求或时限不同的写：单位 | 要求 | 2023-10-31", "an agency a line; where the request or date is another: agency | what is asked | 2023-10-31"),
		}, v.reasonField()}
	default:
		fields = []field{v.reasonField()}
	}
	return v.formOf(kind, v.verb(kind, v.NoticeStep(kind)), fields...)
}

func stepNotice(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	id := v.r.PathValue("id")
	err := v.send(http.MethodPost, v1.NoticeEventRequest{
		Type: v.posted("form"), Text: v.posted("text"), Evidence: v.lines("evidence"), Reason: v.posted("reason"), Level: v.posted("level"), DueOn: v.posted("due_on"),
		LeadAgency: v.posted("lead_agency"), ParticipatingAgencies: v.listed("participating_agencies"), Parts: noticeParts(v.lines("parts")),
	}, nil, nil, nil, "notices", id, "events")
	if err != nil {
		return v.again(err, showNotice)
	}
	return v.done("saved", "notices", id)
}

// noticeParts reads one part from each line: its agency and, after strokes, what is asked of it and
// by when.
func noticeParts(lines []string) []v1.NoticePart {
	var parts []v1.NoticePart
	for _, line := range lines {
		cells := strings.SplitN(strings.ReplaceAll(line, "｜", "|"), "|", 3)
		for len(cells) < 3 {
			cells = append(cells, "")
		}
		parts = append(parts, v1.NoticePart{LeadAgency: strings.TrimSpace(cells[0]), Asked: strings.TrimSpace(cells[1]), DueOn: strings.TrimSpace(cells[2])})
	}
	return parts
}
