package board

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// overview is the view of how a plan stands.
type overview struct {
	selection
	Summary   v1.SelectionSummary
	Stack     stack
	Bar       bar
	Elapsed   string
	BySection []groupRow
	ByAgency  []groupRow
	// Unled is how many indicators no agency leads.
	Unled int
	// Behind, DueSoon and NotReported are the first of each, with how to see the others.
	Behind, DueSoon, NotReported excerpt
	Month                        string
	Downloads                    downloads
}

// groupRow is a section or an agency with its figures.
type groupRow struct {
	v1.FiguresGroup
	Label string
	// Address is the list of its indicators.
	Address string
	Stack   stack
	Bar     bar
	Missing int
}

// excerpt is the beginning of a list.
type excerpt struct {
	Items []v1.ProgressRow
	// More is the address of the whole list; empty when it is shown whole.
	More string
}

func showOverview(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "overview"
	content := overview{}
	first, last := monthOf(v.day())
	content.Month = first[:len("2006-01")]
	var agencies v1.SelectionSummary
	err := together(
		func() (err error) { content.Unled, err = v.unled(); return err },
		func() error { return v.get(&content.Summary, v.asked("group_by", "section"), "summary") },
		func() error { return v.get(&agencies, v.asked("group_by", "agency"), "summary") },
		func() (err error) { content.Behind, err = v.excerpt("sort", "gap", "gap_max", "-0.01"); return err },
		func() (err error) {
			content.DueSoon, err = v.excerpt("sort", "due_on", "due_from", first, "due_to", last)
			return err
		},
		func() (err error) { content.NotReported, err = v.excerpt("report_missing", "true"); return err },
	)
	if err != nil {
		return err
	}
	// The marks are those of the profile that judged: a status that it does not know would be left out.
	marks, err := v.statusMarks(content.Summary.ProfileVersion)
	if err != nil {
		return err
	}
	content.selection = v.selection(agencyLabels(agencies.Groups), marks)
	if content.Filtered() {
		if content.Agencies, err = v.agencyNames(); err != nil {
			return err
		}
	}
	content.Stack = stackOf(marks, content.Summary.Total.Statuses)
	content.Elapsed = elapsed(v.Plan.StartsOn, v.Plan.DueOn, content.Summary.On)
	content.Bar = barOf(content.Summary.Total.MeanPercent, content.Elapsed, v.T("平均完成率", "mean percent")+" "+percentText(content.Summary.Total.MeanPercent))
	content.BySection = v.groupRows(content.Summary.Groups, "section", marks, content.Elapsed)
	content.ByAgency = v.groupRows(agencies.Groups, "agency", marks, content.Elapsed)
	slices.SortStableFunc(content.ByAgency, func(a, b groupRow) int { return b.Count - a.Count })
	content.Downloads = v.downloads(v.asked(), content.Summary.On, content.Summary.AsOf, "progress")
	v.board.write(v, http.StatusOK, "overview", v.Plan.Title, content)
	return nil
}

// unled is how many of this page's indicators no agency leads. Where they are those of an agency it is
// not asked, for its roles are meant then.
func (v *visit) unled() (int, error) {
	query := v.asked("group_by", "role")
	if query.Has("agency") {
		return 0, nil
	}
	var roles v1.SelectionSummary
	if err := v.get(&roles, query, "summary"); err != nil {
		return 0, err
	}
	count := roles.Total.Count
	for _, group := range roles.Groups {
		if group.Keys[0].Key == string(indicator.Lead) {
			count -= group.Count
		}
	}
	return count, nil
}

// ReviewOf is the address of the review of the plan's indicators of a state.
func (v *visit) ReviewOf(state string) string {
	return v.linkWith(url.Values{"state": {state}}, "plans", v.Plan.Code, "review")
}

// day is the date judged: the one that was set, or today.
func (v *visit) day() string {
	if _, err := time.Parse(time.DateOnly, v.On); err == nil {
		return v.On
	}
	return v.Me.Today
}

// monthOf are the first and the last day of the month of a day.
func monthOf(day string) (first, last string) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day, day
	}
	begin := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	return begin.Format(time.DateOnly), begin.AddDate(0, 1, -1).Format(time.DateOnly)
}

// excerptRows is how many indicators an excerpt shows.
const excerptRows = "8"

// excerpt reads the beginning of the list of this page's indicators with further filters.
func (v *visit) excerpt(pairs ...string) (excerpt, error) {
	var page v1.ProgressPage
	query := v.asked(pairs...)
	query.Set("limit", excerptRows)
	if err := v.get(&page, query, "progress"); err != nil {
		return excerpt{}, err
	}
	e := excerpt{Items: page.Items}
	if page.NextCursor != nil {
		e.More = v.ListWith(pairs...)
	}
	return e, nil
}

