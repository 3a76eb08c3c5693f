package workplan

import (
	"slices"
	"strconv"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reading is a sentence of a plan for 2023 and the targets in it, each as
// inShort writes it.
type reading struct {
	sentence string
	want     []string
}

// inShort writes a target as name, comparator, amount, kind and deadline; what
// most targets share is left out.
func inShort(in indicator.Indicator, year int) string {
	text := in.Name + " | " + string(in.Target.Comparator) + " " + amount(in) + " | " + string(in.Kind)
	if in.Direction == indicator.Decrease {
		text += " down"
	}
	if in.Each != "" {
		text += " each " + string(in.Each)
	}
	if in.Binding == indicator.Expected {
		text += " hoped"
	}
	if due := in.DueOn.String(); due != strconv.Itoa(year)+"-12-31" {
		text += " | " + due
	}
	return text
}

func checkReadings(t *testing.T, readings []reading) {
	t.Helper()
	checkReadingsIn(t, 2023, readings)
}

// checkReadingsIn reads sentences of a plan for a year.
func checkReadingsIn(t *testing.T, year int, readings []reading) {
	t.Helper()
	for _, r := range readings {
		t.Run(r.sentence, func(t *testing.T) {
			var got []string
			for _, in := range Read(inPlanFor(year, r.sentence)).Indicators {
				got = append(got, inShort(in, year))
			}
			if !slices.Equal(got, r.want) {
				t.Errorf("\n got %q\nwant %q", got, r.want)
			}
		})
	}
}
