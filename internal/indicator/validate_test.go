package indicator_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func piles(t *testing.T) indicator.Indicator {
	t.Helper()
	in := indicator.Indicator{
		Code: "qingzhou-2023-14-1", Plan: "qingzhou-2023", Task: "14", Section: 2, Name: "新增公共充电桩数",
		Kind: indicator.Increment, Direction: indicator.Increase, DirectionBy: indicator.ByText,
		Target:   indicator.Target{Comparator: indicator.Equal, Value: quantity.MustNumber("221"), Unit: quantity.MustUnit("个")},
		StartsOn: mustDate(t, "2023-01-01"), DueOn: mustDate(t, "2023-12-31"), TermEndsOn: mustDate(t, "2023-12-31"),
		Binding: indicator.Committed, Frequency: indicator.Monthly, LeadAgencies: []string{"市工信局", "市发改局"},
	}
	in.Settle()
	return in
}

func number(s string) *quantity.Number {
	n := quantity.MustNumber(s)
	return &n
}

// wantFault checks the code and the field of a refusal.
func wantFault(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != code || f.Field != field {
		t.Errorf("got %v, want %s at %q", err, code, field)
	}
}

func TestIndicatorCheck(t *testing.T) {
	t.Run("accepts a whole record", func(t *testing.T) {
		if err := piles(t).Check(); err != nil {
			t.Error(err)
		}
	})
	t.Run("accepts a baseline of a level", func(t *testing.T) {
		in := piles(t)
		in.Kind, in.Baseline = indicator.Cumulative, number("100")
		if err := in.Check(); err != nil {
			t.Error(err)
		}
	})

	t.Run("accepts a target that waits for its reference, with a unit or without", func(t *testing.T) {
		in := piles(t)
		in.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全省平均水平", Waits: true}
		if err := in.Check(); err != nil {
			t.Error(err)
		}
		in.Target.Unit = quantity.MustUnit("%")
		if err := in.Check(); err != nil {
			t.Error(err)
		}
	})

	t.Run("accepts a baseline of a range with one end to be reached, and an index without a unit", func(t *testing.T) {
		in := piles(t)
		in.Kind, in.Target.ValueHigh, in.Baseline, in.Target.Unit = indicator.Ratio, number("300"), number("100"), quantity.Unit{}
		if err := in.Check(); err != nil {
			t.Error(err)
		}
	})

	growth := func(in *indicator.Indicator, over indicator.Over) {
		in.Kind, in.Over, in.Target.Unit = indicator.Growth, over, quantity.MustUnit("%")
	}
	waits := func(in *indicator.Indicator) {
		in.Kind, in.Target.Waits, in.Target.Reference, in.Target.Unit = indicator.Cumulative, true, "全省平均水平", quantity.Unit{}
	}
	refused := []struct {
		name  string
		spoil func(*indicator.Indicator)
		code  fault.Code
		field string
	}{
		{"a target that waits for nothing", func(in *indicator.Indicator) { in.Target.Waits = true }, fault.RequiredField, "/target/reference"},
		{"a reference over 200 characters", func(in *indicator.Indicator) { in.Target.Reference = strings.Repeat("桩", 201) }, fault.InvalidValue, "/target/reference"},
		{"an upper end of what waits", func(in *indicator.Indicator) { waits(in); in.Target.ValueHigh = number("9") }, fault.InvalidValue, "/target/value_high"},
		{"a baseline without a unit", func(in *indicator.Indicator) { waits(in); in.Baseline = number("9") }, fault.RequiredField, "/target/unit"},
		{"a name of blanks", func(in *indicator.Indicator) { in.Name = "  " }, fault.RequiredField, "/name"},
		{"a name over 200 characters", func(in *indicator.Indicator) { in.Name = strings.Repeat("桩", 201) }, fault.InvalidValue, "/name"},
		{"a control character in the name", func(in *indicator.Indicator) { in.Name = "a\x00b" }, fault.InvalidValue, "/name"},
		{"an unknown kind", func(in *indicator.Indicator) { in.Kind = "sum" }, fault.InvalidValue, "/kind"},
		{"an unknown direction", func(in *indicator.Indicator) { in.Direction = "up" }, fault.InvalidValue, "/direction"},
		{"an unknown binding", func(in *indicator.Indicator) { in.Binding = "maybe" }, fault.InvalidValue, "/binding"},
		{"an unknown frequency", func(in *indicator.Indicator) { in.Frequency = "fortnight" }, fault.InvalidValue, "/frequency"},
		{"an unknown comparator", func(in *indicator.Indicator) { in.Target.Comparator = ">=" }, fault.InvalidValue, "/target/comparator"},
		{"within of a single number", func(in *indicator.Indicator) { in.Direction = indicator.Within }, fault.InvalidValue, "/direction"},
		{"an unknown course", func(in *indicator.Indicator) { in.Course = "drift" }, fault.InvalidValue, "/course"},
		{"an unknown basis", func(in *indicator.Indicator) { in.DefaultBasis = "" }, fault.InvalidValue, "/default_basis"},
		{"growth over something of what does not grow", func(in *indicator.Indicator) { in.Over = indicator.OverTerm }, fault.InvalidValue, "/over"},
		{"growth over nothing", func(in *indicator.Indicator) { growth(in, "") }, fault.InvalidValue, "/over"},
		{"growth on average of things", func(in *indicator.Indicator) {
			growth(in, indicator.OverAverage)
			in.Target.Unit = quantity.MustUnit("个")
		}, fault.InvalidValue, "/target/unit"},
		{"a baseline of growth over the term", func(in *indicator.Indicator) { growth(in, indicator.OverTerm); in.Baseline = number("1") }, fault.InvalidValue, "/baseline"},
		{"a curve of an average", func(in *indicator.Indicator) {
			growth(in, indicator.OverAverage)
			in.Frequency = indicator.Yearly
			in.Curve = []indicator.CurvePoint{{On: in.DueOn, Percent: quantity.FromInt(100)}}
		}, fault.InvalidValue, "/curve"},
		{"an average that is reported by the quarter", func(in *indicator.Indicator) {
			growth(in, indicator.OverAverage)
			in.Frequency = indicator.Quarterly
		}, fault.InvalidValue, "/frequency"},
		{"an average that accrues", func(in *indicator.Indicator) {
			growth(in, indicator.OverAverage)
			in.Frequency = indicator.Yearly
			in.Course, in.CourseBy = indicator.Accrue, indicator.ByPerson
		}, fault.InvalidValue, "/course"},
		{"a ceiling that accrues", func(in *indicator.Indicator) {
			in.Kind, in.Target.Comparator, in.Direction = indicator.Ratio, indicator.AtMost, indicator.Decrease
			in.Course, in.CourseBy = indicator.Accrue, indicator.ByPerson
		}, fault.InvalidValue, "/course"},
		{"a ceiling of increments that accrues", func(in *indicator.Indicator) {
			in.Target.Comparator, in.Direction = indicator.AtMost, indicator.Decrease
			in.Course, in.CourseBy = indicator.Accrue, indicator.ByPerson
		}, fault.InvalidValue, "/course"},
		{"a target for each day", func(in *indicator.Indicator) { in.Each = indicator.Daily }, fault.InvalidValue, "/each"},
		{"a level for each month", func(in *indicator.Indicator) { in.Kind, in.Each = indicator.Cumulative, indicator.Monthly }, fault.InvalidValue, "/each"},
		{"a target for each year of half a year", func(in *indicator.Indicator) {
			in.Each, in.DueOn = indicator.Yearly, mustDate(t, "2023-06-30")
		}, fault.InvalidValue, "/each"},
		{"weeks, which may lie in two months, of what each month needs", func(in *indicator.Indicator) {
			in.Each, in.Frequency = indicator.Monthly, indicator.Weekly
		}, fault.InvalidValue, "/frequency"},
		{"quarterly reports of what each month needs", func(in *indicator.Indicator) {
			in.Each, in.Frequency = indicator.Monthly, indicator.Quarterly
		}, fault.InvalidValue, "/frequency"},
		{"a target for each month that is held", func(in *indicator.Indicator) {
			in.Each, in.Course, in.CourseBy = indicator.Monthly, indicator.Hold, indicator.ByPerson
		}, fault.InvalidValue, "/course"},
		{"a curve of what each month needs", func(in *indicator.Indicator) {
			in.Each = indicator.Monthly
			in.Curve = []indicator.CurvePoint{{On: in.DueOn, Percent: quantity.FromInt(100)}}
		}, fault.InvalidValue, "/curve"},
		{"a range upside down", func(in *indicator.Indicator) { in.Target.ValueHigh = number("220") }, fault.InvalidValue, "/target/value_high"},
		{"a range with a comparator", func(in *indicator.Indicator) {
			in.Target.ValueHigh, in.Target.Comparator = number("300"), indicator.AtLeast
		}, fault.InvalidValue, "/target/comparator"},
		{"a range of two limits with a baseline", func(in *indicator.Indicator) {
			in.Kind, in.Target.ValueHigh, in.Baseline, in.Direction = indicator.Ratio, number("300"), number("1"), indicator.Within
		}, fault.InvalidValue, "/baseline"},
		{"a baseline of an increment", func(in *indicator.Indicator) { in.Baseline = number("0") }, fault.InvalidValue, "/baseline"},
		{"no first day", func(in *indicator.Indicator) { in.StartsOn = indicator.Date{} }, fault.RequiredField, "/starts_on"},
		{"no deadline", func(in *indicator.Indicator) { in.DueOn = indicator.Date{} }, fault.RequiredField, "/due_on"},
		{"a deadline before the first day", func(in *indicator.Indicator) { in.DueOn = mustDate(t, "2022-12-31") }, fault.InvalidDate, "/due_on"},
		{"a term that ends before the deadline", func(in *indicator.Indicator) { in.TermEndsOn = mustDate(t, "2023-06-30") }, fault.InvalidDate, "/term_ends_on"},
		{"an agency listed twice", func(in *indicator.Indicator) { in.LeadAgencies = []string{"甲", "乙", "甲"} }, fault.InvalidValue, "/lead_agencies/2"},
		{"an empty agency", func(in *indicator.Indicator) { in.ParticipatingAgencies = []string{""} }, fault.RequiredField, "/participating_agencies/0"},
	}
	for _, c := range refused {
		t.Run("refuses "+c.name, func(t *testing.T) {
			in := piles(t)
			c.spoil(&in)
			wantFault(t, in.Check(), c.code, c.field)
		})
	}
}

