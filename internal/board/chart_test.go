package board

import (
	"math/big"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func quantityOf(value string) *v1.Quantity { return &v1.Quantity{Value: v1.Number(value), Unit: "个"} }

func aSeries() (v1.Indicator, v1.Series) {
	value := v1.Number("100")
	target := v1.Target{Comparator: "eq", Value: &value, Unit: "个"}
	in := v1.Indicator{Name: "充电桩", Kind: "increment", StartsOn: "2023-01-01", DueOn: "2023-12-31", Target: target}
	s := v1.Series{Target: target, Periods: []v1.SeriesPeriod{
		{Period: "2023-Q1", On: "2023-03-31", Over: true, Reports: []v1.SeriesReport{{ID: "1"}}, Amount: quantityOf("25"), Actual: quantityOf("25"), AmountDue: quantityOf("24")},
		{Period: "2023-Q2", On: "2023-06-30", Over: true, ReportMissing: true, Actual: quantityOf("25"), AmountDue: quantityOf("49")},
		{Period: "2023-Q3", On: "2023-09-30", Over: true, Reports: []v1.SeriesReport{{ID: "2"}}, Revised: true, Amount: quantityOf("25"), Actual: quantityOf("50"), AmountDue: quantityOf("74")},
	}}
	return in, s
}

func TestAChartShowsWhatWasReportedAndWhatIsLacking(t *testing.T) {
	in, s := aSeries()
	c := (&visit{Lang: languageEN}).chartOf(in, s)
	if c == nil {
		t.Fatal("nothing is drawn")
	}
	if len(c.Points) != 2 || c.Points[0].Revised || !c.Points[1].Revised {
		t.Errorf("reports %+v", c.Points)
	}
	if len(c.Gaps) != 1 || !strings.Contains(c.Gaps[0].Label, "2023-Q2") {
		t.Errorf("gaps %+v", c.Gaps)
	}
	if c.Expected != "" || c.Ahead != "" {
		t.Errorf("a projection that there is not: %s %s", c.Expected, c.Ahead)
	}
	if c.Summary != "充电桩: target 100个, 2023-Q3 running 50个, —" {
		t.Errorf("it says %q", c.Summary)
	}
}

// What lies halfway lies halfway in the picture, to a tenth of a unit.
func TestAChartKeepsProportions(t *testing.T) {
	in, s := aSeries()
	c := (&visit{Lang: languageZH}).chartOf(in, s)
	at := func(text string) *big.Rat {
		t.Helper()
		value, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no position", text)
		}
		return value
	}
	bottom, quarter, half, target := at(c.Bottom), at(c.Points[0].Y), at(c.Points[1].Y), at(c.Targets[0].At)
	tenth := big.NewRat(1, 5)
	for name, differ := range map[string]*big.Rat{
		"a half":    new(big.Rat).Sub(new(big.Rat).Sub(bottom, half), new(big.Rat).Mul(new(big.Rat).Sub(bottom, target), big.NewRat(1, 2))),
		"a quarter": new(big.Rat).Sub(new(big.Rat).Sub(bottom, quarter), new(big.Rat).Mul(new(big.Rat).Sub(bottom, target), big.NewRat(1, 4))),
	} {
		if differ.Abs(differ).Cmp(tenth) > 0 {
			t.Errorf("%s of the target is %s off", name, differ.FloatString(2))
		}
	}
}

func TestAChartTakesWhateverComes(t *testing.T) {
	for name, change := range map[string]func(*v1.Indicator, *v1.Series){
		"nothing reported, no target": func(_ *v1.Indicator, s *v1.Series) { s.Periods, s.Target.Value = nil, nil },
		"one value":                   func(_ *v1.Indicator, s *v1.Series) { s.Periods = nil },
		"all the same": func(in *v1.Indicator, s *v1.Series) {
			in.Kind = "cumulative"
			zero := v1.Number("0")
			s.Target.Value = &zero
			s.Periods[0].Actual = quantityOf("0")
			s.Periods = s.Periods[:1]
		},
		"huge and tiny": func(_ *v1.Indicator, s *v1.Series) {
			s.Periods[0].Actual = quantityOf("123456789012345678901234567890.123")
			s.Periods[2].Actual = quantityOf("0.0000000001")
		},
		"below nothing":    func(_ *v1.Indicator, s *v1.Series) { s.Periods[2].Actual = quantityOf("-4.5") },
		"a day":            func(in *v1.Indicator, _ *v1.Series) { in.DueOn = in.StartsOn },
		"no days":          func(in *v1.Indicator, _ *v1.Series) { in.StartsOn = "soon" },
		"fifty years":      func(in *v1.Indicator, _ *v1.Series) { in.DueOn = "2073-12-31" },
		"a baseline above": func(_ *v1.Indicator, s *v1.Series) { s.Baseline = quantityOf("400") },
	} {
		t.Run(name, func(t *testing.T) {
			in, s := aSeries()
			change(&in, &s)
			c := (&visit{Lang: languageZH}).chartOf(in, s)
			if c == nil {
				return
			}
			if len(c.Rows) == 0 || len(c.Rows) > 12 || len(c.Columns) > 60 {
				t.Errorf("%d rows, %d columns", len(c.Rows), len(c.Columns))
			}
			for _, path := range []string{c.Due, c.Actual} {
				if strings.ContainsAny(path, "eENn") {
					t.Errorf("the path %q", path)
				}
			}
		})
	}
}

func TestHowMuchOfATermIsOver(t *testing.T) {
	for on, want := range map[string]string{"2022-12-31": "0", "2023-01-01": "0.27", "2023-09-30": "74.79", "2023-12-31": "100", "2024-02-01": "100", "": "", "soon": ""} {
		if got := elapsed("2023-01-01", "2023-12-31", on); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}
