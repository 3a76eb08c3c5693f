package httpapi_test

import (
	"context"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const trial = "/api/v1/measurements?dry_run=true"

// TestADryRunOfAReport holds what a dry run says against what becomes of the report when it
// is sent in earnest.
func TestADryRunOfAReport(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, step := range []struct{ name, body, outcome string }{
		{"a first report", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":20,"source_id":"x-8"}`, "stored"},
		{"the same again", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":20,"source_id":"x-8"}`, "unchanged"},
		{"a correction", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":21,"source_id":"y-8"}`, "revised"},
		{"what was corrected", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":20,"source_id":"x-8"}`, "superseded"},
	} {
		t.Run(step.name, func(t *testing.T) {
			a.t = t
			before := string(a.get("/api/v1/measurements").want(200).body) + string(a.get("/api/v1/audit").want(200).body)
			tried := a.post(trial, step.body).want(200)
			if tried.header.Get("Location") != "" {
				t.Errorf("Location %q", tried.header.Get("Location"))
			}
			if after := string(a.get("/api/v1/measurements").want(200).body) + string(a.get("/api/v1/audit").want(200).body); after != before {
				t.Errorf("a dry run stored something")
			}
			got := read[v1.MeasurementReceipt](tried)
			sent := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", step.body))
			if got.Outcome != step.outcome || sent.Outcome != step.outcome || !got.DryRun || sent.DryRun {
				t.Errorf("tried %s (dry run %v), sent %s (%v), want %s", got.Outcome, got.DryRun, sent.Outcome, sent.DryRun, step.outcome)
			}
			if made := step.outcome == "stored" || step.outcome == "revised"; (got.Measurement.ID == "") != made {
				t.Errorf("id %q", got.Measurement.ID)
			}
			if got.Measurement.Revision != sent.Measurement.Revision || *got.Measurement.Value != *sent.Measurement.Value || got.Stands != sent.Stands {
				t.Errorf("tried %+v\nsent %+v", got.Measurement, sent.Measurement)
			}
			if got.Progress.Percent == nil || *got.Progress.Percent != *sent.Progress.Percent || got.Progress.Status != sent.Progress.Status {
				t.Errorf("tried %v %s, sent %v %s", got.Progress.Percent, got.Progress.Status, sent.Progress.Percent, sent.Progress.Status)
			}
		})
	}
	for name, step := range map[string]struct{ body, code, field string }{
		"another dimension": {`{"indicator":"donghe-2023-1-1","period":"2023-09","value":1,"unit":"吨"}`, "unit_mismatch", "/unit"},
		"an overlap":        {`{"indicator":"donghe-2023-1-1","period":"2023-Q3","value":1,"basis":"increment"}`, "period_overlap", "/period"},
		"no indicator":      {`{"indicator":"donghe-2023-9-9","period":"2023-09","value":1}`, "unknown_indicator", "/indicator"},
	} {
		t.Run("refuses "+name+" as ever", func(t *testing.T) {
			a.t = t
			tried, sent := a.post(trial, step.body), a.post("/api/v1/measurements", step.body)
			tried.wantProblem(sent.status, step.code, step.field)
			sent.wantProblem(tried.status, step.code, step.field)
		})
	}
}

func TestADryRunTakesNoIdempotencyKey(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post(trial, piles, "Idempotency-Key", "k-1").wantProblem(400, "invalid_parameter", "dry_run")
	a.post("/api/v1/measurements?dry_run=false", piles, "Idempotency-Key", "k-1").want(201)
	a.post("/api/v1/measurements?dry_run=perhaps", piles).wantProblem(400, "invalid_parameter", "dry_run")
}

func TestADryRunIsForThoseWhoMayReport(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for role, want := range map[access.Role]int{access.Analyst: 403, access.Reporter: 403} {
		agencies := map[access.Role][]string{access.Reporter: {"市农业农村局"}}[role]
		_, a.token = a.key(role, agencies...)
		a.post(trial, piles).want(want)
	}
	_, a.token = a.key(access.Reporter, "市工信局")
	a.post(trial, piles).want(200)
}

func TestReadingAMeasurement(t *testing.T) {
	a := newAPI(t)
	a.seed()
	send := func(body string) answer { return a.post("/api/v1/measurements", body).want(201) }
	first := send(`{"indicator":"donghe-2023-1-1","period":"2023-08","value":20,"source_id":"x-8"}`).header.Get("Location")
	send(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":30}`) // of another period
	record := func(path string) v1.MeasurementRecord { return read[v1.MeasurementRecord](a.get(path).want(200)) }

	got := record(first)
	if !got.Stands || got.ReplacedBy != nil || *got.Measurement.Value != "20" || got.IndicatorURL != "/api/v1/indicators/donghe-2023-1-1" {
		t.Errorf("%+v", got)
	}
	second := send(`{"indicator":"donghe-2023-1-1","period":"2023-08","value":21,"source_id":"y-8"}`).header.Get("Location")
	if got := record(first); got.Stands || got.ReplacedBy == nil || !strings.HasSuffix(second, "/"+got.ReplacedBy.ID) || got.ReplacedBy.Revision != 2 || got.ReplacedBy.Retraction {
		t.Errorf("a corrected one is %+v", got)
	}
	taken := read[v1.MeasurementReceipt](a.send("DELETE", second+"?reason=x", "").want(200)).Measurement
	if got := record(second); got.Stands || got.ReplacedBy == nil || got.ReplacedBy.ID != taken.ID || !got.ReplacedBy.Retraction {
		t.Errorf("one that was taken back is %+v", got)
	}
	if got := record("/api/v1/measurements/" + taken.ID); got.Stands || got.ReplacedBy != nil || got.Measurement.Retracts == nil || !strings.HasSuffix(second, "/"+*got.Measurement.Retracts) {
		t.Errorf("a retraction is %+v", got)
	}
	a.get(got.IndicatorURL).want(200)
	for _, id := range []string{"999", "0", "-1", "batches", "1.0", "99999999999999999999"} {
		a.get("/api/v1/measurements/"+id).wantProblem(404, "not_found", "")
	}
	a.get("/api/v1/measurements/batch").wantProblem(405, "method_not_allowed", "")
	a.get(first+"?as_of=x").wantProblem(400, "invalid_parameter", "as_of")
}

func TestReadingAMeasurementShowsKeysToAdminsAlone(t *testing.T) {
	a := newAPI(t)
	a.seed()
	path := a.post("/api/v1/measurements", piles).want(201).header.Get("Location")
	if by := read[v1.MeasurementRecord](a.get(path).want(200)).Measurement.ReportedBy; by == nil || by.Key == nil {
		t.Errorf("an admin sees %+v", by)
	}
	a.token = ""
	a.get(path).wantProblem(401, "unauthorized", "")
	a.handler = a.with(func(o *httpapi.Options) { o.PublicRead = true })
	if by := read[v1.MeasurementRecord](a.get(path).want(200)).Measurement.ReportedBy; by == nil || by.Key != nil {
		t.Errorf("a reader sees %+v", by)
	}
}

// hiding is a store whose indicators nobody may learn of.
type hiding struct{ httpapi.Reader }

func (hiding) Indicator(_ context.Context, _ indicator.Visibility, code string) (indicator.Indicator, error) {
	return indicator.Indicator{}, indicator.Unknown(code)
}

func TestAMeasurementIsAsVisibleAsItsIndicator(t *testing.T) {
	a := newAPI(t)
	a.seed()
	path := a.post("/api/v1/measurements", piles).want(201).header.Get("Location")
	a.handler = a.over(hiding{a.db})
	looksLike(t, a.get(path), a.get("/api/v1/measurements/999"), "", "")
	a.get(path).wantProblem(404, "not_found", "")
}
