package intake

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const templateSheet = "实绩"

// Line is one indicator of a template.
type Line struct {
	Indicator indicator.Indicator
	Role      indicator.Role
	Period    indicator.Period // the one to be reported
}

// column is one column of a template. All headings are known to columnsOf.
type column struct {
	zh, en string
	width  float64
	// cell is what stands there, in a language; nil for what is left to be filled in.
	cell func(l Line, lang string) string
	// onlyFor, when set, says which indicators the column is for; without any it is left out.
	onlyFor func(in indicator.Indicator) bool
}

var templateColumns = []column{
	{zh: "指标代码", en: "indicator", width: 24, cell: func(l Line, _ string) string { return l.Indicator.Code }},
	{zh: "指标名称", en: "name", width: 40, cell: func(l Line, _ string) string { return l.Indicator.Name }},
	{zh: "责任", en: "role", width: 8, cell: func(l Line, lang string) string { return roleIn(l.Role, lang) }},
	{zh: "目标要求", en: "comparator", width: 10, cell: func(l Line, lang string) string { return l.Indicator.SignedTarget().Comparator.Label().In(lang) }},
	{zh: "目标", en: "target", width: 16, cell: func(l Line, lang string) string { return targetIn(l.Indicator.SignedTarget(), lang) }},
	{zh: "方向", en: "direction", width: 18, cell: func(l Line, lang string) string {
		return marked(l.Indicator.Direction.Label(), l.Indicator.DirectionBy, lang)
	}},
	{zh: "进程", en: "course", width: 18, cell: func(l Line, lang string) string {
		return marked(l.Indicator.Course.Label(), l.Indicator.CourseBy, lang)
	}},
	{zh: "考核期", en: "each", width: 14, cell: func(l Line, lang string) string { return l.Indicator.Span().In(lang) }},
	{zh: "完成时限", en: "due_on", width: 12, cell: func(l Line, _ string) string { return l.Indicator.DueOn.String() }},
	{zh: "报告期", en: "period", width: 12, cell: func(l Line, _ string) string { return l.Period.String() }},
	{zh: "实绩", en: "value", width: 14},
	{zh: "分子", en: "numerator", width: 12, onlyFor: indicator.Indicator.IsShare},
	{zh: "分母", en: "denominator", width: 12, onlyFor: indicator.Indicator.IsShare},
	{zh: "计量单位", en: "unit", width: 12, cell: func(l Line, _ string) string { return l.Indicator.Target.Unit.String() }},
	{zh: "口径", en: "basis", width: 10, cell: func(l Line, lang string) string { return basisIn(l.Indicator.DefaultBasis, lang) }},
	{zh: "来源编号", en: "source_id", width: 18},
	{zh: "备注", en: "note", width: 30},
	{zh: "佐证网址", en: "evidence_url", width: 30},
}

func roleIn(role indicator.Role, lang string) string {
	if lang == "en" {
		return string(role)
	}
	return map[indicator.Role]string{indicator.Lead: "牵头", indicator.Participating: "参与"}[role]
}

// basisIn is a basis in a word that is read back.
func basisIn(basis indicator.Basis, lang string) string {
	if lang == "en" {
		return string(basis)
	}
	return basis.Label().ZH
}

// targetIn is a target with its unit; a fall has its sign, as its reports do.
func targetIn(t indicator.Target, lang string) string {
	if t.Waits {
		return t.Reference + fault.Text{ZH: "（待定）", EN: " (waits)"}.In(lang)
	}
	text := t.Value.String()
	if t.ValueHigh != nil {
		text += "—" + t.ValueHigh.String()
	}
	return strings.ReplaceAll(text, "-", "−") + t.Unit.String()
}

// marked is a label that says so when nothing but an assumption settled it.
func marked(label fault.Text, by indicator.Settled, lang string) string {
	if by != indicator.Assumed {
		return label.In(lang)
	}
	return label.In(lang) + fault.Text{ZH: "（推定）", EN: " (assumed)"}.In(lang)
}

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
	columns := columnsFor(lines)
	names := make([]any, len(columns))
	for i, col := range columns {
		if err := out.SetColWidth(i+1, i+1, col.width); err != nil {
			return err
		}
		names[i] = fault.Text{ZH: col.zh, EN: col.en}.In(lang)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", names); err != nil {
		return err
	}
	for i, l := range lines {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, l.cells(columns, asText, lang)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// columnsFor leaves out the columns that are for none of the indicators.
func columnsFor(lines []Line) []column {
	return slices.DeleteFunc(slices.Clone(templateColumns), func(col column) bool {
		return col.onlyFor != nil && !slices.ContainsFunc(lines, func(l Line) bool { return col.onlyFor(l.Indicator) })
	})
}

func (l Line) cells(columns []column, style int, lang string) []any {
	cells := make([]any, len(columns))
	for i, col := range columns {
		text := ""
		if col.cell != nil {
			text = guard(col.cell(l, lang))
		}
		cells[i] = excelize.Cell{StyleID: style, Value: text}
	}
	return cells
}
