package progress

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// telling is a step of the working, put into words only for those who ask.
type telling func() fault.Text

func tell(zh, en string, args ...any) telling {
	return func() fault.Text { return fault.Say(zh, en, args...) }
}

// shownPercent is a percent as it stands in a step.
type shownPercent struct{ exact *big.Rat }

// String implements fmt.Stringer.
func (r shownPercent) String() string { return quantity.FromRat(r.exact, places).String() }

// explain tells the result step by step, in the order it came about.
func (j *judgement) explain(r Result, v verdict) []fault.Text {
	in, g := j.in, j.goal
	steps := []fault.Text{explainCutOff(in, j.cut)}
	steps = append(steps, j.explainActual()...)
	if r.Provisional {
		steps = append(steps, fault.Say("当前值含初步数，暂按此计算，以最终数为准", "the current value rests on provisional figures, until final ones are reported"))
	}
	if r.ReportMissing && len(j.actual.used) > 0 {
		steps = append(steps, explainMissing(j.actual.reported(j.actual.used), j.cut.day))
	}
	steps = append(steps, explainTarget(in, g))
	if in.Target.Waits {
		return append(steps, j.pace.step(), judged(v))
	}
	steps = append(steps, explainCourse(in, g))
	if in.Each != "" {
		steps = append(steps, j.explainEach()...)
	}
	if unused, ok := explainUnusedBaseline(in, g); ok {
		steps = append(steps, unused)
	}
	if j.actual.value != nil {
		steps = append(steps, j.explainPercent(r))
	}
	if breaches, ok := j.explainBreaches(); ok {
		steps = append(steps, breaches)
	}
	steps = append(steps, j.pace.step())
	if r.Gap != nil {
		steps = append(steps, fault.Say(
			"差距 = 完成率 %s − 序时进度 %s = %s 个百分点", "gap = percent %s − pace %s = %s percentage points",
			r.Percent, r.Pace, r.Gap))
	}
	steps = append(steps, j.explainDue(r)...)
	if r.Late {
		steps = append(steps, fault.Say("于 %s 达到目标，晚于完成时限 %d 天", "attained by %s, %d days after the due date", r.AttainedOn, r.DaysLate))
	}
	for _, c := range r.CautionDetails {
		steps = append(steps, fault.Text{ZH: "提示：" + c.Text.ZH, EN: "caution: " + c.Text.EN})
	}
	return append(steps, judged(v))
}

// settledWords say what settled a direction or course.
var settledWords = map[indicator.Settled]fault.Text{
	indicator.ByPerson:     {ZH: "人工设定", EN: "set by a person"},
	indicator.ByComparator: {ZH: "由比较词可知", EN: "the comparator says so"},
	indicator.ByBaseline:   {ZH: "由有无基数及其高低可知", EN: "the baseline, or that there is none, says so"},
	indicator.ByKind:       {ZH: "由指标类型可知", EN: "the kind says so"},
	indicator.ByText:       {ZH: "由原文可知", EN: "the plan's words say so"},
	indicator.Assumed:      {ZH: "推定", EN: "assumed"},
}

// explainCourse says which way is better, and how the target is held against
// time.
func explainCourse(in indicator.Indicator, g goal) fault.Text {
	direction, by := in.Direction.Label(), settledWords[in.DirectionBy]
	course, courseBy := in.Course.Label(), settledWords[in.CourseBy]
	switch {
	case in.Each != "":
		course, courseBy = in.Span(), fault.Text{ZH: "逐期考核", EN: "counted by its periods"}
	case len(in.Curve) > 0 && !g.limit():
		course, courseBy = indicator.Accrue.Label(), fault.Text{ZH: "设有进度曲线", EN: "it has a curve"}
	case g.holds && in.Course != indicator.Hold:
		course, courseBy = indicator.Hold.Label(), fault.Text{ZH: "目标是须守住的限度", EN: "the target is a limit to keep"}
	}
	return fault.Text{
		ZH: fmt.Sprintf("%s（%s）；%s（%s）", direction.ZH, by.ZH, course.ZH, courseBy.ZH),
		EN: fmt.Sprintf("%s (%s); %s (%s)", direction.EN, by.EN, course.EN, courseBy.EN),
	}
}

