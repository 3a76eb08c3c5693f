package demo

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan"
)

// TestThePlanIsReadAsExpected reads the demo plan and holds every target that
// is certain in expected.csv against what was read.
func TestThePlanIsReadAsExpected(t *testing.T) {
	f, err := os.Open("expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	draft := workplan.Read(string(PlanText()))
	taken := make([]bool, len(draft.Indicators))
	match := func(row []string) *indicator.Indicator {
		for i, in := range draft.Indicators {
			near := strings.Contains(row[2], in.Source.Quote) || strings.Contains(in.Source.Quote, row[2])
			if !taken[i] && near && in.Task == row[1] && in.Target.Value.String() == row[3] && in.Target.Unit.String() == row[5] {
				taken[i] = true
				return &draft.Indicators[i]
			}
		}
		return nil
	}
	for _, row := range rows[1:] {
		in := match(row)
		if row[11] == "no" {
			continue
		}
		if in == nil {
			t.Errorf("task %s: %s was not read", row[1], row[2])
			continue
		}
		got := []string{
			string(in.Target.Comparator), string(in.Kind), in.DueOn.String(),
			strings.Join(in.LeadAgencies, "|"), strings.Join(in.ParticipatingAgencies, "|"),
		}
		if want := row[6:11]; strings.Join(got, ";") != strings.Join(want, ";") {
			t.Errorf("task %s: %s is %q, want %q", row[1], row[2], got, want)
		}
	}
	for i, in := range draft.Indicators {
		if !taken[i] {
			t.Errorf("task %s: %s was read and is not expected", in.Task, in.Source.Quote)
		}
	}
}

func TestThePlansIndicatorsAreSound(t *testing.T) {
	names := map[string]string{}
	for _, in := range workplan.Read(string(PlanText())).Indicators {
		if in.Kind == indicator.Increment && in.Baseline != nil {
			t.Errorf("%s adds up and starts from %s", in.Name, in.Baseline)
		}
		if in.Confidence == "" {
			t.Errorf("%s has no confidence", in.Name)
		}
		if before, ok := names[in.Task+in.Name]; ok {
			t.Errorf("task %s calls both %q and %q %s", in.Task, before, in.Source.Quote, in.Name)
		}
		names[in.Task+in.Name] = in.Source.Quote
	}
}
