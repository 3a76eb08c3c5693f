package indicator

import "github.com/indicator-tracker/tracker/internal/fault"

// Label is the comparator in words that stand before a value.
func (c Comparator) Label() fault.Text {
	return map[Comparator]fault.Text{
		AtLeast:  {ZH: "不低于", EN: "at least"},
		MoreThan: {ZH: "超过", EN: "more than"},
		AtMost:   {ZH: "不超过", EN: "at most"},
		LessThan: {ZH: "低于", EN: "less than"},
		Equal:    {ZH: "达到", EN: "reach"},
		About:    {ZH: "约", EN: "about"},
	}[c]
}

// Label is the kind in words.
func (k Kind) Label() fault.Text {
	return map[Kind]fault.Text{
		Increment:  {ZH: "增量", EN: "increment"},
		Cumulative: {ZH: "存量", EN: "level"},
		Ratio:      {ZH: "比率", EN: "ratio"},
		Growth:     {ZH: "增速", EN: "growth"},
	}[k]
}

// Label is what settled a direction or a course, in words.
func (s Settled) Label() fault.Text {
	return map[Settled]fault.Text{
		ByPerson:     {ZH: "人工确定", EN: "set by a person"},
		ByComparator: {ZH: "据比较词", EN: "by the comparator"},
		ByBaseline:   {ZH: "据基数", EN: "by the baseline"},
		ByKind:       {ZH: "据类型", EN: "by the kind"},
		ByText:       {ZH: "据原文", EN: "by the text"},
		Assumed:      {ZH: "推定", EN: "assumed"},
	}[s]
}

// Label is how sure a reading is, in words.
func (c Confidence) Label() fault.Text {
	return map[Confidence]fault.Text{
		High:   {ZH: "把握高", EN: "high confidence"},
		Medium: {ZH: "把握中", EN: "medium confidence"},
		Low:    {ZH: "把握低", EN: "low confidence"},
	}[c]
}

// RuleLabel is the rule of a source in words. Rules are named in the language of plans, but
// for Implied, which is a word of the interface.
func RuleLabel(rule string) fault.Text {
	if rule == Implied {
		return fault.Text{ZH: "文意推定", EN: "implied, no figure in the text"}
	}
	return fault.Text{ZH: rule, EN: rule}
}

// CautionLabel is a caution about figures in words, by the code that package progress gives it.
func CautionLabel(code string) fault.Text {
	return map[string]fault.Text{
		"baseline_missing":         {ZH: "缺基数", EN: "no baseline"},
		"direction_assumed":        {ZH: "方向为推定", EN: "direction assumed"},
		"course_assumed":           {ZH: "进程为推定", EN: "course assumed"},
		"increment_overlaps_total": {ZH: "本期数与累计数重叠", EN: "an increment overlaps a total"},
		"total_falls":              {ZH: "累计数下降", EN: "the total falls"},
		"total_disagrees":          {ZH: "累计数与各期之和不符", EN: "the total disagrees with the periods"},
		"looks_total":              {ZH: "疑似累计数", EN: "looks like running totals"},
		"magnitude":                {ZH: "数量级存疑", EN: "order of magnitude in doubt"},
		"sign":                     {ZH: "正负号存疑", EN: "sign in doubt"},
		"fraction_of_count":        {ZH: "计件数有小数", EN: "a fraction of what is counted"},
		"over_hundred_percent":     {ZH: "超过100%", EN: "over 100%"},
		"period_not_over":          {ZH: "报告期未结束", EN: "the period is not over"},
		"gap_in_series":            {ZH: "中间缺期", EN: "a period between has no report"},
		"figure_missing":           {ZH: "数据暂缺", EN: "a figure is missing"},
	}[code]
}

// ReasonLabel says why a percent is undefined, by the code that package progress gives it.
func ReasonLabel(code string) fault.Text {
	return map[string]fault.Text{
		"no_measurement":         {ZH: "尚未报送", EN: "nothing reported"},
		"no_figure":              {ZH: "报送均无数据", EN: "the reports have no figure"},
		"zero_target":            {ZH: "目标值为零", EN: "the target is 0"},
		"baseline_equals_target": {ZH: "基数等于目标", EN: "the baseline is the target"},
		"target_waits":           {ZH: "目标值待定", EN: "the target waits for its value"},
		"year_missing":           {ZH: "缺个别年份的增速", EN: "a year has no rate"},
	}[code]
}

// Label is how far a plan commits to a target, in words.
func (b Binding) Label() fault.Text {
	return map[Binding]fault.Text{
		Committed: {ZH: "约束性", EN: "binding"},
		Expected:  {ZH: "预期性", EN: "expected"},
	}[b]
}

// Label is the role in words.
func (r Role) Label() fault.Text {
	return map[Role]fault.Text{
		Lead:          {ZH: "牵头", EN: "lead"},
		Participating: {ZH: "参与", EN: "participating"},
	}[r]
}

