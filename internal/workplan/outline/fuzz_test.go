package outline

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// FuzzNodes holds that the nodes of a text follow each other from its first line to its last,
// and that what the front says of it has its place and its order.
func FuzzNodes(f *testing.F) {
	paths, _ := filepath.Glob("../../../testdata/plans/*.txt")
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil && len(text) < 9000 {
			f.Add(string(text))
		}
	}
	for _, text := range []string{"", "\n\n", "一、甲\n（一）乙\n1.丙", "第一章 总则\n第九十九章", "1.\n1.2.3\n9999999999、甲", "甲市2025年工作计划\n2025年3月1日\n一、甲", "甲市规划（2026—2030年）", "索引号：1\n发布日期：2025-02-30\n甲市方案", "工作任务\n牵头单位\n完成时限\n1\n甲\n市水务局\n6月", "（", "甲市三年行动计划(9999—0000年)", "十五五规划"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 5000 {
			t.Skip("long texts say no more")
		}
		s := prose.NewSource(text)
		MarkPage(s)
		front := ReadFrontMatter(s)
		if front.TitleAt < -1 || front.TitleAt >= len(s.Lines) || utf8.RuneCountInString(front.Title) > LongestTitle {
			t.Fatalf("the title %q in line %d of %d", front.Title, front.TitleAt, len(s.Lines))
		}
		if front.DueOn.Before(front.StartsOn) {
			t.Fatalf("from %s to %s", front.StartsOn, front.DueOn)
		}
		last := 0
		for i, n := range Nodes(s, TableAt) {
			if n.First != last && n.Row == nil || n.First < last || n.Last < n.First || n.Last > len(s.Lines) {
				t.Fatalf("node %d has the lines %d to %d after %d of %d", i, n.First, n.Last, last, len(s.Lines))
			}
			last = n.Last
			if n.Skip > 0 && n.Skip > len(s.CompactLine(s.Lines[n.First])) {
				t.Fatalf("the marker %q has %d bytes", n.Label, n.Skip)
			}
		}
		if last != len(s.Lines) {
			t.Fatalf("the nodes end at line %d of %d", last, len(s.Lines))
		}
		for _, line := range s.Lines {
			compact := s.CompactLine(line)
			if m, end := MarkerAt(compact), HeadingEnd(compact); m.Size > len(compact) || end < 0 || end > len(compact) {
				t.Fatalf("a marker of %d and a heading of %d bytes in %q", m.Size, end, compact)
			}
		}
	})
}
