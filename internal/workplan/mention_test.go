package workplan

import (
	"strings"
	"testing"
)

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
