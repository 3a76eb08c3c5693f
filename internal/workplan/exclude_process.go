package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// isProcess holds for numbers of how work is organised: 下设3个工作组, 每月调度
// 1次, 经5轮论证, 建立1名链长、1个专班的工作机制.
func isProcess(s *site) bool {
	head := s.head()
	if lexicon.ReceivedVerbs.In(head) || lexicon.SetUpVerbs.Suffix(head) != "" || lexicon.WorkingBodies.Prefix(s.tail()) != "" {
		return true
	}
	if clause := clauseOf(s); lexicon.ThroughWords.Prefix(clause) != "" && startsCount(clause[len(lexicon.ThroughWords.Prefix(clause)):]) {
		return true
	}
	if rest := before(s.rest(), min(len(s.rest()), 30), 30); lexicon.ComposedWords.In(rest) {
		return true
	}
	if lexicon.TurnUnits.Has(s.token.unit) && lexicon.SteeringActs.Prefix(s.tail()) != "" {
		return true
	}
	if (s.token.unit == "天" || s.token.unit == "小时") && lexicon.RoundIntervals.In(head) {
		return true
	}
	if lexicon.TurnUnits.Has(s.token.unit) && (lexicon.RoundIntervals.In(head) && steers(s) || lexicon.SteeringActs.Suffix(trimComparing(head)) != "") {
		return true
	}
	clause := s.p.text[s.clause.start:s.clause.end]
	if word := lexicon.MechanismNouns.Suffix(clause); word != "" && lexicon.MechanismVerbs.In(head) {
		list := s.tail()
		return startsNoun(list) && strings.Contains(list, "的") && !strings.Contains(list, "达")
	}
	return false
}

// steers reports whether what is done every so often only steers the work: 每月
// 召开1次调度会, and not 每月巡查4次.
func steers(s *site) bool {
	text := s.head() + s.rest()
	return lexicon.SteeringActs.In(text)
}

func startsCount(s string) bool { return startsDigit(s) || isNumeral(firstRune(s)) }
