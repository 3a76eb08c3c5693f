package httpapi_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// TestEveryFigureOfAProgressIsAnswered puts another value into every field, so
// that one which is left out or mixed up shows.
func TestEveryFigureOfAProgressIsAnswered(t *testing.T) {
	number := func(s string) *quantity.Number { n := quantity.MustNumber(s); return &n }
	result := progress.Result{
		Rules: 7, Course: indicator.Hold, On: indicator.DateOf(2023, 10, 2), CutOff: indicator.DateOf(2023, 9, 30),
		Actual: number("90"), Unit: quantity.MustUnit("个"), Percent: number("110.50"), PercentCapped: number("100.00"),
		Pace: *number("74.79"), Gap: number("35.71"), AmountDue: number("164"), Shortfall: number("74"), DueGap: number("-33.48"),
		Attained: true, AttainedOn: indicator.DateOf(2023, 8, 31), Late: true, DaysLeft: -94, DaysLate: 62,
		Status: progress.NotComputable, Label: fault.Text{ZH: "无法计算", EN: "Not computable"}, Color: "#123456",
		Reason: progress.YearMissing, Cautions: []progress.Caution{progress.TotalFalls, progress.GapInSeries},
		CautionDetails: []progress.CautionDetail{
			{Code: progress.TotalFalls, Text: fault.Text{ZH: "8月累计90低于7月累计95", EN: "the total of August, 90, is below July's 95"}},
			{Code: progress.GapInSeries, Text: fault.Text{ZH: "缺6月", EN: "June is missing"}},
		},
		ReportMissing: true, Provisional: true,
		Explanation: progress.Explanation{Rule: "growth_to_target", Steps: []fault.Text{{ZH: "步", EN: "step"}}, Measurements: []int64{412}},
	}
	in := indicator.Indicator{
		Code: "donghe-2023-1-1", Name: "增速", Kind: indicator.Growth, Direction: indicator.Decrease, Course: indicator.Hold,
		ExternalCodes: []indicator.ExternalCode{{Code: "17"}, {Namespace: "gxj-erp", Code: "A-17"}},
		Over:          indicator.OverAverage, Each: indicator.Quarterly, Baseline: number("3"),
		Target: indicator.Target{Comparator: indicator.AtLeast, Value: *number("4"), Unit: quantity.MustUnit("%")},
		Plan:   "donghe-2023", Section: 2, Task: "1", Binding: indicator.Expected, Frequency: indicator.Monthly,
		StartsOn: indicator.DateOf(2023, 1, 2), DueOn: indicator.DateOf(2023, 7, 1),
		LeadAgencies: []string{"甲"}, ParticipatingAgencies: []string{"乙", "丙"}, LeadAgencyIDs: []int64{1}, ParticipatingAgencyIDs: []int64{2, 3},
	}
	for lang, want := range map[string]map[string]string{
		"zh": {
			"label":           `"无法计算"`,
			"caution_details": `[{"code":"total_falls","text":"8月累计90低于7月累计95"},{"code":"gap_in_series","text":"缺6月"}]`,
			"explain":         `{"rule":"growth_to_target","steps":["步"],"measurements":["412"],"source":null}`,
		},
		"en": {
			"label":           `"Not computable"`,
			"caution_details": `[{"code":"total_falls","text":"the total of August, 90, is below July's 95"},{"code":"gap_in_series","text":"June is missing"}]`,
			"explain":         `{"rule":"growth_to_target","steps":["step"],"measurements":["412"],"source":null}`,
		},
	} {
		for field, text := range map[string]string{
			"rules": "7", "indicator": `"donghe-2023-1-1"`, "name": `"增速"`, "on": `"2023-10-02"`, "as_of": `"0001-01-01T00:00:00Z"`,
			"cut_off": `"2023-09-30"`, "actual": `{"value":90,"unit":"个"}`, "baseline": `{"value":3,"unit":"%"}`,
			"target":    `{"comparator":"ge","value":4,"value_high":null,"unit":"%","reference":null}`,
			"direction": `"decrease"`, "course": `"hold"`, "over": `"average"`, "each": `"quarter"`,
			"profile_version": "7", "percent": "110.50", "percent_capped": "100.00", "pace": "74.79", "gap": "35.71",
			"amount_due": `{"value":164,"unit":"个"}`, "shortfall": `{"value":74,"unit":"个"}`, "due_gap": "-33.48",
			"attained": "true", "attained_on": `"2023-08-31"`, "late": "true", "days_left": "-94", "days_late": "62",
			"status": `"not_computable"`, "color": `"#123456"`, "reason": `"year_missing"`,
			"external_codes": `[{"namespace":"","code":"17"},{"namespace":"gxj-erp","code":"A-17"}]`,
			"plan":           `"donghe-2023"`, "section": "2", "task": `"1"`, "binding": `"expected"`, "frequency": `"month"`, "kind": `"growth"`,
			"starts_on": `"2023-01-02"`, "due_on": `"2023-07-01"`, "reports": "5",
			"lead_agencies": `["甲"]`, "participating_agencies": `["乙","丙"]`, "lead_agency_ids": `["1"]`, "participating_agency_ids": `["2","3"]`,
			"cautions": `["total_falls","gap_in_series"]`, "report_missing": "true", "provisional": "true",
		} {
			want[field] = text
		}
		body, err := json.Marshal(httpapi.Progress(tracker.IndicatorProgress{Indicator: in, Profile: 7, Result: result, Reports: 5}, lang))
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(body, &raw); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for field, text := range raw {
			got[field] = string(text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
