package indicator

// Evidence is what the progress of an indicator rests on beside the indicator itself, as
// it was known at a moment.
type Evidence struct {
	// Measurements are those that count, with who sent them, in the order the periods end.
	Measurements []Measurement
	// Document is the SHA-256, in hex, of the file that the indicator was read from; empty
	// for one that was not.
	Document string
	// Head is the last entry that the audit chain had; zero for an empty chain.
	Head AuditEntry
}
