package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// sheetRow is one row of a sheet while its targets are read.
type sheetRow struct {
	*sheet
	at       int // of the row
	name     string
	change   string // word of a change that the name, or the one it completes, ends with
	unit     string // of the row: its unit column, else in its name
	hasUnit  bool
	spread   bool // the unit stands behind the figures of its cells
	nameLine prose.Line
	binding  indicator.Binding
	due      calendar.When // of the column of deadlines
	levels   int           // targets of the row that are no changes
	leads    bool          // words of its name lead to the figure: 达到
	// comparator is that of such words, "" for none
	comparator indicator.Comparator
	whole      bool   // it is the sum of rows that are years
	month      bool   // it is a month
	rate       string // word of a change that stands where others name a year
}

// readRow reads the targets of a row of a table of indicators; nil where the row holds no
// figures, and is to be read as words.
func (g *block) readRow(s *sheet, at int) *findings {
	row := s.rowAt(at)
	readings, ok := row.readCells()
	if !ok || !s.numeric && !s.waitsOnly(readings) && row.isProse(readings) {
		return nil
	}
	r := &blockReader{block: g}
	r.readDue(&row)
	row.spreadUnit(readings)
	for k, reading := range readings {
		for _, v := range reading.values {
			r.addCell(&row, k, v)
		}
		if reading.left {
			r.noteCell(s, at, k, indicator.WarnTable)
		}
	}
	for _, n := range s.unused(at, len(r.targets) > 0) {
		if !r.noted(n.Start) {
			r.cellNotes = append(r.cellNotes, n)
		}
	}
	return r.finish()
}

// readCells reads the cells of a row in the columns of targets; ok is false where they say
// nothing that can be read as figures.
func (r *sheetRow) readCells() (readings []cellReading, ok bool) {
	readings = make([]cellReading, len(r.columns))
	read, unread := 0, 0
	for k, c := range r.columns {
		if !setsTargets(c.Role) {
			continue
		}
		reading := readCell(r.cellText(r.at, k))
		readings[k] = reading
		read += len(reading.values)
		if reading.left && len(reading.values) == 0 {
			unread++
		}
		if c.Role == table.Goal && len(reading.values) > 0 && reading.values[0].waits == "" {
			r.levels++
		}
	}
	if read > 0 {
		return readings, true
	}
	return readings, unread == 0 && r.numeric && r.name != ""
}

// spreadUnit gives the figures of a row the one unit that stands behind any of them.
func (r *sheetRow) spreadUnit(readings []cellReading) {
	if r.hasUnit {
		return
	}
	units := map[string]bool{}
	for _, reading := range readings {
		for _, v := range reading.values {
			if v.token.Unit != "" && !lexicon.Magnitudes.Has(v.token.Unit) {
				units[v.token.Unit] = true
			}
		}
	}
	if len(units) == 1 {
		for unit := range units {
			r.unit, r.hasUnit, r.spread = unit, true, true
		}
	}
}

// waitsOnly reports whether what was read of a row in words is no more than that its
// target waits.
func (s *sheet) waitsOnly(readings []cellReading) bool {
	for _, r := range readings {
		for _, v := range r.values {
			if v.waits == "" {
				return false
			}
		}
	}
	return true
}

// isProse reports whether the figures of a row need its words to be understood: it has no
// unit anywhere.
func (r *sheetRow) isProse(readings []cellReading) bool {
	for k, reading := range readings {
		for _, v := range reading.values {
			if _, _, ok := r.unitOf(k, v); !ok {
				return true
			}
		}
	}
	return false
}

// rowAt reads the name, unit and nature of a row.
func (s *sheet) rowAt(at int) sheetRow {
	r := sheetRow{sheet: s, at: at, binding: indicator.Committed}
	r.readName()
	for k, c := range s.columns {
		text := s.cellText(at, k)
		switch c.Role {
		case table.Unit:
			if lexicon.UnitlessSigns.Has(text) && r.unit == "" || lexicon.IndexNouns.Suffix(r.name) != "" && text == "" {
				r.unit, r.hasUnit = "", true
			} else if text = s.unitOfCell(at, k); text != "" && !lexicon.UnitlessSigns.Has(text) {
				r.unit, r.hasUnit = text, true
			}
		case table.Nature:
			if at, word := lexicon.Commitment.Find(text); at >= 0 {
				r.binding = indicator.Binding(lexicon.Commitment.Class(word))
			}
		case table.Due:
			r.due = dueOfCell(text)
		}
	}
	return r
}

