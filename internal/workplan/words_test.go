package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// These tests hold the rules to their words one by one, so that a change of a
// list shows where it matters.

func TestLookBackFindsItsOpeners(t *testing.T) {
	for text, want := range map[string]bool{
		"过去五年": true, "过去的一年": true, "五年来": true, "一年来": true, "近三年": true, "近3年来": true,
		"去年": true, "上年末": true, "截至2022年底": true, "回望“十三五”": true, "同时,去年": true, "但过去一年": true,
		"今年": false, "五年内": false, "近期": false, "三年行动": false, "较去年增长": false, "来年": false, "近郊3年": false,
		"两年行动": false, "刚刚过去的2022年": true, "据统计": true,
	} {
		if got := lookBack(text) >= 0; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestShortfallsAreToldFromRemedies(t *testing.T) {
	for text, want := range map[string]bool{
		"我们清醒看到": true, "也要认识到": true, "问题仍较突出": true, "存在不少短板": true, "差距依然明显": true, "面临不少困难": true,
		"解决突出问题": false, "补齐短板": false, "聚焦突出问题": false, "化解矛盾": false, "应对困难挑战": false, "问题清单": false,
		"缩小城乡差距": false, "困难群众": false, "帮扶仍有困难的群众": false,
	} {
		at, _ := fallsShort(text)
		if got := at >= 0; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestMeaningsAreToldFromWordsWithTheSameSign(t *testing.T) {
	for text, want := range map[string]bool{
		"是指由1人组成的": true, "指1个平台": true, "系指新建": true, "本办法所称企业": true, "“两新”指": false, "指的是3个": true,
		"指导企业3家": false, "指标达到5个": false, "指数达到80": false, "指挥中心2个": false, "指定医院3家": false,
	} {
		if got := defines(text) >= 0; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestWhatStandsBetweenFromAndABaseline(t *testing.T) {
	for head, want := range map[string]bool{
		"普及率由": true, "普及率从": true, "占比由2022年的": true, "占比由2022年底的": true, "规模从目前的": true, "标准由原来每人每月": true,
		"由市财政投入": false, "从严查处": false, "规模": false, "由企业新增": false, "自查": false,
	} {
		if got := startsFrom(head); got != want {
			t.Errorf("%s: %v, want %v", head, got, want)
		}
	}
}

func TestNamesOfAListAreMadeWhole(t *testing.T) {
	for _, c := range []struct{ name, first, last, want string }{
		{"城镇", "城镇", "农村居民人均可支配收入", "城镇居民人均可支配收入"},
		{"能耗", "单位GDP用水量", "能耗", "单位GDP能耗"},
		{"优良率", "优良率", "合格率", "优良率"},
		{"工程师", "工程师", "高技能人才", "工程师"},
		{"单位GDP能耗", "单位GDP能耗", "水耗", "单位GDP能耗"},
	} {
		if got := whole(c.name, c.first, c.last); got != c.want {
			t.Errorf("%s of %s and %s: %s, want %s", c.name, c.first, c.last, got, c.want)
		}
	}
}

func TestVerbsOfBuildingWithBrackets(t *testing.T) {
	for text, want := range map[string]string{
		"新(改)建学校": "新(改)建", "新(改、扩)建学校": "新(改、扩)建", "改(扩)建": "改(扩)建", "迁(扩)建厂房": "迁(扩)建",
		"新(办)学校": "", "新认证绿色食品": "新认证", "新获批项目": "新获批", "新服务模式": "", "新能源": "",
	} {
		if got := lexicon.ActionVerbs.Prefix(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestComparatorsBeforeTheVerb(t *testing.T) {
	for left, want := range map[string]bool{
		"至少建成": true, "全市最少培育": true, "不少于引进": true, "建成": false, "至少": false, "至少有": false, "建成至少": false, "每县至少设置": true, "至少举办推介会": true, "至少建成公园和广场": false, "至少要在年内": false,
	} {
		if got := leastOf(left); got != want {
			t.Errorf("%s: %v, want %v", left, got, want)
		}
	}
}

func TestVerbsThatBringToALevel(t *testing.T) {
	for head, want := range map[string]bool{
		"面积扩大到": true, "时间压缩至": true, "标准提高到每人每月": true, "企业增加到": true, "总量降至": true,
		"产值达到": false, "新增": false, "产值突破": false, "年均增长": false, "服务到": false,
	} {
		if got := bringsTo(head); got != want {
			t.Errorf("%s: %v, want %v", head, got, want)
		}
	}
}

func TestPlacesAreNoPartOfAName(t *testing.T) {
	for text, want := range map[string]string{
		"在6大重点领域推进项目": "推进项目", "在农业方面新增企业": "新增企业", "在线监测设备": "在线监测设备", "在建项目": "在建项目",
		"在工业、农业领域新增企业": "工业、农业领域新增企业",
		"向上推荐企业":       "向上推荐企业", "至少建成社区": "建成社区", "2005年底前建成的小区改造": "2005年底前建成的小区改造",
		"2023年底前建成小区": "建成小区", "原则上每县": "每县",
	} {
		if got := trimOpening(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
