package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// shareOf is a report of the seed's ratio with other fields than the value.
func shareOf(period, fields string) string {
	return fmt.Sprintf(`{"indicator":%q,"period":%q,%s}`, ratio, period, fields)
}

// figures are value, numerator and denominator of a measurement, the value without
// the zeros that rounding leaves.
func figures(m v1.Measurement) string {
	text := func(n *v1.Number) string {
		if n == nil {
			return "null"
		}
		return string(*n)
	}
	value := string(*m.Value)
	if strings.Contains(value, ".") {
		value = strings.TrimRight(strings.TrimRight(value, "0"), ".")
	}
	return fmt.Sprintf("%s, %s, %s", value, text(m.Numerator), text(m.Denominator))
}

func TestAShareIsReportedAsItsTwoFigures(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for i, c := range []struct{ fields, want string }{
		{`"numerator":2,"denominator":3`, "66.6667, 2, 3"},
		{`"numerator":"377.00","denominator":"500.0"`, "75.4, 377.00, 500.0"},
		{`"numerator":0,"denominator":7`, "0, 0, 7"},
		{`"numerator":754,"denominator":1000,"unit":"‰"`, "754, 754, 1000"},
		{`"value":75.4`, "75.4, null, null"},
	} {
		t.Run(c.fields, func(t *testing.T) {
			a.t = t
			period := fmt.Sprintf("2023-0%d", i+1)
			got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", shareOf(period, c.fields)).want(201)).Measurement
			if figures(got) != c.want {
				t.Errorf("stored %s, want %s", figures(got), c.want)
			}
			list := read[v1.MeasurementPage](a.get("/api/v1/indicators/" + ratio + "/measurements").want(200)).Items
			if kept := figures(list[i]); kept != c.want {
				t.Errorf("kept %s, want %s", kept, c.want)
			}
			feed := read[v1.MeasurementFeed](a.get("/api/v1/measurements").want(200)).Items
			if fed := figures(feed[i]); fed != c.want {
				t.Errorf("in the feed %s, want %s", fed, c.want)
			}
		})
	}
}

func TestSharesThatAreRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const count = `{"indicator":"donghe-2023-1-1","period":"2023-09","numerator":1,"denominator":2}`
	for _, c := range []struct {
		name, body string
		status     int
		code, at   string
	}{
		{"nothing at all", strings.Replace(shareOf("2023-09", ``), ",}", "}", 1), 422, "required_field", "/value"},
		{"a numerator alone", shareOf("2023-09", `"numerator":1`), 422, "required_field", "/denominator"},
		{"a denominator alone", shareOf("2023-09", `"denominator":1`), 422, "required_field", "/numerator"},
		{"a numerator beside a value", shareOf("2023-09", `"value":1,"numerator":1`), 422, "required_field", "/denominator"},
		{"a value beside both", shareOf("2023-09", `"value":50,"numerator":1,"denominator":2`), 422, "invalid_value", "/value"},
		{"a denominator of 0", shareOf("2023-09", `"numerator":1,"denominator":0`), 422, "invalid_value", "/denominator"},
		{"a denominator below 0", shareOf("2023-09", `"numerator":1,"denominator":-2`), 422, "invalid_value", "/denominator"},
		{"a numerator in words", shareOf("2023-09", `"numerator":"one","denominator":2`), 422, "invalid_number", "/numerator"},
		{"a denominator in words", shareOf("2023-09", `"numerator":1,"denominator":"two"`), 422, "invalid_number", "/denominator"},
		{"a numerator that is no number", shareOf("2023-09", `"numerator":true,"denominator":2`), 400, "wrong_type", "/numerator"},
		{"a share of what is counted", count, 422, "invalid_value", "/numerator"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			a.post("/api/v1/measurements", c.body).wantProblem(c.status, c.code, c.at)
			got := read[v1.BatchReceipts](a.send("POST", batchPath, c.body, "Content-Type", intake.NDJSON).want(200)).Receipts
			if want := "refused " + c.code + c.at; outcomesOf(got) != want {
				t.Errorf("in a batch %s, want %s", outcomesOf(got), want)
			}
		})
	}
	a.t = t
	if feed := read[v1.MeasurementFeed](a.get("/api/v1/measurements").want(200)).Items; len(feed) != 0 {
		t.Errorf("stored %+v", feed)
	}
}

