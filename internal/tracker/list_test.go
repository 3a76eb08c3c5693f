package tracker_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// walk is a list that is being read page by page.
type walk struct {
	query tracker.ProgressQuery
	items []tracker.IndicatorProgress
	ended bool
}

// judge makes some of the standings that are to be made.
func (h *historian) judge(rt *rapid.T) {
	if _, err := h.JudgeStandings(context.Background()); err != nil {
		rt.Fatal(err)
	}
}

// tomorrow lets a day go by, until some months after the plan's term.
func (h *historian) tomorrow(*rapid.T) {
	if h.now.Before(time.Date(2025, time.April, 1, 0, 0, 0, 0, time.UTC)) {
		h.now = h.now.AddDate(0, 0, 1)
	}
}

// open begins to read a list of the plan, of today or of some day, as known now or then.
func (h *historian) open(rt *rapid.T) {
	q := tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: []string{h.plan}}}, Limit: rapid.IntRange(1, 3).Draw(rt, "limit")}
	for range rapid.IntRange(0, 2).Draw(rt, "keys") {
		by := rapid.SampledFrom(progress.SortsBy).Draw(rt, "by")
		if by == progress.ByTarget { // which compares within one unit
			q.Query.Units = []string{"家"}
		}
		q.Sort = append(q.Sort, progress.SortKey{By: by, Down: rapid.Bool().Draw(rt, "down")})
	}
	switch rapid.IntRange(0, 5).Draw(rt, "filter") {
	case 0:
		missing := rapid.Bool().Draw(rt, "missing")
		q.Filter.ReportMissing = &missing
	case 1:
		q.Filter.Statuses = []progress.Status{progress.NoData, progress.Attained}
	case 2:
		low := quantity.FromInt(int64(rapid.IntRange(-90, 100).Draw(rt, "low")))
		q.Filter.GapMin = &low
	case 3:
		high := quantity.FromInt(int64(rapid.IntRange(0, 150).Draw(rt, "high")))
		q.Filter.PercentMax = &high
	case 4:
		q.Filter.Cautions = []progress.Caution{progress.Cautions[rapid.IntRange(0, len(progress.Cautions)-1).Draw(rt, "caution")]}
	}
	if rapid.IntRange(0, 3).Draw(rt, "day") == 0 {
		q.At.On = indicator.DateIn(h.now, time.UTC).AddDays(rapid.IntRange(-40, 40).Draw(rt, "days"))
	}
	h.walks = append(h.walks, &walk{query: q})
}

// walkOn reads one more page of some of the lists that are open, and holds those that end
// against what was known at their moment. Others wait while things happen.
func (h *historian) walkOn(rt *rapid.T) {
	for _, w := range h.walks {
		if w.query.Settled && rapid.IntRange(0, 3).Draw(rt, "walk on") > 0 {
			continue
		}
		page, err := h.ProgressPage(context.Background(), w.query)
		if err != nil {
			rt.Fatal(err)
		}
		if w.query.Settled && page.At != w.query.At {
			rt.Fatalf("a page is of %+v, the first of %+v", page.At, w.query.At)
		}
		w.items = append(w.items, page.Items...)
		w.query.At, w.query.Settled, w.query.After = page.At, true, page.Next
		if w.ended = page.Next == nil; w.ended {
			if got, want := shown(w.items), h.listed(w.query); !slices.Equal(got, want) {
				rt.Fatalf("%+v: listed\n%q, want\n%q", w.query, got, want)
			}
		}
	}
	h.walks = slices.DeleteFunc(h.walks, func(w *walk) bool { return w.ended })
}

func shown(items []tracker.IndicatorProgress) []string {
	list := make([]string, len(items))
	for i, p := range items {
		list[i] = fmt.Sprint(p.Indicator.Code, " ", p.Indicator.Name, ": ", figures(p.Result))
	}
	return list
}

// listed is what a list is to show, by what was answered until its moment.
func (h *historian) listed(q tracker.ProgressQuery) []string {
	var items []tracker.IndicatorProgress
	var positions []progress.SortPosition
	order := progress.OrderBy(q.Sort, progress.DefaultProfile())
	for i, code := range h.codes {
		in, counted := h.known(code, q.At.AsOf)
		result := progress.Compute(in, counted, q.At.On, progress.DefaultProfile())
		if q.Filter.Keeps(result) && (len(q.Query.Units) == 0 || in.Target.Unit.String() == q.Query.Units[0]) {
			last := int64(0)
			for _, m := range counted {
				last = max(last, m.ID)
			}
			position := order.Position(progress.Sorted{Indicator: in, Result: result, Place: indicator.Place{Indicator: int64(i)}, LastReport: last})
			at, _ := slices.BinarySearchFunc(positions, position, order.Compare)
			positions = slices.Insert(positions, at, position)
			items = slices.Insert(items, at, tracker.IndicatorProgress{Indicator: in, Result: result})
		}
	}
	return shown(items)
}

func TestStandingsAreJudgedOnceAndAgainWhenSomethingChanges(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	judged := func() int {
		t.Helper()
		n, err := b.JudgeStandings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i, want := range []int{3, 0} {
		if n := judged(); n != want {
			t.Errorf("run %d judged %d, want %d", i, n, want)
		}
	}
	b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-01", Value: "10"})
	if n := judged(); n != 1 {
		t.Errorf("%d judged after a report", n)
	}
	b.now = b.now.AddDate(1, 0, 0)
	if n := judged(); n != 3 {
		t.Errorf("%d judged after a year", n)
	}
	if n := judged(); n != 0 {
		t.Errorf("%d judged with nothing new", n)
	}
}

// TestASlowJudgeLeavesWhatIsNewer keeps a standing that was made before another report came,
// after another process has judged that.
func TestASlowJudgeLeavesWhatIsNewer(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-01", Value: "10"})
	on := indicator.DateIn(b.now, time.UTC)
	slow := func() []indicator.Standing {
		unjudged, err := b.db.Unjudged(t.Context(), on, 9)
		if err != nil || len(unjudged) == 0 {
			t.Fatal(unjudged, err)
		}
		var made []indicator.Standing
		for _, u := range unjudged {
			made = append(made, progress.StandingOf(u, progress.Brief(u.Indicator, nil, on, progress.DefaultProfile()), 0))
		}
		return made
	}
	whole := func(when string) {
		t.Helper()
		held, err := b.VerifyStandings(t.Context(), func(code string, columns []string) { t.Errorf("%s: %s differs in %q", when, code, columns) })
		if err != nil || held != 3 {
			t.Errorf("%s: %d held, %v", when, held, err)
		}
	}
	old := slow()
	b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-02", Value: "10"})
	for range 2 {
		if _, err := b.JudgeStandings(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.db.KeepStandings(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	whole("after a report")
	on = on.AddDays(400)
	old = slow()
	b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-03", Value: "10"})
	if _, err := b.JudgeStandings(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range old {
		if old[i].Code != "x-3-1" {
			old[i].Since = old[i].Since.Add(-time.Second) // as if it had changed since
		}
	}
	if err := b.db.KeepStandings(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	whole("after a day")
}
