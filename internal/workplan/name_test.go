package workplan

import (
	"slices"
	"testing"
)

func TestNamesOfIndicators(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []string
	}{
		{"a verb and what is counted", "新增高新技术企业30家以上。", []string{"新增高新技术企业数"}},
		{"without who strives and when", "力争年内新增高新技术企业30家。", []string{"新增高新技术企业数"}},
		{"without where, when it is the whole place", "全市新增护理床位200张。", []string{"新增护理床位"}},
		{"the thing after the number", "新建1处生活垃圾分类科普场馆。", []string{"新建生活垃圾分类科普场馆数"}},
		{"without what describes the thing", "打造10个群众满意、特色鲜明的智慧社区。", []string{"智慧社区数"}},
		{"those who do something", "组织4家以上企业申报省重点项目。", []string{"申报省重点项目企业数"}},
		{"those something is done for", "为660户困难家庭进行适老化改造。", []string{"困难家庭适老化改造户数"}},
		{"a level", "粮食播种面积44.16万亩以上。", []string{"粮食播种面积"}},
		{"a share", "水土保持率达到75.4%。", []string{"水土保持率"}},
		{"a share of a group", "全市70%的中小学建成智慧校园。", []string{"建成智慧校园的中小学比例"}},
		{"a change", "软件业务收入增长4%左右。", []string{"软件业务收入增长"}},
		{"a change without what it is measured from", "跨境电商进出口较去年增长10%以上。", []string{"跨境电商进出口增长"}},
		{"a change that has to be", "二氧化硫排放量要下降3%。", []string{"二氧化硫排放量下降"}},
		{"an area", "治理水土流失10平方公里。", []string{"治理水土流失面积"}},
		{"a length", "更新改造供水管网800公里。", []string{"更新改造供水管网长度"}},
		{"money", "投放绿色信贷20亿元。", []string{"绿色信贷投放金额"}},
		{"events", "开展宣传教育活动50场次以上。", []string{"宣传教育活动场次"}},
		{"a verb for a list", "新增省级企业10家,国家级企业2家。", []string{"新增省级企业数", "新增国家级企业数"}},
		{"a thing for a list", "高标准农田新建1万亩、提升改造0.5万亩。", []string{"高标准农田新建面积", "高标准农田提升改造面积"}},
		{"a thing of the clause before", "规上企业总数稳步增加,达到1200家。", []string{"抓好落实数"}},
		{"a yearly change of the thing before", "总产值突破3000亿元,年均增长12%左右。", []string{"总产值", "总产值年均增长"}},
		{"names from the list of 分别", "甲产业产值、乙产业产值分别达到10亿元、12亿元。", []string{"甲产业产值", "乙产业产值"}},
		{"what the paragraph is about", "石化产业持续提质。产值突破1300亿元。", []string{"石化产业产值"}},
		{"not what another paragraph is about", "石化产业持续提质。\n产值突破1300亿元。", []string{"产值"}},
		{"without saying 产业 twice", "石化产业持续提质。产业投资超过100亿元。", []string{"石化产业投资"}},
		{"the second of two verbs", "建设高标准农田。其中完成新建3.2万亩。", []string{"新建面积（抓好落实）"}},
		{"a part that closes its bracket", "新建学校8所(其中小学5所)提升办学水平。", []string{"新建学校数", "新建小学数"}},
		{"things that stand in a list after the number", "改造6所乡村学校、32所乡村幼儿园。", []string{"改造乡村学校数", "改造乡村幼儿园数"}},
		{"without a mark of a point", "①新建救援站点14处；②配备装备320台（套）。", []string{"新建救援站点数", "配备装备数"}},
		{"words that only begin like fillers", "基本医疗保险参保率稳定在95%以上。", []string{"基本医疗保险参保率"}},
		{"对外 is no 对", "对外贸易额达到50亿元。", []string{"对外贸易额"}},
		{"without quotation marks", "处置“僵尸企业”15户。", []string{"处置僵尸企业数"}},
		{"brackets in the writing of a ledger", "新增老年大学(学校)学位3万个。", []string{"新增老年大学（学校）学位"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, in := range read(c.sentence) {
				got = append(got, in.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
			}
		})
	}
}

func TestNamesOfASeries(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []string
	}{
		{"name the things that the list names", "东县、西县收入分别增长5%、6%。", []string{"东县收入增长", "西县收入增长"}},
		{"leave out the years", "2023年、2024年甲产值分别达到5亿元、6亿元。", []string{"甲产值（2023年）", "甲产值（2024年）"}},
		{"are the same thing's where the list is shorter", "居民收入分别增长5%和6%。", []string{"居民收入增长", "居民收入增长（2）"}},
		{"need more than one number", "收入分别增长5%。", []string{"收入增长"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, in := range read(c.sentence) {
				got = append(got, in.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
			}
		})
	}
}

func TestNamesWithinATaskDiffer(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []string
	}{
		{"by year", "2023年底前覆盖率达到60%,2025年底覆盖率达到90%。", []string{"覆盖率（2023年）", "覆盖率（2025年）"}},
		{"by month", "6月底前加装电梯30台；9月底前加装电梯50台。", []string{"加装电梯数（6月）", "加装电梯数（9月）"}},
		{"by what is hoped for", "单位能耗下降13.5%,力争下降15%。", []string{"单位能耗下降", "单位能耗下降（力争）"}},
		{"by a number where nothing else does", "新增企业3家。新增企业5家。新增企业7家。", []string{"新增企业数", "新增企业数（2）", "新增企业数（3）"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, in := range read(c.sentence) {
				got = append(got, in.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
			}
		})
	}
}

func TestQuotesAreShort(t *testing.T) {
	cases := map[string]string{
		"力争年内新增高新技术企业30家以上,加强服务。":    "新增高新技术企业30家以上",
		"全年再打造10个以上智慧社区，提升治理。":       "打造10个以上智慧社区",
		"到2023年底，实现基站数量突破1235个。":     "基站数量突破1235个",
		"深化改革，粮食播种面积稳定在 44.16 万亩以上。": "粮食播种面积稳定在 44.16 万亩以上",
		"新增学位2万个。":                   "新增学位2万个",
	}
	for sentence, want := range cases {
		t.Run(want, func(t *testing.T) {
			if got := readOne(t, sentence).Source.Quote; got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
