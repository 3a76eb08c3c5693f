package workplan

import (
	"slices"
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// discourse is what a stretch of a paragraph does with its numbers: it tells of
// results, of what falls short, of what a word means. Within a discourse no number
// is a target.
type discourse string

const (
	pastDiscourse       discourse = "past_result"
	shortfallDiscourse  discourse = "shortfall"
	definitionDiscourse discourse = "definition"
	reasonDiscourse     discourse = "reason" // why a target was set as it is
	capacityDiscourse   discourse = "project_capacity"
	conditionDiscourse  discourse = "condition" // what happens in some event
)

// stretch is the discourse that holds at a place, and how far it reaches.
type stretch struct {
	discourse discourse
	lasts     bool // past the full stop, to the end of the paragraph
}

// change is a place where the discourse changes.
type change struct {
	at int // byte of the segment
	stretch
	held stretch // from here on, with the changes before it
}

// telling is what the sentences so far tell, and what the clause that is read turns to.
type telling struct {
	reviewing bool     // under a line that says the next ones look back
	standing  bool     // the sentence has told of what there is
	holds     stretch  // discourse at the end of the clause before
	changes   []change // of the discourse, in the clause that is read
}

// openSentence ends a discourse at the full stop or the paragraph that it does not
// reach across. A semicolon ends none.
func (g *blockReader) openSentence(sentence prose.Span) {
	switch prose.LastRune(prose.Before(g.segment.Text, sentence.Start, 3)) {
	case ';':
	case '。', '!', '?':
		if !g.holds.lasts && lexicon.GoingOn.Prefix(g.segment.Text[sentence.Start:]) == "" {
			g.holds = stretch{}
		}
	default:
		if continues := g.holds.discourse == pastDiscourse && g.holds.lasts && strings.HasPrefix(g.segment.Text[sentence.Start:], "--"); !continues {
			g.holds = stretch{}
		}
	}
}

// readDiscourse notes where in a clause the discourse changes.
func (g *blockReader) readDiscourse(sentence, c prose.Span, dates []*number.Token) {
	g.changes = g.framesOpened(sentence, c, dates)
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	for _, at := range g.turns(c, text, dates) {
		g.standing = false
		g.changes = append(g.changes, change{at: c.Start + at})
	}
	slices.SortStableFunc(g.changes, func(a, b change) int { return a.at - b.at })
	held := g.holds
	for i := range g.changes {
		held = held.with(g.changes[i].stretch)
		g.changes[i].held = held
	}
}

// framesOpened are the places of a clause where a discourse begins.
func (g *blockReader) framesOpened(sentence, c prose.Span, dates []*number.Token) []change {
	var found []change
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	joined := text[skipJoining(text):]
	opens := strings.TrimLeft(prose.Before(g.segment.Text, sentence.Start, 1), "\n") == "" && c.Start == sentence.Start
	note := func(at int, f discourse, lasts bool) {
		found = append(found, change{at: c.Start + at, stretch: stretch{f, lasts}})
	}
	if skip := lookBack(text); skip >= 0 || g.headedByPast(c, dates) {
		note(max(skip, 0), pastDiscourse, opens || strings.HasPrefix(text[max(skip, 0):], "过去"))
	}
	if told := noteOpened(text, g.segment.Text[c.End:]); opens && told != "" {
		note(0, told, true)
	}
	if lexicon.ProjectViews.Prefix(joined) != "" {
		note(0, capacityDiscourse, false)
	}
	if at, lasts := fallsShort(text); at >= 0 {
		note(at, shortfallDiscourse, lasts)
	}
	if at := defines(text); at >= 0 {
		note(at, definitionDiscourse, false)
	}
	if at, word := lexicon.ReasonWords.Find(text); at >= 0 && len(g.targets) > g.firstTarget {
		note(at+len(word), reasonDiscourse, false)
	}
	if lexicon.ConditionWords.Prefix(joined) != "" || lexicon.EmergencyPhases.In(text) {
		note(0, conditionDiscourse, false)
	}
	return found
}

// noteOpened is what a note does with its numbers that the first clause of a line, with what follows
// it, opens: 注:, [1], 情况说明:. It is "" where that opens none.
func noteOpened(text, follows string) discourse {
	if strings.HasPrefix(follows, ":") {
		switch {
		case lexicon.NoteOpenings.Has(text):
			return definitionDiscourse
		case strings.HasSuffix(text, "说明"):
			return pastDiscourse
		}
	}
	rest, ok := strings.CutPrefix(text, "[")
	if _, size := prose.DigitsAt(rest, 2); ok && size > 0 && strings.HasPrefix(rest[size:], "]") {
		return definitionDiscourse
	}
	return ""
}

// wholeYear are words for a year without its number: 年底, 全年.
var wholeYear = lexicon.PartOfYear.Of("whole")

// discourseAt is the discourse that holds at a byte of the clause that was read last.
func (g *blockReader) discourseAt(at int) discourse {
	if n := sort.Search(len(g.changes), func(i int) bool { return g.changes[i].at > at }); n > 0 {
		return g.changes[n-1].held.discourse
	}
	return g.holds.discourse
}

// closeClause keeps the discourse that a clause ends in.
func (g *blockReader) closeClause() {
	if n := len(g.changes); n > 0 {
		g.holds = g.changes[n-1].held
	}
	g.changes = g.changes[:0]
}

// with is the stretch after a change: what a word means, why a target was set
// and what follows in an event are told to the end of the sentence.
func (s stretch) with(next stretch) stretch {
	if next.discourse == "" && (s.discourse == definitionDiscourse || s.discourse == reasonDiscourse || s.discourse == conditionDiscourse) {
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
	_, size := prose.DigitsAt(near, 2)
	if size == 0 {
		size = numeral.Run(prose.After(near, 0, 12))
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
func (g *block) headedByPast(c prose.Span, dates []*number.Token) bool {
	start := c.Start + skipJoining(prose.After(g.segment.Text[:c.End], c.Start, prose.Window))
	for _, d := range dates {
		if (d.Start != start && d.Start != c.Start) || number.LeadsUpTo(g.segment, d) && (g.front.Guessed || !g.endsYear(d)) {
			continue
		}
		return g.isOver(d, c)
	}
	return false
}

// endsYear reports whether a date is the end of a time, and not what leads up to it: 2023年底,
// but not 2023年底前 nor 到2023年底.
func (g *block) endsYear(d *number.Token) bool {
	left := prose.Before(g.segment.Text, d.Start, 3)
	return strings.ContainsAny(string(prose.LastRune(g.segment.Text[d.Start:d.End])), "底末") && left != "到" && left != "至"
}

// isOver reports whether a stretch of time lies before the plan's term. In a
// text that does not give its term a year is over whose results are still
// reckoned: 2025年…预计达到.
func (g *block) isOver(d *number.Token, c prose.Span) bool {
	if d.When.Year == 0 {
		return d.When.Shift < 0
	}
	if term := g.front.StartsOn; !term.IsZero() {
		return d.When.End(d.When.Year).Before(term)
	}
	return lexicon.ReckonedWords.In(g.segment.Text[d.End:c.End])
}

// turns are the places of a clause that turn to what is to come.
func (g *blockReader) turns(c prose.Span, text string, dates []*number.Token) []int {
	var found []int
	if at, _ := lexicon.TurnsToAim.Find(text); at >= 0 {
		found = append(found, at)
	}
	if opening := skipJoining(text); g.opensAim(text[opening:]) {
		found = append(found, opening)
	}
	if lexicon.PlanHeadings.Suffix(text) != "" && strings.HasPrefix(g.segment.Text[c.End:], ":") {
		found = append(found, 0)
	}
	for _, d := range dates {
		if d.Start < c.Start || d.End > c.End || g.front.StartsOn.IsZero() {
			continue
		}
		if d.When.Year == 0 {
			if word := g.segment.Text[d.Start:d.End]; wholeYear.Prefix(word) != "" && strings.HasSuffix(word, "前") { // 年底前
				found = append(found, d.Start-c.Start)
			}
			continue
		}
		if !d.When.End(d.When.Year).Before(g.front.StartsOn) {
			found = append(found, d.Start-c.Start)
		}
	}
	return found
}

// opensAim reports whether a clause opens with what is to come, or with what is to be
// done about a shortfall.
func (g *blockReader) opensAim(text string) bool {
	if g.holds.discourse == shortfallDiscourse && !g.holds.lasts && lexicon.FirmActionVerbs.Has(lexicon.ActionVerbs.Prefix(text)) {
		return true
	}
	word := lexicon.TurnOpeners.Prefix(text)
	rest := text[len(word):]
	if word == "到" {
		_, size := calendar.At(rest)
		return size > 0 && !g.pastYear(rest)
	}
	return word != "" && !strings.HasPrefix(rest, "了")
}

// pastYear reports whether a text begins with a year before the plan's term.
func (g *block) pastYear(text string) bool {
	w, size := calendar.At(text)
	return size > 0 && w.Year != 0 && !g.front.StartsOn.IsZero() && w.End(w.Year).Before(g.front.StartsOn)
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
	_, size := calendar.At(rest)
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
