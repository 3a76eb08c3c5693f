package workplan

import (
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// settleOver takes what was planned for a year for no target of the plan where the table gives what
// became of that year, all of it. A year of which it tells some months goes on. told says that the text
// around tells what was reached, and first is the year that the plan begins with, 0 where nobody
// knows.
func (s *sheet) settleOver(first int, told bool) {
	if _, ends := table.YearOf(s.title); goesOn(ends) {
		return
	}
	told = told || lexicon.ResultTableTitles.In(s.title)
	var over []int
	for k := range s.columns {
		c := &s.columns[k]
		if !s.isOutcome(k, told) {
			continue
		}
		if goesOn(c.Ends) {
			return
		}
		if c.closes(told) {
			over = append(over, c.Year)
		}
	}
	for _, year := range over {
		s.closeYear(year, first)
	}
}

// goesOn reports whether a month is one before the last of a year.
func goesOn(month int) bool { return month > 0 && month < 12 }

// isOutcome reports whether a column holds what was reached, and not what is expected to be or was
// before. A share of the target that was reached tells so alone only where the text does.
func (s *sheet) isOutcome(k int, told bool) bool {
	c := s.columns[k]
	switch {
	case c.Role != table.Result && c.Role != table.Base, !s.hasDigits(k):
		return false
	case lexicon.ExpectedHeads.In(c.Head), lexicon.YearBeforeHeads.In(c.Head):
		return false
	case c.Year == 0 && lexicon.ShareDoneHeads.In(c.Head):
		return told
	}
	return lexicon.OutcomeHeads.In(c.Head)
}

// closes reports whether what a column tells is the outcome of a whole year.
func (c *sheetColumn) closes(told bool) bool { return told || c.Ends == 12 || c.Year != 0 }

// closeYear takes the targets of a year, 0 for the one that the table is about, for past ones. A
// head without a year is about that one too.
func (s *sheet) closeYear(year, first int) {
	about := s.year
	if about == 0 {
		about = first
	}
	if year == 0 {
		year = about
	}
	for k := range s.columns {
		c := &s.columns[k]
		own := c.Year
		if own == 0 {
			own = about
		}
		if setsTargets(c.Role) && own == year && (own != 0 || c.Ends == 0) {
			c.Role = table.PastGoal
		}
	}
}
