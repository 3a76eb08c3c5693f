package progress

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Factors by which a value must differ before its magnitude is doubted. They lie
// beyond what sound data do: a harvest is a hundred times a lean month but no
// more than the year's target, and few targets are met twice over.
const (
	tenfold       = 5    // a digit too many: values scatter, so five times already
	aloneTenfold  = 8    // of the target, where there is no series yet
	myriad        = 3000 // 万 forgotten, give or take the scatter
	beyondTarget  = 1000 // of the target, whatever the series
	farBelow      = 100  // the target: of two values apart, the one near it is no mistake
	twiceExceeded = 2    // times the target: less in one value is no more than a very good year
)

// magnitude looks for values that are 10, 10⁴ or 10⁸ times what the series or
// the target lets expect.
func (s *series) magnitude() {
	if s.in.Kind == indicator.Growth || s.in.Target.Waits || !s.apart() {
		return
	}
	z := s.sized()
	for basis, same := range z.places {
		for k := range same {
			expected, found := z.doubted(basis, k)
			if !found && basis == increments {
				expected, found = z.digitTooMany(k)
			}
			if !found {
				continue
			}
			r := &s.fit[same[k]]
			s.doubt(Magnitude, []int64{r.ID}, func() fault.Text {
				usual := s.goal.end()
				if expected >= 0 {
					usual = s.fit[expected].exact()
				}
				return fault.Say(
					"%s 报 %s%s，与可预期的约 %s%s 相差悬殊，请核对计量单位与位数", "%s is reported as %s%s, far from about %s%s that could be expected: check the unit and the digits",
					r.Period, r.Value, r.Unit, show(usual), s.in.Target.Unit)
			})
		}
	}
}

// apart reports whether any two values, or a value and the target, are so far
// apart that it is worth a closer look: the first digits of two stand three or
// more places apart, or the largest is twice the target or four times the next.
// Most reports end here.
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

// The bases, as the places of sizes know them.
const (
	increments = 0 // of this period alone
	levels     = 1 // running totals, and levels
)

// sizes are the values of a series and its target as whole numbers of a common
// scale, without their signs. They are exact enough to tell orders of magnitude
// apart, which is all that they are for.
type sizes struct {
	*series
	values []int64  // of the reports
	target int64    // what is to be reached
	places [2][]int // reports whose value is not 0, by basis
	order  []int    // those of this period alone, by size
}

// mostSize bounds sizes, so that they can be multiplied with a pace.
const mostSize = 1_000_000_000_000

func (s *series) sized() *sizes {
	z := &sizes{series: s, values: make([]int64, len(s.fit))}
	exact := make([]quantity.Number, len(s.fit)+1)
	fits := true
	for i := range s.fit {
		r := &s.fit[i]
		exact[i] = r.Value
		fits = fits && r.converted == nil
	}
	exact[len(s.fit)] = s.target()
	scaled, ok := quantity.Scaled(exact, mostSize)
	if !fits || !ok {
		scaled = s.approximated()
	}
	z.target = scaled[len(s.fit)]
	copy(z.values, scaled)
	for i, v := range z.values {
		if v != 0 {
			basis := rank(s.fit[i].Basis)
			z.places[basis] = append(z.places[basis], i)
		}
	}
	z.order = slices.Clone(z.places[increments])
	slices.SortFunc(z.order, func(a, b int) int { return int(z.values[a] - z.values[b]) })
	return z
}

// target is what is to be reached, as it is written.
func (s *series) target() quantity.Number {
	if s.goal.high != nil && s.goal.lessIsBetter {
		return *s.in.Target.ValueHigh
	}
	return s.in.Target.Value
}

// approximated are the sizes of values that do not fit a common scale exactly:
// the largest gets as many digits as sizes have, the others what that leaves.
func (s *series) approximated() []int64 {
	all := make([]*big.Rat, 0, len(s.fit)+1)
	for _, r := range s.fit {
		all = append(all, new(big.Rat).Abs(r.exact()))
	}
	all = append(all, new(big.Rat).Abs(s.goal.end()))
	largest := slices.MaxFunc(all, (*big.Rat).Cmp)
	out := make([]int64, len(all))
	if largest.Sign() == 0 {
		return out
	}
	scale := new(big.Rat).Quo(new(big.Rat).SetInt64(mostSize), largest)
	for i, x := range all {
		out[i] = floor(new(big.Rat).Mul(x, scale)).Int64()
	}
	return out
}

