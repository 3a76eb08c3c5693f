package table

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// readAbove takes the title of a table and the unit that holds for it from the short
// lines above its head.
func (g *Grid) readAbove(t Text) {
	var above []string
	for i, left := g.First-1, captionLines; i >= 0 && left > 0; i-- {
		l := t.Lines[i]
		if l.Start == l.End {
			continue
		}
		left--
		text := t.compact(l.Start, min(l.End, l.Start+mostCaption+1))
		if l.End-l.Start > mostCaption || strings.ContainsAny(text, "。;|") || lexicon.NoteOpenings.Prefix(text) != "" {
			break
		}
		if unit := g.unitAbove(text); g.Unit == "" {
			g.Unit = unit
		}
		above = append([]string{text}, above...)
		if IsTitle(text) && !lexicon.ContinuedTable.In(text) {
			break
		}
	}
	g.Caption = strings.Join(above, "\n")
}

// IsTitle reports whether a line is the title of a table.
func IsTitle(text string) bool {
	return lexicon.CaptionEndings.Suffix(strings.TrimRight(text, ")0123456789")) != "" || strings.HasPrefix(text, "表") || strings.HasPrefix(text, "专栏")
}

// GoesOn reports whether a line says that a table goes on from the page before.
func GoesOn(text string) bool { return lexicon.ContinuedTable.In(text) }

// unitAbove is the unit of 单位:亿元, alone or at the end of a title. Of several it is the
// one that no head names, where that is one.
func (g *Grid) unitAbove(text string) string {
	at := strings.LastIndex(text, "单位:")
	if at < 0 {
		return ""
	}
	list := strings.TrimRight(text[at+len("单位:"):], ")]")
	units := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,;", r) })
	if len(units) > 1 {
		units = slices.DeleteFunc(units, func(unit string) bool { return unit == "%" || g.hasUnit(unit) })
	}
	if len(units) != 1 || length(units[0]) > 10 {
		return ""
	}
	return units[0]
}

// hasUnit reports whether a head names a unit.
func (g *Grid) hasUnit(unit string) bool {
	for _, c := range g.Columns {
		if c.Unit == unit {
			return true
		}
	}
	return false
}

// readNotes takes the notes right under the rows: from 注 on as long as the lines go on
// with its numbers.
func (g *Grid) readNotes(t Text) {
	i := g.Next
	for i < len(t.Lines) && t.Lines[i].Start == t.Lines[i].End {
		i++
	}
	if i >= len(t.Lines) || !opensNote(t.at(i)) && !g.explains(t.at(i)) {
		return
	}
	number := noteNumber(afterNote(t.at(i)))
	for end := i + mostNoteLines; i < len(t.Lines) && i < end; i++ {
		l := t.Lines[i]
		if l.Start == l.End {
			break
		}
		if len(g.Notes) > 0 {
			text := t.at(i)
			n := noteNumber(text)
			if starMark(text) == "" && !followsNote(n, number) && !t.wraps(g.Notes[len(g.Notes)-1], l) {
				break
			}
			number = max(number, n)
		}
		g.Notes = append(g.Notes, l)
		g.Next = i + 1
	}
}

// wraps reports whether a line is what was left over of the one above, which was full and broke off
// in its sentence. One that begins an item or names a part of the text is not.
func (t Text) wraps(above, l Line) bool {
	text := t.compact(l.Start, min(l.End, l.Start+mostCaption))
	full := above.End - above.Start
	return full >= leastFullLine && l.End-l.Start <= full && !strings.ContainsRune("。;:!?", t.Norm[above.End-1]) && !opensItem(text) && !IsTitle(text)
}

// leastFullLine is the least characters of a line that broke off where the page ended.
const leastFullLine = 18

// opensItem reports whether a line begins with the number of a chapter, an article or an item, or
// with what ends the text before it.
func opensItem(text string) bool {
	if noteNumber(text) > 0 || lexicon.BodyEndings.Prefix(text) != "" {
		return true
	}
	rest := strings.TrimLeft(strings.TrimPrefix(text, "第"), "(")
	number := strings.TrimLeft(rest, "一二三四五六七八九十百0123456789")
	return number != rest && strings.ContainsRune("、.)章节条", firstRune(number))
}

