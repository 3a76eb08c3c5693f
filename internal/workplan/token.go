package workplan

import "github.com/indicator-tracker/tracker/internal/quantity"

// class is what a number in the text is, as far as its own form tells.
type class string

// The classes. Only a quantity can be a target; the others are kinds of number
// that are known to be none.
const (
	quantityClass class = "quantity"
	dateClass     class = "date"
	durationClass class = "duration"  // 三年, 6个月
	referClass    class = "reference" // 国办发[2018]121号, [3]
	ordinalClass  class = "ordinal"   // 第七届, 3号线
	codeClass     class = "code"      // 5G, PM2.5, 4K
	formulaClass  class = "formula"   // 5+2, 1:3, 7×24
	vagueClass    class = "vague"     // 数百家, 一批, 万名
	fractionClass class = "fraction"  // 三分之一
)

// token is one number, or one group of figures that belong together, with its
// place in a passage. A quantity's place includes its unit.
type token struct {
	start, end int
	class      class
	value      string // plain decimal, for quantities
	high       string // upper end of a range, else ""
	unit       string // as in the passage, else ""
	unitClass  quantity.Class
	more       bool // 余 or 多 stood within: 100余家
	numeral    bool // written in Chinese numerals
	pair       bool // so many to one, which has no unit: 2.1:1
	when       when // for dates
	apart      bool // it stands in a heading, outside of the passage
}

// isRange reports whether the number has an upper end: 5-6家.
func (t *token) isRange() bool { return t.high != "" }

// places is where tokens stand.
func places(tokens []token) []span {
	all := make([]span, len(tokens))
	for i, t := range tokens {
		all[i] = span{t.start, t.end}
	}
	return all
}

// tokens finds every number of a text in order.
func tokens(text string) []token {
	var found []token
	var previous rune
	for i := 0; i < len(text); {
		t, ok := tokenAt(text, i, previous)
		if ok {
			found = append(found, t)
			previous = lastRune(text[t.start:t.end])
			i = t.end
			continue
		}
		r, size := runeAt(text, i)
		if isNumeral(r) { // the rest of a word such as 一体化 is no number either
			size = max(size, numeralRun(after(text, i, 60)))
		}
		previous = lastRune(text[i : i+size])
		i += size
	}
	shareUnits(text, found)
	return found
}

// tokenAt reads the number that begins at i, given the character before it.
func tokenAt(text string, i int, previous rune) (token, bool) {
	r, _ := runeAt(text, i)
	if isDigit(r) || isLatin(r) {
		return figureAt(text, i, previous)
	}
	if !isNumeral(r) && !startsTime(r) {
		return token{}, false
	}
	rest := after(text, i, window)
	if !isDigit(previous) && !isNumeral(previous) {
		if w, size := dateAt(rest); size > 0 {
			return token{start: i, end: i + size, class: dateClass, when: w}, true
		}
	}
	if isNumeral(r) || r == '百' {
		return numeralTokenAt(text, i, previous)
	}
	if r == '翻' || r == '数' || r == '几' {
		return numeralTokenAt(text, i, previous)
	}
	return token{}, false
}

// startsTime reports whether a date without figures, or a number without a
// numeral, can begin with the character.
func startsTime(r rune) bool {
	switch r {
	case '上', '下', '前', '年', '全', '岁', '第', '今', '本', '当', '明', '去', '“', '翻', '数', '几':
		return true
	}
	return false
}

// shareUnits gives the numbers of a list the unit of the number that ends it:
// 6、18、36个月.
func shareUnits(text string, found []token) {
	for i := len(found) - 2; i >= 0; i-- {
		t, next := &found[i], &found[i+1]
		if t.class != quantityClass || t.unit != "" || next.unit == "" {
			continue
		}
		if next.class != quantityClass && next.class != durationClass {
			continue
		}
		if text[t.end:next.start] == "、" {
			t.unit, t.unitClass, t.class = next.unit, next.unitClass, next.class
		}
	}
}
