package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
)

var update = flag.Bool("update", false, "write the golden files")

type amount struct {
	Value string `json:"value" zh:"" swaggertype:"number"`
	Unit  string `json:"unit" zh:"单位"`
}

type alias struct {
	Space string `json:"space" zh:"空间"`
	Code  string `json:"code" zh:"代码"`
}

type judged struct {
	Status string `json:"status" zh:"状态代码"`
	Color  string `json:"color" zh:"颜色"`
}

type row struct {
	Code    string   `json:"code" zh:"代码"`
	Name    string   `json:"name" zh:"名称"`
	Actual  *amount  `json:"actual" zh:"实际值"`
	Percent *string  `json:"percent" zh:"完成率" scale:"2" swaggertype:"number"`
	Reports int      `json:"reports" zh:"报送数"`
	DueOn   *string  `json:"due_on" zh:"时限" format:"date"`
	At      string   `json:"at" zh:"时刻" format:"date-time"`
	Late    bool     `json:"late" zh:"逾期"`
	Leads   []string `json:"leads" zh:"牵头"`
	Aliases []alias  `json:"aliases" zh:"别名" join:"{space}:{code}"`
	Plain   []alias  `json:"plain" zh:"其他"`
	judged
}

func ptr[T any](v T) *T { return &v }

func samples() []row {
	return []row{
		{
			Code: "a-1", Name: "公共充电桩，\"新增\"", Actual: &amount{"168", "个"}, Percent: ptr("76.02"), Reports: 9, DueOn: ptr("2023-12-31"),
			At: "2023-10-08T02:15:00.123456Z", Late: true, Leads: []string{"市工信局", "市交通局"}, Aliases: []alias{{"erp", "7"}, {"", "8"}},
			judged: judged{"on_track", "#2e7d32"},
		},
		{Code: "a-2", Name: "=HYPERLINK(\"x\")", Actual: &amount{"-12345678901234567890.125", "万元"}, Percent: ptr("-0.10"), At: "1890-01-01T00:00:00Z", DueOn: ptr("1899-12-31"), Leads: []string{}},
		{Code: "-3", Name: "两行\n_x0041_", Actual: &amount{"1234567890123456789012345678901.000000000001", ""}, At: "2024-02-29T23:59:59Z", judged: judged{"behind", "#f9a825"}},
		{Code: "a-4", Name: "", At: "2023-01-01T00:00:00Z"},
	}
}

func structure() *Structure {
	return &Structure{ID: "ROWS", Name: fault.Text{ZH: "行", EN: "Rows"}, Components: []Component{
		{ID: "INDICATOR", Name: fault.Text{ZH: "指标", EN: "Indicator"}, Role: Dimension, Columns: []string{"code"}},
		{ID: "TIME_PERIOD", Name: fault.Text{ZH: "时间", EN: "Time"}, Role: TimeDimension, Columns: []string{"due_on", "at"}},
		{ID: "PERCENT", Name: fault.Text{ZH: "完成率", EN: "Percent"}, Role: Measure, Columns: []string{"percent"}, Type: Decimal},
		{ID: "LATE", Name: fault.Text{ZH: "逾期", EN: "Late"}, Role: Attribute, Columns: []string{"late", "reports"}, Codes: &Codelist{
			ID: "CL_LATE", Name: fault.Text{ZH: "逾期", EN: "Late"}, Codes: []Code{{"Y", fault.Text{ZH: "是", EN: "Yes"}}, {"N", fault.Text{ZH: "否", EN: "No"}}},
		}, Value: func(cells []Cell) string {
			if cells[0].Text == "true" {
				return "Y"
			}
			return "N"
		}},
	}}
}

