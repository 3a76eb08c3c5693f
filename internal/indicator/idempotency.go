package indicator

import "time"

// Idempotency is the Idempotency-Key of a request with what makes the request
// the same again. The zero value means there is none.
type Idempotency struct {
	Scope       string // who sent it, what it asks for, and the key
	Fingerprint []byte // SHA-256 of the payload
	ExpiresAt   time.Time
}

// Answered is what a request with an Idempotency-Key led to, told when it comes
// again: a batch, or a receipt. It is answered with that anew, as at first.
type Answered struct {
	Batch string // id of the batch; empty for a single report
	// Receipt is that of the report, with what was known after it and nothing that
	// came later.
	Receipt   Receipt
	Indicator Indicator // the version that the report was checked against
	// Kept is the answer itself, where an earlier release of the program gave it:
	// that kept its bytes. Nil for all others.
	Kept *Answer
}

// Answer is what an earlier release kept under an Idempotency-Key.
type Answer struct {
	Status int
	Header string // the Location header, or empty
	Body   []byte
}
