package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// unitClass says what sort of thing a unit word measures, as far as the rules
// of the language care.
type unitClass int

const (
	noUnit     unitClass = iota
	countUnit            // 个, 家, 户次: things one by one
	eventUnit            // 场, 期: things that happen
	headUnit             // 人, 名: people
	shareUnit            // %, 个百分点, 番, 倍
	moneyUnit            // 元
	areaUnit             // 亩, 平方米
	lengthUnit           // 公里
	massUnit             // 吨, 斤
	powerUnit            // 千瓦, 千伏安
	otherUnit            // anything else that is measured: 立方米, 微克, 天
	ageUnit              // 岁
	timeUnit             // 小时, 个工作日
	bandUnit             // 大, 类, 方面: how a text is divided, not what is to be done
	ratingUnit           // 千伏, 级: what a thing is called by
)

// words is the set of words that are separated by spaces.
func words(lists ...string) lexicon.Words {
	return lexicon.Of(strings.Fields(strings.Join(lists, " "))...)
}

var unitWords = map[unitClass]lexicon.Words{
	countUnit:  words("个 家 项 座 处 张 所 条 件 台 套 辆 头 只 匹 羽 尾 株 棵 间 栋 幢 块 片 支 队 门 本 册 部 篇 首 幅 份 封 例 起 宗 笔 单 对 双 根 枚 颗 艘 架 列 节 组 款 种 盏 杆 井 口 口井 眼 孔 把 床 副 桩 团 堂 站 点 层 道 面 家次 台套 件套 件次 例次 项次 处次 条次 套次 辆次 头次 只次 户次 册次 车次 列次 航次 架次 航班 班列 标箱 标准箱 个标箱 TEU 床位 学位 岗位 泊位 车位 席位 工位 户 字 页 盘 桶 箱 袋 瓶 盒 包 艇 亩次 台班 件/年 羽只 只羽 棚 品 号 店 站点 条线 粒 具 顶 枝 挂 批 款次 人份 剂次 剂 针 标段 单元 组团"),
	eventUnit:  words("场 期 次 场次 批次 期次 轮 轮次 班次 人次 课时 学时 节次 台次 届次 回 趟 遍 讲 站次 班 天次"),
	headUnit:   words("人 名 位 户 人员 人数"),
	shareUnit:  words("% ‰ ‱ 百分点 个百分点 个点 番 倍 成 个基点 基点"),
	moneyUnit:  words("元 美元 人民币 元人民币 港元 港币 欧元 日元 英镑 块钱"),
	areaUnit:   words("亩 平方米 平方公里 平方千米 平米 平方 公顷 顷 ㎡ m² km² 亩地"),
	lengthUnit: words("公里 千米 米 里 海里 厘米 毫米 微米 延米 延长米 单公里 车道公里 皮长公里 芯公里 km m cm mm"),
	massUnit:   words("吨 公斤 千克 克 斤 市斤 毫克 微克 担 吨标准煤 吨标煤 吨二氧化碳 吨油当量 kg t"),
	powerUnit:  words("千瓦 兆瓦 吉瓦 瓦 千伏安 兆伏安 KVA kVA MVA kW KW MW GW 千瓦时 兆瓦时 度 度电 kWh KWh MWh GWh 蒸吨"),
	otherUnit:  words("立方米 立方 方 升 毫升 m³ 立方千米 天 微克/立方米 毫克/升 毫克/立方米 μg/m³ ug/m³ 分贝 摄氏度 度/天 ℃ ° 分 P PFLOPS EFLOPS EOPS TOPS PB TB GB EB Gbps Mbps Tbps 兆 兆比特 星 卡路里 帧 焦耳 吉焦"),
	ageUnit:    words("岁 周岁 月龄"),
	timeUnit:   words("小时 个小时 分钟 秒 秒钟 毫秒 工作日 个工作日 日 个自然日 自然日 周 个周 星期 个星期 个月 月 年 个季度 个年度 年度 年时间 学年 个学年 学期 个学期"),
	bandUnit:   words("大 类 方面 个方面 板块 大类 个板块 层次 个层面 层面 维度 个维度 环节 个环节 步 张网 字 重 者 种类 个阶段 阶段 条主线"),
	ratingUnit: words("千伏 kV KV KW级 伏 级 星级 级别 版 代 届 线 等 型 号楼 纳米 赫兹 GHz MHz Hz 寸 英寸 核 环 甲 路 折 码 马力 马赫 座级"),
}

