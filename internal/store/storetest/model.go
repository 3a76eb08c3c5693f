package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var modelBehaviours = []behaviour{
	{"model: any interleaving of posts, revisions, retractions and as_of reads agrees with a naive list", modelAgrees},
}

// naive keeps every record in a list and looks through all of it each time.
type naive struct {
	records []indicator.Measurement
}

// at lists what counts at a moment, in the order the periods end.
func (n *naive) at(moment time.Time) []int64 {
	last := map[string]indicator.Measurement{}
	for _, r := range n.records {
		if !r.RecordedAt.After(moment) {
			last[r.Period.String()+string(r.Basis)] = r
		}
	}
	var live []indicator.Measurement
	for _, r := range last {
		if r.Retracts == 0 {
			live = append(live, r)
		}
	}
	slices.SortFunc(live, func(a, b indicator.Measurement) int {
		if d := a.Period.End().DaysSince(b.Period.End()); d != 0 {
			return d
		}
		return int(a.ID - b.ID)
	})
	ids := make([]int64, len(live))
	for i, r := range live {
		ids[i] = r.ID
	}
	return ids
}

func (n *naive) now() time.Time {
	if len(n.records) == 0 {
		return time.Time{}
	}
	return n.records[len(n.records)-1].RecordedAt
}

func (n *naive) byID(id int64) indicator.Measurement {
	return n.records[slices.IndexFunc(n.records, func(r indicator.Measurement) bool { return r.ID == id })]
}

// judge says what must become of a report.
func (n *naive) judge(m indicator.Measurement) (outcome indicator.Outcome, code fault.Code) {
	for _, r := range slices.Backward(n.records) {
		if m.SourceID == "" || r.SourceID != m.SourceID {
			continue
		}
		switch {
		case r.Retracts != 0:
		case r.Period != m.Period || r.Basis != m.Basis:
			return indicator.Refused, fault.SourceIDTaken
		case r.Value.Equal(m.Value) && denominator(r) == denominator(m):
			return indicator.Unchanged, ""
		}
		break
	}
	var live []indicator.Measurement
	counts, known := false, false
	for _, id := range n.at(n.now()) {
		live = append(live, n.byID(id))
		counts = counts || n.byID(id).Period == m.Period && n.byID(id).Basis == m.Basis
	}
	for _, r := range n.records {
		known = known || r.Period == m.Period && r.Basis == m.Basis
	}
	if !counts && indicator.CheckOverlap(live, m) != nil {
		return indicator.Refused, fault.PeriodOverlap
	}
	if known {
		return indicator.Revised, ""
	}
	return indicator.Stored, ""
}

// denominator tells shares of one numerator apart.
func denominator(m indicator.Measurement) string {
	if m.Share == nil {
		return ""
	}
	return m.Share.Denominator.String()
}

func modelAgrees(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		made++
		in := withIndicator(t, s, fmt.Sprint(made))
		var n naive
		rt.Repeat(map[string]func(*rapid.T){
			"post": func(rt *rapid.T) {
				m := indicator.Measurement{
					Indicator: in.Code,
					Period:    period(rapid.SampledFrom([]string{"2023-07", "2023-08", "2023-09", "2023-Q3", "2023-08-15", "2023-W33", "2023-W39"}).Draw(rt, "period")),
					Basis:     rapid.SampledFrom(indicator.Bases).Draw(rt, "basis"),
					Value:     quantity.FromInt(int64(rapid.IntRange(1, 3).Draw(rt, "value"))),
					Unit:      quantity.MustUnit("公里"),
					SourceID:  rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(rt, "source"),
				}
				if rapid.Bool().Draw(rt, "is a share") {
					m.Share = &indicator.Share{Numerator: m.Value, Denominator: quantity.FromInt(int64(rapid.IntRange(1, 2).Draw(rt, "of")))}
				}
				outcome, code := n.judge(m)
				stored, got, err := Report(t.Context(), s, m)
				if code != "" {
					if !fault.Is(err, code) {
						rt.Fatalf("%+v: %v, want %s", m, err, code)
					}
					return
				}
				if err != nil || got != outcome {
					rt.Fatalf("%+v: %s, %v, want %s", m, got, err, outcome)
				}
				if outcome != indicator.Unchanged {
					n.records = append(n.records, stored)
				}
			},
			"retract": func(rt *rapid.T) {
				live := n.at(n.now())
				if len(live) == 0 {
					rt.Skip("nothing to retract")
				}
				id := rapid.SampledFrom(live).Draw(rt, "id")
				receipt, err := s.Retract(t.Context(), id, "x")
				if err != nil || receipt.Outcome != indicator.Retracted {
					rt.Fatalf("retract %d: %s, %v", id, receipt.Outcome, err)
				}
				n.records = append(n.records, receipt.Measurement)
			},
			"": func(rt *rapid.T) {
				moment := n.now()
				if len(n.records) > 0 {
					moment = rapid.SampledFrom(n.records).Draw(rt, "as of").RecordedAt
				}
				for _, at := range []time.Time{moment, n.now()} {
					if got := current(t, s, in.Code, at); !slices.Equal(got, n.at(at)) {
						rt.Fatalf("as of %v: %v, want %v", at, got, n.at(at))
					}
					for _, m := range must(s.Current(t.Context(), []string{in.Code}, at))(t)[in.Code] {
						if denominator(m) != denominator(n.byID(m.ID)) {
							rt.Fatalf("as of %v: %d is %+v, want %+v", at, m.ID, m.Share, n.byID(m.ID).Share)
						}
					}
				}
			},
		})
	})
}
