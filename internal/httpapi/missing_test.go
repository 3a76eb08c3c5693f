package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/intake"
)

const chargingPiles = "donghe-2023-1-1"

// pilesOf is a report of the seed's increment with the fields given.
func pilesOf(period, fields string) string {
	return fmt.Sprintf(`{"indicator":%q,"period":%q,%s}`, chargingPiles, period, fields)
}

// statusOf says of a measurement its value or what it lacks, and whether it is provisional.
func statusOf(m v1.Measurement) string {
	text := "null"
	if m.Value != nil {
		text = string(*m.Value)
	}
	text += m.Unit
	if m.Missing != nil {
		text += " " + *m.Missing
	}
	if m.Provisional {
		text += " provisional"
	}
	return text
}

// statusesOf are all revisions of an indicator's reports.
func (a *api) statusesOf(code string) (all []string) {
	a.t.Helper()
	for _, m := range read[v1.MeasurementPage](a.get("/api/v1/indicators/" + code + "/measurements").want(200)).Items {
		all = append(all, statusOf(m))
	}
	return all
}

func (a *api) pilesOn(day string) v1.Progress {
	a.t.Helper()
	return read[v1.Progress](a.get("/api/v1/indicators/" + chargingPiles + "/progress?explain=true&on=" + day).want(200))
}

// settlePiles leaves the seed's increment without a caution of its own.
func (a *api) settlePiles() {
	a.t.Helper()
	a.send("PATCH", "/api/v1/indicators/"+chargingPiles, `{"direction":"increase"}`, "Content-Type", "application/json", "If-Match", `"1"`).want(200)
}

