package storetest

import (
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var reviewBehaviours = []behaviour{
	{"review: counts a plan's indicators by state", reviewCounts},
	{"review: confirms and rejects what is named, and the rest on request", reviewDecides},
	{"review: changes nothing when everything has the state already", reviewAgain},
	{"review: refuses a list as a whole, naming the place", reviewRefuses},
	{"review: as_of answers by the state of then", reviewHistory},
	{"review: takes measurements for confirmed indicators only", reviewReports},
	{"review: keeps an indicator with measurements from being rejected", reviewMeasured},
	{"review: keeps what reports of growth mean while there are any", overMeasured},
	{"review: a rejection and a measurement at the same time never both succeed", reviewRace},
	{"review: a change of state and a measurement at the same time never both succeed", reviewUpdateRace},
}

// withDrafts stores drafts of the plan p, codes p-1-1 and on.
func withDrafts(t *testing.T, s *store.Store, names ...string) {
	t.Helper()
	withPlan(t, s, "p")
	for _, name := range names {
		in := sampleIndicator("p", "1", name)
		in.State = indicator.Draft
		must(s.CreateIndicator(t.Context(), in))(t)
	}
}

func stateOf(t *testing.T, s *store.Store, code string) indicator.State {
	t.Helper()
	return must(s.Indicator(t.Context(), indicator.AllVisible(), code))(t).State
}

func reviewCounts(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲", "乙", "丙")
	withPlan(t, s, "q")
	must(s.CreateIndicator(t.Context(), sampleIndicator("q", "1", "丁")))(t)
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Confirm: []string{"p-1-1"}, Reject: []string{"p-1-2"}}))(t)

	want := indicator.Review{Draft: 1, Confirmed: 1, Rejected: 1}
	equal(t, "of the plan", must(s.Plan(t.Context(), "p"))(t).Review, want)
	plans, _, err := s.Plans(t.Context(), indicator.PlanSelection{}, indicator.Page{})
	equal(t, "in the list", must(plans, err)(t)[0].Review, want)
	equal(t, "of the other plan", plans[1].Review, indicator.Review{Confirmed: 1})
}

func reviewDecides(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲", "乙", "丙", "丁")
	before := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-3"))(t)
	changed := must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{"p-1-2"}}))(t)
	equal(t, "changed", changed, []string{"p-1-2"})
	changed = must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Confirm: []string{"p-1-4"}, ConfirmRest: true}))(t)
	equal(t, "changed", changed, []string{"p-1-1", "p-1-3", "p-1-4"})
	equal(t, "the rest leaves a rejection as it is", stateOf(t, s, "p-1-2"), indicator.Rejected)

	after := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-3"))(t)
	before.State, before.Version, before.UpdatedAt = indicator.Confirmed, 2, after.UpdatedAt
	equal(t, "all but the state", after, before)
	changed = must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Confirm: []string{"p-1-2"}, Reject: []string{"p-1-1"}}))(t)
	equal(t, "changed back", changed, []string{"p-1-1", "p-1-2"})
}

func reviewAgain(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲", "乙")
	all := indicator.Decision{Confirm: []string{"p-1-1"}, ConfirmRest: true}
	must(s.ReviewPlan(t.Context(), "p", all))(t)
	before, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	must(before, err)(t)
	equal(t, "changed", must(s.ReviewPlan(t.Context(), "p", all))(t), []string{})
	equal(t, "nothing decided", must(s.ReviewPlan(t.Context(), "p", indicator.Decision{}))(t), []string{})
	after, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	equal(t, "indicators", must(after, err)(t), before)
}

func reviewRefuses(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲", "乙", "丙")
	withPlan(t, s, "q")
	other := must(s.CreateIndicator(t.Context(), sampleIndicator("q", "1", "丁")))(t)
	for _, c := range []struct {
		d     indicator.Decision
		code  fault.Code
		field string
	}{
		{indicator.Decision{Confirm: []string{"p-1-1", "p-9-9"}}, fault.UnknownIndicator, "/confirm/1"},
		{indicator.Decision{Confirm: []string{"p-1-1"}, Reject: []string{other.Code}}, fault.UnknownIndicator, "/reject/0"},
		{indicator.Decision{Confirm: []string{"p-1-1", "p-1-2", "p-1-1"}}, fault.InvalidValue, "/confirm/2"},
		{indicator.Decision{Confirm: []string{"p-1-1"}, Reject: []string{"p-1-2", "p-1-1"}, ConfirmRest: true}, fault.InvalidValue, "/reject/1"},
	} {
		_, err := s.ReviewPlan(t.Context(), "p", c.d)
		refused(t, err, c.code, c.field)
	}
	equal(t, "counts", must(s.Plan(t.Context(), "p"))(t).Review, indicator.Review{Draft: 3})
	_, err := s.ReviewPlan(t.Context(), "none", indicator.Decision{})
	refused(t, err, fault.NotFound, "")
}

