package amendment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

var (
	yearStart = indicator.DateOf(2024, 1, 1)
	yearEnd   = indicator.DateOf(2024, 12, 31)
)

// text is a plan's text in miniature: its tasks, in order, with their goals.
type text []task

type task struct {
	title string
	goals []goal
}

// goal is a number, or a reference whose value waits: ?全省平均水平.
type goal struct{ name, value, unit string }

func (g goal) target() indicator.Target {
	t := indicator.Target{Comparator: indicator.AtLeast}
	t.Reference, t.Waits = strings.CutPrefix(g.value, "?")
	if g.unit != "" {
		t.Unit = quantity.MustUnit(g.unit)
	}
	if !t.Waits {
		t.Reference, t.Value = "", quantity.MustNumber(g.value)
	}
	return t
}

// read does what the reader of texts does: numbers the tasks and gives every
// indicator what its sentence says.
func (x text) read(version int) amendment.New {
	next := amendment.New{DueOn: yearEnd}
	for i, t := range x {
		number := fmt.Sprint(i + 1)
		next.Tasks = append(next.Tasks, indicator.Task{Number: number, Section: 1 + i/3, Title: t.title})
		for j, g := range t.goals {
			in := indicator.Indicator{
				Plan: "p", Task: number, Section: 1 + i/3, Name: g.name,
				Kind: indicator.Cumulative, Direction: indicator.Increase,
				Target:   g.target(),
				StartsOn: yearStart, DueOn: yearEnd, TermEndsOn: yearEnd,
				Binding: indicator.Committed, Frequency: indicator.Monthly, State: indicator.Confirmed, Confidence: indicator.Medium,
				LeadAgencies: []string{"甲局"},
				Source:       indicator.Source{Version: version, Start: 100*i + j, End: 100*i + j + 1, Quote: g.name + g.value + g.unit, Rule: "test"},
			}
			in.Settle()
			next.Indicators = append(next.Indicators, in)
		}
	}
	return next
}

// stored is the text as a plan that was imported from it.
func (x text) stored() amendment.Old {
	read := x.read(1)
	old := amendment.Old{Tasks: read.Tasks}
	count := map[string]int{}
	for _, in := range read.Indicators {
		asRead := in
		count[in.Task]++
		in.Code, in.Version = fmt.Sprintf("p-%s-%d", in.Task, count[in.Task]), 1
		old.Indicators = append(old.Indicators, amendment.Held{Indicator: in, AsRead: &asRead})
	}
	return old
}

func (x text) clone() text {
	c := slices.Clone(x)
	for i := range c {
		c[i].goals = slices.Clone(c[i].goals)
	}
	return c
}

// applied is the plan after a difference was carried out.
func applied(old amendment.Old, next amendment.New, d amendment.Diff) amendment.Old {
	after := amendment.Old{Tasks: next.Tasks}
	replaced, removed := map[string]indicator.Indicator{}, map[string]bool{}
	for _, in := range d.Replaced {
		replaced[in.Code] = in
	}
	for _, r := range d.Removed {
		removed[r.Indicator.Code] = true
	}
	reread := func(in indicator.Indicator) *indicator.Indicator {
		for _, n := range next.Indicators {
			if n.Source == in.Source {
				return &n
			}
		}
		return nil
	}
	for _, h := range old.Indicators {
		in, changed := replaced[h.Indicator.Code]
		switch {
		case removed[h.Indicator.Code]:
		case changed:
			in.Version++
			after.Indicators = append(after.Indicators, amendment.Held{Indicator: in, AsRead: reread(in), Measured: h.Measured})
		default:
			after.Indicators = append(after.Indicators, h)
		}
	}
	for i, a := range d.Added {
		a.Indicator.Code, a.Indicator.Version = fmt.Sprintf("new-%d", i), 1
		after.Indicators = append(after.Indicators, amendment.Held{Indicator: a.Indicator, AsRead: reread(a.Indicator)})
	}
	return after
}

