package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func TestTablesWithStrokes(t *testing.T) {
	draft := Read("某市2023年民生实事\n\n" +
		"| 序号 | 实事内容 | 完成时限 | 牵头单位 | 责任单位 |\n" +
		"|---|---|---|---|---|\n" +
		"| 1 | 新建食堂25个 | 10月底前 | 市民政局 | 各区政府 |\n" +
		"| 2 | 新建公园30个 | 全年 | 市园林局 | |\n")
	t.Run("each row is a task with its number", func(t *testing.T) {
		if _, tasks := outlineOf(draft); !slices.Equal(tasks, []string{"1 - 新建食堂25个", "2 - 新建公园30个"}) {
			t.Errorf("%q", tasks)
		}
	})
	t.Run("the columns name the agencies", func(t *testing.T) {
		first := draft.Indicators[0]
		if !slices.Equal(first.LeadAgencies, []string{"市民政局"}) || !slices.Equal(first.ParticipatingAgencies, []string{"各区政府"}) {
			t.Errorf("%v %v", first.LeadAgencies, first.ParticipatingAgencies)
		}
	})
	t.Run("the column of deadlines dates the row", func(t *testing.T) {
		if got := draft.Indicators[0].DueOn.String(); got != "2023-10-31" {
			t.Errorf("due on %s", got)
		}
		if got := draft.Indicators[1].DueOn.String(); got != "2023-12-31" {
			t.Errorf("due on %s", got)
		}
	})
}

func TestResponsibleColumn(t *testing.T) {
	cases := []struct {
		name, heading string
		lead, joint   []string
	}{
		{"leads beside one that helps", "序号|任务|责任单位|配合单位", []string{"甲局"}, []string{"乙局"}},
		{"takes part beside one that leads", "序号|任务|牵头单位|责任单位", []string{"甲局"}, []string{"乙局"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := Read("某市2023年任务表\n" + c.heading + "\n1|新增企业3家|甲局|乙局").Indicators[0]
			if !slices.Equal(in.LeadAgencies, c.lead) || !slices.Equal(in.ParticipatingAgencies, c.joint) {
				t.Errorf("%v %v", in.LeadAgencies, in.ParticipatingAgencies)
			}
		})
	}
}

func TestTablesWithACellOnEachLine(t *testing.T) {
	const text = "某区2023年任务表\n序号\n工作任务\n牵头单位\n配合单位\n" +
		"1\n新增企业3家\n区工信局\n区税务局\n" +
		"2\n新建学校2所，\n新增学位900个\n区教育局\n区住建局\n" +
		"抄送：区委办"
	draft := Read(text)
	if got := values(draft.Indicators); !slices.Equal(got, []string{"3家", "2所", "900个"}) {
		t.Fatalf("%v", got)
	}
	t.Run("a task may take several lines", func(t *testing.T) {
		last := draft.Indicators[2]
		if last.Task != "2" || !slices.Equal(last.LeadAgencies, []string{"区教育局"}) || !slices.Equal(last.ParticipatingAgencies, []string{"区住建局"}) {
			t.Errorf("%+v", last)
		}
	})
}

func TestTextAroundATableIsRead(t *testing.T) {
	draft := Read("某市2023年任务\n一、总述\n新增品牌4个。\n序号|任务|牵头单位\n1|新增企业3家|甲局\n新建公园5个。")
	if got := values(draft.Indicators); !slices.Equal(got, []string{"4个", "3家", "5个"}) {
		t.Errorf("%v", got)
	}
}

func TestLinesThatAreNoTable(t *testing.T) {
	for _, text := range []string{"甲|乙\n1|2", "序号\n1\n2", "序号\n任务\n1\n新增3家", "任务|说明很长的一段文字超过了表头应有的长度\n1|2"} {
		t.Run(text, func(t *testing.T) {
			s := prose.NewSource(text)
			if rows, next := outline.TableAt(s, 0); next != 0 {
				t.Errorf("read %d rows", len(rows))
			}
		})
	}
}

