package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// term is the time a target runs: from the first day that counts to the last.
type term struct{ starts, due indicator.Date }

// datesOf are the dates of a sentence that can be deadlines, in order: not the
// ones a change is measured from, and not those in names.
func datesOf(p *passage, sentence span, figures []token) []*token {
	var dates []*token
	for i := range figures {
		t := &figures[i]
		if t.class != dateClass || t.start < sentence.start || t.end > sentence.end {
			continue
		}
		if p.depth[t.start]&inQuote != 0 && !strings.HasPrefix(p.text[t.start:], "“") {
			continue
		}
		if !comparesWith(p, t) && !namesPlan(p, t) && !qualifies(p, t) {
			dates = append(dates, t)
		}
	}
	return dates
}

var (
	sinceBefore = words("比 较 自 从 由 以 与 同 相比 对比 比较 相较")
	sinceAfter  = words("以来 起 相比 的基础上 基础上 水平 的水平 为基期 为基数 为基年 为基准 增加 数据 基数 相当 持平 同期 同比")
)

// comparesWith reports whether a date is what a change is measured from:
// 较2022年, 2020年以来.
func comparesWith(p *passage, t *token) bool {
	return sinceBefore.suffix(before(p.text, t.start, 12)) != "" || sinceAfter.prefix(after(p.text, t.end, 24)) != ""
}

// namesPlan reports whether a term of years is only part of what a plan or a
// stage is called: “十四五”机器人产业规划, “十五五”良好开局. Where it is a time it
// says so, or the clause ends with it.
func namesPlan(p *passage, t *token) bool {
	if cited := after(p.text, t.end, 30); t.when.year != 0 {
		if at, _ := citedPlans.find(cited); at >= 0 && !strings.ContainsAny(cited[:at], ",:;。、\n0123456789") {
			return true
		}
	}
	text := p.text[t.start:t.end]
	if aims := strings.TrimPrefix(after(p.text, t.end, 30), "主要"); aimsOfTerm.prefix(aims) != "" {
		return false
	}
	if t.when.endYear == 0 || !strings.Contains(text, "五") || spanMarks.suffix(text) != "" {
		return false
	}
	next := firstRune(after(p.text, t.end, 3))
	return t.end < len(p.text) && !strings.ContainsRune(",:、。;\n", next)
}

var (
	citedPlans = words("远景目标 规划纲要 发展规划 专项规划 行动方案 行动计划 实施方案 纲要")
	aimsOfTerm = words("目标 预期目标 发展目标 工作目标 任务")
)

var spanMarks = words("期间 时期 期末 末 期")

// qualifies reports whether a date belongs to a noun by a verb with 的: 2000年底
// 前建成的小区.
func qualifies(p *passage, t *token) bool {
	verb, _, tied := strings.Cut(after(p.text, t.end, 36), "的")
	if !tied || strings.ContainsAny(verb, ",:;。、\n") || strings.HasSuffix(before(p.text, t.start, 3), "到") {
		return false
	}
	return deeds.suffix(verb) != "" || completions.suffix(verb) != "" || issued.suffix(verb) != ""
}

var issued = words("印发 出台 下发 备案 批准 批复 建档 参保 毕业 出生 登记 退役 立项 审批")

// termOf is the time of a target by the date that governs it.
func (g *group) termOf(s *site, dates []*token) term {
	whole := term{g.front.startsOn, g.front.dueOn}
	date := governing(s, dates)
	if date != nil && date.when.year != 0 && !leadsUpTo(g.p, date) && g.isOver(date, s.clause) {
		date = nil
	}
	if date == nil {
		date = g.carried
		if list := g.carriedList; date != nil && len(list) > 1 && len(list) == s.run.length {
			date = list[s.place]
		}
	}
	if date == nil {
		date = g.statementDue(s.token.end)
	}
	if date == nil {
		date = g.headed
	}
	if date == nil {
		return whole
	}
	return g.resolve(date, whole)
}

