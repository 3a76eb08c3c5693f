package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isPast holds for results: 去年增长5%, 已建成8座, and for what goes on telling of
// what there is.
func isPast(s *mention) bool {
	head := s.head()
	return tellsResult(s) || s.setting.standing && bareState(head) || opensPast(s, s.opening()+","+head)
}

// tellsResult reports whether the words before a number make it a result by
// themselves: its date is over, or 已 or the like stands there and nothing is to be
// done after it.
func tellsResult(s *mention) bool {
	if s.reported() {
		return true
	}
	head := s.head()
	if describesPlace(s, head) || describesNow(s, head) || countsGiven(head) {
		return true
	}
	at, word := lastPastMark(head)
	if at < 0 || measuresOwning(head, at, word) {
		return false
	}
	return !lexicon.ExistingStates.Has(word) || !lexicon.ActionVerbs.In(head[at+len(word):])
}

// lastPastMark is the last of lexicon.PastMarks in a text and where it stands, -1 where there is
// none: the end of one word and the beginning of the next are no mark (项目前期).
func lastPastMark(text string) (at int, word string) {
	for {
		at, word = lexicon.PastMarks.FindLast(text)
		if at < 0 || !withinOtherWord(text, at, len(word)) {
			return at, word
		}
		text = text[:at]
	}
}

// saysPast reports whether a text has one of lexicon.PastMarks.
func saysPast(text string) bool {
	at, _ := lastPastMark(text)
	return at >= 0
}

// withinOtherWord reports whether a stretch of a text shares characters with a word of
// lexicon.NotPast that begins before it, or with it.
func withinOtherWord(text string, at, size int) bool {
	near := max(0, at-len("项目"))
	for i := near; i <= at; i++ {
		if word := lexicon.NotPast.Prefix(text[i:]); i+len(word) > at && len(word) > 0 && (i < at || len(word) > size) {
			return true
		}
	}
	return false
}

// describesPlace reports whether a sentence opens with the plan's own place and says how much
// of a thing there is in it: 我县60岁以上老人8万人. A verb, a level or a date makes an aim of it.
func describesPlace(s *mention, head string) bool {
	if strings.Trim(s.opening(), " \n") != "" || !opensWithPlace(s, head) || saysLevel(head) && s.comparison.comparator != indicator.About {
		return false
	}
	return s.comparison.after == "" && governing(s, s.dates) == nil && !lexicon.AimAdverbs.In(head) && bareState(head)
}

// opensWithPlace reports whether words open with the plan's own place, or in the text before
// its first heading with the whole of it; or hold a figure of the whole country against it.
func opensWithPlace(s *mention, head string) bool {
	switch {
	case lexicon.OwnPlaces.Prefix(head) != "":
		return true
	case strings.HasPrefix(head, "全国"):
		return strings.HasSuffix(head, "为")
	case s.block.number == "0" && lexicon.RankScopes.Prefix(head) != "":
		return true
	}
	return strings.HasSuffix(head, "范围为") || strings.Contains(head, "范围为全") // 规划范围为全域900平方公里
}

// describesNow reports whether a clause that only says 目前 stands before one that says how much
// there is of a thing.
func describesNow(s *mention, head string) bool {
	opening := strings.TrimRight(s.opening(), ",")
	return lexicon.ExistingStates.Has(opening) && bareState(head) && s.comparison.after == ""
}

// countsGiven reports whether a verb with 的 right before a number says how the things came to be
// counted, and none before it what is to be done with them: 巡视反馈的25项问题.
func countsGiven(head string) bool {
	verb, tied := strings.CutSuffix(head, "的")
	word := lexicon.IssuingVerbs.Suffix(verb)
	return tied && word != "" && !lexicon.ActionVerbs.In(strings.TrimSuffix(verb, word))
}

// noteResult keeps that the sentence has told of what there is.
func (g *blockReader) noteResult(s *mention) {
	g.standing = g.standing || tellsResult(s)
}

// opensPast reports whether a word such as 去年 opens what was, and nothing after it
// turns to an aim; report is the sentence up to the number.
func opensPast(s *mention, report string) bool {
	at, word := pastHeadIn(report)
	if at < 0 || lexicon.ComparingWords.Suffix(report[:at]) != "" || lexicon.FromWords.Suffix(report[:at]) != "" { // 由去年的
		return false
	}
	if word == "以来" && tiedVerb(report[at+len(word):]) {
		return false
	}
	if date := governing(s, s.dates); date != nil && date.When.Year != 0 && number.LeadsUpTo(s.segment, date) && date.Start > s.token.Start-len(report)+at {
		return false
	}
	return !lexicon.AimAdverbs.In(report[at+len(word):])
}

