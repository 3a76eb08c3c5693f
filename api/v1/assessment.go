package v1

import "encoding/json"

// AssessmentText is a text in both languages.
type AssessmentText struct {
	ZH string `json:"zh" example:"牵头 计 12 项"`
	EN string `json:"en" example:"lead: 12 counted"`
} //@name AssessmentText

// AssessedAgency is whose score it is.
type AssessedAgency struct {
	ID   string `json:"id" zh:"编号" example:"12"`
	Name string `json:"name" zh:"名称" example:"市工信局"`
} //@name AssessedAgency

// Assessment is the score of the agencies of a plan by its scheme, at a date and a moment.
type Assessment struct {
	Plan string `json:"plan" example:"qingzhou-2023"`
	On   string `json:"on" format:"date" example:"2023-12-31"`
	AsOf string `json:"as_of" format:"date-time" example:"2024-01-12T02:15:00Z"`
	// Rules is the version of the rules of progress, profile_version that of the profile that judged.
	Rules          int `json:"rules" example:"1"`
	ProfileVersion int `json:"profile_version" example:"1"`
	// SchemeVersion is that of the plan's scheme; 0 for the default scheme, or one that was tried.
	SchemeVersion int    `json:"scheme_version" example:"1"`
	Scheme        string `json:"scheme" example:"默认考核方案"`
	// Tried says that the scheme is not the plan's, and was in the request.
	Tried bool `json:"tried" example:"false"`
	// CutOffs are the days at which pace was judged.
	CutOffs []string `json:"cut_offs" example:"2023-01-31"`
	// Indicators counts the confirmed indicators that were counted.
	Indicators int `json:"indicators" example:"210"`
	// Explained says that the parts have single terms.
	Explained bool `json:"explained" example:"false"`
	// Items stand by group, and within a group by rank; agencies without a total last.
	Items []AgencyScore `json:"items"`
} //@name Assessment

// AgencyScore is the score of an agency. Points are rounded half up to two decimals, and the
// total is the sum of what is printed.
type AgencyScore struct {
	Agency AssessedAgency `json:"agency"`
	Group  string         `json:"group" example:"市直部门"`
	// Total is the sum of the parts and the bonus less the deduction, not below 0; null when
	// nothing can be scored.
	Total *Number `json:"total" swaggertype:"number" extensions:"x-nullable" example:"86.42"`
	// Why there is no total; null when there is one.
	Why *AssessmentText `json:"why" extensions:"x-nullable"`
	// Rank is the place within the group; those of one total have the same. Null without a total.
	Rank *int `json:"rank" extensions:"x-nullable" example:"2"`
	// Ranked counts the agencies of the group that have a total.
	Ranked int `json:"ranked" example:"24"`
	// Grade is that of the scheme; null without a total.
	Grade     *string          `json:"grade" extensions:"x-nullable" example:"good"`
	Label     *AssessmentText  `json:"label" extensions:"x-nullable"`
	Parts     []AssessmentPart `json:"parts"`
	Bonus     AssessmentExtra  `json:"bonus"`
	Deduction AssessmentExtra  `json:"deduction"`
	Vetoes    []AssessmentTerm `json:"vetoes"`
	// Named is what the result names the agency for.
	Named []AssessmentNaming `json:"named"`
} //@name AgencyScore

// AssessmentPart is one part of a score.
type AssessmentPart struct {
	Part  string         `json:"part" enums:"attainment,pace,reporting,matters,opinion" example:"attainment"`
	Label AssessmentText `json:"label"`
	// Weight is that of the scheme; counted is that with what passed to it from parts that cannot
	// be scored, percent how much of it was earned. Null where the part itself cannot be scored.
	Weight  Number  `json:"weight" swaggertype:"number" example:"50"`
	Counted *Number `json:"counted" swaggertype:"number" extensions:"x-nullable" example:"55.56"`
	Percent *Number `json:"percent" swaggertype:"number" extensions:"x-nullable" example:"91.20"`
	Points  *Number `json:"points" swaggertype:"number" extensions:"x-nullable" example:"50.67"`
	// Text says what it was made of.
	Text AssessmentText `json:"text"`
	// Terms are what it was made of, one by one, where that was asked for.
	Terms []AssessmentTerm `json:"terms"`
	// TermsLeft counts the indicators that are not listed, as there are too many.
	TermsLeft int `json:"terms_left" example:"0"`
} //@name AssessmentPart

// AssessmentExtra are points that were given or taken by hand, as far as the scheme lets them count.
type AssessmentExtra struct {
	Points Number           `json:"points" swaggertype:"number" example:"1.50"`
	Terms  []AssessmentTerm `json:"terms"`
} //@name AssessmentExtra

