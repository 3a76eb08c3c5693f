package tracker

import (
	"reflect"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// isSame reports whether a change left an indicator as it was, digits and order
// included. Lists that are empty and lists that are not there are the same.
func isSame(before, after indicator.Indicator) bool {
	for _, in := range []*indicator.Indicator{&before, &after} {
		in.Curve = append([]indicator.CurvePoint{}, in.Curve...)
		in.LeadAgencies = append([]string{}, in.LeadAgencies...)
		in.ParticipatingAgencies = append([]string{}, in.ParticipatingAgencies...)
		in.ExternalCodes = append([]indicator.ExternalCode{}, in.ExternalCodes...)
	}
	return reflect.DeepEqual(before, after)
}
