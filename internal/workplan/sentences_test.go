package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestLacksAndThoseWhoHaveThem(t *testing.T) {
	checkReadings(t, []reading{
		{"救助不少于260户困难家庭，新建驿站8个；建成步道3公里。", []string{
			"救助困难家庭数 | ge 260户 | increment", "新建驿站数 | eq 8个 | increment", "建成步道长度 | eq 3公里 | increment",
		}},
		{"治理问题较突出的河道6条，新建泵站2座。", []string{"治理问题较突出的河道数 | eq 6条 | increment", "新建泵站数 | eq 2座 | increment"}},
		{"就业困难援助不少于260人次，新建驿站8个。", []string{"就业困难援助人次 | ge 260人次 | increment", "新建驿站数 | eq 8个 | increment"}},
		{"困难职工较上年减少40户。", []string{"困难职工减少 | eq 40户 | increment"}},
		{"防汛存在不少短板，35处隐患未除。新建泵站2座。", []string{"新建泵站数 | eq 2座 | increment"}},
		{"就业形势面临较大困难，缺口5000人。", nil},
		{"医疗资源存在较大缺口问题，5个镇没有专科，新建分院2家。", []string{"新建分院数 | eq 2家 | increment"}},
	})
}

func TestStretchesThatAreSetAsideSaySo(t *testing.T) {
	for sentence, want := range map[string][]indicator.WarningCode{
		"防汛存在不少短板，35处隐患未除，12个小区易涝。新建泵站2座。": {indicator.WarnShortfall},
		"去年新增企业30家，新增学位600个。今年新增企业40家。":    {indicator.WarnResults},
		"“示范村”是指年接待游客5万人次的村。":              {indicator.WarnExplained},
		"去年新增企业30家。今年新增企业40家。上年末改造小区12个。":  {indicator.WarnResults, indicator.WarnResults},
		"推进“3个中心”建设，新增企业3家。":               nil,
		"新增企业40家。": nil,
		"存在不少短板，有三分之一的村未达标，数百家企业受困，9/10的户缺水。": nil,
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := codes(Read(inYear(sentence)).Warnings); !slices.Equal(got, want) {
				t.Errorf("warnings %v, want %v", got, want)
			}
		})
	}
}

func TestGroundsThatEndInOn(t *testing.T) {
	checkReadings(t, []reading{
		{"外贸进出口在稳住规模的基础上年均增长4%。", []string{"外贸进出口在稳住规模的基础上年均增长 | eq 4% | growth"}},
		{"外贸进出口上年增长4%。", nil},
	})
}

func TestWordsThatAUnitBegins(t *testing.T) {
	checkReadings(t, []reading{
		{"新增12家电商企业、4家园区、6家乡镇医院。", []string{"新增电商企业数 | eq 12家 | increment", "新增园区数 | eq 4家 | increment", "新增乡镇医院数 | eq 6家 | increment"}},
		{"完成15项目标任务。", []string{"目标任务数 | eq 15项 | increment"}},
		{"新开9条线路。", []string{"新开线路数 | eq 9条 | increment"}},
		{"推进家电下乡，支持家园建设，推进项目落地。", nil},
		{"建设8个和美乡村，推广地膜120吨。", []string{"和美乡村数 | eq 8个 | increment", "推广地膜量 | eq 120吨 | increment"}},
	})
}

func TestNumeralsWithinNames(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"扩建城东八小，改造市一中和二幼。":    {"八小": "", "一中": "", "二幼": ""},
		"深化与六盘水、五家渠的协作。":      {"六盘": "", "五家": ""},
		"新购三台水泵，培育六家市级企业。":    {"三台": isTarget, "六家": isTarget},
		"新建4人制球场6个，培育9家制造企业。": {"4人": "rating", "6个": isTarget, "9家": isTarget},
		"出台5项制度。":             {"5项": isTarget},
	})
	t.Run("what a thing is called by leaves no warning", func(t *testing.T) {
		if got := Read(inYear("打造千亩级基地5个。")).Warnings; len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

func TestLimitsAndPrices(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"严禁销售克重低于40克的棉被。":              {"40克": "threshold"},
		"禁止生产厚度小于0.025毫米的塑料袋。":         {"0.025毫米": "threshold"},
		"年度累计奖补资金不超过80万元。":             {"80万元": "policy"},
		"补贴支出控制在3亿元以内。":                {"3亿元": isTarget},
		"奖补资金总规模不超过2亿元。":               {"2亿元": isTarget},
		"每吨补贴60元，水价每立方米3.1元。":          {"60元": "policy", "3.1元": "policy"},
		"收购价4元/公斤，亩均税收达到28万元/亩。":       {"4元/公斤": "policy", "28万元/亩": isTarget},
		"带动农户每亩增收300元。":                {"300元": isTarget},
		"加计扣除比例为75%。":                  {"75%": "policy"},
		"残保金减征比例由50%提高到90%。":           {"50%": "baseline", "90%": isTarget},
		"新建水厂6座（含2座改造），新建学校8所（含小学5所）。": {"6座": isTarget, "2座": "aside", "8所": isTarget, "5所": isTarget},
	})
}

func TestWorkOnThingsIsCounted(t *testing.T) {
	checkReadings(t, []reading{
		{"推进9个农贸市场提质。", []string{"农贸市场提质数 | eq 9个 | increment"}},
		{"支持9个园区提质增效。", nil},
		{"推动4家实验室高效运营。", nil},
		{"招募讲解员60名、助教25名。", []string{"招募讲解员数 | eq 60名 | increment", "招募助教数 | eq 25名 | increment"}},
		{"减少税费4亿元、收费约1亿元。", []string{"减少税费金额 | eq 4亿元 | increment", "减少收费金额 | approx 1亿元 | increment"}},
	})
}

