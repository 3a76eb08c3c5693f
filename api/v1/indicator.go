package v1

// Indicator is one quantitative target of one task.
type Indicator struct {
	Code string `json:"code" zh:"指标代码" example:"qingzhou-2023-14-1"`
	Plan string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Task string `json:"task" zh:"任务编号" example:"14"`
	// Section is the number of the section the task stands in, 0 for none.
	Section int    `json:"section" zh:"篇章序号" example:"2"`
	Name    string `json:"name" zh:"指标名称" example:"新增电动汽车公共充电桩数"`
	Kind    string `json:"kind" zh:"指标类型" extensions:"x-words=indicator.Kind" example:"increment"`
	// Direction says which way is better; within is a range with a lower and an upper limit.
	Direction string `json:"direction" zh:"方向" extensions:"x-words=indicator.Direction" example:"increase"`
	// DirectionBy says what settled the direction: a person, the comparator, the side on which the baseline lies, the
	// kind, the plan's words or what is measured, or nothing, so that it is assumed.
	DirectionBy string `json:"direction_by" zh:"方向依据" extensions:"x-words=indicator.Settled" example:"kind"`
	// Course says how the target is held against time: accrue, reached bit by bit, so that pace runs from the baseline
	// to the target; hold, kept at every cut-off.
	Course string `json:"course" zh:"进程" extensions:"x-words=indicator.Course" example:"accrue"`
	// CourseBy says what settled the course, as DirectionBy does.
	CourseBy string `json:"course_by" zh:"进程依据" extensions:"x-words=indicator.Settled" example:"kind"`
	// Over is the time that a growth is measured over: year, against the year before (同比); average, the yearly rate that
	// gives the growth of the whole term (年均); term, against the year before the term (累计). Null for every other kind.
	Over *string `json:"over" zh:"增长口径" extensions:"x-words=indicator.Over,x-nullable"`
	// Each is set when the target holds for every such period on its own (每季度20个); null when it is one of the whole term.
	Each *string `json:"each" zh:"考核期" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	// DefaultBasis is what a report means that names no basis.
	DefaultBasis string `json:"default_basis" zh:"默认口径" extensions:"x-words=indicator.Basis" example:"increment"`
	Target       Target `json:"target" zh:"目标"`
	// Baseline is where the indicator stood when the term began, in the target's unit.
	Baseline *Number `json:"baseline" zh:"基数" swaggertype:"number" extensions:"x-nullable" example:"1000"`
	StartsOn string  `json:"starts_on" zh:"起始日" format:"date" example:"2023-01-01"`
	DueOn    string  `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	// TermEndsOn is the last day a reported period may reach.
	TermEndsOn string `json:"term_ends_on" zh:"计划期末" format:"date" example:"2023-12-31"`
	Binding    string `json:"binding" zh:"约束性" extensions:"x-words=indicator.Binding" example:"binding"`
	Frequency  string `json:"frequency" zh:"报送频率" extensions:"x-words=indicator.Frequency" example:"month"`
	// State: only confirmed indicators take measurements and stand in lists of progress.
	State string `json:"state" zh:"审定状态" extensions:"x-words=indicator.State" example:"confirmed"`
	// Confidence says how sure the reading of the text was.
	Confidence            string       `json:"confidence" zh:"识读把握" extensions:"x-words=indicator.Confidence" example:"medium"`
	Curve                 []CurvePoint `json:"curve" zh:"进度曲线" join:"{on}={percent}"`
	LeadAgencies          []string     `json:"lead_agencies" zh:"牵头单位" example:"市工信局"`
	ParticipatingAgencies []string     `json:"participating_agencies" zh:"参与单位" example:"市交通局"`
	// ExternalCodes are what other systems call the indicator, by namespace and code.
	ExternalCodes []ExternalCode `json:"external_codes" zh:"外部代码" join:"{namespace}:{code}"`
	// The ids of the agencies that the names mean, in their order; empty in the answer
	// to a dry run.
	LeadAgencyIDs          []string `json:"lead_agency_ids" zh:"牵头单位编号" example:"12"`
	ParticipatingAgencyIDs []string `json:"participating_agency_ids" zh:"参与单位编号" example:"15"`
	// Source is where the plan says it; null for an indicator that was not read from text.
	Source *Source `json:"source" zh:"出处" extensions:"x-nullable"`
	// Version rises by one with each change; it is the ETag.
	Version int `json:"version" zh:"版本" example:"1"`
	// CreatedAt and UpdatedAt are null in the answer to a dry run.
	CreatedAt *string `json:"created_at" zh:"建立时刻" format:"date-time" example:"2023-08-02T01:30:00Z" extensions:"x-nullable"`
	UpdatedAt *string `json:"updated_at" zh:"更新时刻" format:"date-time" example:"2023-08-02T01:30:00Z" extensions:"x-nullable"`
} //@name Indicator

