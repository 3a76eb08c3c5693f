package progress

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// targets walks over every combination of kind, comparator, direction, sign of
// the target, and side of the baseline, ranges included.
func targets(visit func(name string, in indicator.Indicator)) {
	baselines := []string{"", "-6", "-4", "-1", "0", "1", "4", "6"}
	for _, kind := range indicator.Kinds {
		for _, comparator := range indicator.Comparators {
			for _, direction := range indicator.Directions {
				for _, value := range []string{"-4", "0", "4"} {
					for _, baseline := range baselines {
						in := indicator.Indicator{Kind: kind, Direction: direction, DirectionBy: indicator.ByText}
						in.Target = indicator.Target{Comparator: comparator, Value: quantity.MustNumber(value), Unit: quantity.MustUnit("个")}
						if baseline != "" {
							in.Baseline = bound(baseline)
						}
						in.Settle()
						visit(fmt.Sprintf("%s %s %s %s baseline %q", kind, comparator, direction, value, baseline), in)
					}
				}
			}
		}
		for _, ends := range [][2]string{{"-6", "-4"}, {"-4", "0"}, {"-4", "6"}, {"0", "4"}, {"4", "6"}} {
			for _, direction := range indicator.Directions {
				in := indicator.Indicator{Kind: kind, Direction: direction, DirectionBy: indicator.ByText}
				in.Target = indicator.Target{Comparator: indicator.Equal, Value: quantity.MustNumber(ends[0]), ValueHigh: bound(ends[1]), Unit: quantity.MustUnit("个")}
				in.Settle()
				visit(fmt.Sprintf("%s %s %s..%s", kind, direction, ends[0], ends[1]), in)
			}
		}
	}
}

// worsening returns values from the best to the worst for a goal; a range has
// two such ways, up from its lower end and down from its upper end.
func worsening(g goal) [][]*big.Rat {
	var values []*big.Rat
	for half := int64(-30); half <= 30; half++ {
		values = append(values, big.NewRat(half, 2))
	}
	falling := slices.Clone(values)
	slices.Reverse(falling)
	switch {
	case g.within:
		return [][]*big.Rat{
			slices.DeleteFunc(values, func(a *big.Rat) bool { return a.Cmp(g.target) < 0 }),
			slices.DeleteFunc(falling, func(a *big.Rat) bool { return a.Cmp(g.high) > 0 }),
		}
	case g.lessIsBetter:
		return [][]*big.Rat{values}
	}
	return [][]*big.Rat{falling}
}

func TestPercentAgreesWithAttainedForEveryTarget(t *testing.T) {
	strict := map[indicator.Comparator]bool{indicator.MoreThan: true, indicator.LessThan: true}
	targets(func(name string, in indicator.Indicator) {
		g := newGoal(in)
		for _, way := range worsening(g) {
			for _, a := range way {
				percent, reason := g.percent(a)
				if percent == nil {
					continue
				}
				attained, full := g.attained(a, DefaultProfile()), percent.Cmp(hundred()) >= 0
				if attained && !full {
					t.Fatalf("%s: %s is attained at %s%%", name, a.RatString(), percent.RatString())
				}
				if full && !attained && (!strict[g.comparator] || a.Cmp(g.target) != 0) {
					t.Fatalf("%s: %s is %s%% and not attained", name, a.RatString(), percent.RatString())
				}
				if reason != "" {
					t.Fatalf("%s: %s has both a percent and the reason %s", name, a.RatString(), reason)
				}
			}
		}
	})
}

func TestMovingAwayFromTheTargetNeverRaisesThePercent(t *testing.T) {
	targets(func(name string, in indicator.Indicator) {
		g := newGoal(in)
		for _, way := range worsening(g) {
			var before *big.Rat
			attainable := true
			for _, a := range way {
				percent, _ := g.percent(a)
				if percent != nil && before != nil && percent.Cmp(before) > 0 {
					t.Fatalf("%s: at %s the percent rises from %s to %s", name, a.RatString(), before.RatString(), percent.RatString())
				}
				if percent != nil {
					before = percent
				}
				attained := g.attained(a, DefaultProfile())
				if attained && !attainable {
					t.Fatalf("%s: %s attains what a better value does not", name, a.RatString())
				}
				attainable = attained
			}
		}
	})
}