// explainDue says what should have been reached by now.
func (j *judgement) explainDue(r Result) []fault.Text {
	if !j.due.runs || j.cut.day.IsZero() {
		return nil
	}
	unit := r.Unit
	from := ""
	if f := j.overall.from(); f.Sign() != 0 {
		from = bracket(f) + " + "
	}
	way := show(j.overall.way())
	if from != "" {
		way = fmt.Sprintf("(%s − %s)", show(j.overall.end()), bracket(j.overall.from()))
	}
	amount := equals(j.due.amount)
	exact := j.overall.amountAt(j.pace.exact)
	rounded := exact.Cmp(j.due.amount) != 0
	if rounded {
		amount = fmt.Sprintf("%s → %s", equals(exact), show(j.due.amount))
	}
	steps := []fault.Text{fault.Say(
		"应达 = %s%s × %s %s%s", "amount due = %s%s × %s %s%s", from, way, share(j.pace.exact), amount, unit)}
	if rounded {
		steps[0].ZH += "（按个计数，不足一个不计）"
		steps[0].EN += " (things come whole)"
	}
	if r.DueGap != nil {
		steps = append(steps, fault.Say(
			"与应达之差 = (%s − %s) ÷ %s × 100%% = %s 个百分点", "gap to what is due = (%s − %s) ÷ %s × 100%% = %s percentage points",
			show(j.actual.value), bracket(j.due.amount), bracket(j.overall.way()), r.DueGap))
	}
	return steps
}

// share writes a percent as a factor that multiplies out: 36%, or the fraction
// of days where the percent as printed is rounded.
func share(percent *big.Rat) string {
	if printed := quantity.FromRat(percent, places); printed.Rat().Cmp(percent) == 0 {
		return printed.String() + "%"
	}
	part := new(big.Rat).Quo(percent, percentBase)
	return fmt.Sprintf("%s ÷ %s", part.Num(), part.Denom())
}

// explainEach says how each period went.
func (j *judgement) explainEach() []fault.Text {
	var steps []fault.Text
	for _, m := range j.actual.each {
		label := m.missing.Label()
		switch {
		case m.value == nil && !m.part && m.missing != "":
			steps = append(steps, fault.Say("%[1]s 报为“%[2]s”，计为未达到", "%[1]s: reported as “%[3]s”, which counts as not met", m.period, label.ZH, label.EN))
		case m.value == nil && !m.part:
			steps = append(steps, fault.Say("%s 没有可判断的实绩，计为未达到", "%s: the reports do not tell, which counts as not met", m.period))
		case m.part && m.met:
			steps = append(steps, fault.Say("%s 已报 %s%s，未报全，已达到", "%s: %s%s reported of a part of it, met", m.period, show(m.value), j.in.Target.Unit))
		case m.part:
			steps = append(steps, fault.Say("%s 已报 %s%s，未报全，计为未达到", "%s: %s%s reported of a part of it, which counts as not met", m.period, show(m.told), j.in.Target.Unit))
		case m.met:
			steps = append(steps, fault.Say("%s 为 %s%s，达到", "%s: %s%s, met", m.period, show(m.value), j.in.Target.Unit))
		default:
			steps = append(steps, fault.Say("%s 为 %s%s，未达到", "%s: %s%s, not met", m.period, show(m.value), j.in.Target.Unit))
		}
	}
	return steps
}

func judged(v verdict) fault.Text {
	because := v.because()
	return fault.Text{
		ZH: fmt.Sprintf("判定为“%s”：%s", v.Label.ZH, because.ZH),
		EN: fmt.Sprintf("judged “%s”: %s", v.Label.EN, because.EN),
	}
}

func explainCutOff(in indicator.Indicator, cut cutOff) fault.Text {
	switch {
	case cut.day.IsZero():
		return fault.Say("计划期自 %s 起，尚无已结束的报告期", "the term begins on %s and no reporting period is over", in.StartsOn)
	case cut.day == cut.period.End():
		return fault.Say("数据截至 %s，即最近一个已结束报告期 %s 的末日", "reports count up to %s, the end of %s, the last reporting period that is over", cut.day, cut.period)
	default:
		return fault.Say("数据截至 %s，即完成时限或计划期末日", "reports count up to %s, the due date or the end of the term", cut.day)
	}
}

