package progress

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// The model below computes what is due a second time, from the documentation: on
// the civil calendar of package time, and with the sides of a target as words.

// civil is a day on the calendar of package time.
func civil(d indicator.Date) time.Time {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil {
		panic(err)
	}
	return t
}

func daysFrom(from, to time.Time) int64 { return int64(to.Sub(from) / (24 * time.Hour)) }

// endsPeriod reports whether a day is the last of a period of the frequency.
func endsPeriod(d time.Time, freq indicator.Frequency) bool {
	next := d.AddDate(0, 0, 1)
	every := map[indicator.Frequency]int{indicator.Monthly: 1, indicator.Quarterly: 3, indicator.HalfYearly: 6, indicator.Yearly: 12}[freq]
	switch {
	case freq == indicator.Daily:
		return true
	case freq == indicator.Weekly:
		return d.Weekday() == time.Sunday
	}
	return next.Day() == 1 && (int(next.Month())-1)%every == 0
}

// modelCutOff looks back from the day judged for the last day on which a period
// ended, the target was due or the plan was over; for what is kept, nothing
// counts after the period in which it was due. ok is false where there is none.
func modelCutOff(in indicator.Indicator, on indicator.Date, kept bool) (cut time.Time, ok bool) {
	first, due, last := civil(in.StartsOn), civil(in.DueOn), civil(in.TermEndsOn)
	if kept {
		for d := due; !d.After(last); d = d.AddDate(0, 0, 1) {
			if endsPeriod(d, in.Frequency) {
				last = d
			}
		}
	}
	for d := civil(on); !d.Before(first); d = d.AddDate(0, 0, -1) {
		if !d.After(last) && (endsPeriod(d, in.Frequency) || d.Equal(due) || d.Equal(last)) {
			return d, true
		}
	}
	return time.Time{}, false
}

// side is where the target is to be reached from and to, as the plan means it.
type side struct {
	less     bool
	from, to *big.Rat
	limit    bool // there is no half of it
	accrues  bool
}

// modelSide reads direction and course out of an indicator that is settled.
func modelSide(in indicator.Indicator) side {
	t := in.SignedTarget()
	s := side{less: in.Direction == indicator.Decrease, from: new(big.Rat), to: t.Value.Rat()}
	if s.less && t.ValueHigh != nil {
		s.to = t.ValueHigh.Rat()
	}
	s.accrues = in.Course == indicator.Accrue || len(in.Curve) > 0
	ceiling := in.Target.Comparator == indicator.AtMost || in.Target.Comparator == indicator.LessThan
	fall := s.to.Sign() < 0 && (in.Kind == indicator.Growth || in.Kind == indicator.Increment)
	switch based := in.Baseline != nil && in.Kind != indicator.Increment; {
	case in.Direction == indicator.Within:
		s.limit = true
	case based && s.less:
		s.from = in.Baseline.Rat()
		s.limit = s.from.Cmp(s.to) < 0 || ceiling && s.from.Cmp(s.to) == 0
	case based:
		s.from, s.limit = in.Baseline.Rat(), in.Baseline.Rat().Cmp(s.to) > 0
	case s.less:
		s.limit = ceiling || !fall
	default:
		s.limit = s.to.Sign() < 0
	}
	return s
}

// modelPaceOn is the pace at a cut-off: by the curve, else by days or months.
func modelPaceOn(in indicator.Indicator, cut time.Time, by PaceBy) *big.Rat {
	first, due := civil(in.StartsOn), civil(in.DueOn)
	if len(in.Curve) > 0 {
		return onModelCurve(in, cut)
	}
	if !cut.Before(due) {
		return big.NewRat(100, 1)
	}
	if by == ByDays {
		return big.NewRat(100*(daysFrom(first, cut)+1), daysFrom(first, due)+1)
	}
	over, all := int64(0), int64(1)
	for d := first; d.Before(due); d = d.AddDate(0, 0, 1) {
		if endsPeriod(d, indicator.Monthly) {
			all++
			if !d.After(cut) {
				over++
			}
		}
	}
	return big.NewRat(100*over, all)
}

func onModelCurve(in indicator.Indicator, cut time.Time) *big.Rat {
	at, percent := []time.Time{civil(in.StartsOn).AddDate(0, 0, -1)}, []*big.Rat{new(big.Rat)}
	for _, p := range in.Curve {
		at, percent = append(at, civil(p.On)), append(percent, p.Percent.Rat())
	}
	if !slices.ContainsFunc(at, func(d time.Time) bool { return d.Equal(civil(in.DueOn)) }) {
		at, percent = append(at, civil(in.DueOn)), append(percent, big.NewRat(100, 1))
	}
	for i := 1; i < len(at); i++ {
		if cut.Before(at[i]) {
			part := big.NewRat(daysFrom(at[i-1], cut), daysFrom(at[i-1], at[i]))
			rise := new(big.Rat).Sub(percent[i], percent[i-1])
			return rise.Add(rise.Mul(rise, part), percent[i-1])
		}
	}
	return percent[len(percent)-1]
}

