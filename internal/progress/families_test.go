package progress

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

const (
	familiesFile = "../../testdata/plausibility/families.txt"
	// familySize is how many series of each family are judged.
	familySize = 1000
	// leastFound is how many of them a faulty family's caution must find.
	leastFound = 950
	// mostShown is how many series of a failing family are printed.
	mostShown = 3
)

// plausibility are the cautions that speak of implausible reports.
var plausibility = []Caution{
	TotalFalls, TotalDisagrees, LooksTotal, Magnitude, Sign, FractionOfCount, OverHundredPercent, PeriodNotOver, GapInSeries,
}

var usualProfile = DefaultProfile()

// TestFamilies draws many series of every family: sound ones must be left in
// peace on every date, and of faulty ones nearly all must be found.
func TestFamilies(t *testing.T) {
	for _, f := range families(t) {
		t.Run(f.english, func(t *testing.T) {
			t.Parallel()
			if f.finds == "" {
				f.mustBeQuiet(t)
			} else {
				f.mustBeFound(t)
			}
		})
	}
}

// families reads the file.
func families(t *testing.T) []*family {
	t.Helper()
	data, err := os.ReadFile(familiesFile)
	if err != nil {
		t.Fatal(err)
	}
	all, err := readFamilies("families.txt", string(data))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (f *family) mustBeQuiet(t *testing.T) {
	failed := 0
	for n := range familySize {
		s := f.draw(t, n)
		for _, on := range f.soundDates(s) {
			spoken := s.cautions(on)
			if len(spoken) == 0 {
				continue
			}
			if failed++; failed <= mostShown {
				t.Errorf("%s", f.describe(n, s, on, spoken))
			}
			break
		}
	}
	if failed > 0 {
		t.Errorf("%s: %d of %d sound series have a caution, want none", f.where, failed, familySize)
	}
}

func (f *family) mustBeFound(t *testing.T) {
	found, shown := 0, 0
	for n := range familySize {
		s := f.draw(t, n)
		missed := slices.IndexFunc(s.judgedOn, func(on indicator.Date) bool { return !slices.Contains(s.cautions(on), f.finds) })
		if missed < 0 {
			found++
			continue
		}
		if shown++; shown <= mostShown {
			on := s.judgedOn[missed]
			t.Logf("%s", f.describe(n, s, on, s.cautions(on)))
		}
	}
	if found < leastFound {
		t.Errorf("%s: %s is found in %d of %d faulty series, want at least %d", f.where, f.finds, found, familySize, leastFound)
	}
}

// knownOn are the reports of periods that are over by a date.
func (s drawn) knownOn(on indicator.Date) []indicator.Measurement {
	known := make([]indicator.Measurement, 0, len(s.reports))
	for _, m := range s.reports {
		if !m.Period.End().After(on) {
			known = append(known, m)
		}
	}
	return known
}

// cautions are those of plausibility that are given on a date. Before the due
// date the working is left out, which takes most of the time and says nothing
// of cautions.
func (s drawn) cautions(on indicator.Date) []Caution {
	compute := Compute
	if on.Before(s.in.DueOn) {
		compute = Brief
	}
	r := compute(s.in, s.knownOn(on), on, usualProfile)
	var spoken []Caution
	for _, c := range r.Cautions {
		if slices.Contains(plausibility, c) {
			spoken = append(spoken, c)
		}
	}
	return spoken
}

// describe prints all that is needed to see what went wrong with a series.
func (f *family) describe(n int, s drawn, on indicator.Date, spoken []Caution) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s · %s, seed %d, series %d, on %s: ", f.where, f.chinese, f.english, f.seed, n, on)
	if f.finds == "" {
		fmt.Fprintf(&b, "cautions %v, want none\n", spoken)
	} else {
		fmt.Fprintf(&b, "cautions %v, want %s\n", spoken, f.finds)
	}
	b.WriteString(s.String())
	return b.String()
}

// String writes the indicator and its reports in order, the later ones too.
func (s drawn) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %s %s %s %s%s", s.in.Name, s.in.Kind, s.in.Target.Comparator, s.in.Target.Value, s.in.Target.Unit)
	if s.in.Direction == indicator.Decrease {
		b.WriteString(" decrease")
	}
	if s.in.Baseline != nil {
		fmt.Fprintf(&b, " baseline %s", s.in.Baseline)
	}
	for _, m := range s.reports {
		fmt.Fprintf(&b, "\n  %s %s %s%s", m.Period, m.Basis, m.Value, m.Unit)
		if m.Share != nil {
			fmt.Fprintf(&b, " = %s/%s", m.Share.Numerator, m.Share.Denominator)
		}
		if m.Revision > 1 {
			fmt.Fprintf(&b, " revision %d", m.Revision)
		}
		if day := m.RecordedAt.Format(time.DateOnly); day <= m.Period.End().String() {
			fmt.Fprintf(&b, " recorded %s", day)
		}
	}
	return b.String()
}

// TestFamiliesAreFair holds the families themselves to what they promise:
// every series is one that the service would take, targets are such as planners
// set, mostly met by and large and never missed or beaten beyond belief, and
// every caution has a family that it must find.
func TestFamiliesAreFair(t *testing.T) {
	sought := map[Caution]bool{}
	counted, near := 0, 0
	for _, f := range families(t) {
		sought[f.finds] = true
		for n := range 100 {
			s := f.draw(t, n)
			if err := s.in.Check(); err != nil {
				t.Fatalf("%s: series %d: %v", f.where, n, err)
			}
			for _, m := range s.reports {
				if err := m.CheckFor(s.in); err != nil {
					t.Fatalf("%s: series %d: %s: %v\n%s", f.where, n, m.Period, err, s)
				}
			}
			if f.finds == "" && f.accrues() {
				reached := s.reached()
				counted++
				if !reached.beyond(85, 115) {
					near++
				}
				if reached.beyond(60, 180) {
					t.Fatalf("%s: series %d comes to %s%% of its target\n%s", f.where, n, reached, s)
				}
			}
			if n == 0 && testing.Verbose() {
				t.Logf("%s · %s\n%s", f.chinese, f.english, s)
			}
		}
	}
	if near*10 < counted*6 {
		t.Errorf("%d of %d sound series come near their target, want most", near, counted)
	}
	for _, c := range plausibility {
		if !sought[c] {
			t.Errorf("no family has a fault that %s must find", c)
		}
	}
}

// accrues reports whether the series of a family add up to something near the
// target: all increments but ceilings and those of which there is one report.
func (f *family) accrues() bool {
	return f.kind == indicator.Increment && !f.decrease && f.report.number("only", 0) == 0
}

// reached is what a whole series comes to, in percent of its target.
func (s drawn) reached() percentReached {
	return percentReached{*Compute(s.in, s.reports, s.in.DueOn, usualProfile).Percent, s.in.Target.Value.Cmp(quantity.FromInt(20)) < 0}
}

// percentReached allows small counts the rounding to whole things.
type percentReached struct {
	quantity.Number
	small bool
}

func (p percentReached) beyond(low, high int64) bool {
	if p.small {
		low, high = low/2, 2*high
	}
	return p.Cmp(quantity.FromInt(low)) < 0 || p.Cmp(quantity.FromInt(high)) > 0
}
