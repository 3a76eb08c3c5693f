package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// readMatrix reads a table that hands a target out to places or years: its rows, or its
// columns, are places, and one of them may be the whole.
func (g *block) readMatrix(s *sheet) *findings {
	r := &blockReader{block: g}
	for at := range s.Rows {
		if s.count(table.Place) > 1 {
			r.readPlaces(s, at)
		} else {
			r.readPlaceRow(s, at)
		}
	}
	r.handWholes()
	return r.finish()
}

// readPlaces reads a row whose columns are places.
func (g *blockReader) readPlaces(s *sheet, at int) {
	row := s.rowAt(at)
	g.readDue(&row)
	for k, c := range s.columns {
		switch c.Role {
		case table.Place:
			g.addShare(&row, k, row.name, c.Last())
		case table.Whole, table.Goal:
			g.addShare(&row, k, row.name, "")
		}
	}
}

// readPlaceRow reads a row that is a place or a year.
func (g *blockReader) readPlaceRow(s *sheet, at int) {
	row := sheetRow{sheet: s, at: at, binding: indicator.Committed}
	area := ""
	for k, c := range s.columns {
		text := s.cellText(at, k)
		switch c.Role {
		case table.Area:
			row.nameLine = s.lineAt(at, k)
			if !table.IsWhole(text) {
				area = text
			}
		case table.Years:
			if g.isPastYear(text) {
				g.keepBases(s, at)
				return
			}
			row.nameLine = s.lineAt(at, k)
			row.due, row.whole = s.yearsOf(k, text)
			row.month = table.OneMonth(text) != 0
			if row.rate = rateWords.Suffix(text); row.rate != "" {
				row.whole = false
			}
		case table.Due:
			row.due = dueOfCell(text)
		case table.Unit:
			if unit := s.unitOfCell(at, k); table.LooksLikeUnit(unit) {
				row.unit, row.hasUnit = unit, true
			}
		}
	}
	if row.due.IsZero() {
		g.readDue(&row)
	}
	g.addShares(&row, area)
}

// rateWords name a row of changes among those of years.
var rateWords = lexicon.CellChanges.Or(lexicon.ChangeNouns)

// isPastYear reports whether the cell of a year says that its figures were reached.
func (g *block) isPastYear(text string) bool {
	year, _ := table.YearOf(text)
	first := g.front.StartsOn
	return table.IsPast(text) || year != 0 && !first.IsZero() && year < first.Year()
}

// addShares makes a target of each cell of a row that is a place or a year.
func (g *blockReader) addShares(row *sheetRow, area string) {
	for k, c := range row.columns {
		switch c.Role {
		case table.Other, table.Goal, table.Change:
			if c.figures || c.Unit != "" {
				g.addShare(row, k, row.measure(k), area)
			} else if prose.HasDigit(row.cellText(row.at, k)) {
				g.noteCell(row.sheet, row.at, k, indicator.WarnTable)
			}
		}
	}
}

func (s *sheet) lineAt(at, k int) prose.Line {
	cell := s.Rows[at].Cells[k]
	return prose.Line{Start: cell.Start, End: cell.End}
}

// keepBases keeps the figures of a row that is a past year as the baselines of their
// columns.
func (g *blockReader) keepBases(s *sheet, at int) {
	s.bases = map[int]*number.Token{}
	for k, c := range s.columns {
		if c.Role != table.Other && c.Role != table.Goal {
			continue
		}
		if v, ok := simpleValue(trimCell(s.cellText(at, k))); ok && !v.token.IsRange() {
			v.token.Unit = ""
			s.bases[k] = &v.token
		}
	}
}

// yearsOf is the time of a row that is a year, or part of one. The row of all years ends
// with the last.
func (s *sheet) yearsOf(k int, text string) (due calendar.When, whole bool) {
	year, ends := table.YearOf(text)
	switch {
	case ends != 0 && table.OneMonth(text) == ends:
		return calendar.When{Year: year, FirstMonth: ends, LastMonth: ends}, false
	case ends != 0:
		return calendar.When{Year: year, FirstMonth: 1, LastMonth: ends}, false
	case year != 0:
		return calendar.When{Year: year, FirstMonth: 1, LastMonth: 12}, false
	}
	for at := range s.Rows {
		if y, _ := table.YearOf(s.cellText(at, k)); y > year {
			year = y
		}
	}
	if year == 0 {
		return calendar.When{}, false
	}
	return calendar.When{Year: year, FirstMonth: 12, LastMonth: 12}, true
}

// measure is what a column of a matrix measures: its head, else the title of the table.
func (s *sheet) measure(k int) string {
	name := s.cleanName(s.columns[k].Name)
	name, _ = table.CutUnit(name)
	if levels := strings.Split(s.columns[k].Head, "/"); len(levels) > 1 {
		if whole := s.measureUnder(levels[0], levels[len(levels)-1]); whole != "" {
			return whole
		}
	}
	if name == "" || lexicon.AimTableTitles.Has(name) {
		return s.subject()
	}
	if subject := s.subject(); s.columns[k].Role == table.Change && lexicon.ChangeNouns.Has(name) {
		return subject + "增长"
	} else if deed := strings.TrimSuffix(name, "任务"); deed != name && lexicon.ActionVerbs.Has(deed) && strings.HasSuffix(subject, deed) {
		return subject
	}
	return strings.TrimPrefix(name, lexicon.PartRowOpenings.Prefix(name))
}

