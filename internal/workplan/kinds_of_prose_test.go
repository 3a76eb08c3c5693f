package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestWhatThereIsIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"我县户籍人口42万人,其中农村人口占38%。":            {"42万人": pastResult, "38%": pastResult},
		"我县新增绿地9公顷。":                        {"9公顷": isTarget},
		"我县粮食产量达到30万吨。":                     {"30万吨": isTarget},
		"目前,国有林场面积31万亩,林道密度2.4米/公顷。":        {"31万亩": pastResult},
		"全国平均车辆空驶率为35%,我市为38%。":             {"35%": pastResult, "38%": pastResult},
		"规划范围为全域830平方公里,涉及6个街道。":            {"830平方公里": pastResult, "6个": pastResult},
		"2021年末公交车辆410台。":                   {"410台": pastResult},
		"我镇现有果园2万亩,新建冷库3座,水果产值达1.6亿元。":      {"2万亩": pastResult, "3座": isTarget, "1.6亿元": isTarget},
		"林区现有护林员800人,管护面积96万亩。":             {"800人": pastResult, "96万亩": pastResult},
		"市水利局核定,大中型水库移民1.3万人。":              {"1.3万人": pastResult},
		"巡视反馈的25项问题中,去年已整改19项;问题办结率达到96%。":  {"25项": pastResult, "19项": pastResult},
		"去年整改19项,剩余年底前清零;信访办结率98%。":         {"19项": pastResult, "98%": isTarget},
		"卫生厕所普及率由去年的72%提高到80%。":             {"72%": "baseline", "80%": isTarget},
		"内设科室由12个精简到8个。":                    {"12个": "baseline", "8个": isTarget},
		"人均产值达到全省平均水平的90%。":                 {"90%": isTarget},
		"人均产值不足全省平均水平的六成。":                  {"六成": "shortfall"},
		"污水处理厂按日处理3万吨设计,管网改造60公里。":          {"3万吨": "project_capacity", "60公里": isTarget},
		"对年产值首次突破3亿元、8亿元的企业,分别奖励20万元、60万元。": {"3亿元": "threshold", "8亿元": "threshold", "20万元": "policy", "60万元": "policy"},
		"2022年底,全市供热面积900万平方米,管网老化率31%。":    {"900万平方米": pastResult, "31%": pastResult},
		"总投资6亿元,其中专项债券2亿元。":                 {"6亿元": "project_capacity", "2亿元": "project_capacity"},
		"设计供水保证率不低于95%,管网漏损率降到9%。":          {"95%": "project_capacity", "9%": isTarget},
		"处违法所得1倍以上3倍以下的罚款。":                 {"1倍": "policy", "3倍": "policy"},
	})
}

func TestSizesOfWhatIsCounted(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"建设2栋12层住宅楼。":         {"2栋": isTarget, "12层": "project_capacity"},
		"建成1个3000平方米仓库。":      {"1个": isTarget, "3000平方米": "project_capacity"},
		"新建500千瓦时储能站3座。":      {"500千瓦时": "project_capacity", "3座": isTarget},
		"带动200户600人增收。":       {"200户": isTarget, "600人": isTarget},
		"新增绿地5万平方米、游园3座。":     {"5万平方米": isTarget, "3座": isTarget},
		"压减产能30万吨,关闭矿井3座。":    {"30万吨": isTarget, "3座": isTarget},
		"压减30万吨产能、淘汰锅炉3台。":    {"30万吨": isTarget, "3台": isTarget},
		"新增就业1.5万人,培训3000人次。": {"1.5万人": isTarget, "3000人次": isTarget},
	})
}

func TestWhatIsMeantByANumber(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"对9座以上客运车辆开展专项检查。":    {"9座": "threshold"},
		"建设存栏500头以上规模场20个。":   {"500头": "threshold", "20个": isTarget},
		"培育10家以上企业。":          {"10家": isTarget},
		"21个断面水质优良比例达到95%。":   {"21个": "scope", "95%": isTarget},
		"考核总分100分,85分以上为优秀。":  {"100分": "threshold", "85分": "threshold"},
		"群众满意度得分达到90分以上。":     {"90分": isTarget},
		"新建学校占地50亩,服务半径500米。": {"50亩": "project_capacity", "500米": "project_capacity"},
		"新增库容3万吨。":            {"3万吨": isTarget},
		"本分解共8条31项。":          {"8条": "structure", "31项": "structure"},
	})
	checkReadings(t, []reading{{"21个断面水质优良比例达到95%。", []string{"断面水质优良比例 | eq 95% | ratio"}}})
}

