package indicator

import "github.com/indicator-tracker/tracker/internal/fault"

// Review counts the indicators of a plan by state.
type Review struct {
	Draft     int
	Confirmed int
	Rejected  int
	Withdrawn int
	// Matches counts the proposals about agencies' names that nobody has decided.
	Matches int `json:",omitempty"` // the audit chain hashes a plan as JSON, and earlier ones without this
}

// Add counts n indicators of a state.
func (r *Review) Add(s State, n int) {
	switch s {
	case Draft:
		r.Draft += n
	case Confirmed:
		r.Confirmed += n
	case Rejected:
		r.Rejected += n
	case Withdrawn:
		r.Withdrawn += n
	}
}

// Decision is what a person decides about the indicators of one plan.
type Decision struct {
	Confirm     []string // codes
	Reject      []string // codes
	ConfirmRest bool     // confirm the drafts that no list names, too
}

// Amendment is a newer version of a plan with what it does to the indicators.
type Amendment struct {
	Plan Plan // with the version it becomes
	// Known are all indicators of the plan that the amendment was made for,
	// code to version: it stands only while they are as they were.
	Known   map[string]int
	Added   []Indicator // with their codes
	Changed []Indicator // each with the version it replaces; Withdrawn ones too
}

// CheckReview reports a state or confidence that is none, naming the field by
// JSON pointer. It stands apart from Check, since what is computed from an
// indicator alone needs neither.
func (in Indicator) CheckReview() error {
	if _, err := ParseWord(string(in.State), States); err != nil {
		return fault.At(err, "/state")
	}
	_, err := ParseWord(string(in.Confidence), Confidences)
	return fault.At(err, "/confidence")
}

// CheckReportable refuses a measurement for an indicator of a state other than
// Confirmed, in words that say what to do.
func (s State) CheckReportable(code string) error {
	var text fault.Text
	switch s {
	case Confirmed:
		return nil
	case Rejected:
		text = fault.Say("指标 %[1]s 已驳回，不接收实绩；如属误判，请先确认（PATCH /api/v1/indicators/%[1]s，state 为 confirmed）",
			"the indicator %[1]s was rejected and takes no measurements; if that was wrong, confirm it first (PATCH /api/v1/indicators/%[1]s with state confirmed)", code)
	case Withdrawn:
		text = fault.Say("指标 %[1]s 已随计划调整停用，不再接收实绩；请改报计划现行的指标",
			"the indicator %[1]s was withdrawn by an amendment and takes no more measurements; report to an indicator that the plan has now", code)
	default:
		text = fault.Say("指标 %[1]s 尚未审核，不接收实绩；请先确认（PATCH /api/v1/indicators/%[1]s，state 为 confirmed，或 tracker plan review）",
			"the indicator %[1]s is a draft and takes no measurements; confirm it first (PATCH /api/v1/indicators/%[1]s with state confirmed, or tracker plan review)", code)
	}
	return fault.New(fault.IndicatorNotConfirmed, text).At("/indicator")
}

// Hides reports whether going to the next state takes an indicator out of the
// lists of progress by a person's decision, which its measurements forbid: what
// was reported must stay in view.
func (s State) Hides(next State) bool {
	return s != next && (next == Draft || next == Rejected)
}

// HasMeasurements is the refusal of a change that would leave measurements
// without an indicator that counts them.
func HasMeasurements(code string) *fault.Fault {
	return fault.Newf(fault.IndicatorHasMeasurements,
		"指标 %s 已有实绩，不能驳回或退回待审核", "the indicator %s has measurements: it can neither be rejected nor be put back to draft", code)
}

// WithdrawnRefusal is the refusal to change an indicator that an amendment took
// out of the plan.
func WithdrawnRefusal(code string) *fault.Fault {
	return fault.Newf(fault.IndicatorWithdrawn,
		"指标 %s 已随计划调整停用，只供查阅，不能再改", "the indicator %s was withdrawn by an amendment: it is kept to be read and cannot be changed", code)
}
