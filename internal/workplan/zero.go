package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// statesNone is the part of a clause without a number that says that a bad thing
// must not happen at all: 不发生较大以上事故, 火灾零发生.
func statesNone(text string) (span, bool) {
	if at, word := lexicon.ZeroWords.Find(text); at >= 0 {
		if len(trimOpening(text[:at])) > 0 || strings.HasPrefix(word, "零") {
			return span{0, at + len(word)}, true
		}
	}
	at, word := lexicon.NotHappening.Find(text)
	if at < 0 {
		return span{}, false
	}
	rest := strings.TrimSuffix(strings.TrimSuffix(text[at+len(word):], "的底线"), "底线")
	rest = strings.TrimSuffix(rest, "发生")
	if s := senseAtEnd(rest); rest == "" || !lexicon.MustNot.Has(word) && s != badEvent && s != badThing {
		return span{}, false
	}
	return span{at, len(text)}, true
}

// readNone warns of an aim of none in a clause without a number.
func (g *group) readNone(c span) {
	text := after(g.p.text[:c.end], c.start, window)
	part, ok := statesNone(text)
	if !ok || g.past || g.reviewing || g.frameAt(c.end) != "" || g.p.depth[c.start+part.end-1]&(inQuote|inBracket) != 0 || lexicon.PastMarks.In(text) {
		return
	}
	g.notes = append(g.notes, note{span{c.start + part.start, c.start + part.end}, indicator.WarnNone})
}
