package indicator

import "github.com/indicator-tracker/tracker/internal/fault"

// Warning is something in a plan's text that the reader could not settle.
type Warning struct {
	Line    int // from 1
	Start   int // code points into Document.Text
	End     int
	Code    WarningCode
	Message string
}

// WarningCode is what a warning is about. Codes are part of what callers see and do not change.
type WarningCode string

// The warnings. The last four are of stretches of text whose numbers are set aside for what the
// text does with them.
const (
	WarnRelative  WarningCode = "relative_target" // held against a figure elsewhere, with nothing named that is
	WarnUnit      WarningCode = "unit_missing"    // a number without a unit
	WarnVague     WarningCode = "vague_number"    // 数百家, 万名
	WarnFraction  WarningCode = "fraction"        // 三分之一
	WarnPair      WarningCode = "ratio_pair"      // 达到2.4:1
	WarnValue     WarningCode = "number_unusable" // more digits than can be kept
	WarnTerm      WarningCode = "term_unknown"    // the plan does not say which years it is for
	WarnNone      WarningCode = "zero_in_words"   // 杜绝较大以上事故, without a figure
	WarnRange     WarningCode = "range_reversed"  // the upper end is not above the lower
	WarnResults   WarningCode = "past_results"    // it tells what was reached
	WarnShortfall WarningCode = "shortfalls"      // it tells what falls short
	WarnExplained WarningCode = "explanation"     // it says what a word means, why, in which event, how big a project is
	WarnOnlyPast  WarningCode = "tells_results"   // the whole text tells what was reached
	WarnOtherKind WarningCode = "not_a_plan"      // the title or the form is that of a text of another kind

	// Numbers that are set aside by the words next to them.
	WarnExisting   WarningCode = "existing"   // 现有300家: what there is, or was done
	WarnConditions WarningCode = "conditions" // a threshold, a rate of a policy, whom it is for, how the work is done

	WarnDate WarningCode = "date_unclear" // 春节前, 2月30日: no day that can be reckoned

	WarnTable       WarningCode = "table_cell"   // a cell of a table says more than can be read
	WarnTableColumn WarningCode = "table_column" // a column of a table holds no targets
	WarnBeside      WarningCode = "table_beside" // a change in brackets beside the level that says the same
)

var warningTexts = map[WarningCode]fault.Text{
	WarnRelative:  {ZH: "目标以其他数值为参照，而没有写明是哪项指标，未作为指标", EN: "held against a figure elsewhere, and nothing is named that is; not read"},
	WarnUnit:      {ZH: "数字没有计量单位，未作为指标；只有“万”“亿”的已作为指标，请补全单位", EN: "a number without a unit; not read, but for one in 万 or 亿 alone, which is read: give it its unit"},
	WarnVague:     {ZH: "数量为概数，未作为指标", EN: "a number that is not given; not read"},
	WarnFraction:  {ZH: "分数表述未换算，未作为指标", EN: "a fraction in words; not read"},
	WarnPair:      {ZH: "以“几比几”表述的目标未换算，未作为指标", EN: "one number to another; not read"},
	WarnValue:     {ZH: "数字位数过多或格式异常，未作为指标", EN: "more digits than can be kept; not read"},
	WarnTerm:      {ZH: "文本没有写明计划期，请在导入时给出起止日期", EN: "the text does not say which years it is for: give the dates with the import"},
	WarnNone:      {ZH: "写明要杜绝或防止的事项，没有写明数值，未作为指标", EN: "something that is to be warded off, without a figure; not read"},
	WarnRange:     {ZH: "区间上下限颠倒，未作为指标", EN: "the upper end of the range is not above the lower; not read"},
	WarnResults:   {ZH: "此处读作以往完成情况，其中的数字未作为指标", EN: "this tells what was reached; its numbers are not read"},
	WarnShortfall: {ZH: "此处读作问题与差距，其中的数字未作为指标", EN: "this tells what falls short; its numbers are not read"},
	WarnExplained: {ZH: "此处读作释义、缘由、情形或项目规模，其中的数字未作为指标", EN: "this explains a word, a cause, a case or the size of a project; its numbers are not read"},
	WarnOnlyPast:  {ZH: "全文读作完成情况，没有可作为目标的内容；确为计划的，请核对标题与章节标题", EN: "the whole text tells what was reached and holds no target; if it is a plan, look at its title and headings"},
	WarnOtherKind: {ZH: "标题或体例不像计划（如办法、指南、公告、会议通知），所读指标把握均低，请逐项核对", EN: "the title or the form is not that of a plan but of rules, a guide, a call or a letter; whatever is read is of low confidence: check each"},

	WarnExisting:   {ZH: "此处读作已有、已完成或所依托的数量，未作为指标", EN: "this is what there is, was done or is leant on; not read"},
	WarnConditions: {ZH: "此处读作门槛、政策标准、范围或工作安排，未作为指标", EN: "this is a threshold, a rate of a policy, whom it is for or how the work is done; not read"},

	WarnDate: {ZH: "此处的时间不能确定为具体日期，请核对指标的截止日期", EN: "no certain day is given here: check the due date of the indicator"},

	WarnTable:       {ZH: "单元格中的数字未作为指标", EN: "the figures of the cell are not read"},
	WarnTableColumn: {ZH: "不是本计划的目标，其中的数字未作为指标", EN: "no targets of this plan; the figures of the column are not read"},
	WarnBeside:      {ZH: "括号内的变化量与旁边的目标值是同一目标，未另作指标", EN: "the change in brackets says the same as the level beside it; not read as another target"},
}

// Label is the warning in words, empty for a code that is none.
func (c WarningCode) Label() fault.Text { return warningTexts[c] }
