package workplan

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// isWordByte reports whether a character is a figure or a Latin letter.
func isWordByte(r rune) bool {
	return r >= '0' && r <= '9' || isLatin(r)
}

// isLatin reports whether a character is a Latin letter.
func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// isDigit reports whether a character is a figure.
func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// before returns up to n bytes of text that end at i, cut between characters.
func before(text string, i, n int) string {
	from := max(0, i-n)
	for from < i && !utf8.RuneStart(text[from]) {
		from++
	}
	return text[from:i]
}

// after returns up to n bytes of text from i, cut between characters.
func after(text string, i, n int) string {
	to := min(len(text), i+n)
	for to > i && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[i:to]
}

// runeAt is the character that begins at byte i, and its length.
func runeAt(s string, i int) (rune, int) { return utf8.DecodeRuneInString(s[i:]) }

// lastRune is the character that s ends with.
func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// firstRune is the character that s begins with.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// digitsAt reads up to most digits.
func digitsAt(s string, most int) (value, size int) {
	for size < len(s) && size < most && s[size] >= '0' && s[size] <= '9' {
		size++
	}
	value, _ = strconv.Atoi(s[:size])
	return value, size
}

// startsDigit reports whether s begins with a figure.
func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// window is how far, in bytes, a rule looks along the text. It keeps the work
// linear whatever the text is.
const window = 300

// hasDigit reports whether a figure stands in s.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
