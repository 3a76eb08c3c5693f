package workplan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// structure turns the outline into sections and the blocks of text that are
// read. Numbered items are tasks; an article with numbered items under it is a
// section and a task without. A plan without any marker has a task for each
// paragraph.
func (r *reader) structure(nodes []outline.Node) ([]*block, error) {
	if !marked(nodes) {
		return r.paragraphs()
	}
	b := builder{reader: r, nodes: nodes, past: r.front.TellsResults}
	for i := range nodes {
		if err := r.check(len(b.blocks)); err != nil {
			return nil, err
		}
		b.add(i)
	}
	b.number()
	return b.blocks, nil
}

func marked(nodes []outline.Node) bool {
	for _, n := range nodes {
		if n.Level != outline.NoLevel {
			return true
		}
	}
	return false
}

// builder makes blocks of nodes in order.
type builder struct {
	reader  *reader
	nodes   []outline.Node
	blocks  []*block
	places  []place // one for each block
	chapter int     // section number of the chapter, 0 for none
	article int     // section number of the article, 0 for none
	marks   [outline.Numbered]int
	item    int // number of the last numbered item
	outer   []agency.Statement

	sheets    map[*table.Grid]*sheet
	lastSheet *sheet // the table before, nil for none

	past, chapterPast bool          // the section, or its chapter, looks back
	due, chapterDue   *number.Token // date in the section's heading, or in its chapter's
}

// place is where in the numbering a block stands.
type place struct{ chapter, article, n int }

func (b *builder) add(i int) {
	n := b.nodes[i]
	switch {
	case n.Level == outline.Chapter:
		b.chapter, b.article = b.section(n), 0
		b.marks = [outline.Numbered]int{outline.Chapter: n.N}
		b.body(i, !b.hasItems(i))
	case n.Level == outline.Article && b.hasItems(i):
		b.article = b.section(n)
		b.marks[outline.Article] = n.N
		b.body(i, false)
	case n.Level == outline.Article:
		b.article = 0
		b.marks[outline.Article] = 0
		b.task(n, place{b.marks[outline.Chapter], 0, n.N})
	case n.Level == outline.Numbered || n.Level == outline.TableLine:
		if n.Level == outline.Numbered {
			b.item = n.N
		}
		b.task(n, place{b.marks[outline.Chapter], b.marks[outline.Article], n.N})
	default:
		b.loose(n, i)
	}
}

// hasItems reports whether items of a deeper level follow a heading before the
// next of its own level.
func (b *builder) hasItems(i int) bool {
	for k := i + 1; k < len(b.nodes); k++ {
		switch l := b.nodes[k].Level; {
		case l == outline.NoLevel:
		case l <= b.nodes[i].Level:
			return false
		case l > b.nodes[i].Level:
			return true
		}
	}
	return false
}

// section records a heading and returns its number.
func (b *builder) section(n outline.Node) int {
	s := b.reader.source
	l := s.Lines[n.First]
	text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+2*outline.LongestHeading)})
	end := n.Skip + outline.HeadingEnd(text[n.Skip:])
	for _, st := range agency.Statements(prose.NewSegment(s, []prose.Line{l}), b.reader.firstLeads) {
		end = min(end, max(n.Skip, st.Start))
	}
	stop := headingStop(s, l, text[:end])
	heading := strings.TrimRight(string(s.Raw[l.Start:stop]), "：:。 　")
	number := len(b.reader.draft.Sections) + 1
	b.reader.draft.Sections = append(b.reader.draft.Sections, indicator.Section{
		Number: number, Heading: heading, Start: l.Start, End: stop,
	})
	b.readHeading(n, text[n.Skip:end])
	b.outer = nil
	return number
}

