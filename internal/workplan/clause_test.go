package workplan

import (
	"slices"
	"strings"
	"testing"
)

func cut(p *passage, spans []span) []string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, p.text[s.start:s.end])
	}
	return parts
}

func TestSentences(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"full stops and semicolons end one", "甲。乙；丙！丁", []string{"甲", "乙", "丙", "丁"}},
		{"a hard break ends one", "甲\n乙", []string{"甲", "乙"}},
		{"a semicolon in brackets does not", "甲（乙；丙）丁。", []string{"甲(乙;丙)丁"}},
		{"a full stop in quotation marks does not", "落实“甲。乙”要求。", []string{"落实“甲。乙”要求"}},
		{"a bracket that is never closed does not hold the rest", "甲（乙。丙", []string{"甲(乙", "丙"}},
		{"agencies are part of none", "新增3家(市科技局)；新建2处(市水利局)。", []string{"新增3家", "新建2处"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := passageOf(c.text)
			if got := cut(p, sentences(p, placesOf(statements(p, false)))); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestSentencesAreCutWhenThereIsNoFullStop(t *testing.T) {
	p := passageOf(strings.Repeat("新增企业三家，", 2000))
	for _, s := range sentences(p, nil) {
		if s.end-s.start > longestSentence+100 {
			t.Fatalf("a sentence of %d bytes", s.end-s.start)
		}
	}
}

func TestClauses(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"commas of both widths", "甲,乙，丙", []string{"甲", "乙", "丙"}},
		{"a colon", "目标：甲，乙", []string{"目标", "甲", "乙"}},
		{"a comma within a number is part of it", "投资1,260亿元,增长5%", []string{"投资1,260亿元", "增长5%"}},
		{"a comma in brackets is not one", "甲(乙,丙)丁,戊", []string{"甲(乙,丙)丁", "戊"}},
		{"the sign of a list is not one", "甲、乙", []string{"甲、乙"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := passageOf(c.text)
			if got := cut(p, clauses(p, span{0, len(p.text)}, places(tokens(p.text)))); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCutGap(t *testing.T) {
	cases := []struct{ name, gap, left, right string }{
		{"a list sign first leaves all to the second", "、试点村庄", "", "试点村庄"},
		{"a list sign last leaves all to the first", "乡村学校、", "乡村学校、", ""},
		{"a verb after a list sign begins the second", "所学校、改造幼儿园", "所学校、", "改造幼儿园"},
		{"the first list sign parts two names", "智慧社区、老旧小区改造", "智慧社区、", "老旧小区改造"},
		{"a verb alone begins the second", "企业提供续贷", "企业", "提供续贷"},
		{"without any of these the second has it", "及其", "", "其"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			at := cutGap(c.gap)
			left, right := c.gap[:at], c.gap[at:]
			if strings.Trim(left, "、和及") != strings.Trim(c.left, "、和及") || right != c.right {
				t.Errorf("%q | %q, want %q | %q", left, right, c.left, c.right)
			}
		})
	}
}