// AssessmentTerm is one of the things that points are made of.
type AssessmentTerm struct {
	Text      AssessmentText `json:"text"`
	Indicator *string        `json:"indicator" extensions:"x-nullable" example:"qingzhou-2023-14-1"`
	Name      *string        `json:"name" extensions:"x-nullable" example:"新增公共充电桩数"`
	Role      *string        `json:"role" extensions:"x-nullable" example:"lead"`
	// Measurements are the ids of those that the percent was made of.
	Measurements []string `json:"measurements" example:"31"`
	// Figure is what it counts: a percent of an indicator, a score, or points.
	Figure *Number `json:"figure" swaggertype:"number" extensions:"x-nullable" example:"93.12"`
	// Entry is the id of what was entered by hand, by who gave it.
	Entry *string `json:"entry" extensions:"x-nullable" example:"9"`
	By    *string `json:"by" extensions:"x-nullable" example:"市人大常委会"`
} //@name AssessmentTerm

// AssessmentNaming is what a result names an agency for, and why.
type AssessmentNaming struct {
	For   string         `json:"for" enums:"support,talk,account" example:"support"`
	Label AssessmentText `json:"label"`
	Why   AssessmentText `json:"why"`
} //@name AssessmentNaming

// AssessmentRow is the score of an agency as a row of a table.
type AssessmentRow struct {
	Group      string  `json:"group" zh:"组别" example:"市直部门"`
	Rank       *int    `json:"rank" zh:"名次" extensions:"x-nullable" example:"2"`
	Agency     string  `json:"agency" zh:"单位" example:"市工信局"`
	AgencyID   string  `json:"agency_id" zh:"单位编号" example:"12"`
	Total      *Number `json:"total" zh:"总分" swaggertype:"number" extensions:"x-nullable" example:"86.42"`
	Grade      string  `json:"grade" zh:"等级" example:"良好"`
	Attainment *Number `json:"attainment" zh:"目标完成" swaggertype:"number" extensions:"x-nullable" example:"50.67"`
	Pace       *Number `json:"pace" zh:"序时进度" swaggertype:"number" extensions:"x-nullable" example:"18.00"`
	Reporting  *Number `json:"reporting" zh:"数据报送" swaggertype:"number" extensions:"x-nullable" example:"9.50"`
	Matters    *Number `json:"matters" zh:"问题与督办" swaggertype:"number" extensions:"x-nullable" example:"8.50"`
	Opinion    *Number `json:"opinion" zh:"评议" swaggertype:"number" extensions:"x-nullable" example:"9.10"`
	Bonus      Number  `json:"bonus" zh:"加分" swaggertype:"number" example:"0.00"`
	Deduction  Number  `json:"deduction" zh:"扣分" swaggertype:"number" example:"0.00"`
	Named      string  `json:"named" zh:"结果运用" example:"激励"`
} //@name AssessmentRow

// AssessmentScheme is a version of the scheme of a plan.
type AssessmentScheme struct {
	Plan string `json:"plan" example:"qingzhou-2023"`
	// Version counts from 1; 0 is the default scheme.
	Version int     `json:"version" example:"1"`
	Since   *string `json:"since" format:"date-time" extensions:"x-nullable" example:"2023-10-08T02:15:00Z"`
	By      *string `json:"by" extensions:"x-nullable" example:"督查室"`
	// Scheme is the whole of it, as it is sent to be set.
	Scheme json.RawMessage `json:"scheme" swaggertype:"object"`
} //@name AssessmentScheme

// AssessmentSchemeInput is a scheme as it is sent. A member that is left out is as in the default
// scheme; a list, when given, replaces all of the default's.
type AssessmentSchemeInput struct {
	Name         string                    `json:"name,omitempty" maxLength:"100" example:"2023年度考核方案"`
	Weights      *AssessmentWeights        `json:"weights,omitempty"`
	Shares       *AssessmentShares         `json:"shares,omitempty"`
	Attainment   *AssessmentAttainmentRule `json:"attainment,omitempty"`
	Pace         *AssessmentPaceRule       `json:"pace,omitempty"`
	Reporting    *AssessmentReportingRule  `json:"reporting,omitempty"`
	Matters      *AssessmentMattersRule    `json:"matters,omitempty"`
	Bonus        *AssessmentMost           `json:"bonus,omitempty"`
	Deduction    *AssessmentMost           `json:"deduction,omitempty"`
	Veto         *AssessmentVetoRule       `json:"veto,omitempty"`
	Unscored     string                    `json:"unscored,omitempty" enums:"redistribute,full,zero" example:"redistribute"`
	Groups       []AssessmentGroupRule     `json:"groups,omitempty"`
	DefaultGroup string                    `json:"default_group,omitempty" maxLength:"100" example:"其他单位"`
	Grades       *AssessmentGradeRules     `json:"grades,omitempty"`
	Named        *AssessmentNamedRules     `json:"named,omitempty"`
} //@name AssessmentSchemeInput

