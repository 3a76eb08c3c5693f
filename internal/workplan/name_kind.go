package workplan

import (
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
)

// unitClassIn is the class of a unit that stands alone.
func unitClassIn(unit string) quantity.Class {
	word, class := number.UnitAt(unit)
	if word != unit {
		return quantity.OtherUnit
	}
	return class
}

// kindOfName says how reports of an indicator add up, by its name alone.
func kindOfName(name string, class quantity.Class) indicator.Kind {
	switch {
	case class == quantity.ShareUnit && (lexicon.ChangeNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != ""):
		return indicator.Growth
	case class == quantity.ShareUnit || lexicon.PerHeadOpeners.In(name) || lexicon.RateNouns.Suffix(name) != "":
		return indicator.Ratio
	case lexicon.TotalNouns.In(name):
		return indicator.Cumulative
	case lexicon.ActionVerbs.Prefix(name) != "":
		return indicator.Increment
	}
	return indicator.Cumulative
}
