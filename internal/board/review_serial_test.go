package board

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestNumbersOfRowsAreNoneOfThePlan(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want string // the numbers that are not those of rows, in the order of the text
	}{
		"strokes":                {"序号 | 指标 | 目标\n1 | 学位 | 900\n2 | 床位 | 3", "900 3"},
		"strokes around":         {"| 序号 | 指标 | 目标 |\n| 1 | 学位 | 900 |", "900"},
		"right of the class":     {"类别 | 序号 | 指标 | 目标\n教育 | 1 | 学位 | 2\n医疗 | 2 | 床位 | 3", "2 3"},
		"under a heading":        {"类别 | 序号 | 指标 | 目标\n一、教育\n教育 | 1 | 学位 | 2", "2"},
		"tabs":                   {"序号\t指标\t目标\n1\t学位\t900\n2\t床位\t30", "900 30"},
		"blanks":                 {"1   学位   900\n2   床位   30", "900 30"},
		"single blanks":          {"1 学位 900\n2 床位 30", "900 30"},
		"a cell a line":          {"序号\n指标\n目标\n1\n学位\n900\n2\n床位\n30", "900 30"},
		"full width":             {"序号 | 指标 | 目标\n１ | 学位 | 900", "900"},
		"no head, no row before": {"7   学位   900", "7 900"},
		"values in turn":         {"乡镇 | 学位\n东山镇 | 3\n西河镇 | 4", "3 4"},
		"long after a head":      {"序号 | 指标\n1 | 学位\n甲\n乙\n丙\n丁\n5 | 床位", "5"},
		"an item":                {"任务 | （1）学位3个 | （2）床位4张", "3 4"},
	} {
		t.Run(name, func(t *testing.T) {
			text := []rune(c.text)
			serials := serialsIn(text)
			var left []string
			for _, n := range numbersIn(text) {
				if !serials[n.start] && !isNoAmount(text, n) {
					left = append(left, string(text[n.start:n.end]))
				}
			}
			if got := strings.Join(left, " "); got != c.want {
				t.Errorf("%q is left, want %q; serials at %v", got, c.want, slices.Sorted(maps.Keys(serials)))
			}
		})
	}
}
