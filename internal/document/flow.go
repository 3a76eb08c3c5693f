package document

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxCells bounds the memory of tables that are not closed yet.
const maxCells = 200_000

// flow collects the paragraphs and tables of a file in the order in which a
// reader meets them. Paragraphs and tables may stand inside each other: a text
// box in a paragraph, a table in a cell.
type flow struct {
	out        composer
	framing    bool // a table around a table is a frame: HTML pages are laid out so
	open       []*strings.Builder
	tables     []*openTable
	characters int // taken in so far, so that what is held back is bounded too
	cells      int
}

type openTable struct {
	table
	inRow, inCell bool
	deleted       bool // the open row was
}

func newFlow(framing bool) *flow {
	return &flow{out: composer{kind: Paragraph}, framing: framing}
}

func (f *flow) beginParagraph() { f.open = append(f.open, &strings.Builder{}) }

// text adds to the innermost open paragraph; '\n' in it is a forced break.
func (f *flow) text(s string) error {
	if len(f.open) == 0 {
		return nil
	}
	f.open[len(f.open)-1].WriteString(s)
	return f.count(s)
}

func (f *flow) count(s string) error {
	if f.characters += utf8.RuneCountInString(s); f.characters > maxCharacters {
		return tooLong()
	}
	return nil
}

// endParagraph closes the innermost open paragraph. The prefix goes before its
// text, if it has any.
func (f *flow) endParagraph(prefix string) error {
	if len(f.open) == 0 {
		return nil
	}
	text := f.open[len(f.open)-1].String()
	f.open = f.open[:len(f.open)-1]
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if err := f.count(prefix); err != nil {
		return err
	}
	return f.emit(prefix+text, false)
}

// dropParagraph forgets the innermost open paragraph.
func (f *flow) dropParagraph() {
	if len(f.open) > 0 {
		f.open = f.open[:len(f.open)-1]
	}
}

// emit adds a line to the open cell, or to the text; isRow says that it is one of a table with more
// than one row and column.
func (f *flow) emit(line string, isRow bool) error {
	if c := f.cell(); c != nil {
		c.paragraphs = append(c.paragraphs, cellLine{line, isRow})
		return nil
	}
	return f.out.paragraph(line)
}

// cell is the innermost open cell. Text between cells belongs to the paragraph
// flow around the table.
func (f *flow) cell() *tableCell {
	for i := len(f.tables) - 1; i >= 0; i-- {
		if t := f.tables[i]; t.inCell {
			row := t.rows[len(t.rows)-1]
			return row[len(row)-1]
		}
	}
	return nil
}

func (f *flow) beginTable() {
	f.tables = append(f.tables, &openTable{})
}

func (f *flow) top() *openTable {
	if len(f.tables) == 0 {
		return nil
	}
	return f.tables[len(f.tables)-1]
}

func (f *flow) beginRow() error {
	t := f.top()
	if t == nil {
		return nil
	}
	t.inRow, t.inCell = true, false
	t.rows = append(t.rows, nil)
	return f.countCell()
}

func (f *flow) beginCell(c tableCell) error {
	t := f.top()
	if t == nil {
		return nil
	}
	if !t.inRow {
		if err := f.beginRow(); err != nil {
			return err
		}
	}
	t.inCell = true
	last := len(t.rows) - 1
	t.rows[last] = append(t.rows[last], &c)
	return f.countCell()
}

func (f *flow) countCell() error {
	if f.cells++; f.cells > maxCells {
		return tooLong()
	}
	return nil
}

func (f *flow) endCell() {
	if t := f.top(); t != nil {
		t.inCell = false
	}
}

// deleteRow says that the open row was deleted in the file.
func (f *flow) deleteRow() {
	if t := f.top(); t != nil {
		t.deleted = t.inRow
	}
}

func (f *flow) endRow() {
	t := f.top()
	if t == nil {
		return
	}
	if t.deleted {
		t.rows = t.rows[:len(t.rows)-1]
	}
	t.inRow, t.inCell, t.deleted = false, false, false
}

// endTable writes the innermost table into the cell or text around it.
func (f *flow) endTable() error {
	t := f.top()
	if t == nil {
		return nil
	}
	f.tables = f.tables[:len(f.tables)-1]
	lines, err := f.linesOf(t)
	if err != nil {
		return err
	}
	outer := f.cell()
	columns := slices.ContainsFunc(lines, func(s string) bool { return strings.Contains(s, cellBreak) })
	isTable := columns && len(lines) > 1 // one row only sets a page
	if outer != nil {
		outer.framed = outer.framed || columns
	}
	for _, line := range lines {
		if outer != nil { // repeated cells multiply with every table around them
			if err := f.count(line); err != nil {
				return err
			}
		}
		if err := f.emit(line, isTable); err != nil {
			return err
		}
	}
	return nil
}

func (f *flow) linesOf(t *openTable) ([]string, error) {
	if f.framing {
		for _, row := range t.rows {
			for _, c := range row {
				if c.framed {
					return t.paragraphs(), nil
				}
			}
		}
	}
	return t.lines()
}

// finish closes what the file left open and returns the text.
func (f *flow) finish() (located, error) {
	for len(f.open) > 0 {
		if err := f.endParagraph(""); err != nil {
			return located{}, err
		}
	}
	for len(f.tables) > 0 {
		if err := f.endTable(); err != nil {
			return located{}, err
		}
	}
	return f.out.located(), nil
}
