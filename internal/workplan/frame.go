package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// frame is what a stretch of a paragraph does with its numbers: it tells of
// results, of what falls short, of what a word means. Within a frame no number
// is a target.
type frame string

const (
	pastFrame       frame = "past_result"
	shortfallFrame  frame = "shortfall"
	definitionFrame frame = "definition"
	reasonFrame     frame = "reason" // why a target was set as it is
	capacityFrame   frame = "project_capacity"
	conditionFrame  frame = "condition" // what happens in some event
)

// stance is the frame that holds at a place, and how far it reaches.
type stance struct {
	frame frame
	lasts bool // past the full stop, to the end of the paragraph
}

// change is a place where the frame changes.
type change struct {
	at int // byte of the passage
	stance
}

// openSentence ends a frame at the full stop or the paragraph that it does not
// reach across. A semicolon ends none.
func (g *group) openSentence(sentence span) {
	if sentence.start == 0 && g.before != nil {
		g.stance = g.before.stance
	}
	switch lastRune(before(g.p.text, sentence.start, 3)) {
	case ';':
	case '。', '!', '?':
		if !g.stance.lasts && lexicon.GoingOn.Prefix(g.p.text[sentence.start:]) == "" {
			g.stance = stance{}
		}
	default:
		if continues := g.stance.frame == pastFrame && g.stance.lasts && strings.HasPrefix(g.p.text[sentence.start:], "--"); !continues {
			g.stance = stance{}
		}
	}
}

// readFrames notes where in a clause the frame changes.
func (g *group) readFrames(sentence, c span, dates []*token) {
	g.changes = g.framesOpened(sentence, c, dates)
	text := after(g.p.text[:c.end], c.start, window)
	for _, at := range g.turns(c, text, dates) {
		g.standing = false
		g.changes = append(g.changes, change{at: c.start + at})
	}
	sortChanges(g.changes)
}

// framesOpened are the places of a clause where a frame begins.
func (g *group) framesOpened(sentence, c span, dates []*token) []change {
	var found []change
	text := after(g.p.text[:c.end], c.start, window)
	joined := text[skipJoining(text):]
	opens := strings.TrimLeft(before(g.p.text, sentence.start, 1), "\n") == "" && c.start == sentence.start
	note := func(at int, f frame, lasts bool) {
		found = append(found, change{c.start + at, stance{f, lasts}})
	}
	if skip := lookBack(text); skip >= 0 || g.headedByPast(c, dates) {
		note(max(skip, 0), pastFrame, opens || strings.HasPrefix(text[max(skip, 0):], "过去"))
	}
	if strings.HasSuffix(text, "说明") && opens && strings.HasPrefix(g.p.text[c.end:], ":") {
		note(0, pastFrame, true)
	}
	if lexicon.ProjectViews.Prefix(joined) != "" {
		note(0, capacityFrame, false)
	}
	if at, lasts := fallsShort(text); at >= 0 {
		note(at, shortfallFrame, lasts)
	}
	if at := defines(text); at >= 0 {
		note(at, definitionFrame, false)
	}
	if at, word := lexicon.ReasonWords.Find(text); at >= 0 && len(g.targets) > g.firstTarget {
		note(at+len(word), reasonFrame, false)
	}
	if lexicon.ConditionWords.Prefix(joined) != "" || lexicon.EmergencyPhases.In(text) {
		note(0, conditionFrame, false)
	}
	return found
}

func sortChanges(all []change) {
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].at < all[k-1].at; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

// frameAt is the frame that holds at a byte of the clause that was read last.
func (g *group) frameAt(at int) frame {
	held := g.stance
	for _, c := range g.changes {
		if c.at <= at {
			held = held.with(c.stance)
		}
	}
	return held.frame
}

// closeClause keeps the frame that a clause ends in.
func (g *group) closeClause() {
	for _, c := range g.changes {
		g.stance = g.stance.with(c.stance)
	}
	g.changes = g.changes[:0]
}

// with is the stance after a change: what a word means, why a target was set
// and what follows in an event are told to the end of the sentence.
func (s stance) with(next stance) stance {
	if next.frame == "" && (s.frame == definitionFrame || s.frame == reasonFrame || s.frame == conditionFrame) {
		return s
	}
	return next
}

func skipJoining(text string) int {
	skip := 0
	for word := lexicon.JoiningWords.Prefix(text); word != ""; word = lexicon.JoiningWords.Prefix(text[skip:]) {
		skip += len(word)
	}
	return skip
}

// lookBack is where in a clause the words stand that open a look back, or -1:
// 过去五年, 五年来, 近三年.
func lookBack(text string) int {
	skip := skipJoining(text)
	rest := text[skip:]
	if lexicon.PastOpeners.Prefix(rest) != "" {
		return skip
	}
	near, isNear := strings.CutPrefix(rest, "近")
	_, size := digitsAt(near, 2)
	if size == 0 {
		size = numeralRun(after(near, 0, 12))
	}
	tail := near[size:]
	if size == 0 && !isNear {
		return -1
	}
	tail = strings.TrimPrefix(tail, "多")
	if strings.HasPrefix(tail, "年来") || isNear && strings.HasPrefix(tail, "年") {
		return skip
	}
	return -1
}

