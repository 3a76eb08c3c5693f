package workplan

import "testing"

func TestSentencesOnFarmingAndVillages(t *testing.T) {
	checkReadings(t, []reading{
		{"粮食播种面积稳定在260万亩以上，总产量不低于22亿斤。",
			[]string{
				"粮食播种面积 | ge 260万亩 | cumulative",
				"粮食总产量 | ge 22亿斤 | increment",
			}},
		{"新建高标准农田15万亩、改造提升6.8万亩，其中高效节水灌溉2万亩。",
			[]string{
				"新建高标准农田面积 | eq 15万亩 | increment",
				"改造提升高标准农田面积 | eq 6.8万亩 | increment",
				"高效节水灌溉面积 | eq 2万亩 | increment",
			}},
		{"能繁母猪存栏量保持在8万头左右，生猪出栏120万头。",
			[]string{
				"能繁母猪存栏量 | approx 8万头 | cumulative",
				"生猪出栏数 | eq 120万头 | increment",
			}},
		{"农产品加工业产值达到480亿元，绿色食品认证数量突破260个。",
			[]string{
				"农产品加工业产值 | eq 480亿元 | increment",
				"绿色食品认证数量 | gt 260个 | cumulative",
			}},
		{"农村自来水普及率由93%提高到96%，卫生厕所普及率达到90%。",
			[]string{
				"农村自来水普及率 | eq 96% from 93 | ratio",
				"卫生厕所普及率 | eq 90% | ratio",
			}},
		{"村集体经营性收入30万元以上的村占比超过65%。",
			[]string{
				"村集体经营性收入30万元以上村占比 | gt 65% | ratio",
			}},
		{"培育省级示范合作社20家、家庭农场50家，土地托管面积45万亩次。",
			[]string{
				"培育省级示范合作社数 | eq 20家 | increment",
				"培育家庭农场数 | eq 50家 | increment",
				"土地托管面积 | eq 45万亩次 | cumulative",
			}},
		{"建设农产品冷链设施28处，新增库容3万吨。",
			[]string{
				"农产品冷链设施数 | eq 28处 | increment",
				"新增库容 | eq 3万吨 | increment",
			}},
		{"创建宜居宜业和美乡村30个，整治提升村庄160个。",
			[]string{
				"创建宜居宜业和美乡村数 | eq 30个 | increment",
				"整治提升村庄数 | eq 160个 | increment",
			}},
		{"完成营造林12万亩，治理水土流失85平方公里。",
			[]string{
				"营造林面积 | eq 12万亩 | increment",
				"治理水土流失面积 | eq 85平方公里 | increment",
			}},
		{"禁捕退捕渔民转产就业率达到100%。",
			[]string{
				"禁捕退捕渔民转产就业率 | eq 100% | ratio",
			}},
		{"农机综合作业水平提高1.5个百分点。",
			[]string{
				"农机综合作业水平提高 | eq 1.5个百分点 | growth",
			}},
	})
}
