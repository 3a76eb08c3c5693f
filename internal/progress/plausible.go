package progress

import (
	"math/big"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// AboutReports are the cautions that a report itself gives rise to, for which a
// profile may refuse it.
var AboutReports = []Caution{
	TotalFalls, TotalDisagrees, LooksTotal, Magnitude, Sign, FractionOfCount, OverHundredPercent, PeriodNotOver, GapInSeries,
}

// aboutReports holds the reports against each other and against the target. What
// it looks for is what goes wrong in practice: a figure of another basis, of
// another unit, a digit too many, a month too few. It is made to stay quiet on
// sound data: harvests, lumps, ramps and over-fulfilment.
func (j *judgement) aboutReports() []caution {
	s := series{judgement: j, fit: j.actual.fit}
	if len(s.fit) > 0 {
		for _, check := range checks {
			check(&s)
		}
	}
	s.gap()
	return s.doubts
}

// checks are what figures are looked at for, in the order of the cautions. Each
// report is checked before it is answered, so a check begins with what costs
// least: it compares numbers as they are written before it computes with them.
var checks = [...]func(*series){
	(*series).totalFalls, (*series).totalDisagrees, (*series).looksTotal, (*series).magnitude, (*series).percents, (*series).sign,
	(*series).fractionOfCount, (*series).overHundredPercent, (*series).periodNotOver,
}

// series are the figures that can count, by recency.
type series struct {
	*judgement
	fit    []report
	doubts []caution
}

func (s *series) doubt(code Caution, by []int64, text telling) {
	s.doubts = append(s.doubts, caution{code, text, by})
}

// adds reports whether the reports are of a kind that adds up.
func (s *series) adds() bool { return s.in.Kind == indicator.Increment }

// totals is how many of the reports are totals or levels.
func (s *series) totals() int {
	n := 0
	for i := range s.fit {
		if s.fit[i].Basis == indicator.Total {
			n++
		}
	}
	return n
}

// totalFalls looks for a running total below an earlier one.
func (s *series) totalFalls() {
	if !s.adds() || s.totals() < 2 {
		return
	}
	var highest *report
	for i := range s.fit {
		r := &s.fit[i]
		switch {
		case r.Basis != indicator.Total:
		case highest != nil && r.ends.After(highest.ends) && less(*r, *highest):
			s.doubt(TotalFalls, []int64{r.ID, highest.ID}, tell(
				"%s 累计 %s%s，低于 %s 累计 %s%s", "the total up to %s is %s%s, below that up to %s, %s%s",
				r.Period, r.Value, r.Unit, highest.Period, highest.Value, highest.Unit))
		case highest == nil || !less(*r, *highest):
			highest = r
		}
	}
}

// less compares two reports in the target's unit.
func less(a, b report) bool {
	if a.converted == nil && b.converted == nil {
		return a.Value.Cmp(b.Value) < 0
	}
	return a.exact().Cmp(b.exact()) < 0
}

// totalDisagrees looks for a running total that is not the one before it, or
// nothing at the beginning of the term, and the increments that cover the time
// between. What the printed digits round away is no difference.
func (s *series) totalDisagrees() {
	if n := s.totals(); !s.adds() || n == 0 || n == len(s.fit) {
		return
	}
	var before *report // the total before
	next := s.in.StartsOn
	sum, since := new(big.Rat), []report(nil)
	for i := range s.fit {
		r := s.fit[i]
		if r.Basis != indicator.Total {
			if !r.Period.Start().After(next) && r.ends.AddDays(1).After(next) {
				next, since = r.ends.AddDays(1), append(since, r)
				sum.Add(sum, r.exact())
			}
			continue
		}
		if len(since) > 0 && next.After(r.ends) {
			s.disagreement(before, since, sum, r)
		}
		before, next = &s.fit[i], r.ends.AddDays(1)
		sum, since = new(big.Rat), nil
	}
}

func (s *series) disagreement(before *report, since []report, sum *big.Rat, total report) {
	expected, slack := new(big.Rat).Set(sum), s.rounding(total)
	from := "0"
	if before != nil {
		expected.Add(expected, before.exact())
		slack.Add(slack, s.rounding(*before))
		from = before.Value.String() + before.Unit.String()
	}
	for _, r := range since {
		slack.Add(slack, s.rounding(r))
	}
	if off := new(big.Rat).Sub(expected, total.exact()); off.Abs(off).Cmp(slack) <= 0 {
		return
	}
	s.doubt(TotalDisagrees, append(idsOf(since), total.ID), tell(
		"%s 累计 %s%s，而此前累计 %s 加其后各期本期数应为 %s%s", "the total up to %s is %s%s, but the total before, %s, and the increments since make %s%s",
		total.Period, total.Value, total.Unit, from, show(expected), s.in.Target.Unit))
}

// rounding is how far a value may be from what it was rounded from: half of its
// last place, and nothing where things are counted one by one.
func (s *series) rounding(r report) *big.Rat {
	if r.Unit.IsCount() && r.Unit.Factor().Cmp(big.NewRat(1, 1)) == 0 {
		return new(big.Rat)
	}
	half, err := quantity.Convert(new(big.Rat).Quo(r.Value.LastPlace(), big.NewRat(2, 1)), r.Unit, s.in.Target.Unit)
	if err != nil {
		return new(big.Rat)
	}
	return half
}

// fractionOfCount looks for parts of what is counted one by one, where the
// target is whole.
func (s *series) fractionOfCount() {
	if s.in.Target.Waits || !s.in.CountsSingles() || !wholeThings(s.in.Target.Value, s.in.Target.Unit) {
		return
	}
	for i := range s.fit {
		if r := &s.fit[i]; !wholeThings(r.Value, r.Unit) {
			s.doubt(FractionOfCount, []int64{r.ID}, tell(
				"%s 报 %s%s，计数不应有小数", "%s is reported as %s%s, a part of what is counted one by one", r.Period, r.Value, r.Unit))
		}
	}
}

func wholeThings(n quantity.Number, unit quantity.Unit) bool {
	if n.IsWhole() || unit.IsSingle() {
		return n.IsWhole()
	}
	singles := n.Rat()
	return singles.Mul(singles, unit.Factor()).IsInt()
}

// overHundredPercent looks for shares of more than everything.
func (s *series) overHundredPercent() {
	unit := s.in.Target.Unit
	if s.in.Kind != indicator.Ratio || !unit.IsPercent() || unit.IsPoints() || s.in.Target.Waits {
		return
	}
	all := whole(unit)
	most, digits := decimal(all)
	if s.goal.target.Cmp(all) > 0 || s.goal.high != nil && s.goal.high.Cmp(all) > 0 {
		return
	}
	for _, r := range s.fit {
		if digits && r.converted == nil && r.Value.Cmp(most) <= 0 {
			continue
		}
		if r.exact().Cmp(all) > 0 {
			s.doubt(OverHundredPercent, []int64{r.ID}, tell(
				"%s 报 %s%s，超过全部（100%%）", "%s is reported as %s%s, more than everything (100%%)", r.Period, r.Value, r.Unit))
		}
	}
}

// periodNotOver looks for reports that were sent before their period was over.
func (s *series) periodNotOver() {
	for _, r := range s.fit {
		if r.RecordedAt.IsZero() || indicator.DateIn(r.RecordedAt, time.UTC).After(r.Period.End().AddDays(1)) {
			continue // no place is a day ahead of another by more than that
		}
		if sent := indicator.DateIn(r.RecordedAt, s.profile.place()); !sent.After(r.ends) && sent.Before(r.Period.End()) {
			s.doubt(PeriodNotOver, []int64{r.ID}, tell(
				"%s 的实绩报于 %s，当时该报告期尚未结束", "the report of %s was sent on %s, before that period was over", r.Period, sent))
		}
	}
}

// gap looks for a whole period between reported ones that no report touches, be it
// one that there is no figure.
func (s *series) gap() {
	reports := s.actual.reported(s.fit)
	if len(reports) < 2 {
		return
	}
	later := reports[len(reports)-1]
	first := later.Period.Start() // of all reports that end later
	for i := len(reports) - 2; i >= 0; i-- {
		r := reports[i]
		if first.DaysSince(r.ends) == 1 {
			first, later = r.Period.Start(), r
			continue
		}
		missing := indicator.PeriodOf(s.in.Frequency, r.ends)
		if !missing.Start().After(r.ends) {
			missing = missing.Next()
		}
		if missing.End().Before(first) {
			s.doubt(GapInSeries, []int64{r.ID, later.ID}, tell(
				"%s 与 %s 之间缺 %s 的实绩", "between %s and %s the report of %s is missing", r.Period, later.Period, missing))
		}
		if r.Period.Start().Before(first) {
			first, later = r.Period.Start(), r
		}
	}
}
