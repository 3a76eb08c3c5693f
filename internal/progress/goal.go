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
	ruleRange    rule = "range"              // two limits: 100 inside, below A/low, above high/A
	ruleEach     rule = "each_period"        // periods that met the target of all periods
	ruleWaits    rule = "target_waits"       // no target yet
)

// goal is a target ready to be held against an actual value.
type goal struct {
	comparator   indicator.Comparator
	target       *big.Rat // of a range the lower end
	high         *big.Rat // the upper end of a range, else nil
	within       bool     // a range with two limits
	baseline     *big.Rat // nil when the indicator has none, or is held without it
	lessIsBetter bool
	rule         rule // of a range with one end to be reached, how that end is held
	holds        bool // kept at every cut-off, and attained or missed only at the due date's
}

// newGoal reads a target whose direction and course are settled. An increment
// has no baseline; one left over from another kind is ignored. A curve makes a
// target that is held one that is reached by the curve, unless it is a limit.
func newGoal(in indicator.Indicator) goal {
	t := in.SignedTarget()
	g := goal{comparator: t.Comparator, target: t.Value.Rat()}
	course := in.Course
	if len(in.Curve) > 0 && in.Over != indicator.OverAverage {
		course = indicator.Accrue
	}
	if in.Target.Waits {
		g.rule, g.holds = ruleWaits, course == indicator.Hold
		return g
	}
	if t.ValueHigh != nil {
		g.high = t.ValueHigh.Rat()
		g.within = in.Direction == indicator.Within
	}
	if in.Baseline != nil && in.Kind != indicator.Increment && !g.within {
		g.baseline = in.Baseline.Rat()
	}
	g.lessIsBetter = lessIsBetter(in, g.comparator)
	worded := in.Target.Comparator == indicator.AtMost || in.Target.Comparator == indicator.LessThan
	g.rule = g.ruleFor(in.Kind, worded)
	if course == indicator.Hold && g.rule == ruleBaseline {
		g.baseline = nil
		g.rule = g.ruleFor(in.Kind, worded)
	}
	g.holds = course == indicator.Hold || g.limit()
	return g
}

// limit reports whether the target is a limit to keep, of which there is no half.
func (g goal) limit() bool {
	return g.rule == ruleCeiling || g.rule == ruleFloor || g.rule == ruleRange
}

// end is what must be reached: the target, or of a range the nearer end.
func (g goal) end() *big.Rat {
	if g.high != nil && g.lessIsBetter {
		return g.high
	}
	return g.target
}

// course is how the target is held against time.
func (g goal) course() indicator.Course {
	if g.holds {
		return indicator.Hold
	}
	return indicator.Accrue
}

// far is the end of a range beyond the one to be reached.
func (g goal) far() *big.Rat {
	if g.lessIsBetter {
		return g.target
	}
	return g.high
}

// ruleFor chooses the case that makes the percent fall as the value gets worse
// and puts every value that attains the target at 100 or more. A fraction does
// so only when the target lies on the better side of where it is counted from:
// the baseline, or else 0. Where it does not, the target is a limit to keep:
// a ceiling when less is better, a floor when more is. worded says that the plan
// itself words it as a ceiling (以内, 低于).
//
// A level, share or increment that is to come down to a number, or to stay
// below one, cannot be a fraction from 0 without a baseline, and is a ceiling.
func (g goal) ruleFor(kind indicator.Kind, worded bool) rule {
	end := g.end()
	switch {
	case g.within:
		return ruleRange
	case g.baseline != nil && (g.better(end, g.baseline) > 0 || !worded && end.Cmp(g.baseline) == 0):
		return ruleBaseline
	case worded, g.lessIsBetter && (g.baseline != nil || !fromZero(kind, end)):
		return ruleCeiling
	case !g.lessIsBetter && (g.baseline != nil || end.Sign() < 0):
		return ruleFloor
	case kind == indicator.Growth:
		return ruleGrowth
	}
	return ruleRatio
}

