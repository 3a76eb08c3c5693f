package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestReadProgress(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", piles).want(201)

	t.Run("gives percent, pace and gap at a date", func(t *testing.T) {
		a.t = t
		raw := string(a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30").want(200).body)
		for _, want := range []string{`"percent":76.02`, `"percent_capped":76.02`, `"pace":74.79`, `"gap":1.23`, `"status":"on_track"`, `"label":"达序时"`, `"reason":null`, `"cut_off":"2023-09-30"`, `"actual":{"value":168,"unit":"个"}`} {
			if !strings.Contains(raw, want) {
				t.Errorf("%s is not in %s", want, raw)
			}
		}
		if strings.Contains(raw, "explain") {
			t.Error("explains without being asked")
		}
	})

	t.Run("says by which rules, what the target means, and how far from what is due", func(t *testing.T) {
		a.t = t
		fields := read[map[string]json.RawMessage](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30").want(200))
		for field, form := range map[string]string{
			"rules": `[0-9]+`, "direction": `"increase"`, "course": `"accrue"`, "over": `null`, "each": `null`,
			"amount_due": `null|\{"value":[0-9.]+,"unit":"个"\}`, "shortfall": `null|\{"value":[0-9.]+,"unit":"个"\}`, "due_gap": `null|-?[0-9.]+`,
			"attained_on": `null`, "late": `false`, "days_left": `[0-9]+`, "days_late": `0`,
			"cautions": `\[.*\]`, "caution_details": `\[.*\]`,
		} {
			if !regexp.MustCompile("^(" + form + ")$").Match(fields[field]) {
				t.Errorf("%s is %s", field, fields[field])
			}
		}
	})

	t.Run("explains itself with the plan's words and the reports, in the reader's language", func(t *testing.T) {
		a.t = t
		path := "/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&explain=true"
		zh := read[v1.Progress](a.get(path).want(200)).Explain
		en := read[v1.Progress](a.get(path, "Accept-Language", "en-GB,en;q=0.9").want(200)).Explain
		if zh.Source.Quote != "新增公共充电桩数221个" || len(zh.Measurements) != 1 || zh.Rule == "" {
			t.Errorf("explain %+v", zh)
		}
		if len(zh.Steps) == 0 || len(zh.Steps) != len(en.Steps) || slices.Equal(zh.Steps, en.Steps) {
			t.Errorf("steps %v / %v", zh.Steps, en.Steps)
		}
	})

	t.Run("is null with a reason where nothing is known", func(t *testing.T) {
		a.t = t
		p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-2-3/progress?on=2023-09-30").want(200))
		if p.Percent != nil || p.Gap != nil || p.Actual != nil || p.Reason == nil || *p.Reason != "no_measurement" || p.Status != "no_data" || !p.ReportMissing {
			t.Errorf("progress %+v", p)
		}
	})

	t.Run("judges today where no date is given, and the day of as_of where that is", func(t *testing.T) {
		a.t = t
		if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress").want(200)); p.On != "2023-10-08" {
			t.Errorf("today: %s", p.On)
		}
		a.setClock(time.Date(2023, 11, 5, 0, 0, 0, 0, time.UTC))
		if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-10-08T02:00:01Z").want(200)); p.On != "2023-10-08" {
			t.Errorf("as_of: %s", p.On)
		}
	})

	t.Run("refuses dates and flags that are none", func(t *testing.T) {
		a.t = t
		base := "/api/v1/indicators/donghe-2023-1-1/progress?"
		a.get(base+"on=2023-02-30").wantProblem(400, "invalid_parameter", "on")
		a.get(base+"as_of=yesterday").wantProblem(400, "invalid_parameter", "as_of")
		a.get(base+"as_of=2099-01-01T00:00:00Z").wantProblem(400, "invalid_parameter", "as_of")
		a.get(base+"explain=yes").wantProblem(400, "invalid_parameter", "explain")
		a.get(base+"whatever=1").wantProblem(400, "invalid_parameter", "whatever")
		a.get(base+"on=2023-09-30&on=2023-09-29").wantProblem(400, "invalid_parameter", "on")
		a.get("/api/v1/indicators/none/progress").wantProblem(404, "not_found", "")
	})
}