// Label is the state in words.
func (s State) Label() fault.Text {
	return map[State]fault.Text{
		Draft:     {ZH: "待审核", EN: "draft"},
		Confirmed: {ZH: "已确认", EN: "confirmed"},
		Rejected:  {ZH: "已驳回", EN: "rejected"},
		Withdrawn: {ZH: "已停用", EN: "withdrawn"},
	}[s]
}

// Label is what became of a proposal, in words.
func (s MatchState) Label() fault.Text {
	return map[MatchState]fault.Text{
		MatchOpen:      {ZH: "待定", EN: "open"},
		MatchConfirmed: {ZH: "已确认", EN: "confirmed"},
		MatchRejected:  {ZH: "已驳回", EN: "rejected"},
		MatchSettled:   {ZH: "已另行处理", EN: "settled otherwise"},
	}[s]
}

// Label is what happened to an agency, in words.
func (k AgencyEventKind) Label() fault.Text {
	return map[AgencyEventKind]fault.Text{
		AgencyAliased:   {ZH: "别名", EN: "another name"},
		AgencyRenamed:   {ZH: "更名", EN: "a new name"},
		AgencyMerged:    {ZH: "合并", EN: "a merge"},
		AgencySucceeded: {ZH: "承接", EN: "a succession"},
	}[k]
}

// Label is the frequency in words.
func (f Frequency) Label() fault.Text {
	return map[Frequency]fault.Text{
		Daily:      {ZH: "按日", EN: "daily"},
		Weekly:     {ZH: "按周", EN: "weekly"},
		Monthly:    {ZH: "按月", EN: "monthly"},
		Quarterly:  {ZH: "按季度", EN: "quarterly"},
		HalfYearly: {ZH: "按半年", EN: "half-yearly"},
		Yearly:     {ZH: "按年", EN: "yearly"},
	}[f]
}

// Label is the direction in words.
func (d Direction) Label() fault.Text {
	return map[Direction]fault.Text{
		Increase: {ZH: "越高越好", EN: "more is better"},
		Decrease: {ZH: "越低越好", EN: "less is better"},
		Within:   {ZH: "区间之内", EN: "within the range"},
	}[d]
}

// Label is the course in words.
func (c Course) Label() fault.Text {
	return map[Course]fault.Text{
		Accrue: {ZH: "逐步达到", EN: "reached bit by bit"},
		Hold:   {ZH: "始终保持", EN: "kept throughout"},
	}[c]
}

// Label is the span of growth in words.
func (o Over) Label() fault.Text {
	return map[Over]fault.Text{
		OverYear:    {ZH: "同比", EN: "on the year before"},
		OverAverage: {ZH: "年均", EN: "a year on average"},
		OverTerm:    {ZH: "累计", EN: "over the term"},
	}[o]
}

// Label is the basis in words.
func (b Basis) Label() fault.Text {
	return map[Basis]fault.Text{
		ThisPeriod: {ZH: "本期", EN: "this period"},
		Total:      {ZH: "累计", EN: "since the term began"},
	}[b]
}

// Label is what became of a report, in words.
func (o Outcome) Label() fault.Text {
	return map[Outcome]fault.Text{
		Stored:     {ZH: "保存", EN: "stored"},
		Revised:    {ZH: "更正", EN: "corrected"},
		Unchanged:  {ZH: "未变", EN: "unchanged"},
		Superseded: {ZH: "已被取代", EN: "superseded"},
		Retracted:  {ZH: "撤回", EN: "retracted"},
		Refused:    {ZH: "不被接受", EN: "refused"},
		NotStored:  {ZH: "未保存", EN: "not stored"},
	}[o]
}

// NoSection is the heading of what stands under none: section 0.
var NoSection = fault.Text{ZH: "未列篇章", EN: "under no section"}

// NoLead says of indicators that no agency leads them, so that nobody reports on them.
var NoLead = fault.Text{ZH: "无牵头单位", EN: "no lead agency"}

// Label is the lack of a figure in words.
func (m Missing) Label() fault.Text {
	return map[Missing]fault.Text{
		NotAvailable:  {ZH: "暂缺", EN: "not available"},
		NotApplicable: {ZH: "不适用", EN: "not applicable"},
	}[m]
}

// Span is what a target is set for, in words: each period of its own, the span
// of growth, or the whole term.
func (in Indicator) Span() fault.Text {
	if in.Kind == Growth {
		return in.Over.Label()
	}
	return in.Each.EachLabel()
}

// EachLabel is the period that a target holds for on its own, in words; the whole term for none.
func (f Frequency) EachLabel() fault.Text {
	if label, ok := everies[f]; ok {
		return label
	}
	return fault.Text{ZH: "全期", EN: "the whole term"}
}

var everies = map[Frequency]fault.Text{
	Weekly:     {ZH: "每周", EN: "each week"},
	Monthly:    {ZH: "每月", EN: "each month"},
	Quarterly:  {ZH: "每季度", EN: "each quarter"},
	HalfYearly: {ZH: "每半年", EN: "each half-year"},
	Yearly:     {ZH: "每年", EN: "each year"},
}
