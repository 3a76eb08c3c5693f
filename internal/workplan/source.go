package workplan

import (
	"sort"
	"strings"
)

// script is a plan's text beside its folded form. Folding maps each character
// to at most one other, so that positions are the same in both.
type script struct {
	raw   []rune
	norm  []rune
	lines []line
}

// line is one line without its break and outer spaces; blank when the two
// positions are equal.
type line struct {
	start, end int
	whole      bool // a cell of a table or a title: nothing goes on after it
	page       bool // it tells about the document, and is no part of its text
}

// newScript folds a text and finds its lines.
func newScript(text string) *script {
	s := &script{raw: []rune(text)}
	s.norm = make([]rune, len(s.raw))
	open := false // inside straight quotes, which do not say which end they are
	for i, r := range s.raw {
		switch n := folded(r); {
		case n == '\n':
			open = false
			s.norm[i] = n
		case n == '"':
			s.norm[i] = '“'
			if open {
				s.norm[i] = '”'
			}
			open = !open
		default:
			s.norm[i] = n
		}
	}
	s.lines = splitLines(s.norm)
	return s
}

// splitLines breaks at LF, CR and CRLF.
func splitLines(norm []rune) []line {
	var lines []line
	start := 0
	for i, r := range norm {
		if r == '\n' {
			lines = append(lines, trimmed(norm, start, i))
			start = i + 1
		}
	}
	return append(lines, trimmed(norm, start, len(norm)))
}

// trimmed is the line between two positions without its outer spaces.
func trimmed(norm []rune, start, end int) line {
	for start < end && norm[start] == ' ' {
		start++
	}
	for start < end && norm[end-1] == ' ' {
		end--
	}
	return line{start: start, end: end}
}

// asWritten is the text between two positions without the spaces and breaks
// that setting a page puts into it.
func (s *script) asWritten(start, end int) string {
	var b strings.Builder
	for i := start; i < end; i++ {
		n := s.norm[i]
		if n == '\n' || invisible(n) || (n == ' ' && !s.betweenWords(i)) {
			continue
		}
		b.WriteRune(s.raw[i])
	}
	return b.String()
}

// betweenWords reports whether the space at i keeps two Latin words or two
// numbers apart.
func (s *script) betweenWords(i int) bool {
	return i > 0 && i+1 < len(s.norm) && isWordByte(s.norm[i-1]) && isWordByte(s.norm[i+1])
}

// compactLine is a line without spaces, folded.
func (s *script) compactLine(l line) string {
	var b strings.Builder
	for i := l.start; i < l.end; i++ {
		if r := s.norm[i]; !invisible(r) && (r != ' ' || s.betweenWords(i)) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldedText is a text in its folded form without spaces.
func foldedText(text string) string {
	s := newScript(text)
	return s.compactLine(line{start: 0, end: len(s.norm)})
}

// lineOf is the number, from 1, of the line that holds a code point.
func (s *script) lineOf(at int) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i].end >= at }) + 1
}
