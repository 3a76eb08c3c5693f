package intake

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// field is what a column holds.
type field int

const (
	ignored field = iota // for people to read: in the template, not in a report
	indicatorField
	periodField
	valueField
	numeratorField
	denominatorField
	unitField
	basisField
	sourceField
	noteField
	evidenceField
)

// headings are the names a column may have.
var headings = map[string]field{
	"indicator": indicatorField, "指标代码": indicatorField, "指标编码": indicatorField, "指标": indicatorField,
	"period": periodField, "报告期": periodField, "期间": periodField,
	"value": valueField, "实绩": valueField, "数值": valueField, "完成值": valueField,
	"numerator": numeratorField, "分子": numeratorField, "denominator": denominatorField, "分母": denominatorField,
	"unit": unitField, "计量单位": unitField, "单位": unitField,
	"basis": basisField, "口径": basisField,
	"source_id": sourceField, "来源编号": sourceField,
	"note": noteField, "备注": noteField, "说明": noteField,
	"evidence_url": evidenceField, "佐证网址": evidenceField, "佐证材料": evidenceField,

	"name": ignored, "指标名称": ignored, "target": ignored, "目标": ignored, "due_on": ignored, "完成时限": ignored,
	"task": ignored, "任务": ignored, "role": ignored, "责任": ignored,
	"comparator": ignored, "目标要求": ignored, "direction": ignored, "方向": ignored,
	"course": ignored, "进程": ignored, "each": ignored, "考核期": ignored, "over": ignored, "增速口径": ignored,
}

// bases are the Chinese words for a basis.
var bases = map[string]string{"本期": "increment", "当期": "increment", "累计": "total"}

// columnsOf reads the heading row.
func columnsOf(names []string) ([]field, error) {
	columns := make([]field, 0, len(names))
	found := map[field]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		f, ok := headings[strings.ToLower(name)]
		switch {
		case !ok && name == "":
			f = ignored
		case !ok:
			return nil, fault.Newf(fault.UnknownField, "表头“%s”无法识别，可用：指标代码、报告期、实绩、分子、分母、计量单位、口径、来源编号、备注、佐证网址，或其英文名",
				"the heading %q is not known; use indicator, period, value, numerator, denominator, unit, basis, source_id, note, evidence_url, or their Chinese names", clip(name))
		case f != ignored && found[f]:
			return nil, fault.Newf(fault.DuplicateField, "表头“%s”出现了多次", "the heading %q is given more than once", clip(name))
		}
		found[f] = true
		columns = append(columns, f)
	}
	for f, name := range map[field]string{indicatorField: "指标代码 / indicator", periodField: "报告期 / period", valueField: "实绩 / value"} {
		if !found[f] && !(f == valueField && found[numeratorField] && found[denominatorField]) {
			return nil, fault.Newf(fault.RequiredField, "缺少列：%s", "a column is missing: %s", name)
		}
	}
	return columns, nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// tooWide refuses a row that says something where the heading has no column, so
// that it is not lost in silence; nil for every other row.
func tooWide(columns []field, cells []string) *fault.Fault {
	wide := len(cells)
	for wide > len(columns) && strings.TrimSpace(cells[wide-1]) == "" {
		wide--
	}
	if wide <= len(columns) {
		return nil
	}
	return fault.Newf(fault.MalformedRequest, "此行有 %d 列，表头只有 %d 列", "the row has %d cells and the heading %d", wide, len(columns))
}

