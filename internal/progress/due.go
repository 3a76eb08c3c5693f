package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// due is what should have been reached by the cut-off, where pace runs.
type due struct {
	runs      bool
	amount    *big.Rat // B + (T−B) × pace, whole where things are counted
	unrounded *big.Rat // the amount before it was made whole; nil when it was not
	shortfall *big.Rat // how much of the amount is lacking, 0 or more; nil without an actual value
	gap       *big.Rat // 100 × (A − amount)/(T − B), else percent − pace; nil without a percent
}

// findDue computes the amount due and the gap that the status is judged by.
// Things that are counted one by one come whole: of 10, at a pace of 74.79, 7 are
// due. The amount is rounded towards the baseline, so nobody is behind for a
// fraction. A limit has no amount, for there is no half of it.
func findDue(in indicator.Indicator, g goal, a, percent, pace *big.Rat) due {
	var d due
	if d.runs = !g.holds && g.rule != ruleWaits; !d.runs {
		d.gap = gap(percent, pace)
		return d
	}
	from := g.from()
	way := new(big.Rat).Sub(g.end(), from)
	d.amount = new(big.Rat).Mul(way, pace)
	d.amount.Add(d.amount.Quo(d.amount, hundred()), from)
	if g.rule != ruleEach && (in.Kind == indicator.Increment || in.Kind == indicator.Cumulative) && in.Target.Unit.IsCount() {
		d.makeWhole(g, in.Target.Unit)
	}
	if a == nil {
		return d
	}
	d.shortfall = new(big.Rat)
	if g.better(a, d.amount) < 0 {
		d.shortfall.Sub(d.amount, a)
		d.shortfall.Abs(d.shortfall)
	}
	if percent != nil && way.Sign() != 0 {
		d.gap = new(big.Rat).Sub(a, d.amount)
		d.gap.Quo(d.gap.Mul(d.gap, hundred()), way)
	}
	return d
}

// from is where the target is counted from: the baseline, else 0.
func (g goal) from() *big.Rat {
	if g.baseline != nil {
		return g.baseline
	}
	return new(big.Rat)
}

// makeWhole rounds the amount to single things, towards the baseline and not
// beyond it. The whole target is due as it is written.
func (d *due) makeWhole(g goal, unit quantity.Unit) {
	if d.amount.Cmp(g.end()) == 0 {
		return
	}
	singles := new(big.Rat).Mul(d.amount, unit.Factor())
	if singles.IsInt() {
		return
	}
	whole := floor(singles)
	if g.lessIsBetter {
		whole.Add(whole, big.NewInt(1))
	}
	amount := new(big.Rat).SetInt(whole)
	amount.Quo(amount, unit.Factor())
	if from := g.from(); g.better(amount, from) < 0 {
		amount.Set(from)
	}
	d.unrounded, d.amount = d.amount, amount
}

// floor is the greatest whole number that is not above x.
func floor(x *big.Rat) *big.Int {
	return new(big.Int).Div(x.Num(), x.Denom()) // rounds down, for the denominator is above 0
}

// print writes the figures into a result.
func (d due) print(r *Result) {
	if d.runs {
		amount, _ := decimal(d.amount)
		r.AmountDue = &amount
	}
	if d.shortfall != nil {
		shortfall, _ := decimal(d.shortfall)
		r.Shortfall = &shortfall
	}
	if d.gap != nil {
		printed := quantity.FromRat(d.gap, places)
		r.DueGap = &printed
	}
}
