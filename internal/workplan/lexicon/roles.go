package lexicon

import "strings"

// The sets of words, each the words of one role of lexicon.txt.
var (
	BeforeAgencies = having("before-agencies") // was agencyLead
	AfterAgencies  = having("after-agencies")  // was agencyTail
	AgencyPrefixes = having("agency-prefixes") // was agencyPrefixes
	AgencyEndings  = having("agency-endings")  // was agencySuffixes
	// CertainAgencyEndings are endings that few words but the names of agencies have.
	CertainAgencyEndings = having("certain-agency-endings")
	// Labels, before a colon or 为, say what the agencies after them do.
	LeadLabels        = having("lead-labels")
	JointLabels       = having("joint-labels")
	ResponsibleLabels = having("responsible-labels")
	// AgencyLabels are all of these.
	AgencyLabels = LeadLabels.Or(JointLabels).Or(ResponsibleLabels)
	// PersonLabels and DeadlineLabels stand in the same brackets and name no agencies.
	PersonLabels   = having("person-labels")
	DeadlineLabels = having("deadline-labels")
	// Verbs say at the end of a list of agencies what they do.
	LeadVerbs        = having("lead-verbs")
	JointVerbs       = having("joint-verbs")
	ResponsibleVerbs = having("responsible-verbs")
	Copulas          = having("copulas")         // was copulas
	ReductionVerbs   = having("reduction-verbs") // was takings
	BadEvents        = having("bad-events")      // was badEvents
	BadThings        = having("bad-things")      // was badThings
	BadMeasures      = having("bad-measures")    // was badMeasures
	Usages           = having("usages")          // was usages
	Bearers          = having("bearers")         // was bearers
	NeitherWay       = having("neither-way")     // was neitherWay
	Removals         = having("removals")        // was removals
	FallNouns        = having("fall-nouns")      // was fallNouns
	RiseNouns        = having("rise-nouns")      // was riseNouns
	BetterNouns      = having("better-nouns")    // was betterNouns
	// NeutralTails stand after such a word and leave its sense as it is: 死亡人数,
	// 失业率, 违法行为数. Shares among them keep a verb at the head of a name from
	// counting the thing away.
	NeutralTails = having("neutral-tails")
	// betterTails stand after such a word and leave its sense as it is: 死亡人数,
	// 失业率, 违法行为数. Shares among them keep a verb at the head of a name from
	// counting the thing away.
	ShareTails = having("share-tails")
	// betterTails stand after such a word and leave its sense as it is: 死亡人数,
	// 失业率, 违法行为数. Shares among them keep a verb at the head of a name from
	// counting the thing away.
	PeopleTails = having("people-tails")
	// Words right before one of the words above turn it round: 未办结, 零投诉. What
	// is taken away is turned by few of them, since the others name what it is taken
	// from: 违法查处.
	Negators = having("negators")
	// Words right before one of the words above turn it round: 未办结, 零投诉. What
	// is taken away is turned by few of them, since the others name what it is taken
	// from: 违法查处.
	NegatorsOfRemoval = having("negators-of-removal")
	// Words right before one of the words above turn it round: 未办结, 零投诉. What
	// is taken away is turned by few of them, since the others name what it is taken
	// from: 违法查处.
	Preventers = having("preventers")
	// Words right before one of the words above turn it round: 未办结, 零投诉. What
	// is taken away is turned by few of them, since the others name what it is taken
	// from: 违法查处.
	NotPreventing = having("not-preventing")
	// Verbs that a name opens with and that count what is done about the bad thing
	// after them: 化解债务, 培训失业人员.
	RemovalVerbs = having("removal-verbs").Or(having("removals"))
	// Verbs that a name opens with and that count what is done about the bad thing
	// after them: 化解债务, 培训失业人员.
	HelpVerbs = having("help-verbs")
	// Verbs that a name opens with and that count what is done about the bad thing
	// after them: 化解债务, 培训失业人员.
	BeforeRemovalVerb = having("before-removal-verb")
	// PerOutput in a name make a usage one per output.
	PerOutput = having("per-output")
	// GoalIntroducers words end a clause that only says that a goal follows: 其中提出,到2027年.
	GoalIntroducers = having("goal-introducers")
	GoalOpeners     = having("goal-openers") // was goalOpeners
	// DueLabels open a line that dates a whole item: 完成时限:6月底前.
	DueLabels = having("due-labels")
	// TopicNouns end the name of a field that a sentence opens with.
	TopicNouns = having("topic-nouns")
	// ThemeVerbs are verbs that a sentence without a subject opens with.
	ThemeVerbs = having("theme-verbs")
	// ThemeFollowers are further verbs after a topic.
	ThemeFollowers = having("theme-followers")
	BeforeAtLeast  = having("before-at-least")  // was beforeAtLeast
	BeforeAtMost   = having("before-at-most")   // was beforeAtMost
	BeforeMoreThan = having("before-more-than") // was beforeMoreThan
	BeforeLessThan = having("before-less-than") // was beforeLessThan
	BeforeAbout    = having("before-about")     // was beforeAbout
	AfterAtLeast   = having("after-at-least")   // was afterAtLeast
	AfterAtMost    = having("after-at-most")    // was afterAtMost
	AfterAbout     = having("after-about")      // was afterAbout
	// MultipleComparators words hold a multiple of something against what is reached:
	// 不低于低保标准的1.3倍.
	MultipleComparators = having("multiple-comparators")
	FloorWords          = having("floor-words") // was floorWords
	// BetweenComparatorAndLevel words stand between a level and what each person gets.
	BetweenComparatorAndLevel = having("between-comparator-and-level")
	// KeepWords words say that a level is held, and reaching words that it is
	// come to. 不低于 says neither.
	KeepWords  = having("keep-words")
	KeepVerbs  = having("keep-verbs")  // was keepingVerbs
	ReachVerbs = having("reach-verbs") // was reaching
	// ReachedShares grow bit by bit over the term; heldShares describe what
	// passed in each period.
	ReachedShares  = having("reached-shares")
	HeldShares     = having("held-shares")     // was heldShares
	PeriodPrefixes = having("period-prefixes") // was eachShares
	// BesideLevelVerb words may stand between such a word and its number.
	BesideLevelVerb = having("beside-level-verb")
	DateRangeSigns  = having("date-range-signs") // was rangeSigns
	// DateEdges say which end of a month or year is meant; the last day is taken for
	// all but the beginning, because plans give deadlines.
	DateEdges     = having("date-edges")
	RelativeYears = having("relative-years") // was relativeYearWords
	// CeilingVerbs words keep a level from rising, also where a word after the number
	// compares it: 控制在5%左右.
	CeilingVerbs = having("ceiling-verbs")
	// PriceRises are said of prices and costs.
	PriceRises     = having("price-rises")
	BindingAdverbs = having("binding-adverbs") // was firmly
	SinceBefore    = having("since-before")    // was sinceBefore
	SinceAfter     = having("since-after")     // was sinceAfter
	CitedPlans     = having("cited-plans")     // was citedPlans
	TermAims       = having("term-aims")       // was aimsOfTerm
	SpanMarks      = having("span-marks")
	// BeforeEdges end a date before which something is due: 6月30日前.
	BeforeEdges = having("before-edges")
	// YearParts name a part of a year without a number: 上半年, 年底.
	YearParts = having("year-parts")
	// CumulativeAdverbs follow a number of years: 三年累计.
	CumulativeAdverbs = having("cumulative-adverbs") // was spanMarks
	IssuingVerbs      = having("issuing-verbs")      // was issued
	CompletionVerbs   = having("completion-verbs")   // was completions
	WhollyAdverbs     = having("wholly-adverbs")     // was wholly
	// WholeYearAdverbs words after it lead to a number of the whole term.
	WholeYearAdverbs = having("whole-year-adverbs")
	// PerGrantee words before it make a number one for each person or place.
	PerGrantee   = having("per-grantee")
	AsideTargets = having("aside-targets") // was asideTargets
	// PartOpeners say that a bracket names a part of the number before it. A number
	// right after one, before a verb, only tells how part of it comes about: 含2座改造.
	PartOpeners  = having("part-openers")
	GradeEndings = having("grade-endings") // was grades
	// TextPartNouns are parts of a plan when a numeral counts them: 八项任务.
	TextPartNouns = having("text-part-nouns")
	// SortNouns are nouns whose kinds are told apart and not brought about.
	SortNouns = having("sort-nouns")
	BandNouns = having("band-nouns") // was bandNouns
	// Words that show a number to be a fact and no aim.
	PastMarks = having("past-marks")
	// Words that show a number to be a fact and no aim.
	PastOpeners = having("past-openers")
	// Words that show a number to be a fact and no aim.
	CompareWords   = having("compare-words")
	MeasureEndings = having("measure-endings") // was measureOf
	// ExistingStates are words of what there is; a verb after them turns to what is to be
	// done: 目前全县建设3个. aims do the same for a whole sentence: 去年…, 今年力争….
	ExistingStates = having("existing-states")
	// states are words of what there is; a verb after them turns to what is to be
	// done: 目前全县建设3个. AimAdverbs do the same for a whole sentence: 去年…, 今年力争….
	AimAdverbs             = having("aim-adverbs")
	BetweenFromAndBaseline = having("between-from-and-baseline") // was fromFillers
	ChangeAfterBaseline    = having("change-after-baseline")     // was raises
	// BasisVerbs words open a clause that names means, ground or field.
	BasisVerbs = having("basis-verbs")
	// MeansVerbs lean on what there is, when the clause ends in the name of an asset.
	MeansVerbs = having("means-verbs")
	// means lean on what there is, when the clause ends in the name of an asset.
	AssetNouns = having("asset-nouns")
	RoleNouns  = having("role-nouns") // was roles
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	FirmPolicy = having("firm-policy")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	SoftPolicy = having("soft-policy")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	GranteeVerbs = having("grantee-verbs")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	TaxRules = having("tax-rules")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	PolicyCeilings = having("policy-ceilings")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	EachGrantee = having("each-grantee")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	PayoutVerbs = having("payout-verbs")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	AccordingTo = having("according-to")
	// Words of a policy that gives something to those who meet a condition. The
	// firm ones settle it; the soft ones also stand in targets that pay the money
	// out.
	TimelyAdverbs = having("timely-adverbs")
	GrantNouns    = having("grant-nouns")    // was grantWords
	SpendingNouns = having("spending-nouns") // was spending
	PriceNouns    = having("price-nouns")    // was prices
	EachQuantity  = having("each-quantity")  // was eachQuantity
	GivenWords    = having("given-words")    // was givenWords
	StandardNouns = having("standard-nouns") // was standards
	// FloorComparators below a standard make it a target: 标准不低于每人每年600元.
	FloorComparators = having("floor-comparators")
	// Words of how a plan was made and how it is carried out.
	GatheringVerbs = having("gathering-verbs")
	// Words of how a plan was made and how it is carried out.
	ThroughWords = having("through-words")
	// Words of how a plan was made and how it is carried out.
	WorkingBodies = having("working-bodies")
	// Words of how a plan was made and how it is carried out.
	SeatingVerbs = having("seating-verbs")
	// Words of how a plan was made and how it is carried out.
	RoundIntervals = having("round-intervals")
	// Words of how a plan was made and how it is carried out.
	SteeringActs = having("steering-acts")
	// Words of how a plan was made and how it is carried out.
	EvaluationActs = having("evaluation-acts")
	// Words of how a plan was made and how it is carried out.
	MechanismNouns = having("mechanism-nouns")
	// Words of how a plan was made and how it is carried out.
	MechanismVerbs = having("mechanism-verbs")
	// ProjectNouns are nouns that a capacity belongs to.
	ProjectNouns = having("project-nouns")
	// CapacityWords are words right before a capacity.
	CapacityWords = having("capacity-words")
	// ProjectPhases end the name of a project that a capacity follows: 二期30万辆整车.
	ProjectPhases = having("project-phases")
	// WholeThingUnits count projects and those they are for, not what a project makes.
	WholeThingUnits = having("whole-thing-units")
	// MadeVerbs are verbs of what was not there before, or is done to each thing named.
	MadeVerbs = having("made-verbs")
	// DriveVerbs carry a work out that can be counted where it is one of betterments:
	// 推进9个农贸市场提质. Others only wish it well: 支持, 促进.
	DriveVerbs = having("drive-verbs")
	// drives carry a work out that can be counted where it is one of BettermentWords:
	// 推进9个农贸市场提质. Others only wish it well: 支持, 促进.
	BettermentWords = having("betterment-words")
	UrgingVerbs     = having("urging-verbs") // was urging
	UpkeepWords     = having("upkeep-words") // was upkeep
	// FirmActionVerbs bring about something that can be counted even when it is one.
	FirmActionVerbs = having("firm-action-verbs")
	// ShortfallStates words say that a number is what there is, and that it is too
	// little or too much.
	ShortfallStates = having("shortfall-states")
	// PeerWords are what a place is held against.
	PeerWords   = having("peer-words")
	BehindWords = having("behind-words") // was behind
	// LimitWords make a threshold of a number when a noun follows.
	LimitWords      = having("limit-words")
	ForbiddingWords = having("forbidding-words") // was forbiddings
	// SettlementNouns are told by how many live in them: 30户以上自然村.
	SettlementNouns = having("settlement-nouns")
	TimeNouns       = having("time-nouns") // was otherTimes
	// Money can be an amount of the first nouns; of the others it is only a size.
	MoneyNouns = having("money-nouns")
	// Money can be an amount of the first nouns; of the others it is only a size.
	HolderNouns    = having("holder-nouns")
	ChooserOpeners = having("chooser-openers") // was choosers
	// AimNouns after a level say that it is one to reach: 达到95%的目标.
	AimNouns = having("aim-nouns")
	// ChoosingWords words open a clause about those who meet a condition.
	ChoosingWords   = having("choosing-words")
	PredicateStarts = having("predicate-starts") // was predicateStarts
	RankWords       = having("rank-words")       // was rankWords
	// FlowNouns are nouns of what a year brings in, produces or moves: a number of them
	// counts one year, and begins again with the next.
	FlowNouns = having("flow-nouns")
	// PerOne words make a flow a quotient, which does not add up.
	PerOne        = having("per-one")
	PerOneOpeners = having("per-one-openers") // was perOneOpen
	SumsOfTerm    = having("sums-of-term")    // was summedUp
	// SumsOfYears words say that a number is that of the whole term.
	SumsOfYears = having("sums-of-years")
	// LevelFlows count one year too, though plans speak of them as of a level.
	LevelFlows = having("level-flows")
	// GoingOn words open a sentence that goes on with the one before it.
	GoingOn = having("going-on")
	// JoiningWords words stand before what a clause opens with.
	JoiningWords = having("joining-words")
	// LookBackOpeners open a clause that looks back.
	LookBackOpeners = having("look-back-openers")
	ReckonedWords   = having("reckoned-words") // was reckoned
	// Words that turn a text to what is to come. The openers do so only at the
	// head of a clause.
	TurnsToAim = having("turns-to-aim")
	// Words that turn a text to what is to come. The openers do so only at the
	// head of a clause.
	TurnOpeners = having("turn-openers")
	// Words that turn a text to what is to come. The openers do so only at the
	// head of a clause.
	AimsAhead = having("aims-ahead")
	// Words of a passage on what falls short. That there is a lack settles it only
	// where nothing is done about it in the same clause.
	RealizedVerbs = having("realized-verbs")
	// Words of a passage on what falls short. That there is a lack settles it only
	// where nothing is done about it in the same clause.
	LackNouns = having("lack-nouns")
	// Words of a passage on what falls short. That there is a lack settles it only
	// where nothing is done about it in the same clause.
	StillWords = having("still-words")
	// Words of a passage on what falls short. That there is a lack settles it only
	// where nothing is done about it in the same clause.
	RemedyVerbs = having("remedy-verbs")
	// LackBearers after the name of a lack are those who have it.
	LackBearers = having("lack-bearers")
	// ProjectViews open a description of one project.
	ProjectViews    = having("project-views")
	MeaningWords    = having("meaning-words")    // was meanings
	NotMeaning      = having("not-meaning")      // was notMeant
	WeighingWords   = having("weighing-words")   // was weighing
	ConditionWords  = having("condition-words")  // was conditions
	EmergencyPhases = having("emergency-phases") // was emergencies
	// kinds of document that a title ends with.
	TitleEndings = having("title-endings")
	// Words in titles on what was reached and on what is to be reached.
	ResultTitleEndings = having("result-title-endings")
	// Words in titles on what was reached and on what is to be reached.
	ResultTitleWords = having("result-title-words")
	// Words in titles on what was reached and on what is to be reached.
	AimTitleWords = having("aim-title-words")
	// Words in titles on what was reached and on what is to be reached.
	ReportTitleEndings = having("report-title-endings")
	TimeTargetVerbs    = having("time-target-verbs")   // was timeTargets
	MarksBeforeNumber  = having("marks-before-number") // was marksBefore
	// RateNouns are what a share or a quotient is called.
	RateNouns = having("rate-nouns")
	// PerHeadOpeners opens a name that counts per head.
	PerHeadOpeners = having("per-head-openers")
	// PerHeadUnitEndings end a unit that counts per head.
	PerHeadUnitEndings = having("per-head-unit-endings")
	// MeanOpeners open a name of which one number stands for many.
	MeanOpeners = having("mean-openers")
	// DurationNouns end a name of how long one thing takes.
	DurationNouns = having("duration-nouns")
	// YearSums are those that a sum is said to be of: 五年累计改造120个 counts what is
	// done in them, where 累计建成60个 may count what stood before.
	YearSums = having("year-sums")
	// ChangeNouns are nouns of a change.
	ChangeNouns = having("change-nouns")
	// TotalNouns say that the number is a level, whatever the verb.
	TotalNouns = having("total-nouns")
	// StockNouns say so where they end a name; before a noun they only describe it.
	StockNouns = having("stock-nouns")
	// AmountNouns are nouns of a level or flow that is reported as it stands.
	AmountNouns       = having("amount-nouns")
	ObjectChangeVerbs = having("object-change-verbs") // was objectChanges
	// KeepAtVerbs words say that a level stays where it is.
	KeepAtVerbs    = having("keep-at-verbs")
	ChangedToVerbs = having("changed-to-verbs") // was changedTo
	StateEndings   = having("state-endings")    // was ends
	RankPrefixes   = having("rank-prefixes")    // was ranks
	AndAbove       = having("and-above")        // was above
	RelativeTo     = having("relative-to")      // was relativeTo
	// NotAndSoOn are words with 等 that end no list.
	NotAndSoOn = having("not-and-so-on")
	// GenericNouns nouns do not say of what; the paragraph's topic does.
	GenericNouns = having("generic-nouns")
	BeforeZero   = having("before-zero") // was noneLevels
	// HeldVerbs verbs count the issues of what is held or published.
	HeldVerbs        = having("held-verbs")
	PlaceNameUnits   = having("place-name-units")   // was placeUnits
	PlaceNameEndings = having("place-name-endings") // was placeEnds
	NotPlaceNames    = having("not-place-names")    // was placeCounts
	// WordlikeUnits units make words of numerals more often than numbers: 十分, 百度.
	WordlikeUnits   = having("wordlike-units")
	YearlyMeans     = having("yearly-means")     // was averages
	YearComparisons = having("year-comparisons") // was yearOnly
	WholeTerm       = having("whole-term")       // was wholeTerm
	ComparingWords  = having("comparing-words")  // was comparing
	PaceNouns       = having("pace-nouns")       // was paceWords
	// PaceVerbs are the changes that have a pace.
	PaceVerbs            = having("pace-verbs")
	PaceOpeners          = having("pace-openers")            // was paceOpens
	BetweenPaceAndNumber = having("between-pace-and-number") // was paceFills
	AfterPace            = having("after-pace")              // was paceAfter
	// WhoeverWords begin what a clause says of those who act, and not of the thing.
	WhoeverWords = having("whoever-words")
	// Labels of what a page says about the document on it. The first are used for
	// nothing else; the others only with a colon.
	PageLabels = having("page-labels")
	// Labels of what a page says about the document on it. The first are used for
	// nothing else; the others only with a colon.
	ColonLabels = having("colon-labels")
	// Labels of what a page says about the document on it. The first are used for
	// nothing else; the others only with a colon.
	PageOpeners = having("page-openers")
	// Labels of what a page says about the document on it. The first are used for
	// nothing else; the others only with a colon.
	PageMarks = having("page-marks")
	// Labels of what a page says about the document on it. The first are used for
	// nothing else; the others only with a colon.
	DatedPageLabels = having("dated-page-labels")
	ThisText        = having("this-text")         // was thisText
	PartsOfText     = having("parts-of-text")     // was partsOfText
	FirstPlaceWords = having("first-place-words") // was firstWords
	References      = having("references")        // was references
	InStepWords     = having("in-step-words")     // was inStep
	BesideWords     = having("beside-words")      // was beside
	// MostlyAdverbs stand between what keeps in step and the word that says so.
	MostlyAdverbs    = having("mostly-adverbs")
	YearBeforeWords  = having("year-before-words")  // was yearsBefore
	DateListSigns    = having("date-list-signs")    // was dateSigns
	PerOutputOpeners = having("per-output-openers") // was perOutput
	ListSigns        = having("list-signs")         // was listSigns
	// ParticleNouns are nouns whose first character is elsewhere a particle: 地膜, 和美乡村.
	ParticleNouns      = having("particle-nouns")
	FirmReviewHeadings = having("firm-review-headings") // was firmReviews
	ReviewHeadings     = having("review-headings")      // was reviews
	AheadWords         = having("ahead-words")          // was ahead
	PlanHeadings       = having("plan-headings")        // was plans
	Salutations        = having("salutations")          // was salutations
	SalutationEndings  = having("salutation-endings")   // was greetingEnds
	// Fillers stand before what is counted and say nothing about it.
	Fillers = having("fillers")
	// VerbAdverbs are dropped where a verb or another adverb follows.
	VerbAdverbs = having("verb-adverbs")
	// KeptOpenings are words that begin like a filler and are none.
	KeptOpenings = having("kept-openings")
	// ScopeWords stand between a verb and what is counted.
	ScopeWords = having("scope-words")
	// FillersAfterNumber stand between what is counted and its number.
	FillersAfterNumber = having("fillers-after-number")
	// QuantityNouns end a name that already says what is measured.
	QuantityNouns = having("quantity-nouns")
	ArrangedWords = having("arranged-words") // was arranged
	PlaceTails    = having("place-tails")    // was places
	// CompleteNouns verbs name what they are done to: 造林.
	CompleteNouns = having("complete-nouns")
	// ResultVerbs are the verbs that say what becomes of the thing counted.
	ResultVerbs  = having("result-verbs")
	ServiceVerbs = having("service-verbs") // was services
	// RankingAdjectives say nothing without the noun they stand before.
	RankingAdjectives = having("ranking-adjectives")
	AboutWords        = having("about-words") // was abouts
	ListFloors        = having("list-floors") // was listFloors
	// ServedBy words open a part that says whom something is done for.
	ServedBy   = having("served-by")
	Magnitudes = having("magnitudes") // was magnitudes
	// UnitLikeOpenings begin after a unit with a character that would make another word of the
	// unit's own, but are words by themselves: 3家乡镇, 6家电商企业, 10项目标, 5名单身青年.
	UnitLikeOpenings = having("unit-like-openings")
	// PerUnits may follow the stroke of a quotient without being units.
	PerUnits       = having("per-units")
	UnitSigns      = having("unit-signs")      // was unitSigns
	PictureHeights = having("picture-heights") // was pictures
	// ActionVerbs are the verbs whose number counts what the term brings about. Most can
	// have 新 before them.
	ActionVerbs = withNew(having("action-verbs"))
	// ModestVerbs verbs do not show by themselves that the number after them is to be
	// reached; they may introduce what exists.
	ModestVerbs = having("modest-verbs")
	// LevelVerbs lead to the number a thing stands at.
	LevelVerbs = having("level-verbs")
	// ChangeVerbs say that the number is a change.
	ChangeVerbs = having("change-verbs")
	// FallWords are the verbs and nouns of a change downwards.
	FallWords = having("fall-words")
	// HopeVerbs mark a target that is hoped for and not promised.
	HopeVerbs            = having("hope-verbs")
	BetweenVerbAndNumber = having("between-verb-and-number") // was between
	// Words of an aim of none that no figure states.
	MustNot = having("must-not")
	// Words of an aim of none that no figure states.
	NotToHappen = having("not-to-happen")
	// Words of an aim of none that no figure states.
	NotHappening = having("not-happening")
	// Words of an aim of none that no figure states.
	ZeroWords = having("zero-words")
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
