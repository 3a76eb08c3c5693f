package httpapi_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestReceiptsAreSpeltTheSameWherever(t *testing.T) {
	stored := indicator.Measurement{ID: 9_007_199_254_740_993, Revision: 12}
	for _, r := range []indicator.Receipt{
		{Outcome: indicator.Stored, Measurement: stored},
		{Outcome: indicator.Revised, Measurement: stored},
		{Outcome: indicator.Stored, Measurement: stored, Cautions: []string{"total_falls"}},
		{Outcome: indicator.Stored, Measurement: stored, Cautions: []string{"magnitude", "period_not_over"}},
		{Outcome: indicator.Unchanged, Measurement: stored},
		{Outcome: indicator.Stored, Measurement: indicator.Measurement{Revision: 1}}, // in a dry run
		{Outcome: indicator.NotStored},
		{Outcome: indicator.Stored, Measurement: stored, Origin: indicator.Origin{Sheet: "实\"绩\n", Line: 13, Indicator: "a<&>\u2028\x01"}},
		{Outcome: indicator.Stored, Measurement: stored, Origin: indicator.Origin{Line: 1, Indicator: "donghe-2023-1-1"}},
		{Outcome: indicator.Stored, Measurement: stored, Origin: indicator.Origin{Line: 1, Indicator: "donghe-2023-1-1", External: indicator.ExternalCode{Code: "A\"17\u2028"}}},
		{Outcome: indicator.NotStored, Origin: indicator.Origin{External: indicator.ExternalCode{Namespace: "工\\信", Code: "<A>"}}},
		{Outcome: indicator.Refused, Refusal: fault.Newf(fault.UnknownIndicator, "没有“%s”", `no "%s"`, "a\n\"").At("/indicator")},
	} {
		t.Run(string(r.Outcome), func(t *testing.T) {
			answered, paged, err := httpapi.Receipt(indicator.RowReceipt{Row: 1_000_000, Receipt: r})
			if err != nil || string(answered) != string(paged) {
				t.Errorf("%s, want %s, %v", answered, paged, err)
			}
		})
	}
}
