package number

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// figureAt reads what begins with a digit or a Latin letter. A run of letters
// without a digit is no token.
func figureAt(text string, i int, previous rune) (Token, bool) {
	rest := prose.After(text, i, prose.Window)
	if strings.HasPrefix(rest, "Q") && !prose.IsLatin(previous) {
		if w, size := calendar.At(rest); size > 0 {
			return Token{Start: i, End: i + size, Class: Date, When: w}, true
		}
	}
	if size := CodeAt(rest); size > 0 {
		return Token{Start: i, End: i + size, Class: Code}, true
	}
	if !prose.StartsDigit(rest) {
		return Token{}, false
	}
	if w, size := dateInFigures(rest, previous); size > 0 {
		return Token{Start: i, End: i + size, Class: Date, When: w}, true
	}
	if end := referenceAt(rest, previous); end > 0 {
		return Token{Start: i, End: i + end, Class: Reference}, true
	}
	if end := formulaAt(rest, previous); end > 0 {
		t := Token{Start: i, End: i + end, Class: Formula}
		if level, ok := strings.CutSuffix(rest[:end], ":1"); ok && level != "1" {
			t.Value, t.Pair = cleanDecimal(level), true
		}
		return t, true
	}
	if previous != '第' {
		if w, size := calendar.At(rest); size > 0 {
			return Token{Start: i, End: i + size, Class: Date, When: w}, true
		}
	}
	if size := clockAt(rest); size > 0 {
		return Token{Start: i, End: i + size, Class: Duration}, true
	}
	t := QuantityAt(rest)
	t.Start, t.End = i, i+t.End
	classifyFigure(&t, prose.Before(text, i, 30), prose.After(text, t.End, 60))
	return t, true
}

// dateInFigures reads the dates that would else be other numbers: a day such as 2024.6.30前, a month
// alone in a bracket, (2024.9), and a number of years that a clause opens with.
func dateInFigures(rest string, previous rune) (calendar.When, int) {
	if w, size := yearsWithin(rest, previous); size > 0 {
		return w, size
	}
	if w, size := calendar.Dotted(rest); size > 0 && previous != '第' && !strings.ContainsRune("+×/.-", previous) {
		return w, size
	}
	if end := strings.IndexByte(prose.After(rest, 0, len("2024.10)")), ')'); previous == '(' && end > 0 {
		if w := calendar.Short(rest[:end]); w.Year != 0 {
			return w, end
		}
	}
	return calendar.When{}, 0
}

// CodeAt is the length of a name of letters and digits: 5G, PM2.5, C2M, 120WM.
// Digits before a unit in letters (20km, 50MW) are no code.
func CodeAt(s string) int {
	size, letters, digits := 0, false, false
	for size < len(s) {
		c := rune(s[size])
		switch {
		case prose.IsLatin(c):
			letters = true
		case prose.IsDigit(c):
			digits = true
		case (c == '.' || c == '-' || c == '_' || c == '&') && letters && size+1 < len(s) && prose.IsWordByte(rune(s[size+1])):
		default:
			return codeSize(s[:size], letters && digits)
		}
		size++
	}
	return codeSize(s[:size], letters && digits)
}

// mostFigures is the most figures of a whole number before a unit in letters.
const mostFigures = 9

func codeSize(s string, mixed bool) int {
	if !mixed {
		return 0
	}
	letters := strings.TrimLeft(s, "0123456789.,")
	if figures := len(s) - len(letters); prose.StartsDigit(s) && figures > mostFigures && !strings.ContainsAny(s[:figures], ".,") {
		return len(s) // 1137000041200P: what a thing is filed by
	}
	if prose.StartsDigit(s) && (Units.Has(letters) && letters != "P" || lettersOfUnit(s[:len(s)-len(letters)], letters)) {
		return 0
	}
	return len(s)
}

// referenceAt is the length of a document number, footnote or clause number
// whose figures s begins with: [2018]121号, [3], 12号.
func referenceAt(s string, previous rune) int {
	size := len(s) - len(strings.TrimLeft(s, "0123456789"))
	rest := s[size:]
	if previous == '[' && strings.HasPrefix(rest, "]") {
		tail := rest[1:]
		n := len(tail) - len(strings.TrimLeft(tail, "0123456789"))
		if n > 0 && strings.HasPrefix(tail[n:], "号") {
			return size + 1 + n + len("号")
		}
		return size + 1
	}
	if strings.HasPrefix(rest, "号") {
		return size + len("号")
	}
	return 0
}

// formulaAt is the length of figures that are put together by signs: 5+2, 1:3,
// 7×24, 1.2.3, 15%+5%, 3/4.
func formulaAt(s string, previous rune) int {
	size := len(s) - len(strings.TrimLeft(s, "0123456789."))
	size = len(strings.TrimRight(s[:size], "."))
	if previous == '+' || previous == '×' || previous == '/' {
		return size
	}
	if _, power := powerOfTenAt(s[size:]); power > 0 || moreAt(s[size:], &Token{}) > 0 {
		return 0
	}
	if strings.Count(s[:size], ".") > 1 {
		return size
	}
	for _, sign := range []string{"+", "×", "*", ":", "/"} {
		tail, ok := strings.CutPrefix(s[size:], sign)
		if n := len(tail) - len(strings.TrimLeft(tail, "0123456789.")); ok && n > 0 {
			end := size + len(sign) + len(strings.TrimRight(tail[:n], "."))
			if sign == "/" {
				if _, power := quantity.PerPower(tail); power > 0 {
					return 0 // 9/10万 is a rate
				}
				end += len(MagnitudeAt(s[end:]))
			}
			return end
		}
		if ok && sign == "+" {
			return size
		}
	}
	return 0
}

