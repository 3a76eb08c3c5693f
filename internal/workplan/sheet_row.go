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

// dueOfCell is the date that the cell of a column of deadlines begins with.
func dueOfCell(text string) calendar.When {
	for _, opening := range []string{"", "于", "确保", "力争", "到", "每年"} {
		if rest, ok := strings.CutPrefix(text, opening); ok {
			if w, size := calendar.At(rest); size > 0 && !w.Unsure {
				if listsTimes(rest[size:]) {
					return calendar.When{}
				}
				return w
			}
		}
	}
	if day := calendar.ShortDay(text); !day.IsZero() {
		return day
	}
	return calendar.Short(text)
}

// listsTimes reports whether what follows a date is another one, each of which is for a part: 4月、10月.
func listsTimes(rest string) bool {
	for _, sign := range []string{"、", ",", "/", ";", "和", "及"} {
		if after, ok := strings.CutPrefix(rest, sign); ok {
			_, size := calendar.At(after)
			return size > 0 && strings.Trim(after[size:], "前底") == ""
		}
	}
	return false
}

// readDue settles the time of a row by its own column, else by the title of the table. A deadline
// with figures that cannot be read is warned of.
func (g *blockReader) readDue(r *sheetRow) {
	if r.due.IsZero() {
		for k, c := range r.columns {
			if c.Role == table.Due && prose.HasDigit(r.cellText(r.at, k)) {
				g.noteCell(r.sheet, r.at, k, indicator.WarnTable)
			}
		}
	}
	if r.due.IsZero() && r.year != 0 && g.within(r.year) {
		r.due = calendar.When{Year: r.year, FirstMonth: 12, LastMonth: 12}
	}
}

