package indicator_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

var outcomes = []indicator.Outcome{
	indicator.Stored, indicator.Revised, indicator.Unchanged, indicator.Retracted, indicator.Refused, indicator.NotStored,
}

func TestTallyCount(t *testing.T) {
	for _, c := range []struct {
		name    string
		outcome indicator.Outcome
		want    indicator.Tally
	}{
		{"a first report as stored", indicator.Stored, indicator.Tally{Rows: 1, Stored: 1}},
		{"a further revision as revised", indicator.Revised, indicator.Tally{Rows: 1, Revised: 1}},
		{"a retraction as a revision", indicator.Retracted, indicator.Tally{Rows: 1, Revised: 1}},
		{"the same again as unchanged", indicator.Unchanged, indicator.Tally{Rows: 1, Unchanged: 1}},
		{"a refusal as refused", indicator.Refused, indicator.Tally{Rows: 1, Refused: 1}},
		{"what fell with its batch as a row alone", indicator.NotStored, indicator.Tally{Rows: 1}},
	} {
		t.Run("counts "+c.name, func(t *testing.T) {
			var got indicator.Tally
			got.Count(c.outcome)
			if got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}

	t.Run("loses no row, whatever becomes of them and in whatever order", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			rows := rapid.SliceOf(rapid.SampledFrom(outcomes)).Draw(rt, "rows")
			var tally indicator.Tally
			var fell int64
			for _, o := range rows {
				tally.Count(o)
				if o == indicator.NotStored {
					fell++
				}
			}
			if tally.Rows != int64(len(rows)) || tally.Stored+tally.Revised+tally.Unchanged+tally.Refused+fell != tally.Rows {
				rt.Fatalf("%+v of %d rows", tally, len(rows))
			}
		})
	})
}

func TestTargetAccepts(t *testing.T) {
	unit := quantity.MustUnit
	for _, c := range []struct {
		name   string
		target indicator.Target
		unit   quantity.Unit
		want   bool
	}{
		{"its own unit", indicator.Target{Unit: unit("公里")}, unit("公里"), true},
		{"a magnitude of its unit", indicator.Target{Unit: unit("亩")}, unit("万亩"), true},
		{"another family of its dimension", indicator.Target{Unit: unit("公顷")}, unit("亩"), true},
		{"not another dimension", indicator.Target{Unit: unit("公里")}, unit("座"), false},
		{"not the lack of a unit", indicator.Target{Unit: unit("公里")}, quantity.Unit{}, false},
		{"any unit while it waits without one", indicator.Target{Waits: true}, unit("座"), true},
		{"no unit either while it waits without one", indicator.Target{Waits: true}, quantity.Unit{}, true},
		{"its dimension alone while it waits with a unit", indicator.Target{Waits: true, Unit: unit("%")}, unit("座"), false},
		{"its own unit while it waits with one", indicator.Target{Waits: true, Unit: unit("%")}, unit("%"), true},
	} {
		t.Run("accepts "+c.name, func(t *testing.T) {
			if got := c.target.Accepts(c.unit); got != c.want {
				t.Errorf("%t for %q against %q", got, c.unit, c.target.Unit)
			}
		})
	}
}

func TestReportsOfATargetThatWaits(t *testing.T) {
	waiting := func() indicator.Indicator {
		in := piles(t)
		in.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全省平均水平", Waits: true}
		return in
	}
	m := indicator.Measurement{Period: mustPeriod(t, "2023-09"), Basis: indicator.Total, Value: quantity.MustNumber("5.2")}
	t.Run("must bring their unit while the target has none", func(t *testing.T) {
		wantFault(t, m.CheckFor(waiting()), fault.RequiredField, "/unit")
	})
	t.Run("bring any unit while the target has none", func(t *testing.T) {
		m := m
		for _, unit := range []string{"%", "座", "亩"} {
			m.Unit = quantity.MustUnit(unit)
			if err := m.CheckFor(waiting()); err != nil {
				t.Errorf("%s: %v", unit, err)
			}
		}
	})
	t.Run("keep to the unit once the target has one", func(t *testing.T) {
		in, m := waiting(), m
		in.Target.Unit, m.Unit = quantity.MustUnit("%"), quantity.MustUnit("座")
		wantFault(t, m.CheckFor(in), fault.UnitMismatch, "/unit")
	})
}

func TestBaselineIn(t *testing.T) {
	level := func(baseline *quantity.Number, unit string) indicator.Indicator {
		in := piles(t)
		in.Kind, in.Baseline, in.Target.Unit = indicator.Cumulative, baseline, quantity.MustUnit(unit)
		return in
	}
	for _, c := range []struct{ name, baseline, unit, to, want string }{
		{"keeps the digits as written in the same unit", "75.40", "个", "个", "75.40"},
		{"keeps the digits as written in a unit of the same size", "75.40", "个", "家", "75.40"},
		{"keeps a zero in any unit", "0.0", "亩", "公顷", "0.0"},
		{"has fewer digits in a smaller unit", "43.20", "万亩", "亩", "432000"},
		{"has more digits in a larger unit", "1000", "个", "万个", "0.1"},
		{"keeps its sign", "-12.5", "万个", "个", "-125000"},
		{"converts across families when the digits end", "43.2", "万亩", "公顷", "28800"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := level(number(c.baseline), c.unit).BaselineIn(quantity.MustUnit(c.to))
			if err != nil || got == nil || got.String() != c.want {
				t.Errorf("%v, %v, want %s", got, err, c.want)
			}
		})
	}
	t.Run("is none where there is none", func(t *testing.T) {
		if got, err := level(nil, "个").BaselineIn(quantity.MustUnit("吨")); got != nil || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("is asked for anew when its digits do not end", func(t *testing.T) {
		_, err := level(number("1"), "亩").BaselineIn(quantity.MustUnit("平方米"))
		wantFault(t, err, fault.RequiredField, "/baseline")
	})
	t.Run("refuses a unit of another dimension", func(t *testing.T) {
		if got, err := level(number("1"), "亩").BaselineIn(quantity.MustUnit("座")); !fault.Is(err, fault.UnitMismatch) {
			t.Errorf("%v, %v", got, err)
		}
	})
	t.Run("comes back the same from a unit and back", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			units := rapid.SampledFrom([]string{"个", "万个", "家"})
			base := quantity.FromInt(rapid.Int64Range(-1e9, 1e9).Draw(rt, "baseline"))
			in := level(&base, units.Draw(rt, "unit"))
			from, to := in.Target.Unit, quantity.MustUnit(units.Draw(rt, "to"))
			there, err := in.BaselineIn(to)
			if err != nil {
				rt.Fatal(err)
			}
			in.Baseline, in.Target.Unit = there, to
			if back, err := in.BaselineIn(from); err != nil || back.Cmp(base) != 0 {
				rt.Fatalf("%s%s is %s%s and back %v, %v", base, from, there, to, back, err)
			}
		})
	})
}
