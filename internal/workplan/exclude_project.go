package workplan

import (
	"strconv"
	"strings"
)

// projects are nouns that a capacity belongs to.
var projects = words("项目 工程 机组 电站 电厂 生产线 产线 装置 基地 光伏 风电 水库 码头 变电站 煤矿 油料 产能")

// makes are words right before a capacity.
var makes = words("年产 日产 日处理 年处理 年加工 装机 总装机 库容 规模为 总投资 投资 占地 总占地 日供 年供 产能 单机 载重 总建筑面积")

// phases end the name of a project that a capacity follows: 二期30万辆整车.
var phases = words("一期 二期 三期 四期 五期 项目 基地")

// isCapacity holds for how big one project is: 年产60万吨油料项目. With a verb
// right before the number it is the aim itself: 淘汰落后产能30万吨.
func isCapacity(s *site) bool {
	if sizesProject(s) {
		return true
	}
	switch s.token.unitClass {
	case massUnit, powerUnit, otherUnit, moneyUnit, areaUnit, lengthUnit:
	case countUnit:
		if !magnitudes.has(strings.TrimSuffix(s.token.unit, strings.TrimLeft(s.token.unit, "十百千万亿"))) || wholes.has(strings.TrimLeft(s.token.unit, "十百千万亿")) {
			return false
		}
	default:
		return false
	}
	if s.comparison.before != "" || s.comparison.after != "" {
		return false
	}
	noun := strings.TrimPrefix(s.rest(), "的")
	if !startsNoun(noun) || startsPredicate(noun) {
		return false
	}
	if makes.suffix(s.head()) != "" || phases.suffix(s.head()) != "" {
		return true
	}
	_, verb := deeds.findLast(s.head())
	if verb != "" && strings.HasSuffix(s.head(), verb) && !modest.has(verb) || strings.HasSuffix(s.head(), "剩余") {
		return false
	}
	at, _ := projects.find(noun)
	return at >= 0 && at < 60
}

// wholes count projects and those they are for, not what a project makes.
var wholes = words("个 家 项 处 户 座 所 条")

// sizesProject holds where a word of size stands right before the number and
// the clause goes on to name the project: 总投资36亿元、年产1万台的制造基地.
func sizesProject(s *site) bool {
	if makes.suffix(trimComparing(s.head())) == "" || s.comparison.after != "" {
		return false
	}
	rest := s.rest()
	if lead := trimOpening(s.lead()); strings.HasPrefix(lead, "总投资") || strings.HasPrefix(lead, "占地") || strings.HasPrefix(lead, "总占地") {
		return true
	}
	if !startsNoun(strings.TrimPrefix(rest, "的")) && makes.prefix(strings.TrimPrefix(rest, "、")) == "" {
		return false
	}
	at, _ := projects.find(rest)
	return at >= 0
}

// countsNames holds for a number that only counts the names before it:
// 长白山、三江、吉光3个省实验室.
func countsNames(s *site) bool {
	if s.comparison.before != "" || s.comparison.after != "" || s.token.isRange() || !startsNoun(s.tail()) {
		return false
	}
	list := s.lead()
	if at, verb := deeds.findLast(list); at >= 0 {
		if made.has(verb) { // 建成城北、城南2所学校
			return false
		}
		list = list[at+len(verb):]
	}
	names := strings.Split(list, "、")
	last := names[len(names)-1]
	return len(names) > 1 && s.token.value == strconv.Itoa(len(names)) && last != "" && len(last) <= longestListed
}

// made are verbs of what was not there before, or is done to each thing named.
var made = words("新建 建成 新建成 新增 新设 开工 新开工 改造 扩建 改建 改扩建 迁建 完成 竣工 投用 建成投用 创成 引进 新开通 开通 修缮 修复 拆除")

// isUpkeep holds where a verb that sets no number wants what exists to do
// better: 推动2家实验室提质.
func isUpkeep(s *site) bool {
	if s.comparison.before != "" || s.comparison.after != "" || s.token.unitClass != countUnit {
		return false
	}
	urge := urging.suffix(trimComparing(s.head()))
	wish := upkeep.suffix(s.p.text[s.token.end:s.clause.end])
	if urge == "" || wish == "" || !startsNoun(s.tail()) {
		return false
	}
	return !drives.has(urge) || !betterments.has(wish)
}

