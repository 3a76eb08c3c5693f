package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// sent is a workbook to be sent.
type sent struct {
	t *testing.T
	*excelize.File
}

// bookOf is a workbook whose only sheet has the headings that most have.
func bookOf(t *testing.T) sent {
	t.Helper()
	b := sent{t, excelize.NewFile()}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	b.set("Sheet1", "A1", "指标代码", "报告期", "实绩", "计量单位")
	return b
}

// set fills cells of a row from one on.
func (b sent) set(sheet, at string, cells ...any) {
	b.t.Helper()
	if i, err := b.GetSheetIndex(sheet); err == nil && i < 0 {
		if _, err := b.NewSheet(sheet); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := b.SetSheetRow(sheet, at, &cells); err != nil {
		b.t.Fatal(err)
	}
}

// format gives a cell of the first sheet a number format.
func (b sent) format(at, code string) {
	b.t.Helper()
	id, err := b.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err == nil {
		err = b.SetCellStyle("Sheet1", at, at, id)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b sent) text() string {
	b.t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		b.t.Fatal(err)
	}
	return out.String()
}

// postBook sends a workbook and gives what it was answered.
func (a *api) postBook(body, query string) v1.BatchReceipts {
	a.t.Helper()
	return read[v1.BatchReceipts](a.send("POST", batchPath+query, body, "Content-Type", intake.Workbook).want(200))
}

// valuesOf are the values stored of an indicator.
func (a *api) valuesOf(code string) string {
	a.t.Helper()
	var values []string
	for _, m := range read[v1.MeasurementPage](a.get("/api/v1/indicators/" + code + "/measurements").want(200)).Items {
		values = append(values, string(*m.Value)+m.Unit)
	}
	return strings.Join(values, " ")
}

// inFile is a number as the file spells it.
type inFile string

func TestWorkbooksSayWhatTheyShow(t *testing.T) {
	const share, count = "donghe-2023-2-2", "donghe-2023-1-2"
	for _, c := range []struct {
		name, code string
		value      any
		format     string
		unit       string
		want       string // what is stored, or code and what its words hold
	}{
		{"a percent cell is percent for a target in percent", share, 0.78, "0%", "", "78%"},
		{"and beside the unit %", share, 0.7812, "0.0%", "%", "78.12%"},
		{"and is refused for a count", count, 0.78, "0%", "", "unit_mismatch/value C2"},
		{"and beside another unit", share, 0.78, "0%", "个", "unit_mismatch/value C2"},
		{"a date is no value", count, 45354, "yyyy-mm-dd", "", "wrong_type/value C2"},
		{"nor is one in Chinese", count, 45354, `yyyy"年"m"月"`, "", "wrong_type/value C2"},
		{"a number that is shown in tens of thousands", count, 294400000, `0!.0000`, "", "invalid_number/value C2"},
		{"and with a unit", count, 294400000, `0\.0,"万"`, "", "invalid_number/value C2"},
		{"and in thousands", count, 294400000, `#,##0,`, "", "invalid_number/value C2"},
		{"TRUE is no value", count, true, "General", "", "wrong_type/value C2"},
		{"binary digits do not come through", share, inFile("1.1000000000000001"), "General", "", "1.1%"},
		{"nor those of a sum", share, inFile("0.30000000000000004"), "0.0", "", "0.3%"},
		{"nor those of a percent cell", share, inFile("0.70000000000000007"), "0%", "", "70%"},
		{"a format that rounds does not make a figure better", share, 78.456, "0", "", "78.456%"},
		{"separators are not part of a number", count, 31000, "#,##0", "", "31000个"},
		{"a unit in the format that the row has too", count, 31000, `0"个"`, "个", "31000个"},
		{"and one that it has not", count, 3, `0"万个"`, "个", "unit_mismatch/value C2"},
		{"a number that is hidden", count, 3, `;;;`, "", "invalid_number/value C2"},
		{"a negative number shown without its sign", count, -3, `0;[Red]0`, "", "invalid_number/value C2"},
		{"a text with digits of full width and spaces", count, "　３１，０００.５ ", "@", "", "31000.5个"},
		{"a text whose separators are not certain", count, "3,10", "@", "", "invalid_number/value C2"},
		{"a text in percent", share, "78.5%", "@", "", "78.5%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			b := bookOf(t)
			b.set("Sheet1", "A2", c.code, "2023-08", c.value, c.unit)
			if digits, is := c.value.(inFile); is {
				if err := b.SetCellDefault("Sheet1", "C2", string(digits)); err != nil {
					t.Fatal(err)
				}
			}
			b.format("C2", c.format)
			r := a.postBook(b.text(), "").Receipts[0]
			if r.Outcome == "stored" {
				if got := a.valuesOf(c.code); got != c.want {
					t.Errorf("stored %s, want %s", got, c.want)
				}
				return
			}
			code, cell, _ := strings.Cut(c.want, " ")
			if *r.Code+*r.Field != code || !strings.Contains(*r.Detail, "单元格 "+cell) {
				t.Errorf("%s%s %s, want %s", *r.Code, *r.Field, *r.Detail, c.want)
			}
		})
	}
}

