package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

var (
	// rates are what a share or a quotient is called.
	rates = words("率 占比 比重 比例 配比 强度 密度 渗透率 普及率 覆盖面 系数 比")
	// perEach opens a name that counts per head.
	perEach = words("每万人 每千人 每百人 每十万人 每千名 每万名 每百户 每户 每平方公里 每万常住人口 每千常住人口 每百名 千人 每千人口 每万人口 每亿元")
	// perMany end a unit that counts per head.
	perMany = words("/千人 /万人 /百人 /十万人 /千户 /万户 /百户")
	// averaged open a name of which one number stands for many.
	averaged = words("平均 人均 户均 亩均 村均 月均 日均")
	// lasting end a name of how long one thing takes.
	lasting = words("时长 用时 耗时 时间 时限 期限")
	// years are those that a sum is said to be of: 五年累计改造120个 counts what is
	// done in them, where 累计建成60个 may count what stood before.
	years = words("五年累计 四年累计 三年累计 两年累计 5年累计 4年累计 3年累计 2年累计 期间累计 五年共 三年共")
	// speeds are nouns of a change.
	speeds = words("增速 涨幅 降幅 增幅 增长率 增长速度 跌幅 下降率")
	// totals say that the number is a level, whatever the verb.
	totals = words("累计 总量 总数 总额 总规模 总面积 总产值 保有量 存栏 存栏量 拥有量 入库数量 余额 总里程 总人数 常住人口 总装机 总长度")
	// stocks say so where they end a name; before a noun they only describe it.
	stocks = words("存量 库存")
	// amounts are nouns of a level or flow that is reported as it stands.
	amounts = words("量 产量 产值 收入 总值 增加值 面积 额 规模 数量 赤字 支出 投资 利润 总产 浓度 天数 人数 预算 价格 余额 里程 市值 销售额 交易额 GDP 生产总值")
)

// kindOf says how reports of the target add up.
func (f *found) kindOf() indicator.Kind {
	s := f.site
	head := s.lead()
	share := s.token.unitClass == shareUnit
	if s.pace != nil {
		return indicator.Growth
	}
	if r := s.series; r != nil && r.sites[0] != s && r.sites[0].token.unitClass == s.token.unitClass {
		return r.sites[0].found.kind
	}
	if p := s.previous; p != nil && f.continues(p) && (p.token.unitClass == shareUnit) == share {
		return p.found.kind
	}
	switch change := changeBefore(f.leadText()); {
	case s.token.unit == "番", share && (change != "" || f.seriesChange() || speeds.suffix(f.subject) != ""):
		return indicator.Growth
	case share && (changeOfGoal(f.subject) || opensWithChange(head)):
		return indicator.Growth
	case share:
		return indicator.Ratio
	case adds(deeds.suffix(trimComparing(head))):
		return indicator.Increment
	case f.nounAfter && keepingVerbs.prefix(trimOpening(head)) != "": // 守住40万亩红线
		return indicator.Cumulative
	case adds(f.verb) && s.baseline == nil && !saysLevel(head):
		return indicator.Increment
	case s.baseline != nil && !f.changesBy() || bringsTo(head) || keeps.suffix(trimPerHead(head)) != "":
		return indicator.Cumulative
	case stocks.suffix(f.subject) != "":
		return indicator.Cumulative
	case perEach.in(f.name) || perMany.suffix(s.token.unit) != "", s.isFractional():
		return indicator.Ratio
	case f.verb != "" && years.in(s.head()) && !saysLevel(head):
		return indicator.Increment
	case totals.in(f.name) || totals.in(head), f.isMean():
		return indicator.Cumulative
	}
	if rates.suffix(f.subject) != "" && f.verb == "" {
		return indicator.Ratio
	}
	if !share && changeBefore(f.leadText()) != "" {
		return indicator.Increment
	}
	if isHeld(s.token) && !bringsTo(head) {
		return indicator.Increment
	}
	if saysLevel(head) && amounts.suffix(f.subject) != "" && !adds(f.verb) {
		return indicator.Cumulative
	}
	if f.verb != "" || f.inheritedVerb() {
		return indicator.Increment
	}
	if _, verb := strong(trimComparing(head)); verb != "" && !saysLevel(head) && amounts.suffix(f.subject) == "" {
		return indicator.Increment
	}
	if endsInDeed(f.subject) && amounts.suffix(f.subject) == "" {
		return indicator.Increment
	}
	if saysLevel(head) || amounts.suffix(f.subject) != "" {
		return indicator.Cumulative
	}
	if s.token.unitClass == eventUnit || strings.HasSuffix(s.token.unit, "次") || f.nounAfter {
		return indicator.Increment
	}
	return indicator.Cumulative
}

// isFractional reports whether people or things are counted in parts of one,
// which only a quotient does: 注册护士数达到4.2人.
func (s *site) isFractional() bool {
	counted := s.token.unitClass == headUnit || s.token.unitClass == countUnit
	return counted && strings.Contains(s.token.value, ".") && magnitudeAt(s.token.unit) == ""
}

// isMean reports whether a number is a mean, or the time that one thing takes:
// neither adds up from one report to the next.
func (f *found) isMean() bool {
	if averaged.prefix(f.name) != "" || averaged.prefix(trimOpening(f.site.lead())) != "" {
		return true
	}
	return lasting.suffix(f.subject) != "" && (f.site.token.unitClass == timeUnit || f.site.token.unit == "天")
}

// isHeld reports whether a unit counts what is held and over: 场, 期.
func isHeld(t *token) bool {
	return t.unitClass == eventUnit && !strings.Contains(t.unit, "人次") && !strings.Contains(t.unit, "/") && !strings.HasSuffix(t.unit, "班")
}

// changeOfGoal reports whether a name says that a goal is one of growth:
// 经济增长预期目标.
func changeOfGoal(name string) bool {
	at, word := growthVerbs.find(name)
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
	word := objectChanges.prefix(text)
	return word != "" && text != word && !saysLevel(head)
}

var objectChanges = words("提高 降低 压减 减少 提升 压降")

// bringsTo reports whether a verb of change leads to the number: 扩大到, 压缩至.
func bringsTo(head string) bool {
	head = trimPerHead(head)
	word := levels.suffix(head)
	if !strings.HasSuffix(word, "到") && !strings.HasSuffix(word, "至") {
		return false
	}
	return growthVerbs.prefix(word) != "" || falls.prefix(word) != "" || changedTo.has(word)
}

// keeps words say that a level stays where it is.
var keeps = words("稳定在 保持在 维持在")

var changedTo = words("拓展到 拓展至 发展到 发展至 压缩到 压缩至 调整到 调整至 提标到 提标至")

// continues reports whether the target is a part of the one before it (其中),
// or another level of the same thing (力争达到8%).
func (f *found) continues(p *site) bool {
	if f.site.isPart() {
		f.part = true
		return f.site.token.unitClass != shareUnit
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
	if wordsBefore.suffix(strings.TrimSuffix(head, "了")) != "" {
		return true
	}
	word := levels.suffix(trimPerHead(head))
	return word != "" && word != "为" && word != "安排" && word != "实现" && word != "共" && word != "有"
}

// seriesChange reports whether 分别 hands out changes: 分别增长5%、6%.
func (f *found) seriesChange() bool {
	r := f.site.series
	return r != nil && changeBefore(r.sites[0].lead()) != ""
}

// endsInDeed reports whether a name ends in the name of an action: 河湖建设,
// 节水灌溉.
func endsInDeed(name string) bool { return deeds.suffix(name) != "" }
