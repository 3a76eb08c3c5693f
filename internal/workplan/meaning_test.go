package workplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// inTerm puts sentences under the title of a plan for five years.
func inTerm(sentences string) string {
	return "澜江市“十四五”发展规划（2021—2025年）\n一、主要目标\n1.抓好落实。" + sentences
}

// meaning is a sentence and what each of its targets is read to mean.
type meaning struct {
	sentence string
	want     []string
}

func checkMeanings(t *testing.T, inPlan func(string) string, write func(indicator.Indicator) string, meanings []meaning) {
	t.Helper()
	for _, m := range meanings {
		t.Run(m.sentence, func(t *testing.T) {
			var got []string
			for _, in := range Read(inPlan(m.sentence)).Indicators {
				got = append(got, write(in))
				if err := in.Check(); err != nil {
					t.Errorf("%s cannot be stored: %v", in.Name, err)
				}
			}
			if !slices.Equal(got, m.want) {
				t.Errorf("\n got %q\nwant %q", got, m.want)
			}
		})
	}
}

func TestWhichWayIsBetter(t *testing.T) {
	write := func(in indicator.Indicator) string {
		return string(in.Direction) + " by " + string(in.DirectionBy) + ", " + string(in.Confidence)
	}
	checkMeanings(t, inYear, write, []meaning{
		{"城镇失业率5.5%左右。", []string{"decrease by text, high"}},
		{"交通事故死亡人数9人，火灾起数降至20起。", []string{"decrease by text, high", "decrease by text, high"}},
		{"能耗强度0.4吨标准煤，清洁能源消费占比30%。", []string{"decrease by text, high", "increase by text, high"}},
		{"物流费用占生产总值比重13%。", []string{"decrease by text, high"}},
		{"管网漏损率控制在9%左右。", []string{"decrease by text, high"}},
		{"淘汰落后锅炉30台，化解积案12件。", []string{"increase by text, high", "increase by text, high"}},
		{"氮氧化物和颗粒物减排量分别达到120吨和80吨。", []string{"increase by text, medium", "increase by text, medium"}},
		{"办结时间压缩至2小时。", []string{"decrease by text, high"}},
		{"最低工资标准提高到每月2100元。", []string{"increase by text, high"}},
		{"单位产值能耗下降3%，税收增长4%。", []string{"decrease by text, high", "increase by text, high"}},
		{"地区生产总值增长5%—6%。", []string{"increase by text, high"}},
		{"培育品牌3—5个。", []string{"increase by text, high"}},
		{"居民消费价格涨幅3%左右，行政成本增长2%。", []string{"increase by assumed, medium", "increase by assumed, medium"}},
		{"商铺租金涨幅3%左右。", []string{"increase by assumed, medium"}},
		{"企业税费减少3亿元，办公用房压减20间。", []string{"increase by text, high", "increase by text, high"}},
		{"赤字率2.8%，财政支出30亿元。", []string{"increase by assumed, medium", "increase by assumed, medium"}},
		{"贷存比70%—75%。", []string{"within by assumed, medium"}},
		{"赤字率不超过3%，灌区用水量不得低于1.2亿立方米。", []string{"decrease by comparator, high", "increase by comparator, high"}},
		{"审批时限由9个工作日压缩至4个工作日。", []string{"decrease by baseline, high"}},
		{"重大安全事故为0起，黑臭水体保持为0条。", []string{"decrease by text, low", "decrease by text, low"}},
		{"居民消费价格涨幅不宜超过3%。", []string{"decrease by comparator, high"}},
	})
	t.Run("a row of a table says so by its name", func(t *testing.T) {
		for _, in := range Read("澜江市2023年目标任务分解表\n序号|指标名称|单位|目标值\n1|失业率|%|5\n2|绿化覆盖率|%|42\n3|价格指数|%|102").Indicators {
			want := map[string]string{"失业率": "decrease by text, high", "绿化覆盖率": "increase by text, high", "价格指数": "increase by assumed, medium"}[in.Name]
			if write(in) != want {
				t.Errorf("%s: %s, want %s", in.Name, write(in), want)
			}
		}
	})
}

