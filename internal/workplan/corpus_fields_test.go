package workplan

import "testing"

func TestPlanOf2026OnHealth(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"家庭医生签约服务覆盖率提高到50%，重点人群签约率稳定在85%以上。",
			[]string{
				"家庭医生签约服务覆盖率 | eq 50% | ratio",
				"重点人群签约率 | ge 85% | ratio",
			}},
		{"新增三级医院2家、二级医院3家，每千人口床位数达到7.5张。",
			[]string{
				"新增三级医院数 | eq 2家 | increment",
				"新增二级医院数 | eq 3家 | increment",
				"每千人口床位数 | eq 7.5张 | ratio",
			}},
		{"65岁以上老年人健康管理率达到72%以上。",
			[]string{
				"65岁以上老年人健康管理率 | ge 72% | ratio",
			}},
		{"适龄女生HPV疫苗接种率达到90%，全年接种1.2万剂次。",
			[]string{
				"适龄女生HPV疫苗接种率 | eq 90% | ratio",
				"接种数 | eq 1.2万剂次 | increment",
			}},
		{"新建改扩建村卫生室120个，配备智慧健康设备300台（套）。",
			[]string{
				"新建改扩建村卫生室数 | eq 120个 | increment",
				"配备智慧健康设备数 | eq 300台（套） | increment",
			}},
		{"居民健康素养水平提升到33%，人均预期寿命提高到80.5岁。",
			[]string{
				"居民健康素养水平 | eq 33% | ratio",
				"人均预期寿命 | eq 80.5岁 | cumulative",
			}},
		{"婴儿死亡率控制在3.5‰以内，5岁以下儿童死亡率控制在5‰以内。",
			[]string{
				"婴儿死亡率 | le 3.5‰ | ratio down",
				"5岁以下儿童死亡率 | le 5‰ | ratio down",
			}},
		{"开展“健康义诊”进乡村活动200场，服务群众5万人次。",
			[]string{
				"健康义诊进乡村活动场次 | eq 200场 | increment",
				"服务群众人次 | eq 5万人次 | increment",
			}},
		{"千人口执业（助理）医师数达到3.6人，注册护士数达到4.2人。",
			[]string{
				"千人口执业（助理）医师数 | eq 3.6人 | ratio",
				"注册护士数 | eq 4.2人 | ratio",
			}},
		{"每万人口全科医生数达到4名，公立医院门诊次均费用增幅控制在5%以内。",
			[]string{
				"每万人口全科医生数 | eq 4名 | ratio",
				"公立医院门诊次均费用增幅 | le 5% | growth down",
			}},
		{"为50万名城乡居民建立电子健康档案，动态使用率达到65%。",
			[]string{
				"城乡居民建立电子健康档案数 | eq 50万名 | increment",
				"动态使用率 | eq 65% | ratio",
			}},
		{"遴选市级重点专科15个，引进高层次卫生人才30名。",
			[]string{
				"遴选市级重点专科数 | eq 15个 | increment",
				"引进高层次卫生人才数 | eq 30名 | increment",
			}},
	})
}

