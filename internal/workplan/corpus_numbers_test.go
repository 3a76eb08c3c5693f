package workplan

import (
	"slices"
	"testing"
)

func TestPlanOf2026OnWritingsOfNumbers(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"工业技改投资增长百分之十二点五，达到一百二十点六亿元。", []string{"工业技改投资增长 | eq 12.5% | growth", "工业技改投资 | eq 120.6亿元 | increment"}},
		{"新增高标准农田三点二万亩。", []string{"新增高标准农田面积 | eq 3.2万亩 | increment"}},
		{"粮食产量稳定在7亿2千万斤以上。", []string{"粮食产量 | ge 7.2亿斤 | increment"}},
		{"完成技改投资1.2×10^4万元，新增绿化5×10⁴亩。", []string{"技改投资 | eq 12000万元 | increment", "新增绿化面积 | eq 50000亩 | increment"}},
		{"学位一千二百个，用地两千亩。", []string{"学位 | eq 1200个 | cumulative", "用地面积 | eq 2000亩 | cumulative"}},
		{"完成技改投资500万、社会消费品零售总额80亿以上。", []string{"技改投资 | eq 500万元 | increment", "社会消费品零售总额 | ge 80亿元 | increment"}},
		{"公共文化机构服务人次突破3000万。", []string{"公共文化机构服务人次 | gt 3000万人次 | increment"}},
		{"城乡居民收入分别达到5万、3万元。", []string{"城镇居民收入 | eq 5万元 | increment", "农村居民收入 | eq 3万元 | increment"}},
	})
}

func TestPlanOf2026OnSignsOfChange(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"规上工业增加值增长+8%。", []string{"规上工业增加值增长 | eq 8% | growth"}},
		{"社会消费品零售总额+8%。", []string{"社会消费品零售总额增长 | eq 8% | growth"}},
		{"单位能耗↓3%。", []string{"单位能耗下降 | eq 3% | growth down"}},
		{"新增企业+30家。", []string{"新增企业数 | eq 30家 | increment"}},
		{"培育企业120+家。", []string{"培育企业数 | ge 120家 | increment"}},
		{"建设党建+3个平台。", nil},
	})
}

func TestPlanOf2026OnHowNumbersAreHeld(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"控制新增债务在10亿元内。", []string{"控制新增债务金额 | le 10亿元 | cumulative down"}},
		{"政府债务控制在10亿元之下。", []string{"政府债务金额 | le 10亿元 | cumulative down"}},
		{"粮食产量保持在100万吨之上。", []string{"粮食产量 | ge 100万吨 | increment"}},
		{"降低能耗不低于3%。", []string{"降低能耗 | ge 3% | growth down"}},
		{"降低能耗3%。", []string{"降低能耗 | eq 3% | growth down"}},
		{"压减高耗能产能不低于5%。", []string{"压减高耗能产能 | ge 5% | growth down"}},
		{"提高垃圾处理率不低于95%。", []string{"提高垃圾处理率 | ge 95% | ratio"}},
		{"年检车辆1000辆次。", []string{"年检车辆数 | eq 1000辆次 | increment"}},
		{"年检车辆不少于1000辆次。", []string{"年检车辆数 | ge 1000辆次 | increment"}},
	})
}

func TestPlanOf2026OnWhatIsComparedWith(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"企业数较2023年的250家增加50家。", []string{"企业数增加数 | eq 50家 | increment"}},
		{"企业总数比2020年的250家翻一番。", []string{"企业总数增长 | eq 1番 | growth"}},
		{"城镇化率较2023年的61%提高1个百分点。", []string{"城镇化率提高 | eq 1个百分点 | growth"}},
		{"水质优良率较2024年的80%提升到85%。", []string{"水质优良率 | eq 85% from 80 | ratio"}},
		{"规上企业达到300家，比2023年底的250家增加50家。", []string{"规上企业数 | eq 300家 | cumulative", "规上企业增加数 | eq 50家 | increment"}},
		{"半数以上的村集体经济收入超过10万元。", nil},
		{"80%以上的村集体经济收入超过10万元。", []string{"村集体经济收入超过10万元比例 | ge 80% | ratio"}},
		{"实施亿元以上项目100个，其中10亿元以上20个。", []string{"亿元以上项目数 | eq 100个 | increment", "10亿元以上项目数 | eq 20个 | increment"}},
		{"新增规上企业200户，其中工业60、服务业80、建筑业60户。",
			[]string{"新增规上企业数 | eq 200户 | increment", "新增工业数 | eq 60户 | increment", "新增服务业数 | eq 80户 | increment", "新增建筑业数 | eq 60户 | increment"}},
		{"建设医疗机构5家，其中：公立医院2、乡镇卫生院3家。",
			[]string{"医疗机构数 | eq 5家 | increment", "公立医院数 | eq 2家 | increment", "乡镇卫生院数 | eq 3家 | increment"}},
	})
}

func TestNumbersThatAreNotGivenOrNotPutTogetherAreWarnedOf(t *testing.T) {
	for sentence, want := range map[string][]string{
		"建成2×5万千瓦风电。":         {"explanation 2×5"},
		"改造线路2×10公里。":         {"explanation 2×10"},
		"建成2台×35万千瓦机组。":       {"explanation 2台"},
		"建成储能50MW/100MWh。":    {"explanation 100"},
		"改造桥梁15座/800延米。":      {"explanation 800"},
		"事故起数↓30起。":           {"explanation ↓30起"},
		"工业总产值突破百亿元。":         {"vague_number 百亿元"},
		"旅游人数达百万人次。":          {"vague_number 百万人次"},
		"产值达百亿，税收过亿元。":        {"vague_number 百亿", "vague_number 亿元"},
		"新增企业上百家，改造小区几十个。":    {"vague_number 百家", "vague_number 几十个"},
		"企业数量倍增，单位能耗减半，利润翻倍。": {"vague_number 倍增", "vague_number 减半", "vague_number 翻倍"},
		"师生比1:15，床护比1:0.7。":   {"ratio_pair 1:15", "ratio_pair 1:0.7"},
		"培训农民5万。":             {"unit_missing 5万"},
		"半数以上的村集体经济收入超过10万元。": {"conditions 10万元"},
		"服务千家万户，提供7×24小时服务。":  nil,
		"全市上百家企业参加。":          nil,
	} {
		t.Run(sentence, func(t *testing.T) {
			text := inYear(sentence)
			var got []string
			for _, w := range Read(text).Warnings {
				got = append(got, string(w.Code)+" "+string([]rune(text)[w.Start:w.End]))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
