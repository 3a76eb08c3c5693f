package ledger

import (
	"bytes"
	"sync"
)

// mostWarm is how many keys of states are kept warm, which bounds the memory
// for them: some tens of megabytes.
const mostWarm = 50_000

// warm are the targets of the transactions before, as the last one left them.
// Every change of an indicator or of its reports moves the ledger, on whichever
// process, so they are current as long as the ledger stands where it did.
type warm struct {
	mu      sync.Mutex
	head    head
	targets map[string]*target
	keys    int // of their states
}

// take gives the targets to the one transaction that holds the ledger. They are
// gone until it keeps them again, so that one which fails leaves none behind.
func (c *warm) take(head head) (targets map[string]*target, keys int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	targets, keys = c.targets, c.keys
	c.targets = nil
	if targets == nil || !bytes.Equal(c.head.auditHash, head.auditHash) || c.head.auditSeq != head.auditSeq || c.head.measurementID != head.measurementID {
		return map[string]*target{}, 0
	}
	return targets, keys
}

// keep takes the targets of a transaction that was committed with the ledger at
// head. Beyond the most that is kept, any of them go.
func (c *warm) keep(head head, targets map[string]*target, keys int) {
	for code, t := range targets {
		if keys <= mostWarm && len(targets) <= mostWarm {
			break
		}
		keys -= t.counted
		delete(targets, code)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.head, c.targets, c.keys = head, targets, keys
}
