package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// isProcess holds for numbers of how work is organised: 下设3个工作组, 每月调度
// 1次, 经5轮论证, 建立1名链长、1个专班的工作机制.
func isProcess(s *site) bool {
	head := s.head()
	switch {
	case lexicon.ReceivedVerbs.In(head), lexicon.SetUpVerbs.Suffix(head) != "", lexicon.WorkingBodies.Prefix(s.tail()) != "":
		return true
	case lexicon.ComposedWords.In(before(s.rest(), min(len(s.rest()), 30), 30)):
		return true
	case (s.token.unit == "天" || s.token.unit == "小时") && lexicon.RoundIntervals.In(head):
		return true
	}
	return goesThrough(clauseOf(s)) || isRound(s) || makesUpMechanism(s)
}

// goesThrough reports whether a clause opens with what a thing went through: 经5轮论证.
func goesThrough(clause string) bool {
	word := lexicon.ThroughWords.Prefix(clause)
	return word != "" && startsCount(clause[len(word):])
}

// isRound holds for how often work is steered: 每月调度1次, 开展2次督查.
func isRound(s *site) bool {
	if !lexicon.TurnUnits.Has(s.token.unit) {
		return false
	}
	if lexicon.SteeringActs.Prefix(s.tail()) != "" || lexicon.SteeringActs.Suffix(trimComparing(s.head())) != "" {
		return true
	}
	return lexicon.RoundIntervals.In(s.head()) && lexicon.SteeringActs.In(s.head()+s.rest())
}

// makesUpMechanism holds for the persons and bodies that make up a mechanism.
func makesUpMechanism(s *site) bool {
	clause := s.p.text[s.clause.start:s.clause.end]
	if lexicon.MechanismNouns.Suffix(clause) == "" || !lexicon.MechanismVerbs.In(s.head()) {
		return false
	}
	list := s.tail()
	return startsNoun(list) && strings.Contains(list, "的") && !strings.Contains(list, "达")
}

func startsCount(s string) bool { return startsDigit(s) || isNumeral(firstRune(s)) }
