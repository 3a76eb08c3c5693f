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

// Gaps says of each target whether a place has no figure of it that the tables of its task give
// another.
func Gaps[P any](groups [][]P, place func(P) (task, area string)) []bool {
	areas := map[string]map[string]bool{}
	for _, group := range groups {
		for _, p := range group {
			task, area := place(p)
			if areas[task] == nil {
				areas[task] = map[string]bool{}
			}
			areas[task][area] = true
		}
	}
	gaps := make([]bool, len(groups))
	for i, group := range groups {
		has := map[string]bool{}
		task := ""
		for _, p := range group {
			var area string
			task, area = place(p)
			has[area] = true
		}
		gaps[i] = len(has) < len(areas[task])
	}
	return gaps
}

// PartSum is what shares add up to, in words. Off says that the whole has another figure.
type PartSum struct {
	Said fault.Text
	Off  bool
}

// SumOfParts says what shares of a whole add up to beside it, all of them numbers in one unit. It
// has nothing to say of figures that are none. A place without one is not taken for 0, so the
// words say how many there are, and that it is not where there are such gaps.
func SumOfParts(shares []string, whole, unit string, gaps bool) (sum PartSum, ok bool) {
	total, err := quantity.ParseNumber(whole)
	if err != nil {
		return sum, false
	}
	numbers := make([]quantity.Number, len(shares))
	for i, figure := range shares {
		if numbers[i], err = quantity.ParseNumber(figure); err != nil {
			return sum, false
		}
	}
	added := quantity.Sum(numbers...)
	sum.Said = fault.Say("%d 地共 %s%s，与合计一致", "sum of shares (%d): %s%s, as the whole has it", len(shares), added, unit)
	switch beyond := added.Minus(total); beyond.Sign() {
	case 1:
		sum.Off = true
		sum.Said = fault.Say("%d 地共 %s%s，比合计多 %s%[3]s", "sum of shares (%d): %s%s, %s%[3]s more than the whole", len(shares), added, unit, beyond)
	case -1:
		sum.Off = true
		sum.Said = fault.Say("%d 地共 %s%s，比合计少 %s%[3]s", "sum of shares (%d): %s%s, %s%[3]s less than the whole", len(shares), added, unit, beyond.Abs())
		if gaps {
			sum.Said.ZH += "；没有列数的地方不作 0 计"
			sum.Said.EN += "; a place without a figure is not taken for 0"
		}
	}
	return sum, true
}
