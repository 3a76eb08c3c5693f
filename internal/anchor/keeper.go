package anchor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// State says how the keeping of heads goes.
type State string

// The states.
const (
	Pending State = "pending" // none has been kept yet
	OK      State = "ok"
	Failing State = "failing" // the newest head could not be kept
	Broken  State = "broken"  // a head that was kept is not of this chain
)

// BrokenError says that the chain does not go on from the head that was kept last.
type BrokenError struct{ Kept, Now int64 }

// ErrForeign says that the place holds lines, and none of its last is a head that this key
// has signed: others write there, or the key is another one. The head was kept all the same.
var ErrForeign = errors.New("none of the last lines kept is a head that this key has signed, so whether the chain goes on from there is not known")

func (e *BrokenError) Error() string {
	return fmt.Sprintf("the audit chain does not go on from the head that was kept at entry %d: it was cut, rewritten or made anew, and ends with entry %d", e.Kept, e.Now)
}

// Chain is what a keeper needs of the store.
type Chain interface {
	AuditHead(ctx context.Context) (indicator.AuditHead, error)
	Audit(ctx context.Context, q indicator.AuditQuery) ([]indicator.AuditEntry, int64, error)
}

// Keeper keeps heads of a chain at a place. One goroutine may call Keep; State is for all.
type Keeper struct {
	chain Chain
	key   signing.Key
	place Place
	last  indicator.AuditHead // that this process kept
	state atomic.Value
}

// NewKeeper returns a keeper that has kept nothing yet.
func NewKeeper(chain Chain, key signing.Key, place Place) *Keeper {
	k := &Keeper{chain: chain, key: key, place: place}
	k.state.Store(Pending)
	return k
}

// State says how it goes. Once a chain is broken it stays so for this process.
func (k *Keeper) State() State { return k.state.Load().(State) }

// Keep signs and keeps the head, if it has moved since the last one that was kept. It fails
// with BrokenError when the chain does not go on from there, and has kept the head all the
// same; with other errors it has not.
func (k *Keeper) Keep(ctx context.Context) error {
	broken, err := k.keep(ctx)
	switch {
	case broken != nil:
		k.state.Store(Broken)
	case k.State() == Broken:
	case err != nil:
		k.state.Store(Failing)
	default:
		k.state.Store(OK)
	}
	if err == nil && broken != nil {
		return broken
	}
	return err
}

func (k *Keeper) keep(ctx context.Context) (broken *BrokenError, err error) {
	last, foreign, err := k.lastKept() // before the head, which then cannot be an earlier one
	if err != nil {
		return nil, err
	}
	head, err := k.chain.AuditHead(ctx)
	if err != nil {
		return nil, err
	}
	goesOn, err := k.holds(ctx, last)
	if err != nil {
		return nil, err
	}
	if !goesOn {
		broken = &BrokenError{Kept: last.Seq, Now: head.Seq}
	}
	if head.Seq == 0 || head.Seq == last.Seq && goesOn {
		return broken, nil
	}
	record, err := Seal(k.key, head)
	if err != nil {
		return broken, err
	}
	line, err := record.Line()
	if err != nil {
		return broken, err
	}
	if err := k.place.Keep(ctx, line); err != nil {
		return broken, fmt.Errorf("%s: %w", k.place, err)
	}
	k.last = head
	if foreign {
		return broken, fmt.Errorf("%s: %w", k.place, ErrForeign)
	}
	return broken, nil
}

// lastKept is the last head at the place that the key signed, or else the last that this
// process kept. Foreign says that the place has lines and no such head.
func (k *Keeper) lastKept() (last indicator.AuditHead, foreign bool, err error) {
	kept, err := k.place.Kept()
	if err != nil {
		return indicator.AuditHead{}, false, fmt.Errorf("%s: %w", k.place, err)
	}
	for _, line := range slices.Backward(bytes.Split(kept, []byte("\n"))) {
		if head, err := Open(line, k.key.Public()); err == nil {
			return head, false, nil
		}
	}
	return k.last, len(bytes.TrimSpace(kept)) > 0, nil
}

// holds reports whether a head is that of an entry which is in the chain.
func (k *Keeper) holds(ctx context.Context, head indicator.AuditHead) (bool, error) {
	if head.Seq == 0 {
		return true, nil
	}
	entries, _, err := k.chain.Audit(ctx, indicator.AuditQuery{Page: indicator.Page{After: head.Seq - 1, Limit: 1}})
	if err != nil {
		return false, err
	}
	return len(entries) == 1 && entries[0].Seq == head.Seq && bytes.Equal(entries[0].Hash, head.Hash), nil
}
