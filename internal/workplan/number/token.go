package number

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Class is what a number in the text is, as far as its own form tells.
type Class string

// The classes. Only a quantity can be a target; the others are kinds of number
// that are known to be none.
const (
	Quantity  Class = "quantity"
	Date      Class = "date"
	Duration  Class = "duration"  // 三年, 6个月
	Reference Class = "reference" // 国办发[2018]121号, [3]
	Ordinal   Class = "ordinal"   // 第七届, 3号线
	Code      Class = "code"      // 5G, PM2.5, 4K
	Formula   Class = "formula"   // 5+2, 1:3, 7×24
	Vague     Class = "vague"     // 数百家, 一批, 万名
	Fraction  Class = "fraction"  // 三分之一
)

// Token is one number, or one group of figures that belong together, with its
// place in a segment. A quantity's place includes its unit.
type Token struct {
	Start, End int
	Class      Class
	Value      string // plain decimal, for quantities
	High       string // upper end of a range, else ""
	Unit       string // as in the segment, else ""
	UnitClass  quantity.Class
	More       bool          // 余 or 多 stood within: 100余家
	Numeral    bool          // written in Chinese numerals
	Pair       bool          // so many to one, which has no unit: 2.1:1
	Sign       string        // before a change, with which the token begins: +8%, ↑8%
	When       calendar.When // for dates
	Apart      bool          // it stands in a heading, outside of the segment
	Until      int           // of a date, where the numbers end that it can date; 0 for no end
	Beside     bool          // of a date in a bracket, where it is that of a figure beside it
	Noted      bool          // it was warned of
}

// IsRange reports whether the number has an upper end: 5-6家.
func (t *Token) IsRange() bool { return t.High != "" }

// Places is where tokens stand.
func Places(tokens []Token) []prose.Span {
	all := make([]prose.Span, len(tokens))
	for i, t := range tokens {
		all[i] = prose.Span{Start: t.Start, End: t.End}
	}
	return all
}

// Tokens finds every number of a text in order.
func Tokens(text string) []Token {
	var found []Token
	var previous rune
	for i := 0; i < len(text); {
		t, ok := changeAt(text, i, found)
		if !ok {
			t, ok = tokenAt(text, i, previous)
		}
		if ok {
			found = append(found, t)
			previous = prose.LastRune(text[t.Start:t.End])
			i = t.End
			continue
		}
		r, size := prose.RuneAt(text, i)
		if numeral.Is(r) { // the rest of a word such as 一体化 is no number either
			size = max(size, numeral.Run(prose.After(text, i, 60)))
		}
		previous = prose.LastRune(text[i : i+size])
		i += size
	}
	shareUnits(text, found)
	return found
}

// changeAt reads a change that a sign before its figures tells: +8%, ↑8%. A number of things after +
// is one where the words before say that it is added (新增企业+30家), and else adds a thing to a name:
// 党建+3个平台.
func changeAt(text string, i int, found []Token) (Token, bool) {
	sign := lexicon.ChangeSigns.Prefix(text[i:])
	if sign == "" || !prose.StartsDigit(text[i+len(sign):]) || len(found) > 0 && found[len(found)-1].End == i {
		return Token{}, false
	}
	left := prose.Before(text, i, 60)
	if r := prose.LastRune(left); r <= 0x2fff && r != '(' {
		return Token{}, false
	}
	t, ok := figureAt(text, i+len(sign), 0)
	if !ok || t.Class != Quantity {
		return Token{}, false
	}
	if sign == "+" && t.UnitClass != quantity.ShareUnit && !isAdded(left) {
		return Token{}, false
	}
	t.Start, t.Sign = i, sign
	return t, true
}

// isAdded reports whether the clause that a text ends with says that something comes on top.
func isAdded(left string) bool {
	clause := left[strings.LastIndexAny(left, ",;:。\n")+1:]
	return lexicon.AddingVerbs.In(clause) || lexicon.ChangeVerbs.Suffix(clause) != ""
}

// tokenAt reads the number that begins at i, given the character before it.
func tokenAt(text string, i int, previous rune) (Token, bool) {
	r, _ := prose.RuneAt(text, i)
	if prose.IsDigit(r) || prose.IsLatin(r) {
		return figureAt(text, i, previous)
	}
	rest := prose.After(text, i, prose.Window)
	if !numeral.Is(r) && !startsTime(r) && opensToken.Prefix(rest) == "" {
		return Token{}, false
	}
	if w, size := timeAt(rest, previous); size > 0 {
		return Token{Start: i, End: i + size, Class: Date, When: w}, true
	}
	if numeral.Is(r) || r == '百' {
		return numeralTokenAt(text, i, previous)
	}
	if r == '翻' || r == '数' || r == '几' {
		if t, ok := numeralTokenAt(text, i, previous); ok {
			return t, true
		}
	}
	return vagueChangeAt(text, i)
}

