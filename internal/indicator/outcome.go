package indicator

// Outcome says what became of a measurement that was handed in.
type Outcome string

// The outcomes.
const (
	Stored    Outcome = "stored"    // the first report for its indicator, period and basis
	Revised   Outcome = "revised"   // a further revision of an earlier report
	Unchanged Outcome = "unchanged" // the same again: nothing was written
	// Superseded is what a source_id said before and somebody has since corrected or
	// taken back: nothing was written, so that it does not come back by itself.
	Superseded Outcome = "superseded"
	Retracted  Outcome = "retracted"  // taken back: its period and basis count no more
	Refused    Outcome = "refused"    // not stored, for a reason that is given
	NotStored  Outcome = "not_stored" // acceptable, but the batch it came in was refused as a whole
)
