package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// isShortfall holds for what falls short of others or of what is needed:
// 仍有3个断面, 仅12家, 不足全市平均水平的六成, 比全省平均低4个百分点.
func isShortfall(s *mention) bool {
	head := s.head()
	if at, word := lexicon.ShortfallStates.FindLast(head); at >= 0 && !lexicon.ActionVerbs.In(head[at+len(word):]) {
		return true
	}
	if strings.HasSuffix(head, "仅") && !strings.HasSuffix(head, "不仅") {
		return true
	}
	if strings.HasSuffix(head, "平均水平的") && !lexicon.ReachVerbs.In(head) { // 达到全国平均水平的九成 is an aim
		return true
	}
	at := max(strings.LastIndex(head, "比"), strings.LastIndex(head, "较"))
	return at >= 0 && lexicon.BehindWords.Suffix(head) != "" && lexicon.PeerWords.In(head[at:])
}
