package httpapi_test

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// drawnCities are the cities of the plans that are drawn. Both have a 市工信局.
var drawnCities = map[string]string{"east": "东河市", "west": "西山市"}

// drawPlan stores a plan of random indicators, and random reports of some of them.
func (a *api) drawPlan(draw *rand.Rand, code string, indicators int) {
	a.t.Helper()
	day := indicator.DateOf
	plan := indicator.Plan{
		Code: code, Title: code + "重点工作", Jurisdiction: drawnCities[code], StartsOn: day(2023, 1, 1), DueOn: day(2023, 12, 31),
		Document: indicator.Document{SHA256: strings.Repeat(code[:1], 64), MediaType: "text/plain", Characters: 1, Text: "x", Original: []byte("x")},
	}
	agencies := []string{"市工信局", "市交通局", "市教育局", code + "委"}
	for i := range 3 {
		plan.Sections = append(plan.Sections, indicator.Section{Number: i + 1, Heading: fmt.Sprintf("第%d篇", i+1)})
	}
	for i := range 12 {
		draw.Shuffle(len(agencies), func(i, j int) { agencies[i], agencies[j] = agencies[j], agencies[i] })
		lead := draw.IntN(3)
		plan.Tasks = append(plan.Tasks, indicator.Task{
			Plan: code, Number: fmt.Sprint(i + 1), Section: i/4 + 1, Title: "任务",
			LeadAgencies: slices.Clone(agencies[:lead]), ParticipatingAgencies: slices.Clone(agencies[lead : lead+draw.IntN(3)]),
		})
	}
	var ins []indicator.Indicator
	var rows strings.Builder
	rows.WriteString("indicator,period,value\n")
	for i := range indicators {
		task := plan.Tasks[draw.IntN(len(plan.Tasks))]
		in := indicator.Indicator{
			Code: fmt.Sprintf("%s-%d", code, i), Plan: code, Task: task.Number, Section: task.Section, Name: "新增个数",
			Kind: []indicator.Kind{indicator.Increment, indicator.Cumulative}[draw.IntN(2)], Direction: indicator.Increase,
			Target:   indicator.Target{Comparator: indicator.AtLeast, Value: quantity.FromInt(int64(1 + draw.IntN(99))), Unit: quantity.MustUnit("个")},
			StartsOn: plan.StartsOn, DueOn: day(2023, time.Month(3+draw.IntN(10)), 28), TermEndsOn: plan.DueOn,
			Binding: indicator.Committed, Frequency: []indicator.Frequency{indicator.Monthly, indicator.Yearly}[draw.IntN(8)/7],
			State: indicator.Confirmed, Confidence: indicator.High, Version: 1,
			LeadAgencies: task.LeadAgencies, ParticipatingAgencies: task.ParticipatingAgencies,
			Source: indicator.Source{Version: 1, Quote: "新增个数", Rule: "test"},
		}
		if draw.IntN(9) == 0 {
			in.State = indicator.Draft
		}
		in.Settle()
		ins = append(ins, in)
		if draw.IntN(3) == 0 {
			fmt.Fprintf(&rows, "%s,2023-%02d,%d\n", in.Code, 1+draw.IntN(9), draw.IntN(120))
		}
	}
	if err := a.db.CreatePlan(a.t.Context(), plan, ins); err != nil {
		a.t.Fatal(err)
	}
	a.send("POST", batchPath, rows.String(), "Content-Type", intake.CSV).want(200)
}

// modelKey is, by the words of the documentation, the key of an indicator in a dimension,
// for one of its agencies.
func modelKey(by string, p tracker.IndicatorProgress, agency, role string) string {
	in := p.Indicator
	return map[string]string{
		"plan": in.Plan, "section": fmt.Sprintf("%s/%d", in.Plan, in.Section), "task": in.Plan + "/" + in.Task,
		"agency": drawnCities[in.Plan] + "/" + agency, "role": role, "kind": string(in.Kind), "status": string(p.Result.Status),
		"month": in.DueOn.String()[:7],
	}[by]
}

// modelGroups are the indicators of each group, found without the code under test.
func modelGroups(by []string, items []tracker.IndicatorProgress) (groups map[string][]tracker.IndicatorProgress, ungrouped int) {
	groups = map[string][]tracker.IndicatorProgress{}
	for _, p := range items {
		keys := map[string]bool{}
		add := func(agency, role string) {
			var key []string
			for _, b := range by {
				key = append(key, modelKey(b, p, agency, role))
			}
			keys[strings.Join(key, " ")] = true
		}
		for _, agency := range p.Indicator.LeadAgencies {
			add(agency, "lead")
		}
		for _, agency := range p.Indicator.ParticipatingAgencies {
			add(agency, "participating")
		}
		if !slices.Contains(by, "agency") && !slices.Contains(by, "role") {
			add("", "")
		}
		if len(keys) == 0 {
			ungrouped++
		}
		for key := range keys {
			groups[key] = append(groups[key], p)
		}
	}
	return groups, ungrouped
}

