package board

import (
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// share is a target that a table hands out to places.
type share struct {
	Task, Name, DueOn string
	// Whole is the indicator that the places have shares of; nil for none, and Lack says why.
	Whole  *v1.Indicator
	Lack   string
	Places []v1.PlanPart
	// Sum says what the places add up to; empty where that is not exact.
	Sum string
}

// partKey is what a part has in common with those of other places.
func partKey(p v1.PlanPart) indicator.PartKey {
	return indicator.PartKey{Task: p.Task, Name: p.Name, PartOf: textOf(p.PartOf), DueOn: p.DueOn}
}

// shares are the parts of a plan by what they are shares of, beside its indicators, where they are
// at hand.
func (v *visit) shares(parts []v1.PlanPart, ins []v1.Indicator) (all []share) {
	wholes := make(map[indicator.WholeKey]*v1.Indicator, len(ins))
	for i, in := range ins {
		wholes[indicator.WholeKey{Task: in.Task, Name: in.Name, DueOn: in.DueOn}] = &ins[i]
	}
	for _, places := range indicator.Grouped(parts, partKey) {
		key := partKey(places[0])
		s := share{Task: key.Task, Name: key.Name, DueOn: key.DueOn, Whole: wholes[key.Whole()], Places: places}
		switch {
		case s.Whole != nil:
			s.Sum = v.sumOf(places, s.Whole.Target)
		case key.PartOf == "":
			s.Lack = v.T("无合计", "no whole")
		case len(ins) == 0:
			s.Lack = "—"
		default:
			s.Lack = v.T("现无此名的指标", "no indicator of the name now")
		}
		all = append(all, s)
	}
	return all
}

// sumOf says what places add up to beside their whole; empty where a figure of any is not exact or
// in another unit.
func (v *visit) sumOf(places []v1.PlanPart, whole v1.Target) string {
	figures := make([]string, len(places))
	for i, p := range places {
		figures[i] = exactFigure(p.Target, whole.Unit)
	}
	said, ok := indicator.SumOfParts(figures, exactFigure(whole, whole.Unit), whole.Unit)
	if !ok {
		return ""
	}
	return said.In(v.Lang)
}

// exactFigure is the figure of a target that is one, in the unit; else empty.
func exactFigure(t v1.Target, unit string) string {
	if t.Value == nil || t.ValueHigh != nil || t.Comparator != string(indicator.Equal) || t.Unit != unit {
		return ""
	}
	return string(*t.Value)
}
