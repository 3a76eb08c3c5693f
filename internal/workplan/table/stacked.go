package table

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// stackedAt reads a table with each cell on a line of its own: the heads, then the
// cells row by row.
func stackedAt(t Text, i int) (Grid, bool) {
	if first := t.Lines[i]; first.End-first.Start > mostHeadCell || first.Start == first.End {
		return Grid{}, false
	}
	head := columnOf(t.cell(t.Lines[i].Start, t.Lines[i].End))
	switch head.Role {
	case Serial:
		return numberedStack(t, i)
	case Area, Name, Category, Years:
		if strings.HasSuffix(head.Head, "表") {
			return Grid{}, false
		}
		return evenStack(t, i)
	}
	return Grid{}, false
}

// shortLines lists up to most lines from i on that are not blank, each a short cell.
func (t Text) shortLines(i, most int) []Cell {
	s := stack{text: t, next: i}
	s.fill(most)
	return s.cells
}

const (
	mostStackCell = 60
	mostStackHead = 16
)

// numberedStack reads a stacked table whose first column has numbers: a row begins with
// the next number.
func numberedStack(t Text, i int) (Grid, bool) {
	top := t.shortLines(i, mostStackHead+2)
	n := 0
	for n < len(top) && wholeNumber(top[n].Text) == 0 && length(top[n].Text) <= 20 {
		if role := columnOf(top[n]).Role; n > 0 && (role == Other || role == Serial) {
			break
		}
		n++
	}
	if n < 3 || n >= len(top) {
		return Grid{}, false
	}
	number := wholeNumber(top[n].Text)
	if number == 0 && n+1 < len(top) {
		number = wholeNumber(top[n+1].Text)
	}
	if number == 0 {
		return Grid{}, false
	}
	g := Grid{First: i}
	for _, c := range top[:n] {
		g.Columns = append(g.Columns, columnOf(c))
	}
	s := stack{text: t, next: i, grid: &g}
	s.readNumbered(n, number)
	if len(g.Rows) < 1 || !g.fitsWell() {
		t.spend(len(s.cells))
		return Grid{}, false
	}
	return g, true
}

