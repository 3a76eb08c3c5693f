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
	if label, ok := everies[in.Each]; ok {
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
