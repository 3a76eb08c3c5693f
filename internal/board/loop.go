package board

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// loopPages are the pages of the plan's own loop.
var loopPages = map[string]func(*visit) error{
	"GET /board/plans/{plan}/register":         showRegister,
	"GET /board/plans/{plan}/tasks/{number}":   showTask,
	"POST /board/plans/{plan}/tasks/{number}":  stepTask,
	"GET /board/plans/{plan}/issues":           showIssues,
	"POST /board/plans/{plan}/issues":          raiseIssue,
	"GET /board/issues/{id}":                   showIssue,
	"POST /board/issues/{id}":                  stepIssue,
	"GET /board/plans/{plan}/notices":          showNotices,
	"POST /board/plans/{plan}/notices":         issueNotice,
	"GET /board/notices/{id}":                  showNotice,
	"GET /board/plans/{plan}/cycles":           showCycles,
	"GET /board/plans/{plan}/cycles/{period}":  showCycle,
	"POST /board/plans/{plan}/cycles/{period}": stepCycle,
	"GET /board/plans/{plan}/assessment":       showAssessment,
	"POST /board/plans/{plan}/assessment":      stepAssessment,
	"GET /board/plans/{plan}/assessments/{id}": showFrozenAssessment,
	"GET /board/plans/{plan}/bulletin":         showBulletin,
	"POST /board/notices/{id}":                 stepNotice,
}

// field is one of a form, or of the filters of a page.
type field struct {
	Name, Label string
	// Kind is how it is filled in: text, area, lines (one value a line), date, choice or agency.
	Kind     string
	Required bool
	Value    string
	Choices  []choice
	Hint     string
}

// form is one that a page has folded, to be opened by who wants to fill it in.
type form struct {
	// Name tells the forms of a page apart.
	Name, Label, Action string
	Fields              []field
	// Open says that it was sent and refused.
	Open bool
	// Once makes a form that is sent twice count once.
	Once string
}

// acts says whether the reader may do something here and now: what a page shows of the past is
// only looked at.
func (v *visit) acts(permission string) bool { return v.May(permission) && v.AsOf == "" }

// Past says that a reader who could do something looks at what was known before.
func (v *visit) Past() bool { return v.AsOf != "" && v.May("take_part") }

// Now is the address of this page without the clocks.
func (v *visit) Now() string { return v.r.URL.EscapedPath() }

// form is one of this page, with what was sent in it when it is shown again.
func (v *visit) formOf(name, label string, fields ...field) form {
	f := form{Name: name, Label: label, Action: v.r.URL.EscapedPath(), Fields: fields, Once: v.board.Text()}
	if v.On != "" {
		f.Action += "?" + url.Values{"on": {v.On}}.Encode()
	}
	if v.Refused == nil || v.Posted("form") != name {
		return f
	}
	f.Open = true
	v.labels = map[string]string{}
	for i := range f.Fields {
		v.labels[f.Fields[i].Name] = f.Fields[i].Label
		f.Fields[i].Value = v.Posted(f.Fields[i].Name)
		for j := range f.Fields[i].Choices {
			f.Fields[i].Choices[j].Chosen = f.Fields[i].Choices[j].Value == f.Fields[i].Value
		}
	}
	return f
}

// matters are what the lists of issues and of notices show around them.
type matters struct {
	Filters   filters
	Names     []string
	Forms     []form
	On, AsOf  string
	Quick     []choice
	Next      string // address of the next page; empty on the last
	Downloads downloads
}

// stepVerbs are the steps of issues and notices as buttons say them in English; in Chinese their
// names are verbs.
var stepVerbs = map[string]string{
	"coordinating": "Begin to coordinate", "resolving": "Begin to resolve", "resolved": "Report as resolved", "closed": "Close", "sent_back": "Send back",
	"reopened": "Reopen", "commented": "Comment", "assigned": "Hand on", "dated": "Move the date", "escalated": "Escalate",
	"signed": "Sign for it", "interim": "Reply for the time being", "reply": "Reply", "accepted": "Accept", "date_moved": "Move the date",
	"handed_on": "Hand on", "split": "Split", "withdrawn": "Withdraw", "comment": "Comment",
}

// verb is what the button of a step says, given its name.
func (v *visit) verb(step, name string) string {
	if verb, known := stepVerbs[step]; known && v.Lang == languageEN {
		return verb
	}
	return name
}

// Fields that many forms have.
func (v *visit) textField(required bool) field {
	return field{Name: "text", Label: v.T("说明", "Text"), Kind: "area", Required: required}
}

func (v *visit) reasonField() field {
	return field{Name: "reason", Label: v.T("理由", "Reason"), Kind: "area", Required: true}
}

func (v *visit) dueField(required bool) field {
	return field{Name: "due_on", Label: v.T("时限", "Due"), Kind: "date", Required: required}
}

func (v *visit) evidenceField() field {
	return field{Name: "evidence", Label: v.T("佐证", "Evidence"), Kind: "lines", Hint: v.T("网址，每行一个，http 或 https", "addresses, one a line, http or https")}
}

// choicesOf are the words of a list to choose from; none says what choosing none means, and is left
// out where one has to be chosen.
func choicesOf[W interface {
	~string
	Label() fault.Text
}](v *visit, none string, words []W) []choice {
	var choices []choice
	if none != "" {
		choices = append(choices, choice{Label: none})
	}
	for _, w := range words {
		choices = append(choices, choice{Value: string(w), Label: w.Label().In(v.Lang)})
	}
	return choices
}