// fromZero reports whether a value where less is better is reached from 0: a fall
// is, and so is an increment of less than nothing.
func fromZero(kind indicator.Kind, end *big.Rat) bool {
	return end.Sign() < 0 && (kind == indicator.Growth || kind == indicator.Increment)
}

// lessIsBetter follows the comparator, with the sign of a fall, else the direction.
func lessIsBetter(in indicator.Indicator, comparator indicator.Comparator) bool {
	switch comparator {
	case indicator.AtLeast, indicator.MoreThan:
		return false
	case indicator.AtMost, indicator.LessThan:
		return true
	}
	return in.Direction == indicator.Decrease
}

// percent is the exact percent of target that the actual value a is, uncapped,
// or nil with the reason why there is none.
func (g goal) percent(a *big.Rat) (*big.Rat, Reason) {
	if g.high != nil && !g.within {
		return g.percentOfRange(a)
	}
	return g.percentTo(g.target, a)
}

// percentOfRange is the percent where one end of a range must be reached: up to
// it as for a target, inside the range 100, and beyond the other end as much
// more than 100 as the value is beyond it, where that can be said.
func (g goal) percentOfRange(a *big.Rat) (*big.Rat, Reason) {
	far := g.far()
	switch {
	case g.better(a, g.end()) < 0:
		return g.percentTo(g.end(), a)
	case g.better(a, far) <= 0:
		return hundred(), ""
	case far.Sign() != 0 && g.lessIsBetter == (far.Sign() < 0):
		return ratio(a, far, ZeroTarget)
	}
	return hundred(), ""
}

// percentTo is the percent of the value to be reached or kept, or of a range
// with two limits.
func (g goal) percentTo(target, a *big.Rat) (*big.Rat, Reason) {
	switch g.rule {
	case ruleRatio, ruleGrowth, ruleEach:
		return ratio(a, target, ZeroTarget)
	case ruleBaseline:
		way := new(big.Rat).Sub(target, g.baseline)
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
	return quo.Mul(quo, percentBase), ""
}

// broken is the limit of a ceiling, floor or range that a is beyond, nil when
// it keeps them.
func (g goal) broken(a *big.Rat) *big.Rat {
	switch {
	case g.within && a.Cmp(g.high) > 0:
		return g.high
	case g.within && a.Cmp(g.target) < 0:
		return g.target
	case g.within:
		return nil
	}
	if end := g.end(); g.better(a, end) < 0 {
		return end
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

// attained holds the exact actual value a against the target. A range with one
// end to be reached is attained from there on. A number without
// a word (eq) is attained by more, or by less where less is better, unless the
// profile demands equality; 左右 (approx) within the profile's tolerance.
func (g goal) attained(a *big.Rat, p Profile) bool {
	switch {
	case g.within:
		return a.Cmp(g.target) >= 0 && a.Cmp(g.high) <= 0
	case g.high != nil:
		return g.better(a, g.end()) >= 0
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

// growsInto reports whether what attains the target goes on doing so as more is
// added to it, so that a part of what there is may show that it is attained.
func (g goal) growsInto(p Profile) bool {
	return !g.lessIsBetter && !g.within && !(g.comparator == indicator.Equal && g.high == nil && p.EqualIsExact)
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
	bar := g.eased(tolerance)
	if g.rule == ruleBaseline && g.baseline.Cmp(g.target) != 0 && g.better(a, g.baseline) <= 0 {
		return false
	}
	return g.better(a, bar) >= 0
}

func (g goal) eased(tolerance *big.Rat) *big.Rat {
	bar := new(big.Rat).Abs(g.target)
	bar.Mul(bar, tolerance)
	if !g.lessIsBetter {
		bar.Neg(bar)
	}
	return bar.Add(bar, g.target)
}

// bounds are the values that an actual value is compared with.
func (g goal) bounds(p Profile) []*big.Rat {
	all := []*big.Rat{g.target}
	if g.high != nil {
		all = append(all, g.high)
	}
	if g.comparator == indicator.About {
		all = append(all, g.eased(p.Tolerance.Rat()))
	}
	return all
}
