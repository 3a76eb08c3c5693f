package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
)

// changeOf is the change that a share tells by its own form, "" for none: 翻一番, ↓3%.
func changeOf(t *number.Token) string {
	switch {
	case t.Unit == "番":
		return "增长"
	case t.Sign == "" || t.UnitClass != quantity.ShareUnit:
		return ""
	case lexicon.FallWords.Has(t.Sign):
		return "下降"
	}
	return "增长"
}

// suffixFor is what a name lacks to say what is measured.
func suffixFor(name string, t *number.Token) string {
	if open := strings.LastIndex(name, "("); open > 0 && strings.HasSuffix(name, ")") { // 药占比(不含中药)
		if bare := name[:open]; lexicon.QuantityNouns.Suffix(bare) != "" || lexicon.RateNouns.Suffix(bare) != "" || strings.HasSuffix(bare, "占比") {
			return ""
		}
	}
	if strings.HasSuffix(name, "标准") && t.UnitClass == quantity.CountUnit {
		return "数"
	}
	if change := changeOf(t); change != "" && lexicon.ChangeVerbs.Suffix(name) == "" {
		return change
	}
	if noun := lexicon.QuantityNouns.Suffix(name); noun != "" && !isUncounted(noun, name, t) || lexicon.ChangeVerbs.Suffix(name) != "" && (t.UnitClass == quantity.ShareUnit || t.UnitClass == quantity.MoneyUnit) {
		return ""
	}
	return measureOf(name, t)
}

// measureOf is the word for what the unit of a number measures.
func measureOf(name string, t *number.Token) string {
	switch t.UnitClass {
	case quantity.ShareUnit:
		switch {
		case strings.HasSuffix(name, "占"):
			return "比"
		case strings.HasSuffix(name, "比"): // 存贷比
			return ""
		}
		return "比例"
	case quantity.EventUnit:
		return eventsBy(countedThing(t.Unit))
	case quantity.AreaUnit:
		return "面积"
	case quantity.LengthUnit:
		if lexicon.RoadNouns.Suffix(name) != "" {
			return "里程"
		}
		return "长度"
	case quantity.MoneyUnit:
		return "金额"
	case quantity.MassUnit:
		return "量"
	case quantity.CountUnit, quantity.HeadUnit:
		return countedBy(name, countedThing(t.Unit))
	case quantity.TimeUnit:
		return "时限"
	case quantity.OtherUnit:
		if endsInAction(name) { // 食品抽检
			return "量"
		}
	}
	return ""
}

// eventsBy is what events are counted as: 场次, 人次, 期数.
func eventsBy(unit string) string {
	switch {
	case unit == "场":
		return "场次"
	case strings.HasSuffix(unit, "次") && unit != "次":
		return unit
	}
	return unit + "数"
}

// isUncounted reports whether a noun at the end of a name says what is done, and
// not how it is counted: 道路提升3条, 融资20亿元.
func isUncounted(noun, name string, t *number.Token) bool {
	if noun == "额" && t.UnitClass == quantity.CountUnit { // of a class, not of money: 大班额12个
		return true
	}
	if lexicon.ActionVerbs.Suffix(noun) == "" {
		return false
	}
	switch t.UnitClass {
	case quantity.CountUnit:
		return true
	case quantity.HeadUnit:
		return !lexicon.ChangeVerbs.Has(noun) && !strings.HasSuffix(name, "新增就业")
	case quantity.MoneyUnit:
		return lexicon.SelfNamedDeeds.Has(noun) && noun != "投资"
	}
	return false
}

// countedBy is what a name lacks to say that people or things are counted: 数, with
// the unit where the name is of a action done to them, or of homes: 就业人数,
// 住房改造户数, 事故起数.
func countedBy(name, unit string) string {
	action := lexicon.ActionVerbs.Suffix(name)
	done := action != "" && !adds(action) && lexicon.ChangeVerbs.Suffix(name) == "" || isTurning(name)
	switch unit {
	case "人", "名":
		if done {
			return "人数"
		}
	case "户":
		if done && !strings.Contains(name, "企业") || lexicon.HomeNouns.Suffix(name) != "" {
			return "户数"
		}
	case "例":
		if done {
			return "例数"
		}
	case "起":
		return "起数"
	case "户次", "例次", "家次":
		if done {
			return unit
		}
	}
	return "数"
}

// isTurning reports whether a name says in three characters what becomes what, which is done and
// no thing: “个转企”, 小升规.
func isTurning(name string) bool {
	r := []rune(strings.Trim(name, "“”"))
	return len(r) == 3 && strings.ContainsRune(turningVerbs, r[1])
}

// turningVerbs are the verbs in the middle of such a name.
const turningVerbs = "转升改变"