// say writes a difference in one line for comparison.
func say(d amendment.Diff) string {
	var all []string
	for _, a := range d.Added {
		all = append(all, "+"+a.Indicator.Name+a.Replaces)
	}
	for _, r := range d.Removed {
		all = append(all, "-"+r.Indicator.Code)
	}
	for _, c := range d.Changed {
		s := "~" + c.Before.Code
		for _, f := range c.Fields {
			s += fmt.Sprintf(" %s %s→%s", f.Field, f.Before, f.After)
		}
		all = append(all, s)
	}
	for _, m := range d.Moved {
		all = append(all, fmt.Sprintf(">%s %s.%d→%s.%d", m.Before.Code, m.Before.Task, m.Before.Section, m.After.Task, m.After.Section))
	}
	return strings.Join(append(all, fmt.Sprintf("=%d", d.Unchanged)), "; ")
}

func want(t *testing.T, d amendment.Diff, expected string) {
	t.Helper()
	if got := say(d); got != expected {
		t.Errorf("got  %s\nwant %s", got, expected)
	}
}

var (
	titles = []string{"壮大高新企业", "完善充电设施", "治理河道水质", "扩大粮食播种", "改造老旧小区", "修建农村公路", "发展文化旅游", "优化营商环境", "培育外贸主体"}
	goals  = []goal{
		{"新增高新技术企业", "30", "家"}, {"新增公共充电桩", "221", "个"}, {"优良水体比例", "85.5", "%"}, {"粮食播种面积", "44.16", "万亩"},
		{"完成投资", "12", "亿元"}, {"改造老旧小区户数", "1800", "户"}, {"新建农村公路里程", "75.40", "公里"}, {"接待游客人次", "300", "万人次"},
		{"举办招商活动场次", "24", "场"}, {"培训技能人才数量", "5000", "人"},
	}
)

// drawText draws a text of some tasks, no two of one title, each with some
// goals, no two of one name in a task.
func drawText(t *rapid.T) text {
	var x text
	for _, title := range rapid.Permutation(titles).Draw(t, "titles")[:rapid.IntRange(1, len(titles)).Draw(t, "tasks")] {
		some := rapid.Permutation(goals).Draw(t, "goals")[:rapid.IntRange(0, 4).Draw(t, "goals")]
		x = append(x, task{title, slices.Clone(some)})
	}
	return x
}

// drawEdit changes a text as an amendment may.
func drawEdit(t *rapid.T, x text) text {
	x = x.clone()
	for range rapid.IntRange(0, 6).Draw(t, "edits") {
		if len(x) == 0 {
			return x
		}
		at := rapid.IntRange(0, len(x)-1).Draw(t, "at")
		switch rapid.IntRange(0, 6).Draw(t, "edit") {
		case 0:
			x = slices.Delete(x, at, at+1)
		case 1:
			x = slices.Insert(x, at, task{"新任务" + titles[at%len(titles)], []goal{goals[at%len(goals)]}})
		case 2:
			x[at].title += "提质"
		case 3:
			x[at].goals = append(x[at].goals, rapid.SampledFrom(goals).Draw(t, "goal"))
		case 4:
			x[0], x[at] = x[at], x[0]
		default:
			drawGoalEdit(t, x[at].goals)
		}
	}
	return x
}

func drawGoalEdit(t *rapid.T, goals []goal) {
	if len(goals) == 0 {
		return
	}
	g := &goals[rapid.IntRange(0, len(goals)-1).Draw(t, "which")]
	switch rapid.IntRange(0, 2).Draw(t, "what") {
	case 0:
		g.value = fmt.Sprint(rapid.IntRange(1, 99).Draw(t, "value"))
	case 1:
		g.name = "力争" + g.name
	default:
		g.unit = rapid.SampledFrom([]string{"家", "亿元", "公里"}).Draw(t, "unit")
	}
}
