package workplan

import (
	"slices"
	"testing"
)

// checkNames reads each sentence in a plan for 2023 and expects its targets to
// have the names given.
func checkNames(t *testing.T, cases map[string][]string) {
	t.Helper()
	for sentence, want := range cases {
		t.Run(sentence, func(t *testing.T) {
			var got []string
			for _, in := range read(sentence) {
				got = append(got, in.Name)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestNamesLeaveOutVerbsThatOnlyCarryTheNumber(t *testing.T) {
	checkNames(t, map[string][]string{
		"完成封山育草8万亩，实施水源涵养工程12个。":    {"封山育草面积", "水源涵养工程数"},
		"组织开展急救普及培训3000人次。":         {"急救普及培训人次"},
		"完成剩余6公里老旧暗渠清理任务。":          {"老旧暗渠清理长度"},
		"组织6家以上饭店参评老字号名录。":          {"参评老字号名录饭店数"},
		"打造夜间消费街区4条，布局建设社区药房30家。":   {"夜间消费街区数", "社区药房数"},
		"分类实施盐碱地改良工程5万亩。":           {"盐碱地改良工程面积"},
		"每个乡镇打造1个星光夜市。":             {"每个乡镇星光夜市数"},
		"新建戏台3座，改造旧仓库6处，培育家庭农场20家。": {"新建戏台数", "改造旧仓库数", "培育家庭农场数"},
	})
}

func TestNamesKeepVerbsThatSayWhatIsCounted(t *testing.T) {
	checkNames(t, map[string][]string{
		"建设戏台3座。":          {"建设戏台数"},      // a bare noun
		"建成茶馆5家。":          {"建成茶馆数"},      // a bare noun
		"完成年度投资6亿元。":       {"完成年度投资"},     // a measure, not a thing
		"提供岗位8000个。":       {"提供岗位"},       // a measure, not a thing
		"建设用地复垦900亩。":      {"建设用地复垦面积"},   // part of a noun
		"建设改造灌溉渠道70公里。":    {"建设改造灌溉渠道长度"}, // one of two verbs
		"新（改）建戏台6座。":       {"新（改）建戏台数"},   // a bracket within a verb
		"举办“送春联”进社区活动60场。": {"送春联进社区活动场次"}, // the title is part of the sentence
	})
}

func TestNamesLeaveOutWhatTheThingIsNot(t *testing.T) {
	checkNames(t, map[string][]string{
		"打造5个带动力强的渔业合作社。":                           {"渔业合作社数"},
		"培育3个具有较大影响力的民俗节庆。":                         {"培育民俗节庆数"},
		"培育8个具有自主品牌的茶叶企业。":                          {"培育自主品牌茶叶企业数"},
		"创建县级文明单位（学校、医院、村居）9个。":                     {"创建县级文明单位数"},
		"治理污染较突出的沟渠7条。":                             {"治理污染较突出的沟渠数"},
		"举办第三届“荷塘月色”诗会2场，组织“一村一品”展卖9场。":             {"诗会场次", "展卖场次"},
		"评选“荷塘月色”奖20个。":                             {"评选荷塘月色奖数"},
		"正常年景下水稻产量达到30万吨。":                          {"水稻产量"},
		"优先在库区、偏远村新建水窖60座。":                         {"新建水窖数"},
		"选派90名医生服务偏远村卫生工作。":                         {"选派医生数"},
		"培育20个金牌导游打造全域服务样板。":                        {"培育金牌导游数"},
		"建设6家高水平COE（Center of Excellence，指专病中心）门诊。": {"高水平COE门诊数"},
		"年收入60万元以上的茶厂占比达到40%。":                      {"年收入60万元以上茶厂占比"},
		"面向返乡农民工开展电商技能培训2万人次。":                      {"返乡农民工电商技能培训人次"},
		"为退休职工提供2000个公益岗位。":                         {"退休职工公益岗位"},
		"单位建筑能耗累计下降9%。":                             {"单位建筑能耗下降"},
		"经济增长预期目标是在优化结构的基础上年均增长6%。":                 {"经济年均增长"},
	})
}

func TestNamesSayHowThingsAreCounted(t *testing.T) {
	checkNames(t, map[string][]string{
		"新改建乡村公路40公里，新建排水管网9公里。":  {"新改建乡村公路里程", "新建排水管网长度"},
		"举办龙舟表演6场，开办夜校5期。":        {"龙舟表演场次", "开办夜校期数"},
		"溺水事件控制在3起以内。":            {"溺水事件起数"},
		"帮扶渔民转产就业300人，城镇新增就业2万人。": {"帮扶渔民转产就业人数", "城镇新增就业"},
		"改造危旧房800户，处置空壳企业60户。":    {"改造危旧房户数", "处置空壳企业数"},
		"提供上门护理服务6000户次。":         {"上门护理服务户次"},
		"实施街巷提升7条。":               {"街巷提升数"},
		"完成科创融资8亿元，投放春耕贷款3亿元。":    {"科创融资金额", "春耕贷款投放金额"},
		"农民合作社数量翻一番。":             {"农民合作社数量增长"},
	})
}

func TestNamesTakeFromTheWordsBefore(t *testing.T) {
	checkNames(t, map[string][]string{
		"实施街巷提升7条、坊巷5条。":             {"街巷提升数", "坊巷提升数"},
		"茶园改造新增2万亩、更新3万亩。":           {"茶园改造新增面积", "茶园改造更新面积"},
		"建设改造灌溉渠道70公里、排水渠道50公里。":     {"建设改造灌溉渠道长度", "建设改造排水渠道长度"},
		"改造老旧小区9个、涉及居民2000户。":        {"改造老旧小区数", "老旧小区改造涉及居民户数"},
		"城乡居民人均消费支出分别增长5%、7%。":       {"城镇居民人均消费支出增长", "农村居民人均消费支出增长"},
		"黄芪、金银花全产业链产值分别达到3亿元、2亿元。":   {"黄芪全产业链产值", "金银花全产业链产值"},
		"低空经济产业重点发展物流航线。产业规模突破20亿元。": {"低空经济产业规模"},
	})
}

func TestATotalTakesTheThingBefore(t *testing.T) {
	checkNames(t, map[string][]string{
		"新建观鸟屋6座,总数达到9座。":         {"新建观鸟屋数", "观鸟屋总数"},
		"水稻良种投入增长9%,占种业投入比重达到4%。": {"水稻良种投入增长", "水稻良种投入占种业投入比重"},
		"实施渔港改造项目6个,年度投资2亿元。":     {"渔港改造项目数", "渔港改造项目年度投资"},
		"常住人口总量达到60万人。":           {"常住人口总量"},
	})
}

func TestNamesOfWorkAndOfChangesStandAlone(t *testing.T) {
	checkNames(t, map[string][]string{
		"新建公厕9座,渡轮航线优化6条。":    {"新建公厕数", "渡轮航线优化数"},
		"推动渔业贷款增长8%。":         {"渔业贷款增长"},
		"存贷比达到80%。":           {"存贷比"},
		"全面完成40个渔村风貌整治。":      {"渔村风貌整治数"},
		"在重点行业推广机器人。产值达到8亿元。": {"产值"},
	})
}

func TestNamesKeepWhatABareNounNeeds(t *testing.T) {
	checkNames(t, map[string][]string{
		"培训各类人员900人次。":  {"培训各类人员人次"},
		"培训各类技术骨干900名。": {"培训技术骨干数"},
		"争取上级资金9亿元。":    {"争取上级资金"},
		"开展“双随机”检查40次。": {"双随机检查次数"},
	})
}

func TestATitleSaysWhatIsDoneTo(t *testing.T) {
	const front = "澜江市2023年重点工作任务\n一、重点工作\n"
	for text, want := range map[string]string{
		"1.改造盐碱草场。年内完成新建6万亩。": "新建盐碱草场面积",
		"1.抓好落实。年内完成新建6万亩。":   "新建面积（抓好落实）",
	} {
		if in := Read(front + text).Indicators; len(in) != 1 || in[0].Name != want {
			t.Errorf("%s: %v, want %s", text, in, want)
		}
	}
}
