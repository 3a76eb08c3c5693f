package progress

import (
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// The model below computes increments and levels of 2023 a second time, from
// the definition and day by day, to be compared with Compute.

var (
	yearStart = indicator.DateOf(2023, 1, 1)
	yearEnd   = indicator.DateOf(2023, 12, 31)
)

// modelActual is the current value by definition: walk over every day of the
// year and let each report have its say on the day its period ends.
func modelActual(kind indicator.Kind, ms []indicator.Measurement, cut indicator.Date) *big.Rat {
	var value *big.Rat
	covered := yearStart.AddDays(-1) // end of the last total
	for day := yearStart; !day.After(cut); day = day.AddDays(1) {
		var total, increment *indicator.Measurement
		for i := range ms {
			m := &ms[i]
			if m.Period.End() != day {
				continue
			}
			slot := &total
			if m.Basis == indicator.ThisPeriod {
				slot = &increment
			}
			if *slot == nil || m.Revision > (*slot).Revision {
				*slot = m
			}
		}
		if total != nil {
			value, covered = total.Value.Rat(), day
		} else if increment != nil && kind == indicator.Increment && increment.Period.Start().After(covered) {
			if value == nil {
				value = new(big.Rat)
			}
			value.Add(value, increment.Value.Rat())
		}
	}
	return value
}

// modelPace counts days one at a time.
func modelPace(cut indicator.Date) *big.Rat {
	elapsed, total := int64(0), int64(0)
	for day := yearStart; !day.After(yearEnd); day = day.AddDays(1) {
		total++
		if !day.After(cut) {
			elapsed++
		}
	}
	return new(big.Rat).Mul(big.NewRat(elapsed, total), big.NewRat(100, 1))
}

// rounded is x to two decimals, halves up in size, by whole-number division.
func rounded(x *big.Rat) string {
	cents := new(big.Rat).Mul(new(big.Rat).Abs(x), big.NewRat(100, 1))
	cents.Add(cents, big.NewRat(1, 2))
	whole := new(big.Int).Quo(cents.Num(), cents.Denom())
	r := new(big.Rat).SetFrac(whole, big.NewInt(100))
	if x.Sign() < 0 {
		r.Neg(r)
	}
	return r.FloatString(2)
}

// drawIndicator draws an indicator of 2023 with a positive target.
func drawIndicator(t *rapid.T, kind indicator.Kind) indicator.Indicator {
	in := indicator.Indicator{
		Kind: kind, Direction: indicator.Increase, Frequency: indicator.Monthly,
		StartsOn: yearStart, DueOn: yearEnd, TermEndsOn: yearEnd,
		Target: indicator.Target{
			Comparator: rapid.SampledFrom([]indicator.Comparator{indicator.AtLeast, indicator.MoreThan, indicator.Equal}).Draw(t, "comparator"),
			Value:      drawValue(t, 1, "target"),
			Unit:       quantity.MustUnit("万亩"),
		},
	}
	return in
}

func drawValue(t *rapid.T, least int64, label string) quantity.Number {
	cents := rapid.Int64Range(least, 100000).Draw(t, label)
	return quantity.FromRat(big.NewRat(cents, 100), rapid.IntRange(2, 4).Draw(t, label+" places"))
}

// drawReports draws reports of months in the given bases, each in one or more
// revisions, all in the target's unit.
func drawReports(t *rapid.T, bases ...indicator.Basis) []indicator.Measurement {
	var ms []indicator.Measurement
	period := indicator.PeriodOf(indicator.Monthly, yearStart)
	for range 12 {
		for _, basis := range bases {
			for revision := range rapid.IntRange(0, 2).Draw(t, "revisions") {
				ms = append(ms, indicator.Measurement{
					ID: int64(len(ms) + 1), Period: period, Basis: basis, Revision: revision + 1,
					Value: drawValue(t, 0, "value"), Unit: quantity.MustUnit("万亩"),
				})
			}
		}
		period = period.Next()
	}
	return ms
}

func drawDay(t *rapid.T) indicator.Date {
	return yearStart.AddDays(rapid.IntRange(-5, 400).Draw(t, "day"))
}

func TestComputeAgreesWithTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]indicator.Kind{indicator.Increment, indicator.Cumulative}).Draw(t, "kind")
		bases := []indicator.Basis{indicator.Total}
		if kind == indicator.Increment {
			bases = append(bases, indicator.ThisPeriod)
		}
		in, ms, on := drawIndicator(t, kind), drawReports(t, bases...), drawDay(t)
		got := Compute(in, ms, on, DefaultProfile())

		cut := yearStart.AddDays(-1)
		for period := indicator.PeriodOf(indicator.Monthly, yearStart); !period.End().After(on) && !period.End().After(yearEnd); period = period.Next() {
			cut = period.End()
		}
		pace, actual := modelPace(cut), modelActual(kind, ms, cut)
		if got.Pace.String() != rounded(pace) {
			t.Fatalf("pace %s, the model says %s", got.Pace, rounded(pace))
		}
		if actual == nil {
			if got.Actual != nil || got.Percent != nil || got.Reason != NoMeasurement {
				t.Fatalf("the model has no value, Compute has %v and %v", got.Actual, got.Percent)
			}
			return
		}
		compareWithModel(t, in, got, actual, pace)
	})
}