func TestAReportMaySayThatThereIsNoFigure(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.settlePiles()
	lacking := pilesOf("2023-02", `"missing":"not_available","note":"系统检修，待补报","source_id":"gxj-2"`)
	a.post(reportPath, pilesOf("2023-01", `"value":20`)).want(201)
	first := read[v1.MeasurementReceipt](a.post(reportPath, lacking).want(201))
	if m := first.Measurement; first.Outcome != "stored" || statusOf(m) != "null not_available" || m.Note != "系统检修，待补报" {
		t.Fatalf("%s %+v", first.Outcome, m)
	}
	t.Run("it counts as reported and never as a value", func(t *testing.T) {
		a.t = t
		p := a.pilesOn("2023-02-28")
		if p.Actual.Value != "20" || p.ReportMissing || !slices.Equal(p.Cautions, []string{"figure_missing"}) || p.Provisional {
			t.Errorf("%+v", p)
		}
		if text := p.CautionDetails[0].Text; text != "2023-02 报为“暂缺”，没有数值可计入" {
			t.Error(text)
		}
		if steps := strings.Join(p.Explain.Steps, "\n"); !strings.Contains(steps, "2023-02 报为“暂缺”：视为已报，没有数值") {
			t.Error(steps)
		}
		if p := a.pilesOn("2023-03-31"); !p.ReportMissing {
			t.Error("the month after is not reported")
		}
	})
	t.Run("in English too", func(t *testing.T) {
		a.t = t
		p := read[v1.Progress](a.get("/api/v1/indicators/"+chargingPiles+"/progress?explain=true&on=2023-02-28", "Accept-Language", "en").want(200))
		if text := p.CautionDetails[0].Text; text != "2023-02 is reported as “not available”: there is no figure to count" {
			t.Error(text)
		}
	})
	t.Run("the same again is unchanged, another reason is a revision", func(t *testing.T) {
		a.t = t
		if got := read[v1.MeasurementReceipt](a.post(reportPath, lacking).want(200)); got.Outcome != "unchanged" || got.Measurement.ID != first.Measurement.ID {
			t.Errorf("%+v", got)
		}
		if got := read[v1.MeasurementReceipt](a.post(reportPath, strings.Replace(lacking, "待补报", "下月补报", 1)).want(201)); got.Outcome != "revised" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("the figure takes its place, and it the place of a figure", func(t *testing.T) {
		a.t = t
		if got := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf("2023-02", `"value":15`)).want(201)); got.Outcome != "revised" || got.Progress.Actual.Value != "35" || len(got.Progress.Cautions) > 0 {
			t.Errorf("%+v", got)
		}
		got := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf("2023-02", `"missing":"not_applicable","note":"当月未安排","unit":"个"`)).want(201))
		if got.Outcome != "revised" || got.Progress.Actual.Value != "20" || got.Progress.ReportMissing || len(got.Progress.Cautions) > 0 || statusOf(got.Measurement) != "null not_applicable" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("all revisions are told, in the history and in the feed", func(t *testing.T) {
		a.t = t
		want := []string{"20个", "null not_available", "null not_available", "15个", "null not_applicable"}
		if got := a.statusesOf(chargingPiles); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		var fed []string
		for _, m := range read[v1.MeasurementFeed](a.get(reportPath).want(200)).Items {
			fed = append(fed, statusOf(m))
		}
		if !slices.Equal(fed, want) {
			t.Errorf("fed %q, want %q", fed, want)
		}
	})
	t.Run("retracted it is not reported any more", func(t *testing.T) {
		a.t = t
		last := read[v1.MeasurementPage](a.get("/api/v1/indicators/" + chargingPiles + "/measurements").want(200)).Items[4]
		got := read[v1.MeasurementReceipt](a.send("DELETE", reportPath+"/"+last.ID+"?reason=x", "").want(200))
		if got.Outcome != "retracted" || !got.Progress.ReportMissing || statusOf(got.Measurement) != "null not_applicable" {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnlyReportsWithoutFigureLeaveNoData(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.settlePiles()
	a.post(reportPath, pilesOf("2023-01", `"missing":"not_available","note":"未统计"`)).want(201)
	if p := a.pilesOn("2023-01-31"); p.Actual != nil || p.Status != "no_data" || *p.Reason != "no_figure" || p.ReportMissing || !slices.Equal(p.Cautions, []string{"figure_missing"}) {
		t.Errorf("%+v", p)
	}
	a.post(reportPath, pilesOf("2023-01", `"missing":"not_applicable","note":"当月不计"`)).want(201)
	if p := a.pilesOn("2023-01-31"); *p.Reason != "no_figure" || p.ReportMissing || len(p.Cautions) != 0 {
		t.Errorf("%+v", p)
	}
	var all, without int
	for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe-2023/summary?on=2023-01-31").want(200)).Groups {
		all, without = all+g.Count, without+g.WithoutFigure
	}
	if all < 2 || without != 1 {
		t.Errorf("%d of %d are reported without a figure, want 1 of several", without, all)
	}
}

func TestReportsWithoutFigureThatAreRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const none = `"missing":"not_available","note":"x"`
	for _, c := range []struct {
		name, body string
		status     int
		code, at   string
	}{
		{"another word", pilesOf("2023-09", `"missing":"unknown","note":"x"`), 422, "invalid_value", "/missing"},
		{"a number for a word", pilesOf("2023-09", `"missing":1,"note":"x"`), 400, "wrong_type", "/missing"},
		{"null", pilesOf("2023-09", `"missing":null,"note":"x"`), 400, "wrong_type", "/missing"},
		{"no reason", pilesOf("2023-09", `"missing":"not_available"`), 422, "required_field", "/note"},
		{"a blank reason", pilesOf("2023-09", `"missing":"not_applicable","note":" "`), 422, "required_field", "/note"},
		{"a reason that is too long", pilesOf("2023-09", `"missing":"not_available","note":"`+strings.Repeat("长", 2001)+`"`), 422, "invalid_value", "/note"},
		{"a value beside it", pilesOf("2023-09", none+`,"value":0`), 422, "invalid_value", "/value"},
		{"a numerator beside it", shareOf("2023-09", none+`,"numerator":1`), 422, "invalid_value", "/numerator"},
		{"a denominator beside it", shareOf("2023-09", none+`,"denominator":1`), 422, "invalid_value", "/denominator"},
		{"provisional", pilesOf("2023-09", none+`,"provisional":true`), 422, "invalid_value", "/provisional"},
		{"a unit of another dimension", pilesOf("2023-09", none+`,"unit":"吨"`), 422, "unit_mismatch", "/unit"},
		{"a basis of another kind", fmt.Sprintf(`{"indicator":%q,"period":"2023-09","basis":"increment",%s}`, ratio, none), 422, "basis_mismatch", "/basis"},
		{"a period out of the term", pilesOf("2021-09", none), 422, "period_outside_term", "/period"},
		{"provisional in words", pilesOf("2023-09", `"value":1,"provisional":"yes"`), 400, "wrong_type", "/provisional"},
		{"neither a value nor why not", pilesOf("2023-09", `"note":"x"`), 422, "required_field", "/value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			a.post(reportPath, c.body).wantProblem(c.status, c.code, c.at)
		})
	}
	a.t = t
	if got := a.statusesOf(chargingPiles); len(got) > 0 {
		t.Errorf("stored %q", got)
	}
}

func TestAProvisionalFigureCountsAndSaysSo(t *testing.T) {
	a := newAPI(t)
	a.seed()
	got := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf("2023-01", `"value":20,"provisional":true,"source_id":"a"`)).want(201))
	if statusOf(got.Measurement) != "20个 provisional" || !got.Progress.Provisional || got.Progress.Actual.Value != "20" {
		t.Fatalf("%+v", got)
	}
	p := a.pilesOn("2023-01-31")
	if steps := strings.Join(p.Explain.Steps, "\n"); !p.Provisional || !strings.Contains(steps, "第 1 版），初步数") || !strings.Contains(steps, "暂按此计算") {
		t.Errorf("%v %s", p.Provisional, steps)
	}
	if again := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf("2023-01", `"value":20,"provisional":true,"source_id":"a"`)).want(200)); again.Outcome != "unchanged" {
		t.Error(again.Outcome)
	}
	final := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf("2023-01", `"value":20,"source_id":"a"`)).want(201))
	if final.Outcome != "revised" || final.Progress.Provisional || statusOf(final.Measurement) != "20个" {
		t.Errorf("%+v", final)
	}
	items := read[v1.ProgressPage](a.get("/api/v1/progress?plan=donghe-2023&on=2023-01-31&as_of=" + got.Measurement.RecordedAt).want(200)).Items
	if !slices.ContainsFunc(items, func(p v1.ProgressRow) bool { return p.Indicator == chargingPiles && p.Provisional }) {
		t.Errorf("as of then: %+v", items)
	}
}

