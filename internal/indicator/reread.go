package indicator

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// CheckReread refuses a change that would give what is reported already another
// meaning, with fault.IndicatorHasMeasurements; a report without a figure has none:
//
//   - at "/over" or "/kind", of totals, where the rate of a year or a level would be
//     taken for the growth since the base, or the other way round;
//   - at "/starts_on", of totals, which would count from another day than they did;
//   - at "/target/unit", of growth by years: rates compound, and changes in points add up.
//
// A unit of another dimension, into which figures that are reported cannot be converted, is
// refused with fault.UnitMismatch.
func CheckReread(before, after Indicator, reported []Measurement) error {
	if !before.Target.Accepts(after.Target.Unit) && slices.ContainsFunc(reported, Measurement.IsFigure) {
		return fault.Newf(fault.UnitMismatch,
			"单位“%s”与原单位“%s”量纲不同，已报实绩将无法换算；请先撤回实绩，改后重报",
			"the unit %s is of another dimension than %s, so reports could not be converted: retract them, make the change and report them again",
			after.Target.Unit, before.Target.Unit).At("/target/unit")
	}
	field, many := "", after.GrowsByYears()
	switch unit := before.Target.Unit; {
	case many && before.GrowsByYears() && unit.IsPoints() != after.Target.Unit.IsPoints():
		field = "/target/unit"
	case many != before.GrowsByYears() && before.Kind == after.Kind:
		field = "/over"
	case many != before.GrowsByYears():
		field = "/kind"
	case before.StartsOn != after.StartsOn && (many || after.Kind == Increment && before.Kind == Increment):
		field = "/starts_on"
	default:
		return nil
	}
	reread := func(m Measurement) bool {
		return m.IsFigure() && (field == "/target/unit" || m.Basis == Total &&
			(field != "/starts_on" || !m.Period.End().Before(after.StartsOn) && !m.Period.Start().After(after.TermEndsOn)))
	}
	if !slices.ContainsFunc(reported, reread) {
		return nil
	}
	return fault.Newf(fault.IndicatorHasMeasurements,
		"指标 %s 已有实绩，此项更改会改变其含义：请先撤回，改后按新的口径重报",
		"the indicator %s has measurements, which this would give another meaning: retract them, make the change and report them again", after.Code).At(field)
}
