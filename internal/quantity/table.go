package quantity

import (
	"iter"
	"strings"
)

// The dimensions that units of the table measure.
const (
	dimArea     = "area"
	dimCount    = "count"
	dimCoal     = "standard_coal"
	dimEnergy   = "energy"
	dimLength   = "length"
	dimMass     = "mass"
	dimMonths   = "months"
	dimPercent  = "percent"
	dimPower    = "power"
	dimTime     = "time"
	dimPressure = "pressure"
	dimVolume   = "volume"
	dimYuan     = "yuan"
)

// ownPrefix goes before a unit word of no table to name its dimension, so that
// a unit written "area" is no area.
const ownPrefix = "own:"

// magnitudes are the words that multiply any unit, as powers of ten.
var magnitudes = map[rune]int{'十': 1, '百': 2, '千': 3, '万': 4, '亿': 8}

// one is the factor of a base unit.
var one = ratio{1, 1}

// computedOnly is the class of words that reports are made in and plans are not read with:
// in a sentence they would be taken for something else.
const computedOnly = NoUnit

// Marks of a declaration in the place of a dimension.
const (
	own     = "own"   // each word is a dimension of its own
	ofParts = "parts" // each word is a quotient, which its parts give the dimension
)

// declaration is unit words that are alike: what a text is read with them as, what
// they measure, and how many base units of that one of them is.
type declaration struct {
	class     Class
	dimension string
	factor    ratio
	words     string // with spaces between; after ! the characters that make another word of one
}

// each goes through the words of a declaration, each with the characters after its mark.
func (d declaration) each() iter.Seq2[string, string] {
	return func(yield func(word, others string) bool) {
		for entry := range strings.FieldsSeq(d.words) {
			if word, others, _ := strings.Cut(entry, "!"); !yield(word, others) {
				return
			}
		}
	}
}

