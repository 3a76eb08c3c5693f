package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

func TestComparators(t *testing.T) {
	cases := []struct {
		sentence string
		want     indicator.Comparator
	}{
		{"新增企业30家。", indicator.Equal},
		{"新增企业30家以上。", indicator.AtLeast},
		{"新增企业30家及以上。", indicator.AtLeast},
		{"新增企业30家（含）以上。", indicator.AtLeast},
		{"新增企业不少于30家。", indicator.AtLeast},
		{"新增企业至少30家。", indicator.AtLeast},
		{"新增企业30余家。", indicator.AtLeast},
		{"新增企业30多家。", indicator.AtLeast},
		{"粮食产量不低于30万吨。", indicator.AtLeast},
		{"粮食产量稳定在30万吨以上。", indicator.AtLeast},
		{"入库企业超30家。", indicator.MoreThan},
		{"入库企业突破30家。", indicator.MoreThan},
		{"入库企业超过30家。", indicator.MoreThan},
		{"入库企业逾30家。", indicator.MoreThan},
		{"新增企业30家左右。", indicator.About},
		{"新增企业约30家。", indicator.About},
		{"新增企业近30家。", indicator.About},
		{"失业率控制在5%以内。", indicator.AtMost},
		{"失业率控制在5%。", indicator.AtMost},
		{"失业率不高于5%。", indicator.AtMost},
		{"失业率不超过5%。", indicator.AtMost},
		{"污染物浓度降至30微克/立方米以下。", indicator.AtMost},
		{"失业率低于5%。", indicator.LessThan},
		{"失业率控制在5%左右。", indicator.About},
		{"入库企业达到30家。", indicator.Equal},
		{"力争入库企业达到30家以上。", indicator.AtLeast},
		{"盘活土地30—50亩。", indicator.Equal},
		{"盘活土地30—50亩左右。", indicator.Equal},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			if got := readOne(t, c.sentence).Target.Comparator; got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A comparator is one line of the lexicon: whatever words stand there, and whatever
// softens them, they compare and are no part of the name.
func TestEveryComparatorIsTakenOffWhole(t *testing.T) {
	check := func(sentence string, want indicator.Comparator) {
		t.Helper()
		found := read(sentence)
		if len(found) != 1 || found[0].Name != "产品合格率" || found[0].Target.Comparator != want {
			t.Errorf("%s: %v", sentence, found)
		}
	}
	for word := range wordsBefore.All() {
		check("产品合格率"+word+"95%。", wordsBefore.Class(word))
		check("产品合格率原则上"+word+"95%。", wordsBefore.Class(word))
	}
	for hedge := range lexicon.Hedges.All() {
		check("产品合格率"+hedge+"不得低于95%。", indicator.AtLeast)
		check("产品合格率"+hedge+"达到95%。", indicator.Equal)
	}
	for word := range wordsAfter.All() {
		check("产品合格率95%"+word+"。", wordsAfter.Class(word))
	}
}

func TestTheNameIsWithoutWhatComparesTheNumber(t *testing.T) {
	for sentence, want := range map[string]string{
		"灌溉用水量不得低于3万吨。":     "灌溉用水量",
		"城镇失业率不宜超过5%。":      "城镇失业率",
		"房价涨幅原则上不超过3%。":     "房价涨幅",
		"新建学校原则上不低于3所。":     "新建学校数",
		"会议费总体不应超过20万元。":    "会议费金额",
		"全市供应量力争突破5万吨。":     "供应量",
		"天然气供应应不低于2亿立方米。":   "天然气供应量",
		"危房改造率要确保达到100%。":   "危房改造率",
		"玉米种植面积务必稳定在4万亩以上。": "玉米种植面积",
		"窗口排队时间不宜多于15分钟。":   "窗口排队时间",
		"人均公园绿地一般不少于12平方米。": "人均公园绿地面积",
	} {
		found := read(sentence)
		if len(found) != 1 || found[0].Name != want {
			t.Errorf("%s: %v, want %s", sentence, found, want)
		}
	}
}
