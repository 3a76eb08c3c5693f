package board

import (
	"slices"
	"strings"
	"unicode"
)

// serialsIn are the places where the numbers of a table's rows begin: they count its rows and are no
// numbers of the plan. A row is a line whose cells strokes, tabs or blanks set apart, or has each
// cell on a line of its own.
func serialsIn(text []rune) map[int]bool {
	f := serialFinder{found: map[int]bool{}, column: -1, last: rowNumber{line: -2 * mostBetweenRows}}
	for start := 0; start <= len(text); f.line++ {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		f.readLine(text, start, end)
		start = end + 1
	}
	return f.found
}

const (
	longestSerial   = 4  // figures
	mostBetweenRows = 12 // lines from the number of a row to the next
	mostOtherLines  = 3  // without cells, within a table
)

// rowNumber is a number that may be that of a row.
type rowNumber struct{ at, line, n int }

// serialFinder goes through a text by lines.
type serialFinder struct {
	found  map[int]bool
	line   int
	column int       // of the numbers, as the head says; -1 where none does
	others int       // lines without cells since the last row
	last   rowNumber // at the beginning of a line
	// stacked says that the heads stand on lines of their own, and next is the number that the next
	// row has, whose line is not before from.
	stacked    bool
	next, from int
}

func (f *serialFinder) readLine(text []rune, start, end int) {
	cells := cellsIn(text, start, end)
	switch {
	case len(cells) == 0:
		return
	case len(cells) == 1:
		f.readCell(text, cells[0])
		return
	}
	f.others = 0
	if at := slices.IndexFunc(cells, func(c stretch) bool { return isSerialHead(text, c) }); at >= 0 {
		f.column = at
		return
	}
	if f.column >= 0 && f.column < len(cells) {
		if _, ok := serialAt(text, cells[f.column]); ok {
			f.found[cells[f.column].start] = true
		}
	}
	f.count(text, cells[0])
}

// count takes a number that begins a line for that of a row where it follows the last one.
func (f *serialFinder) count(text []rune, c stretch) {
	n, ok := serialAt(text, c)
	if !ok {
		return
	}
	if n == f.last.n+1 && f.line-f.last.line <= mostBetweenRows {
		f.found[f.last.at], f.found[c.start] = true, true
	}
	f.last = rowNumber{c.start, f.line, n}
}

// readCell reads a line that is no row: it may be one cell of a table, or begin with the number of
// a row whose cells have no more than one blank between.
func (f *serialFinder) readCell(text []rune, c stretch) {
	if f.others++; f.others > mostOtherLines {
		f.column = -1
	}
	if isSerialHead(text, c) {
		f.stacked, f.next, f.from = true, 1, f.line+2
		return
	}
	n, ok := serialAt(text, c)
	switch {
	case ok && f.stacked && n == f.next && f.line >= f.from:
		f.found[c.start] = true
		f.next, f.from = n+1, f.line+2
	case !ok:
		first := c
		for first.end = first.start; first.end < c.end && isDigit(text[first.end]); {
			first.end++
		}
		if first.end < c.end && unicode.IsSpace(text[first.end]) {
			f.count(text, first)
		}
	}
}

// cellsIn are the cells of a line; blank ones count where strokes or tabs set them apart.
func cellsIn(text []rune, start, end int) (all []stretch) {
	line := trimmed(text, stretch{start, end})
	if line.start >= line.end {
		return nil
	}
	if slices.Contains(text[start:end], '\t') {
		line.start = start
	}
	from := line.start
	for i := line.start; i < line.end; i++ {
		size := 0
		for isBlank := unicode.IsSpace(text[i]); isBlank && i+size < line.end && unicode.IsSpace(text[i+size]) && text[i+size] != '\t'; {
			size++
		}
		switch {
		case text[i] == '|' || text[i] == '\t':
			size = 1
		case size < 2 || i+size < line.end && (text[i+size] == '|' || text[i+size] == '\t'):
			i += max(size-1, 0)
			continue
		}
		all = append(all, trimmed(text, stretch{from, i}))
		from = i + size
		i += size - 1
	}
	return append(all, trimmed(text, stretch{from, line.end}))
}

// serialAt is the number that a cell consists of.
func serialAt(text []rune, c stretch) (n int, ok bool) {
	if c.start >= c.end || c.end-c.start > longestSerial {
		return 0, false
	}
	for _, r := range text[c.start:c.end] {
		if !isDigit(r) {
			return 0, false
		}
		n = n*10 + int(r&15) // of both widths
	}
	return n, true
}

func isSerialHead(text []rune, c stretch) bool {
	head := strings.Join(strings.Fields(string(text[c.start:c.end])), "")
	return head == "序号" || head == "编号"
}
