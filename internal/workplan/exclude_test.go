package workplan

import "testing"

func TestNames(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"实施“百企转型、3个攻坚”行动。":     {"3个": "name"},
		"落实《关于新增5家企业的意见》。":     {"5家": "name"},
		"推广\"2个中心\"模式,新增企业3家。": {"2个": "name", "3家": isTarget},
		"深化“一件事”改革。":           {"一件": "name"},
		"办好“未闭合的展会,新增企业3家。":    {"3家": isTarget},
	})
}

func TestAsides(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"支持小微单位(员工不超过10人)发展。":      {"10人": "aside"},
		"新建学校8所(其中小学5所)。":          {"8所": isTarget, "5所": isTarget},
		"培育企业20家(含省级3家)。":          {"20家": isTarget, "3家": isTarget},
		"引进人才50人(力争60人)。":          {"50人": isTarget, "60人": isTarget},
		"推进示范村建设(每村安排1名指导员),新增5个。": {"1名": "aside", "5个": isTarget},
	})
}

func TestRatings(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"开工110千伏变电站3座。":       {"110千伏": "rating", "3座": isTarget},
		"引进10亿级项目5个。":         {"10亿级": "rating", "5个": isTarget},
		"建设万吨级泊位2个、5万吨级泊位1个。": {"2个": isTarget, "5万吨": "rating", "1个": isTarget},
		"购房享受8.5折优惠。":         {"8.5折": "rating"},
		"打造15分钟生活圈。":          {"15分钟": "duration"},
		"新增5星级酒店2家。":          {"5星级": "rating", "2家": isTarget},
	})
}

func TestStructure(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"围绕6大领域开展攻坚。":        {"6大": "structure"},
		"抓好三个方面工作。":          {"三个方面": "structure"},
		"实施八项主要任务。":          {"八项": "structure"},
		"完善三项制度。":            {"三项": "structure"},
		"面向3类主体,新增企业5家。":     {"3类": "structure", "5家": isTarget},
		"推进5个重点领域改革,打造品牌4个。": {"5个": "structure", "4个": isTarget},
	})
}

func TestThresholds(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"实施投资500万元以上技术改造项目60个。":       {"500万元": "threshold", "60个": isTarget},
		"年销售汽油3000吨以上的加油站联网率达到50%以上。": {"3000吨": "threshold", "50%": isTarget},
		"推动年用水量1万立方米以上单位实现计划用水覆盖。":    {"1万立方米": "threshold"},
		"经营性收入20万元以上的村占比达到80%。":       {"20万元": "threshold", "80%": isTarget},
		"消除收入5万元以下薄弱村。":               {"5万元": "threshold"},
		"对5人以上的团队给予场地支持。":             {"5人": "threshold"},
		"引进总投资50亿元的电池项目。":             {"50亿元": "threshold"},
		"淘汰不达标的30万千瓦以下煤电机组。":          {"30万千瓦": "threshold"},
		"支持10家以上企业开展创新。":              {"10家": isTarget},
		"允许采购占比不超过20%的进口设备。":          {"20%": "threshold"},
		"确保达到95%的目标。":                 {"95%": isTarget},
		"打造20个以上的示范社区。":               {"20个": isTarget},
		"新增绿化面积100万平方米以上,":            {"100万平方米": isTarget},
		"全市80%以上的学校建成食堂。":             {"80%": isTarget},
		"新增3岁以下婴幼儿托位450个。":            {"3岁": "age", "450个": isTarget},
		"为70周岁以上老人免费体检。":              {"70周岁": "age"},
		"招收6-12岁学生2000名。":             {"6-12岁": "age", "2000名": isTarget},
		"人均预期寿命提高到80.2岁。":             {"80.2岁": isTarget},
	})
}

