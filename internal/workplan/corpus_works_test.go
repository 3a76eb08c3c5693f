package workplan

import "testing"

func TestPlanOf2026OnTransport(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"新建改建农村公路260公里，实施农村公路养护工程900公里。",
			[]string{
				"新建改建农村公路里程 | eq 260公里 | increment",
				"农村公路养护工程长度 | eq 900公里 | increment",
			}},
		{"高速公路通车里程突破1200公里，普通国省道优良路率达到92%以上。",
			[]string{
				"高速公路通车里程 | gt 1200公里 | cumulative",
				"普通国省道优良路率 | ge 92% | ratio",
			}},
		{"港口货物吞吐量达到1.8亿吨，集装箱吞吐量增长10%。",
			[]string{
				"港口货物吞吐量 | eq 1.8亿吨 | increment",
				"集装箱吞吐量增长 | eq 10% | growth",
			}},
		{"新开国际货运航线3条，旅客吞吐量突破800万人次。",
			[]string{
				"新开国际货运航线数 | eq 3条 | increment",
				"旅客吞吐量 | gt 800万人次 | increment",
			}},
		{"开行中欧班列300列，回程班列占比达到45%。",
			[]string{
				"开行中欧班列数 | eq 300列 | increment",
				"回程班列占比 | eq 45% | ratio",
			}},
		{"完成危旧桥梁改造85座、公路安全生命防护工程120公里。",
			[]string{
				"危旧桥梁改造数 | eq 85座 | increment",
				"公路安全生命防护工程长度 | eq 120公里 | increment",
			}},
		{"新增公交线路12条、优化15条，绿色出行比例达到72%。",
			[]string{
				"新增公交线路数 | eq 12条 | increment",
				"优化公交线路数 | eq 15条 | increment",
				"绿色出行比例 | eq 72% | ratio",
			}},
		{"轨道交通2号线年内完成投资45亿元，开工换乘站6座。",
			[]string{
				"轨道交通2号线年内完成投资 | eq 45亿元 | increment",
				"开工换乘站数 | eq 6座 | increment",
			}},
	})
}

func TestPlanOf2026OnWater(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"新建水库2座，完成病险水库除险加固35座。",
			[]string{
				"新建水库数 | eq 2座 | increment",
				"病险水库除险加固数 | eq 35座 | increment",
			}},
		{"农村自来水普及率达到96%，规模化供水工程覆盖率提高到72%。",
			[]string{
				"农村自来水普及率 | eq 96% | ratio",
				"规模化供水工程覆盖率 | eq 72% | ratio",
			}},
		{"新增高效节水灌溉面积12万亩，改造大中型灌区3个。",
			[]string{
				"新增高效节水灌溉面积 | eq 12万亩 | increment",
				"改造大中型灌区数 | eq 3个 | increment",
			}},
		{"治理中小河流80公里，清淤疏浚河道150公里。",
			[]string{
				"治理中小河流长度 | eq 80公里 | increment",
				"清淤疏浚河道长度 | eq 150公里 | increment",
			}},
		{"年用水总量控制在38亿立方米以内，非常规水利用量达到1.2亿立方米。",
			[]string{
				"年用水总量 | le 38亿立方米 | cumulative down",
				"非常规水利用量 | eq 1.2亿立方米 | cumulative",
			}},
		{"新增水土流失治理面积90平方公里，水土保持率达到88.5%。",
			[]string{
				"新增水土流失治理面积 | eq 90平方公里 | increment",
				"水土保持率 | eq 88.5% | ratio",
			}},
	})
}

