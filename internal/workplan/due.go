package workplan

import (
	"sort"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// term is the time a target runs: from the first day that counts to the last.
type term struct{ starts, due indicator.Date }

// termOf is the time of a target by the date that governs it.
func (g *group) termOf(s *site, dates []*token) term {
	whole := term{g.front.startsOn, g.front.dueOn}
	date := governing(s, dates)
	if date != nil && date.when.year != 0 && !leadsUpTo(g.p, date) && g.isOver(date, s.clause) {
		date = nil
	}
	if date == nil {
		date = g.carried
		if list := g.carriedList; date != nil && len(list) > 1 && len(list) == s.run.length {
			date = list[s.place]
		}
	}
	if date == nil {
		date = g.statementDue(s.token.end)
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
func (g *group) resolve(date *token, whole term) term {
	own := 0
	if !whole.starts.IsZero() {
		own = whole.starts.Year()
	}
	if own == 0 && date.when.year == 0 {
		return whole
	}
	due := date.when.end(own)
	starts := whole.starts
	if first := date.when.start(own); date.when.year != 0 && !leadsUpTo(g.p, date) && first.After(starts) && date.when.firstMonth == 1 {
		starts = first
	}
	if !starts.IsZero() && due.Before(starts) {
		starts = indicator.DateOf(due.Year(), 1, 1)
	}
	return term{starts, due}
}

// governing is the date nearest before a number in its sentence. When several
// dates are listed with 分别, each number has its own.
func governing(s *site, dates []*token) *token {
	var nearest *token
	before := sort.Search(len(dates), func(i int) bool { return dates[i].end > s.token.start })
	for i := before - 1; i >= 0 && nearest == nil; i-- {
		if dates[i].when.shift >= 0 {
			nearest = dates[i]
		}
	}
	if nearest != nil && nearest.when.isPartOfYear() && nearest.end <= s.clause.start && s.goesOnAllYear() {
		return nil
	}
	if nearest == nil {
		return trailing(s, dates)
	}
	if s.series != nil {
		if listed := s.series.datesBefore(dates); len(listed) == len(s.series.sites) {
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
func (s *site) goesOnAllYear() bool {
	head := s.head()
	return everyWords.In(head) || lexicon.YearlyMeans.In(head)
}

// trailing is a date that follows the number in its own clause, in a bracket:
// 新增30家(6月底前).
func trailing(s *site, dates []*token) *token {
	for _, d := range dates[sort.Search(len(dates), func(i int) bool { return dates[i].start >= s.token.end }):] {
		if d.end > s.own.end {
			break
		}
		if s.p.depth[d.start]&inBracket != 0 {
			return d
		}
	}
	return nil
}
