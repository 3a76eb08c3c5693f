package metrics_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/metrics"
)

// shown is what Prometheus would read.
func shown(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, metrics.Path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func reading(r metrics.Reading) metrics.Source {
	return func(context.Context) metrics.Reading { return r }
}

func wants(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains("\n"+text, "\n"+line+"\n") {
			t.Errorf("there is no line %q", line)
		}
	}
}

func TestRequestsAreCountedByTemplateAndClass(t *testing.T) {
	m := metrics.New(metrics.Options{Version: "1", Problems: []string{"rate_limited"}, Read: reading(metrics.Reading{})})
	for _, method := range []string{"GET", "MADE-UP", "MADE-UP-TOO"} {
		m.RequestBegan()
		m.RequestEnded(method, "/plans/:plan", 204, 20*time.Millisecond)
	}
	m.RequestBegan()
	m.ProblemAnswered("not_found")
	wants(t, shown(t, m),
		`tracker_http_request_duration_seconds_count{method="GET",route="/plans/:plan",status="2xx"} 1`,
		`tracker_http_request_duration_seconds_bucket{method="GET",route="/plans/:plan",status="2xx",le="0.01"} 0`,
		`tracker_http_request_duration_seconds_bucket{method="GET",route="/plans/:plan",status="2xx",le="0.025"} 1`,
		`tracker_http_request_duration_seconds_count{method="other",route="/plans/:plan",status="2xx"} 2`,
		`tracker_http_requests_in_flight 1`,
		`tracker_http_problems_total{code="not_found"} 1`,
		`tracker_http_problems_total{code="rate_limited"} 0`,
		`tracker_build_info{version="1"} 1`)
}

func TestReportsAreThereBeforeTheFirst(t *testing.T) {
	m := metrics.New(metrics.Options{Read: reading(metrics.Reading{})})
	m.Reported(metrics.Stored, 3)
	m.CommitTook(3 * time.Millisecond)
	wants(t, shown(t, m), `tracker_reports_total{outcome="stored"} 3`, `tracker_reports_total{outcome="refused"} 0`,
		`tracker_commit_duration_seconds_bucket{le="0.0025"} 0`, `tracker_commit_duration_seconds_bucket{le="0.005"} 1`)
}

func TestWhatTheDatabaseDidNotSayIsLeftOut(t *testing.T) {
	text := shown(t, metrics.New(metrics.Options{Read: reading(metrics.Reading{Waiting: 7, AnchorState: "failing"})}))
	wants(t, text, "tracker_database_up 0", "tracker_reports_waiting 7", `tracker_audit_anchor_state{state="failing"} 1`, `tracker_audit_anchor_state{state="ok"} 0`)
	for _, name := range []string{"tracker_standings_stale", "tracker_webhook_deliveries", "tracker_audit_head", "tracker_daily_run_last_success_timestamp_seconds"} {
		if strings.Contains(text, name) {
			t.Errorf("%s is there, though nobody knows it", name)
		}
	}
}

func TestAReadingOfTheDatabase(t *testing.T) {
	d := metrics.Database{PendingDeliveries: 4, FailedDeliveries: 2, DisabledWebhooks: 1, StaleStandings: 9, AuditHead: 12, Bytes: 4096}
	m := metrics.New(metrics.Options{Read: func(context.Context) metrics.Reading { return metrics.Reading{DailyRuns: true, Database: &d} }})
	text := shown(t, m)
	wants(t, text, "tracker_database_up 1", `tracker_webhook_deliveries{state="pending"} 4`, `tracker_webhook_deliveries{state="failed"} 2`,
		`tracker_webhooks{state="disabled"} 1`, "tracker_standings_stale 9", "tracker_audit_head 12", "tracker_database_size_bytes 4096",
		"tracker_daily_run_enabled 1", "tracker_daily_run_last_success_timestamp_seconds 0")
	if strings.Contains(text, "tracker_daily_run_last_success_age_seconds") {
		t.Error("a run that never was has an age")
	}
	d.LastRun, d.SinceLastRun = time.Unix(1700000000, 0), 90*time.Second
	wants(t, shown(t, m), "tracker_daily_run_last_success_timestamp_seconds 1.7e+09", "tracker_daily_run_last_success_age_seconds 90")
}

func TestNothingElseIsAtTheAddress(t *testing.T) {
	handler := metrics.New(metrics.Options{Read: reading(metrics.Reading{})}).Handler(slog.New(slog.DiscardHandler))
	for _, r := range []struct {
		method, path string
		want         int
	}{{"POST", metrics.Path, http.StatusMethodNotAllowed}, {"GET", "/", http.StatusNotFound}, {"GET", "/debug/pprof/", http.StatusNotFound}} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), r.method, r.path, nil))
		if w.Code != r.want {
			t.Errorf("%s %s: %d", r.method, r.path, w.Code)
		}
	}
}
