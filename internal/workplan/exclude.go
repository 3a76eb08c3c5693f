package workplan

import (
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// exclusion is a rule that tells a number that is no target.
type exclusion struct {
	reason  string
	applies func(*mention) bool
	// code is the warning that the number leaves; empty for what is no number of the
	// plan: part of a name, a count of the text, or what a target starts from.
	code indicator.WarningCode
}

// pastResult is the reason of numbers that tell what was reached.
const pastResult = string(pastDiscourse)

// exclusions are asked in order; the first that applies gives the reason.
var exclusions = []exclusion{
	{"name", isQuotedFigure, indicator.WarnExplained},
	{"name", inName, ""},
	{"name", isDenominator, ""},
	{"row_number", isRowNumber, ""},
	{"arrow", isBesideArrow, indicator.WarnExplained},
	{"factor", isFactor, indicator.WarnExplained},
	{"broken", isBrokenFigure, indicator.WarnValue},
	{"amendment", tellsAmendment, indicator.WarnExplained},
	{"aside", inAside, indicator.WarnExplained},
	{"rating", isRating, ""},
	{"structure", isStructure, ""},
	{"baseline", isBaseline, ""},
	{"age", isAge, ""},
	{"cell", isLoneCell, indicator.WarnTable},
	{"threshold", isThreshold, indicator.WarnConditions},
	{"share_of", isOfShare, indicator.WarnConditions},
	{"policy", isPolicy, indicator.WarnConditions},
	{pastResult, isPast, indicator.WarnExisting},
	{"shortfall", isShortfall, indicator.WarnShortfall},
	{"process", isProcess, indicator.WarnConditions},
	{"scope", isScope, indicator.WarnExisting},
	{"project_capacity", isCapacity, indicator.WarnExplained},
	{"existing_count", countsNames, indicator.WarnExisting},
	{"existing_count", isUpkeep, indicator.WarnExisting},
	{"qualifier", isQualifier, indicator.WarnConditions},
	{"rhetoric", isRhetoric, ""},
}

// excluded is the rule by which a number is no target; its reason is "" for none.
func excluded(s *mention) exclusion {
	for _, e := range exclusions {
		if e.applies(s) {
			return e
		}
	}
	return exclusion{}
}

// nearby is the most bytes between two numbers that are left out alike for them to
// be one warning.
const nearby = 120

// leaveOut warns of a number that its own words set aside. Those close to each other, with
// no target between, are one warning.
func (g *blockReader) leaveOut(s *mention, code indicator.WarningCode) {
	if n := len(g.notes); n > 0 && g.notes[n-1].code == code && g.asideUntil == len(g.targets) && s.token.Start-g.notes[n-1].End < nearby {
		g.notes[n-1].End = s.token.End
		return
	}
	g.asideUntil = len(g.targets)
	g.notes = append(g.notes, note{prose.Span{Start: s.token.Start, End: s.token.End}, code})
}
