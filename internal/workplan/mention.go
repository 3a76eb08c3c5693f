package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// mention is a number in its surroundings, as newMention and, for those that may be targets,
// arrange have filled it in; later stages only add what they found. Positions are bytes
// of the segment.
type mention struct {
	segment  *prose.Segment
	token    *number.Token
	sentence prose.Span
	clause   prose.Span // the clause, or the bracket or goal in quotation marks that the number stands in
	own      prose.Span // the part of the clause that belongs to this number
	goal     bool       // the clause is a quotation that states a goal

	comparison comparison
	first      bool     // of the clause's numbers
	later      bool     // another quantity follows in the clause
	previous   *mention // the target before it in the sentence
	passed     *mention // the number before it in the sentence, where that is no target
	series     *series
	run        *run            // the numbers it stands in a row with
	place      int             // in that row, from 0
	baseline   *number.Token   // where the thing stood, when the clause says so
	dates      []*number.Token // of the sentence
	block      *block
	setting    setting // what the sentences before make of it
	pace       *pace   // of a change that it gives, else nil
	summed     bool    // brackets in a table say that it is summed up over the term
	reference  string  // figure elsewhere that stands for the number, else ""
}

// head is the clause before the number.
func (s *mention) head() string {
	return prose.Before(s.segment.Text[:s.token.Start], s.token.Start, s.reach())
}

func (s *mention) reach() int { return min(prose.Window, s.token.Start-s.clause.Start) }

// isCompared reports whether a word next to the number compares it.
func (s *mention) isCompared() bool { return s.comparison.before != "" || s.comparison.after != "" }

// tail is the clause after the number and the word that compares it.
func (s *mention) tail() string {
	return prose.After(s.segment.Text[:s.clause.End], s.wordEnd(), prose.Window)
}

// rest is the clause right after the number.
func (s *mention) rest() string {
	return prose.After(s.segment.Text[:s.clause.End], s.token.End, prose.Window)
}

// wordEnd is the end of the number with the word that compares it.
func (s *mention) wordEnd() int { return s.token.End + len(s.comparison.after) }

// lead is the number's own part before it, and follow the part after it.
func (s *mention) lead() string {
	return prose.Before(s.segment.Text[:s.token.Start], s.token.Start, min(prose.Window, s.token.Start-s.own.Start))
}

func (s *mention) follow() string {
	return prose.After(s.segment.Text[:s.own.End], s.wordEnd(), prose.Window)
}

// opening is the sentence before the clause.
func (s *mention) opening() string {
	return prose.Before(s.segment.Text[:s.clause.Start], s.clause.Start, min(prose.Window, s.clause.Start-s.sentence.Start))
}

// newMention reads the surroundings of a number; the mention it is given says where it stands
// and what went before.
func newMention(at mention) *mention {
	s := &at
	s.own = s.clause
	s.run = &run{length: 1, first: s}
	s.comparison = compare(s.head(), s.rest(), s.token)
	s.pace = paceOf(s)
	return s
}

// arrange settles among the numbers of a clause, in the order of the text, which part of
// it belongs to each, what each starts from and which of them make a list or a row.
func arrange(mentions []*mention, baselines []*number.Token) {
	handBaselines(mentions, baselines)
	divide(mentions)
	joinSeries(mentions)
	joinRuns(mentions)
}

// divide gives each number of a clause its own part. The mentions are in the
// order of the text.
func divide(mentions []*mention) {
	for i, s := range mentions {
		s.first, s.later = i == 0, i+1 < len(mentions)
		if i == 0 {
			continue
		}
		left := mentions[i-1]
		if left.clause != s.clause { // one of them stands in a bracket or a quotation
			left.own.End = min(left.own.End, max(left.wordEnd(), s.opens()))
			s.own.Start = max(s.own.Start, min(left.closes(), s.token.Start))
			continue
		}
		cut := left.wordEnd() + cutGap(s.segment.Text[left.wordEnd():s.token.Start])
		left.own.End, s.own.Start = cut, cut
	}
}

// opens is where the sign stands that opens a bracket or quotation around the number, and closes
// where the number's words end, or the quotation that it is stated in.
func (s *mention) opens() int {
	if s.goal {
		return s.clause.Start - len("“")
	}
	return s.clause.Start - len("(")
}

func (s *mention) closes() int {
	if s.goal {
		return s.clause.End + len("”")
	}
	return s.wordEnd()
}

// cutGap is where the text between two numbers parts: what comes before
// belongs to the first number, the rest to the second.
func cutGap(gap string) int {
	if len(gap) > prose.Window {
		return 0
	}
	if sign := lexicon.ListSigns.Prefix(gap); sign != "" {
		return len(sign)
	}
	if sign := lexicon.ListSigns.Suffix(gap); sign != "" {
		return len(gap)
	}
	cut, within := -1, 0 // brackets
	for i := 0; i < len(gap); {
		r, size := prose.RuneAt(gap, i)
		switch r {
		case '(':
			within++
		case ')':
			within = max(0, within-1)
		}
		if sign := lexicon.ListSigns.Prefix(gap[i:]); sign != "" && within == 0 {
			end := i + len(sign)
			if lexicon.ActionVerbs.Prefix(gap[end:]) != "" {
				return end
			}
			if cut < 0 && sign == "、" {
				cut = end
			}
		}
		i += size
	}
	if cut >= 0 {
		return cut
	}
	if at, _ := firstAction(gap); at >= 0 {
		return at
	}
	return 0
}

// startsNoun reports whether what follows a number is the thing counted,
// rather than the end of the clause, a sign or an adverb.
func startsNoun(s string) bool {
	r := prose.FirstRune(s)
	if lexicon.ParticleNouns.Prefix(s) != "" {
		return true
	}
	return s != "" && (r > 0x2fff || prose.IsLatin(r) || r == '“' || r == '《') && !strings.ContainsRune("、。;,:)并且和及与或的地,", r)
}
