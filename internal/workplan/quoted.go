package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
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

// isQuotedFigure reports whether a number in a quotation may be an amount of the plan. A few
// things that a name begins with, 3个中心, and numerals of figures of speech are none, nor are
// days, ages and ratings.
func isQuotedFigure(s *mention) bool {
	t := s.token
	in := quotationAt(s.segment, t.Start)
	thing := strings.TrimLeft(t.Unit, "十百千万亿")
	if in.End == 0 || t.Unit == "" || thing == "天" {
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
