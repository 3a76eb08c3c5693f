package progress

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// sign looks for figures of the wrong sign: a fall that is reported as people write
// it (下降 3.1%) where falls are below 0, a rise below 0 among steady ones, and shares
// of less than nothing.
func (s *series) sign() {
	if s.in.Target.Waits || s.in.Kind != indicator.Growth && s.in.Kind != indicator.Ratio {
		return
	}
	for i := range s.fit {
		r := &s.fit[i]
		switch {
		case r.Value.Sign() > 0 && s.in.Kind == indicator.Growth && s.nearFall(r):
			s.doubt(Sign, []int64{r.ID}, tell(
				"%s 报 %s%s，而目标是下降（%s%s），下降请报负数", "%s is reported as %s%s, a rise, while the target is a fall (%s%s): report falls as negative numbers",
				r.Period, r.Value, r.Unit, show(s.goal.end()), s.in.Target.Unit))
		case r.Value.Sign() < 0 && (s.in.Kind == indicator.Ratio && s.farBelowNothing(r) || s.in.Kind == indicator.Growth && s.amongSteadyRises(i)):
			s.doubt(Sign, []int64{r.ID}, tell(
				"%s 报 %s%s，低于 0，请核对正负号", "%s is reported as %s%s, below 0: check its sign", r.Period, r.Value, r.Unit))
		}
	}
}

// nearFall reports whether a rise is about as large as the fall that is aimed at. A
// year's part of the fall of a whole term counts too.
func (s *series) nearFall(r *report) bool {
	end := s.goal.end()
	if end.Sign() >= 0 {
		return false
	}
	fall := new(big.Rat).Neg(end)
	least := scaled(fall, 1, 2)
	if s.in.Over == indicator.OverTerm {
		least.Quo(least, big.NewRat(int64(s.in.DueOn.Year()-s.in.StartsOn.Year()+1), 1))
	}
	v := r.exact()
	return v.Cmp(least) >= 0 && v.Cmp(scaled(fall, 2, 1)) <= 0
}

// mostMargin is the target in percent up to which a share may be below 0, as a margin
// of profit is in a bad month.
const mostMargin = 30

func (s *series) farBelowNothing(r *report) bool {
	target := s.goal.end()
	if !s.in.IsShare() || target.Sign() <= 0 {
		return false
	}
	size := new(big.Rat).Neg(r.exact())
	return size.Cmp(scaled(target, 1, 2)) >= 0 || !s.isMargin()
}

// isMargin reports whether the target is low enough for a share that may be near
// nothing, or below.
func (s *series) isMargin() bool {
	return s.goal.end().Cmp(scaled(whole(s.in.Target.Unit), mostMargin, 100)) < 0
}

// amongSteadyRises reports whether all other reports, three at least, are rises of
// nearly the size that this one has below 0.
func (s *series) amongSteadyRises(i int) bool {
	if len(s.fit) < 4 || s.goal.end().Sign() <= 0 {
		return false
	}
	var least, most *big.Rat
	for k := range s.fit {
		v := s.fit[k].exact()
		switch {
		case k == i:
			continue
		case v.Sign() <= 0:
			return false
		}
		if least == nil || v.Cmp(least) < 0 {
			least = v
		}
		if most == nil || v.Cmp(most) > 0 {
			most = v
		}
	}
	size := new(big.Rat).Neg(s.fit[i].exact())
	return most.Cmp(scaled(least, 3, 2)) <= 0 && size.Cmp(scaled(least, 2, 3)) >= 0 && size.Cmp(scaled(most, 3, 2)) <= 0
}

// Factors for percents, which are not lumpy.
const (
	percentJump     = 5  // times the target and the report before: a decimal point lost
	hundredAtTarget = 50 // times the target, whatever was before
	pointLostFrom   = 8  // times a target with decimals, of a figure without
	pointLostTo     = 13
)

