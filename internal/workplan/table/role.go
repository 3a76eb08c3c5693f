package table

import (
	"strings"
	"unicode/utf8"
)

// Role says what a column of a table is for.
type Role int

// The roles. Which years are to come, and which are past, depends on the plan: a head
// that names no more than a year is Year.
const (
	Other       Role = iota
	Serial           // 序号
	Category         // 类别, 一级指标
	Name             // 指标, 任务
	Area             // the rows are places: 乡镇
	Years            // the rows are years: 年度
	Unit             // 计量单位
	Base             // 基期, 上年完成
	BaseChange       // 上年增长
	Year             // 2025年
	Goal             // 目标值
	Change           // 增速, 年均, 累计: a target of growth beside the level's
	PastGoal         // what an earlier plan set
	Result           // 完成率, 位次
	Points           // 分值
	Nature           // 属性
	Due              // 完成时限
	Lead             // 牵头单位
	Joint            // 配合单位
	Responsible      // 责任单位
	FirstLeads       // 责任单位, the first of which leads
	Aside            // 备注, 分管领导
	Place            // the column of one place: 青石镇
	Whole            // 合计 beside columns of places
)

// columnOf reads a head.
func columnOf(head Cell) Column {
	c := Column{Head: head.Text, Place: head.Line}
	text := withoutMarks(head.Text)
	text, c.Unit = cutUnit(text)
	c.Year, c.Ends = yearIn(text), monthsIn(text)
	c.Name = nameOfHead(text)
	c.Role = roleOf(text, c)
	if c.Role != Change && c.Role != BaseChange && c.Unit == "" && strings.HasSuffix(text, "%") {
		c.Unit = "%"
	}
	return c
}

// heads that are known by whole words, before those known by a part.
func exactRole(text string) (Role, bool) {
	switch {
	case serialHeads.is(text):
		return Serial, true
	case unitHeads.is(text):
		return Unit, true
	case natureHeads.in(text):
		return Nature, true
	case pointHeads.in(text):
		return Points, true
	case yearHeads.is(text):
		return Years, true
	case areaHeadsExact.is(text):
		return Area, true
	case text == "累计":
		return Change, true
	case wholeHeads.is(text):
		return Whole, true
	}
	return Other, false
}

func roleOf(text string, c Column) Role {
	if r, ok := exactRole(text); ok {
		return r
	}
	switch {
	case text == "":
		return Other
	case leadHeads.in(text) && !strings.Contains(text, "领导"):
		if responsibleHeads.in(text) && firstLeadsWords.in(text) {
			return FirstLeads
		}
		return Lead
	case jointHeads.in(text):
		return Joint
	case responsibleHeads.in(text):
		if firstLeadsWords.in(text) {
			return FirstLeads
		}
		return Responsible
	case asideHeads.is(text) || asideHeads.in(text) && !goalHeads.in(text) || strings.HasSuffix(text, "领导"):
		return Aside
	case dueHeads.in(text):
		return Due
	case unitHeads[1:].in(text):
		return Unit
	case areaHeads.in(text):
		return Area
	}
	return figureRole(text, c)
}

// figureRole reads the heads of columns of figures, and of what names them.
func figureRole(text string, c Column) Role {
	named := c.Year != 0 || c.Ends != 0
	change := changeHeads.in(text)
	if change {
		text = strings.NewReplacer("比上年", "", "较上年", "", "比去年", "", "较去年", "").Replace(text)
	}
	switch {
	case strings.HasPrefix(text, "完成") && goalHeads.in(text) && (c.Unit == "%" || strings.HasSuffix(text, "比例") || strings.HasSuffix(text, "率")):
		return Result
	case c.Ends != 0 && c.Year == 0 && baseHeads.in(text) && !goalHeads.in(text):
		return Result
	case change && baseHeads.in(text) && !goalHeads.in(strings.ReplaceAll(text, "预计", "")):
		return BaseChange
	case change && !resultHeads.in(strings.ReplaceAll(text, "同比增长", "增长")) && length(text) <= longestChange(named):
		return Change
	case firmResults.in(text):
		return Result
	case doneHeads.in(text) && (named && c.Ends == 0 || baseYears.in(text)):
		return Base
	case doneHeads.in(text) || resultHeads.in(text) && !goalHeads.in(text):
		return Result
	case named && strings.Contains(text, "规划目标"), named && c.Year != 0 && strings.Contains(text, "五”"):
		return Goal
	case named && baseHeads.in(text) && !firmGoals.in(text) && !strings.Contains(text, "目标"):
		return Base
	case named && goalHeads.in(text):
		return Goal
	case named:
		return Year
	case baseHeads.in(text) && !goalHeads.in(text) && !nameHeads[:6].in(text):
		return Base
	case firmGoals.in(text) && !finerHeads.is(text):
		return Goal
	case categoryHeads.in(text) && !finerHeads.in(text):
		return Category
	case goalHeads.is(text):
		return Goal
	case nameHeads.in(text):
		return Name
	}
	return Other
}

// baseYears name the year before.
var baseYears = words("上年 去年 上一年")

// longestChange is the most characters of a head that says no more than by how much:
// in a longer one 增长 belongs to the name of what is measured.
func longestChange(named bool) int {
	if named {
		return 24
	}
	return 12
}

// withoutMarks drops the marks of footnotes and the spaces of a head.
func withoutMarks(s string) string {
	return strings.TrimRight(strings.ReplaceAll(s, " ", ""), "*①②③④⑤⑥⑦⑧⑨⑩")
}

