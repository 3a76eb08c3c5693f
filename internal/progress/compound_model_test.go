package progress

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// growthCase is a growth over whole years with what was reported of it.
type growthCase struct {
	in      indicator.Indicator
	ms      []indicator.Measurement
	factors []*big.Rat // 1 + rate, of the base's total and the years after it
	points  *big.Rat   // sum of the changes in points
	years   int        // without a gap
	gap     bool
}

// manyCases is how many cases of growth are computed a second time.
const manyCases = 100000

// whole100 is everything in a unit of growth.
var whole100 = map[string]int64{"%": 100, "‰": 1000, "个百分点": 100}

// drawRate draws a yearly rate in hundredths of a percent or finer, above −100 %.
func drawRate(r *rand.Rand, unit string) quantity.Number {
	scale := big.NewRat(whole100[unit], 100)
	places, limit := 2, int64(2000)
	switch r.IntN(20) {
	case 0: // of forty digits
		digits := fmt.Sprintf("%d.%019d%018d", r.IntN(90)-45, r.Int64N(1e18), r.Int64N(1e18))
		return quantity.FromRat(new(big.Rat).Mul(quantity.MustNumber(digits).Rat(), scale), 37)
	case 1:
		limit = 9999
	case 2, 3, 4:
		places, limit = 0, 30
	}
	n := big.NewRat(r.Int64N(2*limit)-limit, 1)
	for range places {
		n.Quo(n, big.NewRat(10, 1))
	}
	return quantity.FromRat(n.Mul(n, scale), places+1)
}

// drawGrowth draws a growth over the term or on average, of 1 to 30 years.
func drawGrowth(r *rand.Rand, over indicator.Over) growthCase {
	unit := []string{"%", "%", "‰", "个百分点"}[r.IntN(4)]
	years := 1 + r.IntN(6)
	if r.IntN(10) == 0 {
		years = 1 + r.IntN(30)
	}
	first := 1990 + r.IntN(30)
	in := indicator.Indicator{
		Name: "增速", Binding: indicator.Committed, Kind: indicator.Growth, Over: over, Frequency: indicator.Yearly,
		StartsOn: indicator.DateOf(first, 1, 1), DueOn: indicator.DateOf(first+years-1, 12, 31), TermEndsOn: indicator.DateOf(first+years-1, 12, 31),
		Target: indicator.Target{
			Comparator: []indicator.Comparator{indicator.AtLeast, indicator.MoreThan, indicator.AtMost, indicator.LessThan}[r.IntN(4)],
			Value:      drawRate(r, unit), Unit: quantity.MustUnit(unit),
		},
	}
	c := growthCase{in: in, points: new(big.Rat), years: years}
	same := drawRate(r, unit) // every year alike makes perfect powers
	alike := r.IntN(4) == 0
	from, skipped := 0, -1
	if r.IntN(3) == 0 {
		from = 1 + r.IntN(years)
	}
	if r.IntN(20) == 0 && years-from > 1 {
		skipped = from + r.IntN(years-from-1)
	}
	for year := range years {
		rate := same
		if !alike {
			rate = drawRate(r, unit)
		}
		c.add(year, rate, from, skipped)
	}
	c.aim(r, same)
	r.Shuffle(len(c.ms), func(i, j int) { c.ms[i], c.ms[j] = c.ms[j], c.ms[i] })
	return c
}

// add reports the rate of a year: in a total up to year from, later by itself.
func (c *growthCase) add(year int, rate quantity.Number, from, skipped int) {
	unit := c.in.Target.Unit
	factor := new(big.Rat).Quo(rate.Rat(), big.NewRat(whole100[unit.String()], 1))
	factor.Add(factor, big.NewRat(1, 1))
	if year == skipped {
		c.gap = true
		return
	}
	c.factors, c.points = append(c.factors, factor), new(big.Rat).Add(c.points, rate.Rat())
	period := indicator.PeriodOf(indicator.Yearly, indicator.DateOf(c.in.StartsOn.Year()+year, 1, 1))
	m := indicator.Measurement{ID: int64(year + 1), Revision: 1, Period: period, Basis: indicator.ThisPeriod, Value: rate, Unit: unit}
	switch {
	case year+1 == from:
		m.Basis = indicator.Total
		total := new(big.Rat).Sub(product(c.factors), big.NewRat(1, 1))
		total.Mul(total, big.NewRat(whole100[unit.String()], 1))
		if unit.IsPoints() {
			total = c.points
		}
		places, _ := total.FloatPrec()
		m.Value = quantity.FromRat(total, places)
	case year < from && year%2 == 0:
		return // part of the total to come
	}
	c.ms = append(c.ms, m)
}

