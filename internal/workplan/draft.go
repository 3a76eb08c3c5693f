package workplan

import (
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Draft is what was read from a plan's text. All positions are code points
// into that text.
type Draft struct {
	Title      string
	Issuer     string         // empty when the text names none
	IssuedOn   indicator.Date // zero when the text names none
	StartsOn   indicator.Date // first day of the term; zero when the text does not say
	DueOn      indicator.Date // last day of the term; zero when the text does not say
	Sections   []indicator.Section
	Tasks      []indicator.Task
	Indicators []indicator.Indicator // without Code and Plan; in the order of the text
	// Implied are aims that the text states without a figure (全覆盖, 清零, 前20名), read as
	// one, in the order of the text and shaped as Indicators are. A person has to accept them.
	Implied []indicator.Indicator
	Parts   []Part // in the order of the text
	// Before is what a flow came to the year before, by the increment that it stands
	// beside in a table: an increment has no baseline.
	Before     map[Key]quantity.Number
	Milestones []indicator.PlanMilestone // dated steps without a figure, in the order of the text
	Warnings   []indicator.Warning       // in the order of the text
}

// Part is the share (分解指标) that a table hands out to one place.
type Part struct {
	Indicator indicator.Indicator
	Area      string // the place, as the table writes it
	PartOf    string // name of the indicator whose share it is; empty for a rate or a floor, which is none
}

// Kept is what a plan keeps of the share.
func (p Part) Kept() indicator.PlanPart {
	in := p.Indicator
	return indicator.PlanPart{
		Task: in.Task, Name: in.Name, Area: p.Area, PartOf: p.PartOf, Kind: in.Kind, Direction: in.Direction,
		Target: in.Target, Baseline: in.Baseline, DueOn: in.DueOn, Confidence: in.Confidence,
		Start: in.Source.Start, End: in.Source.End, Quote: in.Source.Quote,
	}
}

// Key names an indicator of a draft: no two of a task have one name.
type Key struct{ Task, Name string }

func (d *Draft) keepBefore(in indicator.Indicator, f *candidate) {
	if f.before == nil {
		return
	}
	n, err := quantity.ParseNumber(f.before.Value)
	if err != nil {
		return
	}
	if d.Before == nil {
		d.Before = map[Key]quantity.Number{}
	}
	d.Before[Key{in.Task, in.Name}] = n
}
