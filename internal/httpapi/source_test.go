package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// nightly is a batch of one row as a system sends it every night.
func nightly(value int, source string) string {
	return fmt.Sprintf(`[{"indicator":"donghe-2023-1-1","period":"2023-08","value":%d,"source_id":"%s"}]`, value, source)
}

func TestWhatAPersonPutRightIsNotUndoneByTheNightlyTransfer(t *testing.T) {
	const byHand = `{"indicator":"donghe-2023-1-1","period":"2023-08","value":%d}`
	for name, c := range map[string]struct {
		first    []int // what the system sends one after another
		by       func(a *api, token, id string)
		again    int
		want     string
		actualIs string
	}{
		"taken back": {[]int{10}, func(a *api, _, id string) { a.takeBack(id) }, 10, "superseded", ""},
		"taken back and reported by hand": {[]int{10}, func(a *api, token, id string) {
			a.takeBack(id)
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 10, "superseded", "4"},
		"corrected by hand": {[]int{10}, func(a *api, token, _ string) { a.as(token, fmt.Sprintf(byHand, 4)).want(201) }, 10, "superseded", "4"},
		"corrected after the system corrected itself": {[]int{10, 11}, func(a *api, token, _ string) {
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 10, "superseded", "4"},
		"corrected by hand, and that taken back": {[]int{10}, func(a *api, token, _ string) {
			a.takeBack(read[v1.MeasurementReceipt](a.as(token, fmt.Sprintf(byHand, 4)).want(201)).Measurement.ID)
		}, 10, "superseded", ""},
		"a new figure of the system": {[]int{10}, func(a *api, token, id string) {
			a.takeBack(id)
			a.as(token, fmt.Sprintf(byHand, 4)).want(201)
		}, 12, "revised", "12"},
		"the system goes back to what it said": {[]int{10, 11}, func(*api, string, string) {}, 10, "revised", "10"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			lead, _, _ := a.reporters()
			a.token, lead = lead, a.token
			admin := lead
			var id string
			for _, value := range c.first {
				id = *read[v1.BatchReceipts](a.post(batchPath, nightly(value, "n4")).want(200)).Receipts[0].ID
			}
			c.by(a, a.token, id)
			for range 2 {
				got := read[v1.BatchReceipts](a.post(batchPath, nightly(c.again, "n4")).want(200)).Receipts[0]
				if got.Outcome != c.want {
					t.Errorf("%s, want %s", got.Outcome, c.want)
				}
				if (got.Outcome == "superseded") != (got.Detail != nil) || got.Code != nil && (*got.Code == "retracted") != (c.actualIs == "") {
					t.Errorf("the receipt does not say what stands: %+v", got)
				}
				if c.want == "revised" {
					c.want = "unchanged"
				}
			}
			a.token = admin
			p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-08-31").want(200))
			if got := p.Actual; (got == nil) != (c.actualIs == "") || got != nil && string(got.Value) != c.actualIs {
				t.Errorf("counts %+v, want %q", got, c.actualIs)
			}
		})
	}
}

func (a *api) takeBack(id string) {
	a.t.Helper()
	a.send("DELETE", reportPath+"/"+id+"?reason=x", "").want(200)
}

func TestAgenciesCountTheirReportsEachForItself(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	row := func(period string, value int) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"%s","value":%d,"source_id":"1"}`, period, value)
	}
	first := read[v1.MeasurementReceipt](a.as(lead, row("2023-01", 5)).want(201)).Measurement
	a.as(part, row("2023-02", 7)).want(201) // not the lead's 1
	p := a.as(part, row("2023-01", 5)).wantProblem(409, "source_id_taken", "/source_id")
	if strings.Contains(p.Detail, first.ID+"；") {
		t.Errorf("names the measurement of another agency: %s", p.Detail)
	}
	a.as(part, strings.Replace(row("2023-01", 5), `"1"}`, `"2"}`, 1)).wantProblem(409, "reported_by_another", "/replaces")
	_, rotated := a.key("reporter", "市工信局")
	for _, c := range []struct{ token, body, outcome string }{
		{rotated, row("2023-01", 5), "unchanged"}, {part, row("2023-02", 7), "unchanged"}, {lead, row("2023-01", 6), "revised"},
	} {
		if got := read[v1.MeasurementReceipt](a.as(c.token, c.body)); got.Outcome != c.outcome {
			t.Errorf("%s: %s, want %s", c.body, got.Outcome, c.outcome)
		}
	}
	if got := read[v1.BatchReceipts](a.post(batchPath, `[`+strings.Replace(row("2023-01", 5), "}", `,"agency":"市工信局"}`, 1)+`,`+row("2023-03", 1)+`]`).want(200)); outcomesOf(got.Receipts) != "revised, stored" {
		t.Error(outcomesOf(got.Receipts)) // the office for an agency, and for nobody
	}
}

func TestATotalOfTheSameDayIsNotStoredBesideAnother(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	total := func(period string, value int) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"%s","basis":"total","value":%d}`, period, value)
	}
	first := read[v1.MeasurementReceipt](a.as(lead, total("2023-03", 30)).want(201)).Measurement.ID
	for token, periods := range map[string][]string{lead: {"2023-Q1", "2023-03-31"}, part: {"2023-Q1", "2023-03-31"}} {
		for _, period := range periods {
			p := a.as(token, total(period, 50)).wantProblem(409, "period_overlap", "/period")
			if p.Measurement == nil || *p.Measurement != first || !strings.Contains(p.Detail, "2023-03") {
				t.Errorf("%s: does not name the measurement that stands: %+v", period, p)
			}
		}
	}
	a.as(lead, total("2023-Q2", 50)).want(201)
	a.takeBack(first)
	a.as(lead, total("2023-Q1", 40)).want(201)
	a.as(part, total("2023-Q1", 41)).wantProblem(409, "reported_by_another", "/replaces")
}

