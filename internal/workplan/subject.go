package workplan

import (
	"strings"
	"unicode/utf8"
)

// fillers stand before what is counted and say nothing about it.
var fillers = words("全市 全县 全区 全省 全州 全镇 全国 全域 我市 我县 我区 我省 力争 努力 争取 确保 实现 至少 最少 年内 全年 今年 当年 本年 年底前 再 要 将 拟 并 其中 共 使 推动 累计 组织 到 至 在 于 、 和 及 与 以及 , : 。 ; ( ) “ ” 目标 为 对 向 让 把 剩余 各类 各项 分别 每年 平均 底前 前 的 即 按 以 力求 保证 必须 务必 同时 还 也 都 均 原则上 另行 另外 另 目前")

// adverbs are dropped where a verb or another adverb follows.
var adverbs = words("主导 牵头 积极 大力 加快 着力 不断 持续 进一步 计划 重点 稳步 有序 深入 全面 基本 扎实 切实 力促 统筹 加大 加强 推进 全力 高标准 高质量 高水平 集中 逐步 稳妥 有效 科学 精准 依法 先行 率先 建设好")

// kept are words that begin like a filler and are none.
var kept = words("和美 和谐 和合 和睦 并网 等级 九年义务教育 向上 在线 在园 在读 在训 在职 在研 在产 在役 到期 到账 到位 以工代训 并联 全民 全科 全职 全程 全面 全龄 全域旅游 全产业链 再造 再制造 再担保 要害 将来 均摊 都江堰 共青 使命 使馆 按时 按期 按需 拟建 共有产权 对接 对标 对照 对话 对象 对外 对口 为民 为老 以旧换新 以工代赈 使用 共享 共建 共同 共富 再生 再就业 再贷款 要素 前沿 前端 前期 都市 都市圈 目标导向 向阳 和美 及时 与会 按揭 均衡 均价 还田 还款 并网 并购 将军 要道 在岗 在建 在册 在校 到户 为农 把关 于都 即墨 平均工资 平均浓度 平均寿命 平均气温 累计浓度 年底存栏")

// scopes stand between a verb and what is counted.
var scopes = words("全市 全县 全区 全省 全州 全国 剩余 各类 各项 各级 约 等 一批 年内 全年")

// fillersAfter stand between what is counted and its number.
var fillersAfter = words("原则上 每周 每月 每季度 每季 每半年 每年 每个月 定为 定在 占到 每人每年 每人每月 逐步 为 是 约 共 共计 总计 合计 各 均 分别 力争 要 再 将 也 拟 拟按 按 同比 的 、 , : 和 与 ( 等 各类 至少 最少 全年")

// quantityNouns end a name that already says what is measured.
var quantityNouns = words("数 量 率 额 额度 值 占比 比重 比例 配比 面积 收入 规模 里程 长度 次数 人数 户数 产值 投资 金额 浓度 强度 增速 涨幅 降幅 总产 产量 天数 赤字 支出 利润 价格 场次 人次 户次 学位 床位 岗位 托位 标准 寿命 年限 税收 贷款 融资 产能 装机 水平 时间 时限 能耗 用水量 指数 排名 密度 余额 库容 能力 资金 经费 预算 外资 就业 游客 增长 下降 提高 提升 增加 减少 降低 翻 成本 距离 容量")

// subjectOf is what is counted, by the words before the number, and where it
// begins in the passage.
func (f *found) readSubject() {
	s := f.site
	lead := s.lead()
	start := s.token.start - len(lead)
	trimmed := trimOpening(lead)
	f.start = start + len(lead) - len(trimmed)
	if open := strings.Index(trimmed, "“"); strings.Contains(trimmed, "”") && (open < 0 || open > strings.Index(trimmed, "”")) && strings.HasSuffix(s.p.text[:f.start], "“") {
		f.start -= len("“") // the quotation mark is part of what is quoted
	}
	text := trimClosing(dropComparisons(afterOther(trimmed)))
	f.verb, f.subject = splitVerb(text)
	if onlyChanges(text) { // 年均增长12% is a change of what came before
		f.verb, f.subject = "", ""
	}
	if at, word := services.findLast(f.subject); at > 0 && !s.first && complete.has(f.subject[at+len(word):]) {
		f.subject = f.subject[at+len(word):] // 100家企业办理续贷10亿元
	}
	for word := scopes.prefix(f.subject); word != "" && kept.prefix(f.subject) == ""; word = scopes.prefix(f.subject) {
		f.subject = strings.TrimPrefix(f.subject, word)
	}
	if follow := trimFollow(s.follow()); f.countsAfter(follow) {
		f.nounAfter = true
		f.verb = lastVerbOf(text)
		f.subject = nounOf(follow, s.token)
		if strings.HasSuffix(f.subject, "级") { // 1个千亿级、3个百亿级产业集群
			rest := s.p.text[s.token.end:s.clause.end]
			f.subject += rest[strings.LastIndex(rest, "级")+len("级"):]
		}
		f.end = s.wordEnd() + len(follow)
		return
	}
	f.end = s.wordEnd()
}

