package indicator_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func mustPeriod(t *testing.T, s string) indicator.Period {
	t.Helper()
	p, err := indicator.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParsePeriod(t *testing.T) {
	cases := []struct {
		text, start, end string
		freq             indicator.Frequency
	}{
		{"2023-09-15", "2023-09-15", "2023-09-15", indicator.Daily},
		{"2024-02", "2024-02-01", "2024-02-29", indicator.Monthly},
		{"2023-12", "2023-12-01", "2023-12-31", indicator.Monthly},
		{"2023-Q1", "2023-01-01", "2023-03-31", indicator.Quarterly},
		{"2023-Q4", "2023-10-01", "2023-12-31", indicator.Quarterly},
		{"2023-H1", "2023-01-01", "2023-06-30", indicator.HalfYearly},
		{"2023-H2", "2023-07-01", "2023-12-31", indicator.HalfYearly},
		{"2023", "2023-01-01", "2023-12-31", indicator.Yearly},
	}
	for _, c := range cases {
		t.Run("reads "+c.text, func(t *testing.T) {
			p := mustPeriod(t, c.text)
			if p.Start().String() != c.start || p.End().String() != c.end || p.Frequency() != c.freq || p.String() != c.text {
				t.Errorf("got %s..%s %s %q", p.Start(), p.End(), p.Frequency(), p)
			}
		})
	}

	t.Run("refuses what is no period", func(t *testing.T) {
		for _, s := range []string{"", "2023-13", "2023-00", "2023-9", "2023-Q5", "2023-Q0", "2023-H3", "2023-02-30", "23-09", "2023-09-", "2023/09", "2023-q3", "1800", "2023-09-15T00", "２０２３"} {
			if p, err := indicator.ParsePeriod(s); !fault.Is(err, fault.InvalidPeriod) {
				t.Errorf("%q gave %q, %v", s, p, err)
			}
		}
	})
}

func TestPeriodsTileTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		freq := rapid.SampledFrom(indicator.Frequencies).Draw(t, "frequency")
		day := indicator.DateOf(2000, 1, 1).AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		p := indicator.PeriodOf(freq, day)
		if p.Start().After(day) || p.End().Before(day) {
			t.Fatalf("%s does not hold %s", p, day)
		}
		if next := p.Next(); next.Start() != p.End().AddDays(1) || next.Overlaps(p) || next.Frequency() != freq {
			t.Fatalf("%s is followed by %s", p, next)
		}
		again, err := indicator.ParsePeriod(p.String())
		if err != nil || again != p {
			t.Fatalf("%s reads back as %s, %v", p, again, err)
		}
	})
}

func TestYearBefore(t *testing.T) {
	for name, want := range map[string]string{
		"2023-09-15": "2022-09-15", "2024-02-29": "", "2023-W38": "2022-W38", "2020-W53": "", "2023-09": "2022-09",
		"2023-Q3": "2022-Q3", "2023-H1": "2022-H1", "2023": "2022", "1900": "",
	} {
		before, ok := mustPeriod(t, name).YearBefore()
		if before.String() != want || ok != (want != "") {
			t.Errorf("before %s: %s, %v", name, before, ok)
		}
	}
	if before, ok := (indicator.Period{}).YearBefore(); ok {
		t.Errorf("before none: %s", before)
	}
}

func TestOverlaps(t *testing.T) {
	cases := []struct {
		a, b string
		want bool
	}{
		{"2023-09", "2023-Q3", true},
		{"2023-09", "2023-Q4", false},
		{"2023-06-30", "2023-H1", true},
		{"2023-07-01", "2023-H1", false},
		{"2023", "2023-12", true},
		{"2023", "2024", false},
	}
	for _, c := range cases {
		a, b := mustPeriod(t, c.a), mustPeriod(t, c.b)
		if a.Overlaps(b) != c.want || b.Overlaps(a) != c.want {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.want)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2023-09-15", "2023-09", "2023-Q3", "2023-H1", "2023", "2023-13", "9999-99-99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := indicator.ParsePeriod(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Errorf("%q reads as %q", s, p)
		}
		if p.End().Before(p.Start()) {
			t.Errorf("%q ends before it starts", s)
		}
	})
}
