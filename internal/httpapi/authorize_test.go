package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestRoutesAndPermissionsAreTheSame(t *testing.T) {
	panics := func(method, path string) (said string) {
		defer func() { said = fmt.Sprint(recover()) }()
		httpapi.CheckPermissions(method, path)
		return ""
	}
	if said := panics("GET", "/api/v1/plans"); said != "<nil>" {
		t.Errorf("a route that is declared: %s", said)
	}
	if said := panics("PUT", "/api/v1/plans"); !strings.Contains(said, "PUT /api/v1/plans") {
		t.Errorf("a route that nobody declared: %s", said)
	}
}

// witness is a store that notes under whom it is read, and may hold the reader.
type witness struct {
	httpapi.Reader
	seen chan context.Context
	hold chan struct{}
}

func (w witness) Agencies(ctx context.Context, _ indicator.AgencyQuery) ([]indicator.Agency, int64, error) {
	w.seen <- ctx
	if w.hold != nil {
		<-w.hold
	}
	return nil, 0, nil
}

func TestWhoActsTravelsWithTheRequest(t *testing.T) {
	a := newAPI(t)
	w := witness{seen: make(chan context.Context, 1)}
	made, token := a.key(access.Reporter, "市工信局")
	for name, c := range map[string]struct {
		token string
		open  bool
		want  indicator.Actor
	}{
		"a key":         {token, false, indicator.Actor{Key: made.ID, Name: "reporter", From: "192.0.2.1", RequestID: "r-1"}},
		"no key at all": {"", true, indicator.Actor{Key: "open", From: "192.0.2.1", RequestID: "r-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			a.t, a.token = t, c.token
			a.handler = a.with(func(o *httpapi.Options) { o.Reader, o.NoAuth = w, c.open })
			a.get("/api/v1/agencies", "X-Request-ID", "r-1", "X-Forwarded-For", "203.0.113.9").want(200)
			ctx := <-w.seen
			if got := indicator.ActorFrom(ctx); got != c.want {
				t.Errorf("actor %+v, want %+v", got, c.want)
			}
			if p, ok := access.From(ctx); !ok || p.Key != c.want.Key {
				t.Errorf("principal %+v, %v", p, ok)
			}
			if log := a.log.String(); !strings.Contains(log, "key="+c.want.Key) {
				t.Errorf("log: %s", log)
			}
		})
	}
}

func TestRequestsInFlightAreBounded(t *testing.T) {
	a := newAPI(t)
	w := witness{Reader: a.db, seen: make(chan context.Context, 8), hold: make(chan struct{})}
	a.handler = a.with(func(o *httpapi.Options) { o.Reader, o.Limits.InFlight = w, 2 })
	var running sync.WaitGroup
	for range 2 {
		running.Go(func() {
			req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/agencies", nil)
			req.Header.Set("Authorization", "Bearer "+a.token)
			rec := httptest.NewRecorder()
			a.handler.ServeHTTP(rec, req)
			if rec.Code != 200 {
				t.Errorf("one that was let in: %d", rec.Code)
			}
		})
		<-w.seen
	}
	resp := a.get("/api/v1/plans")
	resp.wantProblem(503, "overloaded", "")
	if resp.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", resp.header.Get("Retry-After"))
	}
	a.get("/healthz").want(200)
	a.get("/readyz").want(200)
	close(w.hold)
	running.Wait()
	for range 5 { // every place is given back, also by requests that are refused
		a.get("/api/v1/plans", "Authorization", "").want(401)
		a.get("/api/v1/plans").want(200)
	}
}

func TestAStoreThatIsAwayLetsNobodyIn(t *testing.T) {
	a := newAPI(t)
	if err := a.db.Close(); err != nil {
		t.Fatal(err)
	}
	a.get("/api/v1/plans").wantProblem(500, "internal", "")
	a.get("/healthz").want(200)
}

func TestWithoutKeysNobodyIsLetIn(t *testing.T) {
	a := newAPI(t)
	a.handler = a.with(func(o *httpapi.Options) { o.Keys = nil })
	a.get("/api/v1/plans").wantProblem(401, "unauthorized", "")
}

// limited is a service of two requests a second and three at once, and the time
// it reads.
func (a *api) limited() *time.Time {
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	a.handler = a.with(func(o *httpapi.Options) {
		o.Limits = httpapi.Limits{Rate: 2, Burst: 3}
		o.Now = func() time.Time { return at }
		o.PublicRead = true
	})
	return &at
}

