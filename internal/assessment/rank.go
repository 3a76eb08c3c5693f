package assessment

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Compute scores agencies by the scheme that their tallies were begun with, ranks them within
// their groups and grades them. Results stand by group, in the order of the scheme with the
// default group last, and within a group by rank; those without a total come last.
func Compute(scheme Scheme, tallies []*Tally) []Result {
	results := make([]Result, len(tallies))
	for i, t := range tallies {
		results[i] = t.result()
	}
	slices.SortStableFunc(results, func(a, b Result) int {
		return cmp.Or(cmp.Compare(scheme.groupPlace(a.Group), scheme.groupPlace(b.Group)), compareTotals(a.Total, b.Total), cmp.Compare(a.Agency.ID, b.Agency.ID))
	})
	for begin := 0; begin < len(results); {
		end := begin
		for end < len(results) && results[end].Group == results[begin].Group {
			end++
		}
		scheme.rank(results[begin:end])
		begin = end
	}
	of := make(map[Agency]*Tally, len(tallies))
	for _, t := range tallies {
		of[t.Agency] = t
	}
	for i, r := range results {
		results[i].Named = of[r.Agency].named(r)
	}
	return results
}

// compareTotals puts the highest first, and those without a total last.
func compareTotals(a, b *quantity.Number) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return b.Cmp(*a)
}

// groupOf is the group that names an agency.
func (s Scheme) groupOf(a Agency) string {
	for _, g := range s.Groups {
		if slices.Contains(g.Agencies, a.Name) || slices.Contains(g.Agencies, strconv.FormatInt(a.ID, 10)) {
			return g.Name
		}
	}
	return s.DefaultGroup
}

func (s Scheme) groupPlace(name string) int {
	for i, g := range s.Groups {
		if g.Name == name {
			return i
		}
	}
	return len(s.Groups)
}

// rank gives ranks and grades to the results of one group, the highest total first. Those that
// print the same total have the same rank, and the next one counts all before it.
func (s Scheme) rank(group []Result) {
	ranked := 0
	for _, r := range group {
		if r.Total != nil {
			ranked++
		}
	}
	for i := range group {
		r := &group[i]
		r.Ranked = ranked
		if r.Total == nil {
			continue
		}
		r.Rank = i + 1
		if i > 0 && r.Total.Equal(*group[i-1].Total) {
			r.Rank = group[i-1].Rank
		}
		at := s.grade(*r.Total, r.Rank, ranked)
		if len(r.Vetoes) > 0 {
			at = max(at, s.gradeIndex(s.Veto.Grade))
		}
		r.Grade, r.Label = s.Grades.Levels[at].Grade, fault.Text(s.Grades.Levels[at].Label)
	}
}

// grade is the first level that a total or a rank is good enough for. By shares, so many places
// have a level or a better one as its share of the group with those before it comes to,
// rounded half up.
func (s Scheme) grade(total quantity.Number, rank, ranked int) int {
	last, places := len(s.Grades.Levels)-1, new(big.Rat)
	for i, l := range s.Grades.Levels[:last] {
		if s.Grades.By == ByShares {
			places.Add(places, times(*l.Share, ranked))
			if quantity.FromInt(int64(rank)).Cmp(quantity.FromRat(places, 0)) > 0 {
				continue
			}
		}
		if l.From == nil || total.Cmp(*l.From) >= 0 {
			return i
		}
	}
	return last
}

// named says what a result names the agency for.
func (t *Tally) named(r Result) (list []Naming) {
	if r.Total == nil {
		return nil
	}
	n := t.scheme.Named
	if len(r.Vetoes) == 0 && r.Total.Cmp(n.Support.From) >= 0 {
		list = append(list, Naming{ForSupport, fault.Say("得分 %[1]s，不低于 %[2]s", "the total %[1]s is %[2]s or more", r.Total, n.Support.From)})
	}
	talk := func(why fault.Text) { list = append(list, Naming{ForTalk, why}) }
	if r.Total.Cmp(n.Talk.Below) < 0 {
		talk(fault.Say("得分 %[1]s，低于 %[2]s", "the total %[1]s is below %[2]s", r.Total, n.Talk.Below))
	}
	for _, c := range t.Notices {
		if c.Level == n.Talk.NoticeLevel && n.Talk.Notices > 0 && c.Count >= n.Talk.Notices {
			talk(fault.Say("%[1]s 督办单 %[2]d 件", "%[2]d notices of level %[1]s", c.Level, c.Count))
		}
	}
	if r.Total.Cmp(n.Account.Below) < 0 {
		list = append(list, Naming{ForAccount, fault.Say("得分 %[1]s，低于 %[2]s", "the total %[1]s is below %[2]s", r.Total, n.Account.Below)})
	}
	if len(r.Vetoes) > 0 {
		list = append(list, Naming{ForAccount, fault.Say("一票否决", "a veto")})
	}
	return list
}
