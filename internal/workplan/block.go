package workplan

import (
	"slices"
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// block is a stretch of text that is read as one: a task, or the text of a
// section before its first task. It is made by structure.go, and reading changes nothing of it.
type block struct {
	front      *outline.FrontMatter
	number     string // of the task
	section    int
	title      string
	segment    *prose.Segment
	statements []agency.Statement
	outer      []agency.Statement // of the heading above, when the task has none
	past       bool               // the text reports on what was done
	headed     *number.Token      // date that the heading names
	cellDates  []cellDate         // those that the heads of a table name, of its cells
	ofTable    bool               // it is a row of a table, read as words
	optional   bool               // no task unless it sets a target
	continues  bool               // the paragraph before, in a text without numbers
	cells      *findings          // what its cells say; nil where it is read as words
	unread     []cellNote         // figures beside the words of a row
	figures    []cellNote         // cells of its targets that are figures: to be warned of where nothing is read in them
}

// findings are what a block says.
type findings struct {
	targets   []*candidate
	proposals []proposal // aims that no figure states
	steps     []step
	dueOfAll  *number.Token // date that the block has as a whole, nil for none
	parts     []*candidate  // shares that a table hands out to places
	verdicts  []verdict     // one for each number
	notes     []note
	cellNotes []cellNote // warnings about cells of a table
	ends      stretch    // the discourse that its last sentence leaves
	work      int        // bytes looked at, to see that work grows with the text
}

// blockReader is a block on its way from the first sentence to the last: what was found, and
// what the sentences so far mean for the one that is read.
type blockReader struct {
	*block
	findings
	telling
	introduction
	completions

	topic       string   // what the sentences are about: 石化产业
	firstTarget int      // of the sentence
	passed      *mention // last number of the sentence that is no target
	dated       stepFrame
	kept        map[string]bool // names and days of the proposals and steps
	asideUntil  int             // targets before the stretch that was set aside last
}

// setting is what the sentences before a number make of it.
type setting struct {
	topic    string
	dated    bool // an introduction gives a date
	striving bool // it hopes for what follows
	standing bool // the sentence has told of what there is
}

func (g *blockReader) setting() setting {
	return setting{g.topic, g.inherited != nil, g.striving, g.standing}
}

// verdict says what became of a number.
type verdict struct {
	start, end int // code points
	reason     string
}

// note is a warning before it has its line.
type note struct {
	prose.Span
	code indicator.WarningCode
}

const isTarget = "target"

// read finds what the block says in words; before is the discourse that the paragraph
// before leaves. It stops with the first error of check, which is told how many targets,
// warnings, proposals or steps there are.
func (g *block) read(before stretch, check func(found int) error) (*findings, error) {
	r := &blockReader{block: g}
	if g.continues {
		r.holds = before
	}
	if err := r.readSentences(check); err != nil {
		return nil, err
	}
	distinct(r.targets)
	distinctFrom(r.targets, r.proposals)
	r.ends = r.holds
	return &r.findings, nil
}

func (g *blockReader) readSentences(check func(found int) error) error {
	figures := number.Tokens(g.segment.Text)
	g.work += len(g.segment.Text)
	next := 0
	for _, sentence := range prose.Sentences(g.segment, agency.Places(g.statements)) {
		if err := check(max(len(g.targets), len(g.notes), len(g.proposals), len(g.steps))); err != nil {
			return err
		}
		for next < len(figures) && figures[next].Start < sentence.Start {
			g.settle(&figures[next], "agency")
			next++
		}
		first := next
		for next < len(figures) && figures[next].Start < sentence.End {
			next++
		}
		if err := check(countQuantities(figures[first:next])); err != nil { // before work on a sentence of nothing else
			return err
		}
		g.readSentence(sentence, figures[first:next])
	}
	for next < len(figures) {
		g.settle(&figures[next], "agency")
		next++
	}
	return nil
}

func (g *blockReader) readSentence(sentence prose.Span, figures []number.Token) {
	dates := number.Deadlines(g.segment, sentence, figures)
	if g.isTitleLine(sentence) {
		g.reviewing = g.looksBack(g.segment.Text[sentence.Start:sentence.End], dates)
	}
	g.readTopic(sentence)
	g.openSentence(sentence)
	g.passed, g.standing = nil, false
	g.continueDate(sentence)
	previous, reach := g.listedBefore(sentence, figures), dates // those that may date the sentence's targets
	if previous != nil {
		reach = append(slices.Clone(previous.dates), dates...)
	}
	g.firstTarget, g.dated = len(g.targets), stepFrame{}
	parts := prose.Clauses(g.segment, sentence, number.Places(figures))
	g.boundDates(parts, figures)
	k := 0
	for _, c := range parts {
		from := k
		for k < len(figures) && figures[k].Start < c.End {
			k++
		}
		previous = g.readClause(sentence, c, figures[from:k], reach, previous)
	}
	for k < len(figures) {
		g.settle(&figures[k], "outside")
		k++
	}
	for _, d := range dates {
		if d.When.Unsure && prose.HasDigit(g.segment.Text[d.Start:d.End]) { // 2月30日
			g.warnOfDate(d)
		}
	}
	g.readCompletions(parts, dates, g.firstTarget)
	g.inheritDate(sentence, dates)
}

// listedBefore is the target whose list goes on after a semicolon or after the agencies of a part of
// it, nil where the sentence says anything of its own before its number: 建成泵站2座;水闸5座.
func (g *blockReader) listedBefore(sentence prose.Span, figures []number.Token) *candidate {
	if len(figures) == 0 || len(g.targets) == g.firstTarget || len(g.targets) == 0 {
		return nil
	}
	last, first := g.targets[len(g.targets)-1], &figures[0]
	if !g.listsAfter(last.mention.clause.End, sentence.Start) {
		return nil
	}
	if g.goesFurther(sentence, figures, last) {
		return last
	}
	if !g.listGoesOn(sentence, first, last) {
		return nil
	}
	return last
}

// listsAfter reports whether a list goes on from where a clause ends to a sentence: a semicolon stands
// between, or agencies, and the sign of a list after them.
func (g *block) listsAfter(end, start int) bool {
	if end+len(";") == start && g.segment.Text[end] == ';' {
		return true
	}
	i := g.statementFrom(end)
	return lexicon.ListSigns.Prefix(g.segment.Text[start:]) != "" && i < len(g.statements) && g.statements[i].Start == end && g.statements[i].End == start
}

// listGoesOn reports whether the words before a sentence's first number, which counts something, name
// a thing to which the same is done as to the target before.
func (g *blockReader) listGoesOn(sentence prose.Span, first *number.Token, last *candidate) bool {
	if last.verb == "" && last.head == "" && !endsInAction(last.subject) {
		return false
	}
	if first.Class != number.Quantity || first.Unit == "" || first.UnitClass == quantity.ShareUnit || first.UnitClass == quantity.MoneyUnit {
		return false
	}
	lead := g.segment.Text[sentence.Start:first.Start]
	lead = lead[len(lexicon.ListSigns.Prefix(lead)):]
	return len(lead) <= longestListed && isBareThing(lead)
}

// goesFurther reports whether a sentence has nothing before its number but a day and where the thing
// of the target before stands by then: 到2025年底泵站达到5座;到2026年底达到9座.
func (g *blockReader) goesFurther(sentence prose.Span, figures []number.Token, last *candidate) bool {
	for i := range figures {
		t := &figures[i]
		if t.Class != number.Quantity {
			continue
		}
		lead := g.segment.Text[sentence.Start:t.Start]
		if len(lead) > prose.Window || !saysLevel(lead) || t.UnitClass != last.mention.token.UnitClass {
			return false
		}
		return countedThing(t.Unit) == countedThing(last.mention.token.Unit) && trimClosing(strings.TrimLeft(trimOpening(lead), ",")) == ""
	}
	return false
}

// countedThing is a unit without its magnitude: 个 of 万个.
func countedThing(unit string) string { return strings.TrimLeft(unit, "十百千万亿") }

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
func (g *blockReader) readClause(sentence, c prose.Span, figures []number.Token, dates []*number.Token, previous *candidate) *candidate {
	g.readDiscourse(sentence, c, dates)
	defer g.closeClause()
	mentions := g.takeCandidates(sentence, c, figures, dates, previous)
	for _, s := range mentions {
		g.work += len(s.head()) + len(s.tail())
		previous = newCandidate(g, s, previous, dates)
		g.targets = append(g.targets, previous)
		g.settle(s.token, isTarget)
		if lexicon.Magnitudes.Has(s.token.Unit) {
			g.notes = append(g.notes, note{prose.Span{Start: s.token.Start, End: s.token.End}, indicator.WarnUnit})
		}
		g.standing = false // what follows a target is no longer what there is
	}
	if len(mentions) == 0 {
		g.readRelative(sentence, c, dates, previous)
	}
	g.readImplied(sentence, c, dates, mentions, previous)
	g.readSteps(sentence, c, dates, mentions)
	return previous
}

// takeCandidates returns the numbers of a clause that may be targets, and settles the
// others.
func (g *blockReader) takeCandidates(sentence, c prose.Span, figures []number.Token, dates []*number.Token, last *candidate) []*mention {
	previous := last.of()
	var mentions []*mention
	var baselines []*number.Token
	quantities := countQuantities(figures)
	seen := 0
	for i := range figures {
		t := &figures[i]
		if !isQuantity(g.segment, t) {
			g.settleOther(t)
			continue
		}
		seen++
		readUnitOfName(g.segment, t)
		around, goal := g.around(t, c)
		s := newMention(mention{
			segment: g.segment, token: t, sentence: sentence, clause: around, goal: goal, block: g.block, setting: g.setting(), later: seen < quantities,
			dates: dates, previous: previous, passed: g.passed,
		})
		switch reason := g.judge(s); reason {
		case "":
			mentions, previous = append(mentions, s), s
		case "baseline":
			baselines = append(baselines, t)
			g.settle(t, reason)
			g.passed = s
		default:
			g.settle(t, reason)
			g.passed = s
		}
	}
	arrange(mentions, baselines)
	return mentions
}

// handBaselines gives each target what it starts from: where a list of them
// stands before as many targets, in turn (由3%、4%提高到5%、6%), else the nearest.
func handBaselines(mentions []*mention, baselines []*number.Token) {
	inTurn := len(baselines) == len(mentions) && len(mentions) > 1 && baselines[len(baselines)-1].End <= mentions[0].token.Start
	next := 0
	for i, s := range mentions {
		if inTurn {
			s.baseline = baselines[i]
			continue
		}
		for next < len(baselines) && baselines[next].End <= s.token.Start {
			s.baseline = baselines[next]
			next++
		}
	}
}

func countQuantities(figures []number.Token) int {
	n := 0
	for i := range figures {
		if figures[i].Class == number.Quantity {
			n++
		}
	}
	return n
}

// isQuantity also holds for a duration that a verb brings down to the number, 压缩至3个工作日,
// and for a level of so many to one: 收入比缩小到2.1:1.
func isQuantity(p *prose.Segment, t *number.Token) bool {
	if t.Pair {
		left := prose.Before(p.Text, t.Start, 30)
		return p.Depth[t.Start] == 0 && (levelBefore(left) || wordsBefore.Suffix(left) != "")
	}
	return t.Class == number.Quantity || t.Class == number.Duration && isDurationTarget(p, t)
}

// levelBefore reports whether a verb leads to where a thing stands.
func levelBefore(left string) bool {
	return lexicon.LevelVerbs.Suffix(left) != "" || strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至")
}

// around is the clause, or the bracket or stated goal within it that the number stands in.
func (g *block) around(t *number.Token, c prose.Span) (around prose.Span, goal bool) {
	if in := goalAround(g.segment, t.Start, c); in.End > 0 {
		return in, true
	}
	if g.segment.Depth[t.Start]&prose.InBracket == 0 {
		return c, false
	}
	from := t.Start - len(prose.Before(g.segment.Text, t.Start, min(prose.Window, t.Start-c.Start)))
	open := strings.LastIndexByte(g.segment.Text[from:t.Start], '(')
	if open < 0 {
		return c, false
	}
	start, end := from+open+1, c.End
	if at := strings.IndexByte(prose.After(g.segment.Text[:c.End], t.End, prose.Window), ')'); at >= 0 {
		end = t.End + at
	}
	return prose.Span{Start: start, End: end}, false
}

// judge returns why a number is no target, or "" where it may be one. It warns of
// those that somebody should look at, and keeps that a sentence tells of results.
func (g *blockReader) judge(s *mention) string {
	if held := g.heldBy(s); held != "" {
		g.setAside(s, held)
		return string(held)
	}
	if s.token.Unit == "" && !s.token.Pair && !measuresIndex(s) {
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

// heldBy is the discourse in which the text around a number stands, or "".
func (g *blockReader) heldBy(s *mention) discourse {
	if g.reviewing {
		return pastDiscourse
	}
	if held := g.discourseAt(s.token.Start); held != "" {
		return held
	}
	if g.past {
		return pastDiscourse
	}
	return ""
}

// setAside warns of a number that the text around it takes with it. A stretch of
// them, with no target between, is one warning.
func (g *blockReader) setAside(s *mention, held discourse) {
	if s.token.Unit == "" || inName(s) && !isQuotedFigure(s) || s.token.UnitClass == quantity.RatingUnit {
		return
	}
	code := asideCode(held)
	if n := len(g.notes); n > 0 && g.notes[n-1].code == code && g.asideUntil == len(g.targets) {
		g.notes[n-1].End = s.token.End
		return
	}
	g.asideUntil = len(g.targets)
	g.notes = append(g.notes, note{prose.Span{Start: s.token.Start, End: s.token.End}, code})
}

// asideCode is the warning for numbers within a discourse.
func asideCode(held discourse) indicator.WarningCode {
	switch held {
	case pastDiscourse:
		return indicator.WarnResults
	case shortfallDiscourse:
		return indicator.WarnShortfall
	}
	return indicator.WarnExplained
}

// judgeBare settles a number that has no unit: one that is plainly a name or
// a mark is left at that, every other is a warning.
func (g *blockReader) judgeBare(s *mention) string {
	for _, known := range []func(*mention) bool{inName, inAside, isBareMark} {
		if known(s) {
			return "mark"
		}
	}
	g.notes = append(g.notes, note{prose.Span{Start: s.token.Start, End: s.token.End}, indicator.WarnUnit})
	return "warning"
}

// isBareMark holds for numbers of figures, notes and rows, and for years that
// stand without 年.
func isBareMark(s *mention) bool {
	left := prose.Before(s.segment.Text, s.token.Start, 30)
	right := prose.After(s.segment.Text, s.token.End, 12)
	if lexicon.MarksBeforeNumber.Suffix(left) != "" || strings.HasPrefix(right, ")") || strings.HasPrefix(right, "、") || isRowNumber(s) {
		return true
	}
	if year, n := prose.DigitsAt(s.segment.Text[s.token.Start:], 5); n == 4 && s.token.End-s.token.Start == 4 && calendar.IsYear(year) {
		return true
	}
	return len(s.token.Value) >= 7 || right == "" && strings.Trim(left, "-\n ") == "" || strings.HasPrefix(right, "-")
}

func (g *blockReader) settle(t *number.Token, reason string) {
	from, to := g.segment.Place(t.Start, t.End)
	g.verdicts = append(g.verdicts, verdict{from, to, reason})
}

// statementFrom is the first statement that ends after a byte of the segment.
func (g *block) statementFrom(at int) int {
	return sort.Search(len(g.statements), func(i int) bool { return g.statements[i].End > at })
}