// AssessmentWeights are the points of the parts; together 100.
type AssessmentWeights struct {
	Attainment NumberInput `json:"attainment" swaggertype:"number" example:"50"`
	Pace       NumberInput `json:"pace" swaggertype:"number" example:"20"`
	Reporting  NumberInput `json:"reporting" swaggertype:"number" example:"10"`
	Matters    NumberInput `json:"matters" swaggertype:"number" example:"10"`
	Opinion    NumberInput `json:"opinion" swaggertype:"number" example:"10"`
} //@name AssessmentWeights

// AssessmentShares are how much an indicator counts for those who lead it and those who take part.
type AssessmentShares struct {
	Lead          NumberInput `json:"lead" swaggertype:"number" example:"1"`
	Participating NumberInput `json:"participating" swaggertype:"number" example:"0.5"`
} //@name AssessmentShares

// AssessmentAttainmentRule is how percents become points.
type AssessmentAttainmentRule struct {
	Against       string      `json:"against" enums:"target,due" example:"due"`
	Cap           NumberInput `json:"cap" swaggertype:"number" example:"100"`
	NoData        string      `json:"no_data" enums:"zero,leave_out" example:"zero"`
	NotComputable string      `json:"not_computable" enums:"zero,leave_out" example:"leave_out"`
} //@name AssessmentAttainmentRule

// AssessmentPaceRule is what a status at a cut-off counts.
type AssessmentPaceRule struct {
	Step    string             `json:"step" enums:"month,quarter" example:"month"`
	Credits []AssessmentCredit `json:"credits"`
} //@name AssessmentPaceRule

// AssessmentCredit is what a status counts, from 0 to 1.
type AssessmentCredit struct {
	Status string      `json:"status" example:"on_track"`
	Credit NumberInput `json:"credit" swaggertype:"number" example:"1"`
} //@name AssessmentCredit

// AssessmentReportingRule is what reports cost: parts of a report by share, points by count.
type AssessmentReportingRule struct {
	By      string      `json:"by" enums:"share,count" example:"share"`
	Missing NumberInput `json:"missing" swaggertype:"number" example:"1"`
	Empty   NumberInput `json:"empty" swaggertype:"number" example:"0.5"`
	Late    NumberInput `json:"late" swaggertype:"number" example:"0.25"`
} //@name AssessmentReportingRule

// AssessmentMattersRule is what issues and notices cost, in points each.
type AssessmentMattersRule struct {
	IssueOpen    NumberInput            `json:"issue_open" swaggertype:"number" example:"0.5"`
	IssueOverdue NumberInput            `json:"issue_overdue" swaggertype:"number" example:"1"`
	Notices      []AssessmentNoticeCost `json:"notices"`
	NoticeLate   NumberInput            `json:"notice_late" swaggertype:"number" example:"0.5"`
} //@name AssessmentMattersRule

// AssessmentNoticeCost is what a notice of a level costs.
type AssessmentNoticeCost struct {
	Level string      `json:"level" example:"red"`
	Cost  NumberInput `json:"cost" swaggertype:"number" example:"2"`
} //@name AssessmentNoticeCost

// AssessmentMost bounds points that are given by hand.
type AssessmentMost struct {
	Most NumberInput `json:"most" swaggertype:"number" example:"5"`
} //@name AssessmentMost

// AssessmentVetoRule is the best grade of an agency with a veto.
type AssessmentVetoRule struct {
	Grade string `json:"grade" example:"poor"`
} //@name AssessmentVetoRule

// AssessmentGroupRule names agencies that are compared among themselves, by name or id.
type AssessmentGroupRule struct {
	Name     string   `json:"name" example:"市直部门"`
	Agencies []string `json:"agencies" example:"市工信局"`
} //@name AssessmentGroupRule

// AssessmentGradeRules are the grades, the best first.
type AssessmentGradeRules struct {
	By     string                 `json:"by" enums:"thresholds,shares" example:"thresholds"`
	Levels []AssessmentGradeLevel `json:"levels"`
} //@name AssessmentGradeRules

// AssessmentGradeLevel is a grade. The last one has neither from nor share.
type AssessmentGradeLevel struct {
	Grade string         `json:"grade" example:"poor"`
	Label AssessmentText `json:"label"`
	From  *NumberInput   `json:"from,omitempty" swaggertype:"number"`
	Share *NumberInput   `json:"share,omitempty" swaggertype:"number"`
} //@name AssessmentGradeLevel