// clockAt is the length of a time of day: 22时30分, 8时.
func clockAt(s string) int {
	hour, n := prose.DigitsAt(s, 3)
	if n == 0 || n > 2 || hour > 24 || !strings.HasPrefix(s[n:], "时") || lexicon.TimeNouns.Prefix(s[n:]) != "" {
		return 0
	}
	size := n + len("时")
	if _, m := prose.DigitsAt(s[size:], 2); m > 0 && strings.HasPrefix(s[size+m:], "分") {
		size += m + len("分")
	}
	return size
}

// QuantityAt reads the number that s begins with, its range and its unit; the
// token's end is its length.
func QuantityAt(s string) Token {
	t := Token{Class: Quantity}
	var n int
	t.Value, n = DecimalAt(s)
	t.End = n
	magnitude := readParts(s, &t)
	if exponent, size := powerOfTenAt(s[t.End:]); size > 0 {
		t.Value, t.End = scaled(t.Value, exponent), t.End+size
	}
	t.End += moreAt(s[t.End:], &t)
	t.Unit, t.UnitClass = UnitAfter(s, &t)
	if magnitude != "" {
		if t.Unit = magnitude + t.Unit; t.UnitClass == quantity.NoUnit {
			t.UnitClass = quantity.CountUnit
		}
	}
	readRange(s, &t)
	return t
}

// DecimalAt reads 1,234.5 as 1234.5.
func DecimalAt(s string) (value string, size int) {
	_, size = prose.DigitsAt(s, prose.Window)
	value = s[:size]
	for grouped := size <= 3; grouped && groupAt(s[size:]); size += 4 {
		value += s[size+1 : size+4]
	}
	if size+1 < len(s) && s[size] == '.' && prose.StartsDigit(s[size+1:]) {
		_, n := prose.DigitsAt(s[size+1:], prose.Window)
		value += s[size : size+1+n]
		size += 1 + n
	}
	return cleanDecimal(value), size
}

// groupAt reports whether a thousands separator and three digits follow.
func groupAt(s string) bool {
	if len(s) < 4 || s[0] != ',' {
		return false
	}
	_, n := prose.DigitsAt(s[1:], 4)
	return n == 3
}

func cleanDecimal(s string) string {
	whole, frac, dotted := strings.Cut(s, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if dotted {
		return whole + "." + frac
	}
	return whole
}

// moreAt reads 余, 多, 来 or + between a number and its unit. A + before anything else puts figures
// together: 5+2, 1+N.
func moreAt(s string, t *Token) int {
	word := lexicon.MoreMarks.Prefix(s)
	if next := s[len(word):]; word == "+" && next != "" && !strings.ContainsRune("，,。;、)\n", prose.FirstRune(next)) {
		if unit, _ := UnitAt(next); unit == "" {
			return 0
		}
	}
	t.More = t.More || word != ""
	return len(word)
}

// UnitAfter reads the unit at the token's end and moves the end past it. 余
// may also stand between the magnitude and the unit: 10万余亩.
func UnitAfter(s string, t *Token) (string, quantity.Class) {
	unit, class := UnitAt(s[t.End:])
	if unit == "" || class == quantity.CountUnit && lexicon.Magnitudes.Has(unit) {
		if shape := unitByShape(s[:t.End], s[t.End+len(unit):]); shape > 0 {
			unit, class = s[t.End:t.End+len(unit)+shape], quantity.OtherUnit
		}
	}
	t.End += len(unit)
	if class == quantity.CountUnit && lexicon.Magnitudes.Has(unit) {
		if n := moreAt(s[t.End:], t); n > 0 {
			if word, wordClass := UnitAt(s[t.End+n:]); word != "" {
				t.End += n + len(word)
				return unit + word, wordClass
			}
			t.End += n
		}
	}
	return unit, class
}

// readRange reads the upper end of 5%-5.5%, 600-800亿元, 5万至50万元.
func readRange(s string, t *Token) {
	sep := lexicon.DateRangeSigns.Prefix(s[t.End:])
	if sep == "" || !prose.StartsDigit(s[t.End+len(sep):]) {
		return
	}
	from := t.End + len(sep)
	if _, size := calendar.At(s[from:]); size > 0 {
		return
	}
	high, n := DecimalAt(s[from:])
	upper := Token{End: from + n}
	upper.Unit, upper.UnitClass = UnitAfter(s, &upper)
	if upper.Unit == "" || (t.Unit != "" && !strings.HasPrefix(upper.Unit, t.Unit)) {
		return
	}
	t.High, t.Unit, t.UnitClass, t.End = high, upper.Unit, upper.UnitClass, upper.End
}

// classifyFigure settles numbers that their neighbours show to be no quantity.
func classifyFigure(t *Token, left, right string) {
	switch {
	case strings.HasSuffix(left, "第") || (lexicon.BeforeOrdinal.Suffix(left) != "" && t.UnitClass != quantity.NoUnit):
		t.Class = Ordinal
		if strings.HasSuffix(left, "第") && t.Unit == "" {
			_, size := utf8.DecodeRuneInString(right)
			if strings.ContainsRune("届批期号次条款项章节轮代版名位类个", prose.FirstRune(right)) {
				t.End += size
			}
		}
	case t.UnitClass == quantity.TimeUnit && !strings.Contains(t.Unit, "/"):
		t.Class = Duration
	}
}
