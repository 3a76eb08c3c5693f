package indicator_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestSight(t *testing.T) {
	all := indicator.Sight{}
	none := indicator.Sight{Limited: true}
	own := indicator.Sight{Limited: true, Agencies: []string{"丙", "乙"}}
	other := indicator.Sight{Limited: true, Agencies: []string{"丙"}}
	for state, want := range map[indicator.State][4]bool{ // all, none, own, other
		indicator.Draft:     {true, false, true, false},
		indicator.Rejected:  {true, false, true, false},
		indicator.Confirmed: {true, true, true, true},
		indicator.Withdrawn: {true, true, true, true},
		"":                  {true, false, true, false},
	} {
		in := indicator.Indicator{State: state, LeadAgencies: []string{"甲"}, ParticipatingAgencies: []string{"乙"}}
		for i, sight := range []indicator.Sight{all, none, own, other} {
			if got := sight.Shows(in); got != want[i] {
				t.Errorf("%q within %+v: %v", state, sight, got)
			}
		}
	}
}
