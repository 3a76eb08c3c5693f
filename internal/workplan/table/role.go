package table

import (
	"strings"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
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
	Allotted         // 下达资金, 债务限额, 招聘人数: handed out or offered, and no target
	Condition        // 学历, 年龄: who may have what is offered
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
	case lexicon.SerialHeads.Has(text):
		return Serial, true
	case lexicon.UnitHeads.Has(text):
		return Unit, true
	case lexicon.BindingHeads.In(text):
		return Nature, true
	case lexicon.PointHeads.In(text):
		return Points, true
	case lexicon.YearHeads.Has(text):
		return Years, true
	case lexicon.PersonHeads.Has(text):
		return Condition, true
	case lexicon.WholeAreaHeads.Has(text):
		return Area, true
	case text == "累计":
		return Change, true
	case lexicon.ReachedHeads.Has(text):
		return Result, true
	case lexicon.WholeHeads.Has(text):
		return Whole, true
	}
	return Other, false
}

func roleOf(text string, c Column) Role {
	if r, ok := exactRole(text); ok || text == "" {
		return r
	}
	if r := agencyRole(text); r != Other {
		return r
	}
	switch {
	case isAside(text):
		return Aside
	case lexicon.DueLabels.In(text):
		return Due
	case lexicon.LongUnitHeads.In(text):
		return Unit
	case c.Unit == "" && namesPlaces(text):
		return Area
	}
	return figureRole(text, c)
}

// namesPlaces reports whether a head is about places, and not about what there is in them: 乡镇(街道),
// 县区名称, but not 农村居民收入, 园区产值.
func namesPlaces(text string) bool {
	word := lexicon.AreaHeads.Prefix(text)
	return lexicon.AreaHeads.Suffix(strings.TrimSuffix(text, ")")) != "" || word != "" && (strings.HasSuffix(text, ")") || lexicon.PlaceHeadTails.Has(text[len(word):]))
}

// isAside reports whether a head says that its column is beside the targets. The words for that are
// what a head, or a part of it, is about: they end it, or open one that goes on with no noun of its
// own (总投资额). Within another word, as in 设备数 and 宣传说明会, they say nothing.
func isAside(text string) bool {
	if lexicon.AsideHeads.Has(text) || strings.HasSuffix(text, "领导") {
		return true
	}
	if lexicon.GoalHeads.In(text) {
		return false
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、和及与()", r) }) {
		word, opening := lexicon.AsideHeads.Suffix(part), lexicon.AsideHeads.Prefix(part)
		if word == part && word != "" || length(word) > 1 {
			return true
		}
		if rest := strings.TrimPrefix(part, opening); length(opening) > 1 && (lexicon.NeutralTails.Has(rest) || lexicon.AsideHeads.Has(rest)) {
			return true
		}
	}
	return false
}

// Words in the heads of columns of agencies.
var (
	leadHeads        = lexicon.AgencyVerb.Of("lead")
	jointHeads       = lexicon.AgencyVerb.Of("joint")
	responsibleHeads = lexicon.AgencyLabel.Of("responsible")
)

// agencyRole reads the heads of columns of agencies; it is Other for any other.
func agencyRole(text string) Role {
	responsible := responsibleHeads.In(text) || lexicon.AgentHeads.Has(text)
	switch {
	case responsible && lexicon.FirstPlaceWords.In(text):
		return FirstLeads
	case leadHeads.In(text) && !strings.Contains(text, "领导"):
		return Lead
	case jointHeads.In(text):
		return Joint
	case responsible:
		return Responsible
	}
	return Other
}

// SaysWhoAnswers reports whether a head is that of a column of agencies that answer for what a row says.
func SaysWhoAnswers(head string) bool {
	switch agencyRole(withoutMarks(head)) {
	case Responsible, FirstLeads:
		return true
	}
	return false
}

// figureHead is the head of a column of figures, or of what names them.
type figureHead struct {
	text   string // without 比上年, where it says that the figure is a change
	year   bool   // it names a year
	part   bool   // it names a part of a year
	change bool   // it says that the figure is a change
	share  bool   // the figure is a share
	unit   bool   // it names a unit
}

