package intake_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestJSONRows(t *testing.T) {
	const one = `{"indicator":"a","period":"2023-Q3","value":4.20,"unit":"个","basis":"total","source_id":"s","note":"注","evidence_url":"https://a.cn"}`
	whole := tracker.Report{
		Indicator: "a", Period: "2023-Q3", Value: "4.20", Unit: "个", Basis: "total",
		SourceID: "s", Note: "注", EvidenceURL: "https://a.cn",
	}
	const two = `{"indicator":"b","period":"2023","value":"1"}`
	second := tracker.Report{Indicator: "b", Period: "2023", Value: "1"}
	for name, c := range map[string]struct {
		mediaType, body string
		want            []tracker.Report
	}{
		"an array":                               {intake.JSON, "[" + one + "," + two + "]", []tracker.Report{whole, second}},
		"an array with spaces and breaks":        {intake.JSON, "\n [ " + one + " ,\n" + two + " ]\n", []tracker.Report{whole, second}},
		"an array with a charset":                {intake.JSON + "; charset=utf-8", "[" + two + "]", []tracker.Report{second}},
		"an empty array":                         {intake.JSON, "[]", nil},
		"a media type in capitals":               {"Application/JSON", "[" + two + "]", []tracker.Report{second}},
		"lines":                                  {intake.NDJSON, one + "\n" + two + "\n", []tracker.Report{whole, second}},
		"lines by another name":                  {"application/jsonl", two + "\n", []tracker.Report{second}},
		"lines by a third name":                  {"application/ndjson", two + "\n", []tracker.Report{second}},
		"the last line without a break":          {intake.NDJSON, one + "\n" + two, []tracker.Report{whole, second}},
		"empty lines between":                    {intake.NDJSON, "\n\n" + one + "\n \t\n" + two + "\n\n", []tracker.Report{whole, second}},
		"lines that end as on Windows":           {intake.NDJSON, one + "\r\n\r\n" + two + "\r\n", []tracker.Report{whole, second}},
		"no lines":                               {intake.NDJSON, "", nil},
		"a value of more digits than a float64":  {intake.NDJSON, `{"value":12345678901234567890.123456789}`, []tracker.Report{{Value: "12345678901234567890.123456789"}}},
		"a value as a text keeps how it is said": {intake.NDJSON, `{"value":"1,200.50"}`, []tracker.Report{{Value: "1,200.50"}}},
		"the figures of a share":                 {intake.NDJSON, `{"numerator":455.0,"denominator":"500"}`, []tracker.Report{{Numerator: "455.0", Denominator: "500"}}},
		"a formula mark is a text in JSON":       {intake.NDJSON, `{"note":"'=1"}`, []tracker.Report{{Note: "'=1"}}},
	} {
		t.Run(name, func(t *testing.T) { readsRows(t, c.mediaType, c.body, c.want...) })
	}
}

func TestRowsOfJSONThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"an unknown field":          {`{"colour":1}`, "unknown_field/colour"},
		"a field in other case":     {`{"Indicator":"a"}`, "unknown_field/Indicator"},
		"a Chinese name of a field": {`{"实绩":1}`, "unknown_field/实绩"},
		"a name with a slash":       {`{"a/b":1}`, "unknown_field/a~1b"},
		"a number for a text":       {`{"indicator":7}`, "wrong_type/indicator"},
		"a list for a text":         {`{"note":["x"]}`, "wrong_type/note"},
		"a truth for a value":       {`{"value":true}`, "wrong_type/value"},
		"an object for a value":     {`{"value":{}}`, "wrong_type/value"},
		"a null for a value":        {`{"value":null}`, "wrong_type/value"},
		"a null for a numerator":    {`{"numerator":null}`, "wrong_type/numerator"},
		"a truth for a denominator": {`{"denominator":true}`, "wrong_type/denominator"},
		"a text":                    {`"a"`, "wrong_type"},
		"a field given twice":       {`{"note":"x","note":"x"}`, "duplicate_field/note"},
	} {
		t.Run(name, func(t *testing.T) {
			for mediaType, body := range map[string]string{
				intake.NDJSON: `{"note":"x"}` + "\n" + c.row + "\n" + `{"note":"x"}`,
				intake.JSON:   `[{"note":"x"},` + c.row + `,{"note":"x"}]`,
			} {
				rows, refusals, err := readAll(t, mediaType, body)
				if err != nil || len(rows) != 2 || strings.Join(refusals, " ") != c.want {
					t.Errorf("%s: %d rows, refused %q, %v", mediaType, len(rows), refusals, err)
				}
			}
		})
	}
	t.Run("the word null in a text is no null", func(t *testing.T) {
		readsRows(t, intake.NDJSON, `{"note":"null"}`, tracker.Report{Note: "null"})
	})
	t.Run("two values on one line", func(t *testing.T) {
		if _, refusals, err := readAll(t, intake.NDJSON, `{"note":"x"} {"note":"y"}`); err != nil || strings.Join(refusals, " ") != "trailing_data" {
			t.Errorf("refused %q, %v", refusals, err)
		}
	})
	t.Run("a line of exactly the limit is read, one byte more is not", func(t *testing.T) {
		const most = 64 << 10
		line := func(length int) string {
			return `{"note":"` + strings.Repeat("x", length-len(`{"note":""}`)-1) + `"}` + "\n"
		}
		rows, refusals, err := readAll(t, intake.NDJSON, line(most)+line(most+1)+line(20))
		if err != nil || len(rows) != 2 || strings.Join(refusals, " ") != "body_too_large" {
			t.Errorf("%d rows, refused %q, %v", len(rows), refusals, err)
		}
	})
}

