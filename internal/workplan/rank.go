package workplan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// rankAim reads 前20名 and 第3位 as a rank of at most that, where a verb or the field
// of those ranked leads to it.
func rankAim(left, right string) aim {
	value, size := rankAt(left, right)
	if size == 0 {
		return aim{}
	}
	name, ok := rankName(left)
	if !ok {
		return aim{}
	}
	return aim{
		Span: prose.Span{Start: 0, End: size}, value: value, unit: "位", class: quantity.CountUnit, kind: indicator.Cumulative, compare: indicator.AtMost,
		better: indicator.Decrease, course: indicator.Hold, subject: name, tail: "排名",
	}
}

// rankAt is the place that a text begins with, and its length. Without a word such as
// 名 it only is one where the clause ends.
func rankAt(left, right string) (value string, size int) {
	if word := lexicon.TopPlaces.Prefix(right); word != "" {
		if lexicon.RankFields.Suffix(left) == "" && lexicon.FirmRankVerbs.Suffix(left) == "" {
			return "", 0
		}
		return "1", len(word)
	}
	opening := prose.FirstRune(right)
	if opening != '前' && opening != '第' {
		return "", 0
	}
	size = utf8.RuneLen(opening)
	number, n := placeNumber(right[size:])
	if n == 0 || prose.StartsDigit(right[size+n:]) {
		return "", 0
	}
	size += n
	unit := lexicon.RankUnits.Prefix(right[size:])
	size += len(unit)
	end := lexicon.RankEnds.Prefix(right[size:])
	if opening == '第' && end != "" && end != "以上" && end != "水平" {
		return "", 0
	}
	return strconv.FormatInt(number, 10), size + len(end)
}

// highestPlace is the last place that is read as a rank.
const highestPlace = 999

// placeNumber reads a place in digits or numerals.
func placeNumber(s string) (number int64, size int) {
	if value, n := prose.DigitsAt(s, 4); n > 0 {
		number, size = int64(value), n
	} else {
		size = numeral.Run(prose.After(s, 0, numeral.Longest))
		value, ok := numeral.Parse(s[:size])
		if !ok {
			return 0, 0
		}
		number = value
	}
	if number < 1 || number > highestPlace {
		return 0, 0
	}
	return number, size
}

// rankName is what is ranked and among whom: 群众满意度 and 全省 of
// 群众满意度进入全省. ok is false where nothing before the place says that it is held.
func rankName(left string) (name string, ok bool) {
	if lexicon.GrantOpeners.Prefix(left) != "" {
		return "", false
	}
	left = strings.TrimSuffix(left, lexicon.LeadingPlaces.Suffix(left))
	near := prose.Before(left, len(left), longestField)
	if at := strings.LastIndexAny(near, "、,"); at >= 0 {
		_, size := prose.RuneAt(near, at)
		near = near[at+size:]
	}
	at, verb := lexicon.RankVerbs.FindLast(near)
	for at >= 0 && !leadsToRank(verb, near[at+len(verb):]) {
		at, verb = lexicon.RankVerbs.FindLast(near[:at])
	}
	if at < 0 {
		return withScope(nounPart(left), near), lexicon.RankFields.Suffix(near) != ""
	}
	return rankSubject(left[:len(left)-len(near)+at], near[at+len(verb):]), true
}

// leadsToRank reports whether a verb leads to a rank with the words between them. One
// of a single character is part of many words (居民, 先进), and has to be followed by a
// field or the place.
func leadsToRank(verb, among string) bool {
	if among == "" || lexicon.RankFields.Prefix(among) != "" {
		return true
	}
	return utf8.RuneCountInString(verb) > 1 && (lexicon.RankFields.Suffix(among) != "" || !lexicon.ActionVerbs.In(among))
}

// longestField is the most bytes between the verb of a rank and the place.
const longestField = 75

func rankSubject(subject, among string) string {
	for word := lexicon.RankVerbs.Suffix(subject); word != "" && lexicon.RankNouns.Suffix(subject) == ""; word = lexicon.RankVerbs.Suffix(subject) {
		subject = strings.TrimSuffix(subject, word)
	}
	if word := lexicon.RankNouns.Suffix(subject); word != "" && word != subject {
		subject = strings.TrimSuffix(subject, word)
	}
	for _, from := range []string{"由第", "从第"} {
		subject, _, _ = strings.Cut(subject, from)
	}
	name := nounPart(strings.TrimRight(subject, "、的在")) + strings.Trim(among, "、的")
	return withScope(name, subject)
}

// withScope puts the territory that the words before a rank name into its name.
func withScope(name, words string) string {
	if lexicon.RankScopes.In(name) {
		return name
	}
	_, scope := lexicon.RankScopes.Find(words)
	return scope + strings.TrimSuffix(name, "中")
}

// rankedBefore is what the rank before one in a list is about: 营商环境 of 营商环境进入全国
// 前30名、全省前3名.
func (g *blockReader) rankedBefore(s *mention) string {
	n := len(g.proposals)
	if n == 0 || s.token.Unit != "位" {
		return ""
	}
	last := g.proposals[n-1].found
	if last.mention.clause != s.clause || last.mention.token.Unit != "位" {
		return ""
	}
	return strings.TrimSuffix(last.subject, lexicon.RankFields.Suffix(last.subject))
}
