package agency

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func TestAgencyStatements(t *testing.T) {
	cases := []struct {
		name, text  string
		firstLeads  bool
		lead, joint []string
	}{
		{name: "a date behind a label", text: "建成公园3个（责任单位：市园林局，2025年9月底前完成）。", lead: []string{"市园林局"}},
		{name: "a date behind verbs", text: "建成公园3个。（市园林局牵头，各区政府配合，9月底前完成）",
			lead: []string{"市园林局"}, joint: []string{"各区政府"}},
		{name: "a date before", text: "建成公园3个（6月底前，市住建局）。", lead: []string{"市住建局"}},
		{name: "a time that goes on", text: "建成公园3个（市文旅局，长期）。", lead: []string{"市文旅局"}},
		{name: "a list of roles", text: "建成公园3个（市文旅局牵头、各县（市、区）政府按职责分工负责）。",
			lead: []string{"市文旅局"}, joint: []string{"各县（市、区）政府"}},
		{name: "full stops between labels", text: "建成公园3个（牵头单位：市文旅局。配合单位：市财政局、市体育局。）",
			lead: []string{"市文旅局"}, joint: []string{"市财政局", "市体育局"}},
		{name: "together with", text: "建成公园3个（市文旅局会同市体育局负责）。", lead: []string{"市文旅局"}, joint: []string{"市体育局"}},
		{name: "before a further verb", text: "建成公园3个（市园林局）并新建公厕5座。", lead: []string{"市园林局"}},
		{name: "labels in a bracket", text: "抓好落实(牵头单位:市发改局、市科技局,参与单位:市财政局)。",
			lead: []string{"市发改局", "市科技局"}, joint: []string{"市财政局"}},
		{name: "blanks and strokes between them", text: "抓好落实（牵头单位：市发改局 市自然资源和规划局；配合单位：市财政局/市审计局 各镇街）。",
			lead: []string{"市发改局", "市自然资源和规划局"}, joint: []string{"市财政局", "市审计局", "各镇街"}},
		{name: "a blank within a name", text: "抓好落实（责任单位：市自然资源 和规划局、市发改局）。",
			lead: []string{"市自然资源和规划局", "市发改局"}},
		{name: "at the end of a sentence", text: "抓好落实，市发改局牵头，市财政局、市审计局配合。",
			lead: []string{"市发改局"}, joint: []string{"市财政局", "市审计局"}},
		{name: "full-width signs", text: "抓好落实（牵头单位：市发改局；配合单位：市财政局、市审计局）。",
			lead: []string{"市发改局"}, joint: []string{"市财政局", "市审计局"}},
		{name: "responsible agencies beside a lead take part", text: "抓好落实。（牵头单位：市科技局，责任单位：市教育局）",
			lead: []string{"市科技局"}, joint: []string{"市教育局"}},
		{name: "offices of one agency", text: "抓好落实。（牵头处室：医政处；配合科室：财务科、人事科）",
			lead: []string{"医政处"}, joint: []string{"财务科", "人事科"}},
		{name: "responsible agencies alone lead", text: "抓好落实。（责任单位：市科技局、市教育局）",
			lead: []string{"市科技局", "市教育局"}},
		{name: "the first leads where the plan says so", text: "抓好落实。\n责任单位：市科技局、市教育局", firstLeads: true,
			lead: []string{"市科技局"}, joint: []string{"市教育局"}},
		{name: "each leads for its part", text: "抓好落实。\n责任单位：市科技局、市教育局分别牵头", firstLeads: true,
			lead: []string{"市科技局", "市教育局"}},
		{name: "a bare bracket at the end", text: "抓好落实。(县农业农村局、县水利局)",
			lead: []string{"县农业农村局", "县水利局"}},
		{name: "verbs for roles", text: "抓好落实。（市工信局牵头，市科技局、市财政局配合）",
			lead: []string{"市工信局"}, joint: []string{"市科技局", "市财政局"}},
		{name: "responsible by a verb", text: "抓好落实。（体育总局、民政部按职责分工负责）",
			lead: []string{"体育总局", "民政部"}},
		{name: "lines of their own", text: "抓好落实。\n牵头单位：区商务局\n配合单位：区税务局，各街道",
			lead: []string{"区商务局"}, joint: []string{"区税务局", "各街道"}},
		{name: "a line of those responsible after one of those who lead", text: "抓好落实。\n牵头单位：市城管局\n责任单位：市公安局、各区",
			lead: []string{"市城管局"}, joint: []string{"市公安局", "各区"}},
		{name: "a line of those responsible before one of those who lead", text: "抓好落实。\n责任单位：市公安局、各区\n牵头单位：市城管局",
			lead: []string{"市城管局"}, joint: []string{"市公安局", "各区"}},
		{name: "without persons and deadlines", text: "抓好落实。（责任领导：张某；牵头单位：市水利局；完成时限：9月底前）",
			lead: []string{"市水利局"}},
		{name: "a name with brackets in it", text: "抓好落实。（牵头单位：市政府办（金融）、各县（市、区）政府）",
			lead: []string{"市政府办（金融）", "各县（市、区）政府"}},
		{name: "others that are not named", text: "抓好落实。（责任单位：县林业局、县水利局等有关部门）",
			lead: []string{"县林业局", "县水利局"}},
		{name: "a remark on who leads", text: "抓好落实。\n责任单位：市发改委（列首位的为牵头单位，下同）", firstLeads: true,
			lead: []string{"市发改委"}},
		{name: "和 between two agencies", text: "抓好落实。（牵头单位：市财政局和市审计局）",
			lead: []string{"市财政局", "市审计局"}},
		{name: "和 within a name", text: "抓好落实。（牵头单位：市自然资源和规划局）",
			lead: []string{"市自然资源和规划局"}},
		{name: "one that leads and takes part only leads", text: "抓好落实。（牵头单位：市科技局，参与单位：市科技局、市财政局）",
			lead: []string{"市科技局"}, joint: []string{"市财政局"}},
		{name: "a stroke after the label", text: "抓好落实【责任单位｜市科技局】。",
			lead: []string{"市科技局"}},
		{name: "a branch office", text: "抓好落实（牵头单位:人民银行澜江市支行、省生态环境厅澜江分局)。",
			lead: []string{"人民银行澜江市支行", "省生态环境厅澜江分局"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := Statements(inOne(c.text), c.firstLeads)
			if len(found) != 1 {
				t.Fatalf("%d statements, want 1: %v", len(found), found)
			}
			if !slices.Equal(found[0].Lead, c.lead) || !slices.Equal(found[0].Joint, c.joint) {
				t.Errorf("lead %q joint %q, want %q %q", found[0].Lead, found[0].Joint, c.lead, c.joint)
			}
		})
	}
}