func TestPlanOf2026OnEnergy(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"新增光伏装机80万千瓦、风电装机60万千瓦、新型储能20万千瓦。",
			[]string{
				"新增光伏装机 | eq 80万千瓦 | increment",
				"新增风电装机 | eq 60万千瓦 | increment",
				"新增新型储能 | eq 20万千瓦 | increment",
			}},
		{"煤炭产量稳定在2.5亿吨，电煤保供完成1亿吨。",
			[]string{
				"煤炭产量 | eq 2.5亿吨 | increment",
				"电煤保供完成量 | eq 1亿吨 | increment",
			}},
		{"规上工业综合能源消费量下降2%，绿电交易量突破40亿千瓦时。",
			[]string{
				"规上工业综合能源消费量下降 | eq 2% | growth down",
				"绿电交易量 | gt 40亿千瓦时 | cumulative",
			}},
		{"新建220千伏变电站3座、110千伏变电站8座。",
			[]string{
				"新建220千伏变电站数 | eq 3座 | increment",
				"新建110千伏变电站数 | eq 8座 | increment",
			}},
		{"新建公共充电桩3000个、超充站40座、换电站12座。",
			[]string{
				"新建公共充电桩数 | eq 3000个 | increment",
				"新建超充站数 | eq 40座 | increment",
				"新建换电站数 | eq 12座 | increment",
			}},
		{"完成煤电机组“三改联动”200万千瓦。",
			[]string{
				"煤电机组三改联动 | eq 200万千瓦 | increment",
			}},
		{"淘汰落后产能60万吨，创建绿色工厂20家、绿色园区2个。",
			[]string{
				"淘汰落后产能 | eq 60万吨 | increment",
				"创建绿色工厂数 | eq 20家 | increment",
				"创建绿色园区数 | eq 2个 | increment",
			}},
		{"城镇新建建筑中星级绿色建筑占比达到35%以上。",
			[]string{
				"城镇新建建筑中星级绿色建筑占比 | ge 35% | ratio",
			}},
		{"天然气供应量达到12亿立方米，储气能力提高到5000万立方米。",
			[]string{
				"天然气供应量 | eq 12亿立方米 | cumulative",
				"储气能力 | eq 5000万立方米 | cumulative",
			}},
	})
}

func TestPlanOf2026OnSafety(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"亿元GDP生产安全事故死亡率下降8%，生产安全事故起数下降5%以上。",
			[]string{
				"亿元GDP生产安全事故死亡率下降 | eq 8% | growth down",
				"生产安全事故起数下降 | ge 5% | growth down",
			}},
		{"排查整治重大事故隐患300处，整改率达到100%。",
			[]string{
				"排查整治重大事故隐患数 | eq 300处 | increment",
				"重大事故隐患整改率 | eq 100% | ratio",
			}},
		{"新建微型消防站120个、应急避难场所30处，储备救灾物资5000件（套）。",
			[]string{
				"新建微型消防站数 | eq 120个 | increment",
				"新建应急避难场所数 | eq 30处 | increment",
				"储备救灾物资数 | eq 5000件（套） | increment",
			}},
		{"食品评价性抽检合格率稳定在98%以上，药品抽检合格率不低于99%。",
			[]string{
				"食品评价性抽检合格率 | ge 98% | ratio",
				"药品抽检合格率 | ge 99% | ratio",
			}},
		{"刑事案件发案率下降6%，电信网络诈骗案件损失下降10%。",
			[]string{
				"刑事案件发案率下降 | eq 6% | growth down",
				"电信网络诈骗案件损失下降 | eq 10% | growth down",
			}},
		{"调解矛盾纠纷2万件，调解成功率达到98%以上。",
			[]string{
				"调解矛盾纠纷数 | eq 2万件 | increment",
				"调解成功率 | ge 98% | ratio",
			}},
		{"建成智慧安防小区200个，新增视频监控3000路。",
			[]string{
				"智慧安防小区数 | eq 200个 | increment",
				"新增视频监控 | eq 3000路 | increment",
			}},
		{"培训应急救护员8000名，开展应急演练600场次。",
			[]string{
				"培训应急救护员数 | eq 8000名 | increment",
				"应急演练场次 | eq 600场次 | increment",
			}},
	})
}
