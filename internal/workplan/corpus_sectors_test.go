package workplan

import "testing"

func TestPlanOf2026OnIndustryAndInnovation(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"规上工业增加值增长8.5%左右，制造业投资增长12%以上。",
			[]string{
				"规上工业增加值增长 | approx 8.5% | growth",
				"制造业投资增长 | ge 12% | growth",
			}},
		{"新增规上工业企业80家、专精特新企业40家、单项冠军3家。",
			[]string{
				"新增规上工业企业数 | eq 80家 | increment",
				"新增专精特新企业数 | eq 40家 | increment",
				"新增单项冠军数 | eq 3家 | increment",
			}},
		{"实施“智改数转”项目500个，建成智能工厂5家、数字化车间30个。",
			[]string{
				"智改数转项目数 | eq 500个 | increment",
				"智能工厂数 | eq 5家 | increment",
				"数字化车间数 | eq 30个 | increment",
			}},
		{"数字经济核心产业增加值占比提高1.5个百分点，达到12%。",
			[]string{
				"数字经济核心产业增加值占比提高 | eq 1.5个百分点 | growth",
				"数字经济核心产业增加值占比 | eq 12% | ratio",
			}},
		{"开工亿元以上项目150个，竣工100个，完成投资320亿元。",
			[]string{
				"开工亿元以上项目数 | eq 150个 | increment",
				"竣工亿元以上项目数 | eq 100个 | increment",
				"完成投资 | eq 320亿元 | increment",
			}},
		{"实施总投资1亿元以上技改项目60个，完成技改投资90亿元。",
			[]string{
				"总投资1亿元以上技改项目数 | eq 60个 | increment",
				"技改投资 | eq 90亿元 | increment",
			}},
		{"新增5G基站1500个，累计达到8000个。",
			[]string{
				"新增5G基站数 | eq 1500个 | increment",
				"5G基站数 | eq 8000个 | cumulative",
			}},
		{"工业用电量增长6%，单位工业增加值能耗下降3.5%。",
			[]string{
				"工业用电量增长 | eq 6% | growth",
				"单位工业增加值能耗下降 | eq 3.5% | growth down",
			}},
		{"培育千亿级产业集群2个、百亿级企业5家。",
			[]string{
				"培育千亿级产业集群数 | eq 2个 | increment",
				"培育百亿级企业数 | eq 5家 | increment",
			}},
		{"净增市场主体2万户，新增“四上”企业300家。",
			[]string{
				"净增市场主体数 | eq 2万户 | increment",
				"新增四上企业数 | eq 300家 | increment",
			}},
		{"推动30家企业上市辅导备案，新增上市公司2家。",
			[]string{
				"上市辅导备案企业数 | eq 30家 | increment",
				"新增上市公司数 | eq 2家 | increment",
			}},
		{"新能源汽车产量突破30万辆，动力电池产能达到50GWh。",
			[]string{
				"新能源汽车产量 | gt 30万辆 | increment",
				"动力电池产能 | eq 50GWh | cumulative",
			}},
		{"软件业务收入增长15%，突破800亿元。",
			[]string{
				"软件业务收入增长 | eq 15% | growth",
				"软件业务收入 | gt 800亿元 | increment",
			}},
		{"机器人产量达到2万台，关键零部件国产化率提高到70%以上。",
			[]string{
				"机器人产量 | eq 2万台 | increment",
				"关键零部件国产化率 | ge 70% | ratio",
			}},
		{"算力规模达到1200PFLOPS，建成智算中心2个。",
			[]string{
				"算力规模 | eq 1200PFLOPS | cumulative",
				"智算中心数 | eq 2个 | increment",
			}},
		{"新增发明专利授权1500件，每万人高价值发明专利拥有量达到12件。",
			[]string{
				"新增发明专利授权数 | eq 1500件 | increment",
				"每万人高价值发明专利拥有量 | eq 12件 | ratio",
			}},
		{"技术合同成交额达到150亿元以上，科技型中小企业入库1200家。",
			[]string{
				"技术合同成交额 | ge 150亿元 | increment",
				"科技型中小企业入库数 | eq 1200家 | increment",
			}},
		{"建设市级以上创新平台25个，其中国家级1个、省级8个。",
			[]string{
				"市级以上创新平台数 | eq 25个 | increment",
				"国家级创新平台数 | eq 1个 | increment",
				"省级创新平台数 | eq 8个 | increment",
			}},
	})
}

