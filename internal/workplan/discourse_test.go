package workplan

import (
	"testing"
)

func TestALookBackHoldsForWhatFollowsIt(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"过去一年，新开工厂房8座；改造小区12个。":               {"8座": "past_result", "12个": "past_result"},
		"五年来，新增床位900张。新建学校6所。今年新增床位200张。":     {"900张": "past_result", "6所": "past_result", "200张": isTarget},
		"近三年关停小煤窑9处、窑炉30座，今年再关停2处。":           {"9处": "past_result", "30座": "past_result", "2处": isTarget},
		"2022年，粮食产量达到40万吨，其中稻谷15万吨。":          {"40万吨": "past_result", "15万吨": "past_result"},
		"回望“十三五”，累计完成投资800亿元；铁路里程翻一番。":        {"800亿元": "past_result", "翻一番": "past_result"},
		"新建公路30公里。去年，厂房入驻率达80%。今年入驻率达到90%以上。": {"30公里": isTarget, "80%": "past_result", "90%": isTarget},
		"2022年新增企业12家，2023年新增企业15家。":          {"12家": "past_result", "15家": isTarget},
		"过去五年成绩喜人，到2025年，新增企业60家。":            {"60家": isTarget},
		"与过去相比，新增企业15家。":                      {"15家": isTarget},
		"项目安排说明：征集建议320条，网上投票5万人次。":           {"320条": "past_result", "5万人次": "past_result"},
	})
	t.Run("a new paragraph is free of it", func(t *testing.T) {
		if got := values(read("过去一年，新增企业8家。\n新增企业9家。")); len(got) != 1 || got[0] != "9家" {
			t.Errorf("targets %v, want 9家 alone", got)
		}
	})
	t.Run("a text without a term tells results by how they are reckoned", func(t *testing.T) {
		draft := Read("2025年全市产值预计达到900亿元。\n今年产值达到990亿元。")
		if got := values(draft.Indicators); len(got) != 1 || got[0] != "990亿元" {
			t.Errorf("targets %v, want 990亿元 alone", got)
		}
	})
}

func TestShortfallsAreNoTargets(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"同时也要看到，投资增速只有2.1%，工业占比比全省平均低3个百分点。": {"2.1%": "shortfall", "3个百分点": "shortfall"},
		"发展中还存在不少短板，研发强度为1.2%，亟需新建平台3个。":     {"1.2%": "shortfall", "3个": isTarget},
		"核心部件受制于人的问题仍较突出，进口依赖度超过60%。":        {"60%": "shortfall"},
		"解决群众反映的突出问题30个。":                    {"30个": isTarget},
		"全市仍有4个断面水质不稳。":                      {"4个": "shortfall"},
		"规上企业仅12家。":                          {"12家": "shortfall"},
		"不仅新增企业12家，而且新增专利50件。":               {"12家": isTarget, "50件": isTarget},
		"人均收入不足全省平均水平的七成。":                   {"七成": "shortfall"},
		"仍有8个村未通公路，年内新建公路20公里。":              {"8个": "shortfall", "20公里": isTarget},
		"单位能耗比上年低3%。":                        {"3%": isTarget},
		"我们清醒看到，创新平台还有9个空白。下一步，要新建平台5个。":     {"9个": "shortfall", "5个": isTarget},
		"拥有38个工业门类，工业占比达31%，空间广阔。新建园区2个。":    {"38个": "past_result", "31%": "past_result", "2个": isTarget},
		"每万人拥有公交车数达到15辆。":                    {"15辆": isTarget},
		"每千人口专利拥有量达到9件。":                     {"9件": isTarget},
		"补齐短板，新增停车位3000个。":                   {"3000个": isTarget},
		"针对短板弱项仍然突出的实际，新增停车位3000个。":          {"3000个": isTarget},
	})
}

func TestWhatExplainsIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"微型社区是指由1名业主牵头、成员不超过3人的组织。":    {"1名": "definition", "3人": "definition"},
		"①“双百”：指100个村和100户示范户。":        {"100个": "definition", "100户": "definition"},
		"指导企业新增专利50件。":                 {"50件": isTarget},
		"生产总值增长5%，主要考虑今年有30万名毕业生需要就业。": {"5%": isTarget, "30万名": "reason"},
		"综合考虑各种因素，生产总值增长5%。":           {"5%": isTarget},
		"重污染天气预警期间，重点企业减排30%。":         {"30%": "condition"},
		"一旦水位超过18米，转移群众5000人。":         {"18米": "condition", "5000人": "condition"},
		"活动人数超过1000人时应当报备。":            {"1000人": "threshold"},
	})
}

