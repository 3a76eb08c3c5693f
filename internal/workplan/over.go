package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

var (
	averages  = words("年均 年平均 平均每年 年递增 年递减")
	yearOnly  = words("同比 上年 去年 上一年 同期 上年度 每年 逐年")
	wholeTerm = words("累计 五年 三年 四年 两年 六年 十年 5年 3年")
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
	case (averages.in(text) || s.pace != nil && s.pace.yearly) && !multiple:
		return indicator.OverAverage
	case base != 0 && long && base < f.term.starts.Year():
		return indicator.OverTerm
	case yearOnly.in(text), base != 0 && base == f.term.due.Year()-1:
		return indicator.OverYear
	case long && (wholeTerm.in(text) || s.summed || multiple):
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
	if from := comparing.prefix(clause); from != "" {
		if _, size := dateAt(clause[len(from):]); size > 0 && strings.Trim(clause[len(from)+size:], "相比较水平") == "" {
			return clause + text
		}
	}
	return text
}

var comparing = words("比 较 与 同 相比 相较 对比 比较")

// baseYear is the year that a text says a change is measured from, or 0.
func baseYear(text string) int {
	at, word := comparing.findLast(text)
	for at >= 0 {
		if w, size := dateAt(text[at+len(word):]); size > 0 && w.year != 0 {
			return w.year
		}
		text = text[:at]
		at, word = comparing.findLast(text)
	}
	return 0
}

// isLong reports whether a time is known and longer than a year.
func (t term) isLong() bool {
	return !t.starts.IsZero() && !t.due.IsZero() && t.due.After(t.starts.AddDays(366))
}
