package tracker_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// level adds an indicator of kind cumulative with a baseline to the plan x.
func (b *bench) level(target, unit, baseline string) indicator.Indicator {
	b.t.Helper()
	base := quantity.MustNumber(baseline)
	in, err := b.CreateIndicator(b.t.Context(), indicator.Indicator{
		Plan: "x", Task: "2", Name: "种植面积", Kind: indicator.Cumulative, Baseline: &base,
		Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber(target), Unit: quantity.MustUnit(unit)},
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return in
}

func (b *bench) change(in indicator.Indicator, change func(*indicator.Indicator)) (indicator.Indicator, error) {
	return b.ChangeIndicator(b.t.Context(), in.Code, in.Version, func(in *indicator.Indicator) error {
		change(in)
		return nil
	})
}

func retarget(value, unit string) func(*indicator.Indicator) {
	return func(in *indicator.Indicator) {
		in.Target.Value, in.Target.Unit = quantity.MustNumber(value), quantity.MustUnit(unit)
	}
}

func TestBaselineFollowsTheUnitOfTheTarget(t *testing.T) {
	cases := []struct {
		name                               string
		target, unit, baseline             string
		changedTarget, changedUnit, expect string
	}{
		{"into a larger unit", "1235", "个", "1000", "0.1235", "万个", "0.1"},
		{"into a smaller unit", "44.16", "万亩", "43.20", "441600", "亩", "432000"},
		{"into a unit of another family when the digits end", "44.16", "万亩", "43.2", "29440", "公顷", "28800"},
		{"as written when the value stays the same", "90", "个", "75.40", "90", "家", "75.40"},
		{"as written when the unit stays", "90", "个", "75.40", "95", "个", "75.40"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.load("x", river)
			got, err := b.change(b.level(c.target, c.unit, c.baseline), retarget(c.changedTarget, c.changedUnit))
			if err != nil || got.Baseline == nil || got.Baseline.String() != c.expect {
				t.Errorf("baseline %v, %v, want %s", got.Baseline, err, c.expect)
			}
		})
	}

	t.Run("so that the percent stays the same", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		in := b.level("1235", "个", "1000")
		b.record(tracker.Report{Indicator: in.Code, Period: "2024-06", Value: "1150"})
		if _, err := b.change(in, retarget("0.1235", "万个")); err != nil {
			t.Fatal(err)
		}
		got, err := b.Progress(t.Context(), in.Code, tracker.Moment{On: date(t, "2024-06-30")})
		if err != nil || got.Result.Percent.String() != "63.83" {
			t.Errorf("%v, %v", got.Result.Percent, err)
		}
	})
	t.Run("unless its digits would not end", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		_, err := b.change(b.level("44", "亩", "1"), retarget("30000", "平方米"))
		wantFault(t, err, fault.RequiredField, "/baseline")
	})
	t.Run("unless it would be too long to store", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		_, err := b.change(b.level("44", "个", "0.00000000000000000000000000000000000001"), retarget("1", "亿个"))
		wantFault(t, err, fault.RequiredField, "/baseline")
	})
	t.Run("unless the change gives or clears it", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		given := quantity.MustNumber("1000")
		in, err := b.change(b.level("1235", "个", "1000"), func(in *indicator.Indicator) {
			retarget("1.2", "万个")(in)
			in.Baseline = &given
		})
		if err != nil || in.Baseline.String() != "1000" {
			t.Errorf("given: %v, %v", in.Baseline, err)
		}
		in, err = b.change(in, func(in *indicator.Indicator) {
			retarget("12000", "个")(in)
			in.Baseline = nil
		})
		if err != nil || in.Baseline != nil {
			t.Errorf("cleared: %v, %v", in.Baseline, err)
		}
	})
}

func TestChangeOfKind(t *testing.T) {
	t.Run("to increment is refused while there is a baseline", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		_, err := b.change(b.level("1235", "个", "1000"), func(in *indicator.Indicator) { in.Kind = indicator.Increment })
		wantFault(t, err, fault.InvalidValue, "/baseline")
	})
	t.Run("from increment leaves its increments out of the level", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-05", Value: "12", Basis: "total"})
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "3"})
		if _, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
			in.Kind = indicator.Cumulative
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30")})
		if err != nil || got.Result.Actual == nil || got.Result.Actual.String() != "12" {
			t.Errorf("actual %v, %v", got.Result.Actual, err)
		}
	})
}

func TestChangeOfFirstDayLeavesEarlierReportsOut(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "12"})
	b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "3"})
	if _, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
		in.StartsOn = date(t, "2024-04-01")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30")})
	if err != nil || got.Result.Actual.String() != "3" || got.Result.Percent.String() != "10.00" {
		t.Errorf("actual %v, percent %v, %v", got.Result.Actual, got.Result.Percent, err)
	}
}
