package tracker_test

import (
	"context"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const thirds = `东河市2024年重点工作任务
一、产业发展
1.壮大企业。新增高新技术企业800家，新增专精特新企业30家（牵头单位：市科技局）。
2.深化服务。持续改善营商环境（牵头单位：市行政审批局）。
`

// summaryOf is the summary of a plan.
func (b *bench) summaryOf(plan string, by tracker.Grouping, at tracker.Moment) (tracker.Summary, error) {
	return b.Summary(b.t.Context(), tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: []string{plan}}}, At: at}, nil, by)
}

func meanOf(t *testing.T, b *bench) *quantity.Number {
	t.Helper()
	got, err := b.summaryOf("x", tracker.BySection, tracker.Moment{On: date(t, "2024-06-30")})
	if err != nil || len(got.Groups) != 1 {
		t.Fatalf("%+v, %v", got.Groups, err)
	}
	return got.Groups[0].MeanPercent
}

func TestMeanPercentOfASummary(t *testing.T) {
	t.Run("is rounded once, from exact percents", func(t *testing.T) {
		b := newBench(t)
		b.load("x", thirds)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "1"}) // 0.125, printed 0.13
		b.record(tracker.Report{Indicator: "x-1-2", Period: "2024-06", Value: "0"})
		if mean := meanOf(t, b); mean == nil || mean.String() != "0.06" {
			t.Errorf("mean %v, want 0.06 of 0.0625", mean)
		}
	})
	t.Run("counts each percent within 0 to 100, and leaves the undefined out", func(t *testing.T) {
		b := newBench(t)
		b.load("x", thirds)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "4000"})
		if mean := meanOf(t, b); mean == nil || mean.String() != "100.00" {
			t.Errorf("mean %v with one report", mean)
		}
		b.record(tracker.Report{Indicator: "x-1-2", Period: "2024-06", Value: "-30"})
		if mean := meanOf(t, b); mean == nil || mean.String() != "50.00" {
			t.Errorf("mean %v of 500 and -100", mean)
		}
	})
	t.Run("is none where no percent is defined", func(t *testing.T) {
		b := newBench(t)
		b.load("x", thirds)
		if mean := meanOf(t, b); mean != nil {
			t.Errorf("mean %s", mean)
		}
	})
	t.Run("stands in the row of each agency and status", func(t *testing.T) {
		b := newBench(t)
		b.load("x", thirds)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "800"})
		for _, by := range []tracker.Grouping{tracker.ByAgency, tracker.ByStatus, tracker.ByTask} {
			got, err := b.summaryOf("x", by, tracker.Moment{On: date(t, "2024-06-30")})
			if err != nil || got.Groups[0].MeanPercent == nil || got.Groups[0].MeanPercent.String() != "100.00" {
				t.Errorf("by %s: %+v, %v", by, got.Groups, err)
			}
		}
	})
}

func TestSummaryCountsEveryIndicatorOnce(t *testing.T) {
	b := newBench(t)
	imported := b.load("x", river)
	for _, by := range []tracker.Grouping{tracker.BySection, tracker.ByTask, tracker.ByStatus} {
		got, err := b.summaryOf("x", by, tracker.Moment{On: indicator.DateOf(2024, 6, 30)})
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, g := range got.Groups {
			count += g.Count
		}
		if count != len(imported.Indicators) {
			t.Errorf("by %s: %d of %d", by, count, len(imported.Indicators))
		}
	}
}

func TestASummaryStopsWithItsRequest(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Summary(ctx, tracker.ProgressQuery{}, nil, tracker.ByStatus); err == nil {
		t.Error("it went on")
	}
}
