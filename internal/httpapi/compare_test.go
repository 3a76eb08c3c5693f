package httpapi_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

const september = "/api/v1/progress?on=2023-09-30"

// thenOf is what the row of an indicator is compared to.
func (a *api) thenOf(path, code string) *v1.ThenProgress {
	a.t.Helper()
	for _, row := range read[v1.ProgressPage](a.get(path).want(200)).Items {
		if row.Indicator == code {
			return row.Then
		}
	}
	a.t.Fatalf("%s: no row of %s", path, code)
	return nil
}

func TestRowsAreComparedToAnotherMoment(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const code = "donghe-2023-1-1"
	seeded := a.mark()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-06","basis":"total","value":97}`).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","basis":"total","value":168}`).want(201)
	before := a.mark()
	a.setClock(time.Date(2023, 10, 12, 2, 0, 0, 0, time.UTC))
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","basis":"total","value":160}`).want(201)
	a.patchOf(code, `{"target":{"comparator":"ge","value":320,"unit":"个"}}`).want(200)

	for name, c := range map[string]struct{ query, on, asOf string }{
		"what was known at a moment": {"&compare_as_of=" + url.QueryEscape(before), "2023-09-30", before},
		"what was known on a day":    {"&compare_as_of=2023-10-10", "2023-09-30", "2023-10-10"},
		"another day":                {"&compare_on=2023-06-30", "2023-06-30", ""},
		"another day as known then":  {"&compare_on=2023-06-30&compare_as_of=2023-10-10", "2023-06-30", "2023-10-10"},
		"then and then":              {"&as_of=2023-10-10&compare_on=2023-06-30", "2023-06-30", "2023-10-10"},
		"today, as of then":          {"&as_of=2023-10-10&compare_as_of=2023-10-12", "2023-09-30", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			then := a.thenOf(september+c.query, code)
			alone := "/api/v1/indicators/" + code + "/progress?on=" + c.on
			if c.asOf != "" {
				alone += "&as_of=" + url.QueryEscape(c.asOf)
			}
			p := read[v1.ProgressRow](a.get(alone).want(200))
			want := &v1.ThenProgress{
				On: p.On, AsOf: p.AsOf, Target: p.Target, Actual: p.Actual, Percent: p.Percent, Pace: p.Pace, DueGap: p.DueGap, Status: p.Status, Label: p.Label,
			}
			if diff := cmp.Diff(want, then); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("what was not known then has none", func(t *testing.T) {
		a.t = t
		if then := a.thenOf(september+"&compare_as_of=2023-01-01", code); then != nil {
			t.Errorf("%+v", then)
		}
		if then := a.thenOf(september+"&compare_as_of="+url.QueryEscape(seeded), code); then == nil || then.Status != "no_data" {
			t.Errorf("%+v", then)
		}
	})
	t.Run("there is none unless asked for", func(t *testing.T) {
		a.t = t
		if body := string(a.get(september).want(200).body); strings.Contains(body, `"then"`) {
			t.Error(body)
		}
	})
	t.Run("every page has it, and every format", func(t *testing.T) {
		a.t = t
		const compared = september + "&compare_on=2023-06-30&compare_as_of=2023-10-10"
		page := read[v1.ProgressPage](a.get(compared + "&limit=2").want(200))
		next := read[v1.ProgressPage](a.get(compared + "&limit=2&cursor=" + *page.NextCursor).want(200))
		if page.Items[0].Then == nil || next.Items[0].Then == nil || page.Items[0].Then.AsOf != next.Items[0].Then.AsOf {
			t.Errorf("%+v, then %+v", page.Items[0].Then, next.Items[0].Then)
		}
		if table := string(a.get(compared + "&format=csv&fields=indicator,then").want(200).body); !strings.Contains(table, "then_percent") || strings.Count(table, "2023-06-30") != 5 {
			t.Error(table)
		}
		if table := string(a.get(compared + "&format=csv").want(200).body); !strings.Contains(table, "then_percent") {
			t.Error(table)
		}
	})
	t.Run("what is still to come is refused", func(t *testing.T) {
		a.t = t
		a.get(september+"&compare_as_of=2030-01-01").wantProblem(400, "invalid_parameter", "compare_as_of")
		a.get(september+"&compare_as_of=then").wantProblem(400, "invalid_parameter", "compare_as_of")
		a.get(september+"&compare_on=June").wantProblem(400, "invalid_parameter", "compare_on")
	})
	t.Run("an answer that says how it stands now is not kept for good", func(t *testing.T) {
		a.t = t
		path := september + "&as_of=" + url.QueryEscape(before) + "&compare_as_of=2023-10-12"
		tag := a.get(path).want(200).header.Get("ETag")
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","basis":"total","value":161}`).want(201)
		a.get(path, "If-None-Match", tag).want(200)
	})
}

func TestRevisionsSayWhatTheyReplaced(t *testing.T) {
	a := newAPI(t)
	a.seed()
	post := func(period, value string) string {
		body := `{"indicator":"donghe-2023-1-1","period":"` + period + `","basis":"total",` + value + `}`
		return read[v1.MeasurementReceipt](a.post("/api/v1/measurements", body).want(201)).Measurement.ID
	}
	first := post("2023-08", `"value":143,"note":"月报"`)
	post("2023-09", `"missing":"not_available","note":"系统维护"`)
	post("2023-08", `"value":140`)
	post("2023-09", `"value":168`)
	const own, feed = "/api/v1/indicators/donghe-2023-1-1/measurements", "/api/v1/measurements"
	for _, list := range []string{own, feed} {
		rows := read[v1.MeasurementFeed](a.get(list + "?revised=true").want(200)).Items
		if len(rows) != 2 || rows[0].Replaced == nil || rows[1].Replaced == nil {
			t.Fatalf("%s: %+v", list, rows)
		}
		if was := rows[0].Replaced; was.ID != first || *was.Value != "143" || was.Unit != "个" || was.Note != "月报" || was.Missing != nil {
			t.Errorf("%s: %+v", list, was)
		}
		if was := rows[1].Replaced; was.Value != nil || *was.Missing != "not_available" || was.Note != "系统维护" {
			t.Errorf("%s: %+v", list, was)
		}
		if body := string(a.get(list).want(200).body); strings.Contains(body, "replaced") {
			t.Errorf("%s: %s", list, body)
		}
		if body := string(a.get(list + "?fields=id,replaced&limit=3").want(200).body); strings.Count(body, `"replaced":null`) != 2 || !strings.Contains(body, `"replaced":{"id":"`+first+`"`) {
			t.Errorf("%s: %s", list, body)
		}
		if lines := string(a.get(list + "?fields=id,replaced&format=ndjson").want(200).body); strings.Count(lines, `"replaced":null`) != 2 || strings.Count(lines, "replaced") != 4 {
			t.Errorf("%s: %s", list, lines)
		}
		if table := string(a.get(list + "?revised=true&format=csv").want(200).body); !strings.Contains(table, "replaced_value") || !strings.Contains(table, ",143,") {
			t.Errorf("%s: %s", list, table)
		}
	}
}
