package table

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzAt holds for any text what callers rely on: a grid goes on, its rows are as wide as
// its head, and all of it lies within the text.
func FuzzAt(f *testing.F) {
	paths, _ := filepath.Glob("../../../testdata/plans/table*.txt")
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil {
			f.Add(string(text))
		}
	}
	for _, text := range []string{"", "|", "序号|指标|目标值\n||\n|", "指标||\n|目标值|", "序号\n指标\n目标值\n1\n甲\n2", "\t\t\n指标\t目标值\n\t", "单位|指标\n%|甲", "指标  目标值\n  甲      3", "年度|甲（个）\n2025年|3", "（|指标|目标值\n(|甲|[3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.RuneCountInString(s) > 5000 {
			t.Skip("long texts say no more")
		}
		text := textOf(s)
		for i := range text.Lines {
			if g, ok := At(text, i); ok {
				checkGrid(t, text, i, g)
			}
		}
	})
}

func checkGrid(t *testing.T, text Text, i int, g Grid) {
	t.Helper()
	if g.First != i || g.Next <= i || g.Next > len(text.Lines) || len(g.Rows) == 0 || len(g.Columns) > mostColumns {
		t.Fatalf("a table from line %d to %d of %d with %d rows", g.First, g.Next, len(text.Lines), len(g.Rows))
	}
	last := i
	for _, r := range g.Rows {
		if r.First <= i || r.Next <= r.First || r.Next > g.Next || r.First < last {
			t.Fatalf("a row from line %d to %d after %d", r.First, r.Next, last)
		}
		last = r.First
		if len(r.Cells) != len(g.Columns) {
			t.Fatalf("%d cells under %d heads", len(r.Cells), len(g.Columns))
		}
		for _, c := range r.Cells {
			if c.Start < 0 || c.End < c.Start || c.End > len(text.Norm) || !c.Down && text.cell(c.Start, c.End).Text != c.Text {
				t.Fatalf("the cell %q from %d to %d", c.Text, c.Start, c.End)
			}
		}
	}
}
