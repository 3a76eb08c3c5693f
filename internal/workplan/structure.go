package workplan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// structure turns the outline into sections and the groups of text that are
// read. Numbered items are tasks; an article with numbered items under it is a
// section and a task without. A plan without any marker has a task for each
// paragraph.
func (r *reader) structure(nodes []node) []*group {
	if !marked(nodes) {
		return r.paragraphs()
	}
	b := builder{reader: r, nodes: nodes, past: r.front.tellsResults}
	for i := range nodes {
		if !r.goesOn(len(b.groups)) {
			return nil
		}
		b.add(i)
	}
	b.number()
	return b.groups
}

func marked(nodes []node) bool {
	for _, n := range nodes {
		if n.level != noLevel {
			return true
		}
	}
	return false
}

// builder makes groups of nodes in order.
type builder struct {
	reader  *reader
	nodes   []node
	groups  []*group
	places  []place // one for each group
	chapter int     // section number of the chapter, 0 for none
	article int     // section number of the article, 0 for none
	marks   [numbered]int
	outer   []statement

	sheets    map[*table.Grid]*sheet
	lastSheet *sheet // the table before, nil for none

	past, chapterPast bool   // the section, or its chapter, looks back
	due, chapterDue   *token // date in the section's heading, or in its chapter's
}

// place is where in the numbering a group stands.
type place struct{ chapter, article, n int }

func (b *builder) add(i int) {
	n := b.nodes[i]
	switch {
	case n.level == chapter:
		b.chapter, b.article = b.section(n), 0
		b.marks = [numbered]int{chapter: n.n}
		b.body(i, !b.hasItems(i))
	case n.level == article && b.hasItems(i):
		b.article = b.section(n)
		b.marks[article] = n.n
		b.body(i, false)
	case n.level == article:
		b.article = 0
		b.marks[article] = 0
		b.task(n, place{b.marks[chapter], 0, n.n})
	case n.level == numbered || n.level == tableLine:
		b.task(n, place{b.marks[chapter], b.marks[article], n.n})
	default:
		b.loose(n, i)
	}
}

// hasItems reports whether items of a deeper level follow a heading before the
// next of its own level.
func (b *builder) hasItems(i int) bool {
	for k := i + 1; k < len(b.nodes); k++ {
		switch l := b.nodes[k].level; {
		case l == noLevel:
		case l <= b.nodes[i].level:
			return false
		case l > b.nodes[i].level:
			return true
		}
	}
	return false
}

// section records a heading and returns its number.
func (b *builder) section(n node) int {
	s := b.reader.script
	l := s.lines[n.first]
	text := s.compactLine(line{start: l.start, end: min(l.end, l.start+2*longestHeading)})
	end := n.skip + headingEnd(text[n.skip:])
	for _, st := range statements(newPassage(s, []line{l}), b.reader.firstLeads) {
		end = min(end, max(n.skip, st.start))
	}
	stop := headingStop(s, l, text[:end])
	heading := strings.TrimRight(string(s.raw[l.start:stop]), "：:。 　")
	number := len(b.reader.draft.Sections) + 1
	b.reader.draft.Sections = append(b.reader.draft.Sections, indicator.Section{
		Number: number, Heading: heading, Start: l.start, End: stop,
	})
	b.readHeading(n, text[n.skip:end])
	b.outer = nil
	return number
}

// readHeading settles what a heading says of the text under it: that it looks
// back, or by when its targets are due. An article shares in its chapter.
func (b *builder) readHeading(n node, text string) {
	inherited := n.level == article
	past := headsReview(text, b.reader.front.tellsResults)
	var due *token
	for _, d := range datesOf(passageOfHeading(text)) {
		if term := b.reader.front.startsOn; !term.IsZero() && d.when.year != 0 && d.when.end(d.when.year).Before(term) {
			past = true
		} else if d.when.year != 0 {
			d.apart = true
			due = d
		}
	}
	if n.level == chapter {
		b.chapterPast, b.chapterDue = past, due
	}
	b.past = past || inherited && b.chapterPast
	if b.due = due; due == nil && inherited {
		b.due = b.chapterDue
	}
}

