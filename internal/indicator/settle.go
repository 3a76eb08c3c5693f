package indicator

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Settle fills in what follows from the other fields: which way is better, how
// the target is held against time, what growth is measured over, and the basis
// that an omitted one means. What a person or the plan's words said is kept
// where the target leaves room for it; what nothing says is assumed, and marked
// as such. Settling twice changes nothing.
func (in *Indicator) Settle() {
	switch {
	case in.Kind != Growth:
		in.Over = ""
	case in.Over == "" && in.Target.Unit.IsPoints():
		in.Over = OverTerm
	case in.Over == "":
		in.Over = OverYear
	}
	if in.DefaultBasis == "" {
		in.DefaultBasis = in.OmittedBasis()
	}
	in.Direction, in.DirectionBy = in.settledDirection()
	in.Course, in.CourseBy = in.settledCourse()
}

// OmittedBasis is what a report that names no basis means, where nobody said so:
// an increment, or of an average the rate of one year, is of its period alone.
func (in Indicator) OmittedBasis() Basis {
	if in.Kind == Increment || in.Over == OverAverage {
		return ThisPeriod
	}
	return Total
}

// settledDirection says which way is better and what says so. The comparator
// decides first. 下降4% is growth of 4 with direction decrease, whatever its
// comparator.
func (in Indicator) settledDirection() (Direction, Settled) {
	said := in.DirectionBy == ByPerson || in.DirectionBy == ByText
	given := in.Direction != "" && said
	fall := in.Kind == Growth && in.Direction == Decrease && (said || in.DirectionBy == "")
	switch in.Target.Comparator {
	case AtMost, LessThan:
		return Decrease, ByComparator
	case AtLeast, MoreThan:
		if fall {
			return Decrease, kept(in.DirectionBy)
		}
		return Increase, ByComparator
	}
	if in.Target.ValueHigh != nil {
		return in.directionOfRange(given, fall)
	}
	if in.Direction == Within { // left over from a range
		in.Direction, given = Increase, false
	}
	switch {
	case in.Kind != Increment && in.Baseline != nil && in.Kind != Growth && !in.Target.Waits && !in.Baseline.Equal(in.Target.Value):
		if in.Target.Value.Cmp(*in.Baseline) < 0 {
			return Decrease, ByBaseline
		}
		return Increase, ByBaseline
	}
	switch {
	case given:
		return in.Direction, in.DirectionBy
	case fall:
		return Decrease, kept(in.DirectionBy)
	case in.belowStart():
		return Decrease, ByKind
	case in.Kind != Growth && in.Target.Value.Sign() == 0 && !in.Target.Waits && in.Baseline == nil:
		return Decrease, ByKind // nothing is below none
	case in.Direction == "" || in.Kind == Growth: // growth that falls says so
		return Increase, Assumed
	}
	return in.Direction, Assumed
}

// belowStart reports whether a target below 0 lies below what it is counted from:
// 0, or of growth its baseline.
func (in Indicator) belowStart() bool {
	if in.Kind != Growth && in.Kind != Increment || in.Target.Waits || in.Target.Value.Sign() >= 0 {
		return false
	}
	return in.Kind == Increment || in.Baseline == nil || in.Target.Value.Cmp(*in.Baseline) < 0
}

// kept is the ground of a fall; one without a ground was worded as one.
func kept(by Settled) Settled {
	if by == "" {
		return ByText
	}
	return by
}

// directionOfRange says which end of a range must be reached; a range about
// which nothing says so has two limits.
func (in Indicator) directionOfRange(given, fall bool) (Direction, Settled) {
	if given {
		return in.Direction, in.DirectionBy
	}
	switch {
	case fall:
		return Decrease, kept(in.DirectionBy)
	case in.Baseline == nil || in.Kind == Increment || in.Kind == Growth:
	case in.Baseline.Cmp(in.Target.Value) < 0:
		return Increase, ByBaseline
	case in.Baseline.Cmp(*in.Target.ValueHigh) > 0:
		return Decrease, ByBaseline
	}
	return Within, Assumed
}

