package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// kindOf says how reports of the target add up.
func (f *candidate) kindOf() indicator.Kind {
	if f.mention.pace != nil {
		return indicator.Growth
	}
	if shared, ok := f.sharedKind(); ok {
		return shared
	}
	head := f.mention.lead()
	if f.mention.token.UnitClass == quantity.ShareUnit {
		return f.kindOfShare(head)
	}
	for _, rule := range countKinds {
		if rule.holds(f, head) {
			return rule.kind
		}
	}
	return indicator.Cumulative
}

// sharedKind is the kind of the target that this one goes on from: of the first that
// 分别 hands out, or of the one that it is a part or another level of.
func (f *candidate) sharedKind() (kind indicator.Kind, ok bool) {
	s := f.mention
	if r := s.series; r != nil && r.mentions[0] != s && r.mentions[0].token.UnitClass == s.token.UnitClass {
		return f.listed.kind, true
	}
	if p := f.wholeOf(); p != nil && f.continues(p) && (p.mention.token.UnitClass == quantity.ShareUnit) == (s.token.UnitClass == quantity.ShareUnit) {
		return p.kind, true
	}
	return "", false
}

// wholeOf is the target that this one may go on from: of what 其中 makes a part, the last one before in
// the same unit, if there is any.
func (f *candidate) wholeOf() *candidate {
	if f.mention.isPart() {
		for p := f.previous; p != nil; p = p.previous {
			if p.mention.token.Unit == f.mention.token.Unit {
				return p
			}
		}
	}
	return f.previous
}

// kindOfShare tells a rate of change from a share; head is the number's own part
// before it.
func (f *candidate) kindOfShare(head string) indicator.Kind {
	switch {
	case f.mention.token.Unit == "番", f.mention.token.Sign != "", changeBefore(f.leadText()) != "", f.seriesChange(), lexicon.ChangeNouns.Suffix(f.subject) != "":
		return indicator.Growth
	case changeOfGoal(f.subject), opensWithChange(head):
		return indicator.Growth
	}
	return indicator.Ratio
}

// countKinds say how a number that is no share adds up. They are asked in order; the
// first that holds gives the kind, and where none does a number is a level. head is
// the number's own part before it.
var countKinds = []struct {
	kind  indicator.Kind
	holds func(f *candidate, head string) bool
}{
	{indicator.Increment, func(f *candidate, head string) bool {
		return f.mention.token.Sign != "" || adds(lexicon.ActionVerbs.Suffix(trimComparing(head)))
	}},
	{indicator.Increment, func(f *candidate, head string) bool {
		return lexicon.SumsOfYears.Suffix(head) != "" && strings.Contains(f.subject, "新增")
	}},
	{indicator.Cumulative, (*candidate).isKept},
	{indicator.Increment, func(f *candidate, head string) bool {
		return adds(f.verb) && f.mention.baseline == nil && !saysLevel(head)
	}},
	{indicator.Cumulative, func(f *candidate, _ string) bool { return lexicon.StockNouns.Suffix(f.subject) != "" }},
	{indicator.Ratio, (*candidate).isQuotient},
	{indicator.Cumulative, (*candidate).isBroughtTo},
	{indicator.Increment, func(f *candidate, head string) bool {
		return f.verb != "" && lexicon.YearSums.In(f.mention.head()) && !saysLevel(head)
	}},
	{indicator.Cumulative, func(f *candidate, head string) bool {
		return !f.sizesSubject() && (lexicon.TotalNouns.In(f.verb+f.subject) || lexicon.TotalNouns.In(head)) || f.isMean()
	}},
	{indicator.Ratio, func(f *candidate, _ string) bool { return lexicon.RateNouns.Suffix(f.subject) != "" && f.verb == "" }},
	{indicator.Increment, func(f *candidate, _ string) bool { return changeBefore(f.leadText()) != "" || f.savesMoney() }},
	{indicator.Increment, func(f *candidate, head string) bool { return isHeld(f.mention.token) && !bringsTo(head) }},
	{indicator.Increment, (*candidate).isTurns},
	{indicator.Cumulative, func(f *candidate, head string) bool { return saysLevel(head) && f.isAmount() && !adds(f.verb) }},
	{indicator.Increment, (*candidate).isDone},
	{indicator.Cumulative, func(f *candidate, head string) bool { return saysLevel(head) || f.isAmount() }},
	{indicator.Increment, func(f *candidate, _ string) bool {
		return f.mention.token.UnitClass == quantity.EventUnit || strings.HasSuffix(f.mention.token.Unit, "次") || f.nounAfter
	}},
}

