package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// readName names a row by its last column of names that says something, with what that
// leaves open from the left or above.
func (r *sheetRow) readName() {
	name, left, place := r.ownName(r.at)
	r.nameLine = place
	part := lexicon.PartRowOpenings.Prefix(name)
	name = strings.TrimPrefix(name, part)
	name, r.unit = table.CutUnit(name)
	r.hasUnit = r.unit != ""
	left, leftUnit := table.CutUnit(left)
	switch {
	case name == "":
		name = left
	case leftUnit != "" && !r.hasUnit:
		name, r.change = left+name, lexicon.ChangeNouns.Suffix(left)+lexicon.ChangeVerbs.Suffix(left)
	case lexicon.BareNames.Has(name) && left != "":
		name = completed(left, name)
	case r.belongsAbove(name, part != ""):
		if parent, unit := r.parent(); parent != "" {
			name = completed(parent, name)
			if !r.hasUnit && unit != "" {
				r.unit, r.hasUnit = unit, true
			}
		}
	}
	if !r.hasUnit && leftUnit != "" {
		r.unit, r.hasUnit = leftUnit, true
	}
	r.name = r.readLevel(name)
}

// belongsAbove reports whether a name says nothing without that of the row above: it is a part of it,
// or by how much that changes. What is only done (投资, 新建) is a name of its own unless it is counted
// as the row above is.
func (r *sheetRow) belongsAbove(name string, part bool) bool {
	switch {
	case part:
		return lexicon.BareNames.Has(name) || !saysMeasure(name) && !r.hasUnit
	case !lexicon.BareNames.Has(name):
		return false
	case lexicon.ActionVerbs.Prefix(name) == "" || lexicon.ChangeVerbs.Has(name):
		return true
	}
	_, above := r.parent()
	own := r.unit
	for k, c := range r.columns {
		if c.Role == table.Unit && own == "" {
			own = r.cellText(r.at, k)
		}
	}
	return own == above && lexicon.MoneyNouns.Suffix(name) == ""
}

// readLevel takes from a name the words that lead to its figure: 参保率达到, 失业率低于. They
// compare where the cell does not.
func (r *sheetRow) readLevel(name string) string {
	for {
		word := wordsBefore.Suffix(name)
		if word == "" {
			word = toFigure.Suffix(name)
		}
		if word == "" || len(word) < len("达到") || len(word) == len(name) {
			return name
		}
		r.leads = true
		if c := wordsBefore.Class(word); c != "" {
			r.comparator = c
		}
		name = strings.TrimSuffix(name, word)
	}
}

// toFigure words end a name that leads to its figure.
var toFigure = lexicon.ToLevelVerbs.Or(lexicon.FigureVerbs)

// saysMeasure reports whether a name says what is measured.
func saysMeasure(name string) bool {
	return lexicon.QuantityNouns.Suffix(name) != "" || lexicon.ActionVerbs.Prefix(name) != "" || endsInAction(name) || lexicon.AmountNouns.Suffix(name) != ""
}

// completed puts a name that says nothing alone to the one it belongs to.
func completed(parent, name string) string {
	switch {
	case saysMeasure(name) && lexicon.ActionVerbs.Prefix(name) == "":
		return parent + name
	case lexicon.ActionVerbs.Has(name):
		return name + strings.TrimSuffix(parent, "建设")
	case lexicon.GrossProducts.Suffix(parent) != "" && lexicon.EconomyBranches.Suffix(name) != "":
		return name + "增加值"
	case saysMeasure(parent) && lexicon.ActionVerbs.Prefix(parent) == "":
		return name + parent
	}
	return parent + "（" + name + "）"
}

