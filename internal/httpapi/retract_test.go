package httpapi_test

import (
	"net/url"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestNoAgencyTakesBackAnothersFigureByChance(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, both := a.reporters()
	report := func(token, month, more string) string {
		t.Helper()
		return read[v1.MeasurementReceipt](a.as(token, `{"indicator":"donghe-2023-1-1","period":"`+month+`","value":1`+more+`}`).want(201)).Measurement.ID
	}
	retract := func(token, id, agency string) answer {
		query := "?reason=x"
		if agency != "" {
			query += "&agency=" + url.QueryEscape(agency)
		}
		return a.send("DELETE", reportPath+"/"+id+query, "", "Authorization", "Bearer "+token)
	}
	inBody := func(token, id, body string) answer {
		return a.send("DELETE", reportPath+"/"+id, body, "Content-Type", "application/json", "Authorization", "Bearer "+token)
	}

	leads := report(lead, "2023-01", "")
	for _, agency := range []string{"", "市交通局", "市工信"} {
		p := retract(part, leads, agency).wantProblem(409, "reported_by_another", "/agency")
		if p.Measurement == nil || *p.Measurement != leads || !strings.Contains(p.Detail, "市工信局") {
			t.Errorf("%q: names neither measurement nor agency: %+v", agency, p)
		}
	}
	inBody(part, leads, `{"reason":"x"}`).wantProblem(409, "reported_by_another", "/agency")
	if got := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-01-31").want(200)); got.Actual == nil {
		t.Error("the figure does not count any more")
	}
	gone := read[v1.MeasurementReceipt](inBody(part, leads, `{"reason":"x","agency":"市工信局"}`).want(200))
	if gone.Outcome != "retracted" || *gone.Measurement.ReportedBy.Agency != "市交通局" {
		t.Errorf("meant: %s by %s", gone.Outcome, *gone.Measurement.ReportedBy.Agency)
	}

	retract(lead, report(part, "2023-02", ""), "市交通局").want(200) // nor does the lead without saying so
	retract(lead, report(part, "2023-03", ""), "").wantProblem(409, "reported_by_another", "/agency")
	retract(lead, report(lead, "2023-04", ""), "").want(200)
	retract(both, report(part, "2023-05", ""), "").want(200)
	retract(part, report(a.token, "2023-06", ""), "").want(200) // an office's, for no agency
	retract(a.token, report(part, "2023-07", ""), "").want(200)

	july := report(part, "2023-07", "")
	retract(a.token, july, "市工信局").wantProblem(409, "reported_by_another", "/agency")
	inBody(part, july, `{"reason":"x","agency":7}`).wantProblem(400, "wrong_type", "/agency")
	a.send("DELETE", reportPath+"/"+july+"?agency=x", `{"reason":"x","agency":"x"}`, "Content-Type", "application/json").wantProblem(400, "invalid_parameter", "agency")
	office := report(a.token, "2023-08", "")
	retract(part, office, "市工信局").wantProblem(422, "invalid_value", "/agency")

	a.toAgency("东河市", "市交通局", "merge", `{"into":"市工信局"}`).want(200)
	retract(lead, july, "").want(200)
}
