package progress

import (
	"fmt"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// terms walks over terms that begin, fall due and end in the middle of periods
// and at their edges, for each frequency.
func terms(visit func(name string, in indicator.Indicator)) {
	starts := []indicator.Date{yearStart, indicator.DateOf(2023, 3, 15), indicator.DateOf(2023, 6, 1)}
	dues := []indicator.Date{indicator.DateOf(2023, 6, 15), indicator.DateOf(2023, 9, 30)}
	for _, freq := range indicator.Frequencies {
		for _, first := range starts {
			for _, due := range dues {
				for _, last := range []indicator.Date{due, indicator.DateOf(2023, 11, 10)} {
					in := chargers()
					in.Name, in.Direction, in.Binding = "充电桩", indicator.Increase, indicator.Committed
					in.Frequency, in.StartsOn, in.DueOn, in.TermEndsOn = freq, first, due, last
					in.Settle()
					visit(fmt.Sprintf("every %s, %s..%s of a plan to %s", freq, first, due, last), in)
				}
			}
		}
	}
}

func TestPaceRisesDayByDayAndIsFullFromTheDueDate(t *testing.T) {
	months := DefaultProfile()
	months.PaceBy = ByMonths
	hundred := quantity.FromInt(100)
	check := func(name string, in indicator.Indicator, p Profile) {
		before := Compute(in, nil, in.StartsOn.AddDays(-4), p)
		for on := in.StartsOn.AddDays(-3); !on.After(in.TermEndsOn.AddDays(3)); on = on.AddDays(1) {
			r := Compute(in, nil, on, p)
			if r.Pace.Cmp(before.Pace) < 0 || r.CutOff.Before(before.CutOff) || r.CutOff.After(on) {
				t.Fatalf("%s, on %s: cut-off %s after %s, pace %s after %s", name, on, r.CutOff, before.CutOff, r.Pace, before.Pace)
			}
			if full := r.Pace.Cmp(hundred) == 0; full != !on.Before(in.DueOn) && len(in.Curve) == 0 && p.PaceBy == ByDays {
				t.Fatalf("%s, on %s: pace %s", name, on, r.Pace)
			}
			if !r.CutOff.IsZero() && (r.CutOff.Before(in.StartsOn) || r.CutOff.After(in.TermEndsOn) || !r.ReportMissing) {
				t.Fatalf("%s, on %s: cut-off %s without a report, missing %v", name, on, r.CutOff, r.ReportMissing)
			}
			before = r
		}
	}
	terms(func(name string, in indicator.Indicator) {
		check(name, in, DefaultProfile())
		check(name+", by months", in, months)
		in.Curve = []indicator.CurvePoint{{On: in.StartsOn, Percent: quantity.FromInt(5)}, {On: in.DueOn, Percent: quantity.FromInt(100)}}
		check(name+", by a curve", in, DefaultProfile())
	})
}

// Whatever the service accepts must come to count, at the latest when its period
// is over within the term.
func TestEveryReportThatIsAcceptedCounts(t *testing.T) {
	terms(func(name string, in indicator.Indicator) {
		if err := in.Check(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		period := indicator.PeriodOf(in.Frequency, in.StartsOn.AddDays(-1))
		for ; !period.Start().After(in.TermEndsOn.AddDays(31)); period = period.Next() {
			m := reported(1, period.String(), indicator.ThisPeriod, "7", "个")
			over := period.End()
			if over.After(in.TermEndsOn) {
				over = in.TermEndsOn
			}
			accepted := m.CheckFor(in) == nil
			counted := func(on indicator.Date) bool {
				return Compute(in, []indicator.Measurement{m}, on, DefaultProfile()).Actual != nil
			}
			if counted(over) != accepted || counted(in.TermEndsOn.AddDays(400)) != accepted || counted(over.AddDays(-1)) {
				t.Fatalf("%s: %s accepted %v, counted on %s %v, on the eve %v, in the end %v",
					name, period, accepted, over, counted(over), counted(over.AddDays(-1)), counted(in.TermEndsOn.AddDays(400)))
			}
		}
	})
}

func TestNothingIsMissingWhenEveryPeriodIsReported(t *testing.T) {
	terms(func(name string, in indicator.Indicator) {
		var ms []indicator.Measurement
		for period := indicator.PeriodOf(in.Frequency, in.StartsOn); !period.Start().After(in.TermEndsOn); period = period.Next() {
			ms = append(ms, reported(int64(len(ms)+1), period.String(), indicator.ThisPeriod, "1", "个"))
		}
		step := 1
		if in.Frequency == indicator.Daily {
			step = 9 // hundreds of reports are read for each day
		}
		for on := in.StartsOn; !on.After(in.TermEndsOn.AddDays(9)); on = on.AddDays(step) {
			r := Compute(in, ms, on, DefaultProfile())
			midPeriod := r.CutOff == in.DueOn && in.DueOn.Before(in.TermEndsOn) && indicator.PeriodOf(in.Frequency, in.DueOn).End() != in.DueOn
			if r.ReportMissing != midPeriod {
				t.Fatalf("%s, on %s: cut-off %s, missing %v", name, on, r.CutOff, r.ReportMissing)
			}
		}
	})
}
