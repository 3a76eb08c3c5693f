package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isRowNumber holds for the number of a row that stands under no head: it begins its line,
// and what separates cells parts it from what follows.
func isRowNumber(s *mention) bool {
	p, at := s.segment, s.token.Start
	if p.Source == nil || at > 0 && p.Text[at-1] != '\n' {
		return false
	}
	_, digits := prose.DigitsAt(p.Text[at:], longestRowNumber+1)
	if digits == 0 || digits > longestRowNumber {
		return false
	}
	start, end := p.Place(at, at+digits)
	return p.Source.PartsCells(end) && p.Source.OpensLine(start)
}

// isLoneCell holds for a figure that is all of its cell, in a row that stands under no head: what the
// cells beside it say may name it, or something else.
func isLoneCell(s *mention) bool {
	p := s.segment
	if p.Source == nil {
		return false
	}
	before := prose.Before(p.Text, s.token.Start, prose.Window)
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ := strings.Cut(prose.After(p.Text, s.token.End, prose.Window), "\n")
	if trimmedHead(signs.Replace(before)) != "" || strings.TrimPrefix(after, s.comparison.after) != "" {
		return false
	}
	at, _ := p.Place(s.token.Start, s.token.End)
	return p.Source.InRow(at)
}

// longestRowNumber is the most figures of the number of a row.
const longestRowNumber = 4

// tellsAmendment holds for a note on what a figure of the plan was before and what it is now:
// 由20个调整为18个. What the clause names before that is a target all the same.
func tellsAmendment(s *mention) bool {
	clause := s.segment.Text[s.clause.Start:min(s.clause.End, s.clause.Start+prose.Window)]
	opening := lexicon.AmendmentOpenings.Prefix(clause)
	return opening != "" && prose.StartsDigit(clause[len(opening):]) && lexicon.AmendingVerbs.In(clause)
}
