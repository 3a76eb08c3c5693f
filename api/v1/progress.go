package v1

// Progress is how far an indicator is at a date. Figures are rounded half up
// once; attained and status are judged on exact values.
type Progress struct {
	Indicator string `json:"indicator" zh:"指标代码" example:"qingzhou-2023-14-1"`
	Name      string `json:"name" zh:"指标名称" example:"新增电动汽车公共充电桩数"`
	// ExternalCodes are what other systems call the indicator.
	ExternalCodes []ExternalCode `json:"external_codes" zh:"外部代码" join:"{namespace}:{code}"`
	Plan          string         `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Section       int            `json:"section" zh:"篇章序号" example:"2"`
	Task          string         `json:"task" zh:"任务编号" example:"14"`
	// LeadAgencies and ParticipatingAgencies are the names as the plan writes them; the ids are those of the agencies that they mean.
	LeadAgencies           []string `json:"lead_agencies" zh:"牵头单位" example:"市工信局"`
	ParticipatingAgencies  []string `json:"participating_agencies" zh:"参与单位" example:"市交通局"`
	LeadAgencyIDs          []string `json:"lead_agency_ids" zh:"牵头单位编号" example:"12"`
	ParticipatingAgencyIDs []string `json:"participating_agency_ids" zh:"参与单位编号" example:"7"`
	Kind                   string   `json:"kind" zh:"指标类型" extensions:"x-words=indicator.Kind" example:"increment"`
	Binding                string   `json:"binding" zh:"约束性" extensions:"x-words=indicator.Binding" example:"binding"`
	Frequency              string   `json:"frequency" zh:"报送频率" extensions:"x-words=indicator.Frequency" example:"month"`
	StartsOn               string   `json:"starts_on" zh:"起始日" format:"date" example:"2023-01-01"`
	DueOn                  string   `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	// Reports counts the periods that have a report that stands at as_of, later than the date judged too.
	Reports int `json:"reports" zh:"已报期数" example:"9"`
	// On is the date judged.
	On string `json:"on" zh:"评判日期" format:"date" example:"2023-09-30"`
	// AsOf is the moment whose knowledge was used: that of the last change there was, or was by the moment asked for.
	// Asked again with this on and as_of, the answer is the same.
	AsOf string `json:"as_of" zh:"数据时点" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// CutOff is the end of the last reporting period that is over, or the due date; null when none is over yet.
	CutOff *string `json:"cut_off" zh:"截止日" format:"date" extensions:"x-nullable" example:"2023-09-30"`
	// Rules is the version of the rules that the figures were computed by.
	Rules int `json:"rules" zh:"规则版本" example:"1"`
	// ProfileVersion is the version of the profile that judged; 0 before the database has one.
	ProfileVersion int `json:"profile_version" zh:"评判标准版本" example:"1"`
	// Actual is the current value in the target's unit, or in that of the newest report while the target has none; null without a measurement.
	Actual *Quantity `json:"actual" zh:"实际值" extensions:"x-nullable"`
	Target Target    `json:"target" zh:"目标"`
	// Direction, Course, Over and Each are the indicator's, which the figures follow from.
	Direction string    `json:"direction" zh:"方向" extensions:"x-words=indicator.Direction" example:"increase"`
	Course    string    `json:"course" zh:"进程" extensions:"x-words=indicator.Course" example:"accrue"`
	Over      *string   `json:"over" zh:"增长口径" extensions:"x-words=indicator.Over,x-nullable"`
	Each      *string   `json:"each" zh:"考核期" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	Baseline  *Quantity `json:"baseline" zh:"基数" extensions:"x-nullable"`
	// Percent of target, uncapped; null with a reason.
	Percent *Number `json:"percent" zh:"完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"76.02"`
	// PercentCapped is Percent within 0 to 100.
	PercentCapped *Number `json:"percent_capped" zh:"封顶完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"76.02"`
	// Pace is the percent expected at the cut-off.
	Pace Number `json:"pace" zh:"序时进度" scale:"2" swaggertype:"number" example:"74.79"`
	// Gap is percent less pace, in percentage points.
	Gap *Number `json:"gap" zh:"完成率与序时之差" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"1.23"`
	// AmountDue is what should have been reached by the cut-off; null where pace does not run, as for a target that is kept.
	AmountDue *Quantity `json:"amount_due" zh:"应完成" extensions:"x-nullable"`
	// Shortfall is how much of AmountDue is lacking, 0 when none is; null with AmountDue or without a measurement.
	Shortfall *Quantity `json:"shortfall" zh:"欠额" extensions:"x-nullable"`
	// DueGap is what status is judged by: the actual value less AmountDue, in percent of the way from the baseline to the
	// target; percent less pace where pace does not run; null with percent.
	DueGap   *Number `json:"due_gap" zh:"与应达之差" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"1.36"`
	Attained bool    `json:"attained" zh:"是否达标" example:"false"`
	// AttainedOn is the end of the period that attained a target that is reached bit by bit; null otherwise.
	AttainedOn *string `json:"attained_on" zh:"达标日期" format:"date" extensions:"x-nullable"`
	// Late says that the period that attained the target began after the due date.
	Late bool `json:"late" zh:"是否逾期完成" example:"false"`
	// DaysLeft counts from the date judged to the due date, below 0 after it.
	DaysLeft int `json:"days_left" zh:"剩余天数" example:"92"`
	// DaysLate counts from the due date to attained_on when late, or to the date judged when missed; 0 otherwise.
	DaysLate int `json:"days_late" zh:"逾期天数" example:"0"`
	// Status is attained, missed, no_data without a figure, not_computable when there are reports but no percent, or a class of the profile: on_track, at_risk, behind.
	Status string `json:"status" zh:"状态代码" example:"on_track"`
	// Label is the status in the profile's words.
	Label string `json:"label" zh:"状态" example:"达序时"`
	// Color is the status in the profile's colour.
	Color string `json:"color" zh:"状态颜色" example:"#2e7d32"`
	// Reason says why percent is null: no_measurement, no_figure when all reports say that there is none, zero_target, baseline_equals_target, target_waits when the
	// target has no value yet, or year_missing when a growth over several years lacks the rate of one.
	Reason *string `json:"reason" zh:"无完成率原因" extensions:"x-words=progress.Reason,x-nullable"`
	// Cautions are what a reader must know about a figure that is given. Of the indicator: baseline_missing, what the
	// target would be counted from is not known; direction_assumed, nothing says which way is better; course_assumed,
	// nothing says whether the target is reached bit by bit or kept. Of the reports: increment_overlaps_total, an
	// increment that straddles the end of a total was left out; total_falls, a running total is below an earlier one;
	// total_disagrees, a running total is not the earlier one and the increments since; looks_total, increments rise
	// like running totals; magnitude, a value is 10, 10,000 or 100,000,000 times, or a percent 100 times or a hundredth of, what is expected; sign, a rise where a fall is the target, or a share below 0; fraction_of_count,
	// a part of a thing that is counted one by one; over_hundred_percent, a share of more than everything;
	// period_not_over, sent before its period was over; gap_in_series, a period between reported ones has no report;
	// figure_missing, a report says that there is no figure, and what is printed goes without it.
	Cautions []string `json:"cautions" zh:"提示代码" extensions:"x-words=progress.Caution" example:"baseline_missing"`
	// CautionDetails say each of cautions in words, with the figures that made it speak.
	CautionDetails []CautionDetail `json:"caution_details" zh:"提示" join:"{text}"`
	// ReportMissing is true when no report covers the last reporting period up to the cut-off; one that says that there is no figure covers it.
	ReportMissing bool `json:"report_missing" zh:"最新期未报" example:"false"`
	// Provisional says that a provisional figure is among those that the actual value was made of.
	Provisional bool `json:"provisional" zh:"是否含初步数" example:"false"`
	// Explain is there on request.
	Explain *Explanation `json:"explain,omitempty" zh:"计算依据"`
} //@name Progress

