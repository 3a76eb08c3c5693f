package storetest

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var agencyBehaviours = []behaviour{
	{"agency: one name is another agency in each jurisdiction", agencyPlaces},
	{"agency: keeps its id through amendments and changes", agencyKeeps},
	{"agency: a key is bound within its jurisdiction", agencyKey},
	{"agency: a key's name that means several is refused and names them", agencyAmbiguous},
	{"agency: a key's name that means none needs a jurisdiction", agencyNew},
}

// boundTo are the agencies of names in a jurisdiction, as a key that was made in it
// has them.
func boundTo(t *testing.T, s *store.Store, jurisdiction string, names ...string) []indicator.AgencyRef {
	t.Helper()
	k := access.Key{ID: "probe" + strings.Join(names, ""), Name: "n", Role: access.Reporter, Agencies: names, Jurisdiction: jurisdiction}
	return must(s.CreateKey(t.Context(), k))(t).Bound
}

// withPlanOf stores samplePlan as a plan of a jurisdiction.
func withPlanOf(t *testing.T, s *store.Store, code, jurisdiction string) {
	t.Helper()
	p := samplePlan(code)
	p.Jurisdiction = jurisdiction
	if err := s.CreatePlan(t.Context(), p, []indicator.Indicator{sampleIndicator(code, "1", code)}); err != nil {
		t.Fatal(err)
	}
}

func agencyPlaces(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	withPlanOf(t, s, "r", "东河市")
	east, west := agencyID(t, s, "东河市", "路政局"), agencyID(t, s, "西山市", "路政局")
	if east == 0 || west == 0 || east == west {
		t.Fatalf("%d and %d", east, west)
	}
	all, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Jurisdiction: "", Page: indicator.Page{}})
	equal(t, "all", len(must(all, err)(t)), 6)
	for code, want := range map[string]struct {
		place string
		id    int64
	}{"p": {"东河市", east}, "q": {"西山市", west}, "r": {"东河市", east}} {
		equal(t, "jurisdiction of "+code, must(s.Plan(t.Context(), code))(t).Jurisdiction, want.place)
		in := must(s.Indicator(t.Context(), indicator.AllVisible(), code+"-1-1"))(t)
		equal(t, "lead of "+code, in.LeadAgencyIDs[0], want.id)
		equal(t, "name in "+code, in.LeadAgencies[0], "路政局")
		task := must(s.Task(t.Context(), code, "1"))(t)
		equal(t, "lead of the task of "+code, task.LeadAgencyIDs, in.LeadAgencyIDs)
		equal(t, "who takes part in it", task.ParticipatingAgencyIDs, in.ParticipatingAgencyIDs)
	}
	for place, want := range map[string][]string{"": {"p", "r", "q"}, "东河市": {"p", "r"}, "西山市": {"q"}, "北林市": {}} {
		found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}, Jurisdictions: indicator.Only(place)}})
		got := map[string]bool{}
		for _, in := range must(found, err)(t) {
			got[in.Plan] = true
		}
		equal(t, "how many in "+place, len(got), len(want))
		for _, code := range want {
			equal(t, code+" in "+place, got[code], true)
		}
	}
}

func agencyKeeps(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "q-1-1"))(t)
	was := in.LeadAgencyIDs
	in.LeadAgencies = []string{"财务局", "路政局", "新设局"}
	changed := must(s.UpdateIndicator(t.Context(), in))(t)
	equal(t, "in their new order", changed.LeadAgencyIDs[:2], []int64{was[1], was[0]})
	equal(t, "as read", must(s.Indicator(t.Context(), indicator.AllVisible(), "q-1-1"))(t), changed)

	next := samplePlan("q")
	next.Version, next.Tasks = 2, []indicator.Task{{Plan: "q", Number: "1", Title: "改造村道", LeadAgencies: []string{"路政局", "再设局"}}}
	known := map[string]int{"q-1-1": changed.Version}
	if err := s.AmendPlan(t.Context(), indicator.Amendment{Plan: next, Known: known}); err != nil {
		t.Fatal(err)
	}
	equal(t, "jurisdiction after the amendment", must(s.Plan(t.Context(), "q"))(t).Jurisdiction, "西山市")
	task := must(s.Task(t.Context(), "q", "1"))(t)
	equal(t, "lead of the amended task", task.LeadAgencyIDs, []int64{was[0], agencyID(t, s, "西山市", "再设局")})
	equal(t, "in the other jurisdiction", agencyID(t, s, "东河市", "再设局"), int64(0))
}

func agencyKey(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	k := sampleKey("a")
	k.Jurisdiction = "西山市"
	made := withKey(t, s, k)
	want := []indicator.AgencyRef{
		{ID: agencyID(t, s, "西山市", "路政局"), Jurisdiction: "西山市", Name: "路政局"},
		{ID: agencyID(t, s, "西山市", "河务局"), Jurisdiction: "西山市", Name: "河务局"},
	}
	equal(t, "bound", made.Bound, want)
	equal(t, "names", made.Agencies, []string{"路政局", "河务局"})
	equal(t, "unsettled", made.Unsettled(), false)
	visible := indicator.PublishedVisible(want[0].ID)
	for code, shown := range map[string]bool{"p-1-1": false, "q-1-1": true} {
		in := must(s.Indicator(t.Context(), indicator.AllVisible(), code))(t)
		in.State = indicator.Draft
		must(s.UpdateIndicator(t.Context(), in))(t)
		_, err := s.Indicator(t.Context(), visible, code)
		equal(t, code+" is shown", err == nil, shown)
	}
}

func agencyAmbiguous(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	k := sampleKey("a")
	k.Jurisdiction = ""
	equal(t, "where one is meant", withKey(t, s, k).Bound[0].Jurisdiction, "东河市")
	withPlanOf(t, s, "q", "西山市")
	k.ID = "b"
	_, err := s.CreateKey(t.Context(), k)
	refused(t, err, fault.AmbiguousAgency, "/jurisdiction")
	for _, place := range []string{"东河市", "西山市"} {
		if !strings.Contains(err.Error(), place) {
			t.Errorf("%v does not name %s", err, place)
		}
	}
	_, err = s.Key(t.Context(), "b")
	refused(t, err, fault.NotFound, "")
}

func agencyNew(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	k := sampleKey("a")
	k.Jurisdiction, k.Agencies = "", []string{"路政局", "待设局"}
	_, err := s.CreateKey(t.Context(), k)
	refused(t, err, fault.RequiredField, "/jurisdiction")
	k.Jurisdiction = "西山市"
	made := withKey(t, s, k)
	withPlanOf(t, s, "q", "西山市")
	equal(t, "the plan's agency is that of the key", agencyID(t, s, "西山市", "路政局"), made.Bound[0].ID)
	equal(t, "a key alone lists no agency", agencyID(t, s, "西山市", "待设局"), int64(0))
}
