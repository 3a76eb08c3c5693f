package agency

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// InCell reads a cell of a table that says itself who leads and who takes part: 甲局牵头,乙局、丙局配合;
// 牵头单位:甲局;配合单位:乙局; 甲局(牵头)、乙局. Those of whom nothing is said take part beside one who
// leads, and lead where all others take part. ok is false where it says nothing of that.
func InCell(p *prose.Segment) (lead, joint []string, ok bool) {
	if _, r, labelled := labelAt(p.Text); labelled && r < persons {
		st := readLabelled(p)
		return st.Lead, st.Joint, len(st.Lead)+len(st.Joint) > 0
	}
	c := cellRoles{segment: p}
	depth := 0
	for i, r := range p.Text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune("、,;。\n ", r):
			c.take(i, r != '、')
			c.from = i + len(string(r))
		case depth == 0 && i > c.from && p.SpaceBefore(i) && strings.HasSuffix(p.Text[:i], ")"): // 甲局(牵头) 乙局
			c.take(i, true)
			c.from = i
		}
	}
	c.take(len(p.Text), true)
	switch {
	case !c.said:
		return nil, nil, false
	case len(c.lead) > 0:
		return Union(nil, c.lead), Without(Union(nil, append(c.joint, c.unsaid...)), c.lead), true
	}
	return Union(nil, c.unsaid), Without(Union(nil, c.joint), c.unsaid), true
}

func readLabelled(p *prose.Segment) Statement { return labelled(p, 0, len(p.Text), false) }

// cellRoles are the agencies of a cell as far as it is read.
type cellRoles struct {
	segment             *prose.Segment
	from                int      // of the part that is read
	list                []string // since the last stop, of whom nothing is said yet
	lead, joint, unsaid []string
	said                bool
}

// take reads the part that ends at to. A word of a role right behind a name is said of all names since
// the last stop, one in brackets of its own name alone.
func (c *cellRoles) take(to int, stop bool) {
	text := c.segment.Text[c.from:to]
	inner := strings.TrimSuffix(text, ")")
	word := predicates.Suffix(inner)
	if word == "" {
		word = roleLabels.Suffix(inner)
	}
	end := to - len(text) + len(inner) - len(word)
	bracket := word != "" && inner != text && strings.HasSuffix(c.segment.Text[:end], "(")
	var r role
	switch {
	case bracket:
		end--
		r = c.roleOf(word)
	case inner == text && predicates.Suffix(text) != "":
		r = c.roleOf(word)
	default:
		word, end, r = "", to, answers
	}
	names := Names(c.segment, c.from, max(c.from, end))
	switch {
	case bracket:
		c.give(r, names)
	case word != "":
		c.give(r, append(c.list, names...))
		c.list = nil
	default:
		c.list = append(c.list, names...)
	}
	if stop {
		c.unsaid, c.list = append(c.unsaid, c.list...), nil
	}
}

func (c *cellRoles) roleOf(word string) role {
	if predicates.Has(word) {
		return predicates.Class(word)
	}
	return roleLabels.Class(word)
}

func (c *cellRoles) give(r role, names []string) {
	switch r {
	case leads:
		c.lead, c.said = append(c.lead, names...), c.said || len(names) > 0
	case joins:
		c.joint, c.said = append(c.joint, names...), c.said || len(names) > 0
	default:
		c.said = c.said || len(names) > 0
		c.unsaid = append(c.unsaid, names...)
	}
}
