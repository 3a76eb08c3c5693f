// Package amendment compares the indicators that a plan has with those that a
// newer text of it holds, and the paragraphs of both texts. It is pure: the same
// two sides give the same difference, and what belongs together is found by rules a
// reader can follow, in an order that docs/reviewing-and-amending.md tells.
package amendment

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Old is the plan as it stands.
type Old struct {
	Tasks      []indicator.Task
	Indicators []Held // without withdrawn ones, in the order of the plan
}

// Held is an indicator that the plan has.
type Held struct {
	Indicator indicator.Indicator
	// AsRead is what its own document says of it, read by the same reader as the
	// newer text, so that a correction made by hand is not taken for a change of
	// the text. Nil when that is not known.
	AsRead *indicator.Indicator
	// Measured says that something was reported for it.
	Measured bool
}

// New is the newer text as it was read. Source.Version of its indicators is the
// version that the plan will have; their codes are not looked at.
type New struct {
	DueOn      indicator.Date // last day of the plan's term
	Tasks      []indicator.Task
	Indicators []indicator.Indicator // in the order of the text
}

// Diff is what the newer text does to the indicators.
type Diff struct {
	Added     []Addition // in the order of the text
	Removed   []Removal  // the rest in the order of the plan as it stands
	Changed   []Change
	Moved     []Move
	Unchanged int
	// Replaced are the new versions of the indicators changed or moved, each
	// once, carrying the version that it replaces.
	Replaced []indicator.Indicator
}

// Addition is an indicator that the plan has not had.
type Addition struct {
	Indicator indicator.Indicator // without a code
	Replaces  string              // code of the one removed for it, or empty; see Removal
}

// Removal is an indicator that the newer text no longer has.
type Removal struct {
	Indicator indicator.Indicator
	// Successor is the place in Added of the indicator that stands for it from
	// now on, as its unit is of another dimension and measurements exist; else -1.
	Successor int
}

// Why explains a removal that has a successor.
func (r Removal) Why(successor indicator.Indicator) fault.Text {
	return fault.Say("单位由“%[1]s”改为“%[2]s”，量纲不同，已报实绩无法换算：原指标停用，另立新指标",
		"the unit changes from %[1]s to %[2]s, another dimension into which reports cannot be converted: the indicator is withdrawn and a new one takes its place",
		r.Indicator.Target.Unit, successor.Target.Unit)
}

// Change is an indicator whose target, or anything else about it, the newer
// text puts otherwise.
type Change struct {
	Before indicator.Indicator
	After  indicator.Indicator
	Fields []FieldChange // empty when the sentence alone has changed
}

// FieldChange is one field before and after, as texts; empty for none. Names
// in a list are joined by "、".
type FieldChange struct {
	Field  string // JSON pointer into the indicator
	Before string
	After  string
}

// Move is an indicator that the newer text has under another task or section.
type Move struct {
	Before indicator.Indicator
	After  indicator.Indicator
}
