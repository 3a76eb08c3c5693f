package v1

// Series is what was reported of an indicator, period by period. Figures are rounded half up
// once.
type Series struct {
	Indicator string `json:"indicator" example:"qingzhou-2023-14-1"`
	Name      string `json:"name" example:"新增电动汽车公共充电桩数"`
	Kind      string `json:"kind" extensions:"x-words=indicator.Kind" example:"increment"`
	// On is the date up to which periods are judged.
	On string `json:"on" format:"date" example:"2023-09-30"`
	// AsOf is the moment whose knowledge was used. Asked again with this on and as_of, the answer is the same.
	AsOf string `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// Rules is the version of the rules that the figures were computed by.
	Rules int `json:"rules" example:"1"`
	// ProfileVersion is the version of the profile that judged; 0 before the database has one.
	ProfileVersion int `json:"profile_version" example:"1"`
	// Step is the length of the periods: the one asked for, or the indicator's own frequency where that is longer.
	Step     string    `json:"step" extensions:"x-words=indicator.Frequency" example:"month"`
	Target   Target    `json:"target"`
	Baseline *Quantity `json:"baseline" extensions:"x-nullable"`
	DueOn    string    `json:"due_on" format:"date" example:"2023-12-31"`
	// Periods are in order of time, those without a report included.
	Periods []SeriesPeriod `json:"periods"`
	// Projection is there on request.
	Projection *Projection `json:"projection,omitempty"`
} //@name Series

// SeriesPeriod is one period of a series with the progress at its end.
type SeriesPeriod struct {
	Period string `json:"period" zh:"报告期" example:"2023-09"`
	// On is the date judged: the period's last day in the term, or that of the series for a period that is not over.
	On string `json:"on" zh:"评判日期" format:"date" example:"2023-09-30"`
	// Over is false for the period that the date of the series falls in.
	Over bool `json:"over" zh:"本期是否结束" example:"true"`
	// Reports are what was reported for periods that end in this one, newest revisions, as sent; empty for a gap.
	Reports []SeriesReport `json:"reports" zh:"报送" join:"{id}"`
	// Amount is what the period comes to by itself: its own part of what adds up, however it was reported, the figure at
	// its end of a stock or share; null where the reports do not tell.
	Amount *Quantity `json:"amount" zh:"当期值" extensions:"x-nullable"`
	// Revisions is how often reports of the period were corrected, or taken back and sent anew.
	Revisions int `json:"revisions" zh:"修订次数" example:"0"`
	// Revised says that they were.
	Revised bool `json:"revised" zh:"是否修订过" example:"false"`
	// YearAgo is the same period of the year before; null where the series has no amount of it, or of another basis.
	YearAgo *YearAgo `json:"year_ago" zh:"上年同期" extensions:"x-nullable"`
	// Actual is the running value at the end of the period; what adds up is added up. It stays what it was in a period without a report.
	Actual  *Quantity `json:"actual" zh:"累计实际值" extensions:"x-nullable"`
	Percent *Number   `json:"percent" zh:"完成率" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"76.02"`
	Pace    Number    `json:"pace" zh:"序时进度" scale:"2" swaggertype:"number" example:"74.79"`
	Gap     *Number   `json:"gap" zh:"完成率与序时之差" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"1.23"`
	// AmountDue is what should have been reached; null where pace does not run.
	AmountDue *Quantity `json:"amount_due" zh:"应完成" extensions:"x-nullable"`
	DueGap    *Number   `json:"due_gap" zh:"与应达之差" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"1.36"`
	// Status is that of the progress on this day, with label and color in the profile's words.
	Status string  `json:"status" zh:"状态代码" example:"on_track"`
	Label  string  `json:"label" zh:"状态" example:"达序时"`
	Color  string  `json:"color" zh:"状态颜色" example:"#2e7d32"`
	Reason *string `json:"reason" zh:"无完成率原因" extensions:"x-words=progress.Reason,x-nullable"`
	// ReportMissing is true when no report covers the last reporting period up to this day.
	ReportMissing bool `json:"report_missing" zh:"最新期未报" example:"false"`
	// Provisional says that a provisional figure is among those that actual was made of.
	Provisional bool `json:"provisional" zh:"是否含初步数" example:"false"`
} //@name SeriesPeriod

// SeriesReport is a report as it was sent.
type SeriesReport struct {
	ID     string `json:"id" zh:"实绩编号" example:"412"`
	Period string `json:"period" zh:"报告期" example:"2023-09"`
	Basis  string `json:"basis" zh:"口径" extensions:"x-words=indicator.Basis" example:"total"`
	// Value is null where the figure is missing.
	Value       *Number `json:"value" zh:"实绩" swaggertype:"number" extensions:"x-nullable" example:"168"`
	Unit        string  `json:"unit" zh:"计量单位" example:"个"`
	Missing     *string `json:"missing" zh:"缺失标记" extensions:"x-words=indicator.Missing,x-nullable"`
	Provisional bool    `json:"provisional" zh:"是否初步数" example:"false"`
	// Revision counts from 1; retractions count too.
	Revision int `json:"revision" zh:"修订次数" example:"1"`
} //@name SeriesReport

// YearAgo is the same period of the year before.
type YearAgo struct {
	Period string   `json:"period" zh:"报告期" example:"2022-09"`
	Amount Quantity `json:"amount" zh:"值"`
	// Change is how much more the amount is now; null from 0 or less, of which there is no percent.
	Change *Number `json:"change" zh:"增减" scale:"2" swaggertype:"number" extensions:"x-nullable" example:"12.50"`
	// ChangeIn is points, percentage points, for rates of growth and shares, else percent.
	ChangeIn string `json:"change_in" zh:"增减单位" enums:"percent,points" example:"percent"`
} //@name YearAgo

// Projection is where an indicator will stand on its due date if it goes on as it did, or why that cannot be said: then
// refused says so, and method, low, expected, high, from and to are null.
type Projection struct {
	DueOn string `json:"due_on" format:"date" example:"2023-12-31"`
	// Method is run_rate, every period like the average so far; seasonal, like the same period of the year before; or
	// curve, by the indicator's own curve.
	Method *string `json:"method" extensions:"x-words=projection.Method,x-nullable" example:"run_rate"`
	// RangePercent is how many of a hundred outcomes lie from low to high.
	RangePercent int             `json:"range_percent" example:"80"`
	Low          *ProjectedValue `json:"low" extensions:"x-nullable"`
	Expected     *ProjectedValue `json:"expected" extensions:"x-nullable"`
	High         *ProjectedValue `json:"high" extensions:"x-nullable"`
	// AttainedOn is the end of the period in which the expected value attains the target, after the due date too, or did
	// attain it where refused is attained; null where it is not expected.
	AttainedOn *string `json:"attained_on" format:"date" extensions:"x-nullable" example:"2023-12-31"`
	// From and To are the first and the last of the periods used.
	From *string `json:"from" extensions:"x-nullable" example:"2023-01"`
	To   *string `json:"to" extensions:"x-nullable" example:"2023-09"`
	// PeriodsUsed is how many they are.
	PeriodsUsed int `json:"periods_used" example:"9"`
	// PeriodsAhead counts from To to the due date.
	PeriodsAhead int `json:"periods_ahead" example:"3"`
	// Refused says why nothing is projected: target_waits; each, a target for each period; growth; holds; attained, since
	// attained_on; term_over; gap_in_series, the last periods without a gap are too few; too_few_reports.
	Refused *string `json:"refused" extensions:"x-words=projection.Refusal,x-nullable"`
	// Text is the method with its figures, or the refusal, in the reader's language.
	Text string `json:"text" example:"按平均进度推算：2023-01 至 2023-09 共 9 期，平均每期 18.67个；至 2023-12-31 余 3 期"`
} //@name Projection

// ProjectedValue is a value on the due date with its percent of target.
type ProjectedValue struct {
	Value   Number  `json:"value" swaggertype:"number" example:"224"`
	Unit    string  `json:"unit" example:"个"`
	Percent *Number `json:"percent" swaggertype:"number" extensions:"x-nullable" example:"101.36"`
} //@name ProjectedValue

// SeriesPage is one page of series. All pages of one reading share the same date and moment.
type SeriesPage struct {
	Items      []Series `json:"items"`
	NextCursor *string  `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name SeriesPage
