package indicator

// Outcome says what became of a measurement that was handed in.
type Outcome string

// The outcomes.
const (
	Stored    Outcome = "stored"    // the first report for its indicator, period and basis
	Revised   Outcome = "revised"   // a further revision of an earlier report
	Unchanged Outcome = "unchanged" // the newest revision again: nothing was written
)
