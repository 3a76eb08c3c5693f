package workplan

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// stepsIn writes the dated steps of sentences in a plan for 2023.
func stepsIn(sentences string) []string {
	var all []string
	for _, m := range Read(inYear(sentences)).Milestones {
		all = append(all, m.Title+" "+m.DueOn.String())
	}
	return all
}

func checkSteps(t *testing.T, cases map[string][]string) {
	t.Helper()
	for sentence, want := range cases {
		t.Run(sentence, func(t *testing.T) {
			if got := stepsIn(sentence); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// TestAStepAfterAnotherIsOneWithoutASubject holds that a verb alone is kept as a step of its
// task, where a title says nothing but the sentence.
func TestAStepAfterAnotherIsOneWithoutASubject(t *testing.T) {
	var got []string
	for _, m := range Read("澜江市2023年工作要点\n1.6月底前完成设备采购，9月底前全部开工。").Milestones {
		got = append(got, m.Title+" "+m.DueOn.String())
	}
	if want := []string{"完成设备采购 2023-06-30", "开工 2023-09-30"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStepsWithADate(t *testing.T) {
	checkSteps(t, map[string][]string{
		"6月底前完成国土空间详细规划编制。":                    {"完成国土空间详细规划编制 2023-06-30"},
		"智慧停车平台年底前投入使用。":                       {"智慧停车平台投入使用 2023-12-31"},
		"12月前出台人才引进办法。":                        {"出台人才引进办法 2023-12-31"},
		"加快数据中心建设，9月底前通过验收。":                   {"数据中心通过验收 2023-09-30"},
		"6月底前，完成河道清淤方案编制。":                     {"完成河道清淤方案编制 2023-06-30"},
		"《城市更新条例》10月底前出台。":                     {"出台《城市更新条例》 2023-10-31"},
		"完成农房普查（5月底前）。":                        {"完成农房普查 2023-05-31"},
		"月湖大桥（6月底前通车）、西环隧道（年底前贯通）加快建设。":        {"月湖大桥通车 2023-06-30", "西环隧道贯通 2023-12-31"},
		"市民中心4月底前完成选址，6月底前开工建设，年底前建成投用。":       {"市民中心完成选址 2023-04-30", "市民中心开工建设 2023-06-30", "市民中心建成投用 2023-12-31"},
		"上半年完成可研批复，6月30日前完成立法调研。":              {"完成可研批复 2023-06-30", "完成立法调研 2023-06-30"},
		"推进医院改革，5月底前印发实施方案，10月底前完成薪酬制度改革。":     {"医院改革印发实施方案 2023-05-31", "完成薪酬制度改革 2023-10-31"},
		"2024年6月底前建成城市大脑二期。":                   {"建成城市大脑二期 2024-06-30"},
		"年底前，完成农村公路灾毁保险投保工作。":                  {"完成农村公路灾毁保险投保工作 2023-12-31"},
		"科技馆力争年底前全面建成并投入使用。":                   {"科技馆建成并投入使用 2023-12-31"},
		"10月底前制定并印发实施方案。":                      {"制定并印发实施方案 2023-10-31"},
		"9月底前由市文旅局牵头制定场馆运营办法。":                 {"制定场馆运营办法 2023-09-30"},
		"各县区8月底前完成隐患排查。":                       {"完成隐患排查 2023-08-31"},
		"年内开工东部快速路。":                           {"开工东部快速路 2023-12-31"},
		"确保新水厂于11月30日前正式投入运营。":                 {"新水厂投入运营 2023-11-30"},
		"6月底前建成220千伏东郊输变电工程，第三季度开工110千伏变电站3座。": {"建成220千伏东郊输变电工程 2023-06-30"},
		"6月底前完成设备采购，9月底前全部开工。":                 {"完成设备采购 2023-06-30", "抓好落实开工 2023-09-30"},
		"城东水厂6月底前完成项目前期，9月底前全部开工建设。":           {"城东水厂完成项目前期 2023-06-30", "城东水厂开工建设 2023-09-30"},
		"8月底前问题厕所整改完毕。":                        {"问题厕所整改完毕 2023-08-31"},
		"（一）4月底前，市教育局制定出台学前教育普及方案。":            {"制定出台学前教育普及方案 2023-04-30"},
		"完成老旧管网改造，年底前水厂二期正式通水。":                {"水厂二期正式通水 2023-12-31"},
		"市民中心4月底前完成选址，年底前主体工程完工。":              {"市民中心完成选址 2023-04-30", "市民中心主体工程完工 2023-12-31"},
		"建设110千伏变电站，8月底前竣工投产。":                 {"110千伏变电站竣工投产 2023-08-31"},
	})
}

func TestAYearDatesAStepInALongerPlan(t *testing.T) {
	d := Read("澜江市水利建设三年行动方案（2023—2025年）\n一、重点工作\n1.抓好落实。2024年完成东部引水工程初步设计，到2025年建成现代化水网。")
	if len(d.Milestones) != 1 || d.Milestones[0].Title != "完成东部引水工程初步设计" || d.Milestones[0].DueOn.String() != "2024-12-31" {
		t.Errorf("%v", d.Milestones)
	}
}

func TestWhatIsNoStep(t *testing.T) {
	checkSteps(t, map[string][]string{
		"新建公园3个，9月底前完工。":        nil,
		"6月底前新增学位500个。":         nil,
		"3月5日召开专题会议，研究部署工作。":    nil,
		"每年6月底前完成体检，每月5日前完成汇总。": nil,
		"已于3月底前完成招标。":           nil,
		"去年6月底前完成规划编制。":         nil,
		"2022年9月底前完成了规划编制。":     nil,
		"年底前取得明显成效。":            nil,
		"12月底前完成目标任务。":          nil,
		"对6月底前完成注册的企业给予补贴。":     nil,
		"未按6月底前完成整改的单位予以通报。":    nil,
		"自6月起开展检查，截至6月底完成清理。":   nil,
		"到2025年，建成现代化基础设施体系。":   nil,
		"会议决定，5月20日前完成整改。":      nil,
		"今年完成规划编制。":             nil,
		"“12月底前完成验收”专项。":        nil,
		"请于6月底前完成方案编制。":         nil,
	})
}

func TestASectionThatLooksBackHasNoSteps(t *testing.T) {
	d := Read("澜江市2023年重点工作任务\n一、2022年工作回顾\n1.规划。6月底前完成详细规划编制。\n二、重点任务\n2.规划。6月底前完成总体规划编制。")
	if len(d.Milestones) != 1 || d.Milestones[0].Title != "完成总体规划编制" || d.Milestones[0].Task != "2" {
		t.Errorf("%v", d.Milestones)
	}
}

func TestADateForTheWholeItem(t *testing.T) {
	for text, want := range map[string][]string{
		"1.编制海绵城市专项规划。\n完成时限：6月底前\n2.加强安全监管。\n完成时限：12月底前\n": {"1 编制海绵城市专项规划 2023-06-30"},
		"1.新建公园3个。\n完成时限：6月底前\n":                            nil,
	} {
		var got []string
		for _, m := range Read("澜江市2023年重点工作任务\n一、重点工作\n" + text).Milestones {
			got = append(got, m.Task+" "+m.Title+" "+m.DueOn.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAStepHasItsPlace(t *testing.T) {
	text := inYear("加快推进科技馆新馆建设，确保9月底前开馆。（牵头单位：市科协）")
	d := Read(text)
	if len(d.Milestones) != 1 {
		t.Fatalf("%v", d.Milestones)
	}
	m := d.Milestones[0]
	if got := string([]rune(text)[m.Start:m.End]); got != m.Quote || got != "加快推进科技馆新馆建设，确保9月底前开馆" {
		t.Errorf("%q at %q", m.Quote, got)
	}
}

func TestAStepOfATextWithoutAYear(t *testing.T) {
	text := "澜江市重点工作任务\n一、重点工作\n1.抓好落实。6月底前完成详细规划编制。"
	d := Read(text)
	if len(d.Milestones) != 0 || !slices.Equal(codes(d.Warnings), []indicator.WarningCode{indicator.WarnTerm}) {
		t.Errorf("milestones %v, warnings %v", d.Milestones, codes(d.Warnings))
	}
	d, err := ReadWithin(t.Context(), text, indicator.DateOf(2024, 1, 1), indicator.DateOf(2024, 12, 31))
	if err != nil || len(d.Milestones) != 1 || d.Milestones[0].DueOn.String() != "2024-06-30" {
		t.Errorf("%v, %v", d.Milestones, err)
	}
}

func TestTitlesOfStepsAreBounded(t *testing.T) {
	d := Read(inYear("6月底前完成" + strings.Repeat("综合管廊", 40) + "编制。"))
	if len(d.Milestones) != 1 || utf8.RuneCountInString(d.Milestones[0].Title) > longestStep {
		t.Errorf("%v", d.Milestones)
	}
}
