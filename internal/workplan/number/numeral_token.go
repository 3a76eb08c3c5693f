package number

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// numeralTokenAt reads a number in Chinese numerals. Numerals without a unit
// are part of a word (一体化, 统一) and no token.
func numeralTokenAt(text string, i int, previous rune) (Token, bool) {
	rest := prose.After(text, i, prose.Window)
	if previous == '第' {
		return ordinalNumeral(i, rest)
	}
	if t, ok := noneAt(text, i); ok {
		return t, true
	}
	for _, read := range []func(string) (Token, bool){doubling, hundredths, fraction, tenths, vagueCount, countedNumeral} {
		if t, ok := read(rest); ok {
			t.Start, t.End, t.Numeral = i, i+t.End, true
			if t.Class == Quantity && countsInOrder(rest, t.Unit, prose.Before(text, i, 30)) {
				t.Class = Ordinal
			}
			return t, true
		}
	}
	return Token{}, false
}

// noneAt reads 零 at the end of a clause whose name says in what it is counted:
// 死亡人数为零 is 0 of 人.
func noneAt(text string, i int) (Token, bool) {
	rest, ok := strings.CutPrefix(text[i:], "零")
	if !ok || rest != "" && !strings.ContainsRune("。,;、\n)", prose.FirstRune(rest)) {
		return Token{}, false
	}
	left := prose.Before(text, i, 60)
	level := lexicon.BeforeZero.Suffix(left)
	word := lexicon.ZeroCounted.Suffix(strings.TrimSuffix(left, level))
	if level == "" || word == "" {
		return Token{}, false
	}
	unit := zeroUnit(word)
	t := quantityToken(0, unit, unitClassOf[unit], len("零"))
	t.Start, t.End, t.Numeral = i, i+len("零"), true
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

func ordinalNumeral(i int, rest string) (Token, bool) {
	run := numeral.Run(rest)
	if run == 0 {
		return Token{}, false
	}
	unit, _ := UnitAt(rest[run:])
	return Token{Start: i, End: i + run + len(unit), Class: Ordinal, Numeral: true}, true
}

// doubling reads 翻番, 翻一番, 翻两番: value in 番.
func doubling(s string) (Token, bool) {
	rest, ok := strings.CutPrefix(s, "翻")
	if !ok {
		return Token{}, false
	}
	value := int64(1)
	run := numeral.Run(rest)
	if run > 0 {
		if value, ok = numeral.Parse(rest[:run]); !ok {
			return Token{}, false
		}
	}
	if !strings.HasPrefix(rest[run:], "番") {
		return Token{}, false
	}
	return quantityToken(value, "番", quantity.ShareUnit, len("翻")+run+len("番")), true
}

// hundredths reads 百分之三十 as 30%.
func hundredths(s string) (Token, bool) {
	rest, ok := strings.CutPrefix(s, "百分之")
	if !ok {
		return Token{}, false
	}
	if strings.HasPrefix(rest, "百") {
		return quantityToken(100, "%", quantity.ShareUnit, len("百分之百")), true
	}
	value, size, ok := numeral.At(rest)
	t := Token{Class: Quantity, Value: value, Unit: "%", UnitClass: quantity.ShareUnit, End: len("百分之") + size}
	if sep := lexicon.DateRangeSigns.Prefix(s[t.End:]); ok && sep != "" {
		upper, size := upperHundredths(s[t.End+len(sep):])
		if size > 0 {
			t.High, t.End = upper, t.End+len(sep)+size
		}
	}
	return t, ok
}

// upperHundredths reads the upper end of 百分之三到百分之五 or 百分之三到五, "" where there is none.
func upperHundredths(s string) (value string, size int) {
	rest, again := strings.CutPrefix(s, "百分之")
	value, size, ok := numeral.At(rest)
	if !ok {
		return "", 0
	}
	if unit, _ := UnitAt(rest[size:]); !again && (unit != "" || calendarAt(rest)) {
		return "", 0
	}
	return value, len(s) - len(rest) + size
}

// calendarAt reports whether a date begins with a text.
func calendarAt(s string) bool {
	_, size := calendar.At(s)
	return size > 0
}

// fraction reads 三分之二, which is no decimal.
func fraction(s string) (Token, bool) {
	run := numeral.Run(s)
	rest, ok := strings.CutPrefix(s[run:], "分之")
	if !ok || run == 0 {
		return Token{}, false
	}
	_, over, ok := numeral.At(rest)
	if !ok {
		over = numeral.Run(rest)
	}
	return Token{Class: Fraction, End: run + len("分之") + over}, true
}

// tenths reads 六成 as 60% and 两成五 as 25%, and 一半 as 50%.
func tenths(s string) (Token, bool) {
	if strings.HasPrefix(s, "一半") {
		return quantityToken(50, "%", quantity.ShareUnit, len("一半")), true
	}
	digit, size := prose.RuneAt(s, 0)
	value, ok := numeral.Digit(digit)
	rest, isTenth := strings.CutPrefix(s[size:], "成")
	if !ok || value == 0 || !isTenth || strings.ContainsRune("立为果功员本", prose.FirstRune(rest)) {
		return Token{}, false
	}
	end := size + len("成")
	value *= 10
	if half, ok := numeral.Digit(prose.FirstRune(rest)); ok && half > 0 {
		value += half
		end += len("五")
	} else if strings.HasPrefix(rest, "半") {
		value += 5
		end += len("半")
	}
	return quantityToken(value, "%", quantity.ShareUnit, end), true
}

// vagueCount reads counts that name no number: 数百家, 几十个, 上千人, 万名, 一批.
func vagueCount(s string) (Token, bool) {
	rest := strings.TrimPrefix(strings.TrimPrefix(s, "数"), "几")
	some := len(rest) < len(s)
	magnitude := MagnitudeAt(rest)
	unit := unitWordAt(rest[len(magnitude):])
	switch {
	case unit == "" && len(magnitude) > len("百") && strings.HasSuffix(magnitude, "亿") && endsClause(rest[len(magnitude):]): // 达百亿
		return Token{Class: Vague, End: len(s) - len(rest) + len(magnitude)}, true
	case unit == "", lexicon.WordlikeUnits.Has(unit):
		return Token{}, false
	case !some && (magnitude == "" || magnitude == "十"):
		return Token{}, false
	case magnitude == "" && unit != "个" && unit != "家": // 数字, 几何
		return Token{}, false
	}
	class := Vague
	if magnitude != "" && unitClassOf[unit] == quantity.RatingUnit { // 千亿级
		class = Code
	}
	return Token{Class: class, End: len(s) - len(rest) + len(magnitude) + len(unit)}, true
}

// countedNumeral reads numerals with a unit: 三十个, 三点二万亩, 三到五家.
func countedNumeral(s string) (Token, bool) {
	value, size, ok := numeral.At(s)
	if !ok {
		return Token{}, false
	}
	t := Token{Class: Quantity, Value: value, End: size}
	head := s[:size]
	t.End += moreAt(s[t.End:], &t)
	t.Unit, t.UnitClass = UnitAfter(s, &t)
	readNumeralRange(s, &t)
	if t.Unit == "" || lexicon.Magnitudes.Has(t.Unit) || lexicon.WordlikeUnits.Has(t.Unit) || !knownUnit(t.Unit) || namesPlace(t.Unit, s[t.End:]) {
		return Token{}, false
	}
	if t.UnitClass == quantity.TimeUnit {
		t.Class = Duration
	}
	if utfLen := len(head) / len("一"); utfLen == 2 && !strings.ContainsAny(head, "十百千〇零") {
		t.Class = Vague // 三五家
	}
	if strings.Contains(head, "亿") { // 七亿二千万斤 is 7.2亿斤
		t.Value, t.Unit = scaled(t.Value, -powers["亿"]), "亿"+t.Unit
	}
	return t, true
}

// knownUnit reports whether a unit is one of the list: a numeral before any other
// character is part of a name (十小, 二中).
func knownUnit(unit string) bool {
	word := unit[len(MagnitudeAt(unit)):]
	return Units.Prefix(word) != ""
}

// namesPlace reports whether a numeral and a unit begin the name of a place:
// 六盘水, 五家渠, 三台县. Units that count roads and waters are left to them.
func namesPlace(unit, rest string) bool {
	return lexicon.PlaceNameUnits.Has(unit) && lexicon.PlaceNameEndings.Prefix(rest) != "" && lexicon.NotPlaceNames.Prefix(rest) == ""
}

// readNumeralRange reads the upper end of 三到五家.
func readNumeralRange(s string, t *Token) {
	sep := lexicon.DateRangeSigns.Prefix(s[t.End:])
	if sep == "" || t.Unit != "" {
		return
	}
	rest := s[t.End+len(sep):]
	high, size, ok := numeral.At(rest)
	if !ok {
		return
	}
	upper := Token{End: t.End + len(sep) + size}
	upper.Unit, upper.UnitClass = UnitAfter(s, &upper)
	if upper.Unit != "" {
		t.High, t.Unit, t.UnitClass, t.End = high, upper.Unit, upper.UnitClass, upper.End
	}
}

func quantityToken(value int64, unit string, class quantity.Class, end int) Token {
	return Token{Class: Quantity, Value: strconv.FormatInt(value, 10), Unit: unit, UnitClass: class, End: end}
}