// thingsIn is how many single things one of the target's unit is; counted is
// false for what does not come whole, such as a figure per head.
func thingsIn(in indicator.Indicator) (one int64, counted bool) {
	one, counted = singles[in.Target.Unit.String()]
	return one, counted && in.Name != perHead
}

// modelDue is B + (T − B) × pace; of things that are counted one by one so many
// as are whole, looked at from B.
func modelDue(in indicator.Indicator, s side, pace *big.Rat) *big.Rat {
	way := new(big.Rat).Sub(s.to, s.from)
	amount := new(big.Rat).Add(s.from, new(big.Rat).Mul(way, new(big.Rat).Quo(pace, big.NewRat(100, 1))))
	one, counted := thingsIn(in)
	if !counted || amount.Cmp(s.to) == 0 {
		return amount
	}
	things := new(big.Rat).Mul(amount, big.NewRat(one, 1))
	whole := new(big.Int).Quo(things.Num(), things.Denom()) // towards 0
	for _, step := range []int64{-1, 0, 1} {                // the whole numbers around, the one towards B of them
		n := new(big.Rat).SetInt(new(big.Int).Add(whole, big.NewInt(step)))
		off := new(big.Rat).Sub(things, n)
		if off.Sign() == 0 || off.Sign() == way.Sign() && off.Abs(off).Cmp(big.NewRat(1, 1)) < 0 {
			amount = n.Quo(n, big.NewRat(one, 1))
			break
		}
	}
	if new(big.Rat).Sub(amount, s.from).Sign()*way.Sign() < 0 { // never beyond B
		return s.from
	}
	return amount
}

func TestAmountDueAgreesWithTheModel(t *testing.T) {
	compared := 0
	for range 60 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawRuled(t, indicator.Kinds...), drawProfile(t)
			if in.Each != "" {
				return
			}
			s, on := modelSide(in), drawOn(t, in)
			kept := s.limit || !s.accrues
			cut, any := modelCutOff(in, on, kept)
			empty := newJudgement(in, nil, on, p)
			if cutOff := empty.cut.day; any != !cutOff.IsZero() || any && !civil(cutOff).Equal(cut) {
				t.Fatalf("%s: cut-off %s, the model says %s", written(empty), cutOff, cut.Format(time.DateOnly))
			}
			if !any {
				return
			}
			a := drawNear(t, in, empty, "actual")
			ms := atCutOff(t, in, empty.cut.day, a)
			r, j := Compute(in, ms, on, p), newJudgement(in, ms, on, p)
			if kept {
				compareKept(t, j, r)
				return
			}
			compared++
			pace := modelPaceOn(in, cut, p.PaceBy)
			if r.Pace.String() != rounded(pace) {
				t.Fatalf("%s: pace %s, the model says %s", written(j), r.Pace, rounded(pace))
			}
			compareDue(t, j, r, s, modelDue(in, s, pace), j.actual.value)
		})
	}
	if compared < 200 {
		t.Errorf("only %d cases were compared", compared)
	}
}

// compareKept holds what is kept against the target itself, of which no part is
// due, whatever a curve says, and which no baseline on its worse side eases.
func compareKept(t *rapid.T, j *judgement, r Result) {
	if r.AmountDue != nil || r.Shortfall != nil || (r.DueGap == nil) != (r.Percent == nil) {
		t.Fatalf("%s is kept: amount due %v, shortfall %v, gap %v", written(j), r.AmountDue, r.Shortfall, r.DueGap)
	}
	if early := j.cut.day.Before(j.in.DueOn); early && r.Attained || j.kept && !r.On.After(j.in.DueOn) && order[r.Status] < order[OnTrack] {
		t.Fatalf("%s is kept %v until %s: %s", written(j), j.kept, j.cut.day, r.Status)
	}
	if j.percent == nil {
		return
	}
	gap := new(big.Rat).Sub(j.percent, big.NewRat(100, 1))
	if printed, _ := new(big.Rat).SetString(rounded(gap)); r.DueGap.Rat().Cmp(printed) != 0 {
		t.Fatalf("%s is kept: gap %s of %s %%", written(j), r.DueGap, j.percent.RatString())
	}
	if broken := gap.Sign() < 0 && !j.kept; broken && order[r.Status] >= order[OnTrack] {
		t.Fatalf("%s is not kept, at %s %%: %s", written(j), r.Percent, r.Status)
	}
	without := j.in
	without.Baseline, without.DirectionBy = nil, indicator.ByPerson
	if s := modelSide(j.in); s.limit || j.in.Baseline == nil {
		return
	}
	if alone := newJudgement(without, j.reports(), j.on, j.profile); alone.percent == nil || alone.percent.Cmp(j.percent) != 0 {
		t.Fatalf("%s is kept at %s %%, without its baseline at %v", written(j), j.percent.RatString(), alone.percent)
	}
}

