package tabular

import (
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// TestEveryRowOfTheInterfaceIsATable takes the columns of what lists, summaries and series
// have as rows; a field that no heading was given fails.
func TestEveryRowOfTheInterfaceIsATable(t *testing.T) {
	for name, table := range map[string]*Table{
		"plans": Of[v1.PlanHead](), "tasks": Of[v1.Task](), "indicators": Of[v1.Indicator](), "progress": Of[v1.ProgressRow](),
		"series": Of[v1.SeriesRow](), "measurements": Of[v1.Measurement](), "summary": Of[v1.SummaryRow](), "plan summary": Of[v1.PlanSummaryRow](),
		"agencies": Of[v1.Agency](), "events": Of[v1.AgencyEvent](), "audit": Of[v1.AuditEntry](), "keys": Of[v1.Key](), "receipts": Of[v1.RowReceipt](),
	} {
		if len(table.Columns) < 3 {
			t.Errorf("%s has %d columns", name, len(table.Columns))
		}
		names, headings := map[string]bool{}, map[string]string{}
		for _, c := range table.Columns {
			if names[c.Name] {
				t.Errorf("%s has two columns %s", name, c.Name)
			}
			if before, twice := headings[c.Heading.ZH]; twice || c.Heading.ZH == "" {
				t.Errorf("%s: %s and %s are both headed %q", name, before, c.Name, c.Heading.ZH)
			}
			names[c.Name], headings[c.Heading.ZH] = true, c.Name
		}
	}
}

// TestColumnsOfProgress holds what programs rely on: the names and kinds of the columns.
func TestColumnsOfProgress(t *testing.T) {
	kinds := map[string]Kind{}
	for _, c := range Of[v1.Progress]().Columns {
		kinds[c.Name] = c.Kind
	}
	for name, want := range map[string]Kind{
		"indicator": Text, "on": Date, "as_of": Moment, "cut_off": Date, "actual_value": Decimal, "actual_unit": Text, "target_value": Decimal,
		"percent": Decimal, "attained": Flag, "days_left": Integer, "external_codes": Text, "cautions": Text, "caution_details": Text,
	} {
		if kinds[name] != want {
			t.Errorf("%s is of kind %q, want %q", name, kinds[name], want)
		}
	}
}

// TestWhatNobodyAskedForIsNoColumn holds that the working stands in a table only on request.
func TestWhatNobodyAskedForIsNoColumn(t *testing.T) {
	has := func(table *Table) (working, percent bool) {
		for _, c := range table.Columns {
			working, percent = working || c.Field == "explain", percent || c.Name == "percent"
		}
		return working, percent
	}
	for _, c := range []struct {
		fields, optional []string
		working, percent bool
	}{{nil, nil, false, true}, {nil, []string{"explain"}, true, true}, {[]string{"explain"}, nil, true, false}} {
		if working, percent := has(Of[v1.Progress]().Chosen(c.fields, c.optional)); working != c.working || percent != c.percent {
			t.Errorf("fields %q, optional %q: working %v, percent %v", c.fields, c.optional, working, percent)
		}
	}
}
