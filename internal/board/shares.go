package board

import (
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// share is a target that a table hands out to places.
type share struct {
	Task, Name, DueOn string
	// Whole is the indicator that the places have shares of, or that has the same rate for all of
	// them; nil for none, and Lack says why. WholeOf says what a rate is of.
	Whole   *v1.Indicator
	WholeOf string
	Lack    string
	Places  []v1.PlanPart
	// Sum says what the places add up to; empty where that is not exact. Off says that the whole
	// is another.
	Sum string
	Off bool
}

// partKey is what a part has in common with those of other places.
func partKey(p v1.PlanPart) indicator.PartKey {
	return indicator.PartKey{Task: p.Task, Name: p.Name, PartOf: textOf(p.PartOf), DueOn: p.DueOn}
}

// shares are the parts of a plan by what they are shares of, beside its indicators.
func (v *visit) shares(plan v1.Plan, ins []v1.Indicator) (all []share) {
	wholes := make(map[indicator.WholeKey]*v1.Indicator, len(ins))
	for i, in := range ins {
		wholes[indicator.WholeKey{Task: in.Task, Name: in.Name, DueOn: in.DueOn}] = &ins[i]
	}
	groups := indicator.Grouped(plan.Parts, partKey)
	gaps := indicator.Gaps(groups, func(p v1.PlanPart) (task, area string) { return p.Task, p.Area })
	for i, places := range groups {
		key := partKey(places[0])
		s := share{Task: key.Task, Name: key.Name, DueOn: key.DueOn, Whole: wholes[key.Whole()], Places: places}
		switch {
		case s.Whole != nil:
			s.Sum, s.Off = v.sumOf(places, s.Whole.Target, gaps[i])
		case key.PartOf != "":
			s.Lack = v.T("现无此名的指标", "no indicator of the name now")
		default:
			if s.Whole = wholes[indicator.WholeKey{Task: key.Task, Name: key.Name, DueOn: key.DueOn}]; s.Whole != nil {
				s.WholeOf = v.wholeArea(plan.Jurisdiction)
			} else {
				s.Lack = v.T("无合计", "no whole")
			}
		}
		all = append(all, s)
	}
	return all
}

// sharesOf are those whose whole is an indicator.
func (v *visit) sharesOf(in v1.Indicator) []share {
	return slices.DeleteFunc(v.shares(v.Plan, []v1.Indicator{in}), func(s share) bool { return s.Whole == nil })
}

// wholeArea is what the whole of a jurisdiction is called: 全县.
func (v *visit) wholeArea(jurisdiction string) string {
	if v.Lang == languageEN {
		return "all places"
	}
	name := []rune(jurisdiction)
	if len(name) > 0 && strings.ContainsRune("省市区县州盟旗镇乡", name[len(name)-1]) {
		return "全" + string(name[len(name)-1:])
	}
	return "整体"
}

// sumOf says what places add up to beside their whole, and whether the whole is another; nothing
// where a figure of any is not exact or in another unit.
func (v *visit) sumOf(places []v1.PlanPart, whole v1.Target, gaps bool) (said string, off bool) {
	figures := make([]string, len(places))
	for i, p := range places {
		figures[i] = exactFigure(p.Target, whole.Unit)
	}
	sum, ok := indicator.SumOfParts(figures, exactFigure(whole, whole.Unit), whole.Unit, gaps)
	if !ok {
		return "", false
	}
	return sum.Said.In(v.Lang), sum.Off
}

// exactFigure is the figure of a target that is one, in the unit; else empty.
func exactFigure(t v1.Target, unit string) string {
	if t.Value == nil || t.ValueHigh != nil || t.Comparator != string(indicator.Equal) || t.Unit != unit {
		return ""
	}
	return string(*t.Value)
}

// sharesOfTask are those that the tables of a task hand out.
func (v *visit) sharesOfTask(number string) ([]share, error) {
	of := func(p v1.PlanPart) bool { return p.Task == number }
	if !slices.ContainsFunc(v.Plan.Parts, of) {
		return nil, nil
	}
	ins, err := v.indicatorsOf(v.Plan.Code, "task", number)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(v.shares(v.Plan, ins), func(s share) bool { return s.Task != number }), nil
}
