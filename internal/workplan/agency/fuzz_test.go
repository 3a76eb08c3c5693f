package agency

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// FuzzStatements holds that statements follow each other within the text, that each says of an
// agency one thing, once, and that its date stands within it.
func FuzzStatements(f *testing.F) {
	for _, text := range []string{"", "甲（牵头单位：市发改局、市科技局；配合单位：市财政局）。", "甲。\n牵头单位：市水务局\n责任单位：市教育局、市水务局", "甲，由市水务局牵头，市财政局配合。", "责任单位为市商务局，配合单位为", "（完成时限：6月底前；责任单位：市水务局）", "（牵头单位：、）", "（（牵头单位：市水务局", "【牵头单位：市水务局（含市河长办）】", "（市水务局等有关部门）（市教育局）", "责任单位：由", "(牵头)", "乙(市水务局)\xff"} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, firstLeads bool) {
		if utf8.RuneCountInString(text) > 5000 {
			t.Skip("long texts say no more")
		}
		s := prose.NewSource(text)
		FirstLeads(s)
		last := 0
		for _, st := range Statements(prose.NewSegment(s, s.Lines), firstLeads) {
			if st.Start < last || st.End <= st.Start {
				t.Fatalf("a statement from %d to %d after %d of %q", st.Start, st.End, last, text)
			}
			last = st.End
			all := slices.Concat(st.Lead, st.Joint)
			if slices.Contains(all, "") || len(Union(nil, all)) != len(all) || len(all) == 0 {
				t.Fatalf("%q lead and %q join in %q", st.Lead, st.Joint, text)
			}
			if st.Due != nil && (st.Due.Start < st.Start || st.Due.End > st.End) {
				t.Fatalf("a date from %d to %d in a statement from %d to %d", st.Due.Start, st.Due.End, st.Start, st.End)
			}
		}
	})
}
