package indicator_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// daysOf are the days of a period, one by one.
func daysOf(p indicator.Period) map[indicator.Date]bool {
	days := map[indicator.Date]bool{}
	for d := p.Start(); !d.After(p.End()); d = d.AddDays(1) {
		days[d] = true
	}
	return days
}

// twice says day by day whether two reports cannot stand beside each other: two
// increments that share some days and not all, or an increment of which a total
// has some days and not the rest.
func twice(a, b indicator.Measurement) bool {
	if a.Basis == indicator.Total {
		a, b = b, a
	}
	if a.Basis == indicator.Total {
		return false
	}
	own, other := daysOf(a.Period), daysOf(b.Period)
	shared, inTotal := 0, 0
	for d := range own {
		if other[d] {
			shared++
		}
		if !d.After(b.Period.End()) {
			inTotal++
		}
	}
	if b.Basis == indicator.Total {
		return inTotal > 0 && inTotal < len(own)
	}
	return shared > 0 && (shared < len(own) || shared < len(other))
}

func drawReport(rt *rapid.T, label string) indicator.Measurement {
	freq := rapid.SampledFrom(indicator.Frequencies).Draw(rt, label+" frequency")
	day := indicator.DateOf(2022, 12, 1).AddDays(rapid.IntRange(0, 420).Draw(rt, label+" day"))
	return indicator.Measurement{
		Period: indicator.PeriodOf(freq, day), Basis: rapid.SampledFrom(indicator.Bases).Draw(rt, label+" basis"),
	}
}

func TestOverlapOfAnyTwoReports(t *testing.T) {
	check := func(existing []indicator.Measurement, m indicator.Measurement) bool {
		err := indicator.CheckOverlap(existing, m)
		if err != nil && !fault.Is(err, fault.PeriodOverlap) {
			t.Fatal(err)
		}
		return err != nil
	}
	t.Run("is what counting the days one by one says", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			a, b := drawReport(rt, "first"), drawReport(rt, "second")
			if got, want := check([]indicator.Measurement{a}, b), twice(a, b); got != want {
				rt.Fatalf("%s %s beside %s %s: refused %t, want %t", b.Period, b.Basis, a.Period, a.Basis, got, want)
			}
		})
	})
	t.Run("does not depend on which came first", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			a, b := drawReport(rt, "first"), drawReport(rt, "second")
			if check([]indicator.Measurement{a}, b) != check([]indicator.Measurement{b}, a) {
				rt.Fatalf("%s %s and %s %s", a.Period, a.Basis, b.Period, b.Basis)
			}
		})
	})
	t.Run("with many is with any of them", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			existing := make([]indicator.Measurement, rapid.IntRange(0, 6).Draw(rt, "how many"))
			some := false
			m := drawReport(rt, "new")
			for i := range existing {
				existing[i] = drawReport(rt, "existing")
				some = some || twice(existing[i], m)
			}
			if got := check(existing, m); got != some {
				rt.Fatalf("refused %t beside %v, want %t", got, existing, some)
			}
		})
	})
	t.Run("is never with a revision of itself", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			m := drawReport(rt, "report")
			if check([]indicator.Measurement{m}, m) {
				rt.Fatalf("%s %s overlaps itself", m.Period, m.Basis)
			}
		})
	})
}

func TestOverlapGridOfAQuarter(t *testing.T) {
	periods := []string{"2023", "2023-H2", "2023-Q3", "2023-07", "2023-09", "2023-09-30"}
	for _, c := range []struct {
		name     string
		existing indicator.Basis
		added    indicator.Basis
		rows     []string // by the existing period: x where the added one is refused
	}{
		{"increments stand beside none that holds them or that they hold", indicator.ThisPeriod, indicator.ThisPeriod, []string{
			".xxxxx", "x.xxxx", "xx.xxx", "xxx...", "xxx..x", "xxx.x.",
		}},
		{"an increment is refused where the total ends inside it", indicator.Total, indicator.ThisPeriod, []string{
			"......", "......", "xx....", "xxx...", "xx....", "xx....",
		}},
		{"a total is refused where it ends inside the increment", indicator.ThisPeriod, indicator.Total, []string{
			"..xxxx", "..xxxx", "...x..", "......", "......", "......",
		}},
		{"totals never stand in each other's way", indicator.Total, indicator.Total, []string{
			"......", "......", "......", "......", "......", "......",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, existing := range periods {
				got := ""
				for _, added := range periods {
					mark := "."
					if indicator.CheckOverlap([]indicator.Measurement{report(t, existing, c.existing)}, report(t, added, c.added)) != nil {
						mark = "x"
					}
					got += mark
				}
				if got != c.rows[i] {
					t.Errorf("beside %s: %s, want %s", existing, got, c.rows[i])
				}
			}
		})
	}
}