func TestNoAgencyReplacesAnothersReportWithoutFigure(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	first := read[v1.MeasurementReceipt](a.as(lead, pilesOf("2023-08", `"missing":"not_available","note":"x"`)).want(201)).Measurement
	a.as(part, pilesOf("2023-08", `"value":5`)).wantProblem(409, "reported_by_another", "/replaces")
	a.as(part, pilesOf("2023-08", `"value":5,"replaces":"`+first.ID+`"`)).want(201)
	a.as(lead, pilesOf("2023-08", `"missing":"not_available","note":"x"`)).wantProblem(409, "reported_by_another", "/replaces")
}

// A single report says it in either language too, and the same twice is no correction.
func TestAReportSaysInChineseWhatIsMissing(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for word, zh := range map[string]string{"not_available": "暂缺", "not_applicable": "不适用"} {
		period := map[string]string{"not_available": "2023-01", "not_applicable": "2023-02"}[word]
		first := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf(period, `"missing":"`+zh+`","note":"x","source_id":"`+word+`"`)).want(201)).Measurement
		if first.Missing == nil || *first.Missing != word {
			t.Errorf("%s is stored as %+v", zh, first)
		}
		again := read[v1.MeasurementReceipt](a.post(reportPath, pilesOf(period, `"missing":"`+word+`","note":"x","source_id":"`+word+`"`)).want(200))
		if again.Outcome != "unchanged" {
			t.Errorf("%s after %s is %s", word, zh, again.Outcome)
		}
	}
}

