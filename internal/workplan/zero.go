package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
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
	word := sensesOf.Prefix(rest)
	if s := sensesOf.Class(word); s != badEvent && s != badThing {
		return 0
	}
	return len("零") + len(word)
}

// statesNone is the part of a clause without a number that says that a bad thing
// must not happen at all: 不发生较大以上事故; firm says that it is an aim, and not
// only something to ward off.
func statesNone(text string) (part span, thing string, firm bool) {
	at, word := lexicon.NotHappening.Find(text)
	if at < 0 {
		return span{}, "", false
	}
	rest := strings.TrimSuffix(strings.TrimSuffix(text[at+len(word):], "的底线"), "底线")
	thing = strings.TrimSuffix(rest, "发生")
	if s := senseAtEnd(thing); thing == "" || !lexicon.MustNot.Has(word) && s != badEvent && s != badThing {
		return span{}, "", false
	}
	return span{at, len(text)}, thing, lexicon.MustNot.Has(word)
}

// warnOfNone warns of a bad thing that is warded off in a clause without a number.
func (g *group) warnOfNone(c span) {
	text := after(g.p.text[:c.end], c.start, window)
	part, _, firm := statesNone(text)
	if part.end == 0 || firm || g.past || g.reviewing || g.frameAt(c.end) != "" || g.p.depth[c.start+part.end-1]&(inQuote|inBracket) != 0 || lexicon.PastMarks.In(text) {
		return
	}
	g.notes = append(g.notes, note{span{c.start + part.start, c.start + part.end}, indicator.WarnNone})
}
