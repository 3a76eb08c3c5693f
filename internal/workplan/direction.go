package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// downwards lead to a number that a thing is to fall to, or not to rise above.
var downwards = lexicon.FallWords.Or(lexicon.CeilingVerbs)

// directionOf says which way is better where the words or what is measured say
// so, and "" where neither does.
func (f *found) directionOf() indicator.Direction {
	if f.kind == indicator.Growth {
		return f.directionOfChange()
	}
	head := f.leadText()
	removed := lexicon.FallWords.Has(changeBefore(head)) || lexicon.FallWords.Prefix(f.verb) != "" || lexicon.FallWords.Prefix(f.head) != ""
	if f.kind == indicator.Increment && removed { // 压减30万吨 counts what is taken away
		return indicator.Increase
	}
	s := senseOfName(f.name)
	if s == unsaid {
		s = senseOfName(f.subject)
	}
	if r := f.site.series; r != nil && senseOfName(r.list()) == taken { // 甲和乙减排量分别
		s = taken
	}
	switch {
	case downwards.Suffix(f.towards(downwards)) != "" || changeBefore(head) != "" && removed:
		return indicator.Decrease
	case s.direction() != "":
		return s.direction()
	case bringsTo(head):
		return indicator.Increase
	case lexicon.ActionVerbs.In(f.verb), lexicon.ActionVerbs.In(f.head), s == unsaid && beginsWithDeed(f.name):
		return indicator.Increase
	case f.kind == indicator.Increment && s == unsaid && lexicon.ActionVerbs.In(f.name):
		return indicator.Increase
	case f.kind == indicator.Increment && (f.nounAfter || lexicon.ChangeVerbs.Suffix(trimComparing(head)) != ""):
		return indicator.Increase
	case s == unsaid && (lexicon.ReachVerbs.Suffix(f.towards(lexicon.ReachVerbs)) != "" || endsInDeed(f.subject) || f.reachedBy()):
		return indicator.Increase
	}
	return ""
}

// directionOfChange says whether a change is one for the better; a rise of what
// is no better for it, such as a price, is not said to be.
func (f *found) directionOfChange() indicator.Direction {
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
func (f *found) changeWord() string {
	if p := f.site.pace; p != nil {
		return p.change
	}
	if p := f.site.previous; f.inherited && p != nil && p.found.kind == indicator.Growth && changeBefore(f.leadText()) == "" {
		return p.found.changeWord()
	}
	head := f.leadText()
	if change := changeBefore(head); change != "" {
		return change
	}
	if change := lexicon.ObjectChangeVerbs.Prefix(trimOpening(head)); change != "" {
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
func (f *found) bindingOf() indicator.Binding {
	s := f.site
	if lexicon.HopeVerbs.In(s.head()) || f.group.striving {
		return indicator.Expected
	}
	if s.previous != nil && f.inheritsSubject() && s.previous.found.binding == indicator.Expected && !lexicon.BindingAdverbs.In(s.head()) {
		return indicator.Expected
	}
	return indicator.Committed
}
