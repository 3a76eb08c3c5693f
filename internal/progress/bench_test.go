package progress

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// monthlyReports are reports of the first months of 2023, each sent on the second day
// after its month.
func monthlyReports(basis indicator.Basis, unit string, values ...string) []indicator.Measurement {
	var ms []indicator.Measurement
	for i, value := range values {
		period := indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, time.Month(i+1), 1))
		sent := period.End().AddDays(2)
		ms = append(ms, indicator.Measurement{
			ID: int64(i + 1), Indicator: "p-1-1", Period: period, Basis: basis, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit),
			SourceID: fmt.Sprint("s", i), Revision: 1, RecordedAt: time.Date(sent.Year(), sent.Month(), sent.Day(), 9, 0, 0, 0, time.UTC),
		})
	}
	return ms
}

// benchmarked are the cases that a turn of the day mostly consists of.
func benchmarked() map[string]func() (indicator.Indicator, []indicator.Measurement) {
	monthly := func(kind indicator.Kind, comparator indicator.Comparator, target, unit string) indicator.Indicator {
		in := indicator.Indicator{
			Code: "p-1-1", Name: "指标", Kind: kind, Binding: indicator.Committed, Frequency: indicator.Monthly,
			Target:   indicator.Target{Comparator: comparator, Value: quantity.MustNumber(target), Unit: quantity.MustUnit(unit)},
			StartsOn: day("2023-01-01"), DueOn: day("2023-12-31"), TermEndsOn: day("2023-12-31"),
		}
		in.Settle()
		return in
	}
	return map[string]func() (indicator.Indicator, []indicator.Measurement){
		"increment": func() (indicator.Indicator, []indicator.Measurement) {
			return monthly(indicator.Increment, indicator.AtLeast, "30000", "套"),
				monthlyReports(indicator.ThisPeriod, "套", "2600", "2400", "2700", "2500", "2550", "2450", "2600", "2500", "2507")
		},
		"stock": func() (indicator.Indicator, []indicator.Measurement) {
			in := monthly(indicator.Cumulative, indicator.AtLeast, "168.5", "公里")
			b := quantity.MustNumber("120")
			in.Baseline = &b
			in.Settle()
			return in, monthlyReports(indicator.Total, "公里", "121", "124.5", "130", "135", "139", "143", "148.2", "152", "156.4")
		},
		"hold": func() (indicator.Indicator, []indicator.Measurement) {
			return monthly(indicator.Ratio, indicator.AtLeast, "95", "%"),
				monthlyReports(indicator.Total, "%", "96.1", "95.2", "95.8", "96", "95.5", "95.1", "96.3", "95.4", "95.9")
		},
		"none": func() (indicator.Indicator, []indicator.Measurement) {
			return monthly(indicator.Increment, indicator.AtLeast, "30000", "套"), nil
		},
	}
}

func BenchmarkCompute(b *testing.B) {
	on, p := day("2023-10-08"), DefaultProfile()
	for name, given := range benchmarked() {
		in, ms := given()
		for how, compute := range map[string]func(indicator.Indicator, []indicator.Measurement, indicator.Date, Profile) Result{
			"explained": Compute, "brief": Brief, "figures": Figures,
		} {
			b.Run(name+"/"+how, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					compute(in, ms, on, p)
				}
			})
		}
	}
}
