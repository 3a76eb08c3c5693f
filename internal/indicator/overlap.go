package indicator

import "github.com/indicator-tracker/tracker/internal/fault"

// CheckOverlap refuses a measurement that could count the same days twice
// beside another report of the same indicator, with fault.PeriodOverlap at
// "/period" naming the other report:
//
//   - two increments whose periods share a day without being the same period;
//   - an increment that runs past the end of a total it shares a day with, so
//     that part of it is in the total and part is not.
//
// A report of the same period and basis is an earlier revision, never an
// overlap; a report without a figure counts no days and overlaps nothing. Only
// ID, Period, Basis and Missing are read.
func CheckOverlap(existing []Measurement, m Measurement) error {
	for _, other := range existing {
		if countsTwice(other, m) {
			return fault.Newf(fault.PeriodOverlap,
				"报告期 %[1]s（%[5]s）与已报的 %[3]s（%[6]s，实绩 %[7]d）有部分重叠，会重复计算；请改报与之不重叠的报告期，或先撤回该实绩",
				"the period %[1]s (%[2]s) overlaps part of %[3]s (%[4]s), which the measurement %[7]d reports, and would be counted twice; report a period that does not, or retract that measurement first",
				m.Period, m.Basis, other.Period, other.Basis, m.Basis.Label().ZH, other.Basis.Label().ZH, other.ID).At("/period").Of(other.ID)
		}
	}
	return nil
}

// CheckSameEnd refuses a total beside another total of the same indicator whose period
// is another and ends on the same day, with fault.PeriodOverlap at "/period": both say
// how much it was by that day, and one of them would be stored and not count. One
// without a figure says nothing of the kind. Only ID, Period, Basis and Missing are read.
// It is not for targets for each period, which is measured by itself.
func CheckSameEnd(existing []Measurement, m Measurement) error {
	if m.Basis != Total || !m.IsFigure() {
		return nil
	}
	for _, other := range existing {
		if other.Basis == Total && other.IsFigure() && other.Period != m.Period && other.Period.End() == m.Period.End() {
			return fault.Newf(fault.PeriodOverlap,
				"截至 %[4]s 的累计数已由实绩 %[3]d 以报告期 %[2]s 报送；更正请报 %[2]s，改用 %[1]s 请先撤回该实绩",
				"the total by %[4]s is reported by the measurement %[3]d already, for the period %[2]s; to correct it report %[2]s, to use %[1]s retract that measurement first",
				m.Period, other.Period, other.ID, m.Period.End()).At("/period").Of(other.ID)
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
