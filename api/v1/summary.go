package v1

// Summary counts a plan's indicators by status.
type Summary struct {
	Plan    string         `json:"plan" example:"qingzhou-2023"`
	On      string         `json:"on" format:"date" example:"2023-09-30"`
	AsOf    string         `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	GroupBy string         `json:"group_by" extensions:"x-words=tracker.Grouping" example:"section"`
	Groups  []SummaryGroup `json:"groups"`
} //@name Summary

// SummaryGroup is one row of a summary.
type SummaryGroup struct {
	Key   string `json:"key" zh:"分组代码" example:"2"`
	Label string `json:"label" zh:"分组" example:"二、纵深推进新旧动能转换"`
	SummaryCounts
} //@name SummaryGroup

// SummaryCounts counts some indicators.
type SummaryCounts struct {
	// Count is the number of the group's indicators.
	Count int `json:"count" zh:"指标数" example:"18"`
	// Defined is how many of them have a percent.
	Defined int `json:"defined" zh:"有完成率数" example:"16"`
	// WithoutFigure is how many of them are reported and have no value, for every report says that there is no figure
	// (missing): they count among no_data, or missed, and among what has no measurement.
	WithoutFigure int `json:"without_figure" zh:"无数据数" example:"1"`
	// Statuses counts the group's indicators by status.
	Statuses []StatusCount `json:"statuses" zh:"各状态数" join:"{status}={count}"`
	// MeanPercent is the mean of the capped percents over the defined indicators; null when none is.
	MeanPercent *Number `json:"mean_percent" zh:"平均封顶完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"68.40"`
	// MeanPercentAll is the mean over the defined indicators and those without a measurement, which count 0; null when
	// there is neither. An indicator whose percent cannot be computed for another reason takes no part.
	MeanPercentAll *Number `json:"mean_percent_all" zh:"平均封顶完成率（未报计零）" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"60.80"`
	// CountedAll is how many indicators mean_percent_all is over.
	CountedAll int `json:"counted_all" zh:"计零平均项数" example:"18"`
}

// StatusCount counts the indicators of one status.
type StatusCount struct {
	Status string `json:"status" zh:"状态代码" example:"on_track"`
	Count  int    `json:"count" zh:"指标数" example:"7"`
} //@name StatusCount

// SelectionSummary counts the indicators of a selection.
type SelectionSummary struct {
	On             string `json:"on" format:"date" example:"2023-09-30"`
	AsOf           string `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	ProfileVersion int    `json:"profile_version" example:"1"`
	Rules          int    `json:"rules" example:"1"`
	// GroupBy are the groupings, in the order of the keys of every group.
	GroupBy []string `json:"group_by" extensions:"x-words=tracker.Grouping" example:"agency,status"`
	// Total counts every indicator of the selection once.
	Total SummaryFigures `json:"total"`
	// CountedOnce says that no indicator is in two groups, so that the groups and what is ungrouped add up to the total.
	// Else one of several agencies counts in the groups of each.
	CountedOnce bool `json:"counted_once" example:"false"`
	// Ungrouped is how many indicators are in no group, for they have no agency.
	Ungrouped int            `json:"ungrouped" example:"0"`
	Groups    []FiguresGroup `json:"groups"`
} //@name SelectionSummary

// FiguresGroup is one group of a summary.
type FiguresGroup struct {
	Keys []GroupKey `json:"keys"`
	SummaryFigures
} //@name FiguresGroup

// GroupKey is what the indicators of a group have in common.
type GroupKey struct {
	// Key is what the parameter of the same name takes.
	Key   string `json:"key" example:"市工信局"`
	Label string `json:"label" example:"市工信局"`
	// Plan is the plan in which the key of a section or task means it.
	Plan string `json:"plan,omitempty" example:"qingzhou-2023"`
	// Jurisdiction is that in which the name of an agency means it.
	Jurisdiction string `json:"jurisdiction,omitempty" example:"青州市"`
} //@name GroupKey

// SummaryFigures are the figures of some indicators.
type SummaryFigures struct {
	SummaryCounts
	// Expected is how many of them have a reporting period that is over.
	Expected int `json:"expected" zh:"已满一期数" example:"17"`
	// Reported is for how many of those the last such period is reported, be it that there is no figure.
	Reported int `json:"reported" zh:"最新期已报数" example:"15"`
	// Worst are up to five with the least due_gap, the worst first; those without one are not among them.
	Worst []WorstIndicator `json:"worst" zh:"最滞后指标" join:"{indicator}"`
} //@name SummaryFigures

// WorstIndicator is an indicator among the worst of a group.
type WorstIndicator struct {
	Indicator string  `json:"indicator" zh:"指标代码" example:"qingzhou-2023-19-3"`
	Name      string  `json:"name" zh:"指标名称" example:"涉农贷款余额"`
	Percent   *Number `json:"percent" zh:"完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"63.30"`
	DueGap    Number  `json:"due_gap" zh:"与应达之差" scale:"2" swaggertype:"number" example:"-11.49"`
	Status    string  `json:"status" zh:"状态代码" example:"behind"`
	Label     string  `json:"label" zh:"状态" example:"滞后"`
} //@name WorstIndicator
