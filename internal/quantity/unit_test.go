package quantity

import (
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestConvert(t *testing.T) {
	cases := []struct{ value, from, to, want string }{
		{"44.16", "万亩", "公顷", "29440"},
		{"1", "公顷", "亩", "15"},
		{"1", "亩", "平方米", "2000/3"},
		{"3", "平方公里", "平方千米", "3"},
		{"1.5", "平方公里", "亩", "2250"},
		{"2", "顷", "亩", "200"},
		{"13.9", "亿斤", "万吨", "69.5"},
		{"2000", "斤", "吨", "1"},
		{"35", "微克/立方米", "毫克/立方米", "0.035"},
		{"5000", "克", "公斤", "5"},
		{"3", "千克", "公斤", "3"},
		{"25", "公里", "千米", "25"},
		{"1.2", "万公里", "米", "12000000"},
		{"2", "亿立方米", "万立方米", "20000"},
		{"90", "万千瓦", "兆瓦", "900"},
		{"90", "万千瓦", "千瓦", "900000"},
		{"1.5", "亿千瓦时", "万度", "15000"},
		{"1.2", "万亿元", "亿元", "12000"},
		{"3", "百亿元", "亿元", "300"},
		{"5", "亿美元", "万美元", "50000"},
		{"0.6", "万吨标准煤", "吨标煤", "6000"},
		{"1.3", "万户次", "人次", "13000"},
		{"640", "套（间）", "台(套)", "640"},
		{"2", "万套（间）", "套", "20000"},
		{"5", "万", "个", "50000"},
		{"3", "十个", "家", "30"},
		{"45", "张/千人", "张/万人", "450"},
		{"6000", "元/亩", "万元/公顷", "9"},
		{"5", "‰", "%", "0.5"},
		{"0.5", "个百分点", "%", "0.5"},
		{"12", "％", "百分点", "12"},
		{"2", "番", "番", "2"},
		{"2", "年", "个月", "24"},
		{"1", "天", "小时", "24"},
	}
	for _, c := range cases {
		t.Run(c.value+c.from+" is "+c.want+c.to, func(t *testing.T) {
			got, err := Convert(MustNumber(c.value).Rat(), MustUnit(c.from), MustUnit(c.to))
			want, _ := new(big.Rat).SetString(c.want)
			if err != nil || got.Cmp(want) != 0 {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	t.Run("leaves its argument alone", func(t *testing.T) {
		value := big.NewRat(3, 1)
		for _, to := range []string{"公顷", "亩"} {
			got, err := Convert(value, MustUnit("亩"), MustUnit(to))
			if err != nil {
				t.Fatal(err)
			}
			got.SetInt64(99)
		}
		if value.Cmp(big.NewRat(3, 1)) != 0 {
			t.Errorf("the value became %s", value)
		}
	})
}

func TestConvertRefusesAnotherDimension(t *testing.T) {
	mismatched := [][2]string{
		{"万亩", "亿斤"}, {"元", "美元"}, {"欧元", "美元"}, {"个", "公里"}, {"%", "个"}, {"吨", "吨标准煤"}, {"立方米", "平方米"},
		{"千瓦", "千瓦时"}, {"年", "天"}, {"里", "公里"}, {"元/亩", "元/吨"}, {"微克/立方米", "微克"}, {"area", "亩"}, {"吨（标箱）", "吨"}, {"套（吨）", "套"},
	}
	for _, pair := range mismatched {
		t.Run("refuses "+pair[0]+" for "+pair[1], func(t *testing.T) {
			_, err := Convert(big.NewRat(1, 1), MustUnit(pair[0]), MustUnit(pair[1]))
			if !fault.Is(err, fault.UnitMismatch) {
				t.Fatalf("got %v", err)
			}
			for _, text := range []string{fault.From(err).Detail.ZH, fault.From(err).Detail.EN} {
				if !strings.Contains(text, pair[0]) || !strings.Contains(text, pair[1]) {
					t.Errorf("%q does not name both units", text)
				}
			}
		})
	}
	t.Run("says so when there is no unit", func(t *testing.T) {
		_, err := Convert(big.NewRat(1, 1), Unit{}, MustUnit("个"))
		if !fault.Is(err, fault.UnitMismatch) || !strings.Contains(fault.From(err).Detail.ZH, "无单位") {
			t.Errorf("got %v", err)
		}
	})
}

func TestParseUnit(t *testing.T) {
	t.Run("keeps the writing", func(t *testing.T) {
		for _, s := range []string{"套（间）", "％", "万亩", "m²", "µg"} {
			if got := MustUnit(s).String(); got != s {
				t.Errorf("%s became %s", s, got)
			}
		}
	})
	t.Run("counts everything that is counted one by one", func(t *testing.T) {
		for _, s := range []string{"个", "家", "项", "人", "户", "座", "处", "张", "场", "万人次", "千户", "台（套）", "床位", "亿"} {
			if got := MustUnit(s).Dimension(); got != "count" {
				t.Errorf("%s has dimension %s", s, got)
			}
		}
	})
	refused := map[string]string{
		"an empty unit":           "",
		"a digit":                 "m2",
		"a full-width digit":      "５个",
		"a space":                 "万 亩",
		"an ideographic space":    "个\u3000",
		"a line break":            "个\n",
		"a zero-width space":      "个\u200b",
		"a control character":     "个\x00",
		"broken UTF-8":            "个\xff",
		"more than 20 characters": strings.Repeat("万", 21),
		"megabytes":               strings.Repeat("万", 1<<20),
	}
	for name, s := range refused {
		t.Run("refuses "+name, func(t *testing.T) {
			u, err := ParseUnit(s)
			if !fault.Is(err, fault.UnknownUnit) || !u.IsZero() {
				t.Errorf("ParseUnit(%q) = %v, %v", clip(s), u, err)
			}
		})
	}
	t.Run("takes 20 characters", func(t *testing.T) {
		u, err := ParseUnit(strings.Repeat("亿", 19) + "斤")
		want := new(big.Int).Exp(big.NewInt(10), big.NewInt(8*19), nil)
		if err != nil || u.Factor().Cmp(new(big.Rat).SetFrac(want, big.NewInt(2))) != 0 {
			t.Errorf("factor %s, %v", u.Factor(), err)
		}
	})
	t.Run("MustUnit panics on what ParseUnit refuses", func(t *testing.T) {
		defer func() {
			if recover() == nil {
				t.Error("MustUnit accepted a space")
			}
		}()
		MustUnit("万 亩")
	})
}

func TestUnitTraits(t *testing.T) {
	t.Run("percent, permille and percentage points are percents", func(t *testing.T) {
		for s, want := range map[string]bool{"%": true, "％": true, "‰": true, "个百分点": true, "百分点": true, "个": false, "番": false} {
			if got := MustUnit(s).IsPercent(); got != want {
				t.Errorf("IsPercent of %s = %v", s, got)
			}
		}
	})
	t.Run("the zero unit has factor 1", func(t *testing.T) {
		var u Unit
		if !u.IsZero() || u.Factor().Cmp(big.NewRat(1, 1)) != 0 || MustUnit("个").IsZero() {
			t.Errorf("zero unit %v, factor %s", u, u.Factor())
		}
	})
	t.Run("Factor gives a copy", func(t *testing.T) {
		u := MustUnit("万亩")
		u.Factor().SetInt64(1)
		if u.Factor().Cmp(big.NewRat(20000000, 3)) != 0 {
			t.Errorf("the factor changed to %s", u.Factor())
		}
	})
	t.Run("Equal compares the writing", func(t *testing.T) {
		if !MustUnit("公斤").Equal(MustUnit("公斤")) || MustUnit("公斤").Equal(MustUnit("千克")) {
			t.Error("公斤 should equal 公斤 and not 千克")
		}
	})
}

func TestAUnitIsDeclaredOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range declared {
		if d.factor.num <= 0 || d.factor.den <= 0 || d.factor.num > 1e9 || d.factor.den > 1e9 {
			t.Errorf("the factor %v of %s could overflow in a quotient", d.factor, d.words)
		}
		for word, others := range d.each() {
			if seen[word] {
				t.Errorf("%s is declared twice", word)
			}
			for i, next := range others {
				if strings.ContainsRune(others[:i], next) || d.class == computedOnly {
					t.Errorf("%s does not need to be told from %s%c again", word, word, next)
				}
			}
			seen[word] = true
			u, err := ParseUnit(word)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case d.dimension == ofParts:
				if !strings.Contains(u.Dimension(), "/") {
					t.Errorf("%s is declared as a quotient and measures %s", word, u.Dimension())
				}
			case d.dimension == own:
				if !strings.HasPrefix(u.Dimension(), ownPrefix) {
					t.Errorf("%s is declared as its own and measures %s", word, u.Dimension())
				}
			case u.Dimension() != d.dimension || u.Factor().Cmp(big.NewRat(d.factor.num, d.factor.den)) != 0:
				t.Errorf("%s is declared as %v of %s and is %s of %s", word, d.factor, d.dimension, u.Factor(), u.Dimension())
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("only %d words are declared", len(seen))
	}
}

// anyUnit draws a unit word with up to two magnitude words before it.
func anyUnit(t *rapid.T, word string) Unit {
	return MustUnit(rapid.SampledFrom([]string{"", "十", "百", "千", "万", "亿", "万亿", "百万"}).Draw(t, "magnitude") + word)
}

func TestConvertingBackGivesTheSameValue(t *testing.T) {
	families := [][]string{
		{"亩", "公顷", "平方米", "平方公里"}, {"斤", "公斤", "克", "吨"}, {"元"}, {"美元"}, {"米", "公里"},
		{"个", "家", "座"}, {"瓦", "兆瓦"}, {"千帕", "兆帕"}, {"元/亩", "角/公顷"}, {"标准箱"},
	}
	rapid.Check(t, func(t *rapid.T) {
		family := rapid.SampledFrom(families).Draw(t, "family")
		from := anyUnit(t, rapid.SampledFrom(family).Draw(t, "from"))
		to := anyUnit(t, rapid.SampledFrom(family).Draw(t, "to"))
		value := MustNumber(decimal(t)).Rat()
		there, err := Convert(value, from, to)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Convert(there, to, from)
		if err != nil || back.Cmp(value) != 0 {
			t.Fatalf("%s %s became %s %s and then %s", value, from, there, to, back)
		}
	})
}

func FuzzParseUnit(f *testing.F) {
	for _, s := range []string{"万亩", "套（间）", "微克/立方米", "/", "//", "个/", "()", "套()", "亿", "百分点", "m2", "个\x00", "万/亿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseUnit(s)
		if err != nil {
			if !fault.Is(err, fault.UnknownUnit) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if u.String() != s || u.Dimension() == "" || u.Factor().Sign() != 1 || !utf8.ValidString(s) {
			t.Fatalf("%q became %v of %s, factor %s", s, u, u.Dimension(), u.Factor())
		}
		if got, err := Convert(big.NewRat(7, 3), u, MustUnit(s)); err != nil || got.Cmp(big.NewRat(7, 3)) != 0 {
			t.Fatalf("%q does not convert to itself: %v, %v", s, got, err)
		}
	})
}
