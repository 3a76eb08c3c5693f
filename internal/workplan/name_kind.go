package workplan

import "github.com/indicator-tracker/tracker/internal/indicator"

// unitClassIn is the class of a unit that stands alone.
func unitClassIn(unit string) unitClass {
	word, class := unitAt(unit)
	if word != unit {
		return otherUnit
	}
	return class
}

// kindOfName says how reports of an indicator add up, by its name alone.
func kindOfName(name string, class unitClass) indicator.Kind {
	switch {
	case class == shareUnit && (speeds.suffix(name) != "" || growthVerbs.suffix(name) != ""):
		return indicator.Growth
	case class == shareUnit || perEach.in(name) || rates.suffix(name) != "":
		return indicator.Ratio
	case totals.in(name):
		return indicator.Cumulative
	case deeds.prefix(name) != "":
		return indicator.Increment
	}
	return indicator.Cumulative
}