// ownName is the text of the last column of names left of the figures that has any, and
// of the one before it.
func (r *sheetRow) ownName(at int) (name, left string, place prose.Line) {
	for k, c := range r.columns {
		if c.Role != table.Name && c.Role != table.Category {
			if setsTargets(c.Role) || c.Role == table.Base || c.Role == table.Unit {
				if name != "" {
					break
				}
			}
			continue
		}
		text := r.cleanName(r.cellText(at, k))
		if text == "" || name != "" && r.namesNone(c, text) {
			continue
		}
		if c.Role == table.Name || name == "" {
			if name != "" {
				left = name
			}
			name = text
			at := r.Rows[at].Cells[k].Line
			place = prose.Line{Start: at.Start, End: at.End}
		}
	}
	return name, left, place
}

// namesNone reports whether a cell right of a name is none itself.
func (r *sheetRow) namesNone(c sheetColumn, text string) bool {
	return c.Role == table.Category || r.numeric && describes(text)
}

// describes reports whether a text says what is done, with an amount of its own: 新建道路3.2公里 and
// 床位500张 say what a project builds, and do not name its figures.
func describes(text string) bool {
	done := lexicon.ActionVerbs.Prefix(text) != ""
	for _, t := range number.Tokens(text) {
		if t.Class == number.Quantity && t.Unit != "" && (done || t.End == len(text) && t.Start > 0) {
			return true
		}
	}
	return false
}

// parent is the name of the row above that is no part, with its unit.
func (r *sheetRow) parent() (name, unit string) {
	for at := r.at - 1; at >= 0 && at > r.at-longestParts; at-- {
		text, _, _ := r.ownName(at)
		if text == "" || lexicon.PartRowOpenings.Prefix(text) != "" {
			continue
		}
		text, unit = table.CutUnit(text)
		if lexicon.BareNames.Has(text) {
			continue
		}
		for k, c := range r.columns {
			if c.Role == table.Unit && unit == "" {
				unit = r.cellText(at, k)
			}
		}
		return text, unit
	}
	return "", ""
}

// longestParts is the most rows of parts under one name.
const longestParts = 20

// cleanName is a name without its number and the marks of footnotes.
func (s *sheet) cleanName(text string) string {
	text = text[serialSize(text):]
	text = strings.TrimRight(text, "*")
	var b strings.Builder
	var previous rune
	for i, c := range text {
		if strings.ContainsRune("①②③④⑤⑥⑦⑧⑨⑩*", c) || s.marked && prose.IsDigit(c) && isMark(text, i, previous) {
			continue
		}
		b.WriteRune(c)
		previous = c
	}
	return strings.Trim(b.String(), ":,;。、")
}

// isMark reports whether a single digit within a name is the mark of a footnote: it
// stands between characters, and counts nothing.
func isMark(text string, i int, previous rune) bool {
	if !unicode.Is(unicode.Han, previous) {
		return false
	}
	rest := text[i+1:]
	next, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || next == '(' || next == ')' {
		return true
	}
	unit, _ := number.UnitAt(rest)
	return unicode.Is(unicode.Han, next) && unit == "" && !strings.HasPrefix(rest, "岁") && previous != '第'
}

// serialSize is the length of the number that a name begins with: 1. (1) ① 一、.
func serialSize(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", r) {
		return size
	}
	if m := outline.MarkerAt(text); m.Level != outline.NoLevel && m.Size < len(text) && !(m.Loose && prose.StartsDigit(text[m.Size:])) {
		return m.Size
	}
	if rest, ok := strings.CutPrefix(text, "("); ok {
		if _, n := prose.DigitsAt(rest, 3); n > 0 && strings.HasPrefix(rest[n:], ")") {
			return n + 2
		}
	}
	return 0
}

// serialOf is the number in a column of numbers, or at the beginning of a name: 0 for none.
func serialOf(text string) int {
	text = strings.Trim(text, "()、. ")
	if n, size := prose.DigitsAt(text, 4); size > 0 && size == len(text) {
		return n
	}
	if m := outline.MarkerAt(text + "、"); m.Level != outline.NoLevel && m.Size == len(text)+len("、") {
		return m.N
	}
	return 0
}
