package store

import (
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// Link lets tests make a chain anew, as one who forges it would.
var Link = ledger.Link

// MostWaiting and MostTogether are the bounds of the queue.
const (
	MostWaiting  = ledger.MostWaiting
	MostTogether = ledger.MostTogether
)
