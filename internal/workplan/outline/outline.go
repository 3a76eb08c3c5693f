package outline

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// Node is a stretch of lines that stands under one marker.
type Node struct {
	Level       Level
	N           int
	Label       string      // the marker as the plan writes it
	First, Last int         // lines, last excluded
	Skip        int         // bytes of the first compact line that are the marker
	Row         *Row        // of a table, else nil
	Grid        *table.Grid // that the node is all of, or its row a row of
	GridRow     int
}

// Nodes cuts a plan into nodes. The first node is what stands before any
// marker. Tables are what tableAt reads at a line: a node for each row, and the line after
// the table, which is the line itself where there is none.
func Nodes(s *prose.Source, tableAt func(s *prose.Source, i int) (rows []Node, next int)) []Node {
	nodes := []Node{{}}
	open := func(n Node) {
		nodes[len(nodes)-1].Last = max(n.First, nodes[len(nodes)-1].First)
		nodes = append(nodes, n)
	}
	seen := counters{}
	broken := false  // the line before was left unfinished
	listing := false // of appendices, by number and name
	for i := 0; i < len(s.Lines); i++ {
		l := s.Lines[i]
		if l.Start == l.End {
			continue
		}
		if rows, next := tableAt(s, i); next > i {
			for _, r := range rows {
				open(r)
			}
			open(Node{First: next})
			i, broken = next-1, false
			continue
		}
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+LongestHeading)})
		m := MarkerAt(text)
		listing = listing && m.Level == Numbered && !strings.ContainsAny(text, "。;")
		switch {
		case listing:
		case m.Level != NoLevel && seen.accept(m, broken):
			open(Node{Level: m.Level, N: m.N, First: i, Skip: m.Size, Label: text[:m.Size]})
			seen.take(m)
			broken = m.Level == Numbered && s.GoesOn(l) // a heading is never left unfinished
			continue
		case endsBody(text):
			open(Node{First: i})
			seen = counters{}
			listing = strings.HasPrefix(text, "附件:")
		}
		broken = s.GoesOn(l)
	}
	nodes[len(nodes)-1].Last = len(s.Lines)
	return nodes
}

// endsBody reports whether a line opens what is no part of the item before it.
func endsBody(text string) bool { return lexicon.BodyEndings.Prefix(text) != "" }

// counters hold the number last seen on each level.
type counters struct{ last [TableLine]int }

// accept reports whether a marker continues the numbering or starts it again.
// A line in the middle of a sentence may begin like a marker: broken says that
// the line before it was left unfinished.
func (c *counters) accept(m Marker, broken bool) bool {
	if expected := m.N == c.last[m.Level]+1; expected {
		return !m.Loose || !broken
	}
	if m.Loose || broken {
		return false
	}
	return m.N == 1 || (m.N > c.last[m.Level] && m.N <= c.last[m.Level]+mostSkipped)
}

// mostSkipped is how many numbers a plan may leave out.
const mostSkipped = 3

func (c *counters) take(m Marker) { c.last[m.Level] = m.N }
