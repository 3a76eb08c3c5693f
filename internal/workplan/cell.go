package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// cellValue is one figure of a cell of a table, or the words that it waits for.
type cellValue struct {
	token      number.Token
	comparison comparison
	label      string        // before the figure, where the cell holds several
	change     string        // word of a change before a share
	reached    bool          // 达到 before the figure says that it is a level
	summed     bool          // brackets or words say that it is summed up over the term
	beside     bool          // it stands in brackets behind another
	raised     bool          // a plus sign before it says that it comes on top
	added      bool          // a verb before it says so: 新建5处
	base       *number.Token // that it starts from, as the cell says; nil for none
	waits      string        // words that stand for the figure, else ""
}

// cellReading is what a cell holds.
type cellReading struct {
	values []cellValue
	left   bool // it has figures that were not read
}

// longestCell is the most bytes of a cell that holds no more than figures, and
// longestWaiting of one in words.
const (
	longestCell    = 120
	longestWaiting = 150
)

// readCell reads the cell of a column of targets.
func readCell(text string) cellReading {
	text = trimCell(text)
	if table.IsBlank(text) || len(text) > longestWaiting {
		return cellReading{left: prose.HasDigit(text)}
	}
	if !prose.HasDigit(withoutNames(text)) {
		if w, ok := waitingCell(text); ok {
			return cellReading{values: []cellValue{w}}
		}
		return readInWords(text)
	}
	if len(text) > longestCell {
		return cellReading{left: true}
	}
	if inner, ok := bracketed(text); ok {
		return readSum(inner)
	}
	if outer, inner, ok := besideBracket(text); ok {
		r := readCell(outer)
		if v, ok := simpleValue(inner); ok && len(r.values) == 1 {
			v.summed, v.beside = true, true
			r.values = append(r.values, v)
			return r
		}
	}
	if v, ok := simpleValue(text); ok {
		return cellReading{values: []cellValue{v}}
	}
	if v, ok := fromBase(text); ok {
		return cellReading{values: []cellValue{v}}
	}
	return readFirst(text)
}

// fromBase reads a cell that says what its figure starts from: 由41%提高到42.5%.
func fromBase(text string) (v cellValue, ok bool) {
	opening := lexicon.BaseOpenings.Prefix(text)
	rest := text[len(opening):]
	if opening == "" || !prose.StartsDigit(rest) {
		return v, false
	}
	base := number.QuantityAt(rest)
	rest = rest[base.End:]
	verb := lexicon.ToLevelVerbs.Prefix(rest)
	rest = rest[len(verb):]
	to := lexicon.LevelPrepositions.Prefix(rest)
	if verb == "" || to == "" && lexicon.LevelPrepositions.Suffix(verb) == "" || base.IsRange() {
		return v, false
	}
	if v, ok = simpleValue(rest[len(to):]); !ok || base.Unit != "" && base.Unit != v.token.Unit || v.change != "" || v.raised {
		return v, false
	}
	base.Unit = ""
	v.base, v.reached = &base, true
	return v, true
}

// trimCell drops the marks of footnotes and a full stop at the end of a cell.
func trimCell(text string) string {
	text = strings.TrimRight(text, "*①②③④⑤⑥⑦⑧⑨⑩。;, ")
	return signs.Replace(strings.TrimLeft(text, "="))
}

// signs compare in a cell as words do in a sentence.
var signs = strings.NewReplacer("≥", "不低于", "≧", "不低于", "⩾", "不低于", "≤", "不高于", "≦", "不高于", "⩽", "不高于", ">=", "不低于", "<=", "不高于", ">", "高于", "<", "低于", "＞", "高于", "＜", "低于")

// withoutNames is a cell without the letters and figures of names such as PM2.5 and
// of plans such as “十四五”.
func withoutNames(text string) string {
	for i := 0; i < len(text); i++ {
		if size := number.CodeAt(text[i:]); size > 0 && prose.IsLatin(rune(text[i])) {
			text = text[:i] + text[i+size:]
		}
	}
	return text
}

// bracketed is what stands in brackets that hold the whole cell: [13.5].
func bracketed(text string) (string, bool) {
	for _, pair := range []string{"[]", "()"} {
		if text[0] == pair[0] && strings.IndexByte(text, pair[1]) == len(text)-1 {
			return text[1 : len(text)-1], true
		}
	}
	return "", false
}

// besideBracket parts 23.04[1.38].
func besideBracket(text string) (outer, inner string, ok bool) {
	at := strings.IndexByte(text, '[')
	if at <= 0 || !strings.HasSuffix(text, "]") {
		return "", "", false
	}
	return text[:at], text[at+1 : len(text)-1], true
}

// readSum reads sums over the term: one, or several with a word before each.
func readSum(inner string) cellReading {
	var r cellReading
	if v, ok := simpleValue(inner); ok {
		r.values = []cellValue{v}
	} else if r = readLabelled(inner); len(r.values) == 0 {
		r = readCell(strings.Trim(inner, "[]"))
	}
	for i := range r.values {
		if v := &r.values[i]; v.waits == "" {
			v.summed = true
		}
	}
	return r
}

// readLabelled reads 成片:五年累计约110零星:五年累计约20.
func readLabelled(text string) (r cellReading) {
	for rest := text; ; {
		label, after, ok := strings.Cut(rest, ":")
		if !ok {
			break
		}
		label = strings.TrimLeft(label, ",;、")
		end := len(after)
		if at := strings.Index(after, ":"); at >= 0 {
			end = lastFigureEnd(after[:at])
		}
		v, ok := simpleValue(strings.TrimRight(after[:end], ",;、"))
		if !ok || prose.HasDigit(label) {
			return cellReading{left: true}
		}
		v.label = label
		r.values = append(r.values, v)
		rest = after[end:]
	}
	return r
}