// afterOther drops a level that another number reaches before this one:
// 寿命达到10000小时、自由度.
func afterOther(text string) string {
	at := strings.LastIndex(text, "、")
	if at < 0 || !hasDigit(text[:at]) || !levels.in(text[:at]) || quantityNouns.suffix(text[:at]) != "" {
		return text
	}
	return text[at+len("、"):]
}

// onlyChanges reports whether a text is a verb of change and nothing else.
func onlyChanges(text string) bool {
	change := changeBefore(text)
	if change == "" {
		return false
	}
	switch strings.TrimSuffix(text, change) {
	case "", "年均", "平均", "累计", "年平均":
		return true
	}
	return false
}

// countsAfter reports whether the thing counted follows the number. A share
// has its subject before it, unless nothing stands there.
func (f *found) countsAfter(follow string) bool {
	if !startsNoun(strings.TrimPrefix(follow, "的")) || arranged.prefix(follow) != "" {
		return false
	}
	return f.subject == "" || f.site.token.unitClass != shareUnit && changeBefore(f.site.lead()) == "" && strings.TrimSpace(follow) != ""
}

var arranged = words("台阶 大关 关口 参与 参加 参会 安排 进行 控制 掌握 执行 用于 以 且 但 从 在 向 由 到")

// longestVerb is the most bytes of the words before a number that are taken as
// its verb whole: 新建和改扩建.
const longestVerb = 24

func lastVerbOf(text string) string {
	if len(text) <= longestVerb {
		return text
	}
	if at, verb := deeds.findLast(text); at >= 0 {
		return verb
	}
	return ""
}

// trimOpening drops the words before what is done or counted.
func trimOpening(lead string) string {
	for {
		size := openingAt(lead)
		if size == 0 {
			return lead
		}
		lead = lead[size:]
	}
}

// openingAt is the length of the date, mark or filler that a part begins with.
func openingAt(lead string) int {
	if _, size := dateAt(lead); size > 0 {
		if verb, _, tied := strings.Cut(before(lead[size:], min(len(lead)-size, 36), 36), "的"); tied && (deeds.has(verb) || completions.has(verb)) {
			return 0 // 2005年底前建成的小区
		}
		return size
	}
	if size := yearsAt(lead); size > 0 && kept.prefix(lead) == "" {
		return size
	}
	if r, size := utf8.DecodeRuneInString(lead); r >= '①' && r <= '⑳' {
		return size
	}
	if deeds.prefix(lead) != "" || kept.prefix(lead) != "" {
		return 0
	}
	if size := placeAt(lead); size > 0 {
		return size
	}
	if w := everyWords.prefix(lead); w != "" && opensEvery(w, lead[len(w):]) {
		return len(w)
	}
	if w := fillers.prefix(lead); w != "" {
		return len(w)
	}
	if w := adverbs.prefix(lead); w != "" && (deeds.prefix(lead[len(w):]) != "" || adverbs.prefix(lead[len(w):]) != "") {
		return len(w)
	}
	return 0
}

// placeAt is the length of words on where something is done: 在6大领域.
func placeAt(s string) int {
	if !strings.HasPrefix(s, "在") {
		return 0
	}
	at, word := places.find(before(s, min(len(s), 60), 60))
	if at < 0 || strings.ContainsAny(s[:at], "、,") || deeds.prefix(s[at+len(word):]) == "" && adverbs.prefix(s[at+len(word):]) == "" {
		return 0
	}
	return at + len(word)
}