// declared is every unit, each word once. A unit that is added here is read in plans and
// computed with: {OtherUnit, "force", ratio{1000, 1}, "千牛 kN"}. Words that begin with
// a magnitude (百分点, 千瓦) are here where the magnitude is part of the unit and does not
// only multiply it. A word that others begin with has the characters that make those:
// {CountUnit, dimCount, one, "支!持撑付出"}, as 3支队伍 counts and 支持 does not.
var declared = []declaration{
	// Area, in square metres; 15 亩 are 1 公顷.
	{AreaUnit, dimArea, one, "平方米 平米 ㎡ m²"},
	{AreaUnit, dimArea, ratio{2000, 3}, "亩"},
	{AreaUnit, dimArea, ratio{10000, 1}, "公顷"},
	{AreaUnit, dimArea, ratio{200000, 3}, "顷"},
	{AreaUnit, dimArea, ratio{1000000, 1}, "平方公里 平方千米 km²"},
	{computedOnly, dimArea, ratio{10000, 1}, "ha"},
	// Mass, in kilograms.
	{MassUnit, dimMass, ratio{1, 1000000000}, "微克"},
	{MassUnit, dimMass, ratio{1, 1000000}, "毫克"},
	{MassUnit, dimMass, ratio{1, 1000}, "克"},
	{MassUnit, dimMass, ratio{1, 2}, "斤 市斤"},
	{MassUnit, dimMass, one, "公斤 千克 kg"},
	{MassUnit, dimMass, ratio{50, 1}, "担"},
	{MassUnit, dimMass, ratio{1000, 1}, "吨 t"},
	{computedOnly, dimMass, ratio{1, 1000000000}, "μg µg"},
	{computedOnly, dimMass, ratio{1, 1000000}, "mg"},
	{computedOnly, dimMass, ratio{1, 1000}, "g"},
	{computedOnly, dimMass, ratio{1, 20}, "两"},
	{computedOnly, dimMass, ratio{1000, 1}, "公吨"},
	// Energy, in tonnes of standard coal.
	{MassUnit, dimCoal, one, "吨标准煤 吨标煤"},
	{computedOnly, dimCoal, ratio{1, 1000}, "公斤标准煤 公斤标煤 千克标准煤 千克标煤"},
	// Money, in yuan.
	{MoneyUnit, dimYuan, one, "元 元人民币"},
	{computedOnly, dimYuan, ratio{1, 10}, "角"},
	{computedOnly, dimYuan, one, "人民币元"},
	// Length, in metres.
	{LengthUnit, dimLength, ratio{1, 1000000}, "微米"},
	{LengthUnit, dimLength, ratio{1, 1000}, "毫米 mm"},
	{LengthUnit, dimLength, ratio{1, 100}, "厘米 cm"},
	{LengthUnit, dimLength, one, "米!粮 m 延米 延长米"},
	{LengthUnit, dimLength, ratio{1000, 1}, "公里 千米 km"},
	{LengthUnit, dimLength, ratio{1852, 1}, "海里"},
	{computedOnly, dimLength, ratio{1, 1000000}, "μm µm"},
	{computedOnly, dimLength, ratio{500, 1}, "华里"},
	// Volume, in cubic metres.
	{OtherUnit, dimVolume, ratio{1, 1000000}, "毫升"},
	{OtherUnit, dimVolume, ratio{1, 1000}, "升!级至到"},
	{OtherUnit, dimVolume, one, "立方米 立方 m³"},
	{computedOnly, dimVolume, ratio{1, 1000000}, "mL ml"},
	{computedOnly, dimVolume, ratio{1, 1000}, "L"},
	// Pressure, in pascals.
	{OtherUnit, dimPressure, ratio{1000, 1}, "千帕 kPa"},
	{OtherUnit, dimPressure, ratio{1000000, 1}, "兆帕 MPa"},
	// Power, in watts.
	{PowerUnit, dimPower, one, "瓦"},
	{PowerUnit, dimPower, ratio{1000, 1}, "千瓦 kW"},
	{PowerUnit, dimPower, ratio{1000000, 1}, "兆瓦 MW"},
	{PowerUnit, dimPower, ratio{1000000000, 1}, "吉瓦 GW"},
	{computedOnly, dimPower, one, "W"},
	// Electricity, in kilowatt hours.
	{PowerUnit, dimEnergy, one, "度!假夏 千瓦时 kWh"},
	{PowerUnit, dimEnergy, ratio{1000, 1}, "兆瓦时 MWh"},
	{computedOnly, dimEnergy, ratio{1, 1000}, "瓦时 瓦小时"},
	{computedOnly, dimEnergy, ratio{1000, 1}, "兆瓦小时"},
	// Time, in seconds.
	{TimeUnit, dimTime, one, "秒 秒钟"},
	{TimeUnit, dimTime, ratio{60, 1}, "分钟"},
	{TimeUnit, dimTime, ratio{3600, 1}, "小时 个小时"},
	{OtherUnit, dimTime, ratio{86400, 1}, "天!然津"},
	{TimeUnit, dimTime, ratio{86400, 1}, "日"},
	// Time, in calendar months, which have no fixed length in days.
	{TimeUnit, dimMonths, one, "月 个月"},
	{TimeUnit, dimMonths, ratio{3, 1}, "个季度"},
	{TimeUnit, dimMonths, ratio{12, 1}, "年"},
	// Shares, in hundredths.
	{ShareUnit, dimPercent, ratio{1, 100}, "‱ 个基点 基点"},
	{ShareUnit, dimPercent, ratio{1, 10}, "‰"},
	{ShareUnit, dimPercent, one, "% 百分点 个百分点"},
	{computedOnly, dimPercent, ratio{1, 10}, "千分点 个千分点"},
	{computedOnly, dimPercent, one, "百分比 pct"},
	// Measure words of things that are counted one by one. They are one dimension because
	// a plan and a report seldom pick the same word for the same thing (5G基站 in 个, 座 or 处).
	{CountUnit, dimCount, one, "个 座 家!庭电具长政属乡园 项!目 口!岸 处!理置于级 张!家 所!有在需 条!件例 件 " +
		"台!账阶风湾州 套!餐 辆 只 头!部 株 棵 匹 羽 尾 间 栋 幢 层!面级 块!链 片!区 支!持撑付出 队!伍 批!准复发 " +
		"门!类诊店 本!市省县区地级科土届轮专年 册 部!门委署分队级属 篇 首!次批台套个创位都 幅 份 封 例 起!步来到 宗 " +
		"笔 单!位项一元 对!口外于接 双 根 枚 颗 粒 艘 架 列 节!能约水点 组!织建团 种!植业子质养 款 道!路德 盏 杆 " +
		"口井 眼 孔 把 床 副 堂 桩 团!体队 户次 车次 航次 架次 台套 件次 例次 册次 家次 辆次 头次 只次 项次 处次 " +
		"条次 套次 列次 标台 人份 床位 学位 岗位 泊位 车位 席位 工位"},
	{EventUnit, dimCount, one, "场!馆景所地 次!要 期!间末货 班!子组 轮 场次 人次 班次 台次 节次 批次 轮次 期次 站次"},
	{HeadUnit, dimCount, one, "人!才民口工员士体均力形造文生身物事为居 名!称单录 位!于列居置 户!籍外型均厕 人数"},
	{OtherUnit, dimCount, one, "帧"},
	{BandUnit, dimCount, one, "类!型"},
	{RatingUnit, dimCount, one, "届 版"},
	{computedOnly, dimCount, one, "峰 样 集 段 窝 丛 束 点次 艘次 户数 家数 个数 件数 张床位 个床位 个学位 个岗位 " +
		"个泊位 个车位 个工位 个村 个社区"},
	// Units that are not converted into others: each is a dimension of its own. Those with two
	// meanings (里, 方, 分) are here on purpose.
	{CountUnit, own, one, "井 站!式 点!位击亮 面!向积对 件套 航班 班列 标箱 标准箱 个标箱 TEU 字 页 盘!活 桶 箱 " +
		"袋 瓶 盒 包!括含 艇 亩次 台班 羽只 只羽 棚 品!牌种质 号 店 站点 条线!路索上下 具 顶 枝 挂 款次 剂次 剂 针 " +
		"标段 单元 组团"},
	{EventUnit, own, one, "课时 学时 届次 回!收报 趟 遍 讲 天次"},
	{HeadUnit, own, one, "人员 人年!均内度底终初"},
	{ShareUnit, own, one, "个点 番 倍!增 成!立为果功"},
	{MoneyUnit, own, one, "美元 人民币 港元 港币 欧元 日元 英镑 块钱"},
	{AreaUnit, own, one, "平方 亩地"},
	{LengthUnit, own, one, "里!程 单公里 车道公里 皮长公里 芯公里"},
	{MassUnit, own, one, "吨二氧化碳 吨油当量"},
	{PowerUnit, own, one, "千伏安 兆伏安 KVA kVA MVA KW 度电 KWh GWh 蒸吨"},
	{OtherUnit, own, one, "方!面案向式位便 立方千米 分贝 摄氏度 ℃ ° 分!别类散布批级局行析 P PFLOPS EFLOPS EOPS " +
		"TOPS PB TB GB EB Gbps Mbps Tbps 兆 兆比特 星!级 卡路里 焦耳 吉焦"},
	{AgeUnit, own, one, "岁 周岁 月龄"},
	{TimeUnit, own, one, "毫秒 工作日 个工作日 个自然日 自然日 周!边 个周 星期 个星期 个年度 年度 年时间 学年 " +
		"个学年 学期 个学期"},
	{BandUnit, own, one, "大 方面 个方面 板块 大类 个板块 层次 个层面 层面 维度 个维度 环节 个环节 步 张网 " +
		"重!点大要 者 种类 个阶段 阶段 条主线"},
	{RatingUnit, own, one, "千伏 kV KV KW级 伏 级 星级 级别 代 线!上下 等 型 号楼 纳米 赫兹 GHz MHz Hz 寸 英寸 核 " +
		"环 甲 路 折 码 马力 马赫 座级"},
	// Quotients that a text is read with as one word; their parts say what they measure.
	{CountUnit, ofParts, one, "件/年"},
	{OtherUnit, ofParts, one, "微克/立方米 毫克/升 毫克/立方米 μg/m³ ug/m³ 度/天"},
}

// table is what is computed with, by word.
var table = index(declared)

func index(all []declaration) map[string]Unit {
	t := make(map[string]Unit)
	for _, d := range all {
		if d.dimension == own || d.dimension == ofParts {
			continue // what resolve makes of a word that is not in the table
		}
		for word := range d.each() {
			t[word] = Unit{dimension: d.dimension, ratio: d.factor}
		}
	}
	return t
}
