package outline

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// readTerm takes the term from the years in the title, else from the title of
// the paragraph that a plan opens with, else it is the year of issue. Where
// only the title's number of years is known, the years end with the goals'.
func (f *FrontMatter) readTerm(s *prose.Source) {
	title := f.Title
	first, last := yearsIn(title)
	if first == 0 {
		title = f.years
		first, last = yearsIn(title)
	}
	if first != 0 {
		f.setTerm(first, last)
		f.narrowTerm(title)
		if years := spanOfYears(f.Title); last == first && years > 1 && !f.IssuedOn.IsZero() {
			f.setTerm(first, first+years-1)
		}
		return
	}
	if !f.IssuedOn.IsZero() {
		year := f.IssuedOn.Year()
		f.setTerm(year, year+spanOfYears(f.Title)-1)
		return
	}
	years := spanOfYears(f.Title)
	year := documentYear(s)
	if year == 0 && years > 1 {
		year = max(0, goalYear(s, years)-years+1)
	}
	if year == 0 && f.Title != "" {
		year, f.Guessed = firstYearIn(s), true
	}
	if year != 0 {
		f.setTerm(year, year+years-1)
	}
}

func (f *FrontMatter) setTerm(first, last int) {
	f.StartsOn = indicator.DateOf(first, 1, 1)
	f.DueOn = indicator.DateOf(last, 12, 31)
}

// yearsIn is the span of years or year that a title is for.
func yearsIn(title string) (first, last int) {
	from, to := datesOf(prose.CompactText(title))
	if from == nil {
		return 0, 0
	}
	return from.When.Year, max(from.When.Year, from.When.EndYear, to.When.Year)
}

// datesOf are the ends of the time that a title is for, the same where one date says all of it and nil
// where none does: the first that it names, with the one that a sign of a range joins to it; or the last
// where the first half tells of results and the second of what is to come (2024年执行情况与2025年计划),
// where it is one year of the span that the first names (第十四个五年规划2024年度实施计划), or where the
// first is that of a text that the plan follows (落实2023年报告2024年任务分解).
func datesOf(text string) (from, to *number.Token) {
	named := yearsNamed(text)
	if len(named) == 0 {
		return nil, nil
	}
	first, last := &named[0], &named[len(named)-1]
	after, _, _ := strings.Cut(text[last.End:], ")")
	between := text[first.End:max(first.End, last.Start)]
	switch aims := lexicon.AimTitleWords.In(after); {
	case len(named) == 1:
	case lexicon.DateRangeSigns.Has(text[first.End:named[1].Start]):
		return first, &named[1]
	case lexicon.SeasonsAfterYear.Has(between): // 2024年冬2025年春
		return first, last
	case last.When.Year > first.When.Year && lexicon.ResultTitleWords.In(between) && lexicon.AimTitleWords.In(text[last.End:]),
		isYearWithin(last.When, first.When) && aims, aims && followsText(text, first, last):
		return last, last
	}
	return first, first
}

// followsText reports whether the first year of a title is that of a text that is followed in the last.
func followsText(text string, first, last *number.Token) bool {
	if first.When.EndYear != 0 || last.When.Year <= first.When.Year || last.When.Year > first.When.Year+farthestText {
		return false
	}
	return strings.Count(text[:first.Start], "(") == strings.Count(text[:last.Start], "(") && !strings.Contains(text[first.End:last.Start], "到")
}

// farthestText is how many years before a plan the text that it follows may be.
const farthestText = 5

// narrowTerm sets the term to the months that a title is for: 2024年上半年工作计划, 2024年9月份工作要点,
// (2024年10月-2025年3月). A month alone that nothing of the work follows is that of an event or of the issue.
func (f *FrontMatter) narrowTerm(title string) {
	text := prose.CompactText(title)
	from, to := datesOf(text)
	if from == nil || from.When.Day != 0 || to.When.Day != 0 || !from.When.IsPartOfYear() && !to.When.IsPartOfYear() || from.When.Unsure || to.When.Unsure {
		return
	}
	rest := text[to.End:]
	oneMonth := from == to && from.When.FirstMonth == from.When.LastMonth
	if oneMonth && lexicon.MonthPlans.Prefix(rest) == "" || lexicon.ResultTitleWords.In(rest) {
		return
	}
	if !strings.ContainsAny(text[from.Start:from.End], "底末前") || from != to {
		f.StartsOn = from.When.Start(from.When.Year)
	}
	f.DueOn = to.When.End(to.When.Year)
}

// isYearWithin reports whether one year lies within a span of years.
func isYearWithin(w, span calendar.When) bool {
	return w.EndYear == 0 && w.Year >= span.Year && w.Year <= span.EndYear
}

// spanOfYears is the number of years a title names: 三年行动计划. It is 1 when
// the title names none.
func spanOfYears(title string) int {
	for word := range lexicon.TitleSpans.All() {
		before, _, ok := strings.Cut(title, "年"+word)
		if !ok {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(before)
		if n, _ := numeral.Digit(r); n > 1 {
			return int(n)
		}
	}
	return 1
}
