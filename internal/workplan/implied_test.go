package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// impliedIn writes the aims of sentences in a plan for 2023 that no figure states.
func impliedIn(sentences string) []string {
	var all []string
	for _, in := range Read(inYear(sentences)).Implied {
		all = append(all, in.Name+" | "+string(in.Target.Comparator)+" "+values([]indicator.Indicator{in})[0]+" | "+string(in.Kind)+" "+string(in.Direction)+" "+string(in.Course))
	}
	return all
}

func checkImplied(t *testing.T, cases map[string][]string) {
	t.Helper()
	for sentence, want := range cases {
		t.Run(sentence, func(t *testing.T) {
			if got := impliedIn(sentence); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestCoverageOfAllIsImplied(t *testing.T) {
	const all, kept = " | eq 100% | ratio increase accrue", " | eq 100% | ratio increase hold"
	checkImplied(t, map[string][]string{
		"行政村光纤网络实现全覆盖。":           {"行政村光纤网络覆盖率" + all},
		"实现社区食堂全覆盖，推动日间照料站全覆盖。":   {"社区食堂覆盖率" + all, "日间照料站覆盖率" + all},
		"推进垃圾分类，年内实现全覆盖。":         {"垃圾分类覆盖率" + all},
		"新增充电桩200个，实现行政村全覆盖。":     {"行政村覆盖率" + all},
		"65周岁以上老人意外险全覆盖。":         {"65周岁以上老人意外险覆盖率" + all},
		"实现农村公交“全覆盖”。":            {"农村公交覆盖率" + all},
		"保持村卫生室全覆盖。":              {"村卫生室覆盖率" + kept},
		"校园安防设施基本实现全覆盖。":          {"校园安防设施覆盖率 | approx 100% | ratio increase accrue"},
		"实现小区物业全覆盖、投放点全覆盖。":       {"小区物业覆盖率" + all, "投放点覆盖率" + all},
		"管护覆盖面达到100%，实现全覆盖。":      nil,
		"开展燃气安全全覆盖检查。":            nil,
		"巩固“一村一警”全覆盖成果。":          nil,
		"去年，村级卫生室实现全覆盖。":          nil,
		"已实现供水全覆盖。":               nil,
		"尚未实现全覆盖。":                nil,
		"开展“阳光厨房全覆盖”行动。":          nil,
		"在实现全覆盖的基础上提质。":           nil,
		"实施《公共法律服务全覆盖三年行动》（全覆盖）。": nil,
	})
}

func TestNoneIsImplied(t *testing.T) {
	checkImplied(t, map[string][]string{
		"较大以上火灾零发生，校园安全零事故。":     {"较大以上火灾数 | eq 0起 | increment decrease hold", "校园安全事故数 | eq 0起 | increment decrease hold"},
		"辍学学生动态清零，黑臭水体全部清零。":     {"辍学学生数 | eq 0人 | increment decrease hold", "黑臭水体数 | eq 0个 | cumulative decrease hold"},
		"实现原生生活垃圾零填埋，工业废水零排放。":   {"原生生活垃圾填埋量 | eq 0吨 | increment decrease hold", "工业废水排放量 | eq 0吨 | increment decrease hold"},
		"境内上市企业实现零的突破。":          {"境内上市企业数 | ge 1家 | increment increase accrue"},
		"力争独角兽企业实现“零”的突破。":       {"独角兽企业数 | ge 1家 | increment increase accrue"},
		"去年，境内上市企业实现零的突破。":       nil,
		"化肥使用量零增长。":              {"化肥使用量增长 | le 0% | growth decrease hold"},
		"窗口服务零投诉。":               {"窗口服务投诉数 | eq 0件 | increment decrease hold"},
		"黑臭水体为零。":                {"黑臭水体数 | eq 0个 | cumulative decrease hold"},
		"零就业家庭动态清零。":             {"零就业家庭数 | eq 0户 | cumulative decrease hold"},
		"确保全年不发生较大以上安全事故。":       {"较大以上安全事故数 | eq 0起 | increment decrease hold"},
		"金融领域不发生重大事件。":           {"金融领域重大事件数 | eq 0起 | increment decrease hold"},
		"化肥使用量零增长或负增长。":          {"化肥使用量增长 | le 0% | growth decrease hold"},
		"不发生一次死亡3人以上事故。":         {"一次死亡3人以上事故数 | eq 0起 | increment decrease hold"},
		"重大火灾零起。":                nil, // a target with a figure
		"实施化肥零增长行动。":             nil,
		"推进“清零”行动，开展零事故创建。":      nil,
		"上年食品安全事件零发生。":           nil,
		"社会消费品零售，零工市场，零碳园区，零距离。": nil,
		"二〇二〇年完成。":               nil,
		"未发生较大事故。":               nil,
	})
}

func TestRanksAreImplied(t *testing.T) {
	rank := func(name, place string) string { return name + " | le " + place + "位 | cumulative decrease hold" }
	checkImplied(t, map[string][]string{
		"群众满意度进入全省前20名。":            {rank("群众满意度全省排名", "20")},
		"综合考核位列全市前三。":               {rank("综合考核全市排名", "3")},
		"营商环境排名保持前列第3。":             {rank("营商环境排名", "3")},
		"GDP增速居全市前5位。":              {rank("GDP增速全市排名", "5")},
		"居民满意度全省前3名。":               {rank("居民满意度全省排名", "3")},
		"力争高质量发展考核进入全省前十。":          {rank("高质量发展考核全省排名", "10")},
		"平安建设满意度位居全市首位。":            {rank("平安建设满意度全市排名", "1")},
		"科创指数跻身全国百强区前五十强。":          {rank("科创指数全国百强区排名", "50")},
		"中考成绩由第12位提升至前8位。":          {rank("中考成绩排名", "8")},
		"园区综合评价进入全国前30名、全省前3名。":     {rank("园区综合评价全国排名", "30"), rank("园区综合评价全省排名", "3")},
		"研发投入强度保持全省前三位，专利授权量居全省第二。": {rank("研发投入强度全省排名", "3"), rank("专利授权量全省排名", "2")},
		"在全省考核中位列前10名。":             {rank("全省考核排名", "10")},
		"对全省排名前3名的企业给予奖励。":          nil,
		"评选前10名。":                   nil,
		"前三季度完成投资，前20年，前三个月，第三季度。":  nil,
		"发展第三产业，建设地铁3号线，选派第一书记。":    nil,
		"去年位居全省第2位，已进入全省前10名。":      nil,
		"争取进入全省第一方阵，摆在首位。":          nil,
		"引进前10强企业3家。":               nil,
	})
}

func TestAnImpliedAimIsAProposal(t *testing.T) {
	text := inYear("8月底前农村公路管护实现全覆盖，新增站点3个。（牵头单位：市交通局；参加单位：市财政局）")
	d := Read(text)
	if len(d.Implied) != 1 || len(d.Indicators) != 1 {
		t.Fatalf("%d implied, %d stated", len(d.Implied), len(d.Indicators))
	}
	in := d.Implied[0]
	if in.Source.Rule != indicator.Implied || !in.Source.IsImplied() || in.Confidence != indicator.Low || in.DueOn.String() != "2023-08-31" || in.Task != "1" {
		t.Errorf("rule %s, confidence %s, due %s, task %s", in.Source.Rule, in.Confidence, in.DueOn, in.Task)
	}
	if got := string([]rune(text)[in.Source.Start:in.Source.End]); got != in.Source.Quote || got != "农村公路管护实现全覆盖" {
		t.Errorf("quote %q at %q", in.Source.Quote, got)
	}
	if !slices.Equal(in.LeadAgencies, []string{"市交通局"}) || !slices.Equal(in.ParticipatingAgencies, []string{"市财政局"}) {
		t.Errorf("led by %v with %v", in.LeadAgencies, in.ParticipatingAgencies)
	}
}

func TestADateForTheWholeItemIsThatOfItsImpliedAims(t *testing.T) {
	d := Read("澜江市2023年重点工作任务\n一、重点工作\n1.改善出行。实现行政村客运全覆盖。\n完成时限：10月底前\n")
	if len(d.Implied) != 1 || d.Implied[0].DueOn.String() != "2023-10-31" {
		t.Errorf("%v", d.Implied)
	}
}

func TestATaskOfImpliedAimsAloneIsKept(t *testing.T) {
	d := Read("澜江市2023年重点工作任务\n村级便民服务点实现全覆盖。\n一、重点工作\n1.抓好落实。")
	if len(d.Implied) != 1 || len(d.Tasks) != 2 || d.Tasks[0].Number != d.Implied[0].Task {
		t.Errorf("tasks %v, implied %v", d.Tasks, d.Implied)
	}
}

func TestSoManyToOneIsALevel(t *testing.T) {
	in := readOne(t, "城乡居民收入比缩小到2.1:1以内。")
	if in.Name != "城乡居民收入比" || in.Target.Value.String() != "2.1" || !in.Target.Unit.IsZero() || in.Target.Comparator != indicator.AtMost || in.Kind != indicator.Ratio || in.Direction != indicator.Decrease {
		t.Errorf("%+v", in)
	}
	for _, sentence := range []string{"按2:1比例配套资金。", "“2:1”工作法。", "开展2:1帮扶。"} {
		if found := read(sentence); len(found) != 0 {
			t.Errorf("%s: %v", sentence, values(found))
		}
	}
}