// report turns the cells of a row into a report. blank reports a row that says
// nothing of its own, as a form has that was not filled in.
func report(columns []field, cells []string) (r tracker.Report, blank bool) {
	for i, cell := range cells {
		if i >= len(columns) {
			break
		}
		cell = unguard(strings.TrimSpace(cell))
		switch columns[i] {
		case ignored:
		case indicatorField:
			r.Indicator = cell
		case periodField:
			r.Period = cell
		case valueField:
			r.Value = cell
		case numeratorField:
			r.Numerator = cell
		case denominatorField:
			r.Denominator = cell
		case unitField:
			r.Unit = cell
		case basisField:
			if r.Basis = cell; bases[cell] != "" {
				r.Basis = bases[cell]
			}
		case sourceField:
			r.SourceID = cell
		case noteField:
			r.Note = cell
		case evidenceField:
			r.EvidenceURL = cell
		}
	}
	return r, r.Value+r.Numerator+r.Denominator == "" && r.SourceID+r.Note+r.EvidenceURL == ""
}

// table are the rows of a CSV text.
type table struct {
	in      *csv.Reader
	columns []field
}

func newCSV(r io.Reader, charset string) (*table, error) {
	text, err := decoded(r, charset)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(text)
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	names, err := in.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.Newf(fault.EmptyBody, "文件没有内容", "the file is empty")
	case err != nil:
		return nil, unreadableTable(err)
	}
	columns, err := columnsOf(names)
	return &table{in, columns}, err
}

func unreadableTable(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fault.Newf(fault.MalformedRequest, "CSV 第 %d 行引号不配对", "the quotes of line %d of the CSV do not match", parse.StartLine).Because(err)
	}
	return unreadable(err)
}

// decoded gives the text as UTF-8 without its byte-order mark. A text that is
// no UTF-8 where it begins is taken for GB18030, which is what spreadsheets in
// China write.
func decoded(r io.Reader, charset string) (io.Reader, error) {
	const look = 64 << 10
	in := bufio.NewReaderSize(r, look)
	head, err := in.Peek(look)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	if strings.HasPrefix(string(head), "\ufeff") {
		_, err := in.Discard(len("\ufeff"))
		return in, err
	}
	whole := head
	for cut := 0; cut < utf8.UTFMax && len(whole) == look-cut && !utf8.Valid(whole); cut++ {
		whole = whole[:len(whole)-1] // the last character may be cut
	}
	switch strings.ToLower(charset) {
	case "gb18030", "gbk", "gb2312":
	case "", "utf-8", "utf8":
		if charset != "" || utf8.Valid(whole) {
			return in, nil
		}
	default:
		return nil, fault.Newf(fault.UnsupportedMediaType, "不支持字符集 %s，请用 utf-8 或 gb18030", "the charset %s is not supported; use utf-8 or gb18030", clip(charset))
	}
	return transform.NewReader(in, simplifiedchinese.GB18030.NewDecoder()), nil
}

// Next implements tracker.Rows.
func (t *table) Next() (tracker.Report, *fault.Fault, error) {
	for {
		cells, err := t.in.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return tracker.Report{}, nil, io.EOF
		case errors.As(err, &parse):
			return tracker.Report{}, fault.From(unreadableTable(err)), nil
		case err != nil:
			return tracker.Report{}, nil, unreadable(err)
		}
		if refusal := tooWide(t.columns, cells); refusal != nil {
			return tracker.Report{}, refusal, nil
		}
		r, blank := report(t.columns, cells)
		if blank && r == (tracker.Report{}) {
			continue
		}
		if bad := invalid(r); bad != "" {
			return tracker.Report{}, fault.Newf(fault.InvalidEncoding, "不是合法的 UTF-8 文本", "the text is not valid UTF-8").At(bad), nil
		}
		return r, nil, nil
	}
}

// invalid names the first field that is no UTF-8.
func invalid(r tracker.Report) string {
	for _, f := range []struct{ at, text string }{
		{"/indicator", r.Indicator}, {"/period", r.Period}, {"/value", r.Value},
		{"/numerator", r.Numerator}, {"/denominator", r.Denominator}, {"/unit", r.Unit}, {"/basis", r.Basis},
		{"/source_id", r.SourceID}, {"/note", r.Note}, {"/evidence_url", r.EvidenceURL},
	} {
		if !utf8.ValidString(f.text) {
			return f.at
		}
	}
	return ""
}
