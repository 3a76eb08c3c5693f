// Package projection says where an indicator will stand at its deadline if it goes on as
// it did: by which method, between which values, and when it attains its target; or
// why that cannot be said. It is a pure function of the indicator, its measurements, the date
// and a profile. All is computed with rationals; docs/series.md has the formulas.
package projection

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Method is how what is to come is shared out over the periods to come.
type Method string

// The methods.
const (
	RunRate  Method = "run_rate" // every period like the average so far
	Seasonal Method = "seasonal" // like the same period of the year before, times the change since
	Curve    Method = "curve"    // like the indicator's own curve, times how it was kept so far
)

// Refusal is why nothing is projected.
type Refusal string

// The refusals, in the order they are looked for.
const (
	TargetWaits   Refusal = "target_waits"
	ForEach       Refusal = "each"
	IsGrowth      Refusal = "growth"
	Holds         Refusal = "holds"
	Attained      Refusal = "attained"
	TermOver      Refusal = "term_over"
	GapInSeries   Refusal = "gap_in_series"
	TooFewReports Refusal = "too_few_reports"
)

// Percentage is how many of a hundred outcomes the range is to hold.
const Percentage = 80

// Least is the fewest whole periods in a row that a projection is made of.
const Least = 3

// Value is where the indicator may stand at the deadline.
type Value struct {
	Value   quantity.Number  // in the target's unit
	Percent *quantity.Number // of target, two decimals; nil where the percent is undefined
}

// Projection is where an indicator will stand at its deadline, or why that cannot be said.
type Projection struct {
	Refused Refusal    // empty for a projection
	Why     fault.Text // of a refusal

	Deadline indicator.Date
	Unit     quantity.Unit
	Method   Method
	Low      Value // rounded down
	Expected Value // rounded half up
	High     Value // rounded up
	// AttainedOn is the end of the period in which what is expected attains the target, which may be after
	// the deadline; that of the attainment where the target is attained already; zero where it is not expected.
	AttainedOn indicator.Date
	From       indicator.Period // the first and the last period that the method rests on
	To         indicator.Period
	Periods    int        // how many they are
	Remaining  int        // periods from To to the deadline, the last of which may be cut short
	Basis      fault.Text // the method with its figures, in words
}

// Of projects an indicator, from measurements of it in any order, superseded revisions
// included, to its due date, as it stands on a date. Only what accrues is projected.
// Low ≤ Expected ≤ High, and the range is made to hold Percentage of a hundred outcomes.
func Of(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p progress.Profile) Projection {
	out := Projection{Deadline: in.DueOn, Unit: in.Target.Unit}
	now := progress.Figures(in, ms, on, p)
	if out.refuse(in, now); out.Refused != "" {
		return out
	}
	h, refused := newHistory(in, ms, on, p)
	if refused != "" {
		out.Refused, out.Why = refused, h.why(refused)
		return out
	}
	m := h.choose(p)
	f := m.forecast(h)
	yard := yardstick{in, p}
	lowest, highest := h.bounds()
	out.Method, out.Periods, out.Remaining = m.method, len(m.sample), len(h.ahead)
	out.From, out.To = m.sample[0].period, h.last.Period
	places := h.places()
	out.Low = yard.read(rounded(within(f.low, lowest, highest), places, downwards))
	out.High = yard.read(rounded(within(f.high, lowest, highest), places, upwards))
	out.Expected = yard.read(quantity.FromRat(within(f.expected, lowest, highest), places))
	out.AttainedOn = m.attainedOn(h, yard, lowest, highest)
	out.Basis = m.words(h, out)
	return out
}

// refuse notes why an indicator is not projected whatever its reports are.
func (out *Projection) refuse(in indicator.Indicator, now progress.Result) {
	set := func(why Refusal, zh, en string, args ...any) {
		out.Refused, out.Why = why, fault.Say(zh, en, args...)
	}
	switch {
	case in.Target.Waits:
		set(TargetWaits, "目标值待定", "the target waits for its value")
	case in.Each != "":
		set(ForEach, "目标按每个考核期分别衡量，不作期末推算", "the target is for each period on its own, so there is no end to project to")
	case in.Kind == indicator.Growth:
		set(IsGrowth, "增速不能由各期增速累加推算", "rates of growth do not add up to one at the deadline")
	case now.Course == indicator.Hold:
		set(Holds, "该指标须始终保持，直接对照目标衡量，不作推算", "the indicator holds: it is held against the target at any date")
	case now.Attained:
		out.AttainedOn = now.AttainedOn
		set(Attained, "已于 %s 达到目标", "the target was attained on %s", now.AttainedOn)
	case !now.On.Before(in.DueOn):
		set(TermOver, "完成时限 %s 已到", "the due date, %s, has come", in.DueOn)
	}
}

// yardstick holds a value at the deadline against the target, by the rules that hold reports.
type yardstick struct {
	in indicator.Indicator
	p  progress.Profile
}

func (y yardstick) judge(value quantity.Number) progress.Result {
	at := indicator.Measurement{
		ID: 1, Revision: 1, Indicator: y.in.Code, Basis: indicator.Total, Value: value, Unit: y.in.Target.Unit,
		Period: indicator.PeriodOf(indicator.Daily, y.in.DueOn),
	}
	return progress.Figures(y.in, []indicator.Measurement{at}, y.in.DueOn, y.p)
}

func (y yardstick) read(value quantity.Number) Value { return Value{value, y.judge(value).Percent} }

// within is x, or the bound that it is beyond; nil is no bound.
func within(x, lowest, highest *big.Rat) *big.Rat {
	switch {
	case lowest != nil && x.Cmp(lowest) < 0:
		return lowest
	case highest != nil && x.Cmp(highest) > 0:
		return highest
	}
	return x
}
