package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
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
	agents  []*rowAgents          // by row, of a table that hands targets out
	bases   map[int]*number.Token // by column, of a row that is a past year
	numeric bool                  // a column of targets holds figures in most rows
	marked  bool                  // the text has notes to tables: a figure in a name may point to one
	natures *natures              // what the text says of which indicators bind
	raw     []rune                // the text as it is written
}

// rowAgents are those who lead, and those who take part in, what a row sets.
type rowAgents struct{ lead, joint []string }

// sheetColumn says what the figures of a column are.
type sheetColumn struct {
	table.Column
	due     calendar.When // zero where the head names no time
	total   bool          // the sum of the years beside it
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
	first := beginningOf(f)
	for k, c := range g.Columns {
		s.columns = append(s.columns, sheetColumn{Column: c, figures: g.Figures(k)})
	}
	s.settleYears(first)
	s.settleParts()
	s.settleAllotments()
	s.settlePastPlans()
	s.settleTotals()
	s.settleWhole()
	s.dropShadowed()
	for _, c := range s.columns {
		s.numeric = s.numeric || setsTargets(c.Role) && c.figures
	}
	s.past = s.looksBack(first)
	return s
}

// beginningOf is the year with which the term of a plan begins, 0 where nothing but the
// years of its text says it: those of a table are better told apart among themselves.
func beginningOf(f *outline.FrontMatter) int {
	if f.StartsOn.IsZero() || f.Guessed {
		return 0
	}
	return f.StartsOn.Year()
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
		s.past = s.looksBack(beginningOf(f))
	}
}

// settleYears tells the columns of years that are to come from those that are past.
func (s *sheet) settleYears(first int) {
	y := s.yearsNamed(first)
	for k := range s.columns {
		c := &s.columns[k]
		c.Role = y.roleOf(c.Column)
		c.due = dueOfHead(c.Column)
	}
}

// settleParts takes columns that name no more than a part of the year, as those of results do,
// for targets where the title of the table says so and no other column holds any.
func (s *sheet) settleParts() {
	if !lexicon.AimTableTitles.In(s.title) || lexicon.ResultTableTitles.In(s.title) || s.count(table.Goal) > 0 {
		return
	}
	for k := range s.columns {
		if c := &s.columns[k]; c.Role == table.Result && table.NamesPart(c.Head) {
			c.Role = table.Goal
		}
	}
}

// settleAllotments takes the money of a table that hands it out for no target, and all that a
// table of prices and grants says.
func (s *sheet) settleAllotments() {
	tariff := lexicon.TariffTitles.In(s.title) && !lexicon.AimTableTitles.In(s.title)
	if !tariff && !table.IsAllotment(s.title) {
		return
	}
	for k := range s.columns {
		c := &s.columns[k]
		unit := c.Unit
		if unit == "" {
			unit = s.Unit
		}
		money := tariff && c.figures || unitClassIn(unit) == quantity.MoneyUnit && !lexicon.FirmGoalHeads.In(c.Head)
		if money && (c.Role == table.Other || c.Role == table.Goal || c.Role == table.Name && c.Unit != "" || c.Role == table.Whole) {
			c.Role = table.Allotted
		}
	}
}

// settlePastPlans takes what a plan of some years aimed at for no target where the table
// tells what became of it: its title ends with 完成情况, or it gives the figure of the plan's last year.
func (s *sheet) settlePastPlans() {
	told := s.tellsOutcome()
	reached := s.reachedYear(told)
	for k := range s.columns {
		c := &s.columns[k]
		switch {
		case c.Role != table.Goal:
		case table.NamesPlan(c.Head) && c.Year != 0 && c.Year <= reached, told && s.setByItsTitle(c):
			c.Role = table.PastGoal
		case told && c.Year != 0 && s.Grid.Columns[k].Role == table.Year:
			c.Role = table.Result
		}
	}
}

// reachedYear is the last year of which a table gives what was reached, 0 for none. Where it
// tells the outcome of a plan, a year alone is such a one.
func (s *sheet) reachedYear(told bool) int {
	reached := 0
	for _, c := range s.columns {
		if c.Role == table.Base || c.Role == table.Result || told && c.Role == table.Goal && !table.NamesPlan(c.Head) {
			reached = max(reached, c.Year)
		}
	}
	return reached
}

// setByItsTitle reports whether the plan that the title names set what a column holds, beside
// which the table gives what was reached.
func (s *sheet) setByItsTitle(c *sheetColumn) bool {
	return c.Year == 0 && table.NamesPlan(s.title) && s.count(table.Result)+s.count(table.Base) > 0
}

