package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// countsOfText holds for how many parts the text has, and how many indicators it
// speaks of: 全文18条, 18项考核指标. With 体系 it is one thing that is set up.
func countsOfText(s *mention) bool {
	if lexicon.PartsOfText.Has(s.token.Unit) && lexicon.ThisText.In(s.lead()) {
		return true
	}
	if !lexicon.IndicatorUnits.Has(s.token.Unit) {
		return false
	}
	rest := s.rest()
	at := strings.Index(rest, "指标")
	if at < 0 || utf8.RuneCountInString(rest[:at]) > longestKindOfIndicator || strings.ContainsAny(rest[:at], "、,;(的") {
		return false
	}
	return lexicon.ActionVerbs.Prefix(rest) == "" && !strings.HasPrefix(rest[at:], "指标体系")
}

// countsOfBands holds for how many tasks the parts of a plan have between them, right after how
// many parts there are: 6个方面58项任务.
func countsOfBands(s *mention) bool {
	if lexicon.BandNouns.Suffix(s.head()) == "" {
		return false
	}
	at, _ := lexicon.TextPartNouns.Find(prose.After(s.rest(), 0, len("重点工作任务")))
	return at >= 0
}

// longestKindOfIndicator is the most characters of what kind of indicators are
// counted: 经济社会发展主要.
const longestKindOfIndicator = 10
