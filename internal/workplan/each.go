package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// everyWords are the periods that a target may hold for each of.
var everyWords = lexicon.As[indicator.Frequency](lexicon.Every)

// everyNames open the name of a target for each period.
var everyNames = map[indicator.Frequency]string{
	indicator.Weekly: "每周", indicator.Monthly: "每月", indicator.Quarterly: "每季度", indicator.HalfYearly: "每半年", indicator.Yearly: "每年",
}

// eachOf is the period that a target holds for on its own (每季度20个), or "", and
// where the word for it stands. A year is one only in a longer term.
func (f *candidate) eachOf() (each indicator.Frequency, at int) {
	if !f.countsWithin() {
		return "", 0
	}
	head := f.headWithPeriod()
	at, word := everyWords.FindLast(head)
	if at < 0 || f.isOnlyRate(head[:at], head[at+len(word):]) {
		return "", 0
	}
	if word == "年均" && f.kind != indicator.Increment { // of a level it is a mean: 年均浓度
		return "", 0
	}
	if each = everyWords.Class(word); each == indicator.Yearly && !f.term.isLong() || !f.holdsWhole(each) {
		return "", 0
	}
	return each, f.mention.token.Start - len(head) + at
}

// countsWithin reports whether the number counts what a period may have of its own: no
// share, time or age, and nothing that starts from a level.
func (f *candidate) countsWithin() bool {
	switch f.mention.token.UnitClass {
	case quantity.ShareUnit, quantity.TimeUnit, quantity.AgeUnit:
		return false
	}
	return f.mention.baseline == nil && f.kind != indicator.Growth && f.kind != indicator.Ratio
}

// headWithPeriod is the clause before the number, after a clause that only names the
// period: 每季度,….
func (f *candidate) headWithPeriod() string {
	s := f.mention
	if s.first {
		opening := strings.TrimRight(s.opening(), ",:")
		if clause := opening[strings.LastIndexAny(opening, ",:;。")+1:]; everyWords.Has(clause) {
			return clause + s.head()
		}
	}
	return s.head()
}

// isOnlyRate reports whether a word such as 每月 between two parts of a clause says in
// what a number is paid or measured, or what each of those who are counted gets.
func (f *candidate) isOnlyRate(left, rest string) bool {
	s := f.mention
	if prose.StartsDigit(rest) || lexicon.WholeYearAdverbs.In(rest) || lexicon.EachOne.Suffix(left) != "" {
		return true
	}
	if strings.Trim(trimComparing(rest), " ") != "" {
		return false
	}
	switch s.token.UnitClass {
	case quantity.MoneyUnit: // 标准提高到每月2100元
		return true
	case quantity.OtherUnit:
		return levels.Suffix(left) != "" && f.verb == ""
	}
	return false
}

// holdsWhole reports whether the term of the target, where it is known, has a whole
// period of a length.
func (f *candidate) holdsWhole(each indicator.Frequency) bool {
	if f.term.starts.IsZero() || f.term.due.IsZero() {
		return true
	}
	return len(indicator.Indicator{Each: each, StartsOn: f.term.starts, DueOn: f.term.due}.WholeEach()) > 0
}

// opensEvery reports whether the words after 每月 or the like say what is done,
// and are no name that it is part of: 每月探访率, 年均浓度.
func opensEvery(word, rest string) bool {
	if word == "年均" {
		return lexicon.ActionVerbs.Prefix(rest) != ""
	}
	return !strings.Contains(rest, "率") && !prose.StartsDigit(rest)
}

// frequencyOf is how often a target is reported: no less often than the period
// it holds for, and once a year where it is of whole years.
func (f *candidate) frequencyOf() indicator.Frequency {
	switch {
	case f.each == indicator.Weekly:
		return indicator.Weekly
	case f.yearly, f.over == indicator.OverAverage:
		return indicator.Yearly
	}
	return indicator.Monthly
}