func (j *judgement) explainActual() []fault.Text {
	in, act := j.in, j.actual
	var steps []fault.Text
	for _, r := range act.used {
		steps = append(steps, explainReport(in, r))
	}
	for _, r := range act.overlapping {
		steps = append(steps, fault.Say(
			"未计入 %s 本期数 %s%s：该报告期跨越累计数的截止日，无法判断是否已包含在累计数中",
			"left out, this period %s: %s%s; the period straddles the end of the total, which may contain it or not",
			r.Period, r.Value, r.Unit))
	}
	for _, m := range act.leftOut {
		what := said(m.Measurement)
		steps = append(steps, fault.Text{
			ZH: fmt.Sprintf("未计入 %s 实绩 %s：%s", m.Period, what.ZH, m.why.ZH),
			EN: fmt.Sprintf("left out, %s: %s; %s", m.Period, what.EN, m.why.EN),
		})
	}
	for _, r := range act.unfilled(in) {
		label := r.Missing.Label()
		steps = append(steps, fault.Say("%[1]s 报为“%[2]s”：视为已报，没有数值", "%[1]s is reported as “%[3]s”: it counts as reported, without a figure",
			r.Period, label.ZH, label.EN))
	}
	switch {
	case in.Target.Waits && in.Each != "":
		return steps
	case act.growth != nil && act.growth.missing != 0:
		return append(steps, fault.Say("缺 %[1]d 年的增速，无法计算至今的增速", "the rate of %[1]d is missing, so the growth up to now cannot be computed", act.growth.missing))
	case act.value == nil:
		return append(steps, fault.Say("截止日前没有可计入的实绩，完成率无法计算", "no report counts up to then, so the percent is undefined"))
	case act.growth != nil:
		return append(steps, explainGrowth(in, act))
	case in.Each != "":
		return append(steps, fault.Say("当前值 A = 达到目标的期数 = %s", "current value A = periods that met the target = %s", show(act.value)))
	}
	sum := show(act.value)
	if len(act.used) > 1 {
		terms := make([]string, len(act.used))
		for i, r := range act.used {
			terms[i] = bracket(r.exact())
		}
		sum = strings.Join(terms, " + ") + " = " + sum
	}
	return append(steps, fault.Say("当前值 A = %s%s", "current value A = %s%s", sum, in.Target.Unit))
}

// explainGrowth says how a growth over several years came about.
func explainGrowth(in indicator.Indicator, act actual) fault.Text {
	c, unit := act.growth, in.Target.Unit
	terms := make([]string, len(c.factors))
	for i, r := range c.factors {
		terms[i] = bracket(r.exact())
		if !c.points {
			terms[i] = fmt.Sprintf("(1 + %s%s)", bracket(r.exact()), unit)
		}
	}
	made := strings.Join(terms, " + ")
	if !c.points {
		made = strings.Join(terms, " × ") + " − 1"
	}
	total := show(c.total)
	if in.Over == indicator.OverTerm {
		last := c.factors[len(c.factors)-1].ends
		return fault.Say("当前值 A = %s = %s%s（截至 %s 累计）", "current value A = %s = %s%s (since the base, up to %s)", made, total, unit, last)
	}
	return fault.Say("累计 %s = %s%s，%d 年年均 A = %s%s", "growth since the base %s = %s%s; on average over %d years A = %s%s",
		made, total, unit, c.years, act.shown, unit)
}

// explainMissing says that the reports end before the day that they are judged on.
func explainMissing(used []report, day indicator.Date) fault.Text {
	last := used[0].ends
	for _, r := range used {
		if r.ends.After(last) {
			last = r.ends
		}
	}
	if last == day {
		return fault.Say("截至 %s 的实绩未报全", "the reports up to %s are not complete", day)
	}
	return fault.Say("实绩只报至 %[1]s，其后至 %[2]s 未报，按已报数判定", "the reports end on %[1]s; up to %[2]s none followed, and what was reported is judged", last, day)
}

