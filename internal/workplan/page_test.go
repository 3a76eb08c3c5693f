package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestAPageAroundAPlan(t *testing.T) {
	text := "索引号 113700004P/2024-81 主题分类 政务公开\n东河市重点工作安排\n成文日期：2024-05-06 发布日期：2025-01-09\n" +
		"[字体：大 中 小] 浏览次数：345次\n一、产业\n1.新增平台6个\n访问量：1200人次 责任编辑：办公室\n2.培育企业8家。"
	draft := Read(text)
	if got := values(draft.Indicators); !slices.Equal(got, []string{"6个", "8家"}) {
		t.Errorf("targets %v", got)
	}
	if draft.Title != "东河市重点工作安排" || draft.IssuedOn.String() != "2024-05-06" || draft.DueOn.String() != "2024-12-31" {
		t.Errorf("title %q, issued on %s, due on %s", draft.Title, draft.IssuedOn, draft.DueOn)
	}
}

func TestLabelsAndTheirValuesOnLinesOfTheirOwn(t *testing.T) {
	draft := Read("东河市2024年重点工作\n索引号：\n1137000041200P/2024-81\n浏览次数：\n1200次\n1.培育企业8家。\n附注：\n300次")
	if got := values(draft.Indicators); !slices.Contains(got, "8家") || slices.Contains(got, "1200次") || !slices.Contains(got, "300次") {
		t.Errorf("targets %v", got)
	}
	if got := values(read("归档1137000041200P，新增算力300P。")); !slices.Equal(got, []string{"300P"}) {
		t.Errorf("targets %v", got)
	}
}

func TestCountsOfTheTextItself(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"对32项约束性指标逐一评估，4项指标由市级下达。": {"32项": "structure", "4项": "structure"},
		"本方案共28条，新增平台6个。":          {"28条": "structure", "6个": isTarget},
		"建成指标监测点15个。":              {"15个": isTarget},
		"新建1个指标体系，完成28项重点任务。":      {"28项": isTarget},
		"优化28条指标路线，新增道路3条。":        {"3条": isTarget},
		"盘活用地指标800亩。":              {"800亩": isTarget},
	})
}

func TestTitlesOfTwoYears(t *testing.T) {
	for title, want := range map[string]string{
		"关于东河市2023年预算执行情况与2024年预算草案的报告": "2024-12-31",
		"东河市2023年工作总结暨2024年工作要点":        "2024-12-31",
		"东河市2023年法治建设情况和2024年工作安排":      "2024-12-31",
		"东河市2023—2025年行动计划（2024年修订版）方案": "2025-12-31",
		"东河市2024年工作要点":                  "2024-12-31",
		"东河市2024年至2026年服务业工作方案":         "2026-12-31",
	} {
		t.Run(title, func(t *testing.T) {
			if got := Read(title + "\n1.新增企业3家。").DueOn.String(); got != want {
				t.Errorf("the term ends on %s, want %s", got, want)
			}
		})
	}
	t.Run("the results of the first are no targets", func(t *testing.T) {
		draft := Read("东河市2023年工作总结和2024年工作计划\n一、2023年工作总结\n1.新增企业30家，改造小区12个。\n2.新增学位300个。\n二、2024年工作计划\n1.新增企业40家。")
		if got := values(draft.Indicators); !slices.Equal(got, []string{"40家"}) {
			t.Errorf("targets %v", got)
		}
		if got := codes(draft.Warnings); !slices.Equal(got, []indicator.WarningCode{indicator.WarnResults}) {
			t.Errorf("warnings %v, want one for all results", got)
		}
	})
}

