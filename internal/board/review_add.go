package board

import (
	"net/http"
	"strconv"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// adding is the form of an indicator that was not read, with its sentence.
type adding struct {
	Start, End int
	Quote      string
	Fields     map[string]string
	Tasks      []choice
	// Once makes a form that is sent twice count once.
	Once string
	// Asks says that the plan seems to have the indicator already.
	Asks bool
}

// adding is the form for the sentence that the address or what was sent names; nil for none.
func (v *visit) adding(text []rune, tasks []v1.Task) *adding {
	query := v.r.URL.Query()
	marked, ok := stretchOf(query.Get("add"))
	if v.Refused != nil && v.posted("do") == "add" {
		marked, ok = stretchOf(v.posted("start") + "-" + v.posted("end"))
	}
	if !ok || marked.end > len(text) {
		return nil
	}
	form := adding{Start: marked.start, End: marked.end, Quote: string(text[marked.start:marked.end]), Fields: map[string]string{}, Once: v.board.Text()}
	number, named := stretchOf(query.Get("number"))
	if !named || number.start < marked.start || number.end > marked.end {
		number = stretch{}
		if found := numbersIn(text[marked.start:marked.end]); len(found) > 0 {
			last := found[len(found)-1]
			number = stretch{marked.start + last.start, marked.start + last.end}
		}
	}
	task := taskAt(tasks, marked.start)
	guess(form.Fields, text, marked, number)
	form.Fields["due_on"] = v.Plan.DueOn
	if part := partAt(v.Plan.Parts, form.Fields["value"], number); part != nil {
		guessPart(form.Fields, *part)
	}
	if v.Refused != nil && v.posted("do") == "add" {
		form.Asks = v.isThere
		v.keepTyped(form.Fields)
		task = v.posted("task")
	}
	for _, t := range tasks {
		form.Tasks = append(form.Tasks, choice{Value: t.Number, Label: t.Number + " " + t.Title, Chosen: t.Number == task})
	}
	return &form
}

// stretchOf reads start-end.
func stretchOf(s string) (stretch, bool) {
	from, to, _ := strings.Cut(s, "-")
	start, err1 := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	return stretch{start, end}, err1 == nil && err2 == nil && start >= 0 && end > start
}

// taskAt is the number of the task that a place of the text belongs to: the one that it stands in,
// else the last before it.
func taskAt(tasks []v1.Task, at int) (number string) {
	for _, t := range tasks {
		if t.Start > at && number != "" {
			break
		}
		number = t.Number
		if at < t.End {
			break
		}
	}
	return number
}

// units are those of more than one character that plans write most.
var units = []string{"个百分点", "百分点", "平方公里", "平方米", "立方米", "微克/立方米", "吨标准煤", "人次", "公里", "千瓦时", "千瓦", "公顷", "美元", "小时", "批次", "户次", "个工作日", "工作日"}

// guess fills in what the number and its neighbours say: value, unit, comparator and a name.
func guess(fields map[string]string, text []rune, marked, number stretch) {
	fields["comparator"], fields["kind"] = "eq", "increment"
	if number.end == 0 {
		fields["name"] = clipped(string(text[marked.start:marked.end]))
		return
	}
	fields["value"] = plainDigits(text[number.start:number.end])
	after := string(text[number.end:marked.end])
	fields["unit"] = unitAt(after)
	before := string(text[marked.start:number.start])
	rest := strings.TrimPrefix(after, fields["unit"])
	for _, word := range []struct{ said, comparator string }{
		{"以上", "ge"}, {"以内", "le"}, {"以下", "le"}, {"左右", "approx"}, {"余", "ge"},
	} {
		if strings.HasPrefix(rest, word.said) {
			fields["comparator"] = word.comparator
		}
	}
	for _, word := range []struct{ said, comparator string }{
		{"不少于", "ge"}, {"不低于", "ge"}, {"超过", "gt"}, {"突破", "gt"}, {"高于", "gt"}, {"不超过", "le"}, {"低于", "lt"}, {"不高于", "le"}, {"不低于", "ge"}, {"约", "approx"},
	} {
		if strings.HasSuffix(before, word.said) {
			fields["comparator"] = word.comparator
		}
	}
	if strings.HasPrefix(fields["unit"], "%") || fields["unit"] == "‰" || strings.Contains(fields["unit"], "百分点") {
		fields["kind"] = "ratio"
	}
	if at := strings.LastIndexAny(before, "，,、；：:。"); at >= 0 {
		_, size := firstRune(before[at:])
		before = before[at+size:]
	}
	for _, word := range []string{"达到", "不少于", "不低于", "不超过", "不高于", "超过", "突破", "高于", "低于", "达", "约", "为", "到"} {
		before = strings.TrimSuffix(before, word)
	}
	if !strings.ContainsAny(before, "|\t") { // the cells before a number in a row are no name
		fields["name"] = clipped(before)
	}
}

// partAt is the share of a place whose figure a number is; nil for none.
func partAt(parts []v1.PlanPart, value string, number stretch) *v1.PlanPart {
	for i, p := range parts {
		if p.Source.Start <= number.start && number.end <= p.Source.End && p.Target.Value != nil && sameFigure(string(*p.Target.Value), value) &&
			p.Source.End-number.end <= len(p.Target.Unit) { // the figure of a part is the end of its place
			return &parts[i]
		}
	}
	return nil
}

// guessPart fills in what the table says of a share, which bears the name of its place.
func guessPart(fields map[string]string, p v1.PlanPart) {
	fields["name"], fields["kind"], fields["due_on"] = clipped(p.Name+"（"+p.Area+"）"), p.Kind, p.DueOn
	fields["comparator"], fields["unit"] = p.Target.Comparator, p.Target.Unit
}

// sameFigure says that two decimals are the same number.
func sameFigure(a, b string) bool {
	x, ok1 := ratOf(a)
	y, ok2 := ratOf(b)
	return ok1 && ok2 && x.Cmp(y) == 0
}

// sameOf is the indicator that one to be added seems to be: of its task, with its value and unit,
// and with its name or a sentence that its own overlaps; nil for none.
func (v *visit) sameOf(ins []v1.Indicator, places map[string]stretch, marked stretch) *v1.Indicator {
	for i, in := range ins {
		if in.State == "rejected" || in.Task != v.posted("task") || in.Target.Unit != v.posted("unit") || !sameFigure(digits(in.Target.Value), v.posted("value")) {
			continue
		}
		at, known := places[in.Code]
		if in.Name == v.posted("name") || known && at.start < marked.end && marked.start < at.end {
			return &ins[i]
		}
	}
	return nil
}

// askOfSame refuses to add what the plan seems to have already, unless the form says to add it
// all the same.
func (v *visit) askOfSame(text []rune, marked stretch) error {
	if v.posted("all_the_same") != "" {
		return nil
	}
	ins, err := v.indicatorsOf(v.Plan.Code)
	if err != nil {
		return err
	}
	tasks, err := v.tasksOf(v.Plan.Code)
	if err != nil {
		return err
	}
	places, err := v.inText(ins, tasks, text)
	if err != nil {
		return err
	}
	if same := v.sameOf(ins, places, marked); same != nil {
		v.isThere = true
		return problemOf(http.StatusConflict, fault.IndicatorExists, fault.Say(
			"任务 %[1]s 已有指标“%[2]s”（%[3]s），数值、单位相同；确需另立的，请勾选“仍要添加”后再提交",
			"task %[1]s has the indicator “%[2]s” (%[3]s) with the same value and unit; if this is another one, tick “add it all the same” and send it again",
			same.Task, same.Name, same.Code))
	}
	return nil
}

func firstRune(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(s)
}

// clipped is a text that can be a name.
func clipped(s string) string {
	name := []rune(strings.Join(strings.Fields(s), ""))
	return string(name[:min(len(name), 60)])
}

// plainDigits is a number without separators, its figures and point of half width.
func plainDigits(number []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == ',' || r == '，':
			return -1
		}
		return r
	}, string(number))
}

