package board

import (
	"net/http"
	"net/url"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

var figurePages = map[string]func(*visit) error{
	"GET /board/{$}":                     showHome,
	"GET /board/plans/{plan}":            showOverview,
	"GET /board/plans/{plan}/indicators": showIndicators,
	"GET /board/indicators/{code}":       showIndicator,
	"GET /board/data/{path...}":          download,
}

// home is the view of the first page: the plans, and how each stands.
type home struct {
	Plans  []planCard
	Next   string // address of the next page; empty on the last
	Clock  url.Values
	AsOf   string
	On     string
	Legend []statusMark
}

type planCard struct {
	v1.PlanHead
	// Figures are nil for a plan without a confirmed indicator.
	Figures *v1.SummaryFigures
	Stack   stack
	Bar     bar
}

// showHome lists the plans. Where there is one, it is shown at once, but to those who may import
// another: the way to that is on this page.
func showHome(v *visit) error {
	query := url.Values{"limit": {"20"}}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		query.Set("cursor", cursor)
	}
	var plans v1.PlanPage
	if err := v.get(&plans, query, "plans"); err != nil {
		return err
	}
	if len(plans.Items) == 1 && query.Get("cursor") == "" && !v.May("manage") {
		http.Redirect(v.w, v.r, v.Link("plans", plans.Items[0].Code), http.StatusSeeOther)
		return nil
	}
	content := home{Clock: url.Values{}}
	if len(plans.Items) > 0 {
		var summary v1.SelectionSummary
		asked := v.withClocks("group_by", "plan")
		for _, p := range plans.Items {
			asked.Add("plan", p.Code)
		}
		if err := v.get(&summary, asked, "summary"); err != nil {
			return err
		}
		marks, err := v.statusMarks(summary.ProfileVersion)
		if err != nil {
			return err
		}
		content.On, content.AsOf, content.Legend = summary.On, summary.AsOf, marks
		figures := map[string]*v1.SummaryFigures{}
		for i, group := range summary.Groups {
			figures[group.Keys[0].Key] = &summary.Groups[i].SummaryFigures
		}
		for _, p := range plans.Items {
			card := planCard{PlanHead: p, Figures: figures[p.Code]}
			if card.Figures != nil {
				card.Stack = stackOf(marks, card.Figures.Statuses)
				card.Bar = barOf(card.Figures.MeanPercent, elapsed(p.StartsOn, p.DueOn, summary.On), v.T("平均完成率", "mean percent")+" "+percentText(card.Figures.MeanPercent))
			}
			content.Plans = append(content.Plans, card)
		}
	}
	if plans.NextCursor != nil {
		content.Next = v.linkWith(url.Values{"cursor": {*plans.NextCursor}})
	}
	v.board.write(v, http.StatusOK, "home", v.T("计划", "Plans"), content)
	return nil
}