// lastFigureEnd is where the last figure with its unit and the word that compares it
// ends in a text.
func lastFigureEnd(text string) int {
	at := strings.LastIndexAny(text, "0123456789") + 1
	unit, _ := number.UnitAt(text[at:])
	at += len(unit)
	return at + len(wordsAfter.Prefix(text[at:]))
}

// readFirst reads the first of several things that a cell says: 7以上、力争更高. What
// follows must have no figure, else the cell is not read.
func readFirst(text string) cellReading {
	at := strings.IndexAny(text, ",;")
	if stop := strings.Index(text, "、"); stop >= 0 && (at < 0 || stop < at) {
		at = stop
	}
	if open := strings.IndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") && (at < 0 || open < at) {
		at = open
	}
	if at <= 0 {
		return cellReading{left: true}
	}
	v, ok := simpleValue(text[:at])
	more := prose.HasDigit(withoutNames(text[at:]))
	if !ok || more && text[at] != '(' {
		return cellReading{left: true}
	}
	return cellReading{values: []cellValue{v}, left: more}
}

// simpleValue reads a cell that holds one figure and what compares it.
func simpleValue(text string) (v cellValue, ok bool) {
	text = withoutPlus(text)
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		return v, false
	}
	negative := at > 0 && text[at-1] == '-' && (at == 1 || !prose.IsDigit(rune(text[at-2])))
	head := text[:at]
	if negative {
		head = head[:at-1]
	}
	head, v.raised = strings.CutSuffix(head, "+")
	t := number.QuantityAt(text[at:])
	t.Start, t.End = at, at+t.End
	readPair(text, &t)
	readBareRange(text, &t)
	if negative && t.High == "" {
		t.Value = "-" + t.Value
	}
	v.token = t
	v.comparison = compare(head, text[t.End:], &t)
	if word := lexicon.DateRangeSigns.Suffix(head); word != "" {
		head = strings.TrimSuffix(head, word)
	}
	v.readHead(head)
	if v.change == "" && trimmedHead(head) != "" {
		return v, false
	}
	rest := strings.TrimPrefix(text[t.End:], v.comparison.after)
	return v, rest == "" || lexicon.CellClosings.Has(rest)
}

// readPair reads so many to one: 2.05:1.
func readPair(text string, t *number.Token) {
	rest, ok := strings.CutPrefix(text[t.End:], ":1")
	if ok && t.Unit == "" && t.High == "" && !prose.StartsDigit(rest) && !strings.HasPrefix(rest, ".") {
		t.Pair, t.End = true, t.End+len(":1")
	}
}

// readHead takes from the words before a figure that it is a sum or a change.
func (v *cellValue) readHead(head string) {
	for {
		word := wordsBefore.Suffix(head)
		if word == "" {
			break
		}
		head = strings.TrimSuffix(head, word)
	}
	v.added = lexicon.AddedVerbs.Suffix(head) != ""
	v.summed = lexicon.CellSums.Suffix(head) != ""
	v.reached = strings.HasSuffix(head, "达到")
	if word := lexicon.CellChanges.Suffix(head); word != "" && v.token.UnitClass == quantity.ShareUnit && trimmedHead(strings.TrimSuffix(head, word)) == "" {
		v.change = word
	}
}

// trimmedHead is what is left of the words before a figure without those that only
// lead to it.
func trimmedHead(head string) string {
	for head != "" {
		word := wordsBefore.Suffix(head)
		if word == "" {
			word = lexicon.CellOpenings.Suffix(head)
		}
		if word == "" {
			break
		}
		head = strings.TrimSuffix(head, word)
	}
	return head
}

// readBareRange reads the upper end of a range without a unit: 7-8.
func readBareRange(text string, t *number.Token) {
	if t.IsRange() || t.Unit != "" && t.UnitClass != quantity.ShareUnit {
		return
	}
	sep := lexicon.DateRangeSigns.Prefix(text[t.End:])
	from := t.End + len(sep)
	if sep == "" || !prose.StartsDigit(text[from:]) {
		return
	}
	high, n := number.DecimalAt(text[from:])
	upper := number.Token{End: from + n}
	upper.Unit, upper.UnitClass = number.UnitAfter(text, &upper)
	t.High, t.End = high, upper.End
	if upper.Unit != "" {
		t.Unit, t.UnitClass = upper.Unit, upper.UnitClass
	}
}

// waitingCell reads a cell that names what its figure is to follow from: 完成市下达任务,
// 只降不升.
func waitingCell(text string) (v cellValue, ok bool) {
	bare := strings.Trim(text, "[]()")
	if lexicon.WaitingEndings.Suffix(bare) == "" || lexicon.WaitingOpenings.Prefix(bare) == "" && !comparesInStep(bare) {
		if !strings.ContainsAny(bare, "、,") || lexicon.WaitingOpenings.Prefix(bare) == "" {
			return v, false
		}
	}
	v.waits = bare
	v.comparison.comparator = indicator.Equal
	if at, word := lexicon.WaitsFor.Find(bare); at >= 0 {
		v.comparison.comparator = indicator.Comparator(lexicon.WaitsFor.Class(word))
	}
	return v, true
}

func comparesInStep(text string) bool { return lexicon.InStepWords.Suffix(text) != "" }
