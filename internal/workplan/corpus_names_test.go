package workplan

import "testing"

func TestNamesOfListsLeaveOutTheSentenceAround(t *testing.T) {
	checkReadings(t, []reading{
		{"火灾起数、伤亡人数同比分别下降6%以上、4%以上,较大火灾不超过2起。", []string{
			"火灾起数下降 | ge 6% | growth down", "伤亡人数下降 | ge 4% | growth down", "较大火灾起数 | le 2起 | increment down",
		}},
		{"客运量、货运量较上年分别增长3%、5%。", []string{"客运量增长 | eq 3% | growth", "货运量增长 | eq 5% | growth"}},
	})
}

func TestNamesStandBeforeASemicolonOrColon(t *testing.T) {
	checkReadings(t, []reading{
		{"到2023年底,全县村级服务站达到85个;到2024年底达到110个。", []string{
			"村级服务站数（2023年） | eq 85个 | cumulative", "村级服务站数（2024年） | eq 110个 | cumulative | 2024-12-31",
		}},
		{"社区图书室开放率:2023年60%、2024年75%。", []string{
			"社区图书室开放率（2023年） | eq 60% | ratio", "社区图书室开放率（2024年） | eq 75% | ratio | 2024-12-31",
		}},
		{"新建公厕:2023年30座、2024年40座。", []string{
			"新建公厕数（2023年） | eq 30座 | increment", "新建公厕数（2024年） | eq 40座 | increment | 2024-12-31",
		}},
		{"藏书达标率达到80%,图书室开放率:2023年60%。", []string{"藏书达标率 | eq 80% | ratio", "图书室开放率 | eq 60% | ratio"}},
	})
}

func TestNamesOfASeriesShareTheirEnd(t *testing.T) {
	checkReadings(t, []reading{
		{"甲级影院、乙级书场无线网络接通率分别达到90%、70%。", []string{
			"甲级影院无线网络接通率 | eq 90% | ratio", "乙级书场无线网络接通率 | eq 70% | ratio",
		}},
		{"农家乐、特色民宿扫码点餐率分别达到90%、70%。", []string{
			"农家乐、特色民宿扫码点餐率（农家乐） | eq 90% | ratio", "特色民宿扫码点餐率 | eq 70% | ratio",
		}},
		{"新建、扩建幼儿园3所、5所。", []string{"新建幼儿园数 | eq 3所 | increment", "扩建幼儿园数 | eq 5所 | increment"}},
	})
}

func TestNamesTakeWhatIsMeasuredFromBefore(t *testing.T) {
	checkReadings(t, []reading{
		{"林权交易额力争突破2亿元,溢价率不低于3%。", []string{"林权交易额 | gt 2亿元 | increment hoped", "林权交易溢价率 | ge 3% | ratio"}},
		{"农业固定资产投资确保完成30亿元、力争完成35亿元。", []string{
			"农业固定资产投资 | eq 30亿元 | increment", "农业固定资产投资（力争） | eq 35亿元 | increment hoped",
		}},
		{"农业固定资产投资完成30亿元,其中一季度完成投资6亿元。", []string{
			"农业固定资产投资（12月） | eq 30亿元 | increment", "农业固定资产投资（3月） | eq 6亿元 | increment | 2023-03-31",
		}},
		{"实施千万元以上项目40个,其中投产10个,年度完成投资20亿元。", []string{
			"千万元以上项目数 | eq 40个 | increment", "投产千万元以上项目数 | eq 10个 | increment", "千万元以上项目年度完成投资 | eq 20亿元 | increment",
		}},
		{"评选“金牌导游”60名左右,“社改企”40户。", []string{"评选金牌导游数 | approx 60名 | increment", "社改企户数 | eq 40户 | increment"}},
	})
}

func TestNamesLeaveOutMarksOfPoints(t *testing.T) {
	checkReadings(t, []reading{
		{"1）新建泵站5座；2）改造水闸3座。", []string{"新建泵站数 | eq 5座 | increment", "改造水闸数 | eq 3座 | increment"}},
		{"一是新建泵站5座；二是要改造水闸3座。", []string{"新建泵站数 | eq 5座 | increment", "改造水闸数 | eq 3座 | increment"}},
	})
}

