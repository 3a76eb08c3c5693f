package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// site is a number in its surroundings, as newSite and, for those that may be targets,
// arrange have filled it in; later stages only add what they found. Positions are bytes
// of the passage.
type site struct {
	p        *passage
	token    *token
	sentence span
	clause   span // the clause, or the bracket that the number stands in
	own      span // the part of the clause that belongs to this number

	comparison comparison
	first      bool  // of the clause's numbers
	later      bool  // another quantity follows in the clause
	previous   *site // the target before it in the sentence
	passed     *site // the number before it in the sentence, where that is no target
	series     *series
	run        *run     // the numbers it stands in a row with
	place      int      // in that row, from 0
	baseline   *token   // where the thing stood, when the clause says so
	dates      []*token // of the sentence
	group      *group
	found      *found // what was read, once it is a target
	pace       *pace  // of a change that it gives, else nil
	summed     bool   // brackets in a table say that it is summed up over the term
	reference  string // figure elsewhere that stands for the number, else ""
}

// head is the clause before the number.
func (s *site) head() string { return before(s.p.text[:s.token.start], s.token.start, s.reach()) }

func (s *site) reach() int { return min(window, s.token.start-s.clause.start) }

// isCompared reports whether a word next to the number compares it.
func (s *site) isCompared() bool { return s.comparison.before != "" || s.comparison.after != "" }

// tail is the clause after the number and the word that compares it.
func (s *site) tail() string {
	return after(s.p.text[:s.clause.end], s.wordEnd(), window)
}

// rest is the clause right after the number.
func (s *site) rest() string {
	return after(s.p.text[:s.clause.end], s.token.end, window)
}

// wordEnd is the end of the number with the word that compares it.
func (s *site) wordEnd() int { return s.token.end + len(s.comparison.after) }

// lead is the number's own part before it, and follow the part after it.
func (s *site) lead() string {
	return before(s.p.text[:s.token.start], s.token.start, min(window, s.token.start-s.own.start))
}

func (s *site) follow() string {
	return after(s.p.text[:s.own.end], s.wordEnd(), window)
}

// opening is the sentence before the clause.
func (s *site) opening() string {
	return before(s.p.text[:s.clause.start], s.clause.start, min(window, s.clause.start-s.sentence.start))
}

// newSite reads the surroundings of a number; the site it is given says where it stands
// and what went before.
func newSite(at site) *site {
	s := &at
	s.own = s.clause
	s.run = &run{length: 1, first: s}
	s.comparison = compare(s.head(), s.rest(), s.token)
	s.pace = paceOf(s)
	return s
}

// arrange settles among the numbers of a clause, in the order of the text, which part of
// it belongs to each, what each starts from and which of them make a list or a row.
func arrange(sites []*site, baselines []*token) {
	handBaselines(sites, baselines)
	divide(sites)
	joinSeries(sites)
	joinRuns(sites)
}

// divide gives each number of a clause its own part. The sites are in the
// order of the text.
func divide(sites []*site) {
	for i, s := range sites {
		s.first, s.later = i == 0, i+1 < len(sites)
		if i == 0 {
			continue
		}
		left := sites[i-1]
		if left.clause != s.clause { // one of them stands in a bracket
			left.own.end = min(left.own.end, max(left.wordEnd(), s.clause.start-len("(")))
			s.own.start = max(s.own.start, min(left.wordEnd(), s.token.start))
			continue
		}
		cut := left.wordEnd() + cutGap(s.p.text[left.wordEnd():s.token.start])
		left.own.end, s.own.start = cut, cut
	}
}

// cutGap is where the text between two numbers parts: what comes before
// belongs to the first number, the rest to the second.
func cutGap(gap string) int {
	if len(gap) > window {
		return 0
	}
	if sign := lexicon.ListSigns.Prefix(gap); sign != "" {
		return len(sign)
	}
	if sign := lexicon.ListSigns.Suffix(gap); sign != "" {
		return len(gap)
	}
	cut := -1
	for i := 0; i < len(gap); {
		_, size := runeAt(gap, i)
		if sign := lexicon.ListSigns.Prefix(gap[i:]); sign != "" {
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
	if at, _ := firstDeed(gap); at >= 0 {
		return at
	}
	return 0
}

// startsNoun reports whether what follows a number is the thing counted,
// rather than the end of the clause, a sign or an adverb.
func startsNoun(s string) bool {
	r := firstRune(s)
	if lexicon.ParticleNouns.Prefix(s) != "" {
		return true
	}
	return s != "" && (r > 0x2fff || isLatin(r) || r == '“' || r == '《') && !strings.ContainsRune("、。;,:)并且和及与或的地,", r)
}
