package table

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// body reads the rows under a head.
type body struct {
	heading
	grid     *Grid
	category string
	width    int // cells of a row as it is printed, which may be two rows of the grid
}

// read takes rows from line next on, up to the first line that is none.
func (b *body) read(next int) {
	t := b.text
	end, read := next, 0
	for i := next; i < len(t.Lines); i++ {
		if l := t.Lines[i]; l.Start == l.End {
			continue
		}
		if b.form == strokes && t.ruled(i) {
			end = i + 1
			continue
		}
		read++
		cells, f := t.cut(i)
		if f == commas && len(cells) > b.width {
			cells = t.rejoined(cells)
		}
		if f != b.form || f == commas && len(cells) != b.width {
			if i = b.between(i); i < 0 {
				break
			}
			continue
		}
		cells = b.fit(i, cells)
		if b.form == spaces {
			cells = b.align(cells)
		}
		b.row(i, cells)
		end = i + 1
	}
	b.grid.Next = end
	if len(b.grid.Rows) == 0 {
		t.spend(read)
	}
	b.repeatMerged()
}

// between reads a line that is no row: the heading of the rows after it, where those go
// on right below. It returns that line, or -1 where the table ends.
func (b *body) between(i int) int {
	l := b.text.Lines[i]
	text := b.text.compact(l.Start, min(l.End, l.Start+mostCategory+1))
	if l.End-l.Start > mostCategory || endsTable(text) {
		return -1
	}
	if cells, f := b.text.cut(i); f == commas && slices.ContainsFunc(cells, func(c Cell) bool { return isFigure(c.Text) }) {
		return -1 // a row of more or fewer cells than there are columns
	}
	k := i + 1
	for k < len(b.text.Lines) && b.text.Lines[k].Start == b.text.Lines[k].End {
		k++
	}
	if k >= len(b.text.Lines) || len(b.grid.Rows) == 0 && k > i+1 {
		return -1
	}
	cells, f := b.text.cut(k)
	if f != b.form || len(b.fit(k, cells)) != b.width || headRow(outer(cells, b.left, b.right)) {
		return -1
	}
	b.category = text
	return i
}

// endsTable reports whether a line that is no row has words with which a table is over: a
// sentence, a note, the name of another table.
func endsTable(text string) bool {
	return strings.ContainsAny(text, "。;:") || lexicon.ContinuedTable.In(text) || lexicon.NoteOpenings.Prefix(text) != "" || lexicon.CaptionEndings.Suffix(text) != ""
}

// row takes a row of cells: one of the table, the head said again, or a heading.
func (b *body) row(i int, cells []Cell) {
	count, at := 0, 0
	for k, c := range cells {
		if c.Text != "" {
			count++
			at = k
		}
	}
	switch {
	case count == 0 || b.saysHead(cells):
		return
	case count == 1 && at < 3 && !isFigure(cells[at].Text) && length(cells[at].Text) <= mostCategory:
		b.category = cells[at].Text
		return
	case count == 2 && b.heads(cells, at):
		b.category = cells[at].Text
		return
	}
	cells = b.fill(i, cells)
	for n := len(b.grid.Columns); len(cells) > 0; cells = cells[n:] {
		if own := cells[:n:n]; filled(own) > 0 {
			b.grid.Rows = append(b.grid.Rows, Row{First: i, Next: i + 1, Cells: own, Category: b.category})
		}
	}
}

// fill gives a row as many cells as are printed in one: blank ones at its end, or the last
// with all that is left. Where figures are left under no head, the row is none.
func (b *body) fill(i int, cells []Cell) []Cell {
	for end := b.text.Lines[i].End; len(cells) < b.width; {
		cells = append(cells, Cell{Line: Line{end, end}})
	}
	if len(cells) == b.width {
		return cells
	}
	last := b.width - 1
	if b.form == spaces && isFigure(cells[last].Text) && isFigure(cells[b.width].Text) {
		return nil
	}
	rest := b.text.cell(cells[last].Start, cells[len(cells)-1].End)
	return append(cells[:last:last], rest)
}

// heads reports whether a row of two cells is the heading of those after it: 一 | 生态.
func (b *body) heads(cells []Cell, at int) bool {
	if at == 0 || at >= len(b.grid.Columns) || length(cells[at].Text) > mostCategory {
		return false
	}
	left := cells[at-1].Text
	role := b.grid.Columns[at].Role
	return b.grid.Columns[at-1].Role == Serial && left != "" && strings.Trim(left, "一二三四五六七八九十()、.") == "" && (role == Name || role == Category)
}

// saysHead reports whether a row only says the head again.
func (b *body) saysHead(cells []Cell) bool {
	for _, row := range b.rows {
		same := 0
		for k, c := range cells {
			if k < len(row) && c.Text == row[k].Text {
				same++
			}
		}
		if same == len(cells) && same == len(row) {
			return true
		}
	}
	return false
}

// repeatMerged says in each row what a merged cell above it says: a blank cell of
// categories always, one of agencies, times and names where the row has no number of its own.
func (b *body) repeatMerged() {
	g := b.grid
	for i := 1; i < len(g.Rows); i++ {
		row, above := &g.Rows[i], &g.Rows[i-1]
		if row.Category != above.Category {
			continue
		}
		sub := g.continues(*row)
		for k, c := range g.Columns {
			if row.Cells[k].Text != "" || above.Cells[k].Text == "" {
				continue
			}
			switch c.Role {
			case Category:
			case Serial, Lead, Joint, Responsible, FirstLeads, Due:
				if !sub {
					continue
				}
			case Name:
				if !sub || !g.namedRight(*row, k) {
					continue
				}
			default:
				continue
			}
			row.Cells[k].Text, row.Cells[k].Line, row.Cells[k].Down = above.Cells[k].Text, above.Cells[k].Line, true
		}
	}
}

// continues reports whether a row belongs to the item of the row above it: there are
// numbers, or names on the left, and it has none.
func (g *Grid) continues(r Row) bool {
	for k, c := range g.Columns {
		switch c.Role {
		case Serial:
			return r.Cells[k].Text == ""
		case Name, Category, Area:
			return r.Cells[k].Text == ""
		}
	}
	return false
}

// namedRight reports whether a column right of k names the row.
func (g *Grid) namedRight(r Row, k int) bool {
	for j := k + 1; j < len(g.Columns); j++ {
		if g.Columns[j].Role == Name && r.Cells[j].Text != "" {
			return true
		}
	}
	return false
}

// align gives the cells of a row that is cut by spaces their columns. Blank cells leave
// a wider gap, and no more than that.
func (b *body) align(cells []Cell) []Cell {
	want := b.width
	if len(cells) >= want {
		return cells
	}
	narrow := narrowest(b.rows[0])
	var all []Cell
	for i, c := range cells {
		if i > 0 {
			blank := (c.Start-cells[i-1].End+narrow/2)/narrow - 1
			for ; blank > 0 && len(all)+len(cells)-i < want; blank-- {
				all = append(all, Cell{Line: Line{c.Start, c.Start}})
			}
		}
		all = append(all, c)
	}
	return all
}

// narrowest is the least number of spaces between two cells of a head.
func narrowest(cells []Cell) int {
	least := 0
	for i := 1; i < len(cells); i++ {
		if gap := cells[i].Start - cells[i-1].End; least == 0 || gap < least {
			least = gap
		}
	}
	return max(2, least)
}