// aim sets the target at or next to the growth, in half of the cases.
func (c *growthCase) aim(r *rand.Rand, same quantity.Number) {
	tiny := quantity.MustNumber([]string{"0", "0.0001", "-0.0001", "0.00000000000000000001", "-0.00000000000000000001"}[r.IntN(5)])
	switch {
	case r.IntN(2) == 0:
	case c.in.Over == indicator.OverAverage:
		c.in.Target.Value = quantity.Sum(same, tiny)
	default:
		total := c.points
		if !c.in.Target.Unit.IsPoints() {
			total = new(big.Rat).Sub(product(c.factors), big.NewRat(1, 1))
			total.Mul(total, big.NewRat(whole100[c.in.Target.Unit.String()], 1))
		}
		places, _ := total.FloatPrec()
		c.in.Target.Value = quantity.Sum(quantity.FromRat(total, places), tiny)
	}
	c.in.Settle()
}

func product(factors []*big.Rat) *big.Rat {
	p := big.NewRat(1, 1)
	for _, f := range factors {
		p.Mul(p, f)
	}
	return p
}

// meets holds the order of a value and the target against the comparator.
func meets(c indicator.Comparator, order int) bool {
	switch c {
	case indicator.AtLeast:
		return order >= 0
	case indicator.MoreThan:
		return order > 0
	case indicator.AtMost:
		return order <= 0
	}
	return order < 0
}

func TestGrowthCompoundsAsTheProductOfItsYears(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2023))
	for n := range manyCases / 2 {
		c := drawGrowth(r, indicator.OverTerm)
		got := Brief(c.in, c.ms, c.in.DueOn, DefaultProfile())
		if c.gap {
			if got.Actual != nil || got.Reason != YearMissing || got.Status != NotComputable && got.Status != Missed {
				t.Fatalf("case %d: a year is missing, and A is %v, reason %q, %s", n, got.Actual, got.Reason, got.Status)
			}
			continue
		}
		want := c.points
		if !c.in.Target.Unit.IsPoints() {
			want = new(big.Rat).Sub(product(c.factors), big.NewRat(1, 1))
			want.Mul(want, big.NewRat(whole100[c.in.Target.Unit.String()], 1))
		}
		if got.Actual == nil || got.Actual.Rat().Cmp(want) != 0 {
			t.Fatalf("case %d: %v: A is %v, the product %s", n, c.ms, got.Actual, want.RatString())
		}
		if kept := meets(c.in.Target.Comparator, want.Cmp(c.in.Target.Value.Rat())); got.Attained != kept {
			t.Fatalf("case %d: %s %s, A %s: attained %v", n, c.in.Target.Comparator, c.in.Target.Value, got.Actual, got.Attained)
		}
	}
}

