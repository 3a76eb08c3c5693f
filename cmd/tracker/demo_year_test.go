package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var updateYear = flag.Bool("update", false, "rewrite testdata/demo.golden")

// dates are the days for which the lists of the example plans are kept.
var dates = map[string][]string{
	demo.PlanCode:     {"2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"},
	demo.FiveYearCode: {"2021-12-31", "2022-12-31", "2023-09-30", "2023-12-31", "2024-12-31"},
}

// TestTheExampleYear holds the lists that officials would read against a table,
// in which nothing is doubtful and every rule is met.
func TestTheExampleYear(t *testing.T) {
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
	for range 2 { // the second start finds all of it there
		if loaded, err := loadDemo(t.Context(), db, service); err != nil || !loaded {
			t.Fatalf("loaded %v, %v", loaded, err)
		}
	}
	var table bytes.Buffer
	met := map[string]int{}
	for _, plan := range []string{demo.PlanCode, demo.FiveYearCode} {
		for _, day := range dates[plan] {
			on, err := indicator.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			list, err := service.ProgressOfMany(t.Context(), tracker.ProgressQuery{
				Query: indicator.Query{Plan: plan}, At: tracker.Moment{On: on},
			})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&table, "\n%s on %s\n", plan, day)
			for _, p := range list.Items {
				tellYear(&table, p, met)
				if len(p.Result.Cautions) > 0 {
					t.Errorf("%s on %s: %v", p.Indicator.Code, day, p.Result.CautionDetails)
				}
			}
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
		"rule ratio_to_target", "rule baseline_to_target", "rule growth_to_target", "rule ceiling", "rule each_period",
		"course accrue", "course hold", "over year", "over average", "over term", "each quarter", "each year", "curve", "range", "share", "late",
		"status attained", "status on_track", "status at_risk", "status behind", "status no_data",
	} {
		if met[rule] == 0 {
			t.Errorf("the examples never show: %s", rule)
		}
	}
	taken, _, err := db.Measurements(t.Context(), demo.PlanCode+"-65-2", time.Time{}, indicator.Page{})
	if err != nil {
		t.Fatal(err)
	}
	backs := slices.DeleteFunc(taken, func(m indicator.Measurement) bool { return m.Retracts == 0 })
	if len(backs) != 1 || backs[0].Note == "" {
		t.Errorf("taken back: %+v", backs)
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
	}
	fmt.Fprintf(table, "%-10s %s: %s of %s %s%s, %s%% at pace %s, gap to what is due %s: %s%s\n",
		strings.TrimPrefix(in.Code, in.Plan+"-"), in.Name, number(r.Actual, r.Actual == nil), in.Target.Comparator, in.Target.Value, in.Target.Unit,
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
	for _, step := range r.Explanation.Steps {
		if strings.Contains(step.ZH, "2 ÷ 11 =") {
			met["share"]++
		}
	}
}
