package table

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// flatAt reads a table whose cells have no more than single spaces between, as texts of
// PDF files have them. Rows begin with the numbers 1, 2, 3; what a column is for shows in
// the cells themselves: units, 约束性, figures. A cell that was broken over lines stands
// half above and half below the line of its row.
func flatAt(t Text, i int) (Grid, bool) {
	l := t.Lines[i]
	if l.Start == l.End || l.End-l.Start > mostHeadCell {
		return Grid{}, false
	}
	if text := t.compact(l.Start, l.End); !strings.HasPrefix(text, "序") && !strings.HasPrefix(text, "指标") {
		return Grid{}, false
	}
	f := flat{text: t, first: i}
	if !f.findRows() || !f.readHead() {
		return Grid{}, false
	}
	g := Grid{First: i, Columns: f.columns(), Next: f.rows[len(f.rows)-1] + 1}
	if len(g.Columns) > mostColumns {
		return Grid{}, false
	}
	f.readRows(&g)
	f.readNotes(&g)
	return g, len(g.Rows) >= leastFlatRows
}

const (
	mostFlatHead  = 8 // lines of a head
	mostFlatGap   = 8 // lines between the numbers of two rows
	leastFlatRows = 3
	mostFragment  = 4 // characters of a piece of a unit
)

// flat is a table while it is read.
type flat struct {
	text   Text
	first  int
	rows   []int    // lines that begin with the number of a row
	values []Column // the columns of figures
	unit   bool     // there is a column of units
	nature int      // 0 for no column of natures, 1 before the figures, 2 after them
}

// findRows finds the lines that begin with 1, 2, 3.
func (f *flat) findRows() bool {
	want, gap := 1, mostFlatHead
	for i := f.first + 1; i < len(f.text.Lines) && gap > 0; i++ {
		gap--
		l := f.text.Lines[i]
		mark := strconv.Itoa(want) + " "
		if l.End-l.Start <= len(mark) || string(f.text.Norm[l.Start:l.Start+len(mark)]) != mark || !f.isRow(i) && !f.goesOnBelow(i) {
			continue
		}
		f.rows = append(f.rows, i)
		want, gap = want+1, mostFlatGap
	}
	return len(f.rows) >= leastFlatRows
}

// isRow reports whether a line has what a row has: a nature, or a figure or stroke at its
// end.
func (f *flat) isRow(i int) bool {
	cells := f.tokens(i)
	last := cells[len(cells)-1].Text
	for _, c := range cells {
		if isNature(c.Text) {
			return true
		}
	}
	return len(cells) > 2 && (isFigure(last) || IsBlank(last))
}

// goesOnBelow reports whether a row begins with no more than a part of its name, and the
// next line has its figures.
func (f *flat) goesOnBelow(i int) bool {
	if i+1 >= len(f.text.Lines) || len(f.tokens(i)) != 2 {
		return false
	}
	next := f.text.Lines[i+1]
	return next.Start < next.End && !isWord(f.text.Norm[next.Start]) && f.isRow(i+1)
}

func isNature(s string) bool { return s == "约束性" || s == "预期性" }

// tokens are the parts of a line between spaces.
func (f *flat) tokens(i int) []Cell {
	l := f.text.Lines[i]
	var cells []Cell
	start := l.Start
	for k := l.Start; k <= l.End; k++ {
		if k < l.End && f.text.Norm[k] != ' ' {
			continue
		}
		if k > start {
			cells = append(cells, f.text.cell(start, k))
		}
		start = k + 1
	}
	return cells
}

// readHead finds the columns of figures in the line of the head that names most of them,
// and where natures stand in the rows.
func (f *flat) readHead() bool {
	for i := f.first; i < f.rows[0]; i++ {
		var values []Column
		for _, c := range joined(f.tokens(i)) {
			col := columnOf(c)
			switch col.Role {
			case Year, Goal, Base, Change, BaseChange:
				values = append(values, col)
			case Unit:
				f.unit = true
			}
		}
		if len(values) >= len(f.values) && len(values) > 0 {
			f.values = values
		}
	}
	for _, i := range f.rows {
		cells := f.tokens(i)
		for k, c := range cells {
			if isNature(c.Text) {
				f.nature = 1
				if k == len(cells)-1 {
					f.nature = 2
				}
			}
		}
	}
	return len(f.values) > 0
}

