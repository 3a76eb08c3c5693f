package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestKinds(t *testing.T) {
	cases := map[indicator.Kind][]string{
		indicator.Increment: {
			"新增企业30家。",
			"净增限上单位30家。",
			"新建、改扩建学校21所。",
			"完成造林3万亩。",
			"举办活动20场。",
			"城镇新增就业3万人。",
			"建成充电桩不少于500个。",
			"全域河湖建设70公里。",
			"大豆扩种0.8万亩。",
			"为660户家庭进行适老化改造。",
			"支持10家以上企业开展协同创新。",
			"宣传活动50场次以上。",
			"压减钢铁产能300万吨。",
			"养老金最低标准再提高20元。",
			"联盟成员单位新发展30家。",
			"平台服务企业8000家次。",
			"全域认定示范站点达标验收30处。",
			"治理水土流失面积10平方公里。",
			"文化产业增加值突破20亿元。",
			"五年累计改造小区120个。",
		},
		indicator.Cumulative: {
			"粮食播种面积44万亩以上。",
			"入库企业数量突破300家。",
			"累计建成站点60个。",
			"能繁母猪存栏量达1万头。",
			"规模养殖场达100家。",
			"PM2.5平均浓度降至35微克/立方米以下。",
			"优良天数保持在310天以上。",
			"财政支出21亿元。",
			"人均预期寿命提高到80.2岁。",
			"达标养殖场超100家。",
			"学校食堂达标数为30个。",
			"平均办理时长3.5天。",
			"办理时限压缩到20天。",
			"人均改造面积15平方米。",
		},
		indicator.Ratio: {
			"水土保持率达到75.4%。",
			"绿色建筑占比达到100%。",
			"全市70%的学校建成智慧校园。",
			"每万人拥有基站数达到22个。",
			"普及率由81%提高到88%。",
			"全员劳动生产率达到18万元/人。",
			"登记失业率控制在4%以内。",
		},
		indicator.Growth: {
			"软件业务收入增长4%左右。",
			"居民消费价格涨幅3%左右。",
			"单位能耗下降3%以上。",
			"研发投入强度提高0.2个百分点。",
			"进出口总额较去年增长10%以上。",
			"排放量要下降2%。",
			"海洋旅游增速保持在10%以上。",
			"企业总数翻一番。",
			"能耗强度降低不少于3%。",
		},
	}
	for want, sentences := range cases {
		for _, sentence := range sentences {
			t.Run(string(want)+" "+sentence, func(t *testing.T) {
				if got := readOne(t, sentence).Kind; got != want {
					t.Errorf("%s, want %s", got, want)
				}
			})
		}
	}
}

func TestKindsWithinASentence(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []indicator.Kind
	}{
		{"a list shares its verb", "新增省级企业10家,国家级企业2家。", []indicator.Kind{indicator.Increment, indicator.Increment}},
		{"a level ends the list", "新增企业10家,粮食播种面积30万亩。", []indicator.Kind{indicator.Increment, indicator.Cumulative}},
		{"a part is counted as the whole is", "新增学位2万个,其中公办学位不少于6000个。", []indicator.Kind{indicator.Increment, indicator.Increment}},
		{"a further level of a change is a change", "进出口增长6%,力争达到8%。", []indicator.Kind{indicator.Growth, indicator.Growth}},
		{"分别 hands out changes", "甲县、乙县收入分别增长5%、6%。", []indicator.Kind{indicator.Growth, indicator.Growth}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := read(c.sentence)
			if len(found) != len(c.want) {
				t.Fatalf("%d targets, want %d", len(found), len(c.want))
			}
			for i, in := range found {
				if in.Kind != c.want[i] {
					t.Errorf("%s is %s, want %s", in.Source.Quote, in.Kind, c.want[i])
				}
			}
		})
	}
}

func TestDirections(t *testing.T) {
	cases := map[indicator.Direction][]string{
		indicator.Decrease: {
			"单位能耗下降3%。",
			"平均浓度降至35微克/立方米以下。",
			"失业率控制在5%以内。",
			"失业率低于5%。",
			"办理时限压缩至3个工作日。",
			"化肥使用量年均减少1.5%。",
			"办理时限由5个工作日缩短至3个工作日。",
		},
		indicator.Increase: {
			"收入增长3%。",
			"压减产能30万吨。",
			"新增企业3家。",
			"普及率达到90%。",
			"淘汰落后机组3台。",
			"消除薄弱村5个。",
		},
	}
	for want, sentences := range cases {
		for _, sentence := range sentences {
			t.Run(string(want)+" "+sentence, func(t *testing.T) {
				if got := readOne(t, sentence).Direction; got != want {
					t.Errorf("%s, want %s", got, want)
				}
			})
		}
	}
}

func TestBindings(t *testing.T) {
	cases := []struct {
		sentence string
		want     []indicator.Binding
	}{
		{"新增企业3家。", []indicator.Binding{indicator.Committed}},
		{"力争新增企业3家。", []indicator.Binding{indicator.Expected}},
		{"争取2家企业入选。", []indicator.Binding{indicator.Expected}},
		{"努力使覆盖率达到90%。", []indicator.Binding{indicator.Expected}},
		{"力争新增企业3家、机构5家。", []indicator.Binding{indicator.Expected, indicator.Expected}},
		{"力争新增企业3家,确保覆盖率达到90%。", []indicator.Binding{indicator.Expected, indicator.Committed}},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			for i, in := range read(c.sentence) {
				if in.Binding != c.want[i] {
					t.Errorf("%s is %s, want %s", in.Source.Quote, in.Binding, c.want[i])
				}
			}
		})
	}
}
