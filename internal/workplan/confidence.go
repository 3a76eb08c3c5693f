package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
)

// confidenceOf says how sure the reading is. It is high where the text names in
// one place what is counted, what is done or reached, and in which unit; medium
// where one of these is carried over from elsewhere; low where a rule had to
// guess.
func (f *candidate) confidenceOf() indicator.Confidence {
	switch {
	case f.mention.reference != "":
		return f.relativeConfidence()
	case f.unsure, f.guessed():
		return indicator.Low
	case f.carriedOver():
		return indicator.Medium
	}
	return indicator.High
}

// guessed reports whether nothing but the number's place makes it a target, or
// the name or unit is not one the rules know.
func (f *candidate) guessed() bool {
	s := f.mention
	if s.token.Numeral && s.token.Value == "1" || f.unnamed || strings.HasSuffix(f.name, "（"+f.block.title+"）") {
		return true
	}
	if !s.token.Pair && number.Units.Prefix(countedThing(s.token.Unit)) == "" && !lexicon.Magnitudes.Has(s.token.Unit) {
		return true
	}
	if f.isForEach() || lexicon.Magnitudes.Has(s.token.Unit) {
		return true
	}
	said := s.isCompared() || s.token.More || s.token.IsRange()
	measured := lexicon.QuantityNouns.Suffix(f.subject) != ""
	return !f.isDeed() && !said && !f.isLevelOrChange() && !measured
}

// isForEach reports whether 各 gives the number to each of the things of a list before it, whose sum it
// then is not: 新建、改建学校各5所, 城北、城南各建成公园2个.
func (f *candidate) isForEach() bool {
	head := f.mention.head()
	at := strings.LastIndex(head, "各")
	if at < 0 {
		return false
	}
	rest := head[at+len("各"):]
	return trimClosing(rest) == "" || lexicon.ActionVerbs.Prefix(rest) != "" && strings.ContainsAny(head[:at], "、和与及")
}

// isDeed reports whether a verb makes the number a target: before it, before its list or
// in the name.
func (f *candidate) isDeed() bool {
	return f.verb != "" || f.head != "" || f.mention.series != nil || endsInAction(f.subject)
}

// isLevelOrChange reports whether the words before the number say where a thing gets to,
// or by how much it changes.
func (f *candidate) isLevelOrChange() bool {
	return saysLevel(f.leadText()) || changeBefore(f.leadText()) != ""
}

// carriedOver reports whether the verb, the name, the kind or the date stands
// with another target or in a line above.
func (f *candidate) carriedOver() bool {
	s := f.mention
	if f.head != "" || f.inherited || s.series != nil || s.isPart() || s.place > 0 {
		return true
	}
	if f.verb == "" && lexicon.AmountNouns.Has(f.subject) {
		return true
	}
	return governing(s, f.dates) == nil && (f.mention.setting.dated || f.block.headed != nil)
}
