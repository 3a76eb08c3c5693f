package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// quotationAt is what a quotation around a byte holds, empty where none is: a title in 《》
// is no quotation.
func quotationAt(p *prose.Segment, at int) (in prose.Span) {
	if p.Depth[at]&prose.InQuote == 0 {
		return in
	}
	from := at - len(prose.Before(p.Text, at, prose.Window))
	open := strings.LastIndex(p.Text[from:at], "“")
	end := strings.Index(prose.After(p.Text, at, prose.Window), "”")
	if open < 0 || end < 0 || strings.LastIndex(p.Text[from:at], "《") > strings.LastIndex(p.Text[from:at], "》") {
		return in
	}
	return prose.Span{Start: from + open + len("“"), End: at + end}
}

// goalAround is the quotation around a byte that states a goal of the plan, as 目标 or 任务 after it
// says, empty where none does, or where the clause tells that it was reached.
func goalAround(p *prose.Segment, at int, c prose.Span) (in prose.Span) {
	in = quotationAt(p, at)
	if in.End == 0 || in.Start < c.Start || in.End+len("”") > c.End || !statesDeed(p.Text[in.Start:at]) {
		return prose.Span{}
	}
	after := strings.TrimPrefix(prose.After(p.Text[:c.End], in.End+len("”"), longestVerb), "的")
	before := prose.Before(p.Text[c.Start:in.Start], in.Start-c.Start, prose.Window)
	if word := lexicon.TaskNouns.Prefix(after); word == "" || saysPast(before) || strings.HasPrefix(after[len(word):], "未") {
		return prose.Span{}
	}
	return in
}

// statesDeed reports whether the words of a quotation before a number say what is done or reached,
// and are not the name of a programme: “3个100亿元”.
func statesDeed(words string) bool {
	if words = trimOpening(words); prose.StartsDigit(words) || numeral.Run(words) > 0 {
		return false
	}
	return lexicon.ActionVerbs.In(words) || saysLevel(words) || changeBefore(words) != ""
}

// isQuotedFigure reports whether a number in a quotation may be an amount of the plan. A few
// things that a name begins with, 3个中心, and numerals of figures of speech are none, nor are
// days, ages and ratings.
func isQuotedFigure(s *mention) bool {
	t := s.token
	in := quotationAt(s.segment, t.Start)
	thing := countedThing(t.Unit)
	if in.End == 0 || s.goal || t.Unit == "" || thing == "天" {
		return false
	}
	switch t.UnitClass {
	case quantity.RatingUnit, quantity.AgeUnit, quantity.BandUnit:
		return false
	case quantity.CountUnit, quantity.HeadUnit, quantity.EventUnit:
		return !t.Numeral && (thing != t.Unit || len(t.Value) > 1 || in.Start != t.Start)
	}
	return !t.Numeral || thing != t.Unit
}
