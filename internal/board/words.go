package board

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Target is a target in words, as a plan writes it: 不低于 30 家.
func (v *visit) Target(t v1.Target) string {
	if t.Value == nil {
		return v.T("待定", "waits") + "（" + textOf(t.Reference) + "）"
	}
	comparator := indicator.Comparator(t.Comparator)
	if t.ValueHigh != nil {
		return string(*t.Value) + "–" + string(*t.ValueHigh) + t.Unit
	}
	if comparator == indicator.Equal {
		return string(*t.Value) + t.Unit
	}
	words := comparator.Label().In(v.Lang)
	if v.Lang == languageEN {
		words += " "
	}
	return words + string(*t.Value) + t.Unit
}

// NoSection is the heading of what stands under none.
func (v *visit) NoSection() string { return indicator.NoSection.In(v.Lang) }

// NoLead says that no agency leads.
func (v *visit) NoLead() string { return indicator.NoLead.In(v.Lang) }

// Falls says that a target is a fall (下降3%), which reports carry as a number below 0.
func (v *visit) Falls(kind, direction string, t v1.Target) bool {
	limit := t.Comparator == string(indicator.AtMost) || t.Comparator == string(indicator.LessThan)
	return kind == string(indicator.Growth) && direction == string(indicator.Decrease) && !limit && t.Value != nil &&
		strings.Trim(string(*t.Value), "0.") != "" && !strings.HasPrefix(string(*t.Value), "-")
}

// Aim is the target of an indicator in words, which says of a fall that it is one.
func (v *visit) Aim(kind, direction string, t v1.Target) string {
	if v.Falls(kind, direction, t) {
		return v.T("下降", "a fall of ") + v.Target(t)
	}
	return v.Target(t)
}

// eachNames are the periods that a target may hold for, as they are counted.
var eachNames = map[indicator.Frequency]fault.Text{
	indicator.Weekly: {ZH: "周", EN: "weeks"}, indicator.Monthly: {ZH: "月", EN: "months"}, indicator.Quarterly: {ZH: "季度", EN: "quarters"},
	indicator.HalfYearly: {ZH: "半年", EN: "half-years"}, indicator.Yearly: {ZH: "年度", EN: "years"},
}

// Came is what an indicator came to: of a target for each period, in how many of those it was met.
func (v *visit) Came(actual *v1.Quantity, each *string, startsOn, dueOn string) string {
	if actual == nil || each == nil {
		return amountText(actual)
	}
	of := indicator.Indicator{Each: indicator.Frequency(*each)}
	var err error
	if of.StartsOn, err = indicator.ParseDate(startsOn); err != nil {
		return amountText(actual)
	}
	if of.DueOn, err = indicator.ParseDate(dueOn); err != nil {
		return amountText(actual)
	}
	all, name := strconv.Itoa(len(of.WholeEach())), eachNames[of.Each].In(v.Lang)
	if v.Lang == languageEN {
		return string(actual.Value) + " of " + all + " " + name + " met"
	}
	return all + " 个" + name + "中 " + string(actual.Value) + " 个达到"
}

// mostCalled is how many indicators are asked for by their codes in one question.
const mostCalled = 100

// call asks what indicators are called now, so that a page names them; one that cannot be seen keeps its code.
func (v *visit) call(codes []string) error {
	codes = slices.Clone(codes)
	slices.Sort(codes)
	for portion := range slices.Chunk(slices.Compact(codes), mostCalled) {
		var page v1.IndicatorPage
		query := url.Values{"indicator": portion, "fields": {"code,name"}, "limit": {strconv.Itoa(mostCalled)}}
		err := without(v.get(&page, query, "indicators"))
		if isProblem(err, http.StatusUnprocessableEntity) || isProblem(err, http.StatusBadRequest) {
			continue // a code that nothing has
		}
		if err != nil {
			return err
		}
		for _, in := range page.Items {
			if v.called == nil {
				v.called = map[string]string{}
			}
			v.called[in.Code] = in.Name
		}
	}
	return nil
}

// NameOf is what an indicator is called; its code where the page has not asked.
func (v *visit) NameOf(code string) string { return cmp.Or(v.called[code], code) }

// Kind is the kind of an indicator in words.
func (v *visit) Kind(code string) string { return indicator.Kind(code).Label().In(v.Lang) }

// Direction says which way is better.
func (v *visit) Direction(code string) string { return indicator.Direction(code).Label().In(v.Lang) }

// Course says how a target is held against time.
func (v *visit) Course(code string) string { return indicator.Course(code).Label().In(v.Lang) }

// Frequency says how often is reported.
func (v *visit) Frequency(code string) string { return indicator.Frequency(code).Label().In(v.Lang) }

