package board

import (
	"net/http"
	"net/url"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reportingPages are the pages of those who report.
var reportingPages = map[string]func(*visit) error{
	"GET /board/reporting":          showReporting,
	"GET /board/reporting/{code}":   showReport,
	"POST /board/reporting/{code}":  report,
	"POST /board/measurements/{id}": retract,
	"GET /board/upload":             showUpload,
	"POST /board/upload":            upload,
	"GET /board/batches/{id}":       showBatch,
}

// reporting is the view of what an agency has to report.
type reporting struct {
	// Agency is whose indicators are listed; empty until one is chosen.
	Agency string
	// Agencies can be chosen: those of the key, or of a plan for those who report for anybody.
	Agencies []string
	// Of are the plan and the day that the list is of.
	Plan  string
	Plans []v1.PlanHead
	Due   []dueReport
	// Template is the address of the workbook with these indicators.
	Template string
	Next     string
}

// dueReport is an indicator with the period to report.
type dueReport struct {
	v1.ProgressRow
	// Period is the last one that is over; empty before the first is.
	Period string
	// Reported says that it was.
	Reported bool
	// DueOn is the last day to report in time; empty where that is not known.
	CycleDueOn string
	Locked     bool
}

func showReporting(v *visit) error {
	if !v.SignedIn() && v.Me.Authentication != "off" {
		v.toSignIn()
		return nil
	}
	query := v.r.URL.Query()
	content := reporting{Agency: query.Get("agency"), Plan: query.Get("plan")}
	var plans v1.PlanPage
	if err := v.get(&plans, url.Values{"limit": {"200"}}, "plans"); err != nil {
		return err
	}
	content.Plans = plans.Items
	if content.Plan == "" && len(plans.Items) == 1 {
		content.Plan = plans.Items[0].Code
	}
	for _, a := range v.Me.Agencies {
		content.Agencies = append(content.Agencies, a.Name)
	}
	if len(content.Agencies) == 0 && content.Plan != "" {
		var err error
		if content.Agencies, err = v.agenciesOf(content.Plan); err != nil {
			return err
		}
	}
	if content.Agency == "" && len(content.Agencies) == 1 {
		content.Agency = content.Agencies[0]
	}
	if content.Agency != "" {
		if err := v.listDue(&content); err != nil {
			return err
		}
	}
	v.board.write(v, http.StatusOK, "reporting", v.T("报送", "Report"), content)
	return nil
}

// agenciesOf are the names of a plan's agencies.
func (v *visit) agenciesOf(plan string) ([]string, error) {
	v.Plan.Code = plan
	defer func() { v.Plan.Code = "" }()
	return v.agencyNames()
}

// listDue lists what an agency leads, what is not reported first.
func (v *visit) listDue(content *reporting) error {
	asked := v.withClocks("agency", content.Agency, "role", "lead", "limit", "100")
	if content.Plan != "" {
		asked.Set("plan", content.Plan)
	}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		asked.Set("cursor", cursor)
	}
	var page v1.ProgressPage
	if err := v.get(&page, asked, "progress"); err != nil {
		return err
	}
	cycles := map[string]map[string]v1.Cycle{}
	for _, row := range page.Items {
		due := dueReport{ProgressRow: row, Reported: !row.ReportMissing}
		if row.CutOff != nil {
			due.Period = periodEnding(row.Frequency, *row.CutOff)
		}
		of, err := v.cyclesOf(cycles, row.Plan)
		if err != nil {
			return err
		}
		if c, ok := of[due.Period]; ok {
			due.CycleDueOn, due.Locked = c.DueOn, c.State == "locked"
		}
		content.Due = append(content.Due, due)
	}
	slices.SortStableFunc(content.Due, func(a, b dueReport) int {
		switch {
		case a.Reported == b.Reported:
			return 0
		case a.Reported:
			return 1
		}
		return -1
	})
	template := url.Values{}
	if content.Plan != "" {
		template.Set("plan", content.Plan)
	}
	content.Template = "/board/data" + apiPath("agencies", content.Agency, "template.xlsx")[len("/api/v1"):] + "?" + template.Encode()
	if page.NextCursor != nil {
		content.Next = v.linkWith(url.Values{"agency": {content.Agency}, "plan": {content.Plan}, "cursor": {*page.NextCursor}}, "reporting")
	}
	return nil
}

// cyclesOf are the cycles of a plan by their periods, read once.
func (v *visit) cyclesOf(known map[string]map[string]v1.Cycle, plan string) (map[string]v1.Cycle, error) {
	if of, ok := known[plan]; ok {
		return of, nil
	}
	var list v1.CycleList
	if err := v.get(&list, v.withClocks("counts", "false"), "plans", plan, "cycles"); err != nil {
		return nil, err
	}
	of := map[string]v1.Cycle{}
	for _, c := range list.Items {
		of[c.Period] = c
	}
	known[plan] = of
	return of, nil
}

// periodEnding is the reporting period of a frequency that ends on a day; empty for a day that is none.
func periodEnding(frequency, on string) string {
	day, err := indicator.ParseDate(on)
	if err != nil {
		return ""
	}
	return indicator.PeriodOf(indicator.Frequency(frequency), day).String()
}
