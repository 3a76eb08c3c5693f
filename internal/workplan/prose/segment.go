package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// Segment is a stretch of lines in the normalized form without spaces, and the way
// back to the places in the plan. A break in the middle of a sentence, where a
// line was full, is gone; every other break is a '\n'.
type Segment struct {
	Source *Source
	Text   string
	At     []int32 // for each byte of text the code point it comes from, and one past the end; none without a Source
	Depth  []byte  // for each byte, and one past the end: InQuote, InBracket
}

// Marks on the bytes of a segment.
const (
	InQuote   byte = 1 << iota // within “” or 《》: a name
	InBracket                  // within ()
)

// fullLine is the number of characters from which an unfinished line is taken
// to go on in the next one.
const fullLine = 18

// NewSegment makes one of lines of a source.
func NewSegment(s *Source, lines []Line) *Segment {
	size := 0
	for _, l := range lines {
		for _, r := range s.Norm[l.Start:l.End] {
			size += utf8.RuneLen(r)
		}
		size += len("\n")
	}
	w := segmentWriter{source: s, at: make([]int32, 0, size+1)}
	w.text.Grow(size)
	end := 0
	for n, l := range lines {
		if l.Start == l.End || l.Page {
			continue
		}
		if n > 0 && w.text.Len() > 0 && !s.GoesOn(lines[n-1]) {
			w.put('\n', l.Start)
		}
		w.line(l)
		end = l.End
	}
	p := &Segment{Source: s, Text: w.text.String(), At: append(w.at, int32(end))}
	p.Depth = nesting(p.Text)
	return p
}

// segmentWriter puts lines together, and keeps where each byte stands in the source.
type segmentWriter struct {
	source *Source
	text   strings.Builder
	at     []int32
}

func (w *segmentWriter) put(r rune, at int) {
	w.text.WriteRune(r)
	for range utf8.RuneLen(r) {
		w.at = append(w.at, int32(at)) //nolint:gosec // a text has fewer code points than that
	}
}

// line puts what a line says; nothing goes on from one cell of a row into the next.
func (w *segmentWriter) line(l Line) {
	s := w.source
	row := !l.Whole && s.isRow(l)
	for i := l.Start; i < l.End; i++ {
		r := s.Norm[i]
		switch {
		case row && s.partsRow(i):
			w.put('\n', i)
		case Invisible(r) || r == '\n' || r == ' ' && !s.BetweenWords(i): // a break within a line is one within a cell
		case r == utf8.RuneError:
			w.put('?', i)
		default:
			w.put(r, i)
		}
	}
}

// CompactSegment is a segment of compact text alone, without a way back to a plan.
func CompactSegment(text string) *Segment { return &Segment{Text: text, Depth: nesting(text)} }

// GoesOn reports whether a line is broken off in the middle of a sentence. A
// line of agencies is only where another name has to follow.
func (s *Source) GoesOn(l Line) bool {
	if l.Whole || l.End-l.Start < fullLine || s.isRow(l) || s.inBrackets(l) || strings.HasSuffix(string(s.Norm[l.End-2:l.End]), "年)") {
		return false
	}
	if label := lexicon.AgencyLabel.Prefix(string(s.Norm[l.Start : l.Start+fullLine/2])); label != "" {
		return strings.ContainsRune("、,", s.Norm[l.End-1])
	}
	return !strings.ContainsRune("。;!?:|.", s.Norm[l.End-1])
}

// inBrackets reports whether a line is one remark in brackets: (2025年3月8日审议通过).
func (s *Source) inBrackets(l Line) bool {
	return s.Norm[l.Start] == '(' && slices.Index(s.Norm[l.Start:l.End], ')') == l.End-l.Start-1
}

// isRow reports whether a line is cut into three cells or more, by strokes or tabs.
func (s *Source) isRow(l Line) bool {
	cuts := 0
	for i := l.Start; i < l.End && cuts < 2; i++ {
		if s.partsRow(i) {
			cuts++
		}
	}
	return cuts > 1
}

// InRow reports whether a place is within a line that is cut into three cells or more.
func (s *Source) InRow(at int) bool {
	n := s.LineOf(at)
	return n <= len(s.Lines) && s.isRow(s.Lines[n-1])
}

// OpensLine reports whether nothing but blanks and strokes stands before a place on its line.
func (s *Source) OpensLine(at int) bool {
	for at--; at >= 0 && s.Norm[at] != '\n'; at-- {
		if s.Norm[at] != ' ' && s.Norm[at] != '|' {
			return false
		}
	}
	return true
}

// partsRow reports whether a character sets cells of a row apart.
func (s *Source) partsRow(i int) bool { return s.Norm[i] == '|' || s.Raw[i] == '\t' }

// PartsCells reports whether what stands at a place of the source sets cells of a row apart: a
// tab, a stroke or two blanks.
func (s *Source) PartsCells(at int) bool {
	blanks := 0
	for ; at < len(s.Norm) && blanks < 2; at++ {
		switch {
		case s.Norm[at] == '|' || s.Raw[at] == '\t':
			return true
		case s.Norm[at] != ' ':
			return false
		}
		blanks++
	}
	return blanks == 2
}

// Place turns byte offsets of the segment into code points of the plan.
func (p *Segment) Place(start, end int) (from, to int) {
	if start >= end {
		return int(p.At[start]), int(p.At[start])
	}
	return int(p.At[start]), int(p.At[end-1]) + 1
}

// SpaceBefore reports whether the plan has a blank before a byte of the segment that the segment leaves out.
func (p *Segment) SpaceBefore(i int) bool {
	return i < len(p.At)-1 && p.At[i] > 0 && p.Source != nil && p.Source.Norm[p.At[i]-1] == ' '
}

// Written is the plan's own writing of a part of the segment.
func (p *Segment) Written(start, end int) string {
	from, to := p.Place(start, end)
	return p.Source.AsWritten(from, to)
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
		return longestQuote, InQuote
	}
	return longestBracket, InBracket
}