// classOrder settles words that stand in two classes.
var classOrder = []unitClass{
	shareUnit, moneyUnit, areaUnit, lengthUnit, massUnit, powerUnit, ageUnit, timeUnit, eventUnit, headUnit, countUnit, otherUnit, bandUnit, ratingUnit,
}

// allUnits is every unit word with its class.
var allUnits, unitClassOf = indexUnits()

func indexUnits() (lexicon.Words, map[string]unitClass) {
	class := map[string]unitClass{}
	var all []string
	for _, c := range classOrder {
		for word := range unitWords[c].All() {
			if _, taken := class[word]; !taken {
				class[word] = c
				all = append(all, word)
			}
		}
	}
	return lexicon.Of(all...), class
}

// otherWords are characters that make another word of a unit's first
// character: 3万人才 counts 人才 and not 人.
var otherWords = map[string]string{
	"人": "才民口工员士体均力形造文生身物事为居", "户": "籍外型均厕", "项": "目", "场": "馆景所地", "处": "理置于级",
	"家": "庭电具长政属乡园", "部": "门委署分队级属", "天": "然津", "所": "有在需", "条": "件例", "期": "间末货",
	"点": "位击亮", "站": "式", "道": "路德", "班": "子组", "台": "账阶风湾州", "级": "", "条线": "路索上下", "本": "市省县区地级科土届轮专年",
	"套": "餐", "单": "位项一元", "面": "向积对", "方": "面案向式位便", "门": "类诊店", "节": "能约水点", "组": "织建团",
	"升": "级至到", "米": "粮", "分": "别类散布批级局行析", "里": "程", "位": "于列居置", "名": "称单录", "口": "岸", "品": "牌种质",
	"度": "假夏", "星": "级", "层": "面级", "大": "", "块": "链", "盘": "活", "片": "区", "批": "准复发", "次": "要", "回": "收报", "头": "部",
	"团": "体队", "支": "持撑付出", "队": "伍", "首": "次批台套个创位都", "张": "家", "对": "口外于接", "种": "植业子质养", "起": "步来到",
	"号": "", "字": "", "包": "括含", "成": "立为果功", "倍": "增", "月": "", "日": "", "年": "", "周": "边", "店": "", "重": "点大要",
	"类": "型", "路": "", "线": "上下", "等": "", "型": "", "版": "", "代": "", "级别": "",
}

// unitAt reads the unit that s begins with: magnitude words and the unit word,
// with the words of an alternative in brackets or of a quotient. The size is 0
// when there is none.
func unitAt(s string) (unit string, class unitClass) {
	magnitude := magnitudeAt(s)
	rest := s[len(magnitude):]
	word := unitWordAt(rest)
	if word == "" {
		if magnitude == "" {
			return "", noUnit
		}
		return magnitude, countUnit
	}
	class = unitClassOf[word]
	size := len(magnitude) + len(word)
	size += alternative(s[size:])
	if per := quotientTail(s[size:]); per > 0 {
		size += per
		if class == countUnit || class == headUnit || class == eventUnit {
			class = otherUnit
		}
	}
	return s[:size], class
}

func magnitudeAt(s string) string {
	m := lexicon.Magnitudes.Prefix(s)
	for _, own := range []string{"千瓦", "千伏", "千克", "千米", "百分点"} { // these begin with a magnitude and are one unit
		if strings.HasPrefix(s, own) {
			return ""
		}
	}
	if strings.HasSuffix(m, "千") || strings.HasSuffix(m, "百") {
		head := strings.TrimSuffix(strings.TrimSuffix(m, "千"), "百")
		if w := unitWordAt(s[len(head):]); head != "" && utf8.RuneCountInString(w) > 1 {
			return head
		}
	}
	return m
}

