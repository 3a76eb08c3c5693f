package projection

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// forecast is the actual value at the due date.
type forecast struct {
	low, expected, high *big.Rat
}

// ratio is what was added for each unit of weight: Σv/Σw.
func (m model) ratio() *big.Rat {
	added, weight := new(big.Rat), new(big.Rat)
	for _, w := range m.sample {
		added.Add(added, w.added)
		weight.Add(weight, w.weight)
	}
	return added.Quo(added, weight)
}

// miss is v − rw, what was added beyond what the weight lets expect.
func (w weighed) miss(ratio *big.Rat) *big.Rat {
	miss := new(big.Rat).Mul(ratio, w.weight)
	return miss.Sub(w.added, miss)
}

// misses are Σ(v − rw)², by which methods are compared.
func (m model) misses() *big.Rat {
	ratio, sum := m.ratio(), new(big.Rat)
	for _, w := range m.sample {
		miss := w.miss(ratio)
		sum.Add(sum, miss.Mul(miss, miss))
	}
	return sum
}

// forecast adds what is expected of the periods to come to the actual value. The range is the
// prediction interval of the ratio model v = rw + e, with the variance of e in proportion to
// w, stretched to the side that the trend of e points to.
func (m model) forecast(h *history) forecast {
	ratio := m.ratio()
	past, future := total(m.sample), total(m.ahead)
	expected := new(big.Rat).Mul(ratio, future)
	expected.Add(expected, h.actual)

	// s² × (W + W²/Wₙ)
	variance := new(big.Rat).Mul(future, future)
	variance.Quo(variance, past)
	variance.Add(variance, future)
	variance.Mul(variance, m.spread(ratio, past))
	half := new(big.Rat).Mul(root(variance), quantile(len(m.sample)-1))

	drift := m.drift(ratio, past)
	f := forecast{low: new(big.Rat).Sub(expected, half), expected: expected, high: new(big.Rat).Add(expected, half)}
	if drift.Sign() < 0 {
		f.low.Add(f.low, drift)
	} else {
		f.high.Add(f.high, drift)
	}
	return f
}

func total(list []weighed) *big.Rat {
	sum := new(big.Rat)
	for _, w := range list {
		sum.Add(sum, w.weight)
	}
	return sum
}

// spread is s² = Σ((v − rw)²/w)/(n − 1). A weight of less than a tenth of the average counts as
// that, for nothing can be divided by 0.
func (m model) spread(ratio, past *big.Rat) *big.Rat {
	n := int64(len(m.sample))
	least := new(big.Rat).Quo(past, big.NewRat(10*n, 1))
	sum := new(big.Rat)
	for _, w := range m.sample {
		miss, weight := w.miss(ratio), w.weight
		if weight.Cmp(least) < 0 {
			weight = least
		}
		miss.Mul(miss, miss)
		sum.Add(sum, miss.Quo(miss, weight))
	}
	return sum.Quo(sum, big.NewRat(n-1, 1))
}

// drift is how much more the periods to come would bring than the ratio lets expect if the
// trend of the sample went on: the slope of v/w over time, by least squares weighted by w,
// times Σw(x − x̄) of the periods to come.
func (m model) drift(ratio, past *big.Rat) *big.Rat {
	middle := new(big.Rat)
	for _, w := range m.sample {
		middle.Add(middle, new(big.Rat).Mul(big.NewRat(w.place, 1), w.weight))
	}
	middle.Quo(middle, past)
	off := func(w weighed) *big.Rat { return new(big.Rat).Sub(big.NewRat(w.place, 1), middle) }
	over, under := new(big.Rat), new(big.Rat)
	for _, w := range m.sample {
		x := off(w)
		over.Add(over, new(big.Rat).Mul(x, w.miss(ratio)))
		under.Add(under, x.Mul(new(big.Rat).Mul(x, x), w.weight))
	}
	if under.Sign() == 0 {
		return new(big.Rat)
	}
	way := new(big.Rat)
	for _, w := range m.ahead {
		way.Add(way, new(big.Rat).Mul(off(w), w.weight))
	}
	return way.Mul(way, over.Quo(over, under))
}

// attainedOn is the end of the first period to come at which what is expected attains the
// target. After the due date periods go on, as many as there were in the whole
// term, where the method says something about them.
func (m model) attainedOn(h *history, yard yardstick, lowest, highest *big.Rat) indicator.Date {
	ratio, value := m.ratio(), new(big.Rat).Set(h.actual)
	steps := m.ahead
	if m.method == RunRate {
		steps = append(steps[:len(steps):len(steps)], m.beyond()...)
	}
	places := h.places() // as expected is printed, so that the two agree
	for _, w := range steps {
		value.Add(value, new(big.Rat).Mul(ratio, w.weight))
		if yard.judge(quantity.FromRat(within(value, lowest, highest), places)).Attained {
			return w.ends
		}
	}
	return indicator.Date{}
}

// beyond are the periods after the due date, beginning with what is left of the one that it
// cuts.
func (m model) beyond() []weighed {
	last := m.ahead[len(m.ahead)-1]
	var all []weighed
	if rest := new(big.Rat).Sub(big.NewRat(1, 1), last.weight); rest.Sign() > 0 {
		all = append(all, weighed{period: last.period, ends: last.period.End(), weight: rest})
	}
	for p := last.period.Next(); int64(len(all)) <= last.place; p = p.Next() {
		all = append(all, weighed{period: p, ends: p.End(), weight: big.NewRat(1, 1)})
	}
	return all
}

// rootPlaces is how many decimals a square root has; it is rounded down.
const rootPlaces = 20

// root is the square root of a number that is not below 0.
func root(x *big.Rat) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(rootPlaces), nil)
	scaled := new(big.Int).Mul(x.Num(), scale)
	scaled.Mul(scaled, scale).Quo(scaled, x.Denom())
	return new(big.Rat).SetFrac(scaled.Sqrt(scaled), scale)
}

// quantiles are those of Student's t at 0.90, by degrees of freedom from 1 up, in
// thousandths, and rounded half up. Two-sided they hold 80 of a hundred.
var quantiles = [...]int64{
	3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372, 1363, 1356, 1350, 1345, 1341,
	1337, 1333, 1330, 1328, 1325, 1323, 1321, 1319, 1318, 1316, 1315, 1314, 1313, 1311, 1310,
}

// quantile is the t quantile at 0.90; that of the normal distribution, 1.282, beyond 120 degrees of
// freedom, and in between the next larger one that tables have.
func quantile(freedom int) *big.Rat {
	switch {
	case freedom <= len(quantiles):
		return big.NewRat(quantiles[freedom-1], 1000)
	case freedom <= 40:
		return big.NewRat(1310, 1000)
	case freedom <= 60:
		return big.NewRat(1303, 1000)
	case freedom <= 120:
		return big.NewRat(1296, 1000)
	}
	return big.NewRat(1282, 1000)
}

// rounding is which way a number is rounded.
type rounding int64

const (
	downwards rounding = 0
	upwards   rounding = 1
)

// rounded is a value with so many decimals, not above it or not below it.
func rounded(x *big.Rat, places int, way rounding) quantity.Number {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	scaled := new(big.Rat).Mul(x, scale)
	whole := new(big.Int).Div(scaled.Num(), scaled.Denom()) // rounds down, for the denominator is above 0
	if !scaled.IsInt() {
		whole.Add(whole, big.NewInt(int64(way)))
	}
	return quantity.FromRat(new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale), places)
}
