package storetest

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

// samplePlan has three tasks in two sections; the agency 河务局 leads one and
// takes part in another.
func samplePlan(code string) indicator.Plan {
	const text = "示范县年度安排\n一、修路\n1.改造村道\n2.养护桥梁\n二、治水\n3.清淤河道"
	return indicator.Plan{
		Code: code, Title: "示范县年度安排", Issuer: "示范县人民政府", Jurisdiction: "示范县",
		IssuedOn: day("2023-02-03"), StartsOn: day("2023-01-01"), DueOn: day("2023-12-31"), Version: 1,
		Document: indicator.Document{
			SHA256: "00ff", MediaType: "text/plain", Characters: len([]rune(text)),
			Text: text, Original: []byte("\xef\xbb\xbf" + text + "\x00\xff"),
		},
		Sections: []indicator.Section{
			{Number: 1, Heading: "一、修路", Start: 8, End: 12},
			{Number: 2, Heading: "二、治水", Start: 27, End: 31},
		},
		Tasks: []indicator.Task{
			{Plan: code, Number: "1", Section: 1, Title: "改造村道", LeadAgencies: []string{"路政局", "财务局"}, ParticipatingAgencies: []string{"河务局"}, Start: 13, End: 19},
			{Plan: code, Number: "2", Section: 1, Title: "养护桥梁", Start: 20, End: 26},
			{Plan: code, Number: "3", Section: 2, Title: "清淤河道", LeadAgencies: []string{"河务局"}, Start: 32, End: 38},
		},
		Milestones: []indicator.PlanMilestone{
			{Task: "3", Title: "完成清淤", DueOn: day("2023-10-31"), Start: 32, End: 38, Quote: "清淤河道"},
			{Task: "1", Title: "完成招标", DueOn: day("2023-06-30"), Start: 13, End: 19, Quote: "改造村道"},
		},
		Parts: sampleParts(),
		Warnings: []indicator.Warning{
			{Line: 3, Start: 13, End: 15, Code: "unsettled", Message: "…"},
			{Line: 2, Start: 8, End: 9, Code: "unsettled", Message: "%"},
		},
	}
}

// sampleParts fill every field, with targets of every form.
func sampleParts() []indicator.PlanPart {
	share := indicator.PlanPart{
		Task: "3", Name: "清淤长度", Area: "上河乡", PartOf: "清淤长度", Kind: indicator.Increment, Direction: indicator.Increase,
		Target:   indicator.Target{Comparator: indicator.Equal, Value: quantity.MustNumber("12.50"), Unit: quantity.MustUnit("公里")},
		Baseline: number("-0.10"), DueOn: day("2023-11-30"), Confidence: indicator.Medium, Start: 32, End: 38, Quote: "清淤河道",
	}
	ranged, index, waiting := share, share, share
	ranged.Area, ranged.PartOf, ranged.Baseline = "下河乡", "", nil
	ranged.Target.ValueHigh = number("20.00")
	index.Task, index.Area, index.Target.Unit, index.Confidence = "1", "上河乡", quantity.Unit{}, indicator.Low
	waiting.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全县平均水平", Waits: true}
	return []indicator.PlanPart{share, ranged, index, waiting}
}

// unique numbers external codes, of which no two indicators have the same.
var unique atomic.Int64

// sampleIndicator belongs to a task of samplePlan and fills every field but
// ValueHigh and Code, whether or not they make sense together: the store keeps
// what it is given.
func sampleIndicator(plan, task, name string) indicator.Indicator {
	return indicator.Indicator{
		Plan: plan, Task: task, Section: 1, Name: name,
		Kind: indicator.Increment, Direction: indicator.Increase, DirectionBy: indicator.ByText,
		Course: indicator.Hold, CourseBy: indicator.ByPerson, Over: indicator.OverTerm, Each: indicator.Weekly, DefaultBasis: indicator.Total,
		Target:   indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber("75.40"), Unit: quantity.MustUnit("公里")},
		Baseline: number("-0.50"),
		StartsOn: day("2023-01-01"), DueOn: day("2023-11-30"), TermEndsOn: day("2023-12-31"),
		Binding: indicator.Expected, Frequency: indicator.Quarterly,
		State: indicator.Confirmed, Confidence: indicator.Medium,
		Curve: []indicator.CurvePoint{
			{On: day("2023-06-30"), Percent: quantity.MustNumber("12.50")},
			{On: day("2023-11-30"), Percent: quantity.MustNumber("100")},
		},
		LeadAgencies: []string{"路政局", "财务局"}, ParticipatingAgencies: []string{"河务局"},
		ExternalCodes: []indicator.ExternalCode{{Namespace: name, Code: fmt.Sprint("外-", unique.Add(1))}, {Code: fmt.Sprint(unique.Add(1))}},
		Source:        indicator.Source{Version: 1, Start: 3, End: 9, Quote: name, Rule: "bare", Paragraph: 2},
	}
}

// withPlan stores samplePlan under the code, without indicators.
func withPlan(t *testing.T, s *store.Store, code string) {
	t.Helper()
	if err := s.CreatePlan(t.Context(), samplePlan(code), nil); err != nil {
		t.Fatal(err)
	}
}

// withIndicator stores an indicator of the first task of the plan p.
func withIndicator(t *testing.T, s *store.Store, name string) indicator.Indicator {
	t.Helper()
	return must(s.CreateIndicator(t.Context(), sampleIndicator("p", "1", name)))(t)
}

// increment is a report of one period without a source id.
func increment(code, of, value string) indicator.Measurement {
	return indicator.Measurement{
		Indicator: code, Period: period(of), Basis: indicator.ThisPeriod,
		Value: quantity.MustNumber(value), Unit: quantity.MustUnit("公里"),
	}
}

// appended stores a report that must be accepted.
func appended(t *testing.T, s *store.Store, m indicator.Measurement) indicator.Measurement {
	t.Helper()
	stored, _, err := Report(t.Context(), s, m)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func names(ins []indicator.Indicator) []string {
	all := make([]string, len(ins))
	for i, in := range ins {
		all[i] = in.Name
	}
	return all
}

// agencyID is the id of an agency that plans name, 0 when there is none.
func agencyID(t *testing.T, s *store.Store, jurisdiction, name string) int64 {
	t.Helper()
	agencies, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Jurisdiction: jurisdiction, Page: indicator.Page{}})
	for _, a := range must(agencies, err)(t) {
		if a.Name == name {
			return a.ID
		}
	}
	return 0
}

// withIDs is an indicator of samplePlan as it is read: with the ids of its agencies.
func withIDs(t *testing.T, s *store.Store, in indicator.Indicator) indicator.Indicator {
	t.Helper()
	in.LeadAgencyIDs, in.ParticipatingAgencyIDs = idsOf(t, s, in.LeadAgencies), idsOf(t, s, in.ParticipatingAgencies)
	return in
}

// tasksWithIDs are tasks of a plan of 示范县 as they are read.
func tasksWithIDs(t *testing.T, s *store.Store, tasks []indicator.Task) []indicator.Task {
	t.Helper()
	read := slices.Clone(tasks)
	for i := range read {
		read[i].LeadAgencyIDs, read[i].ParticipatingAgencyIDs = idsOf(t, s, read[i].LeadAgencies), idsOf(t, s, read[i].ParticipatingAgencies)
	}
	return read
}

func idsOf(t *testing.T, s *store.Store, names []string) []int64 {
	t.Helper()
	var ids []int64
	for _, name := range names {
		ids = append(ids, agencyID(t, s, "示范县", name))
	}
	return ids
}
