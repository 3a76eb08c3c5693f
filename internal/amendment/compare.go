package amendment

import "github.com/indicator-tracker/tracker/internal/indicator"

// Compare finds what a newer text does to the indicators of a plan.
func Compare(old Old, next New) Diff {
	m := match(old, next)
	var d Diff
	added := map[int]int{} // place in next to place in Added
	replaced := m.incompatible()
	for j, in := range next.Indicators {
		if !m.taken[j] || replaced[j] != nil {
			added[j] = len(d.Added)
			d.Added = append(d.Added, Addition{Indicator: in})
			if h := replaced[j]; h != nil {
				d.Added[added[j]].Replaces = h.Indicator.Code
			}
		}
	}
	for i, h := range old.Indicators {
		j, paired := m.found[i]
		switch {
		case paired && replaced[j] != nil:
			d.Removed = append(d.Removed, Removal{h.Indicator, added[j]})
		case paired:
			d.keep(h, next.Indicators[j], next.DueOn)
		case h.byHand() && m.tasks.sure[h.Indicator.Task]:
			d.keep(h, m.follow(h.Indicator, next), next.DueOn)
		default:
			d.Removed = append(d.Removed, Removal{h.Indicator, -1})
		}
	}
	return d
}

// incompatible finds the pairs that cannot be one indicator: what was reported
// in one unit cannot be held against a target in the other.
func (m *matcher) incompatible() map[int]*Held {
	found := map[int]*Held{}
	for i, j := range m.found {
		if h := m.held[i]; h.Measured && !fits(h.Indicator.Target, m.next[j].Target) {
			found[j] = &h
		}
	}
	return found
}

// fits reports whether reports for one target can stand beside the other. One
// that waits without a unit leaves that open.
func fits(a, b indicator.Target) bool { return a.Accepts(b.Unit) || b.Accepts(a.Unit) }

// follow is an indicator made by hand in the task that its own has become: no
// text says anything about it.
func (m *matcher) follow(in indicator.Indicator, next New) indicator.Indicator {
	task := next.Tasks[m.tasks.to[in.Task]]
	in.Task, in.Section = task.Number, task.Section
	return in
}

// keep notes what becomes of an indicator that stays.
func (d *Diff) keep(h Held, next indicator.Indicator, dueOn indicator.Date) {
	before, after := h.Indicator, merge(h, next, dueOn)
	differing := changes(before, after)
	reworded := said(before.Source) != said(next.Source)
	moved := before.Task != after.Task || before.Section != after.Section
	if len(differing) == 0 && !reworded && !moved {
		d.Unchanged++
		return
	}
	if len(differing) > 0 || reworded {
		d.Changed = append(d.Changed, Change{before, after, differing})
	}
	if moved {
		d.Moved = append(d.Moved, Move{before, after})
	}
	d.Replaced = append(d.Replaced, after)
}
