package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// noneAimAt reads an aim of none whose words begin at a byte of a clause: 零事故,
// 动态清零. The size is 0 where there is none.
func noneAimAt(text string, at int) (size int) {
	if word := lexicon.ZeroWords.Prefix(text[at:]); word != "" {
		return len(word)
	}
	rest, ok := strings.CutPrefix(text[at:], "零")
	if !ok {
		return 0
	}
	if word := lexicon.NoneThings.Prefix(rest); word != "" {
		return len("零") + len(word)
	}
	word := sensesOf.Prefix(rest)
	if s := sensesOf.Class(word); s != badEvent && s != badThing {
		return 0
	}
	return len("零") + len(word)
}

// statesNone is the part of a clause without a number that says that a bad thing
// must not happen at all: 不发生较大以上事故; firm says that it is an aim, and not
// only something to ward off.
func statesNone(text string) (part prose.Span, thing string, firm bool) {
	at, word := lexicon.NotHappening.Find(text)
	if at < 0 {
		return prose.Span{}, "", false
	}
	rest := strings.TrimSuffix(strings.TrimSuffix(text[at+len(word):], "的底线"), "底线")
	thing = strings.TrimSuffix(rest, "发生")
	if s := senseAtEnd(thing); thing == "" || !lexicon.MustNot.Has(word) && s != badEvent && s != badThing {
		return prose.Span{}, "", false
	}
	return prose.Span{Start: at, End: len(text)}, thing, lexicon.MustNot.Has(word)
}

// warnOfNone warns of a bad thing that is warded off in a clause without a number.
func (g *blockReader) warnOfNone(c prose.Span) {
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	part, _, firm := statesNone(text)
	if part.End == 0 || firm || g.past || g.reviewing || g.discourseAt(c.End) != "" || g.segment.Depth[c.Start+part.End-1]&(prose.InQuote|prose.InBracket) != 0 || saysPast(text) {
		return
	}
	g.notes = append(g.notes, note{prose.Span{Start: c.Start + part.Start, End: c.Start + part.End}, indicator.WarnNone})
}

// zeroAim reads 清零, 零事故 and 零增长 as 0.
func zeroAim(left, right string) aim {
	size := noneAimAt(right, 0)
	if size == 0 || strings.HasPrefix(right, "零") && numeral.Is(prose.LastRune(left)) {
		return aim{}
	}
	word, subject := right[:size], aimSubject(left)
	if lexicon.ZeroChanges.Has(word) {
		return aim{
			Span: prose.Span{Start: 0, End: size}, value: "0", unit: "%", class: quantity.ShareUnit, kind: indicator.Growth, compare: indicator.AtMost,
			better: indicator.Decrease, course: indicator.Hold, tail: strings.TrimPrefix(word, "零"), subject: subject,
		}
	}
	thing := strings.TrimPrefix(word, "零")
	if thing == word || thing == "发生" {
		thing = ""
	}
	if subject == "" && thing == "" && !strings.Contains(word, "清零") && !strings.HasPrefix(word, "零") {
		return aim{}
	}
	a := noneOf(joinThing(subject, thing))
	a.Span = prose.Span{Start: 0, End: size}
	if lexicon.NoneThings.Has(thing) {
		a.kind, a.unit, a.class, a.tail = indicator.Increment, "吨", quantity.MassUnit, "量"
	}
	return a
}

// firstAim reads 零的突破 as one at least.
func firstAim(left, right string) aim {
	word := lexicon.FirstOfKind.Prefix(right)
	if word == "" {
		return aim{}
	}
	subject := strings.TrimPrefix(aimSubject(left), "在")
	for _, side := range []string{"方面", "上", "领域"} {
		subject = strings.TrimSuffix(subject, side)
	}
	if subject == "" {
		return aim{}
	}
	a := noneOf(subject)
	a.Span, a.value, a.kind = prose.Span{Start: 0, End: len(word)}, "1", indicator.Increment
	a.compare, a.better, a.course = indicator.AtLeast, indicator.Increase, indicator.Accrue
	return a
}

// warnOfTurns warns of what is only to fall or to rise in a clause without a number.
func (g *blockReader) warnOfTurns(c prose.Span) {
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	at, word := lexicon.OnlyTurns.Find(text)
	if at < 0 || g.past || g.reviewing || g.discourseAt(c.End) != "" || saysPast(text) || !closes(text[at+len(word):]) {
		return
	}
	g.notes = append(g.notes, note{prose.Span{Start: c.Start + at, End: c.Start + at + len(word)}, indicator.WarnRelative})
}

// joinThing puts what is to be none after what it is about: 学校食品安全 and 事故.
func joinThing(subject, thing string) string {
	if strings.HasSuffix(subject, thing) {
		return subject
	}
	return subject + thing
}

// noneOf is the aim that there be none of a thing.
func noneOf(thing string) aim {
	a := aim{
		value: "0", unit: "个", class: quantity.CountUnit, kind: indicator.Cumulative, compare: indicator.Equal,
		better: indicator.Decrease, subject: thing,
	}
	if senseOfName(thing) == badEvent {
		a.kind, a.unit = indicator.Increment, "起"
	}
	if unit := unitOfThing[lexicon.CountedIn.Class(lexicon.CountedIn.Suffix(thing))]; unit != "" {
		a.unit = unit
	}
	if thing != "" && lexicon.QuantityNouns.Suffix(thing) == "" {
		a.tail = "数"
	}
	return a
}

// neverAim reads 不发生较大以上事故 as 0.
func neverAim(left, right string) aim {
	part, thing, firm := statesNone(right)
	if !firm || part.Start != 0 || strings.ContainsAny(thing, "、0123456789") && senseAtEnd(thing) == unsaid || lexicon.NotAim.Prefix(thing) != "" {
		return aim{}
	}
	field := strings.TrimRight(aimSubject(left), "内中")
	if lexicon.FieldNouns.Suffix(field) == "" {
		field = ""
	}
	a := noneOf(field + strings.TrimSuffix(trimOpening(thing), "的"))
	a.Span = prose.Span{Start: 0, End: part.End}
	return a
}