func TestTablesOfIndicators(t *testing.T) {
	t.Run("the heading of the column dates the targets", func(t *testing.T) {
		found := Read("某市“十五五”主要指标表\n指标名称|单位|2027年目标值\n覆盖率|%|60\n").Indicators
		if len(found) != 1 || found[0].DueOn.String() != "2027-12-31" {
			t.Errorf("%v", found)
		}
	})
	t.Run("the columns may stand in any order", func(t *testing.T) {
		found := Read("某市“十五五”主要指标表\n目标值|单位|指标名称\n60|%|覆盖率\n").Indicators
		if len(found) != 1 || found[0].Name != "覆盖率" || found[0].Source.Quote != "60|%|覆盖率" {
			t.Errorf("%v", found)
		}
	})
	t.Run("figures in words beside the columns are warned of", func(t *testing.T) {
		draft := Read("某市“十五五”主要指标表\n指标名称|单位|目标值|布点\n书房数|个|60|书房5个、书房6个\n")
		if got := values(draft.Indicators); !slices.Equal(got, []string{"60个"}) {
			t.Errorf("%v", got)
		}
		if n := len(draft.Warnings); n != 1 || draft.Warnings[0].Message != "表格第1行“布点”列：单元格中的数字未作为指标" {
			t.Errorf("%+v", draft.Warnings)
		}
	})
	t.Run("a cell that says more than a number is no target", func(t *testing.T) {
		if found := Read("某市“十五五”主要指标表\n指标名称|单位|目标值\n覆盖率|%|60并保持\n").Indicators; len(found) != 0 {
			t.Errorf("%v", found)
		}
	})
	draft := Read("某市“十五五”主要指标表\n" +
		"序号 | 指标名称 | 单位 | 2025年基数 | 2030年目标值 | 属性\n" +
		"1 | 工业增加值年均增速 | % | — | 6.5 | 预期性\n" +
		"2 | 全员劳动生产率 | 万元/人 | 18.6 | 24以上 | 预期性\n" +
		"3 | 地表水优良比例 | % | 91.4 | ≥95 | 约束性\n" +
		"4 | 单位GDP能耗降低 | % | 12 | [17] | 约束性\n" +
		"5 | 营商环境 | 分 | — | 进一步提升 | 预期性\n")
	want := []struct {
		name       string
		kind       indicator.Kind
		direction  indicator.Direction
		comparator indicator.Comparator
		value      string
		baseline   string
	}{
		{"工业增加值年均增速", indicator.Growth, indicator.Increase, indicator.Equal, "6.5%", ""},
		{"全员劳动生产率", indicator.Ratio, indicator.Increase, indicator.AtLeast, "24万元/人", "18.6"},
		{"地表水优良比例", indicator.Ratio, indicator.Increase, indicator.AtLeast, "95%", "91.4"},
		{"单位GDP能耗降低", indicator.Growth, indicator.Decrease, indicator.Equal, "17%", ""},
	}
	if got := values(draft.Indicators); len(got) != len(want)+1 || got[len(want)] != "进一步提升?分" {
		t.Fatalf("%v", got)
	}
	for i, w := range want {
		t.Run(w.name, func(t *testing.T) {
			in := draft.Indicators[i]
			if in.Name != w.name || in.Kind != w.kind || in.Direction != w.direction || in.Target.Comparator != w.comparator {
				t.Errorf("%s %s %s %s", in.Name, in.Kind, in.Direction, in.Target.Comparator)
			}
			if got := values([]indicator.Indicator{in})[0]; got != w.value {
				t.Errorf("%s, want %s", got, w.value)
			}
			if in.DueOn.String() != "2030-12-31" {
				t.Errorf("due on %s", in.DueOn)
			}
			if got := ""; in.Baseline != nil || w.baseline != "" {
				if in.Baseline != nil {
					got = in.Baseline.String()
				}
				if got != w.baseline {
					t.Errorf("baseline %q, want %q", got, w.baseline)
				}
			}
		})
	}
}