func TestSharesComeInEveryForm(t *testing.T) {
	for mediaType, body := range map[string]string{
		"application/json": "[" + shareOf("2023-08", `"numerator":"377","denominator":500`) + "," + shareOf("2023-09", `"value":76`) + "]",
		intake.NDJSON:      shareOf("2023-08", `"numerator":377,"denominator":500`) + "\n" + shareOf("2023-09", `"value":76`),
		intake.CSV:         "指标代码,报告期,实绩,分子,分母\n" + ratio + ",2023-08,,377,500\n" + ratio + ",2023-09,76,,\n",
	} {
		t.Run(mediaType, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			got := read[v1.BatchReceipts](a.send("POST", batchPath, body, "Content-Type", mediaType).want(200))
			if outcomes := outcomesOf(got.Receipts); outcomes != "stored, stored" {
				t.Fatalf("%s: %+v", outcomes, got.Receipts)
			}
			list := read[v1.MeasurementPage](a.get("/api/v1/indicators/" + ratio + "/measurements").want(200)).Items
			if first, second := figures(list[0]), figures(list[1]); first != "75.4, 377, 500" || second != "76, null, null" {
				t.Errorf("kept %s and %s", first, second)
			}
		})
	}
}

func TestTheFiguresOfAShareAreItsContent(t *testing.T) {
	a := newAPI(t)
	a.seed()
	send := func(fields string) string {
		resp := a.post("/api/v1/measurements", shareOf("2023-09", fields+`,"source_id":"s-1"`))
		return read[v1.MeasurementReceipt](resp).Outcome
	}
	for _, c := range []struct{ fields, want string }{
		{`"numerator":1,"denominator":2`, "stored"},
		{`"numerator":1,"denominator":2`, "unchanged"},
		{`"numerator":2,"denominator":4`, "revised"}, // the same value out of other figures
		{`"value":50`, "revised"},
	} {
		if got := send(c.fields); got != c.want {
			t.Errorf("%s: %s, want %s", c.fields, got, c.want)
		}
	}
	t.Run("of a row under an Idempotency-Key too", func(t *testing.T) {
		a.t = t
		key := []string{"Content-Type", intake.NDJSON, "Idempotency-Key", "shares"}
		a.send("POST", batchPath, shareOf("2023-08", `"numerator":1,"denominator":2`), key...).want(200)
		a.send("POST", batchPath, shareOf("2023-08", `"numerator":2,"denominator":4`), key...).wantProblem(422, "idempotency_key_reused", "")
	})
}

func TestWeeksArePeriods(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.patchOf("donghe-2023-1-1", `{"frequency":"week"}`).want(200)
	body := `{"indicator":"donghe-2023-1-1","period":%q,"value":3}`
	got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", fmt.Sprintf(body, "2023-W38")).want(201))
	if got.Measurement.Period != "2023-W38" || got.Progress.On != "2023-09-24" {
		t.Errorf("stored %+v", got)
	}
	if list := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200)).Items; list[0].Period != "2023-W38" {
		t.Errorf("kept %+v", list)
	}
	for _, period := range []string{"2023-W00", "2023-W53", "2023-W7", "2023-w38", "2023W38"} {
		a.post("/api/v1/measurements", fmt.Sprintf(body, period)).wantProblem(422, "invalid_period", "/period")
	}
}

func TestReceiptsOfABatchHaveCautions(t *testing.T) {
	a := newAPI(t)
	a.seed()
	rows := shareOf("2023-08", `"value":76`) + "\n" + shareOf("2023-08", `"value":"many"`)
	resp := a.send("POST", batchPath, rows, "Content-Type", intake.NDJSON, "Accept", intake.NDJSON).want(200)
	lines := strings.Split(strings.TrimSpace(string(resp.body)), "\n")
	if len(lines) != 2 {
		t.Fatalf("%s", resp.body)
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, `"cautions":[]}`) {
			t.Errorf("%s", line)
		}
	}
}

func TestARateOfGrowthOverYearsIsNoShare(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, over := range []string{"term", "average"} {
		in := read[v1.Indicator](a.post("/api/v1/indicators", fmt.Sprintf(
			`{"plan":"donghe-2023","task":"1","name":"某数","kind":"growth","over":%q,"target":{"comparator":"ge","value":6,"unit":"%%"}}`, over)).want(201))
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023","numerator":1,"denominator":0}`, in.Code)).wantProblem(422, "invalid_value", "/numerator")
	}
}
