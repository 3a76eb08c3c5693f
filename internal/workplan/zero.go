package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
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
func (g *block) warnOfNone(c prose.Span) {
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	part, _, firm := statesNone(text)
	if part.End == 0 || firm || g.past || g.reviewing || g.discourseAt(c.End) != "" || g.segment.Depth[c.Start+part.End-1]&(prose.InQuote|prose.InBracket) != 0 || lexicon.PastMarks.In(text) {
		return
	}
	g.notes = append(g.notes, note{prose.Span{Start: c.Start + part.Start, End: c.Start + part.End}, indicator.WarnNone})
}
