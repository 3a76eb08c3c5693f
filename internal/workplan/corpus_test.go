package workplan

import (
	"slices"
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
func inShort(in indicator.Indicator) string {
	text := in.Name + " | " + string(in.Target.Comparator) + " " + amount(in) + " | " + string(in.Kind)
	if in.Direction == indicator.Decrease {
		text += " down"
	}
	if in.Binding == indicator.Expected {
		text += " hoped"
	}
	if due := in.DueOn.String(); due != "2023-12-31" {
		text += " | " + due
	}
	return text
}

func checkReadings(t *testing.T, readings []reading) {
	t.Helper()
	for _, r := range readings {
		t.Run(r.sentence, func(t *testing.T) {
			var got []string
			for _, in := range read(r.sentence) {
				got = append(got, inShort(in))
			}
			if !slices.Equal(got, r.want) {
				t.Errorf("\n got %q\nwant %q", got, r.want)
			}
		})
	}
}
