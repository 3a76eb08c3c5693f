package progress

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reported are the reports that were made for periods, by recency: some of them, and
// those that say that there is no figure, which count as reported like any other.
func (a actual) reported(some []report) []report {
	if len(a.without) == 0 {
		return some
	}
	all := append(slices.Clone(some), a.without...)
	slices.SortFunc(all, byRecency)
	return all
}

// uncovered is the first day, from a first one on, that none of the reports speaks
// for; they are by recency. A total or a level speaks for everything before its end;
// increments may cover a time together, as three months do a quarter.
func uncovered(reports []report, first indicator.Date) indicator.Date {
	next := first
	for _, r := range reports {
		speaksFrom := r.Period.Start()
		if r.Basis == indicator.Total {
			speaksFrom = next
		}
		if !speaksFrom.After(next) && !r.ends.Before(next) {
			next = r.ends.AddDays(1)
		}
	}
	return next
}

// unfilled are the reports without a figure whose days no figure speaks for, so that
// the actual value goes without them.
func (a actual) unfilled(in indicator.Indicator) []report {
	figures := a.used
	if a.growth != nil {
		figures = a.growth.factors
	}
	var found []report
	for _, r := range a.without {
		var open bool
		if in.Each != "" {
			open = slices.ContainsFunc(a.each, func(m metPeriod) bool { return (m.value == nil || m.part) && m.period.Holds(r.Period) })
		} else {
			first := r.Period.Start()
			if first.Before(in.StartsOn) {
				first = in.StartsOn
			}
			open = !uncovered(figures, first).After(r.ends)
		}
		if open {
			found = append(found, r)
		}
	}
	return found
}

// figureMissing lists the reports that say that there is no figure where one is
// lacking. A sum lacks nothing of a period in which there was nothing to count.
func (j *judgement) figureMissing() []caution {
	var all []caution
	for _, r := range j.actual.unfilled(j.in) {
		if j.in.Kind == indicator.Increment && j.in.Each == "" && r.Missing == indicator.NotApplicable {
			continue
		}
		label := r.Missing.Label()
		all = append(all, say(FigureMissing, []int64{r.ID},
			"%[1]s 报为“%[2]s”，没有数值可计入", "%[1]s is reported as “%[3]s”: there is no figure to count", r.Period, label.ZH, label.EN))
	}
	return all
}

// restsOnProvisional reports whether a provisional figure is among those that made
// the value.
func (a actual) restsOnProvisional(in indicator.Indicator) bool {
	return a.value != nil && slices.ContainsFunc(a.used, func(r report) bool {
		if in.Each != "" && (len(a.each) == 0 || r.ends.After(a.each[len(a.each)-1].period.End())) {
			return false // of a period that is not counted yet
		}
		return r.Provisional
	})
}

// said is what a report says in a sentence: its value, or that there is none.
func said(m *indicator.Measurement) fault.Text {
	if m.IsFigure() {
		return fault.Say("%s%s", "%s%s", m.Value, m.Unit)
	}
	label := m.Missing.Label()
	return fault.Text{ZH: "（" + label.ZH + "）", EN: "(" + label.EN + ")"}
}