// timeAt reads a date, given the character before it: one that goes on from a number is none.
func timeAt(rest string, previous rune) (calendar.When, int) {
	if w, size := yearsWithin(rest, previous); size > 0 || prose.IsDigit(previous) || numeral.Is(previous) {
		return w, size
	}
	return calendar.At(rest)
}

// vagueChangeAt reads a change without a number that ends a clause: 倍增, 减半.
func vagueChangeAt(text string, i int) (Token, bool) {
	word := lexicon.VagueChanges.Prefix(text[i:])
	if word == "" || !endsClause(text[i+len(word):]) {
		return Token{}, false
	}
	return Token{Start: i, End: i + len(word), Class: Vague}, true
}

// endsClause reports whether a clause ends before a text.
func endsClause(rest string) bool {
	return rest == "" || strings.ContainsRune(",。;、:)\n", prose.FirstRune(rest))
}

// yearsWithin is calendar.YearsWithin where a clause opens with the years.
func yearsWithin(rest string, previous rune) (calendar.When, int) {
	if previous != 0 && !strings.ContainsRune(",;:。!?\n在", previous) {
		return calendar.When{}, 0
	}
	return calendar.YearsWithin(rest)
}

// opensToken are words that begin a time or a change which no figure opens.
var opensToken = lexicon.TimeOpeners.Or(lexicon.VagueChanges)

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
func shareUnits(text string, found []Token) {
	for i := len(found) - 2; i >= 0; i-- {
		t, next := &found[i], &found[i+1]
		bare := t.Unit == "" || lexicon.Magnitudes.Has(t.Unit) && strings.HasPrefix(next.Unit, t.Unit) // 5万、3万元
		if t.Class != Quantity || !bare || next.Unit == "" {
			continue
		}
		if next.Class != Quantity && next.Class != Duration {
			continue
		}
		if text[t.End:next.Start] == "、" {
			t.Unit, t.UnitClass, t.Class = next.Unit, next.UnitClass, next.Class
		}
	}
	for i := 1; i < len(found); i++ {
		if first := listedFrom(text, found[:i+1]); first < i {
			for k := first; k < i; k++ {
				found[k].Unit, found[k].UnitClass = found[i].Unit, found[i].UnitClass
			}
		}
	}
}

// listedFrom is the first of the numbers without a unit that are told with a name each in the list
// that the last one ends, whose unit they share: 其中工业60、服务业80、建筑业30户. One such number alone
// may be a mark (附件2、公园3个), but not after a word that opens the parts of a whole.
func listedFrom(text string, found []Token) int {
	last := len(found) - 1
	if t := &found[last]; t.Class != Quantity || t.Unit == "" || t.Sign != "" || lexicon.Magnitudes.Has(t.Unit) {
		return last
	}
	first := last
	for first > 0 && found[first-1].Class == Quantity && found[first-1].Unit == "" && isListed(text, found[first-1].End, found[first].Start) {
		first--
	}
	if first == last {
		return last
	}
	left := prose.Before(text, found[first].Start, 60)
	cut := strings.LastIndexAny(left, ",;:。(\n") + 1
	before, left := strings.TrimRight(left[:cut], ",:"), left[cut:]
	part := lexicon.PartOpeners.Prefix(left) != "" || lexicon.PartOpeners.Suffix(before) != ""
	if prose.LastRune(left) <= 0x2fff || lexicon.MarksBeforeNumber.Suffix(left) != "" || last-first < 2 && !part {
		return last
	}
	return first
}

// longestListedName is the most bytes of a name in such a list.
const longestListedName = 36

// isListed reports whether nothing but the sign of a list and a name stands between two numbers.
func isListed(text string, from, to int) bool {
	name, listed := strings.CutPrefix(text[from:to], "、")
	if !listed || name == "" || len(name) > longestListedName || strings.ContainsAny(name, "、,;:()“”\n。") {
		return false
	}
	return prose.FirstRune(name) > 0x2fff && lexicon.FirmActionVerbs.Prefix(name) == ""
}