func TestPlanOf2026OnAirWaterAndEnergy(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"PM2.5平均浓度控制在32微克/立方米以下，空气优良天数比率达到85%。",
			[]string{
				"PM2.5平均浓度 | le 32微克/立方米 | cumulative down",
				"空气优良天数比率 | eq 85% | ratio",
			}},
		{"国省考断面水质优良比例达到95%，县级以上集中式饮用水水源地水质达标率100%。",
			[]string{
				"国省考断面水质优良比例 | eq 95% | ratio",
				"县级以上集中式饮用水水源地水质达标率 | eq 100% | ratio",
			}},
		{"完成水土流失治理80平方公里，修复湿地500亩。",
			[]string{
				"水土流失治理面积 | eq 80平方公里 | increment",
				"修复湿地面积 | eq 500亩 | increment",
			}},
		{"淘汰国三及以下排放标准柴油货车3000辆，新增新能源公交车200辆。",
			[]string{
				"淘汰国三及以下排放标准柴油货车数 | eq 3000辆 | increment",
				"新增新能源公交车数 | eq 200辆 | increment",
			}},
		{"单位地区生产总值能耗下降2.5%，二氧化碳排放强度下降3.5%。",
			[]string{
				"单位地区生产总值能耗下降 | eq 2.5% | growth down",
				"二氧化碳排放强度下降 | eq 3.5% | growth down",
			}},
		{"非化石能源消费占比提高到20%，新增可再生能源装机100万千瓦。",
			[]string{
				"非化石能源消费占比 | eq 20% | ratio",
				"新增可再生能源装机 | eq 100万千瓦 | increment",
			}},
		{"万元GDP用水量下降4%，农田灌溉水有效利用系数达到0.58。",
			[]string{
				"万元GDP用水量下降 | eq 4% | growth down",
				"农田灌溉水有效利用系数 | eq 0.58 | ratio",
			}},
		{"整治入河排污口120个，完成黑臭水体治理15条。",
			[]string{
				"整治入河排污口数 | eq 120个 | increment",
				"黑臭水体治理数 | eq 15条 | increment",
			}},
		{"森林覆盖率稳定在45%以上，森林蓄积量达到3200万立方米。",
			[]string{
				"森林覆盖率 | ge 45% | ratio",
				"森林蓄积量 | eq 3200万立方米 | cumulative",
			}},
		{"受污染耕地安全利用率达到93%以上，危险废物处置利用率保持在100%。",
			[]string{
				"受污染耕地安全利用率 | ge 93% | ratio",
				"危险废物处置利用率 | eq 100% | ratio",
			}},
		{"降尘量不高于5吨/月·平方公里。",
			[]string{
				"降尘量 | le 5吨/月·平方公里 | cumulative down",
			}},
		{"化学需氧量和氨氮重点工程减排量分别达到1200吨和80吨。",
			[]string{
				"化学需氧量 | eq 1200吨 | cumulative",
				"氨氮重点工程减排量 | eq 80吨 | cumulative",
			}},
	})
}

func TestPlanOf2026OnWorkCareAndCulture(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"城镇新增就业3.5万人，失业人员再就业1万人，城镇调查失业率控制在5.5%以内。",
			[]string{
				"城镇新增就业 | eq 3.5万人 | increment",
				"失业人员再就业人数 | eq 1万人 | increment",
				"城镇调查失业率 | le 5.5% | ratio down",
			}},
		{"城乡低保标准分别提高到每人每月850元、680元。",
			[]string{
				"城镇低保标准 | eq 850元 | cumulative",
				"农村低保标准 | eq 680元 | cumulative",
			}},
		{"新建社区养老服务综合体10个、老年助餐点60个，新增护理型床位800张。",
			[]string{
				"新建社区养老服务综合体数 | eq 10个 | increment",
				"新建老年助餐点数 | eq 60个 | increment",
				"新增护理型床位 | eq 800张 | increment",
			}},
		{"每千名老年人拥有养老床位38张，护理型床位占比达到58%。",
			[]string{
				"每千名老年人拥有养老床位 | eq 38张 | ratio",
				"护理型床位占比 | eq 58% | ratio",
			}},
		{"为困难重度残疾人家庭实施无障碍改造600户。",
			[]string{
				"困难重度残疾人家庭无障碍改造户数 | eq 600户 | increment",
			}},
		{"基本医疗保险参保率稳定在95%以上，基本养老保险参保人数达到180万人。",
			[]string{
				"基本医疗保险参保率 | ge 95% | ratio",
				"基本养老保险参保人数 | eq 180万人 | cumulative",
			}},
		{"开展补贴性职业技能培训2万人次以上，新增高技能人才3000人。",
			[]string{
				"补贴性职业技能培训人次 | ge 2万人次 | increment",
				"新增高技能人才数 | eq 3000人 | increment",
			}},
		{"每千人口拥有3岁以下婴幼儿托位数达到4.6个。",
			[]string{
				"每千人口拥有3岁以下婴幼儿托位数 | eq 4.6个 | ratio",
			}},
		{"建成青年驿站8家，提供人才公寓1500套。",
			[]string{
				"青年驿站数 | eq 8家 | increment",
				"人才公寓数 | eq 1500套 | increment",
			}},
		{"举办文化惠民演出500场，新建城市书房10个、百姓健身房15个。",
			[]string{
				"文化惠民演出场次 | eq 500场 | increment",
				"新建城市书房数 | eq 10个 | increment",
				"新建百姓健身房数 | eq 15个 | increment",
			}},
		{"人均体育场地面积达到2.9平方米，新增全民健身设施120处。",
			[]string{
				"人均体育场地面积 | eq 2.9平方米 | cumulative",
				"新增全民健身设施数 | eq 120处 | increment",
			}},
		{"接待游客3000万人次，旅游总收入增长12%。",
			[]string{
				"接待游客 | eq 3000万人次 | increment",
				"旅游总收入增长 | eq 12% | growth",
			}},
		{"居民人均可支配收入增长6%以上，城乡收入比缩小到2.1。",
			[]string{
				"居民人均可支配收入增长 | ge 6% | growth",
			}},
		{"最低工资标准提高到每月2100元。",
			[]string{
				"最低工资标准 | eq 2100元 | cumulative",
			}},
	})
}
