package database

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// TakeTurn waits until this process may begin a transaction that takes the ledger.
// Only one of them can come on at a time, so the others wait here, in the order they
// came, rather than each with a connection of its own. What it returns lets the next
// one begin.
func (d *DB) TakeTurn(ctx context.Context) (leave func(), err error) {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return func() {
		d.busy.Store(false)
		<-d.turn
	}, nil
}

// Running is the context that the statements of a transaction run under, once it has
// begun: see engine.ownsWaiting.
func (d *DB) Running(ctx context.Context) context.Context {
	if d.engine.ownsWaiting() {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// inPlace fails with fault.Unavailable when what was opened is not what stands in its
// place any more: what is written there would be lost.
func (d *DB) inPlace(ctx context.Context) error {
	if err := d.engine.present(); err != nil {
		return d.Unreachable(ctx, err)
	}
	return nil
}

// stuckAfter is how long the ledger is waited for before its holder is looked at.
const stuckAfter = 5 * time.Second

// FreeLedger ends, for as long as the ledger is waited for, transactions that hold it
// and whose process does not move. What it returns is called when the ledger is there.
func (d *DB) FreeLedger(ctx context.Context) (stop func()) {
	if d.engine.oneWriter() {
		return func() {}
	}
	var timer *time.Timer
	ended := make(chan struct{})
	var waiting map[int]int64
	timer = time.AfterFunc(stuckAfter, func() {
		_ = fault.Guard(func() (err error) { // who waits is told by its own error
			waiting, err = d.engine.endStuck(ctx, d.Reader(), waiting)
			return err
		})
		select {
		case <-ended:
		default:
			timer.Reset(stuckAfter)
		}
	})
	return func() {
		close(ended)
		timer.Stop()
	}
}

// NoteBusy says that the transaction whose turn it is writes, which is as good as a probe.
func (d *DB) NoteBusy() { d.busy.Store(true) }

// Bounded is the context of a transaction that is short where all goes well.
func (d *DB) Bounded(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	return d.engine.bounded(ctx, timeout)
}

// OneWriter says whether a transaction that writes holds back every other, whatever
// they write.
func (d *DB) OneWriter() bool { return d.engine.oneWriter() }

// LockLedgerSoon takes the ledger's row for a transaction, but waits for a moment only.
// It says whether it was taken.
func (d *DB) LockLedgerSoon(tx *gorm.DB) (bool, error) { return d.engine.lockLedgerSoon(tx) }