// followsNote reports whether the number of a note comes after the one before.
func followsNote(n, before int) bool {
	return n != 0 && n >= before && n <= before+9 && (before != 0 || n == 1)
}

func (t Text) at(i int) string {
	l := t.Lines[i]
	return t.compact(l.Start, min(l.End, l.Start+mostCaption))
}

func opensNote(text string) bool {
	word := lexicon.NoteOpenings.Prefix(text)
	rest := text[len(word):]
	return word != "" && (strings.HasPrefix(rest, ":") || noteNumber(rest) > 0)
}

func afterNote(text string) string {
	return strings.TrimPrefix(text[len(lexicon.NoteOpenings.Prefix(text)):], ":")
}

// starMark is the mark of a footnote that a line begins with and that no item of a text has:
// *, **, ※.
func starMark(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "*※★▲#"))]
}

// explains reports whether a line under the rows is a footnote without the word for one. It
// begins with stars, or with a mark that a head or name of the table ends with; else with a
// mark and the name of a row, which it explains.
func (g *Grid) explains(text string) bool {
	if mark := starMark(text); mark != "" {
		return len(mark) < len(text)
	}
	mark, rest := footMark(text)
	if mark == "" {
		return false
	}
	for _, c := range g.Columns {
		if strings.HasSuffix(strings.TrimRight(c.Head, ")"), mark) {
			return true
		}
	}
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			text := strings.TrimRight(c.Text, ")")
			if before, ok := strings.CutSuffix(text, mark); ok && before != "" && !isWord(lastRune(before)) {
				return true
			}
		}
	}
	return g.nameOpens(rest)
}

// nameOpens reports whether a text begins with the name of a row.
func (g *Grid) nameOpens(text string) bool {
	for k, c := range g.Columns {
		if c.Role != Name && c.Role != Category {
			continue
		}
		for _, r := range g.Rows {
			name, _ := cutUnit(withoutMarks(r.Cells[k].Text))
			if length(name) >= shortestName && strings.HasPrefix(text, name) {
				return true
			}
		}
	}
	return false
}

// shortestName is the least characters of a name that tells a row.
const shortestName = 3

// footMark is the mark of a footnote that a line begins with, and what follows: ①, a), [a].
func footMark(text string) (mark, rest string) {
	if at := strings.IndexAny(text, "①②③④⑤⑥⑦⑧⑨⑩"); at == 0 {
		r := string(firstRune(text))
		return r, strings.TrimLeft(text[len(r):], ".、:)")
	}
	inner := strings.TrimLeft(text, "([")
	if len(inner) < 2 || inner[0] < 'a' || inner[0] > 'j' || !strings.ContainsRune(".、:)]", firstRune(inner[1:])) {
		return "", ""
	}
	return inner[:1], strings.TrimLeft(inner[1:], ".、:)]")
}

// noteNumber is the number that a line of notes begins with: 1. ① (1) a); 0 for none.
func noteNumber(text string) int {
	if text == "" {
		return 0
	}
	if mark, _ := footMark(text); mark != "" && mark[0] >= 'a' && mark[0] <= 'j' {
		return int(mark[0]-'a') + 1
	}
	if at := strings.Index("①②③④⑤⑥⑦⑧⑨⑩", string(firstRune(text))); at >= 0 {
		return at/len("①") + 1
	}
	n, i := 0, 0
	text = strings.TrimPrefix(text, "(")
	for i < len(text) && i < 2 && text[i] >= '0' && text[i] <= '9' {
		n = n*10 + int(text[i]-'0')
		i++
	}
	if i == 0 || i >= len(text) || !strings.ContainsRune(".、)", firstRune(text[i:])) {
		return 0
	}
	return n
}

