package workplan

import (
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// term is the time a target runs: from the first day that counts to the last.
type term struct{ starts, due indicator.Date }

// dateTarget gives a target its time by the date that governs it, and warns where that is no day.
func (g *blockReader) dateTarget(f *candidate, dates []*number.Token) {
	s := f.mention
	f.term = term{g.front.StartsOn, g.front.DueOn}
	own := governing(s, dates)
	if beside := g.statementDue(s.token.End); beside != nil && (own == nil || g.namesTerm(own)) && g.inheritedIsWider(beside) {
		own = beside
	}
	f.dated, f.stated = own != nil && !g.namesTerm(own), own != nil
	if date := g.dateOf(s, own); date != nil {
		f.term, f.unsure = g.resolve(date, f.term), date.When.Unsure
		if f.unsure {
			g.warnOfDate(date)
		}
	}
}

// inheritedIsWider reports whether nothing dates the sentence from around it but a time as long as a
// year, within which the bracket of its agencies has a day.
func (g *blockReader) inheritedIsWider(beside *number.Token) bool {
	return g.inherited == nil || beside.When.IsPartOfYear() && !g.inherited.When.IsPartOfYear()
}

// namesTerm reports whether a date says no more than the year that the plan is for.
func (g *block) namesTerm(date *number.Token) bool {
	whole := term{g.front.StartsOn, g.front.DueOn}
	return !date.When.IsPartOfYear() && date.When.EndYear == 0 && g.resolve(date, whole).due == whole.due
}

// warnOfDate warns once of a date that is no day of its own.
func (g *blockReader) warnOfDate(date *number.Token) {
	if date.Apart || date.Noted {
		return
	}
	date.Noted = true
	g.notes = append(g.notes, note{prose.Span{Start: date.Start, End: date.End}, indicator.WarnDate})
}

// dateOf is the date that a target has by its sentence, or from around it.
func (g *blockReader) dateOf(s *mention, date *number.Token) *number.Token {
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
		date = g.headedAt(s.token)
	}
	return date
}

// resolve turns a date into a term; a year alone means within that year.
func (g *block) resolve(date *number.Token, whole term) term {
	own := 0
	if !whole.starts.IsZero() {
		own = whole.starts.Year()
	}
	if own == 0 && date.When.Year == 0 || date.When == anyTime {
		return whole
	}
	due := date.When.End(own)
	starts := whole.starts
	if next := date.When.End(own + 1); date.When.Year == 0 && date.When.Shift == 0 && due.Before(starts) && !next.After(whole.due) {
		due = next // 1月底前 in a plan from October to March
	}
	if first := date.When.Start(own); date.When.Year != 0 && !number.LeadsUpTo(g.segment, date) && first.After(starts) && date.When.FirstMonth == 1 {
		starts = first
	}
	if !starts.IsZero() && due.Before(starts) {
		starts = indicator.DateOf(due.Year(), 1, 1)
	}
	return term{starts, due}
}

// anyTime is what is read of a day that the text does not give: 春节前.
var anyTime = calendar.When{FirstMonth: 1, LastMonth: 12, Unsure: true}

