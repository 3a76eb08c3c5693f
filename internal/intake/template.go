package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const templateSheet = "实绩"

// templateMark begins the source_id of each row of a template.
const templateMark = "template:"

// mostOfSource is how long a source_id may be, in characters.
const mostOfSource = 200

// Form is what an agency is to report.
type Form struct {
	Agency string
	// AgencyID is the agency's, by which its rows are known whatever it is called.
	AgencyID int64
	Lines    []Line
}

// Line is one indicator of a form.
type Line struct {
	Indicator indicator.Indicator
	Role      indicator.Role
	Period    indicator.Period // the one to be reported
	Basis     indicator.Basis
	Last      *indicator.Measurement // the figure of the latest period; nil without any
}

// source names the report of a line, so that the same form sent again is the same
// reports again.
func (l Line) source(agency int64) string {
	return sourceOf(strconv.FormatInt(agency, 10), l.Indicator.Code, l.Period.String(), string(l.Basis))
}

// sourceOf is the source_id of a row of a template of an agency, by its id or, in files that
// were handed out before, its name.
func sourceOf(agency, code, period, basis string) string {
	rest := "/" + code + "/" + period + "/" + basis
	if len([]rune(templateMark+agency+rest)) > mostOfSource {
		sum := sha256.Sum256([]byte(agency))
		agency = hex.EncodeToString(sum[:8])
	}
	return templateMark + agency + rest
}

// sourceAsFilledIn is the source_id of a row of a template whose period or basis may have
// been changed after it was handed out: that of the row as it is now, so that the figure of
// one period does not take the name of another's. Any other source_id stays as it is, and
// so does that of a row whose period or basis cannot be read. A row without a basis has one
// of its own.
func sourceAsFilledIn(source, period, basis string) string {
	named, isTemplates := strings.CutPrefix(source, templateMark)
	if !isTemplates {
		return source
	}
	parts := strings.Split(named, "/")
	const least = 4 // agency, indicator, period, basis
	if len(parts) < least {
		return source
	}
	of, then := parts[:len(parts)-2], parts[len(parts)-2:]
	now, err := indicator.ParsePeriod(period)
	if _, unread := indicator.ParsePeriod(then[0]); err != nil || unread != nil || now.String() == then[0] && basis == then[1] {
		return source
	}
	if _, err := indicator.ParseWord(basis, indicator.Bases); err != nil && basis != "" {
		return source
	}
	last := len(of) - 1
	return sourceOf(strings.Join(of[:last], "/"), of[last], now.String(), basis)
}

// column is one column of a template. All headings are known to columnsOf.
type column struct {
	zh, en string
	width  float64
	// cell is what stands there, in a language; nil for what is left to be filled in.
	cell func(l Line, lang string) string
	// choice are the words to choose from.
	choice func(lang string) []string
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
	{zh: "上次报告期", en: "last_period", width: 12, cell: func(l Line, _ string) string { return l.lastPeriod() }},
	{zh: "上次实绩", en: "last_value", width: 14, cell: func(l Line, lang string) string { return l.lastValue(lang) }},
	{zh: "报告期", en: "period", width: 12, cell: func(l Line, _ string) string { return l.Period.String() }},
	{zh: "实绩", en: "value", width: 14},
	{zh: "分子", en: "numerator", width: 12, onlyFor: indicator.Indicator.IsShare},
	{zh: "分母", en: "denominator", width: 12, onlyFor: indicator.Indicator.IsShare},
	{zh: "缺失标记", en: "missing", width: 12, choice: func(lang string) []string {
		return []string{missingIn(indicator.NotAvailable, lang), missingIn(indicator.NotApplicable, lang)}
	}},
	{zh: "是否初步数", en: "provisional", width: 12, choice: func(lang string) []string {
		return []string{fault.Text{ZH: "是", EN: "true"}.In(lang), fault.Text{ZH: "否", EN: "false"}.In(lang)}
	}},
	{zh: "计量单位", en: "unit", width: 12, cell: func(l Line, _ string) string { return l.Indicator.Target.Unit.String() }},
	{zh: "口径", en: "basis", width: 10, cell: func(l Line, lang string) string { return basisIn(l.Basis, lang) },
		choice: func(lang string) []string {
			return []string{basisIn(indicator.ThisPeriod, lang), basisIn(indicator.Total, lang)}
		}},
	{zh: "来源编号", en: sourceHeading, width: 18},
	{zh: "报送单位", en: agencyHeading, width: 18},
	{zh: "备注", en: "note", width: 30},
	{zh: "佐证网址", en: "evidence_url", width: 30},
}

const (
	sourceHeading = "source_id"
	agencyHeading = "agency"
)

func (l Line) lastPeriod() string {
	if l.Last == nil {
		return ""
	}
	return l.Last.Period.String()
}