// settleRoles settles the columns whose head alone does not tell what they are for, by
// what stands in them.
func (g *Grid) settleRoles() {
	g.dropWide()
	g.settleFirst()
	for k := range g.Columns {
		g.Columns[k].Role = g.settled(k)
	}
	g.settleName()
	g.settleChanges()
	g.settlePlaces()
	g.settleOffers()
	if !g.has(Area) && !g.has(Years) {
		return
	}
	for k := range g.Columns {
		if c := &g.Columns[k]; (c.Role == Name || c.Role == Category || c.Role == Whole) && g.figures(k) {
			c.Role = Other
		}
	}
}

// settleOffers takes the figures of a table that says who may apply for what is offered.
func (g *Grid) settleOffers() {
	if !g.has(Condition) {
		return
	}
	for k := range g.Columns {
		switch c := &g.Columns[k]; c.Role {
		case Other, Goal, Year, Unit, Name, Due:
			if g.figures(k) {
				c.Role = Allotted
			}
		}
	}
}

// settled is the role of a column by its head and its cells.
func (g *Grid) settled(k int) Role {
	c := g.Columns[k]
	switch c.Role {
	case Goal:
		if g.namesRows(c) {
			return Name
		}
	case Name:
		if lexicon.GoalHeads.In(c.Head) && g.figures(k) && g.namedOtherwise() {
			return Goal
		}
	case Area:
		if k > 1 && !g.isFirst(k) {
			return Joint
		}
		if g.figures(k) {
			return Other // 行政村（个）
		}
	case Years:
		if !g.holdsYears(k) {
			return Other
		}
	}
	return c.Role
}

// namesRows reports whether a column of targets is what names the rows: nothing else does, and
// the table has no figures.
func (g *Grid) namesRows(c Column) bool {
	return c.Ends == 0 && !g.hasFigures() && !lexicon.FirmGoalHeads.In(c.Head) && !g.has(Name)
}

// namedOtherwise reports whether more than one column names the rows.
func (g *Grid) namedOtherwise() bool {
	return g.count(Name)+g.count(Category) > 1 || g.has(Area) || g.has(Years)
}

// settleFirst finds out what the first column names where its head does not say so: 单位
// may head places, and 年度/指标 years.
func (g *Grid) settleFirst() {
	for k := range g.Columns {
		c := &g.Columns[k]
		if c.Role == Serial {
			continue
		}
		switch {
		case c.Role == Unit && g.holdsPlaces(k):
			c.Role = Area
		case (c.Role == Unit || c.Role == Responsible || c.Role == Lead) && g.handsOut(k):
			c.Role = Area
		case (c.Role == Name || c.Role == Other || c.Role == Category) && g.holdsYears(k):
			c.Role = Years
		}
		return
	}
}

// handsOut reports whether the rows of a table are those who answer for it, each with
// figures of its own: nothing else names them, and their cells are no units.
func (g *Grid) handsOut(k int) bool {
	if g.has(Area) || g.has(Years) || !g.hasFigures() {
		return false
	}
	for j, c := range g.Columns {
		if (c.Role == Name || c.Role == Category) && !g.figures(j) {
			return false
		}
	}
	for _, r := range g.Rows {
		if text := r.Cells[k].Text; isFigure(text) || length(text) < 3 && !IsWhole(text) && !IsBlank(text) {
			return false
		}
	}
	return true
}

// holdsPlaces reports whether most cells of a column are names of places.
func (g *Grid) holdsPlaces(k int) bool {
	n := 0
	for _, r := range g.Rows {
		if text := r.Cells[k].Text; length(text) > 1 && lexicon.PlaceEnds.Suffix(text) != "" || IsWhole(text) {
			n++
		}
	}
	return n*2 > len(g.Rows)
}

// settleChanges finds the growth of results beside them, and that of the year before.
func (g *Grid) settleChanges() {
	for k := 1; k < len(g.Columns); k++ {
		c, left := &g.Columns[k], g.Columns[k-1]
		if c.Role != Change || c.Year != 0 || !strings.Contains(c.Head, "同比") {
			continue
		}
		switch left.Role {
		case Result:
			c.Role = Result
		case Base:
			c.Role = BaseChange
		}
	}
}

