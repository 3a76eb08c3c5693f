package lexicon

// Words at the end of a name that say which way is better.
var (
	// Sense says at the end of a name which way is better. bad-event: 事故, what happens and is counted
	// over a time. bad-thing: 债务, what is there and is counted at a moment. bad-measure: 能耗, a
	// concentration, an intensity, a time, a cost. usage: 用水量, less is better per output, and nothing
	// is said of it alone. bearer: 企业, more is better unless the word before is bad, as in 亏损企业.
	// neither: 赤字, nobody can say. removal: 化解, a thing is taken away, the more the better. fall: 下降率,
	// rise: 增速, changes; what changes decides. better: 产值, the more the better.
	Sense = answering("sense", "bad-event", "bad-thing", "bad-measure", "usage", "bearer", "neither", "removal", "fall", "rise", "better")
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
	RemovalVerbs = having("removal-verbs").Or(Sense.Of("removal"))
	// HelpVerbs at the head of a name say that people are helped: 培训失业人员.
	HelpVerbs = having("help-verbs")
	// BeforeRemovalVerb may stand before such a verb: 累计化解债务.
	BeforeRemovalVerb = having("before-removal-verb")
	// PerOutput in a name make a usage one per output: 单位用水量.
	PerOutput = having("per-output")
)