func TestCellsThatHoldNoValueAreRefusedByName(t *testing.T) {
	a := newAPI(t)
	a.seed()
	b := bookOf(t)
	for i, f := range []string{"1+1", "1/0"} {
		b.set("Sheet1", fmt.Sprint("A", i+2), "donghe-2023-1-2", fmt.Sprintf("2023-0%d", i+1))
		if err := b.SetCellFormula("Sheet1", fmt.Sprint("C", i+2), f); err != nil {
			t.Fatal(err)
		}
	}
	body := b.text()
	got := a.postBook(body, "")
	if outcomes := outcomesOf(got.Receipts); outcomes != "refused wrong_type/value, refused wrong_type/value" {
		t.Fatal(outcomes)
	}
	for i, r := range got.Receipts {
		if want := fmt.Sprint("单元格 C", i+2, " 是没有计算结果的公式"); !strings.Contains(*r.Detail, want) || *r.Indicator != "donghe-2023-1-2" {
			t.Errorf("%s: %s", *r.Indicator, *r.Detail)
		}
	}
}

func TestReceiptsSayWhereTheRowStands(t *testing.T) {
	places := func(receipts []v1.RowReceipt) string {
		var list []string
		for _, r := range receipts {
			text, err := json.Marshal([]any{r.Sheet, r.Line, r.Indicator})
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, string(text))
		}
		return strings.Join(list, " ")
	}
	book := func(t *testing.T) string {
		b := bookOf(t)
		b.set("Sheet1", "A13", "donghe-2023-1-2", "2023-01", "x")
		b.set("Sheet1", "A20", nil, "2023-01", 5)
		b.set("二月", "A3", "指标代码", "报告期", "实绩")
		b.set("二月", "A4", "donghe-2023-1-2", "2023-02", 5)
		return b.text()
	}
	const row = `{"indicator":"donghe-2023-1-1","period":"2023-01","value":1}`
	for _, c := range []struct{ name, mediaType, body, where, want string }{
		{"a workbook", intake.Workbook, book(t), "工作表“Sheet1”第 13 行", `["Sheet1",13,"donghe-2023-1-2"] ["Sheet1",20,null] ["二月",4,"donghe-2023-1-2"]`},
		{"a CSV with blank lines", intake.CSV, "指标代码,报告期,实绩\n\n\ndonghe-2023-1-1,2023-01,1\n\nnone,2023-01,2\n", "文件第 6 行", `[null,4,"donghe-2023-1-1"] [null,6,"none"]`},
		{"a CSV with a row of bad quotes", intake.CSV, "指标代码,报告期,实绩\n\ndonghe-2023-1-1,2023-01,\"1\"2\n", "文件第 3 行", `[null,3,null]`},
		{"NDJSON", intake.NDJSON, row + "\n\n" + strings.Replace(row, "1}", `1,"x":2}`, 1) + "\n7\n", "文件第 3 行", `[null,1,"donghe-2023-1-1"] [null,3,"donghe-2023-1-1"] [null,4,null]`},
		{"a JSON array", intake.JSON, "[" + row + ",\n" + strings.Replace(row, "donghe-2023-1-1", "", 1) + "]", "第 2 行", `[null,null,"donghe-2023-1-1"] [null,null,null]`},
		{"a code that is too long for one", intake.CSV, "indicator,period,value\n" + strings.Repeat("码", 300) + ",2023-01,1\n", "文件第 2 行", `[null,2,"` + strings.Repeat("码", 200) + `…"]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			first := read[v1.BatchReceipts](a.send("POST", batchPath, c.body, "Content-Type", c.mediaType).want(200))
			if got := places(first.Receipts); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			page := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + *first.Batch.ID + "/receipts").want(200))
			if got := places(page.Items); got != c.want {
				t.Errorf("read again %s, want %s", got, c.want)
			}
			p := read[v1.Problem](a.send("POST", batchPath+"?mode=atomic", c.body, "Content-Type", c.mediaType))
			if c.where != "" && !strings.Contains(p.Detail, c.where) {
				t.Errorf("all or none: %s", p.Detail)
			}
		})
	}
}

func TestEveryVisibleSheetWithHeadingsIsRead(t *testing.T) {
	a := newAPI(t)
	a.seed()
	b := bookOf(t)
	b.set("Sheet1", "A2", "donghe-2023-1-2", "2023-01", 666)
	b.set("填写说明", "A1", "请逐行填写")
	b.set("一季度", "A1", "市工信局实绩")
	b.set("一季度", "A3", "指标代码", "报告期", "实绩")
	b.set("一季度", "A4", "donghe-2023-1-2", "2023-02", 31000)
	b.set("二季度", "A1", "实绩", "报告期", "指标代码")
	b.set("二季度", "A2", 32000, "2023-03", "donghe-2023-1-2")
	b.set("指标说明", "A1", "指标代码", "指标名称", "口径")
	b.set("指标说明", "A2", "donghe-2023-1-2", "充电桩", "累计")
	b.SetActiveSheet(1)
	if err := b.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	body := b.text()
	post := func(header ...string) answer {
		return a.send("POST", batchPath, body, append([]string{"Content-Type", intake.Workbook, "Idempotency-Key", "q1"}, header...)...).want(200)
	}
	for _, resp := range []answer{post(), post()} { // the second is a replay
		got := read[v1.BatchReceipts](resp)
		if want := []string{"Sheet1", "填写说明", "指标说明"}; !slices.Equal(got.UnreadSheets, want) || outcomesOf(got.Receipts) != "stored, stored" {
			t.Errorf("unread %q, %s", got.UnreadSheets, outcomesOf(got.Receipts))
		}
		if want := "Sheet1, " + url.PathEscape("填写说明") + ", " + url.PathEscape("指标说明"); resp.header.Get("Unread-Sheets") != want {
			t.Errorf("header %q", resp.header.Get("Unread-Sheets"))
		}
	}
	if got := a.valuesOf("donghe-2023-1-2"); got != "31000个 32000个" {
		t.Errorf("stored %s", got)
	}
	t.Run("a sheet of reports whose headings are at fault refuses the workbook", func(t *testing.T) {
		b.set("三季度", "A1", "指标代码", "实绩", "日期")
		a.t = t
		p := a.send("POST", batchPath, b.text(), "Content-Type", intake.Workbook).wantProblem(400, "unknown_field", "")
		if !strings.Contains(p.Detail, "三季度") || !strings.Contains(p.Detail, "日期") {
			t.Error(p.Detail)
		}
	})
}

func TestColumnsWithoutAKnownHeadingAreRefused(t *testing.T) {
	csv := func(head, row string) string {
		return "指标代码,报告期,实绩" + head + "\ndonghe-2023-2-1,2023-08," + row + "\n"
	}
	for _, c := range []struct{ name, body, query, want string }{
		{"a unit under no heading", csv(",,备注", "29440,公顷,x"), "", "400 unknown_field D"},
		{"beyond the last heading", csv("", "29440,公顷"), "", "refused malformed_request"},
		{"under an unknown heading", csv(",面积", "29440,公顷"), "", "400 unknown_field 面积"},
		{"a column that is blank", csv(",,面积,备注", "44,　,,x"), "", "stored"},
		{"a heading to be passed over", csv(",面积", "44,公顷"), "?ignore_columns=" + url.QueryEscape("联系人,面积"), "stored"},
		{"several of them", csv(",面积,联系人", "44,公顷,甲"), "?ignore_columns=" + url.QueryEscape("面积") + "&ignore_columns=" + url.QueryEscape("联系人"), "stored"},
		{"a column to be passed over by its letter", csv(",,备注", "44,公顷,x"), "?ignore_columns=d", "stored"},
		{"and one beyond the headings", csv("", "44,公顷"), "?ignore_columns=D", "stored"},
		{"a known heading to be passed over", csv(",计量单位", "44,尺"), "?ignore_columns=" + url.QueryEscape("计量单位"), "stored"},
		{"one that is needed", csv("", "44"), "?ignore_columns=" + url.QueryEscape("实绩"), "422 required_field 实绩"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asBook bytes.Buffer
			b := sent{t, excelize.NewFile()}
			for i, line := range strings.Split(strings.TrimSpace(c.body), "\n") {
				var cells []any
				for _, text := range strings.Split(line, ",") {
					cells = append(cells, text)
				}
				b.set("Sheet1", fmt.Sprint("A", i+1), cells...)
			}
			if err := b.Write(&asBook); err != nil {
				t.Fatal(err)
			}
			for mediaType, body := range map[string]string{intake.CSV: c.body, intake.Workbook: asBook.String()} {
				a := newAPI(t)
				a.seed()
				resp := a.send("POST", batchPath+c.query, body, "Content-Type", mediaType)
				got := ""
				if resp.status == 200 {
					got = outcomesOf(read[v1.BatchReceipts](resp).Receipts)
				} else if p := read[v1.Problem](resp); strings.Contains(p.Detail, c.want[strings.LastIndex(c.want, " ")+1:]) {
					got = fmt.Sprint(p.Status, " ", p.Code, c.want[strings.LastIndex(c.want, " "):])
				}
				if got != c.want || got != "stored" && a.valuesOf("donghe-2023-2-1") != "" {
					t.Errorf("%s: %s, want %s: %s", mediaType, got, c.want, resp.body)
				}
			}
		})
	}
	t.Run("far down a long file the row is refused, and those before it stand", func(t *testing.T) {
		a := newAPI(t)
		a.seed()
		rows := strings.Repeat("donghe-2023-2-1,2023-08,44,\n", 1200) + "donghe-2023-2-1,2023-07,29440,公顷\n"
		got := read[v1.BatchReceipts](a.send("POST", batchPath, "指标代码,报告期,实绩,\n"+rows, "Content-Type", intake.CSV).want(200)).Receipts
		if last := got[len(got)-1]; len(got) != 1201 || last.Code == nil || *last.Code != "unknown_field" || *last.Line != 1202 {
			t.Errorf("%d, %+v", len(got), last)
		}
	})
}

func TestTheTemplateGoesOnFromWhatWasReported(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-Q2","value":223,"basis":"total"}`).want(201)
	fill := func(rows [][]string, value string) string {
		b := sent{t, excelize.NewFile()}
		for i, row := range rows {
			var cells []any
			for _, text := range row {
				cells = append(cells, text)
			}
			if i == 1 {
				cells[slices.Index(rows[0], "实绩")] = value
			}
			b.set("Sheet1", fmt.Sprint("A", i+1), cells...)
		}
		return b.text()
	}
	rows := a.sheetOf("市工信局", "")
	said := map[string]string{}
	for i, head := range rows[0] {
		if i < len(rows[1]) {
			said[head] = rows[1][i]
		}
	}
	want := map[string]string{"上次报告期": "2023-Q2", "上次实绩": "223个", "报告期": "2023-Q3", "口径": "累计", "来源编号": "template:" + a.agencyOf("东河市", "市工信局").ID + "/donghe-2023-1-1/2023-Q3/total"}
	for head, text := range want {
		if said[head] != text {
			t.Errorf("%s: %q, want %q", head, said[head], text)
		}
	}
	body := fill(rows, "230")
	for _, want := range []string{"stored", "unchanged", "unchanged"} {
		if got := outcomesOf(a.postBook(body, "").Receipts); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := outcomesOf(a.postBook(fill(rows, "231"), "").Receipts); got != "revised" {
		t.Error(got)
	}
}
