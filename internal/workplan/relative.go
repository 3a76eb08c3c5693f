package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// holdings hold a target against a figure that the plan does not give.
var holdings = map[string]indicator.Comparator{
	"高于": indicator.MoreThan, "超": indicator.MoreThan, "超过": indicator.MoreThan, "优于": indicator.MoreThan,
	"好于": indicator.MoreThan, "快于": indicator.MoreThan, "高出": indicator.MoreThan, "大于": indicator.MoreThan,
	"不低于": indicator.AtLeast, "不少于": indicator.AtLeast, "不慢于": indicator.AtLeast, "赶上": indicator.AtLeast,
	"低于": indicator.LessThan, "少于": indicator.LessThan,
	"不高于": indicator.AtMost, "不超过": indicator.AtMost, "不大于": indicator.AtMost, "控制在": indicator.AtMost,
	"达到": indicator.Equal, "完成": indicator.Equal, "接近": indicator.About,
}

var (
	references = words("平均水平 平均值 平均数 平均增速 平均线 经济增长 经济增速 同期水平 上年水平 去年水平 全国水平 全省水平 全市水平 GDP增速 生产总值增速 先进水平 目标值 上级目标 省定目标 国家目标 市定目标 下达目标 下达目标值 下达任务 控制目标")
	holding    = keys(holdings)
	inStep     = words("同步 同步增长 保持同步 基本同步 相适应 持平")
	beside     = words("与 和 同")
	// mostly stand between what keeps in step and the word that says so.
	mostly = words("保持 基本 基本保持 总体 大体 相")
)

// relation is a figure elsewhere that a clause is held against. Its span
// reaches from the word that holds to the end of the reference.
type relation struct {
	span
	reference  string // as the plan writes it
	comparator indicator.Comparator
}

// relationIn finds the reference of a clause that has no number of its own:
// 高于全省平均水平, 与经济增长同步.
func relationIn(p *passage, c span) (relation, bool) {
	text := after(p.text[:c.end], c.start, window)
	if at, word := yearBefore(text); at > 0 {
		if verb := holding.suffix(text[:at]); verb != "" {
			return relationAt(p, c.start, at-len(verb), at, at+len(word), at+len(word), holdings[verb]), true
		}
	}
	if at, word := references.find(text); at >= 0 {
		if from, verb := holding.findLast(text[:at]); from >= 0 {
			return relationAt(p, c.start, from, from+len(verb), at+len(word), at+len(word), holdings[verb]), true
		}
	}
	if at, word := inStep.find(text); at >= 0 {
		end := len(text[:at]) - len(mostly.suffix(text[:at]))
		if from, verb := beside.findLast(text[:end]); from > 0 && from+len(verb) < end {
			return relationAt(p, c.start, from, from+len(verb), end, at+len(word), indicator.Equal), true
		}
	}
	return relation{}, false
}

// yearBefore finds what a year before is called at the end of a clause, where it
// stands for its figure: 不低于上年.
func yearBefore(text string) (at int, word string) {
	word = yearsBefore.suffix(text)
	if word == "" {
		return -1, ""
	}
	return len(text) - len(word), word
}

var yearsBefore = words("上年 去年 上一年 上年度 去年同期 上年同期 上年实绩 去年实绩 上年实际 去年实际 上年数 上年值 往年")

// relationAt takes offsets from base: of the word that holds, of the reference,
// and of the end of both.
func relationAt(p *passage, base, from, name, nameEnd, end int, c indicator.Comparator) relation {
	r := relation{span{base + from, base + end}, p.written(base+name, base+nameEnd), c}
	if word := wordsAfter.prefix(p.text[r.end:]); word != "" && c == indicator.Equal {
		r.comparator, r.end = wordsAfter.of[word], r.end+len(word)
	}
	return r
}

// readRelative keeps the target of a clause without a number whose value has to
// be looked up. One that names nothing it is about is only warned of.
func (g *group) readRelative(sentence, c span, dates []*token, previous *site) {
	r, ok := relationIn(g.p, c)
	if !ok || g.past || g.frameAt(c.end) != "" {
		return
	}
	s := &site{
		p: g.p, token: &token{start: r.start, end: r.end, class: quantityClass}, sentence: sentence, clause: c,
		own: span{c.start, r.end}, comparison: comparison{comparator: r.comparator}, first: true,
		group: g, dates: dates, reference: r.reference, previous: previous,
	}
	if inName(s) || isPast(s) {
		return
	}
	f := newFound(g, s, dates)
	if f.subject == "" || f.subject == g.title {
		g.notes = append(g.notes, note{span{c.start, r.end}, indicator.WarnRelative})
		return
	}
	if f.inherited { // 增长6%,高于全省平均水平 is about one thing
		f.name, f.kind, s.token.unit = previous.found.name, previous.found.kind, previous.token.unit
	} else {
		f.name, f.kind = relativeName(f.name, r.reference)
		if f.kind == indicator.Ratio || f.kind == indicator.Growth {
			s.token.unit = "%"
		}
	}
	f.countOverTime()
	f.over = f.overOf()
	g.targets = append(g.targets, f)
}

// relativeName says what is compared and how its reports add up: what is held
// against a rate of growth is a rate of growth itself.
func relativeName(name, reference string) (string, indicator.Kind) {
	switch {
	case speeds.suffix(name) != "" || growthVerbs.suffix(name) != "":
		return name, indicator.Growth
	case rates.suffix(name) != "":
		return name, indicator.Ratio
	case strings.HasSuffix(reference, "增长") || speeds.suffix(reference) != "":
		return name + "增速", indicator.Growth
	}
	return name, kindOfName(name, noUnit)
}

// waitingTarget is a target without the value of its reference.
func waitingTarget(s *site) indicator.Target {
	t := indicator.Target{Comparator: s.comparison.comparator, Reference: s.reference, Waits: true}
	if unit, err := quantity.ParseUnit(unitText(s)); err == nil {
		t.Unit = unit
	}
	return t
}

// relativeConfidence is high where the clause names what is compared, and that
// name says how it is measured.
func (f *found) relativeConfidence() indicator.Confidence {
	if f.inherited || f.site.token.unit == "" {
		return indicator.Medium
	}
	return indicator.High
}
