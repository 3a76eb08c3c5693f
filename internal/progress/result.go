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
)

// Reason says why a percent is undefined.
type Reason string

// The reasons; the empty reason means that the percent is defined.
const (
	NoMeasurement        Reason = "no_measurement"
	ZeroTarget           Reason = "zero_target"
	BaselineEqualsTarget Reason = "baseline_equals_target"
	TargetWaits          Reason = "target_waits" // for the value of its reference
)

// Caution is something a reader must know about a figure that is defined.
type Caution string

// The cautions.
const (
	// BaselineMissing: a level is held against its target as if it had
	// started from nothing.
	BaselineMissing Caution = "baseline_missing"
	// IncrementOverlapsTotal: an increment straddles the end of a total and
	// was left out.
	IncrementOverlapsTotal Caution = "increment_overlaps_total"
)

// Result is the progress (进度) of one indicator at a date. Figures are
// rounded half up, once; Attained and Status are judged on exact values.
type Result struct {
	On     indicator.Date
	CutOff indicator.Date // end of the last period that is over by On, or the due date; zero when there is none in the term

	Actual        *quantity.Number // in Unit, nil without a measurement
	Unit          quantity.Unit    // the target's, or that of the newest report where the target has none yet
	Percent       *quantity.Number // of target, two decimals, uncapped; nil with a Reason
	PercentCapped *quantity.Number // Percent within 0 to 100, two decimals
	ExactCapped   *big.Rat         // PercentCapped before rounding, for means; nil with it
	Pace          quantity.Number  // percent expected at CutOff, two decimals
	Gap           *quantity.Number // Percent − Pace as printed, percentage points

	Attained      bool
	Status        Status
	Label         fault.Text // the status in the profile's words
	Color         string     // the status in the profile's colour
	Reason        Reason
	Cautions      []Caution
	ReportMissing bool // no report covers the last period, or part of one, up to CutOff

	Explanation Explanation
}

// Explanation says how a Result came about.
type Explanation struct {
	Rule         string // name of the case that applied, such as "ratio_to_target"
	Steps        []fault.Text
	Measurements []int64 // IDs of the measurements that made Actual
	Source       indicator.Source
}
