package progress_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

func TestATallyIsReadAsItWasWritten(t *testing.T) {
	whole := progress.Tally{
		Place: indicator.Place{Task: 7, Indicator: 12}, Section: 3, Task: "14-2", Kind: indicator.Increment, DueOn: indicator.DateOf(2023, 12, 31),
		Status: progress.Attained, Reason: progress.NoFigure, Expected: true, ReportMissing: true, PercentUnits: 76_018_099_547, PercentCut: true, GapKey: "1001136",
		LeadAgencies: []int64{5}, ParticipatingAgencies: []int64{8, 9},
	}
	for _, tally := range []progress.Tally{whole, {DueOn: indicator.DateOf(2024, 2, 29), PercentUnits: -1}} {
		got, err := progress.ReadTally(tally.Text(), func(name int64) int64 { return name })
		if diff := cmp.Diff(tally, got, cmp.Comparer(func(a, b indicator.Date) bool { return a == b })); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	for _, torn := range []string{"", "1", whole.Text()[3:]} {
		if got, err := progress.ReadTally(torn, func(name int64) int64 { return name }); err == nil {
			t.Errorf("%q is read as %+v", torn, got)
		}
	}
}