// counts reports whether the target says how large values may become.
func (z *sizes) counts() bool { return !z.goal.lessIsBetter && !z.goal.within && z.target != 0 }

// doubted reports whether the size of a value is to be doubted, and which report
// shows what was to be expected instead; none, -1, is the target.
func (z *sizes) doubted(basis, k int) (expected int, found bool) {
	v := z.values[z.places[basis][k]]
	usual := z.typical(basis, k)
	typical := int64(0)
	if usual >= 0 {
		typical = z.values[usual]
	}
	switch counts := z.counts(); {
	case counts && v/z.target >= beyondTarget:
		return usual, true
	case counts && v/z.target < twiceExceeded:
	case typical != 0 && v/typical >= myriad:
		return usual, counts || basis == levels
	case counts && typical == 0 && v/z.target >= aloneTenfold:
		return usual, true
	case counts && typical != 0 && v/typical >= tenfold:
		return usual, true
	}
	small := basis == levels && typical/v >= myriad && (z.target == 0 || z.target/v >= farBelow)
	return usual, small
}

// typical is the report that shows what the others let expect: the median of the
// increments, or the total or level before, or without one the level after; -1
// where there is none.
func (z *sizes) typical(basis, k int) int {
	same := z.places[basis]
	switch {
	case basis == increments && len(same) > 1:
		middle := (len(same) - 1) / 2 // of the others
		if slices.Index(z.order, same[k]) <= middle {
			middle++
		}
		return z.order[middle]
	case basis == increments:
	case k > 0:
		return same[k-1]
	case !z.adds() && len(same) > 1: // a running total may begin as small as it likes
		return same[1]
	}
	return -1
}

// digitTooMany reports whether an increment among steady ones would be one of
// them with a digit less, and whether about as much as is due is then reached,
// while with that digit the whole target is exceeded.
func (z *sizes) digitTooMany(k int) (expected int, found bool) {
	n := len(z.order)
	i := z.places[increments][k]
	if i == 0 || n < 3 || n < len(z.fit) || z.order[n-1] != i || z.in.Each != "" || !z.counts() || z.fit[i].Value.Sign() < 0 {
		return 0, false
	}
	v, most, least := z.values[i], z.values[z.order[n-2]], z.values[z.order[0]]
	steady := most/least < 3 && v/most >= 4
	if !steady || v/10 < least/2 || v/10 > 2*most {
		return 0, false
	}
	enough := z.target * 6 / 5
	if !z.fit[i].ends.Before(z.in.DueOn) { // the last days of a term see a rush
		enough = z.target * 3 / 2
		if most/least >= 2 || v/most < 5 {
			return 0, false
		}
	}
	sum := int64(0)
	for _, value := range z.values {
		sum += value
	}
	pace := floor(new(big.Rat).Mul(z.pace.exact, big.NewRat(1000, 1))).Int64() // thousandths of a percent
	due, corrected := z.target*pace/100_000, sum-v*9/10
	return z.order[n/2-1], sum >= enough && corrected >= due/2 && corrected <= due*3/2
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
		reports = slices.DeleteFunc(slices.Clone(s.fit), func(r report) bool { return r.Basis == indicator.Total })
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
	first, last := tail[0], tail[len(tail)-1]
	due := new(big.Rat).Mul(target, pace)
	due.Quo(due, percentBase)
	tooMuch := sum.Cmp(scaled(target, 19, 10)) >= 0 || len(tail) >= 4 && sum.Cmp(scaled(due, 5, 2)) >= 0
	likely := last.exact().Cmp(scaled(due, 2, 5)) >= 0 && last.exact().Cmp(scaled(due, 9, 4)) <= 0
	grown := last.exact().Cmp(scaled(first.exact(), 3, 2)) >= 0
	if !tooMuch || !likely || !grown {
		return
	}
	s.doubt(LooksTotal, idsOf(tail), func() fault.Text {
		return fault.Say(
			"%s 至 %s 的本期数逐期不减，末期 %s%s 已近应达进度，合计却达 %s%s，疑为累计数误报为本期数",
			"the increments from %s to %s never fall, the last, %s%s, is about what is due, and together they make %s%s: they look like running totals",
			first.Period, last.Period, show(last.exact()), s.in.Target.Unit, show(sum), s.in.Target.Unit)
	})
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
