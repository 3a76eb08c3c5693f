package v1

// Rows of tables that are not the items of a list. Like those of lists, their fields have a
// Chinese heading (zh); join says how a list of objects is written into one cell, and scale
// how many digits after the point a decimal column of Parquet has.

// SeriesRow is one period of the series of an indicator as a row of a table.
type SeriesRow struct {
	Indicator string `json:"indicator" zh:"指标代码" example:"qingzhou-2023-14-1"`
	Name      string `json:"name" zh:"指标名称" example:"新增电动汽车公共充电桩数"`
	Kind      string `json:"kind" zh:"指标类型" extensions:"x-words=indicator.Kind" example:"increment"`
	// Step is the length of the periods.
	Step   string `json:"step" zh:"期长" extensions:"x-words=indicator.Frequency" example:"month"`
	Target Target `json:"target" zh:"目标"`
	DueOn  string `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	SeriesPeriod
} //@name SeriesRow

// SummaryRow is one group of a summary as a row of a table.
type SummaryRow struct {
	// Key and Label are those of the first grouping; both are empty where there is none.
	Key   string `json:"key" zh:"分组代码" example:"市工信局"`
	Label string `json:"label" zh:"分组" example:"市工信局"`
	// Plan and Jurisdiction are those in which the keys mean what they say; empty where they mean it anywhere.
	Plan         string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Jurisdiction string `json:"jurisdiction" zh:"辖区" example:"青州市"`
	// SecondKey and SecondLabel are those of the second grouping.
	SecondKey   string `json:"second_key" zh:"第二分组代码" example:"behind"`
	SecondLabel string `json:"second_label" zh:"第二分组" example:"滞后"`
	SummaryFigures
} //@name SummaryRow

// PlanSummaryRow is one group of a plan's summary as a row of a table.
type PlanSummaryRow struct {
	Plan    string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	GroupBy string `json:"group_by" zh:"分组方式" example:"section"`
	SummaryGroup
} //@name PlanSummaryRow