// A day of as_of is over where the service's days end, and until then it is now.
func TestAsOfTakesADayForItsEnd(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC))
	a.seed()
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	a.handler = a.with(func(o *httpapi.Options) { o.Service = tracker.New(a.db, a.clock, shanghai, progress.DefaultProfile()) })
	midnight := time.Date(2023, 10, 9, 0, 0, 0, 0, shanghai)
	for i, sent := range []time.Time{midnight.Add(-time.Minute), midnight.Add(time.Minute)} {
		a.setClock(sent)
		a.post("/api/v1/measurements", strings.Replace(piles, "168", fmt.Sprint(100+i), 1)).want(201)
	}
	actual := func(asOf string) string {
		p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&as_of=" + asOf).want(200))
		if p.Actual == nil {
			return ""
		}
		return string(p.Actual.Value)
	}
	for asOf, want := range map[string]string{"2023-10-07": "", "2023-10-08": "100", "2023-10-09": "101"} {
		if got := actual(asOf); got != want {
			t.Errorf("as of %s it is %q, not %q", asOf, got, want)
		}
	}
	a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-10-10").wantProblem(400, "invalid_parameter", "as_of")
	a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-02-30").wantProblem(400, "invalid_parameter", "as_of")
	if p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-10-08").want(200)); p.On != "2023-10-08" {
		t.Errorf("judged on %s", p.On)
	}
	days := "/api/v1/%s&as_of=2023-10-08"
	for _, list := range []string{"progress?plan=donghe-2023", "series?plan=donghe-2023", "summary?plan=donghe-2023", "agencies?name=x", "indicators?plan=donghe-2023", "indicators/donghe-2023-1-1/measurements?limit=5"} {
		a.get(fmt.Sprintf(days, list)).want(200)
	}
	if page := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements?as_of=2023-10-08").want(200)); len(page.Items) != 1 {
		t.Errorf("%d measurements", len(page.Items))
	}
}

func TestAsOfReproducesAnOldAnswer(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC))
	a.seed()
	a.setClock(time.Date(2023, 10, 1, 0, 0, 0, 0, time.UTC))
	a.post("/api/v1/measurements", piles).want(201)
	path := "/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&explain=true&as_of=2023-10-02T00:00:00Z"
	a.setClock(time.Date(2023, 10, 3, 0, 0, 0, 0, time.UTC))
	before := a.get(path).want(200)

	a.post("/api/v1/measurements", strings.Replace(piles, "168", "150", 1)).want(201)
	a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", `{"target":{"comparator":"ge","value":300,"unit":"个"}}`, "Content-Type", "application/json", "If-Match", `"1"`).want(200)

	if after := a.get(path).want(200); string(after.body) != string(before.body) {
		t.Errorf("the answer of 2 October has changed:\n%s\n%s", before.body, after.body)
	}
	if now := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30").want(200)); *now.Percent != "50.00" {
		t.Errorf("now: %s", *now.Percent)
	}
	a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-01-01T00:00:00Z").wantProblem(404, "not_found", "")
}

