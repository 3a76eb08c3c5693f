package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// directionOf says which way is better where the words or what is measured say
// so, and "" where neither does.
func (f *found) directionOf() indicator.Direction {
	if f.kind == indicator.Growth {
		return f.directionOfChange()
	}
	head := f.leadText()
	removed := falls.has(changeBefore(head)) || falls.prefix(f.verb) != "" || falls.prefix(f.head) != ""
	if f.kind == indicator.Increment && removed { // 压减30万吨 counts what is taken away
		return indicator.Increase
	}
	towards := strings.TrimSuffix(trimApprox(trimPerHead(head)), "约")
	s := senseOfName(f.name)
	if s == unsaid {
		s = senseOfName(f.subject)
	}
	if r := f.site.series; r != nil && senseOfName(r.list()) == taken { // 甲和乙减排量分别
		s = taken
	}
	switch {
	case falls.suffix(towards) != "" || holdsDown.suffix(towards) != "" || changeBefore(head) != "" && removed:
		return indicator.Decrease
	case s.direction() != "":
		return s.direction()
	case bringsTo(head):
		return indicator.Increase
	case deeds.in(f.verb), deeds.in(f.head), s == unsaid && beginsWithDeed(f.name):
		return indicator.Increase
	case f.kind == indicator.Increment && s == unsaid && deeds.in(f.name):
		return indicator.Increase
	case f.kind == indicator.Increment && (f.nounAfter || growthVerbs.suffix(trimComparing(head)) != ""):
		return indicator.Increase
	case s == unsaid && (reaching.suffix(towards) != "" || endsInDeed(f.subject) || f.reachedBy()):
		return indicator.Increase
	}
	return ""
}

// holdsDown words keep a level from rising, also where a word after the number
// compares it: 控制在5%左右.
var holdsDown = words("控制在 控制到 控制为 压控在")

// directionOfChange says whether a change is one for the better; a rise of what
// is no better for it, such as a price, is not said to be.
func (f *found) directionOfChange() indicator.Direction {
	change := f.changeWord()
	switch {
	case falls.prefix(change) != "":
		return indicator.Decrease
	case priceRises.has(change), !risesWell(strings.TrimSuffix(f.subject, change)):
		return ""
	}
	return indicator.Increase
}

// priceRises are said of prices and costs.
var priceRises = words("涨幅 涨 上浮 上调")

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
	if change := objectChanges.prefix(trimOpening(head)); change != "" {
		return change
	}
	if change := speeds.suffix(f.subject); change != "" {
		return change
	}
	if at, change := growthVerbs.findLast(f.subject); at >= 0 {
		return change
	}
	return ""
}

// bindingOf says whether the target is promised or hoped for. A word of hope
// holds for the clause and for what is listed after it without a verb.
func (f *found) bindingOf() indicator.Binding {
	s := f.site
	if strivings.in(s.head()) || f.group.striving {
		return indicator.Expected
	}
	if s.previous != nil && f.inheritsSubject() && s.previous.found.binding == indicator.Expected && !firmly.in(s.head()) {
		return indicator.Expected
	}
	return indicator.Committed
}

var firmly = words("确保 必须 务必")
