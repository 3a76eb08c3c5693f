package tracker_test

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

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

	q := tracker.ProgressQuery{Query: indicator.Query{Plan: "river"}, At: tracker.Moment{On: on}}
	first, err := late.ProgressOfMany(t.Context(), q)
	if err != nil || first.At.AsOf != one.AsOf {
		t.Fatalf("list at %+v, %v", first.At, err)
	}
	q.At, q.Settled = first.At, true
	again, err := late.ProgressOfMany(t.Context(), q)
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
