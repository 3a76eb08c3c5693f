package store

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// takeTurn waits until this process may begin a transaction that takes the ledger.
// Only one of them can come on at a time, so the others wait here, in the order they
// came, rather than each with a connection of its own. What it returns lets the next
// one begin.
func (s *Store) takeTurn(ctx context.Context) (leave func(), err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return func() {
		s.writing.Store(false)
		<-s.turn
	}, nil
}

// running is the context that the statements of a transaction run under, once it has
// begun: see engine.ownsWaiting.
func (s *Store) running(ctx context.Context) context.Context {
	if s.engine.ownsWaiting() {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// errGaveWay undoes a batch in one transaction for what must not wait behind it.
var errGaveWay = fault.Newf(fault.Unavailable,
	"整批让位于密钥的吊销，未保存，请重新发送", "the batch gave way to the revocation of a key and nothing of it was stored; send it again").
	Because(indicator.ErrGaveWay)

// giveWay fails with indicator.ErrGaveWay when a batch in one transaction keeps back
// something urgent.
func (s *Store) giveWay() error {
	if s.urgent.Load() > 0 {
		return errGaveWay
	}
	return nil
}

// inPlace fails with fault.Unavailable when what was opened is not what stands in its
// place any more: what is written there would be lost.
func (s *Store) inPlace(ctx context.Context) error {
	if err := s.engine.present(); err != nil {
		return s.unreachable(ctx, err)
	}
	return nil
}

// stuckAfter is how long the ledger is waited for before its holder is looked at.
const stuckAfter = 5 * time.Second

// freeLedger ends, for as long as the ledger is waited for, transactions that hold it
// and whose process does not move. What it returns is called when the ledger is there.
func (s *Store) freeLedger(ctx context.Context) (stop func()) {
	if s.engine.oneWriter() {
		return func() {}
	}
	var timer *time.Timer
	ended := make(chan struct{})
	var waiting map[int]int64
	timer = time.AfterFunc(stuckAfter, func() {
		_ = fault.Guard(func() (err error) { // who waits is told by its own error
			waiting, err = s.engine.endStuck(ctx, s.reader(), waiting)
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
