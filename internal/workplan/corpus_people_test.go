package workplan

import "testing"

func TestSentencesOnServicesForPeople(t *testing.T) {
	checkReadings(t, []reading{
		{"新增护理型床位1500张，为2300户困难家庭实施适老化改造。",
			[]string{
				"新增护理型床位 | eq 1500张 | increment",
				"困难家庭适老化改造户数 | eq 2300户 | increment",
			}},
		{"开展职业技能培训4.2万人次，新培养高技能人才6000人。",
			[]string{
				"职业技能培训人次 | eq 4.2万人次 | increment",
				"新培养高技能人才数 | eq 6000人 | increment",
			}},
		{"引进高层次人才30名左右，培育乡村工匠200名。",
			[]string{
				"引进高层次人才数 | approx 30名 | increment",
				"培育乡村工匠数 | eq 200名 | increment",
			}},
		{"每千人口拥有托位数达到4.6个，普惠托位占比不低于60%。",
			[]string{
				"每千人口拥有托位数 | eq 4.6个 | ratio",
				"普惠托位占比 | ge 60% | ratio",
			}},
		{"基本医疗保险参保率稳定在96%以上。",
			[]string{
				"基本医疗保险参保率 | ge 96% | ratio",
			}},
		{"城乡低保标准每人每月提高40元，特困供养标准提高到1350元。",
			[]string{
				"城乡低保标准每人每月提高 | eq 40元 | increment",
				"特困供养标准 | eq 1350元 | cumulative",
			}},
		{"为65岁以上老年人免费体检18万人次。",
			[]string{
				"65岁以上老年人免费体检人次 | eq 18万人次 | increment",
			}},
		{"家庭医生签约服务覆盖率达到75%以上，签约团队不少于600个。",
			[]string{
				"家庭医生签约服务覆盖率 | ge 75% | ratio",
				"签约团队数 | ge 600个 | increment",
			}},
		{"举办惠民演出500场，送书下乡3万册。",
			[]string{
				"惠民演出场次 | eq 500场 | increment",
				"送书下乡数 | eq 3万册 | increment",
			}},
		{"组织招聘活动240场次以上，提供岗位10万个。",
			[]string{
				"招聘活动场次 | ge 240场次 | increment",
				"提供岗位 | eq 10万个 | increment",
			}},
		{"建成社区食堂45家，服务老年人不少于80万人次。",
			[]string{
				"社区食堂数 | eq 45家 | increment",
				"服务老年人人次 | ge 80万人次 | increment",
			}},
		{"义务教育巩固率保持在99%以上，公办园在园幼儿占比达到55%。",
			[]string{
				"义务教育巩固率 | ge 99% | ratio",
				"公办园在园幼儿占比 | eq 55% | ratio",
			}},
		{"残疾儿童康复救助人数达到1200名。",
			[]string{
				"残疾儿童康复救助人数 | eq 1200名 | cumulative",
			}},
		{"选派科技特派员300名，服务农户1万户以上。",
			[]string{
				"选派科技特派员数 | eq 300名 | increment",
				"服务农户数 | ge 1万户 | increment",
			}},
	})
}
