package number

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// powers are the zeros of each magnitude.
var powers = map[string]int{"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

// powerOf is the zeros of magnitude words: 7 of 千万.
func powerOf(magnitude string) int {
	zeros := 0
	for _, r := range magnitude {
		zeros += powers[string(r)]
	}
	return zeros
}

// scaled is a value times a power of ten, exactly; a value that cannot be kept stays as it is.
func scaled(value string, exponent int) string {
	n, err := quantity.ParseNumber(value + "e" + strconv.Itoa(exponent))
	if err != nil {
		return value
	}
	if text := n.String(); strings.Contains(text, ".") {
		return strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return n.String()
}

// readParts reads the further parts of a number that is told by its magnitudes, as 2千万 of
// 7亿2千万斤. The value is then in the first magnitude, which is returned: 7.2 and 亿. Figures
// without a magnitude go on with a number only where they have all its places: 1万2000亩.
func readParts(s string, t *Token) (magnitude string) {
	first := MagnitudeAt(s[t.End:])
	whole, err := quantity.ParseNumber(t.Value)
	if first == "" || err != nil || !whole.IsWhole() {
		return ""
	}
	unit, end := powerOf(first), t.End+len(first)
	if raised := raisedBy(s[end:], unit); raised != "" {
		first, unit = first+raised, unit+powers[raised]
	}
	for below := unit; ; {
		value, power, size := partAt(s[end:])
		power += powers[raisedBy(s[end+size:], power)]
		if size == 0 || len(value)+power > below || power == 0 && len(value) != below {
			break
		}
		part, err := quantity.ParseNumber(value + "e" + strconv.Itoa(power-unit))
		if err != nil {
			break
		}
		whole, magnitude, below, end = quantity.Sum(whole, part), first, power, end+size
		if power == 0 {
			break
		}
	}
	if magnitude != "" {
		t.Value, t.End = whole.String(), end
	}
	return magnitude
}

// raisedBy is the 万 or 亿 that a figure in thousands or hundreds has together with the figures
// after it: 万 of 5百万 for the thousands before it in 3千5百万. It is "" for none.
func raisedBy(s string, power int) string {
	for power > 0 && power < powers["万"] {
		value, next, size := partAt(s)
		if len(value) != 1 || next == 0 {
			return ""
		}
		for _, raised := range []string{"万", "亿"} {
			if strings.HasSuffix(s[:size], raised) && next-powers[raised] < power {
				return raised
			}
		}
		if next >= power {
			return ""
		}
		power, s = next, s[size:]
	}
	return ""
}

// partAt reads whole figures and their magnitude, which is no date: 2千万.
func partAt(s string) (value string, power, size int) {
	value, n := DecimalAt(s)
	if _, date := calendar.At(s); n == 0 || date > 0 || strings.Contains(value, ".") || n != len(value) {
		return "", 0, 0
	}
	magnitude := MagnitudeAt(s[n:])
	return value, powerOf(magnitude), n + len(magnitude)
}

// superscripts are the figures of an exponent.
var superscripts = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")

// mostExponent is the highest power of ten that a number is written with.
const mostExponent = 12

// powerOfTenAt reads ×10^4 or ×10⁴ after a number; the size is 0 where there is none.
func powerOfTenAt(s string) (exponent, size int) {
	r, sign := prose.RuneAt(s, 0)
	if r != '×' && r != '*' || !strings.HasPrefix(s[sign:], "10") {
		return 0, 0
	}
	size = sign + len("10")
	if raised, ok := strings.CutPrefix(s[size:], "^"); ok {
		exponent, n := prose.DigitsAt(raised, 2)
		if n == 0 || exponent > mostExponent {
			return 0, 0
		}
		return exponent, size + len("^") + n
	}
	figures := ""
	for size < len(s) {
		r, n := prose.RuneAt(s, size)
		figure := superscripts.Replace(string(r))
		if figure == string(r) {
			break
		}
		figures, size = figures+figure, size+n
	}
	exponent, err := strconv.Atoi(figures)
	if err != nil || exponent > mostExponent {
		return 0, 0
	}
	return exponent, size
}
