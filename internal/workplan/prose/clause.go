package prose

import (
	"strings"
)

// Span is a part of a segment, in bytes.
type Span struct{ Start, End int }

// longestSentence bounds, in bytes, what is read as one sentence; text without
// any full stop is cut there.
const longestSentence = 3000

// Sentences cuts a segment at full stops, semicolons and hard breaks, but not
// within quotation marks and brackets. The cuts, which are in order and name agencies,
// are no part of any sentence.
func Sentences(p *Segment, cuts []Span) []Span {
	var found []Span
	start := 0
	for i, r := range p.Text {
		if len(cuts) > 0 && i >= cuts[0].Start {
			if start < i && i == cuts[0].Start {
				found = append(found, Span{start, i})
			}
			start = cuts[0].End
			if i+len(string(r)) >= cuts[0].End {
				cuts = cuts[1:]
			}
			continue
		}
		stop := r == '\n' || (strings.ContainsRune("。;!?", r) && p.Depth[i] == 0)
		if !stop && (r != ',' || i-start < longestSentence) {
			continue
		}
		if start < i {
			found = append(found, Span{start, i})
		}
		start = i + len(string(r))
	}
	if start < len(p.Text) {
		found = append(found, Span{start, len(p.Text)})
	}
	return found
}

// Clauses cuts a sentence at commas and colons. A comma within a number is
// part of the number: the places of numbers are in order.
func Clauses(p *Segment, sentence Span, numbers []Span) []Span {
	var found []Span
	start, k := sentence.Start, 0
	for i := sentence.Start; i < sentence.End; i++ {
		for k < len(numbers) && numbers[k].End <= i {
			k++
		}
		c := p.Text[i]
		if (c != ',' && c != ':') || p.Depth[i] != 0 || (k < len(numbers) && numbers[k].Start < i) {
			continue
		}
		if start < i {
			found = append(found, Span{start, i})
		}
		start = i + 1
	}
	if start < sentence.End {
		found = append(found, Span{start, sentence.End})
	}
	return found
}