// The comparator decides, whatever baseline and direction say. The words of a
// fall (growth, decrease) are the exception that newGoal documents.
func TestAttainedIsTheComparatorForEveryTarget(t *testing.T) {
	holds := map[indicator.Comparator]func(order int) bool{
		indicator.AtLeast:  func(order int) bool { return order >= 0 },
		indicator.MoreThan: func(order int) bool { return order > 0 },
		indicator.AtMost:   func(order int) bool { return order <= 0 },
		indicator.LessThan: func(order int) bool { return order < 0 },
	}
	targets(func(name string, in indicator.Indicator) {
		check := holds[in.Target.Comparator]
		if check == nil || in.Kind == indicator.Growth && in.Direction == indicator.Decrease {
			return
		}
		for half := int64(-30); half <= 30; half++ {
			a := big.NewRat(half, 2)
			if got := newGoal(in).attained(a, DefaultProfile()); got != check(a.Cmp(in.Target.Value.Rat())) {
				t.Fatalf("%s: %s attained is %v", name, a.RatString(), got)
			}
		}
	})
}

func TestPercentIsUndefinedOnlyWhereTheTargetSaysSo(t *testing.T) {
	targets(func(name string, in indicator.Indicator) {
		g := newGoal(in)
		for half := int64(-30); half <= 30; half++ {
			percent, reason := g.percent(big.NewRat(half, 2))
			zero := g.target.Sign() == 0
			same := g.baseline != nil && g.baseline.Cmp(g.target) == 0
			if percent == nil && !(reason == ZeroTarget && zero) && !(reason == BaselineEqualsTarget && same) {
				t.Fatalf("%s: undefined at %d/2 for the reason %q", name, half, reason)
			}
		}
	})
}

func TestToleranceOnlyEasesAndNeverRewardsStandingStill(t *testing.T) {
	for _, tolerance := range []string{"0", "0.05", "0.5", "1"} {
		p := DefaultProfile()
		p.Tolerance = quantity.MustNumber(tolerance)
		targets(func(name string, in indicator.Indicator) {
			g := newGoal(in)
			for half := int64(-30); half <= 30; half++ {
				a := big.NewRat(half, 2)
				without, with := g.attained(a, DefaultProfile()), g.attained(a, p)
				if without && !with || with && !without && g.comparator != indicator.About {
					t.Fatalf("%s, tolerance %s: %s attained %v, without it %v", name, tolerance, a.RatString(), with, without)
				}
				percent, _ := g.percent(a)
				if with && percent != nil && g.rule == ruleBaseline && percent.Sign() <= 0 {
					t.Fatalf("%s, tolerance %s: %s is attained at %s%%", name, tolerance, a.RatString(), percent.RatString())
				}
			}
		})
	}
}

func TestTheWorkingShowsTheFractionOfEveryPercent(t *testing.T) {
	number := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(strings.Trim(s, "()"))
		if !ok {
			t.Fatalf("%q is no number", s)
		}
		return r
	}
	targets(func(name string, in indicator.Indicator) {
		g := newGoal(in)
		for half := int64(-30); half <= 30; half++ {
			a := big.NewRat(half, 2)
			percent, _ := g.percent(a)
			if percent == nil || g.rule == ruleBaseline {
				continue
			}
			formula := g.formula(a)
			if formula == "" {
				if percent.Cmp(hundred()) != 0 {
					t.Fatalf("%s: %s is %s%% without a fraction", name, a.RatString(), percent.RatString())
				}
				continue
			}
			_, figures, _ := strings.Cut(formula, " = ")
			over, under, _ := strings.Cut(figures, " ÷ ")
			shown := new(big.Rat).Quo(number(over), number(under))
			if shown.Mul(shown, hundred()).Cmp(percent) != 0 {
				t.Fatalf("%s: %s%% is explained by %s", name, percent.RatString(), formula)
			}
		}
	})
}