// Basis says what a report counts.
func (v *visit) Basis(code string) string { return indicator.Basis(code).Label().In(v.Lang) }

// State is how far the review of an indicator is.
func (v *visit) State(code string) string { return indicator.State(code).Label().In(v.Lang) }

// Missing says why there is no figure.
func (v *visit) Missing(code string) string { return indicator.Missing(code).Label().In(v.Lang) }

// Outcome is what became of a row that was sent.
func (v *visit) Outcome(code string) string { return indicator.Outcome(code).Label().In(v.Lang) }

// Caution is a caution in words; the code of one that is newer than these words.
func (v *visit) Caution(code string) string {
	return cmp.Or(indicator.CautionLabel(code).In(v.Lang), code)
}

// Undefined says why a percent is undefined.
func (v *visit) Undefined(reason string) string {
	return cmp.Or(indicator.ReasonLabel(reason).In(v.Lang), reason)
}

// Confidence says how sure a reading is.
func (v *visit) Confidence(code string) string { return indicator.Confidence(code).Label().In(v.Lang) }

// Settled says what settled a direction or a course.
func (v *visit) Settled(code string) string { return indicator.Settled(code).Label().In(v.Lang) }

// Rule says which rule read a target.
func (v *visit) Rule(name string) string { return indicator.RuleLabel(name).In(v.Lang) }

// WarningText is a warning in words.
func (v *visit) WarningText(w v1.Warning) string {
	if text := indicator.WarningCode(w.Code).Label().EN; text != "" && v.Lang == languageEN {
		return text
	}
	return w.Message
}

// fieldNames are the fields of plans and indicators, by their pointers.
var fieldNames = map[string]fault.Text{
	"/state": {ZH: "审定状态", EN: "state"}, "/task": {ZH: "任务", EN: "task"},
	"/title": {ZH: "名称", EN: "title"}, "/issuer": {ZH: "发文机关", EN: "issuer"}, "/issued_on": {ZH: "发文日期", EN: "issued on"},
	"/name": {ZH: "指标名称", EN: "name"}, "/kind": {ZH: "类型", EN: "kind"}, "/direction": {ZH: "方向", EN: "direction"},
	"/course": {ZH: "进程", EN: "course"}, "/over": {ZH: "增速口径", EN: "growth over"}, "/each": {ZH: "考核期", EN: "for each"},
	"/target": {ZH: "目标", EN: "target"}, "/target/comparator": {ZH: "要求", EN: "comparator"}, "/target/value": {ZH: "目标值", EN: "value"}, "/target/value_high": {ZH: "上限", EN: "upper end"},
	"/target/unit": {ZH: "单位", EN: "unit"}, "/target/reference": {ZH: "参照", EN: "reference"}, "/baseline": {ZH: "基数", EN: "baseline"},
	"/starts_on": {ZH: "起始日", EN: "first day"}, "/due_on": {ZH: "完成时限", EN: "due on"}, "/term_ends_on": {ZH: "计划期末", EN: "end of the term"},
	"/binding": {ZH: "约束性", EN: "binding"}, "/frequency": {ZH: "报送频率", EN: "frequency"}, "/curve": {ZH: "进度曲线", EN: "schedule"},
	"/lead_agencies": {ZH: "牵头单位", EN: "lead agencies"}, "/participating_agencies": {ZH: "参与单位", EN: "participating agencies"},
}

// parameterNames are the fields of forms and the parameters of pages, by their names.
var parameterNames = map[string]fault.Text{
	"code": {ZH: "代码", EN: "code"}, "plan": {ZH: "计划", EN: "plan"}, "jurisdiction": {ZH: "辖区", EN: "jurisdiction"}, "file": {ZH: "文件", EN: "file"},
	"indicator": {ZH: "指标", EN: "indicator"}, "task": {ZH: "任务", EN: "task"}, "section": {ZH: "篇章", EN: "section"}, "agency": {ZH: "单位", EN: "agency"},
	"lead_agency": {ZH: "承办单位", EN: "agency"}, "period": {ZH: "报告期", EN: "period"}, "value": {ZH: "数值", EN: "value"}, "basis": {ZH: "口径", EN: "counts"},
	"numerator": {ZH: "分子", EN: "numerator"}, "denominator": {ZH: "分母", EN: "denominator"}, "missing": {ZH: "没有数据", EN: "no figure"}, "note": {ZH: "备注", EN: "note"},
	"evidence": {ZH: "佐证", EN: "evidence"}, "evidence_url": {ZH: "佐证网址", EN: "address of evidence"}, "replaces": {ZH: "取代的实绩", EN: "report that it replaces"},
	"reason": {ZH: "理由", EN: "reason"}, "text": {ZH: "说明", EN: "text"}, "state": {ZH: "状态", EN: "state"}, "type": {ZH: "步骤", EN: "step"}, "level": {ZH: "等级", EN: "level"},
	"points": {ZH: "分数", EN: "points"}, "by": {ZH: "由谁给出", EN: "given by"}, "until": {ZH: "截止日", EN: "until"}, "locks_on": {ZH: "锁定日", EN: "locks on"},
	"done_on": {ZH: "完成日", EN: "done on"}, "exception": {ZH: "例外", EN: "exception"}, "version": {ZH: "版次", EN: "version"}, "overdue": {ZH: "逾期", EN: "overdue"},
	"on": {ZH: "评判日期", EN: "date judged"}, "as_of": {ZH: "按此日已知", EN: "as known on"}, "status": {ZH: "状态", EN: "status"}, "sort": {ZH: "排序", EN: "order"},
	"q": {ZH: "查找", EN: "find"}, "light": {ZH: "灯", EN: "light"}, "limit": {ZH: "每页条数", EN: "rows a page"}, "cursor": {ZH: "页次", EN: "page"},
}

