package progress

import "github.com/indicator-tracker/tracker/internal/indicator"

// Rules is the version of the rules that results are computed by. A change of a rule, or
// of what the working says, adds a version; older ones are kept for answers given under
// them.
const Rules = 1

// byRules are the rules of every version that there ever was.
var byRules = map[int]func(indicator.Indicator, []indicator.Measurement, indicator.Date, Profile) Result{
	Rules: Compute,
}

// KnowsRules reports whether this program has the rules of a version.
func KnowsRules(version int) bool { return byRules[version] != nil }

// ComputeBy is Compute by the rules of a version, which this program must know.
func ComputeBy(rules int, in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Result {
	return byRules[rules](in, ms, on, p)
}
