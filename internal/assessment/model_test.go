package assessment_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// drawn is an agency as the plain model has it: lists, and nothing summed.
type drawn struct {
	id       int64
	lead     []int // percents in hundredths
	part     []int
	statuses []string // at cut-offs of what it leads
	expected int
	missing  int
	red      int
	opinions []int
	bonus    []int
	veto     bool
}

func draw(r *rand.Rand, id int64) drawn {
	d := drawn{id: id, expected: r.IntN(5), red: r.IntN(3), veto: r.IntN(8) == 0}
	d.missing = r.IntN(d.expected + 1)
	few := func(n, most int) (list []int) {
		for range r.IntN(n) {
			list = append(list, r.IntN(most))
		}
		return list
	}
	d.lead, d.part, d.opinions, d.bonus = few(4, 15_000), few(3, 15_000), few(3, 101), few(3, 5)
	for range r.IntN(5) {
		d.statuses = append(d.statuses, []string{"on_track", "at_risk", "behind", "attained"}[r.IntN(4)])
	}
	return d
}

func (d drawn) tally(scheme assessment.Scheme) *assessment.Tally {
	t := assessment.NewTally(assessment.Agency{ID: d.id, Name: fmt.Sprint(d.id)}, scheme, false)
	day := indicator.DateOf(2023, 12, 31)
	add := func(role indicator.Role, hundredths int, cuts []assessment.CutOff) {
		percent := quantity.FromRat(big.NewRat(int64(hundredths), 100), 2)
		t.Add(role, assessment.Indicator{Code: "x", End: assessment.CutOff{On: day, Status: "on_track", Percent: &percent, Pace: quantity.FromInt(100)}, CutOffs: cuts})
	}
	for i, p := range d.lead {
		var cuts []assessment.CutOff
		if i == 0 {
			for _, s := range d.statuses {
				cuts = append(cuts, assessment.CutOff{On: day, Status: s})
			}
		}
		add(indicator.Lead, p, cuts)
	}
	for _, p := range d.part {
		add(indicator.Participating, p, nil)
	}
	t.Reports = assessment.Reports{Expected: d.expected, OnTime: d.expected - d.missing, Missing: d.missing}
	t.Notices = []assessment.Notices{{Level: "red", Count: d.red}}
	enter := func(kind assessment.EntryKind, points int) {
		t.Entries = append(t.Entries, assessment.Entry{Kind: kind, Points: quantity.FromInt(int64(points))})
	}
	for _, o := range d.opinions {
		enter(assessment.OpinionEntry, o)
	}
	for _, b := range d.bonus {
		enter(assessment.BonusEntry, b)
	}
	if d.veto {
		enter(assessment.VetoEntry, 0)
	}
	return t
}

// points rounds half up to hundredths.
func points(r *big.Rat) int64 {
	r = new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 2))
	return new(big.Int).Div(r.Num(), r.Denom()).Int64()
}

// total is the model's total in hundredths by the default scheme, -1 for none.
func (d drawn) total() int64 {
	shares := map[int64]*big.Rat{} // by weight; the two of 10 apart
	opinion, reporting := (*big.Rat)(nil), (*big.Rat)(nil)
	if n := int64(2*len(d.lead) + len(d.part)); n > 0 {
		sum := int64(0)
		for _, p := range d.lead {
			sum += 2 * min(int64(p), 10_000)
		}
		for _, p := range d.part {
			sum += min(int64(p), 10_000)
		}
		shares[50] = big.NewRat(sum, 10_000*n)
	}
	if len(d.statuses) > 0 && len(d.lead) > 0 {
		halves := int64(0)
		for _, s := range d.statuses {
			halves += map[string]int64{"on_track": 2, "attained": 2, "at_risk": 1}[s]
		}
		shares[20] = big.NewRat(halves, 2*int64(len(d.statuses)))
	}
	if d.expected > 0 {
		reporting = big.NewRat(int64(d.expected-d.missing), int64(d.expected))
	}
	if len(d.opinions) > 0 {
		sum := int64(0)
		for _, o := range d.opinions {
			sum += int64(o)
		}
		opinion = big.NewRat(sum, 100*int64(len(d.opinions)))
	}
	if shares[50] == nil && shares[20] == nil && reporting == nil && opinion == nil {
		return -1
	}
	matters := big.NewRat(max(10-2*int64(d.red), 0), 10)
	scored, total := int64(0), int64(0)
	each := func(use func(weight int64, share *big.Rat)) {
		for _, p := range []struct {
			weight int64
			share  *big.Rat
		}{{50, shares[50]}, {20, shares[20]}, {10, reporting}, {10, matters}, {10, opinion}} {
			if p.share != nil {
				use(p.weight, p.share)
			}
		}
	}
	each(func(weight int64, _ *big.Rat) { scored += weight })
	each(func(weight int64, share *big.Rat) {
		total += points(new(big.Rat).Mul(big.NewRat(100*weight, scored), share))
	})
	bonus := 0
	for _, b := range d.bonus {
		bonus += b
	}
	return total + 100*int64(min(bonus, 5))
}

