package lexicon

// Words in and around the name of what is counted.
var (
	// Sectors begin as a verb does and are parts of the economy: 服务业.
	Sectors = having("sectors")
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
	// NotRelative are words that begin like those and are part of a noun: 较大事故, 比例.
	NotRelative = having("not-relative")
	// NotAndSoOn are words with 等 that end no list: 等额, 高等.
	NotAndSoOn = having("not-and-so-on")
	// TaskNouns after a number say that it is a task, and count nothing: 3.5万亩建设任务.
	TaskNouns = having("task-nouns")
	// CarryingVerbs only carry the number of what they are followed by, and are left out
	// of a name: 完成造林, 开展培训.
	CarryingVerbs = having("carrying-verbs")
	// BuildingVerbs bring a thing about, and are left out where the thing has a name of
	// some length: 建设工会驿站.
	BuildingVerbs = having("building-verbs")
	// NounsOfVerbs are nouns that begin like one of those: 建设用地.
	NounsOfVerbs = having("nouns-of-verbs")
	// TowardsWords open those whom something is done for at the head of a name: 面向农民.
	TowardsWords = having("towards-words")
	// GivingVerbs stand between those and what is done, and are left out: 农民开展培训.
	GivingVerbs = having("giving-verbs")
	// DegreeWords say how much of a quality a thing has, which its name leaves out: 较大.
	DegreeWords = having("degree-words")
	// PraisingWords end what is said in praise of a thing: 带动力强的.
	PraisingWords = having("praising-words")
	// RoadNouns are measured by their 里程, and other lines by their length: 公路.
	RoadNouns = having("road-nouns")
	// HomeNouns are counted by homes where the unit is 户: 危旧房, 居民.
	HomeNouns = having("home-nouns")
	// PlaceNouns end the name of a place before a verb: 在薄弱村新建.
	PlaceNouns = having("place-nouns")
	// Agents end the name of those who do what the verb after them says: 全县水利系统新建.
	Agents = having("agents")
	// CircumstanceTails end what a level presupposes: 正常年景下.
	CircumstanceTails = having("circumstance-tails")
	// PurposeVerbs lead from the things counted to what becomes of them all: 打造品牌.
	PurposeVerbs = having("purpose-verbs")
	// PersonEndings end the names of people, who may serve something: 特派员.
	PersonEndings = having("person-endings")
	// ReworkVerbs stand after another verb and are one with it: 建设改造.
	ReworkVerbs = having("rework-verbs")
	// TitleVerbs after a quoted title are one with it: “义诊”进乡村.
	TitleVerbs = having("title-verbs")
	// LendingVerbs are done with money, and stand after it in a name: 贷款投放金额.
	LendingVerbs = having("lending-verbs")
	// AffectingVerbs say whom the work on something concerns: 涉及居民.
	AffectingVerbs = having("affecting-verbs")
	// GoalNouns name a number to be reached: 预期目标.
	GoalNouns = having("goal-nouns")
	// MeaningMarks stand in a bracket that explains a word: 指, 简称.
	MeaningMarks = having("meaning-marks")
	// BareTotals name no thing of their own, and take the one before: 总数, 年度投资.
	BareTotals = having("bare-totals")
	// BareRates are rates that do not say of what they are one, and take the thing before:
	// 合格率.
	BareRates = having("bare-rates")
	// SortWords before a bare noun stay in its name: 各类人员.
	SortWords = having("sort-words")
)
