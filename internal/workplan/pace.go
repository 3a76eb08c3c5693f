package workplan

import "strings"

// pace is a share that says how fast a thing is to change, before the verb that
// says so: 按不低于5%的幅度压减会议费, 以年均8%的速度增长.
type pace struct {
	subject string
	change  string
	yearly  bool
	end     int // byte of the passage where the change and what it is done to end
}

var (
	paceWords = words("的幅度 的速度 的增速 的比例 的降幅 的增幅 的涨幅 的速率 以上的速度 以上的幅度 左右的速度 左右的幅度")
	// paceVerbs are the changes that have a pace.
	paceVerbs = words("增长 递增 增加 提高 提升 上升 扩大 下降 递减 降低 减少 压减 压缩 压降 削减 缩减")
	paceOpens = words("按 按照 以 保持 保持以")
	paceFills = words("年均 平均 每年 年平均 年度 不低于 不少于 不超过 不高于 不小于 高于 超过 约 近 总体")
	paceAfter = words("逐年 逐步 每年 持续 统一 稳步 继续 总体 同步 实现")
	// whoever begin what a clause says of those who act, and not of the thing.
	whoever = words("各单位 各部门 各地 各级 各镇街 各县 各区 各乡镇 各预算单位 一律 均 统一 原则上 要 应 全部 分别")
)

// paceOf reads the pace that a number gives, nil where it gives none.
func paceOf(s *site) *pace {
	if s.token.unitClass != shareUnit || s.token.unit == "番" {
		return nil
	}
	rest := s.rest()
	rest = strings.TrimPrefix(rest, s.comparison.after)
	word := paceWords.prefix(rest)
	head, average, led := paceHead(s.head())
	if word == "" || !led {
		return nil
	}
	rest = rest[len(word):]
	for filler := paceAfter.prefix(rest); filler != ""; filler = paceAfter.prefix(rest) {
		rest = rest[len(filler):]
	}
	change := paceVerbs.prefix(rest)
	object := rest[len(change):]
	if change == "" || strings.ContainsAny(object, "0123456789") {
		return nil
	}
	if at := strings.IndexAny(object, "、,;("); at >= 0 {
		object = object[:at]
	}
	p := &pace{subject: object, change: change, yearly: average}
	p.end = s.token.end + len(s.rest()) - len(rest) + len(change) + len(object)
	if p.subject == "" {
		p.subject = whoseIs(head)
	}
	if p.subject == "" || !startsNoun(p.subject) {
		return nil
	}
	return p
}

// paceHead is what stands before 按 or 以 in front of a pace; led is false where
// neither leads to it.
func paceHead(head string) (before string, average, led bool) {
	for filler := paceFills.suffix(head); filler != ""; filler = paceFills.suffix(head) {
		average = average || averages.has(filler) || filler == "每年"
		head = strings.TrimSuffix(head, filler)
	}
	word := paceOpens.suffix(head)
	if word == "" {
		return "", false, false
	}
	return strings.TrimSuffix(head, word), average, true
}

// whoseIs is the thing at the head of a clause without those who act on it.
func whoseIs(text string) string {
	text = trimOpening(text)
	for word := whoever.prefix(text); word != ""; word = whoever.prefix(text) {
		text = trimOpening(text[len(word):])
	}
	for word := whoever.suffix(text); word != ""; word = whoever.suffix(text) {
		text = strings.TrimSuffix(text, word)
	}
	return text
}

// readPace names a target by its pace, where it has one.
func (f *found) readPace() {
	p := f.site.pace
	if p == nil {
		return
	}
	f.subject, f.verb, f.head, f.inherited, f.nounAfter = p.subject, "", "", false, false
	name := p.subject
	if p.yearly {
		name += "年均"
	}
	f.name = polish(name + p.change)
	f.end = max(f.end, p.end)
}