func TestNamesFromWhatGoesBefore(t *testing.T) {
	checkReadings(t, []reading{
		{"建设粮库3座(中心库、乡镇库)、冷库2座。", []string{"建设粮库数 | eq 3座 | increment", "建设冷库数 | eq 2座 | increment"}},
		{"去年新增企业30家,今年再新增40家。", []string{"新增企业数 | eq 40家 | increment"}},
		{"在去年新增企业30家的基础上,今年再增加20家。", []string{"企业数 | eq 20家 | increment"}},
		{"改造老旧小区20个,当年完工率达到100%。", []string{"改造老旧小区数 | eq 20个 | increment", "老旧小区完工率 | eq 100% | ratio"}},
	})
}

func TestTasksOfTheYearBefore(t *testing.T) {
	checkReadings(t, []reading{
		{"完成2022年度3万亩高标准农田建设任务。", []string{"高标准农田建设面积 | eq 3万亩 | increment"}},
	})
	checkReasons(t, map[string]map[string]string{"全县完成2022年改造20个。": {"20个": pastResult}})
	if in := readOne(t, "继续完成2022年续建项目20个。"); in.DueOn.String() != "2023-12-31" {
		t.Errorf("due on %s", in.DueOn)
	}
}

func TestNotesAreNoTargets(t *testing.T) {
	checkReadings(t, []reading{
		{"新增学位1000个。\n注：含民办30个。新增5个。\n新增床位20张。", []string{"新增学位 | eq 1000个 | increment", "新增床位 | eq 20张 | increment"}},
		{"新增学位1000个[1]。\n[1] 含民办学校新增30个。", []string{"新增学位 | eq 1000个 | increment"}},
	})
}

func TestWhatFallsToALevel(t *testing.T) {
	checkReadings(t, []reading{
		{"生活垃圾填埋率降为零。", []string{"生活垃圾填埋率 | eq 0% | ratio down"}},
		{"辖区积水点数量减少为3个。", []string{"辖区积水点数量 | eq 3个 | cumulative down"}},
		{"死亡人数降为0人。", []string{"死亡人数 | eq 0人 | increment down"}},
		{"规上企业突破200家、力争达到220家。", []string{"规上企业数 | gt 200家 | cumulative", "规上企业数（力争） | eq 220家 | cumulative hoped"}},
		{"年产值增长为6%。", []string{"年产值增长 | eq 6% | growth"}},
	})
}

func TestWhatAPlanSaysOfItself(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"现将64个重点工程名单公布如下。":      {"64个": "process"},
		"方案共5个方面64项任务。":         {"64项": "structure"},
		"推进64项任务。":              {"64项": isTarget},
		"全县94个乡镇敬老院中,达标的达到60个。": {"94个": "scope", "60个": isTarget},
		"60人以上大班额比例降到2%以下。":     {"60人": "threshold", "2%": isTarget},
	})
}

func TestSignsThatCompare(t *testing.T) {
	checkReadings(t, []reading{
		{"热线接通率≥92%，投诉≤40件，复检合格率＞97%，工伤事故＜3起。", []string{
			"热线接通率 | ge 92% | ratio",
			"投诉数 | le 40件 | increment down",
			"复检合格率 | gt 97% | ratio",
			"工伤事故起数 | lt 3起 | increment down",
		}},
	})
}

func TestNumbersOfOtherForms(t *testing.T) {
	checkReadings(t, []reading{
		{"渠系水利用系数提高到0.66。", []string{"渠系水利用系数 | eq 0.66 | cumulative"}},
		{"更新电动公交车80标台。", []string{"更新电动公交车数 | eq 80标台 | increment"}},
		{"进口、出口通关时间分别压缩至16小时和3小时以内。", []string{
			"进口通关时间 | eq 16小时 | cumulative down",
			"出口通关时间 | le 3小时 | cumulative down",
		}},
		{"人均志愿服务时长超过12小时。", []string{"人均志愿服务时长 | gt 12小时 | cumulative"}},
		{"审批时限较法定时限压缩60%以上。", []string{"审批时限较法定时限压缩 | ge 60% | growth down"}},
		{"旅游业增加值占比9%。", []string{"旅游业增加值占比 | eq 9% | ratio"}},
		{"增加值占比9%。", []string{"增加值占比 | eq 9% | ratio"}},
		{"城镇新增就业累计6万人。", []string{"城镇新增就业累计数 | eq 6万人 | increment"}},
		{"新建自动雨量站12个、测雨雷达2部。", []string{"新建自动雨量站数 | eq 12个 | increment", "新建测雨雷达数 | eq 2部 | increment"}},
		{"洪水预报提前量达到30分钟。", []string{"洪水预报提前量 | eq 30分钟 | cumulative"}},
		{"到2025年，当年新增绿色建筑占比70%，绿色建材使用率60%。", []string{
			"新增绿色建筑占比 | eq 70% | ratio | 2025-12-31",
			"绿色建材使用率 | eq 60% | ratio | 2025-12-31",
		}},
		{"抓获在逃人员90名，打掉盗窃团伙4个，挽损1200万元。", []string{
			"抓获在逃人员数 | eq 90名 | increment",
			"打掉盗窃团伙数 | eq 4个 | increment",
			"挽损金额 | eq 1200万元 | increment",
		}},
	})
}