// settleName takes the first column of words for that of names where no head says so.
func (g *Grid) settleName() {
	if g.has(Name) || g.has(Area) || g.has(Years) {
		return
	}
	for k := range g.Columns {
		if c := &g.Columns[k]; (c.Role == Goal || c.Role == Other) && !g.figures(k) && g.holdsWords(k) {
			c.Role = Name
			return
		}
	}
}

// holdsWords reports whether most cells of a column have words.
func (g *Grid) holdsWords(k int) bool {
	n := 0
	for _, r := range g.Rows {
		if !IsBlank(r.Cells[k].Text) {
			n++
		}
	}
	return n*2 > len(g.Rows)
}

// dropWide gives a column without a head the role of the one on its left, over which
// that head reaches.
func (g *Grid) dropWide() {
	for k := 1; k < len(g.Columns); k++ {
		if c, left := &g.Columns[k], g.Columns[k-1]; c.Head == "" && (left.Role == Name || left.Role == Category) && !g.figures(k) {
			c.Role, c.Head = left.Role, left.Head
		}
	}
}

// settlePlaces finds the columns of a table that stand for one place each.
func (g *Grid) settlePlaces() {
	n := 0
	for _, c := range g.Columns {
		if c.isPlace() {
			n++
		}
	}
	if n < 2 || !g.has(Name) || g.has(Area) && n < 3 {
		return
	}
	for k := range g.Columns {
		if c := &g.Columns[k]; c.isPlace() && g.figures(k) {
			c.Role = Place
		}
	}
}

func (c Column) isPlace() bool {
	return (c.Role == Other || c.Role == Area || c.Role == Joint) && c.Unit == "" && length(c.Last()) <= 10 && lexicon.PlaceEnds.Suffix(c.Last()) != "" && !lexicon.WholeHeads.Has(c.Head)
}

func (g *Grid) count(r Role) int {
	n := 0
	for _, c := range g.Columns {
		if c.Role == r {
			n++
		}
	}
	return n
}

func (g *Grid) isFirst(k int) bool {
	for j := range k {
		if r := g.Columns[j].Role; r != Serial && r != Category {
			return false
		}
	}
	return true
}

// figures is Figures.
func (g *Grid) figures(k int) bool { return g.Figures(k) }

// Figures reports whether at least half of the filled cells of a column are figures.
func (g *Grid) Figures(k int) bool {
	numbers, filled := 0, 0
	for _, r := range g.Rows {
		if text := r.Cells[k].Text; !IsBlank(text) {
			filled++
			if isFigure(text) {
				numbers++
			}
		}
	}
	return numbers*2 >= filled && numbers > 0
}

func (g *Grid) hasFigures() bool {
	for k, c := range g.Columns {
		if c.Role != Serial && g.figures(k) {
			return true
		}
	}
	return false
}

// holdsYears reports whether the cells of a column are years.
func (g *Grid) holdsYears(k int) bool {
	n := 0
	for _, r := range g.Rows {
		if text := r.Cells[k].Text; length(text) <= longestYear && (yearIn(text) != 0 || monthsIn(text) != 0) {
			n++
		}
	}
	return n > 0 && n*2 >= len(g.Rows)
}

// longestYear is the most characters of a cell that names no more than a time.
const longestYear = 10

// IsPast reports whether a cell that names a year says that its figures were reached.
func IsPast(text string) bool { return lexicon.BaseHeads.In(text) || lexicon.DoneHeads.In(text) }

// YearOf is the year and the month of its end that a cell names, 0 for none.
func YearOf(text string) (year, ends int) { return yearIn(text), monthsIn(text) }

// IsWhole reports whether a name stands for all places or years of a table.
func IsWhole(text string) bool { return lexicon.WholeHeads.Has(strings.ReplaceAll(text, " ", "")) }

// CutUnit parts a name from the unit in brackets at its end, "" for none.
func CutUnit(name string) (rest, unit string) { return cutUnit(name) }
