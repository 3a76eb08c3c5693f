package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// anchorFlags say where heads of the audit chain are kept outside of the database.
type anchorFlags struct {
	AuditAnchor      string        `placeholder:"FILE|https://…" help:"Keep signed heads of the audit chain outside the database: a line of JSON appended to a file, or posted to an address."`
	AuditAnchorEvery time.Duration `default:"1h" help:"How often a head that has moved is kept (default: ${default})."`
}

// anchorPlace is where heads are kept, nil where nobody asked for it.
func (f anchorFlags) anchorPlace() (anchor.Place, error) {
	if f.AuditAnchor == "" {
		return nil, nil //nolint:nilnil // nothing asked for is no failure
	}
	if f.AuditAnchorEvery <= 0 {
		return nil, errors.New("--audit-anchor-every must be more than nothing")
	}
	place, err := anchor.ParsePlace(f.AuditAnchor)
	return place, fault.At(err, "--audit-anchor")
}

// What becomes of a head that cannot be kept: it is tried again, each time after four times
// as long, until the wait would be longer than the longest; the next tick begins anew.
const (
	firstAnchorWait   = time.Second
	longestAnchorWait = 5 * time.Minute
	lastAnchorWithin  = 5 * time.Second // when the service stops
)

// keeper is what keeps heads of the audit chain, nil when nobody asked for it.
func (f anchorFlags) keeper(chain anchor.Chain, key signing.Key) (*anchor.Keeper, error) {
	place, err := f.anchorPlace()
	if place == nil || err != nil {
		return nil, err
	}
	if key.IsZero() {
		return nil, needsKey()
	}
	return anchor.NewKeeper(chain, key, place), nil
}

// needsKey is why no heads can be kept without a key.
func needsKey() error {
	return fault.Newf(fault.InvalidParameter, "需要签名密钥，请给出 --signing-key", "it needs a signing key: give --signing-key").At("--audit-anchor")
}

// keepAnchors keeps heads beside requests. What it returns keeps the last one, of what
// was stored until then, and waits for that a short time only.
func (f anchorFlags) keepAnchors(ctx context.Context, keeper *anchor.Keeper, log *slog.Logger) (end func()) {
	if keeper == nil {
		return func() {}
	}
	until, stop := context.WithCancel(context.WithoutCancel(ctx)) // requests may write after the signal to stop
	ticks := time.NewTicker(f.AuditAnchorEvery)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		keepHeads(until, keeper, ticks.C, log)
	}()
	return func() {
		ticks.Stop()
		stop()
		select {
		case <-ended:
		case <-time.After(2 * lastAnchorWithin): // a file that is on a server may never answer
			log.Error(anchorFailure, "error", "it does not end")
		}
	}
}

const anchorFailure = "the head of the audit chain was not kept"

// headKeeper keeps the head of the audit chain if it has moved.
type headKeeper interface {
	Keep(ctx context.Context) error
}

// keepHeads keeps the head at once, at every tick and at the end.
func keepHeads(ctx context.Context, keeper headKeeper, ticks <-chan time.Time, log *slog.Logger) {
	keepPatiently(ctx, keeper, log)
	onTicks(ctx, ticks, func() { keepPatiently(ctx, keeper, log) })
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastAnchorWithin)
	defer cancel()
	keepHead(ending, keeper, log)
}

// keepPatiently tries again when the head could not be kept.
func keepPatiently(ctx context.Context, keeper headKeeper, log *slog.Logger) {
	for wait := firstAnchorWait; !keepHead(ctx, keeper, log) && wait <= longestAnchorWait; wait *= 4 {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// keepHead reports whether the head has been kept, and logs as an error why not: nobody
// else would notice that there is nothing outside which could convict the database.
func keepHead(ctx context.Context, keeper headKeeper, log *slog.Logger) bool {
	err := fault.Guard(func() error { return keeper.Keep(ctx) })
	var panicked *fault.Panic
	var broken *anchor.BrokenError
	switch {
	case err == nil:
		return true
	case errors.As(err, &broken):
		log.Error("the audit chain is broken", "error", err)
		return true
	case errors.As(err, &panicked):
		log.Error(anchorFailure, "panic", panicked.Value, "stack", string(panicked.Stack))
	case !errors.Is(err, context.Canceled):
		log.Error(anchorFailure, "error", err)
	}
	return false
}
