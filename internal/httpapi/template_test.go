package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// filledIn is the first row of a template with cells changed, as a workbook and as CSV.
func filledIn(t *testing.T, rows [][]string, changes map[string]string) map[string]string {
	t.Helper()
	row := append(slices.Clone(rows[1]), make([]string, len(rows[0]))...)[:len(rows[0])]
	for head, text := range changes {
		row[slices.Index(rows[0], head)] = text
	}
	var asCSV bytes.Buffer
	if err := csv.NewWriter(&asCSV).WriteAll([][]string{rows[0], row}); err != nil {
		t.Fatal(err)
	}
	b := sent{t, excelize.NewFile()}
	for i, texts := range [][]string{rows[0], row} {
		cells := make([]any, len(texts))
		for j, text := range texts {
			cells[j] = text
		}
		b.set("Sheet1", []string{"A1", "A2"}[i], cells...)
	}
	return map[string]string{intake.Workbook: b.text(), intake.CSV: asCSV.String()}
}

func TestARowOfATemplateWhosePeriodWasChangedIsAReportOfItsOwn(t *testing.T) {
	for _, mediaType := range []string{intake.Workbook, intake.CSV} {
		t.Run(mediaType, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			a.post(reportPath, `{"indicator":"donghe-2023-1-1","period":"2023-06","value":223}`).want(201)
			rows := a.sheetOf("市工信局", "?on=2023-09-10")
			send := func(changes map[string]string) v1.RowReceipt {
				t.Helper()
				resp := a.send("POST", batchPath, filledIn(t, rows, changes)[mediaType], "Content-Type", mediaType)
				return read[v1.BatchReceipts](resp.want(200)).Receipts[0]
			}
			july := map[string]string{"报告期": "2023-07", "实绩": "7"}
			total := map[string]string{"口径": "累计", "实绩": "80"}
			asItWas := map[string]string{"实绩": "8"}
			byDefault := map[string]string{"报告期": "2023-05", "口径": "", "实绩": "5"}
			for _, changes := range []map[string]string{july, total, asItWas, byDefault} {
				for _, want := range []string{"stored", "unchanged"} {
					if got := send(changes); got.Outcome != want {
						t.Errorf("%v: %s %v, want %s", changes, got.Outcome, value(got.Detail), want)
					}
				}
			}
			july["实绩"] = "9"
			if got := send(july); got.Outcome != "revised" {
				t.Errorf("another value is %s", got.Outcome)
			}
			var sources []string
			for _, m := range read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-2023-1-1/measurements").want(200)).Items[1:] {
				sources = append(sources, strings.TrimPrefix(m.SourceID, "template:"+a.agencyOf("东河市", "市工信局").ID+"/donghe-2023-1-1/"))
			}
			want := []string{"2023-07/increment", "2023-08/total", "2023-08/increment", "2023-05/", "2023-07/increment"}
			if !slices.Equal(sources, want) {
				t.Errorf("stored under %q, want %q", sources, want)
			}
		})
	}
}

// TestATemplateIsTheSameSourceWhateverItsAgencyIsCalled hands out a template before and after
// the agency is renamed, and posts one as it was handed out before ids stood in it.
func TestATemplateIsTheSameSourceWhateverItsAgencyIsCalled(t *testing.T) {
	a := newAPI(t)
	a.seed()
	send := func(rows [][]string, value string) string {
		t.Helper()
		body := filledIn(t, rows, map[string]string{"实绩": value})[intake.CSV]
		return read[v1.BatchReceipts](a.send("POST", batchPath, body, "Content-Type", intake.CSV).want(200)).Receipts[0].Outcome
	}
	before := a.sheetOf("市工信局", "?on=2023-09-10")
	old := make([][]string, len(before))
	for i, row := range before {
		for _, cell := range row {
			old[i] = append(old[i], strings.Replace(cell, "template:"+a.agencyOf("东河市", "市工信局").ID+"/", "template:市工信局/", 1))
		}
	}
	a.toAgency("东河市", "市工信局", "rename", `{"name":"市产业局"}`).want(200)
	after := a.sheetOf("市产业局", "?on=2023-09-10")
	source := slices.Index(before[0], "来源编号")
	if after[1][source] != before[1][source] {
		t.Errorf("%s becomes %s", before[1][source], after[1][source])
	}
	var got []string
	for _, sent := range [][][]string{old, old, before, after} {
		got = append(got, send(sent, "8"))
	}
	if want := []string{"stored", "unchanged", "revised", "unchanged"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
