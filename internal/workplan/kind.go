package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// kindOf says how reports of the target add up.
func (f *found) kindOf() indicator.Kind {
	s := f.site
	head := s.lead()
	share := s.token.unitClass == quantity.ShareUnit
	if s.pace != nil {
		return indicator.Growth
	}
	if r := s.series; r != nil && r.sites[0] != s && r.sites[0].token.unitClass == s.token.unitClass {
		return r.sites[0].found.kind
	}
	if p := s.previous; p != nil && f.continues(p) && (p.token.unitClass == quantity.ShareUnit) == share {
		return p.found.kind
	}
	switch change := changeBefore(f.leadText()); {
	case s.token.unit == "番", share && (change != "" || f.seriesChange() || lexicon.ChangeNouns.Suffix(f.subject) != ""):
		return indicator.Growth
	case share && (changeOfGoal(f.subject) || opensWithChange(head)):
		return indicator.Growth
	case share:
		return indicator.Ratio
	case adds(lexicon.ActionVerbs.Suffix(trimComparing(head))):
		return indicator.Increment
	case f.nounAfter && lexicon.KeepVerbs.Prefix(trimOpening(head)) != "": // 守住40万亩红线
		return indicator.Cumulative
	case adds(f.verb) && s.baseline == nil && !saysLevel(head):
		return indicator.Increment
	case s.baseline != nil && !f.changesBy() || bringsTo(head) || lexicon.KeepVerbs.Suffix(trimPerHead(head)) != "":
		return indicator.Cumulative
	case lexicon.StockNouns.Suffix(f.subject) != "":
		return indicator.Cumulative
	case lexicon.PerHeadOpeners.In(f.name) || lexicon.PerHeadUnitEndings.Suffix(s.token.unit) != "", s.isFractional():
		return indicator.Ratio
	case f.verb != "" && lexicon.YearSums.In(s.head()) && !saysLevel(head):
		return indicator.Increment
	case lexicon.TotalNouns.In(f.name) || lexicon.TotalNouns.In(head), f.isMean():
		return indicator.Cumulative
	}
	if lexicon.RateNouns.Suffix(f.subject) != "" && f.verb == "" {
		return indicator.Ratio
	}
	if !share && changeBefore(f.leadText()) != "" {
		return indicator.Increment
	}
	if isHeld(s.token) && !bringsTo(head) {
		return indicator.Increment
	}
	if saysLevel(head) && lexicon.AmountNouns.Suffix(f.subject) != "" && !adds(f.verb) {
		return indicator.Cumulative
	}
	if f.verb != "" || f.inheritedVerb() {
		return indicator.Increment
	}
	if _, verb := strong(trimComparing(head)); verb != "" && !saysLevel(head) && lexicon.AmountNouns.Suffix(f.subject) == "" {
		return indicator.Increment
	}
	if endsInDeed(f.subject) && lexicon.AmountNouns.Suffix(f.subject) == "" {
		return indicator.Increment
	}
	if saysLevel(head) || lexicon.AmountNouns.Suffix(f.subject) != "" {
		return indicator.Cumulative
	}
	if s.token.unitClass == quantity.EventUnit || strings.HasSuffix(s.token.unit, "次") || f.nounAfter {
		return indicator.Increment
	}
	return indicator.Cumulative
}

// isFractional reports whether people or things are counted in parts of one,
// which only a quotient does: 注册护士数达到4.2人.
func (s *site) isFractional() bool {
	counted := s.token.unitClass == quantity.HeadUnit || s.token.unitClass == quantity.CountUnit
	return counted && strings.Contains(s.token.value, ".") && magnitudeAt(s.token.unit) == ""
}

// isMean reports whether a number is a mean, or the time that one thing takes:
// neither adds up from one report to the next.
func (f *found) isMean() bool {
	if lexicon.PerOne.Prefix(f.name) != "" || lexicon.PerOne.Prefix(trimOpening(f.site.lead())) != "" {
		return true
	}
	return lexicon.DurationNouns.Suffix(f.subject) != "" && (f.site.token.unitClass == quantity.TimeUnit || f.site.token.unit == "天")
}

// isHeld reports whether a unit counts what is held and over: 场, 期.
func isHeld(t *token) bool {
	return t.unitClass == quantity.EventUnit && !strings.Contains(t.unit, "人次") && !strings.Contains(t.unit, "/") && !strings.HasSuffix(t.unit, "班")
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
	word := lexicon.ObjectChangeVerbs.Prefix(text)
	return word != "" && text != word && !saysLevel(head)
}

// bringsTo reports whether a verb of change leads to the number: 扩大到, 压缩至.
func bringsTo(head string) bool {
	return lexicon.ToLevelVerbs.Has(levels.Suffix(trimPerHead(head)))
}

// continues reports whether the target is a part of the one before it (其中),
// or another level of the same thing (力争达到8%).
func (f *found) continues(p *site) bool {
	if f.site.isPart() {
		f.part = true
		return f.site.token.unitClass != quantity.ShareUnit
	}
	if p.found.part && p.clause == f.site.clause && p.token.unit == f.site.token.unit && !saysLevel(f.site.lead()) {
		f.part = true
		return true
	}
	return f.inherited && f.site.token.unit == p.token.unit && p.found.kind == indicator.Growth
}

// changesBy reports whether the number is by how much a thing changes, and not
// where it gets to: 由150元提高12元.
func (f *found) changesBy() bool {
	return changeBefore(f.leadText()) != "" && !saysLevel(f.site.lead())
}

// adds reports whether a verb says that the number is what comes on top.
func adds(verb string) bool {
	return strings.HasPrefix(verb, "新") || strings.HasPrefix(verb, "净")
}

// saysLevel reports whether the words before a number say where a thing
// stands: 达到, 突破, 稳定在.
func saysLevel(head string) bool {
	if wordsBefore.Suffix(strings.TrimSuffix(head, "了")) != "" {
		return true
	}
	word := levels.Suffix(trimPerHead(head))
	return word != "" && word != "为" && word != "安排" && word != "实现" && word != "共" && word != "有"
}

// seriesChange reports whether 分别 hands out changes: 分别增长5%、6%.
func (f *found) seriesChange() bool {
	r := f.site.series
	return r != nil && changeBefore(r.sites[0].lead()) != ""
}

// endsInDeed reports whether a name ends in the name of an action: 河湖建设,
// 节水灌溉.
func endsInDeed(name string) bool { return lexicon.ActionVerbs.Suffix(name) != "" }
