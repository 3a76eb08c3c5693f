package lexicon

// Words of tables: of their heads, their captions and notes, and their cells.
var (
	// Commitment says in a cell how far an indicator binds: binding 约束, expected 预期.
	Commitment = answering("commitment", "binding", "expected")
	// SerialHeads are in the head of a column of serial numbers: 序号, 编号.
	SerialHeads = having("serial-heads")
	// AsideHeads are in the head of a column that says nothing of a target: 备注, 备.
	AsideHeads = having("aside-heads")
	// PointHeads are in the head of a column of points or weights: 分值, 权重.
	PointHeads = having("point-heads")
	// BindingHeads are in the head of the column that says which indicators bind: 属性, 指标类型.
	BindingHeads = having("binding-heads")
	// UnitHeads are in the head of a column of units: 单位, 计量单位.
	UnitHeads = having("unit-heads")
	// YearHeads are the head of a column of years: 年度, 年份.
	YearHeads = having("year-heads")
	// AgentHeads are the whole head of a column of agencies: 部门, 部门名称.
	AgentHeads = having("agent-heads")
	// AreaHeads end the head of a column of places, or open it before one of PlaceHeadTails: 乡镇, 镇街.
	AreaHeads = having("area-heads")
	// PlaceHeadTails may follow one of AreaHeads in the head of a column of places: 名称, 别.
	PlaceHeadTails = having("place-head-tails")
	// WholeAreaHeads are the whole head of a column of places: 村名, 村别.
	WholeAreaHeads = having("whole-area-heads")
	// ResultHeads are in the head of a column of what was reached: 完成数, 完成情况.
	ResultHeads = having("result-heads")
	// ShareDoneHeads are in the head of a column of how much of a target was reached: 占年, 占全年.
	ShareDoneHeads = having("share-done-heads")
	// DoneHeads are in the head of a column of what was done so far: 已完成, 完成数.
	DoneHeads = having("done-heads")
	// OutcomeHeads in the head of a column of results or baselines say that it was reached: 完成, 实际.
	OutcomeHeads = having("outcome-heads")
	// ExpectedHeads in such a head say that it is not reached yet: 预计, 预期完成.
	ExpectedHeads = having("expected-heads")
	// BaseHeads are in the head of a column of baselines: 基数, 基期.
	BaseHeads = having("base-heads")
	// ChangeHeads are in the head of a column of changes: 增长, 增速.
	ChangeHeads = having("change-heads")
	// GoalHeads are in the head of a column of targets: 目标值, 年目标.
	GoalHeads = having("goal-heads")
	// FirmGoalHeads are in the head of a column of targets whatever else stands there: 目标值, 目标数.
	FirmGoalHeads = having("firm-goal-heads")
	// NameHeads are in the head of the column that names what is aimed at: 指标, 项目.
	NameHeads = having("name-heads")
	// CategoryHeads are in the head of a column of classes of indicators: 类别, 分类.
	CategoryHeads = having("category-heads")
	// FinerNameHeads are in the head of the column that names an indicator closest: 内容, 二级指标.
	FinerNameHeads = having("finer-name-heads")
	// PlaceEnds end the name of a place in a table: 镇, 乡.
	PlaceEnds = having("place-ends")
	// WholeHeads name the whole of which a table gives the parts: 合计, 总计.
	WholeHeads = having("whole-heads")
	// FigureOpenings stand before the figure of a cell: 不低于, 不少于.
	FigureOpenings = having("figure-openings")
	// CaptionEndings end the caption of a table: 表, 指标.
	CaptionEndings = having("caption-endings")
	// NoteOpenings open a note to a table: 注, 备注.
	NoteOpenings = having("note-openings")
	// ContinuedTable say that a table goes on from the page before: 续表, (续).
	ContinuedTable = having("continued-table")
	// SpreadHeads are heads whose characters are set apart to fill a cell: 备注, 单位.
	SpreadHeads = having("spread-heads")
	// NamedThingHeads in a head say what the column names: 指标, 项目.
	NamedThingHeads = having("named-thing-heads")
	// DoneTails after 完成 in a head show that it is no deed but how far a target is reached: 值, 数.
	DoneTails = having("done-tails")
	// ChangeOpenings after 年均 in a head make a change of it: 增, 提.
	ChangeOpenings = having("change-openings")
	// YearBeforeHeads in a head are the year before that of the plan: 上年, 去年.
	YearBeforeHeads = having("year-before-heads")
	// NotUnits in the brackets of a head show that they hold no unit: 单位, 的.
	NotUnits = having("not-units")
	// UnitMarks in the brackets of a head show that they hold a unit: 单位:.
	UnitMarks = having("unit-marks")
	// UnitEndings end what the brackets of a head give as the unit: 元, 人.
	UnitEndings = having("unit-endings")
	// YearEndHeads in a head make its figures those of the end of a year: 年底目标, 年末目标.
	YearEndHeads = having("year-end-heads")
	// GoalHeadNouns in a head say that a column holds targets, and not of what: 目标任务数, 目标任务.
	GoalHeadNouns = having("goal-head-nouns")
	// LevelHeights follow a verb that brings to a level, and are no name: 新高, 最高.
	LevelHeights = having("level-heights")
	// ShareEndings end the name of a share: 率, 占比.
	ShareEndings = having("share-endings")
	// ManagementAdverbs stand before a verb of treatment and say how it is done: 提质, 提标.
	ManagementAdverbs = having("management-adverbs")
	// TreatmentVerbs name what is done to the things of a row: 治理, 改造.
	TreatmentVerbs = having("treatment-verbs")
	// ExtentNouns end a name with how much of a thing is treated: 面积, 里程.
	ExtentNouns = having("extent-nouns")
	// AddedVerbs open the name of what is added: 新增, 新建.
	AddedVerbs = having("added-verbs")
	// WaitingEndings end what a cell without a figure aims at: 任务, 任务数.
	WaitingEndings = having("waiting-endings")
	// WaitingOpenings open what a cell without a figure aims at: 完成, 全面完成.
	WaitingOpenings = having("waiting-openings")
	// FigureWords in a cell are in the place of a figure, which nobody can tell: 两位数, 零的突破.
	FigureWords = having("figure-words")
	// BaseOpenings open a cell that says what its figure starts from: 由, 从.
	BaseOpenings = having("base-openings")
	// LevelPrepositions lead from a verb to the level that a thing is brought to: 到, 至.
	LevelPrepositions = having("level-prepositions")
	// HopeHeads in the head of a column of targets say that they are hoped for: 力争目标.
	HopeHeads = having("hope-heads")
	// CellOpenings may stand before the figure of a cell and leave it a level: 达到, 达.
	CellOpenings = having("cell-openings")
	// CellChanges before a share in a cell say that it is a change: 增长, 年均增长.
	CellChanges = having("cell-changes")
	// CellSums before the figure of a cell say that it is summed up over the term: 累计, 五年累计.
	CellSums = having("cell-sums")
	// CellClosings may stand after all that a cell says, as does ·: 。, ;.
	CellClosings = having("cell-closings")
	// PartRowOpenings open the name of a part of the row above: 其中:, 其中.
	PartRowOpenings = having("part-row-openings")
	// BareNames are names that say nothing without the name above them: 总量, 总数.
	BareNames = having("bare-names")
	// IndexNouns end the name of what has no unit: 指数, 系数.
	IndexNouns = having("index-nouns")
	// NamedUnits end a name with the unit of its figure, which may have 数 behind it: 天数, 人次.
	NamedUnits = having("named-units")
	// MeasuredIn end the name of what is measured and say in which units: area 面积, length 里程,
	// quotient 浓度.
	MeasuredIn = answering("measured-in", "area", "length", "quotient")
	// UnitlessSigns are written as the unit where there is none: 无, 无量纲.
	UnitlessSigns = having("unitless-signs")
	// ResultTableTitles stand over a table of what was reached: 完成情况, 落实情况.
	ResultTableTitles = having("result-table-titles")
	// StateTableTitles stand over a table of how things are: 情况, 统计.
	StateTableTitles = having("state-table-titles")
	// AimTableTitles stand over a table of targets: 目标, 任务.
	AimTableTitles = having("aim-table-titles")
	// TableLabels open the lines above a table that number it or give its unit: 表, 专栏.
	TableLabels = having("table-labels")
	// OtherIndicators are all indicators but those named before: 其他, 其余.
	OtherIndicators = having("other-indicators")
	// NamedIndicators lead to the indicators that a note names: 其中, 上述指标中.
	NamedIndicators = having("named-indicators")
	// WholeAmounts in a head say that its figures are amounts and not changes: 总量, 绝对数.
	WholeAmounts = having("whole-amounts")
	// TitleTails end the title of a table and are no part of what it is about: 表, 分解.
	TitleTails = having("title-tails")
	// GrossProducts are sums of which branches of the economy have parts: 生产总值, 增加值.
	GrossProducts = having("gross-products")
	// EconomyBranches are branches of the economy, of which 增加值 is told: 产业, 工业.
	EconomyBranches = having("economy-branches")
	// ColumnBases are in the head of a task table’s column of baselines: 基数, 基期.
	ColumnBases = having("column-bases")
	// LongUnitHeads are anywhere in the head of a column of units, as 单位 alone may not be: 计量单位.
	LongUnitHeads = having("long-unit-heads")
	// FigureVerbs at the end of a name in a table lead to the figure of its row: 覆盖率达到.
	FigureVerbs = having("figure-verbs")
	// AllottingVerbs in a head say that its money was handed out by those above: 下达, 分配.
	AllottingVerbs = having("allotting-verbs")
	// AllottedNouns end the head of what is handed out: 资金, 额度.
	AllottedNouns = having("allotted-nouns")
	// FundSources open the head of money by where it comes from: 省级, 自筹.
	FundSources = having("fund-sources")
	// FundTitles in the title of a table say that it is about money of those above: 资金, 债务.
	FundTitles = having("fund-titles")
	// FundTitleActs after them say that the table hands it out: 分配, 限额.
	FundTitleActs = having("fund-title-acts")
	// DebtWords in a head say that it is about what is owed: 债务, 债券.
	DebtWords = having("debt-words")
	// DebtLimits end such a head with how much may be: 限额, 余额.
	DebtLimits = having("debt-limits")
	// PersonHeads are the whole head of a column that says who may apply: 学历, 年龄要求.
	PersonHeads = having("person-heads")
	// AmendingVerbs lead to what a figure of a plan was changed to: 调整为, 调减至.
	AmendingVerbs = having("amending-verbs")
	// AmendmentOpenings lead to what it was before: 由, 原计划.
	AmendmentOpenings = having("amendment-openings")
	// AssigningVerbs say that those above set a target and do not say its figure here: 下达, 核定.
	AssigningVerbs = having("assigning-verbs")
	// AssignedNouns end what those above set: 任务, 指标.
	AssignedNouns = having("assigned-nouns")
	// AssignedFillers open what such a task is about and name no part of it: 年度, 我市.
	AssignedFillers = having("assigned-fillers")
	// TariffTitles in the title of a table say that it gives prices or grants: 收费标准, 补贴标准.
	TariffTitles = having("tariff-titles")
	// StatisticsTitles end the title of a table of what was: 统计表, 公报.
	StatisticsTitles = having("statistics-titles")
	// ReachedHeads are the whole head of a column of what was reached: 实际, 完成.
	ReachedHeads = having("reached-heads")
)