func TestAnAverageIsJudgedByPowers(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2023))
	equal := 0
	for n := range manyCases / 2 {
		c := drawGrowth(r, indicator.OverAverage)
		got := Brief(c.in, c.ms, c.in.DueOn, DefaultProfile())
		if c.gap {
			if got.Actual != nil || got.Reason != YearMissing {
				t.Fatalf("case %d: a year is missing, and A is %v, reason %q", n, got.Actual, got.Reason)
			}
			continue
		}
		order := c.against(c.in.Target.Value.Rat())
		if order == 0 {
			equal++
		}
		if got.Attained != meets(c.in.Target.Comparator, order) {
			t.Fatalf("case %d: %v, %s %s in %d years: attained %v at %s", n, c.ms, c.in.Target.Comparator, c.in.Target.Value, c.years, got.Attained, got.Actual)
		}
		last := func(m indicator.Measurement) bool { return m.Period.End() == c.in.DueOn }
		if fewer := slices.DeleteFunc(slices.Clone(c.ms), last); n%10 == 0 && Brief(c.in, fewer, c.in.DueOn, DefaultProfile()).Attained {
			t.Fatalf("case %d: attained without the last year: %v", n, fewer)
		}
		half := big.NewRat(5, 100000) // of the fourth decimal
		low, high := new(big.Rat).Sub(got.Actual.Rat(), half), new(big.Rat).Add(got.Actual.Rat(), half)
		if c.against(low) < 0 || c.against(high) > 0 {
			t.Fatalf("case %d: %v: the average is not within half of the fourth decimal of %s", n, c.ms, got.Actual)
		}
		if places, _ := got.Actual.Rat().FloatPrec(); places > 4 {
			t.Fatalf("case %d: A is printed with more than four decimals: %s", n, got.Actual)
		}
	}
	if equal < 1000 {
		t.Errorf("only %d cases equal their target", equal)
	}
}

// against is how the average compares with a rate, by exact powers.
func (c growthCase) against(rate *big.Rat) int {
	n := big.NewInt(int64(c.years))
	if c.in.Target.Unit.IsPoints() {
		return c.points.Cmp(new(big.Rat).Mul(rate, new(big.Rat).SetInt(n)))
	}
	base := new(big.Rat).Quo(rate, big.NewRat(whole100[c.in.Target.Unit.String()], 1))
	if base.Add(base, big.NewRat(1, 1)).Sign() <= 0 {
		return 1 // something is always left
	}
	num, den := new(big.Int).Exp(base.Num(), n, nil), new(big.Int).Exp(base.Denom(), n, nil)
	p := product(c.factors)
	return num.Mul(num, p.Denom()).Cmp(den.Mul(den, p.Num())) * -1
}

// Of two years with C + V + 1 and C − V times the base, where C = V(V+1) + 1, the
// product is C² + 1: the average lies above C by less than the 256th binary
// place, and below C + 1 of the last decimal.
func TestAnAverageNearerToItsTargetThanAnyRounding(t *testing.T) {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(39), nil) // once the base
	percent := func(times *big.Int) quantity.Number {
		rate := new(big.Rat).SetFrac(new(big.Int).Sub(times, unit), unit)
		return quantity.FromRat(rate.Mul(rate, big.NewRat(100, 1)), 37)
	}
	for _, text := range []string{"32249030993194199999", "32000000000000000001", "33166247903553998491", "31700000000000000007"} {
		v, _ := new(big.Int).SetString(text, 10)
		more := new(big.Int).Add(v, big.NewInt(1))
		base := new(big.Int).Mul(v, more)
		base.Add(base, big.NewInt(1))
		for comparator, attained := range map[indicator.Comparator]bool{indicator.AtLeast: true, indicator.MoreThan: true, indicator.AtMost: false, indicator.LessThan: false} {
			in := indicator.Indicator{
				Name: "年均增速", Binding: indicator.Committed, Kind: indicator.Growth, Over: indicator.OverAverage, Frequency: indicator.Yearly,
				StartsOn: day("2021-01-01"), DueOn: day("2022-12-31"), TermEndsOn: day("2022-12-31"),
				Target: indicator.Target{Comparator: comparator, Value: percent(base), Unit: quantity.MustUnit("%")},
			}
			in.Settle()
			ms := []indicator.Measurement{
				reported(1, "2021", indicator.ThisPeriod, percent(new(big.Int).Add(base, more)).String(), "%"),
				reported(2, "2022", indicator.ThisPeriod, percent(new(big.Int).Sub(base, v)).String(), "%"),
			}
			if got := Compute(in, ms, in.DueOn, DefaultProfile()); got.Attained != attained {
				t.Errorf("%s %s: %v: attained %v", comparator, in.Target.Value, told(ms), got.Attained)
			}
		}
	}
}
