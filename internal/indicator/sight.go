package indicator

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Sight says whose unpublished indicators a reader may learn of: drafts, and
// those that were rejected. The zero Sight is of all.
type Sight struct {
	Limited  bool
	Agencies []string // with Limited: of these alone
}

// Published are the states of which every reader may learn.
var Published = []State{Confirmed, Withdrawn}

// Shows reports whether an indicator is within sight.
func (s Sight) Shows(in Indicator) bool {
	return !s.Limited || slices.Contains(Published, in.State) || in.Concerns(s.Agencies)
}

// Concerns reports whether one of the agencies leads the indicator or takes part
// in it.
func (in Indicator) Concerns(agencies []string) bool {
	return slices.ContainsFunc(agencies, func(agency string) bool {
		return slices.Contains(in.LeadAgencies, agency) || slices.Contains(in.ParticipatingAgencies, agency)
	})
}

// Unknown is the fault of an indicator that is not there, or not in sight.
func Unknown(code string) *fault.Fault {
	return fault.Newf(fault.NotFound, "没有指标 %s", "there is no indicator %s", code)
}