// Every form of a batch brings the same: a figure, a provisional one, and two that are
// missing.
func TestBatchesSayWhatIsMissingOrProvisional(t *testing.T) {
	rows := [][3]string{{"5", "", ""}, {"6", "", "true"}, {"", "not_available", ""}, {"", "not_applicable", "false"}}
	zh := map[string]string{"not_available": "暂缺", "not_applicable": "不适用", "true": "是", "false": "否", "": ""}
	var list, spoken, english, chinese []string
	for i, r := range rows {
		period := fmt.Sprintf("2023-0%d", i+1)
		fields := `"note":"x"`
		if r[0] != "" {
			fields += `,"value":` + r[0]
		}
		if r[1] != "" {
			fields += `,"missing":"` + r[1] + `"`
		}
		if r[2] != "" {
			fields += `,"provisional":` + r[2]
		}
		list = append(list, pilesOf(period, fields))
		spoken = append(spoken, pilesOf(period, strings.NewReplacer("not_available", "暂缺", "not_applicable", "不适用").Replace(fields)))
		english = append(english, strings.Join([]string{chargingPiles, period, r[0], r[1], r[2], "x"}, ","))
		chinese = append(chinese, strings.Join([]string{chargingPiles, period, r[0], zh[r[1]], zh[r[2]], "x"}, ","))
	}
	book := func(head []any, word func(string) any) string {
		b := sent{t, excelize.NewFile()}
		b.set("Sheet1", "A1", head...)
		for i, r := range rows {
			b.set("Sheet1", fmt.Sprint("A", i+2), chargingPiles, fmt.Sprintf("2023-0%d", i+1), r[0], word(r[1]), word(r[2]), "x")
		}
		return b.text()
	}
	for name, c := range map[string]struct{ mediaType, body string }{
		"JSON":              {intake.JSON, "[" + strings.Join(list, ",") + "]"},
		"JSON in Chinese":   {intake.JSON, "[" + strings.Join(spoken, ",") + "]"},
		"NDJSON in Chinese": {intake.NDJSON, strings.Join(spoken, "\n")},
		"NDJSON":            {intake.NDJSON, strings.Join(list, "\n")},
		"CSV":               {intake.CSV, "indicator,period,value,missing,provisional,note\n" + strings.Join(english, "\n")},
		"CSV in Chinese":    {intake.CSV, "指标代码,报告期,实绩,缺失标记,初步数,缺失原因\n" + strings.Join(chinese, "\n")},
		"CSV as Excel has":  {intake.CSV, "indicator,period,value,missing,provisional,note\n" + strings.NewReplacer("true", "TRUE", "false", "FALSE").Replace(strings.Join(english, "\n"))},
		"a workbook":        {intake.Workbook, book([]any{"指标代码", "报告期", "实绩", "缺失标记", "是否初步数", "备注"}, func(s string) any { return zh[s] })},
		"a workbook with TRUE and FALSE": {intake.Workbook, book([]any{"indicator", "period", "value", "missing", "provisional", "note"}, func(s string) any {
			if s == "true" || s == "false" {
				return s == "true"
			}
			return s
		})},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			got := read[v1.BatchReceipts](a.send("POST", batchPath, c.body, "Content-Type", c.mediaType).want(200))
			if outcomes := outcomesOf(got.Receipts); outcomes != "stored, stored, stored, stored" {
				t.Fatalf("%s: %+v", outcomes, got.Receipts)
			}
			want := []string{"5个", "6个 provisional", "null not_available", "null not_applicable"}
			if all := a.statusesOf(chargingPiles); !slices.Equal(all, want) {
				t.Errorf("%q, want %q", all, want)
			}
			if cautions := got.Receipts[2].Cautions; !slices.Equal(cautions, []string{"figure_missing"}) {
				t.Errorf("the receipt of what is not available has %q", cautions)
			}
		})
	}
}

