package intake_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const heads = "indicator,period,value,unit,basis,source_id,note,evidence_url\n"

func readsRows(t *testing.T, mediaType, body string, want ...tracker.Report) {
	t.Helper()
	rows, refusals, err := readAll(t, mediaType, body)
	if err != nil || len(refusals) > 0 {
		t.Fatalf("refused %q, %v", refusals, err)
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func inGB18030(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVHeadings(t *testing.T) {
	whole := tracker.Report{
		Indicator: "p-1-1", Period: "2023-09", Value: "168", Unit: "个", Basis: "total",
		SourceID: "gxj-1", Note: "按月报", EvidenceURL: "https://a.cn/1",
	}
	const row = "p-1-1,2023-09,168,个,total,gxj-1,按月报,https://a.cn/1\n"
	short := tracker.Report{Indicator: "p-1-1", Period: "2023-09", Value: "168"}
	share := tracker.Report{Indicator: "p-1-1", Period: "2023-09", Numerator: "455", Denominator: "500"}
	for name, c := range map[string]struct {
		body string
		want tracker.Report
	}{
		"English names":                      {heads + row, whole},
		"English names in any case":          {"Indicator,PERIOD,Value\np-1-1,2023-09,168\n", short},
		"Chinese names":                      {"指标代码,报告期,实绩,计量单位,口径,来源编号,备注,佐证网址\n" + row, whole},
		"other Chinese names":                {"指标编码,期间,数值,单位,口径,来源编号,说明,佐证材料\n" + row, whole},
		"shortest Chinese names":             {"指标,期间,完成值\np-1-1,2023-09,168\n", short},
		"both languages in one heading":      {"指标代码,period,实绩\np-1-1,2023-09,168\n", short},
		"spaces around a name":               {" indicator , period,value \np-1-1,2023-09,168\n", short},
		"the figures of a share":             {"indicator,period,value,numerator,denominator\np-1-1,2023-09,,455,500\n", share},
		"the figures of a share in Chinese":  {"指标代码,报告期,分子,分母,实绩\np-1-1,2023-09,455,500,\n", share},
		"no column for a value of shares":    {"指标代码,报告期,分子,分母\np-1-1,2023-09,455,500\n", share},
		"columns in another order":           {"value,indicator,period\n168,p-1-1,2023-09\n", short},
		"columns that only people read":      {"指标代码,指标名称,目标,责任,任务,完成时限,报告期,实绩\np-1-1,充电桩,200个,牵头,一,2023,2023-09,168\n", short},
		"columns for people, more than once": {"name,indicator,period,value,target,name\nx,p-1-1,2023-09,168,1,y\n", short},
		"a column without a name, and blank": {"indicator,,period,value\np-1-1, ,2023-09,168\n", short},
		"an unknown column that is blank":    {"indicator,颜色,period,value\np-1-1,　,2023-09,168\n", short},
		"headings below a title":             {"市工信局实绩填报表\n\n填“实绩”一列,,\n指标代码,报告期,实绩\np-1-1,2023-09,168\n", short},
		"headings of full width":             {"ｉｎｄｉｃａｔｏｒ,period,value\np-1-1,2023-09,168\n", short},
		"a row that ends before the heading": {heads + "p-1-1,2023-09,168\n", short},
		"no line break after the last row":   {"indicator,period,value\np-1-1,2023-09,168", short},
		"lines that end as on Windows":       {"indicator,period,value\r\np-1-1,2023-09,168\r\n", short},
	} {
		t.Run(name, func(t *testing.T) { readsRows(t, intake.CSV, c.body, c.want) })
	}
}

func TestCSVHeadingsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		body, zh, en string
		code         fault.Code
	}{
		"an unknown one is named":         {"indicator,period,value,颜色\na,2023,1,红\n", "“颜色”", `"颜色"`, fault.UnknownField},
		"a long unknown one is cut":       {strings.Repeat("长", 41) + "\n", strings.Repeat("长", 40) + "…", strings.Repeat("长", 40) + "…", fault.UnknownField},
		"one column under two names":      {"indicator,period,value,unit,单位\n", "“单位”", `"单位"`, fault.DuplicateField},
		"no indicator":                    {"period,value\n", "指标代码", "indicator", fault.RequiredField},
		"no period":                       {"indicator,value\n", "报告期", "period", fault.RequiredField},
		"no value":                        {"indicator,period\n", "实绩", "value", fault.RequiredField},
		"half of a share and no value":    {"indicator,period,numerator\n", "实绩", "value", fault.RequiredField},
		"quotes that do not match":        {"\"indicator,period,value\n", "第 1 行", "line 1", fault.MalformedRequest},
		"cells parted by semicolons":      {"indicator;period;value\n", "以分号分隔", "separated by semicolons", fault.MalformedRequest},
		"a heading is looked for first":   {"\n\np-1,2023,1\n", "“p-1”", `"p-1"`, fault.UnknownField},
		"a file of empty lines has none":  {"\n\r\n\n", "没有内容", "empty", fault.EmptyBody},
		"a byte-order mark alone is none": {"\ufeff", "没有内容", "empty", fault.EmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := intake.Open(t.Context(), intake.CSV, strings.NewReader(c.body))
			if !fault.Is(err, c.code) {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if d := fault.From(err).Detail; !strings.Contains(d.ZH, c.zh) || !strings.Contains(d.EN, c.en) {
				t.Errorf("it says %q / %q", d.ZH, d.EN)
			}
		})
	}
}

func TestCSVCells(t *testing.T) {
	row := func(note string) tracker.Report {
		return tracker.Report{Indicator: "a", Period: "2023", Value: "1", Note: note}
	}
	for name, c := range map[string]struct {
		cell, want string
	}{
		"a quoted comma":                        {`"甲，乙,丙"`, "甲，乙,丙"},
		"quotes inside quotes":                  {`"所谓""新建"""`, `所谓"新建"`},
		"a line break inside quotes":            {"\"甲\n乙\"", "甲\n乙"},
		"spaces around a cell":                  {"  甲 \t", "甲"},
		"spaces of full width around a cell":    {"　甲　", "甲"},
		"a space inside":                        {"甲 乙", "甲 乙"},
		"a guarded formula loses its mark":      {"'=1+1", "=1+1"},
		"a guarded sign loses its mark":         {"'-4", "-4"},
		"a guarded at sign loses its mark":      {"'@x", "@x"},
		"an apostrophe before a letter is kept": {"'tis", "'tis"},
		"an apostrophe alone is kept":           {"'", "'"},
		"only one mark is taken away":           {"''=1", "''=1"},
	} {
		t.Run(name, func(t *testing.T) {
			readsRows(t, intake.CSV, heads+"a,2023,1,,,,"+c.cell+",\n", row(c.want))
		})
	}
	t.Run("digits stay as they are typed", func(t *testing.T) {
		readsRows(t, intake.CSV, "indicator,period,value\na,2023,'-0012.3400\n", tracker.Report{Indicator: "a", Period: "2023", Value: "-0012.3400"})
	})
	t.Run("Chinese words for the basis are translated, others are left to be checked", func(t *testing.T) {
		for word, want := range map[string]string{"累计": "total", "本期": "increment", "当期": "increment", "total": "total", "年度": "年度", "": ""} {
			readsRows(t, intake.CSV, "indicator,period,value,basis\na,2023,1,"+word+"\n",
				tracker.Report{Indicator: "a", Period: "2023", Value: "1", Basis: want})
		}
	})
	t.Run("blank lines and rows of empty cells are passed over", func(t *testing.T) {
		readsRows(t, intake.CSV, heads+"\n,,,\n  , ,\na,2023,1\n\n,,,,,,,\na,2023,1\n", row(""), row(""))
	})
	t.Run("blank cells beyond the headings are passed over", func(t *testing.T) {
		readsRows(t, intake.CSV, "indicator,period,value\na,2023,1,, \n", row(""))
	})
	t.Run("a row without its value is handed on, so that it is not lost in silence", func(t *testing.T) {
		readsRows(t, intake.CSV, "indicator,period,value\na,2023,\n", tracker.Report{Indicator: "a", Period: "2023"})
	})
	t.Run("a heading alone has no rows", func(t *testing.T) { readsRows(t, intake.CSV, heads) })
}

func TestCSVEncodings(t *testing.T) {
	const body = "指标代码,报告期,实绩,备注\na,2023,1,新增充电桩㐀\n"
	want := tracker.Report{Indicator: "a", Period: "2023", Value: "1", Note: "新增充电桩㐀"}
	for name, c := range map[string]struct{ mediaType, body string }{
		"UTF-8":                                   {intake.CSV, body},
		"UTF-8 with a byte-order mark":            {intake.CSV, "\ufeff" + body},
		"UTF-8 that is declared":                  {intake.CSV + "; charset=UTF-8", body},
		"GB18030 that nobody declared":            {intake.CSV, inGB18030(t, body)},
		"GB18030 that is declared":                {intake.CSV + "; charset=gb18030", inGB18030(t, body)},
		"GB18030 by an older name":                {intake.CSV + "; charset=GBK", inGB18030(t, body)},
		"a byte-order mark outweighs the charset": {intake.CSV + "; charset=gb2312", "\ufeff" + body},
	} {
		t.Run(name, func(t *testing.T) { readsRows(t, c.mediaType, c.body, want) })
	}
	t.Run("a character across the end of what is looked at is no sign of GB18030", func(t *testing.T) {
		for shift := range 3 {
			note := strings.Repeat("x", shift) + strings.Repeat("桩", 30_000)
			readsRows(t, intake.CSV, "indicator,period,value,note\na,2023,1,"+note+"\n",
				tracker.Report{Indicator: "a", Period: "2023", Value: "1", Note: note})
		}
	})
	t.Run("a charset that is not read is named", func(t *testing.T) {
		_, err := intake.Open(t.Context(), intake.CSV+"; charset=utf-16", strings.NewReader(body))
		if !fault.Is(err, fault.UnsupportedMediaType) || !strings.Contains(fault.From(err).Detail.EN, "utf-16") {
			t.Errorf("%v", err)
		}
	})
}

func TestCSVRefusalsSayWhere(t *testing.T) {
	t.Run("quotes that do not match name the line of the file", func(t *testing.T) {
		in, err := intake.Open(t.Context(), intake.CSV, strings.NewReader(heads+"a,2023,1\n\na,2023,\"1\"2\na,2024,1\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, refusal, err := in.Next(); refusal != nil || err != nil {
			t.Fatal(refusal, err)
		}
		_, refusal, err := in.Next()
		if err != nil || refusal == nil || !strings.Contains(refusal.Detail.ZH, "第 4 行") || !strings.Contains(refusal.Detail.EN, "line 4") {
			t.Errorf("%v, %v", refusal, err)
		}
		if r, refusal, err := in.Next(); refusal != nil || err != nil || r.Period != "2024" {
			t.Errorf("the next row: %+v, %v, %v", r, refusal, err)
		}
	})
	t.Run("a row that is too wide counts its cells", func(t *testing.T) {
		in, err := intake.Open(t.Context(), intake.CSV, strings.NewReader("indicator,period,value\na,2023,1,200\n"))
		if err != nil {
			t.Fatal(err)
		}
		_, refusal, err := in.Next()
		if err != nil || refusal == nil || !strings.Contains(refusal.Detail.EN, "4 cells and the heading 3") {
			t.Errorf("%v, %v", refusal, err)
		}
	})
	t.Run("bytes that are no UTF-8 name their field", func(t *testing.T) {
		for i, name := range strings.Split(strings.TrimSpace(heads), ",") {
			cells := make([]string, 8)
			cells[0], cells[i] = "a", "\xff"
			rows, refusals, err := readAll(t, intake.CSV+"; charset=utf-8", heads+strings.Join(cells, ",")+"\n")
			if err != nil || len(rows) > 0 || strings.Join(refusals, " ") != "invalid_encoding/"+name {
				t.Errorf("%s: %d rows, %q, %v", name, len(rows), refusals, err)
			}
		}
	})
}

func TestABodyThatBreaksOffIsNoEnd(t *testing.T) {
	lost := errors.New("connection reset")
	for name, c := range map[string]struct{ mediaType, body string }{
		"CSV in its heading": {intake.CSV, "indicator,per"},
		"CSV in a row":       {intake.CSV, heads + "a,2023,1\na,20" + strings.Repeat("2", 200<<10)},
		"JSON in an element": {intake.JSON, `[{"indicator":"a","period":"20`},
		"JSON at its start":  {intake.JSON, ``},
		"NDJSON in a row":    {intake.NDJSON, `{"indicator":"a","per`},
		"a line to skip":     {intake.NDJSON, strings.Repeat("x", 100<<10)},
		"a workbook":         {intake.Workbook, "PK\x03\x04"},
	} {
		t.Run(name, func(t *testing.T) {
			in, err := intake.Open(t.Context(), c.mediaType, io.MultiReader(strings.NewReader(c.body), iotest.ErrReader(lost)))
			for err == nil {
				_, _, err = in.Next()
			}
			if errors.Is(err, io.EOF) || fault.From(err).Code == fault.Internal || !errors.Is(err, lost) {
				t.Errorf("it ends with %v", err)
			}
		})
	}
}
