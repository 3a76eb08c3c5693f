package lexicon

// Words of the front of a plan, of the page that it stands on and of its headings.
var (
	// PageLabels label what a page says about the document on it, and are used for nothing
	// else: 索引号, 发布日期.
	PageLabels = having("page-labels")
	// ColonLabels label data of a page only with a colon after them: 来源:, 作者:.
	ColonLabels = having("colon-labels")
	// PageOpeners open a line that belongs to the page: 当前位置, 版权所有.
	PageOpeners = having("page-openers")
	// PageMarks stand anywhere in a line that belongs to the page: ICP备.
	PageMarks = having("page-marks")
	// DatedPageLabels are the page's labels of a date that the document has: 成文日期.
	DatedPageLabels = having("dated-page-labels")
	// PublishingVerbs follow the date of a line that says who published the text: 市水务局3月13日发布.
	PublishingVerbs = having("publishing-verbs")
	// ThisText name the text itself, whose parts are counted and no targets: 本意见共18条.
	ThisText = having("this-text")
	// PartsOfText are units that count the parts of a text: 条, 章.
	PartsOfText = having("parts-of-text")
	// IndicatorUnits are units that count the indicators a text speaks of: 18项考核指标.
	IndicatorUnits = having("indicator-units")
	// FirstPlaceWords say near 牵头 that of the agencies named the first leads: 列首位的为牵头单位.
	FirstPlaceWords = having("first-place-words")
	// TitleEndings are the kinds of document that a title ends with: 方案, 工作要点.
	TitleEndings = having("title-endings")
	// ResultTitleEndings end the title of a text on what was reached: 完成情况, 统计公报.
	ResultTitleEndings = having("result-title-endings")
	// ResultTitleWords tell of results in the half of a title before its second year:
	// 2024年执行情况与2025年计划.
	ResultTitleWords = having("result-title-words")
	// AimTitleWords tell of what is to be reached in such a title: 计划, 安排.
	AimTitleWords = having("aim-title-words")
	// SeasonsAfterYear stand between two years of a title that both belong to its time: 2024年冬2025年春.
	SeasonsAfterYear = having("seasons-after-year")
	// MonthPlans right after a month in a title say that the plan is for that month: 9月份工作要点.
	MonthPlans = having("month-plans")
	// ReportTitleEndings are put after what a title is about: 完成情况的通报.
	ReportTitleEndings = having("report-title-endings")
	// PlanKinds in a title say that the text is a plan, whatever else the title names: 方案, 任务.
	PlanKinds = having("plan-kinds")
	// OtherKindEndings end the title of a text that is no plan: 办法, 指南, 公告.
	OtherKindEndings = having("other-kind-endings")
	// OtherKindActs are what letters that are no plans are about: 关于召开…会议的通知.
	OtherKindActs = having("other-kind-acts")
	// BeforeKindActs stand before such an act: 关于组织申报.
	BeforeKindActs = having("before-kind-acts")
	// TitleSpans are counted in years by a title: 三年行动计划.
	TitleSpans = having("title-spans")
	// Salutations are spoken at the head of a report, and are no part of its first task:
	// 各位代表.
	Salutations = having("salutations")
	// FirmReviewHeadings in a heading say that the text under it looks back, whatever else
	// stands there: 工作总结.
	FirmReviewHeadings = having("firm-review-headings")
	// ReviewHeadings say so where no word of a plan stands beside them: 发展现状.
	ReviewHeadings = having("review-headings")
	// PlanHeadings in a heading, or at the end of a line, say that goals follow: 主要目标,
	// 重点任务.
	PlanHeadings = having("plan-headings")
	// ChapterMarks follow the number of a chapter: 第一章.
	ChapterMarks = having("chapter-marks")
	// BodyEndings open a line that is no part of the item before it: 附件, 抄送.
	BodyEndings = having("body-endings")
)