// headsReview reports whether the words of a heading say that the text under it looks
// back; in a text that only tells results every heading does that names no plan.
func headsReview(text string, tellsResults bool) bool {
	if lexicon.FirmReviewHeadings.In(text) {
		return true
	}
	if lexicon.PlanHeadings.In(text) {
		return false
	}
	return lexicon.ReviewHeadings.In(text) || tellsResults && !lexicon.TurnsToAim.In(text)
}

// passageOfHeading is what datesOf wants to know of a heading alone.
func passageOfHeading(text string) (*passage, span, []token) {
	p := compactPassage(text)
	return p, span{0, len(text)}, tokens(text)
}

// headingStop is the code point where as many compact bytes of a line end.
func headingStop(s *script, l line, compact string) int {
	left := utf8.RuneCountInString(compact)
	for i := l.start; i < l.end; i++ {
		if left == 0 {
			return i
		}
		if r := s.norm[i]; !invisible(r) && (r != ' ' || s.betweenWords(i)) {
			left--
		}
	}
	return l.end
}

// body reads the text under a heading that comes before its items. Without
// any item it is the section's one task.
func (b *builder) body(i int, whole bool) {
	n := b.nodes[i]
	s := b.reader.script
	section := b.chapter
	if b.article != 0 {
		section = b.article
	}
	heading := &b.reader.draft.Sections[section-1]
	rest := line{start: heading.End, end: s.lines[n.first].end}
	rest = trimmed(s.norm, rest.start, rest.end)
	g := b.group(append([]line{rest}, s.lines[n.first+1:n.last]...))
	if len(g.statements) > 0 && !whole {
		b.outer = g.statements
	}
	g.title = strings.TrimSpace(strings.TrimPrefix(heading.Heading, string(s.raw[heading.Start:headingStop(s, s.lines[n.first], n.label)])))
	g.optional = !whole
	b.keep(g, place{b.marks[chapter], b.marks[article], 0})
}

// task reads a numbered item or a row of a table.
func (b *builder) task(n node, at place) {
	s := b.reader.script
	switch {
	case n.grid != nil:
		b.gridTask(n, at)
		return
	case n.row != nil:
		b.tableTask(n, at)
		return
	}
	first := s.lines[n.first]
	first.start = headingStop(s, first, n.label)
	first = trimmed(s.norm, first.start, first.end)
	g := b.group(append([]line{first}, s.lines[n.first+1:n.last]...))
	g.title = titleOf(g.p, g.statements)
	b.keep(g, at)
}

func (b *builder) tableTask(n node, at place) {
	g := b.group(n.row.lines(taskColumn, targetColumn, dueColumn, otherColumn))
	g.ofTable = true
	lead := b.cellAgencies(n.row.cells[leadColumn])
	g.assign(lead, without(b.cellAgencies(n.row.cells[jointColumn]), lead))
	g.title = titleOf(g.p, nil)
	g.optional = g.p.text == ""
	b.keep(g, at)
}

// assign gives a row its agencies, unless its words name some.
func (g *group) assign(lead, joint []string) {
	if len(g.statements) == 0 && len(lead)+len(joint) > 0 {
		g.statements = []statement{{start: len(g.p.text), end: len(g.p.text) + 1, lead: lead, joint: joint}}
	}
}

func (b *builder) cellAgencies(cells []line) []string {
	var names []string
	for _, c := range cells {
		p := newPassage(b.reader.script, []line{c})
		if table.IsBlank(p.text) {
			continue
		}
		names = union(names, agencyNames(p, 0, len(p.text)))
	}
	return names
}

// loose reads text under no marker: the front of the plan and what follows a
// table or an appendix.
func (b *builder) loose(n node, i int) {
	g := b.group(b.reader.script.lines[n.first:n.last])
	if i > 0 {
		b.chapter, b.article, b.due, b.past = 0, 0, nil, b.reader.front.tellsResults
		b.marks = [numbered]int{}
	}
	g.section = 0
	g.optional = true
	g.title = titleOf(g.p, g.statements)
	b.keep(g, place{})
}

