package quantity

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// MaxDigits is the most decimal digits, before and after the point together,
// that a number may be written with.
const MaxDigits = 40

// Number is an exact decimal. It is immutable, keeps the digits it was written
// with (75.40 stays "75.40") and can be used as a map key; == compares the
// writing, Cmp and Equal the value. The zero Number is 0.
type Number struct {
	text string // plain decimal without an exponent; "" is 0
}

// ParseNumber reads a number by the grammar of JSON: an optional minus, digits
// without needless leading zeros, an optional fraction, an optional exponent.
// An exponent is written out, so 1.5e3 becomes "1500".
//
// It fails with fault.NumberTooLong when the number written out has more than
// MaxDigits digits and with fault.InvalidNumber when s is no such number. It
// never allocates in proportion to an exponent.
func ParseNumber(s string) (Number, error) {
	p, ok := split(s)
	if !ok {
		return Number{}, fault.Newf(fault.InvalidNumber,
			"“%s”不是数值，应写作 168、-4.2 或 75.40", "%q is not a number; write 168, -4.2 or 75.40", clip(s))
	}
	text, ok := p.plain()
	if !ok {
		return Number{}, fault.Newf(fault.NumberTooLong,
			"数值“%s”超过 %d 位", "the number %q has more than %d digits", clip(s), MaxDigits)
	}
	return Number{text}, nil
}

// parts are the pieces of a number as it is written.
type parts struct {
	negative    bool
	whole, frac string // digits
	exponent    string // with its sign, "" for none
}

func split(s string) (parts, bool) {
	var p parts
	s, p.negative = strings.CutPrefix(s, "-")
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		p.exponent = s[i+1:]
		s = s[:i]
		if !isDigits(unsigned(p.exponent)) {
			return parts{}, false
		}
	}
	var dotted bool
	p.whole, p.frac, dotted = strings.Cut(s, ".")
	needless := len(p.whole) > 1 && p.whole[0] == '0'
	return p, isDigits(p.whole) && !needless && (!dotted || isDigits(p.frac))
}

