package tracker_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// sealCounter counts how often the ledger is to be sealed.
type sealCounter struct {
	*store.Store
	seals atomic.Int64
}

func (c *sealCounter) Seal(ctx context.Context, at time.Time) error {
	c.seals.Add(1)
	return c.Store.Seal(ctx, at)
}

// Readers who ask for a moment that the ledger has not come to share one wait for whoever
// holds it, and are answered by what is known.
func TestReadersShareTheWaitForTheLedger(t *testing.T) {
	b := newBench(t)
	b.load("river", river)
	counted := &sealCounter{Store: b.db}
	var mu sync.Mutex
	now := b.now.Add(time.Minute)
	s := tracker.New(counted, func() time.Time { mu.Lock(); defer mu.Unlock(); return now }, time.UTC, progress.DefaultProfile())
	w, err := b.db.OpenBatch(t.Context(), indicator.Atomic, false, indicator.Idempotency{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	row := indicator.Row{Measurement: indicator.Measurement{
		Indicator: "river-3-1", Period: indicator.PeriodOf(indicator.Monthly, date(t, "2024-05-01")), Basis: indicator.ThisPeriod,
		Value: quantity.FromInt(1), Unit: quantity.MustUnit("个"),
	}}
	if err := w.Write(t.Context(), []indicator.Row{row}); err != nil {
		t.Fatal(err)
	}
	head, err := b.db.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			p, err := s.Progress(t.Context(), "river-3-1", tracker.Moment{On: indicator.DateOf(2024, 6, 30), AsOf: now})
			if err != nil || !p.AsOf.Equal(head.Moment) {
				t.Errorf("as of %s, the last change was at %s, %v", p.AsOf, head.Moment, err)
			}
		})
	}
	readers.Wait()
	if n := counted.seals.Load(); n > 3 {
		t.Errorf("%d tries for 20 readers", n)
	}
	w.Discard()
	if p, err := s.Progress(t.Context(), "river-3-1", tracker.Moment{AsOf: now}); err != nil || !p.AsOf.Equal(now) {
		t.Errorf("afterwards as of %s, asked for %s, %v", p.AsOf, now, err)
	}
}

func TestWhatAClockAheadAcknowledgedCountsForAClockBehind(t *testing.T) {
	b := newBench(t)
	b.load("river", river)
	behind := b.now
	b.now = b.now.Add(time.Hour)
	b.record(tracker.Report{Indicator: "river-3-1", Period: "2024-06", Value: "100"})
	late := tracker.New(b.db, func() time.Time { return behind }, time.UTC, progress.DefaultProfile())
	on := date(t, "2024-06-30")

	one, err := late.Progress(t.Context(), "river-3-1", tracker.Moment{On: on})
	if err != nil || one.Result.Actual == nil || one.Result.Actual.String() != "100" {
		t.Fatalf("progress %+v, %v", one, err)
	}
	if !one.AsOf.After(behind.Add(time.Minute)) {
		t.Errorf("as of %s, before the report was stored", one.AsOf)
	}

	q := tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: []string{"river"}}}, At: tracker.Moment{On: on}, Limit: 1000}
	first, err := late.ProgressPage(t.Context(), q)
	if err != nil || first.At.AsOf != one.AsOf {
		t.Fatalf("list at %+v, %v", first.At, err)
	}
	q.At, q.Settled = first.At, true
	again, err := late.ProgressPage(t.Context(), q)
	if err != nil || len(again.Items) != len(first.Items) {
		t.Fatalf("the same moment again: %d of %d, %v", len(again.Items), len(first.Items), err)
	}
	for i, item := range again.Items {
		if item.Result.Status != first.Items[i].Result.Status || item.AsOf != first.Items[i].AsOf {
			t.Errorf("%s: %+v, was %+v", item.Indicator.Code, item.Result, first.Items[i].Result)
		}
	}

	if _, err := late.Progress(t.Context(), "river-3-1", tracker.Moment{On: on, AsOf: one.AsOf.Add(time.Second)}); !fault.Is(err, fault.InvalidParameter) {
		t.Errorf("the future was asked for: %v", err)
	}
	past, err := late.Progress(t.Context(), "river-3-1", tracker.Moment{On: on, AsOf: behind})
	if err != nil || past.Result.Actual != nil || past.AsOf != behind {
		t.Errorf("as of a moment before the report: %+v, %v", past, err)
	}
}