func reviewHistory(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲")
	draft := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{ConfirmRest: true}))(t)
	confirmed := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	only := indicator.Query{States: []indicator.State{indicator.Confirmed}}
	equal(t, "then", must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), only, draft.UpdatedAt))(t), []indicator.Indicator{})
	equal(t, "now", must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), only, confirmed.UpdatedAt))(t), []indicator.Indicator{confirmed})
	equal(t, "then, of any state", must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, draft.UpdatedAt))(t), []indicator.Indicator{draft})
}

func reviewReports(t *testing.T, s *store.Store) {
	withDrafts(t, s, "甲", "乙", "丙")
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Confirm: []string{"p-1-1"}, Reject: []string{"p-1-2"}}))(t)
	appended(t, s, increment("p-1-1", "2023-09", "1"))
	for _, code := range []string{"p-1-2", "p-1-3"} {
		_, _, err := Report(t.Context(), s, increment(code, "2023-09", "1"))
		refused(t, err, fault.IndicatorNotConfirmed, "/indicator")
		equal(t, "stored", listed(t, s, code), []indicator.Measurement{})
	}
	list := []indicator.Measurement{increment("p-1-1", "2023-10", "1"), increment("p-1-3", "2023-10", "1")}
	refused(t, s.AppendMeasurements(t.Context(), list), fault.IndicatorNotConfirmed, "/1/indicator")
}

func reviewMeasured(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, free := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	appended(t, s, increment(in.Code, "2023-09", "1"))

	_, err := s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{free.Code, in.Code}})
	refused(t, err, fault.IndicatorHasMeasurements, "/reject/1")
	equal(t, "the other", stateOf(t, s, free.Code), indicator.Confirmed)
	for _, state := range []indicator.State{indicator.Rejected, indicator.Draft} {
		change := in
		change.State = state
		_, err := s.UpdateIndicator(t.Context(), change)
		refused(t, err, fault.IndicatorHasMeasurements, "/state")
	}
	equal(t, "kept", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	in.Name = "甲改"
	must(s.UpdateIndicator(t.Context(), in))(t)
	free.State = indicator.Draft
	equal(t, "put back", must(s.UpdateIndicator(t.Context(), free))(t).State, indicator.Draft)
}

func overMeasured(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	in.Kind, in.Over, in.Each, in.Target.Unit = indicator.Growth, indicator.OverYear, "", quantity.MustUnit("%")
	in = must(s.UpdateIndicator(t.Context(), in))(t)
	m := increment(in.Code, "2023", "6")
	m.Basis, m.Unit = indicator.Total, in.Target.Unit
	stored := appended(t, s, m)

	for _, over := range []indicator.Over{indicator.OverTerm, indicator.OverAverage} {
		change := in
		change.Over = over
		_, err := s.UpdateIndicator(t.Context(), change)
		refused(t, err, fault.IndicatorHasMeasurements, "/over")
	}
	equal(t, "kept", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	must(s.Retract(t.Context(), stored.ID, "口径有误", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	in.Over = indicator.OverTerm
	must(s.UpdateIndicator(t.Context(), in))(t)
}

// raced lets one writer report and another take the indicator out of use, many
// times, and checks that one of the two was refused each time.
func raced(t *testing.T, s *store.Store, reject func(in indicator.Indicator) error) {
	withPlan(t, s, "p")
	for range 12 {
		in := withIndicator(t, s, "甲")
		var reported, rejected atomic.Bool
		atOnce(2, func(i int) {
			if i == 0 {
				_, _, err := Report(t.Context(), s, increment(in.Code, "2023-09", "1"))
				reported.Store(err == nil)
				if err != nil && !fault.Is(err, fault.IndicatorNotConfirmed) {
					t.Error(err)
				}
				return
			}
			err := reject(in)
			rejected.Store(err == nil)
			if err != nil && !fault.Is(err, fault.IndicatorHasMeasurements) {
				t.Error(err)
			}
		})
		if reported.Load() == rejected.Load() {
			t.Errorf("reported %t, rejected %t", reported.Load(), rejected.Load())
		}
		equal(t, "measurements", len(listed(t, s, in.Code)) == 1, reported.Load())
		equal(t, "rejected", stateOf(t, s, in.Code) == indicator.Rejected, rejected.Load())
	}
}

func reviewRace(t *testing.T, s *store.Store) {
	raced(t, s, func(in indicator.Indicator) error {
		_, err := s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{in.Code}})
		return err
	})
}

func reviewUpdateRace(t *testing.T, s *store.Store) {
	raced(t, s, func(in indicator.Indicator) error {
		in.State = indicator.Rejected
		_, err := s.UpdateIndicator(t.Context(), in)
		return err
	})
}
