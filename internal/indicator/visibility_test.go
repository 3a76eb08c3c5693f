package indicator_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestVisibility(t *testing.T) {
	all, published := indicator.AllVisible(), indicator.PublishedVisible()
	own, other := indicator.PublishedVisible(3, 2), indicator.PublishedVisible(3)
	for state, want := range map[indicator.State][5]bool{ // all, published, own, other, none
		indicator.Draft:     {true, false, true, false, false},
		indicator.Rejected:  {true, false, true, false, false},
		indicator.Confirmed: {true, true, true, true, false},
		indicator.Withdrawn: {true, true, true, true, false},
		"":                  {true, false, true, false, false},
	} {
		in := indicator.Indicator{State: state, LeadAgencyIDs: []int64{1}, ParticipatingAgencyIDs: []int64{2}}
		for i, visible := range []indicator.Visibility{all, published, own, other, {}} {
			if got := visible.Shows(in); got != want[i] {
				t.Errorf("%q within %+v: %v", state, visible, got)
			}
		}
	}
}
