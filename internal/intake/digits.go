package intake

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// mostSignificant is how many significant digits a spreadsheet shows of a number.
// What its file holds beyond them comes of binary fractions: 1.1 is kept as
// 1.1000000000000001.
const mostSignificant = 15

var cellNumber = regexp.MustCompile(`^(-?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]{1,4}))?$`)

// decimal is a number as digits with the decimal point after the first point of
// them, which may be any number.
type decimal struct {
	negative bool
	digits   string // without zeros at either end; empty for 0
	point    int
}

// readDecimal reads the number of a cell as a spreadsheet shows it.
func readDecimal(s string) (decimal, bool) {
	m := cellNumber.FindStringSubmatch(s)
	if m == nil || m[2]+m[3] == "" {
		return decimal{}, false
	}
	d := decimal{negative: m[1] == "-", digits: m[2] + m[3], point: len(m[2])}
	if m[4] != "" {
		n, err := strconv.Atoi(m[4])
		if err != nil {
			return decimal{}, false
		}
		d.point += n
	}
	d.trim()
	if len(d.digits) > mostSignificant {
		up := d.digits[mostSignificant] >= '5'
		d.digits = d.digits[:mostSignificant]
		if up {
			d.increment()
		}
		d.trim()
	}
	return d, true
}

func (d *decimal) trim() {
	rest := strings.TrimLeft(d.digits, "0")
	d.point -= len(d.digits) - len(rest)
	if d.digits = strings.TrimRight(rest, "0"); d.digits == "" {
		*d = decimal{}
	}
}

// increment adds one to the last digit.
func (d *decimal) increment() {
	b := []byte(d.digits)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i]++; b[i] <= '9' {
			d.digits = string(b)
			return
		}
		b[i] = '0'
	}
	d.digits = "1" + string(b)
	d.point++
}

func (d decimal) isZero() bool { return d.digits == "" }

func (d decimal) isWhole() bool { return d.point >= len(d.digits) }

// String writes the number out, or with an exponent where that takes more zeros
// than any value has.
func (d decimal) String() string {
	const mostZeros = 30
	sign := ""
	if d.negative {
		sign = "-"
	}
	switch {
	case d.isZero():
		return "0"
	case d.point > mostZeros || d.point < -mostZeros:
		return sign + d.digits + "e" + strconv.Itoa(d.point-len(d.digits))
	case d.point <= 0:
		return sign + "0." + strings.Repeat("0", -d.point) + d.digits
	case d.isWhole():
		return sign + d.digits + strings.Repeat("0", d.point-len(d.digits))
	}
	return sign + d.digits[:d.point] + "." + d.digits[d.point:]
}

// shown is a number as a cell shows it, with what stands around it.
type shown struct {
	number string
	prefix string // a sign of currency
	suffix string // "%" or a unit
}

var (
	textNumber = regexp.MustCompile(`^([+-]?)([0-9][0-9,]*(?:\.[0-9]+)?)\s*([^0-9.,]*)$`)
	inThrees   = regexp.MustCompile(`^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$`)
	withPower  = regexp.MustCompile(`^[+-]?[0-9.]+[eE][+-]?[0-9]+$`)
)

// readNumber reads a number that was typed as text; doubt says in words why it
// cannot be taken for one.
func readNumber(text string) (n shown, doubt *phrase) {
	if isPlainNumber(text) {
		return shown{number: text}, nil
	}
	text = indicator.TrimText(narrow(text))
	if withPower.MatchString(text) {
		return n, &phrase{"“%s”是科学记数法，可能已舍入，请写出全部数字", "%q is in scientific notation and may have been rounded; write all its digits", text}
	}
	m := textNumber.FindStringSubmatch(text)
	if m == nil {
		return n, &phrase{"“%s”不是数值，应写作 168、-4.2 或 75.40", "%q is not a number; write 168, -4.2 or 75.40", text}
	}
	digits := m[2]
	if strings.Contains(digits, ",") {
		if !inThrees.MatchString(digits) {
			return n, &phrase{"“%s”的千位分隔符不是每三位一个，无法确定是多少", "the separators of %q are not every three digits, so it is not certain which number it is", text}
		}
		digits = strings.ReplaceAll(digits, ",", "")
	}
	if m[1] == "-" {
		digits = "-" + digits
	}
	return shown{number: digits, suffix: m[3]}, nil
}

// isPlainNumber knows the numbers that need no second look, as nearly all do: it
// takes a tenth of the time of the expressions above.
func isPlainNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	points := 0
	for i := range len(digits) {
		switch c := digits[i]; {
		case c == '.' && i > 0 && i < len(digits)-1:
			points++
		case c < '0' || c > '9':
			return false
		}
	}
	return digits != "" && points < 2
}

// narrow writes characters of full width as they are in ASCII, and a minus sign as
// a hyphen.
func narrow(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '−':
			return '-'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
