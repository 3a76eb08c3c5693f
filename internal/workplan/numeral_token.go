package workplan

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// numeralTokenAt reads a number in Chinese numerals. Numerals without a unit
// are part of a word (一体化, 统一) and no token.
func numeralTokenAt(text string, i int, previous rune) (token, bool) {
	rest := after(text, i, window)
	if previous == '第' {
		return ordinalNumeral(i, rest)
	}
	if t, ok := noneAt(text, i); ok {
		return t, true
	}
	for _, read := range []func(string) (token, bool){doubling, hundredths, fraction, tenths, vagueCount, countedNumeral} {
		if t, ok := read(rest); ok {
			t.start, t.end, t.numeral = i, i+t.end, true
			if t.class == quantityClass && countsInOrder(rest, t.unit, before(text, i, 30)) {
				t.class = ordinalClass
			}
			return t, true
		}
	}
	return token{}, false
}

// noneAt reads 零 at the end of a clause whose name says in what it is counted:
// 死亡人数为零 is 0 of 人.
func noneAt(text string, i int) (token, bool) {
	rest, ok := strings.CutPrefix(text[i:], "零")
	if !ok || rest != "" && !strings.ContainsRune("。,;、\n)", firstRune(rest)) {
		return token{}, false
	}
	left := before(text, i, 60)
	level := lexicon.BeforeZero.Suffix(left)
	word := lexicon.ZeroCounted.Suffix(strings.TrimSuffix(left, level))
	if level == "" || word == "" {
		return token{}, false
	}
	unit := zeroUnit(word)
	t := quantityToken(0, unit, unitClassOf[unit], len("零"))
	t.start, t.end, t.numeral = i, i+len("零"), true
	return t, true
}

// zeroUnit is the unit of a count that a plan says is 零: 人 of 人数.
func zeroUnit(count string) string {
	if count == "率" {
		return "%"
	}
	return strings.TrimSuffix(count, "数")
}

// countsInOrder reports whether a numeral says which and not how many: 三期 of a
// building, 二次供水. How many would be 两次.
func countsInOrder(s, unit, left string) bool {
	if unit == "期" {
		return !lexicon.EventVerbs.In(left)
	}
	if lexicon.RankUnits.Has(unit) && strings.HasSuffix(left, "前") { // 前三名
		return true
	}
	rest, ok := strings.CutPrefix(s, "二")
	return ok && strings.HasPrefix(rest, unit) && (unitClassOf[unit] == quantity.EventUnit || unitClassOf[unit] == quantity.CountUnit)
}

func ordinalNumeral(i int, rest string) (token, bool) {
	run := numeralRun(rest)
	if run == 0 {
		return token{}, false
	}
	unit, _ := unitAt(rest[run:])
	return token{start: i, end: i + run + len(unit), class: ordinalClass, numeral: true}, true
}

// doubling reads 翻番, 翻一番, 翻两番: value in 番.
func doubling(s string) (token, bool) {
	rest, ok := strings.CutPrefix(s, "翻")
	if !ok {
		return token{}, false
	}
	value := int64(1)
	run := numeralRun(rest)
	if run > 0 {
		if value, ok = parseNumeral(rest[:run]); !ok {
			return token{}, false
		}
	}
	if !strings.HasPrefix(rest[run:], "番") {
		return token{}, false
	}
	return quantityToken(value, "番", quantity.ShareUnit, len("翻")+run+len("番")), true
}

// hundredths reads 百分之三十 as 30%.
func hundredths(s string) (token, bool) {
	rest, ok := strings.CutPrefix(s, "百分之")
	if !ok {
		return token{}, false
	}
	run := numeralRun(rest)
	value, ok := parseNumeral(rest[:run])
	if strings.HasPrefix(rest, "百") {
		run, value, ok = len("百"), 100, true
	}
	return quantityToken(value, "%", quantity.ShareUnit, len("百分之")+run), ok
}

// fraction reads 三分之二, which is no decimal.
func fraction(s string) (token, bool) {
	run := numeralRun(s)
	rest, ok := strings.CutPrefix(s[run:], "分之")
	if !ok || run == 0 {
		return token{}, false
	}
	return token{class: fractionClass, end: run + len("分之") + numeralRun(rest)}, true
}

