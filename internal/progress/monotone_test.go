package progress

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// order ranks the statuses that can be held against each other.
var order = map[Status]int{Missed: 1, Behind: 2, AtRisk: 3, OnTrack: 4, Attained: 5}

// drawNear draws an actual value, often at or next to a value that a verdict
// turns on.
func drawNear(t *rapid.T, in indicator.Indicator, j *judgement, label string) quantity.Number {
	signed := in.SignedTarget()
	bounds := []quantity.Number{quantity.FromInt(0), signed.Value}
	if signed.ValueHigh != nil {
		bounds = append(bounds, *signed.ValueHigh)
	}
	if in.Baseline != nil {
		bounds = append(bounds, *in.Baseline)
	}
	if j.due.amount != nil {
		bounds = append(bounds, quantity.FromRat(j.due.amount, 6))
	}
	n := rapid.SampledFrom(bounds).Draw(t, label+" near")
	switch rapid.IntRange(0, 3).Draw(t, label+" form") {
	case 0:
		n = drawNumber(t, label)
	case 1:
		n = quantity.Sum(n, drawNumber(t, label+" off"))
	case 2:
		n = quantity.Sum(n, quantity.MustNumber(rapid.SampledFrom([]string{"0.000001", "-0.000001", "1", "-1"}).Draw(t, label+" by")))
	}
	if many := in.Over == indicator.OverTerm || in.Over == indicator.OverAverage; many && n.Cmp(quantity.FromInt(-99)) < 0 {
		return quantity.FromInt(-99)
	}
	return n
}

func TestABetterValueIsNeverJudgedWorse(t *testing.T) {
	for range 100 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawRuled(t, indicator.Kinds...), drawProfile(t)
			on := drawOn(t, in)
			empty := newJudgement(in, nil, on, p)
			if in.Each != "" || empty.cut.day.IsZero() {
				return
			}
			x := newJudgement(in, atCutOff(t, in, empty.cut.day, drawNear(t, in, empty, "worse")), on, p)
			y := newJudgement(in, atCutOff(t, in, empty.cut.day, drawNear(t, in, empty, "better")), on, p)
			if betterFor(in, y.actual.value, x.actual.value) < 0 {
				x, y = y, x
			}
			if low := in.SignedTarget().Value.Rat(); in.Direction == indicator.Within && (x.actual.value.Cmp(low) < 0) != (y.actual.value.Cmp(low) < 0) {
				return // on either side of the limits a value is held against another one
			}
			neverWorse(t, x, y)
		})
	}
}

// neverWorse holds the judgement of a better value against that of a worse one.
func neverWorse(t *rapid.T, worse, better *judgement) {
	if worse.percent != nil && better.percent != nil && better.percent.Cmp(worse.percent) < 0 {
		t.Fatalf("%s: the percent falls from %s to %s", written(worse, better), worse.percent.RatString(), better.percent.RatString())
	}
	if worse.due.gap != nil && better.due.gap != nil && better.due.gap.Cmp(worse.due.gap) < 0 {
		t.Fatalf("%s: the gap falls from %s to %s", written(worse, better), worse.due.gap.RatString(), better.due.gap.RatString())
	}
	if worse.due.shortfall != nil && better.due.shortfall.Cmp(worse.due.shortfall) > 0 {
		t.Fatalf("%s: the shortfall rises", written(worse, better))
	}
	was, is := statusOf(worse), statusOf(better)
	if order[was] > order[is] && order[is] > 0 {
		t.Fatalf("%s: the status falls from %s to %s", written(worse, better), was, is)
	}
	for _, j := range []*judgement{worse, better} {
		eased := j.overall.comparator == indicator.About && j.profile.Tolerance.Sign() > 0
		if j.percent != nil && j.kept && !eased && j.percent.Cmp(hundred()) < 0 {
			t.Fatalf("%s: attained at %s %%", written(worse, better), j.percent.RatString())
		}
	}
}

func statusOf(j *judgement) Status {
	return compute(j.in, j.reports(), j.on, j.profile, figures).Status
}

// reports are those that the judgement was made from.
func (j *judgement) reports() []indicator.Measurement {
	var ms []indicator.Measurement
	for _, r := range j.actual.fit {
		ms = append(ms, *r.Measurement)
	}
	return ms
}

func written(js ...*judgement) string {
	in := js[0].in
	s := string(in.Kind) + " " + string(in.Target.Comparator) + " " + in.Target.Value.String()
	if in.Target.ValueHigh != nil {
		s += ".." + in.Target.ValueHigh.String()
	}
	s += in.Target.Unit.String()
	if in.Baseline != nil {
		s += " baseline " + in.Baseline.String()
	}
	s += " " + string(in.Direction) + " " + string(in.DirectionBy) + " " + string(in.Course) + " " + string(in.CourseBy) +
		" over " + string(in.Over) + " each " + string(in.Each) + " " + in.StartsOn.String() + ".." + in.DueOn.String() + " on " + js[0].on.String() + " every " + string(in.Frequency)
	for _, c := range in.Curve {
		s += " curve " + c.On.String() + "=" + c.Percent.String()
	}
	for _, j := range js {
		if j.actual.value != nil {
			s += ", A " + show(j.actual.value)
		}
	}
	return s
}

func TestOnALaterDayNoLessIsDue(t *testing.T) {
	for range 30 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawRuled(t, indicator.Kinds...), drawProfile(t)
			on := drawOn(t, in)
			later := on.AddDays(rapid.IntRange(1, 200).Draw(t, "days later"))
			x, y := newJudgement(in, nil, on, p), newJudgement(in, nil, later, p)
			if y.pace.exact.Cmp(x.pace.exact) < 0 {
				t.Fatalf("%s: the pace falls from %s to %s", written(x), x.pace.exact.RatString(), y.pace.exact.RatString())
			}
			if x.due.runs != y.due.runs {
				t.Fatalf("%s: pace runs on one day and not on another", written(x))
			}
			if !x.due.runs {
				return
			}
			way := new(big.Rat).Sub(x.overall.end(), x.overall.from())
			moved := new(big.Rat).Sub(y.due.amount, x.due.amount)
			if moved.Sign()*way.Sign() < 0 || way.Sign() == 0 && moved.Sign() != 0 {
				t.Fatalf("%s: the amount due goes from %s to %s", written(x), x.due.amount.RatString(), y.due.amount.RatString())
			}
		})
	}
}

// More done in every period that a target holds for is never judged worse.
func TestABetterPeriodIsNeverJudgedWorse(t *testing.T) {
	for range 15 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawRuled(t, indicator.Increment), drawProfile(t)
			if in.Each == "" {
				return
			}
			on := drawOn(t, in)
			var worse, better []indicator.Measurement
			for i, period := range in.WholeEach() {
				if i > 14 {
					break
				}
				x, y := drawNumber(t, "value"), drawNumber(t, "other value")
				if betterFor(in, y.Rat(), x.Rat()) < 0 {
					x, y = y, x
				}
				m := indicator.Measurement{ID: int64(i + 1), Revision: 1, Period: period, Basis: indicator.ThisPeriod, Value: x, Unit: in.Target.Unit}
				worse = append(worse, m)
				m.Value = y
				if in.Direction == indicator.Within && beyond(in, y.Rat()).Sign() > 0 {
					m.Value = x
				}
				better = append(better, m)
			}
			neverWorse(t, newJudgement(in, worse, on, p), newJudgement(in, better, on, p))
		})
	}
}
