package number

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// firstToken is the first token of a text.
func firstToken(t *testing.T, text string) (Token, string) {
	t.Helper()
	text = prose.CompactText(text)
	found := Tokens(text)
	if len(found) == 0 {
		t.Fatalf("no token in %s", text)
	}
	return found[0], text[found[0].Start:found[0].End]
}

func TestQuantities(t *testing.T) {
	cases := []struct{ name, text, taken, value, high, unit string }{
		{"a whole number", "新增30家企业", "30家", "30", "", "家"},
		{"a decimal", "达到75.40%", "75.40%", "75.40", "", "%"},
		{"full-width figures", "增长５.５％", "5.5%", "5.5", "", "%"},
		{"thousands separators", "投资1,234.5亿元", "1,234.5亿元", "1234.5", "", "亿元"},
		{"a comma before a clause of its own", "新增30家,40人", "30家", "30", "", "家"},
		{"spaces that a page sets", "新增 30 家", "30家", "30", "", "家"},
		{"余 before the unit", "超100余家", "100余家", "100", "", "家"},
		{"余 within the unit", "约10万余亩", "10万余亩", "10", "", "万亩"},
		{"多 after the magnitude", "20万多人", "20万多人", "20", "", "万人"},
		{"a range with a dash", "盘活1200—1500亩", "1200-1500亩", "1200", "1500", "亩"},
		{"a range of shares", "增长5%-5.5%", "5%-5.5%", "5", "5.5", "%"},
		{"a range with a wave", "举办2～3场", "2-3场", "2", "3", "场"},
		{"a range in words", "培育80至100家", "80至100家", "80", "100", "家"},
		{"a range that gives the magnitude twice", "给予5万至50万元", "5万至50万元", "5", "50", "万元"},
		{"no range between different things", "新增5家-6亿元", "5家", "5", "", "家"},
		{"no range without a second number", "新增5至", "5", "5", "", ""},
		{"a number told by two magnitudes", "产量7亿2千万斤", "7亿2千万斤", "7.2", "", "亿斤"},
		{"a number told by three magnitudes", "资金1亿2000万5千元", "1亿2000万5千元", "1.20005", "", "亿元"},
		{"figures with all the places of a magnitude", "面积1万2000亩", "1万2000亩", "1.2", "", "万亩"},
		{"no figures with fewer places", "面积1万200亩", "1万", "1", "", "万"},
		{"a power of ten", "投资1.2×10^4万元", "1.2×10^4万元", "12000", "", "万元"},
		{"a power of ten in a raised figure", "绿化5×10⁴亩", "5×10⁴亩", "50000", "", "亩"},
		{"+ before the unit", "培育120+家", "120+家", "120", "", "家"},
		{"+ after a magnitude", "企业10万+", "10万+", "10", "", "万"},
		{"a share that grows by a sign", "总额+8%", "+8%", "8", "", "%"},
		{"things that are added by a sign", "新增企业+30家", "+30家", "30", "", "家"},
		{"a fall by an arrow", "能耗↓3%", "↓3%", "3", "", "%"},
		{"leading zeros", "新增007家", "007家", "7", "", "家"},
		{"a bare magnitude", "惠及80万群众", "80万", "80", "", "万"},
		{"no unit", "达到95。", "95", "95", "", ""},
	}
	for _, c := range cases {
		t.Run("reads "+c.name, func(t *testing.T) {
			got, taken := firstToken(t, c.text)
			if got.Class != Quantity || taken != c.taken {
				t.Fatalf("took %q as %s, want %q", taken, got.Class, c.taken)
			}
			if got.Value != c.value || got.High != c.high || got.Unit != c.unit {
				t.Errorf("value %q high %q unit %q, want %q %q %q", got.Value, got.High, got.Unit, c.value, c.high, c.unit)
			}
		})
	}
}

func TestFiguresThatAreNoQuantity(t *testing.T) {
	cases := []struct {
		name, text, taken string
		class             Class
	}{
		{"a network", "深化5G应用", "5G", Code},
		{"a pollutant", "治理PM2.5污染", "PM2.5", Code},
		{"letters around a digit", "开展C2M定制", "C2M", Code},
		{"a technique", "发展5GtoB业务", "5GtoB", Code},
		{"a road", "改造G25高速", "G25", Code},
		{"a document number", "国发〔2018〕121号文件", "2018]121号", Reference},
		{"a footnote", "任务[3]落实", "3]", Reference},
		{"a house number", "解放路18号", "18号", Reference},
		{"a sum in a name", "推行5+2服务", "5+2", Formula},
		{"a sum with a letter", "打造1+N体系", "1", Formula},
		{"a proportion", "比例为2.4:1", "2.4:1", Formula},
		{"a version", "升级到1.2.3版", "1.2.3", Formula},
		{"a conference", "第85次会议", "85次", Ordinal},
		{"a rank", "进入全国前100名", "100名", Ordinal},
		{"years that pass", "需要3年时间", "3年时间", Duration},
		{"months that pass", "为期6个月", "6个月", Duration},
	}
	for _, c := range cases {
		t.Run("knows "+c.name, func(t *testing.T) {
			got, taken := firstToken(t, c.text)
			if got.Class != c.class || taken != c.taken {
				t.Errorf("took %q as %s, want %q as %s", taken, got.Class, c.taken, c.class)
			}
		})
	}
}

func TestNumbersOfAListShareTheUnit(t *testing.T) {
	t.Run("the last number gives its unit to those before", func(t *testing.T) {
		found := Tokens(prose.CompactText("建设5、6、7个站点"))
		if len(found) != 3 {
			t.Fatalf("%d tokens, want 3", len(found))
		}
		for _, f := range found {
			if f.Unit != "个" {
				t.Errorf("%s has unit %q, want 个", f.Value, f.Unit)
			}
		}
	})
	t.Run("a duration makes durations of those before", func(t *testing.T) {
		for _, f := range Tokens(prose.CompactText("经营满6、18、36个月")) {
			if f.Class != Duration {
				t.Errorf("%s is a %s, want a duration", f.Value, f.Class)
			}
		}
	})
	t.Run("a comma ends the list", func(t *testing.T) {
		if found := Tokens(prose.CompactText("编号5,新增7个站点")); found[0].Unit != "" {
			t.Errorf("5 took the unit %q", found[0].Unit)
		}
	})
}

func TestTimesOfDay(t *testing.T) {
	for text, want := range map[string]int{
		"22时30分":  len("22时30分"),
		"8时前":     len("8时"),
		"24时":     len("24时"),
		"25时":     0,
		"3时段":     0,
		"8小时":     0,
		"120时":    0,
		"5时代":     0,
		"12时间":    0,
		"7时5分钟之内": len("7时5分"),
	} {
		if got := clockAt(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
