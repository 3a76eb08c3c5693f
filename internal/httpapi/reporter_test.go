package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/intake"
)

const reportPath = "/api/v1/measurements"

// as sends a report with a key.
func (a *api) as(token, body string) answer {
	a.t.Helper()
	return a.send("POST", reportPath, body, "Content-Type", "application/json", "Authorization", "Bearer "+token)
}

// reporters are keys of the agency that leads, of one that takes part, and of both.
func (a *api) reporters() (lead, part, both string) {
	_, lead = a.key(access.Reporter, "市工信局")
	_, part = a.key(access.Reporter, "市交通局")
	_, both = a.key(access.Reporter, "市交通局", "市工信局")
	return lead, part, both
}

const (
	piles120 = `{"indicator":"donghe-2023-1-1","period":"2023-08","value":120,"source_id":"gxj-8"`
	piles15  = `{"indicator":"donghe-2023-1-1","period":"2023-08","value":15,"source_id":"jtj-8"`
)

func TestNoAgencyReplacesAnothersFigureByChance(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	actual := func() any {
		p := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-08-31").want(200))
		if p.Actual == nil {
			return nil
		}
		return string(p.Actual.Value)
	}
	first := read[v1.MeasurementReceipt](a.as(lead, piles120+"}").want(201)).Measurement
	if by := first.ReportedBy; by == nil || *by.Agency != "市工信局" || by.KeyName == "" || by.Key != nil {
		t.Errorf("reported by %+v", by)
	}
	refused := a.as(part, piles15+"}")
	refused.wantProblem(409, "reported_by_another", "/replaces")
	if body := string(refused.body); !strings.Contains(body, "市工信局") || !strings.Contains(body, first.ID) {
		t.Errorf("names neither agency nor measurement: %s", body)
	}
	a.post(reportPath, piles15+"}").wantProblem(409, "reported_by_another", "/replaces") // nor does an office
	a.as(part, piles15+`,"replaces":"999"}`).wantProblem(409, "superseded", "/replaces")
	a.as(part, piles15+`,"replaces":"x"}`).wantProblem(422, "invalid_value", "/replaces")
	if got := actual(); got != "120" {
		t.Errorf("counts %v", got)
	}
	second := read[v1.MeasurementReceipt](a.as(part, piles15+`,"replaces":"`+first.ID+`"}`).want(201))
	if second.Outcome != "revised" || *second.Measurement.ReportedBy.Agency != "市交通局" || actual() != "15" {
		t.Errorf("meant: %+v, counts %v", second, actual())
	}

	t.Run("what was replaced does not come back by itself", func(t *testing.T) {
		a.t = t
		again := read[v1.MeasurementReceipt](a.as(lead, piles120+"}").want(200))
		if again.Outcome != "superseded" || again.Measurement.ID != second.Measurement.ID || actual() != "15" {
			t.Errorf("%+v, counts %v", again, actual())
		}
		a.as(lead, strings.Replace(piles120, "120", "121", 1)+"}").wantProblem(409, "reported_by_another", "/replaces")
	})
	t.Run("nor after what replaced it is taken back, unless that is meant", func(t *testing.T) {
		a.t = t
		gone := read[v1.MeasurementReceipt](a.send("DELETE", reportPath+"/"+second.Measurement.ID+"?reason=%E8%AF%AF%E6%8A%A5&agency="+url.QueryEscape("市交通局"), "", "Authorization", "Bearer "+lead).want(200))
		if by := gone.Measurement.ReportedBy; by == nil || *by.Agency != "市工信局" {
			t.Errorf("taken back by %+v", by)
		}
		again := read[v1.MeasurementReceipt](a.as(part, piles15+"}").want(200))
		if again.Outcome != "superseded" || again.Measurement.ID != gone.Measurement.ID || again.Progress.Status != "no_data" {
			t.Errorf("%+v", again)
		}
		if again.Stands || again.Detail == nil || !strings.Contains(*again.Detail, gone.Measurement.ID) {
			t.Errorf("does not say that nothing stands: %+v, %v", again, again.Detail)
		}
		// nobody took back what the lead reported
		back := read[v1.MeasurementReceipt](a.as(lead, piles120+"}").want(201))
		if back.Outcome != "revised" || actual() != "120" {
			t.Errorf("%+v, counts %v", back, actual())
		}
		again = read[v1.MeasurementReceipt](a.as(lead, piles120+"}").want(200))
		if again.Outcome != "unchanged" || !again.Stands || again.Detail != nil {
			t.Errorf("stands and is %s", again.Outcome)
		}
	})
	t.Run("admins see the key, the feed and the history who reported", func(t *testing.T) {
		a.t = t
		for _, path := range []string{reportPath, "/api/v1/indicators/donghe-2023-1-1/measurements"} {
			var agencies []string
			for _, m := range read[v1.MeasurementPage](a.get(path).want(200)).Items {
				if m.ReportedBy.Key == nil || *m.ReportedBy.Key == "" {
					t.Errorf("%s: no key of %+v", path, m)
				}
				agencies = append(agencies, *m.ReportedBy.Agency)
			}
			if want := []string{"市工信局", "市交通局", "市工信局", "市工信局"}; !slices.Equal(agencies, want) {
				t.Errorf("%s: %v, want %v", path, agencies, want)
			}
		}
		other := read[v1.MeasurementPage](a.send("GET", reportPath, "", "Authorization", "Bearer "+part).want(200))
		if other.Items[0].ReportedBy.Key != nil {
			t.Errorf("a reporter sees the id of a key: %+v", other.Items[0])
		}
	})
}