// TestScoresAreThoseOfAPlainModel draws agencies and holds totals, ranks and grades to a model
// that reckons from lists.
func TestScoresAreThoseOfAPlainModel(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 5))
	ties, vetoed := 0, 0
	for range 2_000 {
		scheme := assessment.DefaultScheme()
		var all []drawn
		var tallies []*assessment.Tally
		for id := range int64(1 + r.IntN(6)) {
			d := draw(r, id+1)
			if len(all) > 0 && r.IntN(4) == 0 {
				d = all[0]
				d.id = id + 1
			}
			all, tallies = append(all, d), append(tallies, d.tally(scheme))
		}
		results := assessment.Compute(scheme, tallies)
		if len(results) != len(all) {
			t.Fatalf("%d results of %d agencies", len(results), len(all))
		}
		for _, got := range results {
			d := all[got.Agency.ID-1]
			want := d.total()
			if (got.Total == nil) != (want < 0) || want >= 0 && !got.Total.Equal(quantity.FromRat(big.NewRat(want, 100), 2)) {
				t.Fatalf("%+v: %v, want %d hundredths", d, got.Total, want)
			}
			if want < 0 {
				continue
			}
			rank, alike := 1, 0
			for _, o := range all {
				if o.total() > want {
					rank++
				}
				if o.total() == want {
					alike++
				}
			}
			if alike > 1 {
				ties++
			}
			grade := "poor"
			for _, g := range []struct {
				from  int64
				grade string
			}{{9000, "excellent"}, {8000, "good"}, {6000, "fair"}} {
				if want >= g.from && !d.veto {
					grade = g.grade
					break
				}
			}
			if d.veto {
				vetoed++
			}
			if got.Rank != rank || got.Grade != grade {
				t.Fatalf("%+v: rank %d, %s, want %d, %s", d, got.Rank, got.Grade, rank, grade)
			}
		}
	}
	if ties < 100 || vetoed < 100 {
		t.Errorf("only %d ties and %d vetoes were drawn", ties, vetoed)
	}
}

// TestBetterIsNeverWorse raises a percent, a status or a number of reports and holds that no total falls.
func TestBetterIsNeverWorse(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 15))
	scheme := assessment.DefaultScheme()
	raised := 0
	totalOf := func(d drawn) *quantity.Number {
		return assessment.Compute(scheme, []*assessment.Tally{d.tally(scheme)})[0].Total
	}
	for range 2_000 {
		d := draw(r, 1)
		better := d
		better.lead, better.statuses = slices.Clone(d.lead), slices.Clone(d.statuses)
		switch {
		case len(d.lead) > 0 && r.IntN(2) == 0:
			better.lead[0] += r.IntN(3_000)
		case len(d.statuses) > 0 && r.IntN(2) == 0:
			better.statuses[0] = "on_track"
		case d.missing > 0:
			better.missing--
		case d.red > 0:
			better.red--
		}
		before, after := totalOf(d), totalOf(better)
		if before == nil {
			continue
		}
		raised++
		if after.Cmp(*before) < 0 {
			t.Fatalf("%+v has %s, and %+v only %s", d, before, better, after)
		}
	}
	if raised < 1_000 {
		t.Errorf("only %d were compared", raised)
	}
}

func TestGradesByShares(t *testing.T) {
	scheme, err := assessment.ParseScheme([]byte(`{"weights":{"attainment":0,"pace":0,"reporting":0,"matters":0,"opinion":100},
		"grades":{"by":"shares","levels":[{"grade":"excellent","label":{"zh":"优秀","en":"E"},"share":0.2,"from":90},
		{"grade":"good","label":{"zh":"良好","en":"G"},"share":0.4},{"grade":"poor","label":{"zh":"较差","en":"P"}}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		scores []int
		want   string // ranks and grades
	}{
		"five":                          {[]int{95, 93, 80, 70, 60}, "1 excellent 2 good 3 good 4 poor 5 poor"},
		"a tie for the place":           {[]int{95, 95, 80, 70, 60}, "1 excellent 1 excellent 3 good 4 poor 5 poor"},
		"the first is not good enough":  {[]int{85, 80, 70, 60, 50}, "1 good 2 good 3 good 4 poor 5 poor"},
		"1, 2, 2, 4":                    {[]int{95, 80, 80, 60}, "1 excellent 2 good 2 good 4 poor"},
		"half a place is rounded up":    {[]int{95, 94, 93}, "1 excellent 2 good 3 poor"},
		"one is a group of its own too": {[]int{95}, "1 good"},
	} {
		t.Run(name, func(t *testing.T) {
			var tallies []*assessment.Tally
			for i, score := range c.scores {
				tally := assessment.NewTally(assessment.Agency{ID: int64(i + 1), Name: fmt.Sprint(i)}, scheme, false)
				tally.Entries = []assessment.Entry{{Kind: assessment.OpinionEntry, Points: quantity.FromInt(int64(score))}}
				tallies = append(tallies, tally)
			}
			got := ""
			for _, r := range assessment.Compute(scheme, tallies) {
				got += fmt.Sprintf("%d %s ", r.Rank, r.Grade)
			}
			if got != c.want+" " {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// FuzzParseScheme holds that a scheme is refused, or read and written alike.
func FuzzParseScheme(f *testing.F) {
	whole, err := assessment.DefaultScheme().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"weights":{"attainment":1e2,"pace":0,"reporting":0,"matters":0,"opinion":0}}`))
	f.Add([]byte(`{"grades":{"levels":[]},"groups":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := assessment.ParseScheme(data)
		if err != nil {
			return
		}
		text, err := s.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := assessment.ParseScheme(text)
		if err != nil {
			t.Fatalf("%s is not read again: %v", text, err)
		}
		if other, err := again.JSON(); err != nil || string(other) != string(text) {
			t.Errorf("%s became %s: %v", text, other, err)
		}
		assessment.Compute(s, []*assessment.Tally{assessment.NewTally(assessment.Agency{ID: 1, Name: "甲"}, s, true)})
	})
}