// drives carry a work out that can be counted where it is one of betterments:
// 推进9个农贸市场提质. Others only wish it well: 支持, 促进.
var (
	drives      = words("推进 加快")
	betterments = words("提质 扩优提质 改造提质 晋位升级")
)

var (
	urging = words("推动 支持 促进 推进 加快 引导 促使")
	upkeep = words("提质 提质增效 做大做强 做优做强 做强做优 做优做强做大 高质量发展 健康发展 高效运营 高效运行 稳定运行 发展壮大 晋位升级 加快发展 创新发展")
)

// longestListed is the most bytes of the last name of such a list.
const longestListed = 36

// isRhetoric holds for numerals that are a manner of speaking: 一个窗口, 两个
// 毫不动摇. A numeral is a target where a verb or a comparison calls for it.
func isRhetoric(s *site) bool {
	if !s.token.numeral || s.token.unitClass == shareUnit && s.token.unit != "成" {
		return false
	}
	if s.comparison.before != "" || s.comparison.after != "" || s.token.isRange() {
		return false
	}
	if s.token.value == "0" {
		return !happensBadly(s)
	}
	if s.token.unit == "批" {
		return true
	}
	if s.token.value == "1" && s.token.unitClass == eventUnit && s.token.unit == "次" {
		return true
	}
	head := trimComparing(s.head())
	verb := deeds.suffix(head)
	if s.token.value == "1" && firmDeeds.has(verb) || s.token.value != "1" && (verb != "" || levels.suffix(s.head()) != "") {
		return false
	}
	if startsNoun(s.tail()) {
		return !s.repeats()
	}
	return !broughtAbout(s)
}

// happensBadly reports whether 零 before a unit counts what must not be: 重大事故零起,
// and not the 零件 of a machine.
func happensBadly(s *site) bool {
	switch senseAtEnd(trimClosing(s.head())) {
	case badEvent, badThing:
		return !startsNoun(s.tail())
	}
	return false
}

// broughtAbout reports whether the item that ends in a number says what is
// done, or goes on with a list that does: 新建书房一个、泵站三座.
func broughtAbout(s *site) bool {
	item := s.head()
	if at := strings.LastIndex(item, "、"); at >= 0 {
		item = item[at+len("、"):]
	}
	if s.token.value != "1" && deeds.in(item) {
		return true
	}
	if item = trimOpening(item); firmDeeds.has(deeds.prefix(item)) && !strings.ContainsAny(item, "每各") {
		return true
	}
	return s.continuesList()
}

// repeats reports whether a numeral before the thing it counts follows a target
// of that form in a list: 新建两个书房、三座泵站.
func (s *site) repeats() bool {
	if s.previous == nil || s.previous.clause != s.clause || !s.previous.token.numeral || !bothCounted(s, s.previous) {
		return false
	}
	gap := s.p.text[s.previous.wordEnd():s.token.start]
	return startsNoun(gap) && listSigns.suffix(gap) != "" && len(gap) <= window
}

// continuesList reports whether the thing before a number stands in a list
// after the target before it, which is no share: 书房一个、泵站三座.
func (s *site) continuesList() bool {
	if s.previous == nil || s.previous.clause != s.clause || s.token.unitClass == shareUnit || s.previous.token.unitClass == shareUnit {
		return false
	}
	gap := s.p.text[s.previous.wordEnd():s.token.start]
	sign := listSigns.prefix(gap)
	return sign != "" && len(gap) > len(sign) && len(gap) <= window && !strings.ContainsAny(gap, "每各")
}

// firmDeeds bring about something that can be counted even when it is one.
var firmDeeds = words("完成 新增 新建 建成 举办 承办 引进 落地 创建 争创 创成 开工 新开工 新引进 新创建 新认定 新增设 增设 建立 建设 培育 新培育 新打造 获批 认定")
