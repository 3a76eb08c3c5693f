package indicator

import (
	"strings"
	"unicode"
)

// A text that begins with one of these is a formula to a spreadsheet that reads it
// out of a CSV; the mark before it keeps it a text.
const (
	formulaStarts = "=+-@\t\r"
	textMark      = "'"
)

// GuardText marks a text that a spreadsheet would take for a formula.
func GuardText(s string) string {
	if s != "" && strings.Contains(formulaStarts, s[:1]) {
		return textMark + s
	}
	return s
}

// TrimText is a text without spaces around it, those that take no width included.
func TrimText(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
}

// TableText is what a cell of a table says: its text without spaces around it, and
// without the mark of GuardText. A name that is not its own TableText cannot be given
// in a table.
func TableText(s string) string {
	s = TrimText(s)
	if rest, marked := strings.CutPrefix(s, textMark); marked && rest != "" && strings.Contains(formulaStarts, rest[:1]) {
		return rest
	}
	return s
}
