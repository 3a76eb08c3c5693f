package workplan

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// tableReader reads the tables of a source: those with cells, and those of tasks with each
// cell on a line. Their titles are no part of the text before them.
func tableReader(s *script) func(s *script, i int) (rows []node, next int) {
	t := table.Text{Raw: s.raw, Folded: s.norm}
	for _, l := range s.lines {
		t.Lines = append(t.Lines, table.Line{Start: l.start, End: l.end})
	}
	return func(s *script, i int) (rows []node, next int) {
		if rows, next = gridAt(t, i); next == i {
			rows, next = tableAt(s, i)
		}
		if next > i {
			hideTitle(s, i)
		}
		return rows, next
	}
}

// gridAt reads the table whose head is at line i as nodes: one for each row, or one for
// a table that hands targets out. It returns i when there is none.
func gridAt(t table.Text, i int) (rows []node, next int) {
	g, ok := table.At(t, i)
	if !ok {
		return nil, i
	}
	if (&sheet{Grid: g, columns: gridAims(g)}).isMatrix() {
		return []node{{level: tableLine, first: g.First, last: g.Next, grid: &g, gridRow: -1}}, g.Next
	}
	serials := serialsOf(&g)
	for at, row := range g.Rows {
		n := serials[at]
		rows = append(rows, node{level: tableLine, n: n, first: row.First, last: row.Next, grid: &g, gridRow: at})
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
			return markerAt(g.Rows[at].Cells[k].Text).n
		}
	}
	return 0
}

// gridTask reads a row of a table, or a whole one that hands targets out.
func (b *builder) gridTask(n node, at place) {
	s, known := b.sheets[n.grid]
	if !known {
		s = sheetOf(*n.grid, &b.reader.front)
		if b.sheets == nil {
			b.sheets = map[*table.Grid]*sheet{}
		}
		s.marked = b.reader.hasNotes() || len(s.Notes) > 0
		b.sheets[n.grid] = s
		s.goOnFrom(b.lastSheet, &b.reader.front)
		b.lastSheet = s
		b.openSheet(s)
	}
	switch {
	case s.past || b.past && s.count(table.Goal) == 0:
		return
	case n.gridRow < 0:
		b.matrixTask(n, s, at)
	default:
		b.rowTask(n, s, at)
	}
}

