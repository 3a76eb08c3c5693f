package httpapi_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// report sends reports of an indicator: fields of the JSON after its code.
func (a *api) report(code string, fields ...string) {
	a.t.Helper()
	for _, f := range fields {
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,%s}`, code, f)).want(201)
	}
}

// madeByHand is the code of an indicator that is added to the plan by hand.
func (a *api) madeByHand(fields string) string {
	a.t.Helper()
	return read[v1.Indicator](a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1",`+fields+`}`).want(201)).Code
}

func text[S ~string](s *S) string {
	if s == nil {
		return "-"
	}
	return string(*s)
}

func amountOf(q *v1.Quantity) string {
	if q == nil {
		return "-"
	}
	return string(q.Value) + q.Unit
}

// rows are the periods of a series, one a line.
func rows(s v1.Series) string {
	var lines strings.Builder
	for _, p := range s.Periods {
		fmt.Fprintf(&lines, "%s %d %s %s %s %s", p.Period, len(p.Reports), amountOf(p.Amount), amountOf(p.Actual), text(p.Percent), p.Status)
		if !p.Over {
			lines.WriteString(" not over")
		}
		if p.Revised {
			fmt.Fprintf(&lines, " revised %d", p.Revisions)
		}
		if y := p.YearAgo; y != nil {
			fmt.Fprintf(&lines, " %s %s %s %s", y.Period, amountOf(&y.Amount), text(y.Change), y.ChangeIn)
		}
		lines.WriteString("\n")
	}
	return lines.String()
}

func TestSeriesTellsWhatEachPeriodCameTo(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.report("donghe-2023-1-1",
		`"period":"2023-01","value":10,"basis":"increment"`, `"period":"2023-02","value":12,"basis":"increment"`,
		`"period":"2023-02","value":15,"basis":"increment"`, `"period":"2023-04","value":60,"basis":"total"`,
		`"period":"2023-05","missing":"not_available","note":"系统升级"`, `"period":"2023-06","value":0.002,"unit":"万个","basis":"increment","provisional":true`)
	path := "/api/v1/indicators/donghe-2023-1-1/series?on=2023-08-15"
	s := read[v1.Series](a.get(path).want(200))

	t.Run("with gaps as gaps, and revisions marked", func(t *testing.T) {
		want := `2023-01 1 10个 10个 4.52 at_risk
2023-02 1 15个 25个 11.31 at_risk revised 1
2023-03 0 - 25个 11.31 behind
2023-04 1 - 60个 27.15 at_risk
2023-05 1 - 60个 27.15 behind
2023-06 1 20个 80个 36.20 behind
2023-07 0 - 80个 36.20 behind
`
		if diff := cmp.Diff(want, rows(s)); diff != "" {
			t.Error(diff)
		}
		may, june := s.Periods[4], s.Periods[5]
		if r := may.Reports[0]; text(r.Missing) != "not_available" || r.Value != nil || may.ReportMissing {
			t.Errorf("the figure that is missing: %+v", may)
		}
		if r := june.Reports[0]; text(r.Value) != "0.002" || r.Unit != "万个" || !r.Provisional || r.Basis != "increment" || !june.Provisional {
			t.Errorf("the report as it was sent: %+v", r)
		}
		if r := s.Periods[1].Reports[0]; r.Revision != 2 || text(r.Value) != "15" {
			t.Errorf("the newest revision: %+v", r)
		}
		if !s.Periods[2].ReportMissing || s.Step != "month" || s.On != "2023-08-15" || s.Projection != nil {
			t.Errorf("%+v", s)
		}
	})

	t.Run("in longer periods, the one that has begun included", func(t *testing.T) {
		a.t = t
		before := "2023-Q1 2 - 25个 11.31 behind revised 1\n2023-Q2 3 - 80个 36.20 behind\n2023-Q3 0 - 80个 36.20 behind not over\n"
		if diff := cmp.Diff(before, rows(read[v1.Series](a.get(path+"&step=quarter").want(200)))); diff != "" {
			t.Error(diff)
		}
		a.report("donghe-2023-1-1", `"period":"2023-03","value":20,"basis":"increment"`, `"period":"2023-06","value":80,"basis":"total"`)
		want := "2023-Q1 3 45个 45个 20.36 at_risk revised 1\n2023-Q2 4 35个 80个 36.20 behind\n2023-Q3 0 - 80个 36.20 behind not over\n"
		if diff := cmp.Diff(want, rows(read[v1.Series](a.get(path+"&step=quarter").want(200)))); diff != "" {
			t.Error(diff)
		}
		if day := read[v1.Series](a.get(path + "&step=day").want(200)); day.Step != "month" || len(day.Periods) != 7 {
			t.Errorf("shorter than the frequency: %s, %d periods", day.Step, len(day.Periods))
		}
	})

	t.Run("from and to", func(t *testing.T) {
		a.t = t
		got := read[v1.Series](a.get(path + "&from=2023-02-15&to=2023-03-01").want(200))
		if len(got.Periods) != 2 || got.Periods[0].Period != "2023-02" || got.Periods[1].Period != "2023-03" {
			t.Errorf("%s", rows(got))
		}
		if none := read[v1.Series](a.get(path + "&from=2024-01-01").want(200)); len(none.Periods) != 0 {
			t.Errorf("%s", rows(none))
		}
	})

	t.Run("refuses what it cannot read", func(t *testing.T) {
		a.t = t
		for query, field := range map[string]string{
			"&step=decade": "step", "&from=2023": "from", "&from=2023-05-01&to=2023-04-30": "to", "&projection=maybe": "projection", "&limit=5": "limit",
		} {
			a.get(path+query).wantProblem(400, "invalid_parameter", field)
		}
		a.get("/api/v1/indicators/none/series").wantProblem(404, "not_found", "")
		a.get(path+"&as_of=2023-01-01T00:00:00Z").wantProblem(404, "not_found", "")
	})
}

