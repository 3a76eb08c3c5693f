package table

import (
	"strings"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// cutAt reads a table whose rows are lines that are cut into cells.
func cutAt(t Text, i int) (Grid, bool) {
	cells, f := t.cut(i)
	if f == noForm || f == commas && !t.isCommaTable(i, len(cells)) {
		return Grid{}, false
	}
	h := heading{text: t, form: f, first: i}
	h.readEdges(i)
	if f == spaces {
		cells = joined(cells)
	}
	cells = outer(cells, h.left, h.right)
	h.rows = [][]Cell{cells}
	if !headRow(cells) && !h.unitsFollow(i+1) {
		return Grid{}, false
	}
	next := h.readLower(i + 1)
	g := Grid{First: i, Columns: h.columns()}
	b := body{heading: h, grid: &g, width: len(g.Columns)}
	if g.saysTwice() {
		g.Columns = g.Columns[:b.width/2]
	}
	b.read(next)
	return g, len(g.Rows) > 0
}

// unitsFollow reports whether a row of units stands under cells that may be heads: they
// name what is measured.
func (h *heading) unitsFollow(next int) bool {
	for _, c := range h.rows[0] {
		if !mayHead(c.Text) {
			return false
		}
	}
	if next >= len(h.text.Lines) || len(h.rows[0]) < 2 {
		return false
	}
	cells, f := h.text.cut(next)
	if f != h.form {
		return false
	}
	cells = h.fit(next, cells)
	return len(cells) > 0 && lexicon.UnitHeads.Has(cells[0].Text) && h.areUnits(cells)
}

// saysTwice reports whether the right half of a head says what the left half says: the
// table is printed in two columns, and a row has two of its rows.
func (g *Grid) saysTwice() bool {
	half := len(g.Columns) / 2
	if half < 2 || len(g.Columns)%2 != 0 {
		return false
	}
	for k := range half {
		if g.Columns[k].Head == "" || g.Columns[k].Head != g.Columns[half+k].Head {
			return false
		}
	}
	return true
}

// heading is the head of a table while it is read.
type heading struct {
	text        Text
	form        form
	first       int
	left, right bool // strokes stand around its rows
	rows        [][]Cell
	units       []Cell // of a row under the head that says no more than units; nil for none
}

func (h *heading) readEdges(i int) {
	if l := h.text.Lines[i]; h.form == strokes {
		h.left = h.text.Norm[l.Start] == '|'
		h.right = h.left && h.text.Norm[l.End-1] == '|' // else it stands before a blank cell
	}
}

// joined puts a word together that a page has lexicon.SpreadHeads: 备  注.
func joined(cells []Cell) []Cell {
	var all []Cell
	for _, c := range cells {
		n := len(all)
		if n > 0 && length(all[n-1].Text) == 1 && length(c.Text) == 1 && lexicon.SpreadHeads.Has(all[n-1].Text+c.Text) {
			all[n-1].End, all[n-1].Text = c.End, all[n-1].Text+c.Text
			continue
		}
		all = append(all, c)
	}
	return all
}

// headRow reports whether cells may be the first row of a head.
func headRow(cells []Cell) bool {
	for _, c := range cells {
		if !mayHead(c.Text) {
			return false
		}
	}
	columns := make([]Column, len(cells))
	for k, c := range cells {
		columns[k] = columnOf(c)
	}
	return isHead(cells, columns)
}

// mayHead reports whether a text may stand in a head: short, without a figure.
func mayHead(s string) bool {
	return length(s) <= mostHeadCell && !opensFigure(s) && !strings.ContainsAny(s, "。;")
}

// isHead reports whether cells with what they are as heads may be the first row of a
// head: short, without figures, and some of them known.
func isHead(cells []Cell, columns []Column) bool {
	if len(cells) < 2 {
		return false
	}
	known, filled := 0, 0
	for k, c := range cells {
		if !mayHead(c.Text) {
			return false
		}
		if c.Text == "" {
			continue
		}
		filled++
		if columns[k].Role != Other || columns[k].Unit != "" {
			known++
		}
	}
	first := columns[0].Role
	return filled > 1 && known > 1 || known == 1 && filled > 1 && (first == Area || first == Years)
}

// readLower takes the further rows of a head: they say more of columns that the row
// above spans, and name nothing.
func (h *heading) readLower(next int) int {
	for n := 0; next < len(h.text.Lines) && len(h.rows) < mostHeadRows && n < mostHeadRows+2; n++ {
		if l := h.text.Lines[next]; l.Start == l.End || h.form == strokes && h.text.ruled(next) {
			next++
			continue
		}
		cells, f := h.text.cut(next)
		if f != h.form {
			break
		}
		cells = h.fit(next, cells)
		if h.areUnits(cells) {
			h.units = cells
			return next + 1
		}
		if !h.isLower(cells) {
			break
		}
		if h.form == spaces && len(h.rows) == 1 {
			h.rows[0], cells = h.under(h.first, next, h.rows[0], cells)
		}
		h.rows = append(h.rows, cells)
		next++
	}
	return next
}

// under puts the cells of a lower row, cut by spaces, under the last of the row above that
// begins left of their middle. Of both rows it leaves cells blank where the other
// has more.
func (h *heading) under(first, lower int, top, cells []Cell) (above, below []Cell) {
	at := 0
	for j, c := range top {
		n := 0
		for at < len(cells) && (j == len(top)-1 || h.middle(lower, cells[at]) < h.column(first, top[j+1].Start)) {
			if n == 0 {
				above = append(above, c)
			} else {
				above = append(above, Cell{Line: Line{c.End, c.End}})
			}
			below = append(below, cells[at])
			at, n = at+1, n+1
		}
		if n == 0 {
			above = append(above, c)
			end := h.text.Lines[lower].End
			below = append(below, Cell{Line: Line{end, end}})
		}
	}
	return above, below
}

// middle is how far the middle of a cell stands from the left edge of its line.
func (h *heading) middle(line int, c Cell) int {
	return (h.column(line, c.Start) + h.column(line, c.End)) / 2
}

// column is how far a character stands from the left edge of its line, on which a wide
// character takes two places.
func (h *heading) column(line, at int) int {
	width := 0
	for i := h.text.lineStart(line); i < at; i++ {
		width++
		if h.text.Raw[i] > unicode.MaxLatin1 && h.text.Raw[i] != '—' {
			width++
		}
	}
	return width
}

// areUnits reports whether cells under a head say no more than units: one at least, and
// nothing of the first column but that it has them.
func (h *heading) areUnits(cells []Cell) bool {
	if len(cells) > len(h.rows[0]) {
		return false
	}
	units := 0
	for k, c := range cells {
		switch {
		case IsBlank(c.Text), k < len(h.rows[0]) && c.Text == h.rows[0][k].Text, k == 0 && lexicon.UnitHeads.Has(c.Text):
		case k > 0 && LooksLikeUnit(strings.Trim(c.Text, "()")):
			units++
		default:
			return false
		}
	}
	return units > 0
}

// isLower reports whether cells are a further row of the head.
func (h *heading) isLower(cells []Cell) bool {
	top := h.rows[len(h.rows)-1]
	under := len(cells) > 0 && cells[0].Text == "" && h.spansAny() // the row goes on from heads that span columns
	own := 0
	for k, c := range cells {
		if c.Text == "" || k < len(top) && top[k].Text == c.Text {
			continue
		}
		if length(c.Text) > mostHeadCell || IsBlank(c.Text) || opensFigure(c.Text) {
			return false
		}
		if !under && !h.mayStandUnder(k, columnOf(c).Role) {
			return false
		}
		own++
	}
	return own > 0 && len(cells) <= len(top)+4
}

// mayStandUnder reports whether a cell of a role goes on from the head over column k: what
// names a row does so only where the head above spans it.
func (h *heading) mayStandUnder(k int, r Role) bool {
	top := h.rows[len(h.rows)-1]
	switch r {
	case Other, Name, Category, Serial:
		return k > 0 && (k >= len(top) || top[k].Text == "" || h.spans(k))
	}
	return true
}

// spansAny reports whether a cell of the row above spans columns: the one on its right is
// blank, or says the same.
func (h *heading) spansAny() bool {
	top := h.rows[len(h.rows)-1]
	for k := 1; k < len(top); k++ {
		if top[k].Text == top[k-1].Text || top[k].Text == "" && k+1 < len(top) {
			return true
		}
	}
	return false
}

// spans reports whether a cell of the row above reaches over column k: it is blank, or
// the next one is, or it is said again beside.
func (h *heading) spans(k int) bool {
	top := h.rows[len(h.rows)-1]
	if k >= len(top) {
		return true
	}
	blankNext := k+1 < len(top) && (top[k+1].Text == "" || top[k+1].Text == top[k].Text)
	return top[k].Text == "" || blankNext || k > 0 && top[k-1].Text == top[k].Text
}

// fit gives a row as many cells as the head has, as far as its form shows which are
// blank.
func (h *heading) fit(i int, cells []Cell) []Cell {
	want := len(h.rows[0])
	if h.form != strokes {
		return cells
	}
	l := h.text.Lines[i]
	opens := h.text.Norm[l.Start] == '|'
	switch {
	case h.left:
		cells = outer(cells, true, h.right)
	case opens && len(cells) > want:
		cells = outer(cells, true, false)
	}
	if len(cells) == want+1 && cells[len(cells)-1].Text == "" {
		cells = cells[:want]
	}
	return cells
}

// columns says in each column what stands above it in all rows of the head. A blank
// cell of an upper row is covered by the one on its left where a lower row goes on.
func (h *heading) columns() []Column {
	n := 0
	for _, row := range h.rows {
		n = max(n, len(row))
	}
	var all []Column
	for k := range min(n, mostColumns) {
		var levels []string
		var place Line
		for r, row := range h.rows {
			c := h.above(r, k, row)
			if c.Text == "" || len(levels) > 0 && levels[len(levels)-1] == c.Text {
				continue
			}
			levels = append(levels, c.Text)
			place = c.Line
		}
		c := columnOf(Cell{Line: place, Text: strings.Join(levels, "/")})
		if k < len(h.units) && c.Unit == "" && k > 0 && !IsBlank(h.units[k].Text) && (len(levels) == 0 || h.units[k].Text != levels[len(levels)-1]) {
			c.Unit = strings.Trim(h.units[k].Text, "()")
		}
		all = append(all, c)
	}
	return all
}

// above is the cell of row r of the head over column k.
func (h *heading) above(r, k int, row []Cell) Cell {
	if k < len(row) && row[k].Text != "" {
		return row[k]
	}
	lower := false
	for _, below := range h.rows[r+1:] {
		lower = lower || k < len(below) && below[k].Text != ""
	}
	if !lower {
		return Cell{}
	}
	for k = min(k, len(row)) - 1; k >= 0; k-- {
		if row[k].Text != "" {
			return row[k]
		}
	}
	return Cell{}
}
