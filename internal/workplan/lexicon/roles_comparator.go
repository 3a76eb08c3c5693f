package lexicon

// Words that compare a number with what is reached.
var (
	// BeforeAtLeast before a number say that it is the least: 至少. A word of BeforeLessThan after a
	// negation says so without being listed: 不得低于. One that may stand before a verb has the roles
	// fillers and fillers-before-number too, so that it is no part of the name: 至少建成3座.
	BeforeAtLeast = having("before-at-least")
	// BeforeAtMost before a number say that it is the most: 控制在. A word of BeforeMoreThan
	// after a negation says so without being listed: 不宜超过.
	BeforeAtMost = having("before-at-most")
	// BeforeMoreThan before a number say that it is to be exceeded: 超过.
	BeforeMoreThan = having("before-more-than")
	// BeforeLessThan before a number say that it is to be stayed below: 低于.
	BeforeLessThan = having("before-less-than")
	// BeforeAbout before a number say that it is a round one: 约.
	BeforeAbout = having("before-about")
	// ComparatorNegations turn a word of the sets before round: 不低于, 不得低于 and 不宜低于
	// say at least, 不得超过 at most. Each may stand before each of the words.
	ComparatorNegations = having("comparator-negations")
	// Hedges soften or stress the comparison or the level after them, and go with it:
	// 原则上不低于, 应达到.
	Hedges = having("hedges")
	// HedgeLike end as hedges do and are words of their own: 供应, 主要.
	HedgeLike = having("hedge-like")
	// AfterAtLeast after a number say that it is the least: 5家以上.
	AfterAtLeast = having("after-at-least")
	// AfterAtMost after a number say that it is the most: 5%以内.
	AfterAtMost = having("after-at-most")
	// AfterAbout after a number say that it is a round one: 5家左右.
	AfterAbout = having("after-about")
	// BetweenComparatorAndLevel say what each gets, between a comparison and its number:
	// 不低于每人每月700元.
	BetweenComparatorAndLevel = having("between-comparator-and-level")
	// CeilingVerbs are the comparisons that keep a level from rising, also where a word after
	// the number compares it: 控制在5%左右.
	CeilingVerbs = having("ceiling-verbs")
	// HoldAbove before one of References say that the thing is to stay above it: 高出全省平均水平.
	HoldAbove = having("hold-above")
	// HoldNoLower hold a thing no lower than a figure elsewhere: 赶上全国水平.
	HoldNoLower = having("hold-no-lower")
	// HoldLevel bring a thing to a figure elsewhere: 达到全省平均水平.
	HoldLevel = having("hold-level")
	// HoldNear bring a thing near a figure elsewhere: 接近全国水平.
	HoldNear = having("hold-near")
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
