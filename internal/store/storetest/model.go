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

// judge says what must become of a report that names a measurement to replace, 0 for
// none.
func (n *naive) judge(m indicator.Measurement, replaces int64) (outcome indicator.Outcome, code fault.Code) {
	newest := n.last(func(r indicator.Measurement) bool { return r.Period == m.Period && r.Basis == m.Basis })
	named := newest != nil && replaces != 0 && (newest.ID == replaces || newest.Retracts == replaces)
	said := n.last(func(r indicator.Measurement) bool { return m.SourceID != "" && n.isOf(r, m) })
	switch {
	case said == nil:
	case said.Retracts == 0 && (said.Period != m.Period || said.Basis != m.Basis):
		return indicator.Refused, fault.SourceIDTaken
	case newest == nil:
	case newest.Retracts == 0 && n.isOf(*newest, m):
		if sameFigure(*newest, m) {
			return indicator.Unchanged, ""
		}
	case !named && n.wasPutRight(m, newest.Retracts == 0):
		return indicator.Superseded, ""
	}
	if code := n.mayReplace(newest, m, replaces); code != "" {
		return indicator.Refused, code
	}
	if newest == nil || newest.Retracts != 0 || !newest.IsFigure() {
		twice := slices.ContainsFunc(n.live(), func(r indicator.Measurement) bool {
			return m.Basis == indicator.Total && m.IsFigure() && r.Basis == m.Basis && r.IsFigure() && r.Period.End() == m.Period.End() && r.Period != m.Period
		})
		if twice || indicator.CheckOverlap(n.live(), m) != nil {
			return indicator.Refused, fault.PeriodOverlap
		}
	}
	if newest != nil {
		return indicator.Revised, ""
	}
	return indicator.Stored, ""
}

// owner is who a record is of: for a retraction that of what it takes back.
func (n *naive) owner(r indicator.Measurement) indicator.Reporter {
	if r.Retracts != 0 {
		r = n.byID(r.Retracts)
	}
	return r.ReportedBy
}

// isOf reports whether a record came from the source of a report. What is known of
// nobody is of every agency.
func (n *naive) isOf(r, m indicator.Measurement) bool {
	by := n.owner(r)
	return r.SourceID == m.SourceID && (by == indicator.Reporter{} || by.Agency == m.ReportedBy.Agency)
}

func sameFigure(a, b indicator.Measurement) bool {
	return a.Period == b.Period && a.Basis == b.Basis && a.Value.Equal(b.Value) && denominator(a) == denominator(b) &&
		a.Missing == b.Missing && a.Provisional == b.Provisional
}

// wasPutRight reports whether the figure of a report, as its source last said it, gave
// way to something that another source has said and that stands, or that was said or
// taken back for its own agency or for none.
func (n *naive) wasPutRight(m indicator.Measurement, stands bool) bool {
	right := false
	for i := len(n.records) - 1; i >= 0; i-- {
		switch r := n.records[i]; {
		case r.Period != m.Period || r.Basis != m.Basis:
		case r.Retracts == 0 && n.isOf(r, m):
			if sameFigure(r, m) {
				return right || stands
			}
		case n.owner(r).Agency == "" || n.owner(r).Agency == m.ReportedBy.Agency:
			right = true
		}
	}
	return false
}

// mayReplace says why a report must not take the place of what stands, if so.
func (n *naive) mayReplace(newest *indicator.Measurement, m indicator.Measurement, replaces int64) fault.Code {
	named := newest != nil && replaces != 0 && (newest.ID == replaces || newest.Retracts == replaces)
	another := func(r indicator.Measurement) bool {
		return r.ReportedBy.Agency != "" && r.ReportedBy.Agency != m.ReportedBy.Agency
	}
	var conflicts []int64
	stands := newest != nil && newest.Retracts == 0
	if stands {
		office := newest.ReportedBy.Agency == "" && newest.ReportedBy.Key != "" && newest.Revision > 1 && m.ReportedBy.Agency != ""
		if another(*newest) || office {
			conflicts = []int64{newest.ID}
		}
	}
	if len(conflicts) == 0 && m.Basis == indicator.Total && m.IsFigure() && !(stands && newest.IsFigure()) {
		live := slices.DeleteFunc(n.live(), func(r indicator.Measurement) bool { return !r.IsFigure() })
		for _, r := range live {
			counted := slices.ContainsFunc(live, func(t indicator.Measurement) bool {
				return t.Basis == indicator.Total && !t.Period.End().Before(r.Period.End()) && !t.Period.End().After(m.Period.End())
			})
			if r.Basis == indicator.ThisPeriod && another(r) && !r.Period.End().After(m.Period.End()) && !counted {
				conflicts = append(conflicts, r.ID)
			}
		}
	}
	switch {
	case replaces == 0 && len(conflicts) == 0, named:
		return ""
	case replaces == 0:
		return fault.ReportedByAnother
	}
	if len(conflicts) > 0 { // the last to end, and of those the first that was stored
		last := n.byID(conflicts[len(conflicts)-1]).Period.End()
		at := slices.IndexFunc(conflicts, func(id int64) bool { return n.byID(id).Period.End() == last })
		if conflicts[at] == replaces {
			return ""
		}
	}
	if newest != nil {
		return fault.Superseded
	}
	return fault.InvalidValue
}

