// Package numeral reads Chinese numerals: 三十, 一百零五, 二〇二三.
package numeral

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var digits = map[rune]int64{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var powers = map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10_000, '亿': 100_000_000}

// Digit is the value of a numeral below ten; ok is false for any other character.
func Digit(r rune) (value int64, ok bool) {
	value, ok = digits[r]
	return value, ok
}

// Is reports whether a character is a numeral of Chinese: 三, 〇, 百, 万.
func Is(r rune) bool {
	_, digit := digits[r]
	return digit || powers[r] != 0
}

// Longest keeps a run of numerals that is no number from being read as
// one, and the value within an int64.
const Longest = 14

// Run is the length in bytes of the Chinese numerals that s begins with.
func Run(s string) int {
	for i, r := range s {
		if !Is(r) {
			return i
		}
	}
	return len(s)
}

// Parse reads a whole string of Chinese numerals: 三十, 一百零五, 二〇二三.
// A numeral that begins with a power other than ten (百, 万) names a size and
// not a number.
func Parse(s string) (value int64, ok bool) {
	if n := utf8.RuneCountInString(s); n == 0 || n > Longest {
		return 0, false
	}
	if first, _ := utf8.DecodeRuneInString(s); first != '十' && powers[first] != 0 {
		return 0, false
	}
	if !strings.ContainsAny(s, "十百千万亿") {
		return DigitByDigit(s)
	}
	var sum numeralSum
	for _, r := range s {
		if !sum.add(r) {
			return 0, false
		}
	}
	return sum.total + sum.section + sum.digit, true
}

// numeralSum is what the characters of a numeral come to so far: a digit waits for its
// power, and a section of thousands for 万 or 亿.
type numeralSum struct {
	total, section, digit int64
	pending               bool // the character before was a digit
}

// add takes in the next character; ok is false where no number goes on with it.
func (n *numeralSum) add(r rune) (ok bool) {
	if d, isDigit := digits[r]; isDigit {
		if n.pending && n.digit != 0 {
			return false
		}
		n.digit, n.pending = d, true
		return true
	}
	power, known := powers[r]
	switch {
	case !known:
		return false
	case power > 10_000:
		n.total, n.section = (n.total+n.section+n.digit)*power, 0
	case power == 10_000:
		n.total, n.section = n.total+(n.section+n.digit)*power, 0
	case n.pending:
		n.section += n.digit * power
	default:
		n.section += power
	}
	n.digit, n.pending = 0, false
	return n.total <= 1e16
}

// At reads the number that s begins with, which may go on after 点: 三点二 of 三点二万亩 is 3.2. The
// 万 and 亿 that end it are left to the unit.
func At(s string) (value string, size int, ok bool) {
	head, magnitude := SplitMagnitude(s[:Run(s)])
	whole, ok := Parse(head)
	if !ok {
		return "", 0, false
	}
	value, size = strconv.FormatInt(whole, 10), len(head)
	if magnitude == "" {
		if places, n := placesAt(s[size:]); n > 0 {
			value, size = value+"."+places, size+n
		}
	}
	return value, size, true
}

// placesAt reads 点 and the digits after it: 点二五. In 八点三十分 no decimals follow 点.
func placesAt(s string) (places string, size int) {
	rest, ok := strings.CutPrefix(s, "点")
	if !ok {
		return "", 0
	}
	for i, r := range rest {
		d, isDigit := digits[r]
		if !isDigit {
			if r == '十' {
				return "", 0
			}
			rest = rest[:i]
			break
		}
		places += strconv.FormatInt(d, 10)
	}
	if places == "" {
		return "", 0
	}
	return places, len("点") + len(rest)
}

// DigitByDigit reads 二〇二三 as 2023.
func DigitByDigit(s string) (int64, bool) {
	var b strings.Builder
	for _, r := range s {
		d, ok := digits[r]
		if !ok {
			return 0, false
		}
		b.WriteString(strconv.FormatInt(d, 10))
	}
	v, err := strconv.ParseInt(b.String(), 10, 64)
	return v, err == nil
}

// SplitMagnitude parts the 万 and 亿 that end a numeral from the rest, because
// a plan's magnitude words belong to the unit: 三万 is 3 of 万.
func SplitMagnitude(run string) (head, magnitude string) {
	head = strings.TrimRight(run, "万亿")
	if head == "" || strings.ContainsAny(head, "万亿") {
		return run, ""
	}
	return head, run[len(head):]
}
