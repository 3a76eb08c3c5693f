package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// nightly is a batch of one row as a system sends it every night.
func nightly(value int, source string) string {
	return fmt.Sprintf(`[{"indicator":"donghe-2023-1-1","period":"2023-08","value":%d,"source_id":"%s"}]`, value, source)
}

func TestWhatAPersonPutRightIsNotUndoneByTheNightlyTransfer(t *testing.T) {
	const byHand = `{"indicator":"donghe-2023-1-1","period":"2023-08","value":%d}`
	for name, c := range map[string]struct {
		first    []int // what the system sends one after another
		by       func(a *api, token, id string)
		again    int
		want     string
		actualIs string
	}{
		"taken back": {[]int{10}, func(a *api, _, id string) { a.takeBack(id) }, 10, "superseded", ""},
		"taken back and reported by hand": {[]int{10}, func(a *api, token, id string) {
			a.takeBack(id)
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 10, "superseded", "4"},
		"corrected by hand": {[]int{10}, func(a *api, token, _ string) { a.as(token, fmt.Sprintf(byHand, 4)).want(201) }, 10, "superseded", "4"},
		"corrected after the system corrected itself": {[]int{10, 11}, func(a *api, token, _ string) {
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 10, "superseded", "4"},
		"corrected by hand, and that taken back": {[]int{10}, func(a *api, token, _ string) {
			a.takeBack(read[v1.MeasurementReceipt](a.as(token, fmt.Sprintf(byHand, 4)).want(201)).Measurement.ID)
		}, 10, "superseded", ""},
		"a new figure of the system": {[]int{10}, func(a *api, token, id string) {
			a.takeBack(id)
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 12, "revised", "12"},
		"the system goes back to what it said": {[]int{10, 11}, func(*api, string, string) {}, 10, "revised", "10"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			lead, _, _ := a.reporters()
			a.token, lead = lead, a.token
			admin := lead
			var id string
			for _, value := range c.first {
				id = *read[v1.BatchReceipts](a.post(batchPath, nightly(value, "n4")).want(200)).Receipts[0].ID
			}
			c.by(a, a.token, id)
			for range 2 {
				got := read[v1.BatchReceipts](a.post(batchPath, nightly(c.again, "n4")).want(200)).Receipts[0]
				if got.Outcome != c.want {
					t.Errorf("%s, want %s", got.Outcome, c.want)
				}
				if (got.Outcome == "superseded") != (got.Detail != nil) || got.Code != nil && (*got.Code == "retracted") != (c.actualIs == "") {
					t.Errorf("the receipt does not say what stands: %+v", got)
				}
				if c.want == "revised" {
					c.want = "unchanged"
				}
			}
			a.token = admin
			p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-08-31").want(200))
			if got := p.Actual; (got == nil) != (c.actualIs == "") || got != nil && string(got.Value) != c.actualIs {
				t.Errorf("counts %+v, want %q", got, c.actualIs)
			}
		})
	}
}

func (a *api) takeBack(id string) {
	a.t.Helper()
	a.send("DELETE", reportPath+"/"+id+"?reason=x", "").want(200)
}

func TestAgenciesCountTheirReportsEachForItself(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	row := func(period string, value int) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"%s","value":%d,"source_id":"1"}`, period, value)
	}
	first := read[v1.MeasurementReceipt](a.as(lead, row("2023-01", 5)).want(201)).Measurement
	a.as(part, row("2023-02", 7)).want(201) // not the lead's 1
	p := a.as(part, row("2023-01", 5)).wantProblem(409, "source_id_taken", "/source_id")
	if strings.Contains(p.Detail, first.ID+"；") {
		t.Errorf("names the measurement of another agency: %s", p.Detail)
	}
	a.as(part, strings.Replace(row("2023-01", 5), `"1"}`, `"2"}`, 1)).wantProblem(409, "reported_by_another", "/replaces")
	_, rotated := a.key("reporter", "市工信局")
	for _, c := range []struct{ token, body, outcome string }{
		{rotated, row("2023-01", 5), "unchanged"}, {part, row("2023-02", 7), "unchanged"}, {lead, row("2023-01", 6), "revised"},
	} {
		if got := read[v1.MeasurementReceipt](a.as(c.token, c.body)); got.Outcome != c.outcome {
			t.Errorf("%s: %s, want %s", c.body, got.Outcome, c.outcome)
		}
	}
	if got := read[v1.BatchReceipts](a.post(batchPath, `[`+strings.Replace(row("2023-01", 5), "}", `,"agency":"市工信局"}`, 1)+`,`+row("2023-03", 1)+`]`).want(200)); outcomesOf(got.Receipts) != "revised, stored" {
		t.Error(outcomesOf(got.Receipts)) // the office for an agency, and for nobody
	}
}
