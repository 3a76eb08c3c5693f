package workplan

import (
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// cellNote is a warning about a place of a table.
type cellNote struct {
	prose.Line
	code  indicator.WarningCode
	where string     // row and column
	role  table.Role // of the column
}

// noteCell warns of a cell whose figures are not read.
func (g *blockReader) noteCell(s *sheet, at, k int, code indicator.WarningCode) {
	g.cellNotes = append(g.cellNotes, s.noteAt(at, k, code))
}

func (s *sheet) noteAt(at, k int, code indicator.WarningCode) cellNote {
	cell := s.Rows[at].Cells[k]
	return cellNote{prose.Line{Start: cell.Start, End: cell.End}, code, fmt.Sprintf("表格第%d行“%s”列", at+1, s.columns[k].Head), s.columns[k].Role}
}

// unused are the figures of a row that take no part in its targets: those of columns that
// nobody knows, and its baseline where it sets none.
func (s *sheet) unused(at int, setsTargets bool) []cellNote {
	var all []cellNote
	for k, c := range s.columns {
		unused := c.Role == table.Other || c.Role == table.Whole || c.Role == table.Base && !setsTargets
		if unused && prose.HasDigit(s.cellText(at, k)) {
			all = append(all, s.noteAt(at, k, indicator.WarnTable))
		}
	}
	return all
}

func (g *blockReader) noted(start int) bool {
	for _, n := range g.cellNotes {
		if n.Start == start {
			return true
		}
	}
	return false
}

// noteColumns warns once of each column whose figures are no targets: results, points,
// what an earlier plan set.
func (r *reader) noteColumns(s *sheet) {
	for k, c := range s.columns {
		if !skipsFigures(c.Role) || !s.hasDigits(k) {
			continue
		}
		place := prose.Line{Start: c.Place.Start, End: c.Place.End}
		if place.End <= place.Start {
			cell := s.Rows[0].Cells[k]
			place = prose.Line{Start: cell.Start, End: cell.End}
		}
		r.warnAt(place, indicator.WarnTableColumn, fmt.Sprintf("表格“%s”列第1至%d行", c.Head, len(s.Rows)))
	}
}

func (s *sheet) hasDigits(k int) bool {
	for at := range s.Rows {
		if prose.HasDigit(s.cellText(at, k)) {
			return true
		}
	}
	return false
}

func skipsFigures(r table.Role) bool {
	switch r {
	case table.Result, table.Points, table.PastGoal, table.BaseChange, table.Aside, table.Allotted, table.Condition:
		return true
	}
	return false
}

// warnAt records a warning about a place of a table, which its message names.
func (r *reader) warnAt(at prose.Line, code indicator.WarningCode, where string) {
	r.warn(at.Start, at.End, code)
	w := &r.draft.Warnings[len(r.draft.Warnings)-1]
	if where != "" {
		w.Message = where + "：" + w.Message
	}
}

// warnNotes warns once of the notes under a table, where they have figures.
func (r *reader) warnNotes(s *sheet) {
	if len(s.Notes) == 0 {
		return
	}
	first, last := s.Notes[0], s.Notes[len(s.Notes)-1]
	if strings.ContainsAny(string(r.source.Norm[first.Start:last.End]), "0123456789") {
		r.warn(first.Start, last.End, indicator.WarnExplained)
	}
}

// natures are the kinds of indicator that the text around tables names: 其中甲为约束性指标.
type natures struct {
	named  []named
	others indicator.Binding // of those that are not named, "" where nothing says
}

type named struct {
	name    string
	binding indicator.Binding
}

// naturesIn looks for sentences that say which indicators bind.
func naturesIn(s *prose.Source) natures {
	var n natures
	for _, l := range s.Lines {
		text := string(s.Norm[l.Start:l.End])
		if !strings.Contains(text, bindingSays) && !strings.Contains(text, expectedSays) {
			continue
		}
		for _, clause := range strings.FieldsFunc(s.CompactLine(l), func(r rune) bool { return strings.ContainsRune(",;。:()", r) }) {
			n.readClause(clause)
		}
	}
	return n
}

func (n *natures) readClause(clause string) {
	binding := indicator.Committed
	subject, _, ok := strings.Cut(clause, bindingSays)
	if !ok {
		if subject, _, ok = strings.Cut(clause, expectedSays); !ok {
			return
		}
		binding = indicator.Expected
	}
	subject = strings.TrimSuffix(strings.TrimSuffix(subject, "均"), "指标")
	if lexicon.OtherIndicators.Has(subject) || subject == "" {
		n.others = binding
		return
	}
	subject = strings.TrimPrefix(subject, lexicon.NamedIndicators.Prefix(subject))
	for _, name := range strings.FieldsFunc(subject, func(r rune) bool { return strings.ContainsRune("、和及", r) }) {
		n.named = append(n.named, named{name, binding})
	}
}

// bindingOf is what the row's own column says, else the sentence about it.
func (r *sheetRow) bindingOf(name string) indicator.Binding {
	if r.count(table.Nature) > 0 {
		return r.binding
	}
	for _, n := range r.natures.named {
		if strings.HasSuffix(bareName(name), n.name) {
			return n.binding
		}
	}
	if r.natures.others != "" {
		return r.natures.others
	}
	return r.binding
}

// What a note says of the indicators that bind, and of those that are expected.
const bindingSays, expectedSays = "为约束性指标", "为预期性指标"
