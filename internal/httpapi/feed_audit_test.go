package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// reported stores a value for each of the first months of the year.
func (a *api) reported(months int) {
	a.t.Helper()
	for month := 1; month <= months; month++ {
		a.setClock(time.Date(2023, 10, month, 0, 0, 0, 0, time.UTC))
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-%02d","value":%d}`, month, month)).want(201)
	}
}

// periods are those of measurements, in their order.
func periods(ms []v1.Measurement) string {
	var all []string
	for _, m := range ms {
		all = append(all, strings.TrimPrefix(m.Period, "2023-"))
	}
	return strings.Join(all, " ")
}

func TestFeedCanBeReadOnLater(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const feed = "/api/v1/measurements?limit=2"
	after := func(cursor string) v1.MeasurementFeed {
		t.Helper()
		return read[v1.MeasurementFeed](a.get(feed + "&updated_after=" + url.QueryEscape(cursor)).want(200))
	}
	empty := read[v1.MeasurementFeed](a.get(feed).want(200))
	if len(empty.Items) != 0 || empty.HasMore || empty.NextCursor == "" {
		t.Fatalf("before the first report: %+v", empty)
	}
	a.reported(3)

	t.Run("from before the first report", func(t *testing.T) {
		first := after(empty.NextCursor)
		if periods(first.Items) != "01 02" || !first.HasMore {
			t.Errorf("first %+v", first)
		}
		second := after(first.NextCursor)
		if periods(second.Items) != "03" || second.HasMore {
			t.Errorf("second %+v", second)
		}
	})
	t.Run("and a page read again is the same", func(t *testing.T) {
		if one, two := after(empty.NextCursor), after(empty.NextCursor); periods(one.Items) != periods(two.Items) || one.NextCursor != two.NextCursor {
			t.Errorf("%+v, then %+v", one, two)
		}
	})
	t.Run("shows what came since, a correction of an old period too", func(t *testing.T) {
		end := after(after(empty.NextCursor).NextCursor).NextCursor
		const corrected = `{"indicator":"donghe-2023-1-1","period":"2023-01","value":9,"source_id":"gxj-1"}`
		a.post("/api/v1/measurements", corrected).want(201)
		since := after(end)
		if periods(since.Items) != "01" || since.Items[0].Revision != 2 || *since.Items[0].Value != "9" {
			t.Errorf("since then %+v", since)
		}
		a.post("/api/v1/measurements", corrected).want(200)
		if rest := after(since.NextCursor); len(rest.Items) != 0 || rest.NextCursor != since.NextCursor {
			t.Errorf("a report that changed nothing is in it: %+v", rest)
		}
	})
	t.Run("refuses cursors that are none", func(t *testing.T) {
		cursorOf := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		for name, cursor := range map[string]string{
			"no base64": "???", "no number": cursorOf("x"), "below zero": cursorOf("-1"), "beyond all numbers": cursorOf("99999999999999999999"), "a number as it is": "1",
		} {
			t.Run(name, func(t *testing.T) {
				a.t = t
				a.get(feed+"&updated_after="+url.QueryEscape(cursor)).wantProblem(400, "invalid_parameter", "updated_after")
			})
		}
	})
	t.Run("refuses limits and parameters that are none", func(t *testing.T) {
		a.t = t
		for _, limit := range []string{"0", "-1", "two", "1.5"} {
			a.get("/api/v1/measurements?limit="+limit).wantProblem(400, "invalid_parameter", "limit")
		}
		a.get("/api/v1/measurements?cursor=MQ").wantProblem(400, "invalid_parameter", "cursor")
		a.get("/api/v1/measurements?limit=1&limit=2").wantProblem(400, "invalid_parameter", "limit")
	})
}

func TestAuditFilters(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 3, 0, 0, 0, 0, time.UTC))
	a.seed()
	reporter, token := a.key(access.Reporter, "市工信局")
	a.reported(2)
	a.setClock(time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC))
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-09","value":31000}`, "Authorization", "Bearer "+token).want(201)
	a.setClock(time.Date(2023, 11, 2, 0, 0, 0, 0, time.UTC))
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-02","value":7}`).want(201)

	const one, two = "donghe-2023-1-1", "donghe-2023-1-2"
	cases := []struct {
		name, query string
		want        []string
	}{
		{"by target", "target=" + one, []string{"stored " + one, "stored " + one, "revised " + one}},
		{"by action", "action=measurement.stored", []string{"stored " + one, "stored " + one, "stored " + two}},
		{"by key", "actor=" + reporter.ID, []string{"stored " + two}},
		{"by action and target", "action=measurement.revised&target=" + one, []string{"revised " + one}},
		{"by what nobody did", "action=measurement.stored&target=nothing", nil},
		{"by part of a target, which is another", "target=donghe-2023-1", nil},
		{"from a moment on", "from=2023-11-01T00:00:00Z", []string{"stored " + two, "revised " + one}},
		{"before a moment", "from=2023-10-02T00:00:00Z&to=2023-11-02T00:00:00Z", []string{"stored " + one, "stored " + two}},
		{"moments of another zone", "from=" + url.QueryEscape("2023-11-02T08:00:00+08:00"), []string{"revised " + one}},
		{"a span that is empty", "from=2023-11-02T00:00:00Z&to=2023-11-01T00:00:00Z", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			page := read[v1.AuditPage](a.get("/api/v1/audit?" + c.query).want(200))
			var got []string
			for _, e := range page.Items {
				if action, is := strings.CutPrefix(e.Action, "measurement."); is {
					got = append(got, action+" "+e.Target)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("pages of a filter neither miss nor repeat", func(t *testing.T) {
		a.t = t
		var got []string
		for path := "/api/v1/audit?limit=1&target=" + one; path != ""; {
			resp := a.get(path).want(200)
			page := read[v1.AuditPage](resp)
			for _, e := range page.Items {
				got = append(got, e.Action)
			}
			path = strings.TrimSuffix(strings.TrimPrefix(resp.header.Get("Link"), "<"), `>; rel="next"`)
			if (path == "") != (page.NextCursor == nil) {
				t.Fatalf("link %q, cursor %v", path, page.NextCursor)
			}
		}
		if want := "measurement.stored measurement.stored measurement.revised"; strings.Join(got, " ") != want {
			t.Errorf("got %v", got)
		}
	})
	t.Run("entries say who, and each report its measurement", func(t *testing.T) {
		a.t = t
		e := read[v1.AuditPage](a.get("/api/v1/audit?actor=" + reporter.ID).want(200)).Items[0]
		if e.Actor.Name != "reporter" || e.FirstID == nil || e.LastID == nil || *e.FirstID != *e.LastID || e.Before != "" || len(e.After) != 64 {
			t.Errorf("entry %+v", e)
		}
		changed := read[v1.AuditPage](a.get("/api/v1/audit?action=measurement.revised").want(200)).Items[0]
		if len(changed.Before) != 64 || changed.Before == changed.After {
			t.Errorf("entry %+v", changed)
		}
	})
	t.Run("refuses parameters that are none", func(t *testing.T) {
		a.t = t
		for query, field := range map[string]string{"from=2023-11-01": "from", "to=now": "to", "cursor=x": "cursor", "limit=0": "limit", "who=me": "who"} {
			a.get("/api/v1/audit?"+query).wantProblem(400, "invalid_parameter", field)
		}
	})
	t.Run("is not for reporters", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/audit", "Authorization", "Bearer "+token).wantProblem(403, "forbidden", "")
	})
}