// measureUnder is what a head under another measures, "" where it says so alone.
func (s *sheet) measureUnder(over, under string) string {
	outer, _ := table.CutUnit(s.cleanName(over))
	inner, _ := table.CutUnit(s.cleanName(under))
	switch {
	case lexicon.ActionVerbs.Has(inner):
		return completed(outer, inner)
	case !saysMeasure(outer):
		return ""
	case lexicon.WholeAmounts.Has(inner), inner == "总数", table.NamesNothing(inner):
		return outer
	case !saysMeasure(inner):
		return outer + "（" + inner + "）"
	}
	return ""
}

// lexicon.WholeAmounts under a name say that the figure is no growth.

// subject is what the title of a table is about: without place, year and what it calls
// itself.
func (s *sheet) subject() string {
	text := s.title
	if at := strings.Index(text, "年"); at >= 0 && at+len("年") < len(text) {
		text = strings.TrimPrefix(text[at+len("年"):], "度")
	} else if _, rest, ok := strings.Cut(text, "期间"); ok {
		text = rest
	}
	for word := lexicon.TitleTails.Suffix(text); word != ""; word = lexicon.TitleTails.Suffix(text) {
		text = strings.TrimSuffix(text, word)
	}
	return text
}

// addShare makes a target of a cell for a place, or for the whole where the place is "".
func (g *blockReader) addShare(r *sheetRow, k int, name, area string) {
	text := r.cellText(r.at, k)
	reading := readCell(text)
	if reading.left {
		g.noteCell(r.sheet, r.at, k, indicator.WarnTable)
	}
	for _, v := range reading.values {
		if v.beside {
			g.noteCell(r.sheet, r.at, k, indicator.WarnBeside)
			continue
		}
		own := *r
		own.name = name
		if own.rate != "" {
			v.change = own.rate
			own.unit, own.hasUnit = "%", true
			name = own.nameOf(k, v, true)
		}
		if (!own.hasUnit || area != "") && own.rate == "" && r.columns[k].Unit != "" {
			own.unit, own.hasUnit = r.columns[k].Unit, true
		}
		unit, class, ok := own.unitOf(k, v)
		if !ok && v.waits == "" || name == "" {
			g.noteCell(r.sheet, r.at, k, indicator.WarnUnit)
			continue
		}
		f := g.cellTarget(v, unit, class)
		f.cells = r.place(k)
		f.name, f.subject, f.area = polish(name), name, area
		if r.whole {
			f.name += "合计"
		}
		f.binding = own.bindingOf(name)
		f.kind = kindOfCell(name, "", class, v, own.growsIn(k, v))
		g.finishShare(f, r, k)
		f.startFrom(v.base)
	}
}

func (g *blockReader) finishShare(f *candidate, r *sheetRow, k int) {
	f.row = r.agents[r.at]
	row := *r
	if !row.due.IsZero() && row.due.FirstMonth == 1 && f.kind != indicator.Increment && row.due.LastMonth == 12 {
		row.due.FirstMonth = 12
	}
	f.term = g.termOfCell(&row, r.columns[k].due, f)
	f.startWithMonth(r, k)
	if f.kind == indicator.Cumulative || f.kind == indicator.Ratio {
		f.mention.baseline = r.baseOf(k, f.mention.token.UnitClass)
	}
	f.countYears(r.count(table.Years) > 0 && !r.whole || r.goalYears() > 1)
	f.over = f.overOf()
	if f.kind == indicator.Increment && f.isFlow() {
		f.before = r.baseOf(k, f.mention.token.UnitClass)
		f.mention.baseline = f.before
	}
	if f.area != "" {
		g.parts = appendNew(g.parts, f, len(r.columns))
		return
	}
	g.targets = appendNew(g.targets, f, len(r.columns))
}

// appendNew appends a share that is none of the last ones, as many as a row has: that of
// the year is also that of its last quarter.
func appendNew(all []*candidate, f *candidate, row int) []*candidate {
	for _, other := range all[max(0, len(all)-row):] {
		if other.area == f.area && other.cells.Start == f.cells.Start && other.saysSame(f) {
			return all
		}
	}
	return append(all, f)
}

// baseOf is the baseline of a share in column k: the row of a year before, else the column
// of baselines under the same outer head, or the only one beside the only targets.
func (r *sheetRow) baseOf(k int, class quantity.Class) *number.Token {
	if base := r.bases[k]; base != nil {
		return base
	}
	if r.count(table.Goal) == 1 {
		return r.base(class)
	}
	outer, _, ok := strings.Cut(r.columns[k].Head, "/")
	for j, c := range r.columns {
		if other, _, _ := strings.Cut(c.Head, "/"); ok && c.Role == table.Base && other == outer {
			return r.baseIn(j, class)
		}
	}
	return nil
}

// handWholes names for each place's share the whole that it is part of. A rate or a floor
// of a place is none.
func (g *blockReader) handWholes() {
	type key struct {
		name string
		due  indicator.Date
	}
	wholes := map[key]bool{}
	for _, f := range g.targets {
		wholes[key{f.name, f.term.due}] = true
	}
	for _, f := range g.parts {
		c := f.mention.comparison.comparator
		sum := f.kind == indicator.Increment || f.kind == indicator.Cumulative
		if sum && !strings.Contains(f.mention.token.Unit, "/") && lexicon.PerOne.Prefix(f.name) == "" && (c == indicator.Equal || c == indicator.About) && wholes[key{f.name, f.term.due}] {
			f.partOf = f.name
		}
	}
}