func TestWhatANumberIncludesIsAPartOfIt(t *testing.T) {
	checkReadings(t, []reading{
		{"修缮文物20处,含旧址1处。", []string{"修缮文物数 | eq 20处 | increment", "修缮旧址数 | eq 1处 | increment"}},
		{"修缮文物20处(含旧址1处)。", []string{"修缮文物数 | eq 20处 | increment", "修缮旧址数 | eq 1处 | increment"}},
		{"建设农村公路30公里(含桥梁2座)。", []string{"农村公路里程 | eq 30公里 | increment", "建设桥梁数 | eq 2座 | increment"}},
		{"推广产品20种,含氟产品3种。", []string{"推广产品数 | eq 20种 | increment", "推广含氟产品数 | eq 3种 | increment"}},
	})
}

func TestPeopleInAGroupThatIsCountedAreNoTarget(t *testing.T) {
	checkReadings(t, []reading{
		{"秋季学期前消除45人以上大班额30个。", []string{"消除45人以上大班额数 | eq 30个 | increment"}},
	})
	checkReasons(t, map[string]map[string]string{
		"消除45人以上大班额30个。": {"45人": "threshold", "30个": isTarget},
	})
}

func TestGoalsInQuotationMarksAreTargets(t *testing.T) {
	checkReadings(t, []reading{
		{"到2024年实现“新增托位5000个”的目标,培训保育员200人次。", []string{
			"新增托位 | eq 5000个 | increment | 2024-12-31", "培训保育员人次 | eq 200人次 | increment | 2024-12-31",
		}},
		{"新建泵站9座,确保完成“新建公园12个、改造水闸5座”任务。", []string{
			"新建泵站数 | eq 9座 | increment", "新建公园数 | eq 12个 | increment", "改造水闸数 | eq 5座 | increment",
		}},
		{"围绕“2023年旅游收入突破80亿元”目标,加快建设。", []string{"旅游收入 | gt 80亿元 | increment"}},
	})
	checkReasons(t, map[string]map[string]string{
		"实现了“新增托位5000个”的目标。":  {"5000个": "name"},
		"“新增托位5000个”目标未实现。":   {"5000个": "name"},
		"去年实现“新增托位5000个”的目标。": {"5000个": pastResult},
		"实现“3个100亿元”的目标。":     {"100亿元": "name"},
		"开展“新增托位5000个”行动。":    {"5000个": "name"},
	})
}

func TestHowBigOneThingIsIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"推进青石水库建设,水库总库容2.3亿立方米,坝高65米。": {"2.3亿立方米": "project_capacity", "65米": "project_capacity"},
		"水库总库容达到2.3亿立方米。":              {"2.3亿立方米": isTarget},
		"推进水库建设,新增库容2300万立方米。":         {"2300万立方米": isTarget},
		"客车核载不超过40人。":                  {"40人": "project_capacity"},
		"坝高达到65米。":                     {"65米": isTarget},
		"2小时交通圈覆盖人口3000万。":             {"3000万": "project_capacity"},
		"交通圈覆盖人口达到3000万人。":             {"3000万人": isTarget},
		"举办6公里健康跑。":                    {"6公里": "rating"},
		"建设6公里健康步道。":                   {"6公里": isTarget},
	})
}

func TestNamesHoldNoPartOfADateBehindTheNumber(t *testing.T) {
	checkReadings(t, []reading{
		{"农村危房改造任务186户10月底前全部竣工。", []string{"农村危房改造任务竣工户数 | eq 186户 | increment | 2023-10-31"}},
		{"高标准农田3万亩10月底前完成建设。", []string{"高标准农田完成建设面积 | eq 3万亩 | increment | 2023-10-31"}},
		{"推动3个公路项目6月底前全面开工。", []string{"公路项目开工数 | eq 3个 | increment | 2023-06-30"}},
		{"秋季开学前投入使用中小学校5所。", []string{"投入使用中小学校数 | eq 5所 | increment"}},
		{"今后五年新增学校9所。", []string{"新增学校数 | eq 9所 | increment | 2027-12-31"}},
		{"用3年左右时间建成泵站9座。", []string{"建成泵站数 | eq 9座 | increment | 2025-12-31"}},
	})
}
