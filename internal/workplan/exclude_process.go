package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isProcess holds for numbers of how work is organised: 下设3个工作组, 每月调度
// 1次, 经5轮论证, 建立1名链长、1个专班的工作机制.
func isProcess(s *mention) bool {
	head := s.head()
	switch {
	case lexicon.AnnouncingOpeners.Prefix(clauseOf(s)) != "":
		return true
	case lexicon.ReceivedVerbs.In(head), lexicon.SetUpVerbs.Suffix(head) != "", lexicon.WorkingBodies.Prefix(s.tail()) != "":
		return true
	case lexicon.ComposedWords.In(prose.Before(s.rest(), min(len(s.rest()), 30), 30)):
		return true
	case (s.token.Unit == "天" || s.token.Unit == "小时") && lexicon.RoundIntervals.In(head):
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
func isRound(s *mention) bool {
	if !lexicon.TurnUnits.Has(s.token.Unit) {
		return false
	}
	if lexicon.SteeringActs.Prefix(s.tail()) != "" || lexicon.SteeringActs.Suffix(trimComparing(s.head())) != "" {
		return true
	}
	return lexicon.RoundIntervals.In(s.head()) && lexicon.SteeringActs.In(s.head()+s.rest())
}

// makesUpMechanism holds for the persons and bodies that make up a mechanism.
func makesUpMechanism(s *mention) bool {
	clause := s.segment.Text[s.clause.Start:s.clause.End]
	if lexicon.MechanismNouns.Suffix(clause) == "" || !lexicon.MechanismVerbs.In(s.head()) {
		return false
	}
	list := s.tail()
	return startsNoun(list) && strings.Contains(list, "的") && !strings.Contains(list, "达")
}

func startsCount(s string) bool { return prose.StartsDigit(s) || numeral.Is(prose.FirstRune(s)) }
