package workplan

import "testing"

func TestPlanOf2026OnTrade(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"进出口总额增长8%，实际使用外资突破6亿美元。",
			[]string{
				"进出口总额增长 | eq 8% | growth",
				"实际使用外资 | gt 6亿美元 | increment",
			}},
		{"社会消费品零售总额达到1500亿元，网络零售额增长15%以上。",
			[]string{
				"社会消费品零售总额 | eq 1500亿元 | increment",
				"网络零售额增长 | ge 15% | growth",
			}},
		{"新增限额以上商贸企业120家，培育首店30家。",
			[]string{
				"新增限额以上商贸企业数 | eq 120家 | increment",
				"培育首店数 | eq 30家 | increment",
			}},
		{"跨境电商交易额达到90亿元，新增海外仓5个。",
			[]string{
				"跨境电商交易额 | eq 90亿元 | increment",
				"新增海外仓数 | eq 5个 | increment",
			}},
		{"举办促消费活动200场以上，发放消费券8000万元。",
			[]string{
				"促消费活动场次 | ge 200场 | increment",
				"消费券发放金额 | eq 8000万元 | increment",
			}},
		{"新签约亿元以上项目160个，到位资金400亿元，开工率不低于70%。",
			[]string{
				"新签约亿元以上项目数 | eq 160个 | increment",
				"到位资金 | eq 400亿元 | increment",
				"开工率 | ge 70% | ratio",
			}},
		{"认定老字号企业15家，打造特色商业街区4条。",
			[]string{
				"认定老字号企业数 | eq 15家 | increment",
				"特色商业街区数 | eq 4条 | increment",
			}},
	})
}

func TestPlanOf2026OnGovernment(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"政务服务事项网办率达到95%以上，“一件事”办件量突破60万件。",
			[]string{
				"政务服务事项网办率 | ge 95% | ratio",
				"一件事办件量 | gt 60万件 | cumulative",
			}},
		{"企业开办时间压缩至1个工作日，不动产登记压缩至2个工作日。",
			[]string{
				"企业开办时间 | eq 1个工作日 | cumulative down",
				"不动产登记时限 | eq 2个工作日 | cumulative down",
			}},
		{"新登记经营主体5万户，其中企业1.5万户。",
			[]string{
				"新登记经营主体数 | eq 5万户 | increment",
				"新登记企业数 | eq 1.5万户 | increment",
			}},
		{"国有企业资产负债率控制在65%以下，资产总额突破3000亿元。",
			[]string{
				"国有企业资产负债率 | le 65% | ratio down",
				"资产总额 | gt 3000亿元 | cumulative",
			}},
		{"高频事项“跨省通办”达到200项，电子证照应用率提高到85%。",
			[]string{
				"高频事项跨省通办数 | eq 200项 | cumulative",
				"电子证照应用率 | eq 85% | ratio",
			}},
		{"减税降费50亿元以上，清理拖欠账款10亿元。",
			[]string{
				"减税降费金额 | ge 50亿元 | increment",
				"清理拖欠账款金额 | eq 10亿元 | increment",
			}},
		{"培育“白名单”企业500家，新增授信120亿元。",
			[]string{
				"培育白名单企业数 | eq 500家 | increment",
				"新增授信金额 | eq 120亿元 | increment",
			}},
		{"直接融资规模达到300亿元，新增上市挂牌企业12家。",
			[]string{
				"直接融资规模 | eq 300亿元 | cumulative",
				"新增上市挂牌企业数 | eq 12家 | increment",
			}},
	})
}

