package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestDueDates(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []string
	}{
		{"the term ends where the text says nothing", "新增企业3家。", []string{"2023-12-31"}},
		{"by the end of a month", "6月底前建成站点3座。", []string{"2023-06-30"}},
		{"by a day", "9月15日前建成站点3座。", []string{"2023-09-15"}},
		{"in half a year", "上半年开工项目3个。", []string{"2023-06-30"}},
		{"in a quarter", "第三季度开工项目3个。", []string{"2023-09-30"}},
		{"by the end of the year", "年底建成站点3座。", []string{"2023-12-31"}},
		{"by the end of a month in short", "2023.10底前建成站点3座。", []string{"2023-10-31"}},
		{"by a day in short", "10.31前建成站点3座。", []string{"2023-10-31"}},
		{"in a quarter in short", "Q3建成站点3座。", []string{"2023-09-30"}},
		{"a quarter of journals is no time", "发表Q1论文3篇。", []string{"2023-12-31"}},
		{"by a later year", "到2025年,建成站点3座。", []string{"2025-12-31"}},
		{"by the end of a five-year plan", "“十五五”末建成站点3座。", []string{"2030-12-31"}},
		{"a goal's date ends with its paragraph", "到2025年,建成站点2座。\n新增企业3家。", []string{"2025-12-31", "2023-12-31"}},
		{"a date in the later of two statements", "建成站点3座。（牵头单位：市水利局）\n（配合单位：市财政局；完成时限：2023年9月底）", []string{"2023-09-30"}},
		{"each clause its own", "6月底前开工2座,9月底前建成3座。", []string{"2023-06-30", "2023-09-30"}},
		{"a date holds for the list after it", "6月底前新建站点2座、改造3座。", []string{"2023-06-30", "2023-06-30"}},
		{"a date does not hold for the next sentence", "6月底前建成站点2座。新增企业3家。", []string{"2023-06-30", "2023-12-31"}},
		{"a goal's date holds for its paragraph", "到2025年,建成站点2座；新增企业3家。培育品牌4个。", []string{"2025-12-31", "2025-12-31", "2025-12-31"}},
		{"分别 hands out years", "2023年、2024年分别新增企业3家、5家。", []string{"2023-12-31", "2024-12-31"}},
		{"a date in a bracket after the number", "建成站点3座(6月底前)。", []string{"2023-06-30"}},
		{"a clause that says when all is done", "建成站点3座,11月底前完工。", []string{"2023-11-30"}},
		{"a sentence that says when all is done", "建成站点3座。11月底前全部完成。", []string{"2023-11-30"}},
		{"a clause that says when something else is done", "建成站点3座,3月底前完成选址。", []string{"2023-12-31"}},
		{"a line that dates the item", "建成站点3座。\n完成时限：9月底前", []string{"2023-09-30"}},
		{"a bracket that names who answers", "建成站点3座。（责任单位：市水利局；完成时限：2023年9月底）", []string{"2023-09-30"}},
		{"a year that a change is measured from is no deadline", "产值较2020年增长30%。", []string{"2023-12-31"}},
		{"a year in a name is no deadline", "落实《澜江市规划（2019—2021年）》,新增企业3家。", []string{"2023-12-31"}},
		{"an introduction dates the lines it opens", "到2026年,力争实现：\n企业总数突破50家。\n覆盖率达到90%。", []string{"2026-12-31", "2026-12-31"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, in := range read(c.sentence) {
				got = append(got, in.DueOn.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.sentence, got, c.want)
			}
		})
	}
}

func TestStartOfATarget(t *testing.T) {
	plan := "澜江市三年行动计划(2023—2025年)\n1.培育企业。"
	cases := []struct{ name, sentence, want string }{
		{"is the start of the term", "新增企业3家。", "2023-01-01"},
		{"is the start of the one year it is for", "2024年新增企业3家。", "2024-01-01"},
		{"stays with a deadline", "到2024年新增企业3家。", "2023-01-01"},
		{"is never after the deadline", "2022年底前新增企业3家。", "2022-01-01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := Read(plan + c.sentence).Indicators
			if len(found) != 1 || found[0].StartsOn.String() != c.want {
				t.Errorf("%s: %v, want one from %s", c.sentence, found, c.want)
			}
		})
	}
}

func TestTargetsWithoutATerm(t *testing.T) {
	draft := Read("持续推进。6月底前建成站点3座。新增企业5家。")
	for _, in := range draft.Indicators {
		if !in.DueOn.IsZero() {
			t.Errorf("%s is due on %s though no year is known", in.Source.Quote, in.DueOn)
		}
	}
	if len(draft.Warnings) != 1 || draft.Warnings[0].Code != indicator.WarnTerm {
		t.Errorf("warnings %v, want one that the term is unknown", draft.Warnings)
	}
}

func TestDueDatesWithoutATerm(t *testing.T) {
	t.Run("goals keep their date, and all else waits for the term", func(t *testing.T) {
		got := Read("某市特色种业行动方案\n一、总体目标\n到2027年，累计建成繁育基地6个，种业产值达到8亿元。\n二、任务\n1.育强主体。新增种业企业12家。").Indicators
		var due []string
		for _, in := range got {
			due = append(due, in.DueOn.String())
		}
		if want := []string{"2027-12-31", "2027-12-31", ""}; !slices.Equal(due, want) {
			t.Errorf("due %q, want %q", due, want)
		}
	})
	t.Run("the goals of a plan for three years date all of it", func(t *testing.T) {
		for _, in := range Read("某市特色种业三年行动方案\n一、总体目标\n到2027年，累计建成繁育基地6个。\n二、任务\n1.育强主体。新增种业企业12家。").Indicators {
			if in.StartsOn.String() != "2025-01-01" || in.DueOn.String() != "2027-12-31" {
				t.Errorf("%s runs from %s to %s", in.Name, in.StartsOn, in.DueOn)
			}
		}
	})
}