func (f *flat) columns() []Column {
	all := []Column{{Head: "序号", Role: Serial}, {Head: "指标", Role: Name}}
	if f.unit {
		all = append(all, Column{Head: "单位", Role: Unit})
	}
	if f.nature > 0 {
		all = append(all, Column{Head: "属性", Role: Nature})
	}
	return append(all, f.values...)
}

// flatRow is a row while its pieces are put together.
type flatRow struct {
	line         int
	name, unit   Cell
	nature       Cell
	values       []Cell
	above, below []int // lines that belong to it
}

// readRows parts the lines between the numbers among the rows that lack something.
func (f *flat) readRows(g *Grid) {
	rows := make([]flatRow, len(f.rows))
	for n, i := range f.rows {
		rows[n] = f.rowAt(i)
	}
	for n := range rows {
		from := f.first
		if n > 0 {
			from = rows[n-1].line
		}
		var between []int
		for i := from + 1; n > 0 && i < rows[n].line; i++ {
			if f.text.Lines[i].Start < f.text.Lines[i].End {
				between = append(between, i)
			}
		}
		switch {
		case n == 0 || len(between) == 0:
		case f.lacks(rows[n]) && f.lacks(rows[n-1]):
			half := len(between) / 2
			rows[n-1].below, rows[n].above = between[:half], between[half:]
		case f.lacks(rows[n]):
			rows[n].above = between
		default:
			rows[n-1].below = between
		}
	}
	f.closeLast(&rows[len(rows)-1])
	for n := range rows {
		f.add(g, &rows[n], n+1)
	}
}

// closeLast gives the last row the line below it, where one above it shows that it was
// broken.
func (f *flat) closeLast(r *flatRow) {
	next := r.line + 1
	if len(r.above) > 0 && f.lacks(*r) && next < len(f.text.Lines) {
		if l := f.text.Lines[next]; l.End > l.Start && l.End-l.Start <= mostFragment {
			r.below = []int{next}
		}
	}
}

// rowAt reads the line of a row.
func (f *flat) rowAt(i int) flatRow {
	cells := f.tokens(i)[1:]
	r := flatRow{line: i}
	split := len(cells)
	for k, c := range cells {
		if isNature(c.Text) {
			r.nature, split = c, k
			break
		}
	}
	left, right := cells[:split], cells[min(split+1, len(cells)):]
	if f.nature != 1 {
		for len(left) > 0 && len(right) < len(f.values) && isValue(left[len(left)-1].Text) {
			right = append([]Cell{left[len(left)-1]}, right...)
			left = left[:len(left)-1]
		}
	}
	if n := len(left); f.unit && n > 0 && (n > 1 || LooksLikeUnit(left[0].Text)) && (LooksLikeUnit(left[n-1].Text) || IsBlank(left[n-1].Text)) {
		r.unit, left = left[n-1], left[:n-1]
	}
	for _, c := range left {
		r.name = f.grown(r.name, c)
	}
	r.values = append(r.values, right...)
	return r
}

func isValue(s string) bool { return isFigure(s) || IsBlank(s) || strings.HasPrefix(s, "[") }

// lacks reports whether a row has no name, no unit or not all of its figures on its own
// line.
func (f *flat) lacks(r flatRow) bool {
	return r.name.Text == "" || f.unit && r.unit.Text == "" || len(r.values) < len(f.values)
}

// grown is a cell with a further piece of it.
func (f *flat) grown(c, piece Cell) Cell {
	if c.Text == "" {
		return piece
	}
	c.Text += piece.Text
	c.Down = true
	return c
}

// add puts the pieces of a row together and makes it one of the grid.
func (f *flat) add(g *Grid, r *flatRow, number int) {
	whole := *r
	whole.name, whole.unit = Cell{}, Cell{}
	noUnit := r.unit.Text == ""
	for _, i := range r.above {
		f.take(&whole, i, noUnit)
	}
	if r.name.Text != "" {
		whole.name = f.grown(whole.name, r.name)
	}
	if !noUnit {
		whole.unit = f.grown(whole.unit, r.unit)
	}
	for _, i := range r.below {
		f.take(&whole, i, noUnit)
	}
	last := r.line
	if n := len(r.below); n > 0 {
		last = r.below[n-1]
	}
	l := f.text.Lines[r.line]
	mark := strconv.Itoa(number)
	cells := []Cell{f.text.cell(l.Start, l.Start+len(mark)), f.placed(whole.name, l)}
	if f.unit {
		cells = append(cells, f.placed(whole.unit, l))
	}
	if f.nature > 0 {
		cells = append(cells, f.placed(whole.nature, l))
	}
	for k := range f.values {
		c := Cell{}
		if k < len(whole.values) {
			c = whole.values[k]
		}
		cells = append(cells, f.placed(c, l))
	}
	g.Rows = append(g.Rows, Row{First: r.line, Next: last + 1, Cells: cells})
	g.Next = max(g.Next, last+1)
}

