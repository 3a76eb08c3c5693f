// Package table recovers the tables of a plan from its lines. A table is a grid
// before it is text: columns with heads of several levels, rows with cells, what
// stands above and the notes under it. Its rows may be cut by strokes, by tabs, by
// several spaces, or have each cell on a line of its own. It is a pure function of
// the lines and knows nothing of what the figures mean.
package table

import "strings"

// Line is a stretch of a text from Start to End, in characters. It is blank where
// both are equal.
type Line struct{ Start, End int }

// Text is a text in lines. Norm has a character for each of Raw, with the many
// writings of a sign brought to one; spaces around a line are no part of it.
type Text struct {
	Raw, Norm []rune
	Lines     []Line
	Spent     *int // lines read in vain so far, shared by all calls of At; nil where nobody counts
}

// Cell is a place in the text and what stands there, normalized and without the spaces
// that set a page. A blank cell has no text.
type Cell struct {
	Line
	Text string
	Down bool // said above for several rows, and repeated here, or put together from pieces
}

// Grid is one table.
type Grid struct {
	First, Next int    // lines: of the head, and after the rows and notes
	Caption     string // what stands above, as one text
	Unit        string // of the whole table, as a note above says; "" for none
	Columns     []Column
	Rows        []Row
	Notes       []Line // under the rows
}

// Column is one column by what its head says.
type Column struct {
	Head  string // all levels, outermost first
	Place Line   // of the head, zero where the column has none of its own
	Role  Role
	Year  int    // that the head names, else 0
	Ends  int    // month that a part of the year ends with: 3, 6, 9, 12; 0 for the whole year
	Unit  string // in brackets at the end of the head
	Name  string // the head without unit and year
}

// Last is the innermost level of the head.
func (c Column) Last() string { return c.Head[strings.LastIndexByte(c.Head, '/')+1:] }

// Row is one row with as many cells as there are columns.
type Row struct {
	First, Next int // lines
	Cells       []Cell
	Category    string // heading row above, "" for none
}

// most bounds what is looked at around a table and within one row.
const (
	mostColumns   = 60 // of one table
	mostHeadCell  = 40 // characters of one cell of a head
	mostHeadRows  = 4
	mostCategory  = 30 // characters of a heading row
	mostCaption   = 70 // characters of a line above
	captionLines  = 5
	mostNoteLines = 30
	mostVain      = 20 // lines read in vain for each line of the text: what has more is made to be slow
)

// At reads the table whose head begins at line i; ok is false where none does.
func At(t Text, i int) (g Grid, ok bool) {
	if t.Spent != nil && *t.Spent > mostVain*(len(t.Lines)+1) {
		return Grid{}, false
	}
	for _, read := range []func(Text, int) (Grid, bool){cutAt, stackedAt, flatAt} {
		if g, ok = read(t, i); ok {
			g.settleRoles()
			if g.reads() {
				g.readAbove(t)
				if len(g.Notes) == 0 {
					g.readNotes(t)
				}
				for g.Next < len(t.Lines) && t.isFolded(g.Next) {
					g.Next++
				}
				return g, true
			}
			t.spend(len(g.Rows))
		}
	}
	return Grid{}, false
}

// spend counts lines that were read in vain.
func (t Text) spend(lines int) {
	if t.Spent != nil {
		*t.Spent += lines
	}
}

// reads reports whether the columns make a table that can be read: something is
// named, and something is said of it.
func (g *Grid) reads() bool {
	named, said := false, false
	for _, c := range g.Columns {
		switch c.Role {
		case Name, Category, Area, Years:
			named = true
		case Serial, Aside:
		case Other:
			said = said || g.has(Area) || g.has(Years)
		default:
			said = true
		}
	}
	return named && said && len(g.Rows) > 0
}

func (g *Grid) has(r Role) bool {
	for _, c := range g.Columns {
		if c.Role == r {
			return true
		}
	}
	return false
}