func TestNamesThatListsShare(t *testing.T) {
	checkNames(t, map[string][]string{
		"失业保险、工伤保险基金征缴率分别达到97%、98%。":   {"失业保险基金征缴率", "工伤保险基金征缴率"},
		"设备联网率、数字化工具普及率分别达到60%和75%。":   {"设备联网率", "数字化工具普及率"},
		"颗粒物、挥发性有机物重点工程减排量分别为90吨、70吨。": {"颗粒物重点工程减排量", "挥发性有机物重点工程减排量"},
		"完成3台20蒸吨/小时以下生物质锅炉淘汰。":        {"生物质锅炉淘汰数"},
		"全市水利系统要完成水利投资9亿元。":            {"水利投资"},
		"培训“双证”人员600人次。":               {"培训双证人员人次"},
		"基药占比（不含疫苗）低于30%。":             {"基药占比（不含疫苗）"},
		"新建幼儿园4所，新增学位900个，其中9月底前投用2所。": {"新建幼儿园数", "新增学位", "投用幼儿园数"},
		"商贸企业净增30户、总数达到210户。":          {"商贸企业净增数", "商贸企业总数"},
		"排查燃气隐患500处，整改率达到100%。":        {"排查燃气隐患数", "燃气隐患整改率"},
		"预算执行率一季度达到30%、三季度达到75%。":      {"预算执行率（3月）", "预算执行率（9月）"},
		"避险安置方面，年内搬迁安置90户310人。":        {"搬迁安置户数", "搬迁安置人数"},
		"改造12个院落、800户。":                {"改造院落数", "改造院落户数"},
		"新建中小企业孵化基地6个，在孵项目90个。":        {"新建中小企业孵化基地数", "新建在孵项目数"},
		"选派金融副总20名。":                   {"选派金融副总数"},
	})
}

// A line that stands where a heading does may be a sentence with figures, which are read.
func TestSentencesInThePlaceOfHeadings(t *testing.T) {
	d := Read("青岚县2023年农业工作要点\n一、蔬菜种植面积稳定在12万亩。推广良种3万亩。\n二、抓好6个重点项目\n新建冷库4座。\n")
	checkShort(t, d,
		"蔬菜种植面积 eq 12万亩 2023-12-31",
		"推广良种面积 eq 3万亩 2023-12-31",
		"新建冷库数 eq 4座 2023-12-31",
	)
}

// A report on half a year tells of it under one heading and of what falls short under another.
func TestHeadingsOfReportsOnHalfAYear(t *testing.T) {
	d := Read("青岚县2023年上半年经济运行情况和下半年工作安排\n一、上半年经济运行情况\n工业增加值增长6%，新开工项目30个。\n二、存在的主要问题\n有9个项目进度滞后。\n三、下半年重点工作\n新开工项目25个。\n")
	checkShort(t, d, "新开工项目数 eq 25个 2023-12-31")
}

// A goal that is set for a later year is not the plan's own year.
func TestTermOfAPlanThatOpensWithGoals(t *testing.T) {
	d := Read("青岚市减排实施方案\n一、目标\n“十四五”期间，到2025年，煤炭消费比重降到50%以下；到2030年，煤炭消费比重降到40%以下，如期实现2030年前达峰。\n")
	if len(d.Indicators) != 2 || d.Indicators[0].DueOn != indicator.DateOf(2025, 12, 31) || d.Indicators[1].DueOn != indicator.DateOf(2030, 12, 31) {
		t.Errorf("%d targets: %+v", len(d.Indicators), d.Indicators)
	}
}

// Offices within an agency answer for its own plan: a bracket with no more than their names ends a task.
func TestOfficesInABracketAreAgencies(t *testing.T) {
	d := Read("青岚县体育局2023年工作要点\n1.新建健身步道9公里。（群众体育处、规划处）\n2.改造球场4块（老城区）。\n")
	if len(d.Indicators) != 2 || !slices.Equal(d.Indicators[0].LeadAgencies, []string{"群众体育处", "规划处"}) || len(d.Indicators[1].LeadAgencies) != 0 {
		t.Errorf("%+v", d.Indicators)
	}
}
