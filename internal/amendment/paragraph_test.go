package amendment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/amendment"
)

// edited makes the newer list of the older one by edits, and fails where they do not fit.
func edited(t interface{ Fatalf(string, ...any) }, before, after []string, edits []amendment.Edit) []string {
	var out []string
	at := 0
	for _, e := range edits {
		if e.BeforeStart < at || e.BeforeEnd < e.BeforeStart || e.AfterEnd < e.AfterStart || e.BeforeStart == e.BeforeEnd && e.AfterStart == e.AfterEnd {
			t.Fatalf("%+v after %d", e, at)
		}
		out = append(append(out, before[at:e.BeforeStart]...), after[e.AfterStart:e.AfterEnd]...)
		at = e.BeforeEnd
	}
	return append(out, before[at:]...)
}

func TestEditsMakeTheNewerTextOfTheOlder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i"}), 0, 30)
		before, after := list.Draw(t, "before"), list.Draw(t, "after")
		edits := amendment.Edits(before, after)
		if got := edited(t, before, after, edits); !slices.Equal(got, after) {
			t.Fatalf("%v: %v", edits, got)
		}
		if slices.Equal(before, after) && len(edits) > 0 {
			t.Fatalf("%v between equal texts", edits)
		}
	})
}

// Every text of these makes a differ work that goes by one rule alone: nothing alike, nothing
// unique, all turned round, unique lines that are met one in each round.
func TestEditsOfHostileTexts(t *testing.T) {
	const n = 100_000
	lines := func(line func(i int) string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = line(i)
		}
		return out
	}
	rising := lines(func(i int) string { return fmt.Sprint(i) })
	turned := slices.Clone(rising)
	slices.Reverse(turned)
	nested := lines(func(i int) string { return fmt.Sprint("x", min(i, n-1-i)) })
	shifted := append(append([]string{"start"}, nested...), "end")
	for name, texts := range map[string][2][]string{
		"nothing alike": {rising, lines(func(i int) string { return fmt.Sprint("y", i) })},
		"few words":     {lines(func(i int) string { return fmt.Sprint(i * i % 7) }), lines(func(i int) string { return fmt.Sprint(i * i % 5) })},
		"turned round":  {rising, turned},
		"nested":        {nested, shifted},
		"against none":  {rising, nil},
	} {
		if got := edited(t, texts[0], texts[1], amendment.Edits(texts[0], texts[1])); !slices.Equal(got, texts[1]) {
			t.Errorf("%s: another text", name)
		}
	}
}

// drawn writes rows as a reader sees them.
func drawn(x amendment.Texts) string {
	var out []string
	value := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	for _, r := range x.Rows {
		out = append(out, fmt.Sprintf("=%d %s|%s", r.Unchanged, value(r.Before), value(r.After)))
	}
	return strings.Join(append(out, fmt.Sprintf("=%d +%d", x.Unchanged, x.More)), "\n")
}

func TestParagraphsStandOppositeWhatTheyHaveBecome(t *testing.T) {
	const before = "重点任务\n一、产业\n1.壮大企业。新增企业30家。\n2.深化服务。持续改善营商环境。\n二、民生\n3.完善设施。新增充电桩221个。\n附则\n解释\n"
	const after = "重点任务\r\n\r\n一、产业\n1.壮大企业。新增企业36家。\n2.培育外贸主体。\n3.深化服务。持续改善营商环境。\n　　二、民生\n附则\n解释\n"
	for _, tc := range []struct {
		name       string
		rows, size int
		want       string
	}{
		{"all", 9, 9999, `=2 1.壮大企业。新增企业30家。|1.壮大企业。新增企业36家。
=0 -|2.培育外贸主体。
=0 2.深化服务。持续改善营商环境。|3.深化服务。持续改善营商环境。
=1 3.完善设施。新增充电桩221个。|-
=2 +0`},
		{"so many rows", 2, 9999, `=2 1.壮大企业。新增企业30家。|1.壮大企业。新增企业36家。
=0 -|2.培育外贸主体。
=3 +2`},
		{"so much text", 9, 20, "=5 +4"},
	} {
		got, ok := amendment.CompareTexts(before, after, tc.rows, tc.size)
		if !ok || drawn(got) != tc.want {
			t.Errorf("%s:\n%s", tc.name, drawn(got))
		}
	}
	if _, ok := amendment.CompareTexts(before, strings.Repeat("行\n", 100_001), 9, 9999); ok {
		t.Error("a text of too many lines was compared")
	}
}

func TestParagraphsOfAnEnormousTextGoByTheirOrder(t *testing.T) {
	long := strings.Repeat("很长的一段话", 1<<18)
	got, ok := amendment.CompareTexts(long+"甲", long+"乙", 9, 1<<30)
	if !ok || len(got.Rows) != 1 || got.Rows[0].Before == nil || got.Rows[0].After == nil {
		t.Errorf("%d rows", len(got.Rows))
	}
}
