package workplan

import "strings"

// frame is what a stretch of a paragraph does with its numbers: it tells of
// results, of what falls short, of what a word means. Within a frame no number
// is a target.
type frame string

const (
	pastFrame       frame = "past_result"
	shortfallFrame  frame = "shortfall"
	definitionFrame frame = "definition"
	reasonFrame     frame = "reason" // why a target was set as it is
	capacityFrame   frame = "project_capacity"
	conditionFrame  frame = "condition" // what happens in some event
)

// stance is the frame that holds at a place, and how far it reaches.
type stance struct {
	frame frame
	lasts bool // past the full stop, to the end of the paragraph
}

// change is a place where the frame changes.
type change struct {
	at int // byte of the passage
	stance
}

// openSentence ends a frame at the full stop or the paragraph that it does not
// reach across. A semicolon ends none.
func (g *group) openSentence(sentence span) {
	if sentence.start == 0 && g.before != nil {
		g.stance = g.before.stance
	}
	switch lastRune(before(g.p.text, sentence.start, 3)) {
	case ';':
	case '。', '!', '?':
		if !g.stance.lasts && goingOn.prefix(g.p.text[sentence.start:]) == "" {
			g.stance = stance{}
		}
	default:
		if continues := g.stance.frame == pastFrame && g.stance.lasts && strings.HasPrefix(g.p.text[sentence.start:], "--"); !continues {
			g.stance = stance{}
		}
	}
}

// goingOn words open a sentence that goes on with the one before it.
var goingOn = words("同时 与此同时 此外 另外 特别是 其中")

// readFrames notes where in a clause the frame changes.
func (g *group) readFrames(sentence, c span, dates []*token) {
	g.changes = g.changes[:0]
	text := after(g.p.text[:c.end], c.start, window)
	opens := strings.TrimLeft(before(g.p.text, sentence.start, 1), "\n") == "" && c.start == sentence.start
	note := func(at int, f frame, lasts bool) {
		g.changes = append(g.changes, change{c.start + at, stance{f, lasts}})
	}
	if skip := lookBack(text); skip >= 0 || g.headedByPast(c, dates) {
		note(max(skip, 0), pastFrame, opens || strings.HasPrefix(text[max(skip, 0):], "过去"))
	}
	if strings.HasSuffix(text, "说明") && opens && strings.HasPrefix(g.p.text[c.end:], ":") {
		note(0, pastFrame, true)
	}
	if projectViews.prefix(text[skipJoining(text):]) != "" {
		note(0, capacityFrame, false)
	}
	if at, lasts := fallsShort(text); at >= 0 {
		note(at, shortfallFrame, lasts)
	}
	if at := defines(text); at >= 0 {
		note(at, definitionFrame, false)
	}
	if at, word := weighing.find(text); at >= 0 && len(g.targets) > g.firstTarget {
		note(at+len(word), reasonFrame, false)
	}
	if conditions.prefix(text[skipJoining(text):]) != "" || emergencies.in(text) {
		note(0, conditionFrame, false)
	}
	for _, at := range g.turns(c, text, dates) {
		g.standing = false
		note(at, "", false)
	}
	sortChanges(g.changes)
}

func sortChanges(all []change) {
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].at < all[k-1].at; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

// frameAt is the frame that holds at a byte of the clause that was read last.
func (g *group) frameAt(at int) frame {
	held := g.stance
	for _, c := range g.changes {
		if c.at <= at {
			held = held.with(c.stance)
		}
	}
	return held.frame
}

// closeClause keeps the frame that a clause ends in.
func (g *group) closeClause() {
	for _, c := range g.changes {
		g.stance = g.stance.with(c.stance)
	}
	g.changes = g.changes[:0]
}

// with is the stance after a change: what a word means, why a target was set
// and what follows in an event are told to the end of the sentence.
func (s stance) with(next stance) stance {
	if next.frame == "" && (s.frame == definitionFrame || s.frame == reasonFrame || s.frame == conditionFrame) {
		return s
	}
	return next
}

// joining words stand before what a clause opens with.
var joining = words("同时 其中 但 但是 然而 而 另外 此外 并且 且 -- - , : “ (")

