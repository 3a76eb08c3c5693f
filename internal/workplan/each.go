package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// everyWords are the periods that a target may hold for each of.
var everyWords = lexicon.Classify(map[indicator.Frequency]lexicon.Words{
	indicator.Weekly: lexicon.WeeklyWords, indicator.Monthly: lexicon.MonthlyWords, indicator.Quarterly: lexicon.QuarterlyWords,
	indicator.HalfYearly: lexicon.HalfYearlyWords, indicator.Yearly: lexicon.YearlyWords,
})

// everyNames open the name of a target for each period, but for a year.
var everyNames = map[indicator.Frequency]string{
	indicator.Weekly: "每周", indicator.Monthly: "每月", indicator.Quarterly: "每季度", indicator.HalfYearly: "每半年",
}

// eachOf is the period that a target holds for on its own (每季度20个), or "".
// A year is one only in a longer term.
func (f *found) eachOf() indicator.Frequency {
	s := f.site
	if s.token.unitClass == quantity.ShareUnit || s.token.unitClass == quantity.TimeUnit || s.token.unitClass == quantity.AgeUnit || s.baseline != nil || f.kind == indicator.Growth || f.kind == indicator.Ratio {
		return ""
	}
	head := s.head()
	if s.first {
		opening := strings.TrimRight(s.opening(), ",:")
		if clause := opening[strings.LastIndexAny(opening, ",:;。")+1:]; everyWords.Has(clause) {
			head = clause + head
		}
	}
	at, word := everyWords.FindLast(head)
	if at < 0 {
		return ""
	}
	rest := head[at+len(word):]
	adjacent := strings.Trim(trimComparing(rest), " ") == ""
	switch {
	case startsDigit(rest), lexicon.WholeYearAdverbs.In(rest), lexicon.EachOne.Suffix(head[:at]) != "":
		return ""
	case adjacent && s.token.unitClass == quantity.MoneyUnit: // 标准提高到每月2100元
		return ""
	case adjacent && levels.Suffix(head[:at]) != "" && f.verb == "" && s.token.unitClass == quantity.OtherUnit:
		return ""
	}
	if word == "年均" && f.kind != indicator.Increment { // of a level it is a mean: 年均浓度
		return ""
	}
	each := everyWords.Class(word)
	if each == indicator.Yearly && !f.term.isLong() {
		return ""
	}
	if !f.term.starts.IsZero() && !f.term.due.IsZero() && len(indicator.Indicator{Each: each, StartsOn: f.term.starts, DueOn: f.term.due}.WholeEach()) == 0 {
		return ""
	}
	if from := s.token.start - len(head) + at; from >= s.own.start { // 每季度 is part of what is quoted
		f.start = min(f.start, from)
	}
	return each
}

// opensEvery reports whether the words after 每月 or the like say what is done,
// and are no name that it is part of: 每月探访率, 年均浓度.
func opensEvery(word, rest string) bool {
	if word == "年均" {
		return lexicon.ActionVerbs.Prefix(rest) != ""
	}
	return !strings.Contains(rest, "率") && !startsDigit(rest)
}

// frequencyOf is how often a target is reported: no less often than the period
// it holds for, and once a year where it is of whole years.
func (f *found) frequencyOf() indicator.Frequency {
	switch {
	case f.each == indicator.Weekly:
		return indicator.Weekly
	case f.yearly, f.over == indicator.OverAverage:
		return indicator.Yearly
	}
	return indicator.Monthly
}