func TestABatchThatGoesOnKnowsItsRowsByWhatTheyStored(t *testing.T) {
	a := withErp(t)
	head := `[{"external_code":"A-17","external_namespace":"erp","period":"2023-08","value":10}`
	key := []string{"Content-Type", "application/json", "Idempotency-Key", "k"}
	a.send("POST", batchPath, head+",", key...).wantProblem(400, "malformed_request", "")
	a.mapCodes("erp", "指标代码,外部代码\ndonghe-2023-1-2,A-17\ndonghe-2023-1-1,A-18\n").want(200)
	whole := head + `,{"indicator":"donghe-2023-1-1","period":"2023-08","value":99},{"indicator":"donghe-2023-1-2","period":"2023-08","value":31000}]`
	got := read[v1.BatchReceipts](a.send("POST", batchPath, whole, key...).want(200))
	if text := outcomesOf(got.Receipts); text != "stored, refused duplicate_in_batch/period, stored" {
		t.Error(text)
	}
}

func TestAQuoteThatIsNotClosedEndsTheBatch(t *testing.T) {
	body := "indicator,period,value,note\ndonghe-2023-1-1,2023-01,1,\ndonghe-2023-1-1,2023-02,2,\"open\ndonghe-2023-1-1,2023-03,3,\ndonghe-2023-1-1,2023-04,4,\n"
	for mode, stored := range map[string]int{"partial": 1, "atomic": 0} {
		a := newAPI(t)
		a.seed()
		resp := a.send("POST", batchPath+"?mode="+mode, body, "Content-Type", intake.CSV)
		p := resp.wantProblem(400, "malformed_request", "")
		if !strings.Contains(p.Detail, "第 3 行") {
			t.Errorf("%s: does not name the line: %s", mode, p.Detail)
		}
		if got := len(read[v1.MeasurementPage](a.get(reportPath).want(200)).Items); got != stored {
			t.Errorf("%s: %d stored, want %d", mode, got, stored)
		}
		if (resp.header.Get("Batch-Id") != "") != (stored > 0) {
			t.Errorf("%s: batch %q", mode, resp.header.Get("Batch-Id"))
		}
	}
	a := newAPI(t)
	a.seed()
	one := strings.Replace(body, `"open`, `"open"x`, 1)
	got := read[v1.BatchReceipts](a.send("POST", batchPath, one, "Content-Type", intake.CSV).want(200))
	if text := outcomesOf(got.Receipts); text != "stored, refused malformed_request, stored, stored" {
		t.Error(text)
	}
}