func explainReport(in indicator.Indicator, r report) fault.Text {
	covers := fault.Text{ZH: "期末数", EN: "as at the end of"}
	if in.Kind == indicator.Increment || r.Basis == indicator.ThisPeriod {
		covers = fault.Text{ZH: "本期数", EN: "in"}
		if r.Basis == indicator.Total {
			covers = fault.Text{ZH: "累计数", EN: "in total up to the end of"}
		}
	}
	if r.Share != nil {
		covers.ZH += fmt.Sprintf(" %s ÷ %s =", r.Share.Numerator, r.Share.Denominator)
		covers.EN = fmt.Sprintf("%s ÷ %s %s", r.Share.Numerator, r.Share.Denominator, covers.EN)
	}
	var zh, en string
	if exact := r.exact(); r.Unit != in.Target.Unit && exact.Cmp(r.Value.Rat()) != 0 {
		zh = fmt.Sprintf("，折合 %s%s", show(exact), in.Target.Unit)
		en = fmt.Sprintf(", that is %s%s", show(exact), in.Target.Unit)
	}
	if r.Provisional {
		zh, en = zh+"，初步数", en+", provisional"
	}
	return fault.Text{
		ZH: fmt.Sprintf("计入 %s %s %s%s（第 %d 版）%s", r.Period, covers.ZH, r.Value, r.Unit, r.Revision, zh),
		EN: fmt.Sprintf("counted, %s %s: %s%s (revision %d)%s", covers.EN, r.Period, r.Value, r.Unit, r.Revision, en),
	}
}

// comparatorWords are the comparators in prose, before the value.
var comparatorWords = map[indicator.Comparator]fault.Text{
	indicator.AtLeast:  {ZH: "不低于 ", EN: "at least "},
	indicator.MoreThan: {ZH: "高于 ", EN: "more than "},
	indicator.AtMost:   {ZH: "不高于 ", EN: "at most "},
	indicator.LessThan: {ZH: "低于 ", EN: "less than "},
	indicator.About:    {ZH: "约 ", EN: "about "},
}

func explainTarget(in indicator.Indicator, g goal) fault.Text {
	if in.Target.Waits {
		word := comparatorWords[in.Target.Comparator]
		return fault.Text{
			ZH: fmt.Sprintf("目标 T = %s“%s”，其数值待定，完成率无法计算；补充目标值后自动计算", word.ZH, in.Target.Reference),
			EN: fmt.Sprintf("target T = %s“%s”, whose value is not known yet, so the percent is undefined until it is given", word.EN, in.Target.Reference),
		}
	}
	word, unit := comparatorWords[g.comparator], in.Target.Unit
	text := fault.Text{
		ZH: fmt.Sprintf("目标 T = %s%s%s", word.ZH, show(g.target), unit),
		EN: fmt.Sprintf("target T = %s%s%s", word.EN, show(g.target), unit),
	}
	if g.high != nil {
		text = fault.Say("目标 T = %s 至 %s%s", "target T = %s to %s%s", show(g.target), show(g.high), unit)
		if !g.within {
			text.ZH += fmt.Sprintf("，达到 %s 即可", show(g.end()))
			text.EN += fmt.Sprintf(", of which %s is to be reached", show(g.end()))
		}
	}
	if in.Each != "" {
		all := len(in.WholeEach())
		text.ZH += fmt.Sprintf("，%s考核，共 %d 期", in.Span().ZH, all)
		text.EN += fmt.Sprintf(", %s, %d periods in all", in.Span().EN, all)
	}
	if g.baseline != nil {
		text.ZH += fmt.Sprintf("，基数 B = %s%s", show(g.baseline), unit)
		text.EN += fmt.Sprintf(", baseline B = %s%s", show(g.baseline), unit)
	}
	return text
}

// explainUnusedBaseline says why a baseline takes no part in the percent.
func explainUnusedBaseline(in indicator.Indicator, g goal) (fault.Text, bool) {
	switch {
	case in.Baseline == nil || g.rule == ruleBaseline:
		return fault.Text{}, false
	case in.Kind == indicator.Increment:
		return fault.Say("增量指标从 0 起算，不计基数 %s", "an increment counts from 0, so the baseline %s takes no part", in.Baseline), true
	case g.within:
		return fault.Say("上下限都要守住的目标不计基数 %s", "a target with two limits takes no baseline, so %s takes no part", in.Baseline), true
	case g.baseline == nil:
		return fault.Say("始终保持的目标不计基数 %s", "a target that holds takes no baseline, so %s takes no part", in.Baseline), true
	default:
		return fault.Say("基数 B 已在目标的一侧，目标是须守住的限度", "the baseline B meets the target already, which is therefore a limit to keep"), true
	}
}