func TestArraysThatEndWrong(t *testing.T) {
	for name, c := range map[string]struct {
		body, says string
		code       fault.Code
		rows       int
	}{
		"text after the end":          {`[{}] x`, "after the end", fault.TrailingData, 1},
		"a second array":              {`[{}] []`, "after the end", fault.TrailingData, 1},
		"a comma before the end":      {`[{},]`, "at byte", fault.MalformedRequest, 1},
		"a second row without quotes": {`[{},{note:1}]`, "at byte", fault.MalformedRequest, 1},
		"a text":                      {`"x"`, "array is expected", fault.WrongType, 0},
		"a null":                      {`null`, "array is expected", fault.WrongType, 0},
		"spaces":                      {" \n", "is empty", fault.EmptyBody, 0},
		"rows after which it is cut":  {`[{},{}`, "", fault.MalformedRequest, 2},
	} {
		t.Run(name, func(t *testing.T) {
			rows, refusals, err := readAll(t, intake.JSON, c.body)
			if !fault.Is(err, c.code) || len(rows) != c.rows || len(refusals) > 0 {
				t.Fatalf("%d rows, refused %q, %v", len(rows), refusals, err)
			}
			if d := fault.From(err).Detail; !strings.Contains(d.EN, c.says) || d.ZH == "" {
				t.Errorf("it says %q / %q", d.EN, d.ZH)
			}
		})
	}
	t.Run("rows before the fault are given as they come", func(t *testing.T) {
		in, err := intake.Open(t.Context(), intake.JSON, strings.NewReader(`[{"note":"x"},oops`))
		if err != nil {
			t.Fatal(err)
		}
		if r, refusal, err := in.Next(); err != nil || refusal != nil || r.Note != "x" {
			t.Errorf("%+v, %v, %v", r, refusal, err)
		}
		if _, _, err := in.Next(); !fault.Is(err, fault.MalformedRequest) || errors.Is(err, io.EOF) || fault.From(err).Field != "/1" {
			t.Errorf("%v", err)
		}
	})
}

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		body, field string
		code        fault.Code
	}{
		"nothing":                 {``, "", fault.MalformedRequest},
		"JSON that ends early":    {`{"note":"x"`, "", fault.MalformedRequest},
		"a missing colon":         {`{"note" "x"}`, "/note", fault.MalformedRequest},
		"text after the end":      {`{"note":"x"}}`, "", fault.TrailingData},
		"bytes that are no UTF-8": {"{\"note\":\"\xff\"}", "/note", fault.InvalidEncoding},
		"a null":                  {`{"unit":null}`, "/unit", fault.WrongType},
		"a field given twice":     {`{"unit":"","unit":""}`, "/unit", fault.DuplicateField},
		"an unknown field":        {`{"target":1}`, "/target", fault.UnknownField},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			var req v1.MeasurementRequest
			err := intake.Decode([]byte(c.body), &req)
			if !fault.Is(err, c.code) || fault.From(err).Field != c.field {
				t.Errorf("%v at %q", err, fault.From(err).Field)
			}
		})
	}
	t.Run("a null is let through where it is said to be meant", func(t *testing.T) {
		var req v1.MeasurementRequest
		if err := intake.Decode([]byte(`{"note":null,"unit":"个"}`), &req, "/note"); err != nil || req.Unit != "个" {
			t.Errorf("%+v, %v", req, err)
		}
		if err := intake.Decode([]byte(`{"note":null,"unit":null}`), &req, "/note"); !fault.Is(err, fault.WrongType) || fault.From(err).Field != "/unit" {
			t.Errorf("%v", err)
		}
	})
}

func TestOpenNamesWhatItReads(t *testing.T) {
	for _, mediaType := range []string{"", "text/plain", "application/vnd.ms-excel", "text/csv; charset", "json"} {
		_, err := intake.Open(t.Context(), mediaType, strings.NewReader("x"))
		if !fault.Is(err, fault.UnsupportedMediaType) {
			t.Errorf("%q: %v", mediaType, err)
			continue
		}
		for _, word := range []string{intake.JSON, intake.NDJSON, intake.CSV, intake.Workbook} {
			if d := fault.From(err).Detail; !strings.Contains(d.ZH, word) || !strings.Contains(d.EN, word) {
				t.Errorf("%q: the fault does not name %s: %q", mediaType, word, d.EN)
			}
		}
	}
}
