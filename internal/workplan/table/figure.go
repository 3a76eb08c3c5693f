package table

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// isFigure reports whether a cell holds no more than a number with its unit and what
// compares it.
func isFigure(s string) bool {
	for word := lexicon.FigureOpenings.Prefix(s); word != ""; word = lexicon.FigureOpenings.Prefix(s) {
		s = s[len(word):]
	}
	s = strings.TrimLeft(s, "≥≤≧≦⩾⩽><=[(-+±")
	if s == "" || s[0] < '0' || s[0] > '9' {
		return false
	}
	others := 0
	for _, r := range s {
		if (r < '0' || r > '9') && !strings.ContainsRune(".,%-[]()±+*/", r) {
			others++
		}
	}
	return others <= longestWords
}

// longestWords is the most characters beside a figure: its unit, and 以上.
const longestWords = 8

// opensFigure reports whether a cell begins with a figure that is no year and no part of
// one, as no head does.
func opensFigure(s string) bool {
	s = strings.TrimLeft(s, "≥≤><[(-")
	return s != "" && s[0] >= '0' && s[0] <= '9' && yearIn(s) == 0 && monthsIn(s) == 0
}

// IsBlank reports whether a cell says nothing: blank, or a stroke in its place.
func IsBlank(s string) bool { return strings.Trim(s, "-—–/\\一_…. ") == "" }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