func unitWordAt(s string) string {
	word := allUnits.Prefix(s)
	for word != "" {
		next := s[len(word):]
		if !startsOtherWord(word, next) {
			return word
		}
		word = shorterUnit(word)
	}
	return ""
}

// shorterUnit is the longest unit word that the word begins with, but for the
// word itself.
func shorterUnit(word string) string {
	_, size := utf8.DecodeLastRuneInString(word)
	for short := word[:len(word)-size]; short != ""; short = short[:len(short)-size] {
		if allUnits.Has(short) {
			return short
		}
		_, size = utf8.DecodeLastRuneInString(short)
	}
	return ""
}

func startsOtherWord(word, next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	if next == "" {
		return false
	}
	if c := word[len(word)-1]; c < 0x80 && isLatin(rune(c)) {
		return isLatin(r) || isDigit(r)
	}
	return strings.ContainsRune(otherWords[word], r) && lexicon.UnitLikeOpenings.Prefix(next) == ""
}

// alternative is the length of a second unit in brackets: 套(间).
func alternative(s string) int {
	inner, ok := strings.CutPrefix(s, "(")
	if !ok {
		return 0
	}
	word := allUnits.Prefix(inner)
	if word == "" || !strings.HasPrefix(inner[len(word):], ")") {
		return 0
	}
	size := 1 + len(word) + 1
	if strings.HasPrefix(s[size:], "次") {
		size += len("次")
	}
	return size
}

// quotientTail is the length of what a unit is taken per, and of a further
// product: /千人, /月·平方公里.
func quotientTail(s string) int {
	size := 0
	for sign := lexicon.UnitSigns.Prefix(s[size:]); sign != ""; sign = lexicon.UnitSigns.Prefix(s[size:]) {
		rest := s[size+len(sign):]
		magnitude := magnitudeAt(rest)
		word := lexicon.PerUnits.Prefix(rest)
		if other := unitWordAt(rest[len(magnitude):]); len(magnitude)+len(other) > len(word) && other != "" {
			word = rest[:len(magnitude)+len(other)]
		}
		if word == "" {
			word = rest[:latinRun(rest)]
		}
		if word == "" {
			break
		}
		size += len(sign) + len(word)
	}
	return size
}

func latinRun(s string) int {
	size := 0
	for size < len(s) && isLatin(rune(s[size])) {
		size++
	}
	return size
}

// longestLetters is the most letters of a unit that no list has.
const longestLetters = 8

// lettersOfUnit reports whether letters after a figure are a unit that no list
// has. A single figure before letters makes a name (5G, 4K), as do the heights
// of pictures (1080P).
func lettersOfUnit(figure, letters string) bool {
	switch {
	case letters == "" || len(letters) > longestLetters || latinRun(letters) < len(letters) || len(figure) < 2:
		return false
	case len(letters) == 1:
		return strings.ContainsAny(letters, "PTEVWANJ") && len(figure) > 2 && !lexicon.PictureHeights.Has(figure)
	}
	return true
}

// unitByShape is the length of a unit that no list has: letters right after
// the figure, or a single character that ends the clause.
func unitByShape(figure, rest string) int {
	if size := latinRun(rest); size > 0 {
		number := strings.TrimRight(figure, "余多来")
		if !lettersOfUnit(number, rest[:size]) || startsDigit(rest[size:]) {
			return 0
		}
		return size + quotientTail(rest[size:])
	}
	r, size := utf8.DecodeRuneInString(rest)
	if !unicode.Is(unicode.Han, r) || isNumeral(r) || strings.ContainsRune(noClassifiers, r) || len(figure) == 4 && isYearText(figure) {
		return 0
	}
	if next := rest[size:]; next == "" || strings.ContainsRune("，,。;、)\n", firstRune(next)) || wordsAfter.Prefix(next) != "" {
		return size
	}
	return 0
}

func isYearText(figure string) bool {
	year, n := digitsAt(figure, 4)
	return n == 4 && isYear(year)
}

// noClassifiers never count the number before them.
const noClassifiers = "强后前中内外上下多余的和与及至到或等为是在了系市县省区版时含起共各均又并且以不为之"
