package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// firstAction is the first verb of the kind in s; the place is -1 if there is none.
func firstAction(s string) (at int, verb string) { return lexicon.ActionVerbs.Find(s) }

// changeBefore is the verb of change that stands right before a number, past
// the words that compare: 增长不低于8%. With 到, 至 or 为 a level follows instead.
func changeBefore(left string) string {
	if lexicon.ToLevelVerbs.Suffix(left) != "" {
		return ""
	}
	left = trimComparing(left)
	return lexicon.ChangeVerbs.Suffix(left)
}

// trimComparing drops what may stand between a verb and its number.
func trimComparing(left string) string {
	for {
		rest, compared := cutComparator(left)
		if word := lexicon.BetweenVerbAndNumber.Suffix(left); compared == "" && word != "" {
			rest = trimHedges(strings.TrimSuffix(left, word))
		}
		if rest == left {
			return left
		}
		left = rest
	}
}
