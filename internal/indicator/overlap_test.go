package indicator_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func report(t *testing.T, period string, basis indicator.Basis) indicator.Measurement {
	t.Helper()
	p, err := indicator.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	return indicator.Measurement{Indicator: "p-1-1", Period: p, Basis: basis}
}

func TestCheckOverlap(t *testing.T) {
	const increment, total = indicator.ThisPeriod, indicator.Total
	cases := []struct {
		name    string
		before  string
		basis   indicator.Basis
		period  string
		as      indicator.Basis
		refused bool
	}{
		{"accepts the same increment again as a revision", "2023-09", increment, "2023-09", increment, false},
		{"accepts the increment that follows", "2023-09", increment, "2023-10", increment, false},
		{"refuses a month inside a quarter", "2023-Q3", increment, "2023-09", increment, true},
		{"refuses a quarter around a month", "2023-09", increment, "2023-Q3", increment, true},
		{"refuses a day inside a month", "2023-09", increment, "2023-09-30", increment, true},
		{"refuses a year around a half", "2023-H1", increment, "2023", increment, true},
		{"accepts totals of any length side by side", "2023-Q3", total, "2023-09", total, false},
		{"accepts an increment wholly inside a total", "2023-Q3", total, "2023-08", increment, false},
		{"accepts an increment that ends with the total", "2023-09", total, "2023-Q3", increment, false},
		{"accepts an increment after the total", "2023-09", total, "2023-10", increment, false},
		{"refuses an increment that runs past a total", "2023-08", total, "2023-Q3", increment, true},
		{"refuses an increment that begins on a total's last day", "2023-09-01", total, "2023-09", increment, true},
		{"refuses a total that ends inside an increment", "2023-Q3", increment, "2023-08", total, true},
		{"accepts a total that ends with an increment", "2023-Q3", increment, "2023-09", total, false},
		{"accepts a total that ends before an increment", "2023-Q3", increment, "2023-06", total, false},
		{"accepts a total that ends after an increment", "2023-Q3", increment, "2023-10", total, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			existing := []indicator.Measurement{report(t, "2022", increment), report(t, c.before, c.basis)}
			err := indicator.CheckOverlap(existing, report(t, c.period, c.as))
			if got := fault.Is(err, fault.PeriodOverlap); got != c.refused || (err != nil) != c.refused {
				t.Errorf("%s %s beside %s %s: %v, want refused %v", c.period, c.as, c.before, c.basis, err, c.refused)
			}
		})
	}
}

func TestCheckOverlapNamesTheOtherPeriod(t *testing.T) {
	err := indicator.CheckOverlap(
		[]indicator.Measurement{report(t, "2023-Q3", indicator.ThisPeriod)}, report(t, "2023-09", indicator.ThisPeriod))
	f := fault.From(err)
	if f.Field != "/period" {
		t.Errorf("field %q, want /period", f.Field)
	}
	for _, text := range []string{f.Detail.ZH, f.Detail.EN} {
		if !strings.Contains(text, "2023-Q3") || !strings.Contains(text, "2023-09") {
			t.Errorf("%q does not name both periods", text)
		}
	}
}

func TestCheckOverlapAllowsTheFirstReport(t *testing.T) {
	if err := indicator.CheckOverlap(nil, report(t, "2023-09", indicator.ThisPeriod)); err != nil {
		t.Error(err)
	}
}