// compareDue holds the figures printed against those of the model.
func compareDue(t *rapid.T, j *judgement, r Result, s side, amount, a *big.Rat) {
	if off := new(big.Rat).Sub(r.AmountDue.Rat(), amount); off.Abs(off).Cmp(big.NewRat(1, 2000000)) > 0 {
		t.Fatalf("%s: %s due, the model says %s", written(j), r.AmountDue, amount.RatString())
	} else if _, ends := amount.FloatPrec(); ends && off.Sign() != 0 {
		t.Fatalf("%s: %s due, the model says exactly %s", written(j), r.AmountDue, amount.RatString())
	}
	lacks := new(big.Rat).Sub(amount, a)
	if s.less {
		lacks.Neg(lacks)
	}
	if lacks.Sign() < 0 {
		lacks.SetInt64(0)
	}
	if off := new(big.Rat).Sub(r.Shortfall.Rat(), lacks); off.Abs(off).Cmp(big.NewRat(1, 2000000)) > 0 || (lacks.Sign() == 0) != (r.Shortfall.Sign() == 0) {
		t.Fatalf("%s: %s is lacking, the model says %s", written(j), r.Shortfall, lacks.RatString())
	}
	way := new(big.Rat).Sub(s.to, s.from)
	if way.Sign() == 0 {
		if r.DueGap != nil {
			t.Fatalf("%s: gap %s without a way", written(j), r.DueGap)
		}
		return
	}
	gap := new(big.Rat).Sub(a, amount)
	gap.Mul(gap.Quo(gap, way), big.NewRat(100, 1))
	if printed, _ := new(big.Rat).SetString(rounded(gap)); r.DueGap.Rat().Cmp(printed) != 0 {
		t.Fatalf("%s: gap %s, the model says %s", written(j), r.DueGap, rounded(gap))
	}
	if (lacks.Sign() == 0) != (gap.Sign() >= 0) || (j.due.shortfall.Sign() == 0) != (j.due.gap.Sign() >= 0) {
		t.Fatalf("%s: lacks %s at a gap of %s", written(j), lacks.RatString(), gap.RatString())
	}
	low, high := s.from, s.to
	if low.Cmp(high) > 0 {
		low, high = high, low
	}
	if j.due.amount.Cmp(low) < 0 || j.due.amount.Cmp(high) > 0 {
		t.Fatalf("%s: %s due is not between %s and %s", written(j), j.due.amount.RatString(), low.RatString(), high.RatString())
	}
	want := Behind
	switch {
	case gap.Sign() >= 0:
		want = OnTrack
	case gap.Cmp(big.NewRat(-10, 1)) >= 0:
		want = AtRisk
	}
	if r.Status != Attained && r.Status != Missed && r.Status != want {
		t.Fatalf("%s: status %s at a gap of %s", written(j), r.Status, gap.RatString())
	}
}

// Who has done the whole things of what is due is on track, whatever the
// fraction.
func TestNobodyIsBehindForAFraction(t *testing.T) {
	held := 0
	for range 80 {
		rapid.Check(t, func(t *rapid.T) {
			in, p := drawRuled(t, indicator.Increment, indicator.Cumulative), drawProfile(t)
			on := in.StartsOn.AddDays(rapid.IntRange(0, max(in.DueOn.DaysSince(in.StartsOn)-1, 0)).Draw(t, "day before it is due"))
			s := modelSide(in)
			one, counted := thingsIn(in)
			cut, any := modelCutOff(in, on, false)
			if !counted || in.Each != "" || s.limit || !s.accrues || !any || s.from.Cmp(s.to) == 0 {
				return
			}
			a := modelDue(in, s, modelPaceOn(in, cut, p.PaceBy))
			if rapid.Bool().Draw(t, "one less") {
				step := big.NewRat(1, one)
				if s.less {
					step.Neg(step)
				}
				a.Sub(a, step)
			}
			value, _ := decimal(a)
			r := Compute(in, atCutOff(t, in, newJudgement(in, nil, on, p).cut.day, value), on, p)
			if r.Percent == nil {
				return
			}
			held++
			fell := r.Shortfall.Sign() > 0
			if !fell && order[r.Status] < order[OnTrack] {
				t.Fatalf("%s done of %s due: %s", value, r.AmountDue, r.Status)
			}
			if (r.DueGap.Sign() < 0) && !fell || fell && r.Status == OnTrack {
				t.Fatalf("%s done of %s due: shortfall %s, gap %s, %s", value, r.AmountDue, r.Shortfall, r.DueGap, r.Status)
			}
		})
	}
	if held < 50 {
		t.Errorf("only %d cases were held", held)
	}
}