func TestTextsThatOnlyTellResults(t *testing.T) {
	for text, want := range map[string][]string{
		"东河市2023年国民经济和社会发展统计公报[1]\n初步核算，全年地区生产总值320亿元，增长5.2%。\n年末常住人口36万人。": nil,
		"东河市2023年重点任务完成情况的通报\n一、产业\n1.新增企业30家。\n二、民生\n1.新增学位600个。":          nil,
		"东河市2023年重点任务完成情况的通报\n一、完成情况\n1.新增企业30家。\n二、下一步工作安排\n1.新增企业8家。":     {"8家"},
		"东河市2024年重点任务分解表\n一、产业\n1.新增企业30家。":                                 {"30家"},
	} {
		t.Run(text, func(t *testing.T) {
			draft := Read(text)
			if got := values(draft.Indicators); !slices.Equal(got, want) {
				t.Errorf("targets %v, want %v", got, want)
			}
			if got := codes(draft.Warnings); want == nil && !slices.Equal(got, []indicator.WarningCode{indicator.WarnOnlyPast}) {
				t.Errorf("warnings %v, want one that says so", got)
			}
		})
	}
}

// TestTextsThatAreNoPlans holds that what is read of rules, guides, calls and letters is
// doubted as a whole, and that titles of plans which speak of such are not.
func TestTextsThatAreNoPlans(t *testing.T) {
	const aims = "\n1.新增企业30家以上。\n2.建成充电桩200个。"
	articles := "\n第一条 新增企业30家以上。\n第二条 建成充电桩200个。\n第三条 改造小区8个。\n第四条 新增学位100个。\n第五条 新增床位60张。"
	for title, other := range map[string]bool{
		"东河市数字经济发展专项资金管理办法(试行)":  true,
		"东河市2024年技能人才补贴申报指南":     true,
		"东河市第三中学扩建工程招标公告":        true,
		"东河市2023年度预算执行审计报告":      true,
		"东河市公园建设技术导则":            true,
		"关于商请支持道路建设的函":           true,
		"关于召开全市经济工作会议的通知":        true,
		"关于组织申报2024年科技项目的通知":     true,
		"关于提前下达2024年水利发展资金预算的通知": true,
		"关于下达2024年造林绿化任务的通知":     false,
		"关于印发东河市2024年重点工作方案的通知":  false,
		"东河市2024年目标责任考核办法":       false,
		"东河市2024年招商引资实施意见":       false,
		"东河市养老服务促进规定任务分解表":       false,
		"关于做好2024年农村工作的通知":       false,
		"东河市发展和改革委员会2024年工作要点":   false,
		"关于公布2024年民生实事项目的公告":     false,
		"东河市培训行动计划(2024—2025年)":  false,
	} {
		t.Run(title, func(t *testing.T) {
			holdOtherKind(t, title+aims, other)
		})
	}
	t.Run("articles", func(t *testing.T) { holdOtherKind(t, "东河市2024年城市更新要求\n"+articles, true) })
	t.Run("the articles of a plan", func(t *testing.T) { holdOtherKind(t, "东河市2024年城市更新工作要点"+articles, false) })
	t.Run("a notice of what is in none", func(t *testing.T) {
		if draft := Read("关于召开全市经济工作会议的通知\n会议定于3月5日上午9时召开。"); len(draft.Warnings) > 1 {
			t.Errorf("%v", codes(draft.Warnings))
		}
	})
}

func holdOtherKind(t *testing.T, text string, other bool) {
	t.Helper()
	draft := Read(text)
	if len(draft.Indicators) < 2 {
		t.Fatalf("%d indicators", len(draft.Indicators))
	}
	if got := slices.Contains(codes(draft.Warnings), indicator.WarnOtherKind); got != other {
		t.Errorf("warned %v, want %v", got, other)
	}
	for _, in := range draft.Indicators {
		if (in.Confidence == indicator.Low) != other {
			t.Errorf("%s is of confidence %s", in.Name, in.Confidence)
		}
	}
}

func codes(warnings []indicator.Warning) []indicator.WarningCode {
	var all []indicator.WarningCode
	for _, w := range warnings {
		all = append(all, w.Code)
	}
	return all
}

func TestATitleDoesNotGoOn(t *testing.T) {
	draft := Read("东河市2024年经济社会发展主要预期目标\n城镇调查失业率5.5%左右，森林覆盖率42%。")
	if len(draft.Indicators) != 2 || draft.Indicators[0].Name != "城镇调查失业率" {
		t.Errorf("%v", draft.Indicators)
	}
}