// wholeNumber is the number of a row, 0 for anything else.
func wholeNumber(s string) int {
	if len(s) > 3 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// stack is the cells of a stacked table in their order, as far as they were asked for: a
// table may be as long as its text, and what comes after it is not read.
type stack struct {
	text  Text
	next  int // line after the last cell
	ended bool
	grid  *Grid
	cells []Cell
	lines []int
}

// fill reads on until there are n cells, or no more.
func (s *stack) fill(n int) {
	for t := s.text; len(s.cells) < n && !s.ended; s.next++ {
		if s.ended = s.next >= len(t.Lines); s.ended {
			return
		}
		l := t.Lines[s.next]
		if l.Start == l.End {
			continue
		}
		if s.ended = l.End-l.Start > mostStackCell; s.ended {
			return
		}
		if _, f := t.cut(s.next); f == strokes || f == tabs {
			s.ended = true
			return
		}
		s.cells = append(s.cells, t.cell(l.Start, l.End))
		s.lines = append(s.lines, s.next)
	}
}

// has reports whether there is a cell at a place.
func (s *stack) has(at int) bool {
	s.fill(at + 1)
	return at < len(s.cells)
}

// holdsRow reports whether the cells from at on are a row.
func (s *stack) holdsRow(at int) bool {
	s.fill(at + len(s.grid.Columns))
	return s.grid.isRow(s.cells, at)
}

// readNumbered takes the rows from the cell at on. What is left over between two rows
// is the heading of the next.
func (s *stack) readNumbered(at, number int) {
	columns, category := len(s.grid.Columns), ""
	if !s.has(at) {
		return
	}
	s.grid.Next = s.lines[at]
	for ; s.has(at); number++ {
		if s.cells[at].Text != strconv.Itoa(number) {
			if !s.has(at+1) || s.cells[at+1].Text != strconv.Itoa(number) || wholeNumber(s.cells[at].Text) != 0 {
				return
			}
			category = s.cells[at].Text
			at++
		}
		end := s.rowEnd(at, number)
		if end-at < columns-2 || end-at < 2 {
			return
		}
		take := min(end, at+columns)
		s.add(at, take, category)
		s.grid.Next = s.lines[take-1] + 1
		at = take
	}
}

// rowEnd is where the next row begins: at the line with its number, or the line before
// that where it is the heading of rows.
func (s *stack) rowEnd(at, number int) int {
	columns := len(s.grid.Columns)
	next := strconv.Itoa(number + 1)
	for k := at + 2; k <= at+columns+1 && s.has(k); k++ {
		if s.cells[k].Text == next && (k >= at+columns-1) {
			return k
		}
	}
	return min(len(s.cells), at+columns)
}

// add makes a row of cells; where one is missing, the last column stays blank.
func (s *stack) add(from, to int, category string) {
	row := Row{First: s.lines[from], Next: s.lines[to-1] + 1, Category: category}
	row.Cells = append(row.Cells, s.cells[from:to]...)
	for len(row.Cells) < len(s.grid.Columns) {
		end := row.Cells[len(row.Cells)-1].End
		row.Cells = append(row.Cells, Cell{Line: Line{end, end}})
	}
	s.grid.Rows = append(s.grid.Rows, row)
}

// fitsWell reports whether a table of cells that were counted off has figures in the
// columns that should: else the lines are no such table.
func (g *Grid) fitsWell() bool {
	for k, c := range g.Columns {
		switch c.Role {
		case Goal, Year, Change, Base:
			if g.figures(k) {
				return true
			}
		}
	}
	return false
}

// evenStack reads a stacked table without numbers: every row has as many lines as there
// are heads.
func evenStack(t Text, i int) (Grid, bool) {
	top := t.shortLines(i, 3*mostStackHead)
	if len(top) < 6 || top[0].Text == top[1].Text {
		return Grid{}, false
	}
	var columns []Column
	for _, c := range top[:min(len(top), mostStackHead)] {
		columns = append(columns, columnOf(c))
	}
	for n := 2; n <= mostStackHead && 3*n <= len(top); n++ {
		if opensFigure(top[n-1].Text) {
			break
		}
		if !isHead(top[:n], columns[:n]) {
			continue
		}
		g := Grid{First: i, Columns: columns[:n:n]}
		if g.has(Serial) {
			break
		}
		if !g.isRow(top, n) || !g.isRow(top, 2*n) {
			continue
		}
		s := stack{text: t, next: i, grid: &g}
		s.readEven(n)
		if len(g.Rows) < 2 {
			t.spend(len(s.cells))
		}
		return g, len(g.Rows) > 1
	}
	return Grid{}, false
}

// isRow reports whether the cells from at on are a row: words where the heads are those
// of names, figures where they are those of figures, and at least one figure.
func (g *Grid) isRow(cells []Cell, at int) bool {
	if at+len(g.Columns) > len(cells) || lexicon.NoteOpenings.Prefix(cells[at].Text) != "" {
		return false
	}
	figures := 0
	for k, c := range g.Columns {
		text := cells[at+k].Text
		number := isFigure(text) && yearIn(text) == 0
		if !c.mayHold(text, number) {
			return false
		}
		if number {
			figures++
		}
	}
	return figures > 0
}

// mayHold reports whether a cell may stand in a column, given whether it is a figure.
func (c Column) mayHold(text string, number bool) bool {
	switch c.Role {
	case Name, Area, Category, Nature, Lead, Joint, Responsible, FirstLeads:
		return !number || c.Unit != "" // what a head with a unit names is measured
	case Years:
		return yearIn(text) != 0 || monthsIn(text) != 0 || lexicon.WholeHeads.Has(text)
	case Other:
		return number || IsBlank(text)
	case Goal, Year, Base, Change, PastGoal, Result, Points:
		return number || IsBlank(text) || length(text) <= longestWords+2
	}
	return true
}

// readEven takes rows of n cells. A line that fits no row is the heading of those after it.
func (s *stack) readEven(n int) {
	category := ""
	for at := n; s.has(at); {
		switch {
		case s.holdsRow(at):
			s.add(at, at+n, category)
			at += n
			s.grid.Next = s.lines[at-1] + 1
		case s.holdsRow(at+1) && lexicon.NoteOpenings.Prefix(s.cells[at].Text) == "" && !isFigure(s.cells[at].Text):
			category = s.cells[at].Text
			at++
		default:
			return
		}
	}
}
