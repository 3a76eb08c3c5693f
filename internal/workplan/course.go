package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// courseOf is how the words say that a target is held against time: words of
// keeping before words of reaching before what is measured, and "" where none
// says so. A share of every month (月探访率) is kept whatever the words.
func (f *candidate) courseOf() indicator.Course {
	switch {
	case f.kind == indicator.Increment:
		return ""
	case f.fillsYear() && !f.yearly: // 优良天数保持在310天 come day by day
		return indicator.Accrue
	case f.keeps():
		return indicator.Hold
	case f.kind == indicator.Growth:
		return ""
	}
	share := courseOfShare(f.subject)
	if share == indicator.Hold && f.everyPeriod() {
		return share
	}
	if lexicon.ReachVerbs.Suffix(f.towards(lexicon.ReachVerbs)) != "" || lexicon.ReachVerbs.Has(f.verb) || f.reachedBy() {
		return indicator.Accrue
	}
	if share == indicator.Hold && f.mention.baseline != nil { // it has a way to go
		return ""
	}
	return share
}

// reachedBy reports whether a share is that of those who reach something: 60%的
// 学校建成智慧校园.
func (f *candidate) reachedBy() bool {
	return f.kind == indicator.Ratio && f.nounAfter && lexicon.ReachVerbs.Prefix(f.name) != ""
}

// courseOfShare is what a share says by its name.
func courseOfShare(name string) indicator.Course {
	name = bareName(name)
	switch lexicon.Share.Class(lexicon.Share.Suffix(name)) {
	case "held":
		return indicator.Hold
	case "reached":
		return indicator.Accrue
	}
	return ""
}

// everyPeriod reports whether a share is one of every month or the like.
func (f *candidate) everyPeriod() bool {
	at, word := lexicon.PeriodPrefixes.FindLast(f.subject)
	if at < 0 {
		return lexicon.RoundIntervals.In(f.mention.head())
	}
	rest := []rune(f.subject[at+len(word):])
	return len(rest) > 1 && len(rest) <= 4 // 月探访率, 月度…
}

// keeps reports whether words of keeping lead to the number, or open its part.
func (f *candidate) keeps() bool {
	if lexicon.KeepVerbs.Suffix(f.towards(lexicon.KeepVerbs)) != "" {
		return true
	}
	lead := trimOpening(f.leadText())
	word := lexicon.KeepVerbs.Prefix(lead)
	return word != "" && word != lead
}

// towards is the text before the number without the words that compare, down to
// one of the words that are looked for.
func (f *candidate) towards(wanted lexicon.Words) string {
	left := trimPerHead(f.leadText())
	for wanted.Suffix(left) == "" {
		rest, compared := cutComparator(left)
		if compared == "" {
			rest = strings.TrimSuffix(left, lexicon.BetweenVerbAndNumber.Suffix(left))
		}
		if rest == left {
			return left
		}
		left = trimPerHead(rest)
	}
	return left
}
