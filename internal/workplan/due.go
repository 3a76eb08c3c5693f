package workplan

import (
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// term is the time a target runs: from the first day that counts to the last.
type term struct{ starts, due indicator.Date }

// datesOf are the dates of a sentence that can be deadlines, in order: not the
// ones a change is measured from, and not those in names.
func datesOf(p *passage, sentence span, figures []token) []*token {
	var dates []*token
	for i := range figures {
		t := &figures[i]
		if t.class != dateClass || t.start < sentence.start || t.end > sentence.end {
			continue
		}
		if p.depth[t.start]&inQuote != 0 && !strings.HasPrefix(p.text[t.start:], "“") {
			continue
		}
		if !comparesWith(p, t) && !namesPlan(p, t) && !qualifies(p, t) {
			dates = append(dates, t)
		}
	}
	return dates
}

// comparesWith reports whether a date is what a change is measured from:
// 较2022年, 2020年以来.
func comparesWith(p *passage, t *token) bool {
	return lexicon.SinceBefore.Suffix(before(p.text, t.start, 12)) != "" || lexicon.SinceAfter.Prefix(after(p.text, t.end, 24)) != ""
}

// namesPlan reports whether a term of years is only part of what a plan or a
// stage is called: “十四五”机器人产业规划, “十五五”良好开局. Where it is a time it
// says so, or the clause ends with it.
func namesPlan(p *passage, t *token) bool {
	if cited := after(p.text, t.end, 30); t.when.year != 0 {
		if at, _ := lexicon.CitedPlans.Find(cited); at >= 0 && !strings.ContainsAny(cited[:at], ",:;。、\n0123456789") {
			return true
		}
	}
	text := p.text[t.start:t.end]
	if aims := strings.TrimPrefix(after(p.text, t.end, 30), "主要"); lexicon.TermAims.Prefix(aims) != "" {
		return false
	}
	if t.when.endYear == 0 || !strings.Contains(text, "五") || lexicon.SpanMarks.Suffix(text) != "" {
		return false
	}
	next := firstRune(after(p.text, t.end, 3))
	return t.end < len(p.text) && !strings.ContainsRune(",:、。;\n", next)
}

// qualifies reports whether a date belongs to a noun by a verb with 的: 2000年底
// 前建成的小区.
func qualifies(p *passage, t *token) bool {
	verb, _, tied := strings.Cut(after(p.text, t.end, 36), "的")
	if !tied || strings.ContainsAny(verb, ",:;。、\n") || strings.HasSuffix(before(p.text, t.start, 3), "到") {
		return false
	}
	return lexicon.ActionVerbs.Suffix(verb) != "" || lexicon.CompletionVerbs.Suffix(verb) != "" || lexicon.IssuingVerbs.Suffix(verb) != ""
}

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

// leadsUpTo reports whether a date is a deadline rather than a stretch of
// time: 到2025年, 2025年底前.
func leadsUpTo(p *passage, t *token) bool {
	if t.end > len(p.text) || t.apart {
		return false
	}
	text := p.text[t.start:t.end]
	left := before(p.text, t.start, 6)
	return strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至") || strings.ContainsAny(text, "底末前")
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

// isPartOfYear reports whether a date ends or begins within a year.
func (w when) isPartOfYear() bool {
	return w.endYear == 0 && (w.firstMonth > 1 || w.lastMonth < 12 || w.day > 0)
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

// completion is the date in a clause that only says by when all is done:
// 11月底前完工. It is nil for any other clause.
func completion(p *passage, c span, dates []*token, dateAlone bool) *token {
	for _, d := range dates {
		if d.start < c.start || d.end > c.end {
			continue
		}
		if strings.Trim(p.text[c.start:d.start], " ") != "" && lexicon.WhollyAdverbs.Prefix(p.text[c.start:d.start]) == "" {
			return nil
		}
		rest := p.text[d.end:c.end]
		for word := lexicon.WhollyAdverbs.Prefix(rest); word != ""; word = lexicon.WhollyAdverbs.Prefix(rest) {
			rest = rest[len(word):]
		}
		if rest == "" && dateAlone {
			return d
		}
		if word := lexicon.CompletionVerbs.Prefix(rest); word != "" && rest[len(word):] == "" {
			return d
		}
		return nil
	}
	return nil
}
