package number

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func TestUnitAt(t *testing.T) {
	cases := []struct {
		name, text, unit string
		class            quantity.Class
	}{
		{"a count word", "个村", "个", quantity.CountUnit},
		{"a magnitude before a count word", "万个岗位", "万个", quantity.CountUnit},
		{"a bare magnitude", "万重点群体", "万", quantity.CountUnit},
		{"the longest word", "万人次以上", "万人次", quantity.EventUnit},
		{"people", "名以上", "名", quantity.HeadUnit},
		{"a household count of visits", "万户次", "万户次", quantity.CountUnit},
		{"an alternative in brackets", "套(间),其中", "套(间)", quantity.CountUnit},
		{"an alternative with a word after it", "个(次)", "个(次)", quantity.CountUnit},
		{"a quotient", "微克/立方米以下", "微克/立方米", quantity.OtherUnit},
		{"an amount per head", "元/人", "元/人", quantity.MoneyUnit},
		{"a unit that begins with a magnitude", "千瓦以上", "千瓦", quantity.PowerUnit},
		{"a magnitude before such a unit", "万千瓦", "万千瓦", quantity.PowerUnit},
		{"percentage points", "个百分点", "个百分点", quantity.ShareUnit},
		{"letters", "km道路", "km", quantity.LengthUnit},
		{"a unit that begins like another", "兆帕以上", "兆帕", quantity.OtherUnit},
		{"a wide magnitude", "万亿元", "万亿元", quantity.MoneyUnit},
		{"an area", "平方公里", "平方公里", quantity.AreaUnit},
		{"a count word before a place at school", "个学位", "个", quantity.CountUnit},
	}
	for _, c := range cases {
		t.Run("reads "+c.name, func(t *testing.T) {
			unit, class := UnitAt(c.text)
			if unit != c.unit || class != c.class {
				t.Errorf("UnitAt(%s) = %q of class %d, want %q of class %d", c.text, unit, class, c.unit, c.class)
			}
		})
	}
}

func TestUnitAtLeavesOtherWords(t *testing.T) {
	cases := map[string]string{
		"a word that begins like 人":  "人才",
		"a word that begins like 项":  "项目",
		"a word that begins like 场":  "场馆",
		"letters that go on":         "kmx",
		"a word of no unit":          "重点企业",
		"nothing":                    "",
		"a word that begins like 处":  "处理",
		"a name with a digit in it":  "m3abc",
		"a household registry":       "户籍",
		"a word that begins like 单位": "单位一",
	}
	for name, text := range cases {
		t.Run("leaves "+name, func(t *testing.T) {
			if unit, _ := UnitAt(text); unit != "" {
				t.Errorf("UnitAt(%s) = %q, want none", text, unit)
			}
		})
	}
}

func TestUnitKeepsTheMagnitudeOfPeople(t *testing.T) {
	t.Run("3万人才 counts 人才 by the ten thousand", func(t *testing.T) {
		if unit, _ := UnitAt("万人才"); unit != "万" {
			t.Errorf("unit = %q, want 万", unit)
		}
	})
}

// TestAUnitThatIsDeclaredIsRead holds the reader to the table of units: a measure that is
// added there is read after a number at once.
func TestAUnitThatIsDeclaredIsRead(t *testing.T) {
	read := 0
	for word, class := range quantity.Words() {
		switch class {
		case quantity.MoneyUnit, quantity.AreaUnit, quantity.LengthUnit, quantity.MassUnit, quantity.PowerUnit, quantity.OtherUnit, quantity.ShareUnit:
		default:
			continue
		}
		found := Tokens(prose.CompactText("达到125" + word + "。"))
		if len(found) != 1 || found[0].Unit != word || found[0].UnitClass != class {
			t.Errorf("%s of class %d is read as %+v", word, class, found)
		}
		if _, err := quantity.ParseUnit(word); err != nil {
			t.Errorf("%s is read and not computed with: %v", word, err)
		}
		read++
	}
	if read < 80 {
		t.Errorf("only %d units are measures", read)
	}
}

// What a unit is declared to be part of is no unit: 支持 is not counted in 支.
func TestAnotherWordThatAUnitBeginsIsLeft(t *testing.T) {
	left := 0
	for word, others := range quantity.OtherWords() {
		for _, next := range others {
			if unit, _ := UnitAt(word + string(next) + "其"); unit == word {
				t.Errorf("%s%c is read as %s", word, next, unit)
			}
			left++
		}
	}
	if left < 150 {
		t.Errorf("only %d words are left", left)
	}
}

func TestLettersThatMakeAUnit(t *testing.T) {
	for _, c := range []struct {
		figure, letters string
		want            bool
	}{
		{"3000", "PFlops", true}, {"5000", "P", true}, {"20", "TWh", true}, {"15", "chain", true}, {"10.5", "PB", true},
		{"5", "G", false}, {"4", "K", false}, {"1080", "P", false}, {"720", "P", false}, {"12", "P", false},
		{"3", "D", false}, {"5", "GtoB", false}, {"20", "abcdefghij", false}, {"20", "", false}, {"200", "B", false},
	} {
		if got := lettersOfUnit(c.figure, c.letters); got != c.want {
			t.Errorf("%s%s: %v, want %v", c.figure, c.letters, got, c.want)
		}
	}
}

func TestQuotientsOfUnits(t *testing.T) {
	for text, want := range map[string]string{
		"/千人，": "/千人", "/月·平方公里": "/月·平方公里", "/立方米": "/立方米", "/亩": "/亩", "/万人次": "/万人次",
		"/d.": "/d", "，": "", "/": "", "/，": "", "·": "",
	} {
		if got := text[:quotientTail(text)]; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