func TestPolicies(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"对认定的平台给予最高100万元补贴。":               {"100万元": "policy"},
		"按照不超过设备投入的20%给予补助。":               {"20%": "policy"},
		"按实际投资额的10%给予最高50万元启动资金。":          {"10%": "policy", "50万元": "policy"},
		"符合条件的企业可享受200平方米免租场地。":            {"200平方米": "policy"},
		"每家企业每年不超过3个。":                     {"3个": "policy"},
		"贷款贴息比例不超过50%。":                    {"50%": "policy"},
		"可享受每年2次免费体检。":                     {"2次": "policy"},
		"符合条件的企业享受租金优惠,次年为市场价30%,第三年为50%。": {"30%": "policy", "50%": "policy"},
		"对营收增速超过20%且产值达到1亿元的企业奖励50万元。":     {"20%": "threshold", "1亿元": "threshold", "50万元": "policy"},
		"参保人数不少于5人的，可申请房租补贴。":              {"5人": "threshold"},
		"为入驻团队提供50—200平方米办公空间。":            {"50—200平方米": "policy"},
		"为退役军人提供5万个就业岗位。":                  {"5万个": isTarget},
		"对37处隐患点实施避险搬迁。":                   {"37处": isTarget},
		"补助标准提高30元。":                       {"30元": isTarget},
		"补助标准分别再提高30元和5元。":                 {"30元": isTarget, "5元": isTarget},
		"研发补贴每年2000元。":                     {"2000元": "policy"},
		"评选优秀案例10个并给予奖励。":                  {"10个": isTarget},
		"发放消费券1000万元。":                     {"1000万元": isTarget},
		"兑现奖补资金2亿元。":                       {"2亿元": isTarget},
		"争取上级补助资金5亿元。":                     {"5亿元": isTarget},
		"城乡低保补助标准提高到每人每月900元。":             {"900元": isTarget},
		"为困难企业发放贷款30亿元。":                   {"30亿元": isTarget},
		"按期完成投资30亿元。":                      {"30亿元": isTarget},
		"享受人数达到23万人以上。":                    {"23万人": isTarget},
	})
}

func TestPastResults(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"去年新增企业30家。":                 {"30家": "past_result"},
		"过去五年,建成学校12所,新增学位2万个。":      {"12所": "past_result", "2万个": "past_result"},
		"目前全市已建成站点142个。":             {"142个": "past_result"},
		"现有规上企业300家,新增20家。":          {"300家": "past_result", "20家": isTarget},
		"去年接待游客310万人次,今年力争突破350万人次。": {"310万人次": "past_result", "350万人次": isTarget},
		"在去年完成60个小区改造的基础上,再改造78个。":   {"60个": "past_result", "78个": isTarget},
		"比去年增加投资3亿元。":                {"3亿元": isTarget},
		"“十三五”期间，新增企业30家。":           {"30家": "past_result"},
		"“十五五”期间，新增企业30家。":           {"30家": isTarget},
		"实现了增长5%的目标。":                {"5%": "past_result"},
	})
	t.Run("a section that looks back sets no target", func(t *testing.T) {
		draft := Read("某县2023年工作报告\n一、2022年工作回顾\n1.新增企业30家。\n二、2023年工作安排\n1.新增企业40家。")
		if got := values(draft.Indicators); len(got) != 1 || got[0] != "40家" {
			t.Errorf("targets %v, want 40家 alone", got)
		}
	})
}

func TestBaselines(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"普及率由81%提高到88%。":           {"81%": "baseline", "88%": isTarget},
		"标准从2375元提高到2423元。":        {"2375元": "baseline", "2423元": isTarget},
		"项目由120项增加到180项。":          {"120项": "baseline", "180项": isTarget},
		"企业数较2022年的250家增加50家。":     {"250家": "baseline", "50家": isTarget},
		"以现有的5家企业为骨干,新增2家。":        {"5家": "past_result", "2家": isTarget},
		"办理环节从8个压缩至3个,新增窗口5个。":     {"8个": "baseline", "3个": isTarget, "5个": isTarget},
		"低保标准从每人每月980元提高到1050元。":   {"980元": "baseline", "1050元": isTarget},
		"高龄津贴由每月70元提高到85元。":        {"70元": "baseline", "85元": isTarget},
		"高龄津贴由70元、90元提高到85元、110元。": {"70元": "baseline", "90元": "baseline", "85元": isTarget, "110元": isTarget},
	})
	t.Run("is kept with the target it belongs to", func(t *testing.T) {
		in := readOne(t, "卫生厕所普及率由81%提高到88%。")
		if in.Baseline == nil || in.Baseline.String() != "81" {
			t.Errorf("baseline %v, want 81", in.Baseline)
		}
	})
	t.Run("is left out where the text gives none", func(t *testing.T) {
		if in := readOne(t, "卫生厕所普及率提高到88%。"); in.Baseline != nil {
			t.Errorf("baseline %v, want none", in.Baseline)
		}
	})
	t.Run("does not go over to the next target", func(t *testing.T) {
		found := read("普及率由81%提高到88%,新增厕所50座。")
		if len(found) != 2 || found[1].Baseline != nil {
			t.Errorf("%v", found)
		}
	})
}

