package prose

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// Source is a plan's text beside its normalized form. Normalizing maps each character
// to at most one other, so that positions are the same in both.
type Source struct {
	Raw   []rune
	Norm  []rune
	Lines []Line
}

// Line is one line without its break and outer spaces; blank when the two
// positions are equal.
type Line struct {
	Start, End int
	Whole      bool // a cell of a table or a title: nothing goes on after it
	Page       bool // it tells about the document, and is no part of its text
}

// NewSource normalizes a text and finds its lines.
func NewSource(text string) *Source {
	s := &Source{Raw: []rune(text)}
	s.Norm = make([]rune, len(s.Raw))
	open := false // inside straight quotes, which do not say which end they are
	for i, r := range s.Raw {
		n := normalized(r)
		if r == '\r' && (i+1 == len(s.Raw) || s.Raw[i+1] != '\n') { // old files end lines so
			n = '\n'
		}
		switch {
		case n == '\n':
			open = false
			s.Norm[i] = n
		case n == '"':
			s.Norm[i] = '“'
			if open {
				s.Norm[i] = '”'
			}
			open = !open
		default:
			s.Norm[i] = n
		}
	}
	settleSigns(s.Norm)
	s.Lines = splitLines(s.Norm)
	for i, l := range s.Lines {
		s.Lines[i].End = l.Start + unpadded(s.Raw[l.Start:l.End])
	}
	return s
}

// noSign is put for a character that takes no part in reading.
const noSign = '\u200b'

// settleSigns takes out what stands about a figure and is no part of it, the mark of a note
// (30¹家) and quotation marks around nothing but a number (新增“30”家), and writes units that
// are squared or cubed in one way: m2 as m².
func settleSigns(norm []rune) {
	for i, r := range norm {
		switch {
		case isRaised(r) && i > 0 && (IsDigit(norm[i-1]) || norm[i-1] == noSign) && !isExponent(norm, i):
			norm[i] = noSign
		case r == '“':
			if end := quotedNumber(norm, i); end > 0 {
				norm[i], norm[end] = noSign, noSign
			}
		case (r == '2' || r == '3') && isPowerOfMetre(norm, i):
			norm[i] = map[rune]rune{'2': '²', '3': '³'}[r]
		}
	}
}

// isRaised reports whether a character is a raised figure, as the marks of notes are.
func isRaised(r rune) bool { return strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) }

// isExponent reports whether a raised figure says which power of ten a number is times: 5×10⁴.
func isExponent(norm []rune, i int) bool {
	return i > 2 && norm[i-1] == '0' && norm[i-2] == '1' && (norm[i-3] == '×' || norm[i-3] == '*')
}

// longestQuoted is the most figures in quotation marks that are read as if there were none.
const longestQuoted = 8

// quotedNumber is where the quotation mark closes that opens at i, with nothing but a number
// between and a word right after; 0 for anything else.
func quotedNumber(norm []rune, i int) int {
	k := i + 1
	for k < len(norm) && k-i <= longestQuoted && (IsDigit(norm[k]) || norm[k] == '.' || norm[k] == '%') {
		k++
	}
	if k == i+1 || k+1 >= len(norm) || norm[k] != '”' || !(norm[k-1] == '%' || unicode.Is(unicode.Han, norm[k+1])) {
		return 0
	}
	return k
}

// isPowerOfMetre reports whether a figure after m makes an area or a volume of a number
// before: 50万m2.
func isPowerOfMetre(norm []rune, i int) bool {
	if i < 2 || norm[i-1] != 'm' || i+1 < len(norm) && (IsDigit(norm[i+1]) || IsLatin(norm[i+1]) || norm[i+1] == '.') {
		return false
	}
	before := norm[i-2]
	if before == 'k' && i > 2 {
		before = norm[i-3]
	}
	return IsDigit(before) || strings.ContainsRune("万亿千百/ ", before)
}

// unpadded is how long a line is without the commas at its end, where it has no others: a file of
// values gives a title as many cells as the rows under it.
func unpadded(line []rune) int {
	first := slices.Index(line, ',')
	if first < 0 || len(line)-first < leastPadding || slices.ContainsFunc(line[first:], func(r rune) bool { return r != ',' }) {
		return len(line)
	}
	return first
}

// leastPadding is the least commas that pad a line.
const leastPadding = 2

// splitLines breaks at LF, CR and CRLF.
func splitLines(norm []rune) []Line {
	var lines []Line
	start := 0
	for i, r := range norm {
		if r == '\n' {
			lines = append(lines, Trim(norm, start, i))
			start = i + 1
		}
	}
	return append(lines, Trim(norm, start, len(norm)))
}

// Trim is the line between two positions without its outer spaces.
func Trim(norm []rune, start, end int) Line {
	for start < end && norm[start] == ' ' {
		start++
	}
	for start < end && norm[end-1] == ' ' {
		end--
	}
	return Line{Start: start, End: end}
}

// AsWritten is the text between two positions without the spaces and breaks
// that setting a page puts into it.
func (s *Source) AsWritten(start, end int) string {
	var b strings.Builder
	for i := start; i < end; i++ {
		n := s.Norm[i]
		if n == '\n' || Invisible(n) || (n == ' ' && !s.BetweenWords(i)) {
			continue
		}
		b.WriteRune(s.Raw[i])
	}
	return b.String()
}

// BetweenWords reports whether the space at i keeps two Latin words or two
// numbers apart.
func (s *Source) BetweenWords(i int) bool {
	return i > 0 && i+1 < len(s.Norm) && IsWordByte(s.Norm[i-1]) && IsWordByte(s.Norm[i+1])
}

// CompactLine is a line without spaces, normalized.
func (s *Source) CompactLine(l Line) string {
	var b strings.Builder
	for i := l.Start; i < l.End; i++ {
		if r := s.Norm[i]; !Invisible(r) && (r != ' ' || s.BetweenWords(i)) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// CompactText is a text in its normalized form without spaces.
func CompactText(text string) string {
	s := NewSource(text)
	return s.CompactLine(Line{Start: 0, End: len(s.Norm)})
}

// LineOf is the number, from 1, of the line that holds a code point.
func (s *Source) LineOf(at int) int {
	return sort.Search(len(s.Lines), func(i int) bool { return s.Lines[i].End >= at }) + 1
}