func TestATotalTakesInAnothersIncrementsOnlyWhenThatIsMeant(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	total := func(period string, value int) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"%s","value":%d,"basis":"total"`, period, value)
	}
	a.as(lead, `{"indicator":"donghe-2023-1-1","period":"2023-06","value":50}`).want(201)
	july := read[v1.MeasurementReceipt](a.as(lead, `{"indicator":"donghe-2023-1-1","period":"2023-07","value":60}`).want(201)).Measurement.ID
	a.as(lead, total("2023-05", 30)+"}").want(201)
	a.as(part, total("2023-04", 10)+"}").want(201) // no increment is in it
	a.as(part, total("2023-08", 15)+"}").wantProblem(409, "reported_by_another", "/replaces")
	a.as(part, total("2023-08", 15)+`,"replaces":"`+july+`"}`).want(201)
	a.as(part, total("2023-09", 16)+"}").want(201) // what it takes in, the one before has taken in
}

func TestAKeyOfSeveralAgenciesReportsForTheOneThatLeads(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, part, both := a.reporters()
	_, others := a.key(access.Reporter, "市农业农村局", "市交通局")
	agencyOf := func(token, month, more string) string {
		return *read[v1.MeasurementReceipt](a.as(token, `{"indicator":"donghe-2023-1-1","period":"`+month+`","value":1`+more+`}`).want(201)).Measurement.ReportedBy.Agency
	}
	for _, c := range []struct{ token, month, more, want string }{
		{both, "2023-01", "", "市工信局"},
		{both, "2023-02", `,"agency":"市交通局"`, "市交通局"},
		{others, "2023-03", "", "市交通局"},
		{part, "2023-04", `,"agency":"市交通局"`, "市交通局"},
		{a.token, "2023-05", `,"agency":"市工信局"`, "市工信局"},
	} {
		if got := agencyOf(c.token, c.month, c.more); got != c.want {
			t.Errorf("%s: for %s, want %s", c.month, got, c.want)
		}
	}
	a.as(part, `{"indicator":"donghe-2023-1-1","period":"2023-06","value":1,"agency":"市工信局"}`).wantProblem(422, "invalid_value", "/agency")
	a.post(reportPath, `{"indicator":"donghe-2023-1-1","period":"2023-06","value":1,"agency":"市农业农村局"}`).wantProblem(422, "invalid_value", "/agency")

	made := read[v1.Indicator](a.post("/api/v1/indicators", `{"plan":"donghe-2023","task":"1","name":"充电站数","kind":"increment","target":{"comparator":"eq","value":9,"unit":"座"},
		"lead_agencies":["市工信局","市交通局"],"participating_agencies":[]}`).want(201)).Code
	row := `{"indicator":"` + made + `","period":"2023-06","value":1`
	needed := a.as(both, row+"}")
	needed.wantProblem(422, "required_field", "/agency")
	if !strings.Contains(string(needed.body), "市交通局") {
		t.Errorf("does not say which: %s", needed.body)
	}
	a.as(both, row+`,"agency":"市交通局"}`).want(201)
}

func TestABatchReportsAPeriodOnce(t *testing.T) {
	const row = `{"indicator":"donghe-2023-1-1","period":"2023-08","value":%d,"source_id":"%s"}`
	for _, mode := range []string{"partial", "atomic"} {
		t.Run(mode, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			plain := `{"indicator":"donghe-2023-1-1","period":"2023-08","value":1}`
			body := "[" + fmt.Sprintf(row, 1, "a") + "," + plain + "," + fmt.Sprintf(row, 2, "c") + "," + fmt.Sprintf(row, 2, "a") + "]"
			want := "stored, unchanged, refused duplicate_in_batch/period, refused duplicate_in_batch/period"
			resp := a.post(batchPath+"?mode="+mode, body)
			if mode == "atomic" {
				resp.wantProblem(422, "batch_refused", "/2/period")
				page := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + resp.header.Get("Batch-Id") + "/receipts").want(200))
				if got := outcomesOf(page.Items); !strings.HasPrefix(got, "not_stored, not_stored, refused") || page.Items[1].ID != nil {
					t.Errorf("%s; the second names %v", got, page.Items[1].ID)
				}
				tried := read[v1.BatchReceipts](a.post(batchPath+"?dry_run=true", body).want(200)).Receipts
				if tried[1].Outcome != "unchanged" || tried[1].ID != nil {
					t.Errorf("of a dry run %+v", tried[1])
				}
				return
			}
			for range 2 { // sent again, the same rows have the same fate
				if got := outcomesOf(read[v1.BatchReceipts](resp.want(200)).Receipts); got != want {
					t.Errorf("%s, want %s", got, want)
				}
				resp = a.post(batchPath, body)
				want = strings.Replace(want, "stored", "unchanged", 1)
			}
		})
	}
	t.Run("and what is superseded does not count", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		a.post(batchPath, "["+fmt.Sprintf(row, 1, "e1")+"]").want(200)
		a.post(batchPath, "["+fmt.Sprintf(row, 2, "e2")+"]").want(200)
		got := outcomesOf(read[v1.BatchReceipts](a.post(batchPath, "["+fmt.Sprintf(row, 1, "e1")+","+fmt.Sprintf(row, 3, "e2")+"]").want(200)).Receipts)
		if got != "superseded, revised" {
			t.Error(got)
		}
	})
	t.Run("as CSV, and after a break under its key", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		header := []string{"Content-Type", "text/csv", "Idempotency-Key", "k"}
		csv := "指标代码,报告期,实绩,报送单位,取代实绩\ndonghe-2023-1-1,2023-08,1,市工信局,\ndonghe-2023-1-1,2023-08,2,市工信局,\n"
		first := read[v1.BatchReceipts](a.send("POST", batchPath, csv, header...).want(200))
		if got := outcomesOf(first.Receipts); got != "stored, refused duplicate_in_batch/period" {
			t.Error(got)
		}
		next := fmt.Sprintf("指标代码,报告期,实绩,报送单位,取代实绩\ndonghe-2023-1-1,2023-08,5,市交通局,\ndonghe-2023-1-1,2023-08,6,市交通局,%s\n", *first.Receipts[0].ID)
		got := outcomesOf(read[v1.BatchReceipts](a.send("POST", batchPath, next, "Content-Type", "text/csv").want(200)).Receipts)
		if got != "refused reported_by_another/replaces, revised" {
			t.Error(got)
		}
	})
	t.Run("counts what was superseded", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		a.post(batchPath, "["+fmt.Sprintf(row, 1, "a")+"]").want(200)
		a.post(batchPath, "["+fmt.Sprintf(row, 2, "b")+"]").want(200)
		got := read[v1.BatchReceipts](a.send("POST", batchPath, fmt.Sprintf(row, 1, "a")+"\n", "Content-Type", intake.NDJSON).want(200))
		if outcomesOf(got.Receipts) != "superseded" || *got.Receipts[0].ID != "2" || got.Batch.Superseded != 1 || got.Batch.Unchanged != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatWasTakenBackDoesNotComeBackByOtherWays(t *testing.T) {
	a := newAPI(t)
	a.seed()
	lead, part, _ := a.reporters()
	outcome := func(token, body string, status int) v1.MeasurementReceipt {
		return read[v1.MeasurementReceipt](a.as(token, body).want(status))
	}
	takeBack := func(id string) { a.send("DELETE", reportPath+"/"+id+"?reason=x", "").want(200) }
	row := func(period string, value int, source, more string) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"%s","value":%d,"basis":"total","source_id":"%s"%s}`, period, value, source, more)
	}
	t.Run("with what it once replaced", func(t *testing.T) {
		a.t = t
		june := outcome(lead, `{"indicator":"donghe-2023-1-1","period":"2023-06","value":60}`, 201).Measurement.ID
		body := row("2023-07", 70, "dt", `,"replaces":"`+june+`"`)
		takeBack(outcome(part, body, 201).Measurement.ID)
		if again := outcome(part, body, 200); again.Outcome != "superseded" {
			t.Errorf("%+v", again)
		}
	})
	t.Run("under a source_id that has moved since", func(t *testing.T) {
		a.t = t
		takeBack(outcome(lead, row("2023-01", 1, "x4", ""), 201).Measurement.ID)
		takeBack(outcome(lead, row("2023-02", 1, "x4", ""), 201).Measurement.ID)
		for _, period := range []string{"2023-01", "2023-02"} {
			if again := outcome(lead, row(period, 1, "x4", ""), 200); again.Outcome != "superseded" {
				t.Errorf("%s: %+v", period, again)
			}
		}
	})
	t.Run("as what was said before, nor in another unit", func(t *testing.T) {
		a.t = t
		outcome(lead, row("2023-03", 10000, "x3", ""), 201)
		takeBack(outcome(lead, row("2023-03", 2, "x3", ""), 201).Measurement.ID)
		for _, body := range []string{row("2023-03", 10000, "x3", ""), row("2023-03", 1, "x3", `,"unit":"万个"`)} {
			if again := outcome(lead, body, 200); again.Outcome != "superseded" {
				t.Errorf("%s: %+v", body, again)
			}
		}
	})
	t.Run("with another note", func(t *testing.T) {
		a.t = t
		first := outcome(lead, row("2023-04", 10, "o1", `,"note":"first"`), 201).Measurement.ID
		a.post(reportPath, row("2023-04", 12, "office", `,"replaces":"`+first+`"`)).want(201)
		if again := outcome(lead, row("2023-04", 10, "o1", `,"note":"exported again"`), 200); again.Outcome != "superseded" {
			t.Errorf("%+v", again)
		}
		a.as(part, row("2023-04", 99, "j", "")).wantProblem(409, "reported_by_another", "/replaces") // an office corrected it
	})
}
