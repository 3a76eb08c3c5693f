package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// overOf is the time that a change is measured over, where the words say so.
func (f *found) overOf() indicator.Over {
	if f.kind != indicator.Growth {
		return ""
	}
	s := f.site
	text := f.changeText()
	long := f.term.isLong()
	multiple := s.token.unit == "番" // a multiple has no yearly average: 年均 belongs to another number
	switch base := baseYear(text); {
	case (lexicon.YearlyMeans.In(text) || s.pace != nil && s.pace.yearly) && !multiple:
		return indicator.OverAverage
	case base != 0 && long && base < f.term.starts.Year():
		return indicator.OverTerm
	case lexicon.YearComparisons.In(text), base != 0 && base == f.term.due.Year()-1:
		return indicator.OverYear
	case long && (lexicon.SumsOfYears.In(text) || s.summed || multiple):
		return indicator.OverTerm
	}
	if p := s.previous; p != nil && f.inherited && !multiple && p.found.kind == indicator.Growth {
		return p.found.over
	}
	return ""
}

// changeText is the number's own part, with a clause before it that only says
// what the change is measured from: 与2020年相比,.
func (f *found) changeText() string {
	s := f.site
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
		if _, size := dateAt(clause[len(from):]); size > 0 && strings.Trim(clause[len(from)+size:], "相比较水平") == "" {
			return clause + text
		}
	}
	return text
}

// baseYear is the year that a text says a change is measured from, or 0.
func baseYear(text string) int {
	at, word := lexicon.ComparingWords.FindLast(text)
	for at >= 0 {
		if w, size := dateAt(text[at+len(word):]); size > 0 && w.year != 0 {
			return w.year
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
