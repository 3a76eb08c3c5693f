package workplan

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// FuzzRead holds for any text what callers rely on.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob("../../testdata/plans/*.txt")
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil {
			f.Add(string(text))
		}
	}
	for _, text := range []string{"", "\n", "（", "1.", "一、\n1.新增3家(", "新增１，２３４．５家", "分别3家、4家", "2023年2024年分别5个、6个", "|序号|任务|\n|1|3家|", "\xff新增3家", "由3%提高到", "[3][4]号", "翻番", "万亿", "9999年99月99日", "3-2-1家", "6月底前（年底前完成）、全覆盖”实现，前3名不发生事故零零发生，年底前", "9月底前（全覆盖", "3~", "“", "牵头单位:", "(牵头单位:、)", "|名称|单位|目标值|\n|甲|(|≥3|", "0000000000000000000000A00!0%分别和0渇", "甲率高于全省平均水平", "甲收入与经济增长同步", "甲市2025年工作计划\n1.每季度甲率5件、每周3次，不发生3人以上事故，产量不低于上年", "甲市规划（2026—2030年）\n1.每年甲9家，年均产值由3亿元提高到5亿元，比2025年下降3%—4%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 20000 {
			t.Skip("long texts are the linearity test's")
		}
		runes := []rune(text)
		settled := map[int]bool{}
		draft := eachBlock(text, func(r *reader, g *block, found *findings) { checkNumbers(t, r.source, g, found, settled, runes) })
		checkPlaces(t, draft, runes)
		checkIndicators(t, draft, runes)
		checkSilent(t, draft, runes)
	})
}

// checkPlaces holds that everything lies within the text and in its order.
func checkPlaces(t *testing.T, d Draft, runes []rune) {
	t.Helper()
	within := func(what string, start, end int) {
		t.Helper()
		if start < 0 || end < start || end > len(runes) {
			t.Fatalf("%s from %d to %d in a text of %d", what, start, end, len(runes))
		}
	}
	last := 0
	for _, s := range d.Sections {
		within("a section", s.Start, s.End)
		if s.Start < last {
			t.Fatalf("section %d is out of order", s.Number)
		}
		last = s.Start
	}
	numbers := map[string]bool{}
	for _, task := range d.Tasks {
		within("a task", task.Start, task.End)
		if numbers[task.Number] || task.Number == "" {
			t.Fatalf("two tasks are numbered %q", task.Number)
		}
		numbers[task.Number] = true
		if task.Section < 0 || task.Section > len(d.Sections) {
			t.Fatalf("task %s is in section %d of %d", task.Number, task.Section, len(d.Sections))
		}
	}
	last = 0
	for _, w := range d.Warnings {
		within("a warning", w.Start, w.End)
		if w.Start < last || w.Line < 1 || w.Message == "" {
			t.Fatalf("warning %+v after %d", w, last)
		}
		last = w.Start
	}
}

// manyToOne is the one target without a unit.
var manyToOne = regexp.MustCompile(`[0-9０-９]\s*[:：∶]\s*[1１]`)

// checkSilent holds that each aim that no figure states is a proposal, and that it and each
// dated step are quoted and under a task.
func checkSilent(t *testing.T, d Draft, runes []rune) {
	t.Helper()
	tasks, names := map[string]bool{}, map[string]bool{}
	for _, task := range d.Tasks {
		tasks[task.Number] = true
	}
	for _, in := range d.Indicators {
		names[in.Task+"|"+in.Name] = true
	}
	quoted := func(start, end int, quote string) {
		t.Helper()
		if start < 0 || end > len(runes) || start >= end || string(runes[start:end]) != quote {
			t.Fatalf("quote %q from %d to %d", quote, start, end)
		}
	}
	for _, in := range d.Implied {
		quoted(in.Source.Start, in.Source.End, in.Source.Quote)
		if !in.Source.IsImplied() || in.Confidence != indicator.Low || !tasks[in.Task] || in.Name == "" || names[in.Task+"|"+in.Name] || in.Target.Unit.IsZero() {
			t.Fatalf("%q in task %q: %v, %s, named %q", in.Source.Quote, in.Task, in.Target, in.Confidence, in.Name)
		}
		names[in.Task+"|"+in.Name] = true
	}
	for _, m := range d.Milestones {
		quoted(m.Start, m.End, m.Quote)
		if !tasks[m.Task] || m.Title == "" || utf8.RuneCountInString(m.Title) > longestStep || m.DueOn.IsZero() {
			t.Fatalf("%+v", m)
		}
	}
}

// checkIndicators holds that each target is quoted, complete and under a task.
func checkIndicators(t *testing.T, d Draft, runes []rune) {
	t.Helper()
	tasks := map[string]bool{}
	for _, task := range d.Tasks {
		tasks[task.Number] = true
	}
	names := map[string]bool{}
	last := 0
	for _, in := range d.Indicators {
		s := in.Source
		if s.Start < last || s.End > len(runes) || s.Start >= s.End {
			t.Fatalf("quote from %d to %d after %d", s.Start, s.End, last)
		}
		last = s.Start
		if string(runes[s.Start:s.End]) != s.Quote || s.Rule == "" {
			t.Fatalf("quote %q of rule %q is not the text at its place", s.Quote, s.Rule)
		}
		if !tasks[in.Task] {
			t.Fatalf("%q is under task %q, which there is not", s.Quote, in.Task)
		}
		if in.Name == "" || names[in.Task+"|"+in.Name] {
			t.Fatalf("the name %q in task %s is empty or given twice", in.Name, in.Task)
		}
		names[in.Task+"|"+in.Name] = true
		if high := in.Target.ValueHigh; in.Target.Unit.IsZero() && !in.Target.Waits && in.Source.Rule != "指标表" && !manyToOne.MatchString(s.Quote) || in.Target.Waits != (in.Target.Reference != "") || (high != nil && high.Cmp(in.Target.Value) <= 0) {
			t.Fatalf("%q has the target %v", s.Quote, in.Target)
		}
		if in.DueOn.Before(in.StartsOn) || in.TermEndsOn.Before(in.DueOn) {
			t.Fatalf("%q runs from %s to %s", s.Quote, in.StartsOn, in.DueOn)
		}
		kept := in
		kept.LeadAgencies, kept.ParticipatingAgencies = nil, nil
		if err := kept.Check(); err != nil && !in.StartsOn.IsZero() && !in.DueOn.IsZero() {
			t.Fatalf("%q cannot be stored: %v", s.Quote, err)
		}
		before := in
		if in.Settle(); before.Direction != in.Direction || before.Course != in.Course || before.Over != in.Over {
			t.Fatalf("%q is settled as %s %s, then as %s %s", s.Quote, before.Direction, before.Course, in.Direction, in.Course)
		}
	}
}

// checkNumbers holds that nothing is dropped in silence: each figure in a text
// that is read is in a number that was settled, and what was settled as a
// target or a warning is one.
func checkNumbers(t *testing.T, source *prose.Source, g *block, found *findings, settled map[int]bool, runes []rune) {
	t.Helper()
	for _, v := range found.verdicts {
		if v.reason == "" {
			t.Fatalf("%q has no verdict", string(runes[v.start:v.end]))
		}
		for i := v.start; i < v.end; i++ {
			settled[i] = true
		}
	}
	for i := range g.segment.Text {
		at := int(g.segment.At[i])
		if prose.IsDigit(source.Norm[at]) && !settled[at] {
			t.Fatalf("the figure at %d, %q, was dropped", at, strings.TrimSpace(string(runes[max(0, at-5):min(len(runes), at+5)])))
		}
	}
}