// hasNotes reports whether any table of the text has notes.
func (r *reader) hasNotes() bool {
	if r.notes == nil {
		r.notes = new(bool)
		for _, l := range r.script.lines {
			*r.notes = *r.notes || strings.HasPrefix(r.script.compactLine(line{start: l.start, end: min(l.end, l.start+longestNoteMark)}), "注")
		}
	}
	return *r.notes
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

func (b *builder) matrixTask(n node, s *sheet, at place) {
	g := b.group(b.reader.script.lines[n.first:n.last])
	g.sheet, g.natures, g.optional = s, &b.reader.natures, true
	g.statements = nil
	g.settleFigures()
	g.readMatrix(s)
	distinct(g.targets)
	g.title = s.title
	if g.title == "" {
		g.title = titleOf(g.p, nil)
	}
	b.keep(g, at)
}

// rowTask reads one row: its figures, or where it has none its words.
func (b *builder) rowTask(n node, s *sheet, at place) {
	lead, joint := b.rowAgencies(s, n.gridRow)
	g := b.group(s.linesOf(n.gridRow, table.Name))
	g.sheet, g.natures = s, &b.reader.natures
	g.statements = nil
	if g.readRow(s, n.gridRow) {
		g.settleFigures()
		distinct(g.targets)
		g.title = s.rowAt(n.gridRow).name
	} else {
		g = b.rowInWords(s, n.gridRow)
	}
	g.assign(lead, joint)
	if g.title == "" {
		g.title = titleOf(g.p, nil)
	}
	g.optional = g.p.text == "" || len(g.targets) == 0 && table.IsWhole(g.p.text)
	b.keep(g, at)
}

// dueOfTable is the year that the head of the targets names, else the title of the table.
func (s *sheet) dueOfTable(b *builder) *token {
	year := s.year
	for _, c := range s.columns {
		if c.Role == table.Goal && c.Year != 0 {
			year = c.Year
		}
	}
	if f := b.reader.front; year == 0 || f.startsOn.IsZero() || year < f.startsOn.Year() {
		return nil
	}
	return &token{class: dateClass, when: when{year: year, firstMonth: 12, lastMonth: 12}, apart: true}
}

// rowInWords is a row whose cells are read as sentences. In a text that tells what was
// reached, the column of targets still sets some, and no other does.
func (b *builder) rowInWords(s *sheet, at int) *group {
	roles := []table.Role{table.Name, table.Goal, table.Due, table.Other}
	results := b.past || b.reader.front.tellsResults
	switch {
	case results:
		roles = []table.Role{table.Goal, table.Due}
	case s.numeric:
		roles = []table.Role{table.Name, table.Goal, table.Due}
	}
	g := b.group(s.linesOf(at, roles...))
	g.ofTable, g.past = true, false
	if results {
		g.title = s.rowAt(at).name
	} else if s.numeric {
		g.noteUnused(s, at)
	}
	if due := s.dueOfTable(b); due != nil {
		g.headed = due
	}
	return g
}

// settleFigures settles the figures of a group that is read by its cells: they are parts
// of names.
func (g *group) settleFigures() {
	figures := tokens(g.p.text)
	for i := range figures {
		g.settle(&figures[i], "table")
	}
}

// linesOf are the cells of a row in columns of some roles, in the order of the text.
func (s *sheet) linesOf(at int, roles ...table.Role) []line {
	var cells []line
	for k, c := range s.columns {
		cell := s.Rows[at].Cells[k]
		if slices.Contains(roles, c.Role) && cell.End > cell.Start {
			cells = append(cells, line{start: cell.Start, end: cell.End, whole: true})
		}
	}
	slices.SortFunc(cells, func(a, b line) int { return a.start - b.start })
	return cells
}

// rowAgencies are those of a row. Those of a column that only says who is responsible
// take part, unless it leads beside a column of those who help, or the first is said to.
func (b *builder) rowAgencies(s *sheet, at int) (lead, joint []string) {
	named := func(r table.Role) []string { return b.cellAgencies(b.spaced(s.linesOf(at, r))) }
	lead, joint = named(table.Lead), named(table.Joint)
	answering := append(named(table.Responsible), named(table.FirstLeads)...)
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
	lead = union(nil, lead)
	return lead, without(union(nil, joint), lead)
}

// spaced parts cells whose agencies have no more than spaces between them.
func (b *builder) spaced(cells []line) []line {
	s := b.reader.script
	var all []line
	for _, c := range cells {
		if strings.ContainsAny(string(s.norm[c.start:c.end]), "、,;") {
			all = append(all, c)
			continue
		}
		start := c.start
		for i := c.start; i <= c.end; i++ {
			if i < c.end && s.norm[i] != ' ' {
				continue
			}
			if part := trimmed(s.norm, start, i); looksLikeAgency(s.compactLine(part)) || i == c.end {
				part.whole = true
				all = append(all, part)
				start = i
			}
		}
	}
	return all
}

// hideTitle takes the title of the table whose head is at line i out of the text before
// it: 表1 and 单位:亿元 are no sentences.
func hideTitle(s *script, i int) {
	for k, left := i-1, 3; k >= 0 && left > 0; k-- {
		l := s.lines[k]
		if l.start == l.end {
			continue
		}
		left--
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestHeading)})
		if l.end-l.start > longestHeading || strings.ContainsAny(text, "。;|") {
			return
		}
		if word := tableLabels.Prefix(text); word != "" && (strings.HasSuffix(word, ":") || startsDigit(text[len(word):]) || numeralRun(text[len(word):]) > 0) {
			s.lines[k].page = true
		}
	}
}
