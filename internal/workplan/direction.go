package workplan

import "github.com/indicator-tracker/tracker/internal/indicator"

// directionOf says which way is better.
func (f *found) directionOf() indicator.Direction {
	head := f.leadText()
	if change := changeBefore(head); change != "" {
		if falls.has(change) {
			return indicator.Decrease
		}
		return indicator.Increase
	}
	switch c := f.site.comparison.comparator; {
	case c == indicator.AtMost || c == indicator.LessThan:
		return indicator.Decrease
	case falls.suffix(trimApprox(head)) != "":
		return indicator.Decrease
	case falls.prefix(f.verb) != "":
		return indicator.Decrease
	}
	return indicator.Increase
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
