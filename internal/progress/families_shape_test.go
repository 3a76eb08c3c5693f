package progress

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// The shapes of series. Everything is in whole numbers: weights without a unit,
// values in the last decimal place that is reported.

// from draws a number of the span, all equally likely.
func (s span) from(r *rand.Rand) int64 { return s.low + r.Int64N(s.high-s.low+1) }

// roughly draws a positive number of the span, each doubling equally likely, for
// plans set small targets as often as great ones.
func (s span) roughly(r *rand.Rand) int64 {
	doublings := 0
	for x := max(s.low, 1); 2*x <= s.high; x *= 2 {
		doublings++
	}
	low := max(s.low, 1) << r.IntN(doublings+1)
	return span{low, min(2*low, s.high)}.from(r)
}

// percentOf is p percent of x, rounded half up in size.
func percentOf(p, x int64) int64 { return roundedBy(p*x, 100) }

// roundedBy is x/d, rounded half up in size; d is above 0.
func roundedBy(x, d int64) int64 {
	if x < 0 {
		return -roundedBy(-x, d)
	}
	return x/d + (x%d*2+d)/(2*d)
}

// around draws p percent of 1000 on either side of it.
func around(r *rand.Rand, p int64) int64 { return 1000 + span{-10 * p, 10 * p}.from(r) }

// weights are the shapes of what is added: how it spreads over the periods.
func (p phrase) weights(r *rand.Rand, n int) []int64 {
	w := make([]int64, n)
	for i := range w {
		w[i] = around(r, p.number("spread", 20))
	}
	switch p.word {
	case "steady", "negative":
	case "ramp": // in a straight line, from one weight to another
		from, to := p.span("from", span{1, 1}).from(r), p.span("to", span{6, 12}).from(r)
		for i := range w {
			w[i] = w[i] * (from*int64(n-1-i) + to*int64(i)) / int64(n-1)
		}
	case "rush": // the last periods have a share of all
		p.concentrate(r, w, n-int(p.span("last", span{1, 2}).from(r)), n)
	case "front":
		p.concentrate(r, w, 0, int(p.span("first", span{1, 2}).from(r)))
	case "season": // as many weights as months, spread over the periods
		for i := range w {
			w[i] = w[i] * p.list[i*len(p.list)/n] / 10
		}
	case "hill": // little at the beginning and at the end
		for i := range w {
			w[i] = w[i] * int64((i+1)*(n-i)) * int64((i+1)*(n-i))
		}
	case "harvest":
		p.harvest(r, w)
	case "lumpy":
		p.lumps(r, w)
	case "once":
		clear(w)
		w[r.IntN(n)] = 1
	default:
		panic(fmt.Sprintf("%q is no shape of what is added", p.word))
	}
	return w
}

// concentrate gives the periods from a first to before an end a share of all.
func (p phrase) concentrate(r *rand.Rand, w []int64, first, end int) {
	share := p.span("share", span{40, 60}).from(r)
	var within, without int64
	for i, x := range w {
		if first <= i && i < end {
			within += x
		} else {
			without += x
		}
	}
	for i := range w {
		if first <= i && i < end {
			w[i] = w[i] * share * without / within
		} else {
			w[i] *= 100 - share
		}
	}
}

// harvest brings in nearly all in some months; before and after there is
// nothing, or a few parts in a thousand.
func (p phrase) harvest(r *rand.Rand, w []int64) {
	for i := range w {
		w[i] = p.span("little", span{0, 3}).from(r)
		if w[i] > 0 && r.IntN(2) == 0 {
			w[i] = 0
		}
	}
	for text := range strings.SplitSeq(p.options["months"], ",") {
		month, err := strconv.Atoi(text)
		if err != nil {
			panic(err)
		}
		w[month-1] = span{200, 1000}.from(r)
	}
}

// lumps leaves most periods empty and gives the others one to ten parts.
func (p phrase) lumps(r *rand.Rand, w []int64) {
	zero, least := p.number("zero", 60), int(p.number("nonzero", 1))
	for full := 0; full < least; {
		full = 0
		for i := range w {
			w[i] = 0
			if r.Int64N(100) >= zero {
				w[i] = 1 + r.Int64N(10)
				full++
			}
		}
	}
}

// apportion splits a total by weights so that the parts add up to it exactly;
// running sums are rounded, never parts.
func apportion(total int64, weights []int64) []int64 {
	if total < 0 {
		parts := apportion(-total, weights)
		for i := range parts {
			parts[i] = -parts[i]
		}
		return parts
	}
	var all, sum, before int64
	for _, w := range weights {
		all += w
	}
	if all > 1_000_000 { // keep products within 64 bits
		return apportion(total, halved(weights))
	}
	parts := make([]int64, len(weights))
	for i, w := range weights {
		sum += w
		upTo := roundedBy(total*sum, all)
		parts[i], before = upTo-before, upTo
	}
	return parts
}

func halved(weights []int64) []int64 {
	half := make([]int64, len(weights))
	for i, w := range weights {
		half[i] = (w + 1) / 2
	}
	return half
}

// runningSums adds up.
func runningSums(parts []int64, start int64) []int64 {
	sums := make([]int64, len(parts))
	for i, x := range parts {
		start += x
		sums[i] = start
	}
	return sums
}

// path is a level that goes from a start to a final value in one of the shapes
// of levels; steps are percent of the target.
func (f *family) path(r *rand.Rand, n int, start, final, target int64) []int64 {
	p, levels := f.shape, make([]int64, n)
	step := func() int64 {
		most := percentOf(p.number("step", 2), max(target, -target))
		return span{-most, most}.from(r)
	}
	var off, fading int64 = 0, 1000
	phase, keeps := r.Int64N(12), p.span("keeps", span{55, 75}).from(r)
	for i := range levels {
		trend := start + roundedBy((final-start)*int64(i+1), int64(n))
		off = off*7/10 + step()
		switch p.word {
		case "wander":
			levels[i] = trend + off
		case "swing": // up and down once in twelve periods
			height := max(target, -target) * p.number("by", 10) / 100
			turn := (phase + int64(i)) % 12
			levels[i] = trend + off + height*(max(turn-6, 6-turn)-3)/3
		case "fade": // from far above down to the final value
			fading = fading * keeps / 100
			levels[i] = final + (start-final)*fading/1000 + off
		default:
			return runningSums(apportion(final-start, p.weights(r, n)), start)
		}
	}
	return levels
}

// bounded keeps levels within what they can be.
func (f *family) bounded(levels []int64, one int64) {
	for i := range levels {
		if f.most != nil {
			levels[i] = min(levels[i], *f.most*one)
		}
		switch {
		case f.least != nil:
			levels[i] = max(levels[i], *f.least*one)
		case f.kind != indicator.Growth:
			levels[i] = max(levels[i], 0)
		}
	}
}
