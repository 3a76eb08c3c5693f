package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Words of an aim of none that no figure states.
var (
	mustNot      = words("不发生 不出现 不得发生 不得出现")
	notToHappen  = words("不发生 不出现 不得发生 不得出现 杜绝 避免发生 防止发生")
	notHappening = words("不发生 不出现 不得发生 不得出现 杜绝发生 杜绝 避免发生 防止发生 无")
	zeroWords    = words("零发生 零事故 零死亡 零伤亡 零感染 零投诉 零上访 零差错 零事件 零火灾 零增长 零新增 零积压 零拖欠 动态清零 全部清零 清零 为零 保持零 归零")
)

// statesNone is the part of a clause without a number that says that a bad thing
// must not happen at all: 不发生较大以上事故, 火灾零发生.
func statesNone(text string) (span, bool) {
	if at, word := zeroWords.find(text); at >= 0 {
		if len(trimOpening(text[:at])) > 0 || strings.HasPrefix(word, "零") {
			return span{0, at + len(word)}, true
		}
	}
	at, word := notHappening.find(text)
	if at < 0 {
		return span{}, false
	}
	rest := strings.TrimSuffix(strings.TrimSuffix(text[at+len(word):], "的底线"), "底线")
	rest = strings.TrimSuffix(rest, "发生")
	if s := senseAtEnd(rest); rest == "" || !mustNot.has(word) && s != badEvent && s != badThing {
		return span{}, false
	}
	return span{at, len(text)}, true
}

// readNone warns of an aim of none in a clause without a number.
func (g *group) readNone(c span) {
	text := after(g.p.text[:c.end], c.start, window)
	part, ok := statesNone(text)
	if !ok || g.past || g.reviewing || g.frameAt(c.end) != "" || g.p.depth[c.start+part.end-1]&(inQuote|inBracket) != 0 || done.in(text) {
		return
	}
	g.notes = append(g.notes, note{span{c.start + part.start, c.start + part.end}, indicator.WarnNone})
}
