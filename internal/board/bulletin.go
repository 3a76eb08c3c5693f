package board

import (
	"net/http"
	"net/url"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// bulletinPage is the view of the bulletin of a period.
type bulletinPage struct {
	Period string
	// Periods are those of the plan's cycles that are over.
	Periods []string
	// Bulletin is nil where there is none of the period.
	Bulletin *v1.Bulletin
	// Print and Word are the addresses of the same as a page to be printed and as a Word file.
	Print, Word string
}

func showBulletin(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "bulletin"
	plan := v.Plan.Code
	content := bulletinPage{Period: v.r.URL.Query().Get("period")}
	if content.Period == "" {
		content.Period = v.lastMonth(v.day())
	}
	query := url.Values{"period": {content.Period}}
	if v.AsOf != "" {
		query.Set("as_of", v.AsOf)
	}
	var bulletin v1.Bulletin
	err := together(
		func() (err error) { content.Periods, err = v.periodsOver(); return err },
		func() error { return v.get(&bulletin, query, "plans", plan, "bulletin") },
	)
	title := v.T("督查通报", "Bulletin") + " " + content.Period + " · " + v.Plan.Title
	if isProblem(err, http.StatusUnprocessableEntity) || isProblem(err, http.StatusBadRequest) {
		return v.again(err, func(v *visit) error {
			v.board.write(v, http.StatusOK, "bulletin", title, content)
			return nil
		})
	}
	if err != nil {
		return err
	}
	content.Bulletin = &bulletin
	query.Set("as_of", bulletin.AsOf) // what is printed is what is shown
	at := "/board/data/plans/" + url.PathEscape(plan) + "/bulletin/"
	content.Print, content.Word = at+"print?"+query.Encode(), at+"document?"+query.Encode()
	v.board.write(v, http.StatusOK, "bulletin", title, content)
	return nil
}

// periodsOver are the periods of the plan's cycles that are over, the newest first.
func (v *visit) periodsOver() ([]string, error) {
	var cycles v1.CycleList
	query := v.clocks()
	query.Set("counts", "false")
	query.Set("fields", "period,state")
	if err := v.get(&cycles, query, "plans", v.Plan.Code, "cycles"); err != nil {
		return nil, err
	}
	var periods []string
	for _, c := range cycles.Items {
		if c.State != "upcoming" {
			periods = append(periods, c.Period)
		}
	}
	slices.Reverse(periods)
	return periods, nil
}
