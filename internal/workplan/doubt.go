package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func (g *blockReader) settleOther(t *number.Token) {
	if g.segment.Depth[t.Start] == 0 && !g.past && !g.reviewing && g.discourseAt(t.Start) == "" {
		if code := g.doubtOf(t); code != "" {
			g.notes = append(g.notes, note{prose.Span{Start: t.Start, End: t.End}, code})
		}
	}
	g.settle(t, string(t.Class))
}

// doubtOf is the warning that a number leaves which is by its own form no quantity, "" for none.
func (g *blockReader) doubtOf(t *number.Token) indicator.WarningCode {
	left := prose.Before(g.segment.Text, t.Start, 60)
	switch {
	case t.Class == number.Vague && g.namesAim(t, left):
		return indicator.WarnVague
	case t.Class == number.Formula && g.isPair(t, left):
		return indicator.WarnPair
	case t.Class == number.Duration && holdsDuration(g.segment, t):
		return indicator.WarnConditions
	case t.Class == number.Fraction, t.Class == number.Formula && g.isQuotient(t):
		return indicator.WarnFraction
	case t.Class == number.Formula && (g.isProduct(t) || g.isBesideStroke(t)):
		return indicator.WarnExplained
	}
	return ""
}

// namesAim reports whether a number that is not given is what is aimed at: after a verb or a level,
// with or without a word that says that it is about that (带动数百家, 达上万人), or at the end of a
// clause that says what is done (改造小区几十个). Those of 千亩级基地 and 千家万户 are none.
func (g *blockReader) namesAim(t *number.Token, left string) bool {
	right := prose.After(g.segment.Text, t.End, 24)
	if prose.IsDigit(prose.LastRune(left)) { // 万千瓦 of 2×5万千瓦
		return false
	}
	if strings.HasPrefix(right, "级") || limits.Prefix(right) != "" || lexicon.Magnitudes.Prefix(right) != "" {
		return false
	}
	if lexicon.VagueChanges.Has(g.segment.Text[t.Start:t.End]) {
		return true
	}
	mark := lexicon.VagueMarks.Suffix(left)
	left = strings.TrimSuffix(left, mark)
	if mark != "" && !startsNoun(right) || actionBefore(left) || levels.Suffix(left) != "" || wordsBefore.Suffix(left) != "" {
		return true
	}
	clause := left[strings.LastIndexAny(left, ",;:。\n")+1:]
	return !startsNoun(right) && !endsVague(left) && lexicon.ActionVerbs.In(clause)
}

// endsVague reports whether a text ends in a number that is not given, so that a further one is part
// of a manner of speaking: 千家 of 千家万户.
func endsVague(text string) bool {
	unit := number.Units.Suffix(text)
	return unit != "" && lexicon.Magnitudes.Suffix(strings.TrimSuffix(text, unit)) != ""
}

// isPair reports whether figures are so many to one that are to be reached: after a level, or the name
// of a proportion: 师生比1:15.
func (g *block) isPair(t *number.Token, left string) bool {
	return strings.Contains(g.segment.Text[t.Start:t.End], ":") && (levels.Suffix(left) != "" || lexicon.PairNouns.Suffix(left) != "")
}

// isQuotient reports whether figures with a stroke between are held against
// what is reached, as a rate is: 控制在9/10万以内. Years before a stroke are dates.
func (g *block) isQuotient(t *number.Token) bool {
	over, _, ok := strings.Cut(g.segment.Text[t.Start:t.End], "/")
	if !ok || number.IsYearText(over) {
		return false
	}
	left := prose.Before(g.segment.Text, t.Start, 30)
	return levels.Suffix(left) != "" || wordsBefore.Suffix(left) != "" || changeBefore(left) != "" || wordsAfter.Prefix(prose.After(g.segment.Text, t.End, 12)) != ""
}

// isProduct reports whether figures are multiplied, and a unit after them says of what (2×5万千瓦); a
// time of each day or week is none: 7×24小时.
func (g *block) isProduct(t *number.Token) bool {
	if !strings.ContainsAny(g.segment.Text[t.Start:t.End], "×*") {
		return false
	}
	return g.isMeasured(t)
}

// isBesideStroke reports whether figures with a unit of their own tell in another measure what the
// number before a stroke tells: 50MW/100MWh, 15座/800延米.
func (g *block) isBesideStroke(t *number.Token) bool {
	left, stroke := strings.CutSuffix(prose.Before(g.segment.Text, t.Start, 6), "/")
	return stroke && left != "" && !prose.IsDigit(prose.LastRune(left)) && g.isMeasured(t)
}

// isMeasured reports whether a unit follows figures, and is none of time.
func (g *block) isMeasured(t *number.Token) bool {
	unit, class := number.UnitAt(prose.After(g.segment.Text, t.End, prose.Window))
	return unit != "" && class != quantity.TimeUnit
}
