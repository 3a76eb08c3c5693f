package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// script is a plan's text beside its folded form. Folding maps each character
// to at most one other, so that positions are the same in both.
type script struct {
	raw     []rune
	norm    []rune
	lines   []line
	asTable []table.Line // the lines, once a table was looked for
}

// line is one line without its break and outer spaces; blank when the two
// positions are equal.
type line struct {
	start, end int
	whole      bool // a cell of a table or a title: nothing goes on after it
	page       bool // it tells about the document, and is no part of its text
}

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
	markPage(s)
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

func trimmed(norm []rune, start, end int) line {
	for start < end && norm[start] == ' ' {
		start++
	}
	for start < end && norm[end-1] == ' ' {
		end--
	}
	return line{start: start, end: end}
}

// folds bring the many writings of one sign to a single one. Dashes and waves
// become the hyphen that ranges are read with.
var folds = foldTable(map[rune]string{
	' ':  "\t\v\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
	'\n': "\f\u0085\u2028\u2029",
	'-':  "—–―‐‑‒−~∼～〜－─━",
	'“':  "「『〝",
	'”':  "」』〞",
	'[':  "〔【［",
	']':  "〕】］",
	'、':  "､",
	'。':  "｡",
	':':  "∶︰",
	'%':  "﹪",
	'(':  "﹙",
	')':  "﹚",
	'\'': "‘’",
	'〇':  "○◯",
	'|':  "｜│┃",
	'×':  "✕╳",
})

func foldTable(groups map[rune]string) map[rune]rune {
	t := make(map[rune]rune)
	for to, from := range groups {
		for _, r := range from {
			t[r] = to
		}
	}
	return t
}

func folded(r rune) rune {
	if r < 0x80 && r != '\t' && r != '\v' && r != '\r' && r != '\f' && r != '~' {
		return r
	}
	if to, ok := folds[r]; ok {
		return to
	}
	if r >= 0xff01 && r <= 0xff5e {
		return r - 0xfee0
	}
	return r
}

// invisible characters take no part in reading.
func invisible(r rune) bool {
	return r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u00ad' || r == '\ufeff' || r == '\u2060'
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

func isWordByte(r rune) bool {
	return r >= '0' && r <= '9' || isLatin(r)
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