// Target is what an indicator must reach, as the plan writes it. One that the
// plan holds against a figure elsewhere waits for its value.
type Target struct {
	Comparator string `json:"comparator" zh:"要求" extensions:"x-words=indicator.Comparator" example:"eq"`
	// Value is null while the target waits for that of its reference.
	Value *Number `json:"value" zh:"值" swaggertype:"number" extensions:"x-nullable" example:"221"`
	// ValueHigh is the upper end of a range, else null.
	ValueHigh *Number `json:"value_high" zh:"上限" swaggertype:"number" extensions:"x-nullable"`
	// Unit is empty for an index (恩格尔系数), and may be while the target waits.
	Unit string `json:"unit" zh:"单位" example:"个"`
	// Reference is the figure elsewhere that the plan holds the target against, such as 全省平均水平; null for a
	// target that the plan itself gives. It stays when the value is given.
	Reference *string `json:"reference" zh:"参照" extensions:"x-nullable"`
} //@name Target

// CurvePoint is one point of an indicator's own schedule.
type CurvePoint struct {
	On      string `json:"on" zh:"日期" format:"date" example:"2023-06-30"`
	Percent Number `json:"percent" zh:"完成率" scale:"2" swaggertype:"number" example:"40"`
} //@name CurvePoint

// Source is where in the plan's text a target stands.
type Source struct {
	// DocumentVersion is the plan's version whose document it is.
	DocumentVersion int `json:"document_version" zh:"文件版本" example:"1"`
	// Start and End are code points of the decoded text.
	Start int    `json:"start" zh:"起点" example:"2280"`
	End   int    `json:"end" zh:"终点" example:"2296"`
	Quote string `json:"quote" zh:"原文" example:"新增电动汽车公共充电桩221个"`
	// Rule names the language rule that read it; 人工标注 where a person marked it.
	Rule string `json:"rule" zh:"规则" example:"动词加数量"`
	// Page of a PDF that the quote begins on, from 1; null for other files and where a person marked it.
	Page *int `json:"page" zh:"页码" extensions:"x-nullable"`
	// Paragraph of a docx or HTML file that the quote begins in, table rows included, from 1; null for other files and where a person marked it.
	Paragraph *int `json:"paragraph" zh:"段落" extensions:"x-nullable" example:"31"`
} //@name Source

// IndicatorPage is one page of indicators, in the order of the plans and of
// their tasks, and within a task by number.
type IndicatorPage struct {
	Items      []Indicator `json:"items"`
	NextCursor *string     `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name IndicatorPage

// TargetInput is a target in a request. Its value may be left out while it waits
// for that of a reference, and its unit with it; a value ends the waiting and
// needs the unit.
type TargetInput struct {
	Comparator string       `json:"comparator" extensions:"x-words=indicator.Comparator" example:"ge" binding:"required"`
	Value      *NumberInput `json:"value,omitempty" swaggertype:"number" extensions:"x-number-or-string,x-nullable" example:"300"`
	ValueHigh  *NumberInput `json:"value_high,omitempty" swaggertype:"number" extensions:"x-number-or-string,x-nullable"`
	// Unit is given as empty for an index that has none (恩格尔系数).
	Unit *string `json:"unit,omitempty" example:"家"`
	// Reference is a figure elsewhere, such as 全省平均水平. Left out or null, an indicator keeps the one that it has; empty takes it away.
	Reference *string `json:"reference,omitempty" extensions:"x-nullable"`
} //@name TargetInput

// CurvePointInput is one point of a schedule in a request.
type CurvePointInput struct {
	On      string      `json:"on" format:"date" example:"2023-06-30" binding:"required"`
	Percent NumberInput `json:"percent" swaggertype:"number" extensions:"x-number-or-string" example:"40" binding:"required"`
} //@name CurvePointInput

// CreateIndicatorRequest adds an indicator to a task by hand. What is left out
// is taken from the task and the plan.
type CreateIndicatorRequest struct {
	Plan   string      `json:"plan" example:"qingzhou-2023" binding:"required"`
	Task   string      `json:"task" example:"12" binding:"required"`
	Name   string      `json:"name" example:"重点产业链数" binding:"required"`
	Kind   string      `json:"kind" extensions:"x-words=indicator.Kind" example:"cumulative" binding:"required"`
	Target TargetInput `json:"target" binding:"required"`
	// Direction, when given, is settled by a person; left out or null, it follows from the target.
	Direction *string `json:"direction,omitempty" extensions:"x-words=indicator.Direction,x-nullable" example:"increase"`
	// Course, when given, is settled by a person; left out or null, it follows from the target.
	Course *string `json:"course,omitempty" extensions:"x-words=indicator.Course,x-nullable" example:"accrue"`
	// Over is for growth alone; left out or null, it is year, and term for a target in points. An average has the frequency year.
	Over *string `json:"over,omitempty" extensions:"x-words=indicator.Over,x-nullable"`
	// Each makes the target one of every such period on its own, for increments alone.
	Each *string `json:"each,omitempty" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	// DefaultBasis is what a report means that names no basis. Left out: increment for increments and
	// averages, else total.
	DefaultBasis string       `json:"default_basis,omitempty" extensions:"x-words=indicator.Basis" example:"total"`
	Baseline     *NumberInput `json:"baseline,omitempty" swaggertype:"number" extensions:"x-number-or-string,x-nullable" example:"8"`
	StartsOn     string       `json:"starts_on,omitempty" format:"date" example:"2023-01-01"`
	DueOn        string       `json:"due_on,omitempty" format:"date" example:"2023-12-31"`
	Binding      string       `json:"binding,omitempty" extensions:"x-words=indicator.Binding" example:"binding"`
	Frequency    string       `json:"frequency,omitempty" extensions:"x-words=indicator.Frequency" example:"quarter"`
	// Curve replaces a linear pace.
	Curve                 []CurvePointInput `json:"curve,omitempty"`
	LeadAgencies          *[]string         `json:"lead_agencies,omitempty" swaggertype:"array,string" example:"市工信局"`
	ParticipatingAgencies *[]string         `json:"participating_agencies,omitempty" swaggertype:"array,string" example:"市发改局"`
	// ExternalCodes are what other systems call the indicator; each means one indicator within its namespace.
	ExternalCodes []ExternalCodeInput `json:"external_codes,omitempty"`
	// Source marks the sentence of the plan's current text that sets the target, which is kept with the indicator.
	Source *SourceInput `json:"source,omitempty"`
} //@name CreateIndicatorRequest