func written(t *testing.T, f Format, o Options, rows ...row) []byte {
	t.Helper()
	var b bytes.Buffer
	to, err := New[row](&b, f, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := to.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTextFormatsReadAsBefore(t *testing.T) {
	for name, file := range map[string]struct {
		format Format
		o      Options
	}{
		"names.csv":     {CSV, Options{Headings: Names}},
		"zh.csv":        {CSV, Options{Headings: Chinese, BOM: true}},
		"en.csv":        {CSV, Options{Headings: English, Fields: []string{"percent", "actual", "code"}}},
		"all.ndjson":    {NDJSON, Options{}},
		"some.ndjson":   {NDJSON, Options{Fields: []string{"percent", "code", "actual"}}},
		"rows.sdmx.csv": {SDMXCSV, Options{Structure: structure()}},
	} {
		golden(t, name, written(t, file.format, file.o, samples()...))
	}
	var b bytes.Buffer
	if err := WriteStructures(&b, []*Structure{structure()}, time.Date(2023, 10, 8, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	golden(t, "structure.json", b.Bytes())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func openWorkbook(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestWorkbookHoldsWhatASpreadsheetCan(t *testing.T) {
	o := Options{Headings: Chinese, Language: "zh", About: About{
		Title: fault.Text{ZH: "进度", EN: "Progress"}, On: "2023-09-30", AsOf: "2023-10-08T02:15:00Z", Profile: "3", Program: "tracker 0.1.0",
		Selection: [][2]string{{"agency", "市工信局"}, {"status", "behind"}},
	}}
	f := openWorkbook(t, written(t, XLSX, o, samples()...))
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"数据", "说明"}) {
		t.Errorf("sheets %q", got)
	}
	raw, err := f.GetRows("数据", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"代码", "名称", "实际值", "实际值单位", "完成率", "报送数", "时限", "时刻", "逾期", "牵头", "别名", "状态代码", "颜色"},
		{"a-1", "公共充电桩，\"新增\"", "168", "个", "76.02", "9", "45291", "45207.09375142889", "1", "市工信局、市交通局", "erp:7、:8", "on_track", "#2e7d32"},
		{"a-2", "=HYPERLINK(\"x\")", "-12345678901234567890.125", "万元", "-0.10", "0", "1899-12-31", "1890-01-01T00:00:00Z", "0"},
		{"-3", "两行\n_x0041_", "1234567890123456789012345678901.000000000001", "", "", "0", "", "45351.99998842593", "0", "", "", "behind", "#f9a825"},
		{"a-4", "", "", "", "", "0", "", "44927.00000000000", "0"},
	}
	if diff := cmp.Diff(want, raw); diff != "" {
		t.Errorf("raw cells (-want +got):\n%s", diff)
	}
	for cell, want := range map[string]string{"G2": "2023-12-31", "H2": "2023-10-08 02:15:00", "E3": "-0.10", "C2": "168"} {
		if got, err := f.GetCellValue("数据", cell); err != nil || got != want {
			t.Errorf("%s shows %q, %v; want %q", cell, got, err, want)
		}
	}
	for cell, want := range map[string]excelize.CellType{
		"C2": excelize.CellTypeUnset, "C3": excelize.CellTypeInlineString, "B3": excelize.CellTypeInlineString, "I2": excelize.CellTypeBool,
	} {
		if got, err := f.GetCellType("数据", cell); err != nil || got != want {
			t.Errorf("%s is of type %v, %v; want %v", cell, got, err, want)
		}
	}
	if panes, err := f.GetPanes("数据"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	for cell, want := range map[string]string{"L2": "2E7D32", "L4": "F9A825"} {
		id, err := f.GetCellStyle("数据", cell)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || len(style.Fill.Color) != 1 || style.Fill.Color[0] != want {
			t.Errorf("%s has the fill %v, %v; want %s", cell, style.Fill, err, want)
		}
	}
	about, err := f.GetRows("说明")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, line := range about[1:] {
		said[line[0]] = line[1]
	}
	for name, want := range map[string]string{
		"评判日期": "2023-09-30", "按此刻已知的数据": "2023-10-08T02:15:00Z", "评判标准版本": "3", "行数": "4", "筛选 agency": "市工信局", "筛选 status": "behind",
	} {
		if said[name] != want {
			t.Errorf("说明: %s is %q, want %q", name, said[name], want)
		}
	}
}

func TestWorkbookGoesOnOnFurtherSheets(t *testing.T) {
	var b bytes.Buffer
	w, err := newWorkbook(&b, Of[row]().Columns, Options{Headings: Names, Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	w.rows = 3
	to := &rows[row]{table: Of[row](), to: w}
	for i := range 5 {
		if err := to.Write(&row{Code: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	f := openWorkbook(t, b.Bytes())
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Data", "Data 2", "Data 3", "About"}) {
		t.Errorf("sheets %q", got)
	}
	var codes []string
	for _, sheet := range f.GetSheetList()[:3] {
		lines, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if lines[0][0] != "code" {
			t.Errorf("%s begins with %q", sheet, lines[0])
		}
		for _, line := range lines[1:] {
			codes = append(codes, line[0])
		}
	}
	if got := strings.Join(codes, " "); got != "0 1 2 3 4" {
		t.Errorf("rows %s", got)
	}
}

func TestParquetKeepsEveryDigit(t *testing.T) {
	data := written(t, Parquet, Options{About: About{Program: "tracker"}}, samples()...)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name()+" "+field.Type().String())
	}
	want := []string{
		"code STRING", "name STRING", "actual_value DECIMAL(38,10)", "actual_unit STRING", "percent DECIMAL(38,2)", "reports INT(64,true)",
		"due_on DATE", "at TIMESTAMP(isAdjustedToUTC=true,unit=MICROS)", "late BOOLEAN", "leads STRING", "aliases STRING", "status STRING", "color STRING",
		"beyond_decimal STRING",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	read := make([]parquet.Row, 10)
	n, err := parquet.NewReader(f).ReadRows(read)
	if n != 4 || err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%d rows, %v", n, err)
	}
	if got := read[2][13].String(); got != `{"actual_value":"1234567890123456789012345678901.000000000001"}` || !read[2][2].IsNull() {
		t.Errorf("what does not fit is %s beside %v", got, read[2][2])
	}
	if !read[0][13].IsNull() || !read[3][2].IsNull() || !read[3][6].IsNull() {
		t.Errorf("%v and %v have values where there are none", read[0], read[3])
	}
	if got := read[0][6].Int32(); got != 19722 {
		t.Errorf("2023-12-31 is day %d", got)
	}
	if got := read[0][7].Int64(); got != 1696731300123456 {
		t.Errorf("the moment is %d", got)
	}
}

func TestDecimalsFitOrAreLeftOut(t *testing.T) {
	var f fitter
	for _, c := range []struct {
		number string
		scale  int
		hex    string // "" where it does not fit
	}{
		{"0", 2, "00000000000000000000000000000000"},
		{"1.23", 2, "0000000000000000000000000000007b"},
		{"-1.23", 2, "ffffffffffffffffffffffffffffff85"},
		{"1.230", 2, "0000000000000000000000000000007b"},
		{"1.231", 2, ""},
		{"-0", 2, "00000000000000000000000000000000"},
		{"99999999999999999999999999999999999999", 0, "4b3b4ca85a86c47a098a223fffffffff"},
		{"-99999999999999999999999999999999999999", 0, "b4c4b357a5793b85f675ddc000000001"},
		{"100000000000000000000000000000000000000", 0, ""},
		{"1000000000000000000000000000000000000.0", 2, ""},
	} {
		got, ok := f.decimal(c.number, c.scale)
		if want := c.hex != ""; ok != want || ok && hexOf(got) != c.hex {
			t.Errorf("%s at scale %d is %x, %v; want %q", c.number, c.scale, got, ok, c.hex)
		}
	}
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, x := range b {
		s.WriteByte(digits[x>>4])
		s.WriteByte(digits[x&15])
	}
	return s.String()
}

// TestUnfinishedTablesAreNotWhole holds that a table that was cut off cannot be taken for one
// that ended, where the format can tell.
func TestUnfinishedTablesAreNotWhole(t *testing.T) {
	var b bytes.Buffer
	for _, f := range []Format{XLSX, Parquet} {
		b.Reset()
		to, err := New[row](&b, f, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range samples() {
			if err := to.Write(&r); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); f == XLSX && err == nil {
			t.Error("a workbook that was cut off opens")
		}
		if _, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len())); f == Parquet && err == nil {
			t.Error("a Parquet file that was cut off opens")
		}
	}
}

var errCut = errors.New("the connection is cut")

type cut struct{ after int }

func (c *cut) Write(p []byte) (int, error) {
	if c.after -= len(p); c.after < 0 {
		return 0, errCut
	}
	return len(p), nil
}

func TestACutConnectionEndsTheTable(t *testing.T) {
	for _, f := range Formats {
		to, err := New[row](&cut{100_000}, f, Options{Structure: structure()})
		if err != nil {
			t.Fatal(err)
		}
		all := samples()
		for i := 0; err == nil; i++ {
			if i > 2_000_000 {
				t.Fatalf("%s goes on", f)
			}
			err = to.Write(&all[i%len(all)])
		}
		if !errors.Is(err, errCut) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// TestMemoryDoesNotGrowWithTheRows streams a million rows, or as many as the environment
// says, and holds the heap in between under a bound.
func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	many := 200_000
	if s := os.Getenv("TRACKER_TEST_ROWS"); s != "" {
		many, _ = strconv.Atoi(s)
	}
	const bound = 64 << 20
	all := samples()
	for _, f := range Formats {
		t.Run(string(f), func(t *testing.T) {
			began := time.Now()
			to, err := New[row](io.Discard, f, Options{Structure: structure()})
			if err != nil {
				t.Fatal(err)
			}
			var most uint64
			for i := range many {
				r := all[i%len(all)]
				r.Code = strconv.Itoa(i)
				if err := to.Write(&r); err != nil {
					t.Fatal(err)
				}
				if i%(many/20) == many/20-1 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
			}
			if err := to.Close(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d rows in %v, heap %d MB", many, time.Since(began).Round(time.Millisecond), most>>20)
			if most > bound {
				t.Errorf("the heap held %d MB", most>>20)
			}
		})
	}
}
