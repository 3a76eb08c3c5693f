package workplan

// exclusion is a rule that tells a number that is no target.
type exclusion struct {
	reason  string
	applies func(*mention) bool
}

// pastResult is the reason of numbers that tell what was reached.
const pastResult = string(pastDiscourse)

// exclusions are asked in order; the first that applies gives the reason.
var exclusions = []exclusion{
	{"name", inName},
	{"aside", inAside},
	{"rating", isRating},
	{"structure", isStructure},
	{"baseline", isBaseline},
	{"age", isAge},
	{"threshold", isThreshold},
	{"policy", isPolicy},
	{pastResult, isPast},
	{"shortfall", isShortfall},
	{"process", isProcess},
	{"scope", isScope},
	{"project_capacity", isCapacity},
	{"existing_count", countsNames},
	{"existing_count", isUpkeep},
	{"qualifier", isQualifier},
	{"rhetoric", isRhetoric},
}

// excluded is the reason why a number is no target, or "".
func excluded(s *mention) string {
	for _, e := range exclusions {
		if e.applies(s) {
			return e.reason
		}
	}
	return ""
}