func TestListProgress(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, body := range []string{
		piles,
		`{"indicator":"donghe-2023-1-2","period":"2023-09","value":12000}`,
		`{"indicator":"donghe-2023-2-1","period":"2023-09","value":29440,"unit":"公顷"}`,
	} {
		a.post("/api/v1/measurements", body).want(201)
	}
	codes := func(query string) string {
		t.Helper()
		var got []string
		for _, p := range read[v1.ProgressPage](a.get("/api/v1/progress?on=2023-09-30" + query).want(200)).Items {
			got = append(got, strings.TrimPrefix(p.Indicator, "donghe-2023-"))
		}
		return strings.Join(got, " ")
	}
	cases := []struct{ name, query, want string }{
		{"all, in the order of the plan", "", "1-1 1-2 2-1 2-2 2-3"},
		{"one plan", "&plan=donghe-2023", "1-1 1-2 2-1 2-2 2-3"},
		{"one task", "&plan=donghe-2023&task=2", "2-1 2-2 2-3"},
		{"one section", "&section=1&kind=ratio", "2-2"},
		{"a leading agency", "&agency=市农业农村局&role=lead", "2-1 2-2 2-3"},
		{"an agency in the other role", "&agency=市工信局&role=participating", ""},
		{"a status", "&status=attained", "2-1"},
		{"no data", "&status=no_data", "2-2 2-3"},
		{"part of a name", "&q=充电桩", "1-1 1-2"},
		{"lowest percent first, undefined last", "&sort=percent", "1-2 1-1 2-1 2-2 2-3"},
		{"highest percent first, undefined last", "&sort=-percent", "2-1 1-1 1-2 2-2 2-3"},
		{"furthest behind first", "&sort=gap", "1-2 1-1 2-1 2-2 2-3"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			if got := codes(c.query); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}

	t.Run("pages share one moment while reports come in", func(t *testing.T) {
		a.t = t
		first := read[v1.ProgressPage](a.get("/api/v1/progress?on=2023-09-30&sort=percent&limit=2").want(200))
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-3","period":"2023-09","value":0.001}`).want(201)
		second := read[v1.ProgressPage](a.get(fmt.Sprintf("/api/v1/progress?on=2023-09-30&sort=percent&limit=2&cursor=%s", *first.NextCursor)).want(200))
		if first.Items[0].AsOf != second.Items[0].AsOf {
			t.Errorf("moments differ: %s, %s", first.Items[0].AsOf, second.Items[0].AsOf)
		}
		got := []string{first.Items[0].Indicator, first.Items[1].Indicator, second.Items[0].Indicator, second.Items[1].Indicator}
		if strings.Join(got, " ") != "donghe-2023-1-2 donghe-2023-1-1 donghe-2023-2-1 donghe-2023-2-2" {
			t.Errorf("pages %v", got)
		}
	})

	t.Run("refuses what it cannot use", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/progress?sort=colour").wantProblem(400, "invalid_parameter", "sort")
		a.get("/api/v1/progress?role=lead").wantProblem(400, "invalid_parameter", "role")
		a.get("/api/v1/progress?section=x").wantProblem(400, "invalid_parameter", "section")
		a.get("/api/v1/progress?limit=0").wantProblem(400, "invalid_parameter", "limit")
		for _, state := range []string{"", "x", "1 2023-09-30", "0 2023-09-30 2023-10-01T00:00:00Z", "1 2023-09-31 2023-10-01T00:00:00Z", "1 2023-09-30 2099-10-01T00:00:00Z"} {
			cursor := base64.RawURLEncoding.EncodeToString([]byte(state)) + "!"
			a.get("/api/v1/progress?cursor="+cursor).wantProblem(400, "invalid_parameter", "cursor")
			if state != "" {
				a.get("/api/v1/progress?cursor="+strings.TrimSuffix(cursor, "!")).wantProblem(400, "invalid_parameter", "cursor")
			}
		}
	})
}

