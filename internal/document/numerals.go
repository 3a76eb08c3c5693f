package document

import (
	"strconv"
	"strings"
)

// formatNumber writes n the way that a Word number format (ST_NumberFormat of
// ISO/IEC 29500-1, 17.18.59) does. An unknown format is written as decimal.
func formatNumber(n int, format string) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
		"japaneseCounting", "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand":
		return chineseNumber(n, format)
	case "chineseLegalSimplified", "ideographLegalTraditional":
		return counted(n, []rune("零壹贰叁肆伍陆柒捌玖"), []string{"", "拾", "佰", "仟"}, false)
	case "ideographTraditional":
		return nth(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return nth(n, "子丑寅卯辰巳午未申酉戌亥")
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return nth(n, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedParen":
		return nth(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalEnclosedFullstop":
		return nth(n, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
	case "ideographEnclosedCircle":
		return nth(n, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")
	}
	return strconv.Itoa(n)
}

func chineseNumber(n int, format string) string {
	digits := []rune("〇一二三四五六七八九")
	if strings.HasSuffix(format, "igital") || strings.HasSuffix(format, "TenThousand") {
		return strings.Map(func(r rune) rune { return digits[r-'0'] }, strconv.Itoa(max(n, 0)))
	}
	digits[0] = '零'
	return counted(n, digits, []string{"", "十", "百", "千"}, true)
}

// counted spells 1 to 9999 with signs for ten, hundred and thousand; short
// writes 十二 for 一十二.
func counted(n int, digits []rune, signs []string, short bool) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	text := strconv.Itoa(n)
	gap := false
	for i, r := range text {
		place := len(text) - 1 - i
		if r == '0' {
			gap = true
			continue
		}
		if gap {
			b.WriteRune(digits[0])
			gap = false
		}
		if !short || r != '1' || place != 1 || i != 0 {
			b.WriteRune(digits[r-'0'])
		}
		b.WriteString(signs[place])
	}
	return b.String()
}

func nth(n int, signs string) string {
	all := []rune(signs)
	if n < 1 || n > len(all) {
		return strconv.Itoa(n)
	}
	return string(all[n-1])
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}

// letters counts A to Z, then AA, BB, as Word does.
func letters(n int, first rune) string {
	if n < 1 || n > 26*10 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}
