package prose

import (
	"testing"
	"unicode/utf8"
)

// FuzzSegment holds that lines, segments, sentences and clauses follow each other within
// the text, and that every byte of a segment knows its place in the plan.
func FuzzSegment(f *testing.F) {
	for _, text := range []string{"", "\n", "新增３，０００家；\r\n建成２座。", "（“甲，乙", "甲 乙\u00a0Ab cd 1 2\n", "\xff甲。\xff", "一行没有\n写完，\n\n另一行：", "《甲。》乙)”", "\u200b\ufeff\t|甲|", "1,234,5"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 5000 {
			t.Skip("long texts say no more")
		}
		s := NewSource(text)
		if len(s.Raw) != len(s.Norm) || len(s.Raw) != utf8.RuneCountInString(text) {
			t.Fatalf("%d and %d signs of %d", len(s.Raw), len(s.Norm), utf8.RuneCountInString(text))
		}
		last := 0
		for i, l := range s.Lines {
			if l.Start < last || l.End < l.Start || l.End > len(s.Norm) {
				t.Fatalf("line %d from %d to %d after %d", i, l.Start, l.End, last)
			}
			last = l.End
			checkSegment(t, NewSegment(s, s.Lines[i:i+1]))
		}
		checkSegment(t, NewSegment(s, s.Lines))
		checkSegment(t, CompactSegment(CompactText(text)))
	})
}

func checkSegment(t *testing.T, p *Segment) {
	t.Helper()
	if !utf8.ValidString(p.Text) || len(p.Depth) != len(p.Text)+1 || p.Source != nil && len(p.At) != len(p.Depth) {
		t.Fatalf("%d places and %d marks for %q", len(p.At), len(p.Depth), p.Text)
	}
	for i, at := range p.At {
		if at < 0 || i > 0 && at < p.At[i-1] || p.Source != nil && int(at) > len(p.Source.Norm) {
			t.Fatalf("byte %d of %q comes from %d", i, p.Text, at)
		}
	}
	sentences := Sentences(p, nil)
	checkSpans(t, p, Span{0, len(p.Text)}, sentences)
	for _, sentence := range sentences {
		clauses := Clauses(p, sentence, nil)
		checkSpans(t, p, sentence, clauses)
		for _, c := range clauses {
			if p.Source == nil {
				continue
			}
			if from, to := p.Place(c.Start, c.End); from < 0 || to < from || to > len(p.Source.Norm) {
				t.Fatalf("%q stands from %d to %d", p.Text[c.Start:c.End], from, to)
			}
			p.Written(c.Start, c.End)
		}
	}
}

// checkSpans holds that spans follow each other within another and are cut between characters.
func checkSpans(t *testing.T, p *Segment, within Span, spans []Span) {
	t.Helper()
	last := within.Start
	for _, span := range spans {
		if span.Start < last || span.End < span.Start || span.End > within.End || !utf8.ValidString(p.Text[span.Start:span.End]) {
			t.Fatalf("a part from %d to %d after %d of %q", span.Start, span.End, last, p.Text)
		}
		last = span.End
	}
}