func TestPlanOf2026OnEducation(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"新建公办幼儿园8所，新增学位2400个，公办园在园幼儿占比达到60%以上。",
			[]string{
				"新建公办幼儿园数 | eq 8所 | increment",
				"新增学位 | eq 2400个 | increment",
				"公办园在园幼儿占比 | ge 60% | ratio",
			}},
		{"九年义务教育巩固率保持在99%，高中阶段毛入学率达到96.5%。",
			[]string{
				"九年义务教育巩固率 | eq 99% | ratio",
				"高中阶段毛入学率 | eq 96.5% | ratio",
			}},
		{"招聘教师800名，其中县域高中教师120名、乡村教师300名。",
			[]string{
				"招聘教师数 | eq 800名 | increment",
				"招聘县域高中教师数 | eq 120名 | increment",
				"招聘乡村教师数 | eq 300名 | increment",
			}},
		{"建成“名校+”教育共同体20个，覆盖学校60所。",
			[]string{
				"名校+教育共同体数 | eq 20个 | increment",
				"覆盖学校数 | eq 60所 | increment",
			}},
		{"职业院校新增专业12个，校企共建实训基地10个。",
			[]string{
				"职业院校新增专业数 | eq 12个 | increment",
				"校企共建实训基地数 | eq 10个 | cumulative",
			}},
		{"为3.2万名学生提供课后服务，参与率达到95%以上。",
			[]string{
				"学生课后服务人数 | eq 3.2万名 | increment",
				"参与率 | ge 95% | ratio",
			}},
		{"改造学校食堂45个，配备空调6000台。",
			[]string{
				"改造学校食堂数 | eq 45个 | increment",
				"配备空调数 | eq 6000台 | increment",
			}},
		{"培养“双师型”教师200名，占专业课教师比例达到65%。",
			[]string{
				"培养双师型教师数 | eq 200名 | increment",
				"占专业课教师比例 | eq 65% | ratio",
			}},
		{"生均公用经费标准提高到每生每年850元。",
			[]string{
				"生均公用经费标准 | eq 850元 | cumulative",
			}},
		{"学前教育毛入园率达到93%，普惠率达到90%以上。",
			[]string{
				"学前教育毛入园率 | eq 93% | ratio",
				"普惠率 | ge 90% | ratio",
			}},
	})
}

func TestPlanOf2026OnHousingAndStreets(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"改造城镇老旧小区120个、惠及居民2.4万户，加装电梯80部。",
			[]string{
				"改造城镇老旧小区数 | eq 120个 | increment",
				"惠及居民数 | eq 2.4万户 | increment",
				"加装电梯数 | eq 80部 | increment",
			}},
		{"筹集保障性租赁住房5000套（间），发放租赁补贴3000户。",
			[]string{
				"筹集保障性租赁住房数 | eq 5000套（间） | increment",
				"发放租赁补贴数 | eq 3000户 | increment",
			}},
		{"棚户区改造开工2600套、基本建成1800套。",
			[]string{
				"棚户区改造开工数 | eq 2600套 | increment",
				"棚户区改造基本建成数 | eq 1800套 | increment",
			}},
		{"新建口袋公园20个、绿道50公里，新增公园绿地80公顷。",
			[]string{
				"新建口袋公园数 | eq 20个 | increment",
				"新建绿道长度 | eq 50公里 | increment",
				"新增公园绿地面积 | eq 80公顷 | increment",
			}},
		{"新建改造燃气管网120公里、供水管网90公里、污水管网60公里。",
			[]string{
				"新建改造燃气管网长度 | eq 120公里 | increment",
				"新建改造供水管网长度 | eq 90公里 | increment",
				"新建改造污水管网长度 | eq 60公里 | increment",
			}},
		{"城市生活垃圾回收利用率达到38%，建筑垃圾资源化利用率达到75%。",
			[]string{
				"城市生活垃圾回收利用率 | eq 38% | ratio",
				"建筑垃圾资源化利用率 | eq 75% | ratio",
			}},
		{"既有建筑节能改造30万平方米，新建建筑中绿色建筑占比达到100%。",
			[]string{
				"既有建筑节能改造面积 | eq 30万平方米 | increment",
				"新建建筑中绿色建筑占比 | eq 100% | ratio",
			}},
		{"打通断头路10条，改造背街小巷65条，新增公共停车位1.2万个。",
			[]string{
				"打通断头路数 | eq 10条 | increment",
				"改造背街小巷数 | eq 65条 | increment",
				"新增公共停车位数 | eq 1.2万个 | increment",
			}},
		{"整治城市内涝点15处，完成雨污分流改造45公里。",
			[]string{
				"整治城市内涝点数 | eq 15处 | increment",
				"雨污分流改造长度 | eq 45公里 | increment",
			}},
		{"盘活闲置土地2000亩、闲置厂房30万平方米。",
			[]string{
				"盘活闲置土地面积 | eq 2000亩 | increment",
				"盘活闲置厂房面积 | eq 30万平方米 | increment",
			}},
		{"老旧小区改造后物业服务覆盖率达到80%以上。",
			[]string{
				"老旧小区改造后物业服务覆盖率 | ge 80% | ratio",
			}},
	})
}

