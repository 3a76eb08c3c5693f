package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cleanLine drops the control and formatting characters that files carry for
// their layout, turns every run of spaces into one and trims the ends.
func cleanLine(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case invisible(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		writeUnified(&b, r)
	}
	return b.String()
}

// invisible reports characters without a meaning of their own: controls, zero
// width ones, private use (symbol fonts) and what a decoder could not map.
func invisible(r rune) bool {
	return r == utf8.RuneError || r&0xfffe == 0xfffe ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// writeUnified writes r, or the ideograph that r is a second code for: many
// PDF programs write 一 and 人 as the radicals U+2F00 and U+2F08.
func writeUnified(b *strings.Builder, r rune) {
	if (r >= 0x2e80 && r <= 0x2fdf) || (r >= 0xf900 && r <= 0xfaff) {
		b.WriteString(norm.NFKC.String(string(r)))
		return
	}
	b.WriteRune(r)
}

// isIdeographic reports characters between which writers put no space.
func isIdeographic(r rune) bool {
	return unicode.Is(unicode.Han, r) || (r >= 0x3000 && r <= 0x303f) || (r >= 0xff00 && r <= 0xffef) ||
		strings.ContainsRune("“”‘’—…", r)
}

// raisedFigures are the figures as they are written above the line.
var raisedFigures = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// raised keeps the figures of a raised text apart from those before it: the mark of a note
// after 30 does not make it 301, and m with a 2 above is m².
func raised(s string) string { return raisedFigures.Replace(s) }
