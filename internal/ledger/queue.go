package ledger

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const (
	// MostWaiting is how many reports may wait for the writer before further
	// ones are told to come back.
	MostWaiting = 4096
	// MostTogether is how many of them share a commit.
	MostTogether = 256
	// lettingIn is how often the writer steps back for reports that are on their
	// way to it: the more share a commit, the less each costs.
	lettingIn = 3
	// groupTimeout bounds a commit, so that a server which does not answer
	// holds back nobody for long.
	groupTimeout = 20 * time.Second
)

// submission is a single report on its way to the writer.
type submission struct {
	row    indicator.Row
	actor  indicator.Actor
	key    indicator.Idempotency // zero without an Idempotency-Key
	taken  atomic.Bool
	told   bool // whether done is closed; for the writer alone
	done   chan struct{}
	result indicator.Receipt
	now    snapshot           // of the indicator, after the report
	replay *idempotencyRecord // what a request with the key led to before
	err    error
}

// ShareCommits sets how many single reports may share a commit, MostTogether by default. 1
// gives each its own, to measure what sharing gains.
func (l *Ledger) ShareCommits(most int) { l.together.Store(int64(max(1, most))) }

var errBusy = fault.Newf(fault.Unavailable,
	"排队的写入已满，请稍后重试", "too many writes are waiting; try again in a moment")

// submit hands a report to the writer and waits for what becomes of it. When
// the context ends before the writer has taken the report, it is not stored;
// once taken, the answer is waited for, so that it is always known whether the
// report was stored.
func (l *Ledger) submit(ctx context.Context, sub *submission) (indicator.Receipt, error) {
	sub.done = make(chan struct{})
	select {
	case <-l.closing:
		return indicator.Receipt{}, database.Because(fault.Unavailable, errClosed)
	default:
	}
	if err := ctx.Err(); err != nil {
		return indicator.Receipt{}, l.db.Translate(ctx, err)
	}
	select {
	case l.queue <- sub:
	default:
		return indicator.Receipt{}, errBusy
	}
	select {
	case <-sub.done:
	case <-ctx.Done():
		if sub.taken.CompareAndSwap(false, true) {
			return indicator.Receipt{}, l.db.Translate(ctx, ctx.Err())
		}
		<-sub.done
	case <-l.stopped: // it was put into the queue when the writer had emptied it
		if sub.taken.CompareAndSwap(false, true) {
			return indicator.Receipt{}, database.Because(fault.Unavailable, errClosed)
		}
		<-sub.done
	}
	if sub.err != nil {
		return indicator.Receipt{}, l.db.Translate(context.WithoutCancel(ctx), sub.err)
	}
	if sub.result.Current == nil {
		sub.result.Current = sub.now.current(sub.row.Measurement.Indicator)
	}
	return sub.result, nil
}

// storeQueued stores what waits, together, until the store closes.
// While one commit is on its way to the disk the next group gathers.
func (l *Ledger) storeQueued(stopped chan<- struct{}) {
	defer close(stopped)
	for {
		var group []*submission
		select {
		case sub := <-l.queue:
			group = l.gather(sub)
		case <-l.closing:
			for {
				select {
				case sub := <-l.queue:
					sub.end(database.Because(fault.Unavailable, errClosed))
				default:
					return
				}
			}
		}
		if len(group) > 0 {
			l.store(group)
		}
	}
}

// gather takes the reports that wait, leaving out those nobody waits for.
func (l *Ledger) gather(first *submission) []*submission {
	var group []*submission
	add := func(sub *submission) {
		if sub.taken.CompareAndSwap(false, true) {
			group = append(group, sub)
		}
	}
	add(first)
	for stepped := 0; len(group) < int(l.together.Load()); {
		select {
		case sub := <-l.queue:
			add(sub)
		default:
			if stepped == lettingIn {
				return group
			}
			stepped++
			runtime.Gosched()
		}
	}
	return group
}

// store commits a group and tells each report what became of it.
func (l *Ledger) store(group []*submission) {
	err := fault.Guard(func() error { return l.settle(group) })
	for _, sub := range group {
		sub.end(err)
	}
}

// settle commits a group. When the group fails for another reason than a database
// that is away, each report is tried alone, so that one which the database refuses,
// or which makes the program panic, does not fail the others.
func (l *Ledger) settle(group []*submission) error {
	err := fault.Guard(func() error { return l.commitGroup(group) })
	if err != nil && len(group) > 1 && !l.db.Away(err) {
		for _, sub := range group {
			sub.end(fault.Guard(func() error { return l.commitGroup([]*submission{sub}) }))
		}
		return nil
	}
	l.db.NoteHealth(err)
	return err
}

// end tells the report what became of it, unless it was told.
func (sub *submission) end(err error) {
	if sub.told {
		return
	}
	sub.told, sub.err = true, err
	close(sub.done)
}

func (l *Ledger) commitGroup(group []*submission) error {
	ctx, cancel := l.db.Bounded(context.Background(), groupTimeout)
	defer cancel()
	w, err := l.begin(ctx)
	if err != nil {
		return err
	}
	defer w.abandon()
	rows := make([]indicator.Row, len(group))
	for i, sub := range group {
		rows[i] = sub.row
	}
	if err := w.load(rows); err != nil {
		return err
	}
	for _, sub := range group {
		if err := w.appendOne(sub); err != nil {
			return err
		}
	}
	return w.commit()
}

// appendOne stores one report of a group, with its audit entry and what its key keeps.
func (w *ledgerTx) appendOne(sub *submission) (err error) {
	if sub.key.Scope != "" {
		sub.replay, err = w.replay(sub.key)
		switch {
		case fault.Is(err, fault.KeyReused):
			sub.result = refusal(fault.From(err))
			return nil
		case err != nil || sub.replay != nil:
			return err
		}
	}
	receipt, before := w.judge(w.upToDate(sub.row))
	m := receipt.Measurement
	if t := w.targets[sub.row.Measurement.Indicator]; t != nil && receipt.Outcome != indicator.Refused {
		sub.now = t.state.snapshot()
		receipt.At, receipt.Profile = m.RecordedAt, w.head.profile
		if receipt.Outcome == indicator.Unchanged || receipt.Outcome == indicator.Superseded {
			receipt.At = w.head.last()
		} else {
			after := t.state.of(key{m.Period, m.Basis}).hash
			w.audited(sub.actor, "measurement."+string(receipt.Outcome), m.Indicator, [2]int64{m.ID, m.ID}, before, after[:])
		}
		if sub.key.Scope != "" {
			w.saveIdempotency(sub.key, receiptRecord(receipt, t.version, w.head.measurementID))
		}
	}
	if receipt.Outcome != indicator.Refused {
		w.reports.Count(receipt.Outcome)
	}
	sub.result = receipt
	return nil
}

// errClosed is the cause of what a closed store refuses.
var errClosed = errors.New("the store is closed")
