package prose

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// IsWordByte reports whether a character is a figure or a Latin letter.
func IsWordByte(r rune) bool {
	return r >= '0' && r <= '9' || IsLatin(r)
}

// IsLatin reports whether a character is a Latin letter.
func IsLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// IsDigit reports whether a character is a figure.
func IsDigit(r rune) bool { return r >= '0' && r <= '9' }

// Before returns up to n bytes of text that end at i, cut between characters.
func Before(text string, i, n int) string {
	from := max(0, i-n)
	for from < i && !utf8.RuneStart(text[from]) {
		from++
	}
	return text[from:i]
}

// After returns up to n bytes of text from i, cut between characters.
func After(text string, i, n int) string {
	to := min(len(text), i+n)
	for to > i && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[i:to]
}

// RuneAt is the character that begins at byte i, and its length.
func RuneAt(s string, i int) (rune, int) { return utf8.DecodeRuneInString(s[i:]) }

// LastRune is the character that s ends with.
func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// FirstRune is the character that s begins with.
func FirstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// DigitsAt reads up to most digits.
func DigitsAt(s string, most int) (value, size int) {
	for size < len(s) && size < most && s[size] >= '0' && s[size] <= '9' {
		size++
	}
	if size > 0 {
		value, _ = strconv.Atoi(s[:size])
	}
	return value, size
}

// StartsDigit reports whether s begins with a figure.
func StartsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// Window is how far, in bytes, a rule looks along the text. It keeps the work
// linear whatever the text is.
const Window = 300

// HasDigit reports whether a figure stands in s.
func HasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
