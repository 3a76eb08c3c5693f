package workplan

import "strings"

// Words that show a number to be a fact and no aim.
var (
	done      = words("已 已经 业已 现有 现已 目前 原有 截至 截止 累计已 已累计 共有 历年 连续 完成了 实现了 达到了 新增了 建成了 增长了 提高了 下降了 取得了 荣获 获得了 拥有 建有")
	pastHeads = words("去年 上年 过去 五年来 一年来 几年来 年来 以来 截至 截止 回顾")
	compares  = words("比 较 同比 相比 比上 环比 高于 低于 基础上 与")
)

// isPast holds for results: 去年增长5%, 已建成8座.
func isPast(s *site) bool {
	head := s.head()
	if s.reported() {
		s.group.standing = true
		return true
	}
	if at, word := done.findLast(head); at >= 0 && !measuresOwning(head, at, word) {
		standing := states.has(word)
		if !standing || !deeds.in(head[at+len(word):]) {
			s.group.standing = true
			return true
		}
	}
	if s.group.standing && bareState(head) {
		return true
	}
	report := s.opening() + "," + head
	at, word := pastHeadIn(report)
	if at < 0 || compares.suffix(report[:at]) != "" {
		return false
	}
	if word == "以来" && tiedVerb(report[at+len(word):]) {
		return false
	}
	if date := governing(s, s.dates); date != nil && date.when.year != 0 && leadsUpTo(s.p, date) && date.start > s.token.start-len(report)+at {
		return false
	}
	return !aims.in(report[at+len(word):])
}

// pastHeadIn is the last word of a time that is over; in 基础上年均 it is none.
func pastHeadIn(report string) (at int, word string) {
	at, word = pastHeads.findLast(report)
	for at >= 0 && endsGround(word, report[at+len(word):]) {
		at, word = pastHeads.findLast(report[:at])
	}
	return at, word
}

// endsGround reports whether 上 of 上年 ends the words before it: 基础上年均增长.
func endsGround(word, rest string) bool { return word == "上年" && strings.HasPrefix(rest, "均") }

// measuresOwning reports whether 拥有 is part of what is measured: 专利拥有量,
// 每万人拥有床位数达到.
func measuresOwning(head string, at int, word string) bool {
	if word != "拥有" {
		return false
	}
	return measureOf.prefix(head[at+len(word):]) != "" || perEach.in(head[:at]) || strings.HasSuffix(head[:at], "人均") || raisesLevel(head)
}

var (
	measureOf = words("量 率 数")
)

// bareState reports whether a clause says where a thing stands and not that
// anything is done: after 拥有38个大类, 占比达31%.
func bareState(head string) bool {
	if lead := trimOpening(head); deeds.prefix(lead) != "" || bringsTo(head) {
		return false
	}
	if onlyChanges(trimClosing(trimOpening(head))) { // 年均增长8%, of what was told
		return true
	}
	change := changeBefore(head)
	return change == "" || behind.suffix(change) != ""
}

// reported reports whether the date that governs the number lies before the
// plan's term: “十四五”期间 in a plan for 2026.
func (s *site) reported() bool {
	term := s.group.front.startsOn
	date := governing(s, s.dates)
	if term.IsZero() || date == nil || date.start < s.clause.start || date.when.year == 0 || leadsUpTo(s.p, date) && !raisedFrom(s.head()) {
		return false
	}
	return date.when.end(date.when.year).Before(term)
}

// tiedVerb reports whether a verb with 的 follows, so that what goes before
// only says which things are meant: 2011年以来建成的.
func tiedVerb(text string) bool {
	verb, _, tied := strings.Cut(before(text, min(len(text), 36), 36), "的")
	return tied && deeds.suffix(verb) != ""
}

// raisedFrom reports whether a clause tells from what a thing was raised, so
// that 到2025年 in it is when it got there.
func raisedFrom(head string) bool {
	return strings.Contains(head, "由") || strings.Contains(head, "从")
}

// states are words of what there is; a verb after them turns to what is to be
// done: 目前全县建设3个. aims do the same for a whole sentence: 去年…, 今年力争….
var (
	states = words("目前 现有 原有 共有 历年 连续 截至 截止")
	aims   = words("今年 本年 再 力争 确保 计划 年内 明年 基础上 将 努力")
)