// figureRoles are the roles of such heads; the first whose words fit decides.
var figureRoles = []struct {
	role Role
	fits func(h figureHead) bool
}{
	{Allotted, func(h figureHead) bool { return isAllotted(h.text) }},
	{Result, func(h figureHead) bool { // 完成全年目标(%)
		return strings.HasPrefix(h.text, "完成") && lexicon.GoalHeads.In(h.text) && h.share
	}},
	{Result, func(h figureHead) bool {
		return h.part && !h.year && lexicon.BaseHeads.In(h.text) && !lexicon.GoalHeads.In(h.text)
	}},
	{BaseChange, func(h figureHead) bool {
		return h.change && lexicon.BaseHeads.In(h.text) && !lexicon.GoalHeads.In(strings.ReplaceAll(h.text, "预计", ""))
	}},
	{Change, func(h figureHead) bool {
		return h.change && !lexicon.ResultHeads.In(strings.ReplaceAll(h.text, "同比增长", "增长")) && length(h.text) <= longestChange(h.named())
	}},
	{Result, func(h figureHead) bool { return lexicon.ShareDoneHeads.In(h.text) }},
	{Other, func(h figureHead) bool {
		return h.unit && !h.named() && deedOf(h.text) != "" && !lexicon.ResultHeads.In(h.text)
	}},
	{Base, func(h figureHead) bool {
		return lexicon.DoneHeads.In(h.text) && (h.year && !h.part || lexicon.YearBeforeHeads.In(h.text))
	}},
	{Result, func(h figureHead) bool {
		return lexicon.DoneHeads.In(h.text) || lexicon.ResultHeads.In(h.text) && !lexicon.GoalHeads.In(h.text)
	}},
	{Goal, func(h figureHead) bool { // “十三五”规划目标
		return h.named() && strings.Contains(h.text, "规划目标") || h.year && strings.Contains(h.text, "五”")
	}},
	{Base, func(h figureHead) bool {
		return h.named() && lexicon.BaseHeads.In(h.text) && !lexicon.FirmGoalHeads.In(h.text) && !strings.Contains(h.text, "目标")
	}},
	{Goal, func(h figureHead) bool { return h.named() && lexicon.GoalHeads.In(h.text) }},
	{Year, figureHead.named},
	{Base, func(h figureHead) bool {
		return lexicon.BaseHeads.In(h.text) && !lexicon.GoalHeads.In(h.text) && !lexicon.NamedThingHeads.In(h.text)
	}},
	{Goal, func(h figureHead) bool {
		return lexicon.FirmGoalHeads.In(h.text) && !lexicon.FinerNameHeads.Has(h.text)
	}},
	{Category, func(h figureHead) bool { return lexicon.CategoryHeads.In(h.text) && !lexicon.FinerNameHeads.In(h.text) }},
	{Goal, func(h figureHead) bool { return lexicon.GoalHeads.Has(h.text) }},
	{Name, func(h figureHead) bool { return lexicon.NameHeads.In(h.text) }},
}

// isAllotted reports whether a head says that its figures were handed out by those above:
// 下达资金, 分配额度, 省级补助资金, 新增债务限额.
func isAllotted(text string) bool {
	if lexicon.DebtWords.In(text) && lexicon.DebtLimits.Suffix(text) != "" {
		return true
	}
	nouns := lexicon.AllottedNouns.Suffix(text)
	before := strings.TrimSuffix(text, nouns)
	if at := strings.LastIndexByte(before, '/'); at >= 0 {
		before = before[at+1:]
	}
	return nouns != "" && (lexicon.AllottingVerbs.In(before) || lexicon.FundSources.Prefix(before) != "")
}

// IsAllotment reports whether the title of a table says that it hands money out: 资金分配表,
// 债务限额表.
func IsAllotment(title string) bool {
	at, word := lexicon.FundTitles.Find(title)
	return at >= 0 && lexicon.FundTitleActs.In(title[at:]) && (word != "限额" || lexicon.DebtWords.In(title))
}