// governing is the date nearest before a number in its sentence. When several
// dates are listed with 分别, each number has its own.
func governing(s *mention, dates []*number.Token) *number.Token {
	nearest := nearestBefore(s, dates)
	if after := trailing(s, dates); after != nil && (nearest == nil || nearest.End <= s.own.Start || !nearest.When.IsPartOfYear() && after.When.IsPartOfYear()) {
		return after
	}
	if nearest == nil || nearest.When.IsPartOfYear() && nearest.End <= s.clause.Start && s.goesOnAllYear() {
		return nil
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

// nearestBefore is the date nearest before a number that can date it.
func nearestBefore(s *mention, dates []*number.Token) *number.Token {
	before := sort.Search(len(dates), func(i int) bool { return dates[i].End > s.token.Start })
	for i := before - 1; i >= max(0, before-farthestDate); i-- {
		if d := dates[i]; d.When.Shift >= 0 && (d.Until == 0 || d.Until > s.token.Start) && !s.catchesUp(d) {
			return d
		}
	}
	return nil
}

// catchesUp reports whether a date only says of which year before the plan the task is that is still
// to be done: 完成2025年度高标准农田建设任务3万亩, in a plan for 2026.
func (s *mention) catchesUp(d *number.Token) bool {
	starts := s.block.front.StartsOn
	if d.Start < s.clause.Start || d.When.Year == 0 || starts.IsZero() || !d.When.End(d.When.Year).Before(starts) {
		return false
	}
	return lexicon.CatchingUp.Has(s.segment.Text[s.clause.Start:d.Start])
}

// goesOnAllYear reports whether a clause is about every year or every so many
// weeks, so that a deadline in the clause before it is not its own: 6月底前建成
// 平台,每年培训500人.
func (s *mention) goesOnAllYear() bool {
	head := s.head()
	if at, _ := everyWords.Find(head); at >= 0 && !levelBefore(head[:at]) && !endsInShare(head[:at]) {
		return true
	}
	return lexicon.YearlyMeans.In(head)
}

// endsInShare reports whether a text ends in those who each get so much: 每人 of 每人每月780元.
func endsInShare(text string) bool {
	at := strings.LastIndex(text, "每")
	return at >= 0 && len(text)-at <= 2*len("每")
}

// farthestDate is how many dates before and behind a number are looked at.
const farthestDate = 64

// trailing is a date that follows the number in its own part of the clause: in a bracket that says no
// figure by then, 新增30家(6月底前), or before nothing but that all is done, 186户10月底前全部竣工.
func trailing(s *mention, dates []*number.Token) *number.Token {
	var found *number.Token
	behind := sort.Search(len(dates), func(i int) bool { return dates[i].Start >= s.token.End })
	for _, d := range dates[behind:min(len(dates), behind+farthestDate)] {
		if d.End > s.own.End || found != nil && found.Until != d.Until {
			break
		}
		if s.segment.Depth[d.Start]&prose.InBracket != 0 {
			if !d.Beside && d.When.Shift >= 0 { // the last of those that one bracket says
				found = d
			}
			continue
		}
		if d.Until != 0 {
			return d
		}
	}
	return found
}

// boundDates says of the dates of a sentence which numbers they cannot date: one in a bracket after a
// number none behind the bracket, and that before it only where the bracket says no figure by then; one
// by which the thing that was counted is done none behind its clause.
func (g *block) boundDates(parts []prose.Span, figures []number.Token) {
	k, counted, inSentence := 0, false, false
	for i := range figures {
		t := &figures[i]
		for k < len(parts) && parts[k].End <= t.Start {
			k, counted = k+1, false
		}
		if k == len(parts) || t.Start < parts[k].Start {
			continue
		}
		c := parts[k]
		switch bracket := g.bracketAround(c, t); {
		case t.Class == number.Quantity && bracket.End == 0:
			counted, inSentence = true, true
		case t.Class != number.Date:
		case bracket.End > 0:
			if t.Beside = g.hasFigureBeside(figures, i, bracket); t.Beside || counted {
				t.Until = bracket.End
			}
		case inSentence && g.closesCount(c, figures, i, counted):
			t.Until = c.End
		}
	}
}

// hasFigureBeside reports whether the piece of a bracket that a date stands in has a number, which is
// what the date is of, or follows where the date alone makes up the piece: 去年25家.
func (g *block) hasFigureBeside(figures []number.Token, i int, bracket prose.Span) bool {
	d, text := &figures[i], g.segment.Text
	from, end := bracket.Start, min(bracket.End, d.End+prose.Window)
	if at := strings.LastIndexAny(text[from:d.Start], ",;"); at >= 0 {
		from += at + 1
	}
	next := func(at int) int {
		if more := strings.IndexAny(text[at:end], ",;"); more >= 0 {
			return at + more
		}
		return end
	}
	to := next(d.End)
	if from == d.Start && to == d.End && to < end {
		to = next(to + 1)
	}
	for k := i - 1; k >= 0 && figures[k].Start >= from; k-- {
		if figures[k].Class == number.Quantity {
			return true
		}
	}
	for k := i + 1; k < len(figures) && figures[k].End <= to; k++ {
		if figures[k].Class == number.Quantity {
			return true
		}
	}
	return false
}

// closesCount reports whether a date stands behind a number, with no more than the thing counted between,
// and is followed by no more than that it is done; or in a clause without a number that says no more.
func (g *block) closesCount(c prose.Span, figures []number.Token, i int, counted bool) bool {
	d, text := &figures[i], g.segment.Text
	if !counted {
		return number.Completion(g.segment, c, []*number.Token{d}, false) != nil
	}
	last := &figures[i-1]
	if last.Class != number.Quantity || last.Start < c.Start || strings.ContainsAny(text[last.End:d.Start], ",:;、()") {
		return false
	}
	end := c.End
	if i+1 < len(figures) {
		end = min(end, figures[i+1].Start)
	}
	rest := text[d.End:end]
	if at := strings.IndexAny(rest, "、("); at >= 0 {
		rest = rest[:at]
	}
	return rest == "" || number.EndsAt(rest)
}
