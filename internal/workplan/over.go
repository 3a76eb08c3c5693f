package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// overOf is the time that a change is measured over, where the words say so.
func (f *candidate) overOf() indicator.Over {
	if f.kind != indicator.Growth {
		return ""
	}
	if over := f.overSaid(f.changeText()); over != "" {
		return over
	}
	if p := f.previous; p != nil && f.inherited && !f.mention.isMultiple() && p.kind == indicator.Growth {
		return p.over
	}
	return ""
}

// overSaid is the time that a text says a change is measured over, or "".
func (f *candidate) overSaid(text string) indicator.Over {
	s, base, long := f.mention, baseYear(text), f.term.isLong()
	switch {
	case f.isYearlyMean(text) && !s.isMultiple():
		return indicator.OverAverage
	case base != 0 && long && base < f.term.starts.Year():
		return indicator.OverTerm
	case lexicon.YearComparisons.In(text), base != 0 && base == f.term.due.Year()-1:
		return indicator.OverYear
	case long && (lexicon.SumsOfYears.In(text) || s.summed || s.isMultiple()):
		return indicator.OverTerm
	}
	return ""
}

// isYearlyMean reports whether a change is a mean of the years.
func (f *candidate) isYearlyMean(text string) bool {
	return lexicon.YearlyMeans.In(text) || f.mention.pace != nil && f.mention.pace.yearly
}

// isMultiple reports whether a number says how often a thing doubles, which has no
// yearly mean: 年均 before it belongs to another number.
func (s *mention) isMultiple() bool { return s.token.Unit == "番" }

// changeText is the number's own part, with a clause before it that only says
// what the change is measured from: 与2020年相比,.
func (f *candidate) changeText() string {
	s := f.mention
	text := f.leadText()
	if text == "" { // a row of a table has no more than the name
		return f.name
	}
	if !s.first {
		if shared := s.run.first; shared != s {
			text = shared.lead() + text
		}
		return text
	}
	opening := strings.TrimSuffix(s.opening(), ",")
	clause := opening[strings.LastIndexAny(opening, ",:;")+1:]
	if from := lexicon.ComparingWords.Prefix(clause); from != "" {
		if _, size := calendar.At(clause[len(from):]); size > 0 && strings.Trim(clause[len(from)+size:], "相比较水平") == "" {
			return clause + text
		}
	}
	return text
}

// baseYear is the year that a text says a change is measured from, or 0.
func baseYear(text string) int {
	at, word := lexicon.ComparingWords.FindLast(text)
	for at >= 0 {
		if w, size := calendar.At(text[at+len(word):]); size > 0 && w.Year != 0 {
			return w.Year
		}
		text = text[:at]
		at, word = lexicon.ComparingWords.FindLast(text)
	}
	return 0
}

// isLong reports whether a time is known and longer than a year.
func (t term) isLong() bool {
	return !t.starts.IsZero() && !t.due.IsZero() && t.due.After(t.starts.AddDays(366))
}
