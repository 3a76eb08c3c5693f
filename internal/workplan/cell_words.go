package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// readInWords reads a cell whose figure is written in numerals: 五千, 不低于百分之五点五. Words that
// stand for a figure which nobody can tell are left.
func readInWords(text string) cellReading {
	if written, ok := inFigures(text); ok {
		if v, ok := simpleValue(written); ok && countsInWords(text, &v.token) {
			return cellReading{values: []cellValue{v}}
		}
	}
	return cellReading{left: prose.HasDigit(text) || standsForFigure(text)}
}

// inFigures writes the numeral of a cell in figures: 1200 for 一千二百, 5.5% for 百分之五点五.
func inFigures(text string) (string, bool) {
	at := strings.IndexFunc(text, numeral.Is)
	if at < 0 {
		return "", false
	}
	rest, share := strings.CutPrefix(text[at:], "百分之")
	value, size, ok := numeral.At(rest)
	if !ok || isVaguePair(rest[:size]) {
		return "", false
	}
	if share {
		value += "%"
	}
	return text[:at] + value + rest[size:], true
}

// isVaguePair reports whether digits without a power between them say about how many: 三五.
func isVaguePair(numerals string) bool {
	return utf8.RuneCountInString(numerals) > 1 && !strings.ContainsAny(numerals, "十百千万亿点")
}

// countsInWords reports whether the numeral of a cell counts with its unit, as 一级 and 一批 do not.
func countsInWords(text string, t *number.Token) bool {
	unit := strings.TrimPrefix(t.Unit, lexicon.Magnitudes.Prefix(t.Unit))
	if unit == "" || t.UnitClass == quantity.ShareUnit {
		return true
	}
	found := number.Tokens(text)
	return t.UnitClass != quantity.RatingUnit && unit != "批" && len(found) == 1 && found[0].Class == number.Quantity
}

// standsForFigure reports whether words of a cell are in the place of a figure: 千亿, 两位数.
func standsForFigure(text string) bool {
	if lexicon.FigureWords.In(text) {
		return true
	}
	text = strings.TrimPrefix(text, lexicon.FigureOpenings.Prefix(text))
	run := numeral.Run(text)
	if run == 0 {
		return false
	}
	unit, class := number.UnitAt(text[run:])
	if class == quantity.RatingUnit || class == quantity.TimeUnit {
		return false
	}
	rest := text[run+len(unit):]
	return wordsAfter.Prefix(rest) == rest
}

// longestFigureCell is the most characters of a cell that is no more than a figure with what belongs to it.
const longestFigureCell = 14

// isFigureCell reports whether a cell is no more than one figure, in whatever form: 1:15, 50/8%, 千亿.
func isFigureCell(text string) bool {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestFigureCell {
		return false
	}
	if !prose.HasDigit(text) {
		return standsForFigure(trimCell(text))
	}
	text = strings.TrimPrefix(text, lexicon.FigureOpenings.Prefix(text))
	text = strings.TrimLeft(text, "≥≤><=+-±([↑↓")
	if _, size := calendar.At(text); size > 0 || !calendar.Short(text).IsZero() {
		return false
	}
	return prose.StartsDigit(text) && number.CodeAt(text) == 0
}

// withoutPlus writes a plus sign behind a figure as the word that it stands for: 30家以上 for 30+家.
func withoutPlus(text string) string {
	at := strings.LastIndexByte(text, '+')
	if at <= 0 || prose.HasDigit(text[at+1:]) || !prose.HasDigit(text[:at]) {
		return text
	}
	if !prose.IsDigit(rune(text[at-1])) && at+1 < len(text) {
		return text
	}
	text = text[:at] + text[at+1:]
	if wordsAfter.Suffix(text) != "" {
		return text
	}
	return text + "以上"
}