// placed gives a blank cell its place at the end of the row's line.
func (f *flat) placed(c Cell, l Line) Cell {
	if c.Text == "" && c.End == 0 {
		c.Line = Line{l.End, l.End}
	}
	return c
}

// take parts a broken-off line among the cells of its row: pieces of a unit, of figures
// in brackets, and else of the name.
func (f *flat) take(r *flatRow, i int, noUnit bool) {
	cells := f.tokens(i)
	for _, c := range cells {
		switch {
		case f.takeWords(r, i, c), f.isSubscript(r, c):
		case isNature(c.Text):
			r.nature = c
		case strings.HasPrefix(c.Text, "[") || strings.HasSuffix(c.Text, "]"):
			f.takeSum(r, c)
		case noUnit && f.unit && length(c.Text) <= mostFragment && (len(cells) == 1 || c != cells[0]) && !isFigure(c.Text):
			r.unit = f.grown(r.unit, c)
		case isValue(c.Text) && len(r.values) < len(f.values):
			r.values = append(r.values, c)
		default:
			r.name = f.grown(r.name, c)
		}
	}
}

// takeWords puts a piece of a cell in words where it belongs: what it opens with stands above
// the line of the row, and what it ends with below.
func (f *flat) takeWords(r *flatRow, i int, c Cell) bool {
	for k := range r.values {
		v := &r.values[k]
		switch {
		case isValue(v.Text):
		case i < r.line && lexicon.WaitingOpenings.Prefix(c.Text) != "":
			v.Text, v.Down = c.Text+v.Text, true
			return true
		case i > r.line && lexicon.WaitingEndings.Suffix(c.Text) != "" && lexicon.WaitingOpenings.Prefix(v.Text) != "":
			v.Text, v.Down = v.Text+c.Text, true
			return true
		}
	}
	return false
}

// isSubscript reports whether a figure belongs to letters of the name and was set below them: the
// 2.5 of PM2.5.
func (f *flat) isSubscript(r *flatRow, c Cell) bool {
	return isFigure(c.Text) && len(r.values) == len(f.values) && hasLatin(r.name.Text)
}

func hasLatin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) })
}

// takeSum puts a piece of a sum in brackets into the column that holds sums.
func (f *flat) takeSum(r *flatRow, c Cell) {
	for len(r.values) < len(f.values) {
		blank := Cell{Line: Line{c.Start, c.Start}}
		if n := len(r.values); n > 0 && IsBlank(r.values[n-1].Text) && r.values[n-1].Text != "" && strings.HasPrefix(c.Text, "[") {
			r.values = append(r.values[:n-1:n-1], blank, r.values[n-1]) // the stroke stands where the line has nothing else
			continue
		}
		r.values = append(r.values, blank)
	}
	for k, col := range f.values {
		if strings.Contains(col.Head, "累计") || strings.Contains(col.Head, "[") || k == len(f.values)-1 {
			if IsBlank(r.values[k].Text) {
				r.values[k] = c
			} else {
				r.values[k] = f.grown(r.values[k], c)
			}
			return
		}
	}
}

// readNotes takes the footnotes under the rows: 1 and 2 begin them, and each ends with its
// sentence.
func (f *flat) readNotes(g *Grid) {
	want := 1
	for i := g.Next; i < len(f.text.Lines) && i < g.Next+mostNoteLines; i++ {
		l := f.text.Lines[i]
		text := f.text.compact(l.Start, l.End)
		mark := strconv.Itoa(want)
		ended := len(g.Notes) == 0 || strings.HasSuffix(f.text.compact(g.Notes[len(g.Notes)-1].Start, g.Notes[len(g.Notes)-1].End), "。")
		if ended && (!strings.HasPrefix(text, mark) || len(text) <= len(mark) || isWord(firstRune(text[len(mark):]))) {
			break
		}
		if ended {
			want++
		}
		g.Notes = append(g.Notes, l)
	}
	g.Next += len(g.Notes)
}
