package lexicon

// Words of dates and deadlines, and of the lines that hand a date down.
var (
	// DateRangeSigns stand between the two ends of a range of dates or numbers: 1-6月,
	// 三到五家.
	DateRangeSigns = having("date-range-signs")
	// DateEdges say which end of a month or year is meant; the last day is taken for all but
	// the beginning, because plans give deadlines: 6月底前.
	DateEdges = having("date-edges")
	// SpanMarks follow a five-year plan that is meant as a time: “十五五”期间.
	SpanMarks = having("span-marks")
	// FirstHalf are the first six months: 上半年.
	FirstHalf = having("first-half")
	// SecondHalf are the last six months: 下半年.
	SecondHalf = having("second-half")
	// ThreeQuarters are the first nine months: 前三季度.
	ThreeQuarters = having("three-quarters")
	// WithinYear mean by the end of the year, or all of it: 年底, 全年.
	WithinYear = having("within-year")
	// ThisYear name the plan's own year: 今年.
	ThisYear = having("this-year")
	// NextYear name the year after the plan's own: 明年.
	NextYear = having("next-year")
	// LastYear name the year before the plan's own: 去年, 上年同期.
	LastYear = having("last-year")
	// YearBeforeLast name the second year before the plan's own: 前年.
	YearBeforeLast = having("year-before-last")
	// BeforeBaseDate right before a date say that a change is measured from it: 较2022年.
	BeforeBaseDate = having("before-base-date")
	// AfterBaseDate right after a date say so: 2020年以来.
	AfterBaseDate = having("after-base-date")
	// CitedPlans after a date end the name of another plan, which is no deadline:
	// 2035年远景目标.
	CitedPlans = having("cited-plans")
	// IssuingVerbs tie a date to a noun as what was done to it then: 2019年批准的项目.
	IssuingVerbs = having("issuing-verbs")
	// CumulativeAdverbs follow a number of years that a clause opens with: 三年累计建成.
	CumulativeAdverbs = having("cumulative-adverbs")
	// GoalIntroducers end a clause that only says that a goal follows: 其中提出,到2027年.
	GoalIntroducers = having("goal-introducers")
	// GoalOpeners stand before a date that holds for the rest of the paragraph: 力争到2027年.
	GoalOpeners = having("goal-openers")
	// TopicNouns end the name of a field that a sentence opens with, for the sentences after
	// it that only say 产值: 石化产业.
	TopicNouns = having("topic-nouns")
	// ThemeVerbs open a sentence without a subject, or go on after its field: 推动, 围绕.
	ThemeVerbs = having("theme-verbs")
	// WeeklyWords say that a target holds for every week: 每周巡查4次.
	WeeklyWords = having("weekly-words")
	// MonthlyWords say that a target holds for every month: 每月培训50人.
	MonthlyWords = having("monthly-words")
	// QuarterlyWords say that a target holds for every quarter: 每季度新增3家.
	QuarterlyWords = having("quarterly-words")
	// HalfYearlyWords say that a target holds for every half-year: 每半年办展1场.
	HalfYearlyWords = having("half-yearly-words")
	// YearlyWords say that a target holds for every year: 每年新建5座.
	YearlyWords = having("yearly-words")
	// WholeYearAdverbs after a word such as 每年 lead to a number of the whole term:
	// 每年新增,累计50家.
	WholeYearAdverbs = having("whole-year-adverbs")
)
