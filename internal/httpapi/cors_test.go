package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/httpapi"
)

const (
	dashboard = "https://dash.example"
	elsewhere = "https://elsewhere.example"
)

// withOrigins serves an API whose pages of other sites are those given.
func withOrigins(t *testing.T, list ...string) *api {
	t.Helper()
	a := newAPI(t)
	a.seed()
	origins, err := httpapi.ParseOrigins(list)
	if err != nil {
		t.Fatal(err)
	}
	a.handler = a.with(func(o *httpapi.Options) { o.Origins, o.PublicRead = origins, true })
	return a
}

// preflight is what a browser asks before it sends a request for a page.
func (a *api) preflight(origin, method string) *http.Response {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), http.MethodOptions, "/api/v1/measurements", nil)
	r.Header.Set("Origin", origin)
	r.Header.Set("Access-Control-Request-Method", method)
	r.Header.Set("Access-Control-Request-Headers", "authorization,content-type")
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	return w.Result()
}

func TestPagesOfOtherSites(t *testing.T) {
	const report = `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1}`
	shown := func(t *testing.T, resp answer, want string) {
		t.Helper()
		if got := resp.header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("shown to %q, want %q", got, want)
		}
		if resp.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Error("browsers are told to send credentials of their own")
		}
	}

	t.Run("are shown nothing by default", func(t *testing.T) {
		a := newAPI(t)
		resp := a.get("/api/v1/plans", "Origin", dashboard).want(200)
		shown(t, resp, "")
		if slices.Contains(resp.header.Values("Vary"), "Origin") {
			t.Error("an answer that is the same for all pages varies")
		}
		if got := a.preflight(dashboard, "GET").Header.Get("Access-Control-Allow-Methods"); got != "" {
			t.Errorf("a browser is allowed %s", got)
		}
	})

	t.Run("read and write with a key where their origin is named", func(t *testing.T) {
		a := withOrigins(t, dashboard, "http://127.0.0.1:3000")
		resp := a.get("/api/v1/indicators/donghe-2023-1-1", "Origin", dashboard).want(200)
		shown(t, resp, dashboard)
		if !slices.Contains(resp.header.Values("Vary"), "Origin") || !strings.Contains(resp.header.Get("Access-Control-Expose-Headers"), "ETag") {
			t.Errorf("header %v", resp.header)
		}
		shown(t, a.send("POST", "/api/v1/measurements", report, "Content-Type", "application/json", "Origin", dashboard, "Sec-Fetch-Site", "cross-site").want(201), dashboard)
		ask := a.preflight("http://127.0.0.1:3000", "POST")
		if ask.StatusCode != http.StatusNoContent || !strings.Contains(ask.Header.Get("Access-Control-Allow-Methods"), "POST") ||
			!strings.Contains(ask.Header.Get("Access-Control-Allow-Headers"), "Authorization") || ask.Header.Get("Access-Control-Allow-Origin") != "http://127.0.0.1:3000" {
			t.Errorf("%d %v", ask.StatusCode, ask.Header)
		}
	})

	t.Run("are shown problems too, in a language that caches know of", func(t *testing.T) {
		a := withOrigins(t, dashboard)
		resp := a.get("/api/v1/plans/none", "Origin", dashboard).want(404)
		shown(t, resp, dashboard)
		if got := strings.Join(resp.header.Values("Vary"), ", "); got != "Accept-Encoding, Origin, Accept-Language" {
			t.Errorf("Vary: %s", got)
		}
	})

	t.Run("neither read nor write where another is named", func(t *testing.T) {
		a := withOrigins(t, dashboard)
		for _, origin := range []string{elsewhere, "null", dashboard + ":8443", "http://dash.example"} {
			shown(t, a.get("/api/v1/plans", "Origin", origin).want(200), "")
			refused := a.send("POST", "/api/v1/measurements", report, "Content-Type", "application/json", "Origin", origin)
			refused.wantProblem(403, "cross_origin", "")
			shown(t, refused, "")
			if got := a.preflight(origin, "GET").Header.Get("Access-Control-Allow-Origin"); got != "" {
				t.Errorf("%s is allowed as %s", origin, got)
			}
		}
	})

	t.Run("read without a key, and write nothing, where all may read", func(t *testing.T) {
		a := withOrigins(t, "*", dashboard)
		for _, origin := range []string{elsewhere, "null"} {
			shown(t, a.get("/api/v1/plans", "Origin", origin).want(200), "*")
			a.send("POST", "/api/v1/measurements", report, "Content-Type", "application/json", "Origin", origin).wantProblem(403, "cross_origin", "")
			ask := a.preflight(origin, "POST")
			if strings.Contains(ask.Header.Get("Access-Control-Allow-Methods"), "POST") || strings.Contains(ask.Header.Get("Access-Control-Allow-Headers"), "Authorization") {
				t.Errorf("%s is allowed %v", origin, ask.Header)
			}
		}
		shown(t, a.get("/api/v1/plans", "Origin", dashboard).want(200), dashboard)
	})
}

func TestParseOrigins(t *testing.T) {
	for _, wrong := range []string{
		"", "dash.example", "https://", "https://dash.example/", "https://dash.example/x", "https://Dash.example",
		"ftp://dash.example", "null", "https://*.example", "https://u@dash.example", "HTTPS://dash.example", "https://dash.example?x",
	} {
		if _, err := httpapi.ParseOrigins([]string{"*", wrong}); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}
