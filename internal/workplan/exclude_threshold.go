package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isAge holds for ages that choose people: 70周岁以上老人, 0-6岁儿童. A life
// expectancy reaches an age and is a target.
func isAge(s *mention) bool {
	if s.token.UnitClass != quantity.AgeUnit {
		return false
	}
	if changeBefore(s.head()) != "" && !startsNoun(s.tail()) {
		return false
	}
	if strings.Contains(s.head(), "寿命") && !startsNoun(s.tail()) {
		return false
	}
	return levels.Suffix(trimComparing(s.head())) == "" && levels.Suffix(s.head()) == "" || startsNoun(s.tail())
}

// measured units belong to how big a thing is, not to how many there are.
func measured(c quantity.Class) bool {
	switch c {
	case quantity.MoneyUnit, quantity.AreaUnit, quantity.LengthUnit, quantity.MassUnit, quantity.PowerUnit, quantity.OtherUnit, quantity.AgeUnit:
		return true
	}
	return false
}

// limits after a number make it the end of a range of things.
var limits = atLeastAfter.Or(atMostAfter)

// isThreshold holds for numbers that choose among things: 投资500万元以上项目,
// 5人以上的团队.
func isThreshold(s *mention) bool {
	if s.pace != nil {
		return false
	}
	rest := s.rest()
	if lexicon.ChooserOpeners.Prefix(clauseOf(s)) != "" { // 对产值突破5亿元、10亿元的企业
		rest = pastList(rest)
	}
	limit := limits.Prefix(rest)
	noun, tied := strings.CutPrefix(rest[len(limit):], "的")
	switch {
	case isCondition(s, tied, noun), isEvent(noun), isSizeOfNone(s), isForbidden(s, noun), isGrade(s, limit, noun):
		return true
	case tied && s.token.UnitClass == quantity.MoneyUnit && prose.StartsDigit(noun): // 总投资1200亿元的126个项目
		return true
	case limit != "" && measured(s.token.UnitClass) && startsThings(noun): // 其中10亿元以上20个
		return true
	case !startsNoun(noun), startsPredicate(noun):
		return false
	}
	return choosesNoun(s, limit, noun, tied)
}

// startsThings reports whether a text begins with a number of things.
func startsThings(text string) bool {
	if !prose.StartsDigit(text) {
		return false
	}
	next := number.QuantityAt(text)
	return next.Unit != "" && next.UnitClass == quantity.CountUnit
}

// isOfShare holds for what a share of the things named before is to reach, where the share is the
// aim: 半数以上的村集体经济收入超过10万元.
func isOfShare(s *mention) bool {
	if p := s.previous; p != nil && p.clause == s.clause && p.token.UnitClass == quantity.ShareUnit && limits.Has(p.comparison.after) {
		return strings.HasPrefix(p.tail(), "的") && levels.Suffix(trimOpening(p.lead())) == ""
	}
	own := trimOpening(clauseOf(s))
	share := lexicon.ShareOpeners.Prefix(own)
	if share == "" {
		return false
	}
	return startsNoun(strings.TrimPrefix(own[len(share):], "的")) && len(own)-len(share) > len(s.segment.Text[s.token.Start:s.clause.End])
}

// choosesNoun reports whether a number says which of the things named after it are
// meant; limit is a word such as 以上 between, and tied says that 的 stands there.
func choosesNoun(s *mention, limit, noun string, tied bool) bool {
	switch class := s.token.UnitClass; {
	case measured(class):
		return sizeChooses(s, limit, noun, tied)
	case class == quantity.ShareUnit:
		return tied && saysLevel(s.head()) && lexicon.AimNouns.Prefix(noun) == ""
	case limit != "" && (isCountedNext(noun) || lexicon.ChooserOpeners.Has(s.lead())): // 500头以上规模场20个
		return true
	case class == quantity.HeadUnit && limit != "" && choosesAmongGroups(s, noun):
		return true
	case class == quantity.HeadUnit, limit != "":
		return tied && lexicon.ChoosingWords.Prefix(clauseOf(s)) != "" && !actionBefore(trimComparing(s.head()))
	}
	return false
}

// choosesAmongGroups reports whether people from a number on say which holders, groups or accidents
// are meant: 一次死亡3人以上事故.
func choosesAmongGroups(s *mention, noun string) bool {
	return lexicon.HolderNouns.Prefix(noun) != "" || sizesGroup(s, noun) || senseAtEnd(s.lead()) == badEvent
}

// sizesGroup reports whether a number of people at the head of a clause says how big the groups are
// whose share or end follows: 60人以上大班额比例.
func sizesGroup(s *mention, noun string) bool {
	return trimOpening(s.lead()) == "" && (lexicon.RateNouns.In(noun) || lexicon.ZeroWords.In(noun))
}

