package indicator

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// PlanPart (分解指标) is the target that a table of a plan hands out to one place, as the text has
// it. It is no indicator: nothing is reported on it.
type PlanPart struct {
	Task string // Task.Number
	Name string // what is measured, as an indicator is named
	Area string // the place, as the table writes it
	// PartOf is the name of the target of the task whose share it is; empty for a rate or a
	// floor, which is none, and where the table has no whole.
	PartOf     string
	Kind       Kind
	Direction  Direction
	Target     Target
	Baseline   *quantity.Number // in the target's unit, else nil
	DueOn      Date
	Confidence Confidence // of the reading
	// Start, End and Quote are its place in the document of the plan's version, in code points.
	Start int
	End   int
	Quote string
}

// PartKey is what the parts of one target have in common.
type PartKey struct{ Task, Name, PartOf, DueOn string }

// Key is what the part has in common with those of other places.
func (p PlanPart) Key() PartKey { return PartKey{p.Task, p.Name, p.PartOf, p.DueOn.String()} }

// WholeKey is what finds the target of a task that parts are shares of.
type WholeKey struct{ Task, Name, DueOn string }

// Whole is what finds the whole; it finds none where the parts are no shares.
func (k PartKey) Whole() WholeKey { return WholeKey{k.Task, k.PartOf, k.DueOn} }

// Grouped are the parts of each target, in whatever form, in the order in which the first of each
// comes.
func Grouped[P any](parts []P, key func(P) PartKey) (groups [][]P) {
	at := map[PartKey]int{}
	for _, p := range parts {
		k := key(p)
		if _, known := at[k]; !known {
			at[k] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[k]] = append(groups[at[k]], p)
	}
	return groups
}

// SumOfParts says what shares of a whole add up to beside it, all of them numbers in one unit. It
// has nothing to say of figures that are none. A place without one is not taken for 0, so the
// words say how many there are.
func SumOfParts(shares []string, whole, unit string) (said fault.Text, ok bool) {
	total, err := quantity.ParseNumber(whole)
	if err != nil {
		return said, false
	}
	numbers := make([]quantity.Number, len(shares))
	for i, figure := range shares {
		if numbers[i], err = quantity.ParseNumber(figure); err != nil {
			return said, false
		}
	}
	sum := quantity.Sum(numbers...)
	said = fault.Say("%d 地共 %s%s，与合计一致", "sum of shares (%d): %s%s, as the whole has it", len(shares), sum, unit)
	switch beyond := sum.Minus(total); beyond.Sign() {
	case 1:
		said = fault.Say("%d 地共 %s%s，比合计多 %s%[3]s", "sum of shares (%d): %s%s, %s%[3]s more than the whole", len(shares), sum, unit, beyond)
	case -1:
		said = fault.Say("%d 地共 %s%s，比合计少 %s%[3]s；没有列数的地方不作 0 计",
			"sum of shares (%d): %s%s, %s%[3]s less than the whole; a place without a figure is not taken for 0", len(shares), sum, unit, beyond.Abs())
	}
	return said, true
}
