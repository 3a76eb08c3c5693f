package metrics

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Path is where metrics are read.
const Path = "/metrics"

// The outcomes that reports are counted by.
const (
	Stored     = "stored"
	Revised    = "revised"
	Unchanged  = "unchanged"
	Superseded = "superseded"
	Refused    = "refused"
)

var outcomes = []string{Stored, Revised, Unchanged, Superseded, Refused}

// Metrics are those of one process, in a registry of their own.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	inFlight prometheus.Gauge
	problems *prometheus.CounterVec
	reports  *prometheus.CounterVec
	commits  prometheus.Histogram
}

// Options say what is counted beside what the service tells of by itself.
type Options struct {
	Version string
	// Problems are the codes that are there from the beginning, so that the first problem of
	// a code is an increase.
	Problems []string
	// Read is asked whenever metrics are read.
	Read Source
}

// New returns metrics that have counted nothing yet.
func New(o Options) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tracker_http_request_duration_seconds", Help: "Time to answer a request, by method, route template and class of status.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tracker_http_requests_in_flight", Help: "Requests that are being answered.",
		}),
		problems: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tracker_http_problems_total", Help: "Requests answered with a problem, by its code; rate_limited and overloaded are those that limits refused.",
		}, []string{"code"}),
		reports: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tracker_reports_total", Help: "Reports by what became of them; retractions are counted as revised.",
		}, []string{"outcome"}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tracker_commit_duration_seconds", Help: "Time to write reports that were judged and to make them durable, by transaction.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "tracker_build_info", Help: "Always 1; the version of the program is a label.", ConstLabels: prometheus.Labels{"version": o.Version},
	})
	build.Set(1)
	for _, code := range o.Problems {
		m.problems.WithLabelValues(code)
	}
	for _, outcome := range outcomes {
		m.reports.WithLabelValues(outcome)
	}
	m.registry.MustRegister(m.requests, m.inFlight, m.problems, m.reports, m.commits, build, newReader(o.Read),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// RequestBegan counts a request that is being answered.
func (m *Metrics) RequestBegan() { m.inFlight.Inc() }

// RequestEnded counts a request that was answered.
func (m *Metrics) RequestEnded(method, route string, status int, took time.Duration) {
	m.inFlight.Dec()
	m.requests.WithLabelValues(knownMethod(method), route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// ProblemAnswered counts a problem.
func (m *Metrics) ProblemAnswered(code string) { m.problems.WithLabelValues(code).Inc() }

// Reported counts reports of an outcome.
func (m *Metrics) Reported(outcome string, reports int64) {
	m.reports.WithLabelValues(outcome).Add(float64(reports))
}

// CommitTook counts a transaction.
func (m *Metrics) CommitTook(took time.Duration) { m.commits.Observe(took.Seconds()) }

// knownMethod keeps methods that callers make up from becoming labels.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// mostReaders is how many may read metrics at a time: each reading asks the database.
const mostReaders = 4

// Handler answers GET /metrics and nothing else.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+Path, promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		Registry: m.registry, MaxRequestsInFlight: mostReaders, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ErrorHandling: promhttp.ContinueOnError,
	}))
	return mux
}
