package workplan

import (
	"sort"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Codes of warnings. They are part of what callers see and do not change.
const (
	warnRelative = "relative_target" // held against a figure elsewhere, with nothing named that is
	warnUnit     = "unit_missing"    // a number without a unit
	warnVague    = "vague_number"    // 数百家, 万名
	warnFraction = "fraction"        // 三分之一
	warnPair     = "ratio_pair"      // 达到2.4:1
	warnValue    = "number_unusable" // more digits than can be kept
	warnTerm     = "term_unknown"    // the plan does not say which years it is for
	warnNone     = "zero_in_words"   // 不发生较大以上事故, without a figure
	warnRange    = "range_reversed"  // the upper end is not above the lower
)

var warningTexts = map[string]string{
	warnRelative: "目标以其他数值为参照，而没有写明是哪项指标，未作为指标",
	warnUnit:     "数字没有计量单位，未作为指标",
	warnVague:    "数量为概数，未作为指标",
	warnFraction: "分数表述未换算，未作为指标",
	warnPair:     "以“几比几”表述的目标未换算，未作为指标",
	warnValue:    "数字位数过多或格式异常，未作为指标",
	warnTerm:     "文本没有写明计划期，请在导入时给出起止日期",
	warnNone:     "目标为“不发生”或“清零”，没有写明数值，未作为指标",
	warnRange:    "区间上下限颠倒，未作为指标",
}

// warn records a warning about code points of the plan.
func (r *reader) warn(start, end int, code string) {
	r.draft.Warnings = append(r.draft.Warnings, indicator.Warning{
		Line: r.script.lineOf(start), Start: start, End: end, Code: code, Message: warningTexts[code],
	})
}

// lineOf is the number, from 1, of the line that holds a code point.
func (s *script) lineOf(at int) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i].end >= at }) + 1
}
