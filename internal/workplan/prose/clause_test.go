package prose

import (
	"slices"
	"strings"
	"testing"
)

func cut(p *Segment, spans []Span) []string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, p.Text[s.Start:s.End])
	}
	return parts
}

// segmentIn is a text as one segment.
func segmentIn(text string) *Segment {
	s := NewSource(text)
	return NewSegment(s, s.Lines)
}

// spansOf is where words stand in a segment.
func spansOf(p *Segment, words []string) []Span {
	var spans []Span
	for _, word := range words {
		at := strings.Index(p.Text, word)
		spans = append(spans, Span{at, at + len(word)})
	}
	return spans
}

func TestSentences(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
		cuts       []string
	}{
		{"full stops and semicolons end one", "甲。乙；丙！丁", []string{"甲", "乙", "丙", "丁"}, nil},
		{"a hard break ends one", "甲\n乙", []string{"甲", "乙"}, nil},
		{"a semicolon in brackets does not", "甲（乙；丙）丁。", []string{"甲(乙;丙)丁"}, nil},
		{"a full stop in quotation marks does not", "落实“甲。乙”要求。", []string{"落实“甲。乙”要求"}, nil},
		{"a bracket that is never closed does not hold the rest", "甲（乙。丙", []string{"甲(乙", "丙"}, nil},
		{"cuts are part of none", "新增3家(市科技局)；新建2处(市水利局)。", []string{"新增3家", "新建2处"}, []string{"(市科技局)", "(市水利局)"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := segmentIn(c.text)
			if got := cut(p, Sentences(p, spansOf(p, c.cuts))); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestSentencesAreCutWhenThereIsNoFullStop(t *testing.T) {
	p := segmentIn(strings.Repeat("新增企业三家，", 2000))
	for _, s := range Sentences(p, nil) {
		if s.End-s.Start > longestSentence+100 {
			t.Fatalf("a sentence of %d bytes", s.End-s.Start)
		}
	}
}

func TestClauses(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
		numbers    []string
	}{
		{"commas of both widths", "甲,乙，丙", []string{"甲", "乙", "丙"}, nil},
		{"a colon", "目标：甲，乙", []string{"目标", "甲", "乙"}, nil},
		{"a comma within a number is part of it", "投资1,260亿元,增长5%", []string{"投资1,260亿元", "增长5%"}, []string{"1,260亿元", "5%"}},
		{"a comma in brackets is not one", "甲(乙,丙)丁,戊", []string{"甲(乙,丙)丁", "戊"}, nil},
		{"the sign of a list is not one", "甲、乙", []string{"甲、乙"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := segmentIn(c.text)
			if got := cut(p, Clauses(p, Span{0, len(p.Text)}, spansOf(p, c.numbers))); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
