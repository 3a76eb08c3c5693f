package lexicon

// Words that tell a number that is no target.
var (
	// BracketAims open a bracket that sets a target of its own: (力争60家).
	BracketAims = having("bracket-aims")
	// PartOpeners open a bracket that names a part of the number before it. A number right
	// after one, before a verb, only tells how part of it comes about: 含2座改造.
	PartOpeners = having("part-openers")
	// GradeEndings after a number make it what a thing is called by: 5级, 15分钟生活圈.
	GradeEndings = having("grade-endings")
	// TextPartNouns are parts of a plan where a Chinese numeral counts them; figures count things to
	// be done: 八项任务, but 8项任务.
	TextPartNouns = having("text-part-nouns")
	// BandNouns are what a text or a programme is divided into, and are no targets whether figures or
	// numerals count them: 6大领域.
	BandNouns = having("band-nouns")
	// KindNouns are nouns whose kinds are told apart and not brought about: 20种疾病.
	KindNouns = having("kind-nouns")
	// PastMarks before a number show it to be a fact: 已, 拥有.
	PastMarks = having("past-marks")
	// NotPast hold the characters of one of PastMarks by chance: 项目前期, 新建有机肥厂.
	NotPast = having("not-past")
	// ExistingStates are those of PastMarks that say what there is; a verb after them turns to
	// what is to be done: 目前全县建设3个.
	ExistingStates = having("existing-states")
	// PastOpeners begin an account of what was; it goes on to the end of the sentence, or to one of
	// AimAdverbs: 过去五年, 截至, 以来.
	PastOpeners = having("past-openers")
	// AimAdverbs after such an account turn to what is aimed at, so that the number after them is no
	// fact: 去年…, 今年力争….
	AimAdverbs = having("aim-adverbs")
	// OwnPlaces are what a plan calls its own place or body: 我县.
	OwnPlaces = having("own-places")
	// MeasureEndings after 拥有 make it part of what is measured, and no mark of a fact: 专利拥有量.
	MeasureEndings = having("measure-endings")
	// FromWords stand before where a thing stood: 由81%, 从3%.
	FromWords = having("from-words")
	// BetweenFromAndBaseline may stand between 由 or 从 and where a thing stood: 由2023年的,
	// 从目前的.
	BetweenFromAndBaseline = having("between-from-and-baseline")
	// ChangeAfterBaseline after a number show it to be where a change begins: 由81%提高到.
	ChangeAfterBaseline = having("change-after-baseline").Or(having("to-level-verbs"))
	// BasisVerbs open a clause that names means, ground or field: 依托3个园区.
	BasisVerbs = having("basis-verbs")
	// MeansVerbs are those that lean on what there is, when the clause ends in the name of an
	// asset: 发挥….
	MeansVerbs = having("means-verbs")
	// AssetNouns are such assets: 优势, 平台.
	AssetNouns = having("asset-nouns")
	// RoleNouns say after 为 what the things counted are to others: 以12家企业为核心.
	RoleNouns = having("role-nouns")
	// FirmPolicy settle that a number is of a policy that gives something to those who meet a
	// condition: 给予, 封顶.
	FirmPolicy = having("firm-policy")
	// SoftPolicy are of what is granted, and stand in targets that pay it out too: 补贴, 奖励.
	SoftPolicy = having("soft-policy")
	// GranteeVerbs say what somebody gets, and nothing of how many do: 可享受.
	GranteeVerbs = having("grantee-verbs")
	// TaxRules belong to a rule of taxes: 加计扣除.
	TaxRules = having("tax-rules")
	// EachGrantee say that a number is the most each gets: 每家不超过50万元.
	EachGrantee = having("each-grantee")
	// PayoutVerbs say that the money is paid out, which makes it a target: 发放补贴3亿元.
	PayoutVerbs = having("payout-verbs")
	// AccordingTo lead to the measure that something is given by: 按投资额的10%.
	AccordingTo = having("according-to")
	// ScheduleWords begin like those and say when: 按期, 按计划.
	ScheduleWords = having("schedule-words")
	// SpendingNouns end what is spent in all, which may be a target: 支出, 总额.
	SpendingNouns = having("spending-nouns")
	// PriceNouns are what a price is called: 水价, 单价.
	PriceNouns = having("price-nouns")
	// PriceBases after a number and 的 make it a price: 3元的标准.
	PriceBases = having("price-bases")
	// PointNouns end what a number of points is a scale or a part of, and nothing to reach: 考核总分.
	PointNouns = having("point-nouns")
	// EachOne say that a number is one for each person, place or piece: 每亩补贴80元,
	// 每县每年3个.
	EachOne = having("each-one")
	// GivenWords say that something is given where a condition is met: 补贴, 减免.
	GivenWords = having("given-words")
	// StandardNouns end the standard of what a person gets: 低保标准.
	StandardNouns = having("standard-nouns")
	// ReceivedVerbs say what was received or spent while the plan was drafted: 收到意见30条.
	ReceivedVerbs = having("received-verbs")
	// AnnouncingOpeners open a clause that only says what the text sets out: 现将….
	AnnouncingOpeners = having("announcing-openers")
	// ThroughWords before a number say what the plan went through before it was made: 经5轮论证.
	ThroughWords = having("through-words")
	// WorkingBodies are bodies that organise work: 工作专班.
	WorkingBodies = having("working-bodies")
	// SetUpVerbs set up parts of such a body: 下设3个组.
	SetUpVerbs = having("set-up-verbs")
	// ComposedWords after a number say what a body consists of: 3个部门组成的.
	ComposedWords = having("composed-words")
	// RoundIntervals say how often work is steered; with one of SteeringActs in the clause the number
	// is no target: 每月调度1次.
	RoundIntervals = having("round-intervals")
	// SteeringActs are such work, and right beside the number of a turn need no interval: 调度, 督查.
	SteeringActs = having("steering-acts")
	// TurnUnits are units that count how often something is done: 次, 轮.
	TurnUnits = having("turn-units")
	// MechanismNouns end what a list of persons and bodies makes up:
	// 1名链长、1个专班的工作机制.
	MechanismNouns = having("mechanism-nouns")
	// MechanismVerbs set up such a mechanism: 建立, 健全.
	MechanismVerbs = having("mechanism-verbs")
	// ProjectNouns are what has a capacity: 基地, 电厂.
	ProjectNouns = having("project-nouns")
	// CapacityWords before a number say how big one project is: 年产, 总投资.
	CapacityWords = having("capacity-words")
	// DimensionNouns say how high, long or roomy one thing is built, which is no aim: 坝高, 核载.
	DimensionNouns = having("dimension-nouns")
	// DimensionStarts after a length say which of a thing it is: 12米宽道路.
	DimensionStarts = having("dimension-starts")
	// WeightNouns are how much a mark counts among others: 权重.
	WeightNouns = having("weight-nouns")
	// EachGroup stand before how many make up a group: 每组.
	EachGroup = having("each-group")
	// ReachNouns are the people within reach of a place: 覆盖人口.
	ReachNouns = having("reach-nouns")
	// ProjectOpenings at the head of a clause make one of CapacityWords before the number say how big
	// one project is, even where no project is named after it: 总投资36亿元.
	ProjectOpenings = having("project-openings")
	// ProjectPhases are phases of a project before its capacity: 二期.
	ProjectPhases = having("project-phases")
	// WholeThingUnits count things, which have no capacity: 个, 座.
	WholeThingUnits = having("whole-thing-units")
	// UrgingVerbs right before a number of things make it none that is to be reached where the clause
	// ends in one of UpkeepWords: the things are there. 推动2家实验室提质.
	UrgingVerbs = having("urging-verbs")
	// DriveVerbs are those of UrgingVerbs with which one of BettermentWords is work to be done, and
	// its number a target: 推进12家改造提质.
	DriveVerbs = having("drive-verbs")
	// UpkeepWords end a clause that wishes of what exists no more than that it do better: 提质增效.
	UpkeepWords = having("upkeep-words")
	// BettermentWords are those of UpkeepWords that can be such work: 改造提质.
	BettermentWords = having("betterment-words")
	// FirmActionVerbs bring about what is counted, even where a numeral or a list of names
	// makes that doubtful: 建成城北、城南2所学校.
	FirmActionVerbs = having("firm-action-verbs")
	// ShortfallStates say that a number falls short: 仅有, 尚缺.
	ShortfallStates = having("shortfall-states")
	// PeerWords are those whom others are behind: 全省平均, 发达.
	PeerWords = having("peer-words")
	// BehindWords say that somebody is behind: 低, 落后.
	BehindWords = having("behind-words")
	// ForbiddingWords forbid what the number limits: 禁止生产厚度低于0.01毫米的地膜.
	ForbiddingWords = having("forbidding-words")
	// ShareOpeners open a clause with how many of the things after it reach the number in it, which
	// is then not that of the whole: 半数以上的村.
	ShareOpeners = having("share-openers")
	// MoneyNouns are sums, which a number of money counts and does not choose among:
	// 500万元以上投资.
	MoneyNouns = having("money-nouns")
	// HolderNouns are those whom a number of money or people chooses: 2000万元以上企业,
	// 1000人以上的村.
	HolderNouns = having("holder-nouns")
	// ChooserOpeners open a clause on whom something is given to: 对, 凡.
	ChooserOpeners = having("chooser-openers")
	// ChoosingWords open a clause that chooses people or things by a number: 具备, 为.
	ChoosingWords = having("choosing-words")
	// AimNouns after 的, or after a term of years, say that the number is the aim itself:
	// 5%的目标.
	AimNouns = having("aim-nouns")
	// PredicateStarts after a number go on with a verb instead of naming what is counted:
	// 达到, 用于.
	PredicateStarts = having("predicate-starts")
)
