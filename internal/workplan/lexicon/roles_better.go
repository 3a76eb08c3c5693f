package lexicon

// Words at the end of a name that say which way is better.
var (
	// BadEvents happen, and are counted over a time: 事故, 投诉.
	BadEvents = having("bad-events")
	// BadThings are there, and are counted at a moment: 黑臭水体, 债务.
	BadThings = having("bad-things")
	// BadMeasures are concentrations, intensities, times and costs: 能耗, 时限.
	BadMeasures = having("bad-measures")
	// UsageNouns are used up: less of them is better per output, and nothing is said of them
	// alone: 用水量.
	UsageNouns = having("usage-nouns")
	// BearerNouns are better the more there are, unless the word before them is bad: 企业, but
	// 亏损企业.
	BearerNouns = having("bearer-nouns")
	// NeitherWayNouns leave open which way is better: 赤字, 价格.
	NeitherWayNouns = having("neither-way-nouns")
	// RemovalWords say at the end of a name that a thing is taken away, the more the better:
	// 化解, 压减.
	RemovalWords = having("removal-words")
	// FallNouns name a change downwards: 下降率.
	FallNouns = having("fall-nouns")
	// RiseNouns name a change upwards; what changes decides: 增速.
	RiseNouns = having("rise-nouns")
	// BetterNouns are better the more there is of them: 产值, 绿化.
	BetterNouns = having("better-nouns")
	// ReductionVerbs at the end of a name leave open whether it is a rate of change or what is
	// saved: 会议费压减.
	ReductionVerbs = having("reduction-verbs")
	// NeutralTails stand at the end of a name after the word that says which way is better, and leave
	// its sense as it is: 死亡人数, 失业率.
	NeutralTails = having("neutral-tails")
	// ShareTails are those of NeutralTails that make a share. In a share a verb of removal before a
	// bad thing does not make more of it better, as it does in a count: 治理污染占比.
	ShareTails = having("share-tails")
	// PeopleTails are those of NeutralTails that count people: with one of HelpVerbs at the head of
	// the name more of them is better. 培训失业人员.
	PeopleTails = having("people-tails")
	// Negators right before a good word turn it round: 不合格.
	Negators = having("negators")
	// NegatorsOfRemoval are the negators that turn a word of removal right after them round, 未化解;
	// another names what is removed: 违法查处.
	NegatorsOfRemoval = having("negators-of-removal")
	// Preventers right before a bad word turn it round: 零投诉, 防返贫.
	Preventers = having("preventers")
	// NotPreventing are words that end in one of Preventers and turn nothing round: 违反.
	NotPreventing = having("not-preventing")
	// RemovalVerbs at the head of a name, or right before a bad thing, say that it is taken
	// away: 化解债务.
	RemovalVerbs = having("removal-verbs").Or(RemovalWords)
	// HelpVerbs at the head of a name say that people are helped: 培训失业人员.
	HelpVerbs = having("help-verbs")
	// BeforeRemovalVerb may stand before such a verb: 累计化解债务.
	BeforeRemovalVerb = having("before-removal-verb")
	// PerOutput in a name make a usage one per output: 单位用水量.
	PerOutput = having("per-output")
)