// unitAt is the unit that a text probably begins with, with 万 and 亿 before it.
func unitAt(after string) string {
	text := []rune(after)
	n := 0
	for n < len(text) && strings.ContainsRune("十百千万亿", text[n]) {
		n++
	}
	rest := string(text[n:])
	for _, unit := range units {
		if strings.HasPrefix(rest, unit) {
			return string(text[:n]) + unit
		}
	}
	if n < len(text) && !strings.ContainsRune("，,。；;、：:（）() \n\r的以余", text[n]) && !isDigit(text[n]) {
		n++
	}
	return strings.ReplaceAll(string(text[:n]), "％", "%")
}

// addIndicator makes an indicator of a sentence that was not read. The sentence has to be the one
// that was marked; forms change the ends of its lines.
func addIndicator(v *visit) (string, error) {
	plan := v.r.PathValue("plan")
	if err := v.meetPlan(plan); err != nil {
		return "", err
	}
	text, err := v.planText(plan, v.Plan.Version)
	if err != nil {
		return "", err
	}
	marked, ok := stretchOf(v.posted("start") + "-" + v.posted("end"))
	lines := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	if !ok || marked.end > len(text) || lines.Replace(string(text[marked.start:marked.end])) != lines.Replace(v.r.PostForm.Get("quote")) {
		return "", problemOf(http.StatusConflict, fault.PreconditionFailed, fault.Text{
			ZH: "计划文本已不是标注时的文本", EN: "the plan's text is not the one that was marked",
		})
	}
	if err := v.askOfSame(text, marked); err != nil {
		return "", err
	}
	made := map[string]any{
		"plan": plan, "task": v.posted("task"), "name": v.posted("name"), "kind": v.posted("kind"), "target": v.targetSent(),
		"source": map[string]any{"start": marked.start, "end": marked.end, "quote": string(text[marked.start:marked.end])},
	}
	for _, name := range []string{"direction", "course", "baseline", "due_on", "binding", "frequency"} {
		if sent := v.posted(name); sent != "" {
			made[name] = sent
		}
	}
	if leads := v.listed("lead_agencies"); len(leads) > 0 {
		made["lead_agencies"] = leads
	}
	return "added", v.send(http.MethodPost, made, nil, nil, nil, "indicators")
}
