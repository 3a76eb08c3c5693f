package tabular

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// foreign is the folder in which internal/tools/tables/check.sh lets programs that are not
// ours read and write tables.
func foreign(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("TRACKER_TEST_TABLES")
	if dir == "" {
		t.Skip("internal/tools/tables/check.sh names a folder in TRACKER_TEST_TABLES")
	}
	return dir
}

func TestForeignTablesAreWritten(t *testing.T) {
	dir := foreign(t)
	about := About{Title: fault.Text{ZH: "进度", EN: "Progress"}, Program: "tracker"}
	for _, f := range []Format{XLSX, CSV, Parquet} {
		data := written(t, f, Options{Headings: Chinese, BOM: true, Language: "zh", About: about}, samples()...)
		if err := os.WriteFile(filepath.Join(dir, "rows"+f.Extension()), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// shown is the table as a spreadsheet shows it.
func shown() [][]string {
	return [][]string{
		{"代码", "名称", "实际值", "实际值单位", "完成率", "报送数", "时限", "时刻", "逾期", "牵头", "别名", "状态代码", "颜色"},
		{"a-1", "公共充电桩，\"新增\"", "168", "个", "76.02", "9", "2023-12-31", "2023-10-08 02:15:00", "TRUE", "市工信局、市交通局", "erp:7、:8", "on_track", "#2e7d32"},
		{"a-2", "=HYPERLINK(\"x\")", "-12345678901234567890.125", "万元", "-0.10", "0", "1899-12-31", "1890-01-01T00:00:00Z", "FALSE", "", "", "", ""},
		{"-3", "两行\n_x0041_", "1234567890123456789012345678901.000000000001", "", "", "0", "", "2024-02-29 23:59:59", "FALSE", "", "", "behind", "#f9a825"},
		{"a-4", "", "", "", "", "0", "", "2023-01-01 00:00:00", "FALSE", "", "", "", ""},
	}
}

func TestForeignSpreadsheetShowsTheWorkbook(t *testing.T) {
	file, err := os.Open(filepath.Join(foreign(t), "shown", "rows.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shown(), got); diff != "" {
		t.Errorf("LibreOffice shows (-want +got):\n%s", diff)
	}
}

// TestForeignSpreadsheetReadsCSV compares what is not a number of more than 15 digits, which
// no spreadsheet keeps out of a CSV.
func TestForeignSpreadsheetReadsCSV(t *testing.T) {
	f, err := excelize.OpenFile(filepath.Join(foreign(t), "saved", "rows.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	for cell, want := range map[string]string{
		"A1": "代码", "B1": "名称", "A2": "a-1", "B2": "公共充电桩，\"新增\"", "C2": "168", "D2": "个", "E2": "76.02", "J2": "市工信局、市交通局",
		"B3": "'=HYPERLINK(\"x\")", "A4": "'-3", "B4": "两行\n_x0041_",
	} {
		if got, err := f.GetCellValue(sheet, cell); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", cell, got, err, want)
		}
		if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
}

func TestForeignReaderKeepsParquet(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(foreign(t), "parquet.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Columns [][2]string
		Rows    [][]*string
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	var columns []string
	for _, c := range got.Columns {
		columns = append(columns, strings.Join(c[:], " "))
	}
	want := []string{
		"code VARCHAR", "name VARCHAR", "actual_value DECIMAL(38,10)", "actual_unit VARCHAR", "percent DECIMAL(38,2)", "reports BIGINT",
		"due_on DATE", "at TIMESTAMP WITH TIME ZONE", "late BOOLEAN", "leads VARCHAR", "aliases VARCHAR", "status VARCHAR", "color VARCHAR",
		"beyond_decimal VARCHAR",
	}
	if diff := cmp.Diff(want, columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	text := func(s *string) string {
		if s == nil {
			return "null"
		}
		return *s
	}
	for i, cells := range [][]string{
		{"a-1", "公共充电桩，\"新增\"", "168.0000000000", "个", "76.02", "9", "2023-12-31", "2023-10-08 02:15:00.123456+00", "true", "市工信局、市交通局", "erp:7、:8", "on_track", "#2e7d32", "null"},
		{"a-2", "=HYPERLINK(\"x\")", "-12345678901234567890.1250000000", "万元", "-0.10", "0", "1899-12-31", "1890-01-01 00:00:00+00", "false", "", "", "", "", "null"},
		{"-3", "两行\n_x0041_", "null", "", "null", "0", "null", "2024-02-29 23:59:59+00", "false", "", "", "behind", "#f9a825", `{"actual_value":"1234567890123456789012345678901.000000000001"}`},
		{"a-4", "", "null", "null", "null", "0", "null", "2023-01-01 00:00:00+00", "false", "", "", "", "", "null"},
	} {
		var read []string
		for _, cell := range got.Rows[i] {
			read = append(read, text(cell))
		}
		if diff := cmp.Diff(cells, read); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", i, diff)
		}
	}
}
