package progress

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// FuzzComputeRules looks for an indicator and reports, taken by the service, that
// panic or break the bonds between the figures of a result. words are kind,
// comparator, direction, its ground, course, its ground, over, each, frequency
// and unit; numbers are target, upper end, baseline and the percent of a curve;
// each line of reports is a period, a basis and a value or a fraction.
func FuzzComputeRules(f *testing.F) {
	f.Add("ratio eq increase text accrue text - - month %", "70 - 30 -", "2023-06 total 40\n2023-07 total 1/3", 0, 364, 200)
	f.Add("ratio ge increase comparator hold person - - month ‰", "950 - - 80", "2023-06 total 94999999/100000000", 0, 364, 364)
	f.Add("growth eq decrease text accrue kind term - year %", "13.5 - - -", "2021 increment -3\n2022 increment -2.8", -730, 1095, 0)
	f.Add("growth ge - - - - average - year %", "6 - - -", "2021 increment 9\n2022 total 12.27\n2023 increment -150", -730, 1095, 365)
	f.Add("growth ge - - - - term - year 个百分点", "5 - - 33.333333333333333333333333333333", "2021 increment 1.2\n2022 increment 0.9", -730, 1825, 100)
	f.Add("increment ge - - - - - quarter week 个", "20 - - -", "2023-W05 increment 8\n2023-W13 total 30\n2023-W26 total 45", 0, 364, 200)
	f.Add("increment le decrease comparator hold comparator - month month 起", "2 - - -", "2023-01 increment 2\n2023-02 increment 3", 4, 300, 60)
	f.Add("cumulative eq decrease person - - - - quarter 万人", "0.5 - 1.2 -", "2023-Q1 total 1.1\n2023-Q2 total 0.4", 0, 200, 400)
	f.Add("increment eq increase person accrue kind - - week 家", "5 8 - 60", "2023-W20 increment 2\n2023-W38 total 6", 0, 270, 267)
	f.Add("growth eq within assumed - - year - month %", "-2 0 - -", "2023-06 total 1", 0, 364, 180)
	f.Add("growth eq - - - - term - year %", "0 - - -", "2020 increment 0/0", -1096, 1460, 400) // refused, not computed
	f.Fuzz(func(t *testing.T, words, numbers, reports string, first, length, day int) {
		if first < -4000 || first > 4000 || length < 0 || length > 12000 || day < -4000 || day > 16000 || len(reports) > 400 {
			return
		}
		in, ok := fuzzed(words, numbers, first, length)
		if !ok {
			return
		}
		var ms []indicator.Measurement
		for line := range strings.Lines(reports) {
			m, ok := fuzzedReport(strings.TrimSuffix(line, "\n"), in.Target.Unit)
			if ok && m.CheckFor(in) == nil && indicator.CheckOverlap(ms, m) == nil {
				m.ID, m.Revision = int64(len(ms)+1), len(ms)+1
				ms = append(ms, m)
			}
		}
		on := in.StartsOn.AddDays(day)
		r := Compute(in, ms, on, DefaultProfile())
		checkBonds(t, in, on, r)
		if in.Over == indicator.OverAverage && r.AmountDue != nil {
			t.Fatalf("a part of an average is due: %+v", r)
		}
		if brief := Brief(in, ms, on, DefaultProfile()); brief.Status != r.Status {
			t.Fatalf("in brief %s, else %s", brief.Status, r.Status)
		}
	})
}

// fuzzed is the indicator that the words and numbers make, where the service
// takes it.
func fuzzed(words, numbers string, first, length int) (in indicator.Indicator, ok bool) {
	w, n := strings.Split(strings.ReplaceAll(words, "-", ""), " "), strings.Split(numbers, " ")
	if len(w) != 10 || len(n) != 4 {
		return in, false
	}
	number := func(s string) *quantity.Number {
		if v, err := quantity.ParseNumber(s); err == nil {
			return &v
		}
		return nil
	}
	unit, err := quantity.ParseUnit(w[9])
	target := number(n[0])
	if err != nil || target == nil {
		return in, false
	}
	in = indicator.Indicator{
		Name: "指标", Binding: indicator.Committed, Kind: indicator.Kind(w[0]), Direction: indicator.Direction(w[2]), DirectionBy: indicator.Settled(w[3]),
		Course: indicator.Course(w[4]), CourseBy: indicator.Settled(w[5]), Over: indicator.Over(w[6]), Each: indicator.Frequency(w[7]), Frequency: indicator.Frequency(w[8]),
		Target:   indicator.Target{Comparator: indicator.Comparator(w[1]), Value: *target, ValueHigh: number(n[1]), Unit: unit},
		Baseline: number(n[2]), StartsOn: yearStart.AddDays(first),
	}
	in.DueOn = in.StartsOn.AddDays(length)
	in.TermEndsOn = in.DueOn.AddDays(length % 50)
	if percent := number(n[3]); percent != nil {
		in.Curve = []indicator.CurvePoint{{On: in.StartsOn.AddDays(length / 2), Percent: *percent}}
	}
	in.Settle()
	return in, in.Check() == nil
}

func fuzzedReport(line string, unit quantity.Unit) (m indicator.Measurement, ok bool) {
	f := strings.Split(line, " ")
	if len(f) != 3 {
		return m, false
	}
	period, err := indicator.ParsePeriod(f[0])
	if err != nil {
		return m, false
	}
	m = indicator.Measurement{Period: period, Basis: indicator.Basis(f[1]), Unit: unit}
	over, under, fraction := strings.Cut(f[2], "/")
	if m.Value, err = quantity.ParseNumber(over); err != nil {
		return m, false
	}
	if fraction {
		denominator, err := quantity.ParseNumber(under)
		if err != nil {
			return m, false
		}
		m.Share = &indicator.Share{Numerator: m.Value, Denominator: denominator}
		if exact := m.Share.In(unit); exact != nil {
			m.Value = quantity.FromRat(exact, 4)
		}
	}
	return m, m.Basis == indicator.ThisPeriod || m.Basis == indicator.Total
}
