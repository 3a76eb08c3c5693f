package lexicon

// Words of dates and deadlines, and of the lines that hand a date down.
var (
	// Every says for each of what periods a target holds: week 每周, month 每月, quarter 每季度,
	// half 每半年, year 每年.
	Every = answering("every", "week", "month", "quarter", "half", "year")
	// PartOfYear says what months of a year are meant: first-half 上半年, second-half 下半年,
	// three-quarters 前三季度, whole 年底, 全年.
	PartOfYear = answering("part-of-year", "first-half", "second-half", "three-quarters", "whole")
	// TimeOpeners begin a time that no figure opens: 春节前, 今后五年, 本世纪中叶.
	TimeOpeners = Occasions.Or(YearsAheadOpeners).Or(CenturyMiddles)
	// PartOfMonth says which third of a month is meant, where that is not its last: first 上旬, second 中旬.
	PartOfMonth = answering("part-of-month", "first", "second")
	// Occasions name a time of the year of which the text does not give the day: 春节, 开学.
	Occasions = having("occasions")
	// CenturyMiddles name the middle of the century: 本世纪中叶.
	CenturyMiddles = having("century-middles")
	// YearsAheadOpeners stand before a number of years from the plan's own on: 今后, 用.
	YearsAheadOpeners = having("years-ahead-openers")
	// SpanOpeners are those of YearsAheadOpeners that need no end after the years: 今后五年.
	SpanOpeners = having("span-openers")
	// YearsAheadEnds end such a time: 三年内, 用3年左右时间.
	YearsAheadEnds = having("years-ahead-ends")
	// NotYearsAhead after so many years make them a part of a name: 未来三年行动计划.
	NotYearsAhead = having("not-years-ahead")
	// WhichYear names a year by the plan's own: this 今年, next 明年, last 去年, before-last 前年.
	WhichYear = answering("which-year", "this", "next", "last", "before-last")
	// DateRangeSigns stand between the two ends of a range of dates or numbers: 1-6月,
	// 三到五家.
	DateRangeSigns = having("date-range-signs")
	// DateEdges say which end of a month or year is meant; the last day is taken for all but
	// the beginning, because plans give deadlines: 6月底前.
	DateEdges = having("date-edges")
	// StandingTimes say in the place of a day that a task goes on: 长期.
	StandingTimes = having("standing-times")
	// SpanMarks follow a five-year plan that is meant as a time: “十五五”期间.
	SpanMarks = having("span-marks")
	// BeforeBaseDate right before a date say that a change is measured from it: 较2022年.
	BeforeBaseDate = having("before-base-date")
	// AfterBaseDate right after a date say so: 2020年以来.
	AfterBaseDate = having("after-base-date")
	// CitedPlans after a date end the name of another plan, which is no deadline:
	// 2035年远景目标.
	CitedPlans = having("cited-plans")
	// IssuingVerbs tie a date to a noun as what was done to it then: 2019年批准的项目.
	IssuingVerbs = having("issuing-verbs")
	// CatchingUp stand before a year that is over and make what follows a task that is still to be
	// done: 继续完成2025年续建项目.
	CatchingUp = having("catching-up")
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
	// WholeYearAdverbs after a word such as 每年 lead to a number of the whole term:
	// 每年新增,累计50家.
	WholeYearAdverbs = having("whole-year-adverbs")
)
