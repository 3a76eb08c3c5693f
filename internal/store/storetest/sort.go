package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var sortBehaviours = []behaviour{
	{"sort: takes keys in turn, page by page, now and as of a moment", sortPages},
	{"sort: refuses places that are none", sortRefuses},
	{"filters: any of several values, bounds and what changed since", filtersSelect},
	{"filters: measurements by reporter, period, moment and what they are", filtersOfMeasurements},
	{"names: says which are none and what is like them", namesMissing},
}

// sortable stores indicators of which several share a due date or a name.
func sortable(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	for i, c := range []struct {
		plan, task, name string
		due              indicator.Date
	}{
		{"q", "1", "b", indicator.DateOf(2023, 6, 30)},
		{"p", "3", "a", indicator.DateOf(2023, 12, 31)},
		{"p", "1", "b", indicator.DateOf(2023, 12, 31)},
		{"p", "1", "a", indicator.DateOf(2023, 6, 30)},
		{"q", "3", "甲", indicator.DateOf(2023, 9, 30)},
	} {
		in := sampleIndicator(c.plan, c.task, c.name)
		in.DueOn, in.Target.Unit = c.due, quantity.MustUnit([]string{"个", "户"}[i%2])
		must(s.CreateIndicator(t.Context(), in))(t)
	}
}

func sortPages(t *testing.T, s *store.Store) {
	sortable(t, s)
	key := func(by indicator.SortBy, down bool) indicator.SortKey { return indicator.SortKey{By: by, Down: down} }
	head := must(all(t, s))(t)
	for _, c := range []struct {
		sort []indicator.SortKey
		want []string
	}{
		{[]indicator.SortKey{key(indicator.ByPlace, true)}, []string{"q-3-1", "q-1-1", "p-3-1", "p-1-2", "p-1-1"}},
		{[]indicator.SortKey{key(indicator.ByDueOn, false)}, []string{"p-1-2", "q-1-1", "q-3-1", "p-1-1", "p-3-1"}},
		{[]indicator.SortKey{key(indicator.ByDueOn, true), key(indicator.ByName, false)}, []string{"p-3-1", "p-1-1", "q-3-1", "p-1-2", "q-1-1"}},
		{[]indicator.SortKey{key(indicator.ByDueOn, false), key(indicator.ByPlace, true)}, []string{"q-1-1", "p-1-2", "q-3-1", "p-3-1", "p-1-1"}},
		{[]indicator.SortKey{key(indicator.ByUpdated, true)}, []string{"q-3-1", "p-1-2", "p-1-1", "p-3-1", "q-1-1"}},
	} {
		for _, q := range []indicator.Query{{Sort: c.sort}, {Sort: c.sort, AsOf: latestOf(head)}} {
			for _, limit := range []int{0, 1, 2, 5} {
				q.Page.Limit = limit
				var got []string
				for after, more := "", true; more; more = after != "" {
					ins, next, err := s.SortedIndicators(t.Context(), indicator.AllVisible(), q, after)
					for _, in := range must(ins, err)(t) {
						got = append(got, in.Code)
					}
					after = next
				}
				equal(t, fmt.Sprintf("%v by %d", c.sort, limit), got, c.want)
			}
		}
	}
}

func sortRefuses(t *testing.T, s *store.Store) {
	sortable(t, s)
	q := indicator.Query{Sort: []indicator.SortKey{{By: indicator.ByDueOn}}, Page: indicator.Page{Limit: 1}}
	for _, place := range []string{"x", "{}", `["2023-06-30"]`, `["2023-06-30","1","1","1","1"]`, `["June","1","1","1"]`, `["2023-06-30","1","one","1"]`} {
		_, _, err := s.SortedIndicators(t.Context(), indicator.AllVisible(), q, place)
		refused(t, err, fault.InvalidParameter, "cursor")
	}
}

func filtersSelect(t *testing.T, s *store.Store) {
	sortable(t, s)
	ins := must(all(t, s))(t) // p-1-1 p-1-2 p-3-1 q-1-1 q-3-1
	third := ins[0].UpdatedAt // the third that was stored
	for _, c := range []struct {
		selected indicator.Selection
		want     []string
	}{
		{indicator.Selection{Plans: []string{"p", "q"}, Tasks: []string{"3", "9"}}, []string{"p-3-1", "q-3-1"}},
		{indicator.Selection{Units: []string{"户"}}, []string{"p-1-2", "p-3-1"}},
		{indicator.Selection{DueFrom: indicator.DateOf(2023, 9, 30)}, []string{"p-1-1", "p-3-1", "q-3-1"}},
		{indicator.Selection{DueTo: indicator.DateOf(2023, 9, 30)}, []string{"p-1-2", "q-1-1", "q-3-1"}},
		{indicator.Selection{UpdatedSince: third}, []string{"p-1-2", "q-3-1"}},
		{indicator.Selection{Frequencies: []indicator.Frequency{indicator.Daily}}, nil},
		{indicator.Selection{Bindings: indicator.Bindings, Courses: indicator.Courses, Directions: indicator.Directions, Confidences: indicator.Confidences},
			[]string{"p-1-1", "p-1-2", "p-3-1", "q-1-1", "q-3-1"}},
	} {
		found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: c.selected})
		var codes []string
		for _, in := range must(found, err)(t) {
			codes = append(codes, in.Code)
		}
		equal(t, fmt.Sprintf("%+v", c.selected), codes, c.want)
	}
}

