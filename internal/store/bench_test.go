package store_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// BenchmarkNewest reads the newest revision of one period: its cost must not
// rise with the revisions before it.
func BenchmarkNewest(b *testing.B) {
	for _, revisions := range []int{1, 1000, 100_000} {
		b.Run(strconv.Itoa(revisions), func(b *testing.B) {
			clock := storetest.Ticking()
			s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "tracker.db"), clock)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			code := revised(b, s, revisions)
			known := clock()
			for b.Loop() {
				if ms, err := s.MeasurementsOf(b.Context(), []string{code}, known); err != nil || len(ms) != 1 {
					b.Fatal(len(ms), err)
				}
			}
		})
	}
}

// revised stores one indicator with many revisions of one period.
func revised(b *testing.B, s *store.Store, revisions int) string {
	b.Helper()
	p := indicator.Plan{Code: "p", StartsOn: indicator.DateOf(2023, 1, 1), DueOn: indicator.DateOf(2023, 12, 31),
		Tasks: []indicator.Task{{Plan: "p", Number: "1"}}}
	in := indicator.Indicator{Code: "p-1-1", Plan: "p", Task: "1", State: indicator.Confirmed,
		Target: indicator.Target{Value: quantity.FromInt(1), Unit: quantity.MustUnit("个")}}
	if err := s.CreatePlan(b.Context(), p, []indicator.Indicator{in}); err != nil {
		b.Fatal(err)
	}
	m := indicator.Measurement{Indicator: in.Code, Basis: indicator.Total, Value: quantity.FromInt(1), Unit: in.Target.Unit,
		Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1))}
	if _, _, err := storetest.Report(b.Context(), s, m); err != nil {
		b.Fatal(err)
	}
	_, err := s.Writer().ExecContext(b.Context(), fmt.Sprintf(`
		WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO measurements (indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, recorded_at)
		SELECT m.indicator_id, m.period, m.basis, n.i, m.value, m.unit, '', '', '', m.recorded_at
		  FROM measurements m, n WHERE m.revision = 1 AND %[1]d > 1`, revisions))
	if err != nil {
		b.Fatal(err)
	}
	return in.Code
}

// BenchmarkAppend stores durable reports one by one.
func BenchmarkAppend(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "tracker.db"), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	code := revised(b, s, 1)
	m := indicator.Measurement{Indicator: code, Basis: indicator.Total, Value: quantity.FromInt(1), Unit: quantity.MustUnit("个"),
		Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1))}
	for b.Loop() {
		if _, _, err := storetest.Report(b.Context(), s, m); err != nil {
			b.Fatal(err)
		}
	}
}
