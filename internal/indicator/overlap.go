package indicator

import "github.com/indicator-tracker/tracker/internal/fault"

// CheckOverlap refuses a measurement that could count the same days twice
// beside another report of the same indicator, with fault.PeriodOverlap at
// "/period" naming the other report's period:
//
//   - two increments whose periods share a day without being the same period;
//   - an increment that runs past the end of a total it shares a day with, so
//     that part of it is in the total and part is not.
//
// A report of the same period and basis is an earlier revision, never an
// overlap; a report without a figure counts no days and overlaps nothing. Only
// Period, Basis and Missing are read.
func CheckOverlap(existing []Measurement, m Measurement) error {
	for _, other := range existing {
		if countsTwice(other, m) {
			return fault.Newf(fault.PeriodOverlap,
				"报告期 %[1]s（%[5]s）与已报的 %[3]s（%[6]s）有部分重叠，会重复计算",
				"the period %[1]s (%[2]s) overlaps part of %[3]s (%[4]s), reported already, and would be counted twice",
				m.Period, m.Basis, other.Period, other.Basis, m.Basis.Label().ZH, other.Basis.Label().ZH).At("/period")
		}
	}
	return nil
}

func countsTwice(a, b Measurement) bool {
	switch {
	case !a.IsFigure() || !b.IsFigure():
		return false
	case a.Basis == Total && b.Basis == Total:
		return false // the later total replaces the earlier one
	case a.Basis == Total:
		return runsPast(b.Period, a.Period.End())
	case b.Basis == Total:
		return runsPast(a.Period, b.Period.End())
	}
	return a.Period != b.Period && a.Period.Overlaps(b.Period)
}

// runsPast reports whether a period holds the day and goes on after it.
func runsPast(p Period, day Date) bool {
	return !p.Start().After(day) && p.End().After(day)
}
