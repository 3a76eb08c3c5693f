package v1_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// fieldsOf are the fields of a value as it is sent, and what each is.
func fieldsOf(t *testing.T, v any) map[string]string {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for name, value := range raw {
		fields[name] = string(value)
	}
	return fields
}

func TestWhatIsNotThereIsNullInAnswers(t *testing.T) {
	cases := []struct {
		name   string
		answer any
		null   string
	}{
		{"an indicator", v1.Indicator{}, "baseline created_at each over source updated_at"},
		{"a target", v1.Target{}, "reference value value_high"},
		{"a place in a text", v1.Source{}, "page paragraph"},
		{"a measurement", v1.Measurement{}, "denominator missing numerator reported_by retracts value"},
		{"a page of measurements", v1.MeasurementPage{Items: []v1.Measurement{}}, "next_cursor"},
		{"a page of indicators", v1.IndicatorPage{Items: []v1.Indicator{}}, "next_cursor"},
		{"a batch", v1.Batch{}, "id"},
		{"a receipt", v1.RowReceipt{}, "code detail external_code field id indicator line revision sheet"},
		{"a page of receipts", v1.RowReceiptPage{Items: []v1.RowReceipt{}}, "next_cursor"},
		{"an audit entry", v1.AuditEntry{}, "first_id last_id"},
		{"a change of a field", v1.FieldChange{}, "after before"},
		{"an indicator that is added", v1.AmendmentAdded{}, "each over replaces"},
		{"an indicator that is removed", v1.AmendmentRemoved{}, "replaced_by"},
		{"the change feed, whose cursor is always there", v1.MeasurementFeed{Items: []v1.Measurement{}}, ""},
	}
	// Lists that nothing was put in are the handlers' to fill: they are not asked after here.
	lists := []string{"cautions", "curve", "external_codes", "lead_agencies", "lead_agency_ids", "participating_agencies", "participating_agency_ids"}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var null []string
			for name, value := range fieldsOf(t, c.answer) {
				if value == "null" && !slices.Contains(lists, name) {
					null = append(null, name)
				}
			}
			slices.Sort(null)
			if got := strings.Join(null, " "); got != c.null {
				t.Errorf("null: %s, want %s", got, c.null)
			}
		})
	}
}

func TestWhatIsLeftOutOfARequestIsNotSent(t *testing.T) {
	cases := []struct {
		name    string
		request any
		sent    string
	}{
		{"a change of nothing", v1.PatchIndicatorRequest{}, ""},
		{"a review of nothing", v1.ReviewRequest{}, ""},
		{"a report", v1.MeasurementRequest{}, "period"},
		{"a target that waits", v1.TargetInput{}, "comparator"},
		{"an indicator", v1.CreateIndicatorRequest{}, "kind name plan target task"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var sent []string
			for name := range fieldsOf(t, c.request) {
				sent = append(sent, name)
			}
			slices.Sort(sent)
			if got := strings.Join(sent, " "); got != c.sent {
				t.Errorf("sent: %s, want %s", got, c.sent)
			}
		})
	}
}

func TestNoAgenciesDifferFromAgenciesLeftOut(t *testing.T) {
	var request v1.PatchIndicatorRequest
	if err := json.Unmarshal([]byte(`{"lead_agencies":[]}`), &request); err != nil {
		t.Fatal(err)
	}
	if request.LeadAgencies == nil || len(*request.LeadAgencies) != 0 {
		t.Errorf("lead agencies %v, want none", request.LeadAgencies)
	}
	if request.ParticipatingAgencies != nil {
		t.Errorf("participating agencies %v, want left out", *request.ParticipatingAgencies)
	}
}

func TestAWordMayBeLeftOutClearedOrGiven(t *testing.T) {
	for name, c := range map[string]struct{ body, want, sent string }{
		"left out": {`{}`, "left out", `{}`},
		"cleared":  {`{"direction":null}`, "cleared", `{"direction":null}`},
		"given":    {`{"direction":"within"}`, "within", `{"direction":"within"}`},
		"empty":    {`{"direction":""}`, "", `{"direction":""}`},
	} {
		t.Run(name, func(t *testing.T) {
			var request v1.PatchIndicatorRequest
			if err := json.Unmarshal([]byte(c.body), &request); err != nil {
				t.Fatal(err)
			}
			got := "left out"
			switch {
			case request.Direction.Word != nil:
				got = *request.Direction.Word
			case request.Direction.Given:
				got = "cleared"
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if sent, err := json.Marshal(request); err != nil || string(sent) != c.sent {
				t.Errorf("sent %s, %v", sent, err)
			}
		})
	}
}

func TestAReferenceMayBeKeptOrTakenAway(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"left out":   {`{"comparator":"ge"}`, "kept"},
		"null":       {`{"comparator":"ge","reference":null}`, "kept"},
		"taken away": {`{"comparator":"ge","reference":""}`, ""},
		"named":      {`{"comparator":"ge","reference":"全省平均水平"}`, "全省平均水平"},
	} {
		t.Run(name, func(t *testing.T) {
			var target v1.TargetInput
			if err := json.Unmarshal([]byte(c.body), &target); err != nil {
				t.Fatal(err)
			}
			got := "kept"
			if target.Reference != nil {
				got = *target.Reference
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
