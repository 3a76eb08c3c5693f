package quantity

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Nearly every number that is reported fits a machine word. What follows does
// for those what math/big does for all, many times as fast: progress is computed
// for each report before it is answered.

// powers are those of ten that an int64 holds.
var powers = func() (p [19]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// coefficient is the number times ten to the power of its decimal places, false
// when that does not fit.
func (n Number) coefficient() (c int64, places int, ok bool) {
	s := n.text
	negative := s != "" && s[0] == '-'
	if negative {
		s = s[1:]
	}
	if len(s) > len(powers) { // one more for the point
		return 0, 0, false
	}
	point := len(s)
	for i := range len(s) {
		if s[i] == '.' {
			point = i + 1
			continue
		}
		if c > (math.MaxInt64-9)/10 {
			return 0, 0, false
		}
		c = 10*c + int64(s[i]-'0')
	}
	if negative {
		c = -c
	}
	return c, len(s) - point, true
}

// aligned are the coefficients of two numbers with as many places each.
func aligned(n, o Number) (c, d int64, places int, ok bool) {
	c, cp, ok := n.coefficient()
	if !ok {
		return 0, 0, 0, false
	}
	d, dp, ok := o.coefficient()
	if !ok {
		return 0, 0, 0, false
	}
	places = max(cp, dp)
	c, fits := shifted(c, places-cp)
	d, also := shifted(d, places-dp)
	return c, d, places, fits && also
}

// Scaled are the sizes of numbers, without their signs, as whole numbers of a
// common power of ten; false when one of them is above most.
func Scaled(numbers []Number, most int64) ([]int64, bool) {
	out, places, common := make([]int64, len(numbers)), make([]int, len(numbers)), 0
	for i, n := range numbers {
		var ok bool
		if out[i], places[i], ok = n.coefficient(); !ok {
			return nil, false
		}
		common = max(common, places[i])
	}
	for i, c := range out {
		c, ok := shifted(c, common-places[i])
		if out[i] = max(c, -c); !ok || out[i] < 0 || out[i] > most {
			return nil, false
		}
	}
	return out, true
}

// shifted is c with further places, false when that does not fit.
func shifted(c int64, places int) (int64, bool) {
	if places == 0 {
		return c, true
	}
	shifted := c * powers[places]
	return shifted, shifted/powers[places] == c
}

// fewest writes a coefficient with as many of its places as its value needs.
func fewest(c int64, places int) Number {
	for places > 0 && c%10 == 0 {
		c /= 10
		places--
	}
	return written(c < 0, magnitude(c), places)
}

// magnitude is the size of c, also of the least, which has no positive twin.
func magnitude(c int64) uint64 {
	if c < 0 {
		return -uint64(c) //nolint:gosec // two's complement is meant
	}
	return uint64(c)
}

// written is the number of a coefficient, with all its places.
func written(negative bool, c uint64, places int) Number {
	var b [32]byte
	text := b[:0]
	if negative && c != 0 {
		text = append(text, '-')
	}
	if places == 0 {
		return Number{string(strconv.AppendUint(text, c, 10))}
	}
	power := magnitude(powers[places])
	text = append(strconv.AppendUint(text, c/power, 10), '.')
	// The digits of power are a one and as many zeros as there are places: with
	// it added, the leading zeros of the fraction are written too.
	whole := len(text)
	text = strconv.AppendUint(text, power+c%power, 10)
	return Number{string(append(text[:whole], text[whole+1:]...))}
}

// fromSmall is FromRat for what fits.
func fromSmall(r *big.Rat, places int) (Number, bool) {
	places = max(places, 0)
	if places >= len(powers) || !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return Number{}, false
	}
	num, den := magnitude(r.Num().Int64()), magnitude(r.Denom().Int64())
	high, low := bits.Mul64(num, magnitude(powers[places]))
	if high >= den {
		return Number{}, false
	}
	c, rest := bits.Div64(high, low, den)
	if rest >= den-rest {
		c++
	}
	return written(r.Sign() < 0, c, places), true
}
