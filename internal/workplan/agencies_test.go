package workplan

import (
	"slices"
	"strings"
	"testing"
)

func TestAgenciesOfTargets(t *testing.T) {
	t.Run("each clause has those of its own bracket", func(t *testing.T) {
		found := read("新增企业3家(市工信局)；新建学校2所(市教育局)。")
		if len(found) != 2 || !slices.Equal(found[0].LeadAgencies, []string{"市工信局"}) || !slices.Equal(found[1].LeadAgencies, []string{"市教育局"}) {
			t.Errorf("%v", found)
		}
	})
	t.Run("each part of a list has those of its own bracket, and its verb from the list", func(t *testing.T) {
		found := read("新建学校3所(市教育局)、医院2所(市卫健委)，新增企业5家(市工信局)。")
		var got []string
		for _, in := range found {
			got = append(got, in.Name+" "+strings.Join(in.LeadAgencies, "、"))
		}
		want := []string{"新建学校数 市教育局", "新建医院数 市卫健委", "新增企业数 市工信局"}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
	t.Run("a list goes on with 和 behind a bracket", func(t *testing.T) {
		found := read("新增景区2家（市文旅局）和民宿20家（市商务局）。")
		if len(found) != 2 || found[1].Name != "新增民宿数" || !slices.Equal(found[1].LeadAgencies, []string{"市商务局"}) {
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

func TestLabelsInSquareBrackets(t *testing.T) {
	found := read("新建泵站3座［牵头：市水务局；配合：各区］")
	if len(found) != 1 || !slices.Equal(found[0].LeadAgencies, []string{"市水务局"}) || !slices.Equal(found[0].ParticipatingAgencies, []string{"各区"}) {
		t.Errorf("%v", found)
	}
}