// cutUnit parts a head or name from the unit in brackets at its end; the unit is ""
// where the brackets hold something else.
func cutUnit(s string) (rest, unit string) {
	at := strings.LastIndexByte(s, '(')
	end := strings.LastIndexByte(s, ')')
	if at <= 0 || end < at {
		return s, ""
	}
	inner := s[at+1 : end]
	if !LooksLikeUnit(inner) {
		return s, ""
	}
	return s[:at] + s[end+1:], strings.TrimPrefix(strings.TrimPrefix(inner, "单位:"), "单位")
}

// LooksLikeUnit reports whether brackets may hold a unit: few characters without a
// figure, none of them a sign of a sentence.
func LooksLikeUnit(s string) bool {
	n := length(s)
	if n == 0 || n > 12 || strings.ContainsAny(s, "0123456789、,;:。“”") && !strings.HasPrefix(s, "单位") {
		return false
	}
	if rest := strings.TrimPrefix(s, "单位"); noUnits.in(rest) {
		return false
	}
	return unitSigns.in(s) || unitEnds.suffix(s) != ""
}

// noUnits are parts of what brackets explain.
var noUnits = words("单位 的 为 含 不 及其 包括 其中 街道 乡镇 镇街 区县 县区")

var (
	unitSigns = words("% ‰ / 单位:")
	unitEnds  = words("元 人 户 个 家 亩 吨 公里 千米 米 平方米 平方公里 公顷 立方米 方 件 项 座 处 所 张 台 辆 套 只 头 羽 斤 公斤 千克 克 升 岁 年 天 次 人次 场 期 例 起 宗 分 位 名 对 条 株 棵 间 栋 片 千瓦 千瓦时 兆瓦 吉瓦 度 小时 分钟 吨标准煤 吨标煤 标准煤 美元 万 亿 倍 百分点 点 部 艘 架 列 组 支 批 册 箱 标箱 TEU 人年 床 桩 站 道 口 眼 孔 里 团 篇 幅 尾 匹 班 学位 车位 村 社区")
)

// yearIn is the year that a head names last: 2025年, “十四五”目标. A plan that is named
// by its number ends with that year.
func yearIn(s string) int {
	year := 0
	for i := 0; i+4 <= len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			continue
		}
		n, k := 0, i
		for k < len(s) && s[k] >= '0' && s[k] <= '9' && k < i+5 {
			n = n*10 + int(s[k]-'0')
			k++
		}
		if k == i+4 && n >= 1900 && n < 2200 {
			year = n
		}
		i = k - 1
	}
	if year != 0 {
		return year
	}
	for i, digit := range []string{"一", "二", "三", "四", "五", "六", "七"} {
		if strings.Contains(s, "十"+digit+"五") {
			return 2010 + 5*i
		}
	}
	return 0
}

var partsOfYear = []struct {
	word string
	ends int
}{
	{"前三季度", 9}, {"前三个季度", 9}, {"上半年", 6}, {"下半年", 12}, {"一季度", 3}, {"二季度", 6}, {"三季度", 9}, {"四季度", 12},
	{"1季度", 3}, {"2季度", 6}, {"3季度", 9}, {"4季度", 12}, {"一至三季度", 9}, {"1-3月", 3}, {"1-6月", 6}, {"1-9月", 9}, {"1-12月", 12}, {"全年", 12},
}

// monthsIn is the month that the part of a year in a head ends with, else 0.
func monthsIn(s string) int {
	for _, p := range partsOfYear {
		if strings.Contains(s, p.word) {
			return p.ends
		}
	}
	return 0
}

// nameOfHead is what a head measures: without the year and the words for a target.
func nameOfHead(s string) string {
	s = strings.ReplaceAll(s, "/", "")
	for _, opening := range []string{"其中:", "其中"} {
		s = strings.Replace(s, opening, "", 1)
	}
	if at := strings.Index(s, "年"); at == 4 && yearIn(s[:4]) != 0 {
		s = s[at+len("年"):]
	}
	for _, word := range []string{"目标任务数", "目标任务", "目标值", "目标数", "任务数", "计划数", "任务量", "年度目标", "年度任务", "目标", "任务"} {
		if s == word {
			return ""
		}
	}
	return s
}

// isFigure reports whether a cell holds no more than a number with its unit and what
// compares it.
func isFigure(s string) bool {
	for word := figureOpens.prefix(s); word != ""; word = figureOpens.prefix(s) {
		s = s[len(word):]
	}
	s = strings.TrimLeft(s, "≥≤≧≦⩾⩽><=[(-+±")
	if s == "" || s[0] < '0' || s[0] > '9' {
		return false
	}
	others := 0
	for _, r := range s {
		if (r < '0' || r > '9') && !strings.ContainsRune(".,%-[]()±+*/", r) {
			others++
		}
	}
	return others <= longestWords
}

// longestWords is the most characters beside a figure: its unit, and 以上.
const longestWords = 8

// opensFigure reports whether a cell begins with a figure that is no year and no part of
// one, as no head does.
func opensFigure(s string) bool {
	s = strings.TrimLeft(s, "≥≤><[(-")
	return s != "" && s[0] >= '0' && s[0] <= '9' && yearIn(s) == 0 && monthsIn(s) == 0
}

// IsBlank reports whether a cell says nothing: blank, or a stroke in its place.
func IsBlank(s string) bool { return strings.Trim(s, "-—–/\\一_…. ") == "" }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
