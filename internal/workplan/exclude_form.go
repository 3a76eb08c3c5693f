package workplan

import "strings"

// inName holds for what stands in quotation marks: “百千万工程”, 《…2025年…》.
func inName(s *site) bool { return s.p.depth[s.token.start]&inQuote != 0 }

// inAside holds for what a bracket explains; 其中 and 力争 in a bracket open a
// target all the same.
func inAside(s *site) bool {
	if s.p.depth[s.token.start]&inBracket == 0 {
		return false
	}
	head := s.head()
	if partOpeners.has(head) && startsNoun(s.tail()) && deeds.prefix(s.tail()) != "" {
		return true
	}
	return asideTargets.prefix(head) == ""
}

var asideTargets = words("其中 力争 包括 含 新增 新建")

// partOpeners say that a bracket names a part of the number before it. A number
// right after one, before a verb, only tells how part of it comes about: 含2座改造.
var partOpeners = words("其中 包括 含")

// isRating holds for what a thing is called by: 110千伏, 10亿级, 8.5折, 4星级.
func isRating(s *site) bool {
	if s.token.unitClass == ratingUnit && !isChannel(s) {
		return true
	}
	rest := s.rest()
	if tail, ok := strings.CutPrefix(rest, "制"); ok && s.token.unit != "" && !strings.ContainsRune(madeWords, firstRune(tail)) {
		return true // 3人制篮球场
	}
	return s.token.unit != "" && grades.prefix(rest) != ""
}

// madeWords are the characters that make a word of their own with 制 before them:
// 制造, 制度.
const madeWords = "造度定作订品播药种图冷氧剂衣"

// isChannel tells 监控500路 from the bus 30路: what is counted stands before it
// and nothing after it.
func isChannel(s *site) bool {
	head := s.head()
	return strings.HasSuffix(s.token.unit, "路") && !startsNoun(s.tail()) && startsNoun(string(lastRune(head))) &&
		!strings.HasPrefix(s.rest(), "、") && strings.Trim(head, "0123456789路、和") != ""
}

var grades = words("级 型 星级 年一遇 等级 圈 生活圈 交通圈")

// isStructure holds for how a text or a programme is divided: 6大领域, 三个方面.
func isStructure(s *site) bool {
	if s.token.unitClass == bandUnit || countsOfText(s) {
		return true
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(s.rest(), "重点"), "主要")
	if s.token.unit == "种" && sorts.in(rest) && s.comparison.before == "" {
		return true
	}
	return bandNouns.prefix(rest) != "" || s.token.numeral && partNouns.prefix(rest) != ""
}

// partNouns are parts of a plan when a numeral counts them: 八项任务.
var partNouns = words("任务 措施 举措 行动 工作 原则 制度 机制 要求 内容 工程 攻坚 改革 清单 政策")

// sorts are nouns whose kinds are told apart and not brought about.
var sorts = words("病 疾病 情形 行为 方式 方法 模式 语言 类型 症状 药物不良")

var bandNouns = words("方面 板块 环节 维度 层面 领域 重点领域 方面内容 阶段")
