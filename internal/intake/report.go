package intake

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// answers are the words for whether a figure is provisional.
var answers = map[string]bool{"是": true, "true": true, "否": false, "false": false}

// filling puts the cells of one row into a report, and keeps the first refusal.
type filling struct {
	grid    *grid
	row     record
	report  tracker.Report
	refusal *fault.Fault
}

// report turns a row into a report. Of a row that is refused it has what could be
// read.
func (g *grid) report(r record) (tracker.Report, *fault.Fault) {
	f := &filling{grid: g, row: r, report: tracker.Report{Place: tracker.Place{Sheet: g.sheet, Line: r.line, Columns: g.letters}}}
	if column := g.lost(r); column >= 0 {
		f.refusal = g.refuseLost(r, column)
	}
	for i, c := range r.cells {
		if i < len(g.columns) && pointers[g.columns[i]] != "" && !utf8.ValidString(c.text) && f.refusal == nil {
			f.refusal = fault.Newf(fault.InvalidEncoding, "不是合法的 UTF-8 文本", "the text is not valid UTF-8").At(pointers[g.columns[i]])
		}
		if i < len(g.columns) && !isNumeric(g.columns[i]) {
			f.text(i, c, g.columns[i])
		}
	}
	for i, c := range r.cells {
		if i < len(g.columns) && isNumeric(g.columns[i]) {
			f.number(i, c, g.columns[i])
		}
	}
	f.report.SourceID = sourceAsFilledIn(f.report.SourceID, f.report.Period, f.report.Basis)
	return f.report, f.refusal
}

// refuseLost refuses a row for what stands where there is no heading.
func (g *grid) refuseLost(r record, column int) *fault.Fault {
	if column < len(g.columns) {
		return g.unheaded(r, column)
	}
	wide := len(r.cells)
	for wide > 0 && r.cells[wide-1].isBlank() {
		wide--
	}
	return fault.Newf(fault.MalformedRequest, "此行有 %d 列，表头只有 %d 列：%s列没有表头", "the row has %d cells and the heading %d: column %s has no heading",
		wide, len(g.columns), letterOf(column))
}

func isNumeric(f field) bool { return f == valueField || f == numeratorField || f == denominatorField }

// isSilent says whether a row says nothing: nothing at all, or, as a row of the
// template, nothing but what the service itself wrote there.
func isSilent(r tracker.Report) bool {
	r.Place = tracker.Place{}
	if r == (tracker.Report{}) {
		return true
	}
	return strings.HasPrefix(r.SourceID, templateMark) && !r.Provisional && r.Value+r.Numerator+r.Denominator+r.Missing+r.Note+r.EvidenceURL == ""
}

// where names a cell in a sentence.
func (f *filling) where(column int) fault.Text {
	if f.grid.sheet != "" {
		at := fmt.Sprint(letterOf(column), f.row.line)
		return fault.Text{ZH: fmt.Sprintf("工作表“%s”的单元格 %s ", f.grid.sheet, at), EN: fmt.Sprintf("cell %s of sheet %q", at, f.grid.sheet)}
	}
	name := clip(indicator.TrimText(f.grid.names[column]))
	return fault.Text{ZH: fmt.Sprintf("第 %d 行“%s”列", f.row.line, name), EN: fmt.Sprintf("line %d, column %q,", f.row.line, name)}
}

func (f *filling) refuse(code fault.Code, column int, field field, why *phrase) {
	if f.refusal == nil {
		f.refusal = why.of(code, f.where(column)).At(pointers[field])
	}
}

// text puts a cell into the field of a text.
func (f *filling) text(column int, c cell, to field) {
	if to == ignored || to == doubtful {
		return
	}
	if to == provisionalField && c.logical != "" {
		c = cell{text: c.logical}
	}
	text, doubt := c.asText()
	if doubt != nil {
		f.refuse(fault.WrongType, column, to, doubt)
		return
	}
	switch r := &f.report; to {
	case indicatorField:
		r.Indicator = text
	case externalField:
		r.External = text
	case namespaceField:
		if text != "" {
			r.Namespace = &text
		}
	case periodField:
		r.Period = narrow(text)
	case unitField:
		if r.Unit = text; narrow(text) == "%" {
			r.Unit = "%"
		}
	case basisField:
		r.Basis = text
		if basis, err := indicator.ParseBasis(text); err == nil {
			r.Basis = string(basis)
		}
	case missingField:
		missing, err := indicator.ParseMissing(text)
		if r.Missing = string(missing); err != nil && text != "" {
			f.refuse(fault.InvalidValue, column, to, &phrase{"写着“%s”，应为 暂缺 或 不适用，有数值时留空", "holds %q; write not_available or not_applicable, or nothing beside a value", text})
		}
	case provisionalField:
		yes, known := answers[strings.ToLower(text)]
		if r.Provisional = yes; !known && text != "" {
			f.refuse(fault.InvalidValue, column, to, &phrase{"写着“%s”，应为 是 或 否，或留空", "holds %q; write true or false, or nothing", text})
		}
	case sourceField:
		r.SourceID = text
	case noteField:
		r.Note = text
	case evidenceField:
		r.EvidenceURL = text
	case agencyField:
		r.Agency = text
	case replacesField:
		r.Replaces = narrow(text)
	}
}

