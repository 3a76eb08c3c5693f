package table

import (
	"strings"
	"unicode"
)

// Files of values put a cell into straight quotation marks where it holds a separator, a mark or a
// break, and write a mark within it twice. Other quotation marks, and straight ones that do not
// hold the whole cell, are text.

// bounds of cells in quotation marks: a mark that is never closed must not take in the text after it.
const (
	mostQuoted = 600 // characters of a cell
	mostFolded = 8   // lines of a row
)

// quoted is where the cell ends that opens with a quotation mark at i, 0 where it is none. It is
// open where the text up to end does not close it.
func (t Text) quoted(i, end int) (after int, open bool) {
	if t.Raw[i] != '"' {
		return 0, false
	}
	for k := i + 1; k < end; k++ {
		switch {
		case k-i > mostQuoted:
			return 0, false
		case t.Raw[k] != '"':
		case k+1 < end && t.Raw[k+1] == '"':
			k++
		case t.endsField(k+1, end):
			return k + 1, false
		default:
			return 0, false
		}
	}
	return 0, true
}

// endsField reports whether nothing but blanks stands before the next separator or the end.
func (t Text) endsField(i, end int) bool {
	for ; i < end; i++ {
		if t.Raw[i] == ',' || t.Raw[i] == '\t' {
			return true
		}
		if t.Norm[i] != ' ' {
			return false
		}
	}
	return true
}

// fieldReader goes through a line character by character and knows where cells in quotation marks
// stand.
type fieldReader struct {
	text  Text
	end   int
	inner bool // not at the beginning of a cell
	until int  // where the cell in quotation marks ends
}

// quotes reports whether a character belongs to a cell in quotation marks; unclosed says that it
// opens one that the line does not close.
func (f *fieldReader) quotes(i int) (quoted, unclosed bool) {
	if i < f.until {
		return true, false
	}
	if !f.inner {
		after, open := f.text.quoted(i, f.end)
		if after > 0 {
			f.until, f.inner = after, true
			return true, false
		}
		unclosed = open
	}
	separates := f.text.Raw[i] == ',' || f.text.Raw[i] == '\t'
	f.inner = !separates && (f.inner || f.text.Norm[i] != ' ')
	return false, unclosed
}

// marks are the separators of a line outside of quotation marks, and how many cells stand in these.
type marks struct{ commas, tabs, quoted int }

// marksOf finds what a line may be cut at: a stroke or a tab, whichever comes first, and else the
// commas in it.
func (t Text) marksOf(start, end int) (f form, m marks) {
	r := fieldReader{text: t, end: end}
	for k := start; k < end; k++ {
		if quoted, _ := r.quotes(k); quoted {
			m.quoted++
			k = r.until - 1
			continue
		}
		switch {
		case t.Raw[k] == ',':
			m.commas++
		case t.Norm[k] == '|':
			return strokes, m
		case t.Raw[k] == '\t':
			return tabs, m
		}
	}
	return noForm, m
}

// fields cuts a line at a separator outside of quotation marks, and takes these off.
func (t Text) fields(start, end int, separator rune) []Cell {
	r := fieldReader{text: t, end: end}
	cells := t.parts(start, end, func(i int) int {
		quoted, _ := r.quotes(i)
		return sign(!quoted && t.Raw[i] == separator)
	})
	for k := range cells {
		c := &cells[k]
		if c.Start == c.End {
			continue
		}
		if after, _ := t.quoted(c.Start, c.End); after == c.End {
			*c = t.unquoted(c.Start+1, c.End-1)
		}
	}
	return cells
}

// unquoted is a cell without the marks around it. The marks within are written once.
func (t Text) unquoted(start, end int) Cell {
	c := t.cell(start, end)
	if raw := string(t.Raw[c.Start:c.End]); !strings.Contains(raw, `""`) {
		if strings.ContainsAny(raw, "\r\n") {
			c.Text = t.brokenText(c.Start, c.End)
		}
		return c
	}
	var b strings.Builder
	from, opens := c.Start, true
	for i := c.Start; i+1 < c.End; i++ {
		if t.Raw[i] != '"' || t.Raw[i+1] != '"' {
			continue
		}
		b.WriteString(t.compact(from, i))
		if opens {
			b.WriteString("“")
		} else {
			b.WriteString("”")
		}
		opens, i = !opens, i+1
		from = i + 1
	}
	c.Text, c.Down = b.String()+t.compact(from, c.End), true
	return c
}

// brokenText is the text of a cell of several lines. Figures in two of them are two numbers.
func (t Text) brokenText(start, end int) string {
	var b strings.Builder
	for from := start; from < end; {
		to := from
		for to < end && t.Norm[to] != '\n' {
			to++
		}
		line := t.compact(from, to)
		if before := b.String(); before != "" && line != "" && unicode.IsDigit(lastRune(before)) && unicode.IsDigit(firstRune(line)) {
			b.WriteString(";")
		}
		b.WriteString(line)
		from = to + 1
	}
	return b.String()
}

// rejoined puts cells together again that commas within brackets cut: 床位(公办,民办).
func (t Text) rejoined(cells []Cell) []Cell {
	var all []Cell
	depth := 0
	for _, c := range cells {
		if n := len(all); n > 0 && depth > 0 {
			all[n-1] = t.cell(all[n-1].Start, c.End)
		} else {
			all = append(all, c)
		}
		depth = max(0, depth+strings.Count(c.Text, "(")-strings.Count(c.Text, ")"))
	}
	return all
}

// NewText is a text in lines. A row whose cells in quotation marks hold breaks is one line, and the
// lines that it goes on over are blank.
func NewText(raw, norm []rune, lines []Line) Text {
	t := Text{Raw: raw, Norm: norm, Lines: lines, Spent: new(int)}
	for i := range lines {
		last := t.foldedTo(i)
		for k := i + 1; k <= last; k++ {
			end := lines[last].End
			lines[i].End, lines[k] = end, Line{end, end}
		}
	}
	return t
}

// foldedTo is the last line of the row that begins with line i: i itself, unless it has a cell in
// quotation marks that a later one closes.
func (t Text) foldedTo(i int) int {
	last, found := i, marks{}
	r := fieldReader{text: t, end: t.Lines[i].End}
	for k := t.Lines[i].Start; k < r.end; k++ {
		quoted, unclosed := r.quotes(k)
		switch {
		case unclosed:
			if last = t.closedAt(k, last, i+mostFolded); last < 0 {
				return i
			}
			r = fieldReader{text: t, end: t.Lines[last].End}
			k--
		case quoted:
		case t.Raw[k] == ',':
			found.commas++
		case t.Raw[k] == '\t':
			found.tabs++
		}
	}
	if found.tabs == 0 && found.commas == 0 {
		return i
	}
	return last
}

// closedAt is the line up to most that closes the cell opening at k, -1 for none.
func (t Text) closedAt(k, from, most int) int {
	for j := from + 1; j < len(t.Lines) && j <= most && t.Lines[j].End-k <= mostQuoted; j++ {
		if after, _ := t.quoted(k, t.Lines[j].End); after > 0 {
			return j
		}
	}
	return -1
}

// isFolded reports whether a line belongs to the row that begins above it.
func (t Text) isFolded(i int) bool {
	return i > 0 && t.Lines[i].Start == t.Lines[i].End && t.Lines[i].Start == t.Lines[i-1].End
}
