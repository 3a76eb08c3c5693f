package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Codes reads a table of external codes: a JSON array, or CSV with the headings of
// reports for both codes, in UTF-8 or GB18030, without the columns to be passed over.
// It fails as Open and its rows do.
func Codes(mediaType string, body []byte, passOver ...string) ([]tracker.CodeRow, error) {
	kind, params, err := mime.ParseMediaType(mediaType)
	if err != nil {
		kind = ""
	}
	switch kind {
	case JSON:
		var list []v1.ExternalCodeRowInput
		if err := Decode(body, &list); err != nil {
			return nil, err
		}
		rows := make([]tracker.CodeRow, len(list))
		for i, r := range list {
			rows[i] = tracker.CodeRow{Indicator: r.Indicator, External: r.ExternalCode}
		}
		return rows, nil
	case CSV:
		return codesOfCSV(body, params["charset"], passOver)
	}
	return nil, fault.Newf(fault.UnsupportedMediaType,
		"请以 Content-Type: %s 或 %s 发送，收到的是“%s”", "send Content-Type: %s or %s; %q was received", JSON, CSV, mediaType)
}

func codesOfCSV(body []byte, charset string, passOver []string) ([]tracker.CodeRow, error) {
	text, err := textOf(bytes.NewReader(body), charset)
	if err != nil {
		return nil, err
	}
	t := tableOf(text)
	head, refusal, err := t.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.Newf(fault.EmptyBody, "文件没有内容", "the file is empty")
	case err != nil:
		return nil, err
	case refusal != nil:
		return nil, refusal
	}
	columns, err := codeColumns(head.names(), passOver)
	if err != nil {
		return nil, err
	}
	var rows []tracker.CodeRow
	for {
		r, refusal, err := t.next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, err
		case refusal != nil:
			return nil, refusal
		case r.isBlank():
			continue
		}
		row := tracker.CodeRow{Line: r.line}
		for i, c := range r.cells {
			switch {
			case i >= len(columns):
				if !c.isBlank() && !isPassedOver("", i, passOver) {
					return nil, fault.Newf(fault.MalformedRequest, "第 %d 行的列多于表头", "line %d has more cells than the heading", r.line)
				}
			case columns[i] == indicatorField:
				row.Indicator = indicator.TableText(c.text)
			case columns[i] == externalField:
				row.External = indicator.TableText(c.text)
			}
		}
		rows = append(rows, row)
	}
}

// codeColumns reads the headings of a table of external codes: those that reports have
// for the two codes, and beside them those of columns for people to read.
func codeColumns(names, passOver []string) ([]field, error) {
	columns := make([]field, len(names))
	found := map[field]bool{}
	for i, name := range names {
		f, known := headings[plainHeading(name)]
		if isPassedOver(plainHeading(name), i, passOver) {
			f, known = ignored, true
		}
		switch {
		case !known || f != ignored && f != indicatorField && f != externalField:
			return nil, fault.Newf(fault.UnknownField, "表头“%s”无法识别，可用：指标代码、外部代码、指标名称；不读的列请列入 ignore_columns",
				"the heading %q is not known; use indicator, external_code, name, or name it in ignore_columns", clip(indicator.TrimText(name)))
		case f != ignored && found[f]:
			return nil, fault.Newf(fault.DuplicateField, "表头“%s”出现了多次", "the heading %q is given more than once", clip(indicator.TrimText(name)))
		}
		columns[i], found[f] = f, true
	}
	for _, need := range []struct {
		f    field
		name string
	}{{indicatorField, "指标代码 / indicator"}, {externalField, "外部代码 / external_code"}} {
		if !found[need.f] {
			return nil, fault.New(fault.RequiredField, fault.Text{
				ZH: fmt.Sprintf("缺少列：%s", need.name), EN: fmt.Sprintf("a column is missing: %s", need.name),
			})
		}
	}
	return columns, nil
}