// tellsOutcome reports whether the title of a table ends with what became of a plan:
// “十三五”规划目标完成情况表.
func (s *sheet) tellsOutcome() bool {
	title := s.title
	for word := lexicon.TitleTails.Suffix(title); word != "" && word != "情况"; word = lexicon.TitleTails.Suffix(title) {
		title = strings.TrimSuffix(title, word)
	}
	return lexicon.ResultTableTitles.Suffix(title) != "" && !strings.Contains(title, "中期")
}

// headYears are the years that stand alone over columns, and what else tells which of
// them are past.
type headYears struct {
	first              int // of the plan, 0 where nobody knows
	smallest, greatest int
	goals              bool // other columns are those of targets
}

func (s *sheet) yearsNamed(first int) headYears {
	y := headYears{first: first, goals: s.count(table.Goal) > 0}
	for _, c := range s.columns {
		if c.Role != table.Year || c.Year == 0 {
			continue
		}
		y.greatest = max(y.greatest, c.Year)
		if y.smallest == 0 || c.Year < y.smallest {
			y.smallest = c.Year
		}
	}
	return y
}

// roleOf is the role of a column, given its year.
func (y headYears) roleOf(c table.Column) table.Role {
	before := y.first != 0 && c.Year != 0 && c.Year < y.first
	switch c.Role {
	case table.Year:
		if y.isPast(c.Year) {
			return table.Base
		}
		return table.Goal
	case table.Goal:
		if before {
			return table.PastGoal
		}
	case table.Change:
		if before || y.first == 0 && c.Year != 0 && c.Year < y.greatest {
			return table.BaseChange
		}
	case table.Base:
		if y.first != 0 && c.Year >= y.first {
			return table.Result
		}
	}
	return c.Role
}

// settleTotals takes the sum of the years that have columns for a target of the last one.
func (s *sheet) settleTotals() {
	last := 0
	for _, c := range s.columns {
		if c.Role == table.Goal {
			last = max(last, c.Year)
		}
	}
	if s.goalYears() < 2 || s.isMatrix() {
		return
	}
	for k := range s.columns {
		if c := &s.columns[k]; c.Role == table.Whole {
			c.Role, c.total = table.Goal, true
			c.due = calendar.When{Year: last, FirstMonth: 12, LastMonth: 12}
		}
	}
}

// settleWhole takes the column of the whole (全市, 合计) for that of the targets where no other holds any
// and nothing says that the table tells what was reached.
func (s *sheet) settleWhole() {
	if s.isMatrix() || s.count(table.Whole) != 1 || lexicon.ResultTableTitles.In(s.title) || lexicon.StateTableTitles.In(s.title) && !lexicon.AimTableTitles.In(s.title) {
		return
	}
	whole := -1
	for k, c := range s.columns {
		switch c.Role {
		case table.Whole:
			whole = k
		case table.Goal, table.Change, table.PastGoal, table.Result, table.Place, table.Allotted:
			return
		}
	}
	s.columns[whole].Role = table.Goal
}

// isPast reports whether a year alone over a column is that of a baseline.
func (y headYears) isPast(year int) bool {
	switch {
	case year == 0:
		return false
	case y.first != 0:
		return year < y.first
	case y.goals:
		return true
	}
	return y.greatest > y.smallest && year == y.smallest
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
	if s.count(table.Goal) > 0 && !s.isStatistics() {
		return false
	}
	return lexicon.ResultTableTitles.In(s.title) || s.isStatistics() || s.isMatrix() && !lexicon.AimTableTitles.In(s.Caption) && (lexicon.StateTableTitles.In(s.Caption) || s.count(table.Result) > 0)
}

// isStatistics reports whether a table says how things were: its title ends with 统计表, and
// no head says that its figures are aimed at.
func (s *sheet) isStatistics() bool {
	if lexicon.StatisticsTitles.Suffix(s.title) == "" {
		return false
	}
	for _, c := range s.columns {
		if setsTargets(c.Role) && (lexicon.AimTableTitles.In(c.Head) || lexicon.FirmGoalHeads.In(c.Head) && !lexicon.WholeAmounts.In(c.Head)) {
			return false
		}
	}
	return true
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
// beginning. A single month is for itself.
func dueOfHead(c table.Column) calendar.When {
	if c.Year == 0 && c.Ends == 0 {
		return calendar.When{}
	}
	w := calendar.When{Year: c.Year, FirstMonth: 12, LastMonth: 12}
	if c.Ends != 0 {
		w.FirstMonth, w.LastMonth = 1, c.Ends
	}
	if month := table.OneMonth(c.Head); month == c.Ends && month != 0 {
		w.FirstMonth = month
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
