package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
)

// isFlow reports whether a number counts what passes within a time: a flow, or
// bad events such as accidents.
func (f *candidate) isFlow() bool {
	if f.mention.token.UnitClass == quantity.ShareUnit || lexicon.PerHeadUnitEndings.Suffix(f.mention.token.Unit) != "" || lexicon.PerOne.In(f.name) || lexicon.PerOutputOpeners.Prefix(f.name) != "" {
		return false
	}
	return f.isBadEvent() || lexicon.FlowNouns.Suffix(strings.TrimSuffix(bareName(f.subject), lexicon.SumsOfYears.Suffix(bareName(f.subject)))) != "" || lexicon.FlowNouns.Suffix(bareName(f.name)) != ""
}

// isBadEvent reports whether things such as accidents or deaths are counted.
func (f *candidate) isBadEvent() bool {
	switch f.mention.token.UnitClass {
	case quantity.CountUnit, quantity.HeadUnit, quantity.EventUnit:
		return senseOfName(f.name) == badEvent
	}
	return false
}

func (f *candidate) fillsYear() bool {
	return f.kind == indicator.Cumulative && f.mention.baseline == nil && f.mention.token.UnitClass != quantity.ShareUnit &&
		lexicon.LevelFlows.Suffix(bareName(f.subject)) != "" && lexicon.PerOne.Prefix(f.name) == ""
}

// countOverTime settles how a flow adds up. In a plan for one year it counts
// that year; in a longer one it is the level of a year, unless the words say
// that it is summed up over the term.
func (f *candidate) countOverTime() {
	f.yearly = false
	if each, at := f.eachOf(); each != "" {
		f.each, f.kind, f.name = each, indicator.Increment, f.nameForEach(each)
		if at >= f.mention.own.Start { // 每季度 is part of what is quoted
			f.start = min(f.start, at)
		}
		return
	}
	f.each = ""
	if f.fillsYear() && f.term.isLong() {
		f.yearly = true
	}
	if !f.isFlow() || f.kind != indicator.Cumulative && f.kind != indicator.Increment {
		return
	}
	if f.term.starts.IsZero() || f.term.due.IsZero() {
		if f.isBadEvent() && f.mention.baseline == nil {
			f.kind = indicator.Increment
		}
		return
	}
	f.countInTerm(term{f.block.front.StartsOn, f.block.front.DueOn})
}

// nameForEach is the name of a target for each period, which opens with the period.
func (f *candidate) nameForEach(each indicator.Frequency) string {
	name := f.name
	if at, word := everyWords.Find(name); at >= 0 {
		name = name[:at] + name[at+len(word):]
	}
	return everyNames[each] + name
}

// countInTerm settles how a flow adds up whose term is known, in a plan for as long.
func (f *candidate) countInTerm(plan term) {
	switch {
	case !plan.isLong() || !f.term.isLong():
		if f.kind == indicator.Cumulative && f.term.isLong() { // a goal beyond the plan is one of its own year
			f.term.starts = indicator.DateOf(f.term.due.Year(), 1, 1)
		}
		f.kind = indicator.Increment
	case f.kind == indicator.Increment && !f.isBadEvent():
	case f.ofWholeTerm():
		f.kind = indicator.Increment
	default:
		f.kind, f.yearly = indicator.Cumulative, true
	}
}

// ofWholeTerm reports whether the words say that a flow is summed up over all
// years of the term.
func (f *candidate) ofWholeTerm() bool {
	s := f.mention
	if s.segment != nil && s.own.End > 0 {
		if lexicon.SumsOfYears.In(s.head()) {
			return true
		}
		if d := governing(s, f.dates); d != nil && d.When.EndYear != 0 && !number.LeadsUpTo(s.segment, d) {
			return true
		}
	}
	return lexicon.SumsOfYears.In(f.name) || s.summed
}
