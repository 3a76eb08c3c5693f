package httpapi_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// says fails the test unless a problem in each language holds the words.
func (a *api) says(path, mediaType, body string, status int, code, field, zh, en string) {
	a.t.Helper()
	for lang, words := range map[string]string{"zh": zh, "en": en} {
		p := a.send("POST", path, body, "Content-Type", mediaType, "Accept-Language", lang).wantProblem(status, code, field)
		if !strings.Contains(p.Detail, words) {
			a.t.Errorf("%s: says %q, not %q", body[:min(len(body), 80)], p.Detail, words)
		}
	}
}

func TestABasisIsReadInChinese(t *testing.T) {
	a := newAPI(t)
	a.seed()
	row := func(period, basis string) string {
		return `{"indicator":"donghe-2023-1-1","period":"` + period + `","value":1,"basis":"` + basis + `"}`
	}
	for period, c := range map[string][2]string{"2023-01": {"本期", "increment"}, "2023-02": {"累计", "total"}, "2023-03": {"total", "total"}} {
		if got := read[v1.MeasurementReceipt](a.post(reportPath, row(period, c[0])).want(201)); got.Measurement.Basis != c[1] {
			t.Errorf("%s is %s", c[0], got.Measurement.Basis)
		}
	}
	a.says(reportPath, intake.JSON, row("2023-04", "当月"), 422, "invalid_value", "/basis", "本期（increment）或 累计（total）", "increment (本期) or total (累计)")
	csv := "指标代码,报告期,实绩,口径\ndonghe-2023-1-1,2023-04,1,当月\n"
	a.says(batchPath+"?mode=atomic", intake.CSV, csv, 422, "batch_refused", "/0/basis", "本期（increment）或 累计（total）", "increment (本期) or total (累计)")
}

func TestAWrongTypeSaysWhatIsExpected(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, c := range []struct{ body, field, zh, en string }{
		{`{"indicator":"donghe-2023-1-1","period":2023,"value":1}`, "/period", `带引号的文本，如 "2023-09"`, `a string in quotes is expected, such as "2023-09"`},
		{`{"indicator":"donghe-2023-1-1","period":"2023-08","value":1,"note":1}`, "/note", "带引号的文本", "a string in quotes"},
		{`{"indicator":"donghe-2023-1-1","period":"2023-08","value":1,"agency":["a"]}`, "/agency", "带引号的文本", "a string in quotes is expected"},
		{`{"indicator":"donghe-2023-1-1","period":"2023-08","value":1,"provisional":"true"}`, "/provisional", "true 或 false", "true or false"},
		{`{"indicator":"donghe-2023-1-1","period":"2023-08","value":[1]}`, "/value", "数值", "a number"},
		{` [{"indicator":"donghe-2023-1-1","period":"2023-08","value":1}]`, "", "/api/v1/measurements/batch", "/api/v1/measurements/batch"},
		{`"a"`, "", "JSON 对象", "a JSON object"},
	} {
		a.says(reportPath, intake.JSON, c.body, 400, "wrong_type", c.field, c.zh, c.en)
	}
	a.says("/api/v1/keys", intake.JSON, `{"name":"x","role":"reporter","agencies":"市工信局"}`, 400, "wrong_type", "/agencies", "JSON 数组", "a JSON array")
}

func TestAPeriodInAnotherSpellingIsTold(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for spelled, meant := range map[string]string{
		"2023年9月": "2023-09", "2023-9": "2023-09", "202309": "2023-09", "2023/09": "2023-09", "2023.9": "2023-09", "2023年09月份": "2023-09", "２０２３年９月": "2023-09",
		"2023/9/5": "2023-09-05", "20230905": "2023-09-05", "2023年9月5日": "2023-09-05",
		"2023年第三季度": "2023-Q3", "2023年3季度": "2023-Q3", "2023Q3": "2023-Q3", "2023-q3": "2023-Q3",
		"2023年上半年": "2023-H1", "2023H2": "2023-H2", "2023年第5周": "2023-W05", "2023年": "2023", "2023年度": "2023",
	} {
		body := `{"indicator":"donghe-2023-1-1","period":"` + spelled + `","value":1}`
		a.says(reportPath, intake.JSON, body, 422, "invalid_period", "/period", "是否应为 "+meant+"？", "did you mean "+meant+"?")
	}
	for _, nothing := range []string{"2023-13", "2023年13月", "20231332", "九月", "2023-09-31", "2023-Q5", "9999年", strings.Repeat("2023年", 100)} {
		a.says(reportPath, intake.JSON, `{"indicator":"donghe-2023-1-1","period":"`+nothing+`","value":1}`, 422, "invalid_period", "/period", "应写作 2023-09-15", "write 2023-09-15")
	}
}

func TestATextOfAWorkbookThatIsRefusedHasItsCell(t *testing.T) {
	a := newAPI(t)
	a.seed()
	b := bookOf(t)
	b.set("Sheet1", "A3", "donghe-2023-1-2", "2023年8月", 1)
	b.set("Sheet1", "A4", "donghe-2023-1-2", "2023-08", "约5")
	b.set("Sheet1", "A5", "donghe-2023-1-2", "2023-08", strings.Repeat("9", 60))
	b.set("Sheet1", "A6", "donghe-2023-1-2", "", 1)
	b.set("Sheet1", "A7", "donghe-2023-1-2", "2023-08", 1, "吨")
	b.set("Sheet1", "A8", "no-such", "2023-08", 1)
	for i, r := range a.postBook(b.text(), "").Receipts {
		if cell := []string{"B3", "C4", "C5", "B6", "D7", "A8"}[i]; strings.Count(value(r.Detail), "单元格 "+cell) != 1 {
			t.Errorf("row %d does not name %s once: %s", r.Row, cell, value(r.Detail))
		}
	}
}

