package document

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxColumns     = 200     // more than a page can show; spans reach no further
	maxSlots       = 200_000 // cells of one table, merged ones counted in every row
	maxHeaderDepth = 4       // rows that one header takes
	maxHeading     = 60      // characters in the heading of a column

	cellBreak = " | "
)

// tableCell is a cell as its file has it: it covers columns to the right and
// rows below.
type tableCell struct {
	paragraphs []cellLine
	columns    int  // at least 1
	rows       int  // at least 1
	continues  bool // docx: covered by the cell above
	framed     bool // holds a table of more than one column
}

// cellLine is a paragraph of a cell, or a row of a table in it that has more than one row and column.
type cellLine struct {
	text  string
	isRow bool
}

// text is the cell on one line, without the tables in it. A stroke inside would read as a cell's end.
func (c *tableCell) text() string {
	var own []string
	for _, p := range c.paragraphs {
		if !p.isRow {
			own = append(own, p.text)
		}
	}
	return strings.ReplaceAll(cleanLine(strings.Join(own, " ")), "|", "/")
}

// slot is one place of the full grid.
type slot struct {
	text   string
	source *tableCell
	first  bool // the leftmost column that the cell covers
	carry  int  // rows below that the cell still covers
}

// table is the cells as written, row by row.
type table struct {
	rows [][]*tableCell
}

// lines are the rows as text, without the blank ones. A table of one column is
// a frame around paragraphs. Tables in cells stand after the table. A row that is one cell over the whole width is a
// heading: it stands as a line of its own, and the header is said again below
// it, so that what follows is a table with its header too. A header of several
// rows becomes one.
func (t *table) lines() ([]string, error) {
	grid, err := t.grid()
	if err != nil {
		return nil, err
	}
	if width(grid) <= 1 {
		return t.paragraphs(), nil
	}
	w := rowWriter{}
	for i := 0; i < len(grid) && w.size <= maxCharacters; i++ {
		if text, ok := banner(grid[i]); ok {
			w.banner(text)
		} else if w.header == "" {
			depth := headerDepth(grid[i:])
			w.header = joinCells(mergeHeader(grid[i : i+depth]))
			w.add(w.header)
			i += depth - 1
		} else {
			w.row(joinCells(cellsOf(grid[i])))
		}
	}
	for _, row := range t.inner() {
		w.add(row)
	}
	if w.size > maxCharacters {
		return nil, tooLong()
	}
	return w.lines, nil
}

// inner are the rows of the tables in the cells.
func (t *table) inner() []string {
	var all []string
	for _, row := range t.rows {
		for _, c := range row {
			for _, p := range c.paragraphs {
				if p.isRow {
					all = append(all, p.text)
				}
			}
		}
	}
	return all
}

// rowWriter collects the lines of one table.
type rowWriter struct {
	lines  []string
	header string
	again  bool // the header has to be said before the next row
	size   int  // characters
}

func (w *rowWriter) banner(text string) {
	w.add(text)
	w.again = w.header != ""
}

func (w *rowWriter) row(text string) {
	if text == "" {
		return
	}
	if w.again && text != w.header {
		w.add(w.header)
	}
	w.again = false
	w.add(text)
}

func (w *rowWriter) add(line string) {
	if line == "" {
		return
	}
	w.lines = append(w.lines, line)
	w.size += utf8.RuneCountInString(line)
}

// paragraphs are those of all cells, in the order of the file.
func (t *table) paragraphs() []string {
	var all []string
	for _, row := range t.rows {
		for _, c := range row {
			for _, p := range c.paragraphs {
				all = append(all, p.text)
			}
		}
	}
	return all
}

// grid lays the cells out so that every row has all its columns.
func (t *table) grid() ([][]slot, error) {
	var grid [][]slot
	var above []slot
	slots := 0
	for _, cells := range t.rows {
		above = layRow(cells, above)
		if slots += len(above) + 1; slots > maxSlots {
			return nil, tooLong()
		}
		grid = append(grid, above)
	}
	return grid, nil
}

func layRow(cells []*tableCell, above []slot) []slot {
	var row []slot
	hang := func() { // what reaches down from the row above
		for len(row) < len(above) && above[len(row)].carry > 0 {
			s := above[len(row)]
			s.carry--
			row = append(row, s)
		}
	}
	for _, c := range cells {
		hang()
		s := slot{text: c.text(), source: c, carry: c.rows - 1}
		if c.continues && len(row) < len(above) {
			s = above[len(row)]
		}
		for k := range min(c.columns, maxColumns-len(row)) {
			s.first = k == 0
			row = append(row, s)
		}
	}
	hang()
	return row
}

func width(grid [][]slot) int {
	most := 0
	for _, row := range grid {
		most = max(most, len(row))
	}
	return most
}

// banner is the text of a row that is one cell over more than one column.
func banner(row []slot) (string, bool) {
	if len(row) < 2 {
		return "", false
	}
	for _, s := range row {
		if s.source != row[0].source {
			return "", false
		}
	}
	return row[0].text, row[0].text != ""
}

// headerDepth counts the rows of the header that grid begins with: more than
// one when a cell spans columns (责任单位) above narrower ones (牵头 | 配合) and
// its neighbours reach down beside them.
func headerDepth(grid [][]slot) int {
	long := func(s slot) bool { return utf8.RuneCountInString(s.text) > maxHeading }
	spans := slices.ContainsFunc(grid[0], func(s slot) bool { return !s.first }) && !slices.ContainsFunc(grid[0], long)
	depth := 1
	for spans && depth < min(len(grid), maxHeaderDepth) && shareCell(grid[0], grid[depth]) {
		depth++
	}
	return depth
}

func shareCell(a, b []slot) bool {
	for i := range min(len(a), len(b)) {
		if a[i].source == b[i].source {
			return true
		}
	}
	return false
}

// mergeHeader says in each column what stands above it: 责任单位/牵头单位.
func mergeHeader(rows [][]slot) []string {
	if len(rows) == 1 {
		return cellsOf(rows[0])
	}
	merged := make([]string, width(rows))
	for column := range merged {
		var texts []string
		for _, row := range rows {
			if column < len(row) && row[column].text != "" && !slices.Contains(texts, row[column].text) {
				texts = append(texts, row[column].text)
			}
		}
		merged[column] = strings.Join(texts, "/")
	}
	return merged
}

// cellsOf leaves the further columns of a wide cell blank: said twice, a
// figure in it would count twice.
func cellsOf(row []slot) []string {
	cells := make([]string, len(row))
	for i, s := range row {
		if s.first {
			cells[i] = s.text
		}
	}
	return cells
}

// joinCells is "" when all cells are blank. A blank first cell keeps its column
// by a stroke before it.
func joinCells(cells []string) string {
	if !slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
		return ""
	}
	line := strings.Join(cells, cellBreak)
	if cells[0] == "" {
		line = "| " + line
	}
	return cleanLine(line)
}
