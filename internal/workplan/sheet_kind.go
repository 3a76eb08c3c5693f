package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// kindOfCell says how reports of a target add up by its name and cell.
func kindOfCell(name, change string, class quantity.Class, v cellValue, growth bool) indicator.Kind {
	bare := bareName(name)
	bare = strings.TrimPrefix(bare, lexicon.ManagementAdverbs.Prefix(bare))
	summed := v.summed && v.waits == ""
	share := class == quantity.ShareUnit
	switch {
	case growth, (share || v.waits != "") && endsInChange(bare), share && change != "":
		return indicator.Growth
	case share && summed:
		return indicator.Increment
	case share, v.token.Pair, lexicon.PerHeadOpeners.In(bare), lexicon.PerHeadUnitEndings.In(bare), lexicon.RateNouns.Suffix(bare) != "":
		return indicator.Ratio
	case isLevelName(bare, v):
		return indicator.Cumulative
	case v.added:
		return indicator.Increment
	case lexicon.AddedVerbs.In(bare), summed:
		return indicator.Increment
	}
	return kindOfDeed(bare)
}

// isLevelName reports whether the name or cell of a target says that it is a level: bad
// events are counted as they stand, a mean does not add up, and 达到 leads to one.
func isLevelName(name string, v cellValue) bool {
	switch {
	case senseOfName(name) == badEvent, levels.Suffix(name) != "" && bringsTo(name):
		return true
	case lexicon.PerOne.Prefix(name) != "":
		return !v.summed
	}
	return v.reached && lexicon.ActionVerbs.Prefix(name) == "" && !lexicon.AddedVerbs.In(name)
}

// kindOfDeed says how a count adds up by what its name says is done: a flow, a total and
// an amount are levels.
func kindOfDeed(name string) indicator.Kind {
	total := lexicon.TotalNouns.Suffix(name) != ""
	action := lexicon.ActionVerbs.Prefix(name) != ""
	switch {
	case lexicon.FlowNouns.Suffix(name) != "" && !strings.HasPrefix(name, "新"):
		return indicator.Cumulative
	case !total && lexicon.TreatmentVerbs.Suffix(strings.TrimSuffix(name, lexicon.ExtentNouns.Suffix(name))) != "":
		return indicator.Increment
	case lexicon.TotalNouns.In(name), lexicon.AmountNouns.Suffix(name) != "" && !action:
		return indicator.Cumulative
	case action, !total && endsInAction(strings.TrimSuffix(strings.TrimSuffix(name, "任务"), "数")):
		return indicator.Increment
	}
	return indicator.Cumulative
}

// countYears is countOverTime for a target of one of several years: what is the level of a year in the
// others is so in the first, which begins with the plan.
func (f *candidate) countYears(several bool) {
	kind := f.kind
	f.countOverTime()
	plan := term{f.block.front.StartsOn, f.block.front.DueOn}
	if several && plan.isLong() && kind == indicator.Cumulative && f.kind == indicator.Increment && f.each == "" {
		f.kind, f.yearly = indicator.Cumulative, true
	}
}

// comesDown reports whether a target seems to be less than what was done the year before (完成) of things
// of which nothing says that fewer are better: that was no level, and each year begins anew.
func (f *candidate) comesDown(r *sheetRow) bool {
	base, t := f.mention.baseline, f.mention.token
	if f.kind != indicator.Cumulative || base == nil || t.IsRange() || strings.Contains(t.Unit, "/") || !r.baseIsDone() {
		return false
	}
	switch t.UnitClass {
	case quantity.ShareUnit, quantity.MoneyUnit, quantity.NoUnit:
		return false
	}
	switch c := f.mention.comparison.comparator; {
	case c == indicator.AtMost, c == indicator.LessThan, lexicon.StockNouns.In(f.name), lexicon.TotalNouns.In(f.name):
		return false
	}
	if s := f.sense(); s != unsaid && s.direction() != indicator.Increase || f.directionOf() == indicator.Decrease {
		return false
	}
	was, err := quantity.ParseNumber(base.Value)
	if err != nil {
		return false
	}
	is, err := quantity.ParseNumber(t.Value)
	return err == nil && is.Cmp(was) < 0
}

// baseIsDone reports whether the baselines of a row are what was done in a year: 2024年完成.
func (r *sheetRow) baseIsDone() bool {
	for _, c := range r.columns {
		if c.Role == table.Base {
			return lexicon.DoneHeads.In(c.Head) || lexicon.ActionVerbs.In(c.Head)
		}
	}
	return false
}

// growsIn reports whether a value is one of growth beside the level of its row: a sum in
// brackets is none, nor is the figure of a share that has no other.
func (r *sheetRow) growsIn(k int, v cellValue) bool {
	if v.change != "" {
		return true
	}
	if r.columns[k].Role != table.Change {
		return v.token.UnitClass == quantity.ShareUnit && r.hasUnit && unitClassIn(r.unit) != quantity.ShareUnit && !v.summed
	}
	if v.summed {
		return false
	}
	return !r.hasUnit || unitClassIn(r.unit) != quantity.ShareUnit || r.levels > 0 || r.spread && lexicon.ShareEndings.Suffix(r.name) == ""
}

// changeName is what a name lacks to say that the number is a change.
func changeName(head string, v cellValue) string {
	word := "增长"
	if v.change != "" {
		word = v.change
	} else if strings.HasPrefix(v.token.Value, "-") && lexicon.FallWords.In(head) {
		word = "下降"
	}
	if lexicon.YearlyMeans.In(head) && !lexicon.YearlyMeans.In(word) {
		word = "年均" + word
	}
	return word
}

// endsInChange reports whether a name ends with a word of a change.
func endsInChange(name string) bool {
	name = bareName(name)
	return lexicon.ChangeNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != "" && lexicon.LevelHeights.Suffix(name) == ""
}