// FieldName is a field in words, by its pointer: as the form that was refused calls it, where there is one.
func (v *visit) FieldName(pointer string) string {
	last := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if label := v.labels[last]; label != "" {
		return label
	}
	if name, known := fieldNames[pointer]; known {
		return name.In(v.Lang)
	}
	if name, known := fieldNames["/"+last]; known {
		return name.In(v.Lang)
	}
	if name, known := parameterNames[last]; known {
		return name.In(v.Lang)
	}
	return pointer
}

// PeriodName is a period as officials write it: 2026年一季度 for 2026-Q1. Months and days are written as they are.
func (v *visit) PeriodName(code string) string {
	year, part, parted := strings.Cut(code, "-")
	if v.Lang == languageEN || !parted || len(part) < 2 || strings.Contains(part, "-") {
		return code
	}
	switch number := strings.TrimLeft(part[1:], "0"); part[0] {
	case 'Q':
		if at, err := strconv.Atoi(number); err == nil && at <= len(quarters) {
			return year + "年" + quarters[at-1] + "季度"
		}
	case 'H':
		if half := map[string]string{"1": "上半年", "2": "下半年"}[number]; half != "" {
			return year + "年" + half
		}
	case 'W':
		return year + "年第" + number + "周"
	}
	return code
}

var quarters = []string{"一", "二", "三", "四"}

// FieldValue is what a field says, codes in words; a dash for nothing.
func (v *visit) FieldValue(pointer string, value *string) string {
	if value == nil {
		return "—"
	}
	words := map[string]func(string) fault.Text{
		"/state":             func(s string) fault.Text { return indicator.State(s).Label() },
		"/kind":              func(s string) fault.Text { return indicator.Kind(s).Label() },
		"/direction":         func(s string) fault.Text { return indicator.Direction(s).Label() },
		"/course":            func(s string) fault.Text { return indicator.Course(s).Label() },
		"/over":              func(s string) fault.Text { return indicator.Over(s).Label() },
		"/each":              func(s string) fault.Text { return indicator.Frequency(s).EachLabel() },
		"/target/comparator": func(s string) fault.Text { return indicator.Comparator(s).Label() },
		"/binding":           func(s string) fault.Text { return indicator.Binding(s).Label() },
		"/frequency":         func(s string) fault.Text { return indicator.Frequency(s).Label() },
	}
	if label := words[pointer]; label != nil {
		if text := label(*value).In(v.Lang); text != "" {
			return text
		}
	}
	return *value
}

// fieldWords are the words that a field of an indicator can be, with the pointer of the field.
var fieldWords = map[string]struct {
	pointer string
	words   []string
}{
	"kind":       {"/kind", indicator.Increment.Words()},
	"direction":  {"/direction", indicator.Increase.Words()},
	"course":     {"/course", indicator.Accrue.Words()},
	"over":       {"/over", textsOf(indicator.Overs)},
	"each":       {"/each", textsOf(indicator.Everies)},
	"comparator": {"/target/comparator", textsOf(indicator.Comparators)},
	"binding":    {"/binding", indicator.Committed.Words()},
	"frequency":  {"/frequency", indicator.Monthly.Words()},
}

func textsOf[W ~string](words []W) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

// Choices are the words that a field can be, in words.
func (v *visit) Choices(field, chosen string) []choice {
	known := fieldWords[field]
	list := make([]choice, 0, len(known.words))
	for _, word := range known.words {
		list = append(list, choice{Value: word, Label: v.FieldValue(known.pointer, &word), Chosen: word == chosen})
	}
	return list
}
