package lexicon

import "strings"

// Words that say how a target adds up, moves and holds.
var (
	// Share says at the end of a name how a share comes about: reached 覆盖率 grows bit by bit over the
	// term, held 合格率 is one of what passed in each period.
	Share = answering("share", "reached", "held")
	// ActionVerbs are the verbs whose number counts what the term brings about. Most can have
	// 新 before them: 新建, 培育.
	ActionVerbs = withNew(having("action-verbs"))
	// ModestVerbs are those of ActionVerbs that do not show by themselves that the number
	// after them is to be reached; they may introduce what exists: 支持.
	ModestVerbs = having("modest-verbs")
	// ToLevelVerbs are verbs of a change with 到, 至 or 为 after them: 提高到, 压缩至, 降为. What
	// 增长为 leads to is the change.
	ToLevelVerbs = having("to-level-verbs").Before("到", "至", "为").Without(Of("增长为"))
	// LevelVerbs lead to the number a thing stands at: 达到, 稳定在.
	LevelVerbs = having("level-verbs").Or(ToLevelVerbs)
	// WeakLevelVerbs are those of LevelVerbs that do not say by themselves that a thing stands at the number: 共, 有.
	WeakLevelVerbs = having("weak-level-verbs")
	// LevelLike are nouns that end as one of LevelVerbs does: 雷达.
	LevelLike = having("level-like")
	// ReachVerbs say that a level is come to; the comparisons do not: 达到, 建成.
	ReachVerbs = having("reach-verbs").Or(ToLevelVerbs)
	// KeepVerbs say that a level is held: 保持在.
	KeepVerbs = having("keep-verbs")
	// ChangeVerbs say that the number is a change: 增长5%.
	ChangeVerbs = having("change-verbs")
	// FallWords are the verbs and nouns of a change downwards: 下降, 降幅, 降至.
	FallWords = having("fall-words").Or(fallsTo)
	// ObjectChangeVerbs are verbs of a change with what they change after them, or after their
	// pace: 提高低保标准5%, 按5%的幅度压减.
	ObjectChangeVerbs = having("object-change-verbs")
	// PriceRises are said of prices and costs, which are no better for it: 涨幅.
	PriceRises = having("price-rises")
	// BetweenVerbAndNumber may stand between a verb and its number: 增长将达5%.
	BetweenVerbAndNumber = having("between-verb-and-number")
	// HopeVerbs mark a target that is hoped for and not promised: 力争.
	HopeVerbs = having("hope-verbs")
	// BindingAdverbs make a promise of a target whose list is hoped for: 确保.
	BindingAdverbs = having("binding-adverbs")
	// PeriodPrefixes begin a share of every month or the like: 月探访率.
	PeriodPrefixes = having("period-prefixes")
	// RateNouns end a share or a quotient: 率, 密度.
	RateNouns = having("rate-nouns")
	// PerHeadOpeners are in a name that counts per head: 每千人口.
	PerHeadOpeners = having("per-head-openers")
	// PerHeadUnitEndings end a unit that counts per head: /万人.
	PerHeadUnitEndings = having("per-head-unit-endings")
	// PerOne are in a name that is a mean or a quotient, which does not add up: 亩均税收.
	PerOne = having("per-one")
	// DurationNouns end a name of how long one thing takes: 办理时限.
	DurationNouns = having("duration-nouns")
	// LastingNouns end a name of how long a thing lasts, or after how long it comes again: 使用寿命,
	// 轮训周期.
	LastingNouns = having("lasting-nouns")
	// YearSums say that a sum is of what is done within some years: 五年累计改造120个, where
	// 累计建成60个 may count what stood before.
	YearSums = having("year-sums")
	// SumsOfYears say that a number is that of the whole term: 三年, 累计.
	SumsOfYears = having("sums-of-years")
	// ChangeNouns end the name of a change: 增速.
	ChangeNouns = having("change-nouns")
	// TotalNouns say that the number is a level, whatever the verb: 总规模.
	TotalNouns = having("total-nouns")
	// StockNouns say so where they end a name; before a noun they only describe it: 库存.
	StockNouns = having("stock-nouns")
	// AmountNouns end a level or flow that is reported as it stands; alone they do not say of
	// what: 产值, 面积.
	AmountNouns = having("amount-nouns")
	// FlowNouns end a flow: the number of them counts one year, and begins again with the
	// next: 销售额.
	FlowNouns = having("flow-nouns")
	// LevelFlows count one year too, though plans speak of them as of a level: 优良天数.
	LevelFlows = having("level-flows")
	// TimeTargetVerbs before a length of time make it a target: 压缩至3个工作日.
	TimeTargetVerbs = having("time-target-verbs").Or(fallsTo)
	// YearlyMeans say that a change is a yearly mean: 年均.
	YearlyMeans = having("yearly-means")
	// YearComparisons say that a change is one against the year before: 同比.
	YearComparisons = having("year-comparisons")
	// ComparingWords stand before the time that a change is measured from: 较2020年.
	ComparingWords = having("comparing-words")
	// PaceNouns after a share say that it is how fast a thing is to change: 5%的幅度.
	PaceNouns = having("pace-nouns")
	// PaceOpeners stand before such a share: 按5%的幅度.
	PaceOpeners = having("pace-openers")
	// WhoeverWords at either end of what stands before a pace say who acts, and are no part of the
	// thing that changes: 各部门均 of 各部门公用经费均按5%的幅度压减.
	WhoeverWords = having("whoever-words")

	fallsTo = having("fall-words").Before("到", "至", "为")
)

// withNew adds the verbs of two characters with 新 before them, as in 新认证, but for
// those that make the name of something then: 新服务.
func withNew(verbs Words) Words {
	noun := having("new-makes-noun")
	var all []string
	for verb := range verbs.All() {
		if !strings.HasPrefix(verb, "新") && len(verb) == len("认证") && !noun.Has(verb) {
			all = append(all, "新"+verb)
		}
	}
	return verbs.Or(Of(all...))
}
