package lexicon

var (
	// FullCoverage was coverage.
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
	// NounOpeners was nounOpeners.
	NounOpeners = having("noun-openers")
	// NotAim open what is no bad thing: 不发生变化.
	NotAim = having("not-aim")
	// NearlyWords was nearly.
	NearlyWords = having("nearly-words")
	// RankVerbs lead to a rank, with no more than the field of those that are ranked
	// between.
	RankVerbs = having("rank-verbs")
	// FirmRankVerbs need no field between themselves and a first place.
	FirmRankVerbs = having("firm-rank-verbs")
	// RankFields end the name of the field in which a place is held.
	RankFields = having("rank-fields")
	// RankScopes was rankScopes.
	RankScopes = having("rank-scopes")
	// LeadingPlaces was leadingPlaces.
	LeadingPlaces = having("leading-places")
	// RankUnits was rankUnits.
	RankUnits = having("rank-units")
	// RankEnds was rankEnds.
	RankEnds = having("rank-ends")
	// RankNouns was placeNouns.
	RankNouns = having("rank-nouns")
	// TopPlaces was topPlaces.
	TopPlaces = having("top-places")
	// GrantOpeners open a clause about those who hold a rank, not one that aims at it.
	GrantOpeners = having("grant-openers")
	// CaseNouns was caseNouns.
	CaseNouns = having("case-nouns")
	// PersonNouns was personNouns.
	PersonNouns = having("person-nouns")
	// HouseNouns was houseNouns.
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