// resolve turns a date into a term; a year alone means within that year.
func (g *group) resolve(date *token, whole term) term {
	own := 0
	if !whole.starts.IsZero() {
		own = whole.starts.Year()
	}
	if own == 0 && date.when.year == 0 {
		return whole
	}
	due := date.when.end(own)
	starts := whole.starts
	if first := date.when.start(own); date.when.year != 0 && !leadsUpTo(g.p, date) && first.After(starts) && date.when.firstMonth == 1 {
		starts = first
	}
	if !starts.IsZero() && due.Before(starts) {
		starts = indicator.DateOf(due.Year(), 1, 1)
	}
	return term{starts, due}
}

// leadsUpTo reports whether a date is a deadline rather than a stretch of
// time: 到2025年, 2025年底前.
func leadsUpTo(p *passage, t *token) bool {
	if t.end > len(p.text) || t.apart {
		return false
	}
	text := p.text[t.start:t.end]
	left := before(p.text, t.start, 6)
	return strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至") || strings.ContainsAny(text, "底末前")
}

// governing is the date nearest before a number in its sentence. When several
// dates are listed with 分别, each number has its own.
func governing(s *site, dates []*token) *token {
	var nearest *token
	for _, d := range dates {
		if d.end <= s.token.start && d.when.shift >= 0 {
			nearest = d
		}
	}
	if nearest != nil && nearest.when.isPartOfYear() && nearest.end <= s.clause.start && s.goesOnAllYear() {
		return nil
	}
	if nearest == nil {
		return trailing(s, dates)
	}
	if s.series != nil {
		if listed := s.series.datesBefore(dates); len(listed) == len(s.series.sites) {
			return listed[s.series.index(s)]
		}
	}
	if listed := listedDates(s, dates); len(listed) > 1 && len(listed) == s.run.length {
		return listed[s.place]
	}
	return nearest
}

// goesOnAllYear reports whether a clause is about every year or every so many
// weeks, so that a deadline in the clause before it is not its own: 6月底前建成
// 平台,每年培训500人.
func (s *site) goesOnAllYear() bool {
	head := s.head()
	return everyWords.in(head) || averages.in(head)
}

// isPartOfYear reports whether a date ends or begins within a year.
func (w when) isPartOfYear() bool {
	return w.endYear == 0 && (w.firstMonth > 1 || w.lastMonth < 12 || w.day > 0)
}

// trailing is a date that follows the number in its own clause, in a bracket:
// 新增30家(6月底前).
func trailing(s *site, dates []*token) *token {
	for _, d := range dates {
		if d.start >= s.token.end && d.end <= s.own.end && s.p.depth[d.start]&inBracket != 0 {
			return d
		}
	}
	return nil
}

var (
	completions = words("完成 完工 建成 竣工 建成投用 投用 投入使用 交付使用 交付 投产 到位 实施完毕 完成建设 完成任务 建成使用 投入运营 落实到位")
	wholly      = words("全部 全面 基本 底 前 前全部 均 并 力争 确保 要")
)

// completion is the date in a clause that only says by when all is done:
// 11月底前完工. It is nil for any other clause.
func completion(p *passage, c span, dates []*token, dateAlone bool) *token {
	for _, d := range dates {
		if d.start < c.start || d.end > c.end {
			continue
		}
		if strings.Trim(p.text[c.start:d.start], " ") != "" && wholly.prefix(p.text[c.start:d.start]) == "" {
			return nil
		}
		rest := p.text[d.end:c.end]
		for word := wholly.prefix(rest); word != ""; word = wholly.prefix(rest) {
			rest = rest[len(word):]
		}
		if rest == "" && dateAlone {
			return d
		}
		if word := completions.prefix(rest); word != "" && rest[len(word):] == "" {
			return d
		}
		return nil
	}
	return nil
}