func (j *judgement) explainPercent(r Result) fault.Text {
	g, a := j.overall, j.actual.value
	switch r.Reason {
	case ZeroTarget:
		return fault.Say("目标为 0，完成率无法计算", "the target is 0, so the percent is undefined")
	case BaselineEqualsTarget:
		return fault.Say("基数等于目标，完成率无法计算", "the baseline equals the target, so the percent is undefined")
	}
	inside := fault.Text{ZH: "当前值在目标限度之内", EN: "the current value is within the target"}
	switch {
	case g.high != nil && !g.within && g.better(a, g.far()) > 0:
		inside = fault.Text{ZH: "当前值优于目标区间", EN: "the current value is beyond the range, on its better side"}
	case !j.kept:
		inside = fault.Text{ZH: "当前值恰在界限上", EN: "the current value is at the bound"}
	}
	formula := g.formula(a)
	if formula == "" {
		return fault.Text{
			ZH: fmt.Sprintf("完成率 = %s%%：%s", r.Percent, inside.ZH),
			EN: fmt.Sprintf("percent = %s%%: %s", r.Percent, inside.EN),
		}
	}
	return fault.Say("完成率 = %s × 100%% = %s%%", "percent = %s × 100%% = %s%%", formula, r.Percent)
}

// explainBreaches names the reports before the one that counts which did not keep a
// target that is to be kept: the status goes by the last of them alone.
func (j *judgement) explainBreaches() (fault.Text, bool) {
	in, fit := j.in, j.actual.fit
	if !j.overall.holds || len(fit) < 2 || in.Kind == indicator.Increment || in.GrowsByYears() {
		return fault.Text{}, false
	}
	var broken []string
	for _, r := range fit[:len(fit)-1] {
		if !j.goal.attained(r.exact(), j.profile) {
			broken = append(broken, r.Period.String())
		}
	}
	if len(broken) == 0 {
		return fault.Text{}, false
	}
	const most = 6
	named, n := strings.Join(broken[:min(most, len(broken))], ", "), len(broken)
	if n > most {
		named += " …"
	}
	return fault.Say("此前有 %[1]d 个报告期未守住目标：%[2]s", "reports before that did not keep the target: %[1]d (%[2]s)", n, named), true
}

// formula is the fraction that percent computed, with its letters and figures;
// "" when the percent is 100 without one.
func (g goal) formula(a *big.Rat) string {
	fraction := func(letters string, over, under *big.Rat) string {
		return fmt.Sprintf("%s = %s ÷ %s", letters, bracket(over), bracket(under))
	}
	if g.high != nil && !g.within && g.better(a, g.end()) >= 0 {
		return g.formulaBeyond(a)
	}
	switch g.rule {
	case ruleBaseline:
		return fmt.Sprintf("(A − B) ÷ (T − B) = (%s − %s) ÷ (%s − %s)",
			show(a), bracket(g.baseline), show(g.end()), bracket(g.baseline))
	case ruleRatio, ruleGrowth, ruleEach:
		return fraction("A ÷ T", a, g.end())
	}
	bound := g.broken(a)
	switch {
	case bound == nil:
		return ""
	case boundOver(bound, a):
		return fraction("T ÷ A", bound, a)
	}
	return fraction("A ÷ T", a, bound)
}

// formulaBeyond is the fraction of a value beyond the far end of a range whose
// near end is reached; "" inside it.
func (g goal) formulaBeyond(a *big.Rat) string {
	far := g.far()
	if g.better(a, far) <= 0 || far.Sign() == 0 || g.lessIsBetter != (far.Sign() < 0) {
		return ""
	}
	return fmt.Sprintf("A ÷ %s = %s ÷ %s", bracket(far), bracket(a), bracket(far))
}

// longestShown bounds the decimals of a sentence. Reported values have fewer; a
// compounded average, whose binary digits end late, has hundreds.
const longestShown = 40

// readable is decimal for a sentence: a value of very many digits is rounded.
func readable(r *big.Rat) (quantity.Number, bool) {
	if digits, exact := r.FloatPrec(); exact && digits > longestShown {
		return quantity.FromRat(r, 6), false
	}
	return decimal(r)
}

// show writes a value in a sentence, ≈ before one that had to be rounded.
func show(r *big.Rat) string {
	n, exact := readable(r)
	if !exact {
		return "≈" + n.String()
	}
	return n.String()
}

// equals is show after the sign of equality that is true of it.
func equals(r *big.Rat) string {
	n, exact := readable(r)
	if !exact {
		return "≈ " + n.String()
	}
	return "= " + n.String()
}

// bracket is show with brackets around a negative value.
func bracket(r *big.Rat) string {
	if r.Sign() < 0 {
		return "(" + show(r) + ")"
	}
	return show(r)
}