func TestCurveCheck(t *testing.T) {
	point := func(on, percent string) indicator.CurvePoint {
		return indicator.CurvePoint{On: mustDate(t, on), Percent: quantity.MustNumber(percent)}
	}
	cases := []struct {
		name  string
		curve []indicator.CurvePoint
		code  fault.Code
		field string
	}{
		{"a point before the term", []indicator.CurvePoint{point("2022-12-31", "1")}, fault.InvalidDate, "/curve/0/on"},
		{"a point after the deadline", []indicator.CurvePoint{point("2023-06-30", "1"), point("2024-01-01", "2")}, fault.InvalidDate, "/curve/1/on"},
		{"a percent over 100", []indicator.CurvePoint{point("2023-06-30", "100.01")}, fault.InvalidValue, "/curve/0/percent"},
		{"a percent under 0", []indicator.CurvePoint{point("2023-06-30", "-1")}, fault.InvalidValue, "/curve/0/percent"},
		{"dates out of order", []indicator.CurvePoint{point("2023-06-30", "1"), point("2023-06-30", "2")}, fault.InvalidDate, "/curve/1/on"},
		{"percents that fall", []indicator.CurvePoint{point("2023-06-30", "20"), point("2023-07-30", "10")}, fault.InvalidValue, "/curve/1/percent"},
	}
	for _, c := range cases {
		t.Run("refuses "+c.name, func(t *testing.T) {
			in := piles(t)
			in.Curve = c.curve
			wantFault(t, in.Check(), c.code, c.field)
		})
	}
	t.Run("accepts a harvest", func(t *testing.T) {
		in := piles(t)
		in.Curve = []indicator.CurvePoint{point("2023-06-01", "0"), point("2023-06-30", "45"), point("2023-10-31", "100")}
		if err := in.Check(); err != nil {
			t.Error(err)
		}
	})
}