// ProgressRow is a progress with what is written elsewhere of the indicator, for readers of many:
// receipts of measurements have a progress without it.
type ProgressRow struct {
	Progress
	// PlanTitle, SectionHeading and TaskTitle are the plan's words at as_of; null where it has none.
	PlanTitle      *string `json:"plan_title" zh:"计划名称" extensions:"x-nullable" example:"青州市2023年重点工作"`
	SectionHeading *string `json:"section_heading" zh:"篇章" extensions:"x-nullable" example:"二、产业"`
	TaskTitle      *string `json:"task_title" zh:"任务名称" extensions:"x-nullable" example:"充电设施"`
	// LastReport is the newest of the reports that stand at as_of; null for none.
	LastReport *LastReport `json:"last_report" zh:"最近报送" extensions:"x-nullable"`
	// Then is what the row is compared to, on request; left out for an indicator that was not known or not confirmed then.
	Then *ThenProgress `json:"then,omitempty" zh:"对比"`
} //@name ProgressRow

// ThenProgress is the progress of an indicator on another date, with what was known at another moment.
type ThenProgress struct {
	On   string `json:"on" zh:"评判日期" format:"date" example:"2023-06-30"`
	AsOf string `json:"as_of" zh:"数据时点" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// Target and Actual are those of then.
	Target  Target    `json:"target" zh:"目标"`
	Actual  *Quantity `json:"actual" zh:"实际值" extensions:"x-nullable"`
	Percent *Number   `json:"percent" zh:"完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"48.42"`
	Pace    Number    `json:"pace" zh:"序时进度" scale:"2" swaggertype:"number" example:"49.59"`
	DueGap  *Number   `json:"due_gap" zh:"与应达之差" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"-0.90"`
	Status  string    `json:"status" zh:"状态代码" example:"at_risk"`
	Label   string    `json:"label" zh:"状态" example:"略滞后"`
} //@name ThenProgress