func TestPlanOf2026OnResearch(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"全社会研发经费投入增长12%，投入强度提高到2.6%。",
			[]string{
				"全社会研发经费投入增长 | eq 12% | growth",
				"投入强度 | eq 2.6% | ratio",
			}},
		{"高新技术企业达到1500家，净增200家以上。",
			[]string{
				"高新技术企业数 | eq 1500家 | cumulative",
				"净增高新技术企业数 | ge 200家 | increment",
			}},
		{"实施“揭榜挂帅”项目20项，突破关键核心技术30项。",
			[]string{
				"揭榜挂帅项目数 | eq 20项 | increment",
				"突破关键核心技术数 | eq 30项 | increment",
			}},
		{"新建新型研发机构5家、中试基地3个，引育领军人才团队15个。",
			[]string{
				"新建新型研发机构数 | eq 5家 | increment",
				"新建中试基地数 | eq 3个 | increment",
				"引育领军人才团队数 | eq 15个 | increment",
			}},
		{"科技成果转化率提高到45%，技术合同登记额增长20%。",
			[]string{
				"科技成果转化率 | eq 45% | ratio",
				"技术合同登记额增长 | eq 20% | growth",
			}},
		{"财政科技支出增长10%以上，科技贷款余额突破500亿元。",
			[]string{
				"财政科技支出增长 | ge 10% | growth",
				"科技贷款余额 | gt 500亿元 | cumulative",
			}},
		{"建设5G-A基站2000个，10G-PON端口达到8万个。",
			[]string{
				"5G-A基站数 | eq 2000个 | increment",
				"10G-PON端口数 | eq 8万个 | cumulative",
			}},
		{"千兆用户占比超过35%，数据中心标准机架达到2万架。",
			[]string{
				"千兆用户占比 | gt 35% | ratio",
				"数据中心标准机架数 | eq 2万架 | cumulative",
			}},
		{"低空航线达到15条，无人机物流配送突破20万单。",
			[]string{
				"低空航线数 | eq 15条 | cumulative",
				"无人机物流配送数 | gt 20万单 | cumulative",
			}},
		{"发放“科技创新券”2000万元，服务企业600家。",
			[]string{
				"科技创新券发放金额 | eq 2000万元 | increment",
				"服务企业数 | eq 600家 | increment",
			}},
	})
}

func TestPlanOf2026OnCultureAndTravel(t *testing.T) {
	checkReadingsIn(t, 2026, []reading{
		{"创作大型舞台剧目5部，送戏下乡1200场，放映农村电影9000场。",
			[]string{
				"创作大型舞台剧目数 | eq 5部 | increment",
				"送戏下乡场次 | eq 1200场 | increment",
				"放映农村电影场次 | eq 9000场 | increment",
			}},
		{"新增省级以上非遗项目6项，修缮文物保护单位20处。",
			[]string{
				"新增省级以上非遗项目数 | eq 6项 | increment",
				"修缮文物保护单位数 | eq 20处 | increment",
			}},
		{"全年接待国内游客4500万人次，旅游综合收入突破420亿元。",
			[]string{
				"接待国内游客 | eq 4500万人次 | increment",
				"旅游综合收入 | gt 420亿元 | increment",
			}},
		{"新增国家4A级旅游景区1家、省级旅游度假区2家、等级民宿15家。",
			[]string{
				"新增国家4A级旅游景区数 | eq 1家 | increment",
				"新增省级旅游度假区数 | eq 2家 | increment",
				"新增等级民宿数 | eq 15家 | increment",
			}},
		{"文化及相关产业增加值占GDP比重达到4.5%。",
			[]string{
				"文化及相关产业增加值占GDP比重 | eq 4.5% | ratio",
			}},
		{"举办马拉松等赛事活动80项次，新建体育公园6个。",
			[]string{
				"马拉松等赛事活动数 | eq 80项次 | increment",
				"新建体育公园数 | eq 6个 | increment",
			}},
		{"居民综合阅读率达到85%，人均公共图书馆藏书量达到1.1册。",
			[]string{
				"居民综合阅读率 | eq 85% | ratio",
				"人均公共图书馆藏书量 | eq 1.1册 | ratio",
			}},
		{"建设农家书屋提质点100个，举办阅读活动300场。",
			[]string{
				"农家书屋提质点数 | eq 100个 | increment",
				"阅读活动场次 | eq 300场 | increment",
			}},
	})
}