// unsigned drops the one sign an exponent may have.
func unsigned(exponent string) string {
	if rest, ok := strings.CutPrefix(exponent, "-"); ok {
		return rest
	}
	return strings.TrimPrefix(exponent, "+")
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// plain writes the parts without an exponent; it reports false when that
// takes more than MaxDigits digits.
func (p parts) plain() (string, bool) {
	digits := len(p.whole) + len(p.frac)
	shift, ok := smallExponent(p.exponent)
	if !ok || digits > MaxDigits {
		return "", false
	}
	all := p.whole + p.frac
	point := len(p.whole) + shift // digits before the decimal point
	if point > MaxDigits || digits-point > MaxDigits {
		return "", false
	}
	if point < 1 {
		all = strings.Repeat("0", 1-point) + all
		point = 1
	}
	if point > len(all) {
		all += strings.Repeat("0", point-len(all))
	}
	whole, frac := trimZeros(all[:point]), all[point:]
	if len(whole)+len(frac) > MaxDigits {
		return "", false
	}
	return compose(p.negative, whole, frac), true
}

// smallExponent reads an exponent that can lead to a number of MaxDigits; the
// others need not be told apart.
func smallExponent(s string) (int, bool) {
	digits := strings.TrimLeft(unsigned(s), "0")
	if digits == "" {
		return 0, true
	}
	if len(digits) > len(strconv.Itoa(MaxDigits)) {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if strings.HasPrefix(s, "-") {
		n = -n
	}
	return n, err == nil
}

// trimZeros drops leading zeros, all but the last digit.
func trimZeros(digits string) string {
	trimmed := strings.TrimLeft(digits, "0")
	if trimmed == "" {
		return "0"
	}
	return trimmed
}

// compose joins the parts; a negative zero loses its sign.
func compose(negative bool, whole, frac string) string {
	text := whole
	if frac != "" {
		text += "." + frac
	}
	if negative && strings.Trim(text, "0.") != "" {
		return "-" + text
	}
	return text
}

// clip keeps an echo of bad input short.
func clip(s string) string {
	const most = 44
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// MustNumber is ParseNumber for constants: it panics on what ParseNumber
// refuses.
func MustNumber(s string) Number {
	n, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

// FromInt returns the whole number i.
func FromInt(i int64) Number { return Number{strconv.FormatInt(i, 10)} }

// Sum adds numbers exactly. The sum is written with as many digits as its value
// needs, whatever the numbers were written with: 1.50 and 1.5 are "3".
func Sum(numbers ...Number) Number {
	var total int64
	var places int
	for _, n := range numbers {
		c, own, ok := n.coefficient()
		common := max(places, own)
		before, fits := shifted(total, common-places)
		c, also := shifted(c, common-own)
		total, places = before+c, common
		if !ok || !fits || !also || (total > before) != (c > 0) && c != 0 {
			return sumOf(numbers)
		}
	}
	return fewest(total, places)
}

// sumOf is Sum for numbers of any size.
func sumOf(numbers []Number) Number {
	total := new(big.Rat)
	for _, n := range numbers {
		total.Add(total, n.Rat())
	}
	digits, _ := total.FloatPrec() // decimals add up to a decimal
	return FromRat(total, digits)
}

// Minus is n − o exactly, with as many decimal places as the one that has more:
// 76.02 − 74.5 is "1.52".
func (n Number) Minus(o Number) Number {
	if a, b, places, ok := aligned(n, o); ok {
		if d := a - b; (d < a) == (b > 0) {
			return written(d < 0, magnitude(d), places)
		}
	}
	_, own, _ := strings.Cut(n.text, ".")
	_, other, _ := strings.Cut(o.text, ".")
	return FromRat(new(big.Rat).Sub(n.Rat(), o.Rat()), max(len(own), len(other)))
}

// FromRat rounds r to a number of decimal places, halves away from zero
// (四舍五入), and writes all of them: 1/2 to two places is "0.50". A negative
// count of places is taken as none. The result may have more than MaxDigits
// digits when r does.
func FromRat(r *big.Rat, places int) Number {
	if n, ok := fromSmall(r, places); ok {
		return n
	}
	text, negative := strings.CutPrefix(r.FloatString(max(places, 0)), "-")
	whole, frac, _ := strings.Cut(text, ".")
	return Number{compose(negative, whole, frac)}
}

// String returns the digits as written, without an exponent.
func (n Number) String() string {
	if n.text == "" {
		return "0"
	}
	return n.text
}

// Rat returns the exact value; the caller owns it.
func (n Number) Rat() *big.Rat {
	if c, places, ok := n.coefficient(); ok {
		if places == 0 {
			return new(big.Rat).SetInt64(c)
		}
		return new(big.Rat).SetFrac64(c, powers[places])
	}
	r, _ := new(big.Rat).SetString(n.String())
	return r
}

// Sign is -1, 0 or 1 as the number is below, at or above zero.
func (n Number) Sign() int {
	switch {
	case strings.HasPrefix(n.text, "-"):
		return -1
	case strings.Trim(n.text, "0.") == "":
		return 0
	}
	return 1
}

// Cmp compares values: -1, 0 or 1 as n is below, at or above o.
func (n Number) Cmp(o Number) int {
	if n == o {
		return 0
	}
	if a, b, _, ok := aligned(n, o); ok {
		return cmp.Compare(a, b)
	}
	return n.Rat().Cmp(o.Rat())
}

// Abs is the number without its sign.
func (n Number) Abs() Number { return Number{strings.TrimPrefix(n.text, "-")} }

// Equal reports whether the values are equal, so 75.4 equals 75.40.
func (n Number) Equal(o Number) bool { return n.Cmp(o) == 0 }

// IsWhole reports whether the value has no fraction: 12 and 12.00 have none.
func (n Number) IsWhole() bool {
	_, frac, dotted := strings.Cut(n.text, ".")
	return !dotted || strings.Trim(frac, "0") == ""
}

// Reaches reports whether the number is at least so many times another.
func (n Number) Reaches(times int64, o Number) bool {
	if a, b, _, ok := aligned(n, o); ok && b < math.MaxInt64/times && b > -math.MaxInt64/times {
		return a >= times*b
	}
	bar := o.Rat()
	return n.Rat().Cmp(bar.Mul(bar, big.NewRat(times, 1))) >= 0
}

// FirstDigit is the place of the first digit that is not 0: 3 of 168, 1 of 7.5,
// -1 of 0.05, and 0 of 0 and of 0.5.
func (n Number) FirstDigit() int {
	whole, frac, _ := strings.Cut(strings.TrimPrefix(n.text, "-"), ".")
	if whole = strings.TrimLeft(whole, "0"); whole != "" {
		return len(whole)
	}
	return len(strings.TrimLeft(frac, "0")) - len(frac)
}

// LastPlace is the worth of the last digit as written: 0.01 of 75.40, 1 of 168.
// The caller owns it.
func (n Number) LastPlace() *big.Rat {
	_, frac, _ := strings.Cut(n.text, ".")
	return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(frac))), nil))
}

// MarshalJSON writes a JSON number with all its digits.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalJSON reads a JSON number, or a string that holds one, and keeps the
// digits. Null and every other type are refused with fault.WrongType, for a
// missing figure is not zero; see ParseNumber for the other faults.
func (n *Number) UnmarshalJSON(data []byte) error {
	text := string(bytes.TrimSpace(data))
	switch {
	case strings.HasPrefix(text, `"`):
		if err := json.Unmarshal(data, &text); err != nil {
			return fault.Newf(fault.InvalidNumber, "数值的写法不正确", "the number is not written correctly").Because(err)
		}
	case text == "" || !strings.Contains("-0123456789", text[:1]):
		return fault.Newf(fault.WrongType, "应为数值，而不是 %s", "a number is needed, not %s", clip(text))
	}
	parsed, err := ParseNumber(text)
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}
