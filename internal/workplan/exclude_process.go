package workplan

import "strings"

// Words of how a plan was made and how it is carried out.
var (
	gathering   = words("历时 收到 征集到 征求到 收集到")
	through     = words("经 经过 历经")
	bodies      = words("工作组 工作专班 专班 专项组 专项小组 领导小组 工作小组 小组 推进组 办公室 分指挥部 联络员 召集人 协调机制")
	seating     = words("下设 分设 内设 设有")
	rounds      = words("每月 每周 每季 每季度 每旬 每半年 每日 每天 每两月 每双月 每两周 每双周")
	steering    = words("调度 通报 报送 上报 报告 汇报 会商 研判 例会 督查 督导 碰头 议事 召开 点评 讲评 总结 分析 学习 公布 公示 更新 沟通 对账")
	evaluations = words("监测评估 评估 考核 调度 通报 督查 督导 会商 自查 自评 复盘 例会 会议")
	ways        = words("机制 模式 体系 格局 责任制")
	shaping     = words("建立 构建 形成 健全 完善 实行 推行 落实")
)

// isProcess holds for numbers of how work is organised: 下设3个工作组, 每月调度
// 1次, 经5轮论证, 建立1名链长、1个专班的工作机制.
func isProcess(s *site) bool {
	head := s.head()
	if gathering.in(head) || seating.suffix(head) != "" || bodies.prefix(s.tail()) != "" {
		return true
	}
	if clause := clauseOf(s); through.prefix(clause) != "" && startsCount(clause[len(through.prefix(clause)):]) {
		return true
	}
	if rest := before(s.rest(), min(len(s.rest()), 30), 30); strings.Contains(rest, "组成的") || strings.Contains(rest, "构成的") {
		return true
	}
	if isTurn(s.token.unit) && evaluations.prefix(s.tail()) != "" {
		return true
	}
	if (s.token.unit == "天" || s.token.unit == "小时") && rounds.in(head) {
		return true
	}
	if isTurn(s.token.unit) && (rounds.in(head) && steers(s) || steering.suffix(trimComparing(head)) != "") {
		return true
	}
	clause := s.p.text[s.clause.start:s.clause.end]
	if word := ways.suffix(clause); word != "" && shaping.in(head) {
		list := s.tail()
		return startsNoun(list) && strings.Contains(list, "的") && !strings.Contains(list, "达")
	}
	return false
}

// steers reports whether what is done every so often only steers the work: 每月
// 召开1次调度会, and not 每月巡查4次.
func steers(s *site) bool {
	text := s.head() + s.rest()
	return steering.in(text) || evaluations.in(text)
}

// isTurn reports whether a unit counts how often something is done.
func isTurn(unit string) bool { return unit == "次" || unit == "回" || unit == "轮" }

func startsCount(s string) bool { return startsDigit(s) || isNumeral(firstRune(s)) }