// settledCourse says how the target is held against time: the first of what a
// person set, ceilings, increments, floors, words, growth, and a baseline that
// fits. What is left is assumed: a share holds, a level accrues.
func (in Indicator) settledCourse() (Course, Settled) {
	if in.CourseBy == ByPerson && in.Course != "" {
		return in.Course, ByPerson
	}
	if in.Kind == Increment {
		return in.courseOfIncrement()
	}
	t := in.SignedTarget()
	if !in.Target.Waits {
		if by, limit := in.limits(t); limit {
			return Hold, by
		}
	}
	switch {
	case in.CourseBy == ByText && in.Course != "" && (in.Kind != Growth || in.Course == Hold):
		return in.Course, ByText
	case in.Kind == Growth && in.Over == OverTerm:
		return Accrue, ByKind
	case in.Baseline != nil:
		return Accrue, ByBaseline
	case in.Kind == Growth:
		return Hold, ByKind
	case in.Kind == Ratio:
		return Hold, Assumed
	}
	return Accrue, Assumed
}

func (in Indicator) courseOfIncrement() (Course, Settled) {
	switch {
	case in.Each != "":
		return Accrue, ByKind
	case in.Target.Comparator == AtMost || in.Target.Comparator == LessThan:
		return Hold, ByComparator
	case in.Direction == Decrease && in.Target.Value.Sign() >= 0, in.Direction == Within:
		return Hold, ByKind
	}
	return Accrue, ByKind
}

// limits reports whether a target is a limit to keep, and why: a ceiling unless
// its baseline lies above it, a floor whose baseline lies above it or that is
// below 0, and what must come down but has no baseline to come down from.
func (in Indicator) limits(t Target) (Settled, bool) {
	worded := in.Target.Comparator == AtMost || in.Target.Comparator == LessThan
	low, high := t.Value, t.Value
	if t.ValueHigh != nil {
		high = *t.ValueHigh
	}
	switch {
	case in.Direction == Within:
		return in.DirectionBy, true
	case worded && (in.Baseline == nil || in.Baseline.Cmp(t.Value) <= 0):
		return ByComparator, true
	case in.Kind == Growth && in.Direction == Decrease: // a fall is counted from 0, or from its baseline
		return ByBaseline, in.Baseline != nil && in.Baseline.Cmp(high) < 0
	case in.Direction == Decrease:
		return ByBaseline, in.Baseline == nil || in.Baseline.Cmp(high) < 0
	case in.Baseline != nil:
		return ByBaseline, in.Baseline.Cmp(low) > 0
	case low.Sign() < 0:
		return ByComparator, true
	}
	return "", false
}

// SignedTarget is the target with the sign of a fall: 下降4% is stored as growth
// of 4 with direction decrease and means −4; reports are signed, and 下降4%以上
// (ge) means −4 or less. A growth of at most so much (涨幅3%以内, le or lt) and a
// target below 0 keep their sign.
func (in Indicator) SignedTarget() Target {
	t := in.Target
	limit := t.Comparator == AtMost || t.Comparator == LessThan
	if in.Kind != Growth || in.Direction != Decrease || limit {
		return t
	}
	if t.Value.Sign() > 0 || t.ValueHigh != nil && t.Value.Sign() == 0 {
		t.Value = negative(t.Value)
		if t.ValueHigh != nil {
			low := negative(*t.ValueHigh)
			high := t.Value
			t.Value, t.ValueHigh = low, &high
		}
	}
	switch t.Comparator {
	case AtLeast:
		t.Comparator = AtMost
	case MoreThan:
		t.Comparator = LessThan
	}
	return t
}

func negative(n quantity.Number) quantity.Number { return quantity.FromInt(0).Minus(n) }

// CountsSingles reports whether what is counted comes whole: increments and
// stocks in count units (个, 万人). A figure per head or on average does not.
func (in Indicator) CountsSingles() bool {
	return (in.Kind == Increment || in.Kind == Cumulative) && in.Target.Unit.IsCount() &&
		!strings.HasPrefix(in.Name, "每") && !strings.Contains(in.Name, "均")
}

// decision are the fields that direction and course follow from, but for those
// that are pointers.
type decision struct {
	kind      Kind
	direction Direction
	by        Settled
	course    Course
	courseBy  Settled
	over      Over
	each      Frequency
	target    Target
}

func (in Indicator) decision() decision {
	t := in.Target
	t.ValueHigh, t.Reference = nil, ""
	return decision{in.Kind, in.Direction, in.DirectionBy, in.Course, in.CourseBy, in.Over, in.Each, t}
}

// SettlesAs reports whether all that direction and course follow from is the
// same in another version.
func (in Indicator) SettlesAs(o Indicator) bool {
	return in.decision() == o.decision() && sameNumber(in.Baseline, o.Baseline) && sameNumber(in.Target.ValueHigh, o.Target.ValueHigh)
}

func sameNumber(a, b *quantity.Number) bool { return a == b || a != nil && b != nil && a.Equal(*b) }