func (b *builder) group(lines []line) *group {
	section := b.chapter
	if b.article != 0 {
		section = b.article
	}
	g := &group{front: &b.reader.front, section: section, past: b.past, headed: b.due, p: newPassage(b.reader.script, lines)}
	g.statements = statements(g.p, b.reader.firstLeads)
	g.outer = b.outer
	return g
}

func (b *builder) keep(g *group, at place) {
	if g.p.text == "" && g.optional {
		return
	}
	b.groups = append(b.groups, g)
	b.places = append(b.places, at)
}

// number gives each task the shortest number that tells it from the others:
// the plan's own, else that of its chapter and article before it.
func (b *builder) number() {
	schemes := []func(place) string{
		func(p place) string { return strconv.Itoa(p.n) },
		func(p place) string { return joined(p.chapter, p.n) },
		func(p place) string { return joined(p.chapter, p.article, p.n) },
	}
	for _, scheme := range schemes {
		if b.apply(scheme) {
			return
		}
	}
	for i, g := range b.groups {
		g.number = strconv.Itoa(i + 1)
	}
}

// apply numbers the groups and reports whether the numbers differ. Text before
// the first item of a section has the section's number and 0.
func (b *builder) apply(scheme func(place) string) bool {
	taken, opening := map[string]bool{}, 0
	for i, g := range b.groups {
		at := b.places[i]
		g.number = scheme(at)
		if at.n == 0 && at.chapter != 0 {
			g.number = joined(at.chapter, at.article, 0)
		}
		if at == (place{}) {
			g.number = "0"
			for ; taken[g.number]; opening++ {
				g.number = "0." + strconv.Itoa(opening+1)
			}
		}
		if taken[g.number] {
			return false
		}
		taken[g.number] = true
	}
	return true
}

func joined(numbers ...int) string {
	var b strings.Builder
	for i, n := range numbers {
		if n == 0 && i < len(numbers)-1 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// paragraphs makes a task of each paragraph of a plan without markers.
func (r *reader) paragraphs() []*group {
	b := builder{reader: r, past: r.front.tellsResults}
	var lines []line
	flush := func() {
		if len(lines) == 0 {
			return
		}
		g := b.group(lines)
		g.title = titleOf(g.p, g.statements)
		lines = nil
		if g.p.text == "" {
			return
		}
		if whole := (span{0, len(g.p.text)}); g.isTitleLine(whole) {
			b.readHeading(node{level: chapter}, g.p.text)
		}
		if n := len(b.groups); n > 0 {
			g.before = b.groups[n-1]
		}
		b.groups = append(b.groups, g)
		g.number = strconv.Itoa(len(b.groups))
	}
	for i, l := range r.script.lines {
		if !r.goesOn(len(b.groups)) {
			return nil
		}
		if l.start == l.end {
			flush()
			continue
		}
		if i > 0 && len(lines) > 0 && !r.script.goesOn(r.script.lines[i-1]) && !opensList(r.script, r.script.lines[i-1]) {
			flush()
		}
		lines = append(lines, l)
	}
	flush()
	for _, g := range b.groups {
		g.optional = r.front.title != "" && utf8.RuneCountInString(g.p.text) <= longestTitle
	}
	return b.groups
}

// opensList reports whether a line introduces the ones after it.
func opensList(s *script, l line) bool { return s.norm[l.end-1] == ':' }

// titleOf is what a task is called: its first sentence, or the first clause of
// one that is too long.
func titleOf(p *passage, known []statement) string {
	start := 0
	if word := lexicon.Salutations.Prefix(p.text); word != "" {
		start = len(p.text) - len(strings.TrimLeft(p.text[len(word):], ":,!"))
	}
	end := start + headingEnd(p.text[start:])
	for _, st := range known {
		if st.start < end && st.start > 0 {
			end = st.start
		}
	}
	if utf8.RuneCountInString(p.text[start:end]) > longestHeading {
		for i, c := range p.text[start:end] {
			if c == ',' && p.depth[start+i] == 0 && i > 0 {
				end = start + i
				break
			}
		}
	}
	title := p.written(start, end)
	if r := []rune(title); len(r) > 2*longestHeading {
		title = string(r[:2*longestHeading])
	}
	return title
}
