package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// rule names the case a percent is computed by.
type rule string

const (
	ruleRatio    rule = "ratio_to_target"    // A/T
	ruleBaseline rule = "baseline_to_target" // (A−B)/(T−B)
	ruleGrowth   rule = "growth_to_target"   // A/T, growth from 0
	ruleCeiling  rule = "ceiling"            // 100 while A ≤ T, else T/A
	ruleRange    rule = "range"              // 100 inside, below A/low, above high/A
)

// goal is a target ready to be held against an actual value.
type goal struct {
	comparator   indicator.Comparator
	target       *big.Rat // the lower end of a range
	high         *big.Rat // the upper end of a range, else nil
	baseline     *big.Rat // nil when the indicator has none
	lessIsBetter bool
	rule         rule
}

// newGoal reads an indicator's target. What plans leave to common sense is
// settled here:
//
//   - 下降4% is stored as growth 4 with direction decrease. The target is −4,
//     reports are signed (−4.2 is a fall of 4.2%) and 下降4%以上 (ge) means −4 or
//     less. A growth of at most so much (控制在3%以内, le or lt) keeps its sign.
//   - With a baseline, less is better when the target is below it, whatever the
//     direction says; growth has the baseline 0 for this.
//   - A level or ratio to be brought down to a number (降至4%; eq or approx, no
//     baseline) is a ceiling, like one that says 以内.
//   - An increment with direction decrease counts what is taken away (压减
//     500万吨), so more of it is better.
func newGoal(in indicator.Indicator) goal {
	g := goal{comparator: in.Target.Comparator, target: in.Target.Value.Rat()}
	if in.Target.ValueHigh != nil {
		g.high = in.Target.ValueHigh.Rat()
	}
	if in.Baseline != nil {
		g.baseline = in.Baseline.Rat()
	}
	limit := g.comparator == indicator.AtMost || g.comparator == indicator.LessThan
	if in.Kind == indicator.Growth && in.Direction == indicator.Decrease && !limit {
		g.fall()
	}
	g.lessIsBetter = lessIsBetter(in, g)
	switch {
	case g.high != nil:
		g.rule = ruleRange
	case g.baseline != nil:
		g.rule = ruleBaseline
	case limit:
		g.rule = ruleCeiling
	case in.Kind == indicator.Growth:
		g.rule = ruleGrowth
	case g.lessIsBetter && (g.comparator == indicator.Equal || g.comparator == indicator.About):
		g.rule = ruleCeiling
	default:
		g.rule = ruleRatio
	}
	return g
}

// fall turns the size of a fall into a signed target: at least 4 down is at
// most −4. A target that is negative already keeps its sign.
func (g *goal) fall() {
	if g.target.Sign() > 0 || g.high != nil && g.target.Sign() == 0 {
		g.target.Neg(g.target)
		if g.high != nil {
			g.target, g.high = g.high.Neg(g.high), g.target
		}
	}
	switch g.comparator {
	case indicator.AtLeast:
		g.comparator = indicator.AtMost
	case indicator.MoreThan:
		g.comparator = indicator.LessThan
	}
}

func lessIsBetter(in indicator.Indicator, g goal) bool {
	baseline := g.baseline
	if baseline == nil && in.Kind == indicator.Growth {
		baseline = new(big.Rat)
	}
	if baseline != nil && g.target.Cmp(baseline) != 0 {
		return g.target.Cmp(baseline) < 0
	}
	return in.Direction == indicator.Decrease && in.Kind != indicator.Increment
}

// percent is the exact percent of target that the actual value a is, uncapped,
// or nil with the reason why there is none.
func (g goal) percent(a *big.Rat) (*big.Rat, Reason) {
	switch g.rule {
	case ruleRange:
		return g.percentOfRange(a)
	case ruleBaseline:
		way := new(big.Rat).Sub(g.target, g.baseline)
		return ratio(new(big.Rat).Sub(a, g.baseline), way, BaselineEqualsTarget)
	case ruleCeiling:
		return g.percentOfCeiling(a)
	default:
		return ratio(a, g.target, ZeroTarget)
	}
}

// ratio is over/under in percent, or the reason when under is zero.
func ratio(over, under *big.Rat, otherwise Reason) (*big.Rat, Reason) {
	if under.Sign() == 0 {
		return nil, otherwise
	}
	quo := new(big.Rat).Quo(over, under)
	return quo.Mul(quo, hundred()), ""
}

// percentOfCeiling is 100 up to the target and T/A above it; below zero, where
// T/A would exceed 100, it is A/T.
func (g goal) percentOfCeiling(a *big.Rat) (*big.Rat, Reason) {
	switch {
	case a.Cmp(g.target) <= 0:
		return hundred(), ""
	case g.target.Sign() < 0:
		return ratio(a, g.target, ZeroTarget)
	default:
		return ratio(g.target, a, ZeroTarget)
	}
}

// percentOfRange is 100 inside, A/low below and high/A above. An end below
// zero turns its fraction over, so that the percent falls with the distance on
// either side: of −5 to −3, −6 is 83 and −1.5 is 50.
func (g goal) percentOfRange(a *big.Rat) (*big.Rat, Reason) {
	switch {
	case a.Cmp(g.target) < 0 && g.target.Sign() < 0:
		return ratio(g.target, a, ZeroTarget)
	case a.Cmp(g.target) < 0:
		return ratio(a, g.target, ZeroTarget)
	case a.Cmp(g.high) > 0 && g.high.Sign() < 0:
		return ratio(a, g.high, ZeroTarget)
	case a.Cmp(g.high) > 0 && g.high.Sign() == 0:
		return nil, ZeroTarget
	case a.Cmp(g.high) > 0:
		return ratio(g.high, a, ZeroTarget)
	}
	return hundred(), ""
}

// attained holds the exact actual value a against the target. A number without
// a word (eq) is attained by more, or by less where less is better, unless the
// profile demands equality; 左右 (approx) within the profile's tolerance.
func (g goal) attained(a *big.Rat, p Profile) bool {
	if g.high != nil {
		return a.Cmp(g.target) >= 0 && a.Cmp(g.high) <= 0
	}
	bar := g.target
	switch g.comparator {
	case indicator.AtLeast:
		return a.Cmp(bar) >= 0
	case indicator.MoreThan:
		return a.Cmp(bar) > 0
	case indicator.AtMost:
		return a.Cmp(bar) <= 0
	case indicator.LessThan:
		return a.Cmp(bar) < 0
	case indicator.About:
		bar = g.eased(p.Tolerance.Rat())
	case indicator.Equal:
		if p.EqualIsExact {
			return a.Cmp(bar) == 0
		}
	}
	if g.lessIsBetter {
		return a.Cmp(bar) <= 0
	}
	return a.Cmp(bar) >= 0
}

// eased is T×(1−tolerance), or T×(1+tolerance) where less is better; a target
// below zero is eased by as much, in the same direction.
func (g goal) eased(tolerance *big.Rat) *big.Rat {
	slack := new(big.Rat).Abs(g.target)
	slack.Mul(slack, tolerance)
	if g.lessIsBetter {
		return slack.Add(g.target, slack)
	}
	return slack.Sub(g.target, slack)
}
