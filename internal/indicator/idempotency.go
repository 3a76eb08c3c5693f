package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Idempotency is the Idempotency-Key of a request with what makes the request
// the same again. The zero value means there is none.
type Idempotency struct {
	Scope       string // who sent it, what it asks for, and the key
	Fingerprint []byte // SHA-256 of the payload
	ExpiresAt   time.Time
}

const (
	// keepAnswers is how long a key is known.
	keepAnswers = 24 * time.Hour
	longestKey  = 255
)

// NewIdempotency is a key by the name that a caller gave it. It is another key for
// another caller, or another thing to do. It fails with fault.InvalidParameter.
func NewIdempotency(name string, now time.Time, callerAndDeed ...string) (Idempotency, error) {
	if name == "" || len(name) > longestKey || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) {
		return Idempotency{}, fault.Newf(fault.InvalidParameter,
			"Idempotency-Key 应为 1 至 %d 个 ASCII 字符", "the Idempotency-Key is 1 to %d ASCII characters", longestKey)
	}
	scope := sha256.Sum256([]byte(strings.Join(append(callerAndDeed, name), "\n")))
	return Idempotency{Scope: hex.EncodeToString(scope[:]), ExpiresAt: now.Add(keepAnswers)}, nil
}

// Fingerprint tells requests apart by the hash of their payload and by how it is to
// be taken.
func Fingerprint(payload [sha256.Size]byte, how string) []byte {
	sum := sha256.Sum256(append(payload[:], how...))
	return sum[:]
}

// Answered is what a request with an Idempotency-Key led to, told when it comes
// again: a batch, or a receipt. It is answered with that anew, as at first.
type Answered struct {
	Batch  string   // id of the batch; empty for a single report
	Unread []string // sheets of its workbook that were not read
	// Receipt is that of the report, with what was known after it and nothing that
	// came later.
	Receipt   Receipt
	Indicator Indicator // the version that the report was checked against
}