// AssessmentNamedRules say whom the result names.
type AssessmentNamedRules struct {
	Support *AssessmentSupportRule `json:"support,omitempty"`
	Talk    *AssessmentTalkRule    `json:"talk,omitempty"`
	Account *AssessmentAccountRule `json:"account,omitempty"`
} //@name AssessmentNamedRules

// AssessmentSupportRule is for totals of from and more.
type AssessmentSupportRule struct {
	From NumberInput `json:"from" swaggertype:"number" example:"90"`
} //@name AssessmentSupportRule

// AssessmentTalkRule is for totals below below, and for so many notices of a level; 0 for no number.
type AssessmentTalkRule struct {
	Below       NumberInput `json:"below" swaggertype:"number" example:"60"`
	Notices     int         `json:"notices" example:"2"`
	NoticeLevel string      `json:"notice_level" example:"red"`
} //@name AssessmentTalkRule

// AssessmentAccountRule is for totals below below, and for vetoes.
type AssessmentAccountRule struct {
	Below NumberInput `json:"below" swaggertype:"number" example:"50"`
} //@name AssessmentAccountRule

// AssessmentEntryRequest enters something by hand.
type AssessmentEntryRequest struct {
	What   string `json:"what" extensions:"x-words=assessment.EntryKind" example:"opinion"`
	Agency string `json:"agency" minLength:"1" maxLength:"100" example:"市工信局"`
	// Points is a score out of 100 of an opinion, points of a bonus or a deduction; a veto has none.
	Points *NumberInput `json:"points,omitempty" swaggertype:"number" minimum:"0" maximum:"100" example:"92.5"`
	// By is who gave it.
	By     string `json:"by" minLength:"1" maxLength:"100" example:"市人大常委会"`
	Reason string `json:"reason" minLength:"1" maxLength:"1000" example:"年度评议"`
	// On is the first day that it counts on; today when it is left out.
	On string `json:"on,omitempty" format:"date" example:"2023-12-20"`
} //@name AssessmentEntryRequest

// AssessmentEntry is what was entered by hand.
type AssessmentEntry struct {
	ID        string         `json:"id" zh:"编号" example:"9"`
	What      string         `json:"what" zh:"类别" extensions:"x-words=assessment.EntryKind" example:"opinion"`
	Agency    AssessedAgency `json:"agency" zh:"单位"`
	Points    *Number        `json:"points" zh:"分数" swaggertype:"number" extensions:"x-nullable" example:"92.5"`
	By        string         `json:"by" zh:"由谁给出" example:"市人大常委会"`
	Reason    string         `json:"reason" zh:"理由" example:"年度评议"`
	On        string         `json:"on" zh:"起算日" format:"date" example:"2023-12-20"`
	EnteredAt string         `json:"entered_at" zh:"录入时刻" format:"date-time" example:"2023-12-20T01:30:00Z"`
	EnteredBy string         `json:"entered_by" zh:"录入者" example:"督查室"`
	// WithdrawnAt is when it was taken back, by whom and why; null while it counts.
	WithdrawnAt *string `json:"withdrawn_at" zh:"撤回时刻" format:"date-time" extensions:"x-nullable" example:"2023-12-21T01:30:00Z"`
	WithdrawnBy *string `json:"withdrawn_by" zh:"撤回者" extensions:"x-nullable" example:"督查室"`
	WhyNot      *string `json:"withdrawn_why" zh:"撤回理由" extensions:"x-nullable" example:"误录"`
} //@name AssessmentEntry