// latestOf is a moment at which all of some indicators were known.
func latestOf(ins []indicator.Indicator) (at time.Time) {
	for _, in := range ins {
		if in.UpdatedAt.After(at) {
			at = in.UpdatedAt
		}
	}
	return at
}

func filtersOfMeasurements(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	if err := reportBy(t, s, "路政局", "1"); err != nil { // of 2023-06
		t.Fatal(err)
	}
	for _, of := range []string{"2023-Q3", "2023-W14", "2023-05-15", "2022", "2024-H1"} {
		m := increment("p-1-1", of, "1")
		m.Provisional = of == "2023-Q3"
		if _, _, err := Report(t.Context(), s, m); err != nil {
			t.Fatal(of, err)
		}
	}
	must(s.AliasAgency(t.Context(), agencyID(t, s, "东河市", "路政局"), "路局"))(t)
	everything, _, err := s.Measurements(t.Context(), "p-1-1", indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	first := must(everything, err)(t)[0]
	yes, no := true, false
	for _, c := range []struct {
		selected indicator.MeasurementSelection
		want     []string
	}{
		{indicator.MeasurementSelection{Agencies: []string{"路局"}}, []string{"2023-06"}},
		{indicator.MeasurementSelection{Agencies: []string{"河务局"}}, nil},
		{indicator.MeasurementSelection{Agencies: []string{"没有"}}, nil},
		{indicator.MeasurementSelection{PeriodFrom: indicator.DateOf(2023, 4, 3), PeriodTo: indicator.DateOf(2023, 9, 30)}, []string{"2023-06", "2023-Q3", "2023-W14", "2023-05-15"}},
		{indicator.MeasurementSelection{PeriodFrom: indicator.DateOf(2023, 4, 4)}, []string{"2023-06", "2023-Q3", "2023-05-15", "2024-H1"}},
		{indicator.MeasurementSelection{PeriodTo: indicator.DateOf(2022, 12, 31)}, []string{"2022"}},
		{indicator.MeasurementSelection{RecordedTo: first.RecordedAt}, []string{"2023-06"}},
		{indicator.MeasurementSelection{RecordedFrom: first.RecordedAt, Provisional: &yes}, []string{"2023-Q3"}},
		{indicator.MeasurementSelection{Revised: &yes}, nil},
		{indicator.MeasurementSelection{Revised: &no, Provisional: &no, PeriodFrom: indicator.DateOf(2023, 6, 1)}, []string{"2023-06", "2024-H1"}},
		{indicator.MeasurementSelection{Missing: indicator.Missings}, nil},
	} {
		var got, fed []string
		ms, _, err := s.Measurements(t.Context(), "p-1-1", c.selected, time.Time{}, indicator.Page{})
		for _, m := range must(ms, err)(t) {
			got = append(got, m.Period.String())
		}
		equal(t, fmt.Sprintf("%+v", c.selected), got, c.want)
		selected := indicator.FeedSelection{Plans: []string{"p"}, Codes: []string{"p-1-1", "p-9-9"}, MeasurementSelection: c.selected}
		for page, more := (indicator.Page{Limit: 1}), true; more; {
			ms, page.After, more, err = s.Feed(t.Context(), selected, page)
			for _, m := range must(ms, err)(t) {
				fed = append(fed, m.Period.String())
			}
		}
		equal(t, "feed", fed, c.want)
	}
}

func namesMissing(t *testing.T, s *store.Store) {
	sortable(t, s)
	draft := sampleIndicator("p", "1", "草")
	draft.State, draft.Target.Unit = indicator.Draft, quantity.MustUnit("草")
	must(s.CreateIndicator(t.Context(), draft))(t)
	all, published := indicator.AllVisible(), indicator.PublishedVisible()
	for _, c := range []struct {
		visible     indicator.Visibility
		of          indicator.NameOf
		names, want []string
		in          indicator.Selection
	}{
		{all, indicator.NameOfPlan, []string{"p", "x"}, []string{"x"}, indicator.Selection{}},
		{all, indicator.NameOfJurisdiction, []string{"示范县", "x"}, []string{"x"}, indicator.Selection{}},
		{all, indicator.NameOfTask, []string{"1", "9"}, []string{"9"}, indicator.Selection{Plans: []string{"p"}}},
		{all, indicator.NameOfAgency, []string{"路政局", "x"}, []string{"x"}, indicator.Selection{}},
		{all, indicator.NameOfAgency, []string{"路政局"}, []string{"路政局"}, indicator.Selection{Jurisdictions: []string{"x"}}},
		{all, indicator.NameOfIndicator, []string{"p-1-3", "p-1-1"}, []string{}, indicator.Selection{}},
		{published, indicator.NameOfIndicator, []string{"p-1-3", "p-1-1"}, []string{"p-1-3"}, indicator.Selection{}},
		{all, indicator.NameOfUnit, []string{"草", "户"}, []string{}, indicator.Selection{}},
		{published, indicator.NameOfUnit, []string{"草", "户"}, []string{"草"}, indicator.Selection{}},
	} {
		equal(t, fmt.Sprintf("%s %v", c.of, c.names), must(s.MissingNames(t.Context(), c.visible, c.of, c.names, c.in))(t), c.want)
	}
	equal(t, "plans", must(s.NamesLike(t.Context(), all, indicator.NameOfPlan, "pp", indicator.Selection{}))(t), []string{"p", "q"})
	equal(t, "codes", must(s.NamesLike(t.Context(), published, indicator.NameOfIndicator, "p-1-9", indicator.Selection{}))(t), []string{"p-1-1", "p-1-2"})
}
