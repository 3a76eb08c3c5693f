package quantity

import "strings"

// The dimensions that units of the table measure.
const (
	dimArea    = "area"
	dimCount   = "count"
	dimCoal    = "standard_coal"
	dimEnergy  = "energy"
	dimLength  = "length"
	dimMass    = "mass"
	dimMonths  = "months"
	dimPercent = "percent"
	dimPower   = "power"
	dimTime    = "time"
	dimVolume  = "volume"
	dimYuan    = "yuan"
)

// ownPrefix goes before a unit word of no table to name its dimension, so that
// a unit written "area" is no area.
const ownPrefix = "own:"

// magnitudes are the words that multiply any unit, as powers of ten.
var magnitudes = map[rune]int{'十': 1, '百': 2, '千': 3, '万': 4, '亿': 8}

// units are the words that measure, by dimension and then by how many base
// units one of them is. Words that begin with a magnitude are here when they
// would be read wrongly otherwise (百分点). Words with two meanings (里, 方, 分)
// are left out on purpose: each is a dimension of its own.
var units = map[string]map[ratio]string{
	dimArea: { // square metres; 15 亩 are 1 公顷
		{1, 1}:       "平方米 平米 ㎡ m²",
		{2000, 3}:    "亩",
		{200000, 3}:  "顷",
		{10000, 1}:   "公顷 ha",
		{1000000, 1}: "平方公里 平方千米 km²",
	},
	dimMass: { // kilograms
		{1, 1000000000}: "微克 μg µg",
		{1, 1000000}:    "毫克 mg",
		{1, 1000}:       "克 g",
		{1, 20}:         "两",
		{1, 2}:          "斤 市斤",
		{1, 1}:          "公斤 kg",
		{50, 1}:         "担",
		{1000, 1}:       "吨 公吨 t",
	},
	dimCoal: { // tonnes of standard coal
		{1, 1}:    "吨标准煤 吨标煤",
		{1, 1000}: "公斤标准煤 公斤标煤 千克标准煤 千克标煤",
	},
	dimYuan: {
		{1, 1}:  "元 人民币元 元人民币",
		{1, 10}: "角",
	},
	dimLength: { // metres
		{1, 1000000}: "微米 μm µm",
		{1, 1000}:    "毫米 mm",
		{1, 100}:     "厘米 cm",
		{1, 1}:       "米 m 延米 延长米",
		{500, 1}:     "华里",
		{1000, 1}:    "公里 km",
		{1852, 1}:    "海里",
	},
	dimVolume: { // cubic metres
		{1, 1000000}: "毫升 mL ml",
		{1, 1000}:    "升 L",
		{1, 1}:       "立方米 立方 m³",
	},
	dimPower: { // watts
		{1, 1}:          "瓦 W",
		{1000, 1}:       "kW",
		{1000000, 1}:    "兆瓦 MW",
		{1000000000, 1}: "吉瓦 GW",
	},
	dimEnergy: { // kilowatt hours
		{1, 1000}: "瓦时 瓦小时",
		{1, 1}:    "度 kWh",
		{1000, 1}: "兆瓦时 兆瓦小时 MWh",
	},
	dimTime: { // seconds
		{1, 1}:     "秒 秒钟",
		{60, 1}:    "分钟",
		{3600, 1}:  "小时 个小时",
		{86400, 1}: "天 日",
	},
	dimMonths: { // calendar months, which have no fixed length in days
		{1, 1}:  "月 个月",
		{3, 1}:  "个季度",
		{12, 1}: "年",
	},
	dimPercent: { // hundredths
		{1, 1}:   "% 百分点 个百分点 百分比 pct",
		{1, 10}:  "‰ 千分点 个千分点",
		{1, 100}: "‱ 个基点 基点",
	},
	dimCount: {
		{1, 1}: countWords,
	},
}

// countWords are the measure words of things that are counted one by one. They
// are one dimension because a plan and a report seldom pick the same word for
// the same thing (5G基站 in 个, 座 or 处).
const countWords = "个 家 项 人 名 位 户 口 座 处 张 场 所 条 件 台 套 辆 次 只 头 株 棵 匹 羽 尾 峰 " +
	"间 栋 幢 层 块 片 支 队 批 期 班 门 本 册 部 篇 首 幅 份 封 例 起 宗 笔 单 对 双 根 枚 颗 粒 " +
	"艘 架 列 节 组 类 种 款 样 届 轮 版 集 道 盏 杆 口井 眼 孔 把 床 副 帧 堂 桩 段 团 窝 丛 束 " +
	"场次 人次 户次 班次 车次 航次 架次 台次 台套 件次 例次 节次 批次 轮次 册次 家次 辆次 头次 只次 项次 处次 " +
	"期次 站次 点次 条次 套次 艘次 列次 人份 人数 户数 家数 个数 件数 " +
	"床位 张床位 个床位 学位 个学位 岗位 个岗位 泊位 个泊位 车位 个车位 席位 工位 个工位 个村 个社区"

// table is units by word.
var table = index()

func index() map[string]Unit {
	t := make(map[string]Unit)
	for dimension, byFactor := range units {
		for factor, words := range byFactor {
			for word := range strings.FieldsSeq(words) {
				t[word] = Unit{dimension: dimension, ratio: factor}
			}
		}
	}
	return t
}
