package indicator

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Visibility says which indicators a reader may learn of. The zero value is of none, so
// that a reader for whom none was given sees nothing.
type Visibility struct {
	published bool
	all       bool
	agencies  []int64
}

// AllVisible is of every indicator, drafts and those that were rejected among them.
func AllVisible() Visibility { return Visibility{published: true, all: true} }

// PublishedVisible is of what every reader may learn of, and beside it of all that
// concerns the agencies.
func PublishedVisible(agencies ...int64) Visibility {
	return Visibility{published: true, agencies: agencies}
}

// All reports whether every indicator is visible.
func (v Visibility) All() bool { return v.all }

// Published reports whether what is published is visible.
func (v Visibility) Published() bool { return v.published }

// Agencies are those of whose indicators nothing is hidden.
func (v Visibility) Agencies() []int64 { return v.agencies }

// Published are the states of which every reader may learn.
var Published = []State{Confirmed, Withdrawn}

// Shows reports whether an indicator is visible.
func (v Visibility) Shows(in Indicator) bool {
	return v.all || v.published && slices.Contains(Published, in.State) || in.Concerns(v.agencies)
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