// isTurns holds for things that are counted each time (辆次, 亩次, 人次), with no more before the
// number than how it is compared: 不少于1000辆次.
func (f *candidate) isTurns(head string) bool {
	return strings.HasSuffix(f.mention.token.Unit, "次") && !f.isMean() && !f.isAmount() && levels.Suffix(trimComparing(head)) == "" && (wordsBefore.Suffix(head) != "" || !saysLevel(head))
}

// isKept holds for what a verb of keeping has for its object: 守住40万亩红线.
func (f *candidate) isKept(head string) bool {
	return f.nounAfter && lexicon.KeepVerbs.Prefix(trimOpening(head)) != ""
}

// isBroughtTo holds for a level that a thing gets to or stays at: 扩大到, 保持在.
func (f *candidate) isBroughtTo(head string) bool {
	return f.mention.baseline != nil && !f.changesBy() || bringsTo(head) || lexicon.KeepVerbs.Suffix(trimPerHead(head)) != ""
}

// isQuotient holds for a number per head, or of people in parts of one.
func (f *candidate) isQuotient(string) bool {
	return lexicon.PerHeadOpeners.In(f.name) && !f.isOfSize() || lexicon.PerHeadUnitEndings.Suffix(f.mention.token.Unit) != "" || f.mention.isFractional()
}

// isOfSize reports whether what a verb brings about only has its size told in thousands of people:
// 培育千人企业2家.
func (f *candidate) isOfSize() bool {
	_, word := lexicon.PerHeadOpeners.Find(f.name)
	return lexicon.Magnitudes.Prefix(word) != "" && f.verb != ""
}

// sizesSubject reports whether a total only tells the size of what a verb brings about:
// 建设总装机2×66万千瓦煤电项目1个.
func (f *candidate) sizesSubject() bool {
	at, word := lexicon.TotalNouns.Find(f.subject)
	return f.verb != "" && at >= 0 && prose.StartsDigit(f.subject[at+len(word):])
}

// savesMoney reports whether an amount of money is what a verb takes off a cost: 降低物流成本5000万元.
func (f *candidate) savesMoney() bool {
	lead := f.mention.lead()
	noun := lexicon.SpendingNouns.Suffix(lead)
	at, word := lexicon.ObjectChangeVerbs.FindLast(strings.TrimSuffix(lead, noun))
	return noun != "" && at >= 0 && f.mention.token.UnitClass == quantity.MoneyUnit && lexicon.FallWords.Has(word)
}

// isAmount reports whether what is counted is a level or flow that is reported as it
// stands: 产值.
func (f *candidate) isAmount() bool { return lexicon.AmountNouns.Suffix(f.subject) != "" }

// isDone holds for what a verb brings about, before the number or in the name.
func (f *candidate) isDone(head string) bool {
	if f.verb != "" || f.inheritedVerb() {
		return true
	}
	if f.isAmount() {
		return false
	}
	_, verb := strong(trimComparing(head))
	return verb != "" && !saysLevel(head) || endsInAction(f.subject)
}

// isFractional reports whether people or things are counted in parts of one,
// which only a quotient does: 注册护士数达到4.2人.
func (s *mention) isFractional() bool {
	counted := s.token.UnitClass == quantity.HeadUnit || s.token.UnitClass == quantity.CountUnit
	return counted && strings.Contains(s.token.Value, ".") && number.MagnitudeAt(s.token.Unit) == ""
}

// isMean reports whether a number is a mean, or the time that one thing takes:
// neither adds up from one report to the next.
func (f *candidate) isMean() bool {
	if lexicon.PerOne.Prefix(f.name) != "" || lexicon.PerOne.Prefix(trimOpening(f.mention.lead())) != "" {
		return true
	}
	return lexicon.DurationNouns.Suffix(f.subject) != "" && (f.mention.token.UnitClass == quantity.TimeUnit || f.mention.token.Unit == "天")
}

