package numeral

import (
	"testing"
)

func TestParseNumeral(t *testing.T) {
	cases := map[string]int64{
		"一":      1,
		"十":      10,
		"十二":     12,
		"三十":     30,
		"四十五":    45,
		"一百":     100,
		"一百零五":   105,
		"两百六十":   260,
		"二千六百":   2600,
		"三万":     30000,
		"一万二千":   12000,
		"一亿二千万":  120000000,
		"二〇二三":   2023,
		"二零二四":   2024,
		"一百二十三万": 1230000,
	}
	for numeral, want := range cases {
		t.Run("reads "+numeral, func(t *testing.T) {
			if got, ok := Parse(numeral); !ok || got != want {
				t.Errorf("parseNumeral(%s) = %d, %v, want %d", numeral, got, ok, want)
			}
		})
	}
}

func TestParseNumeralRefuses(t *testing.T) {
	cases := map[string]string{
		"a size without a number":      "万",
		"a size of hundreds":           "百",
		"digits that run into a power": "一二十",
		"a word with other characters": "三农",
		"an empty text":                "",
		"a run too long for a number":  "一二三四五六七八九一二三四五六",
	}
	for name, numeral := range cases {
		t.Run("refuses "+name, func(t *testing.T) {
			if got, ok := Parse(numeral); ok {
				t.Errorf("parseNumeral(%s) = %d, want it refused", numeral, got)
			}
		})
	}
}

func TestSplitMagnitude(t *testing.T) {
	cases := []struct{ run, head, magnitude string }{
		{"三万", "三", "万"},
		{"二十亿", "二十", "亿"},
		{"三十", "三十", ""},
		{"一亿二千万", "一亿二千万", ""},
		{"万", "万", ""},
	}
	for _, c := range cases {
		t.Run(c.run, func(t *testing.T) {
			head, magnitude := SplitMagnitude(c.run)
			if head != c.head || magnitude != c.magnitude {
				t.Errorf("splitMagnitude(%s) = %q, %q, want %q, %q", c.run, head, magnitude, c.head, c.magnitude)
			}
		})
	}
}

func TestNumeralsWithDecimals(t *testing.T) {
	for text, want := range map[string]string{
		"三点二万亩": "3.2 三点二", "一百二十点零五": "120.05 一百二十点零五", "零点五": "0.5 零点五", "三万亩": "3 三", "三点建议": "3 三", "八点三十分": "8 八", "点五": " ",
	} {
		value, size, ok := At(text)
		if got := value + " " + text[:size]; got != want || ok != (value != "") {
			t.Errorf("%s is %q (%v), want %q", text, got, ok, want)
		}
	}
}
