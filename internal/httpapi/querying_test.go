package httpapi_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// TestThePageOnQueryingNamesEveryFilter holds the tables of docs/querying.md against the
// declarations, both ways.
func TestThePageOnQueryingNamesEveryFilter(t *testing.T) {
	page, err := os.ReadFile("../../docs/querying.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^##+ `).Split(string(page), -1) {
		heading, text, _ := strings.Cut(part, "\n")
		sections[heading] = text
	}
	for heading, declared := range map[string]reflect.Type{
		"Indicators":   reflect.TypeFor[indicator.Selection](),
		"State":        reflect.TypeFor[indicator.StateSelection](),
		"Progress":     reflect.TypeFor[progress.Filter](),
		"Measurements": reflect.TypeFor[indicator.MeasurementSelection](),
		"The feed":     reflect.TypeFor[indicator.FeedSelection](),
		"Plans":        reflect.TypeFor[indicator.PlanSelection](),
		"Tasks":        reflect.TypeFor[indicator.TaskSelection](),
	} {
		var want, got []string
		for i := range declared.NumField() {
			if f := declared.Field(i); !f.Anonymous {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				want = append(want, name)
			}
		}
		for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\|").FindAllStringSubmatch(sections[heading], -1) {
			got = append(got, row[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the page has %v, declared are %v", heading, got, want)
		}
	}
	for _, by := range indicator.SortKeys {
		if !strings.Contains(sections["State"], "`"+string(by)+"`") {
			t.Errorf("the sort key %s of indicators is not on the page", by)
		}
	}
	for _, by := range progress.SortsBy {
		if !strings.Contains(sections["Progress"], "`"+string(by)+"`") {
			t.Errorf("the sort key %s of progress is not on the page", by)
		}
	}
}