// headedByPast reports whether a clause opens with a year or a term of years
// that was over before the plan began.
func (g *group) headedByPast(c span, dates []*token) bool {
	start := c.start + skipJoining(after(g.p.text[:c.end], c.start, window))
	for _, d := range dates {
		if (d.start != start && d.start != c.start) || leadsUpTo(g.p, d) {
			continue
		}
		return g.isOver(d, c)
	}
	return false
}

// isOver reports whether a stretch of time lies before the plan's term. In a
// text that does not give its term a year is over whose results are still
// reckoned: 2025年…预计达到.
func (g *group) isOver(d *token, c span) bool {
	if d.when.year == 0 {
		return d.when.shift < 0
	}
	if term := g.front.startsOn; !term.IsZero() {
		return d.when.end(d.when.year).Before(term)
	}
	return lexicon.ReckonedWords.In(g.p.text[d.end:c.end])
}

// turns are the places of a clause that turn to what is to come.
func (g *group) turns(c span, text string, dates []*token) []int {
	var found []int
	if at, _ := lexicon.TurnsToAim.Find(text); at >= 0 {
		found = append(found, at)
	}
	if opening := skipJoining(text); g.opensAim(text[opening:]) {
		found = append(found, opening)
	}
	if lexicon.PlanHeadings.Suffix(text) != "" && strings.HasPrefix(g.p.text[c.end:], ":") {
		found = append(found, 0)
	}
	for _, d := range dates {
		if d.start < c.start || d.end > c.end || d.when.year == 0 || g.front.startsOn.IsZero() {
			continue
		}
		if !d.when.end(d.when.year).Before(g.front.startsOn) {
			found = append(found, d.start-c.start)
		}
	}
	return found
}

// opensAim reports whether a clause opens with what is to come, or with what is to be
// done about a shortfall.
func (g *group) opensAim(text string) bool {
	if g.stance.frame == shortfallFrame && !g.stance.lasts && lexicon.FirmActionVerbs.Has(lexicon.ActionVerbs.Prefix(text)) {
		return true
	}
	word := lexicon.TurnOpeners.Prefix(text)
	rest := text[len(word):]
	if word == "到" {
		_, size := dateAt(rest)
		return size > 0 && !g.pastYear(rest)
	}
	return word != "" && !strings.HasPrefix(rest, "了")
}

// pastYear reports whether a text begins with a year before the plan's term.
func (g *group) pastYear(text string) bool {
	w, size := dateAt(text)
	return size > 0 && w.year != 0 && !g.front.startsOn.IsZero() && w.end(w.year).Before(g.front.startsOn)
}

// fallsShort is where a clause begins to tell of shortfalls, or -1; lasts
// says that the sentences after it go on with that.
func fallsShort(text string) (at int, lasts bool) {
	if at, word := lexicon.AdmissionVerbs.Find(text); at >= 0 {
		return at + len(word), true
	}
	if !tellsOfLack(text) || lexicon.RemedyVerbs.In(text) || !saysThatItIs(text) {
		return -1, false
	}
	return 0, false
}

// tellsOfLack reports whether a lack is named for itself. One that only says whom
// or what a noun is about is none: 困难学生, 问题楼盘; nor is one that compares a
// number: 不足3天.
func tellsOfLack(text string) bool {
	for rest := text; ; {
		at, word := lexicon.LackNouns.Find(rest)
		if at < 0 {
			return false
		}
		rest = rest[at+len(word):]
		compares := wordsBefore.Has(word) && startsCount(rest)
		if !compares && lexicon.LackBearers.Prefix(rest) == "" && !isActedOn(text, rest) {
			return true
		}
	}
}

// isActedOn reports whether a clause opens with a verb, and what it says of a lack
// only tells the object of the verb: 治理问题较突出的河道.
func isActedOn(text, rest string) bool {
	if at, word := lexicon.LackStates.Find(rest); at == 0 {
		rest = rest[len(word):]
		if more, next := lexicon.LackStates.Find(rest); more == 0 {
			rest = rest[len(next):]
		}
	}
	return strings.HasPrefix(rest, "的") && lexicon.ActionVerbs.Prefix(trimOpening(text)) != ""
}

// saysThatItIs reports whether a clause says that a lack is still there. 不少于
// and 较上年 compare, and say nothing of the kind.
func saysThatItIs(text string) bool {
	for rest := text; ; {
		at, word := lexicon.LackStates.Find(rest)
		if at < 0 {
			return false
		}
		rest = rest[at+len(word):]
		if strings.HasPrefix(rest, "于") || word == "较" && measuredFrom(rest) {
			continue
		}
		return true
	}
}

// measuredFrom reports whether 较 holds a change against a time before.
func measuredFrom(rest string) bool {
	_, size := dateAt(rest)
	return size > 0 || strings.HasPrefix(rest, "同期") || strings.HasPrefix(rest, "基期")
}

// defines is where a clause begins to say what a word means, or -1.
func defines(text string) int {
	if at, _ := lexicon.DefinitionWords.Find(text); at >= 0 {
		return at
	}
	if skip := skipJoining(text); strings.HasPrefix(text[skip:], "指") && lexicon.NotDefinition.Prefix(text[skip:]) == "" {
		return skip
	}
	return -1
}