func TestPaces(t *testing.T) {
	checkReadings(t, []reading{
		{"各部门按不低于10%的幅度压减公用经费。", []string{"公用经费压减 | ge 10% | growth down"}},
		{"服务业增加值以年均9%左右的速度增长。", []string{"服务业增加值年均增长 | approx 9% | growth"}},
		{"农药用量以3%的速度递减，新增企业3家。", []string{"农药用量递减 | eq 3% | growth down", "新增企业数 | eq 3家 | increment"}},
		{"按设备投入10%的比例给予补贴。", nil},
		{"按照不超过投资额20%的比例奖励。", nil},
	})
}

func TestGoalsGoOnAfterASemicolon(t *testing.T) {
	checkReadings(t, []reading{
		{"规划明确，到2025年，新建驿站3个；新建码头8座。", []string{"新建驿站数 | eq 3个 | increment | 2025-12-31", "新建码头数 | eq 8座 | increment | 2025-12-31"}},
		{"新建泵站5座，到2025年，新建驿站3个；新建码头8座。", []string{"新建泵站数 | eq 5座 | increment", "新建驿站数 | eq 3个 | increment | 2025-12-31", "新建码头数 | eq 8座 | increment"}},
	})
}

func TestALabelInTheSentenceMayDateIt(t *testing.T) {
	in := readOne(t, "新增企业6家，责任单位：市科技局，完成时限：6月底前。")
	if !slices.Equal(in.LeadAgencies, []string{"市科技局"}) || in.DueOn.String() != "2023-06-30" {
		t.Errorf("led by %v, due on %s", in.LeadAgencies, in.DueOn)
	}
}

func TestAgenciesInTheSentence(t *testing.T) {
	for sentence, want := range map[string][2][]string{
		"外贸增长6%，责任单位为市商务局。":                {{"市商务局"}, nil},
		"新增企业6家，牵头单位是市科技局，配合单位为市财政局、市审计局。": {{"市科技局"}, {"市财政局", "市审计局"}},
		"改造小区5个，责任单位为市住建局，市城管局配合。":         {{"市住建局"}, {"市城管局"}},
		"改造小区5个，责任单位为市住建局，涉及多家企业。":         {nil, nil},
		"新增企业6家，责任单位：市科技局。":                {{"市科技局"}, nil},
		"新增学位900个，由市教育局牵头，市财政局配合。":         {{"市教育局"}, {"市财政局"}},
		"新增床位80张，由市卫健委、市民政局负责。":            {{"市卫健委", "市民政局"}, nil},
		"新增企业6家，由企业自主负责。":                  {nil, nil},
		"新增企业6家，责任单位为推进主体。":                {nil, nil},
	} {
		t.Run(sentence, func(t *testing.T) {
			in := readOne(t, sentence)
			if !slices.Equal(in.LeadAgencies, want[0]) || !slices.Equal(in.ParticipatingAgencies, want[1]) {
				t.Errorf("led by %v with %v, want %v", in.LeadAgencies, in.ParticipatingAgencies, want)
			}
		})
	}
}

func TestListsGoOnAfterASemicolon(t *testing.T) {
	checkReadings(t, []reading{
		{"2025年底前，建成泵站2座；水闸5座。", []string{"建成泵站数 | eq 2座 | increment | 2025-12-31", "建成水闸数 | eq 5座 | increment | 2025-12-31"}},
		{"2025年底前，建成泵站2座；6月底前，新建水闸5座。", []string{"建成泵站数 | eq 2座 | increment | 2025-12-31", "新建水闸数 | eq 5座 | increment | 2023-06-30"}},
		{"新建公园3个；驿站达到8处；常住人口300万人；存量房5000套。", []string{
			"新建公园数 | eq 3个 | increment", "驿站数 | eq 8处 | cumulative", "常住人口数 | eq 300万人 | cumulative", "存量房数 | eq 5000套 | cumulative",
		}},
		{"新建公园3个。步道5公里。", []string{"新建公园数 | eq 3个 | increment", "步道长度 | eq 5公里 | cumulative"}},
	})
}

func TestNoneInWords(t *testing.T) {
	checkReadings(t, []reading{
		{"重大火灾零起，溺亡人数为零。", []string{"重大火灾起数 | eq 0起 | increment down", "溺亡人数 | eq 0人 | increment down"}},
		{"购置汽车零件，从零起步。", nil},
	})
}

func TestListsOfNamesThatAreBuilt(t *testing.T) {
	checkReadings(t, []reading{
		{"扩建城西、河东、滨湖3所小学。", []string{"扩建小学数 | eq 3所 | increment"}},
		{"支持城西、河东、滨湖3所小学特色办学。", nil},
	})
}

func TestNamesLeaveExamplesOut(t *testing.T) {
	checkReadings(t, []reading{
		{"举办龙舟、骑行等群众体育赛事30场。", []string{"群众体育赛事场次 | eq 30场 | increment"}},
		{"电梯、锅炉等特种设备检验率达到99%。", []string{"电梯、锅炉等特种设备检验率 | eq 99% | ratio"}},
		{"建设职业教育、高等教育实训基地6个。", []string{"职业教育、高等教育实训基地数 | eq 6个 | increment"}},
	})
}
