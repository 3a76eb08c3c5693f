package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// TestTheExampleSeries holds the series of some indicators of the example plans, with their
// projections, against tables that officials would read.
func TestTheExampleSeries(t *testing.T) {
	_, service := examples(t)
	var table bytes.Buffer
	for _, of := range []struct{ code, on, step string }{
		{"qingzhou-2023-14-1", "2023-09-30", ""},
		{"qingzhou-2023-14-1", "2023-11-15", "quarter"},
		{"donghe-2021-2025-8-1", "2023-03-31", ""},
		{"donghe-2021-2025-1-1", "2024-12-31", ""},
		{"donghe-2021-2025-6-1", "2024-12-31", ""},
		{"donghe-2021-2025-10-1", "2023-12-31", ""},
	} {
		on, err := indicator.ParseDate(of.on)
		if err != nil {
			t.Fatal(err)
		}
		asked := tracker.SeriesAsked{Step: indicator.Frequency(of.step), Projected: true}
		s, err := service.Series(t.Context(), of.code, asked, tracker.Moment{On: on})
		if err != nil {
			t.Fatal(err)
		}
		tellSeries(&table, s)
	}
	const golden = "testdata/series.golden"
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
}

func tellSeries(w *bytes.Buffer, s tracker.IndicatorSeries) {
	in := s.Indicator
	fmt.Fprintf(w, "\n%s %s, by %s on %s, target %s%s by %s\n", in.Code, in.Name, s.Step, s.At.On, in.Target.Value, in.Target.Unit, in.DueOn)
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(columns, "period\treports\tamount\tyear ago\tchange\tactual\tpercent\tpace\tgap\tstatus")
	for _, p := range s.Periods {
		var ago, change *quantity.Number
		if p.YearAgo != nil {
			ago, change = progress.Written(p.YearAgo.Amount), p.YearAgo.Change
		}
		r := p.Progress
		status := string(r.Status)
		if !p.Over {
			status += ", not over"
		}
		fmt.Fprintf(columns, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Period.Period, len(p.Reports),
			numberOr(progress.Written(p.Amount)), numberOr(ago), numberOr(change), numberOr(r.Actual), numberOr(r.Percent), r.Pace, numberOr(r.Gap), status)
	}
	_ = columns.Flush()
	x := s.Projection
	if x.Refused != "" {
		fmt.Fprintf(w, "no projection, %s: %s\n", x.Refused, x.Why.ZH)
		return
	}
	fmt.Fprintf(w, "%s: %s to %s, expected %s (%s%%), attained on %s\n%s\n", x.Method, x.Low.Value, x.High.Value, x.Expected.Value,
		numberOr(x.Expected.Percent), x.AttainedOn, x.Basis.ZH)
}

func numberOr(n *quantity.Number) string {
	if n == nil {
		return "–"
	}
	return n.String()
}