func TestABodyThatIsNoCSVIsKnownByHowItBegins(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const csv = "指标代码,报告期,实绩\ndonghe-2023-1-1,2023-08,1\n"
	wide := func(order binary.AppendByteOrder, text string) string {
		var b []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, unit)
		}
		return string(b)
	}
	by := func(sign string) string { return strings.ReplaceAll(csv, ",", sign) }
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
		zh, en string
	}{
		"UTF-16 with a mark":         {wide(binary.LittleEndian, "\ufeff"+by("\t")), 400, "invalid_encoding", "UTF-16", "CSV UTF-8"},
		"of the other order":         {wide(binary.BigEndian, "\ufeff"+csv), 400, "invalid_encoding", "UTF-16", "UTF-16"},
		"without a mark":             {wide(binary.LittleEndian, csv), 400, "invalid_encoding", "UTF-16", "UTF-16"},
		"a workbook":                 {bookOf(t).text(), 415, "unsupported_media_type", intake.Workbook, intake.Workbook},
		"one of the old format":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), 415, "unsupported_media_type", "另存为不加密的 .xlsx", "save it as .xlsx"},
		"columns by tabs":            {by("\t"), 400, "malformed_request", "制表符", "tabs"},
		"in quotes":                  {"\"指标代码\"\t\"报告期\"\t\"实绩\"\n", 400, "malformed_request", "制表符", "tabs"},
		"columns by semicolons":      {"\ufeff" + by(";"), 400, "malformed_request", "分号", "semicolons"},
		"below a title with a comma": {"市工信局,2023\n" + by(";"), 400, "malformed_request", "分号", "semicolons"},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			a.says(batchPath, intake.CSV, c.body, c.status, c.code, "", c.zh, c.en)
			a.send("PUT", codesPath+"erp", c.body, "Content-Type", intake.CSV).wantProblem(c.status, c.code, "")
		})
	}
	a.t = t
	quoted := "指标代码,报告期,实绩,备注\ndonghe-2023-1-1,2023-08,1,\"一;二\t三|四\"\n"
	if got := outcomesOf(read[v1.BatchReceipts](a.send("POST", batchPath, quoted, "Content-Type", intake.CSV).want(200)).Receipts); got != "stored" {
		t.Error(got)
	}
}

func TestASecondRowOfAPeriodNamesTheFirst(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const row = `{"indicator":"donghe-2023-1-1","period":"2023-%02d","value":%d}`
	lines := func(between string, rows ...string) string { return strings.Join(rows, between) }
	first, other, second := fmt.Sprintf(row, 7, 1), fmt.Sprintf(row, 8, 2), fmt.Sprintf(row, 7, 3)
	b := bookOf(t)
	b.set("Sheet1", "A2", "donghe-2023-1-1", "2023-06", 1)
	b.set("二", "A1", "指标代码", "报告期", "实绩")
	b.set("二", "A9", "donghe-2023-1-1", "2023-06", 2)
	for _, c := range []struct{ mediaType, body, zh, en string }{
		{intake.JSON, "[" + lines(",", other, first, second) + "]", "（第 2 行）", "(row 2)"},
		{intake.NDJSON, lines("\n\n", other, first, second), "（文件第 3 行）", "(line 3)"},
		{intake.CSV, "指标代码,报告期,实绩\n\ndonghe-2023-1-1,2023-07,1\ndonghe-2023-1-1,2023-07,3\n", "（文件第 3 行）", "(line 3)"},
		{intake.Workbook, b.text(), "（工作表“Sheet1”第 2 行）", `(line 2 of sheet "Sheet1")`},
	} {
		for lang, words := range map[string]string{"zh": c.zh, "en": c.en} {
			for _, query := range []string{"?dry_run=true", ""} {
				list := read[v1.BatchReceipts](a.send("POST", batchPath+query, c.body, "Content-Type", c.mediaType, "Accept-Language", lang).want(200)).Receipts
				if last := list[len(list)-1]; value(last.Code) != "duplicate_in_batch" || !strings.Contains(value(last.Detail), words) {
					t.Errorf("%s%s: %s %s, not %s", c.mediaType, query, value(last.Code), value(last.Detail), words)
				}
			}
		}
	}
}

func TestABatchThatGoesOnNamesTheRowThatIsStored(t *testing.T) {
	a := newAPI(t)
	a.seed()
	row := func(value int) string {
		return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-07","value":%d}`, value)
	}
	begun := "[" + `{"indicator":"donghe-2023-1-1","period":"2023-06","value":1},` + row(1)
	header := []string{"Content-Type", intake.JSON, "Idempotency-Key", "k"}
	a.send("POST", batchPath, begun+",", header...).wantProblem(400, "malformed_request", "")
	got := read[v1.BatchReceipts](a.send("POST", batchPath, begun+","+row(2)+"]", header...).want(200)).Receipts
	if outcomesOf(got) != "stored, stored, refused duplicate_in_batch/period" || !strings.Contains(value(got[2].Detail), "（第 2 行）") {
		t.Errorf("%s: %s", outcomesOf(got), value(got[2].Detail))
	}
}