func TestSeriesComparesWithTheYearBefore(t *testing.T) {
	a := newAPI(t)
	a.seed()
	one := func(code, want string) {
		t.Helper()
		if diff := cmp.Diff(want, rows(read[v1.Series](a.get("/api/v1/indicators/"+code+"/series?on=2023-12-31&step=half&from=2023-01-01").want(200)))); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
	const term = `"starts_on":"2022-01-01","frequency":"half"`
	sum := a.madeByHand(`"name":"新增企业数","kind":"increment","target":{"comparator":"ge","value":1000,"unit":"家"},` + term)
	a.report(sum, `"period":"2022-H1","value":160,"basis":"total"`, `"period":"2022-H2","value":240,"basis":"increment"`,
		`"period":"2023-H1","value":580,"basis":"total"`, `"period":"2023-H2","value":200,"basis":"increment"`)
	one(sum, "2023-H1 1 180家 580家 58.00 behind 2022-H1 160家 12.50 percent\n2023-H2 1 200家 780家 78.00 behind 2022-H2 240家 -16.67 percent\n")

	share := a.madeByHand(`"name":"绿地率","kind":"ratio","target":{"comparator":"ge","value":45,"unit":"%"},"course":"hold",` + term)
	a.report(share, `"period":"2022-H1","value":40`, `"period":"2023-H1","value":42.5`, `"period":"2023-H2","value":46`)
	one(share, "2023-H1 1 42.5% 42.5% 94.44 at_risk 2022-H1 40% 2.50 points\n2023-H2 1 46% 46% 102.22 attained\n")

	stock := a.madeByHand(`"name":"基站数","kind":"cumulative","target":{"comparator":"ge","value":100,"unit":"个"},` + term)
	a.report(stock, `"period":"2022-H1","value":0`, `"period":"2023-H1","value":50`)
	one(stock, "2023-H1 1 50个 50个 50.00 behind 2022-H1 0个 - percent\n2023-H2 0 - 50个 50.00 behind\n")
}

// TestSeriesAgreesWithProgress draws reports of every kind and asks for the progress on the day of
// each period.
func TestSeriesAgreesWithProgress(t *testing.T) {
	a := newAPI(t)
	a.seed()
	r := rand.New(rand.NewPCG(7, 7))
	codes := []string{"donghe-2023-1-1", "donghe-2023-1-2", "donghe-2023-2-1", "donghe-2023-2-2"}
	for _, code := range codes {
		for month := 1; month <= 9; month++ {
			if r.IntN(4) > 0 {
				a.report(code, fmt.Sprintf(`"period":"2023-%02d","value":%d`, month, 10*month+r.IntN(10)))
			}
		}
	}
	for _, code := range codes {
		for _, step := range []string{"", "&step=quarter", "&step=year"} {
			s := read[v1.Series](a.get("/api/v1/indicators/" + code + "/series?on=2023-09-30" + step).want(200))
			for _, p := range s.Periods {
				now := read[v1.Progress](a.get("/api/v1/indicators/" + code + "/progress?on=" + p.On + "&as_of=" + url.QueryEscape(s.AsOf)).want(200))
				got := v1.SeriesPeriod{
					Period: p.Period, On: now.On, Over: p.Over, Reports: p.Reports, Amount: p.Amount, Revisions: p.Revisions, Revised: p.Revised, YearAgo: p.YearAgo,
					Actual: now.Actual, Percent: now.Percent, Pace: now.Pace, Gap: now.Gap, AmountDue: now.AmountDue, DueGap: now.DueGap,
					Status: now.Status, Label: now.Label, Color: now.Color, Reason: now.Reason, ReportMissing: now.ReportMissing, Provisional: now.Provisional,
				}
				if diff := cmp.Diff(got, p); diff != "" {
					t.Errorf("%s %s (-progress +series): %s", code, p.Period, diff)
				}
			}
			if last := s.Periods[len(s.Periods)-1]; last.On != "2023-09-30" {
				t.Errorf("%s ends with %s on %s", code, last.Period, last.On)
			}
		}
	}
}

func TestTheSameSeriesIsGivenAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.report("donghe-2023-1-1", `"period":"2023-01","value":10`, `"period":"2023-02","value":22`, `"period":"2023-03","value":31`)
	for _, path := range []string{"/api/v1/indicators/donghe-2023-1-1/series?projection=true", "/api/v1/series?plan=donghe-2023&projection=true&limit=2"} {
		first := a.get(path).want(200)
		var at struct {
			AsOf  string `json:"as_of"`
			On    string `json:"on"`
			Items []v1.Series
		}
		if err := json.Unmarshal(first.body, &at); err != nil {
			t.Fatal(err)
		}
		if len(at.Items) > 0 {
			at.AsOf, at.On = at.Items[0].AsOf, at.Items[0].On
		}
		a.report("donghe-2023-1-1", `"period":"2023-02","value":20`)
		a.setClock(a.clock().Add(240 * time.Hour))
		a.report("donghe-2023-1-1", `"period":"2023-02","value":22`)
		again := a.get(path + "&on=" + at.On + "&as_of=" + url.QueryEscape(at.AsOf)).want(200)
		strip := func(body []byte) string { // a cursor has its address
			var page map[string]json.RawMessage
			if err := json.Unmarshal(body, &page); err != nil {
				t.Fatal(err)
			}
			if items, ok := page["items"]; ok {
				return string(items)
			}
			return string(body)
		}
		if diff := cmp.Diff(strip(first.body), strip(again.body)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}

func TestProjection(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.report("donghe-2023-1-1", `"period":"2023-01","value":20,"basis":"total"`, `"period":"2023-02","value":20,"basis":"increment"`, `"period":"2023-03","value":60,"basis":"total"`)
	path := "/api/v1/indicators/donghe-2023-1-1/series?projection=true&on="
	p := read[v1.Series](a.get(path + "2023-03-31").want(200)).Projection
	if p == nil || text(p.Method) != "run_rate" || p.Refused != nil || p.Expected.Value != "240" || text(p.Expected.Percent) != "108.60" ||
		p.Low.Value != "240" || p.High.Value != "240" || text(p.AttainedOn) != "2023-12-31" || text(p.From) != "2023-01" || text(p.To) != "2023-03" ||
		p.PeriodsUsed != 3 || p.PeriodsAhead != 9 || p.DueOn != "2023-12-31" || p.RangePercent != 80 {
		t.Errorf("%+v", p)
	}
	if p.Text != "按平均进度推算：2023-01 至 2023-03 共 3 期，平均每期 20.00个；至 2023-12-31 余 9 期" {
		t.Error(p.Text)
	}
	refused := read[v1.Series](a.get(path+"2023-02-28", "Accept-Language", "en").want(200)).Projection
	if text(refused.Refused) != "too_few_reports" || refused.Method != nil || refused.Expected != nil ||
		refused.Text != "there are 2 whole periods in a row with a figure; at least 3 are needed" {
		t.Errorf("%+v", refused)
	}
}

func TestManySeriesArePaged(t *testing.T) {
	a := newAPI(t)
	a.seed()
	var codes []string
	next := "/api/v1/series?plan=donghe-2023&on=2023-09-30&limit=2"
	for range 3 {
		page := read[v1.SeriesPage](a.get(next).want(200))
		for _, s := range page.Items {
			codes = append(codes, strings.TrimPrefix(s.Indicator, "donghe-2023-"))
		}
		a.report("donghe-2023-2-3", fmt.Sprintf(`"period":"2023-0%d","value":1`, len(codes)))
		if page.NextCursor != nil {
			next = "/api/v1/series?plan=donghe-2023&limit=2&cursor=" + *page.NextCursor
			continue
		}
		if last := page.Items[len(page.Items)-1]; len(last.Periods) != 9 || last.Periods[1].Amount != nil {
			t.Errorf("what came in while pages were read is in the last one: %s", rows(last))
		}
	}
	if got := strings.Join(codes, " "); got != "1-1 1-2 2-1 2-2 2-3" {
		t.Errorf("pages of %s", got)
	}
	two := read[v1.SeriesPage](a.get("/api/v1/series?indicator=donghe-2023-2-1&indicator=donghe-2023-1-1&on=2023-09-30").want(200))
	if len(two.Items) != 2 || two.Items[0].Indicator != "donghe-2023-1-1" || two.NextCursor != nil {
		t.Errorf("%d by code", len(two.Items))
	}
	a.get("/api/v1/series?indicator=donghe-2023-1-1,none").wantProblem(422, "unknown_indicator", "indicator")
	a.get("/api/v1/series?indicator=donghe-2023-1-1&agency="+url.QueryEscape("市农业农村局")).wantProblem(422, "unknown_indicator", "indicator")
	a.get("/api/v1/series?plan=none").wantProblem(422, "unknown_plan", "plan")
	a.get("/api/v1/series?cursor=x").wantProblem(400, "invalid_parameter", "cursor")
	a.get("/api/v1/series?sort=gap").wantProblem(400, "invalid_parameter", "sort")
	a.get("/api/v1/series?indicator="+strings.Repeat("a,", 501)).wantProblem(400, "invalid_parameter", "indicator")
}

func TestSeriesAreBounded(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for i := range 6 {
		code := a.madeByHand(fmt.Sprintf(`"name":"每日%d","kind":"increment","target":{"comparator":"ge","value":1,"unit":"个"},"starts_on":"2022-01-01","frequency":"day"`, i))
		path := "/api/v1/indicators/" + code + "/series?on=2023-12-31"
		if p := a.get(path).wantProblem(400, "selection_too_large", "from"); !strings.Contains(p.Detail, "730") || !strings.Contains(p.Detail, "step") {
			t.Error(p.Detail)
		}
		if s := read[v1.Series](a.get(path + "&from=2022-11-27").want(200)); len(s.Periods) != 400 {
			t.Errorf("%d periods", len(s.Periods))
		}
		a.get(path+"&from=2022-11-26").wantProblem(400, "selection_too_large", "from")
	}
	path := "/api/v1/series?on=2023-12-31&from=2023-01-01&q=" + url.QueryEscape("每日")
	if p := a.get(path).wantProblem(400, "selection_too_large", "limit"); !strings.Contains(p.Detail, "2190") {
		t.Error(p.Detail)
	}
	if page := read[v1.SeriesPage](a.get(path + "&limit=5").want(200)); len(page.Items) != 5 || page.NextCursor == nil {
		t.Errorf("%d of them", len(page.Items))
	}
	a.get(path + "&step=month").want(200)
}
