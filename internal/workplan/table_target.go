package workplan

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// targetRow reads a row of a table of indicators, where the name, the unit,
// the baseline and the target stand in columns of their own; ok is false for
// any other row, and for a target that is no single number.
func (g *group) targetRow(r *row) (in indicator.Indicator, ok bool) {
	names, units, targets := r.cells[taskColumn], r.cells[measureColumn], r.cells[targetColumn]
	if len(names) == 0 || len(units) == 0 || len(targets) == 0 {
		return in, false
	}
	s := g.p.script
	last := targets[len(targets)-1]
	t, compared := valueInCell(s.compactLine(last))
	unit := s.compactLine(units[0])
	if t == nil || unit == "" {
		return in, false
	}
	t.unit, t.unitClass = unit, unitClassIn(unit)
	t.start, t.end = 0, 0 // they count in the cell, not in the passage
	f := &found{group: g, site: &site{p: g.p, token: t, comparison: compared, first: true, summed: strings.Contains(s.compactLine(last), "[")}}
	f.name = cmp.Or(polish(s.compactLine(names[0])), unnamed)
	f.subject = f.name
	f.kind = kindOfName(f.name, t.unitClass)
	f.term = term{g.front.startsOn, g.front.dueOn}
	if r.dueYear != 0 {
		f.term = g.resolve(&token{when: when{year: r.dueYear, firstMonth: 12, lastMonth: 12}}, f.term)
	}
	if bases := r.cells[baseColumn]; len(bases) > 0 {
		f.site.baseline, _ = valueInCell(s.compactLine(bases[0]))
	}
	if f.site.baseline != nil && f.kind == indicator.Increment { // what starts from a level is a level
		f.kind = indicator.Cumulative
	}
	f.countOverTime()
	f.over = f.overOf()
	in, code := f.indicatorAt(min(names[0].start, units[0].start, last.start), max(names[0].end, units[0].end, last.end))
	if code != "" {
		return in, false
	}
	in.Direction, in.Course = f.directionOf(), f.courseOf()
	in.Binding, in.Source.Rule, in.Confidence = indicator.Committed, "指标表", indicator.High
	settle(&in)
	return in, true
}

// signs compare in a cell as words do in a sentence. Brackets mark values
// that are summed up over the term.
var signs = strings.NewReplacer("≥", "不低于", "≤", "不高于", ">=", "不低于", "<=", "不高于", ">", "高于", "<", "低于", "[", "", "]", "")

// valueInCell reads the one number of a cell with its comparison; it is nil
// when the cell holds none or says more.
func valueInCell(text string) (*token, comparison) {
	text = signs.Replace(text)
	at := strings.IndexAny(text, "0123456789")
	if at < 0 || utf8.RuneCountInString(text) > longestColumnHeading {
		return nil, comparison{}
	}
	t := quantityAt(text[at:])
	t.start, t.end = at, at+t.end
	c := compare(text[:at], text[t.end:], &t)
	if trimComparing(text[:at]) != "" || text[t.end:] != c.after {
		return nil, comparison{}
	}
	return &t, c
}

// unitClassIn is the class of a unit that stands alone.
func unitClassIn(unit string) quantity.Class {
	word, class := unitAt(unit)
	if word != unit {
		return quantity.OtherUnit
	}
	return class
}

// kindOfName says how reports of an indicator add up, by its name alone.
func kindOfName(name string, class quantity.Class) indicator.Kind {
	switch {
	case class == quantity.ShareUnit && (lexicon.ChangeNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != ""):
		return indicator.Growth
	case class == quantity.ShareUnit || lexicon.PerHeadOpeners.In(name) || lexicon.RateNouns.Suffix(name) != "":
		return indicator.Ratio
	case lexicon.TotalNouns.In(name):
		return indicator.Cumulative
	case lexicon.ActionVerbs.Prefix(name) != "":
		return indicator.Increment
	}
	return indicator.Cumulative
}