func TestPlanOf2026OnFieldsAndVillages(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"粮食播种面积稳定在450万亩，总产量达到40亿斤。",
			[]string{
				"粮食播种面积 | eq 450万亩 | cumulative",
				"粮食总产量 | eq 40亿斤 | increment",
			}},
		{"新建高标准农田15万亩、改造提升8万亩，发展高效节水灌溉5万亩。",
			[]string{
				"新建高标准农田面积 | eq 15万亩 | increment",
				"改造提升高标准农田面积 | eq 8万亩 | increment",
				"发展高效节水灌溉面积 | eq 5万亩 | increment",
			}},
		{"生猪出栏稳定在200万头，能繁母猪保有量保持在18万头以上。",
			[]string{
				"生猪出栏数 | eq 200万头 | cumulative",
				"能繁母猪保有量 | ge 18万头 | cumulative",
			}},
		{"新增农业产业化省级龙头企业6家，农产品加工业产值突破300亿元。",
			[]string{
				"新增农业产业化省级龙头企业数 | eq 6家 | increment",
				"农产品加工业产值 | gt 300亿元 | increment",
			}},
		{"创建国家现代农业产业园1个、省级农业产业强镇3个。",
			[]string{
				"创建国家现代农业产业园数 | eq 1个 | increment",
				"创建省级农业产业强镇数 | eq 3个 | increment",
			}},
		{"主要农作物耕种收综合机械化率达到82%，新增农机装备2000台（套）。",
			[]string{
				"主要农作物耕种收综合机械化率 | eq 82% | ratio",
				"新增农机装备数 | eq 2000台（套） | increment",
			}},
		{"新认证绿色食品和有机农产品30个，培育区域公用品牌2个。",
			[]string{
				"新认证绿色食品和有机农产品数 | eq 30个 | increment",
				"培育区域公用品牌数 | eq 2个 | increment",
			}},
		{"村集体经济收入20万元以上的村占比达到70%。",
			[]string{
				"村集体经济收入20万元以上村占比 | eq 70% | ratio",
			}},
		{"完成农村户厕改造1.5万户，农村生活污水治理率提高到55%。",
			[]string{
				"农村户厕改造户数 | eq 1.5万户 | increment",
				"农村生活污水治理率 | eq 55% | ratio",
			}},
		{"培训高素质农民3000人，新增家庭农场200家、农民合作社50家。",
			[]string{
				"培训高素质农民数 | eq 3000人 | increment",
				"新增家庭农场数 | eq 200家 | increment",
				"新增农民合作社数 | eq 50家 | increment",
			}},
		{"建设和美乡村示范村25个，整治提升村庄100个。",
			[]string{
				"和美乡村示范村数 | eq 25个 | increment",
				"整治提升村庄数 | eq 100个 | increment",
			}},
		{"农村居民人均可支配收入增长7.5%，脱贫人口收入增速高于全省农民收入增速1个百分点以上。",
			[]string{
				"农村居民人均可支配收入增长 | eq 7.5% | growth",
				"脱贫人口收入增速高于全省农民收入增速 | ge 1个百分点 | growth",
			}},
		{"肉蛋奶总产量稳定在60万吨，水产品产量达到12万吨。",
			[]string{
				"肉蛋奶总产量 | eq 60万吨 | increment",
				"水产品产量 | eq 12万吨 | increment",
			}},
		{"化肥农药使用量较2020年减少5%，畜禽粪污综合利用率达到83%以上。",
			[]string{
				"化肥农药使用量减少 | eq 5% | growth down",
				"畜禽粪污综合利用率 | ge 83% | ratio",
			}},
		{"完成造林绿化12万亩，其中封山育林4万亩。",
			[]string{
				"造林绿化面积 | eq 12万亩 | increment",
				"封山育林面积 | eq 4万亩 | increment",
			}},
	})
}