func TestExternalCodesAreWhatTablesCanCarry(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, code := range []string{`A\u200b`, `\ufeffA`, `A\u200dB`, `'=A`, `\u2060A`} {
		a.patch("donghe-2023-1-1", "1", `{"external_codes":[{"namespace":"erp","code":"`+code+`"}]}`).wantProblem(422, "invalid_value", "/external_codes/0/code")
		a.send("PUT", codesPath+"erp", `[{"indicator":"donghe-2023-1-1","external_code":"`+code+`"}]`, "Content-Type", "application/json").wantProblem(422, "batch_refused", "/0/external_code")
	}
	a.patch("donghe-2023-1-1", "1", `{"external_codes":[{"namespace":"erp","code":"'A-1"},{"namespace":"erp","code":"=2"}]}`).want(200)
	for _, code := range []string{"'A-1", "=2", " 'A-1", "'=2"} {
		got := read[v1.BatchReceipts](a.send("POST", batchPath, "external_code,external_namespace,period,value\n"+code+",erp,2023-08,1\n", "Content-Type", intake.CSV).want(200))
		if got.Receipts[0].Outcome == "refused" {
			t.Errorf("%s: %+v", code, got.Receipts[0])
		}
	}
}

func TestReceiptsOfRefusedRowsNameTheIndicatorOfTheirExternalCode(t *testing.T) {
	a := withErp(t)
	a.mapCodes("other", "indicator,external_code\ndonghe-2023-2-1,B\ndonghe-2023-2-3,D\n").want(200)
	a.patch("donghe-2023-2-3", "2", `{"state":"draft"}`).want(200)
	a.token = a.sender("erp")
	var rows []string
	for _, more := range []string{
		`"period":"2023-03","value":5,"unit":"吨"`, `"period":"2023-13","value":5`, `"period":"2023-03","value":"x"`, `"period":"2023-03"`,
		`"period":"2023-03","value":5,"x":1`, `"period":"2023-03","value":5,"external_namespace":"other"`,
	} {
		rows = append(rows, `{"external_code":"A-17",`+more+`}`)
	}
	rows[5] = strings.Replace(rows[5], "A-17", "B", 1)
	rows = append(rows, `{"external_code":"D","external_namespace":"other","period":"2023-03","value":5}`)
	want := []string{
		"unit_mismatch donghe-2023-1-1", "invalid_period donghe-2023-1-1", "invalid_number donghe-2023-1-1", "required_field donghe-2023-1-1",
		"unknown_field donghe-2023-1-1", "forbidden donghe-2023-2-1", "unknown_indicator null",
	}
	for i, r := range read[v1.BatchReceipts](a.send("POST", batchPath, strings.Join(rows, "\n"), "Content-Type", intake.NDJSON).want(200)).Receipts {
		if got := value(r.Code) + " " + value(r.Indicator); got != want[i] {
			t.Errorf("%s: %s, want %s", rows[i], got, want[i])
		}
	}
}

func TestAReportIsReadAgainWhileItsCodeChanges(t *testing.T) {
	a := withErp(t)
	a.token = a.sender("erp")
	done := make(chan error, 1)
	go func() {
		for i := range 200 {
			if _, err := a.db.MapExternalCodes(t.Context(), "erp", map[string]string{"A-17": fmt.Sprint("donghe-2023-1-", 1+i%2)}, false); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for ended := false; !ended; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			ended = true
		default:
		}
		if r := a.post(reportPath, `{"external_code":"A-17","period":"2023-03","value":5}`); r.status == 412 {
			t.Fatalf("%s", r.body)
		}
	}
}

