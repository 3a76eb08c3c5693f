package amendment

import (
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// field is one part of an indicator that a text can set.
type field struct {
	pointer string
	text    func(indicator.Indicator) string
	take    func(to *indicator.Indicator, from indicator.Indicator)
}

var fields = []field{
	{"/name", func(in indicator.Indicator) string { return in.Name }, func(to *indicator.Indicator, from indicator.Indicator) { to.Name = from.Name }},
	{"/kind", func(in indicator.Indicator) string { return string(in.Kind) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Kind = from.Kind }},
	{"/direction", func(in indicator.Indicator) string { return string(in.Direction) }, func(to *indicator.Indicator, from indicator.Indicator) {
		to.Direction, to.DirectionBy = from.Direction, from.DirectionBy
	}},
	{"/course", func(in indicator.Indicator) string { return string(in.Course) }, func(to *indicator.Indicator, from indicator.Indicator) {
		to.Course, to.CourseBy = from.Course, from.CourseBy
	}},
	{"/over", func(in indicator.Indicator) string { return string(in.Over) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Over = from.Over }},
	{"/each", func(in indicator.Indicator) string { return string(in.Each) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Each = from.Each }},
	{"/target/comparator", func(in indicator.Indicator) string { return string(in.Target.Comparator) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Target.Comparator = from.Target.Comparator }},
	{"/target/value", targetValue, func(to *indicator.Indicator, from indicator.Indicator) { takeValue(&to.Target, from.Target) }},
	{"/target/value_high", func(in indicator.Indicator) string { return number(in.Target.ValueHigh) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Target.ValueHigh = from.Target.ValueHigh }},
	{"/target/unit", func(in indicator.Indicator) string { return in.Target.Unit.String() }, func(to *indicator.Indicator, from indicator.Indicator) { to.Target.Unit = from.Target.Unit }},
	{"/target/reference", func(in indicator.Indicator) string { return in.Target.Reference }, func(to *indicator.Indicator, from indicator.Indicator) {
		takeReference(&to.Target, from.Target)
	}},
	{"/baseline", func(in indicator.Indicator) string { return number(in.Baseline) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Baseline = from.Baseline }},
	{"/starts_on", func(in indicator.Indicator) string { return in.StartsOn.String() }, func(to *indicator.Indicator, from indicator.Indicator) { to.StartsOn = from.StartsOn }},
	{"/due_on", func(in indicator.Indicator) string { return in.DueOn.String() }, func(to *indicator.Indicator, from indicator.Indicator) { to.DueOn = from.DueOn }},
	{"/term_ends_on", func(in indicator.Indicator) string { return in.TermEndsOn.String() }, func(to *indicator.Indicator, from indicator.Indicator) { to.TermEndsOn = from.TermEndsOn }},
	{"/binding", func(in indicator.Indicator) string { return string(in.Binding) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Binding = from.Binding }},
	{"/frequency", func(in indicator.Indicator) string { return string(in.Frequency) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Frequency = from.Frequency }},
	{"/curve", func(in indicator.Indicator) string { return curve(in.Curve) }, func(to *indicator.Indicator, from indicator.Indicator) { to.Curve = from.Curve }},
	{"/lead_agencies", func(in indicator.Indicator) string { return strings.Join(in.LeadAgencies, "、") }, func(to *indicator.Indicator, from indicator.Indicator) { to.LeadAgencies = from.LeadAgencies }},
	{"/participating_agencies", func(in indicator.Indicator) string { return strings.Join(in.ParticipatingAgencies, "、") }, func(to *indicator.Indicator, from indicator.Indicator) {
		to.ParticipatingAgencies = from.ParticipatingAgencies
	}},
}

func takeValue(to *indicator.Target, from indicator.Target) {
	to.Value, to.Waits = from.Value, from.Waits
	if to.Waits {
		to.ValueHigh = nil
	}
}

// takeReference lets a target wait anew: a value that was given stood for the
// older reference.
func takeReference(to *indicator.Target, from indicator.Target) {
	to.Reference = from.Reference
	if from.Waits {
		takeValue(to, from)
	}
}

func number(n *quantity.Number) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func curve(points []indicator.CurvePoint) string {
	all := make([]string, len(points))
	for i, p := range points {
		all[i] = fmt.Sprintf("%s %s%%", p.On, p.Percent)
	}
	return strings.Join(all, "、")
}

// changes lists the fields in which two versions differ.
func changes(before, after indicator.Indicator) []FieldChange {
	var all []FieldChange
	for _, f := range fields {
		if was, is := f.text(before), f.text(after); was != is {
			all = append(all, FieldChange{f.pointer, was, is})
		}
	}
	return all
}

// merge is a held indicator as the newer text has it. A field follows the text
// only where the text itself has changed, so that what people corrected or
// added stays: the three sides are the older text, the newer one, and the
// record.
func merge(h Held, next indicator.Indicator, dueOn indicator.Date) indicator.Indicator {
	read := h.read()
	if h.AsRead == nil && next.Baseline == nil {
		next.Baseline = read.Baseline
	}
	if h.AsRead == nil && len(next.Curve) == 0 {
		next.Curve = read.Curve
	}
	if next.Target.Waits && next.Target.Unit.IsZero() { // the text does not say, which changes nothing
		next.Target.Unit = read.Target.Unit
	}
	merged := h.Indicator
	for _, f := range fields {
		if f.text(read) != f.text(next) {
			f.take(&merged, next)
		}
	}
	if merged.Baseline == h.Indicator.Baseline {
		merged.Baseline, _ = h.Indicator.BaselineIn(merged.Target.Unit) // none is better than one of another unit
	}
	if !merged.SettlesAs(h.Indicator) {
		merged.Settle()
	}
	merged.TermEndsOn = later(merged.DueOn, dueOn)
	if h.Indicator.Check() == nil {
		repair(&merged, next, dueOn)
	}
	merged.Task, merged.Section = next.Task, next.Section
	if next.Source.Version != 0 {
		merged.Source, merged.Confidence = next.Source, next.Confidence
	}
	return merged
}

// repair gives up what was made by hand where it cannot stand beside what the
// newer text says: a curve beyond the new deadline, the baseline of a range, and
// at last every correction.
func repair(merged *indicator.Indicator, next indicator.Indicator, dueOn indicator.Date) {
	steps := []func(){
		func() { merged.Curve = next.Curve },
		func() { merged.Baseline = next.Baseline },
		func() {
			for _, f := range fields {
				f.take(merged, next)
			}
			merged.TermEndsOn = later(merged.DueOn, dueOn)
		},
	}
	for _, step := range steps {
		if merged.Check() == nil {
			return
		}
		step()
	}
}

func later(a, b indicator.Date) indicator.Date {
	if a.After(b) {
		return a
	}
	return b
}
