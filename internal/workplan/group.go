package workplan

import (
	"slices"
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// group is a stretch of text that is read as one: a task, or the text of a
// section before its first task.
type group struct {
	front      *front
	number     string // of the task
	section    int
	title      string
	passed     *site  // last number of the sentence that is no target
	topic      string // what the sentences are about: 石化产业
	p          *passage
	statements []statement
	outer      []statement // of the heading above, when the task has none
	past       bool        // the text reports on what was done
	headed     *token      // date that the heading names
	ofTable    bool        // it is a row of a table, read as words
	sheet      *sheet      // the table whose cells are read, else nil
	natures    *natures    // what the text says of which indicators bind
	optional   bool        // no task unless it sets a target

	reviewing   bool     // under a line that says the next ones look back
	standing    bool     // the sentence has told of what there is
	before      *group   // the paragraph before, in a text without numbers
	stance      stance   // frame at the end of the clause before
	changes     []change // of the frame, in the clause that is read
	carried     *token   // date that an introduction sets for what follows it
	carriedList []*token // the list it stands in
	opened      bool     // by a line that ends in a colon
	striving    bool     // the introduction hopes for what follows

	targets   []*found
	proposals []proposal      // aims that no figure states
	kept      map[string]bool // names and days of these and of the steps
	steps     []step
	dated     stepFrame // what the sentence has said of its steps so far
	dueOfAll  *token    // date that the item has as a whole, nil for none

	firstTarget int // of the sentence
	complete    int // targets before this one have met a clause that dates them all
	verdicts    []verdict
	notes       []note
	parts       []*found   // shares that a table hands out to places
	cellNotes   []cellNote // warnings about cells of a table
	asideUntil  int        // targets before the stretch that was set aside last
	work        int        // bytes looked at, to see that work grows with the text
}

// verdict says what became of a number.
type verdict struct {
	start, end int // code points
	reason     string
}

// note is a warning before it has its line.
type note struct {
	span
	code indicator.WarningCode
}

const isTarget = "target"

// read finds the targets of the group, as long as it is to go on.
func (g *group) read(goesOn func() bool) {
	figures := tokens(g.p.text)
	g.work += len(g.p.text)
	next := 0
	for _, sentence := range sentences(g.p, placesOf(g.statements)) {
		if !goesOn() {
			return
		}
		for next < len(figures) && figures[next].start < sentence.start {
			g.settle(&figures[next], "agency")
			next++
		}
		first := next
		for next < len(figures) && figures[next].start < sentence.end {
			next++
		}
		g.readSentence(sentence, figures[first:next])
	}
	for next < len(figures) {
		g.settle(&figures[next], "agency")
		next++
	}
	distinct(g.targets)
	distinctFrom(g.targets, g.proposals)
}

func (g *group) readSentence(sentence span, figures []token) {
	dates := datesOf(g.p, sentence, figures)
	if g.isTitleLine(sentence) {
		g.reviewing = g.looksBack(g.p.text[sentence.start:sentence.end], dates)
	}
	g.readTopic(sentence)
	g.openSentence(sentence)
	g.passed, g.standing = nil, false
	g.continueDate(sentence)
	var previous *site
	reach := dates // those that may date the sentence's targets
	if last := g.listedBefore(sentence, figures); last != nil {
		previous, reach = last.site, append(slices.Clone(last.dates), dates...)
	}
	g.firstTarget, g.dated = len(g.targets), stepFrame{}
	parts := clauses(g.p, sentence, places(figures))
	k := 0
	for _, c := range parts {
		from := k
		for k < len(figures) && figures[k].start < c.end {
			k++
		}
		previous = g.readClause(sentence, c, figures[from:k], reach, previous)
	}
	for k < len(figures) {
		g.settle(&figures[k], "outside")
		k++
	}
	g.readCompletions(parts, dates, g.firstTarget)
	g.carry(sentence, dates)
}

// listedBefore is the target whose list goes on after a semicolon, nil where the
// sentence says anything of its own before its number: 建成泵站2座;水闸5座.
func (g *group) listedBefore(sentence span, figures []token) *found {
	if len(figures) == 0 || len(g.targets) == g.firstTarget || len(g.targets) == 0 || !strings.HasSuffix(g.p.text[:sentence.start], ";") {
		return nil
	}
	last, first := g.targets[len(g.targets)-1], &figures[0]
	if last.site.clause.end+len(";") != sentence.start || last.verb == "" && last.head == "" && !endsInDeed(last.subject) {
		return nil
	}
	if first.class != quantityClass || first.unit == "" || first.unitClass == quantity.ShareUnit || first.unitClass == quantity.MoneyUnit {
		return nil
	}
	if lead := g.p.text[sentence.start:first.start]; len(lead) > longestListed || !isBareThing(lead) {
		return nil
	}
	return last
}

// isBareThing reports whether the words before a number only name a thing: without a
// verb, a sign, and anything that says what is measured of it.
func isBareThing(lead string) bool {
	if !startsNoun(lead) || strings.ContainsAny(lead, ",:()") || senseOfName(lead) == badEvent {
		return false
	}
	if lexicon.ActionVerbs.In(lead) || levels.Suffix(lead) != "" || saysLevel(lead) || changeBefore(lead) != "" {
		return false
	}
	return lexicon.AmountNouns.Suffix(lead) == "" && lexicon.RateNouns.Suffix(lead) == "" && !lexicon.TotalNouns.In(lead) && !lexicon.StockNouns.In(lead)
}

// readClause reads one clause and returns its last target, or the one before.
func (g *group) readClause(sentence, c span, figures []token, dates []*token, previous *site) *site {
	g.readFrames(sentence, c, dates)
	defer g.closeClause()
	sites := g.takeCandidates(sentence, c, figures, dates, previous)
	for _, s := range sites {
		g.work += len(s.head()) + len(s.tail())
		f := newFound(g, s, dates)
		g.targets = append(g.targets, f)
		g.settle(s.token, isTarget)
		previous = s
	}
	if len(sites) == 0 {
		g.readRelative(sentence, c, dates, previous)
	}
	g.readImplied(sentence, c, dates, sites, previous)
	g.readSteps(sentence, c, dates, sites)
	return previous
}

// takeCandidates returns the numbers of a clause that may be targets, and settles the
// others.
func (g *group) takeCandidates(sentence, c span, figures []token, dates []*token, previous *site) []*site {
	var sites []*site
	var baselines []*token
	quantities := countQuantities(figures)
	seen := 0
	for i := range figures {
		t := &figures[i]
		if !isQuantity(g.p, t) {
			g.settleOther(t)
			continue
		}
		seen++
		s := newSite(site{
			p: g.p, token: t, sentence: sentence, clause: g.around(t, c), group: g, later: seen < quantities,
			dates: dates, previous: previous, passed: g.passed,
		})
		switch reason := g.judge(s); reason {
		case "":
			sites, previous = append(sites, s), s
		case "baseline":
			baselines = append(baselines, t)
			g.settle(t, reason)
			g.passed = s
		default:
			g.settle(t, reason)
			g.passed = s
		}
	}
	arrange(sites, baselines)
	return sites
}

// handBaselines gives each target what it starts from: where a list of them
// stands before as many targets, in turn (由3%、4%提高到5%、6%), else the nearest.
func handBaselines(sites []*site, baselines []*token) {
	inTurn := len(baselines) == len(sites) && len(sites) > 1 && baselines[len(baselines)-1].end <= sites[0].token.start
	next := 0
	for i, s := range sites {
		if inTurn {
			s.baseline = baselines[i]
			continue
		}
		for next < len(baselines) && baselines[next].end <= s.token.start {
			s.baseline = baselines[next]
			next++
		}
	}
}

func countQuantities(figures []token) int {
	n := 0
	for i := range figures {
		if figures[i].class == quantityClass {
			n++
		}
	}
	return n
}

// isQuantity also holds for a duration that a verb brings down to the number, 压缩至3个工作日,
// and for a level of so many to one: 收入比缩小到2.1:1.
func isQuantity(p *passage, t *token) bool {
	if t.pair {
		left := before(p.text, t.start, 30)
		return p.depth[t.start] == 0 && (levelBefore(left) || wordsBefore.Suffix(left) != "")
	}
	if t.class != durationClass {
		return t.class == quantityClass
	}
	if t.value == "" || t.numeral {
		return false
	}
	left := before(p.text, t.start, 60)
	if lexicon.TimeTargetVerbs.Suffix(left) != "" {
		return true
	}
	name, word := cutComparator(left)
	noun := lexicon.DurationNouns.Suffix(strings.TrimSuffix(name, "平均"))
	return wordsBefore.Class(word) == indicator.AtMost && noun != "" && noun != "期限" // of a loan
}

// levelBefore reports whether a verb leads to where a thing stands.
func levelBefore(left string) bool {
	return lexicon.LevelVerbs.Suffix(left) != "" || strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至")
}

// around is the clause, or the bracket within it that the number stands in.
func (g *group) around(t *token, c span) span {
	if g.p.depth[t.start]&inBracket == 0 {
		return c
	}
	from := t.start - len(before(g.p.text, t.start, min(window, t.start-c.start)))
	open := strings.LastIndexByte(g.p.text[from:t.start], '(')
	if open < 0 {
		return c
	}
	start, end := from+open+1, c.end
	if at := strings.IndexByte(after(g.p.text[:c.end], t.end, window), ')'); at >= 0 {
		end = t.end + at
	}
	return span{start, end}
}

// judge returns why a number is no target, or "" where it may be one. It warns of
// those that somebody should look at, and keeps that a sentence tells of results.
func (g *group) judge(s *site) string {
	if held := g.heldBy(s); held != "" {
		g.setAside(s, held)
		return string(held)
	}
	if s.token.unit == "" && !s.token.pair {
		return g.judgeBare(s)
	}
	e := excluded(s)
	if e.code != "" {
		g.leaveOut(s, e.code)
	}
	if e.reason == pastResult {
		g.noteResult(s)
	}
	return e.reason
}

// heldBy is the frame in which the text around a number stands, or "".
func (g *group) heldBy(s *site) frame {
	if g.reviewing {
		return pastFrame
	}
	if held := g.frameAt(s.token.start); held != "" {
		return held
	}
	if g.past {
		return pastFrame
	}
	return ""
}

// setAside warns of a number that the text around it takes with it. A stretch of
// them, with no target between, is one warning.
func (g *group) setAside(s *site, held frame) {
	if s.token.unit == "" || inName(s) || s.token.unitClass == quantity.RatingUnit {
		return
	}
	code := asideCode(held)
	if n := len(g.notes); n > 0 && g.notes[n-1].code == code && g.asideUntil == len(g.targets) {
		g.notes[n-1].end = s.token.end
		return
	}
	g.asideUntil = len(g.targets)
	g.notes = append(g.notes, note{span{s.token.start, s.token.end}, code})
}

// asideCode is the warning for numbers within a frame.
func asideCode(held frame) indicator.WarningCode {
	switch held {
	case pastFrame:
		return indicator.WarnResults
	case shortfallFrame:
		return indicator.WarnShortfall
	}
	return indicator.WarnExplained
}

// judgeBare settles a number that has no unit: one that is plainly a name or
// a mark is left at that, every other is a warning.
func (g *group) judgeBare(s *site) string {
	for _, known := range []func(*site) bool{inName, inAside, isBareMark} {
		if known(s) {
			return "mark"
		}
	}
	g.notes = append(g.notes, note{span{s.token.start, s.token.end}, indicator.WarnUnit})
	return "warning"
}

// isBareMark holds for numbers of figures, notes and rows, and for years that
// stand without 年.
func isBareMark(s *site) bool {
	left := before(s.p.text, s.token.start, 30)
	right := after(s.p.text, s.token.end, 12)
	if lexicon.MarksBeforeNumber.Suffix(left) != "" || strings.HasPrefix(right, ")") || strings.HasPrefix(right, "、") || strings.HasPrefix(right, "|") {
		return true
	}
	if year, n := digitsAt(s.p.text[s.token.start:], 5); n == 4 && s.token.end-s.token.start == 4 && isYear(year) {
		return true
	}
	return len(s.token.value) >= 7 || right == "" && strings.Trim(left, "-\n ") == "" || strings.HasPrefix(right, "-")
}

func (g *group) settleOther(t *token) {
	switch {
	case g.p.depth[t.start] != 0, g.past, g.reviewing, g.frameAt(t.start) != "":
	case t.class == vagueClass && strings.HasPrefix(after(g.p.text, t.end, 3), "级"): // 千亩级基地
	case t.class == vagueClass && limits.Prefix(after(g.p.text, t.end, 24)) == "" && deedBefore(before(g.p.text, t.start, 60)):
		g.notes = append(g.notes, note{span{t.start, t.end}, indicator.WarnVague})
	case t.class == formulaClass && strings.Contains(g.p.text[t.start:t.end], ":") && levels.Suffix(before(g.p.text, t.start, 30)) != "":
		g.notes = append(g.notes, note{span{t.start, t.end}, indicator.WarnPair})
	case t.class == fractionClass, t.class == formulaClass && g.isQuotient(t):
		g.notes = append(g.notes, note{span{t.start, t.end}, indicator.WarnFraction})
	}
	g.settle(t, string(t.class))
}

// isQuotient reports whether figures with a stroke between are held against
// what is reached, as a rate is: 控制在9/10万以内. Years before a stroke are dates.
func (g *group) isQuotient(t *token) bool {
	over, _, ok := strings.Cut(g.p.text[t.start:t.end], "/")
	if !ok || isYearText(over) {
		return false
	}
	left := before(g.p.text, t.start, 30)
	return levels.Suffix(left) != "" || wordsBefore.Suffix(left) != "" || changeBefore(left) != "" || wordsAfter.Prefix(after(g.p.text, t.end, 12)) != ""
}

func (g *group) settle(t *token, reason string) {
	from, to := g.p.span(t.start, t.end)
	g.verdicts = append(g.verdicts, verdict{from, to, reason})
}

// statementFrom is the first statement that ends after a byte of the passage.
func (g *group) statementFrom(at int) int {
	return sort.Search(len(g.statements), func(i int) bool { return g.statements[i].end > at })
}