// isCountedNext reports whether the groups named right after a number of people have a number of
// their own: 60人以上大班额12个.
func isCountedNext(noun string) bool {
	at := strings.IndexAny(noun, "0123456789")
	if at <= 0 || at > longestListed || strings.ContainsAny(noun[:at], "、和及与并,;:()“") || lexicon.ActionVerbs.In(noun[:at]) {
		return false
	}
	next := number.QuantityAt(noun[at:])
	return next.Unit != "" && next.UnitClass == quantity.CountUnit
}

// sizeChooses reports whether a number of how big things are chooses among them.
func sizeChooses(s *mention, limit, noun string, tied bool) bool {
	money := s.token.UnitClass == quantity.MoneyUnit
	if limit == "" {
		return money && tied
	}
	if money && !tied && !s.later && lexicon.MoneyNouns.Prefix(noun) == "" {
		return lexicon.HolderNouns.In(noun)
	}
	return tied || limit == "以下" || s.later || !firmBefore(s.head())
}

// isForbidden holds for the size of what nobody may make or use: 禁止生产厚度低于0.01
// 毫米的地膜.
func isForbidden(s *mention, noun string) bool {
	at, word := lexicon.ForbiddingWords.FindLast(s.head())
	return at >= 0 && startsNoun(noun) && !startsPredicate(noun) && wordsBefore.Prefix(s.head()[at:]) == "" && lexicon.ActionVerbs.Suffix(s.head()[at+len(word):]) == ""
}

// isSizeOfNone holds for how big a thing is that must not happen: 不发生一次死亡
// 3人以上事故.
func isSizeOfNone(s *mention) bool {
	if lexicon.NotHappening.In(s.head()) && startsNoun(s.tail()) {
		part, _, _ := statesNone(clauseOf(s))
		return part.End > 0
	}
	return false
}

// isCondition holds where the clause says whom something is given to: 对营收
// 超过20%的企业奖励…, 参保人数不少于5人的,….
func isCondition(s *mention, tied bool, noun string) bool {
	if tied && noun == "" || closesWith(s, "的") {
		return true
	}
	return lexicon.ChooserOpeners.Prefix(clauseOf(s)) != "" && !lexicon.FirmPolicy.In(s.head()) && lexicon.GivenWords.In(noun) && !actionBefore(s.head())
}

// closesWith reports whether the number's clause, and not a bracket in it,
// ends with a word; a clause that ends with 的 says whom the next one is about.
func closesWith(s *mention, word string) bool {
	return s.segment.Depth[s.token.Start]&prose.InBracket == 0 && strings.HasSuffix(s.segment.Text[s.token.End:s.clause.End], word)
}

// firmBefore reports whether a verb that sets the number stands before it, and
// not one that favours what is that big: 支持100公斤以上无人机.
func firmBefore(head string) bool {
	verb := lexicon.ActionVerbs.Suffix(trimComparing(head))
	return verb != "" && !lexicon.ModestVerbs.Has(verb)
}

// isEvent reports whether a number says when something else happens:
// 超过30人时.
func isEvent(noun string) bool {
	return strings.HasPrefix(noun, "时") && lexicon.TimeNouns.Prefix(noun) == ""
}

// isGrade holds for points of a scale, and for those from which on something is given a grade: 考核总分
// 100分, 85分以上为优秀.
func isGrade(s *mention, limit, noun string) bool {
	if strings.TrimLeft(s.token.Unit, "百千万") != "分" {
		return false
	}
	return limit != "" && strings.HasPrefix(noun, "为") || lexicon.PointNouns.Suffix(trimClosing(s.lead())) != ""
}

// isQualifier holds where the words before a number name a property, so that 的
// after it ties both to the noun that follows: 可提供学位2400个的新校区. A verb right
// before the number has the noun for its object instead.
func isQualifier(s *mention) bool {
	rest := s.rest()
	noun, tied := strings.CutPrefix(rest[len(limits.Prefix(rest)):], "的")
	if !tied || !startsNoun(noun) || s.token.UnitClass == quantity.ShareUnit || lexicon.AimNouns.Prefix(noun) != "" {
		return false
	}
	own := trimOpening(trimComparing(s.lead()))
	return own != "" && lexicon.ActionVerbs.Suffix(own) == "" && levels.Suffix(own) == "" && lexicon.VerbAdverbs.Suffix(own) == ""
}

func clauseOf(s *mention) string {
	return prose.After(s.segment.Text[:s.clause.End], s.clause.Start, prose.Window)
}

// actionBefore reports whether a verb stands right before the number.
func actionBefore(head string) bool { return lexicon.ActionVerbs.Suffix(trimComparing(head)) != "" }

// startsPredicate reports whether what follows goes on with a verb instead of
// naming what is counted.
func startsPredicate(s string) bool {
	return lexicon.PredicateStarts.Prefix(s) != ""
}
