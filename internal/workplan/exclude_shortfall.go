package workplan

import "strings"

var (
	// stillThere words say that a number is what there is, and that it is too
	// little or too much.
	stillThere = words("仍有 仍处于 仍为 仍是 仍存在 仍然 尚有 尚未 尚无 还有 只有 仅有 仅为 仅占 只占 只能 缺少 缺口 短缺 缺额")
	// others are what a place is held against.
	others = words("平均 全国 全省 全市 先进 发达 周边 同类 兄弟")
	behind = words("低 少 慢 落后 偏低 少了 低了")
)

// isShortfall holds for what falls short of others or of what is needed:
// 仍有3个断面, 仅12家, 不足全市平均水平的六成, 比全省平均低4个百分点.
func isShortfall(s *site) bool {
	head := s.head()
	if at, word := stillThere.findLast(head); at >= 0 && !deeds.in(head[at+len(word):]) {
		return true
	}
	if strings.HasSuffix(head, "仅") && !strings.HasSuffix(head, "不仅") {
		return true
	}
	if strings.HasSuffix(head, "平均水平的") {
		return true
	}
	at := max(strings.LastIndex(head, "比"), strings.LastIndex(head, "较"))
	return at >= 0 && behind.suffix(head) != "" && others.in(head[at:])
}
