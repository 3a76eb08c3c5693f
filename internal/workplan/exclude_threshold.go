package workplan

import "strings"

// isAge holds for ages that choose people: 70周岁以上老人, 0-6岁儿童. A life
// expectancy reaches an age and is a target.
func isAge(s *site) bool {
	if s.token.unitClass != ageUnit {
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
	limit := limits.prefix(s.rest())
	noun := s.rest()[len(limit):]
	tied := strings.HasPrefix(noun, "的")
	noun = strings.TrimPrefix(noun, "的")
	if isCondition(s, tied, noun) {
		return true
	}
	if tied && s.token.unitClass == moneyUnit && startsDigit(noun) { // 总投资1200亿元的126个项目
		return true
	}
	if !startsNoun(noun) || startsPredicate(noun) {
		return false
	}
	switch {
	case measured(s.token.unitClass) && limit != "":
		return tied || limit == "以下" || s.later || !deedBefore(s.head())
	case s.token.unitClass == moneyUnit && tied:
		return true
	case s.token.unitClass == shareUnit && tied && saysLevel(s.head()):
		return aimNouns.prefix(noun) == ""
	case tied && limit != "" && s.token.unitClass != shareUnit, tied && s.token.unitClass == headUnit:
		return choosing.prefix(clauseOf(s)) != "" && !deedBefore(trimComparing(s.head()))
	}
	return false
}

// isCondition holds where the clause says whom something is given to: 对营收
// 超过20%的企业奖励…, 参保人数不少于5人的,….
func isCondition(s *site, tied bool, noun string) bool {
	if tied && noun == "" {
		return true
	}
	return choosers.prefix(clauseOf(s)) != "" && !firmPolicy.in(s.head()) && givenWords.in(noun) && !deedBefore(s.head())
}

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