func TestMeasurementCheckFor(t *testing.T) {
	report := func(change func(*indicator.Measurement)) indicator.Measurement {
		m := indicator.Measurement{
			Indicator: "qingzhou-2023-14-1", Period: mustPeriod(t, "2023-09"), Basis: indicator.Total,
			Value: quantity.MustNumber("168"), Unit: quantity.MustUnit("个"),
		}
		change(&m)
		return m
	}
	level := func(in *indicator.Indicator) { in.Kind = indicator.Cumulative }
	same := func(*indicator.Indicator) {}
	cases := []struct {
		name   string
		of     func(*indicator.Indicator)
		change func(*indicator.Measurement)
		code   fault.Code
		field  string
	}{
		{"a period before the term", same, func(m *indicator.Measurement) { m.Period = mustPeriod(t, "2022-12") }, fault.PeriodOutsideTerm, "/period"},
		{"a period after the term", same, func(m *indicator.Measurement) { m.Period = mustPeriod(t, "2024-01") }, fault.PeriodOutsideTerm, "/period"},
		{"a period that ends on the eve of the term", func(in *indicator.Indicator) { in.StartsOn = mustDate(t, "2023-02-01") }, func(m *indicator.Measurement) { m.Period = mustPeriod(t, "2023-01") }, fault.PeriodOutsideTerm, "/period"},
		{"a period that begins the day after the term", func(in *indicator.Indicator) { in.TermEndsOn = mustDate(t, "2023-06-30") }, func(m *indicator.Measurement) { m.Period = mustPeriod(t, "2023-Q3") }, fault.PeriodOutsideTerm, "/period"},
		{"a unit of another dimension", same, func(m *indicator.Measurement) { m.Unit = quantity.MustUnit("吨") }, fault.UnitMismatch, "/unit"},
		{"an increment of a level", level, func(m *indicator.Measurement) { m.Basis = indicator.ThisPeriod }, fault.BasisMismatch, "/basis"},
		{"a source id over 200 characters", same, func(m *indicator.Measurement) { m.SourceID = strings.Repeat("a", 201) }, fault.InvalidValue, "/source_id"},
		{"a note over 2000 characters", same, func(m *indicator.Measurement) { m.Note = strings.Repeat("注", 2001) }, fault.InvalidValue, "/note"},
		{"evidence that is no web address", same, func(m *indicator.Measurement) { m.EvidenceURL = "javascript:alert(1)" }, fault.InvalidValue, "/evidence_url"},
	}
	for _, c := range cases {
		t.Run("refuses "+c.name, func(t *testing.T) {
			in := piles(t)
			c.of(&in)
			wantFault(t, report(c.change).CheckFor(in), c.code, c.field)
		})
	}
	t.Run("accepts the periods that the term begins and ends in", func(t *testing.T) {
		in := piles(t)
		in.StartsOn, in.TermEndsOn = mustDate(t, "2023-03-15"), mustDate(t, "2023-11-10")
		for _, period := range []string{"2023-03", "2023-Q1", "2023", "2023-03-15", "2023-11-10", "2023-11", "2023-H2"} {
			m := report(func(m *indicator.Measurement) { m.Period = mustPeriod(t, period) })
			if err := m.CheckFor(in); err != nil {
				t.Errorf("%s: %v", period, err)
			}
		}
	})
	t.Run("accepts another unit of the same dimension, and the term's last period", func(t *testing.T) {
		m := report(func(m *indicator.Measurement) {
			m.Unit, m.Period, m.EvidenceURL = quantity.MustUnit("万个"), mustPeriod(t, "2023-12"), "https://data.example.gov.cn/a?b=c"
		})
		if err := m.CheckFor(piles(t)); err != nil {
			t.Error(err)
		}
	})
}

func TestCheckPlanCode(t *testing.T) {
	for _, code := range []string{"qingzhou-2023", "a", "x1-y2-z3", strings.Repeat("a", 64)} {
		if err := indicator.CheckPlanCode(code); err != nil {
			t.Errorf("%q: %v", code, err)
		}
	}
	for _, code := range []string{"", "Qingzhou", "a_b", "-a", "a-", "a--b", "青州", "a/b", "a b", strings.Repeat("a", 65)} {
		wantFault(t, indicator.CheckPlanCode(code), fault.InvalidValue, "code")
	}
}

func TestParseWordListsWhatIsAllowed(t *testing.T) {
	_, err := indicator.ParseWord("weekly", indicator.Frequencies)
	if f := fault.From(err); f.Code != fault.InvalidValue || !strings.Contains(f.Detail.EN, "day, week, month, quarter, half, year") {
		t.Errorf("got %v", err)
	}
}
