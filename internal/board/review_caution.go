package board

import (
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// cautionsOf names the indicator that the form before this page was about, and says what of it to
// look at once more.
func (v *visit) cautionsOf(ins []v1.Indicator) (all []string) {
	query := v.r.URL.Query()
	at := slices.IndexFunc(ins, func(in v1.Indicator) bool { return in.Code == query.Get("of") })
	if at < 0 || query.Get("done") == "" {
		return nil
	}
	in := ins[at]
	v.DoneTo = in.Name
	if query.Get("against") == "text" {
		quote := ""
		if in.Source != nil {
			quote = in.Source.Quote
		}
		all = append(all, v.T("所选的方向（", "The direction that was chosen (")+v.Direction(in.Direction)+
			v.T("）与原文所说的相反，请核对：", ") is the opposite of what the text says, look at it again: ")+quote)
	}
	if v.outOfTerm(in) {
		all = append(all, v.T("完成时限 ", "The due date ")+in.DueOn+v.T(" 不在计划期 ", " is outside of the plan's term, ")+
			v.Plan.StartsOn+v.T(" 至 ", " to ")+v.Plan.DueOn+v.T(" 之内，请核对。", ": look at it again."))
	}
	return all
}

// outOfTerm says that an indicator is due on a day outside of the plan's term.
func (v *visit) outOfTerm(in v1.Indicator) bool {
	return v.Plan.DueOn != "" && (in.DueOn < v.Plan.StartsOn || in.DueOn > v.Plan.DueOn)
}