func TestRateLimit(t *testing.T) {
	const policy = `"requests";q=3;w=2`
	t.Run("counts down, refuses, and lets in again after the wait it names", func(t *testing.T) {
		a := newAPI(t)
		at := a.limited()
		for i, want := range []string{`"requests";r=2;t=1`, `"requests";r=1;t=1`, `"requests";r=0;t=2`} {
			resp := a.get("/api/v1/plans").want(200)
			if got := resp.header.Get("RateLimit"); got != want {
				t.Errorf("request %d: RateLimit %s, want %s", i+1, got, want)
			}
			if got := resp.header.Get("RateLimit-Policy"); got != policy {
				t.Errorf("RateLimit-Policy %s", got)
			}
		}
		resp := a.get("/api/v1/plans")
		resp.wantProblem(429, "rate_limited", "")
		if got := resp.header.Get("Retry-After"); got != "1" {
			t.Errorf("Retry-After %q", got)
		}
		if got := resp.header.Get("RateLimit"); got != `"requests";r=0;t=2` {
			t.Errorf("RateLimit %s", got)
		}
		*at = at.Add(time.Second)
		a.get("/api/v1/plans").want(200)
		a.get("/api/v1/plans").want(200)
		a.get("/api/v1/plans").want(429)
	})
	t.Run("keeps callers apart: keys wherever they call from, addresses without one", func(t *testing.T) {
		a := newAPI(t)
		a.limited()
		_, other := a.key(access.Analyst)
		for range 3 {
			a.get("/api/v1/plans").want(200)
		}
		a.get("/api/v1/plans").want(429)
		a.get("/api/v1/plans", "Authorization", "Bearer "+other).want(200)
		for range 3 {
			a.get("/api/v1/plans", "Authorization", "").want(200)
		}
		a.get("/api/v1/plans", "Authorization", "").want(429)
	})
	t.Run("counts bad keys against the address they come from", func(t *testing.T) {
		a := newAPI(t)
		a.limited()
		for i := range 3 {
			a.get("/api/v1/plans", "Authorization", fmt.Sprintf("Bearer guess-%d", i)).want(401)
		}
		a.get("/api/v1/plans", "Authorization", "Bearer guess").wantProblem(429, "rate_limited", "")
		a.get("/api/v1/plans").want(200)
	})
	t.Run("leaves health and documentation alone, and is off by default", func(t *testing.T) {
		a := newAPI(t)
		a.limited()
		for range 10 {
			if h := a.get("/healthz").want(200).header; h.Get("RateLimit") != "" {
				t.Errorf("headers %v", h)
			}
		}
		b := newAPI(t)
		if h := b.get("/api/v1/plans").want(200).header; h.Get("RateLimit") != "" {
			t.Errorf("headers %v", h)
		}
	})
}

func TestBucketsAreBounded(t *testing.T) {
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	l := httpapi.NewBuckets(httpapi.Limits{Rate: 1}, func() time.Time { return at })
	for i := range httpapi.MaxBuckets + 100 {
		l.Take(fmt.Sprint(i))
	}
	if n := l.Len(); n > httpapi.MaxBuckets+1 {
		t.Errorf("%d buckets", n)
	}
	if l.Take("one more") {
		t.Error("callers beyond the bound do not share a bucket")
	}
	at = at.Add(time.Minute)
	if !l.Take("later") {
		t.Error("refused although all buckets are full again")
	}
	if n := l.Len(); n != 1 {
		t.Errorf("%d buckets are kept for callers that are gone", n)
	}
}

func TestReporters(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, a.token = a.key(access.Reporter, "市交通局")
	report := func(code string) answer {
		return a.post("/api/v1/measurements", `{"indicator":"`+code+`","period":"2023-08","value":1}`)
	}
	report("donghe-2023-1-1").want(201)
	p := report("donghe-2023-2-2").wantProblem(403, string(fault.Forbidden), "/indicator")
	if !regexp.MustCompile(`donghe-2023-2-2`).MatchString(p.Detail) {
		t.Errorf("detail %s", p.Detail)
	}
	report("donghe-2023-9-9").wantProblem(422, "unknown_indicator", "/indicator")
	if ms, _, err := a.db.Measurements(t.Context(), "donghe-2023-2-2", indicator.MeasurementSelection{}, time.Time{}, indicator.Page{}); err != nil || len(ms) != 0 {
		t.Errorf("stored %v, %v", ms, err)
	}
}

func TestATokenThatIsEmptySaysWhyThatMayBe(t *testing.T) {
	a := newAPI(t)
	for lang, want := range map[string]string{"zh": "本终端里设置了变量 KEY 吗", "en": "is the variable KEY set in this terminal?"} {
		for _, header := range []string{"Bearer ", "Bearer", "bearer  "} {
			detail := a.get("/api/v1/plans", "Authorization", header, "Accept-Language", lang).wantProblem(401, "unauthorized", "").Detail
			if !strings.Contains(detail, want) {
				t.Errorf("%q: %s", header, detail)
			}
		}
	}
	for _, header := range []string{"Bearer guess", "Basic ", "Basic Zm9vOg=="} {
		if detail := a.get("/api/v1/plans", "Authorization", header).wantProblem(401, "unauthorized", "").Detail; strings.Contains(detail, "KEY") {
			t.Errorf("%q: %s", header, detail)
		}
	}
}