func TestTargetsWithBaselines(t *testing.T) {
	checkReadings(t, []reading{
		{"高龄津贴由每月70元提高到85元。", []string{"高龄津贴金额 | eq 85元 from 70 | cumulative"}},
		{"高龄津贴从每人每月70元提高到每人每月85元。", []string{"高龄津贴金额 | eq 85元 from 70 | cumulative"}},
		{"城市和农村低保标准分别由每月800元和600元提高到850元和640元。", []string{
			"城市低保标准 | eq 850元 from 800 | cumulative",
			"农村低保标准 | eq 640元 from 600 | cumulative",
		}},
		{"污水处理率、垃圾分类率分别由80%、70%提高到85%、75%。", []string{
			"污水处理率 | eq 85% from 80 | ratio",
			"垃圾分类率 | eq 75% from 70 | ratio",
		}},
		{"低保标准由每月800元、820元提高到850元。", []string{"低保标准 | eq 850元 from 820 | cumulative"}},
		{"低保标准由每月800元提高50元。", []string{"低保标准提高 | eq 50元 | increment"}},
	})
}

func TestScopes(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"围绕8条重点产业链开展招商。":        {"8条": "scope"},
		"以2家龙头企业为核心,培育配套企业30家。": {"2家": "scope", "30家": isTarget},
		"依托3个园区,新增项目5个。":        {"3个": "scope", "5个": isTarget},
		"充分利用在读学生超10万人的资源优势。":   {"10万人": "scope"},
		"围绕产业升级新建平台3个。":         {"3个": isTarget},
		"以创建为抓手,新增示范点6个。":       {"6个": isTarget},
		"聚焦20个重点村,完成改造2000户。":   {"20个": "scope", "2000户": isTarget},
	})
}

func TestCapacities(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"抓好年产60万吨油料等项目建设。":            {"60万吨": "project_capacity"},
		"推动清源公司120万吨乙烯项目投产。":          {"120万吨": "project_capacity"},
		"推进邵庄50兆瓦光伏项目。":               {"50兆瓦": "project_capacity"},
		"淘汰落后产能30万吨。":                 {"30万吨": isTarget},
		"完成剩余27.34公里管网改造任务。":          {"27.34公里": isTarget},
		"新增100万千瓦光伏装机。":               {"100万千瓦": isTarget},
		"支持东湖、西山、南岭3个实验室高效运营。":        {"3个": "existing_count"},
		"落实甲类、乙类要求支持东湖、西山、南岭3个实验室运营。": {"3个": "existing_count"},
		"推进原油加工能力达到1000万吨的炼化一体化项目。":   {"1000万吨": "project_capacity"},
		"新增东湖、西山等8个监测点。":              {"8个": isTarget},
		"新建东湖、西山、南岭8个监测点。":            {"8个": isTarget},
	})
}

func TestRhetoric(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"形成一个窗口办理模式。":   {"一个": "rhetoric"},
		"培育一批特色品牌。":     {"一批": "rhetoric"},
		"发展越野、冬季三项等运动。": {"三项": "rhetoric"},
		"发展滑雪、冬季两项等运动。": {"两项": "existing_count"},
		"支持一个平台建设。":     {"一个": "rhetoric"},
		"培训每人一次。":       {"一次": "rhetoric"},
		"完成一个水权交易。":     {"一个": isTarget},
		"新建三座水厂。":       {"三座": isTarget},
		"新增停车位三千个。":     {"三千个": isTarget},
		"打通断头路四条。":      {"四条": isTarget},
		"占比不低于七成。":      {"七成": isTarget},
		"建成不少于十个示范点。":   {"十个": isTarget},
		"打造一个平台、两个中心。":  {"一个": "rhetoric", "两个": "rhetoric"},
		"支持示范社一家。":      {"一家": "rhetoric"},
		"完善制度一套、流程一个。":  {"一套": "rhetoric", "一个": "rhetoric"},
	})
}

func TestNumeralsInLists(t *testing.T) {
	checkReadings(t, []reading{
		{"新建驿站一处、码头四座。", []string{"新建驿站数 | eq 1处 | increment", "新建码头数 | eq 4座 | increment"}},
		{"建成码头四座、驿站一处和园路三公里。", []string{"建成码头数 | eq 4座 | increment", "建成驿站数 | eq 1处 | increment", "建成园路长度 | eq 3公里 | increment"}},
		{"新建两处驿站、四座码头和一个公园。", []string{"新建驿站数 | eq 2处 | increment", "新建码头数 | eq 4座 | increment", "新建公园数 | eq 1个 | increment"}},
		{"新建驿站六处、每镇一处。", []string{"新建驿站数 | eq 6处 | increment"}},
	})
}

func TestNumbersWithoutUnit(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"满意度达到95。":       {"95": "warning"},
		"详见图3、表2。":       {"3": "mark", "2": "mark"},
		"咨询电话：66001234。": {"66001234": "mark"},
		"参照2022标准执行。":    {"2022": "mark"},
	})
}