// asText is what a cell shows where a text is wanted.
func (c cell) asText() (string, *phrase) {
	if c.doubt != nil || c.format == nil {
		return indicator.TableText(c.text), c.doubt
	}
	d, ok := readDecimal(c.text)
	switch {
	case !ok:
		return "", &phrase{"的内容“%s”不是数值", "holds %q, which is not a number", c.text}
	case c.format.date:
		return "", isDate
	case !c.format.isPlain(d):
		return "", &phrase{zh: "是带格式的数字，与所示文字不同，请改为文本", en: "is a number with a format, not the text that it shows; make it a text"}
	}
	return d.String(), nil
}

var isDate = &phrase{zh: "是日期，请写为文本，如 2023-09", en: "is a date; write it as a text, such as 2023-09"}

// number puts a cell into the field of a number. The unit beside it is known by now.
func (f *filling) number(column int, c cell, to field) {
	if c.isBlank() {
		return
	}
	n, code, doubt := c.asNumber()
	if doubt != nil {
		f.refuse(code, column, to, doubt)
		return
	}
	switch to {
	case numeratorField:
		f.report.Numerator = n.number
	case denominatorField:
		f.report.Denominator = n.number
	default:
		f.report.Value = n.number
	}
	f.around(column, n, to)
}

// asNumber is what a cell shows where a number is wanted.
func (c cell) asNumber() (shown, fault.Code, *phrase) {
	switch {
	case c.doubt != nil:
		return shown{}, fault.WrongType, c.doubt
	case c.format == nil:
		n, doubt := readNumber(indicator.TableText(c.text))
		if doubt != nil {
			doubt = &phrase{"的" + doubt.zh, "holds what cannot be read: " + doubt.en, doubt.text}
		}
		return n, fault.InvalidNumber, doubt
	case c.format.date:
		return shown{}, fault.WrongType, &phrase{zh: "是日期，不是数值", en: "is a date, not a number"}
	}
	d, ok := readDecimal(c.text)
	if !ok {
		return shown{}, fault.InvalidNumber, &phrase{"的内容“%s”不是数值", "holds %q, which is not a number", c.text}
	}
	n, doubt := c.format.show(d)
	return n, fault.InvalidNumber, doubt
}

// around holds what stands around a number against the unit of the row.
func (f *filling) around(column int, n shown, to field) {
	unit := f.report.Unit
	switch {
	case n.prefix != "" && (!strings.ContainsAny(n.prefix, "¥￥") || !strings.HasSuffix(unit, "元")):
		f.refuse(fault.UnitMismatch, column, to, &phrase{"显示“%s”，请在计量单位一列写明单位", "shows %q; write the unit in the column for it", n.prefix + n.number})
	case n.suffix == "" || n.suffix == narrow(unit) && to == valueField:
	case n.suffix == "%" && unit == "" && to == valueField:
		f.report.Unit = "%"
		f.report.Place.Percent = fault.Text{ZH: strings.TrimSpace(f.where(column).ZH), EN: strings.TrimSuffix(f.where(column).EN, ",")}
	case n.suffix == "%" && to != valueField:
		f.refuse(fault.UnitMismatch, column, to, &phrase{zh: "是百分数，分子和分母应为数量", en: "is in percent, but a numerator and a denominator are amounts"})
	case n.suffix == "%":
		f.refuse(fault.UnitMismatch, column, to, &phrase{"是百分数，但计量单位是“%s”", "is in percent, but the unit of its row is %q", unit})
	default:
		f.refuse(fault.UnitMismatch, column, to, &phrase{"显示“%s”，与计量单位一列不符", "shows %q, which is not what the column for the unit says", n.number + n.suffix})
	}
}
