package workplan

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// items parts cells at the marks of the lists in them (1. 2. 3.), which are no part of what they say.
func (b *builder) items(cells []prose.Line) []prose.Line {
	var all []prose.Line
	norm := b.reader.source.Norm
	for _, c := range cells {
		from, n := c.Start, 1
		opens := true // an item may begin here
		for i := c.Start; i < c.End; i++ {
			size := 0
			if opens {
				size = itemMark(norm[i:c.End], n)
			}
			opens = opensItem(norm[i]) || opens && norm[i] == ' '
			if size == 0 {
				continue
			}
			if i > from {
				all = append(all, prose.Line{Start: from, End: i, Whole: true})
			}
			from, n = i+size, n+1
			i = from - 1
		}
		if from < c.End {
			all = append(all, prose.Line{Start: from, End: c.End, Whole: true})
		}
	}
	return all
}

// opensItem reports whether an item of a list may begin after a sign.
func opensItem(sign rune) bool { return strings.ContainsRune(";。,:\n", sign) }

// itemMark is the length of the mark of item n that a text begins with: 1. 1、 (1) ① (一) 一、.
func itemMark(text []rune, n int) int {
	if len(text) > 0 && n <= 20 && int(text[0]) == '①'+n-1 {
		return 1
	}
	from := 0
	bracket := len(text) > 0 && text[0] == '('
	if bracket {
		from = 1
	}
	size := numberSize(text[from:], n)
	at := from + size
	if size == 0 || at >= len(text) {
		return 0
	}
	digit := at+1 < len(text) && prose.IsDigit(text[at+1])
	switch {
	case text[at] == ')', !bracket && !digit && (text[at] == '、' || text[at] == '.' && prose.IsDigit(text[0])):
		return at + 1
	}
	return 0
}

// numberSize is the length of the number n in figures or as one numeral at the beginning of a text, 0 for
// any other.
func numberSize(text []rune, n int) int {
	if len(text) == 0 {
		return 0
	}
	if value, ok := numeral.Digit(text[0]); ok && value == int64(n) {
		return 1
	}
	figures := []rune(strconv.Itoa(n))
	if len(text) < len(figures) || string(text[:len(figures)]) != string(figures) {
		return 0
	}
	return len(figures)
}
