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
	ruleFloor    rule = "floor"              // 100 while A ≥ T, else A/T
	ruleRange    rule = "range"              // 100 inside, below A/low, above high/A
	ruleWaits    rule = "target_waits"       // no target yet
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
//   - The comparator says which way is better. A number without one (eq, approx)
//     lies where it must be reached from: less is better when it is below the
//     baseline, whatever the direction says. Growth and increments start from 0.
//   - An increment has no baseline; one left over from another kind is ignored.
//   - An increment with direction decrease counts what is taken away (压减
//     500万吨), so more of it is better.
func newGoal(in indicator.Indicator) goal {
	g := goal{comparator: in.Target.Comparator, target: in.Target.Value.Rat()}
	if in.Target.Waits {
		g.rule = ruleWaits
		return g
	}
	if in.Target.ValueHigh != nil {
		g.high = in.Target.ValueHigh.Rat()
	}
	if in.Baseline != nil && in.Kind != indicator.Increment {
		g.baseline = in.Baseline.Rat()
	}
	limit := g.comparator == indicator.AtMost || g.comparator == indicator.LessThan
	if in.Kind == indicator.Growth && in.Direction == indicator.Decrease && !limit {
		g.fall()
	}
	g.lessIsBetter = lessIsBetter(in, g)
	g.rule = g.ruleFor(in.Kind, limit)
	return g
}

// ruleFor chooses the case that makes the percent fall as the value gets worse
// and puts every value that attains the target at 100 or more. A fraction does
// so only when the target lies on the better side of where it is counted from:
// the baseline, or else 0. Where it does not, the target is a limit to keep:
// a ceiling when less is better, a floor when more is. limit says that the plan
// itself words it as a ceiling (以内, 低于).
//
// A level or ratio that is to come down to a number without a baseline (降至4%)
// cannot be a fraction from 0 either, and is a ceiling.
func (g goal) ruleFor(kind indicator.Kind, limit bool) rule {
	fromZero := kind == indicator.Growth || kind == indicator.Increment
	switch {
	case g.high != nil:
		return ruleRange
	case g.baseline != nil && g.better(g.target, g.baseline) >= 0:
		return ruleBaseline
	case limit, g.lessIsBetter && (g.baseline != nil || !fromZero):
		return ruleCeiling
	case !g.lessIsBetter && (g.baseline != nil || g.target.Sign() < 0):
		return ruleFloor
	case kind == indicator.Growth:
		return ruleGrowth
	}
	return ruleRatio
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
	switch g.comparator {
	case indicator.AtLeast, indicator.MoreThan:
		return false
	case indicator.AtMost, indicator.LessThan:
		return true
	}
	start := g.baseline
	if start == nil && (in.Kind == indicator.Growth || in.Kind == indicator.Increment) {
		start = new(big.Rat)
	}
	if start != nil && g.target.Cmp(start) != 0 {
		return g.target.Cmp(start) < 0
	}
	return in.Direction == indicator.Decrease && in.Kind != indicator.Increment
}

// percent is the exact percent of target that the actual value a is, uncapped,
// or nil with the reason why there is none.
func (g goal) percent(a *big.Rat) (*big.Rat, Reason) {
	switch g.rule {
	case ruleRatio, ruleGrowth:
		return ratio(a, g.target, ZeroTarget)
	case ruleBaseline:
		way := new(big.Rat).Sub(g.target, g.baseline)
		return ratio(new(big.Rat).Sub(a, g.baseline), way, BaselineEqualsTarget)
	}
	bound := g.broken(a)
	switch {
	case bound == nil:
		return hundred(), ""
	case boundOver(bound, a):
		return ratio(bound, a, ZeroTarget)
	}
	return ratio(a, bound, ZeroTarget)
}

// ratio is over/under in percent, or the reason when under is zero.
func ratio(over, under *big.Rat, otherwise Reason) (*big.Rat, Reason) {
	if under.Sign() == 0 {
		return nil, otherwise
	}
	quo := new(big.Rat).Quo(over, under)
	return quo.Mul(quo, hundred()), ""
}

// broken is the limit of a ceiling, floor or range that a is beyond, nil when
// it keeps them.
func (g goal) broken(a *big.Rat) *big.Rat {
	ceiling := g.high
	if g.rule == ruleCeiling {
		ceiling = g.target
	}
	switch {
	case ceiling != nil && a.Cmp(ceiling) > 0:
		return ceiling
	case g.rule != ruleCeiling && a.Cmp(g.target) < 0:
		return g.target
	}
	return nil
}

// boundOver reports whether the percent of a value beyond a limit is T/A and
// not A/T. Above a limit it is T/A, below one A/T; a limit below zero turns its
// fraction over, so that the percent falls with the distance on either side: of
// −5 to −3, −6 is 83 and −1.5 is 50.
func boundOver(bound, a *big.Rat) bool {
	above := a.Cmp(bound) > 0
	return above == (bound.Sign() >= 0)
}

// attained holds the exact actual value a against the target. A number without
// a word (eq) is attained by more, or by less where less is better, unless the
// profile demands equality; 左右 (approx) within the profile's tolerance.
func (g goal) attained(a *big.Rat, p Profile) bool {
	if g.high != nil {
		return a.Cmp(g.target) >= 0 && a.Cmp(g.high) <= 0
	}
	switch g.comparator {
	case indicator.MoreThan, indicator.LessThan:
		return g.better(a, g.target) > 0
	case indicator.About:
		return g.about(a, p.Tolerance.Rat())
	case indicator.Equal:
		if p.EqualIsExact {
			return a.Cmp(g.target) == 0
		}
	}
	return g.better(a, g.target) >= 0
}

// better is 1 when x is better than y, −1 when worse, 0 when equal.
func (g goal) better(x, y *big.Rat) int {
	if g.lessIsBetter {
		return y.Cmp(x)
	}
	return x.Cmp(y)
}

// about reports whether a reaches T×(1−tolerance), or T×(1+tolerance) where less
// is better; a target below zero is eased by as much, in the same direction.
// With a baseline a must also have left it towards the target: a tolerance may
// be wider than the whole way, and standing still or going back attains nothing.
func (g goal) about(a, tolerance *big.Rat) bool {
	bar := new(big.Rat).Abs(g.target)
	bar.Mul(bar, tolerance)
	if !g.lessIsBetter {
		bar.Neg(bar)
	}
	bar.Add(bar, g.target)
	if g.rule == ruleBaseline && g.baseline.Cmp(g.target) != 0 && g.better(a, g.baseline) <= 0 {
		return false
	}
	return g.better(a, bar) >= 0
}
