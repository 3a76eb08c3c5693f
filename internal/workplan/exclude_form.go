package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// inName holds for what stands in quotation marks: “百千万工程”, 《…2025年…》.
func inName(s *mention) bool { return !s.goal && s.segment.Depth[s.token.Start]&prose.InQuote != 0 }

// inAside holds for what a bracket explains; 其中 and 力争 in a bracket open a
// target all the same.
func inAside(s *mention) bool {
	if s.segment.Depth[s.token.Start]&prose.InBracket == 0 {
		return false
	}
	head := s.head()
	if lexicon.PartOpeners.Has(head) && startsNoun(s.tail()) && lexicon.ActionVerbs.Prefix(s.tail()) != "" {
		return true
	}
	return lexicon.BracketAims.Prefix(head) == ""
}

// isDenominator holds for the power of ten that a rate is told per, which is part of its
// name: 每10万人死亡率.
func isDenominator(s *mention) bool {
	if _, size := quantity.PerPower(s.segment.Text[s.token.Start:s.token.End]); size == 0 {
		return false
	}
	rest := s.rest()
	if at := strings.IndexAny(rest, "0123456789、,;:("); at >= 0 {
		rest = rest[:at]
	}
	return lexicon.EventRates.In(rest) || strings.HasSuffix(s.head(), "每")
}

// isBrokenFigure holds for the end of a figure that a space cuts, which begins with zeros as no
// number does: 5 00亩.
func isBrokenFigure(s *mention) bool {
	text := s.segment.Text[s.token.Start:s.token.End]
	return len(text) > 1 && text[0] == '0' && prose.StartsDigit(text[1:])
}

// isBesideArrow holds for the figures that an arrow leads from or to, of which the text does not
// say what each is: 200户→300户.
func isBesideArrow(s *mention) bool {
	if t := s.token; t.Sign != "" && t.Sign != "+" && t.UnitClass != quantity.ShareUnit { // ↓30起
		return true
	}
	return strings.HasPrefix(s.rest(), "→") || strings.HasSuffix(s.head(), "→")
}

// isFactor holds for a number that is multiplied by the one after it: 2台×35万千瓦.
func isFactor(s *mention) bool {
	factor := strings.TrimLeft(s.rest(), "×*")
	return factor != s.rest() && prose.StartsDigit(factor)
}

// isRatePer reports whether a name is that of a rate that is told per a power of ten, which
// leaves its number without a unit: 万车死亡率, 亿元地区生产总值生产安全事故死亡率.
func isRatePer(name string) bool {
	name = name[strings.LastIndexAny(name, "、,;:")+1:]
	rate := lexicon.EventRates.Suffix(name)
	return rate != "" && lexicon.Magnitudes.In(strings.TrimSuffix(name, rate))
}

// isRating holds for what a thing is called by: 110千伏, 10亿级, 8.5折, 4星级.
func isRating(s *mention) bool {
	if s.token.UnitClass == quantity.RatingUnit && !isChannel(s) {
		return true
	}
	rest := s.rest()
	if tail, ok := strings.CutPrefix(rest, "制"); ok && s.token.Unit != "" && !strings.ContainsRune(madeWords, prose.FirstRune(tail)) {
		return true // 3人制篮球场
	}
	return s.token.Unit != "" && lexicon.GradeEndings.Prefix(rest) != ""
}

// madeWords are the characters that make a word of their own with 制 before them:
// 制造, 制度.
const madeWords = "造度定作订品播药种图冷氧剂衣"

// isChannel tells 监控500路 from the bus 30路: what is counted stands before it
// and nothing after it.
func isChannel(s *mention) bool {
	head := s.head()
	return strings.HasSuffix(s.token.Unit, "路") && !startsNoun(s.tail()) && startsNoun(string(prose.LastRune(head))) &&
		!strings.HasPrefix(s.rest(), "、") && strings.Trim(head, "0123456789路、和") != ""
}

// isStructure holds for how a text or a programme is divided: 6大领域, 三个方面.
func isStructure(s *mention) bool {
	if s.token.UnitClass == quantity.BandUnit || countsOfText(s) || countsOfBands(s) {
		return true
	}
	if isWeight(s) || s.token.UnitClass == quantity.HeadUnit && lexicon.EachGroup.Has(trimOpening(s.lead())) {
		return true
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(s.rest(), "重点"), "主要")
	if s.token.Unit == "种" && lexicon.KindNouns.In(rest) && s.comparison.before == "" {
		return true
	}
	return lexicon.BandNouns.Prefix(rest) != "" || s.token.Numeral && lexicon.TextPartNouns.Prefix(rest) != ""
}

// isWeight holds for how much a mark counts among others: 签约项目权重40%, 权重占15%.
func isWeight(s *mention) bool {
	lead := strings.TrimSuffix(strings.TrimSuffix(s.lead(), levels.Suffix(s.lead())), "占")
	return s.token.UnitClass == quantity.ShareUnit && lexicon.WeightNouns.Suffix(lead) != ""
}
