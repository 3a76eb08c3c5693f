package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/intake"
)

// shownOf is what is read of one cell under a number format: the value and unit, or
// the code that it is refused with.
func shownOf(t *testing.T, value any, format, unit string) string {
	t.Helper()
	file := book(t, []any{"indicator", "period", "value", "unit"}, []any{"a", "2023", value, unit})
	id, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = file.SetCellStyle("Sheet1", "C2", "C2", id)
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, refusals, err := readAll(t, intake.Workbook, written(t, file))
	switch {
	case err != nil:
		t.Fatal(err)
	case len(refusals) == 1:
		return refusals[0]
	case len(rows) != 1:
		t.Fatalf("%d rows", len(rows))
	}
	return rows[0].Value + rows[0].Unit
}

func TestNumberFormats(t *testing.T) {
	const doubt = "invalid_number/value"
	for _, c := range []struct {
		format string
		value  any
		unit   string
		want   string
	}{
		{"General", 12.5, "", "12.5"}, {"GENERAL", -12.5, "", "-12.5"}, {"G/通用格式", 12.5, "", "12.5"}, {"[DBNum1][$-804]General", 12, "", "12"},
		{"0_ ", 12.5, "", "12.5"}, {"0.00_);[Red]\\(0.00\\)", -12.5, "", "-12.5"}, {"#,##0;-#,##0", -1200, "", "-1200"}, {"0;[Red]-0", -3, "", "-3"},
		{"0.00E+00", 123456, "", "123456"}, {"##0.0E+0", 0.00012, "", "0.00012"}, {"# ?/?", 0.5, "", "0.5"}, {"# ??/100", 0.25, "", "0.25"}, {"# ##0", 1234567, "", "1234567"},
		{`_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, 0, "", "0"}, {`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, -4.5, "", "-4.5"},
		{`+0.0;-0.0;0`, 5.5, "", "5.5"}, {`+0.0;-0.0;0`, -5.5, "", "-5.5"}, {`0;@`, -5, "", "-5"},
		{"0%", 0.5, "", "50%"}, {"0.00%", 0.123456789012345, "", "12.3456789012345%"}, {"0%", -0.031, "%", "-3.1%"}, {"0%", 0, "", "0%"}, {"0%", 1e-7, "", "0.00001%"},
		{"0%;-0%", -0.5, "", "-50%"}, {`0"%"`, 78, "", "78%"}, {`0\%`, 78, "%", "78%"}, {"0%%", 0.5, "", doubt},
		{`0"万元"`, 5, "万元", "5万元"}, {`0.0" 万元"`, 5, "万元", "5万元"}, {`0"万元"`, 5, "元", "unit_mismatch/value"}, {`0"万元"`, 5, "", "unit_mismatch/value"},
		{`"¥"#,##0`, 5, "元", "5元"}, {`[$¥-804]#,##0`, 5, "万元", "5万元"}, {`"¥"#,##0`, 5, "", "unit_mismatch/value"}, {`[$$-409]#,##0`, 5, "元", "unit_mismatch/value"}, {`"约"0`, 5, "", "unit_mismatch/value"},
		{"#,##0,", 5, "", doubt}, {"0.0,,", 5, "", doubt}, {`0\.0,`, 5, "", doubt}, {`0!.0000`, 5, "", doubt}, {`0"."0,"万"`, 5, "万", doubt}, {"000-0000", 1234567, "", doubt},
		{`0"0"`, 5, "", doubt}, {`"１"0`, 5, "", doubt}, {`;;;`, 5, "", doubt}, {`"达标"`, 5, "", doubt}, {`0;;`, 0, "", doubt}, {`0;0`, -5, "", doubt}, {`-0`, 5, "", doubt}, {`(0)`, 5, "", doubt},
		{`[>=10000]0!.0,"万";0`, 5, "", doubt}, {`[>=10000]0.0;0`, 5, "", "5"}, {`[<0]0;0`, -5, "", doubt}, {"0 k", 5, "", doubt},
		{"yyyy-mm-dd", 45170, "", "wrong_type/value"}, {"h:mm", 0.5, "", "wrong_type/value"}, {"[h]:mm", 1.5, "", "wrong_type/value"}, {`yyyy"年"m"月"`, 45170, "", "wrong_type/value"}, {"[$-804]aaaa", 45170, "", "wrong_type/value"},
	} {
		t.Run(fmt.Sprint(c.format, " of ", c.value), func(t *testing.T) {
			if got := shownOf(t, c.value, c.format, c.unit); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestNumbersHaveTheDigitsThatASpreadsheetShows(t *testing.T) {
	for raw, want := range map[string]string{
		"1.1000000000000001": "1.1", "0.30000000000000004": "0.3", "2.9999999999999996": "3", "99999999999999.99": "100000000000000", "999999999999999.9": "1000000000000000",
		"1.2345678901234568E+16": "12345678901234600", "1E-3": "0.001", "-4.4000000000000004": "-4.4", "0": "0", "-0": "0", "0.0": "0", "5.": "5", ".5": "0.5", "00012.50": "12.5",
		"123456789012345": "123456789012345", "1234567890123455": "1234567890123460", "9.9999999999999995E-1": "1",
	} {
		t.Run(raw, func(t *testing.T) {
			rows, refusals, err := readAll(t, intake.Workbook, bookOfXML(t, "", `<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><v>2023</v></c><c r="C2"><v>`+raw+`</v></c>`))
			if err != nil || len(refusals) > 0 || len(rows) != 1 || rows[0].Value != want {
				t.Errorf("%+v, %q, %v, want %s", rows, refusals, err, want)
			}
		})
	}
}

// bookOfXML is a workbook whose second row has the cells, with an attribute that says
// how far it is computed.
func bookOfXML(t *testing.T, calc, cells string) string {
	t.Helper()
	file := book(t, []any{"indicator", "period", "value"}, []any{"a"})
	mark := true // which the attribute takes the place of
	if err := file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &mark}); err != nil {
		t.Fatal(err)
	}
	from, err := zip.NewReader(strings.NewReader(written(t, file)), int64(len(written(t, file))))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		part, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, "xl/workbook.xml") {
			text = bytes.Replace(text, []byte(`fullCalcOnLoad="1"`), []byte(calc), 1)
			text = bytes.Replace(text, []byte(`fullCalcOnLoad="true"`), []byte(calc), 1)
		}
		if strings.HasSuffix(f.Name, "sheet1.xml") {
			before, rest, _ := strings.Cut(string(text), `<row r="2"`)
			_, rest, _ = strings.Cut(rest, `</row>`)
			text = []byte(before + `<row r="2">` + cells + `</row>` + rest)
		}
		if _, err := part.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCellsOfEveryKind(t *testing.T) {
	start := `<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="str"><v>2023</v></c>`
	for name, c := range map[string]struct {
		cells, want string
		calc        string
	}{
		"a formula with its result":                           {start + `<c r="C2"><f>1+1</f><v>2</v></c>`, "2", ""},
		"a formula that gives a text":                         {start + `<c r="C2" t="str"><f>"7"</f><v>7</v></c>`, "7", ""},
		"a formula that gives nothing":                        {start + `<c r="C2" t="str"><f>""</f><v></v></c>`, "", ""},
		"a formula without its result":                        {start + `<c r="C2"><f>1+1</f></c>`, "wrong_type/value", ""},
		"a formula with an empty result":                      {start + `<c r="C2"><f>1+1</f><v/></c>`, "wrong_type/value", ""},
		"a formula that is still to be computed":              {start + `<c r="C2"><f>1+1</f><v>0</v></c>`, "wrong_type/value", `fullCalcOnLoad="1"`},
		"a formula of a book that is not computed to its end": {start + `<c r="C2"><f>1+1</f><v>0</v></c>`, "wrong_type/value", `calcCompleted="0"`},
		"a number beside such formulas":                       {start + `<c r="C2"><v>5</v></c>`, "5", `fullCalcOnLoad="1"`},
		"an error":                                            {start + `<c r="C2" t="e"><v>#DIV/0!</v></c>`, "wrong_type/value", ""},
		"a boolean":                                           {start + `<c r="C2" t="b"><v>1</v></c>`, "wrong_type/value", ""},
		"a date in words of ISO 8601":                         {start + `<c r="C2" t="d"><v>2023-09-01</v></c>`, "wrong_type/value", ""},
		"an error where the code is":                          {`<c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>2023</v></c><c r="C2"><v>1</v></c>`, "wrong_type/indicator", ""},
		"runs of text, and a reading aid":                     {start + `<c r="C2" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>9</t></rPh></is></c>`, "12", ""},
		"cells without names":                                 {`<c t="inlineStr"><is><t>a</t></is></c><c><v>2023</v></c><c><v>5</v></c>`, "5", ""},
		"a text with a character of no name":                  {start + `<c r="C2" t="str"><v>5_x000D_</v></c>`, "5", ""},
		"a number under no style of that name":                {start + `<c r="C2" s="900"><v>5</v></c>`, "unreadable_file", ""},
		"a shared text that there is not":                     {start + `<c r="C2" t="s"><v>900</v></c>`, "unreadable_file", ""},
		"a cell beyond the last column":                       {start + `<c r="ZZZZ2"><v>5</v></c>`, "unreadable_file", ""},
		"text that is too long for a cell":                    {start + `<c r="C2" t="str"><v>` + strings.Repeat("1", 2<<20) + `</v></c>`, "body_too_large", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows, refusals, err := readAll(t, intake.Workbook, bookOfXML(t, c.calc, c.cells))
			got := strings.Join(refusals, " ")
			switch {
			case err != nil:
				got = string(codeOf(err))
			case len(rows) == 1:
				got = rows[0].Value
			}
			if got != c.want {
				t.Errorf("%q, want %q (%v)", got, c.want, err)
			}
		})
	}
}

func TestNumbersAsText(t *testing.T) {
	for text, want := range map[string]string{
		"1,200": "1200", "12,345,678.5": "12345678.5", "１２．５": "12.5", "　5 ": "5", "\u00a05": "5", "\u200b5": "5", "−5": "-5", "－5": "-5", "+5": "5", "1，200": "1200",
		"78%": "78%", "78 ％": "78%", "-3.1%": "-3.1%",
		"12,34": "invalid_number/value", "1,2000": "invalid_number/value", "0,123": "invalid_number/value", "1.2E+05": "invalid_number/value", "1 200": "invalid_number/value",
		"5万": "unit_mismatch/value", "约5": "invalid_number/value", "(5)": "invalid_number/value", "5-6": "invalid_number/value", "5,": "invalid_number/value", "—": "invalid_number/value",
	} {
		t.Run(text, func(t *testing.T) {
			rows, refusals, err := readAll(t, intake.CSV, "indicator,period,value\na,２０２３-０９,\""+text+"\"\n")
			got := strings.Join(refusals, " ")
			if len(rows) == 1 {
				got = rows[0].Value + rows[0].Unit
			}
			if got != want || err != nil || len(rows) == 1 && rows[0].Period != "2023-09" {
				t.Errorf("%s, want %s, %v, %+v", got, want, err, rows)
			}
		})
	}
}

func TestManyTextsAreReadFromAFile(t *testing.T) {
	const rows, length = 600, 30_000 // more than is held in memory
	file := book(t, []any{"indicator", "period", "value", "note"})
	note := func(i int) string { return fmt.Sprint(i, strings.Repeat("x", length)) }
	for i := range rows {
		if err := file.SetSheetRow("Sheet1", fmt.Sprint("A", i+2), &[]any{"a", "2023", i, note(i)}); err != nil {
			t.Fatal(err)
		}
	}
	got, refusals, err := readAll(t, intake.Workbook, written(t, file))
	if err != nil || len(refusals) > 0 || len(got) != rows {
		t.Fatalf("%d rows, %q, %v", len(got), refusals, err)
	}
	for i, r := range got {
		if r.Note != note(i) || r.Value != fmt.Sprint(i) {
			t.Fatalf("row %d has another text", i)
		}
	}
}
