package workplan

import (
	"slices"
	"testing"
)

func TestAgenciesOfTargets(t *testing.T) {
	t.Run("each clause has those of its own bracket", func(t *testing.T) {
		found := read("新增企业3家(市工信局)；新建学校2所(市教育局)。")
		if len(found) != 2 || !slices.Equal(found[0].LeadAgencies, []string{"市工信局"}) || !slices.Equal(found[1].LeadAgencies, []string{"市教育局"}) {
			t.Errorf("%v", found)
		}
	})
	t.Run("a target after the last bracket has those of the bracket", func(t *testing.T) {
		in := readOne(t, "抓好培育(市工信局)。同时新增企业3家。")
		if !slices.Equal(in.LeadAgencies, []string{"市工信局"}) {
			t.Errorf("%v", in.LeadAgencies)
		}
	})
	t.Run("a task has those of all its brackets", func(t *testing.T) {
		tasks := Read(inYear("新增企业3家(市工信局牵头,市教育局配合)；新建学校2所(市教育局)。")).Tasks
		if !slices.Equal(tasks[0].LeadAgencies, []string{"市工信局", "市教育局"}) || len(tasks[0].ParticipatingAgencies) != 0 {
			t.Errorf("%v", tasks[0])
		}
	})
	t.Run("items have those of the heading above", func(t *testing.T) {
		found := Read("某县2023年工作要点\n一、产业（牵头单位：县工信局）\n1.新增企业3家。\n2.新建园区2个(县发改局)。").Indicators
		if len(found) != 2 || !slices.Equal(found[0].LeadAgencies, []string{"县工信局"}) || !slices.Equal(found[1].LeadAgencies, []string{"县发改局"}) {
			t.Errorf("%v", found)
		}
	})
	t.Run("numbers within a statement are no targets", func(t *testing.T) {
		if found := read("抓好落实(责任单位:市教育局、各3个县区政府)。"); len(found) != 0 {
			t.Errorf("%v", found)
		}
	})
}

// A label or a closing verb is one line of the lexicon, in whatever brackets it stands.
func TestEveryLabelOfTheLexiconGivesItsAgenciesTheirRole(t *testing.T) {
	brackets := []struct{ open, shut string }{{"（", "）"}, {"(", ")"}, {"【", "】"}, {"［", "］"}, {"[", "]"}, {"〔", "〕"}}
	check := func(t *testing.T, text string, r role) {
		t.Helper()
		found := statements(passageOf(text), false)
		want := []string{"市水务局", "市教育局"}
		if len(found) != 1 || !slices.Equal(found[0].lead, want) && r != joins || !slices.Equal(found[0].joint, want) && r == joins {
			t.Errorf("%s: %v", text, found)
		}
	}
	for _, b := range brackets {
		for label := range roleLabels.All() {
			check(t, "新建泵站3座"+b.open+label+"：市水务局、市教育局"+b.shut+"。", roleLabels.Class(label))
		}
		for verb := range predicates.All() {
			check(t, "新建泵站3座"+b.open+"市水务局、市教育局"+verb+b.shut+"。", predicates.Class(verb))
		}
		for label := range asideLabels.All() {
			found := statements(passageOf("新建泵站3座"+b.open+label+"：9月底前；责任单位：市水务局"+b.shut+"。"), false)
			if len(found) != 1 || !slices.Equal(found[0].lead, []string{"市水务局"}) || len(found[0].joint) != 0 {
				t.Errorf("%s in %s%s: %v", label, b.open, b.shut, found)
			}
		}
	}
	found := read("新建泵站3座［牵头：市水务局；配合：各区］")
	if len(found) != 1 || !slices.Equal(found[0].LeadAgencies, []string{"市水务局"}) || !slices.Equal(found[0].ParticipatingAgencies, []string{"各区"}) {
		t.Errorf("%v", found)
	}
}