// percents looks for percents that were sent as fractions (0.984), and for those a
// hundred times or, where the series shows it, ten times too large.
func (s *series) percents() {
	unit := s.in.Target.Unit
	if s.in.Target.Waits || !unit.IsPercent() || unit.IsPoints() || s.in.Over == indicator.OverTerm ||
		s.in.Kind != indicator.Growth && s.in.Kind != indicator.Ratio || s.goal.end().Sign() == 0 {
		return
	}
	leap, _ := decimal(scaled(size(s.goal.end()), percentJump, 1))
	for i := range s.fit {
		r := &s.fit[i]
		if r.converted != nil || r.Share != nil || r.Value.Sign() == 0 || s.alreadyDoubted(Magnitude, r.ID) {
			continue
		}
		low := s.target().FirstDigit() - r.Value.FirstDigit()
		switch {
		case low >= 1 && s.isFraction(i):
			s.doubt(Magnitude, []int64{r.ID}, s.percentText(r, 100, 1))
		case low <= -1 && s.isHundredfold(i):
			s.doubt(Magnitude, []int64{r.ID}, s.percentText(r, 1, 100))
		case low <= 0 && r.Value.Abs().Cmp(leap) >= 0 && s.isTenfold(i):
			s.doubt(Magnitude, []int64{r.ID}, s.percentText(r, 1, 10))
		}
	}
}

func (s *series) alreadyDoubted(code Caution, id int64) bool {
	return slices.ContainsFunc(s.doubts, func(c caution) bool { return c.code == code && slices.Contains(c.by, id) })
}

func (s *series) percentText(r *report, num, den int64) telling {
	return func() fault.Text {
		return fault.Say("%s 报 %s%s，是否应为 %s%s？请核对单位与小数点", "%s is reported as %s%s: should it be %s%s? Check the unit and the decimal point",
			r.Period, r.Value, r.Unit, show(scaled(r.exact(), num, den)), r.Unit)
	}
}

func size(x *big.Rat) *big.Rat { return new(big.Rat).Abs(x) }

// isFraction reports whether a hundred times a figure is about the target, and the
// figure has more decimals than are usual or less than a fortieth of what was
// reported before. What grows from nothing may begin as small: then it must be
// nearer to the target.
func (s *series) isFraction(i int) bool {
	v := s.fit[i].exact()
	if size(v).Cmp(scaled(whole(s.in.Target.Unit), 1, 100)) > 0 || !s.nearInHundreds(v) || s.in.Kind == indicator.Ratio && v.Sign() < 0 {
		return false
	}
	if s.in.Kind == indicator.Ratio && i > 0 {
		before := s.fit[i-1].exact()
		if before.Cmp(scaled(v, 40, 1)) >= 0 && before.Cmp(scaled(size(s.goal.end()), 1, 2)) >= 0 {
			return true
		}
	}
	usual, alone := max(1, decimals(s.target())), true
	for k := range s.fit {
		if r := &s.fit[k]; k != i && !s.nearInHundreds(r.exact()) {
			usual, alone = max(usual, decimals(r.Value)), false
		}
	}
	if alone && len(s.fit) > 1 && s.in.Kind == indicator.Ratio && s.isMargin() {
		return false // all of them may be near nothing
	}
	if alone && s.in.Kind == indicator.Ratio && !s.goal.holds {
		of := new(big.Rat).Quo(scaled(size(v), 100, 1), size(s.goal.end()))
		if of.Cmp(big.NewRat(17, 20)) < 0 || of.Cmp(big.NewRat(6, 5)) > 0 {
			return false
		}
	}
	return decimals(s.fit[i].Value) > usual
}

// nearInHundreds reports whether a hundred times a figure is about the target.
func (s *series) nearInHundreds(v *big.Rat) bool {
	as, target := scaled(size(v), 100, 1), size(s.goal.end())
	return as.Cmp(scaled(target, 2, 5)) >= 0 && as.Cmp(scaled(target, 5, 2)) <= 0
}

func decimals(n quantity.Number) int {
	places := 0
	for unit := n.LastPlace(); !unit.IsInt(); places++ {
		unit.Mul(unit, big.NewRat(10, 1))
	}
	return places
}

func (s *series) isHundredfold(i int) bool {
	v, target := size(s.fit[i].exact()), size(s.goal.end())
	return v.Cmp(scaled(target, hundredAtTarget, 1)) >= 0 && v.Cmp(whole(s.in.Target.Unit)) > 0
}

// isTenfold reports whether a figure that leaps far above the target does so above what was
// reported before too, or lacks the decimal point that the target has.
func (s *series) isTenfold(i int) bool {
	v, target := size(s.fit[i].exact()), size(s.goal.end())
	if i > 0 && v.Cmp(scaled(size(s.fit[i-1].exact()), percentJump, 1)) >= 0 {
		return true
	}
	return decimals(s.target()) > 0 && s.fit[i].Value.IsWhole() &&
		v.Cmp(scaled(target, pointLostFrom, 1)) >= 0 && v.Cmp(scaled(target, pointLostTo, 1)) <= 0
}
