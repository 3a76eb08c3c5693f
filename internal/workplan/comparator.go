package workplan

import (
	"cmp"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Words next to a number that compare with it. One before it that says less says
// at least after a negation, and one that says more at most: 不得低于, 不宜超过.
var (
	wordsBefore  = withNegations(lexicon.As[indicator.Comparator](lexicon.BeforeNumber))
	wordsAfter   = lexicon.As[indicator.Comparator](lexicon.AfterNumber)
	atLeastAfter = wordsAfter.Of(indicator.AtLeast)
	atMostAfter  = wordsAfter.Of(indicator.AtMost)
	floors       = wordsBefore.Of(indicator.AtLeast)
	// levels lead to the number a thing stands at.
	levels = lexicon.LevelVerbs.Or(wordsBefore.Words)
)

// withNegations adds what a negation before a word makes of it: 不得低于 says at least.
func withNegations(words lexicon.Classes[indicator.Comparator]) lexicon.Classes[indicator.Comparator] {
	return lexicon.Classify(map[indicator.Comparator]lexicon.Words{
		indicator.AtLeast:  words.Of(indicator.AtLeast).Or(words.Of(indicator.LessThan).After(lexicon.ComparatorNegations)),
		indicator.AtMost:   words.Of(indicator.AtMost).Or(words.Of(indicator.MoreThan).After(lexicon.ComparatorNegations)),
		indicator.MoreThan: words.Of(indicator.MoreThan), indicator.LessThan: words.Of(indicator.LessThan), indicator.About: words.Of(indicator.About),
	})
}

// cutComparator parts the text before a number from the phrase at its end that
// compares the number: the word that does, what each person gets after it, and the
// words before it that only soften or stress it. Of 用水量原则上不得低于每人每年 it
// leaves 用水量, and the word is 不得低于. Without any the text is left as it is.
func cutComparator(left string) (rest, word string) {
	bare := trimPerHead(left)
	if word = wordsBefore.Suffix(bare); word == "" || len(lexicon.HedgeLike.Suffix(bare)) > len(word) {
		return left, ""
	}
	return trimHedges(strings.TrimSuffix(bare, word)), word
}

// trimHedges drops the words at the end of a text that soften or stress what follows.
func trimHedges(text string) string {
	for {
		hedge := lexicon.Hedges.Suffix(text)
		if hedge == "" || len(lexicon.HedgeLike.Suffix(text)) > len(hedge) {
			return text
		}
		text = strings.TrimSuffix(text, hedge)
	}
}

// comparison is how a number is held against what is reached, and the words
// that say so.
type comparison struct {
	comparator    indicator.Comparator
	before, after string
}

// compare reads the words next to a number. A word after the number says more
// than one before it: 达到5家以上, 控制在5%左右.
func compare(left, right string, t *number.Token) comparison {
	c := comparison{comparator: indicator.Equal}
	c.after = wordsAfter.Prefix(right)
	if rest, within := strings.CutPrefix(right, "内"); within && c.after == "" && (t.UnitClass == quantity.TimeUnit || isBroughtWithin(left, rest, t) || holdsWithin(left, rest, t)) {
		c.after = "内"
	}
	_, c.before = cutComparator(strings.TrimSuffix(left, "了"))
	if floor := floors.Suffix(strings.TrimSuffix(left, "有")); floor != "" { // 至少有1名
		c.before = floor
	}
	switch {
	case t.IsRange():
	case c.after == "内":
		c.comparator = indicator.AtMost
	case c.after != "":
		c.comparator = wordsAfter.Class(c.after)
	case t.More:
		c.comparator = indicator.AtLeast
	case c.before != "":
		c.comparator = wordsBefore.Class(c.before)
	case leastOf(left):
		c.comparator = indicator.AtLeast
	case t.UnitClass == quantity.ShareUnit:
		c.comparator = cmp.Or(comparedMultiple(left), c.comparator)
	}
	return c
}

// holdsWithin reports whether 内 after a number ends a clause that holds a thing in it: 控制债务在10亿元内,
// and not in a place of that size, as 3公里内.
func holdsWithin(left, rest string, t *number.Token) bool {
	return strings.HasSuffix(left, "在") && t.UnitClass != quantity.LengthUnit && !startsNoun(rest)
}

// isBroughtWithin reports whether 内 after days ends a clause in which something is brought down to them:
// 压缩至15天内.
func isBroughtWithin(left, rest string, t *number.Token) bool {
	return t.Unit == "天" && lexicon.TimeTargetVerbs.Suffix(left) != "" && !startsNoun(rest)
}

// comparedMultiple is the comparison of a multiple with what it is one of, "" where
// none stands there: 不低于低保标准的1.3倍.
func comparedMultiple(left string) indicator.Comparator {
	multiple, tied := strings.CutSuffix(left, "的")
	if !tied {
		return ""
	}
	_, word := wordsBefore.FindLast(prose.Before(multiple, len(multiple), 30))
	if c := wordsBefore.Class(word); c != indicator.About {
		return c
	}
	return ""
}

// leastOf reports whether a floor stands before the verb of the number:
// 至少建成1个.
func leastOf(left string) bool {
	verb := lexicon.ActionVerbs.Suffix(left)
	if verb != "" && floors.Suffix(strings.TrimSuffix(left, verb)) != "" {
		return true
	}
	if at, word := floors.FindLast(left); at >= 0 {
		if done := left[at+len(word):]; lexicon.ActionVerbs.Prefix(done) != "" && !prose.HasDigit(done) && !strings.ContainsAny(done, "、,和及") && levels.Suffix(done) == "" {
			return true
		}
	}
	at, word := floors.FindLast(prose.Before(left, len(left), longestAction))
	tail := prose.Before(left, len(left), longestAction)
	return at >= 0 && len(tail)-at-len(word) == len("设置") && !strings.ContainsAny(tail[at:], "、,") && !prose.HasDigit(tail[at:])
}

// longestAction is the most bytes of a floor and an unlisted verb of two
// characters after it: 至少设置1所.
const longestAction = 18

func trimPerHead(left string) string {
	return strings.TrimSuffix(left, lexicon.BetweenComparatorAndLevel.Suffix(left))
}
