package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// book is a workbook whose first sheet has the rows.
func book(t *testing.T, rows ...[]any) *excelize.File {
	t.Helper()
	file := excelize.NewFile()
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	for i, row := range rows {
		if err := file.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

func written(t *testing.T, file *excelize.File) string {
	t.Helper()
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWorkbookRows(t *testing.T) {
	english := []any{"indicator", "period", "value", "note"}
	row := func(value, note string) tracker.Report {
		return tracker.Report{Indicator: "a", Period: "2023", Value: value, Note: note}
	}
	for name, c := range map[string]struct {
		rows [][]any
		want []tracker.Report
	}{
		"texts":                        {[][]any{english, {"a", "2023", "4.20", "注"}}, []tracker.Report{row("4.20", "注")}},
		"Chinese headings":             {[][]any{{"指标代码", "报告期", "实绩", "备注"}, {"a", "2023", "1", "x"}}, []tracker.Report{row("1", "x")}},
		"numbers as the cell has them": {[][]any{english, {"a", 2023, 4.5}, {"a", 2023, 1234567.25}}, []tracker.Report{row("4.5", ""), row("1234567.25", "")}},
		"empty rows between":           {[][]any{english, {}, {"a", "2023", "1"}, {nil, nil, " "}, {"a", "2023", "2"}}, []tracker.Report{row("1", ""), row("2", "")}},
		"a row without a value is handed on, so that it is not lost in silence": {
			[][]any{english, {"b", "2023", ""}, {"a", "2023", "1"}}, []tracker.Report{{Indicator: "b", Period: "2023"}, row("1", "")}},
		"a row with one figure of a share alone is handed on": {
			[][]any{{"indicator", "period", "value", "分子", "分母"}, {"a", "2023", "", "455"}, {"b", "2023", "", "", "500"}},
			[]tracker.Report{{Indicator: "a", Period: "2023", Numerator: "455"}, {Indicator: "b", Period: "2023", Denominator: "500"}}},
		"a row with a note and no value is handed on": {[][]any{english, {"a", "2023", "", "缺报"}}, []tracker.Report{row("", "缺报")}},
		"blank cells beyond the headings":             {[][]any{english, {"a", "2023", "1", "x", " ", "　"}}, []tracker.Report{row("1", "x")}},
		"a guarded text":                              {[][]any{english, {"a", "2023", "'-4", "'=1+1"}}, []tracker.Report{row("-4", "=1+1")}},
		"a heading alone":                             {[][]any{english}, nil},
	} {
		t.Run(name, func(t *testing.T) { readsRows(t, intake.Workbook, written(t, book(t, c.rows...)), c.want...) })
	}
	t.Run("a row that says something beyond the headings is refused, filled in or not, and those around it are read", func(t *testing.T) {
		rows, refusals, err := readAll(t, intake.Workbook, written(t, book(t, english,
			[]any{"a", "2023", "1"}, []any{"a", "2023", "2", "x", "算式"}, []any{"b", "2023", "", "", "", "合计"}, []any{"a", "2023", "3"})))
		want := []string{"malformed_request", "malformed_request"}
		if err != nil || !slices.Equal(refusals, want) {
			t.Errorf("refused %q, %v", refusals, err)
		}
		if diff := cmp.Diff([]tracker.Report{row("1", ""), row("3", "")}, rows); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("and is told how wide it is", func(t *testing.T) {
		in, err := intake.Open(t.Context(), intake.Workbook, strings.NewReader(written(t, book(t, english, []any{"a", "2023", "2", "x", "", "算式", " "}))))
		if err != nil {
			t.Fatal(err)
		}
		_, refusal, err := in.Next()
		if err != nil || refusal == nil || !strings.Contains(refusal.Detail.EN, "6 cells and the heading 4") || !strings.Contains(refusal.Detail.ZH, "6 列") {
			t.Errorf("%v, %v", refusal, err)
		}
	})
	t.Run("the format of a cell does not round its number", func(t *testing.T) {
		file := book(t, english, []any{"a", "2023", 12.3456})
		whole, err := file.NewStyle(&excelize.Style{NumFmt: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := file.SetCellStyle("Sheet1", "C2", "C2", whole); err != nil {
			t.Fatal(err)
		}
		readsRows(t, intake.Workbook, written(t, file), row("12.3456", ""))
	})
	t.Run("a sheet without headings is not read", func(t *testing.T) {
		file := book(t, english, []any{"a", "2023", "1"})
		if _, err := file.NewSheet("填写说明"); err != nil {
			t.Fatal(err)
		}
		if err := file.SetSheetRow("填写说明", "A1", &[]any{"请逐行填写"}); err != nil {
			t.Fatal(err)
		}
		readsRows(t, intake.Workbook, written(t, file), row("1", ""))
	})
}

func TestWorkbooksThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		code fault.Code
		says string
	}{
		"nothing":                    {"", fault.UnreadableFile, "without a password"},
		"a text":                     {"indicator,period,value\n", fault.UnreadableFile, "save it as .xlsx"},
		"a workbook of the old kind": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1024), fault.UnreadableFile, "save it as .xlsx"},
		"an empty sheet":             {written(t, book(t)), fault.EmptyBody, "sheet is empty"},
		"an unknown heading":         {written(t, book(t, []any{"indicator", "period", "value", "colour"}, []any{"a", "2023", 1, "red"})), fault.UnknownField, "colour"},
		"a heading that lacks":       {written(t, book(t, []any{"indicator", "value"})), fault.RequiredField, "period"},
		"a heading given twice":      {written(t, book(t, []any{"indicator", "period", "value", "数值"})), fault.DuplicateField, "数值"},
		"a workbook cut short":       {written(t, book(t, []any{"indicator", "period", "value"}))[:2000], fault.UnreadableFile, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := intake.Open(t.Context(), intake.Workbook, strings.NewReader(c.body))
			if !fault.Is(err, c.code) {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if d := fault.From(err).Detail; !strings.Contains(d.EN, c.says) || d.ZH == "" {
				t.Errorf("it says %q / %q", d.EN, d.ZH)
			}
		})
	}
	t.Run("a password", func(t *testing.T) {
		var out bytes.Buffer
		if err := book(t, []any{"indicator", "period", "value"}).Write(&out, excelize.Options{Password: "p"}); err != nil {
			t.Fatal(err)
		}
		if _, err := intake.Open(t.Context(), intake.Workbook, &out); !fault.Is(err, fault.UnreadableFile) {
			t.Errorf("%v", err)
		}
	})
}

func lineOf(code string, kind indicator.Kind, value, unit string, role indicator.Role, period indicator.Period) intake.Line {
	in := indicator.Indicator{
		Code: code, Name: "名称" + code, Kind: kind, DueOn: indicator.DateOf(2023, time.December, 31),
		Target: indicator.Target{Comparator: indicator.Equal, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit)},
	}
	in.Settle()
	return intake.Line{Indicator: in, Role: role, Period: period, Basis: in.DefaultBasis}
}

func templateLines() []intake.Line {
	day := indicator.DateOf(2023, time.August, 15)
	quarter := lineOf("p-2", indicator.Ratio, "90", "%", indicator.Participating, indicator.PeriodOf(indicator.Quarterly, day))
	high := quantity.MustNumber("95")
	quarter.Indicator.Target.ValueHigh = &high
	quarter.Indicator.Settle()
	return []intake.Line{
		lineOf("p-1", indicator.Increment, "200", "个", indicator.Lead, indicator.PeriodOf(indicator.Monthly, day)),
		quarter,
		lineOf("p-3", indicator.Cumulative, "3.65", "亿斤", indicator.Lead, indicator.PeriodOf(indicator.Yearly, day)),
	}
}

func templateForm() intake.Form {
	lines := templateLines()
	lines[0].Last = &indicator.Measurement{
		Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, time.July, 1)), Value: quantity.MustNumber("-3.20"), Unit: quantity.MustUnit("个"),
	}
	return intake.Form{Agency: "市工信局", AgencyID: 12, Lines: lines}
}