func compareWithModel(t *rapid.T, in indicator.Indicator, got Result, actual, pace *big.Rat) {
	target := in.Target.Value.Rat()
	percent := new(big.Rat).Mul(new(big.Rat).Quo(actual, target), big.NewRat(100, 1))
	if got.Actual.Rat().Cmp(actual) != 0 || got.Percent.String() != rounded(percent) {
		t.Fatalf("actual %s, percent %s; the model says %s, %s", got.Actual, got.Percent, actual, rounded(percent))
	}
	attained := actual.Cmp(target) >= 0
	if in.Target.Comparator == indicator.MoreThan {
		attained = actual.Cmp(target) > 0
	}
	want := Behind
	switch gap := new(big.Rat).Sub(percent, pace); {
	case attained:
		want = Attained
	case got.On.After(yearEnd):
		want = Missed
	case gap.Sign() >= 0:
		want = OnTrack
	case gap.Cmp(big.NewRat(-10, 1)) >= 0:
		want = AtRisk
	}
	if got.Attained != attained || got.Status != want {
		t.Fatalf("attained %v, status %s; the model says %v, %s", got.Attained, got.Status, attained, want)
	}
	printed := new(big.Rat).Sub(got.Percent.Rat(), got.Pace.Rat())
	if got.Gap.Rat().Cmp(printed) != 0 {
		t.Fatalf("gap %s is not %s − %s", got.Gap, got.Percent, got.Pace)
	}
}

// anyCase draws an indicator of any kind with fitting reports and a day.
func anyCase(t *rapid.T) (indicator.Indicator, []indicator.Measurement, indicator.Date) {
	in := drawIndicator(t, rapid.SampledFrom(indicator.Kinds).Draw(t, "kind"))
	in.Target.Comparator = rapid.SampledFrom(indicator.Comparators).Draw(t, "any comparator")
	in.Direction = rapid.SampledFrom(indicator.Directions).Draw(t, "direction")
	if in.Kind != indicator.Increment && rapid.Bool().Draw(t, "has baseline") {
		b := drawValue(t, 0, "baseline")
		in.Baseline = &b
	}
	bases := []indicator.Basis{indicator.Total}
	if in.Kind == indicator.Increment {
		bases = append(bases, indicator.ThisPeriod)
	}
	return in, drawReports(t, bases...), drawDay(t)
}

func diffResults(want, got Result) string {
	sameValue := cmp.Comparer(func(x, y *big.Rat) bool { return x == y || x != nil && y != nil && x.Cmp(y) == 0 })
	return cmp.Diff(want, got, cmpopts.EquateComparable(indicator.Date{}), sameValue)
}

func TestOrderOfMeasurementsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, ms, on := anyCase(t)
		shuffled := rapid.Permutation(ms).Draw(t, "order")
		before := slices.Clone(shuffled)
		want, got := Compute(in, ms, on, DefaultProfile()), Compute(in, shuffled, on, DefaultProfile())
		if diff := diffResults(want, got); diff != "" {
			t.Fatalf("another order changed the result:\n%s", diff)
		}
		if !slices.Equal(before, shuffled) {
			t.Fatal("the caller's measurements were reordered")
		}
	})
}

func TestSupersededRevisionsNeverMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, ms, on := anyCase(t)
		if len(ms) == 0 {
			return
		}
		old := rapid.SampledFrom(ms).Draw(t, "superseded")
		old.Revision, old.ID, old.Value = 0, 9999, quantity.MustNumber("99999999")
		want := Compute(in, ms, on, DefaultProfile())
		if diff := diffResults(want, Compute(in, append(ms, old), on, DefaultProfile())); diff != "" {
			t.Fatalf("a superseded revision changed the result:\n%s", diff)
		}
	})
}

func TestUnitOfReportingNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, ms, on := anyCase(t)
		want := Compute(in, ms, on, DefaultProfile())
		for i := range ms { // exact in decimal: 1万亩 = 10000亩
			ms[i].Value = quantity.FromRat(new(big.Rat).Mul(ms[i].Value.Rat(), big.NewRat(10000, 1)), 2)
			ms[i].Unit = quantity.MustUnit("亩")
		}
		got := Compute(in, ms, on, DefaultProfile())
		for _, r := range []*Result{&want, &got} { // they show values as they were written
			r.Explanation, r.Cautions, r.CautionDetails = Explanation{}, nil, nil
		}
		if diff := diffResults(want, got); diff != "" {
			t.Fatalf("another unit changed the result:\n%s", diff)
		}
	})
}

func TestFiguresStayWithinTheirBounds(t *testing.T) {
	zero, hundred := quantity.FromInt(0), quantity.FromInt(100)
	rapid.Check(t, func(t *rapid.T) {
		in, ms, on := anyCase(t)
		r := Compute(in, ms, on, DefaultProfile())
		if r.Pace.Cmp(zero) < 0 || r.Pace.Cmp(hundred) > 0 {
			t.Fatalf("pace %s", r.Pace)
		}
		if (r.Percent == nil) != (r.Reason != "") || (r.Percent == nil) != (r.Gap == nil) || (r.Percent == nil) != (r.PercentCapped == nil) {
			t.Fatalf("percent %v, capped %v, gap %v, reason %q", r.Percent, r.PercentCapped, r.Gap, r.Reason)
		}
		if r.PercentCapped != nil && (r.PercentCapped.Cmp(zero) < 0 || r.PercentCapped.Cmp(hundred) > 0) {
			t.Fatalf("capped percent %s", r.PercentCapped)
		}
		if r.CutOff.After(on) || r.Attained != (r.Status == Attained) || r.Label.ZH == "" || r.Color == "" {
			t.Fatalf("cut-off %s on %s, attained %v, status %s, label %q", r.CutOff, on, r.Attained, r.Status, r.Label.ZH)
		}
	})
}