// pastHeadIn is the last word of a time that is over; in 基础上年均 it is none.
func pastHeadIn(report string) (at int, word string) {
	at, word = lexicon.PastOpeners.FindLast(report)
	for at >= 0 && calendar.EndsGround(word, report[at+len(word):]) {
		at, word = lexicon.PastOpeners.FindLast(report[:at])
	}
	return at, word
}

// measuresOwning reports whether 拥有 is part of what is measured: 专利拥有量,
// 每万人拥有床位数达到.
func measuresOwning(head string, at int, word string) bool {
	if word != "拥有" {
		return false
	}
	return lexicon.MeasureEndings.Prefix(head[at+len(word):]) != "" || lexicon.PerHeadOpeners.In(head[:at]) || strings.HasSuffix(head[:at], "人均") || raisesLevel(head)
}

// bareState reports whether a clause says where a thing stands and not that
// anything is done: after 拥有38个大类, 占比达31%.
func bareState(head string) bool {
	lead := trimOpening(head)
	if verb := lexicon.ActionVerbs.Prefix(lead); len(verb) > len(lexicon.NounsOfVerbs.Prefix(lead)) && (adds(verb) || !lexicon.AmountNouns.Has(lead[len(verb):])) || bringsTo(head) { // 管护面积 is no action
		return false
	}
	if onlyChanges(trimClosing(trimOpening(head))) { // 年均增长8%, of what was told
		return true
	}
	change := changeBefore(head)
	return change == "" || lexicon.BehindWords.Suffix(change) != ""
}

// reported reports whether the date that governs the number lies before the
// plan's term: “十四五”期间 in a plan for 2026.
func (s *mention) reported() bool {
	term := s.block.front.StartsOn
	date := governing(s, s.dates)
	if term.IsZero() || date == nil || date.Start < s.clause.Start || date.When.Year == 0 {
		return false
	}
	if number.LeadsUpTo(s.segment, date) && !raisedFrom(s.head()) && (saysLevel(s.head()) || !bareState(s.head())) { // 2020年末人口38万人
		return false
	}
	return date.When.End(date.When.Year).Before(term)
}

// tiedVerb reports whether a verb with 的 follows, so that what goes before
// only says which things are meant: 2011年以来建成的.
func tiedVerb(text string) bool {
	verb, _, tied := strings.Cut(prose.Before(text, min(len(text), 36), 36), "的")
	return tied && lexicon.ActionVerbs.Suffix(verb) != ""
}

// raisedFrom reports whether a clause tells from what a thing was raised, so
// that 到2025年 in it is when it got there.
func raisedFrom(head string) bool {
	return lexicon.FromWords.In(head)
}

// isBaseline holds for where a thing stood: 由81%提高到88%, 在5%的基础上.
func isBaseline(s *mention) bool {
	rest := s.tail()
	if comparesLevel(s) {
		return true
	}
	if startsFrom(s.head()) && lexicon.ChangeAfterBaseline.Prefix(strings.TrimPrefix(pastList(rest), "逐步")) != "" {
		return true
	}
	if strings.HasPrefix(rest, "的") && strings.Contains(s.head(), "巩固") {
		return true
	}
	return strings.HasPrefix(strings.TrimPrefix(rest, "的"), "基础上")
}

// comparesLevel holds for where a thing stood at the time that a change is measured from:
// 较2023年的250家增加50家, 比上年的61%提高1个百分点.
func comparesLevel(s *mention) bool {
	before, tied := strings.CutSuffix(s.head(), "的")
	at, word := lexicon.BeforeBaseDate.FindLast(before)
	if at < 0 || !lexicon.ComparingWords.Has(word) { // 以现有的12家企业为骨干
		return false
	}
	time := before[at+len(word):]
	_, size := calendar.At(time)
	if rest := trimTimes(time[size:]); rest != "" || rest == time {
		return false
	}
	tail := s.tail()
	return tied && !lexicon.WithWords.Has(word) || lexicon.ChangeVerbs.Prefix(tail) != "" || strings.HasPrefix(tail, "翻")
}