// named reports whether a head names a time.
func (h figureHead) named() bool { return h.year || h.part }

// figureRole reads the heads of columns of figures, and of what names them.
func figureRole(text string, c Column) Role {
	h := figureHead{text: text, year: c.Year != 0, part: c.Ends != 0, change: lexicon.ChangeHeads.In(withoutMeans(text)), unit: c.Unit != ""}
	h.share = c.Unit == "%" || strings.HasSuffix(text, "比例") || strings.HasSuffix(text, "率")
	if h.change {
		h.text = beforeChange.Replace(text)
	}
	for _, r := range figureRoles {
		if r.fits(h) {
			return r.role
		}
	}
	return Other
}

// beforeChange drops what a change is measured from.
var beforeChange = strings.NewReplacer("比上年", "", "较上年", "", "比去年", "", "较去年", "")

// lexicon.NamedThingHeads are heads of names.

// deedOf is what a head says is done: 投资 of 完成投资, "" for 完成值 and its like, which
// say what was.
func deedOf(text string) string {
	rest, ok := strings.CutPrefix(text, "完成")
	if !ok || length(rest) < 2 || lexicon.DoneTails.Prefix(rest) != "" {
		return ""
	}
	return rest
}

// lexicon.DoneTails open what stands after 完成 where it is no deed.

// withoutMeans drops the means over a year that are no changes: 年均浓度.
func withoutMeans(text string) string {
	const yearly = "年均"
	before, rest, ok := strings.Cut(text, yearly)
	if !ok || rest == "" || !unicode.Is(unicode.Han, firstRune(rest)) || lexicon.ChangeOpenings.Prefix(rest) != "" {
		return text
	}
	return before + rest
}

// lexicon.YearBeforeHeads name the year before.

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
	if listsUnits(inner) {
		return s[:at] + s[end+1:], ""
	}
	return s[:at] + s[end+1:], strings.TrimPrefix(strings.TrimPrefix(inner, "单位:"), "单位")
}

// listsUnits reports whether brackets hold units of which each row has one: 家/亿元/%. Nothing is taken
// per share.
func listsUnits(s string) bool {
	at := strings.IndexByte(s, '/')
	return at >= 0 && strings.ContainsAny(s[at:], "%‰")
}

// LooksLikeUnit reports whether brackets may hold a unit: few characters without a
// figure, none of them a sign of a sentence.
func LooksLikeUnit(s string) bool {
	n := length(s)
	s = withoutPower(s)
	if n == 0 || n > 12 || strings.ContainsAny(s, "0123456789、,;:。“”") && !strings.HasPrefix(s, "单位") {
		return false
	}
	if rest := strings.TrimPrefix(s, "单位"); lexicon.NotUnits.In(rest) || strings.ContainsRune("一二三四五六七八九", firstRune(s)) { // (一期)
		return false
	}
	return lexicon.UnitMarks.In(s) || lexicon.UnitEndings.Suffix(s) != "" || unitWords.Has(s[len(lexicon.Magnitudes.Prefix(s)):])
}

// unitWords are the units that brackets may hold alone: (盏). Those that say how a text is divided
// or what a thing is called by are none of a column, and times stand there as periods.
var unitWords = func() lexicon.Words {
	var all []string
	for word, class := range quantity.Words() {
		switch class {
		case quantity.BandUnit, quantity.RatingUnit, quantity.TimeUnit:
		default:
			all = append(all, word)
		}
	}
	return lexicon.Of(all...)
}()

// withoutPower is a unit without the figures of the power of ten that it is taken per: 人/万
// of 人/10万, /万 of 1/10万.
func withoutPower(s string) string {
	over, under, ok := strings.Cut(s, "/")
	if !ok {
		return s
	}
	if rest, figures := strings.CutPrefix(under, "1"); figures {
		under = strings.TrimLeft(rest, "0")
	}
	if over == "1" {
		over = ""
	}
	return over + "/" + under
}

// lexicon.NotUnits are parts of what brackets explain.

// lexicon.GoalHeadNouns say that a column holds targets, and not of what.
