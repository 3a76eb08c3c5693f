package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

const piles = `{"indicator":"donghe-2023-1-1","period":"2023-09","value":168,"unit":"个","basis":"total","source_id":"gxj-2023-09-001"}`

func TestRecordMeasurement(t *testing.T) {
	t.Run("stores the report and answers with the progress at the end of its period", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", piles).want(201))
		p := got.Progress
		if got.Outcome != "stored" || got.Measurement.Revision != 1 || *got.Measurement.Value != "168" {
			t.Errorf("receipt %+v", got)
		}
		if p.On != "2023-09-30" || *p.Percent != "76.02" || p.Pace != "74.79" || *p.Gap != "1.23" || p.Status != "on_track" || p.Attained {
			t.Errorf("progress %+v", p)
		}
	})

	t.Run("takes unit and basis from the indicator when they are left out", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":"20"}`).want(201))
		if got.Measurement.Unit != "个" || got.Measurement.Basis != "increment" {
			t.Errorf("increment indicator: %+v", got.Measurement)
		}
		got = read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-2","period":"2023-09","value":70}`).want(201))
		if got.Measurement.Unit != "%" || got.Measurement.Basis != "total" {
			t.Errorf("ratio indicator: %+v", got.Measurement)
		}
	})

	t.Run("converts another unit of the dimension exactly", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-1","period":"2023-09","value":29440,"unit":"公顷"}`).want(201))
		if *got.Progress.Percent != "100.00" || !got.Progress.Attained || got.Progress.Status != "attained" {
			t.Errorf("29440公顷 of 44.16万亩: %+v", got.Progress)
		}
		if *got.Measurement.Value != "29440" || got.Measurement.Unit != "公顷" {
			t.Errorf("the report was not kept as sent: %+v", got.Measurement)
		}
	})

	t.Run("a percent that rounds to 100 is not attained", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":29999}`).want(201))
		if *got.Progress.Percent != "100.00" || got.Progress.Attained {
			t.Errorf("29999 of 30000: %+v", got.Progress)
		}
	})

	t.Run("keeps every digit of a number on its way in and out", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		for i, digits := range []string{"75.40", "0.1", "12345678901234567890.123456789012345678", "-3"} {
			body := fmt.Sprintf(`{"indicator":"donghe-2023-2-2","period":"2023-0%d","value":%s}`, i+1, digits)
			raw := a.post("/api/v1/measurements", body).want(201).body
			if !strings.Contains(string(raw), `"value":`+digits+`,"unit":"%"`) {
				t.Errorf("%s came back as %s", digits, raw)
			}
		}
	})

	t.Run("a correction is a revision and only the newest counts", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		report := `{"indicator":"donghe-2023-1-1","period":"2023-06","value":%d,"basis":"total"}`
		a.post("/api/v1/measurements", fmt.Sprintf(report, 500)).want(201)
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(report, 480)).want(201))
		if got.Outcome != "revised" || got.Measurement.Revision != 2 || got.Progress.Actual.Value != "480" {
			t.Errorf("receipt %+v", got)
		}
		history := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200))
		if len(history.Items) != 2 || *history.Items[0].Value != "500" {
			t.Errorf("history %+v", history)
		}
	})

	t.Run("the same report again is unchanged and counts once", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		first := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", piles).want(201))
		again := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", piles).want(200))
		if again.Outcome != "unchanged" || again.Measurement.ID != first.Measurement.ID {
			t.Errorf("again %+v", again)
		}
	})

	t.Run("takes the line ends of Windows in a note, and no other control characters", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		report := `{"indicator":"donghe-2023-1-1","period":"2023-09","value":20,"note":%q}`
		for _, note := range []string{"a\x7fb", "a\u0085b", "a\x01b"} {
			body, err := json.Marshal(map[string]string{"indicator": "donghe-2023-1-1", "period": "2023-09", "value": "20", "note": note})
			if err != nil {
				t.Fatal(err)
			}
			a.post("/api/v1/measurements", string(body)).wantProblem(422, "invalid_value", "/note")
		}
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(report, "甲\r\n乙\t丙")).want(201))
		if got.Measurement.Note != "甲\r\n乙\t丙" {
			t.Errorf("note %q", got.Measurement.Note)
		}
	})

	t.Run("refuses an increment that overlaps another period", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":20}`).want(201)
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-Q3","value":60}`).wantProblem(409, "period_overlap", "/period")
	})
}

