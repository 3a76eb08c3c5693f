package workplan

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// tableReader reads the tables of a source: those with cells, and those of tasks with each
// cell on a line. Their titles are no part of the text before them.
func tableReader(s *prose.Source) func(s *prose.Source, i int) (rows []outline.Node, next int) {
	var lines []table.Line
	for _, l := range s.Lines {
		lines = append(lines, table.Line{Start: l.Start, End: l.End})
	}
	t := table.NewText(s.Raw, s.Norm, lines)
	return func(s *prose.Source, i int) (rows []outline.Node, next int) {
		if rows, next = gridAt(t, i); next == i {
			rows, next = outline.TableAt(s, i)
		}
		if next > i {
			hideTitle(s, i)
		}
		return rows, next
	}
}

// gridAt reads the table whose head is at line i as nodes: one for each row, or one for
// a table that hands targets out. It returns i when there is none.
func gridAt(t table.Text, i int) (rows []outline.Node, next int) {
	g, ok := table.At(t, i)
	if !ok {
		return nil, i
	}
	if (&sheet{Grid: g, columns: gridAims(g)}).isMatrix() {
		return []outline.Node{{Level: outline.TableLine, First: g.First, Last: g.Next, Grid: &g, GridRow: -1}}, g.Next
	}
	serials := serialsOf(&g)
	for at, row := range g.Rows {
		n := serials[at]
		rows = append(rows, outline.Node{Level: outline.TableLine, N: n, First: row.First, Last: row.Next, Grid: &g, GridRow: at})
	}
	return rows, g.Next
}

func gridAims(g table.Grid) (all []sheetColumn) {
	for _, c := range g.Columns {
		all = append(all, sheetColumn{Column: c})
	}
	return all
}

// serialsOf are the numbers of the rows: their own where all have one that differs from
// the others, else their place.
func serialsOf(g *table.Grid) []int {
	own, taken := make([]int, len(g.Rows)), map[int]bool{0: true}
	for at := range g.Rows {
		own[at] = serialOfRow(g, at)
		if taken[own[at]] {
			for i := range own {
				own[i] = i + 1
			}
			return own
		}
		taken[own[at]] = true
	}
	return own
}

// serialOfRow is the number of a row in its own column, or before its name.
func serialOfRow(g *table.Grid, at int) int {
	for k, c := range g.Columns {
		if text := g.Rows[at].Cells[k].Text; c.Role == table.Serial && text != "" {
			return serialOf(text)
		}
	}
	for k, c := range g.Columns {
		if c.Role == table.Name {
			return outline.MarkerAt(g.Rows[at].Cells[k].Text).N
		}
	}
	return 0
}

// gridTask reads a row of a table, or a whole one that hands targets out.
func (b *builder) gridTask(n outline.Node, at place) {
	s, known := b.sheets[n.Grid]
	if !known {
		s = sheetOf(*n.Grid, &b.reader.front)
		if b.sheets == nil {
			b.sheets = map[*table.Grid]*sheet{}
		}
		s.natures, s.marked = &b.reader.natures, b.reader.hasNotes || len(s.Notes) > 0
		s.raw = b.reader.source.Raw
		b.sheets[n.Grid] = s
		s.goOnFrom(b.lastSheet, &b.reader.front)
		s.settleOver(beginningOf(&b.reader.front), b.past || b.reader.front.TellsResults)
		b.lastSheet = s
		b.openSheet(s)
	}
	switch {
	case s.past || b.past && s.count(table.Goal) == 0:
		return
	case n.GridRow < 0:
		b.matrixTask(n, s, at)
	default:
		b.rowTask(n, s, at)
	}
}

// hasTableNotes reports whether a line of the text opens with 注, as notes to tables do.
func hasTableNotes(s *prose.Source) bool {
	return slices.ContainsFunc(s.Lines, func(l prose.Line) bool {
		return strings.HasPrefix(s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+longestNoteMark)}), "注")
	})
}

// longestNoteMark is the most characters that say that a line has notes.
const longestNoteMark = 6

// openSheet warns of what a table holds beside its targets.
func (b *builder) openSheet(s *sheet) {
	r := b.reader
	r.warnNotes(s)
	if s.past || b.past && s.count(table.Goal) == 0 {
		last := s.Rows[len(s.Rows)-1]
		end := last.Cells[len(last.Cells)-1].End
		r.warn(s.Rows[0].Cells[0].Start, max(end, s.Rows[0].Cells[0].Start), indicator.WarnResults)
		return
	}
	r.noteColumns(s)
}

