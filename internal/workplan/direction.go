package workplan

import (
	"cmp"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// downwards lead to a number that a thing is to fall to, or not to rise above.
var downwards = lexicon.FallWords.Or(lexicon.CeilingVerbs)

// directionOf says which way is better where the words or what is measured say
// so, and "" where neither does.
func (f *candidate) directionOf() indicator.Direction {
	if f.kind == indicator.Growth {
		return f.directionOfChange()
	}
	head := f.leadText()
	removed := f.isRemoved()
	if f.kind == indicator.Increment && (removed || f.savesMoney()) { // 压减30万吨 counts what is taken away
		return indicator.Increase
	}
	s := f.sense()
	switch {
	case downwards.Suffix(f.towards(downwards)) != "", changeBefore(head) != "" && removed:
		return indicator.Decrease
	case s.direction() != "":
		return s.direction()
	case bringsTo(head), f.isBroughtAbout(s), s == unsaid && f.isReached():
		return indicator.Increase
	}
	return ""
}

// isRemoved reports whether a verb of the target, or of its list, takes away.
func (f *candidate) isRemoved() bool {
	return lexicon.FallWords.Has(changeBefore(f.leadText())) || lexicon.FallWords.Prefix(f.verb) != "" || lexicon.FallWords.Prefix(f.head) != ""
}

// sense is what the name says about which way is better.
func (f *candidate) sense() sense {
	if r := f.mention.series; r != nil && senseOfName(r.list()) == taken { // 甲和乙减排量分别
		return taken
	}
	if s := senseOfName(f.spokenName()); s != unsaid {
		return s
	}
	return senseOfName(f.subject)
}

// spokenName is the name with the verb that carries its number, which says more of
// which way is better.
func (f *candidate) spokenName() string { return cmp.Or(f.spoken, f.name) }

// isBroughtAbout reports whether verbs say that the number is brought about, where the
// name has the sense s.
func (f *candidate) isBroughtAbout(s sense) bool {
	switch {
	case lexicon.ActionVerbs.In(f.verb), lexicon.ActionVerbs.In(f.head), s == unsaid && beginsWithAction(f.spokenName()):
		return true
	case f.kind != indicator.Increment:
		return false
	}
	return s == unsaid && lexicon.ActionVerbs.In(f.spokenName()) || f.nounAfter || lexicon.ChangeVerbs.Suffix(trimComparing(f.leadText())) != ""
}

// isReached reports whether words say that the number is come to.
func (f *candidate) isReached() bool {
	return lexicon.ReachVerbs.Suffix(f.towards(lexicon.ReachVerbs)) != "" || endsInAction(f.subject) || f.reachedBy()
}

// directionOfChange says whether a change is one for the better; a rise of what
// is no better for it, such as a price, is not said to be.
func (f *candidate) directionOfChange() indicator.Direction {
	change := f.changeWord()
	switch {
	case lexicon.FallWords.Prefix(change) != "":
		return indicator.Decrease
	case lexicon.PriceRises.Has(change), !risesWell(strings.TrimSuffix(f.subject, change)):
		return ""
	}
	return indicator.Increase
}

// changeWord is the verb or noun of the change that the number measures.
func (f *candidate) changeWord() string {
	if p := f.mention.pace; p != nil {
		return p.change
	}
	if p := f.previous; f.inherited && p != nil && p.kind == indicator.Growth && changeBefore(f.leadText()) == "" {
		return p.changeWord()
	}
	head := f.leadText()
	if change := changeBefore(head); change != "" {
		return change
	}
	if sign := f.mention.token.Sign; sign != "" {
		return sign
	}
	if change := objectChange(trimOpening(head)); change != "" {
		return change
	}
	if change := lexicon.ChangeNouns.Suffix(f.subject); change != "" {
		return change
	}
	if at, change := lexicon.ChangeVerbs.FindLast(f.subject); at >= 0 {
		return change
	}
	return ""
}

// bindingOf says whether the target is promised or hoped for. A word of hope
// holds for the clause and for what is listed after it without a verb.
func (f *candidate) bindingOf() indicator.Binding {
	s := f.mention
	if lexicon.HopeVerbs.In(s.head()) || s.setting.striving {
		return indicator.Expected
	}
	if f.previous != nil && f.inheritsSubject() && f.previous.binding == indicator.Expected && !lexicon.BindingAdverbs.In(s.head()) {
		return indicator.Expected
	}
	return indicator.Committed
}