func (l Line) lastValue(lang string) string {
	if l.Last == nil {
		return ""
	}
	text := strings.ReplaceAll(l.Last.Value.String(), "-", "−") + l.Last.Unit.String()
	if l.Last.Provisional {
		text += fault.Text{ZH: "（初步数）", EN: " (provisional)"}.In(lang)
	}
	return text
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

// missingIn is the lack of a figure in a word that is read back.
func missingIn(missing indicator.Missing, lang string) string {
	if lang == "en" {
		return string(missing)
	}
	return missing.Label().ZH
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
func WriteTemplate(w io.Writer, form Form, lang string) error {
	file := excelize.NewFile()
	err := writeTemplate(file, form, lang)
	if err == nil {
		err = file.Write(w)
	}
	return errors.Join(err, file.Close())
}

// above are the title and the instructions above the headings.
func above(agency string) []fault.Text {
	return []fault.Text{
		{ZH: agency + "指标实绩填报表", EN: "Figures to report: " + agency},
		{
			ZH: "填“实绩”一列（比率也可改填“分子”“分母”），数值按“计量单位”填写，以后还会调整的在“是否初步数”选“是”；没有数据的，在“缺失标记”中选择，并在“备注”写明原因；不报送的行留空。不要改动指标代码和来源编号。",
			EN: "Fill in the value, in the unit of its row (a share may have numerator and denominator instead), and choose true under provisional where it will change. Where there is no figure, choose a word under missing and say why in the note. Leave rows that you do not report empty; do not change indicator or source_id.",
		},
		{
			ZH: "“口径”从列表中选：本期为报告期内发生数，累计为截至报告期末的总数。填好后存为 .xlsx 或 CSV，在网页的“报送”中上传，或发送到 /api/v1/measurements/batch。",
			EN: "Choose the basis from the list: increment is what the period brought, total is all up to its end. Save as .xlsx or CSV and upload it on the page Report, or send it to /api/v1/measurements/batch.",
		},
	}
}

// sheetWriter writes the one sheet of a template.
type sheetWriter struct {
	file    *excelize.File
	out     *excelize.StreamWriter
	columns []column
	lang    string
	head    int // row of the headings
	err     error
}

// do keeps the first error.
func (s *sheetWriter) do(step func() error) {
	if s.err == nil {
		s.err = step()
	}
}

func (s *sheetWriter) style(style excelize.Style) (id int) {
	s.do(func() (err error) {
		id, err = s.file.NewStyle(&style)
		return err
	})
	return id
}

func writeTemplate(file *excelize.File, form Form, lang string) error {
	if err := file.SetSheetName(file.GetSheetName(0), templateSheet); err != nil {
		return err
	}
	fit := true
	if err := file.SetSheetProps(templateSheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil { // the writer begins with it
		return err
	}
	out, err := file.NewStreamWriter(templateSheet)
	if err != nil {
		return err
	}
	texts := above(form.Agency)
	s := &sheetWriter{file: file, out: out, columns: columnsFor(form.Lines), lang: lang, head: len(texts) + 1}
	asText := s.style(excelize.Style{NumFmt: 49})
	title := s.style(excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true, Size: 14}})
	heading := s.style(excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	s.layOut(len(form.Lines))
	for i, text := range texts {
		style := asText
		if i == 0 {
			style = title
		}
		s.row(i+1, []any{excelize.Cell{StyleID: style, Value: text.In(lang)}})
	}
	names := make([]any, len(s.columns))
	for i, col := range s.columns {
		names[i] = excelize.Cell{StyleID: heading, Value: fault.Text{ZH: col.zh, EN: col.en}.In(lang)}
	}
	s.row(s.head, names)
	for i, l := range form.Lines {
		s.row(s.head+1+i, l.cells(s.columns, form, asText, lang))
	}
	s.do(out.Flush)
	s.do(func() error {
		return file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: templateSheet, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", templateSheet, s.head, s.head),
		})
	})
	return s.err
}

func (s *sheetWriter) row(at int, cells []any) {
	s.do(func() error { return s.out.SetRow(fmt.Sprint("A", at), cells) })
}

// layOut sets what belongs to the sheet as a whole, before its first row: widths,
// headings that stay in sight, one page wide in print, and the words to choose from.
func (s *sheetWriter) layOut(rows int) {
	wide, landscape, a4, asMany := 1, "landscape", 9, 0
	s.do(func() error {
		return s.file.SetPageLayout(templateSheet, &excelize.PageLayoutOptions{
			Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &asMany,
		})
	})
	s.do(func() error {
		return s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: s.head, TopLeftCell: fmt.Sprint("A", s.head+1), ActivePane: "bottomLeft"})
	})
	for i, col := range s.columns {
		s.do(func() error { return s.out.SetColWidth(i+1, i+1, col.width) })
		if col.choice == nil || rows == 0 {
			continue
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(fmt.Sprintf("%s%d:%s%d", letterOf(i), s.head+1, letterOf(i), s.head+rows))
		list.SetError(excelize.DataValidationErrorStyleStop, "", strings.Join(col.choice(s.lang), " / "))
		s.do(func() error { return list.SetDropList(col.choice(s.lang)) })
		s.do(func() error { return s.file.AddDataValidation(templateSheet, list) })
	}
}

// columnsFor leaves out the columns that are for none of the indicators.
func columnsFor(lines []Line) []column {
	return slices.DeleteFunc(slices.Clone(templateColumns), func(col column) bool {
		return col.onlyFor != nil && !slices.ContainsFunc(lines, func(l Line) bool { return col.onlyFor(l.Indicator) })
	})
}

func (l Line) cells(columns []column, form Form, style int, lang string) []any {
	cells := make([]any, len(columns))
	for i, col := range columns {
		text := ""
		switch {
		case col.en == sourceHeading:
			text = l.source(form.AgencyID)
		case col.en == agencyHeading:
			text = indicator.GuardText(form.Agency)
		case col.cell != nil:
			text = indicator.GuardText(col.cell(l, lang))
		}
		cells[i] = excelize.Cell{StyleID: style, Value: text}
	}
	return cells
}
