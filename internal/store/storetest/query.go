package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var queryBehaviours = []behaviour{
	{"query: selects by every field, alone and together", querySelects},
	{"query: keeps what is not published to those of whom it is", queryVisibility},
	{"query: searches name, code and quote without regard to case", querySearches},
	{"query: takes wildcards in a search as they stand", queryWildcards},
	{"query: lists in the order of the plans' tasks, page by page", queryOrder},
	{"query: pages end and neither miss nor repeat while rows are added", queryPages},
}

func querySelects(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	states := map[string]indicator.State{"甲": indicator.Confirmed, "乙": indicator.Draft, "丙": indicator.Rejected}
	grounds := map[string]indicator.Settled{"甲": indicator.Assumed, "乙": indicator.ByPerson, "丙": indicator.Assumed}
	create := func(plan, task string, section int, name string, kind indicator.Kind, lead, part []string) {
		in := sampleIndicator(plan, task, name)
		in.Section, in.Kind, in.LeadAgencies, in.ParticipatingAgencies = section, kind, lead, part
		in.State, in.DirectionBy = states[name], grounds[name]
		must(s.CreateIndicator(t.Context(), in))(t)
	}
	create("p", "1", 1, "甲", indicator.Increment, []string{"路政局"}, []string{"河务局"})
	create("p", "3", 2, "乙", indicator.Ratio, []string{"河务局"}, nil)
	create("q", "1", 1, "丙", indicator.Ratio, []string{"路政局", "财务局"}, nil)

	for _, c := range []struct {
		q    indicator.Query
		want []string
	}{
		{indicator.Query{}, []string{"甲", "乙", "丙"}},
		{indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}}}, []string{"甲", "乙"}},
		{indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}, Sections: []int{2}}}, []string{"乙"}},
		{indicator.Query{Selection: indicator.Selection{Tasks: []string{"1"}}}, []string{"甲", "丙"}},
		{indicator.Query{Selection: indicator.Selection{Kinds: []indicator.Kind{indicator.Ratio}}}, []string{"乙", "丙"}},
		{indicator.Query{Selection: indicator.Selection{DirectionsBy: []indicator.Settled{indicator.Assumed}}}, []string{"甲", "丙"}},
		{indicator.Query{Selection: indicator.Selection{DirectionsBy: []indicator.Settled{indicator.Assumed}, Kinds: []indicator.Kind{indicator.Ratio}}}, []string{"丙"}},
		{indicator.Query{Selection: indicator.Selection{DirectionsBy: []indicator.Settled{indicator.ByKind}}}, nil},
		{indicator.Query{Selection: indicator.Selection{Codes: []string{"p-3-1"}}}, []string{"乙"}},
		{indicator.Query{Selection: indicator.Selection{Codes: []string{"q-1-1", "p-1-1", "p-9-9"}}}, []string{"甲", "丙"}},
		{indicator.Query{Selection: indicator.Selection{Codes: []string{"q-1-1", "p-1-1"}, Plans: []string{"q"}}}, []string{"丙"}},
		{indicator.Query{States: []indicator.State{indicator.Draft, indicator.Rejected}}, []string{"乙", "丙"}},
		{indicator.Query{Selection: indicator.Selection{Plans: []string{"q"}}, States: []indicator.State{indicator.Confirmed}}, nil},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"河务局"}}}, []string{"甲", "乙"}},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"河务局"}, Roles: []indicator.Role{indicator.Lead}}}, []string{"乙"}},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"河务局"}, Roles: []indicator.Role{indicator.Participating}}}, []string{"甲"}},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"河务"}}}, nil},
		{indicator.Query{Selection: indicator.Selection{Roles: []indicator.Role{indicator.Participating}}}, []string{"甲", "乙", "丙"}},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}, Kinds: []indicator.Kind{indicator.Ratio}, Text: "丙"}}, []string{"丙"}},
		{indicator.Query{Selection: indicator.Selection{Plans: []string{"none"}}}, nil},
	} {
		found, next, err := s.Indicators(t.Context(), indicator.AllVisible(), c.q)
		equal(t, fmt.Sprintf("%+v", c.q), names(must(found, err)(t)), c.want)
		equal(t, "next", next, int64(0))
	}
}