func TestHowATargetIsHeldAgainstTime(t *testing.T) {
	write := func(in indicator.Indicator) string { return string(in.Course) + " by " + string(in.CourseBy) }
	checkMeanings(t, inYear, write, []meaning{
		{"绿化覆盖率稳定在40%，保持全年合格率98%。", []string{"hold by text", "hold by text"}},
		{"守住耕地48万亩，存栏母猪维持在3万头以上。", []string{"hold by text", "hold by text"}},
		{"绿化覆盖率不低于40%。", []string{"accrue by text"}},
		{"合格率达到98%，达标率稳定在95%以上。", []string{"accrue by text", "hold by text"}},
		{"合格率98%以上，垃圾处理率100%，群众满意率95%。", []string{"hold by text", "hold by text", "hold by text"}},
		{"自来水普及率92%，机械化率80%。", []string{"accrue by text", "accrue by text"}},
		{"独居老人月探访率达到100%。", []string{"hold by text"}},
		{"水土保持率达到75%。", []string{"accrue by text"}},
		{"60%的学校建成智慧校园，45%的社区达到安全标准。", []string{"accrue by text", "accrue by text"}},
		{"村办企业总数18家，公办率60%。", []string{"accrue by assumed", "hold by assumed"}},
		{"新增企业30家，企业增速稳定在5%以上。", []string{"accrue by kind", "hold by text"}},
		{"优良天数保持在300天以上。", []string{"accrue by text"}},
		{"达标率由91%提高到95%。", []string{"accrue by text"}},
	})
}

func TestWhatGrowthIsMeasuredOver(t *testing.T) {
	write := func(in indicator.Indicator) string {
		return string(in.Over) + ", " + string(in.Direction)
	}
	checkMeanings(t, inTerm, write, []meaning{
		{"单位能耗累计下降13%，力争下降15%。", []string{"term, decrease", "term, decrease"}},
		{"碳排放强度比2020年下降18%，事故起数较2020年下降10%。", []string{"term, decrease", "term, decrease"}},
		{"与2020年相比，规上工业产值增长40%。", []string{"term, increase"}},
		{"工业增加值年均增长6%，力争7%。", []string{"average, increase", "average, increase"}},
		{"税收同比增长5%，外贸较上年增长4%。", []string{"year, increase", "year, increase"}},
		{"城镇化率提高3个百分点。", []string{"term, increase"}},
		{"工业增加值增长6%。", []string{"year, increase"}},
		{"企业数量翻一番。", []string{"term, increase"}},
	})
	checkMeanings(t, inYear, write, []meaning{
		{"累计增长8%，税收同比增长5%。", []string{"year, increase", "year, increase"}},
		{"工业产值较上年增长8%，占比较上年提高2个百分点。", []string{"year, increase", "year, increase"}},
		{"近视率降低1个百分点。", []string{"term, decrease"}},
	})
	t.Run("brackets in a table sum up the term", func(t *testing.T) {
		found := Read("澜江市“十四五”主要指标表（2021—2025年）\n序号|指标名称|单位|2020年|2025年\n1|单位能耗降低|%|—|〔14〕\n2|工业增加值年均增速|%|—|6\n3|固定资产投资|亿元|—|〔900〕\n4|粮食产量|万吨|40|42").Indicators
		if len(found) != 4 {
			t.Fatalf("%v", values(found))
		}
		for _, in := range found {
			want := map[string]string{"单位能耗降低": "growth term month", "工业增加值年均增速": "growth average year", "固定资产投资": "increment  month", "粮食产量": "cumulative  year"}[in.Name]
			if got := strings.Join([]string{string(in.Kind), string(in.Over), string(in.Frequency)}, " "); got != want {
				t.Errorf("%s: %s, want %s", in.Name, got, want)
			}
		}
	})
}

func TestAFlowCountsOneYear(t *testing.T) {
	write := func(in indicator.Indicator) string {
		text := in.Name + " " + string(in.Kind) + " " + string(in.Frequency) + " " + in.StartsOn.String() + " " + in.DueOn.String()
		if in.Baseline != nil {
			text += " from " + in.Baseline.String()
		}
		return text
	}
	checkMeanings(t, inYear, write, []meaning{
		{"旅游收入由80亿元提高到95亿元。", []string{"旅游收入 increment month 2023-01-01 2023-12-31"}},
		{"上半年工业产值达到40亿元。", []string{"工业产值 increment month 2023-01-01 2023-06-30"}},
		{"到2025年工业产值达到90亿元。", []string{"工业产值 increment month 2025-01-01 2025-12-31"}},
		{"粮食播种面积60万亩，生猪存栏量9万头。", []string{"粮食播种面积 cumulative month 2023-01-01 2023-12-31", "生猪存栏量 cumulative month 2023-01-01 2023-12-31"}},
		{"亡人事故控制在9起以内。", []string{"亡人事故起数 increment month 2023-01-01 2023-12-31"}},
		{"人均可支配收入达到4万元。", []string{"人均可支配收入 cumulative month 2023-01-01 2023-12-31"}},
	})
	checkMeanings(t, inTerm, write, []meaning{
		{"到2025年，地区生产总值由860亿元提高到1260亿元。", []string{"地区生产总值 cumulative year 2021-01-01 2025-12-31 from 860"}},
		{"五年累计接待游客900万人次。", []string{"接待游客 increment month 2021-01-01 2025-12-31"}},
		{"“十四五”期间外贸进出口额300亿元。", []string{"外贸进出口额 increment month 2021-01-01 2025-12-31"}},
		{"2024年旅游收入达到60亿元。", []string{"旅游收入 increment month 2024-01-01 2024-12-31"}},
		{"到2025年，亡人事故9起以内。", []string{"亡人事故起数 cumulative year 2021-01-01 2025-12-31"}},
		{"五年累计新增学位2万个。", []string{"新增学位 increment month 2021-01-01 2025-12-31"}},
		{"2025年企业总数达到90家。", []string{"企业总数 cumulative month 2021-01-01 2025-12-31"}},
	})
}

