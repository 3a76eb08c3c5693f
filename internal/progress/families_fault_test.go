package progress

import (
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// spoil puts the family's fault into the reports. It returns the report on which
// the fault can first be seen, and false for a series that has no place for it.
func (d *draft) spoil() (shown int, ok bool) {
	p := d.f.fault
	switch p.word {
	case "":
		return 0, true
	case "times":
		return d.magnify(p)
	case "unit":
		return d.misname(p)
	case "unsigned":
		return d.turn(p)
	case "low":
		return d.fallLow(p)
	case "high":
		return d.fallHigh(p)
	case "restarts":
		return d.restart(p)
	case "cumulated":
		return d.cumulate(p)
	case "fraction":
		return d.halve()
	case "over":
		return d.overshoot(p)
	case "swapped":
		return d.swap()
	case "gap":
		return d.skip(p)
	case "disagrees":
		return d.disagree(p)
	case "early":
		return d.hurry(p)
	}
	panic(fmt.Sprintf("%q is no fault", p.word))
}

// oneOf picks a report among those that fit.
func (d *draft) oneOf(fits func(i int, l line) bool) (int, bool) {
	var all []int
	for i, l := range d.lines {
		if fits(i, l) {
			all = append(all, i)
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	return all[d.r.IntN(len(all))], true
}

// magnify sends one report several tens too large, or too small. With the
// option breaks the report must bring the whole to so many percent of the target
// although in truth the target is not passed by then. Amounts of less than
// `least` percent of what is reached at the end are left alone: nobody could
// see that nearly nothing became something.
func (d *draft) magnify(p phrase) (int, bool) {
	tens := int(p.number("tens", 4))
	least, after, breaks := p.number("least", 2), int(p.number("after", 0)), p.number("breaks", 0)
	i, ok := d.oneOf(func(i int, l line) bool {
		switch {
		case i < after, l.value == 0, abs(l.value)*100 < least*abs(d.final):
			return false
		case breaks == 0:
			return true
		case l.basis == indicator.ThisPeriod:
			return (d.sums[l.to]-l.value+10*l.value)*100 >= breaks*d.target && d.sums[l.to]*100 <= 110*d.target
		}
		return 10*l.value*100 >= breaks*d.target
	})
	if ok {
		d.lines[i].places -= tens
	}
	return i, ok
}

func abs(x int64) int64 { return max(x, -x) }

// misname sends one report with its number in one unit and the name of another.
func (d *draft) misname(p phrase) (int, bool) {
	i, ok := d.oneOf(func(i int, l line) bool {
		return i >= int(p.number("after", 1)) && l.value*100 >= 5*d.final && d.lines[i-1].value*100 >= 5*d.final
	})
	if ok {
		d.lines[i].unit = quantity.MustUnit(p.options["instead"])
	}
	return i, ok
}

// turn sends one report, or all, with the other sign.
func (d *draft) turn(p phrase) (int, bool) {
	if p.number("all", 0) > 0 {
		for i := range d.lines {
			d.lines[i].value = -d.lines[i].value
		}
		return 0, true
	}
	i, ok := d.oneOf(func(i int, l line) bool {
		return i >= int(p.number("after", 0)) && l.value != 0 && abs(l.value)*100 >= p.number("least", 0)*abs(d.target)
	})
	if ok {
		d.lines[i].value = -d.lines[i].value
	}
	return i, ok
}

// fallLow sends one total that is lower than the one before.
func (d *draft) fallLow(p phrase) (int, bool) {
	by := p.span("by", span{1, 40}).from(d.r)
	i, ok := d.oneOf(func(i int, _ line) bool { return i > 0 && percentOf(by, d.lines[i-1].value) >= 1 })
	if ok {
		before := d.lines[i-1].value
		d.lines[i].value = before - percentOf(by, before)
	}
	return i, ok
}

// fallHigh sends one total that is higher than the one after.
func (d *draft) fallHigh(p phrase) (int, bool) {
	by := p.span("by", span{5, 60}).from(d.r)
	i, ok := d.oneOf(func(i int, _ line) bool { return i+1 < len(d.lines) && percentOf(by, d.lines[i+1].value) >= 1 })
	if ok {
		after := d.lines[i+1].value
		d.lines[i].value = after + percentOf(by, after)
	}
	return i + 1, ok
}

// restart counts the totals from nothing every so many periods.
func (d *draft) restart(p phrase) (int, bool) {
	every := int(p.number("every", 3))
	for i := range d.lines {
		if turn := i / every * every; turn > 0 {
			d.lines[i].value -= d.sums[turn-1]
		}
	}
	for i := 1; i < len(d.lines); i++ {
		if d.lines[i].value < d.lines[i-1].value {
			return i, true
		}
	}
	return 0, false
}

// cumulate sends running totals as if they were what each period added, from one
// period on.
func (d *draft) cumulate(p phrase) (int, bool) {
	from := int(p.span("from", span{1, 1}).from(d.r)) - 1
	for i := from; i < len(d.lines); i++ {
		d.lines[i].value = d.sums[i]
	}
	return from, true
}

// halve sends a part of a thing.
func (d *draft) halve() (int, bool) {
	i := d.r.IntN(len(d.lines))
	l := &d.lines[i]
	parts := []int64{25, 50, 75}
	value := 100*l.value + parts[d.r.IntN(len(parts))]
	if l.basis == indicator.ThisPeriod && d.r.IntN(2) == 0 {
		alone := []int64{50, 75, 1250}
		value = alone[d.r.IntN(len(alone))]
	}
	l.value, l.places = value, 2
	return i, true
}

// overshoot sends a share of more than everything.
func (d *draft) overshoot(p phrase) (int, bool) {
	i := d.r.IntN(len(d.lines))
	percent := p.span("percent", span{105, 250}).from(d.r)
	d.lines[i].value = percent*d.one + d.r.Int64N(d.one)
	return i, true
}

// swap sends the numerator as denominator and the other way round.
func (d *draft) swap() (int, bool) {
	i, ok := d.oneOf(func(_ int, l line) bool { return l.share[0] > 0 && l.share[0] < l.share[1] })
	if ok {
		l := &d.lines[i]
		l.share = &[2]int64{l.share[1], l.share[0]}
		l.value = roundedBy(l.share[0]*100*d.one, l.share[1])
	}
	return i, ok
}

// skip leaves out one or more reports in the middle.
func (d *draft) skip(p phrase) (int, bool) {
	missing := int(p.span("missing", span{1, 3}).from(d.r))
	i := 1 + d.r.IntN(len(d.lines)-missing-1)
	d.lines = slices.Delete(d.lines, i, i+missing)
	return i, true
}

// disagree sends a total that is not the one before and what was added since; in
// half of the series the error stays in the later totals.
func (d *draft) disagree(p phrase) (int, bool) {
	by := p.span("by", span{5, 30}).from(d.r)
	if d.r.IntN(2) == 0 {
		by = -by
	}
	last := int64(-1) // the total before
	before := make([]int64, len(d.lines))
	for i, l := range d.lines {
		before[i] = last
		if l.basis == indicator.Total {
			last = l.value
		}
	}
	i, ok := d.oneOf(func(i int, l line) bool {
		wrong := percentOf(by, l.value)
		return l.basis == indicator.Total && before[i] >= 0 && abs(wrong) >= 2 && l.value+wrong >= before[i]
	})
	if !ok {
		return 0, false
	}
	wrong := percentOf(by, d.lines[i].value)
	stays := d.r.IntN(2) == 0
	for j := i; j < len(d.lines); j++ {
		if d.lines[j].basis == indicator.Total && (j == i || stays) {
			d.lines[j].value += wrong
		}
	}
	return i, true
}

// hurry sends one report before its period is over.
func (d *draft) hurry(p phrase) (int, bool) {
	i := d.r.IntN(len(d.lines))
	d.lines[i].recorded = -int(p.span("days", span{3, 15}).from(d.r))
	return i, true
}
