package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// sheet is a table of a plan with what its columns mean in the plan's years.
type sheet struct {
	table.Grid
	columns []sheetColumn
	past    bool                  // it tells what was reached, or what an earlier plan set
	year    int                   // that its title names, else 0
	title   string                // its last line above
	bases   map[int]*number.Token // by column, of a row that is a past year
	numeric bool                  // a column of targets holds figures in most rows
	marked  bool                  // the text has notes to tables: a figure in a name may point to one
}

// sheetColumn says what the figures of a column are.
type sheetColumn struct {
	table.Column
	due     calendar.When // zero where the head names no time
	figures bool          // at least half of the cells are figures
}

// sheetOf settles what the columns of a grid mean in a plan. The grid's own roles stand
// where the years of the plan do not say more.
func sheetOf(g table.Grid, f *outline.FrontMatter) *sheet {
	s := &sheet{Grid: g}
	lines := strings.Split(g.Caption, "\n")
	for i := len(lines) - 1; i >= 0 && s.title == ""; i-- {
		if !strings.HasPrefix(strings.TrimLeft(lines[i], "("), "单位") && !table.GoesOn(lines[i]) {
			s.title = lines[i]
		}
	}
	s.year, _ = table.YearOf(s.title)
	first := 0
	if !f.StartsOn.IsZero() {
		first = f.StartsOn.Year()
	}
	for k, c := range g.Columns {
		s.columns = append(s.columns, sheetColumn{Column: c, figures: g.Figures(k)})
	}
	s.settleYears(first)
	s.dropShadowed()
	for _, c := range s.columns {
		s.numeric = s.numeric || setsTargets(c.Role) && c.figures
	}
	s.past = s.looksBack(first)
	return s
}

// goOnFrom takes over title and unit of the table before where the same heads only go on
// from it: on the next page, or under a heading within it.
func (s *sheet) goOnFrom(last *sheet, f *outline.FrontMatter) {
	if last == nil || len(last.columns) != len(s.columns) {
		return
	}
	for k, c := range s.columns {
		if c.Head != last.columns[k].Head {
			return
		}
	}
	if s.Unit == "" {
		s.Unit = last.Unit
	}
	if !table.IsTitle(s.title) || table.GoesOn(s.title) {
		s.title, s.year = last.title, last.year
		first := 0
		if !f.StartsOn.IsZero() {
			first = f.StartsOn.Year()
		}
		s.past = s.looksBack(first)
	}
}

// settleYears tells the columns of years that are to come from those that are past.
func (s *sheet) settleYears(first int) {
	goals := s.count(table.Goal) > 0
	greatest, smallest := 0, 0
	for _, c := range s.columns {
		if c.Role == table.Year {
			greatest = max(greatest, c.Year)
			if c.Year != 0 && (smallest == 0 || c.Year < smallest) {
				smallest = c.Year
			}
		}
	}
	for k := range s.columns {
		c := &s.columns[k]
		switch {
		case c.Role == table.Year && s.isPast(c.Year, first, greatest, smallest, goals):
			c.Role = table.Base
		case c.Role == table.Year:
			c.Role = table.Goal
		case c.Role == table.Goal && first != 0 && c.Year != 0 && c.Year < first:
			c.Role = table.PastGoal
		case c.Role == table.Change && c.Year != 0 && (first != 0 && c.Year < first || first == 0 && greatest != 0 && c.Year < greatest):
			c.Role = table.BaseChange
		case c.Role == table.Base && first != 0 && c.Year >= first:
			c.Role = table.Result
		}
		c.due = dueOfHead(c.Column)
	}
}

// isPast reports whether a year alone over a column is that of a baseline.
func (s *sheet) isPast(year, first, greatest, smallest int, goals bool) bool {
	switch {
	case year == 0:
		return false
	case first != 0:
		return year < first
	case goals:
		return true
	}
	return greatest > smallest && year == smallest
}

func (s *sheet) count(r table.Role) int {
	n := 0
	for _, c := range s.columns {
		if c.Role == r {
			n++
		}
	}
	return n
}

// dropShadowed leaves of several baselines the last.
func (s *sheet) dropShadowed() {
	best := -1
	for k, c := range s.columns {
		if c.Role == table.Base && (best < 0 || c.Year >= s.columns[best].Year) {
			best = k
		}
	}
	for k := range s.columns {
		if c := &s.columns[k]; c.Role == table.Base && k != best && c.Year != s.columns[best].Year {
			c.Role = table.Result
		}
	}
}

// looksBack reports whether a table tells what was reached: its title says so and no
// column holds targets, or all its years are past.
func (s *sheet) looksBack(first int) bool {
	if first != 0 && s.year != 0 && s.year < first && !s.hasYear(first) {
		return true
	}
	return resultTitles.In(s.title) && s.count(table.Goal) == 0
}

func (s *sheet) hasYear(first int) bool {
	for _, c := range s.columns {
		if c.Role == table.Goal && c.Year >= first {
			return true
		}
	}
	return false
}

// dueOfHead is the time that a head names: a year, or a part of one counted from its
// beginning.
func dueOfHead(c table.Column) calendar.When {
	if c.Year == 0 && c.Ends == 0 {
		return calendar.When{}
	}
	w := calendar.When{Year: c.Year, FirstMonth: 12, LastMonth: 12}
	if c.Ends != 0 {
		w.FirstMonth, w.LastMonth = 1, c.Ends
	}
	return w
}

// setsTargets reports whether a role holds targets.
func setsTargets(r table.Role) bool { return r == table.Goal || r == table.Change }

// isMatrix reports whether each column stands for an indicator or a place, and the rows
// are places or years.
func (s *sheet) isMatrix() bool {
	return s.count(table.Area) > 0 || s.count(table.Years) > 0 || s.count(table.Place) > 1
}