func skipJoining(text string) int {
	skip := 0
	for word := joining.prefix(text); word != ""; word = joining.prefix(text[skip:]) {
		skip += len(word)
	}
	return skip
}

// lookers open a clause that looks back.
var lookers = words("过去 刚刚过去 在过去 据统计 据测算 据调查 初步核算 经初步核算 据初步核算 初步统计 经初步统计 据初步统计 经统计 回望 回顾 去年 上年 上一年 截至 截止 历经 这五年 这一年 这三年 五年间 一年间")

// lookBack is where in a clause the words stand that open a look back, or -1:
// 过去五年, 五年来, 近三年.
func lookBack(text string) int {
	skip := skipJoining(text)
	rest := text[skip:]
	if lookers.prefix(rest) != "" {
		return skip
	}
	near, isNear := strings.CutPrefix(rest, "近")
	_, size := digitsAt(near, 2)
	if size == 0 {
		size = numeralRun(after(near, 0, 12))
	}
	tail := near[size:]
	if size == 0 && !isNear {
		return -1
	}
	tail = strings.TrimPrefix(tail, "多")
	if strings.HasPrefix(tail, "年来") || isNear && strings.HasPrefix(tail, "年") {
		return skip
	}
	return -1
}

// headedByPast reports whether a clause opens with a year or a term of years
// that was over before the plan began.
func (g *group) headedByPast(c span, dates []*token) bool {
	start := c.start + skipJoining(after(g.p.text[:c.end], c.start, window))
	for _, d := range dates {
		if (d.start != start && d.start != c.start) || leadsUpTo(g.p, d) {
			continue
		}
		return g.isOver(d, c)
	}
	return false
}

// isOver reports whether a stretch of time lies before the plan's term. In a
// text that does not give its term a year is over whose results are still
// reckoned: 2025年…预计达到.
func (g *group) isOver(d *token, c span) bool {
	if d.when.year == 0 {
		return d.when.shift < 0
	}
	if term := g.front.startsOn; !term.IsZero() {
		return d.when.end(d.when.year).Before(term)
	}
	return reckoned.in(g.p.text[d.end:c.end])
}

var reckoned = words("预计 初步核算 初步统计")

// Words that turn a text to what is to come. The openers do so only at the
// head of a clause.
var (
	turning     = words("今年 本年 本年度 明年 今后 未来 下一步 下一阶段 新的一年 接下来 力争 亟须 亟需 亟待 为此 目标是 目标为")
	turnOpeners = words("要 我们要 将要 拟 计划 必须 需要 确保 下步 到")
	aimsAhead   = words("目标 任务 要求 安排")
)

// turns are the places of a clause that turn to what is to come.
func (g *group) turns(c span, text string, dates []*token) []int {
	var found []int
	if at, _ := turning.find(text); at >= 0 {
		found = append(found, at)
	}
	rest := text[skipJoining(text):]
	if word := turnOpeners.prefix(rest); word == "到" || word != "" && !strings.HasPrefix(rest[len(word):], "了") {
		if _, size := dateAt(rest[len(word):]); word != "到" || size > 0 && !g.pastYear(rest[len(word):]) {
			found = append(found, len(text)-len(rest))
		}
	}
	if g.stance.frame == shortfallFrame && !g.stance.lasts && firmDeeds.has(deeds.prefix(rest)) { // what is to be done about it
		found = append(found, len(text)-len(rest))
	}
	if aimsAhead.suffix(text) != "" && strings.HasPrefix(g.p.text[c.end:], ":") {
		found = append(found, 0)
	}
	for _, d := range dates {
		if d.start < c.start || d.end > c.end || d.when.year == 0 || g.front.startsOn.IsZero() {
			continue
		}
		if !d.when.end(d.when.year).Before(g.front.startsOn) {
			found = append(found, d.start-c.start)
		}
	}
	return found
}

// pastYear reports whether a text begins with a year before the plan's term.
func (g *group) pastYear(text string) bool {
	w, size := dateAt(text)
	return size > 0 && w.year != 0 && !g.front.startsOn.IsZero() && w.end(w.year).Before(g.front.startsOn)
}

