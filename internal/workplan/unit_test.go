package workplan

import "testing"

func TestUnitAt(t *testing.T) {
	cases := []struct {
		name, text, unit string
		class            unitClass
	}{
		{"a count word", "个村", "个", countUnit},
		{"a magnitude before a count word", "万个岗位", "万个", countUnit},
		{"a bare magnitude", "万重点群体", "万", countUnit},
		{"the longest word", "万人次以上", "万人次", eventUnit},
		{"people", "名以上", "名", headUnit},
		{"a household count of visits", "万户次", "万户次", countUnit},
		{"an alternative in brackets", "套(间),其中", "套(间)", countUnit},
		{"an alternative with a word after it", "个(次)", "个(次)", countUnit},
		{"a quotient", "微克/立方米以下", "微克/立方米", otherUnit},
		{"an amount per head", "元/人", "元/人", moneyUnit},
		{"a unit that begins with a magnitude", "千瓦以上", "千瓦", powerUnit},
		{"a magnitude before such a unit", "万千瓦", "万千瓦", powerUnit},
		{"percentage points", "个百分点", "个百分点", shareUnit},
		{"letters", "km道路", "km", lengthUnit},
		{"a wide magnitude", "万亿元", "万亿元", moneyUnit},
		{"an area", "平方公里", "平方公里", areaUnit},
		{"a count word before a place at school", "个学位", "个", countUnit},
	}
	for _, c := range cases {
		t.Run("reads "+c.name, func(t *testing.T) {
			unit, class := unitAt(c.text)
			if unit != c.unit || class != c.class {
				t.Errorf("unitAt(%s) = %q of class %d, want %q of class %d", c.text, unit, class, c.unit, c.class)
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
			if unit, _ := unitAt(text); unit != "" {
				t.Errorf("unitAt(%s) = %q, want none", text, unit)
			}
		})
	}
}

func TestUnitKeepsTheMagnitudeOfPeople(t *testing.T) {
	t.Run("3万人才 counts 人才 by the ten thousand", func(t *testing.T) {
		if unit, _ := unitAt("万人才"); unit != "万" {
			t.Errorf("unit = %q, want 万", unit)
		}
	})
}
