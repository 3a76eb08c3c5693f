package workplan

import "strings"

// span is a part of a passage, in bytes.
type span struct{ start, end int }

// longestSentence bounds, in bytes, what is read as one sentence; text without
// any full stop is cut there.
const longestSentence = 3000

// sentences cuts a passage at full stops, semicolons and hard breaks, but not
// within quotation marks and brackets. The cuts, which are in order and name agencies,
// are no part of any sentence.
func sentences(p *passage, cuts []span) []span {
	var found []span
	start := 0
	for i, r := range p.text {
		if len(cuts) > 0 && i >= cuts[0].start {
			if start < i && i == cuts[0].start {
				found = append(found, span{start, i})
			}
			start = cuts[0].end
			if i+len(string(r)) >= cuts[0].end {
				cuts = cuts[1:]
			}
			continue
		}
		stop := r == '\n' || (strings.ContainsRune("。;!?", r) && p.depth[i] == 0)
		if !stop && (r != ',' || i-start < longestSentence) {
			continue
		}
		if start < i {
			found = append(found, span{start, i})
		}
		start = i + len(string(r))
	}
	if start < len(p.text) {
		found = append(found, span{start, len(p.text)})
	}
	return found
}

// clauses cuts a sentence at commas and colons. A comma within a number is
// part of the number: the places of numbers are in order.
func clauses(p *passage, sentence span, numbers []span) []span {
	var found []span
	start, k := sentence.start, 0
	for i := sentence.start; i < sentence.end; i++ {
		for k < len(numbers) && numbers[k].end <= i {
			k++
		}
		c := p.text[i]
		if (c != ',' && c != ':') || p.depth[i] != 0 || (k < len(numbers) && numbers[k].start < i) {
			continue
		}
		if start < i {
			found = append(found, span{start, i})
		}
		start = i + 1
	}
	if start < sentence.end {
		found = append(found, span{start, sentence.end})
	}
	return found
}