// readHeading settles what a heading says of the text under it: that it looks
// back, or by when its targets are due. An article shares in its chapter.
func (b *builder) readHeading(n outline.Node, text string) {
	inherited := n.Level == outline.Article
	past := headsReview(text, b.reader.front.TellsResults)
	var due *number.Token
	for _, d := range number.Deadlines(headingToDate(text)) {
		if term := b.reader.front.StartsOn; !term.IsZero() && d.When.Year != 0 && d.When.End(d.When.Year).Before(term) {
			past = true
		} else if d.When.Year != 0 {
			d.Apart = true
			due = d
		}
	}
	if n.Level == outline.Chapter {
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

// headingToDate is a heading alone as number.Deadlines takes it: a segment that is one sentence,
// with its numbers.
func headingToDate(text string) (*prose.Segment, prose.Span, []number.Token) {
	p := prose.CompactSegment(text)
	return p, prose.Span{Start: 0, End: len(text)}, number.Tokens(text)
}

// headingStop is the code point where as many compact bytes of a line end.
func headingStop(s *prose.Source, l prose.Line, compact string) int {
	left := utf8.RuneCountInString(compact)
	for i := l.Start; i < l.End; i++ {
		if left == 0 {
			return i
		}
		if r := s.Norm[i]; !prose.Invisible(r) && (r != ' ' || s.BetweenWords(i)) {
			left--
		}
	}
	return l.End
}

// body reads the text under a heading that comes before its items. Without
// any item it is the section's one task.
func (b *builder) body(i int, whole bool) {
	n := b.nodes[i]
	s := b.reader.source
	section := b.chapter
	if b.article != 0 {
		section = b.article
	}
	heading := &b.reader.draft.Sections[section-1]
	rest := prose.Line{Start: heading.End, End: s.Lines[n.First].End}
	if b.setsTargets(n, heading) {
		rest.Start = headingStop(s, s.Lines[n.First], n.Label)
	}
	rest = prose.Trim(s.Norm, rest.Start, rest.End)
	g := b.block(append([]prose.Line{rest}, s.Lines[n.First+1:n.Last]...))
	if len(g.statements) > 0 && !whole {
		b.outer = g.statements
	}
	g.title = strings.TrimSpace(strings.TrimPrefix(heading.Heading, string(s.Raw[heading.Start:headingStop(s, s.Lines[n.First], n.Label)])))
	g.optional = !whole
	b.keep(g, place{b.marks[outline.Chapter], b.marks[outline.Article], 0})
}

// setsTargets reports whether what stands in the place of a heading is a sentence of its
// own, which ends in a full stop or in a semicolon and has a figure: 一、粮食产量稳定在
// 40万吨。A heading that only names its section ends with its line.
func (b *builder) setsTargets(n outline.Node, heading *indicator.Section) bool {
	s := b.reader.source
	l := s.Lines[n.First]
	if heading.End >= l.End || !strings.ContainsRune("。;", s.Norm[heading.End]) {
		return false
	}
	for _, t := range number.Tokens(s.CompactLine(prose.Line{Start: heading.Start, End: heading.End})[n.Skip:]) {
		if t.Class == number.Quantity && t.Unit != "" && !t.Numeral {
			return true
		}
	}
	return false
}

// task reads a numbered item or a row of a table.
func (b *builder) task(n outline.Node, at place) {
	s := b.reader.source
	switch {
	case n.Grid != nil:
		b.gridTask(n, at)
		return
	case n.Row != nil:
		b.tableTask(n, at)
		return
	}
	first := s.Lines[n.First]
	first.Start = headingStop(s, first, n.Label)
	first = prose.Trim(s.Norm, first.Start, first.End)
	g := b.block(append([]prose.Line{first}, s.Lines[n.First+1:n.Last]...))
	g.title = titleOf(g.segment, g.statements)
	b.keep(g, at)
}

func (b *builder) tableTask(n outline.Node, at place) {
	g := b.block(n.Row.Lines(outline.TaskColumn, outline.TargetColumn, outline.DueColumn, outline.OtherColumn))
	g.ofTable = true
	lead := b.cellAgencies(n.Row.Cells[outline.LeadColumn])
	g.assign(lead, agency.Without(b.cellAgencies(n.Row.Cells[outline.JointColumn]), lead))
	g.title = titleOf(g.segment, nil)
	g.optional = g.segment.Text == ""
	b.keep(g, at)
}

// assign gives a row its agencies, unless its words name some.
func (g *block) assign(lead, joint []string) {
	if len(g.statements) == 0 && len(lead)+len(joint) > 0 {
		g.statements = []agency.Statement{{Start: len(g.segment.Text), End: len(g.segment.Text) + 1, Lead: lead, Joint: joint}}
	}
}

func (b *builder) cellAgencies(cells []prose.Line) []string {
	var names []string
	for _, c := range cells {
		p := prose.NewSegment(b.reader.source, []prose.Line{c})
		if table.IsBlank(p.Text) {
			continue
		}
		names = agency.Union(names, agency.Names(p, 0, len(p.Text)))
	}
	return names
}

// countsOn reports whether the item after a node has the number after the last one: a table
// or a remark stands between items of a section, and does not end it.
func (b *builder) countsOn(i int) bool {
	for _, n := range b.nodes[i+1:] {
		if n.Level != outline.NoLevel {
			return n.Level == outline.Numbered && n.N > 1 && n.N == b.item+1
		}
	}
	return false
}

// loose reads text under no marker: the front of the plan and what follows a
// table or an appendix.
func (b *builder) loose(n outline.Node, i int) {
	g := b.block(b.reader.source.Lines[n.First:n.Last])
	if i > 0 && !b.countsOn(i) {
		b.chapter, b.article, b.due, b.past = 0, 0, nil, b.reader.front.TellsResults
		b.marks = [outline.Numbered]int{}
	}
	g.section = 0
	g.optional = true
	g.title = titleOf(g.segment, g.statements)
	b.keep(g, place{})
}

func (b *builder) block(lines []prose.Line) *block {
	section := b.chapter
	if b.article != 0 {
		section = b.article
	}
	g := &block{front: &b.reader.front, section: section, past: b.past, headed: b.due, segment: prose.NewSegment(b.reader.source, lines)}
	g.statements = agency.Statements(g.segment, b.reader.firstLeads)
	g.outer = b.outer
	return g
}

func (b *builder) keep(g *block, at place) {
	if g.segment.Text == "" && g.optional {
		return
	}
	b.blocks = append(b.blocks, g)
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
	for i, g := range b.blocks {
		g.number = strconv.Itoa(i + 1)
	}
}

// apply numbers the blocks and reports whether the numbers differ. Text before
// the first item of a section has the section's number and 0.
func (b *builder) apply(scheme func(place) string) bool {
	taken, opening := map[string]bool{}, 0
	for i, g := range b.blocks {
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
func (r *reader) paragraphs() ([]*block, error) {
	b := builder{reader: r, past: r.front.TellsResults}
	var lines []prose.Line
	flush := func() {
		if len(lines) == 0 {
			return
		}
		g := b.block(lines)
		g.title = titleOf(g.segment, g.statements)
		lines = nil
		if g.segment.Text == "" {
			return
		}
		if whole := (prose.Span{Start: 0, End: len(g.segment.Text)}); g.isTitleLine(whole) {
			b.readHeading(outline.Node{Level: outline.Chapter}, g.segment.Text)
		}
		g.continues = true
		b.blocks = append(b.blocks, g)
		g.number = strconv.Itoa(len(b.blocks))
	}
	for i, l := range r.source.Lines {
		if err := r.check(len(b.blocks)); err != nil {
			return nil, err
		}
		if l.Start == l.End {
			flush()
			continue
		}
		if i > 0 && len(lines) > 0 && !r.source.GoesOn(r.source.Lines[i-1]) && !opensList(r.source, r.source.Lines[i-1]) {
			flush()
		}
		lines = append(lines, l)
	}
	flush()
	for _, g := range b.blocks {
		g.optional = r.front.Title != "" && utf8.RuneCountInString(g.segment.Text) <= outline.LongestTitle
	}
	return b.blocks, nil
}

// opensList reports whether a line introduces the ones after it.
func opensList(s *prose.Source, l prose.Line) bool { return s.Norm[l.End-1] == ':' }

// titleOf is what a task is called: its first sentence, or the first clause of
// one that is too long.
func titleOf(p *prose.Segment, known []agency.Statement) string {
	start := 0
	if word := lexicon.Salutations.Prefix(p.Text); word != "" {
		start = len(p.Text) - len(strings.TrimLeft(p.Text[len(word):], ":,!"))
	}
	end := start + outline.HeadingEnd(p.Text[start:])
	for _, st := range known {
		if st.Start < end && st.Start > start {
			end = start + len(strings.TrimRight(p.Text[start:st.Start], ","))
		}
	}
	if utf8.RuneCountInString(p.Text[start:end]) > outline.LongestHeading {
		for i, c := range p.Text[start:end] {
			if c == ',' && p.Depth[start+i] == 0 && i > 0 {
				end = start + i
				break
			}
		}
	}
	title := p.Written(start, end)
	if r := []rune(title); len(r) > 2*outline.LongestHeading {
		title = string(r[:2*outline.LongestHeading])
	}
	return title
}
