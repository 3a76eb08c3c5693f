package workplan

import "testing"

func TestSentencesOnBuildingAndCities(t *testing.T) {
	checkReadings(t, []reading{
		{"新建改扩建中小学18所，新增学位1.6万个。",
			[]string{
				"新建改扩建中小学数 | eq 18所 | increment",
				"新增学位 | eq 1.6万个 | increment",
			}},
		{"第二季度开工220千伏变电站2座，11月底前建成投用。",
			[]string{
				"开工220千伏变电站数 | eq 2座 | increment | 2023-06-30",
			}},
		{"改造老旧小区60个，惠及居民2.1万户，加装电梯90部。",
			[]string{
				"改造老旧小区数 | eq 60个 | increment",
				"惠及居民户数 | eq 2.1万户 | increment",
				"加装电梯数 | eq 90部 | increment",
			}},
		{"建成保障性租赁住房3200套（间），筹集人才公寓800套。",
			[]string{
				"建成保障性租赁住房数 | eq 3200套（间） | increment",
				"筹集人才公寓数 | eq 800套 | increment",
			}},
		{"新改建农村公路420公里，改造危桥16座，实施安防工程150公里。",
			[]string{
				"新改建农村公路里程 | eq 420公里 | increment",
				"改造危桥数 | eq 16座 | increment",
				"安防工程长度 | eq 150公里 | increment",
			}},
		{"9月底前完成雨污管网改造36.5公里，年底前消除黑臭水体4处。",
			[]string{
				"雨污管网改造长度 | eq 36.5公里 | increment | 2023-09-30",
				"消除黑臭水体数 | eq 4处 | increment",
			}},
		{"新增公共停车泊位5000个、充电桩1200个。",
			[]string{
				"新增公共停车泊位数 | eq 5000个 | increment",
				"新增充电桩数 | eq 1200个 | increment",
			}},
		{"打造口袋公园24个，新建绿道38公里，绿化覆盖率达到43%。",
			[]string{
				"口袋公园数 | eq 24个 | increment",
				"新建绿道长度 | eq 38公里 | increment",
				"绿化覆盖率 | eq 43% | ratio",
			}},
		{"总投资86亿元的12个水利项目全部开工。",
			[]string{
				"总投资86亿元水利项目全部开工数 | eq 12个 | increment",
			}},
		{"完成剩余15.2公里河道治理任务。",
			[]string{
				"河道治理长度 | eq 15.2公里 | increment",
			}},
		{"改造提升农贸市场9家、公厕120座。",
			[]string{
				"改造提升农贸市场数 | eq 9家 | increment",
				"改造提升公厕数 | eq 120座 | increment",
			}},
		{"建设5G基站2600个以上，千兆用户占比超过40%。",
			[]string{
				"5G基站数 | ge 2600个 | increment",
				"千兆用户占比 | gt 40% | ratio",
			}},
		{"实施城市更新项目34个，完成年度投资75亿元。",
			[]string{
				"城市更新项目数 | eq 34个 | increment",
				"完成年度投资 | eq 75亿元 | increment",
			}},
		{"加快推进年处理30万吨固废处置项目建设，建成垃圾分拣中心3个。",
			[]string{
				"垃圾分拣中心数 | eq 3个 | increment",
			}},
	})
}
