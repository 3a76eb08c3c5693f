package workplan

import "testing"

func TestSentencesOnIndustryAndInnovation(t *testing.T) {
	checkReadings(t, []reading{
		{"新增国家高新技术企业150家，科技型中小企业入库突破1000家。",
			[]string{
				"新增国家高新技术企业数 | eq 150家 | increment",
				"科技型中小企业入库数 | gt 1000家 | increment",
			}},
		{"培育省级专精特新企业40家、国家级“小巨人”企业5家左右。",
			[]string{
				"培育省级专精特新企业数 | eq 40家 | increment",
				"培育国家级小巨人企业数 | approx 5家 | increment",
			}},
		{"实施投资3000万元以上技改项目120个，完成技改投资60亿元。",
			[]string{
				"投资3000万元以上技改项目数 | eq 120个 | increment",
				"技改投资 | eq 60亿元 | increment",
			}},
		{"引进10亿元以上项目8个、50亿元以上项目2个。",
			[]string{
				"引进10亿元以上项目数 | eq 8个 | increment",
				"引进50亿元以上项目数 | eq 2个 | increment",
			}},
		{"新能源汽车产业抓好整车放量。产值突破600亿元，产量达到15万辆。",
			[]string{
				"新能源汽车产业产值 | gt 600亿元 | increment",
				"新能源汽车产业产量 | eq 15万辆 | increment",
			}},
		{"推动300家规上企业开展数字化改造，上云企业累计超过5000家。",
			[]string{
				"规上企业数字化改造数 | eq 300家 | increment",
				"上云企业累计数 | gt 5000家 | cumulative",
			}},
		{"技术合同成交额增长20%，科技成果转化数量达到260项。",
			[]string{
				"技术合同成交额增长 | eq 20% | growth",
				"科技成果转化数量 | eq 260项 | cumulative",
			}},
		{"组织50家企业申报省级绿色工厂，创建零碳园区1个。",
			[]string{
				"申报省级绿色工厂企业数 | eq 50家 | increment",
				"创建零碳园区数 | eq 1个 | increment",
			}},
		{"盘活闲置工业用地1500—1800亩，处置僵尸企业12户。",
			[]string{
				"盘活闲置工业用地面积 | eq 1500-1800亩 | increment",
				"处置僵尸企业数 | eq 12户 | increment",
			}},
		{"发放普惠小微贷款280亿元，新增上市公司2家。",
			[]string{
				"普惠小微贷款发放金额 | eq 280亿元 | increment",
				"新增上市公司数 | eq 2家 | increment",
			}},
		{"以3家链主企业为核心，引进配套企业35家。",
			[]string{
				"引进配套企业数 | eq 35家 | increment",
			}},
		{"工业互联网平台服务企业8000家次，打造应用场景60个。",
			[]string{
				"工业互联网平台服务企业数 | eq 8000家次 | increment",
				"打造应用场景数 | eq 60个 | increment",
			}},
		{"新登记经营主体7万户以上，“个转企”1200户。",
			[]string{
				"新登记经营主体数 | ge 7万户 | increment",
				"新登记个转企数 | eq 1200户 | increment",
			}},
		{"压减粗钢产能120万吨，淘汰落后机组3台。",
			[]string{
				"压减粗钢产能 | eq 120万吨 | increment",
				"淘汰落后机组数 | eq 3台 | increment",
			}},
	})
}
