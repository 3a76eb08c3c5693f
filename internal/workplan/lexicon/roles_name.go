package lexicon

// Words in and around the name of what is counted.
var (
	// Fillers stand before what is counted and say nothing about it: 力争, 全市.
	Fillers = having("fillers")
	// VerbAdverbs stand before a verb, or another adverb, and are dropped there: 加快建设,
	// 以5%的增速逐年提高.
	VerbAdverbs = having("verb-adverbs")
	// KeptOpenings are words that begin like a filler and are none: 对话, 共青团.
	KeptOpenings = having("kept-openings")
	// ScopeWords stand between a verb and what is counted: 全市, 各类.
	ScopeWords = having("scope-words")
	// FillersBeforeNumber stand between what is counted and its number: 共计, 均.
	FillersBeforeNumber = having("fillers-before-number")
	// QuantityNouns end a name that already says what is measured: 率, 产量.
	QuantityNouns = having("quantity-nouns")
	// NotCounted right after a number show that what follows is not what it counts:
	// 新增3家,并….
	NotCounted = having("not-counted")
	// PlaceTails end words on where something is done, which are no part of the name:
	// 在6大领域.
	PlaceTails = having("place-tails")
	// SelfNamedDeeds are verbs that name what they are done to: 造林.
	SelfNamedDeeds = having("self-named-deeds")
	// ResultVerbs say what becomes of the thing counted, after it: 30家企业上市.
	ResultVerbs = having("result-verbs")
	// ServiceVerbs stand between those who are served and what they get: 100家企业办理续贷.
	ServiceVerbs = having("service-verbs")
	// RankingAdjectives say nothing without the noun they stand before: 重点任务.
	RankingAdjectives = having("ranking-adjectives")
	// ServedOpeners open a part that says whom something is done for: 为50户.
	ServedOpeners = having("served-openers")
	// ListSigns stand between the parts of a list: 、, 以及.
	ListSigns = having("list-signs")
	// ParticleNouns are nouns whose first character is elsewhere a particle: 地膜, 和美乡村.
	ParticleNouns = having("particle-nouns")
	// PerOutputOpeners open a name that is one per output, which does not add up and which the
	// names listed after it share: 单位GDP能耗、水耗.
	PerOutputOpeners = having("per-output-openers")
	// AuthorityRanks say by whose rank a thing is: 省级, 国家级.
	AuthorityRanks = having("authority-ranks")
	// RelativeOpeners open a name that is only what it is compared with: 较上年.
	RelativeOpeners = having("relative-openers")
	// NotAndSoOn are words with 等 that end no list: 等额, 高等.
	NotAndSoOn = having("not-and-so-on")
	// TaskNouns after a number say that it is a task, and count nothing: 3.5万亩建设任务.
	TaskNouns = having("task-nouns")
)
