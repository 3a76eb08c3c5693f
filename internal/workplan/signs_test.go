package workplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// TestSignsAboutAFigure holds that the marks of notes and quotation marks around nothing but a
// number change no figure, and that none is made of a part of one.
func TestSignsAboutAFigure(t *testing.T) {
	for sentence, want := range map[string][]string{
		"新增企业30¹家，改厕300²户。":     {"30家", "300户"},
		"绿化面积50万m2，供水3万m3。":     {"50万m²", "3万m³"},
		"新增企业“30”家，植树\"500\"亩。": {"30家", "500亩"},
		"培育“3”个产业集群和“8”条产业链。":   {"3个", "8条"},
		"植树 5 00 亩。":            nil,
		"利用外资2亿美元。":             {"2亿美元"},
		"利用3个园区开展招商。":           nil,
	} {
		t.Run(sentence, func(t *testing.T) {
			draft := Read(inYear(sentence))
			if got := values(draft.Indicators); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			if want == nil && len(draft.Warnings) == 0 {
				t.Error("nothing is said of what is not read")
			}
		})
	}
}

// TestALongListIsQuotedInBounds holds that what is quoted of a list does not grow with the square
// of its length.
func TestALongListIsQuotedInBounds(t *testing.T) {
	const n = 1000
	draft := Read(inYear(strings.Repeat("甲、", n) + "分别达到" + strings.Repeat("1%、", n)))
	quoted := 0
	for _, in := range draft.Indicators {
		quoted += len(in.Source.Quote)
		if !strings.Contains(in.Source.Quote, "1%") {
			t.Fatalf("%q does not quote its number", in.Source.Quote)
		}
	}
	if len(draft.Indicators) < n || quoted > n*3*longestQuote {
		t.Errorf("%d targets quote %d bytes", len(draft.Indicators), quoted)
	}
}

// TestATableBetweenItemsLeavesThemTheirSection holds that the items after a table are in the
// section that those before it are in, as long as they count on.
func TestATableBetweenItemsLeavesThemTheirSection(t *testing.T) {
	text := "东河市2024年重点工作计划\n一、产业\n1.新增企业30家。\n二、民生\n2.新增学位300个。\n镇街 | 改厕（户） | 植树（亩）\n合计 | 30 | 50\n东镇 | 10 | 20\n西镇 | 20 | 30\n\n3.新增床位200张。\n三、其他\n4.新建公园3个。"
	for _, task := range Read(text).Tasks {
		if want := map[string]int{"1": 1, "2": 2, "3": 2, "4": 3}[task.Number]; want != 0 && task.Section != want {
			t.Errorf("task %s is in section %d, want %d", task.Number, task.Section, want)
		}
	}
}

// TestAColumnOfWhatWasReachedIsWarnedOf holds that results under a head of one word are neither
// targets nor lost.
func TestAColumnOfWhatWasReachedIsWarnedOf(t *testing.T) {
	draft := Read("东河市2024年重点工作计划\n工作任务 | 计划 | 实际\n新增企业 | 30家 | 12家\n新建公园 | 5个 | 2个")
	if got := values(draft.Indicators); !slices.Equal(got, []string{"30家", "5个"}) {
		t.Errorf("%q", got)
	}
	if !slices.Contains(codes(draft.Warnings), indicator.WarnTableColumn) {
		t.Errorf("%v", codes(draft.Warnings))
	}
	for _, in := range draft.Indicators {
		if in.Baseline != nil {
			t.Errorf("%s has the baseline %s", in.Name, in.Baseline)
		}
	}
}

// TestTwoFiguresOfOneCell holds that no figure of a cell is lost in silence where a stroke or an
// arrow stands between two.
func TestTwoFiguresOfOneCell(t *testing.T) {
	for cell, want := range map[string][]string{
		"500亩/600亩":   {"500亩", "30家"},
		"不少于3期/500人次": {"3期", "30家"},
		"200户→300户":   {"30家"},
		"3个工作日→1个工作日": {"30家"},
		"8/10万":       {"8/10万", "30家"},
	} {
		t.Run(cell, func(t *testing.T) {
			draft := Read("东河市2024年重点工作计划\n指标 | 目标\n改厕工作 | " + cell + "\n新增企业 | 30家")
			if got := values(draft.Indicators); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			if got := slices.Contains(codes(draft.Warnings), indicator.WarnTable); got == (len(want) > 1 && strings.HasPrefix(want[0], "8/")) {
				t.Errorf("%v", codes(draft.Warnings))
			}
		})
	}
}

// TestDeadlinesInCells holds that abbreviated deadlines are read, and one that cannot be is said.
func TestDeadlinesInCells(t *testing.T) {
	for cell, want := range map[string]string{"2024.10": "2024-10-31", "Q3": "2024-09-30", "6月底前": "2024-06-30", "10/2024": "2024-12-31", "长期": "2024-12-31"} {
		draft := Read("东河市2024年重点工作计划\n指标 | 单位 | 时间节点 | 目标\n建成绿道 | 公里 | " + cell + " | 12\n建成公园 | 个 | 6月 | 5")
		if len(draft.Indicators) != 2 || draft.Indicators[0].DueOn.String() != want {
			t.Errorf("%s: %v", cell, draft.Indicators)
		}
		if got := slices.Contains(codes(draft.Warnings), indicator.WarnTable); got != (cell == "10/2024") {
			t.Errorf("%s: %v", cell, codes(draft.Warnings))
		}
	}
}
