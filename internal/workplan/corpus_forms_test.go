package workplan

import "testing"

func TestPlanOf2026OnTermsAndDates(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"到2027年，低空经济产业规模达到100亿元，建成通用机场2个、起降点60个，开通低空航线20条以上。",
			[]string{
				"低空经济产业规模 | eq 100亿元 | cumulative | 2027-12-31",
				"通用机场数 | eq 2个 | increment | 2027-12-31",
				"建成起降点数 | eq 60个 | increment | 2027-12-31",
				"开通低空航线数 | ge 20条 | increment | 2027-12-31",
			}},
		{"到2025年和2035年，森林覆盖率分别达到24.1%和26%。",
			[]string{
				"森林覆盖率（2025年） | eq 24.1% | ratio | 2025-12-31",
				"森林覆盖率（2035年） | eq 26% | ratio | 2035-12-31",
			}},
		{"2026年、2027年、2028年分别新建公园10个、12个、15个。",
			[]string{
				"新建公园数（2026年） | eq 10个 | increment",
				"新建公园数（2027年） | eq 12个 | increment | 2027-12-31",
				"新建公园数（2028年） | eq 15个 | increment | 2028-12-31",
			}},
		{"“十五五”时期：全市地区生产总值年均增长5.5%左右；常住人口城镇化率达到68%。今年新增学位3000个。",
			[]string{
				"地区生产总值年均增长 | approx 5.5% | growth | 2030-12-31",
				"常住人口城镇化率 | eq 68% | ratio | 2030-12-31",
				"新增学位 | eq 3000个 | increment",
			}},
		{"十五五末，常住人口城镇化率达到68%。",
			[]string{
				"常住人口城镇化率 | eq 68% | ratio | 2030-12-31",
			}},
		{"贯彻落实《“十五五”数字经济发展规划》，到2028年数字经济核心产业增加值占比达到12%。",
			[]string{
				"数字经济核心产业增加值占比 | eq 12% | ratio | 2028-12-31",
			}},
		{"依据“十四五”规划和2035年远景目标纲要，新增绿地30公顷。",
			[]string{
				"新增绿地面积 | eq 30公顷 | increment",
			}},
		{"对2015年以前建成的120个小区实施改造。",
			[]string{
				"2015年以前建成小区改造数 | eq 120个 | increment",
			}},
		{"到2027年和2030年，重点人群签约率达到60%和75%。",
			[]string{
				"重点人群签约率（2027年） | eq 60% | ratio | 2027-12-31",
				"重点人群签约率（2030年） | eq 75% | ratio | 2030-12-31",
			}},
		{"常住人口城镇化率由2024年的61.2%提高到2026年的63%。",
			[]string{
				"常住人口城镇化率 | eq 63% from 61.2 | ratio",
			}},
		{"到2030年，每万名居民拥有2—3名全科医生。",
			[]string{
				"每万名居民全科医生数 | eq 2-3名 | ratio | 2030-12-31",
			}},
		{"到2028年，产业规模达到50亿元；建成园区3个。到2030年，产业规模达到100亿元，园区5个。",
			[]string{
				"产业规模（2028年） | eq 50亿元 | cumulative | 2028-12-31",
				"建成园区数 | eq 3个 | increment | 2028-12-31",
				"产业规模（2030年） | eq 100亿元 | cumulative | 2030-12-31",
				"园区数 | eq 5个 | cumulative | 2030-12-31",
			}},
		{"优良天数比例较2020年提高3个百分点，达到90%。",
			[]string{
				"优良天数比例提高 | eq 3个百分点 | growth",
				"优良天数比例 | eq 90% | ratio",
			}},
	})
}

func TestPlanOf2026OnWhatEachPersonGets(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"居民医保人均财政补助标准达到每人每年700元，个人缴费标准400元。",
			[]string{
				"居民医保人均财政补助标准 | eq 700元 | cumulative",
				"个人缴费标准 | eq 400元 | cumulative",
			}},
		{"孤儿基本生活标准提高至每人每月1800元，特困人员供养标准不低于低保标准的1.3倍。",
			[]string{
				"孤儿基本生活标准 | eq 1800元 | cumulative",
				"特困人员供养标准不低于低保标准 | ge 1.3倍 | ratio",
			}},
		{"将城乡居民医保补助标准由每人每年670元提高到700元。",
			[]string{
				"城乡居民医保补助标准 | eq 700元 from 670 | cumulative",
			}},
		{"退休人员基本养老金每人每月提高60元，城乡居民基础养老金每人每月180元。",
			[]string{
				"退休人员基本养老金每人每月提高 | eq 60元 | increment",
				"城乡居民基础养老金金额 | eq 180元 | cumulative",
			}},
		{"城乡低保标准分别不低于每人每月900元和700元。",
			[]string{
				"城镇低保标准 | ge 900元 | cumulative",
				"农村低保标准 | ge 700元 | cumulative",
			}},
		{"困难残疾人生活补贴每人每月110元。",
			[]string{
				"困难残疾人生活补贴金额 | eq 110元 | cumulative",
			}},
		{"提高低保标准5%以上。",
			[]string{
				"提高低保标准 | ge 5% | growth",
			}},
		{"居家养老服务补贴惠及1.2万名老人，发放高龄津贴3.5亿元。",
			[]string{
				"惠及老人数 | eq 1.2万名 | increment",
				"高龄津贴发放金额 | eq 3.5亿元 | increment",
			}},
	})
}

