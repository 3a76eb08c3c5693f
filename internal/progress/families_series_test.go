package progress

import (
	"cmp"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// drawn is a series as the service would hold it.
type drawn struct {
	in       indicator.Indicator
	reports  []indicator.Measurement
	judgedOn []indicator.Date // of a faulty series
}

// draft is a series in whole numbers of the last place reported.
type draft struct {
	f       *family
	r       *rand.Rand
	unit    quantity.Unit // of the reports
	places  int           // decimals of the reports
	one     int64         // 1 in the last place
	plan    quantity.Number
	target  int64 // signed, in the last place
	start   int64
	final   int64
	periods []indicator.Period
	adds    []int64 // what each period adds
	sums    []int64 // running total or level at the end of each
	lines   []line
}

// line is one report.
type line struct {
	to       int // the last period it covers
	period   indicator.Period
	basis    indicator.Basis
	value    int64
	places   int // decimals of value; may be below 0
	unit     quantity.Unit
	share    *[2]int64
	recorded int // days after the period's end
	revision int
}

// draw makes the n-th series of the family, always the same one.
func (f *family) draw(t *testing.T, n int) drawn {
	t.Helper()
	r := rand.New(rand.NewPCG(f.seed, uint64(n)))
	for range 1000 {
		d := f.draft(r)
		shown, ok := d.spoil()
		if !ok {
			continue // the series has no place for the fault
		}
		return d.finish(shown)
	}
	t.Fatalf("%s: series %d has no place for the fault", f.where, n)
	return drawn{}
}

func (f *family) draft(r *rand.Rand) *draft {
	d := &draft{f: f, r: r, unit: f.unit, places: int(f.report.number("places", int64(f.targetPlaces)))}
	if text, ok := f.report.options["unit"]; ok {
		d.unit = quantity.MustUnit(text)
	}
	d.places += int(f.report.number("guard", 0))
	d.one = tenTo(d.places)
	d.periods = f.periods()
	if f.shape.word == "exactly" {
		d.exactly()
	} else {
		d.drawTarget()
		d.drawValues()
	}
	d.report()
	return d
}

func tenTo(n int) int64 {
	x := int64(1)
	for range n {
		x *= 10
	}
	return x
}

func (f *family) periods() []indicator.Period {
	var all []indicator.Period
	for p := indicator.PeriodOf(f.frequency, f.first); !p.Start().After(f.due); p = p.Next() {
		if f.frequency != indicator.Weekly || !p.Start().Before(f.first) {
			all = append(all, p)
		}
	}
	return all
}

// permille draws how much of the target is reached at the end.
func (d *draft) permille() int64 {
	s := d.f.reach
	if d.r.IntN(5) == 0 {
		s = d.f.rarely
	}
	return span{10 * s.low, 10 * s.high}.from(d.r)
}

// exactly takes the values as written, times a whole number, and sets a target
// that fits.
func (d *draft) exactly() {
	times := d.f.shape.span("times", span{1, 1}).from(d.r)
	d.adds = make([]int64, len(d.periods))
	for i := range d.adds {
		d.adds[i] = d.f.shape.list[i] * times
	}
	d.sums = runningSums(d.adds, 0)
	d.final = d.sums[len(d.sums)-1]
	d.target = max(1, roundedBy(d.final*1000, d.permille()))
	d.plan = quantity.FromInt(d.target)
}

// drawTarget draws a figure as a planner would round it.
func (d *draft) drawTarget() {
	f := d.f
	var figure int64
	if f.target.high > 0 {
		figure = f.target.roughly(d.r)
	}
	round := int64(1)
	for figure/round >= tenTo(f.digits) {
		round *= 10
	}
	figure = roundedBy(figure, round) * round
	d.plan = quantity.MustNumber(plain(figure, f.targetPlaces))

	scaled := new(big.Rat).Mul(big.NewRat(figure, tenTo(f.targetPlaces)), f.unit.Factor())
	scaled.Quo(scaled, d.unit.Factor()).Mul(scaled, new(big.Rat).SetInt64(d.one))
	d.target = roundedBy(scaled.Num().Int64(), scaled.Denom().Int64())
	if f.kind == indicator.Growth && f.decrease && f.comparator != indicator.AtMost {
		d.target = -d.target
	}
}

func (d *draft) drawValues() {
	f, n := d.f, len(d.periods)
	switch {
	case f.hasStart && d.target == 0:
		d.start = f.start.from(d.r) * d.one
	case f.hasStart:
		d.start = roundedBy(d.target*span{10 * f.start.low, 10 * f.start.high}.from(d.r), 1000)
	}
	if f.kind == indicator.Cumulative {
		d.final = d.start + roundedBy((d.target-d.start)*d.permille(), 1000)
	} else {
		d.final = roundedBy(d.target*d.permille(), 1000)
	}
	if f.kind == indicator.Increment {
		d.adds = apportion(d.final, f.shape.weights(d.r, n))
		if f.shape.word == "negative" {
			d.takeBack()
		}
		d.sums = runningSums(d.adds, 0)
		return
	}
	d.sums = f.path(d.r, n, d.start, d.final, d.target)
	f.bounded(d.sums, d.one)
}

// takeBack lets some periods report too much and the next take it back.
func (d *draft) takeBack() {
	often := d.f.shape.number("sometimes", 15)
	for i := 1; i < len(d.adds); i++ {
		if d.adds[i] > 0 && d.adds[i-1] > 0 && d.r.Int64N(100) < often {
			back := d.adds[i] + percentOf(span{0, 30}.from(d.r), d.adds[i])
			d.adds[i], d.adds[i-1] = d.adds[i]-back, d.adds[i-1]+back
		}
	}
}

// report writes the values down in the family's way of reporting.
func (d *draft) report() {
	p := d.f.report
	every := p.number("every", 1)
	for i := range d.periods {
		total := int64(i+1)%every == 0
		switch p.word {
		case "increments":
			d.add(i, indicator.ThisPeriod, d.adds[i])
		case "totals", "levels":
			d.add(i, indicator.Total, d.sums[i])
		case "shares":
			d.addShare(i)
		case "alternating":
			if total = d.r.IntN(2) == 0; !total {
				d.add(i, indicator.ThisPeriod, d.adds[i])
			}
		case "both":
			d.add(i, indicator.ThisPeriod, d.adds[i])
		}
		if total && (p.word == "both" || p.word == "alternating") {
			d.add(i, indicator.Total, d.sums[i])
		}
	}
	d.open(p.options["opens"])
	if _, late := p.options["first"]; late {
		first := int(p.span("first", span{}).from(d.r)) - 1
		d.lines = slices.DeleteFunc(d.lines, func(l line) bool { return l.to < first })
	}
	if only := p.number("only", 0); only > 0 {
		d.lines = d.lines[:only]
	}
	d.revise()
}

func (d *draft) add(i int, basis indicator.Basis, value int64) {
	guard := int(d.f.report.number("guard", 0))
	l := line{to: i, period: d.periods[i], basis: basis, places: d.places - guard, unit: d.unit, revision: 1, recorded: d.delay()}
	l.value = roundedBy(value, tenTo(guard))
	if also, ok := d.f.report.options["also"]; ok && d.r.IntN(2) == 0 {
		l.convert(quantity.MustUnit(also))
	}
	d.lines = append(d.lines, l)
}

// convert writes the value in a unit that has a power of ten as its factor.
func (l *line) convert(unit quantity.Unit) {
	factor := new(big.Rat).Quo(unit.Factor(), l.unit.Factor())
	for ten := big.NewRat(10, 1); factor.Cmp(big.NewRat(1, 1)) > 0; l.places++ {
		factor.Quo(factor, ten)
	}
	for ten := big.NewRat(10, 1); factor.Cmp(big.NewRat(1, 1)) < 0; l.places-- {
		factor.Mul(factor, ten)
	}
	l.unit = unit
}

// addShare reports a share as its two figures, the value rounded from them.
func (d *draft) addShare(i int) {
	whole := d.f.report.span("of", span{50, 5000}).roughly(d.r)
	part := roundedBy(whole*d.sums[i], 100*d.one)
	d.add(i, indicator.Total, roundedBy(part*100*d.one, whole))
	d.lines[len(d.lines)-1].share = &[2]int64{part, whole}
}

// open takes the first months together: two months in one total, as in
// statistics, or a first quarter or half in one report.
func (d *draft) open(how string) {
	months, freq := 0, indicator.Monthly
	switch how {
	case "":
		return
	case "two":
		months = 2
	case "quarter":
		months, freq = 3, indicator.Quarterly
	case "half":
		months, freq = 6, indicator.HalfYearly
	}
	d.lines = d.lines[months-1:]
	l := &d.lines[0]
	l.value = d.sums[months-1]
	if how == "two" {
		l.basis = indicator.Total
	} else {
		l.period = indicator.PeriodOf(freq, l.period.Start())
	}
}

// delay is how many days after the end of a period it is reported.
func (d *draft) delay() int {
	most := 12
	switch d.f.frequency {
	case indicator.Daily:
		most = 1
	case indicator.Weekly:
		most = 4
	}
	return 1 + d.r.IntN(most)
}

// revise puts wrong first revisions before some reports.
func (d *draft) revise() {
	percent, slip := d.f.report.number("revised", 0), d.f.report.number("slip", 0)
	var all []line
	for _, l := range d.lines {
		if l.value != 0 && d.r.Int64N(100) < percent {
			wrong := l
			if slip > 0 {
				wrong.value *= slip
			} else {
				wrong.value += percentOf(span{-10, 10}.from(d.r), wrong.value)
			}
			all = append(all, wrong)
			l.revision, l.recorded = 2, l.recorded+3+d.r.IntN(10)
		}
		all = append(all, l)
	}
	d.lines = all
}

// finish writes the series as the service holds it; shown is the report on which
// a fault can first be seen.
func (d *draft) finish(shown int) drawn {
	f := d.f
	in := indicator.Indicator{
		Code: "families-2023-1-1", Name: f.name, Kind: f.kind, Binding: indicator.Committed, State: indicator.Confirmed,
		Frequency: f.frequency, StartsOn: f.first, DueOn: f.due, TermEndsOn: f.due,
		Target: indicator.Target{Comparator: f.comparator, Value: d.plan, Unit: f.unit},
	}
	if f.decrease {
		in.Direction = indicator.Decrease
		in.DirectionBy = indicator.ByText
	}
	if f.baseline {
		b := line{value: d.start, places: d.places, unit: d.unit}
		b.convert(f.unit)
		n := quantity.MustNumber(plain(b.value, b.places))
		in.Baseline = &n
	}
	in.Settle()
	s := drawn{in: in}
	short := d.r.IntN(2) == 0 // whoever fills the form in writes 12.5 or 12.50
	for _, l := range d.lines {
		s.reports = append(s.reports, l.measurement(in.Code, short, d.r))
	}
	slices.SortStableFunc(s.reports, func(a, b indicator.Measurement) int { return a.RecordedAt.Compare(b.RecordedAt) })
	for i := range s.reports {
		s.reports[i].ID = int64(i + 1)
	}
	slices.SortStableFunc(s.reports, func(a, b indicator.Measurement) int {
		return cmp.Or(a.Period.End().DaysSince(b.Period.End()), cmp.Compare(a.ID, b.ID))
	})
	s.judgedOn = d.judgedOn(shown)
	return s
}

func (l line) measurement(code string, short bool, r *rand.Rand) indicator.Measurement {
	text := plain(l.value, l.places)
	if short && l.places > 0 {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	m := indicator.Measurement{
		Indicator: code, Period: l.period, Basis: l.basis, Value: quantity.MustNumber(text), Unit: l.unit, Revision: l.revision,
	}
	end := l.period.End()
	// Office hours in Beijing.
	m.RecordedAt = time.Date(end.Year(), end.Month(), end.Day()+l.recorded, 1+r.IntN(8), r.IntN(60), 0, 0, time.UTC)
	if l.share != nil {
		m.Share = &indicator.Share{Numerator: quantity.FromInt(l.share[0]), Denominator: quantity.FromInt(l.share[1])}
	}
	return m
}

// plain writes a whole number of the last place; places below 0 stand for zeros
// at the end.
func plain(value int64, places int) string {
	digits := strconv.FormatInt(abs(value), 10) + strings.Repeat("0", max(0, -places))
	if places > 0 {
		digits = strings.Repeat("0", max(0, places+1-len(digits))) + digits
		digits = digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	}
	if value < 0 {
		return "-" + digits
	}
	if value == 0 && places < 0 {
		return "0"
	}
	return digits
}

// judgedOn are the dates on which the fault must be found.
func (d *draft) judgedOn(shown int) []indicator.Date {
	if d.f.finds == "" {
		return nil
	}
	var all []indicator.Date
	for _, word := range d.f.judged {
		at := shown
		switch {
		case word == "end":
			all = append(all, d.f.due)
			continue
		case word != "report":
			later := 0
			for _, c := range word[1:] {
				later = 10*later + int(c-'0')
			}
			at = min(shown+later, len(d.lines)-1)
		}
		all = append(all, d.lines[at].period.End())
	}
	return all
}

// soundDates are those on which a sound series must be left in peace: the ends
// of the quarters of a year, of the years of a longer term, the quarters of a
// shorter one; or the end alone.
func (f *family) soundDates(s drawn) []indicator.Date {
	if slices.Contains(f.judged, "end") {
		return []indicator.Date{f.due}
	}
	var all []indicator.Date
	days := f.due.DaysSince(f.first) + 1
	switch {
	case days == 365:
		for p := indicator.PeriodOf(indicator.Quarterly, f.first); !p.End().After(f.due); p = p.Next() {
			all = append(all, p.End())
		}
	case days > 365:
		for p := indicator.PeriodOf(indicator.Yearly, f.first); !p.End().After(f.due); p = p.Next() {
			all = append(all, p.End())
		}
	default:
		for i := range 4 {
			all = append(all, f.first.AddDays(days*(i+1)/4-1))
		}
	}
	return all
}
