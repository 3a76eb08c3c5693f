package projection

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// part is a whole period and what was added in it.
type part struct {
	period indicator.Period
	place  int64    // counted from the first period of the term
	added  *big.Rat // to the actual value
}

// slot is a period to come.
type slot struct {
	period indicator.Period
	ends   indicator.Date
	place  int64
	share  *big.Rat // how much of the period there is: 1, or less where the due date cuts it
}

// history is how an indicator came to where it stands.
type history struct {
	in     indicator.Indicator
	step   indicator.Frequency
	last   progress.Period // the last one with an amount
	place  int64           // of the last
	actual *big.Rat        // at its end
	parts  []part          // whole periods in a row, up to the last
	ahead  []slot          // to the due date
	gap    indicator.Period
}

// newHistory reads the history of what accrues. It refuses one that is too short.
func newHistory(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p progress.Profile) (*history, Refusal) {
	step := progress.Step(in, "")
	if step == indicator.Daily { // too many and too uneven
		step = indicator.Monthly
	}
	h := &history{in: in, step: step}
	h.read(progress.NewSeries(in, ms, on, p), on)
	if h.last.IsZero() {
		return h, TooFewReports
	}
	h.lookAhead()
	return h, h.check(progress.Figures(in, ms, h.last.Ends, p))
}

// read goes through the periods of the term. One without an amount before one that has it
// ends what can be used.
func (h *history) read(series progress.Series, on indicator.Date) {
	adds := h.in.Kind == indicator.Increment
	var before *big.Rat // the level at the end of the period before
	if h.in.Baseline != nil {
		before = h.in.Baseline.Rat()
	}
	for i, period := range progress.Periods(h.in, h.step, indicator.Date{}, indicator.Date{}, on) {
		own := series.Of(period)
		if own.Amount == nil {
			before = nil
			continue
		}
		if !h.last.IsZero() && int64(i) > h.place+1 {
			h.gap, h.parts = indicator.PeriodOf(h.step, period.Start().AddDays(-1)), nil
		}
		h.last, h.place = own, int64(i)
		added := own.Amount
		if !adds {
			if added = nil; before != nil {
				added = new(big.Rat).Sub(own.Amount, before)
			}
		}
		before = own.Amount
		if added == nil || period.Start().Before(h.in.StartsOn) || own.Ends != period.End() {
			h.parts = nil
			continue
		}
		h.parts = append(h.parts, part{period, int64(i), added})
	}
}

// check refuses a history that nothing can be made of.
func (h *history) check(then progress.Result) Refusal {
	switch {
	case len(h.parts) < Least && !h.gap.IsZero():
		return GapInSeries
	case len(h.parts) < Least || then.Actual == nil:
		return TooFewReports
	case len(h.ahead) == 0:
		return TermOver
	}
	h.actual = then.Actual.Rat()
	return ""
}

// lookAhead lists the periods from the last one to the due date.
func (h *history) lookAhead() {
	place := h.place
	for p := h.last.Next(); !p.Start().After(h.in.DueOn); p = p.Next() {
		place++
		s := slot{p, p.End(), place, big.NewRat(1, 1)}
		if p.End().After(h.in.DueOn) {
			s.ends = h.in.DueOn
			s.share = big.NewRat(int64(h.in.DueOn.DaysSince(p.Start())+1), int64(p.End().DaysSince(p.Start())+1))
		}
		h.ahead = append(h.ahead, s)
	}
}

// why says a refusal in words.
func (h *history) why(refused Refusal) fault.Text {
	switch refused {
	case GapInSeries:
		return fault.Say("报告期 %s 没有可用的数值，其后只有 %d 个连续完整的报告期，至少需要 %d 个",
			"there is no figure for %s, and after it only %d whole periods in a row; at least %d are needed",
			h.gap, len(h.parts), Least)
	case TermOver:
		return fault.Say("完成时限 %s 之前的报告期都已报送", "all periods up to the due date, %s, are reported", h.in.DueOn)
	}
	return fault.Say("只有 %d 个连续完整的报告期，至少需要 %d 个", "there are %d whole periods in a row with a figure; at least %d are needed", len(h.parts), Least)
}

// bounds are the least and the most that the actual value can come to: what only ever
// rose does not fall, what only ever fell does not rise, and a share is not above
// everything unless its target or a figure is.
func (h *history) bounds() (lowest, highest *big.Rat) {
	up, down := true, true
	for _, p := range h.parts {
		up, down = up && p.added.Sign() >= 0, down && p.added.Sign() <= 0
	}
	if up {
		lowest = h.actual
	}
	if down {
		highest = h.actual
	}
	if h.in.IsShare() && highest == nil {
		all := big.NewRat(100, 1)
		all.Quo(all, h.in.Target.Unit.Factor())
		if h.in.Target.Value.Rat().Cmp(all) <= 0 && h.actual.Cmp(all) <= 0 {
			highest = all
		}
	}
	return lowest, highest
}

// places is how many decimals a projected value is written with: none for what is counted
// one by one, else two more than the target has, for it is an estimate.
func (h *history) places() int {
	t := h.in.Target
	if h.in.CountsSingles() && t.Unit.IsSingle() {
		return 0
	}
	places := 0
	for place := t.Value.LastPlace(); place.Cmp(big.NewRat(1, 1)) < 0; place.Mul(place, big.NewRat(10, 1)) {
		places++
	}
	return places + 2
}