// agencyNames are those of the plan's agencies, to be chosen from.
func (v *visit) agencyNames() ([]string, error) {
	var summary v1.SelectionSummary
	if err := v.get(&summary, v.withClocks("plan", v.Plan.Code, "group_by", "agency"), "summary"); err != nil {
		return nil, err
	}
	return agencyLabels(summary.Groups), nil
}

// agencyLabels are the names of agencies that a summary is grouped by, each once.
func agencyLabels(groups []v1.FiguresGroup) []string {
	names := make([]string, 0, len(groups))
	for _, group := range groups {
		names = append(names, group.Keys[0].Label)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// ListWith is the address of the plan's indicators by the filters of this page, and further ones
// given as names and values.
func (v *visit) ListWith(pairs ...string) string {
	query := v.asked(pairs...)
	query.Del("plan")
	return v.linkWith(query, "plans", v.Plan.Code, "indicators")
}

func (v *visit) groupRows(groups []v1.FiguresGroup, filter string, marks []statusMark, elapsed string) []groupRow {
	rows := make([]groupRow, 0, len(groups))
	for _, group := range groups {
		label := group.Keys[0].Label
		if strings.TrimSpace(label) == "" {
			label = group.Keys[0].Key
		}
		rows = append(rows, groupRow{
			FiguresGroup: group, Label: label, Address: v.ListWith(filter, group.Keys[0].Key),
			Stack: stackOf(marks, group.Statuses), Missing: group.Expected - group.Reported,
			Bar: barOf(group.MeanPercent, elapsed, label+" "+percentText(group.MeanPercent)),
		})
	}
	return rows
}

// indicatorList is the view of a list of indicators.
type indicatorList struct {
	selection
	Items     []v1.ProgressRow
	Sorts     []choice
	On, AsOf  string
	Next      string
	Downloads downloads
}

// choice is one of several values of a field.
type choice struct {
	Value, Label string
	Chosen       bool
}

func showIndicators(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "indicators"
	query := v.asked()
	if query.Get("limit") == "" {
		query.Set("limit", "50")
	}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		query.Set("cursor", cursor)
	}
	var page v1.ProgressPage
	var names []string
	var marks []statusMark
	err := together(
		func() error { return v.get(&page, query, "progress") },
		func() (err error) { names, err = v.agencyNames(); return err },
		func() (err error) { marks, err = v.statusMarks(0); return err },
	)
	if err != nil {
		return err
	}
	content := indicatorList{selection: v.selection(names, marks), Items: page.Items, On: v.day()}
	if len(page.Items) > 0 {
		content.On, content.AsOf = page.Items[0].On, page.Items[0].AsOf
	}
	content.Sorts = v.sorts(query.Get("sort"))
	if page.NextCursor != nil {
		next := v.asked("cursor", *page.NextCursor)
		next.Del("plan")
		content.Next = v.linkWith(next, "plans", v.Plan.Code, "indicators")
	}
	query.Del("cursor")
	content.Downloads = v.downloads(query, content.On, content.AsOf, "progress")
	v.board.write(v, http.StatusOK, "indicators", v.T("指标", "Indicators")+" · "+v.Plan.Title, content)
	return nil
}

// sorts are the orders that a list can be shown in.
func (v *visit) sorts(chosen string) []choice {
	all := []choice{
		{Value: "", Label: v.T("按计划顺序", "in the order of the plan")},
		{Value: "gap", Label: v.T("最滞后在前", "most behind first")},
		{Value: "-percent", Label: v.T("完成率高在前", "highest percent first")},
		{Value: "percent", Label: v.T("完成率低在前", "lowest percent first")},
		{Value: "due_on", Label: v.T("最早到期在前", "due first")},
	}
	for i := range all {
		all[i].Chosen = all[i].Value == chosen
	}
	return all
}

// pass answers with an answer of the service as it is.
func (v *visit) pass(answer *http.Response) error {
	h := v.w.Header()
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Language"} {
		if value := answer.Header.Get(name); value != "" {
			h.Set(name, value)
		}
	}
	if policy := answer.Header.Get("Content-Security-Policy"); policy != "" {
		h.Set("Content-Security-Policy", policy)
	} else {
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	}
	v.w.WriteHeader(answer.StatusCode)
	_, err := io.Copy(v.w, answer.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // half of it has gone out
	}
	return nil
}
