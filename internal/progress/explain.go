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
func explain(in indicator.Indicator, r Result, cut cutOff, act actual, g goal, pc pace, v verdict) []fault.Text {
	steps := []fault.Text{explainCutOff(in, cut)}
	steps = append(steps, explainActual(in, act)...)
	steps = append(steps, explainTarget(in, g))
	if in.Target.Waits {
		return append(steps, pc.step(), judged(v))
	}
	if unused, ok := explainUnusedBaseline(in, g); ok {
		steps = append(steps, unused)
	}
	if act.value != nil {
		steps = append(steps, explainPercent(g, act.value, r))
	}
	steps = append(steps, pc.step())
	if r.Gap != nil {
		steps = append(steps, fault.Say(
			"差距 = 完成率 %s − 序时进度 %s = %s 个百分点", "gap = percent %s − pace %s = %s percentage points",
			r.Percent, r.Pace, r.Gap))
	}
	for _, c := range r.Cautions {
		if c == BaselineMissing {
			steps = append(steps, fault.Say(
				"提示：未设基数，起点按 0 计算，完成率可能偏高", "caution: no baseline is set, so the start is taken as 0 and the percent may be too high"))
		}
	}
	return append(steps, judged(v))
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

func explainActual(in indicator.Indicator, act actual) []fault.Text {
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
		steps = append(steps, fault.Text{
			ZH: fmt.Sprintf("未计入 %s 实绩 %s%s：%s", m.Period, m.Value, m.Unit, m.why.ZH),
			EN: fmt.Sprintf("left out, %s: %s%s; %s", m.Period, m.Value, m.Unit, m.why.EN),
		})
	}
	if act.value == nil {
		return append(steps, fault.Say("截止日前没有可计入的实绩，完成率无法计算", "no report counts up to then, so the percent is undefined"))
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

func explainReport(in indicator.Indicator, r report) fault.Text {
	covers := fault.Text{ZH: "期末数", EN: "as at the end of"}
	if in.Kind == indicator.Increment {
		covers = fault.Text{ZH: "本期数", EN: "in"}
		if r.Basis == indicator.Total {
			covers = fault.Text{ZH: "累计数", EN: "in total up to the end of"}
		}
	}
	var zh, en string
	if exact := r.exact(); exact.Cmp(r.Value.Rat()) != 0 {
		zh = fmt.Sprintf("，折合 %s%s", show(exact), in.Target.Unit)
		en = fmt.Sprintf(", that is %s%s", show(exact), in.Target.Unit)
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
	if g.high != nil {
		return fault.Say("目标 T = %s 至 %s%s", "target T = %s to %s%s", show(g.target), show(g.high), unit)
	}
	text := fault.Text{
		ZH: fmt.Sprintf("目标 T = %s%s%s", word.ZH, show(g.target), unit),
		EN: fmt.Sprintf("target T = %s%s%s", word.EN, show(g.target), unit),
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
	case g.high != nil:
		return fault.Say("区间目标不计基数 %s", "a range takes no baseline, so %s takes no part", in.Baseline), true
	default:
		return fault.Say("基数 B 已在目标的一侧，目标是须守住的限度", "the baseline B meets the target already, which is therefore a limit to keep"), true
	}
}

func explainPercent(g goal, a *big.Rat, r Result) fault.Text {
	switch r.Reason {
	case ZeroTarget:
		return fault.Say("目标为 0，完成率无法计算", "the target is 0, so the percent is undefined")
	case BaselineEqualsTarget:
		return fault.Say("基数等于目标，完成率无法计算", "the baseline equals the target, so the percent is undefined")
	}
	inside := fault.Text{ZH: "当前值在目标限度之内", EN: "the current value is within the target"}
	formula := g.formula(a)
	if formula == "" {
		return fault.Text{
			ZH: fmt.Sprintf("完成率 = %s%%：%s", r.Percent, inside.ZH),
			EN: fmt.Sprintf("percent = %s%%: %s", r.Percent, inside.EN),
		}
	}
	return fault.Say("完成率 = %s × 100%% = %s%%", "percent = %s × 100%% = %s%%", formula, r.Percent)
}

// formula is the fraction that percent computed, with its letters and figures;
// "" when the percent is 100 without one.
func (g goal) formula(a *big.Rat) string {
	fraction := func(letters string, over, under *big.Rat) string {
		return fmt.Sprintf("%s = %s ÷ %s", letters, bracket(over), bracket(under))
	}
	switch g.rule {
	case ruleBaseline:
		return fmt.Sprintf("(A − B) ÷ (T − B) = (%s − %s) ÷ (%s − %s)",
			show(a), bracket(g.baseline), show(g.target), bracket(g.baseline))
	case ruleRatio, ruleGrowth:
		return fraction("A ÷ T", a, g.target)
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

// show writes a value in a sentence, ≈ before one that had to be rounded.
func show(r *big.Rat) string {
	n, exact := decimal(r)
	if !exact {
		return "≈" + n.String()
	}
	return n.String()
}

// bracket is show with brackets around a negative value.
func bracket(r *big.Rat) string {
	if r.Sign() < 0 {
		return "(" + show(r) + ")"
	}
	return show(r)
}
