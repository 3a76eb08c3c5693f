package main

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// freeAddress is one that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// scraped is what Prometheus reads at an address.
func scraped(t *testing.T, addr string) string {
	t.Helper()
	status, body := get(t, "http://"+addr+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	return string(body)
}

func TestServeOffersMetrics(t *testing.T) {
	database, addr := withReport(t), freeAddress(t)
	base, _, _ := serve(t, "--insecure-no-auth", "--database", database, "--metrics-addr", addr, "--daily-at", "off")
	says(t, scraped(t, addr), "tracker_database_up 1\n", "tracker_daily_run_enabled 0\n", `tracker_reports_total{outcome="stored"} 0`+"\n",
		`tracker_audit_anchor_state{state="off"} 1`, "\ngo_goroutines ", "\nprocess_cpu_seconds_total ", `tracker_build_info{version="`+version+`"} 1`)
	report := `{"indicator":"` + firms + `","period":"2024-04","value":2,"source_id":"a"}`
	for _, sent := range []struct {
		body string
		want int
	}{{report, 201}, {report, 200}, {strings.Replace(report, `"value":2`, `"value":"many"`, 1), 422}} {
		if status := ask(t, "POST", base+"/api/v1/measurements", "", sent.body); status != sent.want {
			t.Errorf("%s: %d", sent.body, status)
		}
	}
	text := scraped(t, addr)
	says(t, text, `tracker_reports_total{outcome="stored"} 1`+"\n", `tracker_reports_total{outcome="unchanged"} 1`+"\n", `tracker_reports_total{outcome="refused"} 1`+"\n",
		`tracker_http_request_duration_seconds_count{method="POST",route="/api/v1/measurements",status="4xx"} 1`+"\n",
		`tracker_commit_duration_seconds_count 2`+"\n")
	if strings.Contains(text, firms) || strings.Contains(text, strings.TrimPrefix(base, "http://")) {
		t.Error("a label names an indicator or a host")
	}
	if status, _ := get(t, base+"/metrics"); status != http.StatusNotFound {
		t.Errorf("the service's own address answers %d for metrics", status)
	}
}

func TestServeRefusesAnAddressOfMetricsThatCannotBe(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	status, _, errOut := attempt(t, "serve", "--database", database, "--metrics-addr", "nowhere")
	if status != exitFailed {
		t.Errorf("exit %d", status)
	}
	says(t, errOut, "--metrics-addr")
	if _, err := os.Stat(database); err == nil {
		t.Error("a database was made before the flags were looked at")
	}
}

var (
	metricName = regexp.MustCompile(`\b(?:tracker|go|process|promhttp)_[a-z0-9_]+\b`)
	typeLine   = regexp.MustCompile(`(?m)^# TYPE (\S+) (\S+)$`)
	seriesOf   = map[string][]string{"histogram": {"_bucket", "_sum", "_count"}, "counter": {""}, "gauge": {""}, "summary": {"", "_sum", "_count"}}
)

// namesIn are the names of metrics in a file of alert rules or of a dashboard.
func namesIn(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(file) == ".json" && !json.Valid(text) {
		t.Fatalf("%s is no JSON", file)
	}
	names := metricName.FindAllString(string(text), -1)
	slices.Sort(names)
	return slices.Compact(names)
}

// TestDashboardAndAlertsNameMetricsThatAre holds what operators are given against what the
// service offers, in both directions: what it offers of its own is shown.
func TestDashboardAndAlertsNameMetricsThatAre(t *testing.T) {
	database, addr := withReport(t), freeAddress(t)
	command(t, "cycle", "run", "--database", database) // so that there is a last one
	base, _, _ := serve(t, "--public-read", "--database", database, "--metrics-addr", addr)
	get(t, base+"/api/v1/plans")
	offered := map[string]bool{}
	for _, m := range typeLine.FindAllStringSubmatch(scraped(t, addr), -1) {
		for _, suffix := range seriesOf[m[2]] {
			offered[m[1]+suffix] = true
		}
	}
	deploy := filepath.Join("..", "..", "docs", "deploy")
	var used []string
	for file, least := range map[string]int{"grafana-dashboard.json": 20, "alerts.yml": 12} {
		names := namesIn(t, filepath.Join(deploy, file))
		if len(names) < least {
			t.Errorf("%s names %d metrics: it cannot be read", file, len(names))
		}
		for _, name := range names {
			if !offered[name] {
				t.Errorf("%s names %s, which the service does not offer", file, name)
			}
		}
		used = append(used, names...)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range offered {
		family := name
		for _, suffix := range seriesOf["histogram"] {
			family = strings.TrimSuffix(family, suffix)
		}
		if !strings.HasPrefix(name, "tracker_") {
			continue
		}
		if !slices.ContainsFunc(used, func(u string) bool { return strings.HasPrefix(u, family) }) {
			t.Errorf("nothing shows %s", family)
		}
		if !bytes.Contains(page, []byte("`"+family)) {
			t.Errorf("docs/operations.md does not say what %s is", family)
		}
	}
}

var alertName = regexp.MustCompile(`alert: (\S+)`)

// TestEveryAlertHasAPageToGoBy looks for what to do at each alert, and for a test of it.
func TestEveryAlertHasAPageToGoBy(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	rules, tests, page := read("deploy/alerts.yml"), read("deploy/alerts_test.yml"), read("operations.md")
	alerts := alertName.FindAllStringSubmatch(rules, -1)
	if len(alerts) < 10 {
		t.Fatalf("%d alerts", len(alerts))
	}
	for _, m := range alerts {
		if !strings.Contains(page, "| `"+m[1]+"` |") {
			t.Errorf("docs/operations.md does not say what to do at %s", m[1])
		}
		if !regexp.MustCompile(`alertname: ` + m[1] + `\s+exp_alerts:\s+- exp_labels`).MatchString(tests) {
			t.Errorf("no test lets %s fire", m[1])
		}
	}
}
