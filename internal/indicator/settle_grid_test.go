package indicator

import (
	"fmt"
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// shapes are the targets of the walk: every comparator on both sides of 0 and on
// it, ranges, and values that wait.
func shapes() []Target {
	var all []Target
	percent := quantity.MustUnit("%")
	for _, value := range []int64{-4, 0, 4} {
		for _, comparator := range Comparators {
			all = append(all, Target{Comparator: comparator, Value: quantity.FromInt(value), Unit: percent})
		}
		high := quantity.FromInt(value + 4)
		all = append(all, Target{Comparator: Equal, Value: quantity.FromInt(value), ValueHigh: &high, Unit: percent})
	}
	all = append(all, Target{Comparator: Equal, Value: quantity.FromInt(4), Unit: quantity.MustUnit("个百分点")})
	for _, comparator := range Comparators {
		all = append(all, Target{Comparator: comparator, Unit: percent, Waits: true, Reference: "全省平均水平"})
	}
	return all
}

// variants are the kinds with what only some of them have.
func variants() []Indicator {
	all := []Indicator{
		{Kind: Increment}, {Kind: Increment, Each: Quarterly}, {Kind: Cumulative}, {Kind: Ratio},
		{Kind: Cumulative, Over: OverTerm}, // left over from a growth
	}
	for _, over := range append([]Over{""}, Overs...) {
		all = append(all, Indicator{Kind: Growth, Over: over})
	}
	return all
}

func baselines() []*quantity.Number {
	all := []*quantity.Number{nil}
	for _, b := range []int64{-8, -4, -2, 0, 2, 4, 10} {
		n := quantity.FromInt(b)
		all = append(all, &n)
	}
	return all
}

// unsettled walks over every indicator before it is settled, stale and missing
// grounds included.
func unsettled(visit func(Indicator)) {
	directions, courses, grounds := append([]Direction{""}, Directions...), append([]Course{""}, Courses...), append([]Settled{""}, Grounds...)
	for _, in := range variants() {
		in.Name, in.Binding, in.Frequency = "空气质量优良率", Committed, Monthly
		in.StartsOn, in.DueOn, in.TermEndsOn = DateOf(2023, 1, 1), DateOf(2023, 12, 31), DateOf(2023, 12, 31)
		for _, in.Target = range shapes() {
			for _, in.Baseline = range baselines() {
				for _, in.Direction = range directions {
					for _, in.DirectionBy = range grounds {
						for _, in.Course = range courses {
							for _, in.CourseBy = range grounds {
								visit(in)
							}
						}
					}
				}
			}
		}
	}
}

// written is what a failure shows of an indicator.
func written(in Indicator) string {
	number := func(n *quantity.Number) string {
		if n == nil {
			return "none"
		}
		return n.String()
	}
	return fmt.Sprintf("%s %s %s..%s%s waits %v baseline %s over %q each %q: %q by %q, %q by %q", in.Kind, in.Target.Comparator, in.Target.Value,
		number(in.Target.ValueHigh), in.Target.Unit, in.Target.Waits, number(in.Baseline), in.Over, in.Each,
		in.Direction, in.DirectionBy, in.Course, in.CourseBy)
}

func TestSettling(t *testing.T) {
	rules := []struct {
		name  string
		holds func(before, after Indicator) bool
	}{
		{"settling twice changes nothing", func(_, after Indicator) bool {
			again := after
			again.Settle()
			return again.SettlesAs(after) && again.DefaultBasis == after.DefaultBasis
		}},
		{"direction, course and what settled them are words", func(_, after Indicator) bool {
			return slices.Contains(Directions, after.Direction) && slices.Contains(Grounds, after.DirectionBy) &&
				slices.Contains(Courses, after.Course) && slices.Contains(Grounds, after.CourseBy)
		}},
		{"growth alone is over a time, and always", func(_, after Indicator) bool {
			return (after.Over != "") == (after.Kind == Growth)
		}},
		{"what is given of over and of the basis is kept", func(before, after Indicator) bool {
			basis := before
			basis.DefaultBasis = ThisPeriod
			basis.Settle()
			return (before.Over == "" || before.Kind != Growth || after.Over == before.Over) &&
				basis.DefaultBasis == ThisPeriod && (after.DefaultBasis == ThisPeriod) == (after.Kind == Increment || after.Over == OverAverage)
		}},
		{"target and baseline are left alone", func(before, after Indicator) bool {
			return before.Target == after.Target && before.Baseline == after.Baseline && before.Kind == after.Kind && before.Each == after.Each
		}},
		{"a person's course is kept", func(before, after Indicator) bool {
			return before.CourseBy != ByPerson || before.Course == "" || after.Course == before.Course && after.CourseBy == ByPerson
		}},
		{"comparators decide which way is better", comparatorDecides},
		{"a person's direction is kept where the target leaves room", personDecides},
		{"only a range has two limits", func(_, after Indicator) bool { return after.Direction != Within || after.Target.ValueHigh != nil }},
		{"what nobody said is assumed", func(before, after Indicator) bool {
			return before.DirectionBy == ByPerson || after.DirectionBy != ByPerson && (before.CourseBy == ByPerson || after.CourseBy != ByPerson)
		}},
		{"the course is that of the contract", followsContract},
	}
	broken := map[string]int{}
	unsettled(func(in Indicator) {
		settled := in
		settled.Settle()
		for _, rule := range rules {
			if rule.holds(in, settled) {
				continue
			}
			if broken[rule.name]++; broken[rule.name] == 1 {
				t.Errorf("%s:\nbefore %s\nafter  %s", rule.name, written(in), written(settled))
			}
		}
	})
	for name, times := range broken {
		t.Logf("%s: broken %d times", name, times)
	}
}

func comparatorDecides(before, after Indicator) bool {
	switch before.Target.Comparator {
	case AtMost, LessThan:
		return after.Direction == Decrease && after.DirectionBy == ByComparator
	case AtLeast, MoreThan:
		said := before.DirectionBy == ByPerson || before.DirectionBy == ByText || before.DirectionBy == ""
		if before.Kind == Growth && before.Direction == Decrease && said { // 下降4%以上; what another comparator settled is no fall
			return after.Direction == Decrease && after.DirectionBy != ByComparator
		}
		return after.Direction == Increase && after.DirectionBy == ByComparator
	}
	return true
}

// personDecides leaves out what is said by a comparator, by the baseline of a
// level, and two limits where there is no range.
func personDecides(before, after Indicator) bool {
	neutral := before.Target.Comparator == Equal || before.Target.Comparator == About
	level := (before.Kind == Cumulative || before.Kind == Ratio) && before.Target.ValueHigh == nil && !before.Target.Waits
	switch {
	case before.DirectionBy != ByPerson || before.Direction == "" || !neutral:
		return true
	case level && before.Baseline != nil && !before.Baseline.Equal(before.Target.Value):
		return (after.Direction == Decrease) == (before.Target.Value.Cmp(*before.Baseline) < 0) && after.DirectionBy == ByBaseline
	case before.Direction == Within && before.Target.ValueHigh == nil:
		return true
	}
	return after.Direction == before.Direction && after.DirectionBy == ByPerson
}

// followsContract is the order of grounds for a course, said a second time: what
// a person set, ceilings, increments, floors, words, growth, what is assumed. A
// baseline that equals the target is left out but for ceilings in words.
func followsContract(before, after Indicator) bool {
	in := after
	worded := in.Target.Comparator == AtMost || in.Target.Comparator == LessThan
	t := in.SignedTarget()
	worse := in.Baseline != nil && (in.Direction == Decrease && in.Baseline.Cmp(highEnd(t)) > 0 || in.Direction == Increase && in.Baseline.Cmp(t.Value) < 0)
	better := in.Baseline != nil && (in.Direction == Decrease && in.Baseline.Cmp(highEnd(t)) < 0 || in.Direction == Increase && in.Baseline.Cmp(t.Value) > 0)
	want := func(c Course) bool { return in.Course == c }
	switch {
	case before.CourseBy == ByPerson && before.Course != "":
		return want(before.Course)
	case in.Each != "":
		return want(Accrue)
	case in.Kind == Increment && (worded || in.Direction == Within || in.Direction == Decrease && in.Target.Value.Sign() >= 0):
		return want(Hold)
	case in.Kind == Increment:
		return want(Accrue)
	case in.Target.Waits:
		return true
	case in.Direction == Within || better || worded && !worse:
		return want(Hold)
	case in.Baseline != nil && !worse:
		return true
	case in.Direction == Increase && in.Baseline == nil && t.Value.Sign() < 0: // a floor
		return want(Hold)
	case in.Direction == Decrease && in.Baseline == nil && in.Kind != Growth: // nothing to come down from
		return want(Hold) && (worded || in.CourseBy == ByBaseline)
	case before.CourseBy == ByText && before.Course != "" && in.Kind != Growth:
		return want(before.Course) && in.CourseBy == ByText
	case in.Kind == Growth && in.Over == OverTerm && before.CourseBy != ByText:
		return want(Accrue)
	case in.Kind == Growth && in.Over == OverYear && in.Baseline == nil, in.Kind == Growth && in.Over == OverAverage && in.Baseline == nil:
		return want(Hold)
	case in.Baseline == nil && in.Kind != Growth:
		return in.CourseBy == Assumed && want(map[Kind]Course{Ratio: Hold, Cumulative: Accrue}[in.Kind])
	}
	return true
}

func highEnd(t Target) quantity.Number {
	if t.ValueHigh != nil {
		return *t.ValueHigh
	}
	return t.Value
}