// SourceInput marks a sentence in the current text of a plan.
type SourceInput struct {
	// Start and End are code points of the decoded text.
	Start *int `json:"start" minimum:"0" example:"2280" binding:"required"`
	End   *int `json:"end" minimum:"1" example:"2296" binding:"required"`
	// Quote, when given, has to be the text from start to end: what was marked in another text is refused.
	Quote *string `json:"quote,omitempty"`
} //@name SourceInput

// PatchIndicatorRequest changes an indicator: fields left out stay as they are.
type PatchIndicatorRequest struct {
	Name *string `json:"name,omitempty" example:"新增公共充电桩数"`
	Kind *string `json:"kind,omitempty" extensions:"x-words=indicator.Kind" example:"increment"`
	// Direction, when given, is settled by a person, also when it is the one that was assumed; null gives it back to what the plan's words and the target say.
	Direction WordPatch `json:"direction,omitzero" swaggertype:"string" extensions:"x-words=indicator.Direction,x-nullable" example:"increase"`
	// Course, when given, is settled by a person, also when it is the one that was assumed; null gives it back to what the plan's words and the target say.
	Course WordPatch `json:"course,omitzero" swaggertype:"string" extensions:"x-words=indicator.Course,x-nullable" example:"accrue"`
	// Over is for growth alone; null gives it back to the rules: year, and term for a target in points.
	// An average has the frequency year. Reports of a year and since the base are never taken for one another: 409 while there are any.
	Over WordPatch `json:"over,omitzero" swaggertype:"string" extensions:"x-words=indicator.Over,x-nullable"`
	// Each makes the target one of every such period on its own; null makes it one of the whole term.
	Each WordPatch `json:"each,omitzero" swaggertype:"string" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	// DefaultBasis is what a report means that names no basis; it stays when the kind changes, and
	// follows over when that is changed without it.
	DefaultBasis *string `json:"default_basis,omitempty" extensions:"x-words=indicator.Basis" example:"increment"`
	// Target may change to a unit of another dimension as long as no figure is reported.
	Target *TargetInput `json:"target,omitempty"`
	// Baseline is cleared by null.
	Baseline NumberPatch `json:"baseline,omitzero" swaggertype:"number" extensions:"x-number-or-string,x-nullable"`
	// StartsOn that is left out follows a due date that it was derived from.
	StartsOn              *string            `json:"starts_on,omitempty" format:"date" example:"2023-01-01"`
	DueOn                 *string            `json:"due_on,omitempty" format:"date" example:"2023-12-31"`
	Binding               *string            `json:"binding,omitempty" extensions:"x-words=indicator.Binding" example:"binding"`
	Frequency             *string            `json:"frequency,omitempty" extensions:"x-words=indicator.Frequency" example:"quarter"`
	Curve                 *[]CurvePointInput `json:"curve,omitempty"`
	LeadAgencies          *[]string          `json:"lead_agencies,omitempty" swaggertype:"array,string" example:"市工信局"`
	ParticipatingAgencies *[]string          `json:"participating_agencies,omitempty" swaggertype:"array,string" example:"市发改局"`
	// State confirms or rejects, or puts back to draft.
	State *string `json:"state,omitempty" enums:"draft,confirmed,rejected" example:"confirmed"`
	// ExternalCodes take the place of those the indicator has; empty takes them away.
	ExternalCodes *[]ExternalCodeInput `json:"external_codes,omitempty"`
} //@name PatchIndicatorRequest