func TestPlanOf2026OnHowReportsAddUp(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"规上工业企业由420家增加到480家，新增上市企业由2家增加到5家。",
			[]string{
				"规上工业企业数 | eq 480家 from 420 | cumulative",
				"新增上市企业数 | eq 5家 from 2 | cumulative",
			}},
		{"金融机构本外币贷款余额新增180亿元，普惠小微贷款余额突破200亿元大关。",
			[]string{
				"金融机构本外币贷款余额新增 | eq 180亿元 | increment",
				"普惠小微贷款余额 | gt 200亿元 | cumulative",
			}},
		{"城市建成区面积扩大到120平方公里，人口稳定在90万人。",
			[]string{
				"城市建成区面积 | eq 120平方公里 | cumulative",
				"人口数 | eq 90万人 | cumulative",
			}},
		{"新（改、扩）建中小学12所、新（改）建污水管网80公里。",
			[]string{
				"新建中小学数 | eq 12所 | increment",
				"新（改）建污水管网长度 | eq 80公里 | increment",
			}},
		{"汽车以旧换新8万辆、冰箱以旧换新超60万台。",
			[]string{
				"汽车以旧换新数 | eq 8万辆 | increment",
				"冰箱以旧换新数 | gt 60万台 | increment",
			}},
		{"签约项目90个，其中3亿元以上项目15个、8亿元以上项目不少于4个。",
			[]string{
				"签约项目数 | eq 90个 | increment",
				"签约3亿元以上项目数 | eq 15个 | increment",
				"签约8亿元以上项目数 | ge 4个 | increment",
			}},
		{"举办招商活动不少于24场。",
			[]string{
				"招商活动场次 | ge 24场 | increment",
			}},
		{"为适龄妇女免费筛查8000人。",
			[]string{
				"适龄妇女免费筛查人数 | eq 8000人 | increment",
			}},
		{"完成营造林25万亩，其中人工造林10万亩、封山育林15万亩。",
			[]string{
				"营造林面积 | eq 25万亩 | increment",
				"人工造林面积 | eq 10万亩 | increment",
				"封山育林面积 | eq 15万亩 | increment",
			}},
		{"用地保障不少于1.2万亩，盘活存量建设用地3000亩。",
			[]string{
				"用地保障面积 | ge 1.2万亩 | increment",
				"盘活存量建设用地面积 | eq 3000亩 | increment",
			}},
		{"培育1个千亿级、3个五百亿级、10个百亿级产业集群。",
			[]string{
				"培育千亿级产业集群数 | eq 1个 | increment",
				"培育五百亿级产业集群数 | eq 3个 | increment",
				"培育百亿级产业集群数 | eq 10个 | increment",
			}},
		{"建设市级以上创新平台25个，其中国家级1个、省级8个。",
			[]string{
				"市级以上创新平台数 | eq 25个 | increment",
				"国家级创新平台数 | eq 1个 | increment",
				"省级创新平台数 | eq 8个 | increment",
			}},
		{"经济增长预期目标定为5%左右。",
			[]string{
				"经济增长预期目标比例 | approx 5% | growth",
			}},
		{"千人口执业医师数达到3.6人，注册护士数达到4.2人。",
			[]string{
				"千人口执业医师数 | eq 3.6人 | ratio",
				"注册护士数 | eq 4.2人 | ratio",
			}},
		{"年内新建中小学13所，其中，小学4所、初中9所。",
			[]string{
				"新建中小学数 | eq 13所 | increment",
				"新建小学数 | eq 4所 | increment",
				"新建初中数 | eq 9所 | increment",
			}},
		{"“一老一小”服务设施新增托位1500个、床位800张。",
			[]string{
				"一老一小服务设施新增托位 | eq 1500个 | increment",
				"新增床位 | eq 800张 | increment",
			}},
		{"力争实现规上工业增加值1000亿元，增长8%。",
			[]string{
				"规上工业增加值 | eq 1000亿元 | increment hoped",
				"规上工业增加值增长 | eq 8% | growth",
			}},
	})
}