// filters are what a list of the loop is narrowed by.
type filters struct {
	// Query is what is asked of the service, with the clocks.
	Query  url.Values
	Fields []field
	// Kept are those without a field of their own.
	Kept url.Values
}

// Filtered says whether anything is chosen.
func (f filters) Filtered() bool { return len(f.Query) > 0 }

// filtersOf reads those of this page: of the fields, and of what else is named.
func (v *visit) filtersOf(fields []field, others ...string) filters {
	f := filters{Query: v.clocks(), Fields: fields, Kept: url.Values{}}
	sent := v.r.URL.Query()
	if v.r.Method != http.MethodGet { // a form of the page was refused
		sent = url.Values{}
	}
	take := func(name string, into url.Values) {
		for _, value := range sent[name] {
			if value = strings.TrimSpace(value); value != "" {
				into.Add(name, value)
			}
		}
	}
	for i, one := range fields {
		take(one.Name, f.Query)
		f.Fields[i].Value = f.Query.Get(one.Name)
		for j := range one.Choices {
			one.Choices[j].Chosen = one.Choices[j].Value == f.Fields[i].Value
		}
	}
	for _, name := range others {
		take(name, f.Query)
		take(name, f.Kept)
	}
	return f
}

// asked are the filters with further parameters.
func (f filters) asked(pairs ...string) url.Values {
	query := url.Values{}
	for name, values := range f.Query {
		query[name] = slices.Clone(values)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	return query
}

// paged are the parameters of a page of the list: those of the filters, and the place.
func (v *visit) paged(f filters, pairs ...string) url.Values {
	query := f.asked(append([]string{"limit", "50"}, pairs...)...)
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" && v.r.Method == http.MethodGet {
		query.Set("cursor", cursor)
	}
	return query
}

// next is the address of the page after this; empty at the end.
func (v *visit) next(f filters, cursor *string, parts ...string) string {
	if cursor == nil {
		return ""
	}
	return v.linkWith(f.asked("cursor", *cursor), parts...)
}

// yesOrAny is a choice between what is so and anything.
func (v *visit) yesOrAny(yes string) []choice {
	return []choice{{Label: v.T("全部", "all")}, {Value: "true", Label: yes}}
}

// quick are ways to often wanted lists of a section, given as labels and the one filter of each.
func (v *visit) quick(f filters, section string, pairs ...string) []choice {
	links := []choice{{Label: v.T("全部", "all"), Value: v.Link("plans", v.Plan.Code, section), Chosen: len(f.asked()) == len(v.clocks())}}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value, _ := strings.Cut(pairs[i+1], "=")
		links = append(links, choice{
			Label: pairs[i], Value: v.linkWith(url.Values{name: {value}}, "plans", v.Plan.Code, section),
			Chosen: f.Query.Get(name) == value && len(f.asked()) == len(v.clocks())+1,
		})
	}
	return links
}

// names are the agencies of the plan's place, to be proposed where one is written.
func (v *visit) names() ([]string, error) {
	var page v1.AgencyPage
	query := url.Values{"jurisdiction": {v.Plan.Jurisdiction}, "limit": {"500"}, "fields": {"name"}}
	if err := without(v.get(&page, query, "agencies")); err != nil {
		return nil, err
	}
	names := make([]string, len(page.Items))
	for i, a := range page.Items {
		names[i] = a.Name
	}
	return names, nil
}

// agencyField asks for the name of an agency.
func (v *visit) agencyField(name, label string, required bool) field {
	return field{Name: name, Label: label, Kind: "agency", Required: required}
}

// RaiseAt is where an issue is raised about an indicator; empty for readers who may not.
func (v *visit) RaiseAt(in v1.Indicator) string {
	if !v.acts("take_part") {
		return ""
	}
	return v.linkWith(url.Values{"indicator": {in.Code}}, "plans", in.Plan, "issues") + "#forms"
}

// AskAt is where a notice is issued about an indicator; empty for readers who may not.
func (v *visit) AskAt(in v1.Indicator) string {
	if !v.acts("supervise") {
		return ""
	}
	query := url.Values{"indicator": {in.Code}, "lead_agency": {""}}
	if len(in.LeadAgencies) > 0 {
		query.Set("lead_agency", in.LeadAgencies[0])
	}
	return v.linkWith(query, "plans", in.Plan, "notices") + "#forms"
}

// By is who took a step: a key by its name, or the service itself.
func (v *visit) By(name string) string {
	if name == "" {
		return v.T("按规则", "by rule")
	}
	return name
}

// lastMonth is the last month that was over on a day, within the term of the plan.
func (v *visit) lastMonth(day string) string {
	first, _ := monthOf(day)
	begin, ok := dayOf(first)
	if !ok {
		return ""
	}
	return min(max(begin.AddDate(0, 0, -1).Format("2006-01"), v.Plan.StartsOn[:len("2006-01")]), v.Plan.DueOn[:len("2006-01")])
}

// mostClipped is how many characters of a text a table shows.
const mostClipped = 90

// Clip is the beginning of a text.
func (v *visit) Clip(text string) string {
	if runes := []rune(text); len(runes) > mostClipped {
		return string(runes[:mostClipped]) + "…"
	}
	return text
}

// NoticeLevel is the level of a notice in words.
func (v *visit) NoticeLevel(code string) string { return loop.Level(code).Label().In(v.Lang) }

// IssueLevel is the level of an issue in words.
func (v *visit) IssueLevel(code string) string { return loop.IssueLevel(code).Label().In(v.Lang) }

// Assessed is how an agency sees its task itself.
func (v *visit) Assessed(code string) string { return loop.Assessed(code).Label().In(v.Lang) }