var places = words("领域 方面 环节 范围内 地区 区域 行业 过程中")

// yearsAt is the length of a stretch of years: 三年, 3年内.
func yearsAt(s string) int {
	_, size := digitsAt(s, 2)
	if size == 0 {
		size = numeralRun(after(s, 0, 9))
	}
	if size == 0 || !strings.HasPrefix(s[size:], "年") {
		return 0
	}
	return size + len("年") + len(words("内 累计 共").prefix(s[size+len("年"):]))
}

func trimClosing(text string) string {
	for {
		word := levels.suffix(text)
		if word == "" {
			word = wordsBefore.suffix(text)
		}
		if filler := fillersAfter.suffix(text); len(filler) > len(word) {
			word = filler
		}
		if word == "" || deeds.has(text) || len(deeds.suffix(text)) > len(word) {
			return text
		}
		text = strings.TrimSuffix(text, word)
	}
}

// dropComparisons takes out what a change is measured from: 较去年, 比2020年.
func dropComparisons(text string) string {
	for _, sign := range []string{"较", "比", "同比", "环比", "由", "从"} {
		at := strings.LastIndex(text, sign)
		if at < 0 {
			continue
		}
		tail := text[at+len(sign):]
		switch _, size := dateAt(tail); {
		case at > 0 && (sign == "由" || sign == "从") && hasDigit(tail[size:]):
			text = text[:at]
		case size > 0 && (at > 0 || onlyChanges(tail[size:])):
			text = text[:at] + tail[size:]
		}
	}
	return strings.ReplaceAll(text, "同比", "")
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func trimFollow(follow string) string {
	follow = strings.TrimRight(follow, "、和及与并,:")
	for _, word := range []string{"建设任务", "改造任务", "任务", "目标"} {
		if follow == word {
			return ""
		}
	}
	return follow
}

// complete verbs name what they are done to: 造林.
var complete = words("授信 减税降费 续贷 造林 营造林 植树 绿化 播种 改厕 清淤 就业 转移就业 节水 投资 灌溉 培训 演练 招商 引资 贷款 融资 出口 销售 屠宰 出栏 巡查 检查 抽检 排查 走访 检测 筛查 普查 调查")

// splitVerb parts what is done from what it is done to. Of two verbs in a row
// (完成新增) the second says what is counted.
func splitVerb(text string) (verb, subject string) {
	if rest, ok := strings.CutPrefix(text, "突破"); ok && rest != "" { // 突破关键技术30项
		return "突破", rest
	}
	verb = deeds.prefix(text)
	subject = text[len(verb):]
	if verb == "生产" && strings.HasPrefix(subject, "安全") {
		return "", text
	}
	if next := deeds.prefix(subject); next != "" && verb != "" && next == subject && !complete.has(next) {
		return next, ""
	}
	return verb, subject
}

// results are the verbs that say what becomes of the thing counted.
var results = words("申报 纳入 进入 列入 入选 入驻 上线 上云 通过 达到 实现 获得 获评 完成 建成 参加 参与 上市 开展 接入 晋升 升规")

var services = words("进行 提供 开展 实施 发放 办理 给予")

// nounOf is the name of what stands after a number: 企业申报省重点项目 gives
// 申报省重点项目企业.
func nounOf(follow string, t *token) string {
	follow, _, _ = strings.Cut(strings.TrimPrefix(follow, "的"), "用于")
	if at, word := services.find(follow); at > 0 {
		return follow[:at] + follow[at+len(word):]
	}
	if at, _ := results.find(follow); at > 0 && at <= 36 && !strings.Contains(follow[:at], "、") {
		if t.unitClass == shareUnit {
			return follow[at:] + "的" + follow[:at]
		}
		return follow[at:] + follow[:at]
	}
	if at := strings.LastIndex(follow, "的"); at > 0 && (strings.Contains(follow[:at], "、") || at > 30) && len(follow)-at > 6 {
		return follow[at+len("的"):]
	}
	if short := strings.TrimSuffix(follow, "任务"); !rankings.has(short) {
		return short
	}
	return follow
}

// rankings say nothing without the noun they stand before.
var rankings = words("重点 主要 年度 中心 各项 目标")