func TestATableOfExternalCodesIsNotEmptiedByChance(t *testing.T) {
	a := withErp(t)
	for body, kind := range map[string]string{"指标代码,外部代码\n": intake.CSV, "[]": intake.JSON} {
		a.send("PUT", codesPath+"erp", body, "Content-Type", kind).wantProblem(422, "empty_batch", "")
	}
	if got := a.externalCodes("donghe-2023-1-1"); got != "erp/A-17" {
		t.Errorf("now %q", got)
	}
	if got := read[v1.ExternalCodesMapped](a.send("PUT", codesPath+"erp&allow_empty=true", "[]", "Content-Type", intake.JSON).want(200)); got.Removed != 2 {
		t.Errorf("%+v", got)
	}
	a.mapCodes("erp", "指标代码,联系人,外部代码\ndonghe-2023-1-1,张三,A-17\n").wantProblem(400, "unknown_field", "")
	a.mapCodes("erp&ignore_columns=%E8%81%94%E7%B3%BB%E4%BA%BA", "指标代码,联系人,外部代码\ndonghe-2023-1-1,张三,A-17\n").want(200)
	p := a.send("PUT", codesPath+"erp", "indicator,external_code\n,A\ndonghe-2023-1-1,\n", "Content-Type", intake.CSV, "Accept-Language", "en").wantProblem(422, "batch_refused", "/0/indicator")
	if !strings.Contains(p.Detail, "line 2, indicator: ") || !strings.Contains(p.Detail, "line 3, external_code: ") {
		t.Errorf("does not name the columns: %s", p.Detail)
	}
}

func TestARejectedIndicatorKeepsItsCodesAndTakesNoOthers(t *testing.T) {
	a := withErp(t)
	a.mapCodes("erp", "indicator,external_code\ndonghe-2023-1-1,A-17\ndonghe-2023-1-1,A-16\n").want(200)
	version := fmt.Sprint(read[v1.Indicator](a.get("/api/v1/indicators/donghe-2023-1-1").want(200)).Version)
	a.patch("donghe-2023-1-1", version, `{"state":"rejected"}`).want(200)
	a.mapCodes("erp", "indicator,external_code\ndonghe-2023-1-1,A-17\n").want(200) // one of two
	if got := a.externalCodes("donghe-2023-1-1"); got != "erp/A-17" {
		t.Errorf("left with %s", got)
	}
	a.mapCodes("erp", "indicator,external_code\ndonghe-2023-1-1,A-17\ndonghe-2023-1-1,A-15\n").wantProblem(422, "batch_refused", "/1/indicator")
	version = fmt.Sprint(read[v1.Indicator](a.get("/api/v1/indicators/donghe-2023-1-1").want(200)).Version)
	a.patch("donghe-2023-1-1", version, `{"external_codes":[{"namespace":"erp","code":"A-15"}]}`).wantProblem(409, "indicator_not_confirmed", "/external_codes")
}

func TestTablesMappedAtOnceCountWhatEachChanged(t *testing.T) {
	a := withErp(t)
	added := make(chan int, 6)
	for range cap(added) {
		go func() {
			answer := a.mapCodes("new", "indicator,external_code\ndonghe-2023-1-1,B-1\ndonghe-2023-1-2,B-2\n")
			got := v1.ExternalCodesMapped{}
			if answer.status == 200 {
				got = read[v1.ExternalCodesMapped](answer)
			}
			added <- got.Added
		}()
	}
	sum := 0
	for range cap(added) {
		sum += <-added
	}
	if sum != 2 {
		t.Errorf("%d were added in all, want 2", sum)
	}
}

func TestABodyWithoutARowIsRefused(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for body, kind := range map[string]string{"[]": intake.JSON, "\n": intake.NDJSON, "indicator,period,value\n,,\n": intake.CSV} {
		for _, mode := range []string{"partial", "atomic", "partial&dry_run=true"} {
			if resp := a.send("POST", batchPath+"?mode="+mode, body, "Content-Type", kind); resp.header.Get("Batch-Id") != "" {
				t.Errorf("%q leaves a batch", body)
			} else {
				resp.wantProblem(422, "empty_batch", "")
			}
		}
	}
}