// Words of a passage on what falls short. That there is a lack settles it only
// where nothing is done about it in the same clause.
var (
	seen     = words("看到 认识到 意识到")
	lacks    = words("短板 问题 差距 困难 挑战 弱项 瓶颈 矛盾 不足")
	still    = words("仍 依然 还 存在 面临 较 突出 尚 不少 明显 凸显")
	remedies = words("解决 破解 补齐 补上 补足 整改 针对 聚焦 化解 排查 整治 消除 攻克 防止 直面 对照 瞄准 紧盯 围绕 克服 应对 纾解 纾困 缩小 发现 查找 梳理 帮扶 救助 处置")
)

// fallsShort is where a clause begins to tell of shortfalls, or -1; lasts
// says that the sentences after it go on with that.
func fallsShort(text string) (at int, lasts bool) {
	if at, word := seen.find(text); at >= 0 {
		return at + len(word), true
	}
	if !tellsOfLack(text) || remedies.in(text) || !saysThatItIs(text) {
		return -1, false
	}
	return 0, false
}

// tellsOfLack reports whether a lack is named for itself. One that only says whom
// or what a noun is about is none: 困难学生, 问题楼盘; nor is one that compares a
// number: 不足3天.
func tellsOfLack(text string) bool {
	for rest := text; ; {
		at, word := lacks.find(rest)
		if at < 0 {
			return false
		}
		rest = rest[at+len(word):]
		compares := wordsBefore.has(word) && startsCount(rest)
		if !compares && lackBearers.prefix(rest) == "" && !isActedOn(text, rest) {
			return true
		}
	}
}

// isActedOn reports whether a clause opens with a verb, and what it says of a lack
// only tells the object of the verb: 治理问题较突出的河道.
func isActedOn(text, rest string) bool {
	if at, word := still.find(rest); at == 0 {
		rest = rest[len(word):]
		if more, next := still.find(rest); more == 0 {
			rest = rest[len(next):]
		}
	}
	return strings.HasPrefix(rest, "的") && deeds.prefix(trimOpening(text)) != ""
}

// lackBearers after the name of a lack are those who have it.
var lackBearers = words("学生 学子 群众 群体 家庭 职工 户 农户 企业 人员 人群 老人 老年人 儿童 妇女 残疾人 毕业生 党员 群 对象 村 地区 楼盘 校车 乡镇 县 区 整改 清单 台账 线索 化解 排查 整治 调处")

// saysThatItIs reports whether a clause says that a lack is still there. 不少于
// and 较上年 compare, and say nothing of the kind.
func saysThatItIs(text string) bool {
	for rest := text; ; {
		at, word := still.find(rest)
		if at < 0 {
			return false
		}
		rest = rest[at+len(word):]
		if strings.HasPrefix(rest, "于") || word == "较" && measuredFrom(rest) {
			continue
		}
		return true
	}
}

// measuredFrom reports whether 较 holds a change against a time before.
func measuredFrom(rest string) bool {
	_, size := dateAt(rest)
	return size > 0 || strings.HasPrefix(rest, "同期") || strings.HasPrefix(rest, "基期")
}

var (
	// projectViews open a description of one project.
	projectViews = words("该项目 本项目 项目总投资 项目占地 项目建成后 建成后 达产后 投产后 全部建成后 建成达产后")
	meanings     = words("是指 系指 即指 所称 特指 指的是")
	notMeant     = words("指导 指标 指数 指定 指挥 指引 指南 指向 指派 指纹")
	weighing     = words("考虑了 考虑到 主要考虑 综合考虑 统筹考虑")
	conditions   = words("一旦 凡 如果 若 倘若 遇有 遇到")
	emergencies  = words("预警期间 响应期间 应急期间 预警时 响应时 预警的情况下 响应启动后")
)

// defines is where a clause begins to say what a word means, or -1.
func defines(text string) int {
	if at, _ := meanings.find(text); at >= 0 {
		return at
	}
	if skip := skipJoining(text); strings.HasPrefix(text[skip:], "指") && notMeant.prefix(text[skip:]) == "" {
		return skip
	}
	return -1
}