func (b *builder) matrixTask(n outline.Node, s *sheet, at place) {
	g := b.block(b.reader.source.Lines[n.First:n.Last])
	g.statements, g.optional = nil, true
	s.agents = b.agentsOf(s)
	g.cells = g.readMatrix(s)
	g.title = s.title
	if g.title == "" {
		g.title = titleOf(g.segment, nil)
	}
	b.keep(g, at)
}

// agentsOf are the agencies of the rows, where there are any.
func (b *builder) agentsOf(s *sheet) []*rowAgents {
	all := make([]*rowAgents, len(s.Rows))
	for at := range s.Rows {
		if lead, joint := b.rowAgencies(s, at); len(lead)+len(joint) > 0 {
			all[at] = &rowAgents{lead, joint}
		}
	}
	return all
}

// rowTask reads one row: its figures, or where it has none its words.
func (b *builder) rowTask(n outline.Node, s *sheet, at place) {
	lead, joint := b.rowAgencies(s, n.GridRow)
	g := b.block(s.linesOf(n.GridRow, table.Name))
	g.statements = nil
	if g.cells = g.readRow(s, n.GridRow); g.cells != nil {
		g.title = s.rowAt(n.GridRow).name
	} else {
		g = b.rowInWords(s, n.GridRow)
	}
	g.assign(lead, joint)
	if g.title == "" {
		g.title = titleOf(g.segment, nil)
	}
	g.optional = g.segment.Text == "" || table.IsWhole(g.segment.Text) && (g.cells == nil || len(g.cells.targets) == 0)
	b.keep(g, at)
}

// dueOfTable is the year that the head of the targets names, else the title of the table.
func (s *sheet) dueOfTable(b *builder) *number.Token {
	year := s.year
	for _, c := range s.columns {
		if c.Role == table.Goal && c.Year != 0 {
			year = c.Year
		}
	}
	if f := b.reader.front; year == 0 || f.StartsOn.IsZero() || year < f.StartsOn.Year() {
		return nil
	}
	return &number.Token{Class: number.Date, When: calendar.When{Year: year, FirstMonth: 12, LastMonth: 12}, Apart: true}
}

// rowInWords is a row whose cells are read as sentences. In a text that tells what was
// reached, the column of targets still sets some, and no other does.
func (b *builder) rowInWords(s *sheet, at int) *block {
	roles := []table.Role{table.Name, table.Goal, table.Due, table.Other}
	results := b.past || b.reader.front.TellsResults
	switch {
	case results:
		roles = []table.Role{table.Goal, table.Due}
	case s.numeric:
		roles = []table.Role{table.Name, table.Goal, table.Due}
	}
	g := b.block(b.items(s.linesOf(at, roles...)))
	g.ofTable, g.past = true, false
	if results {
		g.title = s.rowAt(at).name
	} else {
		g.unread = s.unused(at, false)
		if !s.numeric { // what stands under a head that nobody knows is read with the words
			g.unread = slices.DeleteFunc(g.unread, func(n cellNote) bool { return n.role != table.Whole })
		}
	}
	for k, c := range s.columns {
		switch text := s.cellText(at, k); {
		case c.Role != table.Goal:
		case saysAlternative(text):
			g.unread = append(g.unread, s.noteAt(at, k, indicator.WarnTable))
		case isFigureCell(text):
			g.figures = append(g.figures, s.noteAt(at, k, indicator.WarnTable))
		}
	}
	if due := s.dueOfTable(b); due != nil {
		g.headed = due
	}
	for k, c := range s.columns {
		if cell := s.Rows[at].Cells[k]; c.Role == table.Goal && c.Ends != 0 {
			g.cellDates = append(g.cellDates, cellDate{prose.Line{Start: cell.Start, End: cell.End}, &number.Token{Class: number.Date, When: c.due, Apart: true}})
		}
	}
	return g
}

// saysAlternative reports whether a cell has a stroke or an arrow between two figures, which are not
// both read: 500亩/600亩, 3个工作日→1个工作日. A stroke right after a figure parts a ratio or a date.
func saysAlternative(text string) bool {
	if before, after, ok := strings.Cut(text, "→"); ok {
		return prose.HasDigit(before) && prose.HasDigit(after)
	}
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '/' && prose.StartsDigit(text[i+1:]) && !prose.IsDigit(rune(text[i-1])) && prose.HasDigit(text[:i]) {
			if _, power := quantity.PerPower(text[i+1:]); power == 0 {
				return true
			}
		}
	}
	return false
}

// cellDate is the date that the head over a cell of a table names.
type cellDate struct {
	prose.Line
	date *number.Token
}