// tenths reads 六成 as 60% and 两成五 as 25%, and 一半 as 50%.
func tenths(s string) (token, bool) {
	if strings.HasPrefix(s, "一半") {
		return quantityToken(50, "%", quantity.ShareUnit, len("一半")), true
	}
	digit, size := runeAt(s, 0)
	value, ok := numeralDigit(digit)
	rest, isTenth := strings.CutPrefix(s[size:], "成")
	if !ok || value == 0 || !isTenth || strings.ContainsRune("立为果功员本", firstRune(rest)) {
		return token{}, false
	}
	end := size + len("成")
	value *= 10
	if half, ok := numeralDigit(firstRune(rest)); ok && half > 0 {
		value += half
		end += len("五")
	} else if strings.HasPrefix(rest, "半") {
		value += 5
		end += len("半")
	}
	return quantityToken(value, "%", quantity.ShareUnit, end), true
}

// vagueCount reads counts that name no number: 数百家, 几十个, 上千人, 万名, 一批.
func vagueCount(s string) (token, bool) {
	rest := strings.TrimPrefix(strings.TrimPrefix(s, "数"), "几")
	some := len(rest) < len(s)
	magnitude := magnitudeAt(rest)
	unit := unitWordAt(rest[len(magnitude):])
	switch {
	case unit == "", lexicon.WordlikeUnits.Has(unit):
		return token{}, false
	case !some && (magnitude == "" || magnitude == "十"):
		return token{}, false
	case magnitude == "" && unit != "个" && unit != "家": // 数字, 几何
		return token{}, false
	}
	class := vagueClass
	if magnitude != "" && unitClassOf[unit] == quantity.RatingUnit { // 千亿级
		class = codeClass
	}
	return token{class: class, end: len(s) - len(rest) + len(magnitude) + len(unit)}, true
}

// countedNumeral reads numerals with a unit: 三十个, 三万亩, 三到五家.
func countedNumeral(s string) (token, bool) {
	run := numeralRun(s)
	head, magnitude := splitMagnitude(s[:run])
	value, ok := parseNumeral(head)
	if !ok {
		return token{}, false
	}
	t := quantityToken(value, "", quantity.NoUnit, run-len(magnitude))
	t.end += moreAt(s[t.end:], &t)
	t.unit, t.unitClass = unitAfter(s, &t)
	readNumeralRange(s, &t)
	if t.unit == "" || lexicon.Magnitudes.Has(t.unit) || lexicon.WordlikeUnits.Has(t.unit) || !knownUnit(t.unit) || namesPlace(t.unit, s[t.end:]) {
		return token{}, false
	}
	if t.unitClass == quantity.TimeUnit {
		t.class = durationClass
	}
	if utfLen := len(head) / len("一"); utfLen == 2 && !strings.ContainsAny(head, "十百千〇零") {
		t.class = vagueClass // 三五家
	}
	return t, true
}

// knownUnit reports whether a unit is one of the list: a numeral before any other
// character is part of a name (十小, 二中).
func knownUnit(unit string) bool {
	word := unit[len(magnitudeAt(unit)):]
	return allUnits.Prefix(word) != ""
}

// namesPlace reports whether a numeral and a unit begin the name of a place:
// 六盘水, 五家渠, 三台县. Units that count roads and waters are left to them.
func namesPlace(unit, rest string) bool {
	return lexicon.PlaceNameUnits.Has(unit) && lexicon.PlaceNameEndings.Prefix(rest) != "" && lexicon.NotPlaceNames.Prefix(rest) == ""
}

// readNumeralRange reads the upper end of 三到五家.
func readNumeralRange(s string, t *token) {
	sep := lexicon.DateRangeSigns.Prefix(s[t.end:])
	if sep == "" || t.unit != "" {
		return
	}
	rest := s[t.end+len(sep):]
	run := numeralRun(rest)
	head, magnitude := splitMagnitude(rest[:run])
	high, ok := parseNumeral(head)
	if !ok {
		return
	}
	upper := token{end: t.end + len(sep) + run - len(magnitude)}
	upper.unit, upper.unitClass = unitAfter(s, &upper)
	if upper.unit != "" {
		t.high, t.unit, t.unitClass, t.end = strconv.FormatInt(high, 10), upper.unit, upper.unitClass, upper.end
	}
}

func quantityToken(value int64, unit string, class quantity.Class, end int) token {
	return token{class: quantityClass, value: strconv.FormatInt(value, 10), unit: unit, unitClass: class, end: end}
}
