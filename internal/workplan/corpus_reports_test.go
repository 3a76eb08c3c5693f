package workplan

import "testing"

func TestSentencesOnReportsToCongress(t *testing.T) { checkReadings(t, reportSentences) }

var reportSentences = []reading{
	{"过去五年，全市建成高速公路380公里，城镇新增就业26万人。",
		nil},
	{"今年力争完成交通投资150亿元，开工高速公路2条。",
		[]string{
			"交通投资 | eq 150亿元 | increment hoped",
			"开工高速公路数 | eq 2条 | increment",
		}},
	{"拟安排专项债券360亿元，比上年增加40亿元。",
		[]string{
			"安排专项债券金额 | eq 360亿元 | increment",
			"专项债券增加 | eq 40亿元 | increment",
		}},
	{"为企业减税降费超60亿元，清理拖欠账款12亿元。",
		[]string{
			"企业减税降费金额 | gt 60亿元 | increment",
			"清理拖欠账款金额 | eq 12亿元 | increment",
		}},
	{"高速公路通车里程突破3000公里，新增180公里。",
		[]string{
			"高速公路通车里程 | gt 3000公里 | cumulative",
			"新增高速公路通车里程 | eq 180公里 | increment",
		}},
	{"接待游客突破8000万人次，旅游收入增长12%以上。",
		[]string{
			"接待游客 | gt 8000万人次 | increment",
			"旅游收入增长 | ge 12% | growth",
		}},
	{"实施省级重点项目260个，年度计划投资780亿元。",
		[]string{
			"省级重点项目数 | eq 260个 | increment",
			"省级重点项目年度计划投资 | eq 780亿元 | increment",
		}},
	{"推动120个重大项目开工、90个项目竣工投产。",
		[]string{
			"重大项目开工数 | eq 120个 | increment",
			"项目竣工投产数 | eq 90个 | increment",
		}},
	{"新开通国际货运航线4条以上，港口货物吞吐量达到3.2亿吨。",
		[]string{
			"新开通国际货运航线数 | ge 4条 | increment",
			"港口货物吞吐量 | eq 3.2亿吨 | increment",
		}},
	{"“四上”企业净增600户，上市公司总数突破40家。",
		[]string{
			"四上企业净增数 | eq 600户 | increment",
			"上市公司总数 | gt 40家 | cumulative",
		}},
	{"第一产业增加值增长4%，第三产业增加值增长6.5%左右。",
		[]string{
			"第一产业增加值增长 | eq 4% | growth",
			"第三产业增加值增长 | approx 6.5% | growth",
		}},
	{"办好30件民生实事，民生支出占比保持在75%以上。",
		[]string{
			"民生实事数 | eq 30件 | increment",
			"民生支出占比 | ge 75% | ratio",
		}},
	{"建成高标准农田120万亩以上，粮食总产量稳定在90亿斤。",
		[]string{
			"高标准农田面积 | ge 120万亩 | increment",
			"粮食总产量 | eq 90亿斤 | increment",
		}},
	{"存栏肉牛达到60万头，奶类产量突破80万吨。",
		[]string{
			"存栏肉牛数 | eq 60万头 | cumulative",
			"奶类产量 | gt 80万吨 | increment",
		}},
	{"常住人口城镇化率提高0.8个百分点，户籍人口城镇化率达到52%。",
		[]string{
			"常住人口城镇化率提高 | eq 0.8个百分点 | growth",
			"户籍人口城镇化率 | eq 52% | ratio",
		}},
	{"新建续建水利工程45处，新增恢复灌溉面积20万亩。",
		[]string{
			"新建续建水利工程数 | eq 45处 | increment",
			"新增恢复灌溉面积 | eq 20万亩 | increment",
		}},
	{"铁路运营里程达到1200公里，其中高铁占比超过三成。",
		[]string{
			"铁路运营里程 | eq 1200公里 | cumulative",
			"高铁占比 | gt 30% | ratio",
		}},
	{"退役军人就业安置率达到100%，新建服务站点60个。",
		[]string{
			"退役军人就业安置率 | eq 100% | ratio",
			"新建服务站点数 | eq 60个 | increment",
		}},
	{"深入推进“双减”，课后服务覆盖率100%。",
		[]string{
			"课后服务覆盖率 | eq 100% | ratio",
		}},
	{"农村居民收入增速高于城镇居民，脱贫县农民收入增速高于全省平均水平。",
		[]string{
			"脱贫县农民收入增速 | gt 全省平均水平?% | growth",
		}},
	{"引导基金规模扩大到200亿元，撬动社会资本500亿元。",
		[]string{
			"引导基金规模 | eq 200亿元 | cumulative",
			"撬动社会资本金额 | eq 500亿元 | increment",
		}},
	{"新增耕地3.5万亩，恢复撂荒地1.2万亩。",
		[]string{
			"新增耕地面积 | eq 3.5万亩 | increment",
			"恢复撂荒地面积 | eq 1.2万亩 | increment",
		}},
	{"完成既有建筑节能改造260万平方米，装配式建筑占比达到35%以上。",
		[]string{
			"既有建筑节能改造面积 | eq 260万平方米 | increment",
			"装配式建筑占比 | ge 35% | ratio",
		}},
	{"政务服务事项网上可办率达到98%，“一件事”办理不少于60项。",
		[]string{
			"政务服务事项网上可办率 | eq 98% | ratio",
			"一件事办理数 | ge 60项 | increment",
		}}}
