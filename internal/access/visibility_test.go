package access_test

import (
	"reflect"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestVisibility(t *testing.T) {
	reporter := access.Principal{Role: access.Reporter, Acting: acting(indicator.AgencyRef{ID: 1})}
	for name, c := range map[string]struct {
		by   access.Principal
		want indicator.Visibility
	}{
		"an admin":                       {access.Principal{Role: access.Admin}, indicator.AllVisible()},
		"an analyst":                     {access.Principal{Role: access.Analyst}, indicator.AllVisible()},
		"a reporter":                     {reporter, indicator.PublishedVisible(1)},
		"a visitor":                      {access.Visitor(), indicator.PublishedVisible()},
		"anyone where no key is asked":   {access.Anyone(), indicator.AllVisible()},
		"a role that nobody knows":       {access.Principal{Role: "root", Acting: acting(indicator.AgencyRef{ID: 1})}, indicator.Visibility{}},
		"a caller of whom nothing known": {access.Principal{}, indicator.Visibility{}},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := access.With(t.Context(), c.by)
			if got := access.Visibility(ctx); !reflect.DeepEqual(got, c.want) {
				t.Errorf("sees %+v, want %+v", got, c.want)
			}
			draft := indicator.Indicator{Code: "x", State: indicator.Draft, LeadAgencyIDs: []int64{1}}
			if err := access.CheckVisible(ctx, draft); (err == nil) != c.want.Shows(draft) || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%v", err)
			}
		})
	}
	if !access.Visibility(t.Context()).All() {
		t.Error("the command line does not see all")
	}
}