// unitOfCell is the unit that a cell of a column of units holds, without brackets around the whole of
// it. One that has an alternative in brackets is one unit, and as it is written: 家（户）.
func (s *sheet) unitOfCell(at, k int) string {
	text := s.cellText(at, k)
	if inner, ok := strings.CutPrefix(text, "("); ok && inner != "" && strings.IndexByte(inner, ')') == len(inner)-1 {
		return inner[:len(inner)-1]
	}
	if l := s.Rows[at].Cells[k].Line; strings.HasSuffix(text, ")") && l.End <= len(s.raw) {
		if written := string(s.raw[l.Start:l.End]); utf8.RuneCountInString(written) == utf8.RuneCountInString(text) {
			return written
		}
	}
	return text
}

func (s *sheet) cellText(at, k int) string {
	if k >= len(s.Rows[at].Cells) {
		return ""
	}
	return s.Rows[at].Cells[k].Text
}

// addCell makes a target of a value in column k.
func (g *blockReader) addCell(r *sheetRow, k int, v cellValue) {
	if r.saysLevelAgain(k, v) {
		g.noteCell(r.sheet, r.at, k, indicator.WarnBeside)
		return
	}
	growth := r.growsIn(k, v)
	unit, class, ok := r.unitOf(k, v)
	if !ok && v.waits == "" {
		g.noteCell(r.sheet, r.at, k, indicator.WarnUnit)
		return
	}
	if r.name == "" || v.raised && !growth && r.risesFromBase(class) {
		g.noteCell(r.sheet, r.at, k, indicator.WarnTable)
		return
	}
	f := g.cellTarget(v, unit, class)
	f.cells = r.place(k)
	name := r.nameOf(k, v, growth)
	f.name, f.subject = polish(name), name
	if r.columns[k].total {
		f.name += "合计"
	}
	f.binding = r.bindingIn(k, name)
	v.reached = v.reached || r.leads
	if r.comparator != "" && r.columns[k].Role == table.Goal && v.isBare() {
		f.mention.comparison.comparator = r.comparator
	}
	f.kind = kindOfCell(name, r.change, class, v, growth)
	f.spend(r, k)
	g.finishCell(f, r, k)
	f.startFrom(v.base)
	if !g.hasTarget(f) {
		g.targets = append(g.targets, f)
	}
}

// risesFromBase reports whether a figure with a plus sign is how much a level is to rise above its
// baseline, which nobody has added up.
func (r *sheetRow) risesFromBase(class quantity.Class) bool {
	return !endsInChange(r.name) && r.base(class) != nil
}

// bindingIn is how far a target in column k binds: its head may say that it is hoped for.
func (r *sheetRow) bindingIn(k int, name string) indicator.Binding {
	if lexicon.HopeHeads.In(r.columns[k].Head) {
		return indicator.Expected
	}
	return r.bindingOf(name)
}

// spend makes an increment of what is spent in a year on the thing that a row names, as the head of
// column k says: 2025年计划投资.
func (f *candidate) spend(r *sheetRow, k int) {
	c := r.columns[k]
	if f.kind != indicator.Cumulative || f.mention.token.UnitClass != quantity.MoneyUnit || c.Year == 0 || saysMeasure(r.name) {
		return
	}
	if lexicon.MoneyNouns.Has(lexicon.ActionVerbs.Suffix(c.Name)) && !lexicon.TotalNouns.In(c.Name) {
		f.kind = indicator.Increment
	}
}

// startFrom gives a target the baseline that its cell says.
func (f *candidate) startFrom(base *number.Token) {
	if base == nil || f.kind == indicator.Growth {
		return
	}
	if f.kind == indicator.Increment {
		f.kind = indicator.Cumulative
	}
	f.mention.baseline = base
}

// saysLevelAgain reports whether a value is by how much a level of its row changes.
func (r *sheetRow) saysLevelAgain(k int, v cellValue) bool {
	return r.levels > 0 && (v.beside || v.summed && v.waits == "" && r.columns[k].Role == table.Change)
}