func template(t *testing.T, lang string) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := intake.WriteTemplate(&out, templateForm(), lang); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return file
}

func TestTemplateSaysWhatIsToBeReported(t *testing.T) {
	for lang, want := range map[string][][]string{
		"zh": {
			{"指标代码", "指标名称", "责任", "目标要求", "目标", "方向", "进程", "考核期", "完成时限", "上次报告期", "上次实绩", "报告期", "实绩", "分子", "分母", "缺失标记", "是否初步数", "计量单位", "口径", "来源编号", "报送单位", "备注", "佐证网址"},
			{"p-1", "名称p-1", "牵头", "达到", "200个", "越高越好（推定）", "逐步达到", "全期", "2023-12-31", "2023-07", "−3.20个", "2023-08", "", "", "", "", "", "个", "本期", "template:12/p-1/2023-08/increment", "市工信局"},
			{"p-2", "名称p-2", "参与", "达到", "90—95%", "区间之内（推定）", "始终保持（推定）", "全期", "2023-12-31", "", "", "2023-Q3", "", "", "", "", "", "%", "累计", "template:12/p-2/2023-Q3/total", "市工信局"},
			{"p-3", "名称p-3", "牵头", "达到", "3.65亿斤", "越高越好（推定）", "逐步达到（推定）", "全期", "2023-12-31", "", "", "2023", "", "", "", "", "", "亿斤", "累计", "template:12/p-3/2023/total", "市工信局"},
		},
		"en": {
			{"indicator", "name", "role", "comparator", "target", "direction", "course", "each", "due_on", "last_period", "last_value", "period", "value", "numerator", "denominator", "missing", "provisional", "unit", "basis", "source_id", "agency", "note", "evidence_url"},
			{"p-1", "名称p-1", "lead", "reach", "200个", "more is better (assumed)", "reached bit by bit", "the whole term", "2023-12-31", "2023-07", "−3.20个", "2023-08", "", "", "", "", "", "个", "increment", "template:12/p-1/2023-08/increment", "市工信局"},
			{"p-2", "名称p-2", "participating", "reach", "90—95%", "within the range (assumed)", "kept throughout (assumed)", "the whole term", "2023-12-31", "", "", "2023-Q3", "", "", "", "", "", "%", "total", "template:12/p-2/2023-Q3/total", "市工信局"},
			{"p-3", "名称p-3", "lead", "reach", "3.65亿斤", "more is better (assumed)", "reached bit by bit (assumed)", "the whole term", "2023-12-31", "", "", "2023", "", "", "", "", "", "亿斤", "total", "template:12/p-3/2023/total", "市工信局"},
		},
	} {
		t.Run(lang, func(t *testing.T) {
			got, err := template(t, lang).GetRows("实绩")
			if err != nil {
				t.Fatal(err)
			}
			if len(got) < 4 || !strings.Contains(got[0][0], "市工信局") || got[1][0] == "" || got[2][0] == "" {
				t.Fatalf("above the headings: %q", got)
			}
			got = got[3:]
			for i, row := range got {
				for len(row) > 0 && row[len(row)-1] == "" {
					row = row[:len(row)-1]
				}
				got[i] = row
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("another language gets Chinese", func(t *testing.T) {
		if name, err := template(t, "fr").GetCellValue("实绩", "A4"); err != nil || name != "指标代码" {
			t.Errorf("%q, %v", name, err)
		}
	})
	t.Run("the cell of the value is a text, so that a number typed there keeps its digits", func(t *testing.T) {
		file := template(t, "zh")
		id, err := file.GetCellStyle("实绩", "M5")
		if err != nil {
			t.Fatal(err)
		}
		if style, err := file.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("%+v, %v", style, err)
		}
	})
	t.Run("the headings stay in sight", func(t *testing.T) {
		if panes, err := template(t, "zh").GetPanes("实绩"); err != nil || !panes.Freeze || panes.YSplit != 4 {
			t.Errorf("%+v, %v", panes, err)
		}
	})
}

func TestTemplateIsMadeToBeFilledIn(t *testing.T) {
	for lang, want := range map[string]string{
		"zh": `P5:P7 "暂缺,不适用" Q5:Q7 "是,否" S5:S7 "本期,累计"`,
		"en": `P5:P7 "not_available,not_applicable" Q5:Q7 "true,false" S5:S7 "increment,total"`,
	} {
		t.Run("words are chosen from lists, "+lang, func(t *testing.T) {
			lists, err := template(t, lang).GetDataValidations("实绩")
			var got []string
			for _, l := range lists {
				got = append(got, l.Sqref, l.Formula1)
			}
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("%s, want %s, %v", got, want, err)
			}
		})
	}
	t.Run("it prints one page wide, with the headings on every page", func(t *testing.T) {
		file := template(t, "zh")
		layout, err := file.GetPageLayout("实绩")
		props, err2 := file.GetSheetProps("实绩")
		if err != nil || err2 != nil || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || *layout.Orientation != "landscape" || !*props.FitToPage {
			t.Errorf("%+v, %+v, %v, %v", layout, props, err, err2)
		}
		if names := file.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'实绩'!$4:$4" {
			t.Errorf("%+v", names)
		}
	})
	t.Run("an agency with a long name has source ids that fit", func(t *testing.T) {
		form := templateForm()
		form.Agency = strings.Repeat("局", 200)
		var out bytes.Buffer
		if err := intake.WriteTemplate(&out, form, "zh"); err != nil {
			t.Fatal(err)
		}
		file, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if id, err := file.GetCellValue("实绩", "T5"); err != nil || len([]rune(id)) > 200 || !strings.HasSuffix(id, "/p-1/2023-08/increment") {
			t.Errorf("%q, %v", id, err)
		}
	})
}

func TestTemplateIsReadBack(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		t.Run("not filled in it says nothing, "+lang, func(t *testing.T) {
			readsRows(t, intake.Workbook, written(t, template(t, lang)))
		})
		t.Run("filled in it gives the rows that were, "+lang, func(t *testing.T) {
			file := template(t, lang)
			for cell, value := range map[string]any{
				"M5": "168", "Q5": map[string]string{"zh": "是", "en": "true"}[lang], "T5": "gxj-1", "N6": "455", "O6": "500",
				"P7": map[string]string{"zh": "暂缺", "en": "not_available"}[lang], "V7": "未统计", "W5": "https://a.cn/1",
			} {
				if err := file.SetCellValue("实绩", cell, value); err != nil {
					t.Fatal(err)
				}
			}
			readsRows(t, intake.Workbook, written(t, file),
				tracker.Report{
					Indicator: "p-1", Period: "2023-08", Value: "168", Provisional: true, Unit: "个", Basis: "increment",
					SourceID: "gxj-1", EvidenceURL: "https://a.cn/1", Agency: "市工信局",
				},
				tracker.Report{Indicator: "p-2", Period: "2023-Q3", Numerator: "455", Denominator: "500", Unit: "%", Basis: "total",
					SourceID: "template:12/p-2/2023-Q3/total", Agency: "市工信局"},
				tracker.Report{Indicator: "p-3", Period: "2023", Missing: "not_available", Unit: "亿斤", Basis: "total", Note: "未统计", SourceID: "template:12/p-3/2023/total", Agency: "市工信局"})
		})
	}
	t.Run("a template without indicators has its headings", func(t *testing.T) {
		var out bytes.Buffer
		if err := intake.WriteTemplate(&out, intake.Form{}, "zh"); err != nil {
			t.Fatal(err)
		}
		readsRows(t, intake.Workbook, out.String())
	})
	t.Run("a writer that fails is not passed by", func(t *testing.T) {
		lost := errors.New("disk full")
		reader, writer := io.Pipe()
		if err := reader.CloseWithError(lost); err != nil {
			t.Fatal(err)
		}
		if err := intake.WriteTemplate(writer, templateForm(), "zh"); !errors.Is(err, lost) {
			t.Errorf("%v", err)
		}
	})
}
