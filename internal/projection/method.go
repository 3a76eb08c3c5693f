package projection

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// weighed is a period with its weight: how much of the whole is expected to fall into it.
type weighed struct {
	period indicator.Period
	ends   indicator.Date
	place  int64
	weight *big.Rat // 0 or more
	added  *big.Rat // nil for a period to come
}

// model is a method with its weights.
type model struct {
	method Method
	sample []weighed
	ahead  []weighed
}

// choose takes the indicator's own curve, else last year's seasons where they explain what
// was added better than the average does, else the average.
func (h *history) choose(p progress.Profile) model {
	if len(h.in.Curve) > 0 {
		if m, ok := h.byCurve(p); ok {
			return m
		}
	}
	even := h.even(h.parts)
	if m, ok := h.bySeason(); ok {
		if m.misses().Cmp(h.even(h.parts[len(h.parts)-len(m.sample):]).misses()) < 0 {
			return m
		}
	}
	return even
}

func (h *history) even(parts []part) model {
	one := big.NewRat(1, 1)
	m := model{method: RunRate}
	for _, p := range parts {
		m.sample = append(m.sample, weighed{p.period, p.period.End(), p.place, one, p.added})
	}
	for _, s := range h.ahead {
		m.ahead = append(m.ahead, weighed{s.period, s.ends, s.place, s.share, nil})
	}
	return m
}

// byCurve weighs periods by how much of the target the curve expects in them.
func (h *history) byCurve(p progress.Profile) (model, bool) {
	at := func(day indicator.Date) *big.Rat { return progress.Figures(h.in, nil, day, p).Pace.Rat() }
	m := h.even(h.parts)
	m.method = Curve
	for _, list := range [][]weighed{m.sample, m.ahead} {
		for i := range list {
			w := &list[i]
			if w.weight = at(w.ends); w.period.Start().After(h.in.StartsOn) {
				w.weight.Sub(w.weight, at(w.period.Start().AddDays(-1)))
			}
		}
	}
	return m, m.usable()
}

// bySeason weighs periods by what was added in the same period of the year before, or, of
// a period whose year before is still to come, in the latest of the same name.
func (h *history) bySeason() (model, bool) {
	if h.step == indicator.Yearly {
		return model{}, false
	}
	added := map[indicator.Period]*big.Rat{}
	falls := h.parts[0].added.Sign() < 0
	for _, p := range h.parts {
		if p.added.Sign() != 0 && (p.added.Sign() < 0) != falls {
			return model{}, false
		}
		added[p.period] = new(big.Rat).Abs(p.added)
	}
	m := h.even(h.parts)
	m.method = Seasonal
	m.sample = slices.DeleteFunc(m.sample, func(w weighed) bool {
		before, ok := w.period.YearBefore()
		return !ok || added[before] == nil
	})
	for i := range m.sample {
		before, _ := m.sample[i].period.YearBefore()
		m.sample[i].weight = added[before]
	}
	for i := range m.ahead {
		w := &m.ahead[i]
		before, ok := w.period.YearBefore()
		for ok && added[before] == nil && before.Start().After(h.in.StartsOn) {
			before, ok = before.YearBefore()
		}
		if !ok || added[before] == nil {
			return model{}, false
		}
		w.weight = new(big.Rat).Mul(added[before], w.weight)
	}
	return m, m.usable()
}

// usable reports whether the weights say something of the past and of what is to come.
func (m model) usable() bool {
	positive := func(list []weighed) int {
		n := 0
		for _, w := range list {
			if w.weight.Sign() > 0 {
				n++
			}
		}
		return n
	}
	return positive(m.sample) >= Least && positive(m.ahead) > 0
}

// words say the method with its figures.
func (m model) words(h *history, out Projection) fault.Text {
	rate := quantity.FromRat(m.ratio(), 2)
	last := h.last.Period
	switch m.method {
	case Curve:
		return fault.Say("按进度曲线推算：%[1]s 至 %[2]s 共 %[3]d 期，曲线每推进 1 个百分点实际完成 %[4]s%[5]s；至 %[6]s 余 %[7]d 期",
			"by the curve: in %[3]d periods from %[1]s to %[2]s each percentage point of it brought %[4]s%[5]s; %[7]d periods to %[6]s",
			out.From, last, out.Periods, rate, out.Unit, out.Deadline, out.Remaining)
	case Seasonal:
		return fault.Say("按上年同期推算：%[1]s 至 %[2]s 共 %[3]d 期为上年同期的 %[4]s 倍；至 %[6]s 余 %[7]d 期",
			"by the year before: %[3]d periods from %[1]s to %[2]s brought %[4]s times what they did then; %[7]d periods to %[6]s",
			out.From, last, out.Periods, rate, out.Unit, out.Deadline, out.Remaining)
	}
	return fault.Say("按平均进度推算：%[1]s 至 %[2]s 共 %[3]d 期，平均每期 %[4]s%[5]s；至 %[6]s 余 %[7]d 期",
		"by the run rate: %[3]d periods from %[1]s to %[2]s brought %[4]s%[5]s each; %[7]d periods to %[6]s",
		out.From, last, out.Periods, rate, out.Unit, out.Deadline, out.Remaining)
}
