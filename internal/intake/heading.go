package intake

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// field is what a column holds.
type field int

const (
	ignored  field = iota // for people to read: in the template, not in a report
	doubtful              // without a heading that is known: nothing may stand there
	indicatorField
	periodField
	valueField
	numeratorField
	denominatorField
	missingField
	provisionalField
	unitField
	basisField
	sourceField
	noteField
	evidenceField
	agencyField
	replacesField
	externalField
	namespaceField
)

// pointers name the fields where a report has them.
var pointers = [...]string{
	indicatorField: "/indicator", periodField: "/period", valueField: "/value", numeratorField: "/numerator", denominatorField: "/denominator",
	missingField: "/missing", provisionalField: "/provisional", unitField: "/unit", basisField: "/basis", sourceField: "/source_id", noteField: "/note", evidenceField: "/evidence_url",
	agencyField: "/agency", replacesField: "/replaces",
	externalField: "/external_code", namespaceField: "/external_namespace",
}

// headings are the names a column may have.
var headings = map[string]field{
	"indicator": indicatorField, "指标代码": indicatorField, "指标编码": indicatorField, "指标": indicatorField,
	"period": periodField, "报告期": periodField, "期间": periodField,
	"value": valueField, "实绩": valueField, "数值": valueField, "完成值": valueField,
	"numerator": numeratorField, "分子": numeratorField, "denominator": denominatorField, "分母": denominatorField,
	"missing": missingField, "缺失标记": missingField, "provisional": provisionalField, "初步数": provisionalField, "是否初步数": provisionalField,
	"unit": unitField, "计量单位": unitField, "单位": unitField,
	"basis": basisField, "口径": basisField,
	"source_id": sourceField, "来源编号": sourceField,
	"note": noteField, "备注": noteField, "说明": noteField, "缺失原因": noteField,
	"evidence_url": evidenceField, "佐证网址": evidenceField, "佐证材料": evidenceField,
	"agency": agencyField, "报送单位": agencyField, "replaces": replacesField, "取代实绩": replacesField,
	"external_code": externalField, "外部代码": externalField, "外部编码": externalField,
	"external_namespace": namespaceField, "外部代码空间": namespaceField,

	"name": ignored, "指标名称": ignored, "target": ignored, "目标": ignored, "due_on": ignored, "完成时限": ignored,
	"task": ignored, "任务": ignored, "role": ignored, "责任": ignored,
	"comparator": ignored, "目标要求": ignored, "direction": ignored, "方向": ignored,
	"course": ignored, "进程": ignored, "each": ignored, "考核期": ignored, "over": ignored, "增速口径": ignored,
	"last_value": ignored, "上次实绩": ignored, "last_period": ignored, "上次报告期": ignored,
}

// plainHeading is a heading as it is compared.
func plainHeading(name string) string { return strings.ToLower(indicator.TrimText(narrow(name))) }

// columnsOf reads a heading row. Columns whose headings are to be passed over, or
// whose letters where they have none, hold nothing to be read.
func columnsOf(names, passOver []string) ([]field, error) {
	columns := make([]field, 0, len(names))
	found := map[field]bool{}
	unknown := ""
	for i, name := range names {
		plain := plainHeading(name)
		f, ok := headings[plain]
		switch {
		case isPassedOver(plain, i, passOver):
			f = ignored
		case !ok:
			f = doubtful
			if unknown == "" {
				unknown = name
			}
		case f != ignored && found[f]:
			return nil, fault.Newf(fault.DuplicateField, "表头“%s”出现了多次", "the heading %q is given more than once", clip(indicator.TrimText(name)))
		}
		found[f] = true
		columns = append(columns, f)
	}
	for _, need := range []struct {
		f    field
		name string
	}{{indicatorField, "指标代码 / indicator（或 外部代码 / external_code）"}, {periodField, "报告期 / period"}, {valueField, "实绩 / value"}} {
		switch {
		case found[need.f] || need.f == indicatorField && found[externalField]:
		case need.f == valueField && (found[missingField] || found[numeratorField] && found[denominatorField]):
		case unknown != "":
			return nil, unknownHeading(unknown)
		default:
			return nil, fault.Newf(fault.RequiredField, "缺少列：%s", "a column is missing: %s", need.name)
		}
	}
	return columns, nil
}

func isPassedOver(plain string, column int, passOver []string) bool {
	return slices.ContainsFunc(passOver, func(name string) bool {
		return plainHeading(name) == plain && plain != "" || plain == "" && strings.EqualFold(indicator.TrimText(name), letterOf(column))
	})
}

// letterOf names a column, from 0, as spreadsheets do.
func letterOf(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return "…" // beyond the last column of any sheet
	}
	return name
}

func unknownHeading(name string) *fault.Fault {
	return fault.Newf(fault.UnknownField,
		"表头“%s”无法识别，可用：指标代码、外部代码、外部代码空间、报告期、实绩、分子、分母、缺失标记、是否初步数、计量单位、口径、来源编号、备注、佐证网址、报送单位、取代实绩，或其英文名；不读的列请列入 ignore_columns",
		"the heading %q is not known; use indicator, external_code, external_namespace, period, value, numerator, denominator, missing, provisional, unit, basis, source_id, note, evidence_url, agency, replaces, or their Chinese names, or name it in ignore_columns", clip(indicator.TrimText(name)))
}

// isHeadingRow says whether a row is one of headings, rather than a title above
// them: two are known, one of them of what every report has.
func isHeadingRow(names []string) bool {
	known, needed := 0, false
	for _, name := range names {
		f, ok := headings[plainHeading(name)]
		if ok {
			known++
		}
		needed = needed || f == indicatorField || f == externalField || f == periodField || f == valueField || f == numeratorField
	}
	return known > 1 && needed
}

// isForReports says whether the headings of a table are those of reports, with all
// that they need or not, rather than of another table.
func isForReports(names []string) bool {
	has := map[field]bool{}
	for _, name := range names {
		has[headings[plainHeading(name)]] = true
	}
	return (has[indicatorField] || has[externalField]) && (has[valueField] || has[numeratorField] || has[missingField])
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