func TestCellsThatAreNoWordForAMissingFigureAreRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const head = "指标代码,报告期,实绩,缺失标记,初步数,备注\n"
	for row, want := range map[string]string{
		",缺,,x":       "invalid_value /missing",
		",没有,,x":      "invalid_value /missing",
		",N/A,,x":     "invalid_value /missing",
		"5,,初步,":      "invalid_value /provisional",
		"5,,1,":       "invalid_value /provisional",
		"5,不适用,,x":    "invalid_value /value",
		",暂缺,是,x":     "invalid_value /provisional",
		",暂缺,,":       "required_field /note",
		",,是,x":       "required_field /value",
		",暂缺,否,系统检修中": "",
		"5,,否,":       "",
		"5,　,是　,尚未核定": "",
	} {
		t.Run(row, func(t *testing.T) {
			a.t = t
			r := read[v1.BatchReceipts](a.send("POST", batchPath+"?dry_run=true", head+chargingPiles+",2023-03,"+row, "Content-Type", "text/csv").want(200)).Receipts[0]
			got := ""
			if r.Code != nil {
				got = *r.Code + " " + *r.Field
			}
			if got != want {
				t.Errorf("%q, want %q: %+v", got, want, r)
			}
		})
	}
	t.Run("a file of reports without figures needs no column for values", func(t *testing.T) {
		a.t = t
		body := "指标代码,报告期,缺失标记,缺失原因\n" + chargingPiles + ",2023-03,暂缺,系统检修\n" + chargingPiles + ",2023-04,,\n"
		got := read[v1.BatchReceipts](a.send("POST", batchPath, body, "Content-Type", "text/csv").want(200)).Receipts
		if got[0].Outcome != "stored" || got[1].Outcome != "refused" || *got[1].Field != "/value" {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheTemplateTakesWhatIsMissingAndIsUnchangedAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post(reportPath, pilesOf("2023-07", `"value":20,"provisional":true`)).want(201)
	a.post(reportPath, pilesOf("2023-08", `"missing":"not_available","note":"x"`)).want(201)
	rows := a.sheetOf("市工信局", "")
	at := func(head string) int { return slices.Index(rows[0], head) }
	if said := rows[1]; said[at("上次报告期")] != "2023-07" || said[at("上次实绩")] != "20个（初步数）" {
		t.Errorf("last reported: %q", said)
	}
	b := sent{t, excelize.NewFile()}
	for i, row := range rows {
		cells := make([]any, max(len(row), len(rows[0])))
		for c, text := range row {
			cells[c] = text
		}
		switch i {
		case 1:
			cells[at("缺失标记")], cells[at("备注")] = "暂缺", "系统检修"
		case 2:
			cells[at("实绩")], cells[at("是否初步数")] = "1000", "是"
		}
		b.set("Sheet1", fmt.Sprint("A", i+1), cells...)
	}
	body := b.text()
	for _, want := range []string{"stored, stored", "unchanged, unchanged"} {
		if got := outcomesOf(a.postBook(body, "").Receipts); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := a.statusesOf(chargingPiles); got[len(got)-1] != "null not_available" {
		t.Errorf("%q", got)
	}
}

func TestARequestWithoutFigureIsAnsweredAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	body := pilesOf("2023-03", `"missing":"not_applicable","note":"x"`)
	_, token := a.key(access.Reporter, "市工信局")
	send := func() answer {
		return a.send("POST", reportPath, body, "Content-Type", "application/json", "Authorization", "Bearer "+token, "Idempotency-Key", "k-1")
	}
	first := send().want(201)
	a.post(reportPath, pilesOf("2023-04", `"value":5`)).want(201)
	if again := send().want(201); string(again.body) != string(first.body) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("%s\n%s", first.body, again.body)
	}
}
