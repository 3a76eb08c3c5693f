package lexicon

// Words of aims that no figure states, and of dated steps.
var (
	// CountedIn says what the things of a name are counted in: case 投诉 in 件, person 职工 in 人,
	// house 家庭 in 户, firm 企业 in 家, bed 床位 in 张, place 学位 in 个.
	CountedIn = answering("counted-in", "case", "person", "house", "firm", "bed", "place")
	// MustNot are those of NotHappening that make it an aim of none: 不发生.
	MustNot = having("must-not")
	// NotHappening say that a bad thing is not to happen: those of MustNot as an aim of none, the
	// others only as a thing to ward off. 防止发生.
	NotHappening = having("not-happening")
	// ZeroWords state an aim of none: 清零, 零事故.
	ZeroWords = having("zero-words")
	// ZeroChanges are those of ZeroWords that are said of a measure that is not to rise:
	// 零增长.
	ZeroChanges = having("zero-changes")
	// NoneThings are measured, and none of them is to be left where 零 stands before them: 零填埋.
	NoneThings = having("none-things")
	// FirstOfKind say that there is to be a first one: 零的突破.
	FirstOfKind = having("first-of-kind")
	// OnlyTurns say which way a thing is to go and not how far, from a figure that the text does
	// not give: 只降不升, “双下降”.
	OnlyTurns = having("only-turns")
	// FullCoverage state an aim of all: 全覆盖.
	FullCoverage = having("full-coverage")
	// UnmetMarks right before an aim say that it was not reached: 尚未全覆盖.
	UnmetMarks = having("unmet-marks")
	// AimClosings may stand between an aim and the end of its clause: 清零目标.
	AimClosings = having("aim-closings")
	// AimVerbs stand between what an aim is about and its words: 实现全覆盖.
	AimVerbs = having("aim-verbs")
	// PlainVerbs before what an aim or a step is about say nothing of it: 推进管网全覆盖.
	PlainVerbs = having("plain-verbs")
	// NounOpeners begin like those and are part of the name: 保障性住房.
	NounOpeners = having("noun-openers")
	// NotAim open what is no bad thing: 不发生变化.
	NotAim = having("not-aim")
	// NearlyWords weaken an aim of all: 基本实现全覆盖.
	NearlyWords = having("nearly-words")
	// RankVerbs lead to a rank, with no more than the field of those that are ranked between:
	// 进入全省前10.
	RankVerbs = having("rank-verbs")
	// FirmRankVerbs need no such field before a first place: 位居首位.
	FirmRankVerbs = having("firm-rank-verbs")
	// RankFields end the name of the field in which a place is held: 全省, 百强.
	RankFields = having("rank-fields")
	// RankScopes are the fields that are a territory: 全省.
	RankScopes = having("rank-scopes")
	// LeadingPlaces may stand before the number of a place: 前列前10.
	LeadingPlaces = having("leading-places")
	// RankUnits count places: 位, 名.
	RankUnits = having("rank-units")
	// RankEnds may follow a place: 前10以内.
	RankEnds = having("rank-ends")
	// RankNouns are what a rank is called: 排名.
	RankNouns = having("rank-nouns")
	// TopPlaces are first places without a number: 首位.
	TopPlaces = having("top-places")
	// GrantOpeners open a clause about those who hold a rank, not one that aims at it:
	// 对前10名.
	GrantOpeners = having("grant-openers")
	// MakingVerbs take what is brought about after them: 完成编制, 出台办法.
	MakingVerbs = having("making-verbs")
	// EndingVerbs need nothing after them, and say by when all is done: 6月底前投入使用,
	// 通过验收.
	EndingVerbs = having("ending-verbs")
	// MadeFirst are those of EndingVerbs that the title of a step has before what is made, in
	// whichever order the plan has them: 出台办法 of 办法出台.
	MadeFirst = having("made-first")
	// WeakMaking are those of MakingVerbs that open ongoing work as often as a step, and make
	// one only where a date closes it: 6月底前开展.
	WeakMaking = having("weak-making")
	// VagueObjects end what nobody can tick off: 取得明显成效.
	VagueObjects = having("vague-objects")
	// VagueWholes are such objects where nothing stands before them: 完成目标任务.
	VagueWholes = having("vague-wholes")
	// OwnAgents at the head of a clause say who does the step, and are no part of its title: 各县区完成排查.
	OwnAgents = having("own-agents")
	// ActingAgencies right before one of MakingVerbs end the name of who does the step, which is no
	// part of its title: 市教育局出台方案.
	ActingAgencies = having("acting-agencies")
	// MinutesOpeners open a clause that tells what a meeting decided: 会议决定.
	MinutesOpeners = having("minutes-openers")
	// PartsOfWork begin the name of a part of what a sentence is about: 主体工程.
	PartsOfWork = having("parts-of-work")
	// FieldNouns end the field in which a thing must not happen: 金融领域不发生….
	FieldNouns = having("field-nouns")
	// BeforeDate may stand between a subject and the date of its step: 平台力争于6月底.
	BeforeDate = having("before-date")
	// StepOpenings may stand between a date and what is to be done by then, or around the
	// date: 确保6月底前全面完成.
	StepOpenings = having("step-openings")
	// RecurringMarks before a date say that it comes again and again: 每年6月底.
	RecurringMarks = having("recurring-marks")
	// NotDue before a date compare with it or name a measure, and set no deadline: 早于6月底, 按6月底.
	NotDue = having("not-due")
	// GrantsTo say what those get who did a thing by a date: 予以奖励.
	GrantsTo = having("grants-to")
	// OpenEnds after a date make it the beginning of a time, or part of a noun: 6月底之后.
	OpenEnds = having("open-ends")
	// PerfectMarks stand right after a verb that is no promise: 完成了.
	PerfectMarks = having("perfect-marks")
	// WorkNouns end a subject whose work, and not itself, is meant: 平台建设.
	WorkNouns = having("work-nouns")
)