// isHeld reports whether a unit counts what is held and over: 场, 期.
func isHeld(t *number.Token) bool {
	return t.UnitClass == quantity.EventUnit && !strings.Contains(t.Unit, "人次") && !strings.Contains(t.Unit, "/") && !strings.HasSuffix(t.Unit, "班")
}

// changeOfGoal reports whether a name says that a goal is one of growth:
// 经济增长预期目标.
func changeOfGoal(name string) bool {
	at, word := lexicon.ChangeVerbs.Find(name)
	if at < 0 {
		return false
	}
	rest := name[at+len(word):]
	return strings.HasPrefix(rest, "目标") || strings.HasPrefix(rest, "预期目标")
}

// opensWithChange reports whether a verb of change has its object between
// itself and the number: 提高低保标准5%.
func opensWithChange(head string) bool {
	text := trimOpening(head)
	word := objectChange(text)
	if word == "" || text == word {
		return false
	}
	return !saysLevel(head) || comparesChange(word, text)
}

// comparesChange reports whether what stands between a verb of change with its object and the number
// only says the least of it (降低能耗不低于3%), and no level that a rate is raised to: 提高合格率
// 不低于95%.
func comparesChange(verb, text string) bool {
	rest, compared := cutComparator(text)
	if wordsBefore.Class(compared) != indicator.AtLeast || levels.Suffix(rest) != "" {
		return false
	}
	return lexicon.FallWords.Has(verb) || lexicon.RateNouns.Suffix(rest) == ""
}

// objectChange is the verb of change that a text begins with, its object after it. 增加值 and
// the like are nouns that begin as such verbs do.
func objectChange(text string) string {
	word := lexicon.ObjectChangeVerbs.Prefix(text)
	if len(lexicon.AmountNouns.Prefix(text)) > len(word) {
		return ""
	}
	return word
}

// bringsTo reports whether a verb of change leads to the number: 扩大到, 压缩至.
func bringsTo(head string) bool {
	return lexicon.ToLevelVerbs.Has(levels.Suffix(trimPerHead(head)))
}

// continues reports whether the target is a part of the one before it (其中),
// or another level of the same thing (力争达到8%).
func (f *candidate) continues(p *candidate) bool {
	if f.mention.isPart() {
		return f.mention.token.UnitClass != quantity.ShareUnit
	}
	return f.part || f.inherited && f.mention.token.Unit == p.mention.token.Unit && p.kind == indicator.Growth
}

// isPartOf reports whether 其中 makes the target a part of the one before it, or it
// follows such a part in a list.
func (f *candidate) isPartOf(p *candidate) bool {
	if p == nil || f.mention.isPart() {
		return p != nil
	}
	return p.part && p.mention.clause == f.mention.clause && p.mention.token.Unit == f.mention.token.Unit && !saysLevel(f.mention.lead())
}

// changesBy reports whether the number is by how much a thing changes, and not
// where it gets to: 由150元提高12元.
func (f *candidate) changesBy() bool {
	return changeBefore(f.leadText()) != "" && !saysLevel(f.mention.lead())
}

// adds reports whether a verb says that the number is what comes on top.
func adds(verb string) bool {
	return strings.HasPrefix(verb, "新") || strings.HasPrefix(verb, "净")
}

// saysLevel reports whether the words before a number say where a thing
// stands: 达到, 突破, 稳定在.
func saysLevel(head string) bool {
	if _, word := cutComparator(strings.TrimSuffix(head, "了")); word != "" {
		return true
	}
	word := levels.Suffix(trimPerHead(head))
	return word != "" && !lexicon.WeakLevelVerbs.Has(word) && lexicon.LevelLike.Suffix(head) == ""
}

// seriesChange reports whether 分别 hands out changes: 分别增长5%、6%.
func (f *candidate) seriesChange() bool {
	r := f.mention.series
	return r != nil && changeBefore(r.mentions[0].lead()) != ""
}

// endsInAction reports whether a name ends in the name of an action: 河湖建设,
// 节水灌溉.
func endsInAction(name string) bool { return lexicon.ActionVerbs.Suffix(name) != "" }
