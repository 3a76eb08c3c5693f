package indicator

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Sight says which indicators a reader may learn of. The zero Sight is of none, so
// that a reader whose sight was forgotten sees nothing.
type Sight struct {
	published bool
	all       bool
	agencies  []int64
}

// SightOfAll is of every indicator, drafts and those that were rejected among them.
func SightOfAll() Sight { return Sight{published: true, all: true} }

// SightOfPublished is of what every reader may learn of, and beside it of all that
// concerns the agencies.
func SightOfPublished(agencies ...int64) Sight { return Sight{published: true, agencies: agencies} }

// All reports whether every indicator is within sight.
func (s Sight) All() bool { return s.all }

// Published reports whether what is published is within sight.
func (s Sight) Published() bool { return s.published }

// Agencies are those of whose indicators nothing is hidden.
func (s Sight) Agencies() []int64 { return s.agencies }

// Published are the states of which every reader may learn.
var Published = []State{Confirmed, Withdrawn}

// Shows reports whether an indicator is within sight.
func (s Sight) Shows(in Indicator) bool {
	return s.all || s.published && slices.Contains(Published, in.State) || in.Concerns(s.agencies)
}

// Concerns reports whether one of the agencies leads the indicator or takes part
// in it.
func (in Indicator) Concerns(agencies []int64) bool {
	return slices.ContainsFunc(agencies, func(agency int64) bool {
		return slices.Contains(in.LeadAgencyIDs, agency) || slices.Contains(in.ParticipatingAgencyIDs, agency)
	})
}

// LedBy reports whether one of the agencies leads the indicator.
func (in Indicator) LedBy(agencies []int64) bool {
	return slices.ContainsFunc(in.LeadAgencyIDs, func(id int64) bool { return slices.Contains(agencies, id) })
}

// Unknown is the fault of an indicator that is not there, or not in sight.
func Unknown(code string) *fault.Fault {
	return fault.Newf(fault.NotFound, "没有指标 %s", "there is no indicator %s", code)
}