func TestWhatIsBesideThePointOfASentence(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"新建学校3所。去年，近视率为52%。同时，全市缺少教师900名。": {"3所": isTarget, "52%": "past_result", "900名": "past_result"},
		"全市缺少护士900名，年内招聘200名。":             {"900名": "shortfall", "200名": isTarget},
		"对2015年以来建成的水库开展评估，整改率达到100%。":     {"100%": isTarget},
		"2015年以来建成水库12座。":                  {"12座": "past_result"},
		"红色预警期间企业减排40%以上。":                 {"40%": "condition"},
		"支持10kg以上无人机投保。":                   {"10kg": "threshold"},
		"实现40户以上自然村通硬化路率达到100%。":           {"40户": "threshold", "100%": isTarget},
		"每年开展1次评估，举办技能大赛2次。":               {"1次": "process", "2次": isTarget},
		"推动华远汽车二期20万辆整车投产。":                {"20万辆": "project_capacity"},
		"每个村有1所卫生室、每万名居民有2—3名全科医生。":        {"1所": isTarget, "2—3名": isTarget},
	})
}

func TestHowWorkIsOrganisedIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"领导小组下设5个组。":             {"5个": "process"},
		"组建7个工作专班。":              {"7个": "process"},
		"每月调度1次、每季度通报2次。":        {"1次": "process", "2次": "process"},
		"全年举办演出100次。":            {"100次": isTarget},
		"经4轮修改、2次会议审定。":          {"4轮": "process", "2次": "process"},
		"本次征集历时45天，收到建议1286条。":   {"45天": "process", "1286条": "process"},
		"建立1名组长、1支队伍、1套制度的工作机制。": {"1名": "process", "1支": "process", "1套": "process"},
		"健全机制，新建站点8个。":           {"8个": isTarget},
		"推动3家实验室提质。":             {"3家": "existing_count"},
		"推动3家企业上市。":              {"3家": isTarget},
	})
}

func TestOrdinalsAndTimesOfDay(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"开工接收站三期。":                {"三期": "ordinal"},
		"改造二次供水小区16个。":            {"二次": "ordinal", "16个": isTarget},
		"举办培训班三期。":                {"三期": isTarget},
		"公交末班车延长至22时30分。":         {"22时30分": "duration"},
		"8时前完成清扫，新增保洁员20名。":       {"8时": "duration", "20名": isTarget},
		"12路公交延长线开工。":             {"12路": "rating"},
		"新增监控探头500路。":             {"500路": isTarget},
		"推动总投资36亿元、年产1万台的制造基地建设。": {"36亿元": "project_capacity", "1万台": "project_capacity"},
		"加快10万辆整车项目建设。":           {"10万辆": "project_capacity"},
		"完成总投资36亿元。":              {"36亿元": isTarget},
	})
}

func TestWhatANumberQualifiesIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"可提供学位2400个的新校区开学。":          {"2400个": "qualifier"},
		"在校生1000人以上的学校配齐校医。":         {"1000人": "threshold"},
		"面积不低于300平方米、入驻30家以上的，给予奖励。": {"300平方米": "threshold", "30家": "threshold"},
		"培育10亿元以上企业5家。":              {"10亿元": "threshold", "5家": isTarget},
		"培育产值10亿元以上企业。":              {"10亿元": "threshold"},
		"完成10亿元以上贷款投放。":              {"10亿元": isTarget},
		"占比由2021年的14.2%提高到25%。":      {"14.2%": "baseline", "25%": isTarget},
		"规模从目前的30亿元扩大到50亿元。":         {"30亿元": "baseline", "50亿元": isTarget},
		"将12项收费的免征范围扩大到全部企业。":        {"12项": "policy"},
		"人均预期寿命提高1岁。":                {"1岁": isTarget},
		"免费筛查11种遗传病，筛查率达到99%。":       {"11种": "structure", "99%": isTarget},
		"推广新农药11种。":                  {"11种": isTarget},
	})
}

func TestUnitsAreKnownByTheirShape(t *testing.T) {
	for sentence, want := range map[string]string{
		"算力规模达到3000PFlops。":   "3000PFlops",
		"算力规模突破10,000PFlops。": "10000PFlops",
		"算力规模超过5000P。":        "5000P",
		"年发电量达到20TWh。":        "20TWh",
		"新建管廊15chain。":        "15chain",
		"抽检不少于6批次/千人。":        "6批次/千人",
		"降尘量控制在5吨/月·平方公里以内。":  "5吨/月·平方公里",
		"新增种苗300樽。":           "300樽",
	} {
		t.Run(sentence, func(t *testing.T) {
			got := values(read(sentence))
			if len(got) != 1 || got[0] != want {
				t.Errorf("targets %v, want %s", got, want)
			}
		})
	}
	for _, sentence := range []string{"推进8K产业园建设。", "播出1080P节目。", "参照2022标准执行。", "引进世界500强。"} {
		t.Run(sentence, func(t *testing.T) {
			if got := values(read(sentence)); len(got) != 0 {
				t.Errorf("targets %v, want none", got)
			}
		})
	}
}
