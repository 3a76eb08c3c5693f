package workplan

import (
	"sort"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// term is the time a target runs: from the first day that counts to the last.
type term struct{ starts, due indicator.Date }

// termOf is the time of a target by the date that governs it.
func (g *blockReader) termOf(s *mention, dates []*number.Token) term {
	whole := term{g.front.StartsOn, g.front.DueOn}
	date := governing(s, dates)
	if date != nil && date.When.Year != 0 && !number.LeadsUpTo(g.segment, date) && g.isOver(date, s.clause) {
		date = nil
	}
	if date == nil {
		date = g.inherited
		if list := g.inheritedList; date != nil && len(list) > 1 && len(list) == s.run.length {
			date = list[s.place]
		}
	}
	if date == nil {
		date = g.statementDue(s.token.End)
	}
	if date == nil {
		date = g.headed
	}
	if date == nil {
		return whole
	}
	return g.resolve(date, whole)
}

// resolve turns a date into a term; a year alone means within that year.
func (g *block) resolve(date *number.Token, whole term) term {
	own := 0
	if !whole.starts.IsZero() {
		own = whole.starts.Year()
	}
	if own == 0 && date.When.Year == 0 {
		return whole
	}
	due := date.When.End(own)
	starts := whole.starts
	if first := date.When.Start(own); date.When.Year != 0 && !number.LeadsUpTo(g.segment, date) && first.After(starts) && date.When.FirstMonth == 1 {
		starts = first
	}
	if !starts.IsZero() && due.Before(starts) {
		starts = indicator.DateOf(due.Year(), 1, 1)
	}
	return term{starts, due}
}

// governing is the date nearest before a number in its sentence. When several
// dates are listed with 分别, each number has its own.
func governing(s *mention, dates []*number.Token) *number.Token {
	var nearest *number.Token
	before := sort.Search(len(dates), func(i int) bool { return dates[i].End > s.token.Start })
	for i := before - 1; i >= 0 && nearest == nil; i-- {
		if dates[i].When.Shift >= 0 {
			nearest = dates[i]
		}
	}
	if nearest != nil && nearest.When.IsPartOfYear() && nearest.End <= s.clause.Start && s.goesOnAllYear() {
		return nil
	}
	if nearest == nil {
		return trailing(s, dates)
	}
	if s.series != nil {
		if listed := s.series.datesBefore(dates); len(listed) == len(s.series.mentions) {
			return listed[s.series.index(s)]
		}
	}
	if listed := listedDates(s, dates); len(listed) > 1 && len(listed) == s.run.length {
		return listed[s.place]
	}
	return nearest
}

// goesOnAllYear reports whether a clause is about every year or every so many
// weeks, so that a deadline in the clause before it is not its own: 6月底前建成
// 平台,每年培训500人.
func (s *mention) goesOnAllYear() bool {
	head := s.head()
	return everyWords.In(head) || lexicon.YearlyMeans.In(head)
}

// trailing is a date that follows the number in its own clause, in a bracket:
// 新增30家(6月底前).
func trailing(s *mention, dates []*number.Token) *number.Token {
	for _, d := range dates[sort.Search(len(dates), func(i int) bool { return dates[i].Start >= s.token.End }):] {
		if d.End > s.own.End {
			break
		}
		if s.segment.Depth[d.Start]&prose.InBracket != 0 {
			return d
		}
	}
	return nil
}