// headedAt is the date that the head over a number names: that of its cell, else of the whole.
func (g *block) headedAt(t *number.Token) *number.Token {
	if len(g.cellDates) == 0 {
		return g.headed
	}
	at, _ := g.segment.Place(t.Start, t.End)
	for _, c := range g.cellDates {
		if c.Start <= at && at < c.End {
			return c.date
		}
	}
	return g.headed
}

// finish is what the cells of a block said. The figures of its segment are settled: they are
// parts of names.
func (g *blockReader) finish() *findings {
	figures := number.Tokens(g.segment.Text)
	for i := range figures {
		g.settle(&figures[i], "table")
	}
	distinct(g.targets)
	return &g.findings
}

// linesOf are the cells of a row in columns of some roles, in the order of the text.
func (s *sheet) linesOf(at int, roles ...table.Role) []prose.Line {
	var cells []prose.Line
	for k, c := range s.columns {
		cell := s.Rows[at].Cells[k]
		if slices.Contains(roles, c.Role) && cell.End > cell.Start {
			cells = append(cells, prose.Line{Start: cell.Start, End: cell.End, Whole: true})
		}
	}
	slices.SortFunc(cells, func(a, b prose.Line) int { return a.Start - b.Start })
	return cells
}

// rowAgencies are those of a row. Those of a column that only says who is responsible
// take part, unless it leads beside a column of those who help, or the first is said to. A cell
// that says itself who leads goes before its head.
func (b *builder) rowAgencies(s *sheet, at int) (lead, joint []string) {
	var first, last []string // of cells that say so
	named := func(cells []prose.Line) []string {
		var plain []prose.Line
		for _, c := range cells {
			leading, joining, ok := agency.InCell(prose.NewSegment(b.reader.source, []prose.Line{c}))
			if !ok {
				plain = append(plain, c)
			}
			first, last = append(first, leading...), append(last, joining...)
		}
		return b.cellAgencies(b.spaced(plain))
	}
	lead, joint = named(s.linesOf(at, table.Lead)), named(s.linesOf(at, table.Joint))
	answering := named(append(s.linesOf(at, table.Responsible, table.FirstLeads), s.answeringRows(at)...))
	switch {
	case len(answering) == 0:
	case s.count(table.Lead) > 0:
		joint = append(answering, joint...)
	case s.count(table.FirstLeads) > 0 || b.reader.firstLeads:
		lead, joint = answering[:1], append(slices.Clone(answering[1:]), joint...)
	case s.count(table.Joint) > 0:
		lead = answering
	default:
		joint = answering
	}
	lead = agency.Union(nil, append(first, lead...))
	return lead, agency.Without(agency.Union(nil, append(last, joint...)), lead)
}

// answeringRows is the cell that names a row by who answers for it, nil for any other.
func (s *sheet) answeringRows(at int) []prose.Line {
	for k, c := range s.columns {
		if c.Role == table.Area && table.SaysWhoAnswers(c.Head) && agency.IsName(s.cellText(at, k)) {
			return []prose.Line{s.lineAt(at, k)}
		}
	}
	return nil
}

// spaced parts cells whose agencies have no more than spaces between them.
func (b *builder) spaced(cells []prose.Line) []prose.Line {
	s := b.reader.source
	var all []prose.Line
	for _, c := range cells {
		if strings.ContainsAny(string(s.Norm[c.Start:c.End]), "、,;") {
			all = append(all, c)
			continue
		}
		start := c.Start
		for i := c.Start; i <= c.End; i++ {
			if i < c.End && s.Norm[i] != ' ' {
				continue
			}
			if part := prose.Trim(s.Norm, start, i); agency.IsName(s.CompactLine(part)) || i == c.End {
				part.Whole = true
				all = append(all, part)
				start = i
			}
		}
	}
	return all
}

// hideTitle takes the title of the table whose head is at line i out of the text before
// it: 表1 and 单位:亿元 are no sentences.
func hideTitle(s *prose.Source, i int) {
	for k, left := i-1, 3; k >= 0 && left > 0; k-- {
		l := s.Lines[k]
		if l.Start == l.End {
			continue
		}
		left--
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+outline.LongestHeading)})
		if l.End-l.Start > outline.LongestHeading || strings.ContainsAny(text, "。;|") {
			return
		}
		if word := lexicon.TableLabels.Prefix(text); word != "" && (strings.HasSuffix(word, ":") || prose.StartsDigit(text[len(word):]) || numeral.Run(text[len(word):]) > 0) {
			s.Lines[k].Page = true
		}
	}
}