// trimTimes drops the words at the head of a text that may stand before where a thing stood: 末, 目前的.
func trimTimes(text string) string {
	for word := lexicon.BetweenFromAndBaseline.Prefix(text); word != ""; word = lexicon.BetweenFromAndBaseline.Prefix(text) {
		text = text[len(word):]
	}
	return text
}

// pastList is what follows the further numbers of a list: 提高到5%、6% after
// 、4%提高到5%、6%.
func pastList(rest string) string {
	for {
		sign := lexicon.ListSigns.Prefix(rest)
		if sign == "" || !prose.StartsDigit(rest[len(sign):]) {
			return rest
		}
		rest = rest[len(sign):]
		rest = rest[number.QuantityAt(rest).End:]
	}
}

// startsFrom reports whether 由 or 从 stands before a number, with no more than
// a time, a measure or further numbers of a list between: 由2023年的, 从每人每月,
// 由3%、.
func startsFrom(head string) bool {
	at, _ := lexicon.FromWords.FindLast(head)
	at = max(at, strings.LastIndex(head, "自"))
	if at < 0 {
		return false
	}
	between := head[at+len("由"):]
	for between != "" {
		if _, size := calendar.At(between); size > 0 {
			between = between[size:]
			continue
		}
		size := len(lexicon.BetweenFromAndBaseline.Prefix(between))
		if size == 0 && prose.StartsDigit(between) {
			size = number.QuantityAt(between).End
			if sign := lexicon.ListSigns.Prefix(between[size:]); sign != "" {
				size += len(sign)
			} else {
				return false
			}
		}
		if size == 0 {
			return false
		}
		between = between[size:]
	}
	return true
}

// isScope holds for numbers within what an action leans on: 以12家企业为核心,
// 依托3个园区.
func isScope(s *mention) bool {
	clause := clauseOf(s)
	head := s.head()
	if opensAmong(s, head) || isMeasuredAcross(s) {
		return true
	}
	if at := strings.LastIndex(head, "以"); at >= 0 && len(head)-at < 120 {
		if rest := s.tail(); wei(rest) && !lexicon.ActionVerbs.In(head[at:]) {
			return true
		}
	}
	word := lexicon.BasisVerbs.Prefix(clause)
	if lexicon.FlowNouns.Prefix(clause) != "" { // 利用外资2亿美元 is itself what is counted
		return false
	}
	if word == "" || s.token.Start-s.clause.Start < len(word) {
		return false
	}
	if lexicon.MeansVerbs.Has(strings.TrimPrefix(word, "充分")) && lexicon.AssetNouns.Suffix(clause) != "" {
		return true
	}
	at, _ := strong(head[len(word):])
	return at < 0 && changeBefore(head) == ""
}

// opensAmong reports whether a clause only says among what the next one counts: 全县126个村中,.
func opensAmong(s *mention, head string) bool {
	among, ok := strings.CutSuffix(s.tail(), "中")
	return ok && startsNoun(among) && len(among) <= longestListed && !prose.HasDigit(among) && !lexicon.ActionVerbs.In(head) && !lexicon.ActionVerbs.In(among)
}

// isMeasuredAcross holds for how many things a share is measured of, at the head of its clause:
// 21个断面水质优良比例达到95%.
func isMeasuredAcross(s *mention) bool {
	rest := s.tail()
	at := strings.IndexAny(rest, "0123456789")
	if at <= 0 || s.isCompared() || s.token.UnitClass != quantity.CountUnit || trimOpening(s.lead()) != "" || !startsNoun(rest) {
		return false
	}
	name := trimClosing(trimComparing(rest[:at]))
	return lexicon.ShareEndings.Suffix(name) != "" && !strings.ContainsAny(name, "、,;:()") && !lexicon.ActionVerbs.In(name)
}

// strong finds a verb that shows a number after it to be an aim.
func strong(s string) (at int, verb string) {
	from := 0
	for {
		at, verb = firstAction(s[from:])
		if at < 0 {
			return -1, ""
		}
		if !lexicon.ModestVerbs.Has(verb) {
			return from + at, verb
		}
		from += at + len(verb)
	}
}

// wei reports whether 为 and a role follow: 为核心, 为重点.
func wei(rest string) bool {
	for i := 0; i < len(rest) && i < 90; {
		_, size := prose.RuneAt(rest, i)
		if tail, ok := strings.CutPrefix(rest[i:], "为"); ok && lexicon.RoleNouns.Prefix(tail) != "" {
			return true
		}
		i += size
	}
	return false
}