// LastReport is the newest report of an indicator.
type LastReport struct {
	ID         string `json:"id" zh:"编号" example:"412"`
	Period     string `json:"period" zh:"报告期" example:"2023-09"`
	RecordedAt string `json:"recorded_at" zh:"时刻" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// Agency is who sent it, as it was called then; null where that is not known.
	Agency *string `json:"agency" zh:"单位" extensions:"x-nullable" example:"市工信局"`
} //@name LastReport

// CautionDetail is a caution in words.
type CautionDetail struct {
	Code string `json:"code" zh:"代码" extensions:"x-words=progress.Caution" example:"baseline_missing"`
	// Text is in the reader's language.
	Text string `json:"text" zh:"说明" example:"没有基数，按从 0 起算"`
} //@name CautionDetail

// Quantity is an exact number with its unit.
type Quantity struct {
	Value Number `json:"value" zh:"" swaggertype:"number" example:"168"`
	Unit  string `json:"unit" zh:"单位" example:"个"`
} //@name Quantity

// Explanation says how a figure came about.
type Explanation struct {
	// Rule names the case of the percent-of-target table that applied.
	Rule string `json:"rule" zh:"规则" example:"ratio_to_target"`
	// Steps are the working, in the reader's language.
	Steps []string `json:"steps" zh:"步骤" example:"完成率 = 168 ÷ 221 = 76.02%"`
	// Measurements are the ids of the reports that made the actual value.
	Measurements []string `json:"measurements" zh:"实绩编号" example:"412"`
	// Source is the plan's own words; null for an indicator that was not read from text.
	Source *Source `json:"source" zh:"出处" extensions:"x-nullable"`
} //@name Explanation

// ProgressPage is one page of progress. All pages of one reading share the
// same date and moment.
type ProgressPage struct {
	Items      []ProgressRow `json:"items"`
	NextCursor *string       `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name ProgressPage

// Health says how the service is.
type Health struct {
	Status  string `json:"status" example:"ok"`
	Version string `json:"version" example:"0.1.0"`
	// AuditAnchor says, where heads of the audit chain are kept outside (--audit-anchor), whether the newest could be (ok, failing), and whether the last one kept is of this chain (broken if not).
	AuditAnchor string `json:"audit_anchor,omitempty" extensions:"x-words=anchor.State" example:"ok"`
} //@name Health