func TestSummary(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", piles).want(201)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-2-1","period":"2023-09","value":88.32}`).want(201)

	t.Run("counts an indicator for each of its agencies", func(t *testing.T) {
		a.t = t
		s := read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?group_by=agency&on=2023-09-30").want(200))
		got := map[string]int{}
		for _, g := range s.Groups {
			got[g.Key] = g.Count
		}
		if got["市工信局"] != 2 || got["市交通局"] != 2 || got["市农业农村局"] != 3 || len(got) != 3 {
			t.Errorf("groups %v", got)
		}
	})

	t.Run("the mean is of the capped percents that are defined", func(t *testing.T) {
		a.t = t
		s := read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30").want(200))
		if len(s.Groups) != 1 || s.GroupBy != "section" || s.Groups[0].Label != "一、产业" || s.Groups[0].Count != 5 {
			t.Fatalf("summary %+v", s)
		}
		if got := *s.Groups[0].MeanPercent; got != "88.01" { // (76.02 + 100) / 2
			t.Errorf("mean %s", got)
		}
	})

	t.Run("the mean over all takes what has no data for 0, and both say what they are over", func(t *testing.T) {
		a.t = t
		group := read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30").want(200)).Groups[0]
		if group.Defined != 2 || group.MeanPercentAll == nil || *group.MeanPercentAll != "35.20" { // (76.02 + 100) / 5
			t.Errorf("%+v", group)
		}
		for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30&group_by=status").want(200)).Groups {
			if g.Key == "no_data" && (g.Defined != 0 || g.MeanPercent != nil || g.MeanPercentAll == nil || *g.MeanPercentAll != "0.00") {
				t.Errorf("without data: %+v", g)
			}
		}
	})

	t.Run("groups by task and by status", func(t *testing.T) {
		a.t = t
		for by, want := range map[string]string{"task": "1=2 2=3", "status": "on_track=1 no_data=3 attained=1"} {
			var got []string
			for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30&group_by=" + by).want(200)).Groups {
				got = append(got, fmt.Sprintf("%s=%d", g.Key, g.Count))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v", by, got)
			}
		}
	})

	t.Run("labels statuses in the reader's language", func(t *testing.T) {
		a.t = t
		for lang, want := range map[string]string{"en": "On track No data Target attained", "zh": "达序时 无数据 已达标"} {
			resp := a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30&group_by=status", "Accept-Language", lang).want(200)
			var got []string
			for _, g := range read[v1.Summary](resp).Groups {
				got = append(got, g.Label)
			}
			if strings.Join(got, " ") != want || !strings.HasPrefix(resp.header.Get("Content-Language"), lang) {
				t.Errorf("%s: %v, %v", lang, got, resp.header)
			}
		}
	})

	t.Run("a target that waits takes part in neither mean", func(t *testing.T) {
		a.t = t
		a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"2","name":"增速","kind":"growth","target":{"comparator":"gt","reference":"全省平均水平","unit":"%"}}`).want(201)
		group := read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-09-30").want(200)).Groups[0]
		if group.Count != 6 || group.Defined != 2 || *group.MeanPercent != "88.01" {
			t.Errorf("%+v", group)
		}
	})

	t.Run("refuses an unknown plan and grouping", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/plans/nowhere/summary").wantProblem(404, "not_found", "")
		a.get("/api/v1/plans/donghe-2023/summary?group_by=colour").wantProblem(400, "invalid_parameter", "group_by")
	})
}

// 7 of 10 parks is all that is due by September, and 7400 of 10000 enterprises
// is not, though its percent is nearer to the pace.
func TestFurthestBehindIsByWhatIsDue(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, c := range []struct {
		target int
		unit   string
		value  int
	}{{10, "个", 7}, {10000, "家", 7400}} {
		in := read[v1.Indicator](a.post("/api/v1/indicators", fmt.Sprintf(
			`{"plan":"donghe-2023","task":"1","name":"某数","kind":"increment","target":{"comparator":"ge","value":%d,"unit":%q}}`, c.target, c.unit)).want(201))
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023-09","basis":"total","value":%d}`, in.Code, c.value)).want(201)
	}
	got := read[v1.ProgressPage](a.get("/api/v1/progress?plan=donghe-2023&task=1&on=2023-09-30&sort=gap").want(200)).Items
	if len(got) < 2 || got[0].Actual == nil || got[0].Actual.Unit != "家" || got[1].Status != "on_track" {
		t.Errorf("%+v", got)
	}
}