func TestRefusedMeasurementsNameTheFieldAndStoreNothing(t *testing.T) {
	with := func(field, value string) string {
		m := map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte(piles), &m); err != nil {
			t.Fatal(err)
		}
		if value == "" {
			delete(m, field)
		} else {
			m[field] = json.RawMessage(value)
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	cases := []struct {
		name, body  string
		status      int
		code, field string
	}{
		{"an unknown field", with("colour", `"red"`), 400, "unknown_field", "/colour"},
		{"a duplicate key", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1,"value":2}`, 400, "duplicate_field", "/value"},
		{"trailing text", piles + "x", 400, "trailing_data", ""},
		{"a second document", piles + "\n" + piles, 400, "trailing_data", ""},
		{"a key in other letters", `{"Indicator":"donghe-2023-1-1","period":"2023-09","value":1}`, 400, "unknown_field", "/Indicator"},
		{"1e9999", with("value", "1e9999"), 422, "number_too_long", "/value"},
		{"1e-9999", with("value", "1e-9999"), 422, "number_too_long", "/value"},
		{"NaN", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":NaN}`, 400, "malformed_request", "/value"},
		{"NaN as text", with("value", `"NaN"`), 422, "invalid_number", "/value"},
		{"a number of 200 digits", with("value", strings.Repeat("9", 200)), 422, "number_too_long", "/value"},
		{"null for a number", with("value", "null"), 400, "wrong_type", "/value"},
		{"true for a number", with("value", "true"), 400, "wrong_type", "/value"},
		{"a list for a number", with("value", "[1]"), 400, "wrong_type", "/value"},
		{"a number for a period", with("period", "202309"), 400, "wrong_type", "/period"},
		{"no value", with("value", ""), 422, "required_field", "/value"},
		{"no indicator", with("indicator", ""), 422, "required_field", "/indicator"},
		{"no period", with("period", ""), 422, "required_field", "/period"},
		{"a unit of another dimension", with("unit", `"吨"`), 422, "unit_mismatch", "/unit"},
		{"a unit that is none", with("unit", `"个 1"`), 422, "unknown_unit", "/unit"},
		{"a basis that is none", with("basis", `"sum"`), 422, "invalid_value", "/basis"},
		{"month 13", with("period", `"2023-13"`), 422, "invalid_period", "/period"},
		{"a period outside the term", with("period", `"2024-01"`), 422, "period_outside_term", "/period"},
		{"an unknown indicator", with("indicator", `"donghe-2023-9-9"`), 422, "unknown_indicator", "/indicator"},
		{"evidence that is no address", with("evidence_url", `"ftp://x"`), 422, "invalid_value", "/evidence_url"},
		{"an empty body", "", 400, "empty_body", ""},
		{"blanks", "  \n", 400, "malformed_request", ""},
		{"half a document", piles[:40], 400, "malformed_request", "/period"},
		{"a list", "[" + piles + "]", 400, "wrong_type", ""},
		{"null", "null", 400, "wrong_type", ""},
		{"invalid UTF-8", strings.Replace(piles, "gxj", "g\xffj", 1), 400, "invalid_encoding", "/source_id"},
		{"a body over the limit", `{"note":"` + strings.Repeat("a", 2<<20) + `"}`, 413, "body_too_large", ""},
	}
	a := newAPI(t)
	a.seed()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			a.post("/api/v1/measurements", c.body).wantProblem(c.status, c.code, c.field)
			stored := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200))
			if len(stored.Items) != 0 {
				t.Errorf("stored %+v", stored.Items)
			}
		})
	}

	t.Run("a body that is not JSON by its media type", func(t *testing.T) {
		a.t = t
		a.send("POST", "/api/v1/measurements", piles, "Content-Type", "application/x-www-form-urlencoded").wantProblem(415, "unsupported_media_type", "")
		a.send("POST", "/api/v1/measurements", piles).wantProblem(415, "unsupported_media_type", "")
	})
}

func TestListMeasurements(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 3, 0, 0, 0, 0, time.UTC))
	a.seed()
	for month := 1; month <= 7; month++ {
		a.setClock(time.Date(2023, time.Month(month+1), 5, 0, 0, 0, 0, time.UTC))
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-%02d","value":%d}`, month, month)).want(201)
	}

	t.Run("pages end, and neither miss nor repeat", func(t *testing.T) {
		a.t = t
		var seen []string
		path := "/api/v1/indicators/donghe-2023-1-1/measurements?limit=3"
		for range 10 {
			resp := a.get(path).want(200)
			page := read[v1.MeasurementPage](resp)
			for _, m := range page.Items {
				seen = append(seen, m.Period)
			}
			if page.NextCursor == nil {
				if resp.header.Get("Link") != "" {
					t.Error("the last page links to a next one")
				}
				break
			}
			link := resp.header.Get("Link")
			path = strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
		}
		if want := "2023-01 2023-02 2023-03 2023-04 2023-05 2023-06 2023-07"; strings.Join(seen, " ") != want {
			t.Errorf("seen %v", seen)
		}
	})

	t.Run("as_of shows what was known then", func(t *testing.T) {
		a.t = t
		page := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements?as_of=2023-05-01T00:00:00Z").want(200))
		if len(page.Items) != 3 {
			t.Errorf("known on 1 May: %+v", page.Items)
		}
	})

	t.Run("an unknown indicator is not found, not an empty list", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/indicators/nothing-1/measurements").wantProblem(404, "not_found", "")
	})
}
