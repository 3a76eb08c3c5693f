package httpapi_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/httpapi"
)

// watched notes what a watcher is told.
type watched struct {
	mu       sync.Mutex
	inFlight int
	told     []string
}

func (w *watched) RequestBegan() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight++
}

func (w *watched) RequestEnded(method, route string, status int, _ time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight--
	w.told = append(w.told, method+" "+route+" "+strconv.Itoa(status))
}

func (w *watched) ProblemAnswered(code string) { w.note(code) }

func (w *watched) ReportRefused() { w.note("refused") }

func (w *watched) note(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, what)
}

// since is what was told after the last call of it.
func (w *watched) since() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	told := w.told
	w.told = nil
	return told
}

func TestAWatcherIsToldOfRequests(t *testing.T) {
	a := newAPI(t)
	var w watched
	a.handler = a.with(func(o *httpapi.Options) { o.Watcher = &w })
	for _, c := range []struct {
		name string
		ask  func()
		want []string
	}{
		{"a route has its template", func() { a.get("/api/v1/plans/some-plan").want(404) }, []string{"GET /api/v1/plans/:plan 404", "not_found"}},
		{"HEAD is told as such", func() { a.send("HEAD", "/api/v1/plans", "") }, []string{"HEAD /api/v1/plans 200"}},
		{"addresses that callers make up are one", func() { a.get("/made/up").want(404) }, []string{"GET unmatched 404", "not_found"}},
		{"a report that is refused is counted", func() {
			a.post("/api/v1/measurements", `{"indicator":"nobody-knows","period":"2023-01","value":1}`).want(422)
		}, []string{"refused", "POST /api/v1/measurements 422", "unknown_indicator"}},
		{"a report that nobody could read is none", func() { a.post("/api/v1/measurements", `{`).want(400) }, []string{"POST /api/v1/measurements 400", "malformed_request"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.ask()
			if got := w.since(); !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
	if w.inFlight != 0 {
		t.Errorf("%d requests never end", w.inFlight)
	}
}