func TestATargetForEachPeriod(t *testing.T) {
	write := func(in indicator.Indicator) string {
		return in.Name + " " + in.Target.Value.String() + " " + string(in.Kind) + " each " + string(in.Each) + " by the " + string(in.Frequency)
	}
	checkMeanings(t, inYear, write, []meaning{
		{"每季度新签约项目不少于20个，全年到账80亿元。", []string{"每季度新签约项目数 20 increment each quarter by the month", "到账金额 80 cumulative each  by the month"}},
		{"每月开展巡查4次。", []string{"每月巡查次数 4 increment each month by the month"}},
		{"护林员每周巡山不少于3次。", []string{"每周护林员巡山次数 3 increment each week by the week"}},
		{"每半年举办对接会2场、论坛3期。", []string{"每半年对接会场次 2 increment each half by the month", "每半年论坛期数 3 increment each half by the month"}},
		{"每年培训农民300人。", []string{"培训农民数 300 increment each  by the month"}},
		{"每季度至少举办招聘会1场，全年不少于5场。", []string{"每季度招聘会场次 1 increment each quarter by the month", "招聘会场次 5 increment each  by the month"}},
		{"每月召开调度会1次，每季度通报1次。", nil},
		{"每月底前走访企业20家。", []string{"每月走访企业数 20 increment each month by the month"}},
		{"低保标准提高到每月800元。", []string{"低保标准 800 cumulative each  by the month"}},
	})
	checkMeanings(t, inTerm, write, []meaning{
		{"每年培训农民300人，年均新增就业2万人。", []string{"每年培训农民数 300 increment each year by the month", "每年新增就业 2 increment each year by the month"}},
	})
}

func TestDatesOfOtherClauses(t *testing.T) {
	write := func(in indicator.Indicator) string { return in.Name + " " + in.DueOn.String() }
	checkMeanings(t, inYear, write, []meaning{
		{"玉米产量不低于上年，新增企业30家。", []string{"玉米产量 2023-12-31", "新增企业数 2023-12-31"}},
		{"质量不低于去年，新增企业30家。", []string{"质量 2023-12-31", "新增企业数 2023-12-31"}},
		{"6月底前建成平台，每年培训500人，税收年均增长7%。", []string{"培训人数 2023-12-31", "税收年均增长 2023-12-31"}},
		{"6月底前建成平台，每季度走访企业20家。", []string{"每季度走访企业数 2023-12-31"}},
		{"6月底前，每季度走访企业20家。", []string{"每季度走访企业数 2023-12-31"}},
		{"6月底前，新增企业30家。", []string{"新增企业数 2023-06-30"}},
	})
}

func TestAimsOfNoneInWords(t *testing.T) {
	for sentence, want := range map[string][]string{
		"坚决杜绝较大以上安全事故，新增企业3家。":  {"杜绝较大以上安全事故"},
		"防止发生规模性返贫。":            {"防止发生规模性返贫"},
		"不发生一次死亡3人以上事故。":        nil,
		"确保食品安全事件零发生。":          nil,
		"实施“两清零”行动，坚决防范重大安全事故。": nil,
		"2022年未发生较大事故。":         nil,
		"无障碍设施建设提速。":            nil,
	} {
		text := inYear(sentence)
		var got []string
		for _, w := range Read(text).Warnings {
			if w.Code == indicator.WarnNone {
				got = append(got, string([]rune(text)[w.Start:w.End]))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
	}
}

func TestATermGivenByHandIsThatOfASilentText(t *testing.T) {
	starts, due := indicator.DateOf(2024, 1, 1), indicator.DateOf(2024, 12, 31)
	text := "澜江市重点工作任务\n1.抓好落实。旅游收入达到12亿元，6月底前建成站点3座。"
	draft, err := ReadWithin(t.Context(), text, starts, due)
	if err != nil {
		t.Fatal(err)
	}
	got := draft.Indicators
	if len(got) != 2 || got[0].Kind != indicator.Increment || got[1].DueOn.String() != "2024-06-30" {
		t.Errorf("%+v", got)
	}
	if named, err := ReadWithin(t.Context(), inYear("新增企业3家。"), starts, due); err != nil || named.DueOn.String() != "2023-12-31" {
		t.Errorf("a text that names its year is due on %s", named.DueOn)
	}
}
