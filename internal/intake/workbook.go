package intake

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Limits of a workbook: what is sent, and what that may unpack to. Larger
// sheets are unpacked to a file while they are read.
const (
	MaxWorkbook   = 32 << 20
	mostUnpacked  = 512 << 20
	mostInMemory  = 16 << 20
	templateSheet = "实绩"
)

// sheet are the rows of the first sheet of a workbook.
type sheet struct {
	file    *excelize.File
	rows    *excelize.Rows
	columns []field
}

func newWorkbook(r io.Reader) (*sheet, error) {
	file, err := excelize.OpenReader(io.LimitReader(r, MaxWorkbook+1), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostInMemory,
	})
	if err != nil {
		return nil, notAWorkbook(err)
	}
	s := &sheet{file: file}
	if s.rows, err = file.Rows(file.GetSheetName(0)); err != nil {
		return nil, errors.Join(notAWorkbook(err), file.Close())
	}
	if !s.rows.Next() {
		return nil, errors.Join(fault.Newf(fault.EmptyBody, "工作表没有内容", "the sheet is empty"), file.Close())
	}
	names, err := s.rows.Columns()
	if err != nil {
		return nil, errors.Join(notAWorkbook(err), file.Close())
	}
	if s.columns, err = columnsOf(names); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

func notAWorkbook(err error) error {
	return fault.Newf(fault.UnreadableFile, "无法读取工作簿，请以 .xlsx 格式保存，不加密，最大 %d 字节",
		"the workbook cannot be read; save it as .xlsx, without a password, at most %d bytes", MaxWorkbook).Because(err)
}

// Next implements tracker.Rows.
func (s *sheet) Next() (tracker.Report, *fault.Fault, error) {
	for s.rows.Next() {
		cells, err := s.rows.Columns()
		if err != nil {
			return tracker.Report{}, nil, errors.Join(notAWorkbook(err), s.close())
		}
		if refusal := tooWide(s.columns, cells); refusal != nil {
			return tracker.Report{}, refusal, nil
		}
		if r, blank := report(s.columns, cells); !blank {
			return r, nil, nil
		}
	}
	if err := s.rows.Error(); err != nil {
		return tracker.Report{}, nil, errors.Join(notAWorkbook(err), s.close())
	}
	if err := s.close(); err != nil {
		return tracker.Report{}, nil, err
	}
	return tracker.Report{}, nil, io.EOF
}

func (s *sheet) close() error { return errors.Join(s.rows.Close(), s.file.Close()) }

// A text that begins with one of these is a formula to a spreadsheet that reads
// it out of a CSV; the mark before it keeps it a text.
const (
	formulaStarts = "=+-@\t\r"
	textMark      = "'"
)

func guard(s string) string {
	if s != "" && strings.Contains(formulaStarts, s[:1]) {
		return textMark + s
	}
	return s
}

// unguard takes the mark away again.
func unguard(s string) string {
	if rest, marked := strings.CutPrefix(s, textMark); marked && rest != "" && strings.Contains(formulaStarts, rest[:1]) {
		return rest
	}
	return s
}

// Line is one indicator of a template.
type Line struct {
	Indicator indicator.Indicator
	Role      indicator.Role
	Period    indicator.Period // the one to be reported
}

var templateHeadings = map[string][]any{
	"zh": {"指标代码", "指标名称", "责任", "目标", "完成时限", "报告期", "实绩", "计量单位", "口径", "来源编号", "备注", "佐证网址"},
	"en": {"indicator", "name", "role", "target", "due_on", "period", "value", "unit", "basis", "source_id", "note", "evidence_url"},
}

var templateWidths = []int{24, 40, 8, 16, 12, 12, 14, 12, 10, 18, 30, 30}

// WriteTemplate writes a workbook with a row for each indicator, in Chinese or,
// for "en", English, in which period, unit and basis are filled in and the value
// is left to be. All cells are texts, so that digits stay as they are typed.
func WriteTemplate(w io.Writer, lines []Line, lang string) error {
	file := excelize.NewFile()
	err := writeTemplate(file, lines, lang)
	if err == nil {
		err = file.Write(w)
	}
	return errors.Join(err, file.Close())
}

func writeTemplate(file *excelize.File, lines []Line, lang string) error {
	if err := file.SetSheetName(file.GetSheetName(0), templateSheet); err != nil {
		return err
	}
	asText, err := file.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	out, err := file.NewStreamWriter(templateSheet)
	if err != nil {
		return err
	}
	for i, width := range templateWidths {
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	names := templateHeadings["zh"]
	if lang == "en" {
		names = templateHeadings["en"]
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", names); err != nil {
		return err
	}
	for i, l := range lines {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(cell, l.cells(asText, lang)); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (l Line) cells(style int, lang string) []any {
	in := l.Indicator
	role, basis := map[indicator.Role]string{indicator.Lead: "牵头", indicator.Participating: "参与"}[l.Role], "累计"
	if in.Kind.DefaultBasis() == indicator.ThisPeriod {
		basis = "本期"
	}
	if lang == "en" {
		role, basis = string(l.Role), string(in.Kind.DefaultBasis())
	}
	target := in.Target.Value.String()
	if in.Target.ValueHigh != nil {
		target += "—" + in.Target.ValueHigh.String()
	}
	texts := []string{
		in.Code, in.Name, role, target + in.Target.Unit.String(), in.DueOn.String(), l.Period.String(), "",
		in.Target.Unit.String(), basis, "", "", "",
	}
	cells := make([]any, len(texts))
	for i, text := range texts {
		cells[i] = excelize.Cell{StyleID: style, Value: guard(text)}
	}
	return cells
}