func TestBracketsThatNameNoAgencies(t *testing.T) {
	for _, text := range []string{
		"创建文明单位(校园、村镇、社区)8个。",
		"支持企业(含个体)发展。",
		"建设中心(二期)。",
		"推进改造(重点是城中村)。",
		"人工智能(AI)产业。",
		"新增学位(其中小学300个)。",
		"支持园区(市科技局、市教育局)开展3项活动。",
		"市教育局(市体育局)、市财政局抓好落实。",
		"未闭合(牵头单位:市发改局",
	} {
		t.Run(text, func(t *testing.T) {
			if found := Statements(inOne(text), false); len(found) != 0 {
				t.Errorf("read agencies %v", found)
			}
		})
	}
}

func TestFirstLeads(t *testing.T) {
	for _, text := range []string{"（列第一位者为牵头单位）", "责任单位中列首位的为牵头单位，下同", "排在第一位的部门为牵头单位", "注：首位单位为牵头单位"} {
		t.Run(text, func(t *testing.T) {
			if !FirstLeads(prose.NewSource("某市任务分工\n" + text)) {
				t.Error("not understood")
			}
		})
	}
	for _, text := range []string{"（牵头单位：市发改局）", "第一批由市发改局牵头", "列入市级计划的，由县区牵头"} {
		t.Run("not in "+text, func(t *testing.T) {
			if FirstLeads(prose.NewSource(text)) {
				t.Error("taken for the convention")
			}
		})
	}
}

// inOne is a text as one segment.
func inOne(text string) *prose.Segment {
	s := prose.NewSource(text)
	return prose.NewSegment(s, s.Lines)
}

func TestALabelThatIsNotKnownIsNoPartOfAName(t *testing.T) {
	for _, text := range []string{"抓好落实（来源：市统计局）。", "抓好落实（来源｜市统计局）。", "抓好落实(来源:市统计局)。"} {
		if found := Statements(inOne(text), false); len(found) != 0 {
			t.Errorf("%s: %v", text, found)
		}
	}
}

// A label or a closing verb is one line of the lexicon, in whatever brackets it stands.
func TestEveryLabelOfTheLexiconGivesItsAgenciesTheirRole(t *testing.T) {
	brackets := []struct{ open, shut string }{{"（", "）"}, {"(", ")"}, {"【", "】"}, {"［", "］"}, {"[", "]"}, {"〔", "〕"}, {"〖", "〗"}}
	check := func(t *testing.T, text string, r role) {
		t.Helper()
		found := Statements(inOne(text), false)
		want := []string{"市水务局", "市教育局"}
		if len(found) != 1 || !slices.Equal(found[0].Lead, want) && r != joins || !slices.Equal(found[0].Joint, want) && r == joins {
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
			found := Statements(inOne("新建泵站3座"+b.open+label+"：9月底前；责任单位：市水务局"+b.shut+"。"), false)
			if len(found) != 1 || !slices.Equal(found[0].Lead, []string{"市水务局"}) || len(found[0].Joint) != 0 {
				t.Errorf("%s in %s%s: %v", label, b.open, b.shut, found)
			}
		}
	}
}
