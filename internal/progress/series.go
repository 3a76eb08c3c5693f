package progress

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Period is one period of an indicator's series, as known and judged on a date.
type Period struct {
	indicator.Period
	Ends    indicator.Date          // its last day within the term
	Over    bool                    // that day is past or the date judged
	Reports []indicator.Measurement // what was reported for periods that end in it, newest revisions by recency
	// Amount is what the period comes to in the target's unit: its own part of what adds
	// up, the latest figure of everything else; nil where the reports do not tell.
	Amount *big.Rat
	Basis  indicator.Basis // of Amount; empty without one
}

// Revisions is how often what was reported for the period was corrected, or taken back
// before it was sent anew.
func (p Period) Revisions() int {
	n := 0
	for _, m := range p.Reports {
		n += m.Revision - 1
	}
	return n
}

// Periods lists the periods of a frequency that share a day with an indicator's term and with the
// days from first to last, either of which may be zero for no bound. Of the periods that are
// not over on a date only the one that it falls in is there, where reports of a part
// of it count already.
func Periods(in indicator.Indicator, step indicator.Frequency, first, last, on indicator.Date) []indicator.Period {
	if first.Before(in.StartsOn) {
		first = in.StartsOn
	}
	end := lastDay(in)
	if on.Before(end) {
		end = on
	}
	if !last.IsZero() && last.Before(end) {
		end = last
	}
	var all []indicator.Period
	for p := indicator.PeriodOf(step, first); !p.Start().After(end); p = p.Next() {
		if endWithin(in, p).After(on) && findCutOff(in, on).day.Before(p.Start()) {
			break
		}
		all = append(all, p)
	}
	return all
}

// Step is the length of the periods of a series: the one asked for, or the indicator's
// own frequency where that is none or shorter, for between two reports there is nothing.
func Step(in indicator.Indicator, asked indicator.Frequency) indicator.Frequency {
	own := indicator.PeriodOf(in.Frequency, in.StartsOn).Frequency()
	if slices.Index(indicator.Frequencies, asked) < slices.Index(indicator.Frequencies, own) {
		return own
	}
	return asked
}

// Series is what was reported of an indicator, ready to be asked period by period.
type Series struct {
	in      indicator.Indicator
	ms      []indicator.Measurement
	on      indicator.Date
	profile Profile
	newest  []indicator.Measurement // of every period and basis, by recency
	actual  actual
}

// NewSeries reads the measurements of an indicator, in any order, superseded revisions
// included, that count on a date; see Compute.
func NewSeries(in indicator.Indicator, ms []indicator.Measurement, on indicator.Date, p Profile) Series {
	j := newJudgement(in, ms, on, p)
	latest := newest(j.in, ms, j.cut.day)
	slices.SortFunc(latest, byRecency)
	s := Series{in: j.in, ms: ms, on: on, profile: p, actual: j.actual, newest: make([]indicator.Measurement, len(latest))}
	for i, r := range latest {
		s.newest[i] = *r.Measurement
	}
	return s
}

// Unit is what amounts are in.
func (s Series) Unit() quantity.Unit { return s.in.Target.Unit }

// Of is a period of the series. One that is not over yet has no amount of its own.
func (s Series) Of(p indicator.Period) Period {
	out := Period{Period: p, Ends: endWithin(s.in, p)}
	out.Over = !out.Ends.After(s.on)
	for _, m := range s.newest {
		if ends := endWithin(s.in, m.Period); !ends.Before(p.Start()) && !ends.After(out.Ends) {
			out.Reports = append(out.Reports, m)
		}
	}
	if !out.Over {
		return out
	}
	own := s.actual.fit[endingBefore(s.actual.fit, p.Start()):]
	own = own[:endingBefore(own, out.Ends.AddDays(1))]
	switch {
	case len(own) == 0:
	case s.in.Kind == indicator.Increment:
		if sum, part := s.actual.within(s.in, p, own); !part {
			out.Amount, out.Basis = sum, indicator.ThisPeriod
		}
	default:
		latest := own[len(own)-1]
		out.Amount, out.Basis = latest.exact(), latest.Basis
	}
	return out
}

// Judge is the progress, without its cautions, on the last day of a period, or on the date that the series is
// judged on where the period is not over.
func (s Series) Judge(p Period) Result {
	on := p.Ends
	if !p.Over {
		on = s.on
	}
	return Figures(s.in, s.ms, on, s.profile)
}

// YearBefore is the same period of the year before, with an amount of the same basis;
// false where the series has none.
func (s Series) YearBefore(p Period) (Period, bool) {
	before, ok := p.Period.YearBefore()
	if !ok || p.Amount == nil || before.Start().Before(s.in.StartsOn) {
		return Period{}, false
	}
	then := s.Of(before)
	return then, then.Amount != nil && then.Basis == p.Basis
}

// Change (同比) is how much one amount is more than another, with two decimals: in percentage
// points for rates of growth and shares, else in percent. It is false where the other is 0 or
// less, of which there is no percent.
func (s Series) Change(amount, before *big.Rat) (change quantity.Number, points, ok bool) {
	more := new(big.Rat).Sub(amount, before)
	if unit := s.Unit(); unit.IsPercent() {
		return quantity.FromRat(more.Mul(more, unit.Factor()), places), true, true
	}
	if before.Sign() <= 0 {
		return quantity.Number{}, false, false
	}
	return quantity.FromRat(more.Mul(more.Quo(more, before), percentBase), places), false, true
}

// Written is an amount with all its digits, or rounded half up where they do not end.
func Written(amount *big.Rat) *quantity.Number {
	if amount == nil {
		return nil
	}
	n, _ := decimal(amount)
	return &n
}