// last is the newest record of which something holds, nil without one.
func (n *naive) last(holds func(indicator.Measurement) bool) *indicator.Measurement {
	for i := len(n.records) - 1; i >= 0; i-- {
		if holds(n.records[i]) {
			return &n.records[i]
		}
	}
	return nil
}

// live lists what counts now.
func (n *naive) live() []indicator.Measurement {
	var live []indicator.Measurement
	for _, id := range n.at(n.now()) {
		live = append(live, n.byID(id))
	}
	return live
}

// denominator tells shares of one numerator apart.
func denominator(m indicator.Measurement) string {
	if m.Share == nil {
		return ""
	}
	return m.Share.Denominator.String()
}

// drawRow is a report by one of several senders, which may name what it replaces.
func (n *naive) drawRow(rt *rapid.T, code string) indicator.Row {
	m := indicator.Measurement{
		Indicator: code,
		Period:    period(rapid.SampledFrom([]string{"2023-07", "2023-08", "2023-09", "2023-Q3", "2023-08-15", "2023-W33", "2023-W39"}).Draw(rt, "period")),
		Basis:     rapid.SampledFrom(indicator.Bases).Draw(rt, "basis"),
		Value:     quantity.FromInt(int64(rapid.IntRange(1, 3).Draw(rt, "value"))),
		Unit:      quantity.MustUnit("公里"),
		SourceID:  rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(rt, "source"),
		ReportedBy: rapid.SampledFrom([]indicator.Reporter{
			{}, {Key: "o", Name: "office"}, {Agency: "甲局", Key: "a", Name: "甲"}, {Agency: "甲局", Key: "a2"}, {Agency: "乙局", Key: "b", Name: "乙"},
		}).Draw(rt, "by"),
	}
	if rapid.Bool().Draw(rt, "is a share") {
		m.Share = &indicator.Share{Numerator: m.Value, Denominator: quantity.FromInt(int64(rapid.IntRange(1, 2).Draw(rt, "of")))}
	}
	if rapid.IntRange(0, 2).Draw(rt, "a figure") == 0 {
		m.Missing, m.Note = rapid.SampledFrom(indicator.Missings).Draw(rt, "missing"), "x"
		m.Value, m.Unit, m.Share = quantity.Number{}, quantity.Unit{}, nil
	} else {
		m.Provisional = rapid.Bool().Draw(rt, "provisional")
	}
	row := indicator.Row{Measurement: m}
	if len(n.records) > 0 && rapid.IntRange(0, 3).Draw(rt, "names one") == 0 {
		row.Replaces = rapid.SampledFrom(n.records).Draw(rt, "replaces").ID
	}
	return row
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
				row := n.drawRow(rt, in.Code)
				m := row.Measurement
				outcome, code := n.judge(m, row.Replaces)
				receipt, _, err := s.Submit(t.Context(), row, indicator.Idempotency{})
				stored, got := receipt.Measurement, receipt.Outcome
				if code != "" {
					if !fault.Is(err, code) {
						rt.Fatalf("%+v: %v, want %s", m, err, code)
					}
					return
				}
				if err != nil || got != outcome {
					rt.Fatalf("%+v: %s, %v, want %s", m, got, err, outcome)
				}
				switch outcome {
				case indicator.Unchanged, indicator.Superseded:
					if newest := n.last(func(r indicator.Measurement) bool { return r.Period == m.Period && r.Basis == m.Basis }); stored.ID != newest.ID {
						rt.Fatalf("%+v: %s with %d, want %d", m, got, stored.ID, newest.ID)
					}
				default:
					if stored.ReportedBy != m.ReportedBy {
						rt.Fatalf("stored as sent by %+v, want %+v", stored.ReportedBy, m.ReportedBy)
					}
					n.records = append(n.records, stored)
				}
			},
			"retract": func(rt *rapid.T) {
				live := n.at(n.now())
				if len(live) == 0 {
					rt.Skip("nothing to retract")
				}
				id := rapid.SampledFrom(live).Draw(rt, "id")
				by := rapid.SampledFrom([]indicator.Reporter{{}, {Agency: "甲局", Key: "a", Name: "甲"}, {Agency: "乙局", Key: "b", Name: "乙"}}).Draw(rt, "taken back by")
				receipt, err := s.Retract(t.Context(), id, "x", by, 0, indicator.RowCycle{})
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
						if was := n.byID(m.ID); denominator(m) != denominator(was) || m.Missing != was.Missing || m.Provisional != was.Provisional || !m.Value.Equal(was.Value) {
							rt.Fatalf("as of %v: %d is %+v, want %+v", at, m.ID, m, was)
						}
					}
				}
			},
		})
	})
}
