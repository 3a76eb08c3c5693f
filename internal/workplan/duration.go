package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isDurationTarget reports whether a length of time is one that something is brought down to, or is
// to take at most.
func isDurationTarget(p *prose.Segment, t *number.Token) bool {
	if t.Value == "" || t.Numeral {
		return false
	}
	left := prose.Before(p.Text, t.Start, 60)
	if lexicon.TimeTargetVerbs.Suffix(left) != "" || goesOnHandingOut(left) || isFormerDuration(left, prose.After(p.Text, t.End, 12)) {
		return true
	}
	name, word := cutComparator(left)
	noun := lexicon.DurationNouns.Suffix(strings.TrimSuffix(name, "平均"))
	if bare := trimClosing(left); bare != left && strings.HasSuffix(bare, "提前量") { // a time that is to grow
		return true
	}
	if noun == "时长" && word != "" { // of what there is to be more of: 志愿服务时长超过20小时
		return true
	}
	if noun == "" || noun == "期限" { // of a loan
		return false
	}
	return wordsBefore.Class(word) == indicator.AtMost || word == "" && withinAfter(p, t) != ""
}

// goesOnHandingOut reports whether a length of time stands in a list of them after 分别 and a verb
// that brings down to them: 分别压缩至18小时和2小时.
func goesOnHandingOut(left string) bool {
	at := strings.LastIndex(left, respectively)
	if at < 0 || lexicon.ListSigns.Suffix(left) == "" {
		return false
	}
	rest := left[at+len(respectively):]
	verb := lexicon.TimeTargetVerbs.Prefix(rest)
	return verb != "" && prose.StartsDigit(rest[len(verb):]) && !strings.Contains(rest, ",")
}

// isFormerDuration reports whether a length of time between two texts is the one that a verb brings
// down from: 由20个工作日压缩到5个工作日.
func isFormerDuration(left, right string) bool {
	return lexicon.FromWords.Suffix(left) != "" && lexicon.ChangeAfterBaseline.Prefix(right) != ""
}

// withinAfter is the word right after a length of time that makes it the most that something takes:
// 到达时间8分钟以内.
func withinAfter(p *prose.Segment, t *number.Token) string {
	rest := prose.After(p.Text, t.End, 12)
	if word := atMostAfter.Prefix(rest); word != "" {
		return word
	}
	return rest[:len(rest)-len(strings.TrimPrefix(rest, "内"))]
}

// holdsDuration reports whether the words around a length of time say how long something is to take
// or to last, and not for how long the work goes on: 使用寿命不少于5年, 办理时限3个工作日, 8小时内.
func holdsDuration(p *prose.Segment, t *number.Token) bool {
	left := prose.Before(p.Text, t.Start, 30)
	switch t.Unit {
	case "小时", "分钟", "个小时":
		if withinAfter(p, t) != "" {
			return true
		}
	}
	if levels.Suffix(left) != "" && !lexicon.WeakLevelVerbs.Has(levels.Suffix(left)) || t.Unit == "小时" && atLeastAfter.Prefix(prose.After(p.Text, t.End, 12)) != "" {
		return true
	}
	return strings.Contains(t.Value, ".") || lexicon.DurationNouns.Suffix(left) != "" || lexicon.LastingNouns.Suffix(left) != ""
}