// isBaseline holds for where a thing stood: 由81%提高到88%, 在5%的基础上.
func isBaseline(s *site) bool {
	rest := s.tail()
	if startsFrom(s.head()) && raises.prefix(strings.TrimPrefix(pastList(rest), "逐步")) != "" {
		return true
	}
	if strings.HasPrefix(rest, "的") && strings.Contains(s.head(), "巩固") {
		return true
	}
	return strings.HasPrefix(rest, "的基础上") || strings.HasPrefix(rest, "基础上")
}

// pastList is what follows the further numbers of a list: 提高到5%、6% after
// 、4%提高到5%、6%.
func pastList(rest string) string {
	for {
		sign := listSigns.prefix(rest)
		if sign == "" || !startsDigit(rest[len(sign):]) {
			return rest
		}
		rest = rest[len(sign):]
		rest = rest[quantityAt(rest).end:]
	}
}

// startsFrom reports whether 由 or 从 stands before a number, with no more than
// a time, a measure or further numbers of a list between: 由2023年的, 从每人每月,
// 由3%、.
func startsFrom(head string) bool {
	at := max(strings.LastIndex(head, "由"), strings.LastIndex(head, "从"), strings.LastIndex(head, "自"))
	if at < 0 {
		return false
	}
	between := head[at+len("由"):]
	for between != "" {
		if _, size := dateAt(between); size > 0 {
			between = between[size:]
			continue
		}
		size := len(fromFillers.prefix(between))
		if size == 0 && startsDigit(between) {
			size = quantityAt(between).end
			if sign := listSigns.prefix(between[size:]); sign != "" {
				size += len(sign)
			} else {
				return false
			}
		}
		if size == 0 {
			return false
		}
		between = between[size:]
	}
	return true
}

var (
	fromFillers = words("的 原来 原先 原有 目前 现在 现有 当前 当时 初期 同期 每人每月 每人每年 每人 每月 每年 约 近 不足 不到 底 末 初 期末 末期")
	raises      = words("提高 增加 提升 下降 降 降低 扩大 到 至 压缩 缩短 调整 减少 上升 压减 增 提标 增长 拓展 扩 缩")
)

// isScope holds for numbers within what an action leans on: 以12家企业为核心,
// 依托3个园区.
func isScope(s *site) bool {
	clause := clauseOf(s)
	head := s.head()
	if at := strings.LastIndex(head, "以"); at >= 0 && len(head)-at < 120 {
		if rest := s.tail(); wei(rest) && !deeds.in(head[at:]) {
			return true
		}
	}
	word := leaning.prefix(clause)
	if word == "" || s.token.start-s.clause.start < len(word) {
		return false
	}
	if means.has(strings.TrimPrefix(word, "充分")) && assets.suffix(clause) != "" {
		return true
	}
	at, _ := strong(head[len(word):])
	return at < 0 && changeBefore(head) == ""
}

// strong finds a verb that shows a number after it to be an aim.
func strong(s string) (at int, verb string) {
	from := 0
	for {
		at, verb = firstDeed(s[from:])
		if at < 0 {
			return -1, ""
		}
		if !modest.has(verb) {
			return from + at, verb
		}
		from += at + len(verb)
	}
}

// leaning words open a clause that names means, ground or field.
var leaning = words("用好 用足 善用 依托 立足 围绕 聚焦 针对 按照 根据 结合 利用 面向 借助 紧扣 瞄准 紧盯 基于 充分依托 充分利用 重点围绕 重点聚焦 切实发挥 发挥 充分发挥 鉴于")

// means lean on what there is, when the clause ends in the name of an asset.
var (
	means  = words("依托 利用 发挥 立足 基于 借助 凭借")
	assets = words("优势 资源 条件 平台 基础 机遇 契机 作用 效应 潜力")
)

// wei reports whether 为 and a role follow: 为核心, 为重点.
func wei(rest string) bool {
	for i := 0; i < len(rest) && i < 90; {
		_, size := runeAt(rest, i)
		if tail, ok := strings.CutPrefix(rest[i:], "为"); ok && roles.prefix(tail) != "" {
			return true
		}
		i += size
	}
	return false
}

var roles = words("核心 主 基础 重点 主体 载体 依托 抓手 支撑 引领 龙头 骨干 单位 单元 中心 牵引 纽带 契机 主导 代表 节点 主线 突破口 统领 导向")
