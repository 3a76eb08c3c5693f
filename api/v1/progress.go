package v1

// Progress is how far an indicator is at a date. Figures are rounded half up
// once; attained and status are judged on exact values.
type Progress struct {
	Indicator string `json:"indicator" example:"qingzhou-2023-14-1"`
	Name      string `json:"name" example:"新增电动汽车公共充电桩数"`
	// On is the date judged.
	On string `json:"on" format:"date" example:"2023-09-30"`
	// AsOf is the moment whose knowledge was used.
	AsOf string `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// CutOff is the end of the last reporting period that is over, or the due date; null when none is over yet.
	CutOff *string `json:"cut_off" format:"date" extensions:"x-nullable" example:"2023-09-30"`
	// Actual is the current value in the target's unit, or in that of the newest report while the target has none; null without a measurement.
	Actual   *Quantity `json:"actual" extensions:"x-nullable"`
	Target   Target    `json:"target"`
	Baseline *Quantity `json:"baseline" extensions:"x-nullable"`
	// Percent of target, uncapped; null with a reason.
	Percent *Number `json:"percent" swaggertype:"number" extensions:"x-nullable" example:"76.02"`
	// PercentCapped is Percent within 0 to 100.
	PercentCapped *Number `json:"percent_capped" swaggertype:"number" extensions:"x-nullable" example:"76.02"`
	// Pace is the percent expected at the cut-off.
	Pace Number `json:"pace" swaggertype:"number" example:"74.79"`
	// Gap is percent less pace, in percentage points.
	Gap      *Number `json:"gap" swaggertype:"number" extensions:"x-nullable" example:"1.23"`
	Attained bool    `json:"attained" example:"false"`
	// Status is attained, missed, no_data, or a class of the profile: on_track, at_risk, behind.
	Status string `json:"status" example:"on_track"`
	// Label is the status in the profile's words.
	Label string `json:"label" example:"达序时"`
	// Color is the status in the profile's colour.
	Color string `json:"color" example:"#2e7d32"`
	// Reason says why percent is null: no_measurement, zero_target, baseline_equals_target, or target_waits when the
	// target has no value yet.
	Reason *string `json:"reason" enums:"no_measurement,zero_target,baseline_equals_target,target_waits" extensions:"x-nullable"`
	// Cautions are what a reader must know about a figure that is given: baseline_missing, a level is held against
	// its target as if it had started from nothing; increment_overlaps_total, an increment that straddles the end of
	// a total was left out.
	Cautions []string `json:"cautions" enums:"baseline_missing,increment_overlaps_total" example:"baseline_missing"`
	// ReportMissing is true when no report covers the last reporting period up to the cut-off.
	ReportMissing bool `json:"report_missing" example:"false"`
	// Explain is there on request.
	Explain *Explanation `json:"explain,omitempty"`
} //@name Progress

// Quantity is an exact number with its unit.
type Quantity struct {
	Value Number `json:"value" swaggertype:"number" example:"168"`
	Unit  string `json:"unit" example:"个"`
} //@name Quantity

// Explanation says how a figure came about.
type Explanation struct {
	// Rule names the case of the percent-of-target table that applied.
	Rule string `json:"rule" example:"ratio_to_target"`
	// Steps are the working, in the reader's language.
	Steps []string `json:"steps" example:"完成率 = 168 ÷ 221 = 76.02%"`
	// Measurements are the ids of the reports that made the actual value.
	Measurements []string `json:"measurements" example:"412"`
	// Source is the plan's own words; null for an indicator that was not read from text.
	Source *Source `json:"source" extensions:"x-nullable"`
} //@name Explanation

// ProgressPage is one page of progress. All pages of one reading share the
// same date and moment.
type ProgressPage struct {
	Items      []Progress `json:"items"`
	NextCursor *string    `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name ProgressPage

// Summary counts a plan's indicators by status.
type Summary struct {
	Plan    string         `json:"plan" example:"qingzhou-2023"`
	On      string         `json:"on" format:"date" example:"2023-09-30"`
	AsOf    string         `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	GroupBy string         `json:"group_by" enums:"section,agency,task,status" example:"section"`
	Groups  []SummaryGroup `json:"groups"`
} //@name Summary

// SummaryGroup is one row of a summary.
type SummaryGroup struct {
	Key   string `json:"key" example:"2"`
	Label string `json:"label" example:"二、纵深推进新旧动能转换"`
	Count int    `json:"count" example:"18"`
	// Statuses counts the group's indicators by status.
	Statuses []StatusCount `json:"statuses"`
	// MeanPercent is the mean of the capped percents that are defined; null when none is.
	MeanPercent *Number `json:"mean_percent" swaggertype:"number" extensions:"x-nullable" example:"68.40"`
} //@name SummaryGroup

// StatusCount counts the indicators of one status.
type StatusCount struct {
	Status string `json:"status" example:"on_track"`
	Count  int    `json:"count" example:"7"`
} //@name StatusCount

// Health says how the service is.
type Health struct {
	Status  string `json:"status" example:"ok"`
	Version string `json:"version" example:"0.1.0"`
} //@name Health
