package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestTheProgramItselfAsksAsItsContextSays(t *testing.T) {
	a := newAPI(t)
	a.seed()
	local := a.with(func(o *httpapi.Options) {
		o.Local, o.Limits = true, httpapi.Limits{Rate: 1, Burst: 1, InFlight: 1}
	})
	send := func(method, path, body string) *httptest.ResponseRecorder {
		ctx := indicator.WithActor(t.Context(), indicator.Actor{Key: indicator.AtCommandLine})
		r := httptest.NewRequest(method, path, strings.NewReader(body)).WithContext(ctx)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", "*")
		w := httptest.NewRecorder()
		local.ServeHTTP(w, r)
		return w
	}
	for range 3 { // beyond the bounds of others
		if w := send(http.MethodPatch, "/api/v1/indicators/donghe-2023-1-1", `{"name":"另名"}`); w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if w := send(http.MethodGet, "/api/v1/audit?action=indicator.changed", ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"actor":{"key":"local"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := send(http.MethodGet, "/api/v1/progress?on=x", ""); !strings.Contains(w.Body.String(), " / ") {
		t.Errorf("told in one language: %s", w.Body)
	}
}