func TestPlanOf2026OnFloorsAndCeilings(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"各县（市、区）至少培育2个特色产业集群。",
			[]string{
				"培育特色产业集群数 | ge 2个 | increment",
			}},
		{"办理时限压缩至3个工作日内。",
			[]string{
				"办理时限 | le 3个工作日 | cumulative down",
			}},
		{"一般事项审批在5个工作日内办结，办理时限压缩至3个工作日以内。",
			[]string{
				"办理时限 | le 3个工作日 | cumulative down",
			}},
		{"每个乡镇至少建成1个养老服务中心，每个村至少有1名村医。",
			[]string{
				"每个乡镇至少建成养老服务中心数 | ge 1个 | increment",
				"每个村村医数 | ge 1名 | increment",
			}},
		{"健康素养水平、合格率分别不低于22%和30%。",
			[]string{
				"健康素养水平 | ge 22% | ratio",
				"合格率 | ge 30% | ratio",
			}},
		{"力争新增上市企业3—5家，企业总数突破30家。",
			[]string{
				"新增上市企业数 | eq 3-5家 | increment hoped",
				"企业总数 | gt 30家 | cumulative",
			}},
		{"空气质量优良天数达到320天以上，PM2.5年均浓度低于28微克/立方米。",
			[]string{
				"空气质量优良天数 | ge 320天 | cumulative",
				"PM2.5年均浓度 | lt 28微克/立方米 | cumulative down",
			}},
		{"原则上每个县不少于2家三级医院。",
			[]string{
				"每个县三级医院数 | ge 2家 | increment",
			}},
	})
}

func TestPlanOf2026OnNamesInALedger(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"油菜播种面积52.5万亩以上、产量4.2亿斤以上。",
			[]string{
				"油菜播种面积 | ge 52.5万亩 | cumulative",
				"油菜产量 | ge 4.2亿斤 | increment",
			}},
		{"向上推荐企业3家，在线监测联网率达到50%以上。",
			[]string{
				"向上推荐企业数 | eq 3家 | increment",
				"在线监测联网率 | ge 50% | ratio",
			}},
		{"在6大重点领域推进28项重点任务。",
			[]string{
				"重点任务数 | eq 28项 | increment",
			}},
		{"帮助100余家企业办理续贷10亿元。",
			[]string{
				"帮助企业数 | ge 100家 | increment",
				"办理续贷金额 | eq 10亿元 | increment",
			}},
		{"新建高标准农田1万亩，另行改造提升0.5万亩。",
			[]string{
				"新建高标准农田面积 | eq 1万亩 | increment",
				"改造提升高标准农田面积 | eq 0.5万亩 | increment",
			}},
		{"培养农艺师、技师分别达到300名、900名。",
			[]string{
				"培养农艺师数 | eq 300名 | increment",
				"培养技师数 | eq 900名 | increment",
			}},
		{"城镇和农村居民人均可支配收入分别增长5%、6%。",
			[]string{
				"城镇居民人均可支配收入增长 | eq 5% | growth",
				"农村居民人均可支配收入增长 | eq 6% | growth",
			}},
		{"单位GDP用水量、能耗分别下降3%、2%。",
			[]string{
				"单位GDP用水量下降 | eq 3% | growth down",
				"单位GDP能耗下降 | eq 2% | growth down",
			}},
		{"家庭医生签约服务覆盖率达到45%，其中重点人群达80%。",
			[]string{
				"家庭医生签约服务覆盖率 | eq 45% | ratio",
				"重点人群家庭医生签约服务覆盖率 | eq 80% | ratio",
			}},
		{"省级名品村力争新增10个以上。",
			[]string{
				"省级名品村新增数 | ge 10个 | increment hoped",
			}},
		{"接待游客1100万人次、实现旅游收入95亿元。",
			[]string{
				"接待游客 | eq 1100万人次 | increment",
				"旅游收入 | eq 95亿元 | increment",
			}},
		{"食品抽检不少于6批次/千人。",
			[]string{
				"食品抽检量 | ge 6批次/千人 | ratio",
			}},
		{"棚户区改造开工2600套、基本建成1800套。",
			[]string{
				"棚户区改造开工数 | eq 2600套 | increment",
				"棚户区改造基本建成数 | eq 1800套 | increment",
			}},
		{"九年义务教育巩固率保持在99%。",
			[]string{
				"九年义务教育巩固率 | eq 99% | ratio",
			}},
	})
}
