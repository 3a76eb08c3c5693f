package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// grantCeilings say how much anybody is given at most. 控制在 and its like keep a sum
// of all within bounds instead.
var grantCeilings = wordsBefore.Of(indicator.AtMost).Without(lexicon.CeilingVerbs)

// isPolicy holds for subsidies, caps, discounts and what is granted: 给予最高
// 100万元补贴, 按不超过实际投入的30%.
func isPolicy(s *mention) bool {
	switch {
	case s.pace != nil:
		return false
	case saysWhatIsGot(s.head()), isTaxRule(s), capsEach(s):
		return true
	case !measuresGrant(s.token):
		return false
	}
	return capsGrant(s) || isPrice(s) || isGranted(s)
}

// saysWhatIsGot holds for what somebody can get, and not for how many do: 可享受….
func saysWhatIsGot(head string) bool {
	at, word := lexicon.GranteeVerbs.Find(head)
	return at >= 0 && !strings.HasPrefix(head[at+len(word):], "人数")
}

// isTaxRule holds for the numbers of a rule of taxes: 加计扣除比例100%.
func isTaxRule(s *mention) bool {
	head := s.head()
	return lexicon.TaxRules.In(clauseOf(s)) && !lexicon.PayoutVerbs.In(head) && !(raisesLevel(head) && startsFromNumber(s))
}

// capsEach holds for the most that each gets: 每家企业不超过50万元.
func capsEach(s *mention) bool {
	return lexicon.EachGrantee.In(s.head()) && (s.comparison.comparator == indicator.AtMost || grantCeilings.In(s.head()))
}

// measuresGrant reports whether a number has a unit in which something is given.
func measuresGrant(t *number.Token) bool {
	switch t.UnitClass {
	case quantity.MoneyUnit, quantity.ShareUnit, quantity.AreaUnit, quantity.OtherUnit, quantity.TimeUnit:
		return true
	case quantity.CountUnit:
		return lexicon.Magnitudes.Has(t.Unit)
	}
	return false
}

// isGranted holds where the words of a policy stand around a number, and none that
// make the policy itself the aim: 补助标准提高到1000元, 发放补贴3亿元.
func isGranted(s *mention) bool {
	head, clause := s.head(), clauseOf(s)
	switch {
	case raisesLevel(head) || changes(head) && !lexicon.FirmPolicy.In(head):
		return false
	case lexicon.FirmPolicy.In(clause), byMeasure(head):
		return true
	case s.token.UnitClass == quantity.AreaUnit && strings.HasSuffix(trimComparing(head), "提供"):
		return true
	case lexicon.PayoutVerbs.In(head), lexicon.SpendingNouns.Suffix(trimComparing(s.lead())) != "":
		return false
	case lexicon.SoftPolicy.In(clause):
		return !isStandard(head)
	}
	return grants(s) && lexicon.ActionVerbs.Suffix(trimComparing(s.lead())) == "" && changeBefore(head) == ""
}

// startsFromNumber reports whether the clause says from which number a rate is
// raised: 比例由50%提高到75% is an aim of the policy itself.
func startsFromNumber(s *mention) bool {
	at, _ := lexicon.FromWords.FindLast(s.head())
	return at >= 0 && prose.HasDigit(s.head()[at:])
}

// capsGrant holds for the most that anybody is given: 累计奖励金额不超过30万元. What
// is spent on it in all is kept within a number by other words: 控制在.
func capsGrant(s *mention) bool {
	if s.token.UnitClass != quantity.MoneyUnit || !grantCeilings.Has(s.comparison.before) {
		return false
	}
	own := trimComparing(s.lead())
	return lexicon.SoftPolicy.In(own) && !lexicon.SpendingNouns.In(own)
}

// isPrice holds for money that is paid for each unit of a thing: 每吨补贴80元, 水价每
// 立方米2.5元, 收购价3元/公斤. What each unit yields is no price: 亩均税收30万元/亩.
func isPrice(s *mention) bool {
	if s.token.UnitClass != quantity.MoneyUnit || raisesLevel(s.head()) || changes(s.head()) {
		return false
	}
	own := trimComparing(s.lead())
	if strings.Contains(s.token.Unit, "/") {
		return lexicon.PriceNouns.In(own)
	}
	own = strings.TrimSuffix(own, lexicon.SoftPolicy.Suffix(own))
	each := lexicon.EachOne.Suffix(own)
	if each == "" {
		return false
	}
	left := strings.TrimSuffix(own, each)
	return own != s.lead() && lexicon.SoftPolicy.Suffix(s.lead()) != "" || lexicon.PriceNouns.In(left) || lexicon.PriceBases.Prefix(strings.TrimPrefix(s.tail(), "的")) != ""
}

// grants reports whether the sentence says before or after the number that
// something is given on a condition.
func grants(s *mention) bool {
	sentence := prose.Before(s.segment.Text[:s.token.Start], s.token.Start, min(prose.Window, s.token.Start-s.sentence.Start))
	ahead := prose.After(s.segment.Text[:s.sentence.End], s.token.End, 60)
	conditional := strings.Contains(sentence, "符合") || strings.Contains(sentence, "对") && strings.Contains(sentence, "的,")
	if lexicon.StandardNouns.Suffix(trimClosing(s.lead())) != "" && !conditional {
		return false
	}
	return (lexicon.GivenWords.In(sentence) || lexicon.GivenWords.In(ahead)) && (conditional || lexicon.SoftPolicy.In(sentence))
}

// byMeasure reports whether 按 or 按照 governs the number: what follows is a
// measure and not a result.
func byMeasure(head string) bool {
	at, _ := lexicon.AccordingTo.FindLast(head)
	return at >= 0 && !strings.HasSuffix(head[:at], "拟") && lexicon.ScheduleWords.Prefix(head[at:]) == "" && len(head)-at < 90
}

// raisesLevel reports whether a verb says that a standard is brought to the
// number: 补助标准提高到1000元.
func raisesLevel(head string) bool {
	rest, compared := cutComparator(strings.TrimSuffix(head, "人均"))
	if floors.Has(compared) && strings.Contains(head, "标准") {
		return true
	}
	word := levels.Suffix(trimPerHead(rest))
	return strings.HasSuffix(word, "到") || strings.HasSuffix(word, "至") || word == "达" || compared == "控制到"
}

// changes reports whether a verb says by how much a standard is changed:
// 补助标准提高30元, 分别提高30元和5元.
func changes(head string) bool {
	if changeBefore(head) != "" {
		return true
	}
	at := strings.LastIndex(head, respectively)
	return at >= 0 && lexicon.ChangeVerbs.Prefix(strings.TrimPrefix(head[at+len(respectively):], "再")) != ""
}

// isStandard reports whether what a person gets is stated as a standard of its
// own and not as a grant to whom it applies: 生活补贴每人每月110元.
func isStandard(head string) bool {
	each := lexicon.BetweenComparatorAndLevel.Suffix(trimComparing(head))
	return strings.HasPrefix(each, "每人每") && lexicon.StandardNouns.Suffix(trimComparing(strings.TrimSuffix(trimComparing(head), each))) != "" && lexicon.ChooserOpeners.Prefix(head) == ""
}