func queryVisibility(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	for _, state := range indicator.States {
		for _, agency := range []string{"路政局", "河务局"} {
			in := sampleIndicator("p", "1", string(state)+agency)
			in.State, in.LeadAgencies, in.ParticipatingAgencies = state, []string{"财务局"}, []string{agency}
			must(s.CreateIndicator(t.Context(), in))(t)
		}
	}
	river := agencyID(t, s, "示范县", "河务局")
	published := []string{"confirmed路政局", "confirmed河务局", "withdrawn路政局", "withdrawn河务局"}
	for _, c := range []struct {
		name    string
		visible indicator.Visibility
		q       indicator.Query
		want    []string
	}{
		{"of none", indicator.Visibility{}, indicator.Query{}, nil},
		{"of what is published", indicator.PublishedVisible(), indicator.Query{}, published},
		{"of an agency without any", indicator.PublishedVisible(99), indicator.Query{}, published},
		{"of an agency", indicator.PublishedVisible(99, river), indicator.Query{}, []string{
			"draft河务局", "confirmed路政局", "confirmed河务局", "rejected河务局", "withdrawn路政局", "withdrawn河务局",
		}},
		{"of another than is asked for", indicator.PublishedVisible(river), indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}}}, []string{"confirmed路政局", "withdrawn路政局"}},
		{"of what is published, drafts asked for", indicator.PublishedVisible(), indicator.Query{States: []indicator.State{indicator.Draft}}, nil},
		{"of all, drafts asked for", indicator.AllVisible(), indicator.Query{States: []indicator.State{indicator.Draft}}, []string{"draft路政局", "draft河务局"}},
	} {
		found, _, err := s.Indicators(t.Context(), c.visible, c.q)
		equal(t, c.name, names(must(found, err)(t)), c.want)
		then, err := s.IndicatorsAsOf(t.Context(), c.visible, c.q, time.Now())
		equal(t, "as of now, "+c.name, names(must(then, err)(t)), c.want)
		for _, in := range must(all(t, s))(t) {
			_, err := s.Indicator(t.Context(), c.visible, in.Code)
			equal(t, c.name+": "+in.Name, err == nil, c.visible.Shows(in))
			if err != nil {
				refused(t, err, fault.NotFound, "")
			}
		}
	}
}

// all lists every indicator there is.
func all(t *testing.T, s *store.Store) ([]indicator.Indicator, error) {
	t.Helper()
	ins, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	return ins, err
}

func querySearches(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	for _, name := range []string{"5G基站", "ÉTÉ 游客", "Ωmega"} {
		in := sampleIndicator("p", "1", name)
		in.Source.Quote = "引文 Quote of " + name
		must(s.CreateIndicator(t.Context(), in))(t)
	}
	for text, want := range map[string][]string{
		"5g":       {"5G基站"},
		"基站":       {"5G基站"},
		"été":      {"ÉTÉ 游客"},
		"ωMEGA":    {"Ωmega"},
		"P-1-2":    {"ÉTÉ 游客"},
		"qUOTE OF": {"5G基站", "ÉTÉ 游客", "Ωmega"},
		"bare":     nil, // the rule is no text to search
	} {
		found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Text: text}})
		equal(t, text, names(must(found, err)(t)), want)
	}
}

func queryWildcards(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	all := []string{"100%", "1000", "a_b", "axb", `c\d`, "c/d", "e!f", "it's"}
	for _, name := range all {
		withIndicator(t, s, name)
	}
	for text, want := range map[string][]string{
		"0%": {"100%"}, "a_b": {"a_b"}, `\`: {`c\d`}, "!": {"e!f"}, "!f": {"e!f"}, "'": {"it's"}, "%%": nil, "_": {"a_b"},
	} {
		found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Text: text}})
		equal(t, text, names(must(found, err)(t)), want)
	}
}

func queryOrder(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	for _, place := range [][2]string{{"q", "1"}, {"p", "3"}, {"p", "1"}, {"q", "1"}, {"p", "1"}, {"p", "2"}} {
		must(s.CreateIndicator(t.Context(), sampleIndicator(place[0], place[1], "甲")))(t)
	}
	want := []string{"p-1-1", "p-1-2", "p-2-1", "p-3-1", "q-1-1", "q-1-2"}
	codes := func(ins []indicator.Indicator) (codes []string) {
		for _, in := range ins {
			codes = append(codes, in.Code)
		}
		return codes
	}
	whole, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	equal(t, "all", codes(must(whole, err)(t)), want)
	then, err := s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, whole[5].UpdatedAt.Add(time.Hour))
	equal(t, "as of", codes(must(then, err)(t)), want)
	var paged []string
	for q := (indicator.Query{Page: indicator.Page{Limit: 2}}); ; {
		found, next, err := s.Indicators(t.Context(), indicator.AllVisible(), q)
		paged = append(paged, codes(must(found, err)(t))...)
		if next == 0 {
			break
		}
		q.Page.After = next
	}
	equal(t, "paged", paged, want)
}

func queryPages(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	var before []string
	for i := range 9 {
		before = append(before, withIndicator(t, s, fmt.Sprint("旧", i)).Code)
	}
	var seen []string
	added := make(chan struct{})
	go func() {
		defer close(added)
		for i := range 9 {
			if _, err := s.CreateIndicator(t.Context(), sampleIndicator("p", "2", fmt.Sprint("新", i))); err != nil {
				t.Error(err)
			}
		}
	}()
	for q := (indicator.Query{Page: indicator.Page{Limit: 2}}); ; {
		found, next, err := s.Indicators(t.Context(), indicator.AllVisible(), q)
		for _, in := range must(found, err)(t) {
			seen = append(seen, in.Code)
		}
		if next == 0 {
			break
		}
		if len(found) != 2 || next <= q.Page.After {
			t.Fatalf("%d rows, position %d after %d", len(found), next, q.Page.After)
		}
		q.Page.After = next
	}
	<-added
	if len(seen) < len(before) || !slices.Equal(seen[:len(before)], before) {
		t.Errorf("saw %v, want %v first", seen, before)
	}
	for i, code := range seen[len(before):] {
		equal(t, "added", code, fmt.Sprintf("p-2-%d", i+1))
	}
}