// modelFigures says in one line what a summary has to say of indicators.
func modelFigures(items []tracker.IndicatorProgress) string {
	statuses := map[string]int{}
	sum := new(big.Rat)
	var expected, reported, defined, unmeasured, without int
	var ranked []tracker.IndicatorProgress
	for _, p := range items {
		r := p.Result
		statuses[string(r.Status)]++
		if !r.CutOff.IsZero() {
			expected++
		}
		if !r.CutOff.IsZero() && !r.ReportMissing {
			reported++
		}
		if r.ExactCapped != nil {
			sum.Add(sum, r.ExactCapped)
			defined++
		} else if r.Reason == progress.NoMeasurement || r.Reason == progress.NoFigure {
			unmeasured++
		}
		if r.Reason == progress.NoFigure {
			without++
		}
		if r.DueGap != nil {
			ranked = append(ranked, p)
		}
	}
	slices.SortStableFunc(ranked, func(a, b tracker.IndicatorProgress) int { return a.Result.DueGap.Cmp(*b.Result.DueGap) })
	var worst []string
	for _, p := range ranked[:min(5, len(ranked))] {
		worst = append(worst, p.Indicator.Code+" "+p.Result.DueGap.String())
	}
	mean := func(n int) string {
		if n == 0 {
			return "null"
		}
		return quantity.FromRat(new(big.Rat).Quo(sum, big.NewRat(int64(n), 1)), 2).String()
	}
	return fmt.Sprint(len(items), statuses, expected, reported, defined, without, mean(defined), mean(defined+unmeasured), worst)
}

// saidFigures says the same of an answer.
func saidFigures(f v1.SummaryFigures) string {
	statuses := map[string]int{}
	for _, s := range f.Statuses {
		statuses[s.Status] = s.Count
	}
	var worst []string
	for _, w := range f.Worst {
		worst = append(worst, w.Indicator+" "+string(w.DueGap))
	}
	mean := func(n *v1.Number) string {
		if n == nil {
			return "null"
		}
		return string(*n)
	}
	return fmt.Sprint(f.Count, statuses, f.Expected, f.Reported, f.Defined, f.WithoutFigure, mean(f.MeanPercent), mean(f.MeanPercentAll), worst)
}

// TestSummariesOfRandomIndicators holds groups of one and two dimensions, of more indicators
// than are read at a time, against a model of their own.
func TestSummariesOfRandomIndicators(t *testing.T) {
	a := newAPI(t)
	draw := rand.New(rand.NewPCG(20, 23))
	a.drawPlan(draw, "east", 700)
	a.drawPlan(draw, "west", 80)
	service := tracker.New(a.db, a.clock, time.UTC, progress.DefaultProfile())
	var groupings [][]string
	for i, first := range tracker.Groupings {
		groupings = append(groupings, []string{string(first)})
		for _, second := range slices.Delete(slices.Clone(tracker.Groupings), i, i+1) {
			groupings = append(groupings, []string{string(first), string(second)})
		}
	}
	for i, by := range groupings {
		if _, err := service.JudgeStandings(t.Context()); err != nil { // first none, then some, then all are told by standings
			t.Fatal(err)
		}
		on := indicator.DateIn(a.clock(), time.UTC)
		if i%4 == 0 {
			on = indicator.DateOf(2023, time.Month(1+draw.IntN(12)), 1+draw.IntN(28))
		}
		q := tracker.ProgressQuery{At: tracker.Moment{On: on}, Limit: 1000}
		path := "/api/v1/summary?group_by=" + strings.Join(by, ",") + "&on=" + on.String()
		switch i % 3 {
		case 1:
			q.Query.Kinds, path = []indicator.Kind{indicator.Increment}, path+"&kind=increment"
		case 2:
			q.Filter.Statuses, path = []progress.Status{progress.NoData}, path+"&status=no_data"
		}
		list, err := service.ProgressPage(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		want, ungrouped := modelGroups(by, list.Items)
		said := read[v1.SelectionSummary](a.get(path).want(200))
		if saidFigures(said.Total) != modelFigures(list.Items) || said.Ungrouped != ungrouped {
			t.Errorf("%s: total\n%s, %d, want\n%s, %d", path, saidFigures(said.Total), said.Ungrouped, modelFigures(list.Items), ungrouped)
		}
		if len(said.Groups) != len(want) {
			t.Errorf("%s: %d groups, want %d", path, len(said.Groups), len(want))
		}
		counted := said.Ungrouped
		for _, g := range said.Groups {
			counted += g.Count
			var key []string
			for _, k := range g.Keys {
				key = append(key, strings.TrimPrefix(modelPrefix(k)+"/"+k.Key, "/"))
			}
			if got, of := saidFigures(g.SummaryFigures), modelFigures(want[strings.Join(key, " ")]); got != of {
				t.Errorf("%s: %v\n%s, want\n%s", path, key, got, of)
			}
		}
		if said.CountedOnce && counted != said.Total.Count {
			t.Errorf("%s: groups of %d, total of %d", path, counted, said.Total.Count)
		}
	}
}

// modelPrefix is that in which a key means its group.
func modelPrefix(k v1.GroupKey) string { return cmp.Or(k.Plan, k.Jurisdiction) }