func (g *block) within(year int) bool {
	f := g.front
	return f.StartsOn.IsZero() || year >= f.StartsOn.Year() && year < f.DueOn.Year()
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

// countYears is countOverTime for a target of one of several years: what is the level of a year in the
// others is so in the first, which begins with the plan.
func (f *candidate) countYears(several bool) {
	kind := f.kind
	f.countOverTime()
	plan := term{f.block.front.StartsOn, f.block.front.DueOn}
	if several && plan.isLong() && kind == indicator.Cumulative && f.kind == indicator.Increment && f.each == "" {
		f.kind, f.yearly = indicator.Cumulative, true
	}
}

// comesDown reports whether a target seems to be less than what was done the year before (完成) of things
// of which nothing says that fewer are better: that was no level, and each year begins anew.
func (f *candidate) comesDown(r *sheetRow) bool {
	base, t := f.mention.baseline, f.mention.token
	if f.kind != indicator.Cumulative || base == nil || t.IsRange() || strings.Contains(t.Unit, "/") || !r.baseIsDone() {
		return false
	}
	switch t.UnitClass {
	case quantity.ShareUnit, quantity.MoneyUnit, quantity.NoUnit:
		return false
	}
	switch c := f.mention.comparison.comparator; {
	case c == indicator.AtMost, c == indicator.LessThan, lexicon.StockNouns.In(f.name), lexicon.TotalNouns.In(f.name):
		return false
	}
	if s := f.sense(); s != unsaid && s.direction() != indicator.Increase || f.directionOf() == indicator.Decrease {
		return false
	}
	was, err := quantity.ParseNumber(base.Value)
	if err != nil {
		return false
	}
	is, err := quantity.ParseNumber(t.Value)
	return err == nil && is.Cmp(was) < 0
}

// baseIsDone reports whether the baselines of a row are what was done in a year: 2024年完成.
func (r *sheetRow) baseIsDone() bool {
	for _, c := range r.columns {
		if c.Role == table.Base {
			return lexicon.DoneHeads.In(c.Head) || lexicon.ActionVerbs.In(c.Head)
		}
	}
	return false
}

// startWithMonth begins what is added in a month that a column or row is for with that month.
func (f *candidate) startWithMonth(r *sheetRow, k int) {
	if due := f.term.due; f.kind == indicator.Increment && (r.month || table.OneMonth(r.columns[k].Head) != 0) {
		f.term.starts = indicator.DateOf(due.Year(), due.Month(), 1)
	}
}

// changesLevel reports whether a target counts what comes on top, which starts from
// nothing.
func (f *candidate) changesLevel() bool { return f.kind == indicator.Increment }

// termOfCell is the time of a target: that of its column, within that of its row.
func (g *block) termOfCell(r *sheetRow, due calendar.When, f *candidate) term {
	whole := term{g.front.StartsOn, g.front.DueOn}
	switch {
	case due.IsZero():
		due = r.due
	case !r.due.IsZero() && r.due.Year == 0 && due.FirstMonth == 12:
		year := due.Year
		due = r.due
		due.Year = year
	}
	if due.IsZero() {
		return whole
	}
	if due.Year == 0 && r.year != 0 && (due.FirstMonth == 1 || due.FirstMonth == due.LastMonth) {
		due.Year = r.year
	}
	if f.kind == indicator.Increment && r.goalYears() > 1 && !f.mention.summed && due.FirstMonth == 12 {
		due.FirstMonth = 1
	}
	return g.resolve(&number.Token{When: due, Apart: true}, whole)
}

// goalYears counts the years that have columns of targets.
func (s *sheet) goalYears() int {
	years := map[int]bool{}
	for _, c := range s.columns {
		if c.Role == table.Goal && c.Year != 0 {
			years[c.Year] = true
		}
	}
	return len(years)
}

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

// growsIn reports whether a value is one of growth beside the level of its row: a sum in
// brackets is none, nor is the figure of a share that has no other.
func (r *sheetRow) growsIn(k int, v cellValue) bool {
	if v.change != "" {
		return true
	}
	if r.columns[k].Role != table.Change {
		return v.token.UnitClass == quantity.ShareUnit && r.hasUnit && unitClassIn(r.unit) != quantity.ShareUnit && !v.summed
	}
	if v.summed {
		return false
	}
	return !r.hasUnit || unitClassIn(r.unit) != quantity.ShareUnit || r.levels > 0 || r.spread && lexicon.ShareEndings.Suffix(r.name) == ""
}

// changeName is what a name lacks to say that the number is a change.
func changeName(head string, v cellValue) string {
	word := "增长"
	if v.change != "" {
		word = v.change
	} else if strings.HasPrefix(v.token.Value, "-") && lexicon.FallWords.In(head) {
		word = "下降"
	}
	if lexicon.YearlyMeans.In(head) && !lexicon.YearlyMeans.In(word) {
		word = "年均" + word
	}
	return word
}

// endsInChange reports whether a name ends with a word of a change.
func endsInChange(name string) bool {
	name = bareName(name)
	return lexicon.ChangeNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != "" && lexicon.LevelHeights.Suffix(name) == ""
}

// lexicon.LevelHeights end in a word that looks like a change.

// unitOf is the unit of a value in column k; ok is false where nothing says it. One that is no more than
// so many times (1.2万) multiplies the unit that stands beside or above.
func (r *sheetRow) unitOf(k int, v cellValue) (unit string, class quantity.Class, ok bool) {
	many := v.token.Unit
	if many == "" || !lexicon.Magnitudes.Has(many) {
		return r.unitBy(k, v)
	}
	one := v
	one.token.Unit, one.token.UnitClass = "", quantity.NoUnit
	unit, class, ok = r.unitBy(k, one)
	switch given := lexicon.Magnitudes.Prefix(unit); {
	case !ok:
		return many, v.token.UnitClass, true
	case given == many:
		return unit, class, true
	case unit == "", given != "", class == quantity.ShareUnit:
		return "", quantity.NoUnit, false
	}
	return many + unit, class, true
}

// unitInCell is the unit that stands in a cell, with what it is taken per as the unit of its row says:
// 1.2万元 beside 元/人.
func (r *sheetRow) unitInCell(t *number.Token) (unit string, class quantity.Class) {
	many := lexicon.Magnitudes.Prefix(t.Unit)
	one := t.Unit[len(many):]
	switch {
	case !r.hasUnit:
	case strings.HasPrefix(r.unit, t.Unit):
		return r.unit, unitClassIn(r.unit)
	case one != "" && strings.HasPrefix(r.unit, one+"/"):
		return many + r.unit, unitClassIn(many + r.unit)
	}
	return t.Unit, t.UnitClass
}

// unitBy is unitOf where the unit of the cell is whole.
func (r *sheetRow) unitBy(k int, v cellValue) (unit string, class quantity.Class, ok bool) {
	c := r.columns[k]
	switch {
	case v.token.Pair:
		return "", quantity.NoUnit, true
	case v.token.Unit != "":
		unit, class = r.unitInCell(&v.token)
		return unit, class, true
	case r.growsIn(k, v):
		unit = "%"
		if c.Unit != "" && unitClassIn(c.Unit) == quantity.ShareUnit {
			unit = c.Unit
		}
		return unit, quantity.ShareUnit, true
	case r.hasUnit:
		return r.unit, unitClassIn(r.unit), true
	case c.Unit != "" && c.Role == table.Goal:
		return r.unitAmong(c.Unit)
	case lexicon.MoneyNouns.Suffix(c.Name) != "" && unitClassIn(r.Unit) == quantity.MoneyUnit: // of a project 景区提升
		return r.Unit, quantity.MoneyUnit, true
	}
	return r.unitBeside()
}

// lexicon.ShareEndings end names of what is a share also where no unit stands.

// kindOfCell says how reports of a target add up by its name and cell.
func kindOfCell(name, change string, class quantity.Class, v cellValue, growth bool) indicator.Kind {
	bare := bareName(name)
	bare = strings.TrimPrefix(bare, lexicon.ManagementAdverbs.Prefix(bare))
	summed := v.summed && v.waits == ""
	share := class == quantity.ShareUnit
	switch {
	case growth, (share || v.waits != "") && endsInChange(bare), share && change != "":
		return indicator.Growth
	case share && summed:
		return indicator.Increment
	case share, v.token.Pair, lexicon.PerHeadOpeners.In(bare), lexicon.PerHeadUnitEndings.In(bare), lexicon.RateNouns.Suffix(bare) != "":
		return indicator.Ratio
	case isLevelName(bare, v):
		return indicator.Cumulative
	case v.added:
		return indicator.Increment
	case lexicon.AddedVerbs.In(bare), summed:
		return indicator.Increment
	}
	return kindOfDeed(bare)
}

// isLevelName reports whether the name or cell of a target says that it is a level: bad
// events are counted as they stand, a mean does not add up, and 达到 leads to one.
func isLevelName(name string, v cellValue) bool {
	switch {
	case senseOfName(name) == badEvent, levels.Suffix(name) != "" && bringsTo(name):
		return true
	case lexicon.PerOne.Prefix(name) != "":
		return !v.summed
	}
	return v.reached && lexicon.ActionVerbs.Prefix(name) == "" && !lexicon.AddedVerbs.In(name)
}

// kindOfDeed says how a count adds up by what its name says is done: a flow, a total and
// an amount are levels.
func kindOfDeed(name string) indicator.Kind {
	total := lexicon.TotalNouns.Suffix(name) != ""
	action := lexicon.ActionVerbs.Prefix(name) != ""
	switch {
	case lexicon.FlowNouns.Suffix(name) != "" && !strings.HasPrefix(name, "新"):
		return indicator.Cumulative
	case !total && lexicon.TreatmentVerbs.Suffix(strings.TrimSuffix(name, lexicon.ExtentNouns.Suffix(name))) != "":
		return indicator.Increment
	case lexicon.TotalNouns.In(name), lexicon.AmountNouns.Suffix(name) != "" && !action:
		return indicator.Cumulative
	case action, !total && endsInAction(strings.TrimSuffix(strings.TrimSuffix(name, "任务"), "数")):
		return indicator.Increment
	}
	return indicator.Cumulative
}

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
