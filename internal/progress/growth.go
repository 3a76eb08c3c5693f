package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// compounded is how a growth over several years came about.
type compounded struct {
	points  bool     // changes in points, which add up
	factors []report // the total since the base if any, then the rates of whole years
	total   *big.Rat // growth since the base, in the target's unit
	years   int      // that it covers
	of      int      // years of the term
	missing int      // the first year without a rate, 0 when there is none
}

// compound makes the growth since the base out of the latest total and the rates
// of the years after it: rates compound (−3% and −2.8% are −5.716%), points
// add up. An average is the yearly rate that gives the same growth in as many
// years. A year without a rate between others leaves no value.
func (a *actual) compound(in indicator.Indicator, g goal, p Profile) {
	first := in.StartsOn.Year()
	c := &compounded{points: in.Target.Unit.IsPoints(), of: in.DueOn.Year() - first + 1}
	a.growth = c
	next, begun := first, false // the year whose rate comes next; part of it is in a total
	for i := len(a.fit) - 1; i >= 0; i-- {
		if r := a.fit[i]; r.Basis == indicator.Total {
			c.factors = append(c.factors, r)
			after := r.ends.AddDays(1)
			next = after.Year()
			begun = after != indicator.DateOf(next, 1, 1)
			break
		}
	}
	for _, r := range a.fit {
		year := r.Period.Start().Year()
		switch {
		case r.Basis == indicator.Total || year < next:
		case year == next && begun:
			a.overlapping = append(a.overlapping, r)
		case year > next:
			c.missing = next
			return
		default:
			c.factors = append(c.factors, r)
			next++
		}
	}
	c.years = next - first
	a.used = c.factors
	c.total = c.grown(in.Target.Unit)
	if in.Over == indicator.OverTerm || c.years < 1 {
		a.value = c.total
		a.shown, _ = decimal(a.value)
		return
	}
	a.value = c.average(in.Target.Unit, g.bounds(p))
	a.shown = quantity.FromRat(a.value, averagePlaces)
	if n, exact := decimal(a.value); exact && len(n.String()) <= len(a.shown.String()) {
		a.shown = n
	}
}

// averagePlaces is how many decimals an average is printed with.
const averagePlaces = 4

// whole is how many of a unit are everything: 100 of %, 1000 of ‰.
func whole(unit quantity.Unit) *big.Rat {
	return new(big.Rat).Quo(hundred(), unit.Factor())
}

// grown is the growth since the base in a unit.
func (c *compounded) grown(unit quantity.Unit) *big.Rat {
	if c.points {
		sum := new(big.Rat)
		for _, r := range c.factors {
			sum.Add(sum, r.exact())
		}
		return sum
	}
	one, all := big.NewRat(1, 1), whole(unit)
	product := big.NewRat(1, 1)
	for _, r := range c.factors {
		rate := new(big.Rat).Quo(r.exact(), all)
		product.Mul(product, rate.Add(rate, one))
	}
	return product.Mul(product.Sub(product, one), all)
}

// average is the yearly rate that gives the total. One that is no fraction is
// approximated, as closely as it takes to be on its true side of each bound.
func (c *compounded) average(unit quantity.Unit, bounds []*big.Rat) *big.Rat {
	if c.points {
		return new(big.Rat).Quo(c.total, big.NewRat(int64(c.years), 1))
	}
	one, all := big.NewRat(1, 1), whole(unit)
	product := new(big.Rat).Add(one, new(big.Rat).Quo(c.total, all))
	for bits := uint(rootBits); ; bits *= 2 {
		root, exact := nthRoot(product, c.years, bits)
		rate := new(big.Rat).Sub(root, one)
		rate.Mul(rate, all)
		if exact || bits > mostBits || c.onItsSide(rate, product, bounds, all) {
			return rate
		}
	}
}

const (
	rootBits = 256 // first approximation of a root
	mostBits = 1 << 14
)

// onItsSide reports whether an approximated rate compares with each bound as
// the exact one does, whose powers are compared: (1+a)(1+b)… against (1+T)ⁿ.
func (c *compounded) onItsSide(rate, product *big.Rat, bounds []*big.Rat, all *big.Rat) bool {
	for _, bound := range bounds {
		base := new(big.Rat).Quo(bound, all)
		base.Add(base, big.NewRat(1, 1))
		if base.Sign() <= 0 { // no rate is as low
			continue
		}
		if rate.Cmp(bound) != product.Cmp(power(base, c.years)) {
			return false
		}
	}
	return true
}

func power(x *big.Rat, n int) *big.Rat {
	e := big.NewInt(int64(n))
	num, den := new(big.Int).Exp(x.Num(), e, nil), new(big.Int).Exp(x.Denom(), e, nil)
	return new(big.Rat).SetFrac(num, den)
}

// nthRoot is the n-th root of a positive x: the fraction that it is, or else the
// binary fraction of so many places below it.
func nthRoot(x *big.Rat, n int, bits uint) (root *big.Rat, exact bool) {
	num, den := intRoot(x.Num(), n), intRoot(x.Denom(), n)
	if root = new(big.Rat).SetFrac(num, den); power(root, n).Cmp(x) == 0 {
		return root, true
	}
	scaled := new(big.Int).Lsh(x.Num(), bits*uint(n))
	scaled.Quo(scaled, x.Denom())
	return new(big.Rat).SetFrac(intRoot(scaled, n), new(big.Int).Lsh(big.NewInt(1), bits)), false
}

// intRoot is the n-th root of a whole number x ≥ 0, rounded down, by Newton's
// method from above.
func intRoot(x *big.Int, n int) *big.Int {
	if x.Sign() == 0 || n == 1 {
		return new(big.Int).Set(x)
	}
	degree, less := big.NewInt(int64(n)), big.NewInt(int64(n-1))
	root := new(big.Int).Lsh(big.NewInt(1), uint(x.BitLen()/n+1))
	for {
		next := new(big.Int).Exp(root, less, nil)
		next.Quo(x, next)
		next.Add(next, new(big.Int).Mul(root, less))
		next.Quo(next, degree)
		if next.Cmp(root) >= 0 {
			return root
		}
		root = next
	}
}
