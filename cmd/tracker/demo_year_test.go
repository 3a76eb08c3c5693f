package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var updateYear = flag.Bool("update", false, "rewrite what tests compare with: testdata/*.golden, answers in docs/querying.md")

// dates are the days for which the lists of the example plans are kept.
var dates = map[string][]string{
	demo.PlanCode:     {"2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"},
	demo.FiveYearCode: {"2021-12-31", "2022-12-31", "2023-08-31", "2023-09-30", "2023-12-31", "2024-12-31"},
}

// examples is a service with the example plans, started twice.
func examples(t *testing.T) (*store.Store, *tracker.Service) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	service := tracker.New(db, time.Now, time.UTC, progress.DefaultProfile())
	for range 2 { // the second start finds all of it there
		if loaded, err := loadDemo(t.Context(), db, service, nil); err != nil || !loaded {
			t.Fatalf("loaded %v, %v", loaded, err)
		}
	}
	return db, service
}

func progressOn(t *testing.T, service *tracker.Service, plan string, on indicator.Date) []tracker.IndicatorProgress {
	t.Helper()
	list, err := service.ProgressPage(t.Context(), tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: []string{plan}}}, At: tracker.Moment{On: on}, Limit: 1000, Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

func TestTheExamplesAreAsRecorded(t *testing.T) {
	db, _ := examples(t)
	v, err := db.Verify(t.Context(), ledger.VerifyOptions{})
	if err != nil || len(v.Findings) > 0 || len(v.Unproven) > 0 || v.Measurements == 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestTheExampleYear holds the lists that officials would read against a table,
// in which every rule is met.
func TestTheExampleYear(t *testing.T) {
	db, service := examples(t)
	var table bytes.Buffer
	met := map[string]int{}
	for _, plan := range []string{demo.PlanCode, demo.FiveYearCode} {
		for _, day := range dates[plan] {
			on, err := indicator.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&table, "\n%s on %s\n", plan, day)
			for _, p := range progressOn(t, service, plan, on) {
				tellYear(&table, p, met)
			}
			tellReports(t, db, plan, met)
		}
	}
	const golden = "testdata/demo.golden"
	if *updateYear {
		if err := os.WriteFile(golden, table.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(table.String(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, rule := range []string{
		"rule ratio_to_target", "rule baseline_to_target", "rule growth_to_target", "rule ceiling", "rule floor", "rule range", "rule each_period",
		"course accrue", "course hold", "over year", "over average", "over term", "each quarter", "each year", "curve", "range", "share", "late",
		"no unit", "report missing", "status attained", "status missed", "status on_track", "status at_risk", "status behind", "status no_data",
		"basis increment", "basis total", "period week", "period month", "period quarter", "period half", "period year", "another unit",
		"revision", "retraction",
	} {
		if met[rule] == 0 {
			t.Errorf("the examples never show: %s", rule)
		}
	}
}

// TestNothingInTheExamplesIsDoubtful reads the lists of every month of the terms
// and after them: who looks on another day than those of the table finds no
// caution either.
func TestNothingInTheExamplesIsDoubtful(t *testing.T) {
	_, service := examples(t)
	for plan, last := range map[string]indicator.Date{
		demo.PlanCode: indicator.DateOf(2024, 1, 31), demo.FiveYearCode: indicator.DateOf(2026, 1, 31),
	} {
		for month := indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2021, 1, 1)); !month.End().After(last); month = month.Next() {
			for _, p := range progressOn(t, service, plan, month.End()) {
				if len(p.Result.Cautions) > 0 {
					t.Errorf("%s on %s: %v", p.Indicator.Code, month.End(), p.Result.CautionDetails)
				}
			}
		}
	}
}

// TestALoadThatWasCutShortIsCompleted cuts the load after each of its steps: the
// next start makes the same of it as an undisturbed one.
func TestALoadThatWasCutShortIsCompleted(t *testing.T) {
	plans, err := demo.Plans()
	if err != nil {
		t.Fatal(err)
	}
	all := func(service *tracker.Service) string {
		var table bytes.Buffer
		for _, p := range plans {
			for _, item := range progressOn(t, service, p.Code, indicator.DateOf(2023, 9, 30)) {
				tellYear(&table, item, map[string]int{})
			}
		}
		return table.String()
	}
	_, undisturbed := examples(t)
	want := all(undisturbed)
	for name, cut := range map[string]func(p demo.Plan) demo.Plan{
		"after the import":             func(p demo.Plan) demo.Plan { return demo.Plan{Code: p.Code, Text: p.Text} },
		"while it is settled":          func(p demo.Plan) demo.Plan { p.Settings, p.Reports = p.Settings[:5], nil; return p },
		"before the reports":           func(p demo.Plan) demo.Plan { p.Reports = nil; return p },
		"before a report is retracted": func(p demo.Plan) demo.Plan { p.Retractions = nil; return p },
	} {
		t.Run(name, func(t *testing.T) {
			db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}()
			service := tracker.New(db, time.Now, time.UTC, progress.DefaultProfile())
			for _, p := range plans {
				if err := loadDemoPlan(t.Context(), db, service, cut(p)); err != nil {
					t.Fatal(err)
				}
			}
			if all(service) == want {
				t.Fatal("nothing was cut")
			}
			if _, err := loadDemo(t.Context(), db, service, nil); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(all(service), "\n")); diff != "" {
				t.Errorf("(-undisturbed +completed):\n%s", diff)
			}
		})
	}
}

// tellReports notes what kinds of reports a plan has.
func tellReports(t *testing.T, db *store.Store, plan string, met map[string]int) {
	t.Helper()
	ins, _, err := db.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{plan}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range ins {
		ms, _, err := db.Measurements(t.Context(), in.Code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			met["basis "+string(m.Basis)]++
			met["period "+string(m.Period.Frequency())]++
			switch {
			case m.Retracts != 0 && m.Note != "":
				met["retraction"]++
			case m.Revision > 1:
				met["revision"]++
			}
			if m.Unit != in.Target.Unit {
				met["another unit"]++
			}
			if m.Share != nil {
				met["share"]++
			}
		}
	}
}

func tellYear(table *bytes.Buffer, p tracker.IndicatorProgress, met map[string]int) {
	in, r := p.Indicator, p.Result
	number := func(n fmt.Stringer, none bool) string {
		if none {
			return "-"
		}
		return n.String()
	}
	marks := ""
	if r.Late {
		marks += " late"
		met["late"]++
	}
	if r.ReportMissing {
		marks += " report missing"
		met["report missing"]++
	}
	target := in.Target.Value.String()
	if in.Target.ValueHigh != nil {
		target += "—" + in.Target.ValueHigh.String()
	}
	fmt.Fprintf(table, "%-10s %s: %s of %s %s%s, %s%% at pace %s, gap to what is due %s: %s%s\n",
		strings.TrimPrefix(in.Code, in.Plan+"-"), in.Name, number(r.Actual, r.Actual == nil), in.Target.Comparator, target, in.Target.Unit,
		number(r.Percent, r.Percent == nil), r.Pace, number(r.DueGap, r.DueGap == nil), r.Label.ZH, marks)
	for _, rule := range []string{
		"rule " + r.Explanation.Rule, "course " + string(in.Course), "over " + string(in.Over), "each " + string(in.Each), "status " + string(r.Status),
	} {
		met[rule]++
	}
	if len(in.Curve) > 0 {
		met["curve"]++
	}
	if in.Target.ValueHigh != nil {
		met["range"]++
	}
	if in.Target.Unit.IsZero() && r.Percent != nil {
		met["no unit"]++
	}
}
