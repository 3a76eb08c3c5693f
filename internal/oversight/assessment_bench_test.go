package oversight_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const benchAgencies = 40

// largePlan is a service over a plan of so many monthly indicators of 40 agencies, with the
// reports of a year.
func largePlan(b *testing.B, indicators int) *oversight.Service {
	b.Helper()
	now := time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "tracker.db"), clock)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	plan := indicator.Plan{
		Code: "large", Title: "大计划", Jurisdiction: "东河市", StartsOn: indicator.DateOf(2023, 1, 1), DueOn: indicator.DateOf(2023, 12, 31),
		Document: indicator.Document{SHA256: fmt.Sprintf("%064d", 1), MediaType: "text/plain", Characters: 1, Text: "一", Original: []byte("一")},
	}
	var ins []indicator.Indicator
	for i := range indicators {
		task := i / 100
		lead, with := fmt.Sprintf("第%d局", i%benchAgencies), fmt.Sprintf("第%d局", (i+1+i%7)%benchAgencies)
		if i%100 == 0 {
			plan.Tasks = append(plan.Tasks, indicator.Task{Plan: "large", Number: fmt.Sprint(task), Title: "任务", LeadAgencies: []string{lead}, ParticipatingAgencies: []string{with}})
		}
		in := indicator.Indicator{
			Code: fmt.Sprintf("large-%d-%d", task, i%100+1), Plan: "large", Task: fmt.Sprint(task), Name: fmt.Sprint("指标", i), Kind: indicator.Increment, Direction: indicator.Increase,
			Target: indicator.Target{Comparator: indicator.Equal, Value: quantity.FromInt(int64(100 + i%50)), Unit: quantity.MustUnit("个")}, StartsOn: plan.StartsOn, DueOn: plan.DueOn,
			TermEndsOn: plan.DueOn, Binding: indicator.Committed, Frequency: indicator.Monthly, State: indicator.Confirmed, Confidence: indicator.High,
			LeadAgencies: []string{lead}, ParticipatingAgencies: []string{with}, Version: 1,
		}
		in.Settle()
		ins = append(ins, in)
	}
	if err := db.CreatePlan(b.Context(), plan, ins); err != nil {
		b.Fatal(err)
	}
	now = time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC)
	var reports []indicator.Measurement
	for i, in := range ins {
		for month := 1; month <= 12-i%3; month++ {
			period, err := indicator.ParsePeriod(fmt.Sprintf("2023-%02d", month))
			if err != nil {
				b.Fatal(err)
			}
			reports = append(reports, indicator.Measurement{
				Indicator: in.Code, Period: period, Basis: indicator.ThisPeriod, Value: quantity.FromInt(int64(5 + i%7)), Unit: in.Target.Unit, RecordedAt: now,
			})
		}
		if len(reports) > 20_000 || i == len(ins)-1 {
			if err := db.AppendMeasurements(b.Context(), reports); err != nil {
				b.Fatal(err)
			}
			reports = reports[:0]
		}
	}
	now = time.Date(2024, 1, 20, 0, 0, 0, 0, time.UTC) // so that an earlier moment is not now
	last, err := indicator.ParsePeriod("2023-12")
	if err != nil {
		b.Fatal(err)
	}
	later := []indicator.Measurement{{Indicator: ins[0].Code, Period: last, Basis: indicator.ThisPeriod, Value: quantity.FromInt(1), Unit: ins[0].Target.Unit, Revision: 2, RecordedAt: now}}
	if err := db.AppendMeasurements(b.Context(), later); err != nil {
		b.Fatal(err)
	}
	figures := tracker.New(db, clock, time.UTC, progress.DefaultProfile())
	return oversight.New(db, figures, clock)
}

// BenchmarkAssess computes the assessment of a plan as known now, and as known at a moment.
func BenchmarkAssess(b *testing.B) {
	for _, indicators := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(indicators), func(b *testing.B) {
			s := largePlan(b, indicators)
			for name, at := range map[string]tracker.Moment{
				"now":  {On: indicator.DateOf(2023, 12, 31)},
				"then": {On: indicator.DateOf(2023, 12, 31), AsOf: time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)},
			} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						assess(b, s, at, indicators)
					}
				})
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.Logf("heap in use %d MB of %d MB from the system", m.HeapInuse>>20, m.Sys>>20)
		})
	}
}

func assess(b *testing.B, s *oversight.Service, at tracker.Moment, indicators int) {
	b.Helper()
	a, err := s.Assess(context.Background(), oversight.AssessmentQuery{Plan: "large", At: at})
	if err != nil || a.Indicators != indicators || len(a.Results) != benchAgencies {
		b.Fatalf("%d indicators, %d agencies: %v", a.Indicators, len(a.Results), err)
	}
}
