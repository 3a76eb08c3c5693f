package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Factors by which a value must differ before its magnitude is doubted. They lie
// beyond what sound data do: a harvest is a hundred times a lean month but no
// more than the year's target, and few targets are met twice over.
const (
	tenfold       = 5    // a digit too many: values scatter, so five times already, where the target is broken as well
	aloneTenfold  = 8    // of the target, where there is no series yet
	myriad        = 3000 // 万 forgotten, give or take the scatter
	beyondTarget  = 1000 // of the target, whatever the series
	farBelow      = 100  // the target: of two values apart, the one near it is no mistake
	twiceExceeded = 2    // times the target: less in one value is no more than a very good year
)

// magnitude looks for a value that is 10, 10⁴ or 10⁸ times what the series or
// the target lets expect.
func (s *series) magnitude() {
	if s.in.Kind == indicator.Growth || s.in.Target.Waits || len(s.fit) == 0 {
		return
	}
	if !s.apart() {
		return
	}
	for basis, same := range s.byBasis() {
		for i, r := range same {
			if r.Value.Sign() == 0 {
				continue
			}
			expected, found := s.doubted(same, i)
			if !found && basis == 0 {
				expected, found = s.digitTooMany(same, i)
			}
			if found {
				s.doubt(Magnitude, []int64{r.ID},
					"%s 报 %s%s，与可预期的约 %s%s 相差悬殊，请核对计量单位与位数", "%s is reported as %s%s, far from about %s%s that could be expected: check the unit and the digits",
					r.Period, r.Value, r.Unit, show(expected), s.in.Target.Unit)
			}
		}
	}
}

// apart reports whether any two values, or a value and the target, are so far
// apart that it is worth a closer look: the first digits of two stand three or
// more places apart, or the largest is twice the target or four times the next.
func (s *series) apart() bool {
	var largest, second quantity.Number
	low, high := 0, 0
	for i := range s.fit {
		r := &s.fit[i]
		switch {
		case r.converted != nil || r.Value.Sign() < 0:
			return true
		case r.Value.Sign() == 0:
			continue
		case r.Value.Cmp(largest) > 0:
			largest, second = r.Value, largest
		case r.Value.Cmp(second) > 0:
			second = r.Value
		}
		at := r.Value.FirstDigit()
		if low == 0 && high == 0 {
			low, high = at, at
		}
		low, high = min(low, at), max(high, at)
	}
	return high-low >= 3 || largest.Reaches(twiceExceeded, s.in.Target.Value) || second.Sign() > 0 && largest.Reaches(4, second)
}

// byBasis splits the reports into those of this period alone and the totals or
// levels, which are not of one size.
func (s *series) byBasis() [2][]report {
	var parts [2][]report
	for _, r := range s.fit {
		parts[rank(r.Basis)] = append(parts[rank(r.Basis)], r)
	}
	return parts
}

// doubted reports whether the size of a value is to be doubted, and what was to
// be expected instead.
func (s *series) doubted(same []report, i int) (expected *big.Rat, found bool) {
	v := new(big.Rat).Abs(same[i].exact())
	typical := s.typical(same, i)
	target := new(big.Rat).Abs(s.goal.end())
	counts := !s.goal.lessIsBetter && !s.goal.within && target.Sign() != 0
	switch {
	case counts && times(v, target) >= beyondTarget:
		return or(typical, target), true
	case counts && times(v, target) < twiceExceeded:
	case typical != nil && times(v, typical) >= myriad:
		return typical, true
	case counts && typical == nil && times(v, target) >= aloneTenfold:
		return target, true
	case counts && typical != nil && times(v, typical) >= tenfold:
		return typical, true
	}
	if typical == nil || same[i].Basis == indicator.ThisPeriod {
		return nil, false
	}
	small := times(typical, v) >= myriad && (target.Sign() == 0 || times(target, v) >= farBelow)
	large := s.goal.lessIsBetter && times(v, typical) >= myriad
	return typical, small || large
}

