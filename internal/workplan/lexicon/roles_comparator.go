package lexicon

// Words that compare a number with what is reached.
var (
	// BeforeNumber says how the number after it is to be compared: ge 至少, le 控制在, gt 超过, lt 低于,
	// approx 约. One of lt after a negation says ge without being listed (不得低于), and one of gt says
	// le (不宜超过). One that may stand before a verb has the roles fillers and fillers-before-number too,
	// so that it is no part of the name: 至少建成3座.
	BeforeNumber = answering("before-number", "ge", "le", "gt", "lt", "approx")
	// AfterNumber says how the number before it is to be compared: ge 5家以上, le 5%以内, approx 5家左右.
	AfterNumber = answering("after-number", "ge", "le", "approx")
	// HoldsTo says how a thing is held to one of References, beside the words of BeforeNumber:
	// gt 高出全省平均水平, ge 赶上, eq 达到, approx 接近.
	HoldsTo = answering("holds-to", "gt", "ge", "eq", "approx")
	// WaitsFor says how a cell without a figure compares with the value that it waits for: le 只降不升,
	// ge 不低于, gt 优于, lt 低于.
	WaitsFor = answering("waits-for", "le", "ge", "gt", "lt")
	// ComparatorNegations turn a word of the sets before round: 不低于, 不得低于 and 不宜低于
	// say at least, 不得超过 at most. Each may stand before each of the words.
	ComparatorNegations = having("comparator-negations")
	// Hedges soften or stress the comparison or the level after them, and go with it:
	// 原则上不低于, 应达到.
	Hedges = having("hedges")
	// HedgeLike end as hedges or words that compare do and are words of their own: 供应, 签约.
	HedgeLike = having("hedge-like")
	// BetweenComparatorAndLevel say what each gets, between a comparison and its number:
	// 不低于每人每月700元.
	BetweenComparatorAndLevel = having("between-comparator-and-level")
	// CeilingVerbs are the comparisons that keep a level from rising, also where a word after
	// the number compares it: 控制在5%左右.
	CeilingVerbs = having("ceiling-verbs")
	// References are figures elsewhere that stand for a number: 全省平均水平.
	References = having("references")
	// YearBeforeWords end a clause and stand for a figure of a year before: 不低于上年.
	YearBeforeWords = having("year-before-words")
	// InStepWords say that a thing moves as another does: 与经济增长同步.
	InStepWords = having("in-step-words")
	// WithWords stand before the other thing that one of InStepWords speaks of: 与, 同.
	WithWords = having("with-words")
	// MostlyAdverbs may stand between the other thing and one of InStepWords: 与经济增长基本同步.
	MostlyAdverbs = having("mostly-adverbs")
)
