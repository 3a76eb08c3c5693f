package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// isFlow reports whether a number counts what passes within a time: a flow, or
// bad events such as accidents.
func (f *found) isFlow() bool {
	if f.site.token.unitClass == quantity.ShareUnit || lexicon.PerHeadUnitEndings.Suffix(f.site.token.unit) != "" || lexicon.PerOne.In(f.name) || lexicon.PerOneOpeners.Prefix(f.name) != "" {
		return false
	}
	return f.isBadEvent() || lexicon.FlowNouns.Suffix(strings.TrimSuffix(bareName(f.subject), lexicon.SumsOfYears.Suffix(bareName(f.subject)))) != "" || lexicon.FlowNouns.Suffix(bareName(f.name)) != ""
}

// isBadEvent reports whether things such as accidents or deaths are counted.
func (f *found) isBadEvent() bool {
	switch f.site.token.unitClass {
	case quantity.CountUnit, quantity.HeadUnit, quantity.EventUnit:
		return senseOfName(f.name) == badEvent
	}
	return false
}

func (f *found) fillsYear() bool {
	return f.kind == indicator.Cumulative && f.site.baseline == nil && f.site.token.unitClass != quantity.ShareUnit &&
		lexicon.LevelFlows.Suffix(bareName(f.subject)) != "" && lexicon.PerOne.Prefix(f.name) == ""
}

// countOverTime settles how a flow adds up. In a plan for one year it counts
// that year; in a longer one it is the level of a year, unless the words say
// that it is summed up over the term.
func (f *found) countOverTime() {
	f.yearly = false
	if f.each = f.eachOf(); f.each != "" {
		f.kind = indicator.Increment
		if at, word := everyWords.Find(f.name); at >= 0 {
			f.name = f.name[:at] + f.name[at+len(word):]
		}
		f.name = everyNames[f.each] + f.name
		return
	}
	if f.fillsYear() && f.term.isLong() {
		f.yearly = true
	}
	if !f.isFlow() || f.kind != indicator.Cumulative && f.kind != indicator.Increment {
		return
	}
	front := f.group.front
	plan := term{front.startsOn, front.dueOn}
	switch {
	case f.term.starts.IsZero() || f.term.due.IsZero():
		if f.isBadEvent() && f.site.baseline == nil {
			f.kind = indicator.Increment
		}
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
func (f *found) ofWholeTerm() bool {
	s := f.site
	if s.p != nil && s.own.end > 0 {
		if lexicon.SumsOfYears.In(s.head()) {
			return true
		}
		if d := governing(s, f.dates); d != nil && d.when.endYear != 0 && !leadsUpTo(s.p, d) {
			return true
		}
	}
	return lexicon.SumsOfYears.In(f.name) || s.summed
}