// AssessmentEntryPage is one page of entries, the newest first.
type AssessmentEntryPage struct {
	Items      []AssessmentEntry `json:"items"`
	NextCursor *string           `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name AssessmentEntryPage

// AssessmentWithdrawal takes an entry back.
type AssessmentWithdrawal struct {
	Reason string `json:"reason" minLength:"1" maxLength:"1000" example:"误录"`
} //@name AssessmentWithdrawal

// FreezeAssessmentRequest makes an assessment official.
type FreezeAssessmentRequest struct {
	Title string `json:"title" minLength:"1" maxLength:"200" example:"2023年度考核结果"`
	// On is the date judged; today when it is left out.
	On string `json:"on,omitempty" format:"date" example:"2023-12-31"`
	// AsOf is the moment whose knowledge counts, a time or a date; now when it is left out.
	AsOf string `json:"as_of,omitempty"`
} //@name FreezeAssessmentRequest

// FrozenAssessmentHead is what an official result is, and what it was computed from.
type FrozenAssessmentHead struct {
	ID             string `json:"id" zh:"编号" example:"31"`
	Plan           string `json:"plan" zh:"计划" example:"qingzhou-2023"`
	Title          string `json:"title" zh:"标题" example:"2023年度考核结果"`
	FrozenAt       string `json:"frozen_at" zh:"定稿时刻" format:"date-time" example:"2024-01-15T02:15:00Z"`
	FrozenBy       string `json:"frozen_by" zh:"定稿者" example:"督查室"`
	On             string `json:"on" zh:"评判日期" format:"date" example:"2023-12-31"`
	AsOf           string `json:"as_of" zh:"已知时刻" format:"date-time" example:"2024-01-12T02:15:00Z"`
	SchemeVersion  int    `json:"scheme_version" zh:"方案版本" example:"1"`
	ProfileVersion int    `json:"profile_version" zh:"规则版本" example:"1"`
	Rules          int    `json:"rules" zh:"计算规则版本" example:"1"`
} //@name FrozenAssessmentHead

// FrozenAssessmentPage is one page of official results, the newest first.
type FrozenAssessmentPage struct {
	Items      []FrozenAssessmentHead `json:"items"`
	NextCursor *string                `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name FrozenAssessmentPage

// FrozenAssessment is an official result. The same bytes are given for good.
type FrozenAssessment struct {
	FrozenAssessmentHead
	// Scheme is the one that it was computed by.
	Scheme json.RawMessage `json:"scheme" swaggertype:"object"`
	// Result is what GET /plans/{plan}/assessment answered at the moment, explained where all of it
	// could be: an object of the type Assessment.
	Result json.RawMessage `json:"result" swaggertype:"object"`
} //@name FrozenAssessment

// AssessmentScoreThen is what is compared of a score; null where there was none.
type AssessmentScoreThen struct {
	Total     *Number             `json:"total" swaggertype:"number" extensions:"x-nullable" example:"86.42"`
	Rank      *int                `json:"rank" extensions:"x-nullable" example:"2"`
	Grade     *string             `json:"grade" extensions:"x-nullable" example:"good"`
	Bonus     Number              `json:"bonus" swaggertype:"number" example:"0.00"`
	Deduction Number              `json:"deduction" swaggertype:"number" example:"0.00"`
	Parts     []AssessmentPartNow `json:"parts"`
} //@name AssessmentScoreThen

// AssessmentPartNow are the points of a part; null where it could not be scored.
type AssessmentPartNow struct {
	Part   string  `json:"part" example:"attainment"`
	Points *Number `json:"points" swaggertype:"number" extensions:"x-nullable" example:"50.67"`
} //@name AssessmentPartNow

// AssessmentCause is something that was recorded since a result was frozen.
type AssessmentCause struct {
	What        string  `json:"what" enums:"report,correction,retraction,indicator,entered,withdrawn" example:"correction"`
	Indicator   *string `json:"indicator" extensions:"x-nullable" example:"qingzhou-2023-14-1"`
	Measurement *string `json:"measurement" extensions:"x-nullable" example:"412"`
	Period      *string `json:"period" extensions:"x-nullable" example:"2023-12"`
	Entry       *string `json:"entry" extensions:"x-nullable" example:"9"`
	At          string  `json:"at" format:"date-time" example:"2024-01-20T02:15:00Z"`
} //@name AssessmentCause

// AssessmentDifferenceItem is what is different for an agency.
type AssessmentDifferenceItem struct {
	Agency AssessedAgency       `json:"agency"`
	Then   *AssessmentScoreThen `json:"then" extensions:"x-nullable"`
	Now    *AssessmentScoreThen `json:"now" extensions:"x-nullable"`
	// Causes are what was recorded since about the agency's indicators and the agency; without
	// one, the score or rank follows from what happened to others.
	Causes []AssessmentCause `json:"causes"`
} //@name AssessmentDifferenceItem

// AssessmentDifference is what an official result would be if it was computed now.
type AssessmentDifference struct {
	ID   string `json:"id" example:"31"`
	Plan string `json:"plan" example:"qingzhou-2023"`
	On   string `json:"on" format:"date" example:"2023-12-31"`
	// AsOf is the moment whose knowledge is compared with that of then.
	AsOf string `json:"as_of" format:"date-time" example:"2024-02-01T02:15:00Z"`
	// Items are the agencies whose score, rank or grade is another; none when nothing is.
	Items []AssessmentDifferenceItem `json:"items"`
	// More says that more reports came since than are listed.
	More bool `json:"more" example:"false"`
} //@name AssessmentDifference
