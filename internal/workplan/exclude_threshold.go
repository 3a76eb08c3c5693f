package workplan

import "strings"

// isAge holds for ages that choose people: 70周岁以上老人, 0-6岁儿童. A life
// expectancy reaches an age and is a target.
func isAge(s *site) bool {
	if s.token.unitClass != ageUnit {
		return false
	}
	if changeBefore(s.head()) != "" && !startsNoun(s.tail()) {
		return false
	}
	if strings.Contains(s.head(), "寿命") && !startsNoun(s.tail()) {
		return false
	}
	return levels.suffix(trimComparing(s.head())) == "" && levels.suffix(s.head()) == "" || startsNoun(s.tail())
}

// measured units belong to how big a thing is, not to how many there are.
func measured(c unitClass) bool {
	switch c {
	case moneyUnit, areaUnit, lengthUnit, massUnit, powerUnit, otherUnit, ageUnit:
		return true
	}
	return false
}

// limits make a threshold of a number when a noun follows.
var limits = words("以上 以下 以内 及以上 及以下 (含)以上 (含)以下 之上 之下")

// isThreshold holds for numbers that choose among things: 投资500万元以上项目,
// 5人以上的团队.
func isThreshold(s *site) bool {
	if s.pace != nil {
		return false
	}
	limit := limits.prefix(s.rest())
	noun := s.rest()[len(limit):]
	tied := strings.HasPrefix(noun, "的")
	noun = strings.TrimPrefix(noun, "的")
	if isCondition(s, tied, noun) || isEvent(noun) || isSizeOfNone(s) {
		return true
	}
	if isForbidden(s, noun) {
		return true
	}
	if tied && s.token.unitClass == moneyUnit && startsDigit(noun) { // 总投资1200亿元的126个项目
		return true
	}
	if !startsNoun(noun) || startsPredicate(noun) {
		return false
	}
	switch {
	case s.token.unitClass == moneyUnit && limit != "" && !tied && moneyNouns.prefix(noun) == "" && !s.later:
		return holders.in(noun)
	case measured(s.token.unitClass) && limit != "":
		return tied || limit == "以下" || s.later || !firmBefore(s.head())
	case s.token.unitClass == headUnit && limit != "" && settlements.prefix(noun) != "":
		return true
	case s.token.unitClass == moneyUnit && tied:
		return true
	case s.token.unitClass == shareUnit && tied && saysLevel(s.head()):
		return aimNouns.prefix(noun) == ""
	case tied && limit != "" && s.token.unitClass != shareUnit, tied && s.token.unitClass == headUnit:
		return choosing.prefix(clauseOf(s)) != "" && !deedBefore(trimComparing(s.head()))
	}
	return false
}

// isForbidden holds for the size of what nobody may make or use: 禁止生产厚度低于0.01
// 毫米的地膜.
func isForbidden(s *site, noun string) bool {
	at, word := forbiddings.findLast(s.head())
	return at >= 0 && startsNoun(noun) && !startsPredicate(noun) && beforeWords.prefix(s.head()[at:]) == "" && deeds.suffix(s.head()[at+len(word):]) == ""
}

var forbiddings = words("禁止 严禁 不得 不准 禁用 限制 杜绝 取缔")

// isSizeOfNone holds for how big a thing is that must not happen: 不发生一次死亡
// 3人以上事故.
func isSizeOfNone(s *site) bool {
	if notToHappen.in(s.head()) && startsNoun(s.tail()) {
		part, _, _ := statesNone(clauseOf(s))
		return part.end > 0
	}
	return false
}

// isCondition holds where the clause says whom something is given to: 对营收
// 超过20%的企业奖励…, 参保人数不少于5人的,….
func isCondition(s *site, tied bool, noun string) bool {
	if tied && noun == "" || closesWith(s, "的") {
		return true
	}
	return choosers.prefix(clauseOf(s)) != "" && !firmPolicy.in(s.head()) && givenWords.in(noun) && !deedBefore(s.head())
}

// closesWith reports whether the number's clause, and not a bracket in it,
// ends with a word; a clause that ends with 的 says whom the next one is about.
func closesWith(s *site, word string) bool {
	return s.p.depth[s.token.start]&inBracket == 0 && strings.HasSuffix(s.p.text[s.token.end:s.clause.end], word)
}

// firmBefore reports whether a verb that sets the number stands before it, and
// not one that favours what is that big: 支持100公斤以上无人机.
func firmBefore(head string) bool {
	verb := deeds.suffix(trimComparing(head))
	return verb != "" && !modest.has(verb)
}

// settlements are told by how many live in them: 30户以上自然村.
var settlements = words("村 自然村 行政村 屯 社区 小区 聚居点 居民点 安置点 集镇 学校 单位 工地")

// isEvent reports whether a number says when something else happens:
// 超过30人时.
func isEvent(noun string) bool {
	return strings.HasPrefix(noun, "时") && otherTimes.prefix(noun) == ""
}

var otherTimes = words("时间 时限 时长 时效 时速 时段 时代 时尚 时期 时点 时装")

// isQualifier holds where the words before a number name a property, so that 的
// after it ties both to the noun that follows: 可提供学位2400个的新校区. A verb right
// before the number has the noun for its object instead.
func isQualifier(s *site) bool {
	rest := s.rest()
	noun, tied := strings.CutPrefix(rest[len(limits.prefix(rest)):], "的")
	if !tied || !startsNoun(noun) || s.token.unitClass == shareUnit || aimNouns.prefix(noun) != "" {
		return false
	}
	own := trimOpening(trimComparing(s.lead()))
	return own != "" && deeds.suffix(own) == "" && levels.suffix(own) == "" && adverbs.suffix(own) == ""
}

// Money can be an amount of the first nouns; of the others it is only a size.
var (
	moneyNouns = words("资金 贷款 授信 融资 投资 补贴 补助 奖金 经费 债券 基金 税费 收入 产值 消费 订单 保费 存款 信贷 增量")
	holders    = words("企业 项目 村 园区 集群 产业 基地 平台 主体 单位 商户 农户 合作社 机构 公司 市场 商圈 街区 景区")
)

var choosers = words("对 对于 凡 符合 针对")

// aimNouns after a level say that it is one to reach: 达到95%的目标.
var aimNouns = words("目标 水平 要求 比例 标准 任务")

// choosing words open a clause about those who meet a condition.
var choosing = words("对 对于 凡 符合 针对 向 为 给 经 满足 具备 拥有 属于")

func clauseOf(s *site) string { return after(s.p.text[:s.clause.end], s.clause.start, window) }

// deedBefore reports whether a verb stands right before the number.
func deedBefore(head string) bool { return deeds.suffix(trimComparing(head)) != "" }

// startsPredicate reports whether what follows goes on with a verb instead of
// naming what is counted.
func startsPredicate(s string) bool {
	return predicateStarts.prefix(s) != ""
}

var predicateStarts = words("力争 确保 实现 达到 完成 增长 下降 提高 同时 其中 并 为 以 用于 (")
