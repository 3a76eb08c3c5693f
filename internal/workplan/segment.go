package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// passage is a stretch of lines in the folded form without spaces, and the way
// back to the places in the plan. A break in the middle of a sentence, where a
// line was full, is gone; every other break is a '\n'.
type passage struct {
	script *script
	text   string
	at     []int32 // for each byte of text the code point it comes from, and one past the end
	depth  []byte  // for each byte: inQuote, inBracket
}

// Marks on the bytes of a passage.
const (
	inQuote   byte = 1 << iota // within “” or 《》: a name
	inBracket                  // within ()
)

// fullLine is the number of characters from which an unfinished line is taken
// to go on in the next one.
const fullLine = 18

// newPassage makes one of lines of a source.
func newPassage(s *script, lines []line) *passage {
	size := 0
	for _, l := range lines {
		for _, r := range s.norm[l.start:l.end] {
			size += utf8.RuneLen(r)
		}
		size += len("\n")
	}
	p := &passage{script: s, at: make([]int32, 0, size+1)}
	var b strings.Builder
	b.Grow(size)
	put := func(r rune, at int) {
		b.WriteRune(r)
		for range utf8.RuneLen(r) {
			p.at = append(p.at, int32(at)) //nolint:gosec // a text has fewer code points than that
		}
	}
	end := 0
	for n, l := range lines {
		if l.start == l.end || l.page {
			continue
		}
		if n > 0 && b.Len() > 0 && !s.goesOn(lines[n-1]) {
			put('\n', l.start)
		}
		for i := l.start; i < l.end; i++ {
			r := s.norm[i]
			if invisible(r) || (r == ' ' && !s.betweenWords(i)) {
				continue
			}
			if r == utf8.RuneError {
				r = '?'
			}
			put(r, i)
		}
		end = l.end
	}
	p.text = b.String()
	p.at = append(p.at, int32(end))
	p.depth = nesting(p.text)
	return p
}

// compactPassage is a passage of compact text alone, without a way back to a plan.
func compactPassage(text string) *passage { return &passage{text: text, depth: nesting(text)} }

// goesOn reports whether a line is broken off in the middle of a sentence. A
// line of agencies is only where another name has to follow.
func (s *script) goesOn(l line) bool {
	if l.whole || l.end-l.start < fullLine || strings.HasSuffix(string(s.norm[l.end-2:l.end]), "年)") {
		return false
	}
	if label := lexicon.AgencyLabels.Prefix(string(s.norm[l.start : l.start+fullLine/2])); label != "" {
		return strings.ContainsRune("、,", s.norm[l.end-1])
	}
	return !strings.ContainsRune("。;!?:|.", s.norm[l.end-1])
}

// span turns byte offsets of the passage into code points of the plan.
func (p *passage) span(start, end int) (from, to int) {
	if start >= end {
		return int(p.at[start]), int(p.at[start])
	}
	return int(p.at[start]), int(p.at[end-1]) + 1
}

// written is the plan's own writing of a part of the passage.
func (p *passage) written(start, end int) string {
	from, to := p.span(start, end)
	return p.script.asWritten(from, to)
}

// Longest names, in characters: a quotation mark that is never closed must not
// swallow the rest of a plan.
const (
	longestQuote   = 60
	longestBracket = 200
)

var closers = map[rune]rune{'“': '”', '《': '》', '(': ')', '[': ']'}

// nesting marks what stands in quotation marks and brackets that are closed
// within their paragraph.
func nesting(text string) []byte {
	depth := make([]byte, len(text)+1)
	type opening struct {
		sign  rune
		at    int
		runes int
	}
	var open []opening
	runes := 0
	for i, r := range text {
		runes++
		switch {
		case r == '\n':
			open = open[:0]
		case closers[r] != 0:
			open = append(open, opening{r, i, runes})
		case r == '”' || r == '》' || r == ')' || r == ']':
			for n := len(open) - 1; n >= 0 && n >= len(open)-4; n-- {
				o := open[n]
				if closers[o.sign] != r {
					continue
				}
				open = open[:n]
				if most, mark := limitOf(o.sign); runes-o.runes <= most {
					for k := o.at; k < i; k++ {
						depth[k] |= mark
					}
				}
				break
			}
			if len(open) > 16 {
				open = open[1:]
			}
		}
	}
	return depth
}

func limitOf(sign rune) (most int, mark byte) {
	if sign == '“' || sign == '《' {
		return longestQuote, inQuote
	}
	return longestBracket, inBracket
}
