package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how the cells of a row are told apart.
type form int

const (
	noForm form = iota
	strokes
	tabs
	spaces
	commas
)

// cut parts line i into its cells. Fewer than two cells are no row.
func (t Text) cut(i int) ([]Cell, form) {
	l := t.Lines[i]
	if l.Start == l.End {
		return nil, noForm
	}
	start := t.fullStart(i)
	f, marks := t.marksOf(start, l.End)
	switch f {
	case strokes:
		return t.parts(l.Start, l.End, func(i int) int { return sign(t.Norm[i] == '|') }), strokes
	case tabs:
		return t.fields(start, l.End, '\t'), tabs
	}
	if cells := t.parts(start, l.End, t.gap(l.End)); filled(cells) > 1 && marks.quoted == 0 {
		return cells, spaces
	}
	if marks.commas == 0 {
		return nil, noForm
	}
	if cells := t.fields(start, l.End, ','); !isSentence(cells) {
		return cells, commas
	}
	return nil, noForm
}

// isSentence reports whether commas cut a sentence and no row: two parts, the last with a full stop.
func isSentence(cells []Cell) bool {
	return len(cells) == 2 && strings.HasSuffix(cells[1].Text, "。")
}

// isCommaTable reports whether a head that commas cut is none of a sentence: the next line has as
// many cells.
func (t Text) isCommaTable(i, cells int) bool {
	for i++; i < len(t.Lines); i++ {
		if t.Lines[i].Start < t.Lines[i].End {
			next, f := t.cut(i)
			return f == commas && len(next) == cells
		}
	}
	return false
}

func filled(cells []Cell) (n int) {
	for _, c := range cells {
		if c.Text != "" {
			n++
		}
	}
	return n
}

func sign(is bool) int {
	if is {
		return 1
	}
	return 0
}

// fullStart is where line i starts with the spaces before it.
func (t Text) fullStart(i int) int {
	start := t.Lines[i].Start
	for start > 0 && t.Norm[start-1] == ' ' {
		start--
	}
	return start
}

// lineStart is where line i starts with all the white space before it.
func (t Text) lineStart(i int) int {
	start := t.Lines[i].Start
	for start > 0 && t.Raw[start-1] != '\n' && unicode.IsSpace(t.Raw[start-1]) {
		start--
	}
	return start
}

// gap measures a run of two or more spaces.
func (t Text) gap(end int) func(int) int {
	return func(i int) int {
		n := 0
		for i+n < end && t.Norm[i+n] == ' ' {
			n++
		}
		if n < 2 {
			return 0
		}
		return n
	}
}

// parts cuts a stretch where at measures a separator. It stops at as many columns as a
// table has.
func (t Text) parts(start, end int, at func(int) int) []Cell {
	var cells []Cell
	from, any := start, false
	for i := start; i < end && len(cells) < mostColumns; {
		n := at(i)
		if n == 0 {
			i++
			continue
		}
		any = true
		cells = append(cells, t.cell(from, i))
		i += n
		from = i
	}
	if !any {
		return nil
	}
	return append(cells, t.cell(from, end))
}

// cell is the stretch without the spaces around it.
func (t Text) cell(start, end int) Cell {
	for start < end && t.Norm[start] == ' ' {
		start++
	}
	for start < end && t.Norm[end-1] == ' ' {
		end--
	}
	text := t.compact(start, end)
	if strings.HasPrefix(text, bold) {
		text = strings.ReplaceAll(text, bold, "")
	}
	return Cell{Line: Line{start, end}, Text: text}
}

// bold stands around what a text without other means sets in bold.
const bold = "**"

// compact is the normalized text without the spaces that set a page: those that keep two
// Latin words or two numbers apart stay.
func (t Text) compact(start, end int) string {
	var b strings.Builder
	for i := start; i < end; i++ {
		r := t.Norm[i]
		if invisible(r) || r == '\n' || r == ' ' && !(i > start && i+1 < end && isWord(t.Norm[i-1]) && isWord(t.Norm[i+1])) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func invisible(r rune) bool {
	return r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u00ad' || r == '\ufeff' || r == '\u2060'
}

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// ruled reports whether a line only draws the table: |---|---|.
func (t Text) ruled(i int) bool {
	if t.Lines[i].Start == t.Lines[i].End {
		return false
	}
	return strings.Trim(t.compact(t.Lines[i].Start, t.Lines[i].End), "|-:+=┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝═║╟╢") == ""
}

func length(s string) int { return utf8.RuneCountInString(s) }

// outer drops the strokes around a row that have no cell beyond them.
func outer(cells []Cell, left, right bool) []Cell {
	if left && len(cells) > 0 && cells[0].Text == "" {
		cells = cells[1:]
	}
	if right && len(cells) > 0 && cells[len(cells)-1].Text == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
