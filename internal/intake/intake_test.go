package intake_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// readAll gives the rows, refusals as their code, and how the reading ended.
func readAll(t *testing.T, mediaType, body string) (rows []tracker.Report, refusals []string, ended error) {
	t.Helper()
	in, err := intake.Open(t.Context(), mediaType, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	for {
		r, refusal, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, refusals, nil
		case err != nil:
			return rows, refusals, err
		case refusal != nil:
			refusals = append(refusals, string(refusal.Code)+refusal.Field)
		default:
			r.Place = tracker.Place{} // has tests of its own
			rows = append(rows, r)
		}
	}
}

func TestRowsThatCannotBeReadAreRefusedAlone(t *testing.T) {
	const good = `{"indicator":"a","period":"2023","value":1}`
	for name, c := range map[string]struct{ mediaType, body, refusals string }{
		"NDJSON that breaks off":     {intake.NDJSON, good + "\n{\"indicator\":\n" + good, "malformed_request/indicator"},
		"an element of another type": {intake.JSON, "[" + good + ",7," + good + "]", "wrong_type"},
		"a field twice":              {intake.JSON, `[` + good + `,{"period":"2023","period":"2024"},` + good + `]`, "duplicate_field/period"},
		"a null":                     {intake.NDJSON, good + "\n" + `{"indicator":"a","period":null,"value":1}` + "\n" + good, "wrong_type/period"},
		"a line that is too long":    {intake.NDJSON, good + "\n" + strings.Repeat("x", 200<<10) + "\n" + good, "body_too_large"},
		"quotes that do not match":   {intake.CSV, "indicator,period,value\na,2023,1\na,\"x\"y,1\na,2023,1\n", "malformed_request"},
		"more cells than headings":   {intake.CSV, "indicator,period,value\na,2023,1\na,2023,1,2\na,2023,1\n", "malformed_request"},
		"bytes that are no UTF-8":    {intake.CSV + "; charset=utf-8", "indicator,period,value,note\na,2023,1,\na,2023,1,\xff\na,2023,1,\n", "invalid_encoding/note"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, refusals, err := readAll(t, c.mediaType, c.body)
			if err != nil || len(rows) != 2 || strings.Join(refusals, " ") != c.refusals {
				t.Errorf("%d rows, refused %q, %v", len(rows), refusals, err)
			}
		})
	}
}

func TestBodiesThatCannotBeReadOn(t *testing.T) {
	for name, c := range map[string]struct {
		mediaType, body string
		code            fault.Code
	}{
		"an array that is not closed":   {intake.JSON, `[{"indicator":"a"}`, fault.MalformedRequest},
		"an array without a comma":      {intake.JSON, `[{} {}]`, fault.MalformedRequest},
		"an object":                     {intake.JSON, `{}`, fault.WrongType},
		"nothing":                       {intake.JSON, ``, fault.EmptyBody},
		"nothing of a table":            {intake.CSV, ``, fault.EmptyBody},
		"a heading that is not known":   {intake.CSV, "indicator,period,value,colour\na,2023,1,red\n", fault.UnknownField},
		"a heading twice":               {intake.CSV, "indicator,指标代码,period,value\n", fault.DuplicateField},
		"a charset that is not known":   {intake.CSV + ";charset=big5", "indicator,period,value\n", fault.UnsupportedMediaType},
		"a workbook that is none":       {intake.Workbook, "PK\x03\x04", fault.UnreadableFile},
		"a media type that is not read": {"image/png", "", fault.UnsupportedMediaType},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := readAll(t, c.mediaType, c.body); !fault.Is(err, c.code) {
				t.Errorf("%v, want %s", err, c.code)
			}
		})
	}
}

func TestTemplateKeepsTextsFromBecomingFormulas(t *testing.T) {
	in := indicator.Indicator{
		Code: "p-1-1", Name: "=HYPERLINK(\"x\")", Kind: indicator.Cumulative,
		Target:       indicator.Target{Value: quantity.MustNumber("5"), Unit: quantity.MustUnit("家")},
		DefaultBasis: indicator.Total,
	}
	var file bytes.Buffer
	line := intake.Line{Indicator: in, Role: indicator.Lead, Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1)), Basis: indicator.Total}
	if err := intake.WriteTemplate(&file, intake.Form{Agency: "市工信局", AgencyID: 12, Lines: []intake.Line{line}}, "zh"); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	name, err := book.GetCellValue("实绩", "B5")
	formula, _ := book.GetCellFormula("实绩", "B5")
	if err != nil || name != "'=HYPERLINK(\"x\")" || formula != "" {
		t.Errorf("name %q, formula %q, %v", name, formula, err)
	}
	if err := book.SetCellValue("实绩", "M5", "'-4.20"); err != nil {
		t.Fatal(err)
	}
	var filled bytes.Buffer
	if err := book.Write(&filled); err != nil {
		t.Fatal(err)
	}
	rows, _, err := readAll(t, intake.Workbook, filled.String())
	want := tracker.Report{Indicator: "p-1-1", Period: "2023-09", Value: "-4.20", Unit: "家", Basis: "total", SourceID: "template:12/p-1-1/2023-09/total", Agency: "市工信局"}
	if err != nil || len(rows) != 1 || rows[0] != want {
		t.Errorf("rows %+v, %v", rows, err)
	}
}

func TestTypeOf(t *testing.T) {
	for name, want := range map[string]string{"a.csv": intake.CSV, "a.jsonl": intake.NDJSON, "a.xlsx": intake.Workbook, "a.txt": "", ".csv": ""} {
		if got := intake.TypeOf(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func codeOf(err error) fault.Code { return fault.From(err).Code }
