package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// node is a stretch of lines that stands under one marker.
type node struct {
	level       level
	n           int
	label       string      // the marker as the plan writes it
	first, last int         // lines, last excluded
	skip        int         // bytes of the first compact line that are the marker
	row         *row        // of a table, else nil
	grid        *table.Grid // that the node is all of, or its row a row of
	gridRow     int
}

// outline cuts a plan into nodes. The first node is what stands before any
// marker. Tables are what tableAt reads at a line: a node for each row, and the line after
// the table, which is the line itself where there is none.
func outline(s *script, tableAt func(s *script, i int) (rows []node, next int)) []node {
	nodes := []node{{}}
	open := func(n node) {
		nodes[len(nodes)-1].last = max(n.first, nodes[len(nodes)-1].first)
		nodes = append(nodes, n)
	}
	seen := counters{}
	broken := false  // the line before was left unfinished
	listing := false // of appendices, by number and name
	for i := 0; i < len(s.lines); i++ {
		l := s.lines[i]
		if l.start == l.end {
			continue
		}
		if rows, next := tableAt(s, i); next > i {
			for _, r := range rows {
				open(r)
			}
			open(node{first: next})
			i, broken = next-1, false
			continue
		}
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestHeading)})
		m := markerAt(text)
		listing = listing && m.level == numbered && !strings.ContainsAny(text, "。;")
		switch {
		case listing:
		case m.level != noLevel && seen.accept(m, broken):
			open(node{level: m.level, n: m.n, first: i, skip: m.size, label: text[:m.size]})
			seen.take(m)
			broken = m.level == numbered && s.goesOn(l) // a heading is never left unfinished
			continue
		case endsBody(text):
			open(node{first: i})
			seen = counters{}
			listing = strings.HasPrefix(text, "附件:")
		}
		broken = s.goesOn(l)
	}
	nodes[len(nodes)-1].last = len(s.lines)
	return nodes
}

// endsBody reports whether a line opens what is no part of the item before it.
func endsBody(text string) bool { return lexicon.BodyEndings.Prefix(text) != "" }

// counters hold the number last seen on each level.
type counters struct{ last [tableLine]int }

// accept reports whether a marker continues the numbering or starts it again.
// A line in the middle of a sentence may begin like a marker: broken says that
// the line before it was left unfinished.
func (c *counters) accept(m marker, broken bool) bool {
	if expected := m.n == c.last[m.level]+1; expected {
		return !m.loose || !broken
	}
	if m.loose || broken {
		return false
	}
	return m.n == 1 || (m.n > c.last[m.level] && m.n <= c.last[m.level]+mostSkipped)
}

// mostSkipped is how many numbers a plan may leave out.
const mostSkipped = 3

func (c *counters) take(m marker) { c.last[m.level] = m.n }
