package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Status is the verdict on an indicator at a date.
type Status string

// The statuses that do not depend on a profile, and the names of the default
// profile's classes.
const (
	Attained Status = "attained"
	Missed   Status = "missed"
	NoData   Status = "no_data"
	OnTrack  Status = "on_track"
	AtRisk   Status = "at_risk"
	Behind   Status = "behind"

	// NotComputable: there are reports, and no percent for a Reason other than
	// NoMeasurement or NoFigure.
	NotComputable Status = "not_computable"
)

// Reason says why a percent is undefined.
type Reason string

// The reasons; the empty reason means that the percent is defined.
const (
	NoMeasurement        Reason = "no_measurement"
	NoFigure             Reason = "no_figure" // there are reports, all of which say that there is none
	ZeroTarget           Reason = "zero_target"
	BaselineEqualsTarget Reason = "baseline_equals_target"
	TargetWaits          Reason = "target_waits" // for the value of its reference
	YearMissing          Reason = "year_missing" // growth over several years, one of which has no rate
)

// Caution is something a reader must know about a figure that is defined.
type Caution string

// The cautions, in the order they are listed.
const (
	// BaselineMissing: the baseline that the target would be counted from is not
	// known; it is counted from 0, or only held against the target.
	BaselineMissing Caution = "baseline_missing"
	// DirectionAssumed: nothing says which way is better.
	DirectionAssumed Caution = "direction_assumed"
	// CourseAssumed: nothing says whether the target is reached bit by bit or
	// held at any time.
	CourseAssumed Caution = "course_assumed"
	// IncrementOverlapsTotal: an increment straddles the end of a total and
	// was left out.
	IncrementOverlapsTotal Caution = "increment_overlaps_total"
	// TotalFalls: a running total of increments is below an earlier one.
	TotalFalls Caution = "total_falls"
	// TotalDisagrees: a running total is not the earlier one and the increments
	// since.
	TotalDisagrees Caution = "total_disagrees"
	// LooksTotal: increments that rise like running totals.
	LooksTotal Caution = "looks_total"
	// Magnitude: a value is 10, 10,000 or 100,000,000 times, or a percent 100 times or a hundredth of, what the series or
	// the target would let expect.
	Magnitude Caution = "magnitude"
	// Sign: a rise is reported about as large as the fall that is the target, or a
	// figure below 0 where none can be.
	Sign Caution = "sign"
	// FractionOfCount: a part of a thing that is counted one by one.
	FractionOfCount Caution = "fraction_of_count"
	// OverHundredPercent: a share of more than everything.
	OverHundredPercent Caution = "over_hundred_percent"
	// PeriodNotOver: a report was sent before its period was over.
	PeriodNotOver Caution = "period_not_over"
	// GapInSeries: a period between reported ones has no report.
	GapInSeries Caution = "gap_in_series"
	// FigureMissing: a report says that there is no figure, and the actual value goes
	// without one.
	FigureMissing Caution = "figure_missing"
)

// Outcomes lists the statuses that do not stand for a class of the profile.
var Outcomes = []Status{Attained, Missed, NoData, NotComputable}

// Cautions lists the cautions in their order.
var Cautions = []Caution{
	BaselineMissing, DirectionAssumed, CourseAssumed, IncrementOverlapsTotal, TotalFalls, TotalDisagrees,
	LooksTotal, Magnitude, Sign, FractionOfCount, OverHundredPercent, PeriodNotOver, GapInSeries, FigureMissing,
}

// CautionDetail is a caution with the figures that made it speak.
type CautionDetail struct {
	Code Caution
	Text fault.Text
}

// Result is the progress (进度) of one indicator at a date. Figures are
// rounded half up, once; Attained and Status are judged on exact values.
type Result struct {
	// Course is how the target is held against time: a curve or a limit overrules the
	// indicator's own.
	Course indicator.Course
	Rules  int // version of the rules
	On     indicator.Date
	CutOff indicator.Date // end of the last period that is over by On, or the due date; zero when there is none in the term

	Actual        *quantity.Number // in Unit, nil without a measurement
	Unit          quantity.Unit    // the target's, or that of the newest report where the target has none yet
	Percent       *quantity.Number // of target, two decimals, uncapped; nil with a Reason
	PercentCapped *quantity.Number // Percent within 0 to 100, two decimals
	ExactCapped   *big.Rat         // PercentCapped before rounding, for means; nil with it
	Pace          quantity.Number  // percent expected at CutOff, two decimals
	Gap           *quantity.Number // Percent − Pace as printed, percentage points

	// AmountDue is what should have been reached by CutOff, and Shortfall how much
	// of it is lacking, 0 when none; both in Unit, nil where pace does not run.
	AmountDue *quantity.Number
	Shortfall *quantity.Number
	// DueGap is what the status is judged by: 100 × (A − AmountDue)/(T − B), two
	// decimals; Percent − Pace where pace does not run; nil with Percent.
	DueGap *quantity.Number

	Attained   bool
	AttainedOn indicator.Date // end of the period that attained an accruing target; zero else
	Late       bool           // that period began after the due date
	DaysLeft   int            // from On to the due date, negative after it
	DaysLate   int            // from the due date to AttainedOn when late, to On when missed; 0 else
	Status     Status
	Label      fault.Text // the status in the profile's words
	Color      string     // the status in the profile's colour
	Reason     Reason
	Cautions   []Caution
	// CautionDetails has one entry for each of Cautions.
	CautionDetails []CautionDetail
	// ReportMissing says that no report, be it that there is no figure, covers the last
	// period, or part of one, up to CutOff.
	ReportMissing bool
	// Provisional says that a provisional figure is among those that made Actual.
	Provisional bool
	// GoodUntil is the last day, from On on, that the same indicator, reports and profile have
	// the same Result on, but for On, DaysLeft and DaysLate; Forever where nothing changes any
	// more. The true last day may be later, never earlier.
	GoodUntil indicator.Date

	Explanation Explanation
}

// Explanation says how a Result came about.
type Explanation struct {
	Rule         string // name of the case that applied, such as "ratio_to_target"
	Steps        []fault.Text
	Measurements []int64 // IDs of the measurements that made Actual
	Source       indicator.Source
}