// nameOf is the name of a value of the row in column k.
func (r *sheetRow) nameOf(k int, v cellValue, growth bool) string {
	name := r.name
	if v.label != "" {
		name += "（" + v.label + "）"
	}
	if growth && !endsInChange(name) {
		name += changeName(r.columns[k].Head, v)
	}
	return name
}

// isBare reports whether a value is one number that nothing in its cell compares.
func (v cellValue) isBare() bool {
	return v.comparison.comparator == indicator.Equal && v.waits == "" && !v.token.IsRange()
}

// hasTarget reports whether the row has said a target before: that of the year is also
// that of its last quarter.
func (g *blockReader) hasTarget(f *candidate) bool {
	for _, other := range g.targets {
		if other.saysSame(f) {
			return true
		}
	}
	return false
}

// saysSame reports whether two targets are one: name, time and value are the same.
func (f *candidate) saysSame(other *candidate) bool {
	a, b := f.mention, other.mention
	return f.name == other.name && f.term.due == other.term.due && a.token.Value == b.token.Value && a.token.High == b.token.High && a.reference == b.reference
}

// cellTarget is a target of a value without what the row and column say of it.
func (g *blockReader) cellTarget(v cellValue, unit string, class quantity.Class) *candidate {
	t := v.token
	t.Unit, t.UnitClass = unit, class
	t.Start, t.End = 0, 0 // they count in the cell, not in the segment
	f := &candidate{block: g.block, mention: &mention{segment: g.segment, token: &t, comparison: v.comparison, first: true, summed: v.summed, reference: v.waits}}
	f.mention.run = &run{length: 1, first: f.mention}
	f.cell = true
	return f
}

// finishCell settles the time of a target, and what follows from it.
func (g *blockReader) finishCell(f *candidate, r *sheetRow, k int) {
	f.term = g.termOfCell(r, r.columns[k].due, f)
	f.startWithMonth(r, k)
	if f.kind != indicator.Growth && !f.changesLevel() && (f.mention.reference == "" || f.mention.token.Unit != "") {
		f.mention.baseline = r.base(f.mention.token.UnitClass)
	}
	f.countYears(r.goalYears() > 1 && r.columns[k].Year != 0)
	f.over = f.overOf()
	if f.comesDown(r) {
		f.kind = indicator.Increment
		f.before = f.mention.baseline
	}
	if f.kind == indicator.Increment && f.mention.baseline != nil && f.isFlow() {
		f.before = f.mention.baseline
	}
}

// changesLevel reports whether a target counts what comes on top, which starts from
// nothing.
func (f *candidate) changesLevel() bool { return f.kind == indicator.Increment }

// base is the figure of the row's column of baselines, nil for none.
func (r *sheetRow) base(class quantity.Class) *number.Token {
	for k, c := range r.columns {
		if c.Role != table.Base {
			continue
		}
		if base := r.baseIn(k, class); base != nil {
			return base
		}
	}
	return nil
}

// baseIn is the figure of a baseline in column k, nil for none.
func (r *sheetRow) baseIn(k int, class quantity.Class) *number.Token {
	v, ok := simpleValue(trimCell(r.cellText(r.at, k)))
	if !ok || v.token.IsRange() || v.token.Unit != "" && v.token.UnitClass != class {
		return nil
	}
	v.token.Unit = ""
	return &v.token
}

// lexicon.LevelHeights end in a word that looks like a change.

// lexicon.ShareEndings end names of what is a share also where no unit stands.

// lexicon.AddedVerbs words in a name count what comes on top.

// place reaches from the name, unit or target of a row that stands first to the last.
func (r *sheetRow) place(k int) prose.Line {
	at := r.Rows[r.at].Cells[k].Line
	place := prose.Line{Start: at.Start, End: at.End}
	if r.nameLine.End > r.nameLine.Start && place.End-min(place.Start, r.nameLine.Start) <= longestRowQuote {
		place.Start = min(place.Start, r.nameLine.Start)
		place.End = max(place.End, r.nameLine.End)
	}
	return place
}

// longestRowQuote is the most characters of a row that are quoted: of a longer one, the
// cell alone.
const longestRowQuote = 300