// digitTooMany reports whether an increment among steady ones would be one of
// them with a digit less, and whether about as much as is due is then reached,
// while with that digit the whole target is exceeded.
func (s *series) digitTooMany(same []report, i int) (expected *big.Rat, found bool) {
	others := sizes(same, i)
	if i == 0 || s.totals() > 0 || len(others) < 2 || len(others) < len(same)-1 || s.goal.lessIsBetter || s.in.Each != "" || same[i].Value.Sign() < 0 {
		return nil, false
	}
	least, most := others[0], others[len(others)-1]
	v := same[i].exact()
	less := scaled(v, 1, 10)
	steady := times(most, least) < 3 && times(v, most) >= 4
	if !steady || less.Cmp(scaled(least, 1, 2)) < 0 || less.Cmp(scaled(most, 2, 1)) > 0 {
		return nil, false
	}
	due := scaled(s.goal.end(), 1, 100)
	due.Mul(due, s.pace.exact)
	sum := s.actual.value
	corrected := new(big.Rat).Sub(sum, scaled(v, 9, 10))
	enough := scaled(s.goal.end(), 6, 5)  // of the whole target
	if !same[i].ends.Before(s.in.DueOn) { // the last days of a term see a rush
		enough = scaled(s.goal.end(), 3, 2)
		if times(most, least) >= 2 || times(v, most) < 5 {
			return nil, false
		}
	}
	exceeded := sum.Cmp(enough) >= 0
	met := corrected.Cmp(scaled(due, 1, 2)) >= 0 && corrected.Cmp(scaled(due, 3, 2)) <= 0
	return others[len(others)/2], exceeded && met
}

func or(a, b *big.Rat) *big.Rat {
	if a != nil {
		return a
	}
	return b
}

// times is how many times b a is, rounded down, and at most a billion; b is
// above 0.
func times(a, b *big.Rat) int64 {
	q := floor(new(big.Rat).Quo(a, b))
	if !q.IsInt64() || q.Int64() > 1e9 {
		return 1e9
	}
	return q.Int64()
}

// typical is what the other values let expect: the median of the increments, or
// the total or level before, or without one the level after. It is nil where
// there is none.
func (s *series) typical(same []report, i int) *big.Rat {
	if same[i].Basis == indicator.ThisPeriod {
		if others := sizes(same, i); len(others) > 0 {
			return others[len(others)/2]
		}
		return nil
	}
	for k := i - 1; k >= 0; k-- {
		if same[k].Value.Sign() != 0 {
			return new(big.Rat).Abs(same[k].exact())
		}
	}
	if s.adds() {
		return nil // a running total may begin as small as it likes
	}
	for _, r := range same[i+1:] {
		if r.Value.Sign() != 0 {
			return new(big.Rat).Abs(r.exact())
		}
	}
	return nil
}

// looksTotal looks for increments that are running totals: they never fall, rise
// to about what is due by now, and together make far more than that.
func (s *series) looksTotal() {
	pace := s.pace.exact
	if !s.adds() || len(s.fit) < 3 || s.in.Each != "" || s.in.Target.Waits || s.goal.lessIsBetter || pace.Sign() == 0 {
		return
	}
	reports := s.fit
	if s.totals() > 0 {
		reports = s.byBasis()[0]
	}
	tail := rising(reports)
	for len(tail) > 0 && tail[0].Value.Sign() == 0 { // nothing yet
		tail = tail[1:]
	}
	target := s.goal.end()
	if len(tail) < 3 || !less(tail[0], tail[len(tail)-1]) || target.Sign() <= 0 {
		return
	}
	sum := new(big.Rat)
	for _, r := range reports {
		sum.Add(sum, r.exact())
	}
	first, last := tail[0].exact(), tail[len(tail)-1].exact()
	due := new(big.Rat).Mul(target, pace)
	due.Quo(due, hundred())
	tooMuch := sum.Cmp(scaled(target, 19, 10)) >= 0 || len(tail) >= 4 && sum.Cmp(scaled(due, 5, 2)) >= 0
	likely := last.Cmp(scaled(due, 2, 5)) >= 0 && last.Cmp(scaled(due, 9, 4)) <= 0
	grown := last.Cmp(scaled(first, 3, 2)) >= 0
	if !tooMuch || !likely || !grown {
		return
	}
	s.doubt(LooksTotal, idsOf(tail),
		"%s 至 %s 的本期数逐期不减，末期 %s%s 已近应达进度，合计却达 %s%s，疑为累计数误报为本期数",
		"the increments from %s to %s never fall, the last, %s%s, is about what is due, and together they make %s%s: they look like running totals",
		tail[0].Period, tail[len(tail)-1].Period, show(last), s.in.Target.Unit, show(sum), s.in.Target.Unit)
}

// rising is the longest end of a series that never falls.
func rising(reports []report) []report {
	from := max(len(reports)-1, 0)
	for from > 0 && !less(reports[from], reports[from-1]) {
		from--
	}
	return reports[from:]
}

func scaled(x *big.Rat, num, den int64) *big.Rat { return new(big.Rat).Mul(x, big.NewRat(num, den)) }
