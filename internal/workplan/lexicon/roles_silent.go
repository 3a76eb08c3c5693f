package lexicon

var (
	// FullCoverage says that all of a thing is to be covered.
	FullCoverage = having("full-coverage")
	// ZeroChanges are said of a measure that is not to rise.
	ZeroChanges = having("zero-changes")
	// UnmetMarks words right before an aim say that it was not reached.
	UnmetMarks = having("unmet-marks")
	// AimClosings may stand between an aim and the end of its clause.
	AimClosings = having("aim-closings")
	// AimVerbs stand between what an aim is about and its words.
	AimVerbs = having("aim-verbs")
	// PlainVerbs before what an aim is about say nothing of it, unless they are part of
	// its name.
	PlainVerbs = having("plain-verbs")
	// NounOpeners begin like a plain verb or a work opener and are part of a name: 建设用地.
	NounOpeners = having("noun-openers")
	// NotAim open what is no bad thing: 不发生变化.
	NotAim = having("not-aim")
	// NearlyWords before 全覆盖 make it about all.
	NearlyWords = having("nearly-words")
	// RankVerbs lead to a rank, with no more than the field of those that are ranked
	// between.
	RankVerbs = having("rank-verbs")
	// FirmRankVerbs need no field between themselves and a first place.
	FirmRankVerbs = having("firm-rank-verbs")
	// RankFields end the name of the field in which a place is held.
	RankFields = having("rank-fields")
	// RankScopes are the fields that a rank is named with.
	RankScopes = having("rank-scopes")
	// LeadingPlaces name no place themselves, and may stand before one: 前列第3.
	LeadingPlaces = having("leading-places")
	// RankUnits follow the number of a place: 名.
	RankUnits = having("rank-units")
	// RankEnds follow a place and leave it as it is: 以内.
	RankEnds = having("rank-ends")
	// RankNouns are what a place is called: 名次.
	RankNouns = having("rank-nouns")
	// TopPlaces are words for the first place.
	TopPlaces = having("top-places")
	// GrantOpeners open a clause about those who hold a rank, not one that aims at it.
	GrantOpeners = having("grant-openers")
	// CaseNouns end what is counted in 件.
	CaseNouns = having("case-nouns")
	// PersonNouns end what is counted in 人.
	PersonNouns = having("person-nouns")
	// HouseNouns end what is counted in 户.
	HouseNouns = having("house-nouns")
	// MakingVerbs take what is brought about after them: 完成编制, 出台办法.
	MakingVerbs = having("making-verbs")
	// EndingVerbs need nothing after them: 投入使用, 通过验收.
	EndingVerbs = having("ending-verbs")
	// MadeFirst are those of endingVerbs that an official puts before what they bring about.
	MadeFirst = having("made-first")
	// WeakMaking verbs open ongoing work as often as a step, and make one only where a
	// date closes it: 6月底前开展.
	WeakMaking = having("weak-making")
	// VagueObjects end what nobody can tick off: 取得明显成效.
	VagueObjects = having("vague-objects")
	// VagueWholes are such objects where nothing stands before them: 完成目标任务.
	VagueWholes = having("vague-wholes")
	// OwnAgents open a clause by who is to do it: 各县区.
	OwnAgents = having("own-agents")
	// BeforeDate may stand between a subject and the date of its step.
	BeforeDate = having("before-date")
	// StepOpenings may stand between a date and what is to be done by then.
	StepOpenings = having("step-openings")
	// WorkOpeners open a clause on work that a step belongs to.
	WorkOpeners = having("work-openers")
	// RecurringMarks words before a date say that it comes again and again.
	RecurringMarks = having("recurring-marks")
	// NotDue words before a date hold something against it.
	NotDue = having("not-due")
	// GrantsTo say what those get who did a thing by a date.
	GrantsTo = having("grants-to")
	// OpenEnds after a date make it the beginning of a time, or part of a noun.
	OpenEnds = having("open-ends")
	// PerfectMarks stand right after a verb that is no promise.
	PerfectMarks = having("perfect-marks")
	// WorkNouns end a subject whose work, and not itself, is meant.
	WorkNouns = having("work-nouns")
)
