package number

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func TestNumeralQuantities(t *testing.T) {
	cases := []struct{ name, text, taken, value, high, unit string }{
		{"a count", "完成一个交易", "一个", "1", "", "个"},
		{"tens", "新增三十个站点", "三十个", "30", "", "个"},
		{"thousands with hundreds", "选聘二千六百名", "二千六百名", "2600", "", "名"},
		{"a magnitude in the unit", "新增三万亩", "三万亩", "3", "", "万亩"},
		{"余 within", "培训五十余人", "五十余人", "50", "", "人"},
		{"a range", "培育三到五家", "三到五家", "3", "5", "家"},
		{"tenths", "占比达到六成", "六成", "60", "", "%"},
		{"tenths and hundredths", "占比两成五", "两成五", "25", "", "%"},
		{"a half", "覆盖一半", "一半", "50", "", "%"},
		{"hundredths in words", "百分之三十", "百分之三十", "30", "", "%"},
		{"all of them in words", "百分之百覆盖", "百分之百", "100", "", "%"},
		{"a decimal", "新增三点二五万亩", "三点二五万亩", "3.25", "", "万亩"},
		{"a decimal of hundredths in words", "增长百分之六点五", "百分之六点五", "6.5", "", "%"},
		{"a range of hundredths in words", "增长百分之三到五点五", "百分之三到五点五", "3", "5.5", "%"},
		{"a range of hundredths told twice", "增长百分之三至百分之五", "百分之三至百分之五", "3", "5", "%"},
		{"a decimal after tens", "投资一百二十点零六亿元", "一百二十点零六亿元", "120.06", "", "亿元"},
		{"亿 within the numeral", "产量七亿二千万斤", "七亿二千万斤", "7.2", "", "亿斤"},
		{"doubling", "总量翻一番", "翻一番", "1", "", "番"},
		{"doubling without a numeral", "规模翻番", "翻番", "1", "", "番"},
		{"doubling twice", "翻两番", "翻两番", "2", "", "番"},
	}
	for _, c := range cases {
		t.Run("reads "+c.name, func(t *testing.T) {
			got, taken := firstToken(t, c.text)
			if got.Class != Quantity || taken != c.taken || !got.Numeral {
				t.Fatalf("took %q as %s, want %q", taken, got.Class, c.taken)
			}
			if got.Value != c.value || got.High != c.high || got.Unit != c.unit {
				t.Errorf("value %q high %q unit %q, want %q %q %q", got.Value, got.High, got.Unit, c.value, c.high, c.unit)
			}
		})
	}
}

func TestNumeralsThatAreNoQuantity(t *testing.T) {
	cases := []struct {
		name, text, taken string
		class             Class
	}{
		{"hundreds of unknown number", "带动数百家企业", "数百家", Vague},
		{"some", "走访几十个村", "几十个", Vague},
		{"a bare size", "带动万名青年", "万名", Vague},
		{"a size without a unit", "产值达百亿。", "百亿", Vague},
		{"a change without a number", "数量倍增", "倍增", Vague},
		{"two numbers that mean about", "建设三五家", "三五家", Vague},
		{"a fraction", "三分之二的村", "三分之二", Fraction},
		{"an ordinal", "第七届展会", "七届", Ordinal},
		{"years that pass", "三年行动", "三年", Duration},
		{"a size that names an industry", "打造千亿级产业", "千亿级", Code},
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

func TestWordsWithNumeralsAreNoNumbers(t *testing.T) {
	for _, text := range []string{"推进一体化发展", "统一部署", "一二三产业融合", "万众创新", "三农工作", "十分重要", "百城联动", "数据要素", "一定程度", "千方百计", "三点一线", "制造业倍增行动", "百亿产业", "一点两面三结合"} {
		t.Run(text, func(t *testing.T) {
			if found := Tokens(prose.CompactText(text)); len(found) != 0 {
				t.Errorf("found %v", found)
			}
		})
	}
}
